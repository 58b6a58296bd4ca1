"""Tables with a column of MAC addresses: spreadsheets, exports of Windows DHCP, SADP, ConfigTool, asset registers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from camcensus.intake.capture import UnreadLine
from camcensus.intake.csv_rows import CsvRows
from camcensus.intake.decoding import pieces
from camcensus.intake.objects import ObjectRows
from camcensus.intake.packed import WIDTH_LIMIT_COLUMNS, too_many_columns
from camcensus.intake.rows import ListRow, ListRows, address_in, is_address, mac_in, said
from camcensus.model.errors import IntakeError
from camcensus.model.numbers import macs_within
from camcensus.model.registers import RegisterField
from camcensus.registers.plain_headings import plain
from camcensus.registers.programs import ListProgram, program_of

HEADING_ROWS = 30
"""A heading stands among the first rows, under a title at most."""
HEADING_MOST_CHARACTERS = 60
COLUMNS_LIMIT = 200
DELIMITERS = (",", ";", "\t", "|")
LINES_LIMIT = 1_000_000
_LINE_ENDS = ("\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
"""Where `str.splitlines` parts a text."""

_COLUMNS: tuple[tuple[str, str], ...] = (
    (
        "mac",
        r"(?:.*mac(?:address|addr|adresse|id|no|number)?[0-9]?|(?:ethernet|hardware|physical|hw)addr(?:ess)?|clientid|uniqueid)",
    ),
    ("address", r"(?:client|primary|device|camera|host|last|lan)?ip(?:v4)?(?:addr(?:ess(?:es)?)?|adresse)?"),
    ("name", r"(?:host|device|client|computer|camera|system|channel)?name|host"),
    ("model", r"(?:device|product|camera)?model(?:name|no|number)?|devicetype|producttype"),
    ("manufacturer", r"manufacturer|make|brand|vendor|madeby"),
    ("serial", r"(?:device)?(?:serial(?:no|number|num)?|sn)"),
    ("firmware", r"(?:firmware|software|fw|sw|system)version|firmware|version"),
    ("hangs_at", r"switchport|interface|portid|connectedto"),
)
"""What a column is by its heading, letters and digits only, lower case; of two that fit the first is taken, but of `_MANY`."""


_OF_FIELD: Mapping[RegisterField, str] = {
    "mac": "mac", "ip": "address", "name": "name", "model": "model", "sold_as": "manufacturer", "serial": "serial",
    "firmware": "firmware",
}  # fmt: skip
"""What of a program's columns a row of a list holds; the others are for the register that staff import."""

_MANY = ("mac", "address")
"""Columns of which a list has several: two network cards, or ConfigTool's "IPv4", which says only that, beside its "IP"."""

Columns = Mapping[str, tuple[int, ...]]


def read_table(table: Iterable[Sequence[str]], programs: Sequence[ListProgram] = (), first: int = 1) -> ListRows | None:
    """The rows below the heading; None where no column holds MAC addresses. Raises csv.Error while it is read.

    Without a heading, the column is taken in which most of the first rows have a MAC address. The first row's
    number is `first`.
    """
    numbered, waiting = enumerate(table, first), list[tuple[int, Sequence[str]]]()
    columns: Columns | None = None
    rows = ListRows()
    for number, cells in numbered:
        if columns is None:
            rows.program = program_of(cells[:COLUMNS_LIMIT], programs)
            columns = columns_of(cells[:COLUMNS_LIMIT], rows.program)
            rows.columns = len(columns or ()) if len(cells) > 1 else 0
            if columns is None:
                waiting.append((number, cells[:COLUMNS_LIMIT]))
                if len(waiting) > HEADING_ROWS:
                    break
            continue
        _take(number, cells, columns, rows)
        if rows.full:
            break
    if columns is None:
        column = _column_of_numbers([cells for _, cells in waiting])
        if column is None:
            return None
        for number, cells in (*waiting, *numbered):
            _take(number, cells, {"mac": (column,)}, rows)
    return rows if len(rows) or rows.without_number else None


def columns_of(cells: Sequence[str], program: ListProgram | None = None) -> Columns | None:
    """What each column of a heading is, by place; None where none of them is of MAC addresses."""
    told = program.columns if program is not None else {}
    found: dict[str, tuple[int, ...]] = {}
    texts = dict[int, str]()
    for at, cell in enumerate(cells):
        if plain(cell) in told:
            name = _OF_FIELD.get(told[plain(cell)] or "ref")
            if name is not None:
                found[name] = (*found.get(name, ()), at)
        elif len(cell) <= HEADING_MOST_CHARACTERS and (text := re.sub(r"[^a-z0-9]", "", cell.lower())):
            texts[at] = text
    for name, pattern in _COLUMNS:
        taken = {place for places in found.values() for place in places}
        places = tuple(at for at, text in texts.items() if at not in taken and re.fullmatch(pattern, text))
        if places and (name in _MANY or name not in found):
            found[name] = (*found.get(name, ()), *(places if name in _MANY else places[:1]))
    return found if "mac" in found and not any(macs_within(cells[at]) for at in found["mac"]) else None


def _column_of_numbers(waiting: Sequence[Sequence[str]]) -> int | None:
    counts: dict[int, int] = {}
    for cells in waiting:
        for at, cell in enumerate(cells):
            counts[at] = counts.get(at, 0) + (mac_in(cell) is not None)
    best = max(counts, key=lambda at: (counts[at], -at), default=None)
    return best if best is not None and counts[best] * 2 > len(waiting) else None


