"""Reports on paper: the plan, drawn from the register and the costs that staff typed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Costs
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.progress import Progress, halves
from camcensus.tasks.register.plan import plan_rows, planned, version_plan
from camcensus.tasks.register.verbs import enabled_lists, judged_now, rows, with_own_list
from camcensus.tasks.reports.editions import Audience, Edition, Kept

__all__ = ["HOLDS", "REPORT_KINDS", "Audience", "ReportKind", "write_report"]

ReportKind = Literal["plan"]

HOLDS: tuple[Kept, ...] = ("place", "purpose", "batches", "network", "staff", "notes")
"""The facts of `editions.Kept` that the plan could hold."""
REPORT_KINDS: tuple[ReportKind, ...] = ("plan",)
"""What this version prints."""


def write_report(
    inventory: Inventory,
    knowledge: Knowledge,
    kind: ReportKind,
    path: Path,
    *,
    audience: Audience = "internal",
    data_dir: Path,
    now: datetime,
    figures: Costs | None = None,
    progress: Progress | None = None,
    version: int | None = None,
) -> Written:
    """Write a report as a tagged PDF. `now` is when it is as at. Raises DiskError, and what `progress` raises.

    `version` prints the plan as it was saved then, without what was found; raises StoreError where there is none.

    An older file stays unless all went well.
    The paper names one list version, so answers that were kept under another are re-checked for it; nothing is saved of that.
    """
    from camcensus.report.plan_pdf import draw_plan

    if kind not in REPORT_KINDS:
        raise ValueError(f"no report {kind}")
    knowledge = with_own_list(inventory, knowledge)
    register = rows(inventory, knowledge, judged_now(inventory, knowledge))
    scans = inventory.scans()
    reading, drawing = halves(progress)
    given = plan_rows(register, knowledge, reading)
    drawn = planned(inventory, knowledge, given, now, figures) if version is None else version_plan(inventory, version)
    versions = inventory.plan_versions()

    def draw() -> tuple[bytes, int]:
        return draw_plan(
            drawn,
            body=inventory.body,
            knowledge=knowledge,
            scans=scans,
            rows=given,
            enabled_lists=enabled_lists(inventory, knowledge),
            as_at=now,
            fonts=data_dir / "resources" / "fonts",
            audience=audience,
            simulation=any(scan.simulation for scan in scans),
            progress=drawing,
            versions=versions,
            left_out=Edition(audience).left_out(HOLDS),
            issued=next((one for one in versions if one.number == version), None),
        )

    return write_through(path, draw)
