"""The totals that people sign, read back out of the paper with pypdf: equal to the plan's to the penny, over 200 random plans."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from camcensus.model.plan import NOT_DATED, Plan, YearTotal
from camcensus.report.pdf.paper import draw
from camcensus.report.plan.whole import plan_report
from random_plans import random_plan
from report.reading import Paper, read
from report.sample import AS_AT, BODY, FONTS, KNOWLEDGE

PLANS, PARTS = 200, 20
YEAR = re.compile(r"Work (?:in (\d{4}-\d\d|\d{4})|(not dated))(?:, .*)?")
PRIORITY = re.compile(r"[Pp]riority ([1-4])\b")


def paper_of(plan: Plan, rows: object) -> Paper:
    said = plan_report(
        plan, body=BODY, knowledge=KNOWLEDGE, scans=(), rows=rows, enabled_lists=(), as_at=AS_AT,  # type: ignore[arg-type]
    )  # fmt: skip
    return read(draw(said, FONTS)[0])


def pence(text: str) -> int:
    """ "£1,640.50", "-£600" as pence; "–" is nothing."""
    if text == "–":
        return 0
    sign = -1 if text.startswith("-") else 1
    whole, _, odd = text.lstrip("-").removeprefix("£").replace(",", "").partition(".")
    return sign * (int(whole) * 100 + int(odd or 0))


def number(text: str) -> int:
    return int(text.replace(",", ""))


def summed_again(plan: Plan) -> list[YearTotal]:
    """Total for each year, added up here once more from batches and lines, with whole pence throughout."""
    found: dict[str, list[int]] = {}
    for batch in plan.batches:
        if batch.out or not batch.assets or batch.option in (None, "keep"):
            continue
        buys = batch.option in ("replace", "replace-with-recorder")
        year = found.setdefault(batch.year or NOT_DATED, [0, 0, 0, 0, 0, 0]) if buys or batch.total is not None else [0] * 6
        year[0] += batch.quantity if buys and batch.kind == "camera" else 0
        year[1] += batch.quantity if buys and batch.kind == "recorder" else 0
        priced = batch.unit is not None or (not buys and (batch.fitting is not None or batch.other is not None))
        if priced:
            year[2] += batch.quantity * (batch.unit or 0)
            year[3] += batch.quantity * (batch.fitting or 0)
            year[4] += batch.other or 0
    for line in plan.lines:
        if line.unit is not None:
            year = found.setdefault(line.year or NOT_DATED, [0, 0, 0, 0, 0, 0])
            year[2] += line.quantity * line.unit
            year[3] += line.quantity * (line.fitting or 0)
    totals = []
    for name in sorted(found, key=lambda year: (year == NOT_DATED, year)):
        cameras, recorders, equipment, fitting, other, _ = found[name]
        before = equipment + fitting + other
        allowance = (before * plan.costs.contingency_percent / 100 + 500) // 1000 * 1000
        assert allowance == int(allowance)
        whole = before + int(allowance)
        rate = plan.costs.vat_hundredths
        tax = None if rate is None else (whole * rate + 5_000) // 10_000
        totals.append(YearTotal(name, cameras, recorders, equipment, fitting, int(allowance), whole, other, tax))
    return totals


def check_first_page(plan: Plan, paper: Paper) -> None:
    """The table of years, the total, VAT, and the sentence that asks for it."""
    if not plan.years:
        assert "Nothing will be bought, so there are no costs." in paper.words
        return
    table = next(table for table in paper.root.all("Table") if table.cells[0][0] in ("Financial year", "Year"))
    head, *rows = table.cells
    years = rows[: len(plan.years)]
    assert [cells[0] for cells in years] == [year.year for year in plan.years]
    if "Equipment" not in head:
        assert all(one.total is None for one in (*plan.acting, *plan.lines))
        return
    total = rows[len(plan.years)]
    for year, cells in zip((*plan.years, plan.total), (*years, total), strict=True):
        said = dict(zip(head, cells, strict=True))
        assert (number(said["Cameras"]), number(said["Recorders"])) == (year.cameras, year.recorders)
        assert (pence(said["Equipment"]), pence(said["Fitting"])) == (year.equipment, year.fitting)
        assert (pence(said["Contingency"]), pence(said["Total"])) == (year.contingency, year.total)
        assert pence(said.get("Other", "£0")) == year.other
        assert year.equipment + year.fitting + year.other + year.contingency == year.total
    taxes = rows[len(plan.years) + 1 :]
    assert [pence(cells[-1]) for cells in taxes] == ([] if plan.total.vat is None else [plan.total.vat, plan.total.with_vat])
    if plan.total.total:
        asked = re.search(r"We are asking for (£[\d,.]+\d)", paper.words)
        assert asked is not None
        assert pence(asked[1]) == plan.total.total


def check_one_page(plan: Plan, paper: Paper) -> None:
    """The page that is signed has its costs, its recommendation and its signatures; the reasons are on the next, whole."""
    del plan
    ends = [element.page for element in paper.root.all("H2") if element.words == "Sign-off"]
    signed = paper.table("Role").all("TR")[-1]
    assert ends == [0]
    assert {element.page for element in signed.walk() if element.page is not None} == {0}
    heads = {element.words: element.page for element in paper.root.all("H2")}
    assert (heads["Why"], heads["What is not known"]) == (1, 1)
    assert {page for words, page in heads.items() if page > 1} == set() or min(page for page in heads.values() if page > 1) == 2


def check_what_it_buys(plan: Plan, paper: Paper) -> None:
    """Each year and kind of work of page 1, against the batches; across and down it adds up."""
    if not plan.total.total:
        return
    head, *rows = paper.table("Spent in").cells
    years = rows[: len(plan.years)]
    works = {"Replace": ("replace", "replace-with-recorder"), "Isolate": ("separate",), "Remove": ("remove",)}
    for cells in years:
        said = dict(zip(head, cells, strict=True))
        assert sum(_cost(said[one]) or 0 for one in head[1:-1]) == _cost(said["Total"])
        for name, options in works.items():
            batches = [one for one in plan.acting if (one.year or NOT_DATED) == said["Spent in"] and one.option in options]
            assert (_cost(said.get(name, "£0")) or 0) == sum(one.total or 0 for one in batches)
    for at in range(1, len(head)):
        assert sum(_cost(cells[at]) or 0 for cells in years) == (_cost(rows[len(years)][at]) or 0)
    assert _cost(rows[len(years)][-1]) == plan.total.total


def check_ask(plan: Plan, paper: Paper) -> None:
    """The parts that the ask names add up to its amount, by kind of work and by year."""
    said = (
        next(one.words for one in paper.root.all("P") if one.words.startswith("We are asking for")) if plan.total.total else ""
    )
    parts = [pence(one) for one in re.findall(r"£[\d,]+(?:\.\d\d)?", said)]
    assert len(parts) < 2 or sum(parts[1:]) == parts[0]
    years = next((one.words for one in paper.root.all("P") if ", contingency included." in one.words and one.page == 0), "")
    amounts = [pence(one) for one in re.findall(r"£[\d,]+(?:\.\d\d)?", years)]
    assert not amounts or sum(amounts) == plan.total.total
    undated = sum(year.total for year in plan.years if year.year == NOT_DATED)
    assert bool(undated) == ("has no year yet" in paper.words)


def check_items(plan: Plan, paper: Paper) -> None:
    """Each line, each subtotal, each year and priority."""
    tables = [table for table in paper.root.all("Table") if table.cells[0][0] == "Item" and table.cells[0][-1] == "Total"]
    heads = [heading.words for heading in paper.root.all("H3") if YEAR.fullmatch(heading.words)]
    sums: dict[tuple[str, int], int] = {}
    quantities: dict[tuple[str, int], int] = {}
    for heading, table in zip(heads, tables, strict=True):
        year = YEAR.fullmatch(heading)[1] or NOT_DATED  # type: ignore[index]
        *lines, subtotal = table.cells[1:]
        amounts = [pence(cells[-1]) for cells in lines if cells[-1] != "Not priced"]
        if subtotal[-1] == "Not priced":
            assert amounts == []
        else:
            assert sum(amounts) == pence(subtotal[-1])
        for cells in lines:
            if len(cells) == 6 and cells[-1] != "Not priced" and not cells[0].startswith("Other "):
                assert number(cells[2]) * (pence(cells[3]) + pence(cells[4])) == pence(cells[-1])
            key = year, int(PRIORITY.findall(cells[1])[-1])
            sums[key] = sums.get(key, 0) + (0 if cells[-1] == "Not priced" else pence(cells[-1]))
            quantities[key] = quantities.get(key, 0) + number(cells[2])
        assert sum(number(cells[2]) for cells in lines) == number(subtotal[1])
    assert sums == {(one.year, one.priority): one.total for one in plan.subtotals}
    assert quantities == {(one.year, one.priority): one.quantity for one in plan.subtotals}
    by_priority = _after(paper, "Sums by year and priority")
    if by_priority is None:
        assert not any(one.total for one in plan.subtotals)
        return
    rows = by_priority[1:-1]
    assert [(cells[0], int(cells[1][0]), number(cells[2]), pence(cells[-1])) for cells in rows] == [
        (one.year, one.priority, one.quantity, one.total) for one in plan.subtotals
    ]
    assert pence(by_priority[-1][-1]) == sum(one.total for one in plan.subtotals)
    assert pence(by_priority[-1][-1]) == plan.total.equipment + plan.total.fitting + plan.total.other


def check_vat(plan: Plan, paper: Paper) -> None:
    """The years with VAT."""
    table = _after(paper, "Costs with VAT")
    if plan.total.vat is None or not plan.total.total:
        assert table is None
        return
    assert table is not None
    said = [[cells[0], *map(pence, cells[1:])] for cells in table[1:]]
    assert said == [[year.year, year.total, year.vat, year.with_vat] for year in (*plan.years, plan.total)]


def check_options(plan: Plan, paper: Paper) -> None:
    """What each option costs, in all and by year; the planned one is the plan's own total."""
    if not plan.alternatives:
        assert not any(batch.buys for batch in plan.acting)
        return
    planned = next(way for way in plan.alternatives if way.planned)
    assert (planned.total.total if planned.total else 0) == plan.total.total
    table = paper.table("Option").cells[1:]
    assert [_cost(cells[1]) for cells in table] == [way.total.total if way.total else None for way in plan.alternatives]
    by_year = _after(paper, "What the options cost by year")
    if by_year is None:
        assert not any(way.total and way.total.total for way in plan.alternatives)
        return
    years = {cells[0]: [_cost(cell) for cell in cells[1:]] for cells in by_year[1:]}
    for at, way in enumerate(plan.alternatives):
        if way.total is None:
            continue
        assert years["Total"][at] == way.total.total
        for year in way.years:
            assert years[year.year][at] == year.total
        named = [name for name in years if name not in ("Total", "VAT", "Including VAT")]
        assert sum(years[name][at] or 0 for name in named) == way.total.total
        if plan.total.vat is not None:
            assert (years["VAT"][at], years["Including VAT"][at]) == (way.total.vat, way.total.with_vat)


