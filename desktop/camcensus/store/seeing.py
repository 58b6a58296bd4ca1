"""What a search sees, put away while it runs, and found again where it was cut off. Call the writing ones inside a transaction.

It waits in tables of its own and not among what is kept: nothing that reads the register or the log of searches meets a search
that has not ended, and keeping it (or giving it up) empties them in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from camcensus.model.frozen import frozen
from camcensus.model.observation import Observation
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.scan import ScanRecord


@frozen
class Unfinished:
    """A search that never ended: its log entry as far as it got, what it saw, in order, and when that was put away last."""

    scan: ScanRecord
    observations: tuple[Observation, ...]
    noted_at: str


def note(db: Database, scan: ScanRecord, observations: Sequence[Observation], at: str) -> None:
    """Add to what a running search has seen, and bring its log entry up to date."""
    db.execute(
        "INSERT INTO running (id, scan, noted_at) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET scan = excluded.scan, noted_at = excluded.noted_at",
        [scan.id, json.dumps(to_plain(scan), ensure_ascii=False), at],
    )
    (before,) = db.execute("SELECT coalesce(max(number), 0) FROM seen WHERE running = ?", [scan.id]).fetchone()
    db.conn.executemany(
        "INSERT INTO seen (running, number, observation, raw) VALUES (?, ?, ?, ?)",
        [
            (scan.id, number, json.dumps(to_plain(replace(one, raw=b"")), ensure_ascii=False), one.raw)
            for number, one in enumerate(observations, before + 1)
        ],
    )


def drop(db: Database, scan_id: str) -> None:
    """Forget what a search saw: it is kept now, or not wanted."""
    db.execute("DELETE FROM seen WHERE running = ?", [scan_id])
    db.execute("DELETE FROM running WHERE id = ?", [scan_id])


def read(db: Database) -> tuple[Unfinished, ...]:
    """Searches that never ended, oldest first. One that was kept after all is not among them."""
    found = []
    for row in db.query("SELECT id, scan, noted_at FROM running WHERE id NOT IN (SELECT id FROM scan) ORDER BY noted_at, id"):
        seen = db.query("SELECT observation, raw FROM seen WHERE running = ? ORDER BY number", [row["id"]])
        observations = tuple(
            replace(from_plain(Observation, json.loads(one["observation"])), raw=bytes(one["raw"])) for one in seen
        )
        found.append(Unfinished(from_plain(ScanRecord, json.loads(row["scan"])), observations, row["noted_at"]))
    return tuple(found)
