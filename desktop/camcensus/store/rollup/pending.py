"""Devices of a roll-up whose answers are not of the knowledge wanted: what they are judged from, and their new answers."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

from camcensus.model.device import UNREAD, Device, Key, Observation, Reading
from camcensus.store.named_rows import read
from camcensus.store.rollup.file import RollUpFile
from camcensus.store.rollup.taking import JUDGED_BY


def has_stale(connection: sqlite3.Connection) -> bool:
    """Whether any item has an answer of older or other knowledge than the roll-up goes by."""
    return connection.execute("SELECT 1 FROM item WHERE stale = 1 LIMIT 1").fetchone() is not None


def pending_items(file: RollUpFile, version: str) -> list[int]:
    """The items still to be judged until every answer is of that knowledge version."""
    wanted, values = "item.stale = 1", list[str]()
    if file.setting(JUDGED_BY) != version:
        wanted, values = "item.has_device = 1 AND detail.own_version <> ?", [version]
    sql = f"SELECT item.id FROM item JOIN detail ON detail.item = item.id WHERE {wanted} ORDER BY item.id"
    return [item for (item,) in file.connection.execute(sql, values)]


def save_answers(connection: sqlite3.Connection, answers: Sequence[tuple[int, int]]) -> None:
    """Save the answer of each item (answer, item)."""
    connection.executemany("UPDATE item SET answer = ?, stale = 0 WHERE id = ?", answers)


def go_by(file: RollUpFile, version: str) -> None:
    """From here on the roll-up goes by the answers of that version: those of the bodies' own programs too, where they are."""
    file.connection.execute(
        "UPDATE item SET answer = (SELECT own_answer FROM detail WHERE item = item.id), stale = 0"
        " WHERE has_device = 1 AND (SELECT own_version FROM detail WHERE item = item.id) = ?",
        [version],
    )
    file.connection.execute("INSERT OR IGNORE INTO unsettled SELECT id FROM body")
    file.set(JUDGED_BY, version)


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
