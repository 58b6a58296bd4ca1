from __future__ import annotations

from dataclasses import replace

import pytest

from camcensus.model.attribution import Grade
from camcensus.model.knowledge import Knowledge
from camcensus.tasks.register.rows import AssetRow
from camcensus.ui.asset.columns import About
from camcensus.ui.asset.model import ShownRow
from camcensus.ui.cameras.selected import foot_words, selected_words
from ui_rows import row


def shown(knowledge: Knowledge, *parts: tuple[str | None, Grade, int]) -> list[ShownRow]:
    about, made = About(knowledge), list[AssetRow]()
    for maker, grade, number in parts:
        made += [replace(row(at, f"CAM-{at}"), maker=maker, grade=grade) for at in range(number)]
    return [ShownRow(one, about) for one in made]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((), ""),
        ((("axis", "confirmed", 1),), "1 selected"),
        ((("axis", "confirmed", 2),), "2 selected: 2 Axis"),
        ((("dahua", "likely", 9), ("axis", "almost-certain", 2), (None, "unknown", 1)),
         "12 selected: 9 Dahua (likely), 2 Axis, 1 not known"),
        ((("dahua", "likely", 4), ("dahua", "confirmed", 5)), "9 selected: 9 Dahua (4 likely)"),
        ((("dahua", "likely", 4), ("dahua", "possible", 5)), "9 selected: 9 Dahua (4 likely, 5 possible)"),
        ((("dahua", "confirmed", 9), ("axis", "confirmed", 5), ("bosch", "confirmed", 4), ("hikvision", "likely", 2),
          (None, "conflicting", 1)), "21 selected: 9 Dahua, 5 Axis, 4 Bosch, 3 others"),
        ((("dahua", "confirmed", 1200), (None, "conflicting", 1)), "1,201 selected: 1,200 Dahua, 1 not known"),
    ],
)  # fmt: skip
def test_what_is_selected_is_said_with_its_doubt(
    knowledge: Knowledge, parts: tuple[tuple[str | None, Grade, int], ...], words: str
) -> None:
    assert selected_words(shown(knowledge, *parts)) == words


def test_one_maker_that_is_left_is_named_in_place_of_one_other(knowledge: Knowledge) -> None:
    items = shown(
        knowledge, ("dahua", "confirmed", 3), ("hikvision", "confirmed", 2), ("axis", "confirmed", 1), (None, "unknown", 1)
    )
    assert selected_words(items) == "7 selected: 3 Dahua, 2 Hikvision, 1 Axis, 1 not known"


def test_as_many_makers_as_fit_are_named_and_the_number_always(knowledge: Knowledge) -> None:
    items = shown(knowledge, ("dahua", "confirmed", 9), ("axis", "confirmed", 5), ("bosch", "confirmed", 4))
    for room in range(80):
        said = selected_words(items, lambda words, room=room: len(words) <= room)  # type: ignore[misc]
        assert said.startswith("18 selected")
        assert len(said) <= room or said == "18 selected"
    assert selected_words(items, lambda words: len(words) < 35) == "18 selected: 9 Dahua, 9 others"


def test_the_foot_cuts_no_number_where_there_is_little_room(knowledge: Knowledge) -> None:
    one, several = shown(knowledge, ("axis", "confirmed", 1)), shown(knowledge, ("axis", "confirmed", 2))
    said = {foot_words(3160, 3160, one, lambda words, room=room: len(words) <= room) for room in range(40)}  # type: ignore[misc]
    assert said == {"3,160 of 3,160 shown · 1 selected", "3,160 of 3,160 shown", "3,160 shown"}
    said = {foot_words(12, 3160, several, lambda words, room=room: len(words) <= room) for room in range(50)}  # type: ignore[misc]
    assert said == {"12 of 3,160 shown · 2 selected: 2 Axis", "2 selected: 2 Axis", "2 selected"}
