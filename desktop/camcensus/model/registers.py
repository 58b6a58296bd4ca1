"""Staff's own registers: what a spreadsheet holds, which column is what, and what each row came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from camcensus.model import frozen
from camcensus.model.tags import OF_COLUMN

Cell = str | float | bool | date | None
"""One cell as the file has it: None where it is empty. Text is stripped and never empty; whole numbers are floats too."""

ENCODING_WORDS: Mapping[str, str] = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "windows-1252": "Western Europe, Windows",
    "windows-1250": "Central Europe, Windows",
    "windows-1257": "Baltic, Windows",
    "windows-1251": "Cyrillic, Windows",
    "windows-1253": "Greek, Windows",
    "windows-1254": "Turkish, Windows",
    "iso-8859-1": "Western Europe, ISO 8859-1",
    "iso-8859-15": "Western Europe with €, ISO 8859-15",
    "mac-roman": "Western Europe, old Macintosh",
    "cp850": "Western Europe, DOS (850)",
    "cp852": "Central Europe, DOS (852)",
    "cp437": "United States, DOS (437)",
}
"""What spreadsheet programs in Europe have written their text files in, and what people call it."""
ENCODINGS = tuple(ENCODING_WORDS)
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
"""Of the names of files that are tables, whoever made them."""
REGISTER_ENDINGS = (*TABLE_ENDINGS, ".txt", ".json", ".xml")
"""Those and what else a register comes in."""
REGISTER_FORMATS = "CSV, XLSX, XLS, ODS or a JSON array"
"""The same in words, for every sentence that names them."""

type RegisterField = str
"""What a column can be: the names of our own `show --csv` where it has them. `location` is a place in one cell."""

FIELD_WORDS: Mapping[RegisterField, str] = {
    "record_id": "Record id",
    "ref": "Reference",
    "name": "Name",
    "kind": "Kind of device",
    "site": "Site",
    "building": "Building",
    "floor": "Floor",
    "room_or_area": "Room or area",
    "location": "Location",
    "sold_as": "Brand",
    "model": "Model",
    "serial": "Serial number",
    "firmware": "Firmware",
    "ip": "Network address (IP)",
    "mac": "MAC address",
    "connected_to_ref": "Connected to",
    "quantity": "How many",
    **{name: field.title for name, field in OF_COLUMN.items()},
    "supplier": "Sold by",
    "maintainer": "Maintained by",
    "contract_number": "Contract number",
    "contract_end": "Contract end",
    "status": "Status",
    "decision": "Decision",
    "decision_by": "Decided by",
    "decision_date": "Decided on",
    "decision_why": "Why decided",
    "decision_review_on": "Review on",
    "decision_year": "Financial year",
    "tags": "Tags",
    "notes": "Notes",
}
"""What a field is called where people choose it and where a sentence speaks of it."""
FIELDS: tuple[RegisterField, ...] = tuple(FIELD_WORDS)

Value = str | int
"""A cell that was read: a text (dates as ISO; addresses, and several channels, separated by a space), or a number."""

TO_NOTES, LEAVE_OUT, AS_ABOVE = "notes", "leave", "above"
"""What is done with a cell that cannot be read: saved in the notes with its heading, left out, read as the one above it."""
OTHERS = "*"
"""Stands for all other cells of a column that cannot be read, where they say too many things to ask about each."""


@frozen
class SheetColumn:
    """A column of the sheet: its place from 0, its letter ("C"), and its heading, two rows of it joined; "" for none."""

    place: int
    letter: str
    heading: str

    @property
    def named(self) -> str:
        """The heading, or "column C" where it has none."""
        return self.heading or f"column {self.letter}"


@frozen
class SheetRow:
    """A row below the headings. `number` is the one that a spreadsheet program shows; cells stand as the columns do."""

    number: int
    cells: tuple[Cell, ...]


def cell_at(row: SheetRow, column: SheetColumn) -> Cell:
    """A row's cell in a column."""
    return row.cells[column.place] if column.place < len(row.cells) else None


@frozen
class SheetNote:
    """Something that was left out or read in one of two ways, in a sentence; `row` is None where it is about many."""

    row: int | None
    say: str


