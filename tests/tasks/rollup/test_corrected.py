"""A corrected spreadsheet of answers counts instead of the one of its name; a namesake of other organisations does not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from camcensus.store.rollup.given import FileOutcome
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answer_files import take_answer_files
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
def test_the_newer_sheet_of_a_name_counts_whatever_its_digest(tmp_path: Path, first: int) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    give(path, sheet, ELM.format(first) + OAK.format(9))
    done = give(path, sheet, ELM.format(50) + OAK.format(9), day=3)
    assert done.warnings == ("It counts instead of the “a.csv” that was given on 24 November 2026.",)
    assert counted(path) == ({"Elm": 50, "Oak": 9}, ["held-taken-out"])
    again = give(path, sheet, ELM.format(first) + OAK.format(9), day=4)
    assert (again.state, again.why) == ("held", "taken-out")
    assert counted(path)[0] == {"Elm": 50, "Oak": 9}


def test_the_older_one_counts_again_once_it_is_put_back_and_given(tmp_path: Path) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    older = give(path, sheet, ELM.format(4))
    give(path, sheet, ELM.format(5))
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        tasks.put_back(rollup, older.export_id or "")
    give(path, sheet, ELM.format(4))
    assert counted(path)[0] == {"Elm": 4}


@pytest.mark.parametrize("first", [True, False])
def test_the_next_batch_under_the_old_name_takes_nothing_out(tmp_path: Path, first: bool) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    batches = [ELM.format(4) + OAK.format(9) + ASH.format(6), ELM.format(4) + BEECH.format(2)]
    for day, batch in enumerate(batches if first else batches[::-1]):
        assert give(path, sheet, batch, day=day).warnings == ()
    assert counted(path) == ({"Elm": 4, "Oak": 9, "Ash": 6, "Beech": 2}, [])


def test_what_a_sheet_that_leaves_a_row_out_says_otherwise_is_named(tmp_path: Path) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    give(path, sheet, ELM.format(4) + OAK.format(9))
    done = give(path, sheet, ELM.format(5))
    assert done.warnings == (
        "The older “a.csv” stays, since it has answers that this one leaves out: row 3 (Oak); take it out if this one corrects it.",
    )
    numbers, problems = counted(path)
    assert (numbers["Oak"], problems) == (9, ["answers-differ"])


@pytest.mark.parametrize("new", ["5", "4"])
def test_a_sheet_that_mends_a_day_and_leaves_rows_out_names_both(tmp_path: Path, new: str) -> None:
    path, sheet, head = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv", HEAD.strip() + ",Answered on\n"
    rows = "".join(f"Org {n},{90000000 + n},4,No,2026-0{7 if n == 2 else 5}-01\n" for n in range(1, 10))
    older = give(path, sheet, rows, head=head)
    newer = give(path, sheet, f"Org 2,90000002,{new},No,2026-05-01\nOrg 1,90000001,4,No,2026-05-01\n", day=1, head=head)
    assert newer.warnings == (
        "The older “a.csv” stays, since it answers for a later day (row 3) and has answers that this one leaves out:"
        " rows 4 (Org 3), 5 (Org 4), 6 (Org 5), 7 (Org 6), 8 (Org 7) and 2 more; take it out if this one corrects it.",
    )
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        tasks.take_out(rollup, older.export_id or "", NOW)
    assert counted(path)[0] == {"Org 1": 4, "Org 2": int(new)}


def test_a_sheet_that_only_leaves_a_row_out_says_so(tmp_path: Path) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    give(path, sheet, ELM.format(4) + OAK.format(9))
    assert ["row 3 (Oak)" in said for said in give(path, sheet, ELM.format(4), day=1).warnings] == [True]


def test_a_sheet_that_answers_something_otherwise_is_no_next_batch(tmp_path: Path) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    give(path, sheet, ELM.format(4) + OAK.format(9))
    assert ["row 3 (Oak)" in said for said in give(path, sheet, ELM.format(5) + BEECH.format(2), day=1).warnings] == [True]


def test_a_row_of_nobody_is_not_given_anew_from_another_place(tmp_path: Path) -> None:
    path, rows = tmp_path / "n.camcensus-rollup", OAK.format(8) + "Oak,90000009,3,No\n"
    give(path, tmp_path / "north" / "a.csv", rows + "Oak,,8,No\n")
    assert not any(said.startswith("It counts") for said in give(path, tmp_path / "south" / "a.csv", rows, day=1).warnings)


def test_an_answer_that_a_row_of_the_corrected_sheet_leaves_out_is_named_by_its_row(tmp_path: Path) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    give(path, sheet, ELM.format(4) + OAK.format(9))
    done = give(path, sheet, ELM.format(5) + "Oak,90000002,,No\n")
    assert ["row 3 (Oak)" in said for said in done.warnings] == [True]


@pytest.mark.parametrize("same_place", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_an_answer_of_a_later_day_is_never_replaced_in_either_order(tmp_path: Path, first: bool, same_place: bool) -> None:
    path = tmp_path / "n.camcensus-rollup"
    later, earlier = "Elm,90000001,20,No,2025-05-01\n", "Elm,90000001,15,No,2025-03-01\nOak,90000002,7,No,2025-03-01\n"
    for text in (later, earlier) if first else (earlier, later):
        folder = "a" if same_place or text == later else "b"
        give(path, tmp_path / folder / "answers.csv", text, head=HEAD.strip() + ",Answered on\n")
    assert counted(path) == ({"Elm": 20, "Oak": 7}, [])


@pytest.mark.parametrize("day", ["12/11/2026", ""])
def test_a_correction_of_the_day_to_an_earlier_one_or_none_is_said_and_counts_once_the_older_is_out(
    tmp_path: Path, day: str
) -> None:
    path, sheet, head = tmp_path / "n.camcensus-rollup", tmp_path / "answers.csv", HEAD.strip() + ",Answered on\n"
    older = give(path, sheet, "Elm,90000001,4,No,12/12/2026\n", head=head)
    assert older.warnings == ()
    newer = give(path, sheet, f"Elm,90000001,5,No,{day}\n", day=1, head=head)
    said = "The older “answers.csv” stays, since it answers for a later day (row 2); take it out if this one corrects it."
    assert newer.warnings == (said,)
    assert counted(path)[0] == {"Elm": 4}
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        tasks.take_out(rollup, older.export_id or "", NOW)
    assert counted(path)[0] == {"Elm": 5}


def test_a_few_of_the_rows_of_a_later_day_are_named(tmp_path: Path) -> None:
    path, sheet, head = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv", HEAD.strip() + ",Answered on\n"
    rows = [f"Org {n},{90000000 + n},4,No," for n in range(1, 9)]
    give(path, sheet, "".join(f"{row}2026-0{5 if n else 1}-01\n" for n, row in enumerate(rows)), head=head)
    newer = give(path, sheet, "".join(f"{row}2026-03-01\n" for row in rows), day=1, head=head)
    assert [said[said.find("(") : said.find(")")] for said in newer.warnings] == ["(rows 3, 4, 5, 6, 7 and 2 more"]


def test_a_row_of_nobody_does_not_keep_the_old_sheet_where_it_lay(tmp_path: Path) -> None:
    path, sheet = tmp_path / "n.camcensus-rollup", tmp_path / "a.csv"
    give(path, sheet, ELM.format(4) + OAK.format(1) + "Oak,90000009,3,No\nOak,,8,No\n")
    assert counted(path)[1] == ["held-answer"], "which Oak"
    done = give(path, sheet, ELM.format(5) + OAK.format(8) + "Oak,90000009,3,No\n", day=1)
    assert done.warnings == ("It counts instead of the “a.csv” that was given on 24 November 2026.",)


def test_a_namesake_counts_beside_it_unless_it_answers_all_that_the_older_one_does(tmp_path: Path) -> None:
    path = tmp_path / "n.camcensus-rollup"
    give(path, tmp_path / "north" / "a.csv", ELM.format(4) + OAK.format(9))
    give(path, tmp_path / "south" / "a.csv", OAK.format(8) + ASH.format(7))
    numbers, problems = counted(path)
    assert (numbers["Elm"], numbers["Ash"], problems) == (4, 7, ["answers-differ"]), "of two offices"
    give(path, tmp_path / "north" / "a.csv", ASH.format(6), day=1)  # of nobody whom the older sheet there was of
    assert counted(path)[0]["Elm"] == 4
    give(path, tmp_path / "sent" / "a.csv", ELM.format(1) + OAK.format(2) + ASH.format(3), day=2)
    assert counted(path)[0] == {"Elm": 1, "Oak": 2, "Ash": 3}


def test_of_other_names_the_contradiction_is_named(tmp_path: Path) -> None:
    path = tmp_path / "n.camcensus-rollup"
    give(path, tmp_path / "a.csv", ELM.format(4))
    give(path, tmp_path / "b.csv", ELM.format(5))
    with tasks.open_for_reading(path, ROOT) as rollup:
        (one,) = read_figures(rollup, lists_of(rollup), "2026-12-24").problems
    assert one.say.startswith("Elm answered “How many cameras?” in 2 ways with no date. Row 2 of “")
    assert one.say.endswith(".csv” counts; type the dates in, or, if it is wrong, take its sheet out.")
