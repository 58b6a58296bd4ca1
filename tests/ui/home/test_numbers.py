"""The number on Home holds the proven and the likely; a camera whose signs disagree only may be."""

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


def test_the_number_of_what_is_listed_has_the_proven_and_the_likely() -> None:
    rows = [
        graded(1, "confirmed"), graded(2, "almost-certain"), graded(3, "likely"), graded(4, "conflicting"),
        graded(5, "almost-certain", "recorder"), row(6, "R-6", samples.verdict(6, maker=None)),
        graded(7, "almost-certain", status="removed"), graded(8, "almost-certain", "other"),
    ]  # fmt: skip
    counts = count_rows(rows)
    assert (counts.items.total, counts.items.undecided) == (6, 6)
    assert str(counts.cameras.listed) == "3"
    assert counts.made_by_listed(str) == "4 devices made by a listed maker: 3 cameras, 1 recorder"
    assert how_sure(counts) == "Of which 3 proven, up to 5 with those that may be."
    assert found_words(counts, rows) == "5 cameras and 1 recorder. Also 1 device of another kind, not counted."


def test_what_may_be_is_not_in_the_number() -> None:
    counts = count_rows([graded(1, "almost-certain"), graded(2, "conflicting"), graded(3, "conflicting")])
    assert str(counts.cameras.listed) == "1"
    assert counts.cameras.not_known == 2


def test_a_recorder_alone_is_said_with_its_maker_and_what_to_do() -> None:
    counts = count_rows([graded(1, "likely", "recorder")])
    assert counts.made_by_listed(str) == "1 recorder made by dahua, listed"
    assert how_sure(counts) == (
        "Not proven yet. Count the cameras on the recorder’s screen, and add them: no camera is in the record."
    )
