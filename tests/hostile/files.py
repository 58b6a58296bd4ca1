"""Files that mean harm, or that bad luck made: one list for every door that takes a file, `ALL`.

A `HostileFile` lays itself at a path. Databases are harmed copies of the sound database that the door expects, harmed files of
its sound file, whatever that is; all other files are the same at each door. `victim` is a file of the person's that links in the stranger's folder point to.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from hostile.file_books import BOOKS
from hostile.file_harmed import HARMED
from hostile.file_labels import LABELS
from hostile.file_pictures import PICTURES
from hostile.file_texts import TEXTS

PAGE = 4096
VICTIM = b"A letter to the governors that nobody may touch.\n" * 20


@dataclass(frozen=True)
class HostileFile:
    """`suffix` is the end of its name, empty for that of the door's own kind. `lay` is given the path, the sound bytes, the victim.

    Of the family "harmed" are sound files of the door's kind, harmed; of "database" and "beside" sound databases.
    """

    name: str
    family: str
    suffix: str
    lay: Callable[[Path, bytes, Path], None]


Lay = Callable[[Path, bytes, Path], None]


def _sql(*statements: str) -> Lay:
    """A copy that somebody with SQLite at hand changed; {table} is the one with most rows, {column} its last column."""

    def lay(path: Path, sound: bytes, _: Path) -> None:
        path.write_bytes(sound)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
            db.execute("PRAGMA foreign_keys = OFF")
            db.execute("PRAGMA ignore_check_constraints = ON")
            table = _largest(db)
            column = db.execute(f'SELECT name FROM pragma_table_info("{table}") ORDER BY cid DESC').fetchone()[0]
            for statement in statements:
                with suppress(sqlite3.Error):
                    db.execute(statement.replace("{table}", table).replace("{column}", column))

    return lay


def _largest(db: sqlite3.Connection) -> str:
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'")]
    return max(names, key=lambda name: (db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0], name))


def _in_every_table(statement: str) -> Lay:
    """A statement for each table of ours."""

    def lay(path: Path, sound: bytes, _: Path) -> None:
        path.write_bytes(sound)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
            db.execute("PRAGMA foreign_keys = OFF")
            db.execute("PRAGMA ignore_check_constraints = ON")
            names = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'").fetchall()
            for (name,) in names:
                column = db.execute(f'SELECT name FROM pragma_table_info("{name}") ORDER BY cid DESC').fetchone()[0]
                with suppress(sqlite3.Error):
                    db.execute(statement.replace("{table}", name).replace("{column}", column))

    return lay


def _computed(path: Path, sound: bytes, victim: Path) -> None:
    """A column in each table that computes 200 MB in each row; it is laid small, since laying it computes it too."""
    _in_every_table('ALTER TABLE "{table}" ADD COLUMN extra TEXT AS (hex(zeroblob(1))) VIRTUAL')(path, sound, victim)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA writable_schema = 1")
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, 'zeroblob(1)', 'zeroblob(100000000)')")


def _schema(change: Callable[[str], str]) -> Lay:
    """The text of the largest table's definition changed behind SQLite's back."""

    def lay(path: Path, sound: bytes, _: Path) -> None:
        path.write_bytes(sound)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
            table = _largest(db)
            sql = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", [table]).fetchone()[0]
            db.execute("PRAGMA writable_schema = 1")
            db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", [change(sql), table])

    return lay


def _numbers(most: int) -> str:
    return f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {most}) SELECT i FROM n)"


def _crowd(kind: str, sql: str, many: int) -> Lay:
    """So many parts of a schema, which SQLite reads before anything else."""
    return _sql(
        "PRAGMA writable_schema = 1",
        f"INSERT INTO sqlite_schema SELECT '{kind}', 'x' || i, 'x' || i, {3 * (kind == 'table')}, {sql} FROM {_numbers(many)}",
    )


def _bytes(change: Callable[[bytearray], bytes | bytearray]) -> Lay:
    def lay(path: Path, sound: bytes, _: Path) -> None:
        path.write_bytes(change(bytearray(sound)))

    return lay


def _header(at: int, value: bytes) -> Lay:
    def change(data: bytearray) -> bytearray:
        data[at : at + len(value)] = value
        return data

    return _bytes(change)


def _pages(pattern: bytes, at: int = 0) -> Callable[[bytearray], bytearray]:
    def change(data: bytearray) -> bytearray:
        for page in range(3, len(data) // PAGE):
            data[page * PAGE + at : page * PAGE + at + len(pattern)] = pattern
        return data

    return change


def _loop(data: bytearray) -> bytearray:
    """Inner pages point at themselves, without end."""
    for page in range(1, len(data) // PAGE):
        if data[page * PAGE] in (2, 5):
            data[page * PAGE + 8 : page * PAGE + 12] = struct.pack(">I", page + 1)
    return data


def _sparse(size: int, *, honest: bool = False) -> Lay:
    def lay(path: Path, sound: bytes, _: Path) -> None:
        path.write_bytes(sound)
        os.truncate(path, size)
        if honest:
            with path.open("r+b") as stream:
                stream.seek(28)
                stream.write(struct.pack(">I", min(size // PAGE, 0xFFFFFFFE)))

    return lay


def _beside(suffix: str, data: bytes) -> Lay:
    def lay(path: Path, sound: bytes, _: Path) -> None:
        path.write_bytes(sound)
        path.with_name(path.name + suffix).write_bytes(data)

    return lay


def _super_journal(path: Path, sound: bytes, victim: Path) -> None:
    """A hot journal that names the victim as its super-journal, which SQLite would delete. Source: SQLite, "Database File Format"."""
    path.write_bytes(sound)
    name = os.fsencode(victim)
    pages = len(sound) // PAGE
    head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">IIIII", 0, 7, pages, 512, PAGE)
    tail = struct.pack(">I", 0x40000000 // PAGE + 1) + name + struct.pack(">II", len(name), sum(name)) + head[:8]
    path.with_name(path.name + "-journal").write_bytes(head.ljust(512, b"\0") + tail)


def _link_beside(suffix: str, *, hard: bool = False) -> Lay:
    def lay(path: Path, sound: bytes, victim: Path) -> None:
        path.write_bytes(sound)
        side = path.with_name(path.name + suffix)
        if hard:
            os.link(victim, side)
        else:
            side.symlink_to(victim)

    return lay


def _pipe_beside(suffix: str) -> Lay:
    def lay(path: Path, sound: bytes, _: Path) -> None:
        path.write_bytes(sound)
        os.mkfifo(path.with_name(path.name + suffix))

    return lay


def _link_to(target: str) -> Lay:
    def lay(path: Path, _sound: bytes, victim: Path) -> None:
        path.symlink_to(victim if target == "victim" else target)

    return lay


def _pipe(path: Path, _sound: bytes, _victim: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path, _sound: bytes, _victim: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have only 107 bytes
    try:
        with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _folder(path: Path, _sound: bytes, _victim: Path) -> None:
    path.mkdir()
    (path / "inside.txt").write_text("nothing")


def _folder_of(*names: str) -> Lay:
    """A folder with files so named in it, each a pipe, a link or a deep folder by its name's first letter."""

    def lay(path: Path, sound: bytes, victim: Path) -> None:
        path.mkdir()
        for name in names:
            one = path / name
            one.parent.mkdir(parents=True, exist_ok=True)
            if name.startswith("pipe"):
                os.mkfifo(one)
            elif name.startswith("link"):
                one.symlink_to(victim)
            elif name.startswith("loop"):
                one.symlink_to(path, target_is_directory=True)
            else:
                one.write_bytes(sound if len(names) == 1 else sound[:64])

    return lay


