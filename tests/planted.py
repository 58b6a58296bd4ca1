"""A marked value in every column of an inventory that can hold a text of somebody's, to see what a report lets out.

`plant` writes any text into a file that is closed, `mark` a text of its own for each column. Each column of the file is either planted or named in KEPT with the reason why not, so
that a new column is noticed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from camcensus.model.tags import FIELDS

KEPT = {
    "enum": "a word out of a vocabulary, which the file itself checks",
    "time": "a moment or a date, which is looked at where the file is opened",
    "key": "an id of ours that holds the file together; ids() gives them, to be looked for as they are",
    "odd": "what our own program writes: versions, digests, versions of codecs",
}
_KEPT: dict[str, str] = {
    "asset": "id:key kind:enum device:key place:key status:enum decision:enum decision_at:time decision_review_on:time "
    "seller:key maintainer:key inside_outside:enum camera_type:enum working:enum ownership:enum connected_to:key confirmed_at:time "
    "core_network:enum core_network_on:time internet_reachable:enum internet_reachable_on:time "
    "last_picture_check:time pin_place:key pin_x:odd pin_y:odd entered_at:time",
    "body": "id:key inventory_id:key expected_basis:enum dpia:enum policy:enum signs:enum footage_access:enum equality:enum consultation:enum face_policy:enum watch_lists:enum complaints:enum",
    "change": "at:time verb:enum steps:key inverse:key undone_at:time",
    "contact": "id:key role:enum contract_end:time",
    "coverage": "scan:key state:enum",
    "device": "id:key kind:enum addresses:json observations_digest:odd first_seen:time last_seen:time merged_into:key",
    "device_key": "device:key kind:enum trust:enum first:time last:time",
    "doubt": "id:key device:key other:key at:time answer:enum answered_at:time",
    "judgement": "device:key knowledge_version:odd observations_digest:odd judged_at:time answer:json first_at:time kind:enum "
    "manufacturer:odd candidates:json grade:enum findings:json care:json",
    "list_choice": "list:key at:time",
    "observation": "id:key scan:key device:key probe:enum at:time reply:key state:enum fields:json codec:odd",
    "permission": "at:time",
    "photo": "id:key asset:key picture:key taken_at:time added_at:time",
    "picture": "sha256:key kind:enum media:enum data:odd",
    "place": "id:key parent:key kind:enum picture:key progress:enum progress_on:time",
    "plan_batch": "id:key kind:enum place_path:json what:enum target_date:time wiped_on:time status:enum",
    "plan_line": "id:key",
    "plan_need": "batch:key kind:enum state:enum",
    "plan_row": "asset:key batch:key",
    "plan_version": "id:key made_at:time knowledge_version:odd plan:json brief:json",
    "ref_counter": "prefix:key",
    "reply": "sha256:key",
    "running": "id:key scan:json noted_at:time",
    "scan": "id:key started_at:time ended_at:time knowledge_version:odd interfaces:json ranges:json pace:enum not_covered:json "
    "advice:json program:odd",
    "seen": "running:key observation:json raw:odd",
    "setting": "key:key value:json",
    "sighting": "scan:key device:key addresses:json",
}
_FREE = frozenset(
    (
        "name", "model", "serial", "firmware", "claimed_model", "claimed_manufacturer", "what", "brand", "seen", "why", "reason",
        "kind_reason", "address", "network", "mac", "say", "next", "by", "cloud_seen", "value", "note", "purpose", "place_path",
        "ref", "refs", "disposal", "wipe_certificate", "weee_note", "made_by", "notes",
    )
)  # fmt: skip
"""Names of what is somebody's text inside JSON."""

_EVERY = ("addresses", "not_covered", "fields", "ranges", "place_path")
"""Columns of JSON in which every string is somebody's, under whatever name."""

type Text = Callable[[str, str, str], str]
"""What is put into a table's column; the third is the name inside JSON, or the column's again."""


def _part(column: str) -> str:
    """The mark of a date that may be a year: four characters, another for each."""
    parts = [name for name, field in FIELDS.items() if field.kind == "part-date"]
    return f"ZQY{chr(ord('Y') - parts.index(column))}" if column in parts else ""


