"""A report written as both faces write it, in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written
from camcensus.tasks.reports.catalogue import kind_called
from camcensus.tasks.reports.making import Choices, Making

ROOT = Path(__file__).resolve().parents[1]


def write(
    kind: str,
    inventory: Inventory,
    knowledge: Knowledge,
    path: Path,
    *,
    now: datetime,
    data_dir: Path = ROOT,
    progress: Callable[[int, int], None] | None = None,
    **choices: Any,
) -> Written:
    """The report of that name as a PDF; `choices` are those of `Choices`."""
    return kind_called(kind).write(
        Making(
            inventory=inventory, knowledge=knowledge, path=path, data_dir=data_dir, now=now, choices=Choices(**choices),
            progress=progress,
        )
    )  # fmt: skip
