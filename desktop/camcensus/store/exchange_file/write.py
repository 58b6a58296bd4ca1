"""Writing an exchange file: always a new file, put in place whole, opened again and counted."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import batched
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from sqlite_utils import Database

from camcensus.model import frozen
from camcensus.model.errors import DiskError, StoreError, disk_error, need_room, refuse_odd, shown
from camcensus.store import rows
from camcensus.store.exchange_file.schema import (
    APPLICATION_ID,
    HASHED,
    SCHEMA,
    SCHEMA_VERSION,
    TABLES,
    row_of,
    signed_text,
    table_digest,
)
from camcensus.store.files import replacing
from camcensus.store.sentences import explained
from camcensus.store.signatures import SecretKey, sign, write_public_key

Put = Callable[[str, Iterable[tuple[Any, ...]]], None]
TOGETHER = 500
STEPS = 20_000
"""Steps of SQLite's machine between two looks whether somebody wants to stop: some milliseconds."""

_KIND_AT, _HEADER = 68, b"SQLite format 3\0"


@frozen
class WrittenExchange:
    """An exchange file that is on the disk and was read back: its rows by table, and the SHA-256 of its bytes."""

    path: Path
    id: str
    sha256: str
    size_bytes: int
    rows: Mapping[str, int]
    signed: bool


def write_exchange(
    path: Path,
    fill: Callable[[Put], Mapping[str, Any]],
    *,
    key: SecretKey | None = None,
    look: Callable[[], None] | None = None,
) -> WrittenExchange:
    """An exchange file at `path`, from what `fill` puts; it gives the columns of `export` that only it knows.

    An older exchange file there stays until the new one is whole; a file of any other kind is refused. `key` signs it. `look`
    is called often, and what it raises ends the work. Raises StoreError.
    """
    refuse_other_kind(path)
    sweep(path)
    with explained(path), tempfile.TemporaryDirectory(prefix="camcensus-") as folder, _watched(look) as watch:
        built, compact = Path(folder) / "built.camcensus", Path(folder) / "compact.camcensus"
        identity, counted = _build(built, fill, key, watch)
        _compact(built, compact, watch)
        need_room(path, compact.stat().st_size)
        _read_back(compact, path, counted, watch)
        with replacing(path) as draft, compact.open("rb") as source:
            _copy(source, draft, watch)
            digest, size = _digest(draft, watch)
            if (digest, size) != _digest(source, watch):
                raise DiskError(f"“{shown(path)}” reads back differently from what was written; save it somewhere else.")
    return WrittenExchange(path, identity, digest, size, {name: rows for name, (rows, _) in counted.items()}, key is not None)


def refuse_other_kind(path: Path) -> None:
    """Raises DiskError where something is at `path` that is no exchange file: it is never written over."""
    try:
        if not path.name or path.is_dir():
            raise DiskError(f"“{shown(path)}” is a folder; give the name of a file.")
        refuse_odd(path)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise DiskError(f"“{shown(path)}” is not a file of its own, so it was left alone; give another name.")
        with path.open("rb") as stream:
            head = stream.read(_KIND_AT + 4)
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_error(path, error) from error
    if head and not (head.startswith(_HEADER) and head[_KIND_AT:] == APPLICATION_ID.to_bytes(4, "big")):
        raise DiskError(f"The file “{shown(path)}” is of another kind, so it was left alone; give another name.")


