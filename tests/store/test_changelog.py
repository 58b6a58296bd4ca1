"""Steps of one edit are taken back last first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from camcensus.store import changelog
from camcensus.store.changelog import ChangeStep
from camcensus.store.inventory import create_inventory
from camcensus.store.pen import Pen, edit
from samples import NOW, body


@edit("first", failed="")
def first(pen: Pen) -> str:
    pen.insert("setting", "k", {"value": "one"})
    return "First."


@edit("second", failed="")
def second(pen: Pen) -> str:
    pen.set("setting", "k", {"value": "two"})
    pen.set("setting", "k", {"value": "three"})
    return "Second."


def test_two_steps_on_one_row_are_taken_back_in_reverse(tmp_path: Path) -> None:
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:

        def value() -> str | None:
            return inventory.setting("k")

        inventory.do(first(), by=None, now=NOW)
        inventory.do(second(), by=None, now=NOW)
        assert value() == "three"
        inventory.undo(NOW)
        assert value() == "one"
        inventory.redo()
        assert value() == "three"
        inventory.undo(NOW)
        inventory.undo(NOW)
        assert value() is None


STEP = ["set", "asset", ["a", "b"], {"location": "Häll, “1”", "n": None}]


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
@pytest.mark.parametrize("number", [0, 1, 3])
def test_steps_are_read_one_by_one_as_they_are_read_at_once(separators: tuple[str, str], number: int) -> None:
    steps = changelog.read_steps(json.dumps([STEP] * number, separators=separators))
    assert steps == [ChangeStep("set", "asset", ("a", "b"), {"location": "Häll, “1”", "n": None})] * number
    assert changelog.read_steps(changelog.written(steps)) == steps


@pytest.mark.parametrize(
    "damaged",
    ["", "[", '[["set","asset",["a"],{}]', '[["set","asset",["a"],{}],]', '[["set","asset",["a"],{}]]x', "nothing"],
)
def test_a_damaged_list_of_steps_is_no_shorter_one(damaged: str) -> None:
    with pytest.raises(ValueError):
        changelog.read_steps(damaged)
