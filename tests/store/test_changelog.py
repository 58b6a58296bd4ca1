"""Steps of one edit are taken back last first."""

from __future__ import annotations

from pathlib import Path

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
