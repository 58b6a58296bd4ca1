"""The two annexes to an impact assessment, filled in from the register as far as it knows."""

from __future__ import annotations

from dataclasses import replace

from camcensus.model.blocks import ReportDocument
from camcensus.planning.annexes import in_short, known
from camcensus.report.annexes import Covered, code_report, dpia_report
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.foi import facts_of, plan_row
from camcensus.tasks.reports.making import Making


def code(this: Making) -> ReportDocument:
    """The Surveillance Camera Code's principles."""
    given = kit.read(this)
    facts = facts_of(this.inventory, given.knowledge, given.register, this.progress, given.scope)
    return code_report(given.occasion(), known(facts), given.methods())


def dpia(this: Making) -> ReportDocument:
    """The ICO's checklist, and the cameras by place."""
    given = kit.read(this)
    facts = facts_of(this.inventory, given.knowledge, given.register, this.progress, given.scope)
    sections, _ = kit.by_section([row for row in given.here if row.asset.kind == "camera"])
    covered = [
        Covered(
            place=name or "All",
            cameras=len(rows),
            short=in_short(replace(facts, rows=[plan_row(row, given.knowledge) for row in rows])),
        )
        for name, rows in sections.items()
    ]
    return dpia_report(given.occasion(), known(facts), covered, given.methods())
