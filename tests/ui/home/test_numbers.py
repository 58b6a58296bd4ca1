"""The range on Home holds the sure and the likely; a camera whose signs disagree is named beside it."""

from __future__ import annotations

from dataclasses import replace

import samples
from camcensus.model.attribution import Grade
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.home.numbers import Numbers
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
        graded(7, "almost-certain", status="removed"),
    ]  # fmt: skip
    numbers = Numbers.of(rows, 2)
    assert (numbers.rows, numbers.checking, numbers.undecided) == (6, 2, 6)
    assert numbers.listed == "2 to 3"
    assert numbers.all_listed == 5
    assert numbers.how_sure == (
        "2 almost certain or confirmed, 1 more likely. 1 more has signs that disagree, all for listed makers."
        " 1 other device is also listed."
    )


def test_without_doubt_there_is_no_range() -> None:
    numbers = Numbers.of([graded(1, "almost-certain"), graded(2, "conflicting"), graded(3, "conflicting")], 2)
    assert numbers.listed == "1"
    assert "2 more have signs that disagree" in numbers.how_sure
