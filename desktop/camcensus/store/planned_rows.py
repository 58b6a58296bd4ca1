"""The replacement plan as saved, read as values."""

from __future__ import annotations

import json

from sqlite_utils import Database

from camcensus.model.plain import from_plain
from camcensus.model.plan import Costs, Need, NeedKind, OwnLine, Plan, VersionInfo
from camcensus.model.plan_edits import BatchEdit, PlanEdits

COSTS = "costs"
"""The setting that the plan is worked out from."""
_FLAGS = ("undated", "out")


def read_edits(db: Database) -> PlanEdits:
    """All that staff changed of the proposed plan."""
    batches = {}
    for row in db.query("SELECT * FROM plan_batch ORDER BY id"):
        row["place_path"] = tuple(json.loads(row["place_path"]))
        row |= {name: bool(row[name]) for name in _FLAGS}
        row["with_recorder"] = None if row["with_recorder"] is None else bool(row["with_recorder"])
        batches[row["id"]] = BatchEdit(**row)
    needs: dict[str, dict[NeedKind, Need]] = {}
    for row in db.query("SELECT batch, kind, state, note FROM plan_need ORDER BY batch, kind"):
        needs.setdefault(row["batch"], {})[row["kind"]] = Need(row["kind"], None, row["state"], row["note"])
    lines = db.query("SELECT id, name, quantity, unit, fitting, year, priority, reason FROM plan_line ORDER BY number, id")
    return PlanEdits(
        batches=batches,
        rows=dict(db.execute("SELECT asset, batch FROM plan_row").fetchall()),
        needs=needs,
        lines=tuple(OwnLine(**row) for row in lines),
    )


def read_costs(db: Database) -> Costs:
    """The costs that staff typed; all None before that."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", [COSTS]).fetchone()
    return from_plain(Costs, json.loads(row[0])) if row is not None and row[0] else Costs()


def read_versions(db: Database) -> tuple[VersionInfo, ...]:
    """The versions that were made, newest first."""
    found = db.query("SELECT number, made_at, made_by, note, total, with_vat FROM plan_version ORDER BY number DESC")
    return tuple(VersionInfo(**row) for row in found)


def read_version(db: Database, number: int, *, brief: bool = False) -> Plan | None:
    """The plan as it stood when a version was made, `brief` without its rows; None where there is no such version."""
    column = "brief" if brief else "plan"
    row = db.execute(f"SELECT {column} FROM plan_version WHERE number = ?", [number]).fetchone()
    return None if row is None else from_plain(Plan, json.loads(row[0]))
