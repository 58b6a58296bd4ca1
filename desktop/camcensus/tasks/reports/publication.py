"""The publishing pack of a roll-up: tables as CSV with metadata, a database of counts, the report, the method, hashes.

All of it is made from one `Publication`: no file of the pack has a count that another one leaves out.
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
from camcensus.model.disk import disk_error, patiently, shown
from camcensus.model.errors import DiskError, IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count, date_words, utc_second
from camcensus.planning.joined_rows import RULE
from camcensus.report.rollup import TITLE, rollup_report
from camcensus.store.files import sync_folder, write_whole
from camcensus.store.rollup.holdings import read_holdings
from camcensus.store.rollup.packs import forget_packs, read_packs, save_pack, when_packed
from camcensus.store.rollup.published_file import PlainTable, datasette_metadata, write_published
from camcensus.tasks.policy import refuse_folder
from camcensus.tasks.progress import Progress
from camcensus.tasks.reports.making import write_said
from camcensus.tasks.reports.pack_report import LICENCES, NO_LICENCE, NOT_SHOWN, PackWords, about, method, pack_report
from camcensus.tasks.rollup.figures import Figures
from camcensus.tasks.rollup.published import Publication, publication, ways_said
from camcensus.tasks.rollup.published_tables import FilledTable, PublishedColumn
from camcensus.tasks.rollup.taking import RollUp

DATABASE, REPORT, METADATA, HASHES, READ_ME = "counts.sqlite", "report.pdf", "csv-metadata.json", "SHA256SUMS.txt", "README.txt"
DATASETTE = "datasette.json"


def suggested_title(figures: Figures) -> str:
    """A title for a pack, where nobody gives one: of how many organisations it is, by a file or by what they answered."""
    ways = ways_said(figures)
    counted = figures.totals.counted if ways is None else ways.counted.total
    return f"Cameras of {count(counted, 'organisation', 'organisations')}" if counted else TITLE


def beside_words(rollup: RollUp) -> str:
    """What earlier packs mean for the next one; "" where there is none. Raises StoreError."""
    with rollup.file.explained():
        made = when_packed(rollup.file.connection)
    if not made:
        return ""
    packs = f"{count(len(made), 'pack was', 'packs were')} made of this roll-up before, the last on {date_words(made[-1])}"
    return f"{packs}. Counts that would tell too much beside {'it' if len(made) == 1 else 'them'} are left out."


def write_pack(
    rollup: RollUp,
    figures: Figures,
    knowledge: Knowledge,
    folder: Path,
    words: PackWords,
    *,
    data_dir: Path,
    now: datetime,
    progress: Progress | None = None,
    forget: bool = False,
) -> tuple[Path, ...]:
    """Write the pack as a new folder, whole or not at all; `figures` have all tables and were read of `rollup` just now.

    The roll-up remembers what the pack shows, so that the next one tells nothing beside it; with `forget` it begins anew, as
    nobody was given an earlier pack. Raises DiskError, StoreError, PolicyError, what `progress` raises, and IntakeError while
    not all is judged by one list version.
    """
    refuse_folder(folder)
    if figures.stale or not figures.settled:
        raise IntakeError("Not every camera is judged by this list version yet; re-check them all, then publish.")
    connection = rollup.file.connection
    with rollup.file.explained():
        before = [] if forget else read_packs(connection)
        said = publication(figures, knowledge, now.year, read_holdings(connection), before)
    described = {"title": clean(words.title, 200), "description": f"By {words.by}. {RULE}", "license": words.licence_words}
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
        _write_json(draft / METADATA, csv_metadata(said, words, now))
        write_published(draft / DATABASE, _plain(said, words, now))
        _write_json(draft / DATASETTE, datasette_metadata(Path(DATABASE).stem, described, tables))
        write_said(draft / REPORT, data_dir, lambda: rollup_report(pack_report(said, words, now)), progress)
        write_whole(draft / READ_ME, _read_me(said, words, now).encode())
        names = sorted(one.relative_to(draft).as_posix() for one in draft.rglob("*") if one.is_file())
        sums = "".join(f"{hashlib.sha256((draft / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
        write_whole(draft / HASHES, sums.encode())
        with rollup.file.writing():
            if forget:
                forget_packs(connection)
            save_pack(connection, utc_second(now), said.shown)
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
        writer.writerow(_in_csv(cell, column) for cell, column in zip(row, table.columns, strict=True))
    return text.getvalue().encode("utf-8", "replace")


def _in_csv(cell: Any, column: PublishedColumn) -> Any:
    if cell is None:
        return NOT_SHOWN if column.kind == "cameras" else ""
    return guarded(cell) if isinstance(cell, str) else cell


def csv_metadata(said: Publication, words: PackWords, now: datetime) -> dict[str, Any]:
    """The tables' metadata. Source: Metadata Vocabulary for Tabular Data, W3C Recommendation, 17 December 2015."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": clean(words.title, 200),
        "dc:creator": [clean(one, 120) for one in words.authors],
        "dc:issued": now.date().isoformat(),
        "dc:description": " ".join((*method(said), RULE)),
        "dc:source": f"List version {clean(said.list_version, 60)}",
        **({"dc:license": {"@id": LICENCES[words.licence][1]}} if words.licence else {"dc:rights": NO_LICENCE}),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tables": [
            {
                "url": f"tables/{one.table.name}.csv",
                "dc:title": one.table.title,
                "dc:description": one.table.meaning,
                "tableSchema": {
                    "columns": [
                        {
                            "name": column.name,
                            "titles": column.name,
                            "dc:title": column.title.replace("\n", " "),
                            "dc:description": column.meaning,
                            "datatype": "string" if column.kind == "words" else {"base": "integer", "minimum": 0},
                            "null": ["", NOT_SHOWN],
                        }
                        for column in one.columns
                    ]
                },
            }
            for one in said.tables
        ],
    }


def _plain(said: Publication, words: PackWords, now: datetime) -> Iterator[PlainTable]:
    yield PlainTable("about", (("what", False), ("words", False)), list(about(said, words, now)))
    yield PlainTable(
        "data_dictionary",
        (("table_name", False), ("column_name", False), ("title", False), ("meaning", False)),
        [
            (one.table.name, column.name, column.title.replace("\n", " "), column.meaning)
            for one in said.tables
            for column in one.columns
        ],
    )  # fmt: skip
    for one in said.tables:
        yield PlainTable(one.table.name, tuple((column.name, column.kind != "words") for column in one.columns), one.rows)


def _read_me(said: Publication, words: PackWords, now: datetime) -> str:
    whole = "\n".join(f"{name}: {value}" for name, value in about(said, words, now))
    files = "\n".join(f"tables/{one.table.name}.csv  {one.table.title}" for one in said.tables)
    return f"""{whole}

Files
{REPORT}  the report
{files}
{METADATA}  what each column of the CSV files means, for programs that read CSV on the Web metadata
{DATABASE}  the same tables as a SQLite database, with a dictionary of their columns; empty where a CSV file has {NOT_SHOWN}
{DATASETTE}  for Datasette: datasette -i {DATABASE} -m {DATASETTE}
{HASHES}  SHA-256 of every file; to check them: sha256sum -c {HASHES}

{NOT_SHOWN} in a CSV file: this count is not shown. An empty cell of a row “Several together” is no count.
"""
