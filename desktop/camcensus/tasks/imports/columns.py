"""Which column of a list is what: what a person chose, and what they chose for a list with these headings before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from camcensus.model.errors import IntakeError
from camcensus.model.registers import (
    AS_ABOVE,
    FIELD_WORDS,
    FIELDS,
    LEAVE_OUT,
    TO_NOTES,
    ColumnGuess,
    RegisterField,
    RegisterFile,
    SheetColumn,
)
from camcensus.model.words import clean
from camcensus.registers.cells import CHOICES
from camcensus.registers.columns import remembered_key, signature
from camcensus.registers.plain_headings import plain
from camcensus.store.inventory import Inventory

SETTING = "register-columns"
REMEMBERED_LISTS = 20
Mapped = Mapping[int, RegisterField | None]
"""A choice: column's place -> field, None for none."""


def column_choices() -> tuple[tuple[RegisterField, str], ...]:
    """What a column can be chosen to be, in order, with its words."""
    return tuple((name, FIELD_WORDS[name]) for name in FIELDS)


def chosen_columns(guesses: tuple[ColumnGuess, ...], mapping: Mapped) -> tuple[ColumnGuess, ...]:
    """The guesses with what a person chose; a field that they gave to a column is taken from any other, but for notes."""
    given = {name for name in mapping.values() if name not in (None, "notes")}
    made = []
    for guess in guesses:
        place = guess.column.place
        if place in mapping:
            same = mapping[place] == guess.field
            made.append(guess if same else ColumnGuess(guess.column, mapping[place], "You chose this."))
        elif guess.field in given:
            made.append(ColumnGuess(guess.column, None, "You chose another column for this."))
        else:
            made.append(guess)
    return tuple(made)


def named_columns(file: RegisterFile, chosen: Mapping[str, str]) -> dict[int, RegisterField | None]:
    """A choice of columns by heading or letter, and of fields by name ("none" for no field), as places. Raises IntakeError."""
    found: dict[int, RegisterField | None] = {}
    for name, wanted in chosen.items():
        if wanted in FIELDS:
            found[_place_of(file, name)] = wanted
        elif wanted == "none":
            found[_place_of(file, name)] = None
        else:
            raise IntakeError(f"A column cannot be “{clean(wanted, 60)}”; choose none, {', '.join(FIELDS)}.")
    return found


def named_answers(file: RegisterFile, given: Mapping[str, str]) -> dict[tuple[int, str], str]:
    """What cells mean that cannot be read, by "column: value" (a value of * is all others). Raises IntakeError."""
    known = {TO_NOTES, LEAVE_OUT, AS_ABOVE, *(value for choices in CHOICES.values() for value in choices)}
    found = {}
    for name, answer in given.items():
        column, _, value = name.partition(":")
        if answer not in known:
            what = "an answer that the question names, notes (save it in the notes) or leave (leave it out)"
            raise IntakeError(f"“{clean(name, 60)}” cannot mean “{clean(answer, 60)}”; write {what}.")
        found[_place_of(file, column), value.strip().casefold()] = answer
    return found


def _place_of(file: RegisterFile, name: str) -> int:
    """The place of the column with that heading or letter. Raises IntakeError."""
    columns = [one for one in file.columns if plain(one.heading) == plain(name) and plain(name)] or [
        one for one in file.columns if one.letter == name.strip().upper()
    ]
    if len(columns) != 1:
        why = "more than one column" if columns else "no column"
        there = ", ".join(clean(one.named, 40) for one in file.columns[:20])
        raise IntakeError(f"“{clean(file.name, 60)}” has {why} “{clean(name, 60)}”; it has: {there}.")
    return columns[0].place


def remembered(inventory: Inventory, columns: Iterable[SheetColumn]) -> dict[str, RegisterField | None] | None:
    """What a person chose for a list with these headings before, by heading; None where nobody did."""
    kept = _kept(inventory).get(signature(tuple(columns)))
    if kept is None:
        return None
    return {key: name if name in FIELDS else None for key, name in kept.items()}


def _kept(inventory: Inventory) -> dict[str, dict[str, str | None]]:
    try:
        kept = json.loads(inventory.setting(SETTING) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) and all(isinstance(one, dict) for one in kept.values()) else {}


def to_remember(inventory: Inventory, mapping: Sequence[ColumnGuess]) -> str:
    """The setting with this choice of columns in it, the newest lists kept."""
    kept = _kept(inventory)
    mine = signature(tuple(guess.column for guess in mapping))
    kept.pop(mine, None)
    kept[mine] = {remembered_key(guess.column): guess.field for guess in mapping}
    newest = dict(list(kept.items())[-REMEMBERED_LISTS:])
    return json.dumps(newest, ensure_ascii=False)
