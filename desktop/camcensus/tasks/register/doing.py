"""Doing edits, taking them back and doing them again, with the answers that hang on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.store.own_brands import OwnBrand
from camcensus.store.pen import Edit, Made
from camcensus.tasks.finding.judging import judged_for_brands, reassess

JUDGED_AT_ONCE = 1_000
"""Answers that are held in memory together."""


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
    for at in range(0, len(devices), JUDGED_AT_ONCE):
        after = reassess(inventory, knowledge, now, devices=devices[at : at + JUDGED_AT_ONCE], quiet=True)
        changes = replace(changes, assets=changes.assets | after.assets, devices=changes.devices | after.devices)
    names = {one.name for one in {*brands} ^ {*inventory.own_brands()}}
    return judged_for_brands(inventory, knowledge, changes, names, now) if names else changes
