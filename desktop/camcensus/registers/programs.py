"""Other programs whose exports are recognised by their headings, and what each of their columns is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from camcensus.model.registers import FIELDS, RegisterField
from camcensus.registers.plain_headings import plain

LEAVE = "leave"
"""Stands in the table for a column that has no place in a register: a login, a port, a count."""


@dataclass(frozen=True, slots=True)
class ListProgram:
    """A program: its name, the headings that an export of it has all of, and what its columns are (None: left out).

    Headings are plain. A heading that is not in `columns` is read as in anybody's list.
    """

    name: str
    marks: frozenset[str]
    columns: Mapping[str, RegisterField | None]


def make_programs(entries: Sequence[Mapping[str, Any]]) -> tuple[ListProgram, ...]:
    """The programs of the reviewed table. Raises ValueError or KeyError where it is damaged."""
    made = []
    for entry in entries:
        columns: dict[str, RegisterField | None] = {}
        for heading, field in entry["columns"].items():
            if field != LEAVE and field not in FIELDS:
                raise ValueError(f"“{field}” is no field of a register")
            columns[plain(heading)] = None if field == LEAVE else field
        made.append(ListProgram(str(entry["name"]), frozenset(map(plain, entry["marks"])), columns))
    return tuple(made)


def program_of(headings: Sequence[str], programs: Sequence[ListProgram]) -> ListProgram | None:
    """The program whose marks all stand among the headings; of several, the one with most marks."""
    there = set(map(plain, headings))
    return max((one for one in programs if one.marks <= there), key=lambda one: len(one.marks), default=None)
