"""The publishing pack of a roll-up: tables as CSV with a description, a database of counts, the report, the method, hashes.

All of it is made from one `Publication`, and its times are those of the roll-up: the same roll-up gives the same bytes.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import secrets
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from camcensus.model.cells import guarded
from camcensus.model.errors import DiskError, IntakeError, disk_error, patiently, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count, utc_second
from camcensus.report.rollup import TITLE, rollup_report
from camcensus.store.files import sync_folder, write_whole
from camcensus.store.rollup.published_file import PlainTable, datasette_metadata, write_published
from camcensus.store.rollup.reading import newest_moment
from camcensus.tasks.policy import refuse_folder
from camcensus.tasks.progress import Progress
from camcensus.tasks.reports.making import write_said
from camcensus.tasks.reports.pack_report import LICENCES, NO_LICENCE, PackWords, about, method, pack_report
from camcensus.tasks.rollup.drawn_tables import FEWER, NOT_SHOWN, FilledTable
from camcensus.tasks.rollup.figures import Figures
from camcensus.tasks.rollup.published import Publication, publication
from camcensus.tasks.rollup.taking import PUBLISHED, RollUp

DATABASE, DESCRIPTION = PUBLISHED
REPORT, HASHES, READ_ME = "report.pdf", "SHA256SUMS.txt", "README.txt"
DATASETTE = "datasette.json"


def suggested_title(figures: Figures) -> str:
    """A title for a pack, where nobody gives one: of how many organisations it is, by a file or by what they answered."""
    counted = figures.totals.counted if figures.ways is None else figures.ways.counted.total
    return f"Cameras of {count(counted, 'organisation', 'organisations')}" if counted else TITLE


def write_pack(
    rollup: RollUp,
    figures: Figures,
    knowledge: Knowledge,
    folder: Path,
    words: PackWords,
    *,
    data_dir: Path,
    now: datetime,
    whole: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the pack as a new folder, whole or not at all; `figures` have all tables and were read of `rollup` just now.

    `whole` is for those who asked, else it is for the public; `now` is its time where nothing is in.

    Raises DiskError, StoreError, PolicyError, what `progress` raises, and IntakeError while not all is judged by one list
    version.
    """
    refuse_folder(folder)
    if figures.stale or not figures.settled:
        raise IntakeError("Not every camera is judged by this list version yet; re-check them all, then publish.")
    with rollup.file.explained():
        made = newest_moment(rollup.file.connection) or now
    said = publication(figures, knowledge, made.year, whole=whole)
    described = {"title": clean(words.title, 200), "description": f"By {words.by}. {said.rule}", "license": words.licence_words}
    if words.licence:
        described["license_url"] = LICENCES[words.licence][1]
    tables = (
        (one.table.name, f"{one.table.title}. {one.table.meaning}", {column.name: column.meaning for column in one.columns})
        for one in said.tables
    )
    with _new_folder(folder) as draft:
        (draft / "tables").mkdir()
        for table in said.tables:
            write_whole(draft / "tables" / f"{table.table.name}.csv", _csv(table))
        _write_json(draft / DESCRIPTION, data_package(said, words, made))
        write_published(draft / DATABASE, _plain(said, words, made))
        _write_json(draft / DATASETTE, datasette_metadata(Path(DATABASE).stem, described, tables))
        write_said(draft / REPORT, data_dir, lambda: rollup_report(pack_report(said, words, made)), progress)
        write_whole(draft / READ_ME, _read_me(said, words, made).encode())
        names = sorted(one.relative_to(draft).as_posix() for one in draft.rglob("*") if one.is_file())
        sums = "".join(f"{hashlib.sha256((draft / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
        write_whole(draft / HASHES, sums.encode())
    return tuple(folder / name for name in (*names, HASHES))


@contextlib.contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder to be filled; it takes the name `folder` once the block ends well, else it goes. Raises DiskError."""
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            say = f"“{shown(folder)}” is not an empty folder; give another name, so that no older figures are mixed in."
            raise DiskError(say)
        draft.mkdir(parents=True)
        yield draft
        if folder.exists():
            folder.rmdir()
        patiently(lambda: draft.rename(folder))
        sync_folder(folder.parent)
    except InterruptedError:  # of the caller, who stopped it
        raise
    except OSError as error:
        raise disk_error(folder, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_json(path: Path, document: dict[str, Any]) -> None:
    write_whole(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def _csv(table: FilledTable) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(map(_in_csv, row))
    return text.getvalue().encode("utf-8", "replace")


def _in_csv(cell: Any) -> Any:
    return "" if cell is None else guarded(cell) if isinstance(cell, str) else cell


def data_package(said: Publication, words: PackWords, made: datetime) -> dict[str, Any]:
    """The tables' description. Source: Data Package and Table Schema, version 1, specs.frictionlessdata.io."""
    terms, licences = f"Licence: {NO_LICENCE}.", {}
    if words.licence:
        licence = {"name": words.licence, "title": words.licence_words, "path": LICENCES[words.licence][1]}
        terms, licences = "", {"licenses": [licence]}
    return {
        "profile": "tabular-data-package",
        "name": "cameras",
        "title": clean(words.title, 200),
        "description": " ".join(filter(None, (*method(said), said.rule, terms))),
        "created": utc_second(made),
        "version": clean(said.list_version, 60),
        "contributors": [{"title": clean(one, 120), "role": "author"} for one in words.authors],
        **licences,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": one.table.name.replace("_", "-"),
                "path": f"tables/{one.table.name}.csv",
                "title": one.table.title,
                "description": one.table.meaning,
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\r\n"},
                "schema": {
                    "missingValues": ["", FEWER, NOT_SHOWN],
                    "fields": [
                        {
                            "name": column.name,
                            "title": column.heading,
                            "description": column.meaning,
                            "type": "integer" if column.is_number else "string",
                        }
                        for column in one.columns
                    ],
                },
            }
            for one in said.tables
        ],
    }


def _plain(said: Publication, words: PackWords, made: datetime) -> Iterator[PlainTable]:
    yield PlainTable("about", (("what", False), ("words", False)), list(about(said, words, made)))
    yield PlainTable(
        "data_dictionary",
        (("table_name", False), ("column_name", False), ("title", False), ("meaning", False)),
        [
            (one.table.name, column.name, column.heading, column.meaning)
            for one in said.tables
            for column in one.columns
        ],
    )  # fmt: skip
    for one in said.tables:
        columns = tuple((column.name, column.is_number) for column in one.columns)
        rows = [
            [None if is_number and isinstance(cell, str) else cell for cell, (_, is_number) in zip(row, columns, strict=True)]
            for row in one.rows
        ]
        yield PlainTable(one.table.name, columns, rows)


def _read_me(said: Publication, words: PackWords, made: datetime) -> str:
    whole = "\n".join(f"{name}: {value}" for name, value in about(said, words, made))
    files = "\n".join(f"tables/{one.table.name}.csv  {one.table.title}" for one in said.tables)
    return f"""{whole}

Files
{REPORT}  the report
{files}
{DESCRIPTION}  what each column of the CSV files means, as a Data Package (frictionlessdata.io)
{DATABASE}  the same tables as a SQLite database, with a dictionary of their columns; empty where a count is not shown
{DATASETTE}  for Datasette: datasette -i {DATABASE} -m {DATASETTE}
{HASHES}  SHA-256 of every file; to check them: sha256sum -c {HASHES}
"""
