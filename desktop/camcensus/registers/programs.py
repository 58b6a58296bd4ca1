"""Other programs whose exports are recognised by their headings, and what each of their columns is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from camcensus.model import frozen
from camcensus.model.numbers import mac_in
from camcensus.model.registers import FIELDS, Cell, RegisterField, RegisterFile, SheetColumn, SheetNote, SheetRow
from camcensus.model.words import clean, count
from camcensus.registers.cells import text_of
from camcensus.registers.plain_headings import letter, plain

LEAVE = "leave"
"""Stands in the table for a column that has no place in a register: a login, a port, a count."""


@frozen
class ListProgram:
    """A program: its name, the headings that an export of it has all of, and what its columns are (None: left out).

    Headings are plain. A heading that is not in `columns` is read as in anybody's list; where two are one field, the first of
    the table counts and the other fills its gaps. `words` are what a cell means (heading -> plain text -> our word, "" for
    nothing). `of_network` is True where it lists whatever is on a network, not cameras that somebody keeps. `serial_is_mac` is
    True where a serial number of twelve hexadecimal digits is the MAC address. `brand` is the maker of all that it lists.
    """

    name: str
    marks: frozenset[str]
    columns: Mapping[str, RegisterField | None]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    of_network: bool = False
    serial_is_mac: bool = False
    brand: str | None = None


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
        marks = frozenset(map(plain, entry["marks"]))
        made.append(ListProgram(str(entry["name"]), marks, columns, words, **flags, brand=entry.get("brand")))
    return tuple(made)


def program_of(headings: Sequence[str], programs: Sequence[ListProgram]) -> ListProgram | None:
    """The program whose marks all stand among the headings; of several, the one with most marks."""
    there = set(map(plain, headings))
    return max((one for one in programs if one.marks <= there), key=lambda one: len(one.marks), default=None)


def as_register(file: RegisterFile, programs: Sequence[ListProgram]) -> RegisterFile:
    """A program's list with each field in one column, its words in ours, and what it need not say of each device."""
    program = program_of([column.heading for column in file.columns], programs)
    if program is None:
        return file
    columns = {plain(column.heading): column for column in reversed(file.columns)}
    same: dict[RegisterField, list[int]] = {}
    for heading, name in program.columns.items():
        if name is not None and heading in columns:
            same.setdefault(name, []).append(columns[heading].place)
    width, added = max(column.place for column in file.columns) + 1, list[SheetColumn]()
    serial, mac = (same.get(name, [None])[0] for name in ("serial", "mac"))
    notes, usual = list(file.notes), Counter[tuple[str, str]]()

    def more(heading: str) -> int:
        added.append(SheetColumn(width + len(added), letter(width + len(added)), heading))
        return added[-1].place

    if program.serial_is_mac and mac is None:
        mac = more("MAC address")
    brand = more("Manufacturer") if program.brand is not None and "sold_as" not in same else None
    if brand is not None:
        notes.append(SheetNote(None, f"{program.name} lists devices of {program.brand}: that is the maker of each row."))

    def row_of(row: SheetRow) -> SheetRow:
        cells: list[Cell] = [*row.cells, *[None] * (width + len(added) - len(row.cells))]
        for heading, words in program.words.items():
            text = text_of(cells[columns[heading].place]) if heading in columns else ""
            if (word := words.get(plain(text))) is not None:
                cells[columns[heading].place] = word or None
                usual[columns[heading].named, text] += not word
        for name, (first, *others) in same.items():
            for other in others if name != "notes" else ():
                cells[first] = cells[other] if cells[first] is None else cells[first]
        if program.serial_is_mac and serial is not None and mac is not None and cells[mac] is None:
            cells[mac] = mac_in(text_of(cells[serial]))
        if brand is not None:
            cells[brand] = program.brand
        return SheetRow(row.number, tuple(cells))

    rows = tuple(map(row_of, file.rows))
    for (heading, text), number in usual.items():
        if number:
            say = f"“{clean(heading, 40)}” says “{clean(text, 40)}” in {count(number, 'row')}: that is usual, and not saved."
            notes.append(SheetNote(None, say))
    return replace(file, columns=(*file.columns, *added), rows=rows, notes=tuple(notes))
