"""Copies the rows of a checked export into the roll-up, all at once in the transaction of that file.

SQLite copies them from the private copy, which is attached: to go through them one by one takes twice as long.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from camcensus.store.exchange_file.versions import columns_from
from camcensus.store.rollup.answers import Answers, SharedAnswer
from camcensus.store.rollup.check import TIME_S, TIME_S_PER_MB

type CopyInto = Callable[[int], tuple[int, int]]
"""Copies what came with a file into the export of that number; gives how many items, and channels without a row."""

_THEIRS = "theirs"
"""The name under which the private copy is attached."""
_CANNOT_BE_OURS = frozenset({sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG,
                             sqlite3.SQLITE_INTERRUPT})  # fmt: skip
"""What SQLite says of rows that do not fit, or that take too long; anything else is of the roll-up or its disk."""
_OF_DEVICE = ("network", "mac", "model", "serial", "firmware", "first_seen", "last_seen")
_OF_OBSERVATION = ("probe", "ask", "network", "address", "port", "mac", "at", "cut", "state", "fields", "codec")
_NEVER_COUNTED = "('other', 'unknown')"
"""Kinds of devices that have no row of the register: they are kept, as another knowledge may see a camera in one."""
_TEMPORARY = (
    "able (device TEXT PRIMARY KEY, states TEXT NOT NULL) WITHOUT ROWID",
    "given (item INTEGER PRIMARY KEY, asset TEXT, device TEXT, kind TEXT NOT NULL, said_by TEXT NOT NULL, answer TEXT NOT NULL)",
    "same_answer (answer TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID",
    "item_of (device TEXT PRIMARY KEY, item INTEGER NOT NULL) WITHOUT ROWID",
)


class Unsound(Exception):
    """The export holds together by SQLite's rules and not by ours."""


@contextlib.contextmanager
def rows_of(connection: sqlite3.Connection, copy: Path, version: int, answers: Answers, judged_by: str) -> Iterator[CopyInto]:
    """Has the private copy of an export attached, and copies from it what is counted and what it can be re-checked from.

    `judged_by` is the knowledge version that the roll-up goes by: an answer of another one is stale. No transaction may be open
    at the start and the end. What copies raises Unsound, for the caller to take the transaction back, and sqlite3.Error where
    the roll-up itself cannot be written.
    """
    seconds = 3 * TIME_S + 5 * TIME_S_PER_MB * copy.stat().st_size / 1e6
    for table in _TEMPORARY:
        connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table}")
    connection.execute(f"ATTACH ? AS {_THEIRS}", [f"{copy.resolve().as_uri()}?mode=ro&immutable=1"])
    end = time.process_time() + seconds  # not by the clock: a busy computer is no fault of the file
    connection.set_progress_handler(lambda: time.process_time() > end, 100_000)

    def copy_into(export: int) -> tuple[int, int]:
        try:
            return _Copying(connection, version, export, answers, judged_by).run()
        except sqlite3.Error as error:
            if error.sqlite_errorcode & 0xFF in _CANNOT_BE_OURS:
                raise Unsound(str(error)) from error
            raise
        except (ValueError, TypeError, RecursionError, MemoryError, OverflowError) as error:
            raise Unsound(str(error)) from error

    try:
        yield copy_into
    finally:
        connection.set_progress_handler(None, 0)
        connection.execute(f"DETACH {_THEIRS}")


