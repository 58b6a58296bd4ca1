"""A register that staff keep, from CSV and the like, XLSX, XLS or ODS: the sheet, its headings, and the rows below them.

Titles above, empty rows and columns, headings that are repeated and totals are left out, and what might be missed is noted.
Hidden rows are rows. Row numbers are those that a spreadsheet program shows.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from camcensus.intake.csv_rows import kept
from camcensus.intake.decoding import GUESSED, decoded, text_as
from camcensus.intake.delimited import COLUMNS_LIMIT, ROWS_LIMIT, delimited_rows, tidy, too_many_rows
from camcensus.intake.doors import refuse_leases, refuse_list, refuse_printed
from camcensus.intake.heading_rows import SheetHeadings, find_heading, totals_in
from camcensus.intake.objects import is_json, read_objects
from camcensus.intake.sheets import OLE, Sheet, read_book
from camcensus.model import frozen
from camcensus.model.errors import EncodingUnknownError, IntakeError, disk_error, open_file, shown
from camcensus.model.registers import REGISTER_FORMATS, Cell, RegisterField, RegisterFile, SheetColumn, SheetNote, SheetRow
from camcensus.model.words import clean, count, listed
from camcensus.registers.answer_columns import make_answer_headings
from camcensus.registers.cells import text_of
from camcensus.registers.columns import Headings, field_of, make_headings
from camcensus.registers.plain_headings import letter, plain
from camcensus.registers.programs import ListProgram, as_register, make_programs
from camcensus.registers.words import make_words

FILE_LIMIT_BYTES = 64 << 20
HEADINGS_FILE, ANSWER_HEADINGS_FILE, PROGRAMS_FILE = "columns.toml", "answers.toml", "programs.toml"
WORDS_FILE = "words.toml"
SHEETS_SHOWN = COLUMNS_SHOWN = ROWS_SHOWN = 10
_RECORDER = re.compile(r"(?:nvr|dvr|xvr|hvr|recorder)\b", re.I)
_ZIP = b"PK\x03\x04"
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_headings(folder: Path) -> Headings:
    """The usual headings (`resources/registers`). Raises IntakeError where the program's own table is damaged."""
    words = _read_table(folder / WORDS_FILE, make_words)
    return replace(_read_table(folder / HEADINGS_FILE, _headings), programs=read_programs(folder), words=words)


def read_answer_headings(folder: Path) -> Headings:
    """The usual headings of a spreadsheet of answers, from the same folder. Raises IntakeError as `read_headings` does."""
    return _read_table(folder / ANSWER_HEADINGS_FILE, _answer_headings)


def read_programs(folder: Path) -> tuple[ListProgram, ...]:
    """The programs whose exports are recognised, from the same folder. Raises IntakeError as `read_headings` does."""
    return _read_table(folder / PROGRAMS_FILE, lambda table: make_programs(table["program"]))


def _headings(table: dict[str, Any]) -> Headings:
    return make_headings(table, table.pop("leave"), table.pop("own"))


def _answer_headings(table: dict[str, Any]) -> Headings:
    return make_answer_headings(table, table.pop("leave"))


