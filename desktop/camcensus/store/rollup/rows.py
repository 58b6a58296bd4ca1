"""Copies the rows of a checked export into the roll-up, one after the other, in the transaction of that file."""

from __future__ import annotations

import functools
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from camcensus.model.prose import upper_first
from camcensus.model.words import clean
from camcensus.planning.years import first_year
from camcensus.store.exchange_file.versions import columns_from
from camcensus.store.named_rows import insert_all, insert_columns, read
from camcensus.store.rollup.answers import CLOUD_LINK, Answers, SharedAnswer
from camcensus.store.rollup.check import TIME_S, TIME_S_PER_MB, open_copy

_ROWS = 500
_NEVER_COUNTED = ("other", "unknown")
"""Kinds of devices that have no row of the register: they are kept, as another knowledge may see a camera in one."""


class Unsound(Exception):
    """The export holds together by SQLite's rules and not by ours."""


MOST = 10**12
"""Pence, or devices, beyond which a figure is no figure: sums stay far below what SQLite can hold."""
NOT_DATED = 0
"""The year of what an organisation has given no year."""
UNJUDGED = SharedAnswer("unknown", None, "unknown", None, (), ())

_IN_ITEM = (
    "status", "in_sensitive", "building_kind", "inside_outside", "unconfirmed", "installed_year", "camera_type",
    "retention_days", "cost_pence", "decision",
)  # fmt: skip
TYPED_LIMIT_CHARACTERS = 80
"""Of what somebody typed: a purpose, the name of a supplier."""
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


def typed(text: str | None) -> str | None:
    """What somebody typed, without regard to blanks and the first letter; None for nothing."""
    plain = clean(" ".join((text or "").split()), TYPED_LIMIT_CHARACTERS)
    return upper_first(plain) if plain else None


def whole_years(day: str | None, moment: str) -> int | None:
    """The whole years from a day (ISO 8601) to a moment, none for a day after it; None where the day is not known."""
    try:
        built, seen = date.fromisoformat((day or "")[:10]), date.fromisoformat(moment[:10])
    except ValueError:
        return None
    return max(0, seen.year - built.year - ((seen.month, seen.day) < (built.month, built.day)))


