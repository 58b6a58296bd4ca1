"""The work of drawing a report, for a Job: on a connection of its own, into a file nobody else sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from camcensus.model.knowledge import Knowledge
from camcensus.tasks import paper, register
from camcensus.tasks.files import Written
from camcensus.ui.job import Emit

type Draw = Callable[[register.Inventory, Path], Written]
"""Writes a PDF of an open inventory to a path."""


def on_own_pen(inventory: register.Inventory, now: datetime, path: Path, draw: Draw) -> Callable[[Emit], Awaitable[object]]:
    """Draws to `path` on a connection that belongs to the Job's thread."""

    async def work(_: Emit) -> Written:
        if inventory.readonly_reason is None:
            pen = inventory.batch()
        else:
            pen = register.open_inventory(inventory.path, now, readonly=True)
        with pen:
            return draw(pen, path)

    return work


def draw_plan(
    inventory: register.Inventory,
    knowledge: Knowledge,
    path: Path,
    *,
    audience: paper.Audience,
    data_dir: Path,
    now: datetime,
) -> Callable[[Emit], Awaitable[object]]:
    """Writes the plan's PDF to `path`."""

    def draw(pen: register.Inventory, to: Path) -> Written:
        return paper.write_report(pen, knowledge, "plan", to, audience=audience, data_dir=data_dir, now=now)

    return on_own_pen(inventory, now, path, draw)
