"""An estate on another day is another value: the first stays as it was, and only what was asked for differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.demo.changes import moved, with_values, without
from camcensus.demo.estate import Estate, load_estate
from camcensus.model.errors import DemoError


@pytest.fixture(scope="module")
def school(data_dir: Path) -> Estate:
    return load_estate(data_dir / "resources" / "demo")


def differing(one: Estate, two: Estate) -> set[str]:
    """The ids of devices that are not alike in both, or in one only."""
    first, second = ({device.id: device for device in estate.devices} for estate in (one, two))
    return {identity for identity in first.keys() | second.keys() if first.get(identity) != second.get(identity)}


def test_only_what_was_asked_for_differs(school: Estate) -> None:
    before = school.devices
    gone = without(school, "bike-shelter", "files")
    elsewhere = moved(school, "library", "127.77.1.200")
    newer = with_values(school, "sports-hall", firmware="2.900.0000000.1.R")
    assert differing(school, gone) == {"bike-shelter", "files"}
    assert differing(school, elsewhere) == {"library"}
    assert differing(school, newer) == {"sports-hall"}
    assert school.devices == before
    assert [device.id for device in elsewhere.devices] == [device.id for device in school.devices]
    assert next(device.address for device in elsewhere.devices if device.id == "library") == "127.77.1.200"
    assert next(device.values["firmware"] for device in newer.devices if device.id == "sports-hall") == "2.900.0000000.1.R"


def test_what_is_not_there_or_taken_is_refused(school: Estate) -> None:
    taken = next(device.address for device in school.devices if device.id == "car-park")
    for wrong in (
        lambda: without(school, "nowhere"),
        lambda: moved(school, "nowhere", "127.77.1.200"),
        lambda: moved(school, "library", taken),
        lambda: with_values(school, "library", colour="blue"),
    ):
        with pytest.raises(DemoError):
            wrong()
