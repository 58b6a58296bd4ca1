"""Answers that one organisation gave on one day, and that differ: the same one counts in any order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answers import take_answer_files
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from rollup_estate import NOW, ROOT, knowledge

HEAD = "organisation,company_no,type,reply date,How many cameras?,Hikvision?,Is there a policy?,What they said\n"
SHEETS = {
    "a": "Elm,90000001,school,1/3/2026,4,No,yes\nOak,90000002,shop,1/3/2026,7,,under review\n",
    "b": "Elm School,90000001,council,1/3/2026,5,refused,yes\nOak,90000002,shop,1/3/2026,7,,soon\n",
    "c": "Elm Sch.,90000001,nhs,1/3/2026,6 to 9,Yes,yes\nOak,90000002,shop,1/3/2026,7,,under review\n",
}


@pytest.fixture
def sheets(tmp_path: Path) -> dict[str, Path]:
    for name, lines in SHEETS.items():
        (tmp_path / f"{name}.csv").write_text(HEAD + lines, "utf-8")
    return {name: tmp_path / f"{name}.csv" for name in SHEETS}


def figures_of(path: Path) -> Figures:
    with tasks.open_for_reading(path, ROOT) as rollup:
        return read_figures(rollup, lists_of(rollup), "2026-11-24")


def take(path: Path, files: Sequence[Path], seconds: int) -> Path:
    for number, one in enumerate(files):
        with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
            take_answer_files(rollup, [one], knowledge(), NOW + timedelta(seconds=number * seconds))
    return path


def as_one(folder: Path, sheets: dict[str, Path], order: str, seconds: int) -> Path:
    return take(folder / f"one-{order}.camcensus-rollup", [sheets[name] for name in order], seconds)


def seen(path: Path) -> tuple[Any, ...]:
    figures = figures_of(path)
    return figures.tables, figures.totals, sorted(one.say for one in figures.problems)


def test_the_same_answer_counts_whatever_the_order_of_sheets_that_were_given_at_once(
    sheets: dict[str, Path], tmp_path: Path
) -> None:
    expected = seen(take(tmp_path / "whole.camcensus-rollup", list(sheets.values()), 0))
    for order in permutations("abc"):
        assert seen(as_one(tmp_path, sheets, "".join(order), 0)) == expected, order


def test_answers_that_differ_on_one_day_are_named_with_the_row_that_counts(sheets: dict[str, Path], tmp_path: Path) -> None:
    figures = figures_of(take(tmp_path / "n.camcensus-rollup", list(sheets.values()), 0))
    said = [one.say for one in figures.problems if one.kind == "answers-differ"]
    counts = [say.partition(". ")[2] for say in said]
    name = next(row["name"] for row in table(figures, "answers") if row["name"].startswith("Elm"))
    assert [say.partition(". ")[0] for say in said] == [
        f"{name} answered “How many cameras?” in 3 ways on 1 March 2026",
        f"{name} answered “Hikvision?” in 3 ways on 1 March 2026",
        "Oak answered “Is there a policy?” in 2 ways on 1 March 2026",
    ]
    assert counts[0] == counts[1]
    sheet = counts[0].removeprefix("Row 2 of “").partition(".csv”")[0]
    low = next(row for row in table(figures, "answers") if row["question_id"] == "cameras" and row["name"] == name)["low"]
    assert low == {"a": 4, "b": 5, "c": 6}[sheet]


def test_a_later_day_counts_before_anything_else(tmp_path: Path) -> None:
    for number in range(1, 10):
        line = f"Elm,90000001,school,{number}/3/2026,{number},,\n"
        (tmp_path / f"{number}.csv").write_text(HEAD + line, "utf-8")
    figures = figures_of(take(tmp_path / "n.camcensus-rollup", sorted(tmp_path.glob("*.csv"), reverse=True), 10))
    assert [row["low"] for row in table(figures, "answers")] == [9]
    assert [one for one in figures.problems if one.kind == "answers-differ"] == []


def table(figures: Figures, name: str) -> list[dict[str, Any]]:
    found = next(table for table in figures.tables if table.name == name)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]
