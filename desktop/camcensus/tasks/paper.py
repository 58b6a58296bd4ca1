"""Reports on paper: the plan, drawn from the register and the costs that staff typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Costs, Plan
from camcensus.planning.plan import PlanRow, make_plan
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.progress import Progress, halves, telling
from camcensus.tasks.register import AssetRow, costs, enabled_lists, judged_now, rows, with_own_list

ReportKind = Literal["plan"]
Audience = Literal["internal", "supplier", "public"]

REPORT_KINDS: tuple[ReportKind, ...] = ("plan",)
"""What this version prints."""


def plan_rows(register: Sequence[AssetRow], knowledge: Knowledge, progress: Progress | None = None) -> tuple[PlanRow, ...]:
    """The register as planning reads it; a maker that is only possible is on no list."""
    return tuple(
        PlanRow(
            row.asset,
            row.verdict,
            tuple(sorted({finding.list for finding in row.findings if not finding.may})),
            knowledge.name_of(row.maker) if row.maker else None,
        )
        for row in telling(register, progress)
    )


def plan(inventory: Inventory, knowledge: Knowledge, now: datetime, figures: Costs | None = None) -> Plan:
    """The replacement plan as it stands, with the costs given or else those kept in the inventory."""
    figures = costs(inventory) if figures is None else figures
    register = plan_rows(rows(inventory, knowledge, judged_now(inventory, knowledge)), knowledge)
    return make_plan(register, figures, today=now.date(), year_starts=inventory.body.year_starts)


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
) -> Written:
    """Write a report as a tagged PDF. `now` is when it is as at. Raises DiskError, and what `progress` raises.

    An older file stays unless all went well.
    The paper names one list version, so answers that were kept under another are judged again for it; nothing is kept of that.
    """
    from camcensus.report.plan_pdf import write_plan

    if kind not in REPORT_KINDS:
        raise ValueError(f"no report {kind}")
    knowledge = with_own_list(inventory, knowledge)
    register = rows(inventory, knowledge, judged_now(inventory, knowledge))
    scans = inventory.scans()
    reading, drawing = halves(progress)
    given = plan_rows(register, knowledge, reading)
    drawn = make_plan(
        given,
        costs(inventory) if figures is None else figures,
        today=now.date(),
        year_starts=inventory.body.year_starts,
    )

    def draw(draft: Path) -> int:
        return write_plan(
            draft,
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
        )

    return write_through(path, draw)