def _read_table[Made](path: Path, make: Callable[[dict[str, Any]], Made]) -> Made:
    try:
        return make(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntakeError(
            f"Camcensus cannot read its own table of headings ({clean(str(error), 80)}); install it again."
        ) from error


def read_register(path: Path, headings: Headings, sheet: str | None = None, encoding: str | None = None) -> RegisterFile:
    """The register in a file. `sheet` names the sheet; without it the one with most known headings is taken.

    `encoding` is one of `model.registers.ENCODINGS` for a text file, where somebody knows it.

    Raises IntakeError, one sentence, for what is no table, is too large or is damaged.
    """
    try:
        with open_file(path) as stream:
            data = stream.read(FILE_LIMIT_BYTES + 1)
    except (OSError, ValueError) as error:
        problem = error if isinstance(error, OSError) else OSError(str(error))
        raise IntakeError(str(disk_error(path, problem))) from error
    return read_register_bytes(data, shown(path), headings, sheet, encoding)


def read_register_bytes(
    data: bytes, name: str, headings: Headings, sheet: str | None = None, encoding: str | None = None
) -> RegisterFile:
    """The same from bytes; `name` is the file's, for sentences."""
    return as_register(_read_bytes(data, name, headings, sheet, encoding), headings.programs)


def _read_bytes(data: bytes, name: str, headings: Headings, sheet: str | None, encoding: str | None) -> RegisterFile:
    if len(data) > FILE_LIMIT_BYTES:
        raise IntakeError(f"“{name}” is longer than {FILE_LIMIT_BYTES >> 20} MiB, and no register is; give the list alone.")
    if not data or data.isspace():
        raise IntakeError(f"“{name}” is empty; give a spreadsheet with one row {headings.row}.")
    if data.startswith((_ZIP, OLE)):
        return _of_book(data, name, headings, sheet)
    text, says = decoded(data) if encoding is None else (_as_told(data, name, encoding), False)
    refuse_list(data, text, name)
    if is_json(text):
        return _of_objects(text, name, headings)
    start = text.lstrip()[:200].lower()
    if start.startswith(("<html", "<!doctype", "<table", "<?xml", "<meta", "<style")):
        raise IntakeError(f"“{name}” is a web page or XML by its contents; open it and save it as XLSX or CSV.")
    if start.startswith(("%pdf", "{\\rtf")) or len(_BINARY.findall(text[:4096])) * 50 > len(text[:4096]):
        raise IntakeError(f"“{name}” is no spreadsheet; give {REGISTER_FORMATS}.")
    if sheet is not None:
        raise IntakeError(f"“{name}” is a text file and has no sheets; leave the sheet’s name out.")
    try:
        table = _SheetTable("", True, delimited_rows(text, name, headings), (), True)
    except IntakeError:
        refuse_leases(text, name)
        raise
    if not table.rows:
        raise IntakeError(f"“{name}” is empty; give a spreadsheet with one row {headings.row}.")
    found = find_heading(table.rows, (), headings)
    refuse_printed(text, table.rows, found, name)
    notes = [] if says or encoding is not None else [_guessed(text, name)]
    file = _register(table, name, (), found, headings, notes)
    return file if says else replace(file, encoding=encoding or GUESSED)


def _of_objects(text: str, name: str, headings: Headings) -> RegisterFile:
    """A JSON array; its rows are counted from 1, as it has no row of headings."""
    objects = read_objects(text, name)
    if objects is None:
        raise IntakeError(f"“{name}” is JSON, and no array of devices; give {REGISTER_FORMATS}.")
    table = _SheetTable("", True, kept((objects.names, *objects.rows), name, tidy), ())
    heading = SheetHeadings(tuple(objects.names), (), 0, len(objects.names), 1)
    file = _register(table, name, (), heading, headings)
    return replace(file, rows=tuple(replace(row, number=row.number - 1) for row in file.rows))


def _as_told(data: bytes, name: str, encoding: str) -> str:
    try:
        return text_as(data, encoding).removeprefix("\ufeff")
    except UnicodeError as error:
        raise IntakeError(f"“{name}” is not text in {encoding}; give another encoding, or save it as “CSV UTF-8”.") from error


def _guessed(text: str, name: str) -> SheetNote:
    """What to look at where nothing in a file says how its letters are written. Raises IntakeError where the guess is wrong."""
    if "\ufffd" in text:
        raise EncodingUnknownError(
            f"“{name}” is written in an encoding that Camcensus cannot tell; save it as XLSX or “CSV UTF-8”, or name it "
            "(--encoding on the command line)."
        )
    word = next((word for word in re.split(r"[\s,;|]+", text) if not word.isascii()), "")
    return SheetNote(
        None,
        f"The file does not say how its letters are written. Does “{clean(word, 40)}” look right? If not, name "
        "the encoding, or save it as XLSX or “CSV UTF-8” first.",
    )


@frozen
class _SheetTable:
    """A sheet with its cells in the form that all rooms speak in."""

    name: str
    visible: bool
    rows: Sequence[Sequence[Cell]]
    merged: tuple[tuple[int, int, int, int], ...]
    guarded: bool = False


def _of_book(data: bytes, name: str, headings: Headings, wanted: str | None) -> RegisterFile:
    tables = [table for one in read_book(data, name) if (table := _table(one)).rows]
    names = tuple(table.name for table in tables)
    if not tables:
        raise IntakeError(f"“{name}” has no sheet with anything on it; give a spreadsheet with one row {headings.row}.")
    found = [(table, find_heading(table.rows, table.merged, headings)) for table in tables]
    if wanted is not None:
        chosen = [one for one in found if one[0].name.casefold() == wanted.strip().casefold()]
        if not chosen:
            listed = ", ".join(f"“{clean(one, 40)}”" for one in names[:20])
            raise IntakeError(f"“{name}” has no sheet “{clean(wanted, 40)}” with anything on it; it has {listed}.")
    else:
        chosen = [max(found, key=lambda one: (one[1].known > 1, one[0].visible, one[1].known, len(one[0].rows)))]
    table, heading = chosen[0]
    alike = [one for one, head in found if head.known > 1 and set(map(plain, head.texts)) == set(map(plain, heading.texts))]
    file = _register(table, name, names, heading, headings, _other_sheets(table, found, alike))
    is_site = len(alike) > 1 and all(_may_be_site(one.name, headings) for one in alike)
    return replace(file, site=table.name.strip()) if is_site else file


def _may_be_site(name: str, headings: Headings) -> bool:
    """Whether a sheet may be called after a place: not “Sheet2”, “2025”, “Recorders”, “Removed” or “Outside”."""
    return _NO_SITE.search(name) is None and not any(headings.words.meaning(field, name)[0] for field in _NO_SITE_FIELDS)


_NO_SITE = re.compile(r"^\W*(?:sheet|page|tab|table|list|part)?[\W\d_]*$|\b(?:(?:19|20)\d\d|old|backup|copy)\b", re.I)
_NO_SITE_FIELDS: tuple[RegisterField, ...] = ("kind", "camera_type", "status", "inside_outside")


def _other_sheets(
    table: _SheetTable, found: Sequence[tuple[_SheetTable, SheetHeadings]], alike: Sequence[_SheetTable]
) -> list[SheetNote]:
    """Which sheet was taken, and which were not, above all those of the same headings."""
    others = [one for one, _ in found if one is not table]
    if not others:
        return []
    named = [
        f"“{clean(one.name, 40)}” ({count(len(one.rows), 'row')}{', with the same headings' if one in alike else ''})"
        for one in others
    ]
    say = f"Of {len(found)} sheets, “{clean(table.name, 40)}” was taken. Not read: {listed(named, SHEETS_SHOWN)}."
    return [SheetNote(None, f"{say} Choose another to import it too." if len(alike) > 1 else say)]


def _table(sheet: Sheet) -> _SheetTable:
    rows: list[list[Cell]] = [[_cell(cell) for cell in row[:COLUMNS_LIMIT]] for row in sheet.rows]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return _SheetTable(sheet.name, sheet.visible, rows, sheet.merged)


def _cell(cell: Any) -> Cell:
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, (int, float)):
        number = float(cell)
        return number if math.isfinite(number) else str(number)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return cell.isoformat() if isinstance(cell, time) else str(cell) if isinstance(cell, timedelta) else tidy(str(cell))


