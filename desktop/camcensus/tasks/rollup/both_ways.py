"""What was measured, recorded and answered, together, in the words of the report."""

from __future__ import annotations

from typing import Any

from camcensus.model.prose import range_words
from camcensus.model.words import clean
from camcensus.report.rollup import RollupSection
from camcensus.tasks.rollup.kinds import kind_words
from camcensus.tasks.rollup.section_rows import (
    Rows,
    bodies_of,
    counted,
    parts,
    section,
    share_of,
    share_words,
)

_PARTS = "measured +\nrecorded +\nanswered"


def _of_types_both_ways(rows: Rows, _: bool) -> RollupSection:
    return section(
        "Measured, recorded and answered together",
        f"Kind of organisation|Counted|{_PARTS}|With one|{_PARTS}|Share of\ncounted|None|Not\nknown",
        [
            (
                kind_words(row["body_type"]), f"{row['counted']:,}", parts(row), bodies_of(row), parts(row, "bodies_"),
                share_of(row), f"{row['bodies_none']:,}", f"{row['bodies_not_known']:,}",
            )
            for row in rows
        ],
        total=True,
        intro="Organisations with at least one camera by a listed maker: measured by a search, recorded in their own register,"
        " or answered. Each counts in one way only.",
        note="Answered: the organisation says so, and that proves nothing. With one, none, and not known add up to those"
        " counted.",
    )  # fmt: skip


def _of_makers_both_ways(rows: Rows, _: bool) -> RollupSection:
    return section(
        "Makers, measured, recorded and answered together",
        f"Kind|~Made by|Any listed\nmaker|This\nmaker|{_PARTS}|Share of\nthem",
        [
            (
                kind_words(row["body_type"]), clean(row["maker_name"] or "", 60), counted(row["users"], row["users_proven"]),
                bodies_of(row), parts(row, "bodies_"), share_words(row["bodies"], row["users"]),
            )
            for row in rows
            if row["listed"] and row["users"]
        ],
        intro="Of the organisations with a camera by any listed maker, how many have one by each. Some have several.",
        nothing="No organisation has a camera by a listed maker.",
    )  # fmt: skip


def _of_questions(rows: Rows, _: bool) -> RollupSection:
    return section(
        "What was asked, and what became of it",
        "Question|Asked|Answered|Not read\nyet|Refused|Not held|No reply|All\ntogether",
        [
            (
                clean(row["question"], 120), f"{row['bodies']:,}", f"{row['answered']:,}", f"{row['not_read']:,}",
                f"{row['refused']:,}", f"{row['not_held']:,}", f"{row['no_reply']:,}", _added_up(row),
            )
            for row in rows
        ],
        first=2.4,
        intro="By what each organisation answered last. All together: their numbers added up; “yes” is 1 or more. Every"
        " answer is in answers-words.csv, in words too, beside what their files have.",
    )  # fmt: skip


def _added_up(row: dict[str, Any]) -> str:
    """ "30 or more" where one of those that are added up has no upper number."""
    if not row["with_figure"]:
        return "–"
    return f"{row['low']:,} or more" if row["high"] is None else range_words(row["low"], row["high"])


def _of_answered_change(rows: Rows, _: bool) -> RollupSection:
    return section(
        "Change of answers since the last round",
        "Kind of organisation|Compared|With one\nthen|With one\nnow|Cameras\nthen|Cameras\nnow",
        [
            (
                kind_words(row["body_type"]), f"{row['compared']:,}", f"{row['with_then']:,}", f"{row['with_now']:,}",
                f"{row['listed_then']:,}", f"{row['listed_now']:,}",
            )
            for row in rows
        ],
        total=True,
        intro="Organisations that say they have a camera by a listed maker, and at least so many such cameras; only those that"
        " answered in both rounds.",
    )  # fmt: skip


WAYS = (
    ("by_type_and_way", _of_types_both_ways),
    ("by_maker_and_way", _of_makers_both_ways),
    ("change_answered", _of_answered_change),
    ("by_question", _of_questions),
)
