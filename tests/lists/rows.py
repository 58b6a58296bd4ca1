"""What a list of cameras looks like to a person: columns, rows as they are written, and what each says to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

UP = "^"
"""In a row's text: this cell is merged with the one above."""
DITTO = {'"', "''", "”", "do.", "ditto", "as above", "as abv", "-do-"}
"""What people write for “the same as above”."""
NOTHING = {"?", "??", "-", "–", "n/k", "n/a", "na", "none", "not known", "unknown", "tbc", "generic", "unbranded", "no label"}
"""What people write where they do not know, or there is nothing to say: such a cell holds no fact."""
KINDS = {"c": "camera", "r": "recorder", "i": "intercom", "s": "switch", "m": "screen", "e": "encoder", "o": "other", "-": ""}
"""The letter before a row: what it is. "-" is no device: a total, a note, a heading."""

NAMES: dict[str, str | None] = {
    "hikvision": "hikvision", "hik vision": "hikvision", "hikvison": "hikvision", "hik": "hikvision", "hikvision uk": "hikvision",
    "hilook": "hikvision", "hiwatch": "hikvision", "hiwatch (hikvision)": "hikvision", "ezviz": "hikvision",
    "hangzhou hikvision digital technology": "hikvision", "hikvission": "hikvision",
    "dahua": "dahua", "dahau": "dahua", "dahua technology": "dahua", "imou": "dahua",
    "axis": "axis", "axis communications": "axis", "axis communications ab": "axis",
    "hanwha": "hanwha", "hanwha techwin": "hanwha", "hanwha vision": "hanwha", "wisenet": "hanwha", "hanwha wisenet": "hanwha",
    "samsung": "hanwha", "samsung techwin": "hanwha", "hanwha / wisenet": "hanwha",
    "bosch": "bosch", "bosch security": "bosch", "uniview": "uniview", "unv": "uniview", "vivotek": "vivotek",
    "panasonic": "panasonic", "i-pro": "panasonic", "sony": "sony", "mobotix": "mobotix", "reolink": "reolink",
    "tp-link": "tp-link", "tp-link vigi": "tp-link", "vigi": "tp-link", "ubiquiti": "ubiquiti", "unifi": "ubiquiti",
    "milesight": "milesight", "geovision": "geovision", "foscam": "foscam", "d-link": "d-link", "2n": "2n",
    "honeywell": None, "adt": None, "swann": None, "lorex": None, "samsung sds": None, "videcon": None, "concept pro": None,
    "genie": None, "paxton": None, "netgear": None, "cisco": None, "hp aruba": None, "hpe aruba": None, "iiyama": None, "lg": None,
    "apc": None, "texecom": None, "chubb": None, "own brand": None, "bt redcare": None, "system q": None, "dell": None, "aiphone": None,
    "videx": None, "comelit": None, "ness": None, "hp": None, "tridonic": None, "kentec": None, "burton": None, "casio": None,
    "aruba": None, "yale": None, "cyberpower": None, "urmet": None,
}  # fmt: skip
"""Each maker's name that the lists write: the manufacturer that it plainly names; None where others make that brand, or it makes no
cameras. Misspelt names are what a reader takes them for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it is about, and how its cells are written ("date", "number", "money" or text)."""

    heading: str
    about: str
    write: str = ""
    width: float = 14
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet, as written and as a person reads it."""

    cells: tuple[str, ...]
    kind: str = "camera"
    in_use: bool = True
    count: int = 1
    says: Mapping[str, str] = field(default_factory=dict)
    section: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a whole CSV."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: tuple[str, ...] = ()
    above: tuple[tuple[str, int], ...] = ()
    """A heading row above the headings: each text with the number of columns that it spans."""
    place: str = ""
    """The site that the title or the sheet's name gives to every row."""
    comments: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """Notes in cells: (row of the table from 0, heading) to text."""
    headed: bool = True
    """False: a sheet of notes with no table; its rows are text."""

    @property
    def first(self) -> int:
        """The number of the first row below the headings, as a spreadsheet program counts."""
        return len(self.title) + (1 if self.above else 0) + (1 if self.headed else 0) + 1


