"""What a walk takes for a fault: what came or moved under the pointer, what is cut or off the screen."""

from __future__ import annotations

from typing import Any

import pytest

from walking.person import Person, Walk

SCREEN = (1366, 768)
BUTTON = {"id": 1, "name": "Record decision", "rect": [900, 700, 140, 32], "window": "w", "page": ["cameras"], "popup": False}
MOVED = BUTTON | {"rect": [900, 656, 140, 32]}
UNDO = BUTTON | {"id": 2, "name": "Undo"}


class Eyes(Person):
    """A person before a window that shows what a test says."""

    def __init__(self, under: dict[str, Any] | None, windows: list[Any] | None = None, seen: list[Any] | None = None) -> None:
        self.walk, self._screen, self._at = Walk(), SCREEN, (950, 716)
        self._pictures = self._resting = None
        self._shows = {"under": under, "look": {"windows": windows or [], "seen": seen or []}}

    def _ask(self, **asked: object) -> Any:
        return self._shows[str(asked["ask"])]


@pytest.mark.parametrize(
    ("after", "faults", "appeared"),
    [
        (BUTTON, 0, 0),
        (MOVED, 1, 0),
        (UNDO, 1, 0),
        (None, 0, 0),
        (UNDO | {"page": ["plan"]}, 0, 1),
        (UNDO | {"window": "a dialog"}, 0, 1),
        (UNDO | {"popup": True}, 0, 0),
    ],
)
def test_nothing_comes_or_moves_under_the_pointer(after: dict[str, Any] | None, faults: int, appeared: int) -> None:
    person = Eyes(after)
    person._did("click", BUTTON)
    assert (len(person.walk.faults), len(person.walk.appeared)) == (faults, appeared)
    assert person.walk.actions == ["click"]


def test_nothing_comes_while_the_person_thinks() -> None:
    person = Eyes(BUTTON)
    person._did("click", BUTTON)
    person._shows["under"] = UNDO
    person._still("before the next")
    assert person.walk.faults == ["before the next, after click: “Undo” came to where “Record decision” was"]


def test_a_window_off_the_screen_and_a_button_that_is_cut_are_said_once() -> None:
    wide = {"title": "Camcensus", "frame": [0, 0, 1400, 700]}
    cut = {"role": "button", "name": "Start search", "rect": [10, 10, 100, 32], "view": [10, 10, 60, 32], "scrolls": False}
    person = Eyes(None, [wide], [cut, cut | {"name": "Below", "scrolls": True}])
    person._whole("the first")
    person._whole("the second")
    assert [one.partition(" is ")[0] for one in person.walk.faults] == ["the window “Camcensus”", "“Start search”"]
