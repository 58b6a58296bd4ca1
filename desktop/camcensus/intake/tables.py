"""Tables with a column of MAC addresses: spreadsheets, exports of Windows DHCP, SADP, ConfigTool, asset registers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

from camcensus.intake.capture import UnreadLine
from camcensus.intake.packed import WIDTH_LIMIT_COLUMNS, too_many_columns
from camcensus.intake.rows import ListRow, ListRows, address_in, mac_in, said

HEADING_ROWS = 30
"""A heading stands among the first rows, under a title at most."""
COLUMNS_LIMIT = 200
DELIMITERS = (",", ";", "\t", "|")

_COLUMNS: tuple[tuple[str, str], ...] = (
    (
        "mac",
        r"(?:.*mac(?:address|addr|adresse|id|no|number)?[0-9]?|(?:ethernet|hardware|physical|hw)addr(?:ess)?|clientid|uniqueid)",
    ),
    ("address", r"(?:client)?ip(?:v4)?(?:addr(?:ess)?|adresse)?|(?:device|camera|host)ip(?:address)?"),
    ("other_address", r"ip(?:address)?"),
    ("name", r"(?:host|device|client|computer|camera|system|channel)?name|host"),
    ("model", r"(?:device|product|camera)?model(?:name|no|number)?|devicetype|producttype"),
    ("manufacturer", r"manufacturer|make|brand|vendor|madeby"),
    ("serial", r"(?:device)?(?:serial(?:no|number|num)?|sn)"),
    ("firmware", r"(?:firmware|software|fw|sw|system)version|firmware|version"),
    ("hangs_at", r"switchport|interface|portid|connectedto"),
)
"""What a column is by its heading, letters and digits only, lower case; the first that fits of two is taken."""


_ADDRESSES = ("address", "other_address")
"""ConfigTool has a column IPv4 that says only "IPv4", and the address in its column IP."""


def read_table(table: Iterable[Sequence[str]]) -> ListRows | None:
    """The rows below the heading; None where no column holds MAC addresses. Raises csv.Error while it is read.

    Without a heading, the column is taken in which most of the first rows have a MAC address.
    """
    table, waiting = iter(table), list[Sequence[str]]()
    columns: dict[str, int] | None = None
    rows = ListRows()
    for cells in table:
        if columns is None:
            columns = columns_of(cells[:COLUMNS_LIMIT])
            if columns is None:
                waiting.append(cells[:COLUMNS_LIMIT])
                if len(waiting) > HEADING_ROWS:
                    break
            continue
        _take(cells, columns, rows)
        if rows.full:
            break
    if columns is None:
        column = _column_of_numbers(waiting)
        if column is None:
            return None
        for cells in (*waiting, *table):
            _take(cells, {"mac": column}, rows)
    return rows if len(rows) or rows.without_number else None


def columns_of(cells: Sequence[str]) -> dict[str, int] | None:
    """What each column of a heading is, by place; None where none of them is of MAC addresses."""
    found: dict[str, int] = {}
    plain = [re.sub(r"[^a-z0-9]", "", cell[:60].lower()) for cell in cells]
    for name, pattern in _COLUMNS:
        place = next((at for at, text in enumerate(plain) if text and re.fullmatch(pattern, text)), None)
        if place is not None and place not in found.values():
            found[name] = place
    return found if "mac" in found and mac_in(cells[found["mac"]]) is None else None


def _column_of_numbers(waiting: Sequence[Sequence[str]]) -> int | None:
    counts: dict[int, int] = {}
    for cells in waiting:
        for at, cell in enumerate(cells):
            counts[at] = counts.get(at, 0) + (mac_in(cell) is not None)
    best = max(counts, key=lambda at: (counts[at], -at), default=None)
    return best if best is not None and counts[best] * 2 > len(waiting) else None


def _take(cells: Sequence[str], columns: dict[str, int], rows: ListRows) -> None:
    told = {name: cells[at] for name, at in columns.items() if at < len(cells)}
    mac = mac_in(told.pop("mac", ""))
    if mac is None:
        rows.without_number += any(cell.strip() for cell in cells[:COLUMNS_LIMIT])
        return
    address = next((found for name in _ADDRESSES if (found := address_in(told.pop(name, "")))), "")
    told.pop("other_address", None)
    address = address or _address_among(cells, columns)
    rows.add(ListRow(mac=mac, address=address, **{name: said(text) for name, text in told.items()}))


def _address_among(cells: Sequence[str], columns: dict[str, int]) -> str:
    """Without a heading for it, the first address in the row."""
    if len(columns) > 1:
        return ""
    return next((found for cell in cells[:COLUMNS_LIMIT] if (found := address_in(cell))), "")


def refuse_wide(lines: Iterable[str], name: str) -> None:
    """Raises IntakeError where a line has more delimiters than a spreadsheet has columns, whichever of them it is."""
    if any(len(line) > WIDTH_LIMIT_COLUMNS and max(map(line.count, DELIMITERS)) >= WIDTH_LIMIT_COLUMNS for line in lines):
        raise too_many_columns(name)


def read_delimited(text: str, name: str) -> ListRows | None:
    """A CSV text, whatever its delimiter; None where no column holds MAC addresses.

    `name` is the file's, for sentences. Raises IntakeError for a row with more columns than a spreadsheet can have.
    """
    best: ListRows | None = None
    lines = text.splitlines(keepends=True)
    refuse_wide(lines, name)
    for delimiter in DELIMITERS:
        if delimiter not in text and delimiter != DELIMITERS[0]:
            continue
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            rows = read_table(reader)
        except csv.Error:
            rows = _read_as_far(lines, delimiter)
        if rows is not None and (best is None or len(rows) > len(best)):
            best = rows
    return best


def _read_as_far(lines: Sequence[str], delimiter: str) -> ListRows | None:
    """The rows before the one that cannot be read: a field without end, where a quotation mark is not closed."""
    good: list[list[str]] = []
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        good.extend(reader)
    except csv.Error:
        say = f"From line {reader.line_num} on nothing was read: a field is far too long, or a quotation mark is not closed."
        rows = read_table(good)
        if rows is not None:
            rows.problems.append(UnreadLine(reader.line_num, say))
        return rows
    return None
