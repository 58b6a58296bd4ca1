"""Every sentence that the annexes fill in is true of the register: registers are drawn, and counted again from their rows."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

import samples
from camcensus.model.asset import INSIDE_OUTSIDE_WORDS, OWNERSHIP_WORDS, Asset
from camcensus.model.blocks import Fact, ReportDocument, TableBlock, plain
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.planning.foi import answers
from camcensus.planning.foi_facts import FoiFacts
from camcensus.report.annexes import CHECKLIST, PRINCIPLES
from camcensus.report.pdf.paper import draw
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.rows import AssetRow
from camcensus.tasks.reports import annexes, kit
from camcensus.tasks.reports.foi import facts_of
from camcensus.tasks.reports.making import Making
from random_estates import estate
from report.heard import complaints
from report_estate import knowledge

ROOT = Path(__file__).resolve().parents[3]
PURPOSES = (None, "Gate", "Stairs", "Hall, by the door", "Car park", "Office", "Yard (rear)", "Bin store")
TALLIES: dict[str, Callable[[Asset], str | None]] = {
    "What the cameras are for": lambda one: one.purpose,
    "Where they look": lambda one: INSIDE_OUTSIDE_WORDS[one.inside_outside] if one.inside_outside else None,
    "Impact assessment of each camera": lambda one: one.dpia_ref,
    "Whose the cameras are": lambda one: OWNERSHIP_WORDS[one.ownership] if one.ownership else None,
    "Who maintains them": lambda one: one.maintainer_name,
    "Days that footage is kept, at cameras and recorders": lambda one: days(one.retention_days),
}


def days(number: int | None) -> str | None:
    return None if number is None else f"{number} day{'' if number == 1 else 's'}"


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path_factory.mktemp("annexes") / "a.camcensus", samples.body(), samples.NOW) as made:
        yield made


def rows_of(seed: int) -> list[AssetRow]:
    """A register with what the annexes ask of each row: of all, of some, or of none."""
    dice, known = random.Random(seed), knowledge()
    filled = [dice.choice((0.0, 0.5, 1.0)) for _ in range(8)]

    def some[T](at: int, *values: T) -> T | None:
        return dice.choice(values) if dice.random() < filled[at] else None

    return [
        replace(
            row,
            asset=replace(
                row.asset, purpose=some(0, *PURPOSES), inside_outside=some(1, "inside", "outside"),
                dpia_ref=some(2, "DPIA-1", "DPIA-2"), ownership=some(3, "ours", "not-ours"),
                maintainer_name=some(4, "Acme", "Bolt & Sons"), retention_days=some(5, 1, 14, 30),
                retention_found_days=some(6, 1, 14, 28), last_picture_check=some(7, "2026-03-05", "2025-11-30"),
                sensitive=dice.random() < filled[0] / 2,
            ),
        )
        for row in estate(seed, known, frozenset(known.lists))
    ]  # fmt: skip


def made(inventory: Inventory, rows: list[AssetRow], says: Callable[[Making], ReportDocument]) -> ReportDocument:
    with mock.patch.object(kit, "judged_now", return_value={}), mock.patch.object(kit, "rows", return_value=tuple(rows)):
        return says(Making(inventory=inventory, knowledge=knowledge(), path=Path("a.pdf"), data_dir=ROOT, now=samples.NOW))


def tables(document: ReportDocument) -> list[TableBlock]:
    return [block for block in document.blocks if isinstance(block, TableBlock)]


def said_in(table: TableBlock) -> Iterator[str]:
    for row in table.rows:
        cell = row.cells[1]
        for fact in [cell] if isinstance(cell, Fact | str) else cell:
            yield plain(fact.text) if isinstance(fact, Fact) else fact


def counted(text: str) -> Counter[str]:
    """ "Gate (10), 2 more (4)" as numbers by what they are of."""
    found: Counter[str] = Counter()
    for part in re.split(r"(?<=\d\)), ", text):
        words, number = re.fullmatch(r"(.+) \((\d+)\)", part).groups()  # type: ignore[union-attr]
        found[words] = int(number)
    return found


def check_tally(text: str, values: list[str | None]) -> None:
    said, true = counted(text), Counter(value or "not recorded" for value in values)
    more = next((one for one in said if re.fullmatch(r"\d+ more", one)), None)
    named = set(said) - {more}
    assert {one: said[one] for one in named} == {one: true[one] for one in named}
    assert said.total() == len(values)
    assert (len(set(true) - named) if more else 0) == int((more or "0").split()[0])


def check(sentence: str, rows: list[Asset], facts: FoiFacts, inventory: Inventory) -> None:
    cameras = [one for one in rows if one.kind == "camera"]
    recording = [one for one in rows if one.kind in ("camera", "recorder")]
    lead, _, rest = sentence.partition(": ")
    if value := TALLIES.get(lead):
        check_tally(rest.removesuffix("."), [value(one) for one in (recording if "recorders" in lead else cameras)])
    elif found := re.fullmatch(r"(\d+) cameras? (?:is|are) in a place that staff marked as sensitive\.", sentence):
        assert int(found[1]) == sum(one.sensitive for one in cameras)
    elif found := re.fullmatch(
        r"A person has checked the picture of (\d+) of (\d+) cameras?(?:, last on ([\w ]+))?\.", sentence
    ):
        checked = [one.last_picture_check for one in cameras if one.last_picture_check]
        assert (int(found[1]), int(found[2])) == (len(checked), len(cameras))
        assert found[3] == ({"2026-03-05": "5 March 2026", "2025-11-30": "30 November 2025"}[max(checked)] if checked else None)
    elif lead.startswith("Footage found against days kept"):
        both = [(one.retention_found_days, one.retention_days) for one in recording]
        pairs = [(found, kept) for found, kept in both if found is not None and kept is not None]
        numbers = re.fullmatch(r"fewer days at (\d+)(?: \(.+\))?, more at (\d+)(?: \(.+\))?, as many at (\d+)\.", rest)
        assert numbers is not None
        true = (sum(f < k for f, k in pairs), sum(f > k for f, k in pairs), sum(f == k for f, k in pairs))
        assert (int(re.findall(r"\d+", lead)[0]), *map(int, numbers.groups())) == (len(pairs), *true)
        for ref, number, kept in re.findall(r"([A-Z]{3}-\d+): (\d+) (?:of|for) (\d+) days", rest):
            assert (int(number), int(kept)) in {(o.retention_found_days, o.retention_days) for o in recording if o.ref == ref}
    elif lead == "The organisation’s own answer":
        body = inventory.body
        said = {one.answers[word].casefold() for one in USE_QUESTIONS if (word := getattr(body, one.name))}
        assert rest.removesuffix(".").casefold() in said
    elif lead == "Faces":
        for part in re.findall(r"(?:Faces|Other analysis of people): (.+?)\.", sentence):
            assert counted(part).total() == len(cameras)
    else:  # what the FOI answers say, which tests of their own count again
        assert sentence in {one.answer for one in answers(facts, ("total", "flaws", "network"))}


@pytest.mark.parametrize("seed", range(1, 31))
def test_every_sentence_filled_in_is_true_of_the_register(inventory: Inventory, seed: int) -> None:
    rows = rows_of(seed)
    here = [row.asset for row in rows if row.asset.status != "removed"]
    facts = facts_of(inventory, knowledge(), rows, None, None)
    for says, asked in ((annexes.code, PRINCIPLES), (annexes.dpia, CHECKLIST)):
        document = made(inventory, rows, says)
        table = tables(document)[0]
        assert [row.cells[0] for row in table.rows] == [what for what, _ in asked]
        assert all(row.cells[3] == "" for row in table.rows)
        for sentence in said_in(table):
            if sentence != "This record holds nothing about it.":
                check(sentence, here, facts, inventory)


@pytest.mark.parametrize("seed", range(1, 31))
def test_the_cameras_covered_are_all_of_them_by_place(inventory: Inventory, seed: int) -> None:
    rows = rows_of(seed)
    cameras = [row.asset for row in rows if row.asset.kind == "camera" and row.asset.status != "removed"]
    covered = [one for one in tables(made(inventory, rows, annexes.dpia)) if one.columns[0].head == "Place"]
    numbers = [int(str(row.cells[1])) for table in covered for row in table.rows]
    assert sum(numbers) == len(cameras)
    for table in covered:
        at = next((number for number, one in enumerate(table.columns) if one.head == "What they are for"), None)
        if at is not None:
            said = sum((counted(str(row.cells[at])) for row in table.rows if isinstance(row.cells[at], str)), Counter())
            assert said["Gate"] <= sum(one.purpose == "Gate" for one in cameras)
        else:
            assert not any(one.purpose for one in cameras)


def test_the_organisations_own_answers_are_filled_in(tmp_path: Path) -> None:
    body = replace(samples.body(), dpia="some", policy="published", signs="all", footage_access="named")
    with register.new_inventory(tmp_path / "a.camcensus", body, samples.NOW) as made_:
        table = tables(made(made_, [], annexes.code))[0]
        text = {row.cells[0][:2]: [*said_in(TableBlock(table.columns, [row]))] for row in table.rows}  # type: ignore[index]
    assert text["2."] == ["The organisation’s own answer: of some of them."]
    assert text["3."] == ["The organisation’s own answer: yes, wherever there are cameras."]
    assert text["5."] == ["The organisation’s own answer: yes, and anybody can read it."]
    assert text["7."] == ["The organisation’s own answer: only people who are named."]
    assert text["1."] == ["This record holds nothing about it."]


@pytest.mark.parametrize("says", [annexes.code, annexes.dpia])
def test_each_annex_reads_well_to_everybody_and_is_signed_beside_other_words(
    inventory: Inventory, tmp_path: Path, says: Callable[[Making], ReportDocument]
) -> None:
    content, pages = draw(made(inventory, rows_of(7), says), ROOT / "resources" / "fonts")
    path = tmp_path / "annex.pdf"
    path.write_bytes(content)
    assert complaints(path) == []
    assert pages <= 3
