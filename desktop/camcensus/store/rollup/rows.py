"""Copies the rows of a checked export into the roll-up, one after the other, in the transaction of that file."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from camcensus.store.exchange_file.versions import columns_from
from camcensus.store.rollup.answers import Answers, SharedAnswer
from camcensus.store.rollup.check import TIME_S, TIME_S_PER_MB, open_copy

_ROWS = 500
_NEVER_COUNTED = ("other", "unknown")
"""Kinds of devices that have no row of the register: they are kept, as another knowledge may see a camera in one."""


class Unsound(Exception):
    """The export holds together by SQLite's rules and not by ours."""


UNJUDGED = SharedAnswer("unknown", None, "unknown", None, (), ())

_ITEM = "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 1, 1)"
_DETAIL = f"INSERT INTO detail VALUES ({', '.join('?' * 16)})"
_KEY = "INSERT INTO item_key VALUES (?, ?, ?, ?, ?)"
_OBSERVATION = f"INSERT INTO observation VALUES (NULL, {', '.join('?' * 13)})"


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
        self._ours, self._theirs, self._version, self._export = ours, theirs, version, export
        self._answers, self._judged_by = answers, judged_by
        self._next = int(ours.execute("SELECT coalesce(max(id), 0) + 1 FROM item").fetchone()[0])
        self._item_of: dict[str, int] = {}

    def run(self) -> tuple[int, int]:
        able = self._capabilities()
        first = self._next
        self._items(self._registered(), able)
        self._items(self._unregistered(), able)
        self._keys()
        self._observations()
        return self._next - first, self._channels_without_row()

    def _from(self, table: str, *columns: str) -> str:
        return columns_from(self._version, table, *columns)

    def _batches(self, sql: str, values: Sequence[Any] = ()) -> Iterator[list[tuple[Any, ...]]]:
        try:
            cursor = self._theirs.execute(sql, values)
            while rows := cursor.fetchmany(_ROWS):
                yield rows
        except sqlite3.Error as error:
            raise Unsound(str(error)) from error

    def _channels_without_row(self) -> int:
        source = self._from("channel", "asset", "reported")
        (rows,) = self._batches(f"SELECT count(*) FROM {source} WHERE asset IS NULL AND reported = 1")
        return int(rows[0][0])

    def _capabilities(self) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        source = self._from("finding", "device", "kind", "subject", "state")
        for rows in self._batches(f"SELECT device, subject, state FROM {source} WHERE kind = 'capability'"):
            for device, capability, state in rows:
                found[device][capability] = state
        return {device: tuple(sorted(states.items())) for device, states in found.items()}

    def _registered(self) -> Iterator[list[tuple[Any, ...]]]:
        asset = self._from(
            "asset", "id", "ref", "kind", "kind_said_by", "status", "device", "place", "in_sensitive", "building_kind",
            "inside_outside", "unconfirmed", "installed_year",
        )  # fmt: skip
        return self._batches(
            "SELECT asset.id, asset.ref, asset.kind, asset.kind_said_by, asset.status, asset.in_sensitive, asset.building_kind,"
            " asset.inside_outside, asset.unconfirmed, asset.installed_year, place.path, decision.what, asset.device, "
            f"{_DEVICE} FROM {asset}"
            f" LEFT JOIN {self._from('place', 'id', 'path')} ON place.id = asset.place"
            f" LEFT JOIN {self._from('decision', 'asset', 'what')} ON decision.asset = asset.id"
            f" LEFT JOIN {self._device()} ON device.id = asset.device"
            f" LEFT JOIN {self._attribution()} ON attribution.device = asset.device"
        )

    def _unregistered(self) -> Iterator[list[tuple[Any, ...]]]:
        return self._batches(
            "SELECT NULL, NULL, device.kind, 'answers', 'present', 0, NULL, NULL, 0, NULL, NULL, NULL, device.id, "
            f"{_DEVICE} FROM {self._device()}"
            f" LEFT JOIN {self._attribution()} ON attribution.device = device.id"
            f" WHERE device.kind IN (?, ?) AND device.id NOT IN"
            f" (SELECT device FROM {self._from('asset', 'device')} WHERE device IS NOT NULL)",
            _NEVER_COUNTED,
        )

    def _device(self) -> str:
        return self._from(
            "device", "id", "kind", "network", "mac", "addresses", "model", "serial", "firmware", "first_seen", "last_seen"
        )

    def _attribution(self) -> str:
        return self._from("attribution", "device", "grade", "manufacturer", "candidates", "brand", "knowledge_version")

    def _items(self, batches: Iterator[list[tuple[Any, ...]]], able: dict[str, tuple[tuple[str, str], ...]]) -> None:
        for rows in batches:
            items, details = [], []
            for (
                asset, ref, kind, said_by, status, sensitive, building, inside, unconfirmed, year, place, decision, device,
                network, mac, addresses, model, serial, firmware, first, last, grade, maker, candidates, brand, version,
            ) in rows:  # fmt: skip
                number = self._next
                self._next += 1
                if device is not None:
                    self._item_of[device] = number
                if grade is None:
                    answer = UNJUDGED._replace(kind=kind)
                else:
                    answer = SharedAnswer(kind, maker, grade, brand, tuple(json.loads(candidates)), able.get(device, ()))
                own = self._answers.id_of(answer)
                said = kind if said_by == "person" or device is None else None
                stale = int(device is not None and version != self._judged_by)
                items.append(
                    (number, self._export, int(asset is not None), int(device is not None), said, status, unconfirmed,
                     building, inside, sensitive, year, own, stale)
                )  # fmt: skip
                details.append(
                    (number, asset, device, ref, place, network, mac, addresses or "[]", model, serial, firmware, first, last,
                     decision, own, version)
                )  # fmt: skip
            self._ours.executemany(_ITEM, items)
            self._ours.executemany(_DETAIL, details)

    def _keys(self) -> None:
        item_of = self._item_of
        for rows in self._batches(
            f"SELECT device, kind, value, rank, trust = 'strong' FROM"
            f" {self._from('device_key', 'device', 'kind', 'value', 'rank', 'trust')}"
        ):
            self._ours.executemany(
                _KEY, [(item_of[row[0]], *row[1:]) for row in rows if row[0] in item_of]
            )  # fmt: skip

    def _observations(self) -> None:
        item_of = self._item_of
        source = self._from(
            "observation", "device", "id", "probe", "ask", "network", "address", "port", "mac", "at", "cut", "state",
            "fields", "codec",
        )  # fmt: skip
        for rows in self._batches(
            f"SELECT device, id, probe, ask, network, address, port, mac, at, cut, state, fields, codec FROM {source}"
        ):
            self._ours.executemany(_OBSERVATION, [(item_of[row[0]], *row[1:]) for row in rows if row[0] in item_of])


_DEVICE = (
    "device.network, device.mac, device.addresses, device.model, device.serial, device.firmware, device.first_seen,"
    " device.last_seen, attribution.grade, attribution.manufacturer, attribution.candidates, attribution.brand,"
    " attribution.knowledge_version"
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
    connection.execute("DELETE FROM item WHERE export = ?", [export])
    connection.execute("DELETE FROM export WHERE id = ?", [export])
