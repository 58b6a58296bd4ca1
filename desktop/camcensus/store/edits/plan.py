"""The replacement plan as a whole: its choices, lines that are no camera, and its versions. Batches are in `batches`."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace

from camcensus.model.errors import StoreError
from camcensus.model.plain import to_plain
from camcensus.model.plan import ForOthers, OwnLine, Plan
from camcensus.model.plan_fields import checked_field
from camcensus.model.words import clean
from camcensus.planning.years import first_year, year_label
from camcensus.store.pen import Made, Pen, edit


@edit("plan-line", failed="The line was not added")
def add_line(pen: Pen, line: OwnLine) -> Made:
    """A line that is no camera ("Cabling, lift hire"); its id is made here. Raises StoreError as `change_line` does."""
    made = replace(line, id=str(uuid.uuid4()))
    return Made(pen.do(change_line(made)), made.id)


@edit("plan-line", failed="The line was not saved")
def change_line(pen: Pen, line: OwnLine) -> str:
    """Keep what was changed of a line (by its id). Raises StoreError without a name or where a figure does not fit."""
    name = checked_field("name", line.name)
    if name is None:
        raise StoreError("The line needs a name; type one, like “Cabling”.")
    values = {
        "name": name,
        "quantity": checked_field("quantity", line.quantity),
        "unit": checked_field("unit", line.unit),
        "fitting": checked_field("fitting", line.fitting),
        "year": year_of(pen, line.year),
        "priority": checked_field("priority", line.priority),
        "reason": checked_field("reason", line.reason) or "",
    }
    if pen.db.execute("SELECT 1 FROM plan_line WHERE id = ?", [line.id]).fetchone():
        pen.set("plan_line", line.id, values)
        said = "saved"
    else:
        (number,) = pen.db.execute("SELECT coalesce(max(number), 0) + 1 FROM plan_line").fetchone()
        pen.insert("plan_line", line.id, values | {"number": number})
        said = "added"
    return f"{clean(str(name), 60)} {said}."


@edit("plan-line", failed="The line was not removed")
def remove_line(pen: Pen, line: str) -> str:
    """Take a line of staff's own away."""
    row = pen.db.execute("SELECT name FROM plan_line WHERE id = ?", [line]).fetchone()
    if row is None:
        raise StoreError("That line is no longer in the plan; look at it again.")
    pen.delete("plan_line", line)
    return f"{clean(row[0], 60)} removed."


@edit("plan-version", failed="No version was made")
def make_version(pen: Pen, shown: Plan, knowledge_version: str, note: str) -> str:
    """Keep the plan as it is now as the next version; later plans say what changed since.

    It is kept without the version before, and what is in it twice, which
    `tasks.register.plan.version_plan` puts back; beside it the same without its rows.
    """
    kept = replace(shown, version=None, changes=(), unidentified=(), unpriced=())
    brief = replace(
        kept,
        items=(),
        kept=(),
        undecided=(),
        taken_out=(),
        questions=(),
        dependencies=(),
        risks=(),
        urgent=(),
        told=ForOthers(),
    )
    (number,) = pen.db.execute("SELECT coalesce(max(number), 0) + 1 FROM plan_version").fetchone()
    values = {
        "number": number, "made_at": pen.at, "made_by": pen.by or "", "note": checked_field("note", note) or "",
        "knowledge_version": knowledge_version, "total": shown.total.total, "with_vat": shown.total.with_vat,
        "brief": _json(brief), "plan": _json(kept),
    }  # fmt: skip
    pen.insert("plan_version", str(uuid.uuid4()), values)
    return "The plan is saved as it was signed."


def _json(plan: Plan) -> str:
    return json.dumps(to_plain(plan), ensure_ascii=False, separators=(",", ":"))


def year_of(pen: Pen, label: str | None) -> str | None:
    """A financial year as it is written here. Raises StoreError for what is none."""
    if label is None or not label.strip():
        return None
    first = first_year(label)
    if first is None or not 1990 <= first <= 2100:
        raise StoreError("That is no financial year; write it like 2026-27.")
    return year_label(first, pen.inventory.body.year_starts)
