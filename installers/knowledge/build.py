"""Builds vendors.db from the reviewed text, and checks that both are sound and agree.

The same sources and the same SQLite give the same bytes; another SQLite may lay pages out differently, so the file holds a
SHA-256 over its rows and `check` compares that.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from camcensus.model.errors import CamcensusError, DiskError, KnowledgeError, patiently
from camcensus.model.knowledge import Also
from camcensus.model.plain import to_plain
from camcensus.model.registry import pack
from camcensus.store.vendors_db.read import open_knowledge
from camcensus.store.vendors_db.schema import APPLICATION_ID, ORDER, SCHEMA, SCHEMA_VERSION, digest_rows
from installers.knowledge.checks import check_reviewed
from installers.knowledge.entries import SourceProblem
from installers.knowledge.reviewed import Reviewed
from installers.knowledge.sources import digest_of, read_sources
from installers.knowledge.statements import answer_rows, name_rows, reply_rows, statement_rows

Row = dict[str, Any]


def build(sources_dir: Path, out_path: Path) -> str:
    """Writes the knowledge base to `out_path` and returns its version, like "2026.11.24+3f9c1a2b".

    Raises KnowledgeError where the sources have a Problem (nothing is written then) and DiskError where the disk refuses.
    """
    reviewed = read_sources(sources_dir)
    problems = check_reviewed(reviewed)
    if problems:
        more = f" ({len(problems)} problems in all)" if len(problems) > 1 else ""
        raise KnowledgeError(f"The knowledge sources are wrong at {problems[0]}{more}.")
    version = version_of(reviewed, sources_dir)
    try:
        handle, name = tempfile.mkstemp(prefix=".vendors-", suffix=".db", dir=out_path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            _write(temporary, reviewed, version)
            temporary.chmod(0o644)
            patiently(lambda: temporary.replace(out_path))
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, sqlite3.OperationalError) as error:
        raise DiskError(f"{out_path} could not be written; check the folder and the space on the disk.") from error
    return version


def check(sources_dir: Path, db_path: Path) -> list[SourceProblem]:
    """What is wrong with the sources, or with a vendors.db that does not hold exactly what they say."""
    reviewed = read_sources(sources_dir)
    problems = check_reviewed(reviewed)
    if problems:
        return problems
    try:
        connection = open_knowledge(db_path)
    except CamcensusError as error:
        return [SourceProblem(db_path.name, 1, str(error))]
    with closing(connection), closing(sqlite3.connect(":memory:")) as fresh:
        try:
            held = connection.execute("SELECT value FROM meta WHERE key = 'digest'").fetchone()
            actual = digest_rows(connection)
        except sqlite3.Error as error:
            return [SourceProblem(db_path.name, 1, f"it cannot be read: {error}")]
        _fill(fresh, reviewed, version_of(reviewed, sources_dir))
        if held != (actual,):
            return [SourceProblem(db_path.name, 1, "it was changed after it was built: build it again")]
        if actual != digest_rows(fresh):
            return [SourceProblem(db_path.name, 1, "it is older than the sources: build it again")]
    return []


def version_of(reviewed: Reviewed, sources_dir: Path) -> str:
    """The newest day of review and the first 8 digits of the digest of the sources."""
    return f"{reviewed.reviewed}+{digest_of(sources_dir)[:8]}"


def _write(path: Path, reviewed: Reviewed, version: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        _fill(connection, reviewed, version)
        connection.execute("VACUUM")
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _fill(connection: sqlite3.Connection, reviewed: Reviewed, version: str) -> None:
    connection.isolation_level = None
    connection.executescript(SCHEMA)
    database = Database(connection, execute_plugins=False)
    connection.execute("BEGIN")
    for table in ORDER:
        database.table(table).insert_all(_rows(table, reviewed, version), batch_size=500)
    connection.execute("INSERT INTO meta VALUES ('digest', ?)", (digest_rows(connection),))
    if connection.in_transaction:
        connection.execute("COMMIT")


def _rows(table: str, reviewed: Reviewed, version: str) -> Iterator[Row]:
    """The rows of a table, sorted by its key."""
    makers = {
        "meta": _meta_rows,
        "manufacturer": _manufacturer_rows,
        "brand_record": _brand_record_rows,
        "junk": _junk_rows,
        "registry": _registry_rows,
    }
    by_id = sorted((item.value for item in reviewed.statements), key=lambda one: one.id)
    laid_out: dict[str, Iterator[Row]] = {
        "statement": statement_rows(by_id),
        "statement_name": name_rows(by_id),
        "statement_answer": answer_rows(by_id),
        "maker_answer": reply_rows(item.value for item in reviewed.manufacturers),
    }
    if table in laid_out:
        yield from laid_out[table]
        return
    if table in makers:
        yield from makers[table](reviewed, version)
        return
    by_table: dict[str, list[Any]] = {
        "source": reviewed.sources,
        "brand": reviewed.brands,
        "fingerprint": reviewed.fingerprints,
        "kind_pattern": reviewed.kind_patterns,
        "mac_block": reviewed.macs,
        "advisory": reviewed.advisories,
        "capability": reviewed.capabilities,
        "replacement": reviewed.replacements,
        "end_of_life": reviewed.ends_of_life,
        "flaw_search": reviewed.flaw_searches,
    }
    keys = ORDER[table].split(", ")
    if "number" in keys:
        yield from _numbered(keys[0], [_plain(item.value) for item in by_table[table]])
        return
    for item in sorted(by_table[table], key=lambda one: tuple(getattr(one.value, key) for key in keys)):
        yield _plain(item.value)


def _numbered(key: str, rows: list[Row]) -> Iterator[Row]:
    """Rows that have no key of their own, counted within `key` in the order of all they say."""
    numbers: dict[str, int] = {}
    for row in sorted(rows, key=lambda one: (one[key], json.dumps(one, sort_keys=True))):
        numbers[row[key]] = numbers.get(row[key], 0) + 1
        yield {key: row[key], "number": numbers[row[key]], **row}


def _plain(value: Any) -> Row:
    return {name: _cell(getattr(value, name)) for name in value.__slots__}


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Also):
        return json.dumps([value.kind, value.pattern, value.example], ensure_ascii=False)
    if isinstance(value, tuple):
        return json.dumps(to_plain(value), ensure_ascii=False)
    return value


def _meta_rows(reviewed: Reviewed, version: str) -> Iterator[Row]:
    dates = (("mac_date", reviewed.mac_date), ("registry_date", reviewed.registry_date))
    sources = (("mac_source", reviewed.mac_source), ("registry_source", reviewed.registry_source))
    for key, value in (*dates, *sources, ("version", version)):
        yield {"key": key, "value": value}


def _manufacturer_rows(reviewed: Reviewed, _version: str) -> Iterator[Row]:
    for one in sorted((item.value for item in reviewed.manufacturers), key=lambda maker: maker.id):
        yield {key: cell for key, cell in _plain(one).items() if key != "answers"}


def _brand_record_rows(reviewed: Reviewed, _version: str) -> Iterator[Row]:
    for row in _numbered("brand", [_plain(item.value) for item in reviewed.claims]):
        yield {key: value for key, value in row.items() if key not in ("brand_name", "recorded")}


def _registry_rows(reviewed: Reviewed, _version: str) -> Iterator[Row]:
    registry = pack(reviewed.registry)
    yield {"part": "names", "value": registry.names}
    yield {"part": "records", "value": registry.records}


def _junk_rows(reviewed: Reviewed, _version: str) -> Iterator[Row]:
    for kind, values in (("mac", reviewed.junk_macs), ("serial", reviewed.junk_serials)):
        for value in sorted(set(values)):
            yield {"kind": kind, "value": value}