@frozen
class RegisterFile:
    """A sheet of a file that a person brought. `sheets` are the names of all that hold anything, the chosen one too.

    `encoding` is how a text file was read where it does not say so itself: guessed, or named by a person. `site` is the sheet's
    name where several sheets have the same headings: the site of rows that name none.
    """

    name: str
    sheet: str | None
    sheets: tuple[str, ...]
    heading_rows: tuple[int, ...]
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[SheetNote, ...] = ()
    encoding: str | None = None
    site: str | None = None


@frozen
class ColumnGuess:
    """What a column is taken for, None for nothing, and why in one sentence."""

    column: SheetColumn
    field: RegisterField | None
    why: str


@frozen
class CellProblem:
    """A cell that cannot be read; the rest of its row is. `column` is its heading, None for the row as a whole."""

    row: int
    column: str | None
    say: str


@frozen
class ValueGroup:
    """Cells of a column that say the same and cannot be read (`value` "" for empty ones, OTHERS for the rest): asked once.

    `choices` are the answers there are, with words; `answer` is the one that was given, None for none: then it is `default`.
    """

    column: SheetColumn
    value: str
    rows: tuple[int, ...]
    say: str
    choices: tuple[tuple[str, str], ...]
    answer: str | None = None
    default: str = TO_NOTES


Answers = Mapping[tuple[int, str], str]
"""(column's place, value of the group) -> answer."""


@frozen
class Listed:
    """A row of the list as values by field; only those that its cells give."""

    number: int
    values: Mapping[RegisterField, Value]
    unread: frozenset[RegisterField] = frozenset()
    """Those whose cells are not understood, whatever is done with the words."""

    @property
    def place(self) -> tuple[tuple[str, str], ...]:
        """(kind, name) of each level that the row names, from the site down."""
        kinds = (("site", "site"), ("building", "building"), ("floor", "floor"), ("room", "room_or_area"))
        return tuple((kind, str(self.values[name])) for kind, name in kinds if name in self.values)

    @property
    def channels(self) -> tuple[int, ...]:
        """The channels that the row names, usually one."""
        return tuple(map(int, str(self.values.get("channel", "")).split()))

    @property
    def entries(self) -> int:
        """How many devices it is where it is new: as many as its channels, else as it says."""
        return max(len(self.channels), 1) if len(self.channels) > 1 else int(self.values.get("quantity", 1))


@frozen(kw_only=True)
class Known:
    """A row of our register as rows of a list are compared with it.

    `macs`, `serials` and `addresses` are of its device; `names` what it is called (its purpose, the device's own name).
    `values` holds what staff keep of it, by field, in the form in which a list's cells are read. `seen` is True where a search
    saw it; `typed` is True where what it is was typed by hand or came from a list, and may be changed by one. `listed` is the
    brand and the model ("" for none) that a list gave it before; None where no list had it.
    """

    id: str
    ref: str
    macs: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    place_path: tuple[str, ...] = ()
    connected_to_ref: str | None = None
    channel: int | None = None
    values: Mapping[RegisterField, Value] = field(default_factory=dict)
    seen: bool = False
    typed: bool = False
    here: bool = True
    listed: tuple[str, str] | None = None


MatchBy = Literal["record_id", "ref", "mac", "serial", "address", "channel", "place-and-name", "entry"]


@frozen
class Matched:
    """A row that is one of ours, by what, and that in a sentence. `differs` says what the device shows otherwise."""

    row: Listed
    asset: str
    ref: str
    by: MatchBy
    reason: str
    differs: tuple[str, ...] = ()


@frozen
class Ambiguous:
    """A row that may be one of several of ours (asset id, ref), or one that something speaks against: staff are asked."""

    row: Listed
    candidates: tuple[tuple[str, str], ...]
    say: str


@frozen
class Reconciled:
    """A list beside our register. Every row of the list is in exactly one of the first three."""

    matched: tuple[Matched, ...]
    only_listed: tuple[Listed, ...]
    ambiguous: tuple[Ambiguous, ...]
    only_seen: tuple[Known, ...]