def _cost(text: str) -> int | None:
    return None if text == "Not priced" else pence(text)


def _after(paper: Paper, heading: str) -> list[list[str]] | None:
    """The cells of the first table after a heading; None where there is no such heading."""
    elements = list(paper.root.walk())
    at = next((at for at, element in enumerate(elements) if element.tag == "H3" and element.words == heading), None)
    return None if at is None else next(element for element in elements[at:] if element.tag == "Table").cells


def seeds(part: int) -> Iterable[int]:
    return range(part * PLANS // PARTS, (part + 1) * PLANS // PARTS)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_total_on_paper_is_the_plans_to_the_penny(part: int) -> None:
    for seed in seeds(part):
        plan, rows = random_plan(seed)
        assert list(plan.years) == summed_again(plan), seed
        paper = paper_of(plan, rows)
        for check in (
            check_first_page,
            check_one_page,
            check_what_it_buys,
            check_ask,
            check_items,
            check_vat,
            check_options,
        ):
            try:
                check(plan, paper)
            except Exception as error:
                raise AssertionError(f"plan {seed}, {check.__name__}: {error}") from error


def test_the_random_plans_are_of_every_kind() -> None:
    plans = [random_plan(seed)[0] for seed in range(PLANS)]
    every = [batch for plan in plans for batch in plan.batches]
    assert sum(bool(plan.total.total) for plan in plans) > PLANS / 2
    assert sum(plan.total.vat is not None for plan in plans) > PLANS / 3
    assert sum(len(plan.years) > 2 for plan in plans) > PLANS / 10
    assert {batch.option for batch in every if batch.acting} == {"separate", "replace", "replace-with-recorder", "remove"}
    assert any(batch.total is None and batch.acting for batch in every)
    assert any(batch.quantity != len(batch.assets) and batch.acting for batch in every)
    assert any(batch.out for batch in every)
    assert any(not batch.assets for batch in every)
    assert any(plan.lines for plan in plans)
    assert any(plan.total.total % 100 for plan in plans)
    assert {way.way for plan in plans for way in plan.alternatives if way.planned} == {"phased", "at-once"}
    assert any(way.way == "isolate" and way.total for plan in plans for way in plan.alternatives)
