"""What staff type becomes what is kept, or one sentence that names the field."""

from __future__ import annotations

import pytest

from camcensus.model.errors import StoreError
from camcensus.model.tags import FIELDS, checked, checked_tag, iso_date, part_date, pence_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", "2026-11-24"),
        ("24/11/2026", "2026-11-24"),
        ("4.1.2026", "2026-01-04"),
        ("24 Nov 2026", "2026-11-24"),
        ("24th November 2026", "2026-11-24"),
        (" 2026-11-24T10:42:00Z ", "2026-11-24"),
        ("29/02/2024", "2024-02-29"),
        ("29/02/2026", None),
        ("11/24/2026", None),
        ("2026", None),
        ("yesterday", None),
        ("24/11/26", None),
        ("٢٤/١١/٢٠٢٦", None),
        ("1/1/1066", None),
    ],
)
def test_dates_are_read_as_the_uk_writes_them(text: str, day: str | None) -> None:
    assert iso_date(text) == day


@pytest.mark.parametrize(
    ("text", "part"),
    [("2019", "2019"), ("03/2019", "2019-03"), ("Mar 2019", "2019-03"), ("2019-03", "2019-03"), ("13/2019", None)],
)
def test_a_month_or_a_year_is_enough_for_when_it_was_installed(text: str, part: str | None) -> None:
    assert part_date(text) == part


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("180", 18000),
        ("£1,640.5", 164050),
        ("1 640.05", 164005),
        ("0", 0),
        ("-5", None),
        ("1.2.3", None),
        ("£", None),
        ("12e3", None),
        ("1\u202f640 GBP", 164000),
        ("1,50", None),
        ("1.000", None),
        ("1,64,0", None),
        ("12,34.50", None),
    ],
)
def test_money_is_kept_in_pence(text: str, pence: int | None) -> None:
    assert pence_of(text) == pence


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("inside_outside", "Outside", "outside"),
        ("camera_type", "moving (ptz)", "ptz"),
        ("ownership", "not-ours", "not-ours"),
        ("retention_days", "31 days", 31),
        ("retention_days", 30.0, 30),
        ("cost_pence", "£180.50", 18050),
        ("cost_pence", 18050, 18050),
        ("ask_installer", True, 1),
        ("ask_installer", "", 0),
        ("purpose", "  Gate  ", "Gate"),
        ("notes", "   ", None),
        ("channel", "4", 4),
        ("installed_on", "", None),
    ],
)
def test_a_value_is_kept_in_its_own_form(field: str, value: object, kept: object) -> None:
    assert checked(field, value) == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inside_outside", "upstairs"),
        ("camera_type", "spy"),
        ("retention_days", "a month"),
        ("retention_days", -1),
        ("retention_days", 4000),
        ("retention_days", True),
        ("cost_pence", "cheap"),
        ("last_picture_check", "Tuesday"),
        ("installed_on", "before the war"),
        ("channel", "1025"),
        ("purpose", "x" * 1001),
        ("ask_installer", "perhaps"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence_that_names_the_field(field: str, value: object) -> None:
    with pytest.raises(StoreError) as caught:
        checked(field, value)
    said = str(caught.value)
    assert said.startswith(FIELDS[field].title)
    assert said.endswith(".")
    assert "\n" not in said


def test_a_tag_is_one_short_line() -> None:
    assert checked_tag("  to   be\ndone ") == "to be done"
    for bad in ("", "  ", "x" * 61):
        with pytest.raises(StoreError, match="tag"):
            checked_tag(bad)
