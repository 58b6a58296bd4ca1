"""Financial years by their label: "2026-27", or "2026" where the year starts in January."""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta

_LABEL = re.compile(r"([0-9]{4})(?:-(?:[0-9]{2}|[0-9]{4}))?")


def financial_year(day: date, year_starts: int) -> str:
    """The label of the financial year that `day` falls in, when years start on the first of month `year_starts`."""
    return year_label(day.year if day.month >= year_starts else day.year - 1, year_starts)


def year_label(first: int, year_starts: int) -> str:
    """The label of the financial year that starts in calendar year `first`."""
    return str(first) if year_starts == 1 else f"{first}-{(first + 1) % 100:02d}"


def first_year(label: str | None) -> int | None:
    """The calendar year in which a labelled financial year starts; None for what is not a label, or ends with the calendar."""
    match = _LABEL.fullmatch(label.strip()) if label else None
    return int(match[1]) if match and 0 < int(match[1]) < MAXYEAR else None


def year_begins(label: str | None, year_starts: int) -> date | None:
    """The first day of a labelled financial year; None for what is not a label."""
    first = first_year(label)
    return date(first, year_starts, 1) if first else None


def year_ends(label: str | None, year_starts: int) -> date | None:
    """The last day of a labelled financial year; None for what is not a label."""
    first = first_year(label)
    return date(first + 1, year_starts, 1) - timedelta(days=1) if first else None
