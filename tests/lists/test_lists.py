"""The lists of strangers: what they say to a person is worked out rightly, and the smallest go through the bench."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bench.lists import Score, measured, report
from lists.every import LISTS
from lists.rows import Entry, List, counts, entries
from lists.writing import write

SMALLEST = ("shop-insurer", "sadp", "unifi-protect")


def made(name: str) -> List:
    return next(one for one in LISTS if one.id == name)


def row(name: str, number: int, sheet: str | None = None) -> Entry:
    return next(one for one in entries(made(name)) if one.number == number and sheet in (None, one.sheet))


def says(entry: Entry) -> dict[str, str]:
    return {cell.heading: cell.says for cell in entry.cells}


def test_there_are_fifteen_lists_and_more_each_with_a_name_of_its_own() -> None:
    assert len({one.id for one in LISTS}) == len(LISTS) >= 15
    assert min(one.rows for one in LISTS) >= 4
    assert max(one.rows for one in LISTS) >= 3000


def test_a_merged_cell_is_said_of_every_row_that_it_spans() -> None:
    hall = row("business-manager", 8)
    assert says(hall)["Site"] == "Larkfield Primary School"
    assert says(hall)["Building"] == "Main block"


def test_ditto_marks_say_what_stands_above() -> None:
    corridor = row("business-manager", 9)
    assert (corridor.make, corridor.maker, corridor.model) == ("HIKVISON", "hikvision", "DS-2CD2343G0-I")
    assert row("caretaker", 4).maker == "hikvision"


def test_a_heading_between_rows_and_a_title_name_the_place() -> None:
    assert says(row("hospital-wards", 18))["(heading above)"] == "FIRST FLOOR"
    assert says(row("trust-of-twelve", 3, "Eastbrook"))["(title)"] == "Eastbrook"


def test_what_others_make_and_what_nobody_knows_names_no_maker() -> None:
    swann, unknown = row("business-manager", 22), row("business-manager", 18)
    assert (swann.make, swann.maker, swann.named) == ("Swann", None, False)
    assert (unknown.make, unknown.maker) == (None, None)
    assert "Make" not in says(unknown)


def test_a_row_of_several_cameras_counts_them_and_removed_ones_do_not_count() -> None:
    assert counts(entries(made("caretaker"))) == {"camera": 11, "recorder": 1, "other": 1}
    assert counts(entries(made("shop-insurer"))) == {"camera": 3, "recorder": 1, "other": 3}
    assert counts(entries(made("seven-makers"))) == {"camera": 70, "recorder": 0, "other": 0}


@pytest.mark.parametrize(
    "one", [one for one in LISTS if one.rows < 1000 and one.file.endswith(".xlsx")], ids=lambda one: one.id
)
def test_a_workbook_holds_each_row_where_its_truth_says(one: List, tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(write(one, tmp_path))
    for sheet in {entry.sheet for entry in entries(one)}:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for entry in entries(one):
            for cell in entry.cells if entry.sheet == sheet else ():
                if cell.letter and cell.written.isalpha():
                    assert rows[entry.number - 1][ord(cell.letter) - 65] == cell.written


def test_the_same_list_is_written_each_time(tmp_path: Path) -> None:
    for name in ("council", "sadp"):
        (tmp_path / name).mkdir()
        assert write(made(name), tmp_path).read_bytes() == write(made(name), tmp_path / name).read_bytes()


@pytest.fixture(scope="module", params=SMALLEST)
def score(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Score:
    return measured(made(request.param), tmp_path_factory.mktemp(request.param))


def test_a_small_list_arrives_with_each_cell_accounted_for(score: Score) -> None:
    every = list(entries(score.made))
    assert not score.refused
    assert sum(score.cells.values()) == sum(len(entry.cells) for entry in every)
    assert sum(score.kinds.values()) == sum(score.statuses.values()) == len(every)
    assert score.no_device == 0
    assert score.makers["wrong"] == 0
    assert score.cells["silent"] == 0, score.faults
    assert f"| {score.made.id} |" in report([score])
