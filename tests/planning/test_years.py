"""Financial years by their label."""

from __future__ import annotations

from datetime import date

import pytest

from camcensus.planning.years import financial_year, first_year, year_ends, year_label


@pytest.mark.parametrize(
    ("day", "starts", "label"),
    [
        (date(2026, 3, 31), 4, "2025-26"),
        (date(2026, 4, 1), 4, "2026-27"),
        (date(2026, 8, 31), 9, "2025-26"),
        (date(2026, 9, 1), 9, "2026-27"),
        (date(2026, 12, 31), 1, "2026"),
        (date(2026, 12, 1), 12, "2026-27"),
        (date(2099, 5, 1), 4, "2099-00"),
    ],
)
def test_a_day_falls_in_the_year_that_started_before_it(day: date, starts: int, label: str) -> None:
    assert financial_year(day, starts) == label
    assert first_year(label) == int(label[:4])


@pytest.mark.parametrize("label", [None, "", "soon", "26-27", "2026-27-28", "２０２６", "2026-2", "0000-01", "9999-00", "9999"])
def test_what_is_no_label_has_no_year(label: str | None) -> None:
    assert first_year(label) is None


def test_long_labels_are_read() -> None:
    assert first_year("2026-2027") == 2026
    assert first_year(" 2026-27 ") == 2026


def test_a_year_ends_the_day_before_the_next_one_starts() -> None:
    assert [year_ends("2027-28", month) for month in (3, 4, 9, 12)] == [
        date(2028, 2, 29),
        date(2028, 3, 31),
        date(2028, 8, 31),
        date(2028, 11, 30),
    ]
    assert year_ends("2026", 1) == date(2026, 12, 31)
    assert year_ends("soon", 4) is None
    assert year_ends("9999-00", 4) is None
    assert year_ends("9998-99", 4) == date(9999, 3, 31)
    assert year_label(2026, 4) == "2026-27"