def _register(
    table: _SheetTable,
    name: str,
    sheets: tuple[str, ...],
    heading: SheetHeadings,
    headings: Headings,
    notes: Sequence[SheetNote] = (),
) -> RegisterFile:
    """The rows below the headings, without what is none."""
    if len(table.rows) > ROWS_LIMIT:
        raise too_many_rows(name)
    below = table.rows[heading.below :]
    width = max((len(row) for row in table.rows), default=0)
    used = {place for row in below for place, cell in enumerate(row) if cell is not None}
    columns = tuple(
        SheetColumn(place, letter(place), text)
        for place in range(width)
        if (text := heading.texts[place] if place < len(heading.texts) else "") or place in used
    )
    rows, said = list[SheetRow](), list(notes)
    fields = {column.place: found[0] for column in columns if (found := field_of(column.heading, headings))}
    filled = _filled_down(table, columns, heading.below, fields, said)
    latest, ditto = dict[int, Cell](), dict[int, None]()
    marks = DITTO if headings.row == "a camera" else DITTO - IN_LETTERS
    totals, repeated = list[int](), list[int]()
    first = heading.numbers[0] - 2 if heading.numbers else -1
    tops = [first, *(heading.below + at - 1 for at, row in enumerate(below) if at and heading.repeats(row))]
    titles = {at + 1: _line(table.rows[at]) for at in tops if at >= 0}
    if (title := titles.get(first + 1, "")) and (_RECORDER.match(title) or headings.words.level_of(title) == "floor"):
        rows.append(SheetRow(first + 1, (title,)))
    for number, row in enumerate(below, heading.below + 1):
        if not any(cell is not None for cell in row):
            continue
        if number in titles and _RECORDER.match(titles[number]) and not any(table.rows[number - 2]):
            rows.append(SheetRow(number, (titles[number],)))
        elif totals_in(row):
            totals.append(number)
        elif heading.repeats(row):
            repeated.append(number)
        else:
            cells, above = list(row), filled.get(number - 1, {})
            cells += [None] * (max(above, default=-1) + 1 - len(cells))
            for place, cell in above.items():
                cells[place] = cell
            for place, cell in enumerate(cells):
                if isinstance(cell, str) and cell.casefold() in marks and place in latest:
                    if fields.get(place) not in _OF_ONE_DEVICE:
                        cells[place], ditto[place] = latest[place], None
                elif cell is not None:
                    latest[place] = cell
            rows.append(SheetRow(number, tuple(cells)))
    if not rows:
        raise IntakeError(f"“{name}” has headings and no rows below them; give a spreadsheet with one row {headings.row}.")
    for numbers, one, many in (
        (totals, "looks like a total, so it was left out", "look like totals, so they were left out"),
        (repeated, "repeats the headings and was left out", "repeat the headings and were left out"),
    ):
        if numbers:
            which = (
                f"Row {numbers[0]} {one}" if len(numbers) == 1 else f"Rows {listed(list(map(str, numbers)), ROWS_SHOWN)} {many}"
            )
            said.append(SheetNote(numbers[0] if len(numbers) == 1 else None, f"{which}."))
    if ditto:
        named = [clean(column.named, 40) for column in columns if column.place in ditto]
        said.append(SheetNote(None, f"Ditto marks count as the cell above: {listed(named, COLUMNS_SHOWN)}."))
    if heading.above:
        over = [f"“{clean(title, 120)}”" for row in table.rows[: heading.numbers[0] - 1] if (title := _line(row))]
        say = f"{count(heading.above, 'row')} above the headings left out: {listed(over, ROWS_SHOWN)}."
        said.insert(0, SheetNote(None, say))
    return RegisterFile(name, table.name or None, sheets, heading.numbers, columns, tuple(rows), tuple(said))


