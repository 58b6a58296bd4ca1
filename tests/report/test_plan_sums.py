"""The totals that people sign, read back out of the paper with pypdf: equal to the plan's to the penny, over 200 random plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from camcensus.model.plan import NOT_DATED, Plan, YearTotal
from camcensus.model.words import pounds
from camcensus.report.pdf.paper import draw
from camcensus.report.plan.whole import plan_report
from numbers_said import acted_on
from plan_row import by_priority
from random_plans import random_plan
from report.reading import Paper, read
from report.sample import AS_AT, BODY, FONTS, KNOWLEDGE

PLANS, PARTS = 60, 4
YEAR = re.compile(r"Work (?:in (\d{4}-\d\d|\d{4})|(with no year yet))(?:, .*)?")
WORK = re.compile(r", priority ([1-4])(?:: ([\d,]+)( [a-z ]*fewer)?)?")
EACH = re.compile(r" at (-?£[\d,.]*\d) each(?: \((?:(£[\d,.]*\d) and )?fitting (£[\d,.]*\d)\))?")


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
        free = not (plan.items or plan.lines)
        none = (
            "No purchase is decided yet, so there are no costs yet."
            if plan.undecided
            else "Nothing will be bought, so there are"
        )
        assert (none in paper.words) == free
        assert ("What the work costs is not known: the plan has no prices yet." in paper.words) != free
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
    assert len(rows) == len(plan.years) + 1
    if plan.total.total:
        taxes = paper.table("Spent in").cells[len(plan.years) + 2 :]
        with_vat = [] if plan.total.vat is None else [plan.total.vat, plan.total.with_vat]
        assert [pence(cells[-1]) for cells in taxes] == with_vat
        asked = re.search(r"We are asking for (£[\d,.]*\d)", paper.words)
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
    assert (heads["Why"], heads["What is not known, and what comes next"]) == (1, 1)
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
    undated = sum(year.total for year in plan.years if year.year == NOT_DATED)
    dated = re.search(r", (£\S+) (?:over \d+ years|in \d{4}(?:-\d\d)?) and (£\S+) that has no year yet", said)
    assert (dated is not None) == (0 < undated < plan.total.total)
    if dated is not None:
        assert (pence(dated[1]), pence(dated[2])) == (plan.total.total - undated, undated)
        said = said.replace(dated[0], "")
    elif undated:
        assert ", its year still to be chosen" in said
        assert " over " not in said
    parts = [pence(one) for one in re.findall(r"£[\d,]+(?:\.\d\d)?", said)]
    assert len(parts) < 2 or sum(parts[1:]) == parts[0]
    years = next((one.words for one in paper.root.all("P") if ", contingency included." in one.words and one.page == 0), "")
    amounts = [pence(one) for one in re.findall(r"£[\d,]+(?:\.\d\d)?", years)]
    assert not amounts or sum(amounts) == plan.total.total
    front = " ".join(one.words for one in paper.root.all("P") if one.page == 0)
    assert set(re.findall(r"(£[\d,.]*\d) (?:with|that has) no year yet", front)) <= ({pounds(undated)} if undated else set())


def check_items(plan: Plan, paper: Paper) -> None:
    """What is done alike at one price, each subtotal, each year and priority; below each the items that it is done with."""
    tables = [table for table in paper.root.all("Table") if table.cells[0][0] == "Item" and table.cells[0][-1] == "Total"]
    heads = [heading.words for heading in paper.root.all("H3") if YEAR.fullmatch(heading.words)]
    sums: dict[tuple[str, int], int] = {}
    quantities: dict[tuple[str, int], int] = {}
    for heading, table in zip(heads, tables, strict=True):
        year = YEAR.fullmatch(heading)[1] or NOT_DATED  # type: ignore[index]
        *rows, subtotal = table.cells[1:]
        works = [cells for cells in rows if len(cells) == 2]
        amounts = [pence(cells[-1]) for cells in works if cells[-1] != "Not priced"]
        if subtotal[-1] == "Not priced":
            assert amounts == []
        else:
            assert sum(amounts) == pence(subtotal[-1])
        many = 0
        for said, total in works:
            priority, counted, fewer = WORK.findall(said)[-1]
            quantity = number(counted or "0") * (-1 if fewer else 1)
            if total != "Not priced" and counted:
                each = EACH.search(said)
                assert quantity * (pence(each[1]) if each else 0) == pence(total)
                assert each is None or each[3] is None or pence(each[2] or "£0") + pence(each[3]) == pence(each[1])
            key = year, int(priority)
            sums[key] = sums.get(key, 0) + (0 if total == "Not priced" else pence(total))
            quantities[key] = quantities.get(key, 0) + quantity
            many += quantity
        assert subtotal[0] in (f"Subtotal, {many:,} item", f"Subtotal, {many:,} items")
        for said, counted in _items_below(rows):
            assert counted == number(WORK.findall(said)[-1][1]) * (-1 if WORK.findall(said)[-1][2] else 1)
    assert {key: (quantities[key], sums[key]) for key in sums} == by_priority(plan)
    assert sum(sums.values()) == plan.total.equipment + plan.total.fitting + plan.total.other


def _items_below(rows: list[list[str]]) -> Iterator[tuple[str, int]]:
    """Each work that has rows below it, with how many items they name; a row "+2" or "-1" is more or fewer than there were."""
    said, counted = "", None
    for cells in [*rows, ["", ""]]:
        if len(cells) == 2:
            if counted is not None:
                yield said, counted
            said, counted = cells[0], None
        elif re.fullmatch(r"[+-][\d,]+", cells[0]):
            counted = (counted or 0) + int(cells[0].replace(",", ""))
        else:
            counted = (counted or 0) + _refs_in(cells[0])


def _refs_in(text: str) -> int:
    """How many refs "CAM-001 to CAM-004, CAM-009" names."""
    runs = [part.split(" to ") for part in text.replace("\u00a0", " ").split(", ")]
    return sum(int(run[-1].rpartition("-")[2]) - int(run[0].rpartition("-")[2]) + 1 for run in runs)


def check_vat(plan: Plan, paper: Paper) -> None:
    """The years with VAT, which add up to the total with it."""
    said = re.search(r"Including VAT: (.*?)\.(?= |$)", " ".join(paper.words.split()))
    if plan.total.vat is None or not plan.total.total or len(plan.years) < 2:
        assert said is None
        return
    assert said is not None
    found = re.findall(r"(£[\d,]+(?:\.\d\d)?) (?:in (\S+?)|(with no year yet))(?=,| and|$)", said[1])
    assert [(year or NOT_DATED, pence(amount)) for amount, year, _ in found] == [
        (year.year, year.with_vat) for year in plan.years
    ]
    assert sum(pence(amount) for amount, *_ in found) == plan.total.with_vat


def check_options(plan: Plan, paper: Paper) -> None:
    """What each option costs; the planned one is the plan's own total."""
    if not plan.alternatives:
        assert not any(batch.buys for batch in plan.acting)
        return
    planned = next(way for way in plan.alternatives if way.planned)
    assert (planned.total.total if planned.total else 0) == plan.total.total
    table = paper.table("Option").cells[1:]
    assert [_cost(cells[1]) for cells in table] == [way.total.total if way.total else None for way in plan.alternatives]
    stays = re.search(r"([\d,]+) items? stays? in use(?:, (all|[\d,]+(?: to [\d,]+)?) of them by a listed maker)?", table[0][2])
    assert stays is not None
    assert number(stays[1]) == len(plan.items)
    assert acted_on(paper.words)[0] == len(plan.items)
    if len(plan.items) > 1:
        whole = f"{len(plan.items):,}" if stays[2] == "all" else stays[2] or "0"
        assert acted_on(paper.words)[1] == whole
    later = re.search(r"([\d,]+) items? waits? until", table[2][2])
    first = min((one.year for one in (*plan.items, *plan.lines) if one.year), default=None)
    if later is None:
        return
    if planned.way == "phased":
        assert number(later[1]) == sum(item.year not in (None, first) for item in plan.items)
    else:
        due = min(one.priority for one in (*plan.acting, *plan.lines))
        assert number(later[1]) == sum(len(batch.assets) for batch in plan.acting if batch.priority != due)


def _cost(text: str) -> int | None:
    return None if text == "Not priced" else pence(text)


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
