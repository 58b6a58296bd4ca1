from __future__ import annotations

import re

import pytest

from installers.knowledge.endless import endless

SOUND = [
    r"^a+$",
    r"^[^,]+, [^,]+$",
    r"foo\d+bar",
    r"^(-[A-Z]+)*$",
    r"^(?:[a-z]+\.)+com$",
    r"^V\d+\.\d+\.\d+\s?build \d{6}$",
    r"\d{8}[A-Z]{4}[A-Z]{0,2}\d{7,9}$",
    r"(?i)^hikvision$",
    r"^(?!1$)[0-9]{1,9}$",
    r"^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$",
]
ENDLESS = [
    r"a+$",
    r"(a+)+$",
    r"^(a*)*$",
    r"^(?:a?){30}b",
    r"^(a|a)*$",
    r"^(?:ab|a)*$",
    r"^\S+-axis\S+$",
    r"^.*foo.*bar$",
    r"^\w+\s?\w+$",
    r"^a{0,300}a{0,300}b$",
]


@pytest.mark.parametrize("pattern", SOUND)
def test_a_pattern_with_one_way_through_passes(pattern: str) -> None:
    assert endless(pattern) is None


@pytest.mark.parametrize("pattern", ENDLESS)
def test_a_pattern_with_endless_ways_through_is_refused(pattern: str) -> None:
    assert endless(pattern)


def test_what_is_no_pattern_raises() -> None:
    with pytest.raises(re.error):
        endless("(")
