"""Registers of organisations (schools, NHS, councils): a list for `rollup --bodies` is made from one, or checked by it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from camcensus.model.cells import guarded
from camcensus.model.errors import IntakeError, shown
from camcensus.model.official_ids import OfficialId, official_id
from camcensus.model.words import clean, count
from camcensus.tasks.knowledge.makers import fold
from camcensus.tasks.rollup.bodies_list import read_bodies
from installers.knowledge.brought import Bringing, Brought, PublishedChange
from installers.knowledge.published import read_rows
from installers.knowledge.reviewed import ImportKind

HEADING_ROWS = 20


@dataclass(frozen=True, slots=True)
class BodyRegister:
    """How a register is read: its headings (letters and digits only, in small letters), and what tells that an entry is open.

    `bare` gives the columns (number, name, closing day) of a register that is published without headings.
    """

    number: OfficialId
    id_heading: str
    name_heading: str
    kind_heading: str | None
    status_heading: str | None
    is_open: Callable[[str], bool]
    kind: Callable[[str], str]
    bare: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An entry of a register."""

    number: str
    name: str
    kind: str
    is_open: bool
    line: int


def _school_kind(text: str) -> str:
    plain = text.casefold()
    if "higher education" in plain:
        return "university"
    return "college" if "further education" in plain or "sixth form" in plain or "college" in plain else "school"


REGISTERS: dict[ImportKind, BodyRegister] = {
    "urn": BodyRegister(
        "urn", "urn", "establishmentname", "typeofestablishmentname", "establishmentstatusname",
        lambda text: text.casefold().startswith("open"), _school_kind,
    ),
    "ods": BodyRegister(
        "ods", r"(?:organisation|org)?code|odscode|orgid", r"(?:organisation|org)?name", None, "(?:legal|operational)enddate",
        lambda text: not text.strip(), lambda _: "nhs", (0, 1, 11),
    ),
    "gss": BodyRegister(
        "gss", r"(?:lad|utla|ltla|cty|ctyua)[0-9]{2}cd", r"(?:lad|utla|ltla|cty|ctyua)[0-9]{2}nm", None, None,
        lambda _: True, lambda _: "council",
    ),
}  # fmt: skip
"""Source: the columns of GIAS's establishment fields, of the ODS report etr (no headings), and of ONS's names and codes."""


def bring_register(bringing: Bringing) -> Brought:
    """Make the list of organisations from a register; where the list is there already, say how it differs. Raises IntakeError.

    A list that is there is not written over: who was asked is the auditor's to say.
    """
    if bringing.output is None:
        raise IntakeError("Say with -o which list of organisations to make or to check, such as asked.csv.")
    register = REGISTERS[bringing.kind]
    entries: dict[str, Organisation] = {}
    problems: list[str] = []
    for path in bringing.files:
        _read(path, register, entries, problems)
    held = [one for one in entries.values() if one.is_open]
    read = f"{count(len(entries), 'entry', 'entries')} read, {len(held):,} open."
    if len(problems) > HEADING_ROWS:
        problems = [*problems[:HEADING_ROWS], f"And {count(len(problems) - HEADING_ROWS, 'more row')}."]
    file = shown(bringing.files[0])
    if bringing.output.exists():
        return Brought(read, tuple(_differences(bringing.output, register, entries, file)), tuple(problems))
    changes = tuple(PublishedChange("added", f"{one.number}: {one.name}", f"{file}:{one.line}") for one in held)
    return Brought(read, changes, tuple(problems), {bringing.output: _list_text(register, held)})


def _read(path: Path, register: BodyRegister, entries: dict[str, Organisation], problems: list[str]) -> None:
    columns: tuple[int, int, int | None, int | None] | None = None
    for number, row in enumerate(read_rows(path)):
        if columns is None:
            columns = _columns(row.cells, register)
            if columns is not None:
                continue
            if register.bare is not None and _is_bare(row.cells, register):
                columns = (register.bare[0], register.bare[1], None, register.bare[2])
            elif number >= HEADING_ROWS:
                break
            else:
                continue
        cell = [row.cells[place].strip() if place is not None and place < len(row.cells) else "" for place in columns]
        try:
            identity = official_id(register.number, cell[0])
        except ValueError as error:
            problems.append(f"{shown(path)}:{row.line} was left out: {error}")
            continue
        if identity is not None and cell[1]:
            is_open = register.is_open(cell[3]) if columns[3] is not None else True
            entries[identity] = Organisation(identity, clean(cell[1], 200), register.kind(cell[2]), is_open, row.line)
    if columns is None:
        raise IntakeError(f"“{shown(path)}” is not such a register: it has no columns for its numbers and names.")


def _columns(cells: Sequence[str], register: BodyRegister) -> tuple[int, int, int | None, int | None] | None:
    plain = [re.sub(r"[^a-z0-9]", "", cell[:80].lower()) for cell in cells]

    def place(pattern: str | None) -> int | None:
        return None if pattern is None else next((at for at, text in enumerate(plain) if re.fullmatch(pattern, text)), None)

    identity, name = place(register.id_heading), place(register.name_heading)
    if identity is None or name is None:
        return None
    return identity, name, place(register.kind_heading), place(register.status_heading)


def _is_bare(cells: Sequence[str], register: BodyRegister) -> bool:
    if register.bare is None or len(cells) <= max(register.bare):
        return False
    closed = cells[register.bare[2]].strip()
    try:
        return (
            official_id(register.number, cells[register.bare[0]]) is not None
            and re.fullmatch(r"(?:\d{8})?", closed) is not None
        )
    except ValueError:
        return False


def _differences(path: Path, register: BodyRegister, entries: dict[str, Organisation], file: str) -> list[PublishedChange]:
    changes = []
    for number, body in enumerate(read_bodies(path).bodies, 1):
        identity = body.ids.get(register.number)
        if identity is None:
            continue
        place = f"{shown(path)}, organisation {number}"
        entry = entries.get(identity)
        if entry is None:
            changes.append(PublishedChange("gone", f"{identity}: {body.name} is not in the register.", "", place))
        elif not entry.is_open:
            changes.append(PublishedChange("gone", f"{identity}: {body.name} is closed.", f"{file}:{entry.line}", place))
        elif fold(entry.name) != fold(body.name):
            say = f"{identity}: {entry.name}, on the list {body.name}."
            changes.append(PublishedChange("changed", say, f"{file}:{entry.line}", place))
    return changes


def _list_text(register: BodyRegister, held: Sequence[Organisation]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "type", register.number])
    for one in sorted(held, key=lambda item: (item.name.casefold(), item.number)):
        writer.writerow([guarded(one.name), one.kind, one.number])
    return out.getvalue()