def _link_to_own(name: str) -> Lay:
    """A link to a file of the person's own folder, such as the one that it is brought to."""
    return lambda path, _sound, victim: path.symlink_to(victim.parent.parent / "mine" / name)


def _linked_backups(path: Path, sound: bytes, victim: Path) -> None:
    """Where our back-ups would lie is a link to the victim's folder."""
    path.write_bytes(sound)
    for name in ("Camcensus back-ups", f"{path.stem} back-ups", f"{path.name}.backups", "backups"):
        path.with_name(name).symlink_to(victim.parent, target_is_directory=True)


DEEP = "(" * 3_000 + "1" + ")" * 3_000
DATABASES: dict[str, Lay] = {
    "a view": _sql('CREATE VIEW extra AS SELECT * FROM "{table}"'),
    "an endless view in a table's place": _sql(
        'DROP TABLE "{table}"',
        'CREATE VIEW "{table}" AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n',
    ),
    "a view that asks for 1 GB": _sql('DROP TABLE "{table}"', 'CREATE VIEW "{table}" AS SELECT zeroblob(1000000000) AS id'),
    "triggers on insertion": _in_every_table('CREATE TRIGGER "on_{table}" AFTER INSERT ON "{table}" BEGIN DELETE FROM "{table}"; END'),
    "triggers on update": _in_every_table('CREATE TRIGGER "on_{table}" BEFORE UPDATE ON "{table}" BEGIN DELETE FROM "{table}"; END'),
    "triggers on deletion": _in_every_table('CREATE TRIGGER "on_{table}" BEFORE DELETE ON "{table}" BEGIN SELECT RAISE(IGNORE); END'),
    "a computed column": _computed,
    "a computed column in a table's place": _schema(lambda sql: sql.replace(" NOT NULL", " AS (hex(zeroblob(9999999)))", 1)),
    "a virtual table": _sql("CREATE VIRTUAL TABLE extra USING fts5(text)"),
    "another column": _sql('ALTER TABLE "{table}" ADD COLUMN extra TEXT'),
    "a table less": _sql('DROP TABLE "{table}"', "VACUUM"),
    "another table": _sql("CREATE TABLE extra (id TEXT)"),
    "an index that computes": _sql('CREATE INDEX extra ON "{table}"(hex(zeroblob(2000)))'),
    "an index that is not whole": _sql('CREATE UNIQUE INDEX extra ON "{table}"("{column}") WHERE random() > 0'),
    "100 MB in a cell": _sql('UPDATE "{table}" SET "{column}" = printf(\'%.*c\', 100000000, \'x\') WHERE rowid = 1'),
    "bytes for text": _in_every_table('UPDATE "{table}" SET "{column}" = x\'00ff00\''),
    "text that is no text": _in_every_table('UPDATE "{table}" SET "{column}" = CAST(x\'41ff42\' AS TEXT)'),
    "JSON 900 deep": _in_every_table('UPDATE "{table}" SET "{column}" = printf(\'%.*c\', 900, \'[\') || printf(\'%.*c\', 900, \']\')'),
    "JSON 90,000 deep": _in_every_table('UPDATE "{table}" SET "{column}" = printf(\'%.*c\', 90000, \'[\')'),
    "nothing where something must be": _in_every_table('UPDATE "{table}" SET "{column}" = NULL'),
    "markup in every text": _in_every_table('UPDATE "{table}" SET "{column}" = \'<img src="file:///etc/passwd"><table><tr><td>\''),
    "formulas in every text": _in_every_table('UPDATE "{table}" SET "{column}" = \'=cmd|"/c calc"!A1\''),
    "NUL inside every text": _in_every_table('UPDATE "{table}" SET "{column}" = \'a\' || char(0, 27, 8238, 7) || \'b\''),
    "numbers without end": _in_every_table('UPDATE "{table}" SET "{column}" = 9e999'),
    "a day that never was": _in_every_table('UPDATE "{table}" SET "{column}" = \'2026-13-45T99:99:99Z\''),
    "no rows": _in_every_table('DELETE FROM "{table}"'),
    "rows twice": _in_every_table('INSERT OR IGNORE INTO "{table}" SELECT * FROM "{table}"'),
    "rows that lead to themselves": _sql("UPDATE place SET parent = id", "UPDATE asset SET connected_to = id", "UPDATE device SET merged_into = id"),
    "free pages": _sql('DELETE FROM "{table}"'),
    "a definition that is none": _schema(lambda _: "CREATE TABLE nonsense ((("),
    "a definition of deep brackets": _schema(lambda sql: sql.rstrip(")") + f", CHECK ({DEEP}))"),
    "a definition of 2 MB": _schema(lambda sql: sql + " /*" + "x" * 2_000_000 + "*/"),
    "a definition that is not strict": _schema(lambda sql: sql.replace("STRICT", "")),
    "a crowd of tables": _crowd("table", "'CREATE TABLE x' || i || '(a)'", 100_000),
    "a crowd of views": _crowd("view", "'CREATE VIEW x' || i || ' AS SELECT 1'", 100_000),
    "a crowd of virtual tables": _crowd("table", "'CREATE VIRTUAL TABLE x' || i || ' USING fts5(a)'", 60_000),
    "a crowd of parts of no kind": _crowd("thing", "NULL", 200_000),
    "sizes of tables without end": _sql("ANALYZE", f"INSERT INTO sqlite_stat1 SELECT '{{table}}', NULL, i FROM {_numbers(300_000)}"),
    "numbers that are used up": _sql("UPDATE sqlite_sequence SET seq = 9223372036854775807"),
    "another program's": _sql("PRAGMA application_id = 252006674"),
    "version 0": _sql("PRAGMA user_version = 0"),
    "version -5": _sql("PRAGMA user_version = -5"),
    "version 2,000,000,000": _sql("PRAGMA user_version = 2000000000"),
    "corrupted pages": _bytes(_pages(b"\xff" * 64)),
    "pages of zeros": _bytes(_pages(bytes(PAGE))),
    "cells that point outside": _bytes(_pages(b"\xff\xff" * 40, 8)),
    "a page that points at itself": _bytes(_loop),
    "pages in another order": _bytes(lambda data: data[:PAGE] + data[: PAGE - 1 : -1]),
    "cut in a page": _bytes(lambda data: data[: len(data) // 2 - 100]),
    "cut by a page": _bytes(lambda data: data[:-PAGE]),
    "cut after its header": _bytes(lambda data: data[:100]),
    "longer by a page": _bytes(lambda data: data + bytes(PAGE)),
    "a header alone": _bytes(lambda _: b"SQLite format 3\0"),
    "a page size of 0": _header(16, b"\0\0"),
    "a page size of 3": _header(16, b"\0\3"),
    "pages that are all reserved": _header(20, b"\xff"),
    "a format of tomorrow": _header(18, b"\xff\xff"),
    "UTF-16 in its header": _header(56, struct.pack(">I", 3)),
    "a list of free pages that loops": _header(32, struct.pack(">II", 2, 4_000_000_000)),
    "a count of pages that lies": _header(28, struct.pack(">I", 0xFFFFFFFF)),
    "2 GB of nothing": _sparse(2 << 30),
    "900 MB of nothing, honestly": _sparse(900 << 20, honest=True),
    "64 GB of nothing": _sparse(64 << 30, honest=True),
    "a log beside it": _beside("-wal", b"\x37\x7f\x06\x82" + bytes(5_000)),
    "a log and its index beside it": _beside("-shm", b"\xff" * 32_768),
    "a journal of noise beside it": _beside("-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 5_000),
    "a lock with noise in it": _beside(".lock", b"\xff" * 100_000),
    "a signature of noise beside it": _beside(".minisig", b"\xff" * 100_000),
    "a signature without end beside it": _beside(".minisig", b"untrusted comment: x\n" + b"A" * 20_000_000),
}  # fmt: skip
UNIX_DATABASES: dict[str, Lay] = {
    "a journal that names a victim": _super_journal,
    "a journal that is a link": _link_beside("-journal"),
    "a journal that is a second name": _link_beside("-journal", hard=True),
    "a log that is a link": _link_beside("-wal"),
    "a log that is a second name": _link_beside("-wal", hard=True),
    "an index of the log that is a link": _link_beside("-shm"),
    "a lock that is a link": _link_beside(".lock"),
    "a lock that is a second name": _link_beside(".lock", hard=True),
    "a lock that is a pipe": _pipe_beside(".lock"),
    "a journal that is a pipe": _pipe_beside("-journal"),
    "a signature that is a pipe": _pipe_beside(".minisig"),
    "a signature that is a link": _link_beside(".minisig"),
    "back-ups that are a link": _linked_backups,
}
UNIX_OTHERS: dict[str, Lay] = {
    "a link to a file of the person's": _link_to("victim"),
    "a link to nowhere": _link_to("nowhere"),
    "a link to itself": _link_to("theirs"),
    "a link to /dev/zero": _link_to("/dev/zero"),
    "a link to /dev/full": _link_to("/dev/full"),
    "a pipe": _pipe,
    "a socket": _socket,
    "a folder": _folder,
    "a folder of pipes and links": _folder_of(
        *(f"{kind}.{end}" for kind in ("pipe", "link", "loop") for end in ("png", "jpg", "camcensus", "csv", "json"))
    ),
    "a folder in a folder, 600 letters deep": _folder_of("/".join(["x" * 200] * 3) + "/photo.png"),
    "a folder of 3,000 files": _folder_of(*(f"{n}.{end}" for n in range(1_000) for end in ("txt", "camcensus.txt", "zip"))),
    "a link to the person's own inventory": _link_to_own("school.camcensus"),
    "a link to the person's own roll-up": _link_to_own("national.camcensus-rollup"),
}


def _harmed(harm: Callable[[bytes], bytes]) -> Lay:
    return lambda path, sound, _victim: (path.write_bytes(harm(sound)), None)[1]


def _plain(data: Callable[[], bytes]) -> Lay:
    return lambda path, _sound, _victim: (path.write_bytes(data()), None)[1]


ALL: tuple[HostileFile, ...] = (
    *(HostileFile(name, "database", "", lay) for name, lay in DATABASES.items()),
    *(HostileFile(name, "beside", "", lay) for name, lay in (UNIX_DATABASES.items() if os.name == "posix" else ())),
    *(HostileFile(name, "no file", "", lay) for name, lay in (UNIX_OTHERS.items() if os.name == "posix" else ())),
    *(HostileFile(name, "book", suffix, _plain(data)) for name, (suffix, data) in BOOKS.items()),
    *(HostileFile(name, "text", suffix, _plain(data)) for name, (suffix, data) in TEXTS.items()),
    *(HostileFile(name, "picture", suffix, _plain(data)) for name, (suffix, data) in (PICTURES | LABELS).items()),
    *(HostileFile(name, "harmed", "", _harmed(harm)) for name, harm in HARMED.items()),
)
