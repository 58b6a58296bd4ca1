"""Work on the open record for a Job, on a connection of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from camcensus.tasks.files import Written
from camcensus.tasks.register import verbs as register
from camcensus.ui.job import Emit

type Draw = Callable[[register.Inventory, Path], Written]
"""Writes a PDF of an open inventory to a path."""


def own_pen(inventory: register.Inventory, now: datetime) -> register.Inventory:
    """The same record on a connection that belongs to the calling thread; a context manager. Raises StoreError."""
    if inventory.readonly_reason is None:
        return inventory.batch()
    return register.open_inventory(inventory.path, now, readonly=True)


def on_own_pen(inventory: register.Inventory, now: datetime, path: Path, draw: Draw) -> Callable[[Emit], Awaitable[object]]:
    """Draws to `path` on a connection that belongs to the Job's thread."""

    async def work(_: Emit) -> Written:
        with own_pen(inventory, now) as pen:
            return draw(pen, path)

    return work
