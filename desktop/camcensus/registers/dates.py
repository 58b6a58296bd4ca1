"""Dates as staff write them: day first as in the UK, and only where nothing speaks for the month first."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal

from camcensus.model.tags import EARLIEST_YEAR

DateStyle = Literal["plain", "day-first", "month-first", "serial", "quarter"]
"""How sure a date is: "plain" can be read in one way only; "day-first" could be month first (03/04/2026); "month-first" is of
month, day, year and can be nothing else (04/25/2026); "serial" is a spreadsheet's count of days, "quarter" the end of one."""

LATEST_YEAR = 2100
SERIAL_FROM, SERIAL_TO = 25_569, 73_415
"""Spreadsheets' day numbers of 1 January 1970 and 31 December 2100. Source: ECMA-376, 18.17.4.1 (1900 date system)."""
_SERIAL_START = date(1899, 12, 30)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[AaPp]\.?[Mm]\.?|[+-]\d{2}:?\d{2})?$")
_DAY_NAME = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.I)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_PACKED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:of )?([a-z]{3,9})[-/., ]*(\d{4}|\d{2})", re.I)
_WORD_DAY = re.compile(r"([a-z]{3,9})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?,?[-/ ]+(\d{4})", re.I)
_MONTH_YEAR = re.compile(r"([a-z]{3,9})[-/., ]*(\d{4}|\d{2})", re.I)
_MONTH_NUMBER = re.compile(r"(\d{1,2})[-/.](\d{4})|(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_QUARTER = re.compile(r"(?:q|quarter )([1-4])[-/., ]*((?:19|20)\d{2})|((?:19|20)\d{2})[-/., ]*(?:q|quarter )([1-4])", re.I)
_FINANCIAL = re.compile(r"(?:fy|f/y)?[ -]*((?:19|20)?\d{2})\s*[-/–]\s*(?:20)?(\d{2})", re.I)


def date_in(cell: object, *, parts: bool = False) -> tuple[str, DateStyle] | None:
    """(ISO date, how it was told) of a cell; None where it is no date. With `parts`, "2019" and "2019-03" count too."""
    if isinstance(cell, datetime):
        return _checked(cell.year, cell.month, cell.day, "plain")
    if isinstance(cell, date):
        return _checked(cell.year, cell.month, cell.day, "plain")
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float):
        return _of_number(cell, parts)
    return _of_text(str(cell), parts)


def _of_number(number: float, parts: bool) -> tuple[str, DateStyle] | None:
    if parts and number.is_integer() and EARLIEST_YEAR <= number <= LATEST_YEAR:
        return str(int(number)), "plain"
    if SERIAL_FROM <= number <= SERIAL_TO:
        return (_SERIAL_START + timedelta(days=int(number))).isoformat(), "serial"
    packed = _PACKED.fullmatch(str(int(number))) if number.is_integer() else None
    return _checked(int(packed[1]), int(packed[2]), int(packed[3]), "plain") if packed else None


def _of_text(text: str, parts: bool) -> tuple[str, DateStyle] | None:
    text = _DAY_NAME.sub("", _TIME.sub("", " ".join(text[:60].split())))
    if found := _YEAR_FIRST.fullmatch(text) or _PACKED.fullmatch(text):
        return _checked(int(found[1]), int(found[2]), int(found[3]), "plain")
    if found := _NUMBERS.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        if second > 12 >= first:
            return _checked(year, first, second, "month-first")
        return _checked(year, second, first, "plain" if first > 12 or first == second else "day-first")
    if (found := _DAY_WORD.fullmatch(text)) and (month := _MONTHS.get(found[2].lower())):
        return _checked(_year(found[3]), month, int(found[1]), "plain")
    if (found := _WORD_DAY.fullmatch(text)) and (month := _MONTHS.get(found[1].lower())):
        return _checked(int(found[3]), month, int(found[2]), "plain")
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _of_number(float(text), False)
    if found := _QUARTER.fullmatch(text):
        year, month = int(found[2] or found[3]), 3 * int(found[1] or found[4])
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last.isoformat()[: 7 if parts else 10], "quarter"
    return _part(text) if parts else None


def financial_year(text: str) -> str | None:
    """The year that a financial year begins in: "2026" of "FY26/27" and "2026-27"; None for what is none."""
    found = _FINANCIAL.fullmatch(text.strip())
    first = _year(found[1]) if found else 0
    return str(first) if found and (first + 1) % 100 == int(found[2]) else None


def _part(text: str) -> tuple[str, DateStyle] | None:
    """A year, or a month of a year."""
    if _YEAR.fullmatch(text):
        return text, "plain"
    month, year = 0, 0
    if (found := _MONTH_YEAR.fullmatch(text)) and found[1].lower() in _MONTHS:
        month, year = _MONTHS[found[1].lower()], _year(found[2])
    elif found := _MONTH_NUMBER.fullmatch(text):
        month, year = int(found[1] or found[4]), int(found[2] or found[3])
    if 1 <= month <= 12 and EARLIEST_YEAR <= year <= LATEST_YEAR:
        return f"{year}-{month:02d}", "plain"
    return None


def _year(text: str) -> int:
    """Two digits up to 69 are of this century, as spreadsheets have it."""
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < 70 else 1900)


def _checked(year: int, month: int, day: int, style: DateStyle) -> tuple[str, DateStyle] | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return (found.isoformat(), style) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