def sweep(path: Path, older_than_s: float = 3600) -> None:
    """Remove what was begun for `path` and cut off long ago."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}\.part(-\w+)?")
    with contextlib.suppress(OSError):
        for entry in path.parent.iterdir():
            if name.fullmatch(entry.name) and entry.is_file() and time.time() - entry.stat().st_mtime > older_than_s:
                with contextlib.suppress(OSError):
                    entry.unlink()


class _Watch:
    """Looks, from within SQLite too, whether somebody wants to stop; keeps what was raised there, which SQLite swallows."""

    def __init__(self, look: Callable[[], None] | None) -> None:
        self._look = look
        self.raised: BaseException | None = None

    def __call__(self) -> int:
        if self._look is None:
            return 0
        try:
            self._look()
        except BaseException as error:
            self.raised = error
            return 1
        return 0

    def now(self) -> None:
        if self() and self.raised is not None:
            raise self.raised

    def over(self, connection: sqlite3.Connection) -> None:
        connection.set_progress_handler(self, STEPS)


@contextlib.contextmanager
def _watched(look: Callable[[], None] | None) -> Iterator[_Watch]:
    watch = _Watch(look)
    try:
        yield watch
    except sqlite3.OperationalError as error:
        if watch.raised is not None:
            raise watch.raised from None
        if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            raise KeyboardInterrupt from None  # Ctrl+C came while SQLite looked whether to continue
        raise


def _build(
    path: Path, fill: Callable[[Put], Mapping[str, Any]], key: SecretKey | None, watch: _Watch
) -> tuple[str, dict[str, tuple[int, str]]]:
    """The tables in a private file, with their rows and digests."""
    identity = str(uuid.uuid4())
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        watch.over(db)
        # Private, and thrown away unless all goes well: it needs no journal.
        for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "foreign_keys = OFF"):
            db.execute(f"PRAGMA {setting}").fetchone()
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        for statement in SCHEMA.split(";\n"):
            if statement.strip():
                db.execute(statement)
        db.execute("BEGIN")
        facts = fill(lambda table, rows: _put(db, table, rows, watch))
        counted = {table: table_digest(db, table) for table in HASHED}
        _put(db, "export", [_export_row(identity, facts, counted, key)], watch)
        db.execute("COMMIT")
        if (wrong := db.execute("PRAGMA foreign_key_check").fetchone()) is not None:
            raise StoreError(
                f"The record names something that is not in it ({wrong[0]}), so no file was made; open it and save it."
            )
        counted["export"] = table_digest(db, "export")
    return identity, counted


def _put(db: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]], watch: _Watch) -> None:
    marks = ", ".join("?" * len(db.execute(f'PRAGMA table_info("{table}")').fetchall()))
    sql = f'INSERT INTO "{table}" VALUES ({marks})'
    try:
        for some in batched(rows, TOGETHER):
            watch.now()
            db.executemany(sql, some)
    except sqlite3.IntegrityError as error:
        raise StoreError(
            f"The record holds something that an exchange file cannot hold ({table}: {error}); no file was made."
        ) from error


def _export_row(
    identity: str, facts: Mapping[str, Any], counted: Mapping[str, tuple[int, str]], key: SecretKey | None
) -> tuple[Any, ...]:
    tables = {name: {"rows": rows, "sha256": digest} for name, (rows, digest) in sorted(counted.items())}
    left_out = json.dumps(facts["left_out"], ensure_ascii=False)
    made = row_of(
        "export", facts, id=identity, schema_version=SCHEMA_VERSION, left_out=left_out, tables=json.dumps(tables),
        public_key=None, signature=None,
    )  # fmt: skip
    if key is None:
        return made
    export = dict(zip(TABLES["export"].columns, made, strict=True))
    export["public_key"] = write_public_key(key.public).splitlines()[-1]
    export["signature"] = sign(signed_text(export), f"camcensus export {identity}", key)
    return tuple(export.values())


def _compact(built: Path, compact: Path, watch: _Watch) -> None:
    """The same rows in a file that holds nothing else: no free pages, nothing of what was there before."""
    # A name may hold bytes that are no text, and SQL only text: an URI has them in ASCII.
    with contextlib.closing(sqlite3.connect(built.as_uri(), uri=True, isolation_level=None)) as db:
        watch.over(db)
        db.execute("VACUUM INTO ?", [compact.absolute().as_uri()])


def _read_back(compact: Path, path: Path, counted: Mapping[str, tuple[int, str]], watch: _Watch) -> None:
    uri = f"{compact.resolve().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as db:
        watch.over(db)
        sound = db.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        free = db.execute("PRAGMA freelist_count").fetchone() == (0,)
        mode = db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        same = all(table_digest(db, table) == counted[table] for table in TABLES)
    if not (sound and free and mode and same):
        raise DiskError(f"“{shown(path)}” reads back differently from what was written; save it somewhere else.")


def _copy(source: BinaryIO, into: BinaryIO, watch: _Watch) -> None:
    while some := source.read(1 << 20):
        into.write(some)
        watch.now()


def _digest(stream: BinaryIO, watch: _Watch) -> tuple[str, int]:
    digest = hashlib.sha256()
    stream.seek(0)
    while some := stream.read(1 << 20):
        digest.update(some)
        watch.now()
    return digest.hexdigest(), stream.tell()


# What an export reads of an inventory, row by row as it is saved: one state of the file, and never all of it in memory.

BATCH = 200

_NAMES = (
    "SELECT by FROM change", "SELECT decision_by FROM asset", "SELECT kind_by FROM asset", "SELECT confirmed_by FROM asset",
    "SELECT picture_checked_by FROM asset", "SELECT by FROM list_choice", "SELECT who FROM permission",
    "SELECT allowed_by FROM scan", "SELECT by FROM doubt",
    "SELECT json_extract(one.value, '$.by') FROM setting, json_each(setting.value) AS one WHERE setting.key = 'own_list'"
    " AND json_valid(setting.value)",
    "SELECT name.value FROM setting, json_each(setting.value) AS one, json_each(json_array(json_extract(one.value, '$.by'),"
    " json_extract(one.value, '$.said_by'))) AS name WHERE setting.key = 'own_brands' AND json_valid(setting.value)",
    "SELECT one.value FROM observation, json_each(fields, '$.\"person.who\"') AS one WHERE probe = 'person'",
)  # fmt: skip
"""Where the record keeps who did something."""

NOT_EDITS = ("report", "rejudge", "begin", "set-setting", "allow", "clean")
"""Lines of the change log that add nothing to what is known of a device."""


class DeviceRow(NamedTuple):
    """A device with its newest answer as it is saved (`answer` is JSON, None for one never judged).

    `judged_at` is when, or of its newest reply.
    """

    id: str
    network: str | None
    mac: str | None
    addresses: str
    first_seen: str | None
    last_seen: str | None
    kind: str
    answer: str | None
    judged_at: str
    knowledge_version: str | None
    fresh: int


def read_device_ids(db: Database) -> list[str]:
    """All devices that are not merged into another, by id."""
    return [row[0] for row in db.execute("SELECT id FROM device WHERE merged_into IS NULL ORDER BY id")]


def read_devices(db: Database, devices: Sequence[str]) -> list[DeviceRow]:
    """Devices by id."""
    rows = db.execute(
        "SELECT device.id, network, mac, addresses, first_seen, last_seen, device.kind, answer,"
        " coalesce(judged_at, (SELECT max(at) FROM observation WHERE observation.device = device.id)),"
        " knowledge_version, device.observations_digest IS judgement.observations_digest FROM device"
        " LEFT JOIN judgement ON judgement.id = (SELECT max(id) FROM judgement AS newest WHERE newest.device = device.id)"
        " WHERE device.id IN (SELECT value FROM json_each(?)) ORDER BY device.id",
        [json.dumps(devices)],
    )
    return [DeviceRow._make(row) for row in rows]


def read_keys(db: Database, devices: Sequence[str]) -> list[tuple[Any, ...]]:
    """The keys of devices as rows of the exchange file's `device_key`, best first."""
    return db.execute(
        "SELECT device, kind, value, trust, rank, first, last FROM device_key"
        " WHERE device IN (SELECT value FROM json_each(?)) ORDER BY device, rank, kind, value",
        [json.dumps(devices)],
    ).fetchall()


