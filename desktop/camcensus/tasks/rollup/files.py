"""What is written from a roll-up: the JSON of the outside contract, CSV that can be added up by hand, words for Datasette."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from camcensus.model.cells import guarded
from camcensus.model.disk import disk_error
from camcensus.store.files import write_whole
from camcensus.store.rollup import parquet
from camcensus.store.rollup.engines import Engine
from camcensus.store.rollup.tables import HELD, HIDDEN, TABLES, whole_queries
from camcensus.tasks.policy import refuse_folder
from camcensus.tasks.rollup.figures import BodyRow, Figures
from camcensus.tasks.rollup.sampling import INTERVAL_COLUMNS, INTERVAL_TABLES, interval_rows
from camcensus.tasks.rollup.taking import RollUp, RollupImport
from camcensus.tasks.rollup.ways import ANSWER_COLUMNS

ROLLUP_COLUMNS = (
    "body_code", "body_name", "as_at", "method", "expected_count", "found_count", "identified_pct", "listed_min", "listed_max",
    "not_known", "replaced_since_last", "list_version", "file_hash", "problem_flags", "body_type", "counted", "found_elsewhere",
    "listed_min_elsewhere", "listed_max_elsewhere", "not_known_elsewhere", "may_be_cameras",
    "based_in_china_min", "based_in_china_max", "based_in_china_min_elsewhere", "based_in_china_max_elsewhere", "none_found",
)  # fmt: skip
HOW_TO_COUNT = """How these tables add up

rollup.csv has one row for each organisation that sent a file. Of its cameras, found_count, made by a listed maker are at least
listed_min (the maker is confirmed or almost certain) and, with those that are likely, listed_max. not_known cameras have a
maker that is not known or needs checking: they are in neither.

The national total of a column is the sum of that column less the sum of the column of the same name that ends in _elsewhere:
a camera that two organisations have is in both their rows and once in the total. This holds for found_count (less
found_elsewhere), listed_min, listed_max, based_in_china_min, based_in_china_max and not_known. may_be_cameras are devices that
may be cameras; they are in no count of cameras.

Listed is a camera whose maker a counted list names. based_in_china_min and based_in_china_max count cameras whose maker has its
own legal seat in China, whether or not a list names it too: that a statement of the UK Government, which names no company,
means them is our reading of it. Nothing is listed by that reading, so the two are never added up.

Shares of organisations are out of those with counted = 1: a camera (also one that is gone), a recorder or another device for
cameras, or something that may be one is in their record, or they say that they have no camera and a search was made. A search
alone that found nothing is no answer. So many organisations have at least one camera by a listed maker: those with
listed_min over 0, up to those with listed_max over 0.

by_type_and_way.csv and by_maker_and_way.csv count what was measured and what other organisations answered together. Each
organisation is counted in one way: measured where a file of it counts, else by its answers. Each total is the sum of its
columns that end in _measured and _claimed. bodies_max, bodies_none and bodies_not_known add up to counted. answers.csv has
every answer that counts, with low and high as it was given (high is empty for “or more”), beside what was measured;
answers-words.csv has what was said in words, who typed it, and the SHA-256 of the reply.

none_found is 1 where no camera of a counted organisation is by a listed maker and the makers of so many per cent of its
cameras, and of what may be one, are known as you chose (100 unless you choose otherwise).

Each other file is a table of the report. columns.csv says what the columns of most of them mean, and the first lines of the SQL
of each, in resources/rollup, say it of all.
"""


def take_in_document(done: RollupImport) -> dict[str, Any]:
    """`rollup --json`."""
    return {
        "contract_version": 1,
        "files": [
            {
                "path": str(one.path), "sha256": one.sha256, "export_id": one.export_id, "body_id": one.body_id,
                "inventory_id": one.inventory_id, "state": one.state, "warnings": list(one.warnings), "reason": one.reason,
                "body_name": one.body_name, "why": one.why or None, "already": one.again,
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
        "chosen_how": figures.chosen_how,
        "simulation": figures.simulation is not None,
        "asked": totals.asked,
        "answered": totals.answered,
        "counted": totals.counted,
        "none_found_pct": figures.rule.none_found_pct,
        "answers_first": figures.rule.answers_first,
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
    if intervals := tuple(row for name in INTERVAL_TABLES for row in interval_rows(figures, name)):
        made["intervals.csv"] = table_csv(INTERVAL_COLUMNS, intervals)
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
        ),
    )
    if figures.answers:
        rows = ([getattr(one, name) for name in ANSWER_COLUMNS] for one in figures.answers)
        made["answers-words.csv"] = table_csv(ANSWER_COLUMNS, rows)
    made["how-to-count.txt"] = "\n\n".join(filter(None, (figures.simulation, HOW_TO_COUNT, _chosen(figures)))).encode()
    for name, data in made.items():
        write_whole(folder / name, data)
    return tuple(folder / name for name in made)


def _chosen(figures: Figures) -> str:
    """What the auditor chose for these tables."""
    first = "what it answered" if figures.rule.answers_first else "what was measured"
    return (
        f"In these tables: “none found” where {figures.rule.none_found_pct}% or more is identified; of an organisation that was"
        f"\nmeasured and answered, {first} counts; lists counted: {', '.join(figures.lists) or 'none'}.\n"
    )


def _rollup_row(one: BodyRow, version: str) -> Sequence[Any]:
    return (
        one.code, one.name, one.as_at[:10], one.method, one.expected, one.cameras, one.identified_pct, one.listed_min,
        one.listed_max, one.not_known, one.replaced, version, " ".join(one.sha256), " ".join(one.flags), one.type,
        int(one.counted), one.cameras_elsewhere, one.listed_min_elsewhere, one.listed_max_elsewhere, one.not_known_elsewhere,
        one.may_be_cameras, one.based_min, one.based_max, one.based_min_elsewhere, one.based_max_elsewhere,
        int(one.none_found),
    )  # fmt: skip


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table for spreadsheets: UTF-8 with a mark, CRLF, no cell that a spreadsheet would compute."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if cell is None else guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def datasette_metadata(name: str, resources: Path, source: str) -> dict[str, Any]:
    """Metadata with which Datasette opens a roll-up file called `name` (without suffix): words, and the tables as queries."""
    queries = {
        table: {"title": table.replace("_", " ").capitalize(), "sql": sql} for table, sql in whole_queries(resources).items()
    }
    tables: dict[str, Any] = {table: {"description": held.words} for table, held in HELD.items() if held.words}
    tables |= {table: {"hidden": True, "allow": False} for table in HIDDEN}
    return {
        "title": "Camcensus roll-up",
        "description": "Cameras of many organisations, added up. Shares are out of the organisations that are counted; makers "
        "are identified from evidence that can be wrong.",
        "source": source,
        "databases": {name: {"tables": tables, "queries": queries, "allow_sql": False}},
    }


def write_datasette(path: Path, rollup: Path, resources: Path, version: str) -> None:
    """Write that metadata as JSON. Raises DiskError, PolicyError."""
    refuse_folder(path)
    document = datasette_metadata(rollup.stem, resources, f"Knowledge {version}")
    write_whole(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


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
    return parquet.write_script(rollup.file.connection, folder, engine, ours, rollup.resources)
