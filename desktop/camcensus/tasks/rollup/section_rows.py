"""A section of the report out of the rows of a table: its heads, and how ranges and shares are said."""

from __future__ import annotations

from typing import Any

from camcensus.model.prose import range_words
from camcensus.report.rollup import RollupHead, RollupSection, Value

Rows = list[dict[str, Any]]
BASED_HEAD = "|Based in China\n(our reading)"
BANDS = "A range begins with confirmed or almost certain and ends with likely."


def share_words(low: int, high: int, of: int) -> str:
    """ "60.8% to 66.7%" of `of`, to one decimal, halves up; "–" of nothing."""
    if not of:
        return "–"
    parts = [f"{tenths // 10}.{tenths % 10}%" for tenths in ((2000 * part + of) // (2 * of) for part in (low, high))]
    return parts[0] if parts[0] == parts[1] else " to ".join(parts)


def section(title: str, heads: str, rows: list[tuple[Value, ...]], *, first: float = 1.6, **more: Any) -> RollupSection:
    """`heads` are parted by "|"; the first holds words, a "~" before another one says that it does too."""
    made = [
        RollupHead(word.lstrip("~"), at > 0 and not word.startswith("~"), 1 if at else first)
        for at, word in enumerate(heads.split("|"))
    ]
    return RollupSection(title=title, heads=tuple(made), rows=tuple(rows), **more)


def on_record(row: dict[str, Any], read: bool) -> Value:
    """What the lists say of a maker, and what our reading says of it."""
    based = bool(row["based_in_china"]) and read
    words = "Based in China" if based else ""
    return ("Listed", words) if row["listed"] else words or "Not listed"


def out_of(rows: Rows) -> str:
    """What the bodies of a table are out of, where that is the same for each row."""
    return next((f"Organisations are out of the {row['counted']:,} counted." for row in rows), "")


def bodies_of(row: dict[str, Any]) -> str:
    return range_words(row["bodies_min"], row["bodies_max"])


def share_of(row: dict[str, Any]) -> str:
    return share_words(row["bodies_min"], row["bodies_max"], row["counted"])


def cameras_of(row: dict[str, Any]) -> str:
    return range_words(row["cameras_min"], row["cameras_max"])


def listed_of(row: dict[str, Any]) -> str:
    return range_words(row["listed_min"], row["listed_max"])


def based_of(row: dict[str, Any]) -> str:
    return range_words(row["based_in_china_min"], row["based_in_china_max"])


def based_cell(row: dict[str, Any], read: bool) -> tuple[str, ...]:
    return (based_of(row),) if read else ()


def parts(measured: int, claimed: int) -> str:
    """ "40 + 700": measured, then answered."""
    return f"{measured:,} + {claimed:,}"


def number_or_dash(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"
