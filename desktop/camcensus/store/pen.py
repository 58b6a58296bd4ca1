"""What an edit is, and what it writes with.

An edit is a function that takes a Pen and says in a sentence what it did, registered where it is:

    @edit("set-place", failed="The location was not set")
    def set_place(pen: Pen, rows: Sequence[str], place: str | None) -> str: ...

Called without the Pen it gives an Edit, which three things do: `inventory.do(set_place(rows, hall), by="R. Khan", now=now)`,
the window's `session.do(set_place(rows, hall))`, and another edit's `pen.do(set_place(rows, hall))`, as a part of itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Concatenate

from sqlite_utils import Database

from camcensus.model import frozen
from camcensus.model.changes import Changes
from camcensus.model.errors import StoreError
from camcensus.model.words import clean, storable, utc_second
from camcensus.store.changelog import TABLES, ChangeStep, Key, before, changes_of, take, written
from camcensus.store.contents import Contents
from camcensus.store.soundness import LONGEST_LIST_BYTES, fits, most_bytes

TEXT_LIMIT_CHARACTERS = 4_000
"""Of a name or a reason. Notes and what devices said may be longer; an auditor's program takes 16,384 bytes."""
_LONG_COLUMNS = frozenset({"notes", "ask_note", "note"})
_OF_DEVICES = frozenset({"device", "device_key", "observation", "sighting"})


@frozen
class Made:
    """What an edit says that makes something others ask for: its sentence, and the id of what it made."""

    say: str
    id: str


@frozen
class Edit[Said: (str, Made)]:
    """One edit, with all it needs but a Pen: how the change log calls it, what is said where it fails, and its work."""

    verb: str
    failed: str
    work: Callable[[Pen], Said]


def edit[**P, Said: (str, Made)](
    verb: str, *, failed: str
) -> Callable[[Callable[Concatenate[Pen, P], Said]], Callable[P, Edit[Said]]]:
    """Register a function as an edit. `failed` is a heading: "The location was not set"."""

    def registered(work: Callable[Concatenate[Pen, P], Said]) -> Callable[P, Edit[Said]]:
        @functools.wraps(work)
        def asked(*args: P.args, **kwargs: P.kwargs) -> Edit[Said]:
            return Edit(verb, failed, lambda pen: work(pen, *args, **kwargs))

        return asked

    return registered


class Pen:
    """What one edit writes with: takes steps at once and remembers how to take them back. Lives in one transaction.

    `db` and `inventory` are for reading. `by` is who does it, `now` when, and `at` the same as it is saved (UTC).
    """

    def __init__(self, inventory: Contents, db: Database, by: str | None, now: datetime) -> None:
        self.inventory = inventory
        self.db = db
        self.by = by and storable(by)
        self.now = now
        self.at = utc_second(now)
        self.noted: dict[str, Any] = {}
        """What an edit has read of a table and asks again; forgotten when the table is written."""
        self._steps: list[ChangeStep] = []
        self._inverse: list[ChangeStep] = []
        """What takes the steps back, to be read from its end."""

    def do[Said: (str, Made)](self, part: Edit[Said]) -> Said:
        """Do an edit as a part of this one: no line of the log of its own, and taken back with the whole."""
        return part.work(self)

    def whole(self, asked: Edit[str] | Edit[Made]) -> Changes:
        """Do an edit and write its line of the change log; none where it took no step."""
        said = asked.work(self)
        say, made = (said.say, said.id) if isinstance(said, Made) else (said, "")
        if not self._steps:
            return Changes(say=say, made=made)
        steps, inverse = written(self._steps), written(reversed(self._inverse))
        if not (fits("change", "steps", steps) and fits("change", "inverse", inverse)):
            raise StoreError("That is too much for one change; do it in several.")
        cursor = self.db.execute(
            "INSERT INTO change (at, by, verb, say, steps, inverse) VALUES (?, ?, ?, ?, ?, ?)",
            [self.at, self.by, asked.verb, say, steps, inverse],
        )
        return replace(changes_of(self._steps, say, str(cursor.lastrowid)), made=made)

    def set(self, table: str, keys: Iterable[Key] | Key, values: Mapping[str, Any]) -> None:
        """Set columns of one row or of many alike. Raises StoreError where one of them is not there."""
        one = isinstance(keys, (str, int)) or (isinstance(keys, tuple) and len(TABLES[table][0]) > 1)
        listed: tuple[Key, ...] = (keys,) if one else tuple(dict.fromkeys(keys))  # type: ignore[assignment,arg-type]
        if listed and values:
            self._take(ChangeStep("set", table, listed, values), before(self.db, table, listed, tuple(values)))

    def insert(self, table: str, key: Key, values: Mapping[str, Any]) -> None:
        """Insert a row."""
        whose = {name: values[name] for name in ("asset",) if table == "photo"}
        self._take(ChangeStep("insert", table, (key,), values), [ChangeStep("delete", table, (key,), whose)])

    def put(self, table: str, key: str, values: Mapping[str, Any]) -> None:
        """Set a row that is there, else insert it. For tables with a key of one column."""
        (column,) = TABLES[table][0]
        there = self.db.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', [key]).fetchone()
        (self.insert if there is None else self.set)(table, key, values)

    def delete(self, table: str, key: Key) -> None:
        """Delete a row. Raises StoreError where it is not there."""
        was = before(self.db, table, (key,), TABLES[table][1])
        whose = {name: was[0].values[name] for name in ("asset",) if table == "photo"}
        self._take(ChangeStep("delete", table, (key,), whose), [ChangeStep("insert", table, (key,), was[0].values)])

    def _take(self, step: ChangeStep, inverse: Sequence[ChangeStep]) -> None:
        values = {name: storable(value) if isinstance(value, str) else value for name, value in step.values.items()}
        step = replace(step, values=values)
        for name, value in values.items():
            if isinstance(value, str) and not _may_be_saved(step.table, name, value):
                raise StoreError(f"The text “{clean(value, 30)}” is too long to be saved; shorten it.")
        self.noted.pop(step.table, None)
        take(self.db, step)
        self._steps.append(step)
        self._inverse += reversed(inverse)


def _may_be_saved(table: str, column: str, text: str) -> bool:
    """Whether a column takes a text, so that the file opens again (see `soundness`) and can be given to an auditor."""
    is_list = most_bytes(table, column) == LONGEST_LIST_BYTES
    is_typed = not is_list and table not in _OF_DEVICES and column not in _LONG_COLUMNS
    return len(text) <= TEXT_LIMIT_CHARACTERS if is_typed else fits(table, column, text)
