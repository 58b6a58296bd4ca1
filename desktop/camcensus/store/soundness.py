"""Checks that an inventory holds only what we could have written: it may come from anybody, or from a failing disk.

SQLite's own checks see pages that do not fit together. They see neither a view, a trigger or a computed column that somebody
put in, nor a value that no column of ours may hold. All is looked at where the file is opened, by SQLite itself, so that
nothing later has to expect what can not be there.
"""

from __future__ import annotations

import functools
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlite_utils import Database, Migrations

from camcensus.store.private_copy import checks_in
from camcensus.store.schema import MIGRATIONS

_LOOKS = re.compile(r'[\s"\[\]]+')
_OF_SQLITE = frozenset({("table", "sqlite_sequence", "sqlite_sequence"), ("table", "sqlite_stat1", "sqlite_stat1")})
"""What SQLite makes by itself in a file of ours: a table, never a trigger or a view that bears its name."""
_JSON: dict[str, dict[str, str | None]] = {
    "asset": {"tags": "text"},
    "change": {"steps": "array", "inverse": "array"},
    "device": {"addresses": "text"},
    "judgement": {"candidates": "text", "findings": "object", "care": "object"},
    "observation": {"fields": None},
    "plan_batch": {"place_path": "text"},
    "plan_version": {"brief": None, "plan": None},
    "running": {"scan": None},
    "scan": {"interfaces": "object", "ranges": "text", "not_covered": "text", "advice": "object"},
    "seen": {"observation": None},
    "sighting": {"addresses": "text"},
}
"""Columns that hold JSON: what a list in it holds, or None where it is an object."""
_MOMENTS = {
    "asset": ("decision_at", "confirmed_at"),
    "change": ("undone_at",),
    "device": ("first_seen", "last_seen"),
    "device_key": ("first", "last"),
    "doubt": ("answered_at",),
    "photo": ("taken_at",),
}
"""Columns that hold a date, with or without a time of day, besides those that a CHECK says it of."""
_NO_BODY = "FROM (SELECT count(*) AS bodies FROM body) WHERE bodies <> 1"
"""Whose inventory it is: one row, always."""
LARGEST = 1 << 53
"""No number of ours is larger."""
_DATED = re.compile(r"(\w+) LIKE '(____-__-__(?:T%Z)?)'")
LONGEST_TEXT_BYTES, LONGEST_LIST_BYTES = 1 << 20, 64 << 20
"""Of a name or a note, and of what holds lists (an import of a large register is one line of the change log)."""
_LISTS = frozenset({("judgement", "answer"), ("setting", "value")}) | {
    (table, column) for table, columns in _JSON.items() for column in columns
}
OCTETS = "octet_length" if sqlite3.sqlite_version_info >= (3, 43) else "length"
"""The first does not read the text that it measures."""
_OUR_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite_%'"
_TOO_DEEP = "length(\"value\") - length(replace(replace(\"value\", '[', ''), '{', '')) > 1000 AND json_valid(\"value\") = 0"
"""A setting is text or JSON. Ours has no broken JSON with so many brackets; what SQLite calls valid is at most 1,000 deep."""
DEEPEST_PLACE = 100
"""Places within places: each is shown with all that it lies in, so that a long chain of them would fill the memory."""
PARENTS = (("place", "parent"), ("asset", "connected_to"), ("device", "merged_into"))


def has_our_schema(db: Database, migrations: Migrations = MIGRATIONS) -> bool:
    """Whether there are just the tables, indexes and columns that these migrations of ours make. Raises sqlite3.Error."""
    expected = _schema(_applied(db), migrations)
    # The columns of 100,000 tables of others would take half a minute.
    return expected is not None and _parts_of(db) <= expected and _schema_of(db) == expected


def has_short_texts(db: Database) -> bool:
    """Whether no text is longer than any of ours, in a file with our schema. Raises sqlite3.Error."""
    made = _made(_applied(db))
    assert made is not None
    long = (
        (table, f'{OCTETS}("{name}") > {most_bytes(table, name)}')
        for (table,) in made.execute(_OUR_TABLES).fetchall()
        for _, name, kind, *_ in made.execute(f'PRAGMA table_info("{table}")').fetchall()
        if kind == "TEXT"
    )
    return not any(db.execute(f"SELECT 1 {of} LIMIT 1").fetchone() for _, of in _once_through(long))


def has_readable_texts(db: Database) -> bool:
    """True once each text was read: one that is no text raises sqlite3.Error.

    Without this, only the commands that read such a text would say that the file is damaged.
    """
    made = _made(_applied(db))
    assert made is not None
    for (table,) in made.execute(_OUR_TABLES).fetchall():
        texts = [name for _, name, kind, *_ in made.execute(f'PRAGMA table_info("{table}")') if kind == "TEXT"]
        for _ in db.execute(f'SELECT {" || ' ' || ".join(f'coalesce("{name}", 0)' for name in texts) or 0} FROM "{table}"'):
            pass
    return True


def most_bytes(table: str, column: str) -> int:
    """The length that no text of ours in this column has."""
    return LONGEST_LIST_BYTES if (table, column) in _LISTS else LONGEST_TEXT_BYTES


def fits(table: str, column: str, text: str) -> bool:
    """Whether a text may be saved in a column: with a longer one the file would not open again."""
    return len(text) * 4 <= LONGEST_TEXT_BYTES or len(text.encode("utf-8", "replace")) <= most_bytes(table, column)


def has_our_values(db: Database) -> bool:
    """Whether each value is such as our own programs write, in a file with our schema. Raises sqlite3.Error."""
    return not any(db.execute(f"SELECT 1 {fault} LIMIT 1").fetchone() for fault in _faults(_applied(db))) and not any(
        _has_circle(db, table, column) for table, column in PARENTS
    )


