"""What a walk takes for a fault: what came or moved under the pointer, what is cut or off the screen."""

from __future__ import annotations

from typing import Any

import pytest

from walking.person import Person, Walk

SCREEN = (1366, 768)
BUTTON = {"id": 1, "name": "Record decision", "rect": [900, 700, 140, 32], "window": "w", "page": ["cameras"], "popup": False}
MOVED = BUTTON | {"rect": [900, 656, 140, 32]}
UNDO = BUTTON | {"id": 2, "name": "Undo"}
NOTHING = BUTTON | {"id": None, "name": None, "rect": None}
NOWHERE = NOTHING | {"window": None}


class Eyes(Person):
    """A person before a window that shows what a test says."""

    def __init__(self, under: dict[str, Any], windows: list[Any] | None = None, seen: list[Any] | None = None) -> None:
        self.walk, self._screen, self._at = Walk(), SCREEN, (950, 716)
        self._pictures = self._resting = None
        self._shows = {"under": under, "look": {"windows": windows or [], "seen": seen or []}}

    def shows(self, under: dict[str, Any]) -> bool:
        """From now on this lies under the pointer."""
        self._shows["under"] = under
        return True

    def _ask(self, **asked: object) -> Any:
        return self._shows[str(asked["ask"])]


@pytest.mark.parametrize("waiting", [False, True])
@pytest.mark.parametrize(
    ("before", "after", "faults", "appeared"),
    [
        (BUTTON, BUTTON, 0, 0),
        (BUTTON, MOVED, 1, 0),
        (BUTTON, UNDO, 1, 0),
        (BUTTON, NOTHING, 0, 0),
        (BUTTON, UNDO | {"page": ["plan"]}, 0, 1),
        (BUTTON, UNDO | {"window": "a dialog"}, 0, 1),
        (BUTTON, UNDO | {"popup": True}, 0, 0),
        (NOTHING, NOTHING, 0, 0),
        (NOTHING, UNDO, 1, 0),
        (NOTHING, UNDO | {"page": ["plan"]}, 0, 1),
        (NOWHERE, UNDO, 0, 1),
    ],
)
def test_nothing_comes_or_moves_under_the_pointer(
    before: dict[str, Any], after: dict[str, Any], faults: int, appeared: int, waiting: bool
) -> None:
    person = Eyes(before)
    if waiting:
        person.wait(lambda: person.shows(after))
    else:
        person.shows(after)
        person._did("click", before)
    assert (len(person.walk.faults), len(person.walk.appeared)) == (faults, appeared)
    assert person.walk.actions == ([] if waiting else ["click"])


def test_what_comes_and_goes_again_while_the_person_waits_is_noted() -> None:
    person, to_come = Eyes(BUTTON), [UNDO, BUTTON]
    person.wait(lambda: not to_come or not person.shows(to_come.pop(0)))
    assert [one.partition(": ")[0] for one in person.walk.faults] == ["while waiting"] * 2


def test_nothing_comes_while_the_person_thinks() -> None:
    person = Eyes(BUTTON)
    person._did("click", BUTTON)
    person.shows(UNDO)
    person._still("before the next")
    assert person.walk.faults == ["before the next, after click: “Undo” came to where “Record decision” was"]


def test_a_window_off_the_screen_and_a_button_that_is_cut_are_said_once() -> None:
    wide = {"title": "Camcensus", "frame": [0, 0, 1400, 700]}
    cut = {"role": "button", "name": "Start search", "rect": [10, 10, 100, 32], "view": [10, 10, 60, 32], "scrolls": False}
    person = Eyes(NOTHING, [wide], [cut, cut | {"name": "Below", "scrolls": True}])
    person._whole("the first")
    person._whole("the second")
    assert [one.partition(" is ")[0] for one in person.walk.faults] == ["the window “Camcensus”", "“Start search”"]
