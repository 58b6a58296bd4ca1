from __future__ import annotations

import random

import pytest

from camcensus.model.words import natural, natural_path


@pytest.mark.parametrize(
    "counted",
    [
        ("Room 6", "room 7", "Room 10", "Room 10a", "Room 100"),
        ("Block A", "Block B 2", "Block B 11", "block c"),
        ("1st floor", "2nd floor", "10th floor", "Basement"),
        ("CAM-9", "CAM-10", "CAM-0101", "REC-1"),
        ("Room 06", "Room 7"),
        ("", "Room"),
        ("Lab 1.2", "Lab 1.10", "Lab 2.1"),
    ],
)
def test_names_are_in_the_order_in_which_people_count(counted: tuple[str, ...]) -> None:
    mixed = list(counted)
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=natural) == list(counted)


def test_what_lies_in_a_place_follows_it_and_comes_before_the_next() -> None:
    counted = [("Site 2",), ("Site 2", "Room 3"), ("Site 2", "Room 20"), ("Site 10",), ("Site 10", "Room 1")]
    assert sorted(reversed(counted), key=natural_path) == counted
