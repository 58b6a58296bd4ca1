"""The range on Home holds the sure and the likely; a camera whose signs disagree is in none."""

from __future__ import annotations

from dataclasses import replace

import samples
from camcensus.model.attribution import Grade
from camcensus.tasks.register.verbs import AssetRow, count_rows
from camcensus.ui.home.numbers import found_words, how_sure
from ui_rows import row


def graded(number: int, grade: Grade, kind: str = "camera", **changes: object) -> AssetRow:
    verdict = samples.verdict(number)
    return row(
        number, f"R-{number}", replace(verdict, attribution=replace(verdict.attribution, grade=grade)), kind=kind, **changes
    )


def test_the_range_of_listed_cameras_is_of_the_sure_and_the_likely() -> None:
    rows = [
        graded(1, "confirmed"), graded(2, "almost-certain"), graded(3, "likely"), graded(4, "conflicting"),
        graded(5, "almost-certain", "recorder"), row(6, "R-6", samples.verdict(6, maker=None)),
        graded(7, "almost-certain", status="removed"), graded(8, "almost-certain", "other"),
    ]  # fmt: skip
    counts = count_rows(rows)
    assert (counts.items.total, counts.items.undecided) == (6, 6)
    assert str(counts.cameras.listed) == "2 to 3"
    assert str(counts.items.listed) == "3 to 4"
    assert how_sure(counts) == "2 almost certain or confirmed, 1 more is likely. 1 other device is also listed."
    assert found_words(counts, rows) == "5 cameras and 1 recorder. Also 1 device of another kind, not counted."


def test_without_doubt_there_is_no_range() -> None:
    counts = count_rows([graded(1, "almost-certain"), graded(2, "conflicting"), graded(3, "conflicting")])
    assert str(counts.cameras.listed) == "1"
    assert counts.cameras.not_known == 2