@dataclass(frozen=True, slots=True)
class List:
    """A list that somebody has: its file, and who they are."""

    id: str
    whose: str
    file: str
    sheets: tuple[Sheet, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    quote_all: bool = False

    @property
    def rows(self) -> int:
        return sum(len(sheet.rows) for sheet in self.sheets if sheet.headed)


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact that a row holds: its column's heading and letter, what it is about, and what it says."""

    heading: str
    letter: str
    about: str
    says: str
    written: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that is about a device, and what it says to a reader."""

    sheet: str
    number: int
    kind: str
    in_use: bool
    count: int
    make: str | None
    maker: str | None
    model: str | None
    cells: tuple[Cell, ...]

    @property
    def named(self) -> bool:
        """Whether the row itself writes the name of a maker that its owner's brand plainly names."""
        return self.make is not None and self.maker is not None


def table(text: str, columns: tuple[Column, ...]) -> tuple[Row, ...]:
    """The rows of a text table: kind letter(s), cells, and after "=>" what a cell says where that is not what is written.

    "cx" is a camera that is not in use, "c*4" four cameras in one row, "=" a heading that names the place of the rows below it,
    "-" no device. An empty line is an empty row when it is written ".".
    """
    rows = []
    for line in text.strip("\n").splitlines():
        if line.strip() == ".":
            rows.append(Row(("",) * len(columns), ""))
            continue
        body, _, notes = line.partition("=>")
        mark, *cells = (part.strip() for part in body.split("|"))
        cells += [""] * (len(columns) - len(cells))
        assert len(cells) == len(columns), (len(cells), len(columns), line)
        says = dict(part.split("=", 1) for part in (one.strip() for one in notes.split(";")) if part)
        if mark == "=":
            rows.append(Row(tuple(cells), "", section=True))
            continue
        found = re.fullmatch(r"([a-z-])(x?)(?:\*(\d+))?", mark)
        assert found, line
        rows.append(Row(tuple(cells), KINDS[found[1]], not found[2], int(found[3] or 1), says))
    return tuple(rows)


def letter(index: int) -> str:
    """The letter of a column, from 0."""
    return chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)


def entries(made: List) -> Iterator[Entry]:
    """What each device's row says, with merged cells, ditto marks, headings between rows and the sheet's title read as people do."""
    for sheet in made.sheets:
        if not sheet.headed:
            continue
        above: dict[str, str] = {}
        section = ""
        for number, row in enumerate(sheet.rows, sheet.first):
            if row.section:
                section = re.sub(r"^\d+\. ", "", next((cell for cell in row.cells if cell), ""))
                continue
            meant = {}
            for column, cell in zip(sheet.columns, row.cells, strict=True):
                same = cell == UP or cell.casefold() in DITTO
                meant[column.heading] = above.get(column.heading, "") if same else cell
            if row.kind:
                above = meant
                yield _entry(sheet, number, row, meant, section)


def _entry(sheet: Sheet, number: int, row: Row, meant: Mapping[str, str], section: str) -> Entry:
    cells, make, model = [], None, None
    for index, column in enumerate(sheet.columns):
        written, says = row.cells[index], row.says.get(column.heading, meant[column.heading])
        if column.about == "make+model":
            make = row.says.get("make", says.split(" ")[0] if " " in says else "") or None
            model = row.says.get("model", says.split(" ", 1)[-1] if says else "") or None
            parts = [("make", make), ("model", model)]
        else:
            parts = [(column.about, says)]
            if column.about == "make":
                make = row.says.get("make", says) or None
                parts = [("make", make)]
            elif column.about == "model":
                model = row.says.get("model", says) or None
                parts = [("model", model)]
        for about, text in parts:
            if text and text.casefold() not in NOTHING:
                cells.append(Cell(column.heading, letter(index), about, text, written))
    for heading, place in (("(heading above)", section), ("(title)", sheet.place)):
        if place:
            cells.append(Cell(heading, "", "place", place, place))
    if make is not None and make.casefold() in NOTHING:
        make = None
    maker = row.says.get("maker") or (NAMES[make.casefold()] if make else None)
    return Entry(sheet.name, number, row.kind, row.in_use, row.count, make, maker, model, tuple(cells))


def counts(made: Iterable[Entry]) -> dict[str, int]:
    """How many devices in use the list says, by kind: camera, recorder, and everything else as other."""
    found = {"camera": 0, "recorder": 0, "other": 0}
    for entry in made:
        if entry.in_use:
            found[entry.kind if entry.kind in found else "other"] += entry.count
    return found


def uk_date(text: str) -> date | None:
    """The day that "12/09/2019" or "2019-09-12" says."""
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?", text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    return None
