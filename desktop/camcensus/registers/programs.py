"""Other programs whose exports are recognised by their headings, and what each of their columns is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from camcensus.model.numbers import mac_in
from camcensus.model.registers import FIELDS, Cell, RegisterField, RegisterFile, SheetColumn, SheetRow
from camcensus.registers.cells import text_of
from camcensus.registers.plain_headings import letter, plain

LEAVE = "leave"
"""Stands in the table for a column that has no place in a register: a login, a port, a count."""


@dataclass(frozen=True, slots=True)
class ListProgram:
    """A program: its name, the headings that an export of it has all of, and what its columns are (None: left out).

    Headings are plain. A heading that is not in `columns` is read as in anybody's list; where two are one field, the first of
    the table counts and the other fills its gaps. `words` are what a cell means (heading -> plain text -> our word, "" for
    nothing). `of_network` is True where it lists whatever is on a network, not cameras that somebody keeps. `serial_is_mac` is
    True where a serial number of twelve hexadecimal digits is the MAC address.
    """

    name: str
    marks: frozenset[str]
    columns: Mapping[str, RegisterField | None]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    of_network: bool = False
    serial_is_mac: bool = False


def make_programs(entries: Sequence[Mapping[str, Any]]) -> tuple[ListProgram, ...]:
    """The programs of the reviewed table. Raises ValueError or KeyError where it is damaged."""
    made = []
    for entry in entries:
        columns = {plain(heading): None if name == LEAVE else name for heading, name in entry["columns"].items()}
        if wrong := sorted({name for name in columns.values() if name is not None} - set(FIELDS)):
            raise ValueError(f"“{wrong[0]}” is no field of a register")
        words = {
            plain(heading): {plain(word): str(ours) for word, ours in told.items()}
            for heading, told in entry.get("words", {}).items()
        }
        flags = {name: bool(entry.get(name)) for name in ("of_network", "serial_is_mac")}
        made.append(ListProgram(str(entry["name"]), frozenset(map(plain, entry["marks"])), columns, words, **flags))
    return tuple(made)


def program_of(headings: Sequence[str], programs: Sequence[ListProgram]) -> ListProgram | None:
    """The program whose marks all stand among the headings; of several, the one with most marks."""
    there = set(map(plain, headings))
    return max((one for one in programs if one.marks <= there), key=lambda one: len(one.marks), default=None)


def as_register(file: RegisterFile, programs: Sequence[ListProgram]) -> RegisterFile:
    """A program's list with each field in one column and its words in ours."""
    program = program_of([column.heading for column in file.columns], programs)
    if program is None:
        return file
    columns = {plain(column.heading): column for column in reversed(file.columns)}
    same: dict[RegisterField, list[int]] = {}
    for heading, name in program.columns.items():
        if name is not None and heading in columns:
            same.setdefault(name, []).append(columns[heading].place)
    width, added = max(column.place for column in file.columns) + 1, tuple[SheetColumn, ...]()
    serial, mac = (same.get(name, [None])[0] for name in ("serial", "mac"))
    if program.serial_is_mac and mac is None:
        mac, added = width, (SheetColumn(width, letter(width), "MAC address"),)

    def row_of(row: SheetRow) -> SheetRow:
        cells: list[Cell] = [*row.cells, *[None] * (width + len(added) - len(row.cells))]
        for heading, words in program.words.items():
            if heading in columns and (word := words.get(plain(text_of(cells[columns[heading].place])))) is not None:
                cells[columns[heading].place] = word or None
        for name, (first, *others) in same.items():
            for other in others if name != "notes" else ():
                cells[first] = cells[other] if cells[first] is None else cells[first]
        if program.serial_is_mac and serial is not None and mac is not None and cells[mac] is None:
            cells[mac] = mac_in(text_of(cells[serial]))
        return SheetRow(row.number, tuple(cells))

    return replace(file, columns=(*file.columns, *added), rows=tuple(map(row_of, file.rows)))
