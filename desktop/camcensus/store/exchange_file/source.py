"""What an export reads of an inventory, row by row as it is saved: one state of the file, and never all of it in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from camcensus.store import latest_replies
from camcensus.store.exchange_file.schema import TABLES

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
    rows = db.execute(
        f"SELECT {', '.join(columns)} FROM observation WHERE id IN (SELECT value FROM json_each(?)) ORDER BY device, at, id",
        [json.dumps(latest_replies.latest_ids(db, devices))],
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]


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
