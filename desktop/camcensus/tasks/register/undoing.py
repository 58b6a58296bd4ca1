"""Taking edits back and doing them again, with the answers that hang on them; and what was reported when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.store.own_brands import OwnBrand
from camcensus.store.rows import ChangeRow
from camcensus.tasks.finding.judging import judged_for_brands, reassess

__all__ = ["ChangeRow", "WhatCanBeUndone", "judged_after", "note_report", "redo", "undo", "what_can_be_undone"]

ALL_LINES = 1_000_000


@dataclass(frozen=True, slots=True)
class WhatCanBeUndone:
    """Edits that stand, newest first, and edits that were taken back and can be done again, the first to come first."""

    back: tuple[ChangeRow, ...] = ()
    again: tuple[ChangeRow, ...] = ()

    def until(self, change: str) -> tuple[ChangeRow, ...]:
        """The edits that are taken back, in order, so that this one is; none where it cannot be."""
        return _up_to(self.back, change)

    def again_until(self, change: str) -> tuple[ChangeRow, ...]:
        """The edits that are done again, in order, so that this one is; none where it cannot be."""
        return _up_to(self.again, change)


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


def _up_to(lines: tuple[ChangeRow, ...], change: str) -> tuple[ChangeRow, ...]:
    at = next((at for at, line in enumerate(lines) if line.id == change), -1)
    return lines[: at + 1]


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
    """Re-checked: the devices that an edit touched, and those of brands that it saved, changed or removed."""
    changes = judged_after(inventory, knowledge, changes, now)
    names = {one.name for one in {*brands} ^ {*inventory.own_brands()}}
    return judged_for_brands(inventory, knowledge, changes, names, now) if names else changes


def judged_after(inventory: Inventory, knowledge: Knowledge, changes: Changes, now: datetime) -> Changes:
    """An edit's Changes, with those of re-checking the devices that it touched and that are still there."""
    held = inventory.held(changes.devices) if changes.devices else {}
    devices = [device for device in sorted(changes.devices) if device in held]
    if not devices:
        return changes
    after = reassess(inventory, knowledge, now, devices=devices, quiet=True)
    return replace(changes, assets=changes.assets | after.assets, devices=changes.devices | after.devices)


def note_report(inventory: Inventory, kind: str, say: str, by: str | None, now: datetime) -> Changes:
    """Log that a report was written, so that "what changed since my last report" can be asked."""
    return inventory.note_report(kind, say, by, now)
