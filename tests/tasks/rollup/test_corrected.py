"""A spreadsheet of answers that is given again: what it says counts, and what it leaves out is still there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from camcensus.store.rollup.given import FileOutcome
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answers import take_answer_files
from camcensus.tasks.rollup.figures import lists_of, read_figures
from rollup_estate import NOW, ROOT, knowledge

HEAD = "organisation,company_no,How many cameras?,Hikvision?\n"
ELM, OAK, ASH, BEECH = (f"{name},9000000{n},{{}},No\n" for n, name in enumerate(("Elm", "Oak", "Ash", "Beech"), 1))


def give(path: Path, sheet: Path, text: str, day: int = 0, head: str = HEAD) -> FileOutcome:
    """Write a sheet and take it in, so many days later."""
    sheet.parent.mkdir(exist_ok=True)
    sheet.write_text(head + text, "utf-8")
    now = NOW + timedelta(days=day)
    with tasks.open_for_taking(path, ROOT, knowledge(), now) as rollup:
        (done,) = take_answer_files(rollup, [sheet], knowledge(), now)
    return done


def counted(path: Path) -> tuple[dict[str, int | None], list[str]]:
    """How many cameras each organisation says, and the kinds of the problems."""
    with tasks.open_for_reading(path, ROOT) as rollup:
        figures = read_figures(rollup, lists_of(rollup), "2026-12-24")
    numbers = {one.name: one.low for one in figures.answers if one.question == "How many cameras?"}
    return numbers, [one.kind for one in figures.problems]


@pytest.mark.parametrize("first", [4, 5, 6, 7])
def test_what_the_newer_sheet_says_counts_whatever_its_digest_and_nothing_is_lost(tmp_path: Path, first: int) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    older = give(path, sheet, ELM.format(first) + OAK.format(9))
    assert older.warnings == ()
    done = give(path, sheet, ELM.format(50) + BEECH.format(2), day=3)
    assert done.warnings == ()
    assert counted(path) == ({"Elm": 50, "Oak": 9, "Beech": 2}, ["answers-differ"])
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        tasks.take_out(rollup, older.export_id or "", NOW)
    assert counted(path)[0] == {"Elm": 50, "Beech": 2}


def test_a_later_day_counts_before_the_sheet_that_was_given_later(tmp_path: Path) -> None:
    path, sheet, head = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv", HEAD.strip() + ",Answered on\n"
    give(path, sheet, "Elm,90000001,20,No,2025-05-01\n", head=head)
    give(path, sheet, "Elm,90000001,15,No,2025-03-01\n", day=1, head=head)
    assert counted(path)[0] == {"Elm": 20}