def mark(path: Path) -> dict[str, str]:
    """Marks every value; gives marker -> "table.column". No column may refuse its mark; JSON may hold nothing to be marked."""
    names: dict[str, str] = {}

    def text(table: str, column: str, _: str) -> str:
        where = f"{table}.{column}"
        marks = {name: one for one, name in names.items()}
        # the form of a date allows four characters of any kind
        one = marks.get(where) or (_part(column) or f"ZQ{len(names):03d}QZ")
        names[one] = where
        return one

    went_in = plant(path, text)
    refused = [where for one, where in names.items() if one not in went_in and not _is_json(*where.split("."))]
    assert refused == []
    return names


def plant(path: Path, text: Text, *, but: Collection[str] = ()) -> set[str]:
    """Puts a text into every column that is not KEPT and takes it, with the row's number, and into JSON; gives the texts.

    `but` names columns that are left as they are.
    """
    went_in: set[str] = set()
    with sqlite3.connect(path) as db:
        for table, columns in tables(db).items():
            kept = kept_in(table)
            for column in columns:
                if kept.get(column, "json") == "json" and f"{table}.{column}" not in but:
                    went_in |= _plant_column(db, table, column, text)
    db.close()
    return went_in


def _plant_column(db: sqlite3.Connection, table: str, column: str, text: Text) -> set[str]:
    went_in: set[str] = set()
    whole = text(table, column, column)
    for rowid, old in db.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall():
        new: object = f"{whole} {rowid}"
        put = {whole}
        if _is_json(table, column):
            put = set()
            new = _marked_json(old, lambda leaf, put=put: _noted(put, text(table, column, leaf)), column)
        elif table == "asset" and _part(column):
            new = whole if rowid % 2 else old
        elif (table, column) == ("asset", "tags"):
            new = json.dumps([whole])
        elif (table, column) == ("reply", "raw"):
            new = whole.encode()
        try:
            db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', [new, rowid])
        except sqlite3.IntegrityError:
            break  # a form, or a length, that this text has not
        went_in |= put
    return went_in


def _is_json(table: str, column: str) -> bool:
    return kept_in(table).get(column) == "json"


def _noted(put: set[str], one: str) -> str:
    put.add(one)
    return one


def ids(path: Path) -> dict[str, str]:
    """The ids in the file, each with its "table.column"."""
    found: dict[str, str] = {}
    with sqlite3.connect(path) as db:
        for table, columns in tables(db).items():
            for column in columns:
                if kept_in(table).get(column) == "key" and column in ("id", "inventory_id", "sha256", "device"):
                    for (value,) in db.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'):
                        found[value] = f"{table}.{column}"
    db.close()
    return found


def tables(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Our tables with those columns that are no whole numbers."""
    names = [
        name
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not name.startswith(("sqlite_", "_sqlite_"))
    ]
    return {
        name: [column[1] for column in db.execute(f'PRAGMA table_info("{name}")') if column[2] != "INTEGER"] for name in names
    }


def kept_in(table: str) -> dict[str, str]:
    """Column -> why it is not simply overwritten."""
    return dict(pair.split(":") for pair in _KEPT.get(table, "").split())


def unnamed(path: Path) -> list[str]:
    """Columns that KEPT names and the file has not: this list is out of date."""
    with sqlite3.connect(path) as db:
        held = tables(db)
    db.close()
    return [f"{table}.{column}" for table in _KEPT for column in kept_in(table) if column not in held.get(table, ())]


def _marked_json(old: Any, leaf: Callable[[str], str], column: str) -> Any:
    """JSON of the same shape; a list that is empty gets one where every string is somebody's."""
    try:
        value = json.loads(old)
    except (TypeError, ValueError):
        return old
    every = column in _EVERY
    return json.dumps([leaf(column)] if every and value == [] else _marked(value, leaf, column, every))


def _marked(value: Any, leaf: Callable[[str], str], name: str, every: bool) -> Any:
    if isinstance(value, dict):
        return {key: _marked(item, leaf, key, every) for key, item in value.items()}
    if isinstance(value, list):
        return [_marked(item, leaf, name, every) for item in value]
    return leaf(name) if isinstance(value, str) and (every or name in _FREE) else value


def texts(parts: Iterator[str] | list[str]) -> str:
    """All parts without blanks and line ends: a mark that was wrapped is found too."""
    return "".join("".join(parts).split())
