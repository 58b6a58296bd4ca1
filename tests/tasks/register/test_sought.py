from __future__ import annotations

import pytest

from camcensus.tasks.register.checking import sought

HALL = "cam-001 elm park › main hall › art/dt 10.0.0.5 a4:14:37:00:00:01 fe80::1 dahua ipc-hdw2431"


@pytest.mark.parametrize(
    "typed",
    ["", " ", ">", "/ , ›", "Main hall > Art/DT", "Art/DT, Main hall", "elm park/main hall", "A4:14:37:00:00:01", "hall: art"],
)
def test_every_word_is_looked_for_and_no_separator(typed: str) -> None:
    assert sought(typed).is_in(HALL)


@pytest.mark.parametrize(
    "typed", ["a4:14:37:", "A4:14:", "10.0.", "10.0.0.", "fe80::", "fe80::1", "a4:14:37:0", "main hall 10.0.0."]
)
def test_the_beginning_of_an_address_is_one_word(typed: str) -> None:
    assert sought(typed).is_in(HALL)
    assert not sought(typed).is_in("cam-014 a4 37 main hall 14 10 0 fe80 1 10:0:0 00:14:a4:37:00:00 1 10.1.0.0")


@pytest.mark.parametrize("typed", ["a4:37:14:00:00:01", "fe80::5", "10.0.0.1", "main hall > gym", "10.0.0.6/24"])
def test_an_address_is_one_word_and_every_part_must_be_there(typed: str) -> None:
    assert not sought(typed).is_in(HALL)