DITTO = frozenset(('"', "''", "“", "”", "„", "〃", "do.", "ditto", "as above", "same as above", "same", "-do-"))
"""What people write for “the same as above”."""
IN_LETTERS = frozenset(("as above", "same as above", "same"))
"""Of these, what a reply says of itself."""
_OF_ONE_DEVICE: frozenset[RegisterField] = frozenset(
    ("record_id", "ref", "serial", "ip", "mac", "purchase_cost_gbp", "quantity")
)


def _line(row: Sequence[Cell]) -> str:
    return " ".join(text_of(cell) for cell in row if cell is not None)


def _filled_down(
    table: _SheetTable, columns: Sequence[SheetColumn], below: int, fields: Mapping[int, RegisterField], said: list[SheetNote]
) -> dict[int, dict[int, Cell]]:
    """Row's place -> column's place -> the text of the merged cell that reaches down to it; what is of one device stays."""
    filled: dict[int, dict[int, Cell]] = {}
    down, once = dict[str, None](), dict[str, None]()
    for first_row, place, last_row, _ in table.merged:
        cell = table.rows[first_row][place] if first_row < len(table.rows) and place < len(table.rows[first_row]) else None
        if first_row < below or last_row <= first_row or cell is None:
            continue
        named = next((clean(column.named, 40) for column in columns if column.place == place), letter(place))
        if fields.get(place) in _OF_ONE_DEVICE:
            once[named] = None
            continue
        down[named] = None
        for at in range(first_row + 1, min(last_row, len(table.rows) - 1) + 1):
            filled.setdefault(at, {})[place] = cell
    if down:
        said.append(SheetNote(None, f"Merged cells count for each of their rows: {listed(list(down), COLUMNS_SHOWN)}."))
    if once:
        said.append(SheetNote(None, f"Merged cells count for their first row alone: {listed(list(once), COLUMNS_SHOWN)}."))
    return filled
