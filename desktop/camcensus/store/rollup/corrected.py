"""A corrected spreadsheet of answers counts instead of the one of the same name that was given before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from camcensus.model.prose import fitting, listed
from camcensus.model.words import clean, date_words
from camcensus.store.rollup.claims import remove_sheet

_SAID = """
SELECT DISTINCT row, coalesce(body, ''), body_name, asks, coalesce(answered_on, ''), state, section, low, high, yes, words
FROM claim WHERE sheet = ? ORDER BY row
"""
ROWS_NAMED = 5


class _Said(NamedTuple):
    """An answer of a sheet; `body` is "" where it is nobody's, `day` where it has none."""

    row: int
    body: int | str
    name: str
    asks: str
    day: str
    words: tuple[object, ...]


@dataclass(slots=True)
class _Left:
    """Rows of an older sheet that a newer one leaves an answer of out, with names, or answers for a day before."""

    gone: dict[int, str] = field(default_factory=dict)
    later: dict[int, None] = field(default_factory=dict)
    is_changed: bool = False
    """Whether the newer one answers any of it otherwise, or nothing besides: a next batch does neither."""


def replace_corrected(connection: sqlite3.Connection, uuid: str, *, at: str) -> list[str]:
    """Take out what a sheet that is in now corrects, in the open transaction; gives a sentence for each.

    That is a sheet of its name, all of whose answers this one gives anew, and none for a day before the other's. Else both
    stay, and of two answers to one question the later counts: two offices may each have an “answers.xlsx”, and one office may
    write its next batch over the last. Why the older one stays is said where this one is no next batch. A row that is nobody's
    is given anew by one of that name, where the sheet lay too.
    """
    said = []
    for newer, number, older, name, given_at, same_place in connection.execute(
        "SELECT new.id, old.id, old.uuid, old.name, old.given_at, coalesce(there.path = here.path, 0) FROM sheet AS new"
        " JOIN sheet AS old ON old.name = new.name AND old.id <> new.id"
        " LEFT JOIN file AS here ON here.export_id = new.uuid LEFT JOIN file AS there ON there.export_id = old.uuid"
        " WHERE new.uuid = ? ORDER BY old.id",
        [uuid],
    ).fetchall():
        called = f"“{clean(name, 80)}”"
        left = _left(_read(connection, number), _read(connection, newer), same_place=bool(same_place))
        if left.gone or left.later:
            if left.is_changed:
                said.append(_stays(called, left))
            continue
        remove_sheet(connection, older)
        connection.execute("INSERT OR REPLACE INTO taken_out VALUES (?, ?)", [older, at])
        connection.execute(
            "UPDATE file SET state = 'held', why = 'taken-out', reason = ?, warnings = '[]' WHERE export_id = ?",
            [f"A newer {called} was given on {date_words(at[:10])}, and counts instead.", older],
        )
        said.append(f"It counts instead of the {called} that was given on {date_words(given_at[:10])}.")
    return said


def _read(connection: sqlite3.Connection, sheet: int) -> list[_Said]:
    return [
        _Said(row, body, name, asks, day, tuple(words))
        for row, body, name, asks, day, *words in connection.execute(_SAID, [sheet])
    ]


def _left(older: list[_Said], newer: list[_Said], *, same_place: bool) -> _Left:
    """What of an older sheet a newer one does not give anew, or for a day before."""
    now: dict[tuple[int | str, str], list[_Said]] = {}
    for one in newer:
        for who in {one.body, one.name} - {""}:
            now.setdefault((who, one.asks), []).append(one)
    left = _Left()
    for was in older:
        told = now.get((was.body or (was.name if same_place else ""), was.asks))
        if told is None:
            left.gone[was.row] = was.name
        elif max(one.day for one in told) < was.day:
            left.later[was.row] = None
            left.is_changed = True
        elif not any((one.day, one.words) == (was.day, was.words) for one in told):
            left.is_changed = True
    old = {(one.body, one.asks) for one in older} | {(one.name, one.asks) for one in older}
    left.is_changed |= all((one.body or one.name, one.asks) in old for one in newer)
    return left


def _stays(called: str, left: _Left) -> str:
    """Why an older sheet stays, some of whose answers are given otherwise: what was mended may be a day, or a row too many."""
    why = []
    if left.later:
        why.append(f"answers for a later day ({_rows(f'{row:,}' for row in left.later)})")
    if left.gone:
        named = (f"{row:,} ({clean(name, 60)})" if name else f"{row:,}" for row, name in left.gone.items())
        why.append(f"has answers that this one leaves out: {_rows(named)}")
    return f"The older {called} stays, since it {' and '.join(why)}; take it out if this one corrects it."


def _rows(rows: Iterable[str]) -> str:
    each = list(rows)
    return f"{fitting(len(each), 'row', 'rows')} {listed(each, ROWS_NAMED)}"