def read_told(db: Database, devices: Sequence[str]) -> list[dict[str, Any]]:
    """The latest replies of devices (`identity.latest_replies`), by the columns of the exchange file."""
    columns = TABLES["observation"].columns
    found = db.execute(
        f"SELECT {', '.join(columns)} FROM observation WHERE id IN (SELECT value FROM json_each(?)) ORDER BY device, at, id",
        [json.dumps(rows.latest_ids(db, devices))],
    )
    return [dict(zip(columns, row, strict=True)) for row in found]


def read_kind_by(db: Database) -> frozenset[str]:
    """The rows of which a person said what they are, by id."""
    return frozenset(row[0] for row in db.execute("SELECT id FROM asset WHERE kind_by IS NOT NULL"))


def read_scan_numbers(db: Database) -> dict[str, int]:
    """Scan id -> its number in the log."""
    return dict(db.execute("SELECT id, number FROM scan").fetchall())


def read_names(db: Database) -> frozenset[str]:
    """Every name under which somebody did something here."""
    found = {str(row[0]).strip() for sql in _NAMES for row in db.execute(sql) if row[0] is not None}
    return frozenset(name for name in found if name)


def read_newest(db: Database) -> str | None:
    """When anything of the record was seen, read or edited last; None for an empty one."""
    marks = ", ".join("?" * len(NOT_EDITS))
    (newest,) = db.execute(
        "SELECT max(at) FROM (SELECT max(ended_at) AS at FROM scan UNION ALL SELECT max(at) FROM observation WHERE probe ="
        f" 'person' UNION ALL SELECT max(at) FROM change WHERE undone_at IS NULL AND verb NOT IN ({marks}))",
        NOT_EDITS,
    ).fetchone()
    return None if newest is None else to_the_second(str(newest))


