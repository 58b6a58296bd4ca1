"""The work of drawing a report, for a Job: on a connection of its own, into a file nobody else sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from camcensus.model.knowledge import Knowledge
from camcensus.tasks import paper, register
from camcensus.tasks.files import Written
from camcensus.ui.job import Emit


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

    async def work(_: Emit) -> Written:
        if inventory.readonly_reason is None:
            pen = inventory.batch()
        else:
            pen = register.open_inventory(inventory.path, now, readonly=True)
        with pen:
            return paper.write_report(pen, knowledge, "plan", path, audience=audience, data_dir=data_dir, now=now)

    return work