class _Copying:
    def __init__(
        self, ours: sqlite3.Connection, theirs: sqlite3.Connection, version: int, export: int, answers: Answers, judged_by: str
    ) -> None:
        self._ours, self._theirs, self._export = ours, theirs, export
        self._from = functools.partial(columns_from, version)
        self._answers, self._judged_by = answers, judged_by
        self._as_at = str(ours.execute("SELECT as_at FROM export WHERE id = ?", [export]).fetchone()[0])
        self._next = int(ours.execute("SELECT coalesce(max(id), 0) + 1 FROM item").fetchone()[0])
        self._item_of: dict[str, int] = {}

    def run(self) -> tuple[int, int]:
        able, flaws = self._findings()
        first = self._next
        self._items(self._registered(), able, flaws)
        self._items(self._unregistered(), able, flaws)
        self._keys()
        self._observations()
        self._plan_years()
        self._sites()
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

    def _findings(self) -> tuple[dict[str, dict[str, str]], dict[str, tuple[tuple[str, str, int], ...]]]:
        """By device: the states of its capabilities, and the published flaws that apply or may."""
        able: dict[str, dict[str, str]] = defaultdict(dict)
        flaws: dict[str, dict[str, tuple[str, str, int]]] = defaultdict(dict)
        source = self._from("finding", "device", "kind", "subject", "state", "known_exploited")
        for rows in self._batches(
            f"SELECT device, kind, subject, state, known_exploited FROM {source} WHERE kind IN ('capability', 'advisory')"
        ):
            for device, kind, subject, state, exploited in rows:
                if kind == "capability":
                    able[device][subject] = state
                else:
                    flaws[device][subject] = (subject, state, exploited)
        return able, {device: tuple(sorted(found.values())) for device, found in flaws.items()}

    def _plan_years(self) -> None:
        years: dict[int, list[int]] = {}
        source = self._from("plan_total", "year", "items", "unpriced", "total_ex_vat_pence")
        for rows in self._batches(f"SELECT year, items, unpriced, total_ex_vat_pence FROM {source}"):
            for label, *figures in rows:
                if max(figures) > MOST:
                    raise ValueError("It plans for more than anybody has.")
                year = first_year(label) or NOT_DATED
                years[year] = [held + more for held, more in zip(years.get(year, (0, 0, 0)), figures, strict=True)]
        made = [(self._export, year, *figures) for year, figures in years.items()]
        insert_columns(self._ours, "plan_year", ("export", "year", "items", "unpriced", "total_pence"), made)

    def _sites(self) -> None:
        place = self._from("place", "id", "kind", "sensitive", "in_sensitive")
        progress = self._from("place_progress", "place", "progress", "listed_now")
        number = 0
        for rows in self._batches(
            f"SELECT in_sensitive, progress, listed_now FROM {place} LEFT JOIN {progress} ON place_progress.place = place.id"
            " WHERE place.kind = 'site' OR place.sensitive = 1 ORDER BY place.id"
        ):
            made = [(self._export, at, *row) for at, row in enumerate(rows, number)]
            number += len(made)
            insert_columns(self._ours, "site", ("export", "number", "is_sensitive", "progress", "listed_now"), made)

    def _registered(self) -> Iterator[list[sqlite3.Row]]:
        asset = self._from(
            "asset", "id", "ref", "kind", "kind_said_by", "status", "device", "place", "in_sensitive", "building_kind",
            "inside_outside", "unconfirmed", "installed_year", "camera_type", "purpose", "retention_days", "dpia_ref",
            "cost_pence", "seller",
        )  # fmt: skip
        return self._batches(
            "SELECT asset.id AS asset, ref, asset.kind, kind_said_by, status, in_sensitive, building_kind, inside_outside,"
            " unconfirmed, installed_year, camera_type, purpose, retention_days, coalesce(dpia_ref, '') <> '' AS has_dpia,"
            " cost_pence, contact_role.name AS seller, place.path AS place, decision.what AS decision,"
            " decision.year AS decision_year, asset.device,"
            f" {_DEVICE} FROM {asset}"
            f" LEFT JOIN {self._from('place', 'id', 'path')} ON place.id = asset.place"
            f" LEFT JOIN {self._from('decision', 'asset', 'what', 'year')} ON decision.asset = asset.id"
            f" LEFT JOIN {self._from('contact_role', 'id', 'name')} ON contact_role.id = asset.seller"
            f" LEFT JOIN {self._device()} ON device.id = asset.device"
            f" LEFT JOIN {self._attribution()} ON attribution.device = asset.device"
        )

    def _unregistered(self) -> Iterator[list[sqlite3.Row]]:
        return self._batches(
            "SELECT NULL AS asset, NULL AS ref, device.kind, 'answers' AS kind_said_by, 'present' AS status, 0 AS in_sensitive,"
            " NULL AS building_kind, NULL AS inside_outside, 0 AS unconfirmed, NULL AS installed_year, NULL AS camera_type,"
            " NULL AS purpose, NULL AS retention_days, 0 AS has_dpia, NULL AS cost_pence, NULL AS seller, NULL AS place,"
            f" NULL AS decision, NULL AS decision_year, device.id AS device, {_DEVICE} FROM {self._device()}"
            f" LEFT JOIN {self._attribution()} ON attribution.device = device.id"
            " WHERE device.kind IN (?, ?) AND device.id NOT IN"
            f" (SELECT device FROM {self._from('asset', 'device')} WHERE device IS NOT NULL)",
            _NEVER_COUNTED,
        )

    def _device(self) -> str:
        return self._from("device", "id", "kind", "addresses", "firmware_date", "cloud_state", *_OF_DEVICE)

    def _attribution(self) -> str:
        return self._from("attribution", "device", "grade", "manufacturer", "candidates", "brand", "knowledge_version")

    def _items(
        self,
        batches: Iterator[list[sqlite3.Row]],
        able: dict[str, dict[str, str]],
        flaws: dict[str, tuple[tuple[str, str, int], ...]],
    ) -> None:
        for rows in batches:
            items, details = [], []
            if any((row["cost_pence"] or 0) > MOST for row in rows):
                raise ValueError("A device costs more than anybody has.")
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
                    states = able.get(device, {})
                    if row["cloud_state"] not in (None, "unknown"):
                        states = states | {CLOUD_LINK: row["cloud_state"]}
                    answer = SharedAnswer(
                        kind, row["manufacturer"], row["grade"], row["brand"], candidates, tuple(sorted(states.items())),
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
                        "purpose": typed(row["purpose"]), "seller": typed(row["seller"]), "has_dpia": row["has_dpia"],
                        "decision_year": first_year(row["decision_year"]),
                        "firmware_years": whole_years(row["firmware_date"], self._as_at),
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
    ", ".join(f"device.{name}" for name in (*_OF_DEVICE, "addresses", "firmware_date", "cloud_state"))
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
