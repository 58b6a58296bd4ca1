"""When a request is due: working days counted as the Freedom of Information Act 2000 counts them.

Source: section 10(1) and (6) of the Act: not later than the twentieth working day following the date of receipt, and a working
day is none that is a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in any part of the United Kingdom.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from camcensus.model.foi import DueDate

WORKING_DAYS = 20
LONGEST_FOR_SCHOOLS = 60
"""Days that are not school days do not count for schools, but no more than so many working days pass.
Source: the Freedom of Information (Time for Compliance with Request) Regulations 2010."""
_SATURDAY = 5


def due(received: date, holidays: AbstractSet[date], known_from: date, known_until: date, days: int = WORKING_DAYS) -> DueDate:
    """The last day to answer: the `days`-th working day after the day of receipt. Holidays are known between two days."""
    day, left = received, days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY and day not in holidays and (day.month, day.day) != (12, 25)
    return DueDate(day, known_from <= received and day <= known_until)
