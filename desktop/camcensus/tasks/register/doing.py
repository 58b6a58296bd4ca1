"""Doing edits, taking them back and doing them again, with the answers that hang on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.store.own_brands import OwnBrand
from camcensus.store.pen import Edit, Made
from camcensus.store.rows import ChangeRow
from camcensus.tasks.finding.judging import judged_for_brands, reassess

ALL_LINES = 1_000_000


@dataclass(frozen=True, slots=True)
class WhatCanBeUndone:
    """Edits that stand, newest first, and edits that were taken back and can be done again, the first to come first."""

    back: tuple[ChangeRow, ...] = ()
    again: tuple[ChangeRow, ...] = ()


def what_can_be_undone(inventory: Inventory) -> WhatCanBeUndone:
    """What `undo` and `redo` would do, one after the other. What came before the newest kept scan is in neither."""
    back: list[ChangeRow] = []
    again: list[ChangeRow] = []
    for line in inventory.changes(ALL_LINES):
        if line.verb == "keep":
            break
        if line.can_undo:
            back.append(line)
        elif line.undone and not back:
            again.insert(0, line)
    return WhatCanBeUndone(tuple(back), tuple(again))


def up_to(lines: tuple[ChangeRow, ...], change: str) -> tuple[ChangeRow, ...]:
    """The edits that are taken back or done again, in order, so that this one is; none where it cannot be."""
    at = next((at for at, line in enumerate(lines) if line.id == change), -1)
    return lines[: at + 1]


def do(inventory: Inventory, knowledge: Knowledge, edit: Edit[str] | Edit[Made], *, by: str, now: datetime) -> Changes:
    """Do one edit, and re-check the devices that it touched and those that show a brand which it recorded."""
    before = inventory.own_brands()
    return _judged(inventory, knowledge, inventory.do(edit, by=by, now=now), before, now)


def undo(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Changes | None:
    """Take back the newest edit that still stands, as far as the newest kept scan; None where there is none.

    Devices whose observations it changed are re-checked.
    """
    before = inventory.own_brands()
    changes = inventory.undo(now)
    return None if changes is None else _judged(inventory, knowledge, changes, before, now)


def redo(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Changes | None:
    """Do again what was taken back last; None after any other edit or scan. Devices are re-checked as in `undo`."""
    before = inventory.own_brands()
    changes = inventory.redo()
    return None if changes is None else _judged(inventory, knowledge, changes, before, now)


def _judged(
    inventory: Inventory, knowledge: Knowledge, changes: Changes, brands: tuple[OwnBrand, ...], now: datetime
) -> Changes:
    """The Changes with those of re-checking: the devices touched that are still there, and those of brands that changed."""
    held = inventory.held(changes.devices) if changes.devices else {}
    devices = [device for device in sorted(changes.devices) if device in held]
    if devices:
        after = reassess(inventory, knowledge, now, devices=devices, quiet=True)
        changes = replace(changes, assets=changes.assets | after.assets, devices=changes.devices | after.devices)
    names = {one.name for one in {*brands} ^ {*inventory.own_brands()}}
    return judged_for_brands(inventory, knowledge, changes, names, now) if names else changes
