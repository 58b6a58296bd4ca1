"""The totals of what was measured and what organisations answered, together: each of both, and which is which."""

from __future__ import annotations

from dataclasses import fields

from camcensus.model import frozen
from camcensus.model.claims import CLAIM_STATE_WORDS, ClaimState
from camcensus.model.words import clean, range_words
from camcensus.store.rollup.claims import has_claims, read_answers
from camcensus.store.rollup.tables import read_sql, read_table
from camcensus.tasks.rollup.taking import RollUp


@frozen(kw_only=True)
class AnswerRow:
    """An answer that counts, beside what the organisation's file has of it.

    `in_file` is likely and above, and None where no file counts; `compared` is "same", "file-more", "file-fewer" or None.
    `sheet` and `row` are where it was typed; `document` names the reply's file.
    """

    code: str
    name: str
    type: str
    question: str
    state: ClaimState
    section: str | None
    asked_on: str | None
    answered_on: str | None
    low: int | None
    high: int | None
    yes: int | None
    in_file: int | None
    in_file_proven: int | None
    compared: str | None
    words: str | None
    typed_by: str | None
    document: str | None
    sheet: str
    row: int


ANSWER_COLUMNS = tuple(one.name for one in fields(AnswerRow))


@frozen
class WayCount:
    """How many of each way: measured by a search, recorded in the own register, answered. `total` is all of them."""

    measured: int
    recorded: int
    claimed: int

    @property
    def total(self) -> int:
        return self.measured + self.recorded + self.claimed

    @property
    def words(self) -> str:
        """ "40 measured, 12 recorded, 700 answered"."""
        return f"{self.measured:,} measured, {self.recorded:,} recorded, {self.claimed:,} answered"


@frozen(kw_only=True)
class WaysTotal:
    """The totals of all organisations, measured, recorded and answered: each counts in one way.

    `bodies`, `bodies_none` and `bodies_not_known` add up to `counted`. `cameras` are at least so many; `without_number` of
    those that answered name no upper number.
    """

    replied: int
    counted: WayCount
    bodies: WayCount
    bodies_proven: int
    bodies_none: WayCount
    bodies_not_known: WayCount
    cameras: WayCount
    without_number: int


def read_ways(rollup: RollUp) -> WaysTotal | None:
    """The totals, after `prepare`; None where nobody answered."""
    if not has_claims(rollup.file.connection):
        return None
    table = read_table(rollup.file.connection, rollup.resources, "by_type_and_way")
    row = dict(zip(table.columns, table.rows[-1], strict=True))
    ways = ("measured", "recorded", "claimed")
    each = ("bodies", "bodies_none", "bodies_not_known", "cameras")
    return WaysTotal(
        replied=row["replied"], counted=WayCount(*(row[way] for way in ways)), bodies_proven=row["bodies_proven"],
        without_number=row["bodies_without_number"],
        **{name: WayCount(*(row[f"{name}_{way}"] for way in ways)) for name in each},
    )  # fmt: skip


def read_answer_rows(rollup: RollUp) -> tuple[AnswerRow, ...]:
    """Every answer that counts, after `prepare`: organisations from A to Z, never ranked."""
    found = read_answers(rollup.file.connection, read_sql(rollup.resources, "answers"))
    made = (AnswerRow(**{name: row[name] for name in ANSWER_COLUMNS}) for row in found)
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.code)))


def answer_words(one: AnswerRow) -> str:
    """ "12", "10 to 20", "Yes", "Refused, section 31(1)(a)", or what was said."""
    section = f", section {clean(one.section, 40)}" if one.section else ""
    if one.low is None:
        said = clean(one.words or "", 200) if one.state in ("answered", "replied") else ""
        return said or f"{CLAIM_STATE_WORDS[one.state]}{section}"
    if one.yes is not None and (one.low, one.high) in ((1, None), (0, 0)):
        figure = "Yes" if one.yes else "No"
    elif one.high is None:
        figure = f"{one.low:,} or more"
    else:
        figure = range_words(one.low, one.high)
    return figure if one.state == "answered" else f"{figure} ({CLAIM_STATE_WORDS[one.state].lower()}{section})"


COMPARED_WORDS = {"same": "The same", "file-more": "The file has more", "file-fewer": "The file has fewer"}


def in_file_words(one: AnswerRow) -> str:
    """How many the file has; "" where nothing can be compared."""
    return "" if one.in_file is None else f"{one.in_file:,}"