def read_removed(db: Database) -> dict[str, str]:
    """Row -> the day it was marked as removed last, as far as the log of edits tells."""
    found: dict[str, str] = {}
    for at, steps in db.execute(
        'SELECT at, steps FROM change WHERE undone_at IS NULL AND steps LIKE \'%"status":"removed"%\' ORDER BY id'
    ):
        for do, table, keys, values in json.loads(steps):
            if do == "set" and table == "asset" and values.get("status") == "removed":
                found.update((str(key), at[:10]) for key in (keys if isinstance(keys, list) else [keys]))
    return found


def to_the_second(at: str) -> str:
    """A moment without its fraction: "2026-11-24T10:41:02.113Z" as "2026-11-24T10:41:02Z"."""
    return re.sub(r"\.[0-9]+(?=Z$)", "", at)


# Lines for a person who opens an exchange file: what it is, how to count, what the grades mean, what is left out.

ABOUT: tuple[tuple[str, str], ...] = (
    ("What this is", "A copy made for auditors on {made_on}, of the record of cameras and recorders kept by {body}."),
    ("Who made it", "{made_by}, with Camcensus {made_with}. It is a copy: the record itself stays with the organisation."),
    ("As at", "The record was last added to or edited on {as_at}. The newest search of a network ended: {searched_at}."),
    ("How it was made", "{method}. What is off, on another network or plugged into a recorder does not answer a search."),
    ("How to count", "One row of the table asset is one device of the register. asset.counts_as says what it counts as."),
    ("Cameras", "counts_as = 'camera'. What may be a camera ('may-be-camera') is a column of its own, never in the count."),
    ("Not cameras", "Recorders, encoders and intercoms are counted apart; software, 'other' and 'gone' not at all."),
    ("Channels", "A channel that a recorder reports and that has no row (channel.asset is empty) is not counted as a camera."),
    ("Not confirmed", "asset.unconfirmed = 1: a channel with a row that nobody has seen. It is counted, and can be left out."),
    ("Three names", "Brand is the name on the box, manufacturer is who made it; sellers and maintainers serve us."),
    ("Confirmed", "grade 'confirmed': a letter names the maker, or a label of a maker's own brand that nothing contradicts."),
    ("Almost certain", "grade 'almost-certain': the signs fit one maker only, and are independent of each other."),
    ("Likely", "grade 'likely': one firm sign, or the organisation’s own register names the maker. It is counted."),
    ("Not known", "grades 'possible', 'conflicting' and 'unknown', and rows with no device: a column of their own."),
    ("Proven", "Of those counted, the confirmed and the almost certain. Not known stands beside the number."),
    ("On a list", "finding.kind = 'listing': a list names the maker. It does not mean that a device is faulty."),
    ("Based in China", "finding.kind = 'seat': the maker’s legal seat, by our reading of a statement that names no company."),
    ("Which lists count", "list_used.is_on says which lists the organisation goes by; findings of all lists are in the file."),
    (
        "What cannot be seen",
        "A capability with no row was not seen; it may be there. 'able' does not mean switched on; 'unknown': its maker's list "
        "of the model was read and lacks it.",
    ),
    ("What is left out", "{left_out}"),
    ("Is it whole", "export.tables holds rows and SHA-256 of each table; a signature, if any, covers all of them."),
)  # fmt: skip
"""Heading and text. `about_rows` fills in what is in braces."""


def about_rows(facts: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """The rows of `about`; `facts` are the texts for what is in braces. Raises KeyError where one is missing."""
    for number, (heading, text) in enumerate(ABOUT, 1):
        yield number, heading, re.sub(r"\{(\w+)\}", lambda found: facts[found[1]], text)
