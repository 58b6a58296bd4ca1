"""The plan as a table for a spreadsheet: a line for each entry to act on, and for each line of the organisation's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

from camcensus.model.asset import Body
from camcensus.model.cells import guarded
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import OPTION_WORDS, Batch, Need, NeedKind, OwnLine, Plan, PlanItem, VersionInfo
from camcensus.report.plan.brief import Brief
from camcensus.tasks.register.plan import plan_rows, planned, version_plan
from camcensus.tasks.register.verbs import judged_now, rows, with_own_list
from camcensus.tasks.reports.editions import Audience
from camcensus.tasks.reports.making import Making
from camcensus.tasks.reports.plan import in_plan, scope_of

COLUMNS = (
    "plan_id", "version", "ref", "batch", "reason", "priority", "option", "quantity", "unit_cost_gbp", "fitting_cost_gbp",
    "other_cost_gbp", "contingency_pct", "line_total_gbp", "financial_year", "target_date", "depends_on_ref", "dpia_needed",
    "disposal_method", "data_wiped_on", "wipe_certificate", "weee_note", "status",
)  # fmt: skip

Cell = str | int | float


def plan_table(this: Making) -> tuple[bytes, int]:
    """The table of the plan as it is now, or as a version has it, and its number of rows. Raises StoreError."""
    inventory, version = this.inventory, this.choices.version
    knowledge = with_own_list(inventory, this.knowledge)
    if version is None or not this.choices.scope.is_all:
        register = rows(inventory, knowledge, judged_now(inventory, knowledge))
        scope = in_plan(scope_of(this, register))
        shown = planned(inventory, plan_rows(register, knowledge), this.now, scope=scope)
    else:
        shown = version_plan(inventory, version)
    issued = next((one for one in inventory.plan_versions() if one.number == version), None)
    return plan_csv(shown, inventory.body, knowledge, audience=this.choices.audience, now=this.now, issued=issued)


def plan_csv(
    shown: Plan, body: Body, knowledge: Knowledge, *, audience: Audience, now: datetime, issued: VersionInfo | None = None
) -> tuple[bytes, int]:
    """The CSV and its number of rows: UTF-8 with a mark, CRLF, ISO dates, no cell that a spreadsheet would compute.

    `issued` is the version that is shown, where it is an old one. `line_total_gbp` excludes VAT and contingency, which is
    worked out by year; it is empty where something is not priced. A quantity that is not the number of rows is told by a line
    without a ref, or by rows with quantity 0.
    """
    brief = Brief(
        plan=shown, body=body, knowledge=knowledge, scans=(), rows=(), enabled_lists=frozenset(),
        as_at=now if now.tzinfo else now.replace(tzinfo=UTC), audience=audience, simulation=False,
        issued=issued,
    )  # fmt: skip
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    number = 0
    for row in _rows(brief):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
        number += 1
    return text.getvalue().encode("utf-8-sig", "replace"), number


def _rows(brief: Brief) -> Iterator[list[Cell]]:
    plan, digits = brief.plan, "".join(one for one in brief.body.id if one.isalnum()).upper()
    head: list[Cell] = [f"{digits[:4]}-{digits[4:8]}", _version(brief)]
    members: dict[str, list[PlanItem]] = {}
    for item in plan.items:
        members.setdefault(item.batch, []).append(item)
    for batch in plan.acting:
        for at, item in enumerate(members.get(batch.id, ())):
            yield [*head, *_line(brief, batch, item, int(at < batch.quantity), batch.other if at == 0 else None)]
        more = batch.quantity - len(batch.assets)
        if more > 0:
            yield [*head, *_line(brief, batch, None, more, None)]
    for line in plan.lines:
        yield [*head, *_own(brief, line)]


def _version(brief: Brief) -> str:
    """ "2", or "3 (draft)" while something has changed since."""
    number, _, state = brief.version.removeprefix("Version ").partition(", ")
    return f"{number} (draft)" if state == "draft" else number


def _line(brief: Brief, batch: Batch, item: PlanItem | None, quantity: int, other: int | None) -> list[Cell]:
    needs: dict[NeedKind, Need] = {need.kind: need for need in batch.needs}
    price = batch.price_of(quantity)
    priced = price is not None
    total = None if price is None else price + (other or 0)
    typed = (batch.disposal, batch.wiped_on, batch.wipe_certificate, batch.weee_note)
    recorder = needs.get("recorder")
    return [
        item.ref if item else "",
        brief.batch_name(batch),
        brief.reason(item) if item else "More than there were.",
        batch.priority,
        OPTION_WORDS[batch.option or "keep"],
        quantity,
        *_pounds(batch.unit if priced else None, batch.fitting if priced else None, other if priced else None),
        brief.plan.costs.contingency_percent,
        *_pounds(total),
        batch.year or "",
        batch.target_date or "",
        (recorder.ref or "") if recorder else "",
        _dpia(needs.get("dpia")),
        *(brief.said(one) if one and brief.internal else "" for one in typed),
        batch.status,
    ]


def _own(brief: Brief, line: OwnLine) -> list[Cell]:
    return [
        "",
        brief.line_name(line),
        brief.said(line.reason) if brief.internal else "",
        line.priority,
        "Own line",
        line.quantity,
        *_pounds(line.unit, line.fitting, None),
        brief.plan.costs.contingency_percent,
        *_pounds(line.total),
        line.year or "",
        *[""] * 7,
        "planned",
    ]


def _dpia(need: Need | None) -> str:
    return "no" if need is None or need.state == "not-needed" else "done" if need.state == "done" else "yes"


def _pounds(*pence: int | None) -> list[Cell]:
    """Pounds with two decimals, "" for None; a text of digits, as a float would not hold every sum of pence."""
    return ["" if one is None else f"{one // 100}.{one % 100:02d}" for one in pence]