def _take(number: int, cells: Sequence[str], columns: Columns, rows: ListRows) -> None:
    told = {name: [cells[at] for at in places if at < len(cells)] for name, places in columns.items()}
    mac = next((found for cell in told.pop("mac", ()) if (found := _mac_among(cell))), None)
    if mac is None:
        if any(cell.strip() for cell in cells[:COLUMNS_LIMIT]):
            rows.leave_out(number)
        return
    addresses = told.pop("address", ())
    address = next((found for cell in addresses if (found := _address_among(cell))), "")
    if any(_is_damaged(part) for cell in addresses for part in _parts(cell)):
        rows.leave_address(number)
    if not address and len(columns) == 1:
        # Without a heading for it, the first address in the row.
        address = next((found for cell in cells[:COLUMNS_LIMIT] if (found := address_in(cell))), "")
    rows.add(ListRow(mac=mac, address=address, **{name: said(texts[0]) for name, texts in told.items() if texts}))


def _mac_among(cell: str) -> str | None:
    """The MAC address that a cell is, or the first of several in it."""
    if len(cell) <= MOST_CHARACTERS and (found := mac_in(cell)) is not None:
        return found
    return next((found for part in _parts(cell) if (found := mac_in(part))), None)


def _address_among(cell: str) -> str:
    """The address that a cell is, or the first of several in it; also in a link, or with its prefix ("10.0.0.31/24")."""
    return address_in(cell) or next((found for part in _parts(cell) if (found := address_in(_HOST.sub("", part)))), "")


_HOST = re.compile(r"^[a-z]{3,8}://|/.*$|(?<=[0-9])(?<!:[0-9])(?<!:[0-9][0-9]):[0-9]{1,5}(?=/|$)", re.I)
"""What stands around an address in a link."""
MOST_CHARACTERS = 500
_LIKE_ADDRESS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){2,4}")


def _is_damaged(part: str) -> bool:
    """True for what was an IP address before a figure of it went wrong; not for a name, nor for "0.0.0.0"."""
    bare = _HOST.sub("", part)
    return _LIKE_ADDRESS.fullmatch(bare) is not None and not is_address(bare)


def _parts(cell: str) -> list[str]:
    return re.split(r"[\s,;|]+", cell[:MOST_CHARACTERS].strip())


def refuse_long(text: str, name: str) -> None:
    """Raises IntakeError where a text has more lines than any list; once it is parted, each takes 50 bytes and more."""
    ends = sum(sum(map(piece.count, _LINE_ENDS)) for piece in pieces(text))
    if ends - text.count("\r\n") > LINES_LIMIT:
        raise IntakeError(f"“{name}” has more than {LINES_LIMIT:,} lines, and no list has; give the list alone.")


def refuse_wide(lines: Iterable[str], name: str) -> None:
    """Raises IntakeError where a line has more delimiters than a spreadsheet has columns, whichever of them it is."""
    if any(len(line) > WIDTH_LIMIT_COLUMNS and _widest(line) >= WIDTH_LIMIT_COLUMNS for line in lines):
        raise too_many_columns(name)


def _widest(line: str) -> int:
    """How often the delimiter stands in a line that is there most often."""
    counts = ([piece.count(one) for one in DELIMITERS] for piece in pieces(line))
    return max(map(sum, zip(*counts, strict=True)))


def read_delimited(text: str, name: str, programs: Sequence[ListProgram] = ()) -> ListRows | None:
    """A CSV text, whatever its delimiter; None where no column holds MAC addresses.

    `name` is the file's, for sentences. Raises IntakeError for a row with more columns than a spreadsheet can have.
    """
    best: ListRows | None = None
    lines = text.splitlines(keepends=True)
    refuse_wide(lines, name)
    for delimiter in DELIMITERS:
        if delimiter not in text and delimiter != DELIMITERS[0]:
            continue
        try:
            rows = read_table(CsvRows(lines, name, delimiter), programs)
        except csv.Error:
            rows = _read_as_far(CsvRows(lines, name, delimiter), programs)
        if rows is not None and (best is None or rows.fits > best.fits):
            best = rows
    return best


def read_named(objects: ObjectRows, programs: Sequence[ListProgram] = ()) -> ListRows | None:
    """The rows of a JSON array by its names; None where no name is of MAC addresses. Rows are counted from 1."""
    rows = read_table([objects.names, *objects.rows], programs, first=0)
    if rows is not None and objects.broken_at is not None:
        say = f"The file breaks off or is damaged in row {objects.broken_at}; nothing was read from there on."
        rows.problems.append(UnreadLine(objects.broken_at, say))
    return rows


def program_among(tables: Iterable[Iterable[Sequence[str]]], programs: Sequence[ListProgram]) -> str | None:
    """The program whose headings stand in one of some tables, whether or not one of them is of MAC addresses."""
    heads = (program_of(cells[:COLUMNS_LIMIT], programs) for table in tables for cells in islice(table, HEADING_ROWS))
    return next((program.name for program in heads if program is not None), None)


def delimited_heads(text: str) -> list[list[list[str]]]:
    """The first rows of a text, once by each delimiter."""
    lines = list(islice(text.splitlines(), HEADING_ROWS))
    return [[next(csv.reader([line[:20_000]], delimiter=one), []) for line in lines] for one in DELIMITERS]


def _read_as_far(reader: CsvRows, programs: Sequence[ListProgram]) -> ListRows | None:
    """The rows before the one that cannot be read: a field without end, where a quotation mark is not closed."""
    good: list[list[str]] = []
    try:
        good.extend(reader)
    except csv.Error:
        say = f"From line {reader.line_num} on nothing was read: a field is far too long, or a quotation mark is not closed."
        rows = read_table(good, programs)
        if rows is not None:
            rows.problems.append(UnreadLine(reader.line_num, say))
        return rows
    return None
