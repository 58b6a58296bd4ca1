"""What an organisation does not hold: information, which is a state of its reply, or things, which is an answer to be typed."""

from __future__ import annotations

import pytest

from answer_sheets import read
from camcensus.model.claims import Figure
from camcensus.registers.answer_cells import state_in

INFORMATION = (
    "We do not hold CCTV or asset records",
    "We hold no cameras by make",
    "We do not hold CCTV in our asset register",
    "The Trust does not hold any CCTV at that level of detail",
    "We do not hold",
    "We do not hold this information",
    "The council holds no recorded information",
    "We do not hold any of this.",
    "We do not hold that centrally",
    "The school does not hold a list of its Hikvision cameras",
    "We hold no CCTV records",
    "We do not hold the make of our cameras",
    "We do not hold makes and models",
    "The Trust does not hold a breakdown by manufacturer",
    "We do not hold details about cameras, recorders or other equipment",
    "We do not hold how many cameras are made by Dahua",
    "They do not hold Hikvision camera numbers",
    "Holds no data for cameras at its sites",
    "We do not hold cameras broken down by manufacturer",
    "We do not hold the information requested on Hikvision equipment",
    "We do not hold what you asked for",
    "We hold no CCTV asset register",
    "Do not hold.",
)
NONE_OF_THEIRS = (
    "We hold no Hikvision equipment",
    "The Trust holds no Hikvision products",
    "The council does not hold any Hikvision, Dahua or Uniview cameras",
    "We hold no Hikvision kit",
    "We hold no Hikvision cameras",
    "We do not hold any Hikvision",
    "The council holds no Hikvision or Dahua",
    "We hold no devices made by Hikvision",
    "We hold no cameras by Hikvision",
    "We do not hold, at present, any Hikvision cameras",
    "We do not hold any that are Hikvision",
)
THINGS = (
    "The school does not hold any Dahua CCTV cameras",
    "We do not hold any cameras or recorders from this manufacturer",
    "The Trust does not hold any Hikvision systems at any of its sites",
    "We do not hold any of these cameras",
    "We do not hold any of these makes",
    "We hold no such equipment",
    "Hold no Hikvision (or Dahua) cameras",
    "We hold no Hikvision cameras, and our asset register was checked",
    "We hold no Hikvision cameras on our asset register",
    "We do not hold any made by Dahua",
    "We do not hold records of the past, and hold no Hikvision cameras today",
    "The school does not hold any Uniview NVRs currently",
    "We do not hold any body-worn video units",
)


@pytest.mark.parametrize("cell", INFORMATION)
def test_information_that_is_not_held_is_the_state_of_a_reply(cell: str) -> None:
    assert state_in(cell) == ("not-held", None)
    found = read(f'organisation,How many Hikvision cameras?\nElm,"{cell}"\n')
    assert [(one.state, one.figure) for one in found.claims] == [("not-held", None)]
    assert not found.problems


@pytest.mark.parametrize("cell", NONE_OF_THEIRS)
def test_none_of_the_makers_that_a_column_asks_for_is_none(cell: str) -> None:
    assert state_in(cell) is None
    found = read(f'organisation,How many Hikvision cameras?,How many cameras?\nElm,"{cell}","{cell}"\n')
    assert [(one.asked.asks, one.state, one.figure) for one in found.claims] == [("maker:hikvision", "answered", Figure(0, 0))]
    assert [(one.row, one.column) for one in found.problems] == [(2, "How many cameras?")], "there may be others"


@pytest.mark.parametrize("cell", THINGS)
def test_things_that_are_not_held_are_named_and_no_state(cell: str) -> None:
    assert state_in(cell) is None
    found = read(f'organisation,How many Hikvision cameras?,Which do you have?\nElm,"{cell}","{cell}"\n')
    assert [(one.asked.question, one.state, one.words) for one in found.claims] == [("other", "answered", cell)]
    assert [(one.row, one.column) for one in found.problems] == [(2, "How many Hikvision cameras?")]


def test_things_that_are_not_held_are_no_state_of_the_whole_request() -> None:
    found = read("organisation,status,How many cameras?\nElm,We hold no Hikvision cameras,\nOak,We hold no CCTV records,\n")
    assert [(one.claimant.name, one.state) for one in found.claims] == [("Oak", "not-held")]
    assert [(one.row, one.column) for one in found.problems] == [(2, "status")]
