"""A text in pieces is the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camcensus.intake import decoding, delimited
from camcensus.intake.decoding import decoded, pieces, text_as
from camcensus.model.errors import IntakeError

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "windows-1252",
    "cp1251",
    "shift_jis",
    "gb18030",
    "mac-roman",
)
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def by_python(data: bytes, encoding: str, errors: str) -> str | None:
    try:
        return data.decode(encoding, errors).replace("\x00", "")
    except UnicodeError:
        return None


@many
@given(st.text(max_size=40), st.binary(max_size=9), st.sampled_from(ENCODINGS), st.sampled_from(("strict", "replace")))
def test_bytes_are_read_as_python_reads_them_at_once(
    monkeypatch: pytest.MonkeyPatch, text: str, noise: bytes, encoding: str, errors: str
) -> None:
    monkeypatch.setattr(decoding, "PIECE", 3)
    data = text.encode(encoding, "ignore") + noise
    try:
        said: str | None = text_as(data, encoding, errors)
    except UnicodeError:
        said = None
    assert said == by_python(data, encoding, errors)


@many
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_what_is_told_does_not_hang_on_the_pieces(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    whole = decoded(data)
    monkeypatch.setattr(decoding, "PIECE", 3)
    assert decoded(data) == whole
    assert b"".join(pieces(data)) == data


@pytest.mark.parametrize("encoding", ["hex", "no-such"])
def test_what_is_no_encoding_of_texts_is_refused(encoding: str) -> None:
    with pytest.raises(LookupError):
        text_as(b"00", encoding)


@many
@given(
    st.lists(st.sampled_from(["a", "\n", "\r", "\r\n", "\u2028", "\x1c", ";", ","]), max_size=30).map("".join),
    st.integers(1, 6),
)
def test_lines_and_columns_are_counted_over_the_pieces(monkeypatch: pytest.MonkeyPatch, text: str, limit: int) -> None:
    monkeypatch.setattr(decoding, "PIECE", 3)
    monkeypatch.setattr(delimited, "LINES_LIMIT", limit)
    monkeypatch.setattr(delimited, "WIDTH_LIMIT_COLUMNS", limit)
    ends = len(f"{text}.".splitlines()) - 1
    assert refuses(delimited.refuse_long, text) == (ends > limit)
    assert refuses(delimited.refuse_wide, [text]) == (
        len(text) > limit and max(text.count(one) for one in delimited.DELIMITERS) >= limit
    )


def refuses(check: object, given: object) -> bool:
    try:
        check(given, "a.csv")  # type: ignore[operator]
    except IntakeError:
        return True
    return False
