"""Answers of a roll-up that are not of the knowledge wanted: which items have them, what they are judged from, and new ones."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

from camcensus.model.device import UNREAD, Device, Key, Observation, Reading
from camcensus.store.named_rows import read
from camcensus.store.rollup.file import RollUpFile
from camcensus.store.rollup.taking import JUDGED_BY

NEXT = "judging_by"
"""Setting: the knowledge version that a job under way, or stopped, judges by."""


def has_stale(connection: sqlite3.Connection) -> bool:
    """Whether any item has an answer of older or other knowledge than the roll-up goes by."""
    return connection.execute("SELECT 1 FROM item WHERE stale = 1 LIMIT 1").fetchone() is not None


def pending_items(file: RollUpFile, version: str) -> list[int]:
    """The items still to be judged until every answer is of that knowledge version."""
    wanted, values = "item.stale = 1", list[str]()
    if file.setting(JUDGED_BY) != version:
        wanted, values = "item.has_device = 1 AND detail.own_version <> ?", [version]
        if file.setting(NEXT) == version:
            wanted += " AND item.next_answer IS NULL"
    sql = f"SELECT item.id FROM item JOIN detail ON detail.item = item.id WHERE {wanted} ORDER BY item.id"
    return [item for (item,) in file.connection.execute(sql, values)]


def begin_next(file: RollUpFile, version: str) -> None:
    """Forget what was judged by another version, and take over what the bodies' own programs judged by this one."""
    if file.setting(NEXT) != version:
        with file.writing() as connection:
            connection.execute("UPDATE item SET next_answer = NULL WHERE next_answer IS NOT NULL")
            file.set(NEXT, version)
    with file.writing() as connection:
        connection.execute(
            "UPDATE item SET next_answer = (SELECT own_answer FROM detail WHERE item = item.id) WHERE has_device = 1"
            " AND next_answer IS NULL AND (SELECT own_version FROM detail WHERE item = item.id) = ?",
            [version],
        )


def save_answers(connection: sqlite3.Connection, answers: Sequence[tuple[int, int]], *, at_once: bool) -> None:
    """Save the answer of each item (answer, item): to count `at_once`, or when all are there."""
    column = "answer = ?, stale = 0" if at_once else "next_answer = ?"
    connection.executemany(f"UPDATE item SET {column} WHERE id = ?", answers)
    if at_once:
        connection.executemany(
            "INSERT OR IGNORE INTO unsettled SELECT export.body FROM item JOIN export ON export.id = item.export"
            " WHERE item.id = ?",
            [(item,) for _, item in answers],
        )


def end_next(file: RollUpFile, version: str) -> None:
    """From here on the roll-up goes by the answers of that version, in the open transaction."""
    file.connection.execute(
        "UPDATE item SET answer = coalesce(next_answer, answer), stale = 0, next_answer = NULL"
        " WHERE next_answer IS NOT NULL OR stale = 1"
    )
    file.connection.execute("INSERT OR IGNORE INTO unsettled SELECT id FROM body")
    file.set(JUDGED_BY, version)
    file.set(NEXT, None)


def read_devices(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[tuple[int, Device]]:
    """Items with their devices, as they were when their bodies' own programs judged them. At most some thousand ids."""
    if not ids:
        return
    among = f"IN ({', '.join('?' * len(ids))})"
    keys: dict[int, list[Key]] = defaultdict(list)
    for item, kind, value, strong in connection.execute(
        f"SELECT item, kind, value, strong FROM item_key WHERE item {among} ORDER BY item, rank, kind, value", ids
    ):
        keys[item].append(Key(kind, value, "strong" if strong else "weak"))
    seen: dict[int, list[Observation]] = defaultdict(list)
    for row in read(connection, f"SELECT * FROM observation WHERE item {among}", ids):
        seen[row["item"]].append(_observation(row))
    rows = connection.execute(f"SELECT item, network, mac, addresses FROM detail WHERE item {among}", ids).fetchall()
    for item, network, mac, addresses in rows:
        replies = tuple(sorted(seen[item], key=lambda one: (one.at, one.id)))
        yield item, Device(tuple(keys[item]), _texts(addresses), network, mac, replies)


def _observation(row: sqlite3.Row) -> Observation:
    try:
        fields = {str(name): tuple(map(str, values)) for name, values in json.loads(row["fields"]).items()}
        reading = Reading(row["state"], fields, row["codec"], None)
    except (ValueError, TypeError, AttributeError, RecursionError):
        reading = UNREAD
    plain = {name: row[name] for name in ("probe", "address", "at", "ask", "network", "port", "mac")}
    return Observation(**plain, cut=bool(row["cut"]), reading=reading).known_as(row["uuid"])


def _texts(text: str) -> tuple[str, ...]:
    try:
        return tuple(map(str, json.loads(text)))
    except (ValueError, TypeError, RecursionError):
        return ()
