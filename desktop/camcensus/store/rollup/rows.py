"""Copies the rows of a checked export into the roll-up, one after the other, in the transaction of that file."""

from __future__ import annotations

import functools
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from camcensus.store.exchange_file.versions import columns_from
from camcensus.store.named_rows import insert_all, insert_columns, read
from camcensus.store.rollup.answers import CLOUD_LINK, Answers, SharedAnswer
from camcensus.store.rollup.check import TIME_S, TIME_S_PER_MB, open_copy
from camcensus.store.rollup.facts import copy_facts

_ROWS = 500
_NEVER_COUNTED = ("other", "unknown")
"""Kinds of devices that have no row of the register: they are kept, as another knowledge may see a camera in one."""


class Unsound(Exception):
    """The export holds together by SQLite's rules and not by ours."""


UNJUDGED = SharedAnswer("unknown", None, "unknown", None, (), ())

_IN_ITEM = ("status", "in_sensitive", "building_kind", "inside_outside", "unconfirmed", "installed_year")
_OF_DEVICE = ("network", "mac", "model", "serial", "firmware", "first_seen", "last_seen")
_IN_DETAIL = ("asset", "device", "ref", "place", "decision", *_OF_DEVICE)


def copy_rows(
    connection: sqlite3.Connection, copy: Path, version: int, export: int, answers: Answers, judged_by: str
) -> tuple[int, int]:
    """Copy what is counted and what it can be re-checked from; gives how many items, and channels of recorders without a row.

    `judged_by` is the knowledge version that the roll-up goes by: an answer of another one is stale. Raises Unsound, for the
    caller to take the transaction back, and sqlite3.Error where the roll-up itself cannot be written.
    """
    size_mb = copy.stat().st_size / 1e6
    with closing(open_copy(copy, seconds=3 * TIME_S + 5 * TIME_S_PER_MB * size_mb)) as theirs:
        try:
            return _Copying(connection, theirs, version, export, answers, judged_by).run()
        except (sqlite3.IntegrityError, ValueError, TypeError, RecursionError, MemoryError, OverflowError) as error:
            raise Unsound(str(error)) from error