def _applied(db: Database) -> tuple[str, ...]:
    return tuple(row[0] for row in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id"))


def _has_circle(db: Database, table: str, column: str) -> bool:
    """Whether a row leads back to itself through what it is in, or a place lies deeper than any that a person makes."""
    above = dict(db.execute(f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL').fetchall())
    depths = dict[str, int]()
    for start in above:
        way = list[str]()
        on_way = set[str]()
        at: str | None = start
        while at is not None and at in above and at not in depths:
            if at in on_way:
                return True
            way.append(at)
            on_way.add(at)
            at = above[at]
        deep = depths.get(at, 0) if at is not None else 0
        depths.update((one, deep + number) for number, one in enumerate(reversed(way), 1))
    return table == "place" and max(depths.values(), default=0) > DEEPEST_PLACE


def _schema_of(db: Database) -> frozenset[tuple[str, str, str, str]]:
    """Each part, and each column of each table: white space, which SQL has as it likes, may also part or join two words."""
    made = _parts_of(db)
    columns = {
        ("column", name, table, f"{kind} {required} {default} {key} {hidden}")
        for table in sorted({part[1] for part in made if part[0] == "table"})
        for name, kind, required, default, key, hidden in db.execute(
            'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?)', [table]
        )
    }
    return frozenset(made | columns)


def _parts_of(db: Database) -> frozenset[tuple[str, str, str, str]]:
    """Each table, index, view and trigger, as it was made."""
    parts = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    ours = (part for part in parts if part[:3] not in _OF_SQLITE)
    return frozenset((kind, name, table, _LOOKS.sub("", sql or "")) for kind, name, table, sql in ours)


@functools.cache
def _made(applied: tuple[str, ...], migrations: Migrations = MIGRATIONS) -> Database | None:
    """An empty database that these migrations made; None where one of them is none of ours."""
    if not set(applied) <= {step.name for step in migrations._migrations}:
        return None
    db = Database(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False), execute_plugins=False)
    migrations.ensure_migrations_table(db)
    for migration in migrations._migrations:
        if migration.name in applied:
            migration.fn(db)
    return db


@functools.cache
def _schema(applied: tuple[str, ...], migrations: Migrations) -> frozenset[tuple[str, str, str, str]] | None:
    made = _made(applied, migrations)
    return _schema_of(made) if made is not None else None


@functools.cache
def _faults(applied: tuple[str, ...]) -> tuple[str, ...]:
    """The rest of a SELECT for each thing that no row may be."""
    return (_NO_BODY, *(fault for _, fault in _once_through(faults_by_table(applied))))


def _once_through(conditions: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each table, and the rest of one SELECT for all conditions of it, so that it is gone through once."""
    of_table = defaultdict[str, list[str]](list)
    for table, condition in conditions:
        of_table[table].append(f"({condition})")
    return ((table, f'FROM "{table}" WHERE {" OR ".join(every)}') for table, every in of_table.items())


@functools.cache
def faults_by_table(applied: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(table, condition) for each thing that no row of ours may be, where these migrations made the file."""
    made = _made(applied)
    assert made is not None
    tables = made.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite_%'").fetchall()
    return tuple((name, condition) for name, sql in tables for condition in _of_table(made, name, sql))


def _of_table(made: Database, table: str, sql: str) -> Iterator[str]:
    columns = {row[1]: row[2] for row in made.execute(f'PRAGMA table_info("{table}")')}
    wrong = [f"NOT {expression}" for expression in checks_in(sql)]
    wrong += [_of_json(name, held) for name, held in _JSON.get(table, {}).items() if name in columns]
    wrong += [_TOO_DEEP] if table == "setting" else []
    wrong += [f'"{name}" NOT BETWEEN -{LARGEST} AND {LARGEST}' for name in columns if columns[name] == "INTEGER"]
    dated = {name for name, _ in _DATED.findall(sql)} | set(_MOMENTS.get(table, ()))
    wrong += [_of_moment(name) for name in sorted(dated & columns.keys())]
    yield from wrong


def _of_moment(column: str) -> str:
    """When a value is no day, and no moment, that there is for Python too; what is shorter says less than a day."""
    cell = f'"{column}"'
    second, rest = f"substr({cell}, 1, 19)", f"substr({cell}, 20)"
    # SQLite rounds thousandths, up to the next second too, so that it is asked without them.
    odd_rest = f"{rest} NOT GLOB '.[0-9]*' OR trim(substr({rest}, 2), '0123456789') NOT IN ('', 'Z') OR {rest} GLOB '*Z?*'"
    return (
        f"CASE WHEN {cell} IS NULL OR length({cell}) < 10 THEN 0 WHEN {cell} LIKE '0000%' THEN 1"
        f" WHEN length({cell}) = 10 THEN strftime('%Y-%m-%d', {cell}) IS NOT {cell}"
        f" ELSE strftime('%Y-%m-%dT%H:%M:%S', {second}) IS NOT {second} OR substr({cell}, 12, 2) = '24'"
        f" OR ({rest} NOT IN ('', 'Z') AND ({odd_rest})) END"
    )


def _of_json(column: str, held: str | None) -> str:
    """When a value is no JSON, or not of the form that is read from it."""
    odd = f"json_type(\"{column}\") <> '{'array' if held else 'object'}'"
    if held is not None:
        odd += f" OR EXISTS (SELECT 1 FROM json_each(\"{column}\") AS one WHERE one.type <> '{held}')"
    return f'CASE WHEN "{column}" IS NULL THEN 0 WHEN json_valid("{column}") = 0 THEN 1 ELSE {odd} END'