class _Copying:
    def __init__(self, connection: sqlite3.Connection, version: int, export: int, answers: Answers, judged_by: str) -> None:
        self._execute = connection.execute
        self._version, self._export = version, export
        self._answers, self._judged_by = answers, judged_by

    def _from(self, table: str, *columns: str) -> str:
        return columns_from(self._version, table, *columns, schema=_THEIRS)

    def run(self) -> tuple[int, int]:
        for table in ("able", "given", "same_answer", "item_of"):
            self._execute(f"DELETE FROM temp.{table}")
        self._execute(
            "INSERT INTO temp.able SELECT device, json_group_array(json_array(subject, state))"
            f" FROM {self._from('finding', 'device', 'kind', 'subject', 'state')} WHERE kind = 'capability' GROUP BY device"
        )
        first = self._execute("SELECT coalesce(max(id), 0) + 1 FROM item").fetchone()[0]
        self._give_numbers(first)
        for (answer,) in self._execute("SELECT DISTINCT answer FROM temp.given").fetchall():
            self._execute("INSERT INTO temp.same_answer VALUES (?, ?)", [answer, self._answers.id_of(_shared(answer))])
        self._items()
        self._details()
        self._execute(
            "INSERT OR REPLACE INTO temp.item_of SELECT device, item FROM temp.given WHERE device IS NOT NULL ORDER BY item"
        )
        self._of_devices("item_key", ("kind", "value", "rank", "trust = 'strong'"), "kind, value, rank, strong", "device_key")
        self._of_devices("observation", ("id", *_OF_OBSERVATION), ", ".join(("uuid", *_OF_OBSERVATION)), "observation")
        items = self._execute("SELECT count(*) FROM temp.given").fetchone()[0]
        source = self._from("channel", "asset", "reported")
        return items, self._execute(f"SELECT count(*) FROM {source} WHERE asset IS NULL AND reported = 1").fetchone()[0]

    def _give_numbers(self, first: int) -> None:
        """Rows of the register, then devices that have none and may be a camera by other knowledge."""
        judged = self._from("attribution", "device", "grade", "manufacturer", "candidates", "brand")
        answer = (
            "CASE WHEN grade IS NULL THEN json_array({0}.kind, NULL, 'unknown', NULL, json('[]'), json('[]')) ELSE json_array("
            "{0}.kind, manufacturer, grade, brand, json(candidates), json(coalesce(able.states, '[]'))) END"
        )
        self._execute(
            "INSERT INTO temp.given SELECT ? - 1 + row_number() OVER (), asset.id, asset.device, asset.kind, kind_said_by,"
            f" {answer.format('asset')} FROM {self._from('asset', 'id', 'device', 'kind', 'kind_said_by')}"
            f" LEFT JOIN {judged} ON attribution.device = asset.device LEFT JOIN temp.able ON able.device = asset.device",
            [first],
        )
        self._execute(
            "INSERT INTO temp.given SELECT (SELECT coalesce(max(item), ? - 1) FROM temp.given) + row_number() OVER (), NULL, device.id,"
            f" device.kind, 'answers', {answer.format('device')} FROM {self._from('device', 'id', 'kind')}"
            f" LEFT JOIN {judged} ON attribution.device = device.id LEFT JOIN temp.able ON able.device = device.id"
            f" WHERE device.kind IN {_NEVER_COUNTED} AND device.id NOT IN"
            f" (SELECT device FROM {self._from('asset', 'device')} WHERE device IS NOT NULL)",
            [first],
        )

    def _items(self) -> None:
        columns = ("status", "in_sensitive", "building_kind", "inside_outside", "unconfirmed", "installed_year")
        values = [
            "coalesce(status, 'present')",
            "coalesce(in_sensitive, 0)",
            *columns[2:4],
            "coalesce(unconfirmed, 0)",
            columns[5],
        ]
        self._execute(
            "INSERT INTO item (id, export, has_row, has_device, said_kind, answer, stale, in_body, in_nation,"
            f" {', '.join(columns)}) SELECT item, ?, given.asset IS NOT NULL, given.device IS NOT NULL,"
            " CASE WHEN said_by = 'person' OR given.device IS NULL THEN given.kind END, same_answer.id,"
            f" given.device IS NOT NULL AND knowledge_version IS NOT ?, 1, 1, {', '.join(values)} FROM temp.given"
            " JOIN temp.same_answer ON same_answer.answer = given.answer"
            f" LEFT JOIN {self._from('asset', 'id', *columns)} ON asset.id = given.asset"
            f" LEFT JOIN {self._from('attribution', 'device', 'knowledge_version')} ON attribution.device = given.device"
            " ORDER BY item",
            [self._export, self._judged_by],
        )

    def _details(self) -> None:
        mine = ", ".join(f"device.{name}" for name in _OF_DEVICE)
        self._execute(
            f"INSERT INTO detail (item, asset, device, ref, place, decision, {', '.join(_OF_DEVICE)}, addresses, own_answer,"
            f" own_version) SELECT item, given.asset, given.device, ref, place.path, decision.what, {mine},"
            " coalesce(addresses, '[]'), same_answer.id, knowledge_version FROM temp.given"
            " JOIN temp.same_answer ON same_answer.answer = given.answer"
            f" LEFT JOIN {self._from('asset', 'id', 'ref', 'place')} ON asset.id = given.asset"
            f" LEFT JOIN {self._from('place', 'id', 'path')} ON place.id = asset.place"
            f" LEFT JOIN {self._from('decision', 'asset', 'what')} ON decision.asset = given.asset"
            f" LEFT JOIN {self._from('device', 'id', 'addresses', *_OF_DEVICE)} ON device.id = given.device"
            f" LEFT JOIN {self._from('attribution', 'device', 'knowledge_version')} ON attribution.device = given.device"
            " ORDER BY item"
        )

    def _of_devices(self, table: str, values: tuple[str, ...], columns: str, source: str) -> None:
        """What belongs to the devices that are items."""
        read = {value.partition(" ")[0] for value in values} | {"device"}
        self._execute(
            f"INSERT INTO {table} (item, {columns}) SELECT item_of.item, {', '.join(f'{source}.{value}' for value in values)}"
            f" FROM {self._from(source, *sorted(read))} JOIN temp.item_of ON item_of.device = {source}.device"
        )


def _shared(answer: str) -> SharedAnswer:
    """An answer by its text. Of a capability that is named twice the last counts."""
    kind, maker, grade, brand, candidates, states = json.loads(answer)
    return SharedAnswer(kind, maker, grade, brand, tuple(candidates), tuple(sorted(dict(states).items())))


def remove_rows(connection: sqlite3.Connection, export: int) -> None:
    """Take an export and all that came with it out again; its body is settled anew."""
    connection.execute("INSERT OR IGNORE INTO unsettled SELECT body FROM export WHERE id = ?", [export])
    # A device that another body has too counts there now.
    connection.execute(
        "INSERT OR IGNORE INTO unsettled SELECT other.body FROM double JOIN item ON item.id IN (double.item, double.first)"
        " JOIN export AS other ON other.id = item.export WHERE double.item IN (SELECT id FROM item WHERE export = ?1)"
        " OR double.first IN (SELECT id FROM item WHERE export = ?1)",
        [export],
    )
    mine = "SELECT id FROM item WHERE export = ?1"
    connection.execute(
        f"UPDATE item SET in_body = 1, in_nation = 1 WHERE id IN (SELECT item FROM double WHERE first IN ({mine}))", [export]
    )
    for table, key in (
        ("double", "item"),
        ("double", "first"),
        ("item_key", "item"),
        ("observation", "item"),
        ("detail", "item"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {key} IN ({mine})", [export])
    connection.execute("DELETE FROM item WHERE export = ?", [export])
    connection.execute("DELETE FROM export WHERE id = ?", [export])
