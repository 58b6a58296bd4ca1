"""What happened, as it is saved: searches, sightings, answers and the change log, as values. Nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from camcensus.model.asset import Asset
from camcensus.model.history import AnswerChange, History, LoggedEdit, RowNow, Search, Sighting
from camcensus.model.scan import ScanRecord

_NONE = frozenset[str]()
"""One for all lines: an empty one takes 200 bytes, and logs have hundreds of thousands."""


def read_history(db: Database, assets: Iterable[Asset], scans: Iterable[ScanRecord]) -> History:
    """All that the file holds of what happened. `assets` and `scans` are its own, scans oldest first."""
    edits = tuple(_edit(*line) for line in db.execute("SELECT id, at, by, verb, say, steps, undone_at FROM change ORDER BY id"))
    return History(
        rows=tuple(RowNow(one.id, one.ref, one.kind, one.device, one.status, one.decision) for one in assets),
        searches=_searches(scans, [edit for edit in edits if edit.verb == "keep"]),
        sightings=tuple(
            Sighting(scan, device, network, tuple(json.loads(addresses)), mac, firmware, model)
            for scan, device, network, addresses, mac, firmware, model in db.execute(
                "SELECT scan, device, network, addresses, mac, firmware, model FROM sighting"
            )
        ),
        answers=tuple(
            AnswerChange(*line)
            for line in db.execute("SELECT device, coalesce(first_at, judged_at), was, is_now, why FROM judgement ORDER BY id")
        ),
        edits=edits,
        firm=frozenset(device for (device,) in db.execute("SELECT DISTINCT device FROM device_key WHERE trust = 'strong'")),
    )


def _searches(scans: Iterable[ScanRecord], kept: list[LoggedEdit]) -> tuple[Search, ...]:
    """Each search with the line of the change log that kept it: there is one for each, in the same order."""
    found: list[Search] = []
    for number, record in enumerate(scans, start=1):
        line = kept[number - 1] if number <= len(kept) else None
        at, change = (line.at, line.change) if line else (record.ended_at, found[-1].change if found else 0)
        found.append(Search(record, number, at, change))
    return tuple(found)


def _edit(change: int, at: str, by: str | None, verb: str, say: str, steps: str, undone_at: str | None) -> LoggedEdit:
    touched: set[str] = set()
    columns: set[str] = set()
    adds = removes = False
    for do, table, keys, values in json.loads(steps):
        if table != "asset":
            continue
        touched.update(map(str, keys))
        adds |= do == "insert"
        if do == "set":
            columns.update(values)
            removes |= values.get("status") == "removed"
    return LoggedEdit(
        change, at, by, verb, say, frozenset(touched) or _NONE, frozenset(columns) or _NONE, adds=adds, says_removed=removes,
        undone=undone_at is not None,
    )  # fmt: skip
