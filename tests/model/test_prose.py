"""Sentences are put together in one way."""

from __future__ import annotations

import pytest

from camcensus.model.words import fitting, joined, listed, range_words, shortened, upper_first


@pytest.mark.parametrize(("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_parts_are_joined_with_and_before_the_last(parts: list[str], said: str) -> None:
    assert joined(parts) == said


def test_parts_that_hold_an_and_are_kept_apart_by_a_comma() -> None:
    assert joined(["names", "bolts and nuts", "notes"], ", and ") == "names, bolts and nuts, and notes"


def test_what_is_more_than_fits_is_counted() -> None:
    assert joined(shortened(["a", "b", "c", "d"], 2)) == "a, b and 2 more"
    assert listed(["a", "b", "c"], 3) == "a, b, c"
    assert listed([str(number) for number in range(1_002)], 1) == "0 and 1,001 more"


def test_the_verb_fits_the_number() -> None:
    assert [fitting(number) for number in (0, 1, 2)] == ["are", "is", "are"]
    assert fitting(1, "it", "them") == "it"


def test_a_range_of_one_number_is_that_number() -> None:
    assert range_words(17, 17) == "17"
    assert range_words(1_700, 1_900) == "1,700 to 1,900"


def test_only_the_first_letter_changes() -> None:
    assert [upper_first(text) for text in ("", "the CCTV", "ß")] == ["", "The CCTV", "SS"]
