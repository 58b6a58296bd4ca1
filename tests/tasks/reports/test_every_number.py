"""Numbers that stand twice in the reports of a register are equal, and every table adds up; `bench/every_number.py` has 200."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from unittest import mock

import pytest

import numbers_said
from bench.every_number import UNDECLARED, differing
from camcensus.model.blocks import Block, Bullets, Column, Fact, Heading, Prose, ReportDocument, Row, TableBlock
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.making import Making
from kinds_of_numbers import pieces
from numbers_said import added_wrong, sentences
from random_estates import estate
from report_estate import NOW, knowledge
from samples import body

SEEDS = (0, 5, 11, 17, 23, 42)
"""Among them a register without a row, and one with a single row."""


def ages(row: str, number: str) -> TableBlock:
    return TableBlock([Column("Age"), Column("Cameras", figures=True)], [Row([row, number])])


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path_factory.mktemp("numbers") / "a.camcensus", body(), NOW) as made:
        yield made


def found(inventory: Inventory, known: Knowledge, seed: int) -> tuple[list[str], dict[str, int]]:
    counted = defaultdict[str, int](int)
    lists = frozenset(entry.id for entry in known.lists.values() if entry.default_on)
    return differing(inventory, known, estate(seed, known, lists), counted, defaultdict(bool)), counted


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_said_twice_is_equal_and_every_table_adds_up(inventory: Inventory, seed: int) -> None:
    wrong, counted = found(inventory, knowledge(), seed)
    assert wrong == []
    assert counted["numbers in sentences"] > (150 if seed % 5 else 0)
    assert counted["numbers in cells"] > (150 if seed % 5 else 0)


def test_a_number_that_one_report_says_otherwise_is_found(inventory: Inventory) -> None:
    def lying(kind: str, words: str) -> Callable[[Making], ReportDocument]:
        honest = numbers_said.REPORTS[kind]

        def says(making: Making) -> ReportDocument:
            said = honest(making)
            return replace(said, blocks=[*said.blocks, Prose(words)])

        return says

    one_more = {
        "summary": lying("summary", "1 camera is at the gate."),
        "register": lying("register", "2 cameras are at the gate."),
    }
    with mock.patch.dict(numbers_said.REPORTS, one_more):
        (one,) = (one for one in found(inventory, knowledge(), 11)[0] if UNDECLARED not in one)
    assert "# cameras are at the gate." in one
    with mock.patch.dict(numbers_said.REPORTS, {"register": lying("register", "We found 7,777 cameras.")}):
        wrong = found(inventory, knowledge(), 11)[0]
    assert any(one.startswith("cameras: ") for one in wrong)


@pytest.mark.parametrize(
    ("block", "counts"),
    [
        (ages("Total", "7,777"), "cameras"),
        (ages("Under 5 years", "7,777"), "cameras of age Under 5 years"),
    ],
)
def test_a_cell_that_counts_otherwise_is_found(inventory: Inventory, block: Block, counts: str) -> None:
    honest = numbers_said.REPORTS["evidence"]

    def says(making: Making) -> ReportDocument:
        said = honest(making)
        return replace(said, blocks=[*said.blocks, block])

    with mock.patch.dict(numbers_said.REPORTS, {"evidence": says}):
        wrong = found(inventory, knowledge(), 11)[0]
    assert [one for one in wrong if one.startswith(f"{counts}: ") and "7,777" in one]


def test_a_cell_of_one_edition_that_differs_is_found(inventory: Inventory) -> None:
    honest = numbers_said.REPORTS["plan"]

    def says(making: Making) -> ReportDocument:
        said = honest(making)
        table = TableBlock([Column("Gate"), Column("Cost", figures=True)], [Row(["Hall", f"£{len(making.choices.audience)}"])])
        return replace(said, blocks=[*said.blocks, Heading("Gates", 2), table])

    with mock.patch.dict(numbers_said.REPORTS, {"plan": says}):
        (one,) = (one for one in found(inventory, knowledge(), 11)[0] if UNDECLARED not in one)
    assert one.startswith("plan: Gates / Gate / Hall / Cost")


@pytest.mark.parametrize(
    "block",
    [
        Prose("7 cameras are at the gate."),
        Bullets(["Keep 3 cameras, 7 of them in the dark."]),
        TableBlock([Column("Gate"), Column("In the dark", figures=True)], [Row(["Hall", "7"])]),
        TableBlock([Column("Gate"), Column("What")], [Row(["Hall", "At 7 gates nobody looks."])]),
    ],
)
def test_a_number_that_nobody_declared_is_refused(inventory: Inventory, block: Block) -> None:
    honest = numbers_said.REPORTS["summary"]

    def says(making: Making) -> ReportDocument:
        said = honest(making)
        return replace(said, blocks=[*said.blocks, block])

    with mock.patch.dict(numbers_said.REPORTS, {"summary": says}):
        refused = {one for one in found(inventory, knowledge(), 11)[0] if UNDECLARED in one}
    assert len(refused) == 3  # one for each edition
    assert all(re.search(r"dark|gate", one, re.IGNORECASE) for one in refused)


def test_a_kind_of_number_names_nobody_and_no_day() -> None:
    text = "In 2026-27: replace 1,200 cameras and 2 recorders (REC-001 to REC-002); keep 1 camera at Hall, on 3 May 2027."
    assert [*pieces(text, ["Hall"])] == ["do # things", "do # things at name"]


def test_an_answer_counts_what_its_question_asks() -> None:
    answers = [
        Row([f"{at}. How many are {what}?", [Fact(f"Not known for {at} cameras.")]]) for at, what in ((2, "in"), (3, "out"))
    ]
    document = mock.Mock(spec=ReportDocument, blocks=[TableBlock([Column("Question"), Column("Answer")], answers)])
    assert len({words for words, _ in sentences(document)}) == 2
    assert [numbers for _, numbers in sentences(document)] == [("2",), ("3",)]


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ((("Hall", "£1,200.50"), ("Gate", "£300")), "£1,500.50"),
        ((("Hall", "3 to 4"), ("Gate", "2")), "5 to 6"),
        ((("Hall", "Not priced"), ("Gate", "–")), "£0"),
    ],
)
def test_a_total_that_is_not_the_sum_is_found(rows: Sequence[tuple[str, str]], right: str) -> None:
    def table(total: str) -> TableBlock:
        made = [Row(row) for row in rows]
        return TableBlock([Column("Place"), Column("Cost", figures=True)], [*made, Row(["Total", total], "total")])

    assert list(added_wrong(table(right))) == []
    assert list(added_wrong(table("7"))) != []


def test_refs_days_years_and_titles_count_nothing() -> None:
    text = "CAM-001 to CAM-004 on 24 November 2026, in 2026-27: “67 parliamentarians” asked for 3 cameras."
    document = mock.Mock(spec=ReportDocument, blocks=[Bullets([text, "1 camera is kept.", "2 cameras are kept."])])
    read = list(sentences(document))
    assert [numbers for _, numbers in read] == [("3",), ("1",), ("2",)]
    assert read[1][0] == read[2][0]
