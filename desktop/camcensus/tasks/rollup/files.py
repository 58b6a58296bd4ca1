"""What is written from a roll-up: the JSON of the outside contract, CSV that can be added up by hand, Parquet."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from camcensus.model.cells import guarded
from camcensus.model.errors import disk_error
from camcensus.store.files import write_whole
from camcensus.store.rollup import parquet
from camcensus.store.rollup.parquet import Engine
from camcensus.store.rollup.tables import TABLES
from camcensus.tasks.policy import refuse_folder
from camcensus.tasks.rollup.answers import to_read_sheet
from camcensus.tasks.rollup.figures import ANSWER_COLUMNS, BodyRow, Figures
from camcensus.tasks.rollup.sections import ESTIMATE_COLUMNS, estimate_rows
from camcensus.tasks.rollup.taking import RollUp, RollupImport

TO_READ = "to-read.csv"
"""The sheet of replies that nobody has read yet: filled in, it is given with `rollup --answers`."""

_NAMED = {
    "body_code": "code", "body_name": "name", "as_at": "day", "expected_count": "expected", "found_count": "cameras",
    "replaced_since_last": "replaced", "body_type": "type", "found_elsewhere": "cameras_elsewhere", "file_hash": "sha256",
    "problem_flags": "flags",
}  # fmt: skip
"""Columns of rollup.csv that a BodyRow calls otherwise."""
ROLLUP_COLUMNS = (
    "body_code", "body_name", "as_at", "method", "expected_count", "found_count", "identified_pct", "listed", "listed_proven",
    "listed_most", "not_known", "replaced_since_last", "list_version", "file_hash", "problem_flags", "body_type", "counted",
    "found_elsewhere", "listed_elsewhere", "listed_proven_elsewhere", "listed_most_elsewhere", "not_known_elsewhere",
    "may_be_cameras", "based_in_china", "based_in_china_proven", "based_in_china_elsewhere", "based_in_china_proven_elsewhere",
    "none_found", "state",
)  # fmt: skip


def take_in_document(done: RollupImport) -> dict[str, Any]:
    """`rollup --json`."""
    return {
        "contract_version": 1,
        "files": [
            {
                "path": str(one.path), "sha256": one.sha256, "export_id": one.export_id, "body_id": one.body_id,
                "inventory_id": one.inventory_id, "state": one.state, "warnings": list(one.warnings), "reason": one.reason,
                "body_name": one.body_name, "why": one.why or None, "already": one.again,
                "columns": [{"heading": head, "asks": "other" if asks == "leave" else asks} for head, asks in one.columns],
            }
            for one in done.files
        ],
        "problems": list(done.problems),
        "to_judge_again": done.stale,
        "stopped_early": done.stopped,
    }  # fmt: skip


def figures_document(figures: Figures, *, stopped: bool = False) -> dict[str, Any]:
    """`rollup-report --json`."""
    totals = figures.totals
    return {
        "contract_version": 1,
        "knowledge_version": figures.knowledge_version,
        "lists_version": figures.lists_version,
        "lists": list(figures.lists),
        "simulation": figures.simulation is not None,
        "asked": totals.asked,
        "answered": _answered(figures),
        "counted": totals.counted,
        "ways": None if figures.ways is None else asdict(figures.ways),
        "to_judge_again": figures.stale,
        "stopped_early": stopped,
        "tables": [
            {"name": table.name, "columns": list(table.columns), "rows": [list(row) for row in table.rows]}
            for table in figures.tables
        ],
        "problems": [
            {"kind": one.kind, "say": one.say, "number": None, "bodies": list(one.bodies), "export_id": one.export_id}
            for one in figures.problems
        ],
    }


def _answered(figures: Figures) -> int:
    """Organisations that are measured, recorded or answered, by the column state of `bodies`."""
    table = next((one for one in figures.tables if one.name == "bodies"), None)
    if table is None:
        return figures.totals.answered
    at = table.columns.index("state")
    return sum(row[at] in ("measured", "recorded", "answered") for row in table.rows)


def write_csv(figures: Figures, folder: Path) -> tuple[Path, ...]:
    """rollup.csv, the tables, the problem list and a page on how they add up, in a folder. Raises DiskError, PolicyError."""
    refuse_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(folder, error) from error
    version = f"{figures.knowledge_version} {' '.join(figures.lists)}".strip()
    made: dict[str, bytes] = {"rollup.csv": table_csv(ROLLUP_COLUMNS, (_rollup_row(one, version) for one in figures.bodies))}
    for table in figures.tables:
        made[f"{table.name}.csv"] = table_csv(table.columns, table.rows)
    if estimates := tuple(estimate_rows(figures)):
        made["estimates.csv"] = table_csv(ESTIMATE_COLUMNS, estimates)
    made["problems.csv"] = table_csv(
        ("kind", "say", "bodies", "export_id"),
        ((one.kind, one.say, " ".join(one.bodies), one.export_id) for one in figures.problems),
    )
    made["columns.csv"] = table_csv(
        ("table", "title", "table_meaning", "column", "heading", "column_meaning"),
        (
            (table.name, one.title, one.meaning, column.name, column.heading, column.meaning)
            for table in figures.tables
            if (one := table.declared) is not None
            for column in one.columns
            if column.name in table.columns
        ),
    )
    if figures.answers:
        rows = ([getattr(one, name) for name in ANSWER_COLUMNS] for one in figures.answers)
        made["answers-words.csv"] = table_csv(ANSWER_COLUMNS, rows)
    if figures.to_read:
        made[TO_READ] = table_csv(*to_read_sheet(figures.to_read))
    lists = f"Lists counted: {', '.join(figures.lists) or 'none'}.\n"
    made["how-to-count.txt"] = "\n\n".join(filter(None, (figures.simulation, figures.how_to_count, lists))).encode()
    for name, data in made.items():
        write_whole(folder / name, data)
    return tuple(folder / name for name in made)


def _rollup_row(one: BodyRow, version: str) -> Sequence[Any]:
    other = {
        "day": one.as_at[:10], "list_version": version, "sha256": " ".join(one.sha256), "flags": " ".join(one.flags),
        "counted": int(one.counted), "none_found": int(one.none_found), "state": "measured" if one.is_measured else "recorded",
    }  # fmt: skip
    fields = (_NAMED.get(name, name) for name in ROLLUP_COLUMNS)
    return [other[name] if name in other else getattr(one, name) for name in fields]


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table for spreadsheets: UTF-8 with a mark, CRLF, no cell that a spreadsheet would compute."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if cell is None else guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def write_parquet(connection: sqlite3.Connection, folder: Path) -> tuple[Path, ...]:
    """Write the base tables as Parquet below an empty folder, after `prepare`. Raises DiskError, PolicyError."""
    refuse_folder(folder)
    return parquet.write_parquet(connection, folder)


def write_script(rollup: RollUp, figures: Figures, folder: Path, engine: Engine) -> Path:
    """Write, beside the base tables, the SQL that makes the tables of `figures` on an engine, and ours to compare them with.

    Raises DiskError, PolicyError.
    """
    refuse_folder(folder)
    ours = [table for table in figures.tables if table.name in TABLES]
    return parquet.write_script(folder, engine, ours, rollup.resources)
