"""Other programs whose exports are recognised by their headings, and what each of their columns is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from camcensus.model.numbers import mac_in
from camcensus.model.registers import FIELDS, Cell, RegisterField, RegisterFile, SheetColumn, SheetRow
from camcensus.registers.cells import text_of
from camcensus.registers.plain_headings import letter, plain

LEAVE, NOTE = "leave", "note"
"""Stand in the table for a column with no place in a register (a login, a port), and for one whose text goes into the notes."""


@dataclass(frozen=True, slots=True)
class ListProgram:
    """A program: its name, the headings that an export of it has all of, and what its columns are (None: left out).

    Headings are plain. A heading that is not in `columns` is read as in anybody's list; where two are one field, the first of
    the table counts and the other fills its gaps. `noted` go into the notes. `words` are what a cell means (heading -> plain
    text -> our word, "" for nothing). `of_network` is True where it lists whatever is on a network, not cameras that somebody
    keeps. `serial_is_mac` is True where a serial number of twelve hexadecimal digits is the MAC address.
    """

    name: str
    marks: frozenset[str]
    columns: Mapping[str, RegisterField | None]
    noted: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    of_network: bool = False
    serial_is_mac: bool = False


def make_programs(entries: Sequence[Mapping[str, Any]]) -> tuple[ListProgram, ...]:
    """The programs of the reviewed table. Raises ValueError or KeyError where it is damaged."""
    made = []
    for entry in entries:
        told = {plain(heading): name for heading, name in entry["columns"].items()}
        if wrong := set(told.values()) - {LEAVE, NOTE, *FIELDS}:
            raise ValueError(f"“{min(wrong)}” is no field of a register")
        made.append(
            ListProgram(
                name=str(entry["name"]),
                marks=frozenset(map(plain, entry["marks"])),
                columns={heading: None if name in (LEAVE, NOTE) else name for heading, name in told.items()},
                noted=tuple(heading for heading, name in told.items() if name == NOTE),
                words={
                    plain(heading): {plain(word): str(ours) for word, ours in words.items()}
                    for heading, words in entry.get("words", {}).items()
                },
                of_network=bool(entry.get("of_network")),
                serial_is_mac=bool(entry.get("serial_is_mac")),
            )
        )
    return tuple(made)


def program_of(headings: Sequence[str], programs: Sequence[ListProgram]) -> ListProgram | None:
    """The program whose marks all stand among the headings; of several, the one with most marks."""
    there = set(map(plain, headings))
    return max((one for one in programs if one.marks <= there), key=lambda one: len(one.marks), default=None)


def as_register(file: RegisterFile, programs: Sequence[ListProgram]) -> RegisterFile:
    """A program's list with each field in one column, its words in ours, and what has no column of its own in the notes."""
    program = program_of([column.heading for column in file.columns], programs)
    if program is None:
        return file
    columns = {plain(column.heading): column for column in reversed(file.columns)}
    noted = [columns[heading] for heading in program.noted if heading in columns]
    same: dict[RegisterField, list[SheetColumn]] = {}
    for heading, name in program.columns.items():
        if name is not None and heading in columns:
            same.setdefault(name, []).append(columns[heading])
    width, added = max(column.place for column in file.columns) + 1, list[SheetColumn]()

    def place_of(name: RegisterField, heading: str) -> int:
        if name not in same:
            if plain(heading) not in columns:
                added.append(SheetColumn(width + len(added), letter(width + len(added)), heading))
            same[name] = [columns.get(plain(heading)) or added[-1]]
        return same[name][0].place

    notes = place_of("notes", "Notes") if noted or any(len(alike) > 1 for alike in same.values()) else 0
    mac = place_of("mac", "MAC address") if program.serial_is_mac and "serial" in same else None

    def row_of(row: SheetRow) -> SheetRow:
        cells: list[Cell] = [*row.cells, *[None] * (width + len(added) - len(row.cells))]
        for heading, words in program.words.items():
            if heading in columns and (word := words.get(plain(text_of(cells[columns[heading].place])))) is not None:
                cells[columns[heading].place] = word or None
        said = [f"{one.heading}: {text_of(cells[one.place])}" for one in noted if cells[one.place] is not None]
        for first, *others in same.values():
            for other in others:
                if cells[first.place] is None:
                    cells[first.place] = cells[other.place]
                elif (text := text_of(cells[other.place])) not in text_of(cells[first.place]):
                    said.append(f"{other.heading}: {text}")
        if mac is not None and cells[mac] is None:
            cells[mac] = mac_in(text_of(cells[same["serial"][0].place]))
        if "sold_as" in same and "model" in same:  # "Hikvision DS-2CD…" beside "Hikvision"
            brand, model = (text_of(cells[same[name][0].place]) for name in ("sold_as", "model"))
            if brand and model.casefold().startswith(f"{brand.casefold()} "):
                cells[same["model"][0].place] = model[len(brand) :].strip()
        if said:
            cells[notes] = "\n".join(filter(None, (text_of(cells[notes]), *said)))
        return SheetRow(row.number, tuple(cells))

    rows = tuple(map(row_of, file.rows))
    return replace(file, columns=(*file.columns, *added), rows=rows)