class _Copying:
    def __init__(
        self, ours: sqlite3.Connection, theirs: sqlite3.Connection, version: int, export: int, answers: Answers, judged_by: str
    ) -> None:
        self._ours, self._theirs, self._export = ours, theirs, export
        self._from = functools.partial(columns_from, version)
        self._answers, self._judged_by = answers, judged_by
        self._next = int(ours.execute("SELECT coalesce(max(id), 0) + 1 FROM item").fetchone()[0])
        self._item_of: dict[str, int] = {}

    def run(self) -> tuple[int, int]:
        able, flaws = self._findings()
        first = self._next
        self._items(self._registered(), able, flaws)
        self._items(self._unregistered(), able, flaws)
        self._keys()
        self._observations()
        copy_facts(self._ours, self._batches, self._from, self._export)
        return self._next - first, self._channels_without_row()

    def _batches(self, sql: str, values: Sequence[Any] = ()) -> Iterator[list[sqlite3.Row]]:
        try:
            cursor = read(self._theirs, sql, values)
            while rows := cursor.fetchmany(_ROWS):
                yield rows
        except sqlite3.Error as error:
            raise Unsound(str(error)) from error

    def _channels_without_row(self) -> int:
        source = self._from("channel", "asset", "reported")
        (rows,) = self._batches(f"SELECT count(*) FROM {source} WHERE asset IS NULL AND reported = 1")
        return int(rows[0][0])

    def _findings(self) -> tuple[dict[str, tuple[tuple[str, str], ...]], dict[str, tuple[tuple[str, str, int], ...]]]:
        """By device: the states of its capabilities and of its cloud link; the published flaws that apply or may."""
        able: dict[str, dict[str, str]] = defaultdict(dict)
        flaws: dict[str, dict[str, tuple[str, str, int]]] = defaultdict(dict)
        source = self._from("finding", "device", "kind", "subject", "state", "known_exploited")
        linked = self._from("device", "id", "cloud_state")
        for rows in self._batches(
            f"SELECT device, kind, subject, state, known_exploited FROM {source} WHERE kind IN ('capability', 'advisory')"
            f" UNION ALL SELECT id, 'capability', '{CLOUD_LINK}', cloud_state, 0 FROM {linked} WHERE cloud_state <> 'unknown'"
        ):
            for device, kind, subject, state, exploited in rows:
                if kind == "capability":
                    able[device][subject] = state
                else:
                    flaws[device][subject] = (subject, state, exploited)
        states = {device: tuple(sorted(found.items())) for device, found in able.items()}
        return states, {device: tuple(sorted(found.values())) for device, found in flaws.items()}

    def _registered(self) -> Iterator[list[sqlite3.Row]]:
        asset = self._from(
            "asset", "id", "ref", "kind", "kind_said_by", "status", "device", "place", "in_sensitive", "building_kind",
            "inside_outside", "unconfirmed", "installed_year",
        )  # fmt: skip
        return self._batches(
            "SELECT asset.id AS asset, ref, asset.kind, kind_said_by, status, in_sensitive, building_kind, inside_outside,"
            " unconfirmed, installed_year, place.path AS place, decision.what AS decision, asset.device,"
            f" {_DEVICE} FROM {asset}"
            f" LEFT JOIN {self._from('place', 'id', 'path')} ON place.id = asset.place"
            f" LEFT JOIN {self._from('decision', 'asset', 'what')} ON decision.asset = asset.id"
            f" LEFT JOIN {self._device()} ON device.id = asset.device"
            f" LEFT JOIN {self._attribution()} ON attribution.device = asset.device"
        )

    def _unregistered(self) -> Iterator[list[sqlite3.Row]]:
        return self._batches(
            "SELECT NULL AS asset, NULL AS ref, device.kind, 'answers' AS kind_said_by, 'present' AS status, 0 AS in_sensitive,"
            " NULL AS building_kind, NULL AS inside_outside, 0 AS unconfirmed, NULL AS installed_year, NULL AS place,"
            f" NULL AS decision, device.id AS device, {_DEVICE} FROM {self._device()}"
            f" LEFT JOIN {self._attribution()} ON attribution.device = device.id"
            " WHERE device.kind IN (?, ?) AND device.id NOT IN"
            f" (SELECT device FROM {self._from('asset', 'device')} WHERE device IS NOT NULL)",
            _NEVER_COUNTED,
        )

    def _device(self) -> str:
        return self._from("device", "id", "kind", "addresses", *_OF_DEVICE)

    def _attribution(self) -> str:
        return self._from("attribution", "device", "grade", "manufacturer", "candidates", "brand", "knowledge_version")

    def _items(
        self,
        batches: Iterator[list[sqlite3.Row]],
        able: dict[str, tuple[tuple[str, str], ...]],
        flaws: dict[str, tuple[tuple[str, str, int], ...]],
    ) -> None:
        for rows in batches:
            items, details = [], []
            names = rows[0].keys()
            for found in rows:
                row = dict(zip(names, found, strict=True))  # asked for each column, which sqlite3.Row looks for from the first
                number = self._next
                self._next += 1
                kind, device, version = row["kind"], row["device"], row["knowledge_version"]
                if device is not None:
                    self._item_of[device] = number
                if row["grade"] is None:
                    answer = UNJUDGED._replace(kind=kind)
                else:
                    candidates = tuple(json.loads(row["candidates"]))
                    answer = SharedAnswer(
                        kind, row["manufacturer"], row["grade"], row["brand"], candidates, able.get(device, ()),
                        flaws.get(device, ()),
                    )  # fmt: skip
                own = self._answers.id_of(answer)
                items.append(
                    {name: row[name] for name in _IN_ITEM}
                    | {
                        "id": number, "export": self._export, "has_row": row["asset"] is not None,
                        "has_device": device is not None,
                        "said_kind": kind if row["kind_said_by"] == "person" or device is None else None, "answer": own,
                        "stale": device is not None and version != self._judged_by, "in_body": 1, "in_nation": 1,
                    }
                )  # fmt: skip
                details.append(
                    {name: row[name] for name in _IN_DETAIL}
                    | {"item": number, "addresses": row["addresses"] or "[]", "own_answer": own, "own_version": version}
                )
            insert_all(self._ours, "item", items)
            insert_all(self._ours, "detail", details)

    def _keys(self) -> None:
        columns = ("kind", "value", "rank", "strong")
        source = self._from("device_key", "device", "kind", "value", "rank", "trust")
        self._put("item_key", columns, f"SELECT device, kind, value, rank, trust = 'strong' FROM {source}")

    def _observations(self) -> None:
        same = ("probe", "ask", "network", "address", "port", "mac", "at", "cut", "state", "fields", "codec")
        source = self._from("observation", "device", "id", *same)
        self._put("observation", ("uuid", *same), f"SELECT device, id, {', '.join(same)} FROM {source}")

    def _put(self, table: str, columns: Sequence[str], sql: str) -> None:
        """What belongs to the devices that are items; `sql` gives the device, then these columns."""
        item_of = self._item_of
        for rows in self._batches(sql):
            made = ((item_of[row[0]], *row[1:]) for row in rows if row[0] in item_of)
            insert_columns(self._ours, table, ("item", *columns), made)


_DEVICE = (
    ", ".join(f"device.{name}" for name in (*_OF_DEVICE, "addresses"))
    + ", grade, manufacturer, candidates, brand, knowledge_version"
)


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
    for table in ("item", "plan_year", "site"):
        connection.execute(f"DELETE FROM {table} WHERE export = ?", [export])
    connection.execute("DELETE FROM export WHERE id = ?", [export])
