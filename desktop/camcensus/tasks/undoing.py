"""Taking edits back and doing them again, with the answers that hang on them; and what was reported when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.tasks.judging import rejudge


def undo(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Changes | None:
    """Take back the newest edit that still stands, as far as the newest kept scan; None where there is none.

    Devices whose observations it changed are judged again.
    """
    changes = inventory.undo(now)
    return None if changes is None else judged_after(inventory, knowledge, changes, now)


def redo(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Changes | None:
    """Do again what was taken back last; None after any other edit or scan. Devices are judged again as in `undo`."""
    changes = inventory.redo()
    return None if changes is None else judged_after(inventory, knowledge, changes, now)


def judged_after(inventory: Inventory, knowledge: Knowledge, changes: Changes, now: datetime) -> Changes:
    """An edit's Changes, with those of judging again the devices that it touched and that are still there."""
    held = inventory.held(changes.devices) if changes.devices else {}
    devices = [device for device in sorted(changes.devices) if device in held]
    if not devices:
        return changes
    after = rejudge(inventory, knowledge, now, devices=devices, quiet=True)
    return replace(changes, assets=changes.assets | after.assets, devices=changes.devices | after.devices)


def note_report(inventory: Inventory, kind: str, say: str, by: str | None, now: datetime) -> Changes:
    """Log that a report was written, so that "what changed since my last report" can be asked."""
    return inventory.note_report(kind, say, by, now)
