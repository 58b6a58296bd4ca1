"""Whether firmware is one that a source means: days and versions, and what cannot be compared."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camcensus.assessment.firmware import place_of, read_firmware
from camcensus.model.records import Affected


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("V5.4.4 build 161125", (5, 4, 4)),
        ("Version 5.4.4", (5, 4, 4)),
        ("1.0.5-0185", (1, 0, 5, 185)),
        ("2.800.0000000.13.R", (2, 800, 0, 13)),
        ("v3.0.0.5428_2509171974", (3, 0, 0, 5428, 2509171974)),
        ("SRN4000_v2.16_170401", (2, 16, 170401)),
        ("C200(US)_V3_1.4.5", (1, 4, 5)),
        ("no number", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_the_numbers_of_a_version(version: str | None, numbers: tuple[int, ...]) -> None:
    assert read_firmware(version, None).numbers == numbers


@pytest.mark.parametrize(
    ("bounds", "version", "built", "expected"),
    [
        ({"every_firmware": True}, None, None, "inside"),
        ({}, "5.4.4", "2016-11-25", "unknown"),
        ({"built_until": "2016-11-25"}, None, "2016-11-25", "inside"),
        ({"built_until": "2016-11-25"}, None, "2016-11-26", "outside"),
        ({"built_until": "2016-11-25"}, "5.4.4", None, "unknown"),
        ({"built_before": "2021-09"}, None, "2021-08-31", "inside"),
        ({"built_before": "2021-09"}, None, "2021-09-01", "outside"),
        ({"built_from": "2015", "built_until": "2016-11-25"}, None, "2014-12-31", "outside"),
        ({"built_from": "2015", "built_until": "2016-11-25"}, None, "2015-01-01", "inside"),
        ({"version_until": "5.4.4"}, "V5.4.4 build 161125", None, "inside"),
        ({"version_until": "5.4.4"}, "V5.4.5 build 161125", None, "outside"),
        ({"version_until": "5.4.4"}, "V5.4", None, "unknown"),
        ({"version_until": "5.4.4"}, "V5.3", None, "inside"),
        ({"version_until": "5.4.4"}, "V5.10.1", None, "outside"),
        ({"version_before": "1.0.5.185"}, "1.0.5-0184", None, "inside"),
        ({"version_before": "1.0.5.185"}, "1.0.5-0185", None, "outside"),
        ({"version_from": "5.2", "version_until": "5.4.4"}, "5.1.9", None, "outside"),
        ({"version_from": "5.2", "version_until": "5.4.4"}, "5.3.0", None, "inside"),
        ({"version_until": "5.4.4", "built_until": "2016-11-25"}, "5.4.4", None, "unknown"),
        ({"version_until": "5.4.4", "built_until": "2016-11-25"}, "5.4.5", None, "outside"),
    ],
)
def test_where_firmware_lies(bounds: dict[str, Any], version: str | None, built: str | None, expected: str) -> None:
    assert place_of(read_firmware(version, built), Affected(**bounds)) == expected


VERSIONS = st.lists(st.integers(0, 40), min_size=3, max_size=3).map(lambda parts: ".".join(map(str, parts)))


@given(VERSIONS, VERSIONS)
def test_at_or_before_and_after_a_version_leave_nothing_out(mine: str, bound: str) -> None:
    firmware = read_firmware(mine, None)
    until = place_of(firmware, Affected(version_until=bound))
    older = tuple(map(int, mine.split("."))) <= tuple(map(int, bound.split(".")))
    assert until == ("inside" if older else "outside")
    assert place_of(firmware, Affected(version_before=bound)) == ("inside" if older and mine != bound else "outside")


@given(st.text(max_size=300))
def test_any_text_of_a_device_is_read_as_some_version(text: str) -> None:
    assert len(read_firmware(text, None).numbers) <= 12
