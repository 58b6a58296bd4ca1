"""An exchange file's tables: what an organisation gives to its auditor, declared once in SQL that says what each column means.

Only texts and whole numbers, no view, trigger, index of ours or computed column: a reader may refuse a file that has any. What
each column means is written into every file, in its `data_dictionary`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from camcensus.model.frozen import frozen
from camcensus.store.exchange_file.tables import COMMENTED_SCHEMA
from camcensus.store.schema import EXCHANGE_ID

APPLICATION_ID = EXCHANGE_ID
""" "CAMC" at byte 68 of the file."""

SCHEMA_VERSION = 3
"""In user_version, and in `export.schema_version`. A reader refuses any other."""

_COMMENT = re.compile(r"\s*-- ([^\n]*)")

SCHEMA = _COMMENT.sub("", COMMENTED_SCHEMA)
"""The SQL that makes the tables, letter by letter: a reader refuses a file whose tables are spelt otherwise."""

_WORDS = (
    (re.compile(r" IN \(0, 1\)"), "0 no, 1 yes"),
    (re.compile(r" IN\s+\(('[^)]+')\)"), ""),
    (re.compile(r" = ('\w+')\)"), ""),
    (re.compile(r" LIKE '____-__-__T%Z'"), "UTC, ISO 8601, ending in Z"),
    (re.compile(r"\(\w+ LIKE '____-__-__'\)"), "ISO date"),
)
"""What a column's CHECK says of its words: said of it in the dictionary, unless a comment says otherwise in brackets."""


@frozen
class ExchangeTable:
    """What a row of a table is, a query to begin with, each column's meaning and words, and the primary key.

    Rows are hashed in the order of their key.
    """

    meaning: str
    query: str
    columns: Mapping[str, tuple[str, str]]
    key: tuple[str, ...]


def read_tables(schema: str) -> dict[str, ExchangeTable]:
    """The tables of a commented schema, by name."""
    found = {}
    for name, declared in re.findall(r"^CREATE TABLE (\w+) (\(.+?)^\) STRICT", schema, re.MULTILINE | re.DOTALL):
        head, *parts = re.split(r"\n(?=  \S)", declared)
        meaning, *query = _COMMENT.findall(head)
        columns = {part.split()[0]: _meaning_and_words(part) for part in parts if part.lstrip()[0].islower()}
        (key,) = re.findall(r"(\w+) \w+ PRIMARY KEY|PRIMARY KEY \((.+)\)", declared)
        found[name] = ExchangeTable(meaning, " ".join(query), columns, tuple("".join(key).split(", ")))
    return found


def _meaning_and_words(column: str) -> tuple[str, str]:
    meaning, bracket, words = " ".join(_COMMENT.findall(column)).partition(" [")
    if bracket:
        return meaning, words.removesuffix("]")
    said = ((pattern.search(_COMMENT.sub("", column)), words) for pattern, words in _WORDS)
    return meaning, next((words or match[1].replace("'", "") for match, words in said if match), "")


TABLES: Mapping[str, ExchangeTable] = read_tables(COMMENTED_SCHEMA)

HASHED: tuple[str, ...] = tuple(sorted(table for table in TABLES if table != "export"))
"""The tables whose rows and digest are in `export.tables`."""

_TOGETHER = 100
"""Rows read at a time: a stranger's may be of two megabytes each."""

NOT_SIGNED: tuple[str, ...] = ("public_key", "signature")
"""Columns of `export` that the signature is not over."""


def row_of(table: str, source: Any, /, **values: Any) -> tuple[Any, ...]:
    """A row of `table`, column by column: the value given for it here, else what `source`, an object or a mapping, has by that
    name. True and False become 1 and 0. What staff wrote is given, so that whoever makes the row takes names out of it.

    Raises TypeError for a value of no column, AttributeError or KeyError where a column has none.
    """
    columns = TABLES[table].columns
    if unknown := values.keys() - columns:
        raise TypeError(f"{table} has no column {', '.join(sorted(unknown))}")
    read = source.__getitem__ if isinstance(source, Mapping) else functools.partial(getattr, source)
    made = [values[name] if name in values else read(name) for name in columns]
    return tuple([int(value) if value is True or value is False else value for value in made])


def dictionary_rows() -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of `data_dictionary`, by table and column."""
    for name, table in sorted(TABLES.items()):
        yield name, "", table.meaning, "", table.query
        for column, (meaning, words) in sorted(table.columns.items()):
            yield name, column, meaning, words, ""


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table in the order of the schema."""
    return tuple(row[1] for row in connection.execute(f'PRAGMA table_info("{table}")'))


class TableDigest(NamedTuple):
    """How many rows a table has, the SHA-256 of its canonical text, how many bytes its longest line has, whether it is UTF-8.

    SQLite takes any bytes for text, and what is no UTF-8 cannot be read as a text afterwards.
    """

    rows: int
    sha256: str
    longest_bytes: int
    is_text: bool


def table_digest(connection: sqlite3.Connection, table: str) -> tuple[int, str]:
    """How many rows a table has, and the SHA-256 of its canonical text.

    The text is UTF-8, one line a row: a JSON array of the values in the order of the schema, without blanks, ended by "\\n"; of
    characters only `"`, `\\` and those below U+0020 are escaped. Rows are in the order of their primary key, texts compared
    byte by byte.
    """
    return digest_of(connection, table)[:2]


def digest_of(connection: sqlite3.Connection, table: str) -> TableDigest:
    """The same, with its longest line: no value in the table is longer than that."""
    rows = connection.execute(_lines_of(table))
    digest, number, longest, is_text = hashlib.sha256(), 0, 0, True
    while lines := list(chain.from_iterable(rows.fetchmany(_TOGETHER))):
        number += len(lines)
        longest = max(longest, *map(len, lines))
        text = b"\n".join([*lines, b""])
        digest.update(text)
        is_text = is_text and _is_utf8(text)
    return TableDigest(number, digest.hexdigest(), longest, is_text)


@functools.cache
def _lines_of(table: str) -> str:
    values = ", ".join(f'"{name}"' for name in TABLES[table].columns)
    order = ", ".join(f'"{name}" COLLATE BINARY' for name in TABLES[table].key)
    return f'SELECT CAST(json_array({values}) AS BLOB) FROM "{table}" ORDER BY {order}'


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def signed_text(export: Mapping[str, object]) -> bytes:
    """What a signature is over: the one row of `export`, with the digest of every other table in it.

    A JSON object with the names in alphabetical order, without blanks and without NOT_SIGNED, UTF-8, no end of line.
    """
    held = {name: value for name, value in export.items() if name not in NOT_SIGNED}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
