"""A staff register into the inventory: what it would do, said before; then done as one change, which can be taken back.

`preview` reads and compares and writes nothing; `apply` writes what of it was confirmed. Between two devices it never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from pathlib import Path
from typing import cast

from camcensus.intake.registers import read_headings, read_register
from camcensus.model import frozen
from camcensus.model.changes import Changes
from camcensus.model.errors import IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.registers import (
    TO_NOTES,
    Answers,
    CellProblem,
    ColumnGuess,
    Known,
    Listed,
    Reconciled,
    RegisterField,
    RegisterFile,
    SheetColumn,
    SheetNote,
    Value,
    ValueGroup,
    cell_at,
)
from camcensus.model.words import clean, count
from camcensus.registers.cells import BLANK, text_of
from camcensus.registers.columns import RECORDER_WORDS, WORKED_OUT, Headings, guess_columns, has_models, named
from camcensus.registers.listed import read_rows
from camcensus.registers.matching import match_rows
from camcensus.registers.plain_headings import plain
from camcensus.registers.programs import program_of
from camcensus.store.inventory import Inventory
from camcensus.tasks.imports.changes import CellChange, ImportRow, State, changes_of, firm_of
from camcensus.tasks.imports.columns import (
    SETTING,
    Mapped,
    chosen_columns,
    remembered,
    to_remember,
)
from camcensus.tasks.imports.makers import as_new, begins_with_brand, is_work, with_makers, with_told
from camcensus.tasks.imports.register_index import RegisterIndex, fold
from camcensus.tasks.imports.writing import REF_MOST_CHARACTERS, Done, Tick, write_import
from camcensus.tasks.register.alike import do
from camcensus.tasks.register.rows import AssetRow, rows

RECORDERS_MOST = 50
NEW_ROWS_MOST = 25_000
"""An import is one line of the change log, which has a limit."""
NEW = "new"
"""The answer that a row which was asked about is a device of its own."""


@frozen
class ImportPreview:
    """What a list would do. `rows` are all of its rows but those in `notes`; `problems` name row and column, `groups` the same
    once for each column and value."""

    file: RegisterFile
    mapping: tuple[ColumnGuess, ...]
    rows: tuple[ImportRow, ...]
    only_seen: tuple[Known, ...]
    problems: tuple[CellProblem, ...]
    groups: tuple[ValueGroup, ...]
    notes: tuple[SheetNote, ...]
    new_places: tuple[str, ...]
    new_firms: tuple[str, ...]
    chosen: bool
    """Whether a person has changed the columns: then that is remembered for lists with these headings."""
    ours: RegisterIndex = field(repr=False, compare=False)

    @property
    def columns(self) -> dict[RegisterField, SheetColumn]:
        """The column of each field that has one."""
        return {guess.field: guess.column for guess in self.mapping if guess.field is not None}

    @property
    def not_saved(self) -> tuple[SheetColumn, ...]:
        """The columns of which nothing is saved, though something is in them."""
        left = [one.column for one in self.mapping if one.field is None and one.why != WORKED_OUT]
        return tuple(one for one in left if any(cell_at(row, one) is not None for row in self.file.rows))

    def of(self, state: State) -> tuple[ImportRow, ...]:
        """The rows in that state, in the order of the list."""
        return tuple(row for row in self.rows if row.state == state)


@frozen
class ImportChoices:
    """What a person confirmed. `leave` are rows that are left out.

    `answers` say for rows that were asked which asset id they are, or NEW; without an answer a row is left out.
    """

    leave: frozenset[int] = frozenset()
    answers: Mapping[int, str] = field(default_factory=dict)


@frozen
class Imported:
    """What was done: rows added and changed (row number -> asset id), and rows that were left out."""

    changes: Changes
    added: Mapping[int, str]
    changed: Mapping[int, str]
    left: tuple[int, ...]
    more: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """What else was added for a row that is several devices."""


def preview(
    inventory: Inventory,
    knowledge: Knowledge,
    path: Path,
    data_dir: Path,
    *,
    sheet: str | None = None,
    mapping: Mapped | None = None,
    site: str | None = None,
    encoding: str | None = None,
    answers: Answers | None = None,
) -> ImportPreview:
    """Read a list and hold it against the register; writes nothing. Raises IntakeError, one sentence.

    `mapping` (column's place -> field, None for none) is what a person chose for some columns; the rest is guessed, or what was
    chosen for a list with these headings before. `site` is the name of the site for rows that name none, `answers` what cells
    mean that cannot be read.
    """
    headings = read_headings(data_dir / "resources" / "registers")
    file = read_register(path, headings, sheet, encoding)
    return preview_file(inventory, knowledge, file, headings, mapping=mapping, site=site, answers=answers)


def preview_file(
    inventory: Inventory,
    knowledge: Knowledge,
    file: RegisterFile,
    headings: Headings,
    *,
    mapping: Mapped | None,
    site: str | None,
    answers: Answers | None = None,
) -> ImportPreview:
    """The same for a file that was read: for another choice of columns it need not be read again."""
    if len(file.rows) - len(inventory.assets()) > NEW_ROWS_MOST:
        raise IntakeError(
            f"“{clean(file.name, 60)}” has {len(file.rows):,} rows; at most {NEW_ROWS_MOST:,} new ones are imported at once, so"
            " split it and import the parts one after the other."
        )
    before = remembered(inventory, file.columns)
    guesses = guess_columns(file.columns, file.rows, headings, before, lambda text: begins_with_brand(text, knowledge))
    chosen = chosen_columns(guesses, mapping or {})
    columns = {guess.field: guess.column for guess in chosen if guess.field is not None}
    read = read_rows(file, chosen, headings.words, answers)
    listed = [
        with_told(with_makers(row, columns, knowledge, headings.words), columns, knowledge, headings.words) for row in read.rows
    ]
    beside, recorders_of = _beside(file, chosen, read.rows, answers or {})
    listed += [with_makers(row, {"model": beside[0].column}, knowledge, headings.words) for row in recorders_of]
    of_sheet = file.site if site is None and "site" not in columns else None
    ours = _register(inventory, knowledge, site or of_sheet)
    known = [_known(row, keys, ours.recorded) for row, keys in _with_keys(inventory, ours)]
    found = match_rows(listed, known, ours.site)
    work = [row.number for row in found.only_listed if is_work(row, headings.words)]
    devices = (row for row in found.only_listed if row.number not in work)
    found = replace(found, only_listed=tuple(as_new(row, columns, knowledge, headings.words) for row in devices))
    notes = [*file.notes, *read.notes]
    notes += [SheetNote(number, f"Row {number} is work or carriage, so it was left out.") for number in work]
    if of_sheet is not None:
        notes.append(SheetNote(None, f"“{clean(of_sheet, 60)}”, the name of the sheet, was taken as the site of its rows."))
    ours.new_refs = _new_names(found)
    asked, recorders = _recorders(found, ours, file, columns.get("connected_to_ref"), answers or {}, headings)
    found = replace(found, only_listed=(*found.only_listed, *recorders))
    ours.new_refs |= _new_names(replace(found, only_listed=recorders))
    planned, more = _plan(found, ours, columns)
    said = sorted((*read.problems, *more), key=lambda one: one.row)
    places, firms = _new_ones(planned, ours)
    return ImportPreview(
        file, chosen, planned, found.only_seen, tuple(said), (*read.groups, *beside, *asked), tuple(notes), places, firms,
        chosen != guesses, ours,
    )  # fmt: skip


def changes_if(plan: ImportPreview, row: ImportRow, answer: str) -> tuple[CellChange, ...]:
    """What a row that is asked would change if it were that asset (its id), or a new one (NEW)."""
    seen = plan.ours.rows.get(answer)
    return changes_of(row.row, seen.asset if seen else None, seen, plan.ours, plan.columns)[0]


def apply(
    inventory: Inventory,
    knowledge: Knowledge,
    plan: ImportPreview,
    choices: ImportChoices,
    by: str,
    now: datetime,
    tick: Tick | None = None,
) -> Imported:
    """Do what was confirmed, as one edit that can be taken back, and judge what is new. Raises StoreError: nothing was done.

    `tick` hears how many of how many rows are written; what it raises before they are saved stops the import: nothing was done.
    """
    wanted, left = list[ImportRow](), list[int]()
    for row in plan.rows:
        ready = _confirmed(plan, row, choices)
        if ready is None:
            left.append(row.row.number)
        else:
            wanted.append(ready)
    remember = (SETTING, to_remember(inventory, plan.mapping)) if plan.chosen else None
    done = Done()
    edit = write_import(knowledge, plan.ours, wanted, done, file=clean(plan.file.name, 80), remember=remember, tick=tick)
    return Imported(do(inventory, knowledge, edit, by=by, now=now), done.added, done.changed, tuple(left), done.more)


def _confirmed(plan: ImportPreview, row: ImportRow, choices: ImportChoices) -> ImportRow | None:
    """The row as it is to be done; None for one that is left out."""
    number = row.row.number
    if number in choices.leave:
        return None
    if row.state == "asked":
        answer = choices.answers.get(number)
        if answer is None:
            return None
        seen = plan.ours.rows.get(answer)
        state: State = "matched" if seen else "new"
        row = replace(
            row, state=state, asset=answer if seen else None, ref=seen.asset.ref if seen else None,
            changes=changes_if(plan, row, answer),
        )  # fmt: skip
    return row


def _plan(
    found: Reconciled, ours: RegisterIndex, columns: Mapping[RegisterField, SheetColumn]
) -> tuple[tuple[ImportRow, ...], list[CellProblem]]:
    planned: list[ImportRow] = []
    problems: list[CellProblem] = []
    contracts: dict[tuple[str, str, str], tuple[int, object]] = {}

    def changes(row: Listed, seen: AssetRow | None) -> tuple[CellChange, ...]:
        made, wrong = changes_of(row, seen.asset if seen else None, seen, ours, columns)
        problems.extend(wrong)
        clash = _clashes(row, seen, made, contracts, columns)
        problems.extend(clash.values())
        return tuple(change for change in made if change.field not in clash)

    for matched in found.matched:
        made = changes(matched.row, ours.rows[matched.asset])
        one = ImportRow(
            matched.row, "matched", matched.reason, matched.asset, matched.ref, matched.by, (), made, matched.differs
        )
        planned.append(one)
    for row in found.only_listed:
        planned.append(ImportRow(row, "new", "It is only on the list.", changes=changes(row, None)))
    for asked in found.ambiguous:
        planned.append(ImportRow(asked.row, "asked", asked.say, candidates=asked.candidates))
        problems.append(CellProblem(asked.row.number, None, asked.say))
    return tuple(sorted(planned, key=lambda one: one.row.number)), problems


def _clashes(
    row: Listed,
    seen: AssetRow | None,
    changes: Iterable[CellChange],
    contracts: dict[tuple[str, str, str], tuple[int, object]],
    columns: Mapping[RegisterField, SheetColumn],
) -> dict[RegisterField, CellProblem]:
    """Changes of a firm's contract that another row of the list gives otherwise."""
    found: dict[RegisterField, CellProblem] = {}
    firm = firm_of(row, seen.asset if seen else None)
    for change in changes:
        if change.kind != "contract" or firm is None:
            continue
        number, value = contracts.setdefault((firm[0], fold(firm[1]), change.name), (row.number, change.value))
        if value != change.value:
            heading, shown = columns[change.field].named, named(columns[change.field], change.field)
            say = f"Row {row.number}: {shown} of {clean(firm[1], 60)} is another in row {number}."
            found[change.field] = CellProblem(row.number, heading, say)
    return found


def _new_ones(planned: Iterable[ImportRow], ours: RegisterIndex) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Places and firms that would be made, each once."""
    places: dict[str, str] = {}
    firms: dict[str, str] = {}
    for row in planned:
        for change in row.changes:
            if change.kind == "place" and ours.place_id(change.value) is None:  # type: ignore[arg-type]
                places.setdefault(fold(change.is_now), change.is_now)
            elif change.kind == "firm" and ours.firm(change.name, change.is_now) is None:
                firms.setdefault(fold(change.is_now), change.is_now)
    return tuple(places.values()), tuple(firms.values())


def _register(inventory: Inventory, knowledge: Knowledge, site: str | None) -> RegisterIndex:
    ours = {row.asset.id: row for row in rows(inventory, knowledge)}
    return RegisterIndex(ours, inventory.places(), inventory.vendors(), inventory.body.name, site, inventory.recorded())


def _with_keys(inventory: Inventory, ours: RegisterIndex) -> Iterable[tuple[AssetRow, Mapping[str, tuple[str, ...]]]]:
    keys = inventory.device_keys()
    for row in ours.rows.values():
        found: dict[str, tuple[str, ...]] = {}
        for key in keys.get(row.asset.device or "", ()):
            value = key.value.partition(":")[2] if key.kind == "serial" else key.value
            found[key.kind] = (*found.get(key.kind, ()), value)
        yield row, found


def _known(row: AssetRow, keys: Mapping[str, tuple[str, ...]], recorded: Mapping[str, Mapping[str, str]]) -> Known:
    asset, searched = row.asset, row.network is not None
    told = recorded.get(asset.device or "", {})
    listed = any(one.way == "list" for one in asset.known_by)
    shows = {"sold_as": row.brand, "model": row.model, "serial": row.serial, "mac": row.mac}
    values = cast("dict[RegisterField, Value]", {name: value for name, value in shows.items() if value})
    macs, serials = keys.get("mac", ()), keys.get("serial", ())
    return Known(
        id=asset.id, ref=asset.ref, macs=tuple(dict.fromkeys(filter(None, (*macs, row.mac)))),
        serials=tuple(dict.fromkeys(filter(None, (*serials, row.serial)))), addresses=row.addresses,
        names=(asset.purpose,) if asset.purpose else (), place_path=asset.place_path, connected_to_ref=asset.connected_ref,
        channel=asset.channel, values=values, seen=searched, typed=not searched,
        here=asset.in_use, listed=(told.get("manufacturer", ""), told.get("model", "")) if listed else None,
    )  # fmt: skip


def _beside(
    file: RegisterFile, mapping: Iterable[ColumnGuess], rows: Iterable[Listed], answers: Answers
) -> tuple[list[ValueGroup], list[Listed]]:
    """The recorders that a column beside the cameras names ("NVR make/model"), each once for a site, where none has a row."""
    columns = [(one.column, {*plain(one.column.heading).split()}) for one in mapping if one.field == "notes"]
    of = [(column, words) for column, words in columns if words & RECORDER_WORDS]
    named = {"make", "brand", "manufacturer", "model"}
    naming = [column for column, words in of if words & named or (words <= RECORDER_WORDS and has_models(file.rows, column))]
    column = next(iter(naming), None)
    quantity = next((column for column, words in of if words & {"qty", "quantity", "no", "number"}), None)
    if column is None or any(row.values.get("kind") == "recorder" for row in rows):
        return [], []
    cells, found, on = {row.number: row for row in file.rows}, dict[tuple[str, ...], Listed](), list[int]()
    last = max(cells)
    for row in rows:
        text = " ".join(text_of(cell_at(cells[row.number], one)) for one in naming).strip()
        place = {name: row.values[name] for name in ("site", "building", "status") if name in row.values}
        if not text or text.casefold() in BLANK:
            continue
        on.append(row.number)
        many = text_of(cell_at(cells[row.number], quantity)) if quantity is not None else ""
        for at in range(int(many) if many.isdecimal() and int(many) < RECORDERS_MOST else 1):
            key = (text, f"{at}", *map(str, place.values()))
            found.setdefault(key, Listed(last + len(found) + 1, {"kind": "recorder", "model": text, **place}))
    answer = answers.get((column.place, ""))
    say = f"{column.named}: {count(len(found), 'recorder')} beside cameras, on {count(len(on), 'row')}, without a row."
    choices = (("recorder", "Add them"), (TO_NOTES, "Save it in the notes"))
    group = ValueGroup(column, "", tuple(on), say, choices, answer, "recorder")
    return ([group], [] if answer == TO_NOTES else list(found.values())) if found else ([], [])


def _recorders(
    found: Reconciled, ours: RegisterIndex, file: RegisterFile, column: SheetColumn | None, answers: Answers, headings: Headings
) -> tuple[tuple[ValueGroup, ...], tuple[Listed, ...]]:
    """What rows are connected to and is no row: added as a recorder where a program lists it or a person says so."""
    if column is None:
        return (), ()
    named = dict[str, list[Listed]]()
    for row in (*(one.row for one in found.matched), *found.only_listed):
        name = str(row.values.get("connected_to_ref", ""))
        if name and not ours.linked(name) and fold(name) not in ours.new_refs:
            named.setdefault(fold(name), []).append(row)
    default = TO_NOTES if program_of([one.heading for one in file.columns], headings.programs) is None else "recorder"
    groups, added = list[ValueGroup](), list[Listed]()
    listed = [*found.only_listed, *(one.row for one in found.matched)]
    last = max([row.number for row in file.rows] + [row.number for row in listed])
    for on in list(named.values())[:RECORDERS_MOST]:
        name, numbers = str(on[0].values["connected_to_ref"]), tuple(row.number for row in on)
        answer = answers.get((column.place, name.casefold()))
        say = f"{column.named}: “{clean(name, 40)}”, on {count(len(on), 'row')}, has no row of its own."
        choices = (("recorder", "Add it as a recorder"), (TO_NOTES, "Save it in the notes"))
        groups.append(ValueGroup(column, name, numbers, say, choices, answer, default))
        if (answer or default) == "recorder":
            called = "ref" if len(name) <= REF_MOST_CHARACTERS else "name"
            added.append(Listed(last + len(added) + 1, {called: name, "kind": "recorder"}))
    return tuple(groups), tuple(added)


def _new_names(found: Reconciled) -> dict[str, int]:
    """What rows that are only on the list are called -> their number; names that two have are none."""
    names: dict[str, int] = {}
    twice: set[str] = set()
    for row in found.only_listed:
        for name in ("ref", "name", "location"):
            said = str(row.values.get(name, ""))  # also of “Rack 1 (NVR 1)” and “NVR1 – server room”
            for text in {fold(one) for one in (said, *re.split(r"\s[-–]\s|[()]", said))} - {""}:
                if names.setdefault(text, row.number) != row.number:
                    twice.add(text)
    return {name: number for name, number in names.items() if name not in twice}
