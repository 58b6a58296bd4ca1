"""What a roll-up file holds, with what its numbers stand for in their place: two that hold the same are the same roll-up."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

_NAMED = {
    "body": "SELECT id, code FROM body",
    "export": "SELECT id, uuid FROM export",
    "answer": "SELECT id, key FROM answer",
    "round": "SELECT id, name FROM round",
    "sheet": "SELECT id, uuid FROM sheet",
    "claim": "SELECT claim.id, uuid || ' ' || row || ' ' || asks FROM claim JOIN sheet ON sheet.id = claim.sheet",
    "item": "SELECT item.id, export.uuid || ' ' || coalesce(asset, '') || ' ' || coalesce(device, '') FROM item"
    " JOIN export ON export.id = item.export JOIN detail ON detail.item = item.id",
}
"""Table -> what each of its numbers stands for."""
_ALSO = {
    ("detail", "own_answer"): "answer",
    ("tally", "body"): "body",
    ("tally", "answer"): "answer",
    ("trait", "body"): "body",
    ("unsettled", "body"): "body",
}
_NOT_COMPARED = {"file": ("at", "mark", "path"), "_sqlite_migrations": ("applied_at",)}
_COMPARED = {"setting": "key <> 'made_at'"}
_UNUSED = ("answer", "answer_list", "answer_capability", "answer_flaw", "maker")
"""Rows that nothing refers to any more may stay in these."""


def held(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Table -> its rows, in one order."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        named = {table: dict(db.execute(sql).fetchall()) for table, sql in _NAMED.items()}
        found = {}
        for (table,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall():
            if table in _UNUSED:
                continue
            links = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list('{table}')").fetchall() if row[2] in named}
            links |= {column: parent for (of, column), parent in _ALSO.items() if of == table}
            columns = [row[1] for row in db.execute(f"PRAGMA table_info('{table}')").fetchall()]
            wanted = [name for name in columns if name != "id" and name not in _NOT_COMPARED.get(table, ())]
            rows = [
                tuple(named[links[name]].get(cell) if name in links else cell for name, cell in zip(wanted, row, strict=True))
                for row in db.execute(f"SELECT {', '.join(wanted)} FROM {table} WHERE {_COMPARED.get(table, '1')}")
            ]
            found[table] = sorted(rows, key=repr)
        return found


def differences(one: Path, other: Path) -> list[str]:
    """The tables that are not the same, each with a row or two that only one side has."""
    ours, theirs = held(one), held(other)
    said = []
    for table in sorted(ours.keys() | theirs.keys()):
        left, right = ours.get(table, []), theirs.get(table, [])
        if left != right:
            more, fewer = [row for row in left if row not in right][:2], [row for row in right if row not in left][:2]
            said.append(f"{table}: {len(left)} rows, {len(right)} rows; only here {more}, only there {fewer}")
    return said
