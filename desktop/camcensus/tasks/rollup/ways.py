"""The totals of what was measured and what organisations answered, together: each of both, and which is which."""

from __future__ import annotations

from dataclasses import dataclass, fields

from camcensus.model.claims import CLAIM_STATE_WORDS, ClaimState
from camcensus.model.prose import range_words
from camcensus.model.words import clean
from camcensus.store.rollup.claims import has_claims, read_answers
from camcensus.store.rollup.tables import read_sql, read_table
from camcensus.tasks.rollup.taking import RollUp


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """An answer that counts, beside what was measured. `compared` is "same", "measured-more", "measured-fewer" or None.

    `sheet` and `row` are where it was typed; `document` is the SHA-256 of the reply's file.
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
    measured_min: int | None
    measured_max: int | None
    compared: str | None
    words: str | None
    typed_by: str | None
    document: str | None
    sheet: str
    row: int


ANSWER_COLUMNS = tuple(one.name for one in fields(AnswerRow))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysTotal:
    """The totals of what was measured and what organisations answered, together: each organisation counts in one way.

    `bodies_max`, `bodies_none` and `bodies_not_known` add up to `counted`, which is `measured` and `claimed`; each of them is
    (measured, claimed). `cameras` are at least so many; `without_number` of the claimed name no upper number.
    """

    replied: int
    counted: tuple[int, int]
    bodies_min: tuple[int, int]
    bodies_max: tuple[int, int]
    bodies_none: tuple[int, int]
    bodies_not_known: tuple[int, int]
    cameras: tuple[int, int]
    without_number: int


def read_ways(rollup: RollUp) -> WaysTotal | None:
    """The totals, after `prepare`; None where nobody answered."""
    if not has_claims(rollup.file.connection):
        return None
    table = read_table(rollup.file.connection, rollup.resources, "by_type_and_way")
    row = dict(zip(table.columns, table.rows[-1], strict=True))
    each = ("bodies_min", "bodies_max", "bodies_none", "bodies_not_known")
    parts = {name: (row[f"{name}_measured"], row[f"{name}_claimed"]) for name in each}
    return WaysTotal(
        replied=row["replied"], counted=(row["measured"], row["claimed"]), **parts,
        cameras=(row["cameras_measured"], row["cameras_claimed"]), without_number=row["bodies_without_number"],
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
        said = clean(one.words or "", 200) if one.state in ("answered", "partial", "late") else ""
        return said or f"{CLAIM_STATE_WORDS[one.state]}{section}"
    if one.yes is not None and (one.low, one.high) in ((1, None), (0, 0)):
        figure = "Yes" if one.yes else "No"
    elif one.high is None:
        figure = f"{one.low:,} or more"
    else:
        figure = range_words(one.low, one.high)
    return figure if one.state == "answered" else f"{figure} ({CLAIM_STATE_WORDS[one.state].lower()}{section})"


COMPARED_WORDS = {"same": "As measured", "measured-more": "Measured more", "measured-fewer": "Measured fewer"}


def measured_words(one: AnswerRow) -> str:
    """How many were measured; "" where nothing can be compared."""
    if one.measured_min is None or one.measured_max is None:
        return ""
    return range_words(one.measured_min, one.measured_max)
