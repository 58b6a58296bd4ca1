"""Work on the open record for a Job, on a connection of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from camcensus.model.later import later

if TYPE_CHECKING:
    from camcensus.tasks.register import verbs as register
else:
    register = later("camcensus.tasks.register.verbs")


def own_pen(inventory: register.Inventory, now: datetime) -> register.Inventory:
    """The same record on a connection that belongs to the calling thread; a context manager. Raises StoreError."""
    if inventory.readonly_reason is None:
        return inventory.batch()
    return register.open_inventory(inventory.path, now, readonly=True)
