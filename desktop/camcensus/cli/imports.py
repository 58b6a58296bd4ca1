"""The command `import`: a spreadsheet into an inventory, or what it would do."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.cli.common import DONE, REFUSED, DataDir, Window, Wrong, load, now, pairs, print_json, say, who
from camcensus.model.errors import IntakeError
from camcensus.model.organisations import organisation_kind
from camcensus.model.registers import OTHERS, ValueGroup, cell_at
from camcensus.model.words import clean as shown
from camcensus.model.words import count, listed, lower_first
from camcensus.registers.cells import text_of
from camcensus.registers.columns import OWN_HEADING
from camcensus.registers.listed import said_once

if TYPE_CHECKING:
    from camcensus.tasks.imports.staff_register import Imported, ImportPreview

ROWS_SHOWN = 6
SHOWN = 20
"""So many rows of a kind are printed for people; `--json` has all."""
SAVED = "Stopped, but the list was saved. Who made its cameras is worked out by “show”, and by Re-check in the window."


def clean(text: str, limit: int) -> str:
    """A text of the list in one line: a cell's line breaks are blanks."""
    return shown(" ".join(text.split()), limit)


def import_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Reconcile a spreadsheet with an inventory, or begin one; 1 where a cell or a row had a problem or is to be asked."""
    from camcensus.intake.doors import USE_IDENTIFY, sort_of
    from camcensus.intake.registers import read_headings, read_register
    from camcensus.model.errors import DeviceListError, DiskError
    from camcensus.tasks import policy, safekeeping
    from camcensus.tasks.imports import document as documents_import
    from camcensus.tasks.imports import staff_register as importing
    from camcensus.tasks.imports.columns import named_answers, named_columns
    from camcensus.tasks.register import verbs as register

    is_new = not arguments.inventory.exists() and not arguments.inventory.is_symlink()
    if is_new and not arguments.name:
        raise Wrong(f"There is no “{clean(arguments.inventory.name, 80)}” yet; to begin it, give your organisation’s --name.")
    if not arguments.dry_run:
        policy.refuse_folder(arguments.inventory)
    knowledge, headings = load(arguments, data_dir), read_headings(data_dir() / "resources" / "registers")
    file = read_register(arguments.file, headings, arguments.sheet, arguments.encoding)
    if sort_of(file, headings) == "devices":
        raise DeviceListError(f"“{file.name}” lists what is on a network, not only cameras; {USE_IDENTIFY}.")
    mapping = named_columns(file, pairs(arguments.map))
    answers = named_answers(file, pairs(arguments.value, "--value “Condition:3=notes”"))
    year = organisation_kind(arguments.type).year_starts
    arguments.stopping.hold(at_once=True)
    with contextlib.ExitStack() as held:
        path = arguments.inventory
        held.enter_context(_nothing_left(path))
        if is_new and arguments.dry_run:
            path = Path(held.enter_context(tempfile.TemporaryDirectory())) / path.name
        opened = (
            register.new_inventory(path, register.new_body(arguments.name, arguments.type, year), now())
            if is_new
            else register.open_inventory(path, now(), readonly=arguments.dry_run)
        )
        inventory = held.enter_context(opened)
        if inventory.readonly_reason is not None and not arguments.dry_run:
            raise DiskError(f"{inventory.readonly_reason} Nothing was imported; {inventory.remedy}.")
        if not arguments.dry_run and (caution := safekeeping.caution(path)):
            print(caution, file=sys.stderr)
        plan = importing.preview_file(
            inventory, knowledge, file, headings, mapping=mapping, site=arguments.site, answers=answers
        )
        if not plan.columns:
            headings_there = ", ".join(clean(guess.column.named, 40) for guess in plan.mapping[:8])
            raise IntakeError(f"No column of “{clean(file.name, 60)}” is understood ({headings_there}): name one with --map.")
        done = None
        if not arguments.dry_run:
            if trouble := safekeeping.back_up(inventory, now(), closing=True):
                raise DiskError(f"Nothing was imported, because no back-up could be made before it: {trouble}")
            arguments.stopping.hold()
            tick, before = arguments.stopping.tick, inventory.changes(1)
            inventory.watch = lambda: tick(0, 0)
            try:
                done = importing.apply(inventory, knowledge, plan, importing.ImportChoices(), who(), now(), tick)
            except KeyboardInterrupt:
                inventory.watch = None
                if inventory.changes(1) == before:
                    raise
                return say(SAVED, REFUSED)
            inventory.watch = None
    if inventory.trouble:
        print(f"No back-up was made: {inventory.trouble}", file=sys.stderr)
    if arguments.json:
        print_json(documents_import.import_document(plan, done))
    else:
        print("\n".join(_told(plan, done)))
    for line in _problems(plan):
        print(shown(line, 600), file=sys.stderr)
    return REFUSED if plan.problems else DONE


def _problems(plan: ImportPreview) -> list[str]:
    """What was asked and could not be used: cells that say the same in one line, with their rows and what they count as."""
    lines: dict[str, None] = {}
    for one in plan.groups:
        rows = f"rows {listed([f'{row}' for row in one.rows], ROWS_SHOWN)}" if len(one.rows) > 1 else f"row {one.rows[0]}"
        if one.answer is None:
            others = listed([answer for answer, _ in one.choices if answer != one.default], SHOWN)
            lines[f"{one.say} ({rows}) Unless you say otherwise: {lower_first(dict(one.choices)[one.default])}."] = None
            if one.value == OTHERS:
                lines[f"  They are: {_listed(_texts(plan, one))}."] = None
            lines[
                f"  To say otherwise: --value “{clean(one.column.named, 40)}:{clean(one.value, 40)}=…”, where … is {others}."
            ] = None
    grouped = {(row, one.column.named) for one in plan.groups for row in one.rows}
    return [*lines, *said_once(one for one in plan.problems if (one.row, one.column or "") not in grouped)]


def _texts(plan: ImportPreview, group: ValueGroup) -> list[str]:
    """What the cells of a question say, each once."""
    rows = set(group.rows)
    return [*dict.fromkeys(text_of(cell_at(row, group.column)) for row in plan.file.rows if row.number in rows)]


def _told(plan: ImportPreview, done: Imported | None) -> list[str]:
    matched, new = plan.of("matched"), plan.of("new")
    changing = [row for row in matched if row.changes]
    would = ", would be added" if done is None else ", added"
    sheet = f", sheet “{clean(plan.file.sheet, 40)}”" if plan.file.sheet else ""
    said = [f"{clean(plan.file.name, 80)}{sheet}: {count(len(plan.file.rows), 'row')}.", "", "Columns:"]
    taken = [guess for guess in plan.mapping if guess.field is not None and guess.why != OWN_HEADING]
    said += [f"  {one.column.letter:>3}  {clean(one.column.named, 40)}: {one.field}. {one.why}" for one in taken]
    own = sum(guess.why == OWN_HEADING for guess in plan.mapping)
    said += [f"  {count(own, 'column')} with a heading that Camcensus writes itself."] if own else []
    said += ["", f"Matched: {len(matched)}, of which {len(changing)} differ."]
    for row in changing[:SHOWN]:
        changes = "; ".join(f"{one.title}: {clean(one.was, 60) or '–'} → {clean(one.is_now, 60)}" for one in row.changes)
        said.append(f"  Row {row.row.number} is {clean(row.ref or '', 40)}. {changes}")
    said += _more(len(changing))
    for row in [row for row in matched if row.differs][:SHOWN]:
        said += [f"  Row {row.row.number}, {clean(row.ref or '', 40)}: {say}" for say in row.differs]
    said.append(f"Only on the list{would if new else ''}: {len(new)}.")
    said.append(f"To be asked, and left alone: {len(plan.of('asked'))}.")
    seen = [one.ref for one in plan.only_seen]
    said.append(f"Only in the inventory: {len(plan.only_seen)}{f' ({_listed(seen)})' if seen else ''}.")
    if plan.new_places:
        said.append(f"New places: {_listed(plan.new_places)}.")
    if plan.new_firms:
        said.append(f"New firms: {_listed(plan.new_firms)}.")
    said += [f"Note: {clean(note.say, 300)}" for note in plan.notes[:SHOWN]]
    said += _more(len(plan.notes))
    if plan.not_saved:
        many = "column is" if len(plan.not_saved) == 1 else "columns are"
        said.append(f"{len(plan.not_saved)} {many} not saved: {_listed([one.named for one in plan.not_saved])}.")
    said.append(clean(done.changes.say, 300) if done is not None else "Nothing was written: this was only looked at.")
    return said


def _more(number: int) -> list[str]:
    return [f"  and {number - SHOWN:,} more"] if number > SHOWN else []


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return listed([clean(name, 60) for name in names], SHOWN)


@contextlib.contextmanager
def _nothing_left(path: Path) -> Iterator[None]:
    """Remove what a command that fails began at a path where nothing was."""
    beside = Path(f"{path}-backups")
    was_there, had_backups = path.exists() or path.is_symlink(), beside.exists()
    try:
        yield
    except BaseException:
        if not was_there:
            path.unlink(missing_ok=True)
            if not had_backups:
                shutil.rmtree(beside, ignore_errors=True)
        raise
