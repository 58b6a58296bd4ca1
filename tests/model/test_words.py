from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camcensus.model import words


def test_hidden_characters_are_shown_as_escapes() -> None:
    assert words.clean("Hall\r\nnorth\nwall") == "Hall north wall"
    assert words.clean("a\u202eb\x00\u200bc\n") == "a\\u202eb\\x00\\u200bc\\x0a"


@pytest.mark.parametrize("hidden", sorted(words._HIDDEN))
def test_hidden_characters_that_python_calls_printable_are_escapes_too(hidden: int) -> None:
    assert words.clean(f"makers’ é{chr(hidden)}").startswith("makers’ é\\")


def test_accents_are_composed_and_dashes_left() -> None:
    assert words.clean("Cafe\u0301 – makers’") == "Café – makers’"


def test_markup_is_left_as_text() -> None:
    assert words.clean("<b>Camera</b>") == "<b>Camera</b>"


@given(st.text(max_size=1000))
def test_clean_text_is_short_and_holds_no_control_character(text: str) -> None:
    shown = words.clean(text)
    assert len(shown) <= words.CLEAN_LIMIT_CHARACTERS
    assert all(character.isprintable() or character == " " or not character.isascii() for character in shown)


@pytest.mark.parametrize(
    ("iso", "long"),
    [("2026-11-24T10:42:00Z", "24 November 2026"), ("2026-11", "November 2026"), ("2026", "2026")],
)
def test_dates_are_written_out(iso: str, long: str) -> None:
    assert words.long_date(iso) == long


@pytest.mark.parametrize(("year", "hours"), [(9999, 1), (1, -1), (9999, -1), (2026, 1)])
def test_the_first_and_the_last_hour_that_there_is_are_told_in_every_zone(year: int, hours: int) -> None:
    here = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=hours)))
    at = datetime(9999, 12, 31, 23, 59, tzinfo=UTC) if year == 9999 else datetime(year, 1, 1, tzinfo=UTC)
    assert words.in_zone(at, here) == at
    assert words.local_time(at.isoformat(), here) == at


def test_money_is_whole_pounds_unless_there_are_pence() -> None:
    assert [words.pounds(value) for value in (164000, 164050, 0, -500)] == ["£1,640", "£1,640.50", "£0", "-£5"]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        words.utc_second(datetime(2026, 1, 1))  # noqa: DTZ001
    assert words.utc_second(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("China's law; other makers' devices don't", "China’s law; other makers’ devices don’t"),
        ("It is the makers'", "It is the makers’"),
        ("'Listed' means that it's on the lists'", "'Listed' means that it’s on the lists'"),
        ("cmd|'/c calc'!A1", "cmd|'/c calc'!A1"),
        ("already the maker’s", "already the maker’s"),
        ("a_'b'_c and 5'", "a_'b'_c and 5'"),
        ("", ""),
    ],
)
def test_apostrophes_are_curly_and_quotation_marks_stay(text: str, shown: str) -> None:
    assert words.typeset(text) == shown
    assert words.typeset(shown) == shown


@given(st.text(st.sampled_from("ae\u0301\u200b\u202e–é\x00"), max_size=60), st.integers(2, 40))
def test_a_cut_text_begins_as_the_whole_one_does(text: str, limit: int) -> None:
    whole, cut = words.clean(text, 10_000), words.clean(text, limit)
    assert cut == whole if len(whole) <= limit else cut == whole[: limit - 1] + "…"


def test_of_a_long_text_only_what_is_shown_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked, escape = list[str](), words._escape
    monkeypatch.setattr(words, "_escape", lambda character: looked.append(character) or escape(character))
    assert words.clean("\u200b" * 5000, 120) == "\\u200b" * 19 + "\\u200…"
    assert len(looked) == 21
