"""The rows of a staff register as values by field: a cell that cannot be read is asked about, the rest of its row stays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from camcensus.model import frozen
from camcensus.model.numbers import address_in
from camcensus.model.registers import (
    AS_ABOVE,
    FIELD_WORDS,
    LEAVE_OUT,
    OTHERS,
    TO_NOTES,
    Answers,
    Cell,
    CellProblem,
    ColumnGuess,
    Listed,
    RegisterField,
    RegisterFile,
    SheetColumn,
    SheetNote,
    SheetRow,
    Value,
    ValueGroup,
    cell_at,
)
from camcensus.model.tags import LONG_LIMIT_CHARACTERS
from camcensus.model.words import clean as shown_text
from camcensus.model.words import count, joined, long_date, shortened
from camcensus.registers.cells import (
    CHOICES,
    MUST,
    Unreadable,
    is_gone,
    kind_and_type,
    read_cell,
    several_in,
    text_of,
    works,
    yes_or_no,
)
from camcensus.registers.columns import JOINT, named
from camcensus.registers.dates import date_in, financial_year
from camcensus.registers.plain_headings import is_whole, plain, plain_words
from camcensus.registers.words import PLACE_SEPARATOR, Words

GROUPS_OF_A_COLUMN = 5
"""So many values of a column are asked about one by one, and all others of it together."""
_LEVELS = re.compile(r"\s*[>›»|\\]\s*|\s+/\s+")
_LEVELS_OF: tuple[RegisterField, ...] = ("site", "building", "floor", "room_or_area")
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*|[A-Za-z])[.):]\s*")
_SIDE = re.compile(
    r"(?:\d+ )?(?:(?:internal|external|inside|outside|indoors?|outdoors?|interior|exterior|areas?|units?|cctv) ?)+"
)
_SPARE = re.compile(
    r"(?:(?:ch(?:annel)?|cam(?:era)?|port|input)? ?\d+ )?(?:spare|reserved|unused|not used|not in use|vacant|unallocated|"
    r"future(?: use)?)(?: (?:for|ip|port|channel|way|use)s?)*(?: \d+)?"
)
_REMARK = re.compile(
    r"\W*(?:note|nb|n\.b|printed|page|key|see|prepared|updated|last|checked|signed|source|all|total|date)\b", re.I
)
_SIGNED = re.compile(r"[A-Za-z][A-Za-z ]{2,30}:(?:\s|$)")
"""“Engineer: T. Rahman”, “Customer:”."""
HEADING_MOST_CHARACTERS = 60
_PARTS = re.compile(r"\s[-–—]\s|[;,(]")
_NAMING: frozenset[RegisterField] = frozenset(("name", "purpose", "location", "room_or_area", "kind", "camera_type", "model"))
_RECORDER_LINE = re.compile(
    r"(?:nvr|dvr|xvr|recorder)\b(?:[\s:=#–-]|\d{1,2}\b)*(?:[a-z]+ )?((?=\S*[a-z])(?=\S*\d\S*\d)[\w./()+-]{5,})", re.I
)
_OF_CAMERAS = re.compile(r"(?:[\s–-]*\b(?:cctv|cameras?|cams?|units?|items?)\b)?[\s:]*$", re.I)
_SPARE_ONE = re.compile(r"spare\s+(\S.*)", re.I)
_OF_STATE = frozenset(("condition", "cond", "status", "state", "working", "faults", "fault"))
_OF_EACH = re.compile(r"\b(?:each|unit|per)\b", re.I)
_IN_DOUBT = re.compile(
    r"\?|^(?:probabl[ey]|possibl[ey]|perhaps|may|maybe|might|could|either|(?:i |we )?(?:think|believe)|suspect(?:ed)?|assum\w+"
    r"|thought|looks|seems|no[nt]|no longer|was|were|ex[ -](?=[a-z]{4})|former(?:ly)?|previous(?:ly)?|guess)\b"
    r"|\b(?:probably|possibly|perhaps|maybe|i (?:think|believe)|guess|verify|to confirm|clone|copy|type|style|equivalent)\W*$"
    r"|\b(?:(?:un|not )(?:sure|confirmed)|tbc|to be (?:checked|confirmed))\b|[(,–-] ?(?:to )?check\)?$"
    r"|^[a-z &-]+ or [a-z &-]+$",
    re.I,
)
"""“Dahua?”, “Hik or Dahua”, “not Hikvision”; no “2.8 or 4 mm”, no “Check Point”."""
_INEXACT = re.compile(r"spare|approx|about|around|^c|~", re.I)
_FIGURE = re.compile(r"£?\s*[\d,]+(?:\.\d+)?")
_PLACES: tuple[RegisterField, ...] = _LEVELS_OF[:3]
_DEVICE: tuple[RegisterField, ...] = ("sold_as", "model", "serial", "mac")
_DEVICE_OF: frozenset[RegisterField] = frozenset((*_DEVICE, "ip", "camera_type", "kind", "ref"))
_NO_CAMERA = frozenset(("0", "none", "nil"))
_OF_GOING: tuple[RegisterField, ...] = ("working", "decision_year", "replace_by")
_BOUGHT = re.compile(r"purchase|bought|acq|capitali[sz]|adopted|order|invoice", re.I)
_NUMBERS: tuple[RegisterField | None, ...] = ("purchase_cost_gbp", "quantity", None)


@frozen
class ReadRows:
    """The rows of a list as values, what of them cannot be read, cell by cell and grouped, and what was left out or assumed."""

    rows: tuple[Listed, ...]
    problems: tuple[CellProblem, ...]
    groups: tuple[ValueGroup, ...]
    notes: tuple[SheetNote, ...]


@dataclass(slots=True)
class _Dates:
    """How the dates of a column are written: rows whose dates can be read in two ways, and whether one is month first."""

    unsure: list[tuple[int, RegisterField, str]] = field(default_factory=list)
    month_first: int | None = None


def clean(text: str, limit: int) -> str:
    """A cell's text in one line, as a sentence shows it."""
    return shown_text(" ".join(text.split()), limit)


def read_rows(file: RegisterFile, mapping: Sequence[ColumnGuess], words: Words, answers: Answers | None = None) -> ReadRows:
    """The rows. Those that say nothing are left out and noted; `answers` are of earlier groups."""
    return _Reader(file, mapping, words, answers or {}).read()


class _Reader:
    """One list that is being read."""

    def __init__(self, file: RegisterFile, mapping: Sequence[ColumnGuess], words: Words, answers: Answers) -> None:
        self.file, self.words, self.answers = file, words, answers
        self.wanted = [(guess.column, guess.field) for guess in mapping if guess.field is not None]
        self.fields = {guess.column.place: guess.field for guess in mapping}
        self.problems: list[CellProblem] = []
        self.notes: list[SheetNote] = []
        self.rows: dict[int, dict[RegisterField, Value]] = {}
        self.dates: dict[int, _Dates] = defaultdict(_Dates)
        self.unread: dict[tuple[SheetColumn, RegisterField], dict[str, list[tuple[int, str]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.lines: list[str] = []
        self.number = 0
        self.remarked: dict[RegisterField, Value] = {}
        self.gone: dict[int, tuple[str, str]] = {}
        self.years: dict[int, str] = {}
        self.several: list[tuple[int, SheetColumn]] = []
        self.is_in_parts = [name for _, name in self.wanted].count("quantity") > 1
        self.many: list[int] = []
        self.own_notes = next((column for column, name in self.wanted if name == "notes" and _is_notes(column)), None)

    def read(self) -> ReadRows:
        grouped = [(column, name) for column, name in self.wanted if name in _PLACES and self._is_said_once(column)]
        above: dict[int, Cell] = {}
        headings = list[tuple[int, str]]()
        sections: dict[RegisterField, Value] = {}
        for row in self.file.rows:
            if said := self._no_device(row):
                text, is_heading = said
                if is_heading and (recorder := _RECORDER_LINE.match(text)):
                    self.rows[row.number] = _recorder_in(text, recorder[1])
                    self.notes.append(SheetNote(row.number, f"Row {row.number} was read as a recorder: “{clean(text, 60)}”."))
                elif not is_heading:
                    self.notes.append(SheetNote(row.number, text))
                elif len(text) > HEADING_MOST_CHARACTERS or (_is_remark(text) and not self.words.level_of(text)):
                    self._left(row.number, text)
                else:
                    headings.append((row.number, text))
                continue
            if headings:
                sections, headings = self._sections(headings, sections), []
            cells = dict(enumerate(row.cells))
            for column, name in grouped:
                if cells.get(column.place) is not None:
                    above[column.place] = cells[column.place]
                elif column.place in above:
                    self.unread[column, name][""].append((row.number, "is empty, and may be the same as in the row above"))
                    if self.answers.get((column.place, "")) == AS_ABOVE:
                        cells[column.place] = above[column.place]
            self._read_row(row.number, cells, sections)
        for one in headings:
            self._left(*one)
        for column, name in self.wanted:
            self._settle(column, name)
        return self._made()

    def _sections(
        self, headings: Sequence[tuple[int, str]], before: Mapping[RegisterField, Value]
    ) -> dict[RegisterField, Value]:
        """What headings inside the list, one above the other, say of the rows below them: where, and inside or outside."""
        now = {name: value for name, value in before.items() if name not in ("inside_outside", "status")}
        meant = [(number, text, *self._meaning(text)) for number, text in headings]
        for at, (number, text, level, side) in enumerate(meant):
            rank = _LEVELS_OF.index(level) if level else len(_LEVELS_OF)
            kept = rank if at or rank < 3 else 1  # a car park is on no floor
            now = {name: value for name, value in now.items() if name not in _LEVELS_OF[kept:]}
            what = "was left out"
            if status := self._gone_in(text):
                now["status"], what = status, f"was taken as the status of the rows below it ({status})"
            if level and not any(other and _LEVELS_OF.index(other) <= rank for _, _, other, _ in meant[at + 1 :]):
                now[level] = _OF_CAMERAS.sub("", _NUMBERING.sub("", text))
                what = f"was taken as the {FIELD_WORDS[level].lower()} of the rows below it"
            if side:
                now["inside_outside"] = side
            count_as = f": the rows below it count as {side}" if side else ""
            self.notes.append(SheetNote(number, f"Row {number} has only “{clean(text, 60)}” and {what}{count_as}."))
        return now

    def _meaning(self, text: str) -> tuple[RegisterField | None, str | None]:
        """(the level of place that a heading names, inside or outside); each may be None. “2. Internal cameras” is no place."""
        side, _ = self.words.meaning("inside_outside", text)
        if self._gone_in(text):
            return None, side
        if self.words.level_of(_OF_CAMERAS.sub("", text)) == "floor":
            text = _OF_CAMERAS.sub("", text)
        kind, _ = self.words.meaning("kind", text)
        *_, last = plain(text).split() or [""]
        if kind not in (None, "camera") or self.words.meaning("kind", last)[0] is not None or _SIDE.fullmatch(plain(text)):
            return None, side
        level = self.words.level_of(text)
        fields = set(self.fields.values())
        if level is None and not {"site", "building"} & fields:
            level = "room_or_area"
        return (None if level in fields and level != "room_or_area" else level), side

    def _gone_in(self, text: str) -> str | None:
        """The status that a heading gives to the rows below it: "Removed cameras"."""
        status = self.words.clause("status", _OF_CAMERAS.sub("", text))
        return status if status in ("spare", "removed") else None

    def _left(self, number: int, text: str) -> None:
        self.notes.append(SheetNote(number, f"Row {number} has only “{clean(text, 60)}” and was left out."))

    def _no_device(self, row: SheetRow) -> tuple[str, bool] | None:
        """(text, True) of a heading inside the list ("Main block"), alone in a row of a wide list; (note, False) of a sum."""
        filled = [(place, cell) for place, cell in enumerate(row.cells) if cell is not None]
        if len(self.file.columns) < 4 or not filled:
            return None
        first = filled[0][1]
        if all(_FIGURE.fullmatch(text_of(cell)) and self.fields.get(place) in _NUMBERS for place, cell in filled):
            return f"Row {row.number} has numbers only, like a total, so it was left out.", False
        if len(filled) == 1 and isinstance(first, str):
            return first, True
        if len(filled) > 1 and all(_SIGNED.match(text_of(cell)) for _, cell in filled):
            return f"Row {row.number} looks like a remark (“{clean(text_of(first), 60)}”), so it was left out.", False
        if len(filled) == 2 and isinstance(first, str) and (first.endswith(":") or _REMARK.match(first)) and filled[0][0] < 2:
            said = clean(" ".join(text_of(cell) for _, cell in filled), 60)
            return f"Row {row.number} looks like a remark (“{said}”), so it was left out.", False
        return None

    def _is_said_once(self, column: SheetColumn) -> bool:
        """Whether a place is named in the first of its rows alone: mostly empty, and never the same twice running."""
        if any(name == "record_id" for _, name in self.wanted):
            return False
        cells = [cell_at(row, column) for row in self.file.rows if not self._no_device(row)]
        said = [text_of(cell) for cell in cells if cell is not None]
        return bool(said) and cells[0] is not None and len(said) * 2 < len(cells) and all(a != b for a, b in pairwise(said))

    def _read_row(self, number: int, cells: Mapping[int, Cell], sections: Mapping[RegisterField, Value]) -> None:
        values: dict[RegisterField, Value] = {}
        self.lines, self.number, self.remarked = [], number, {}
        unread = False
        for column, name in self.wanted:
            cell = cells.get(column.place)
            if cell is None:
                continue
            text = text_of(cell)
            if name in _NAMING:  # “Old gate – removed 2023”, “Spare dome”
                first, *rest = _PARTS.split(text)
                said = {self.words.clause("status", part) for part in rest}
                if spare := _SPARE_ONE.match(first):
                    what = spare[1] if name in ("kind", "camera_type") else spare[1].split()[0]  # not a spare room
                    said |= {"spare"} if kind_and_type(what, self.words)[:2] != (None, None) else set()
                if status := next((one for one in ("spare", "removed") if one in said), None):
                    self.gone[number] = (status, text)
            if name in _OF_GOING and any(self.words.clause("status", part) == "removed" for part in _PARTS.split(text)):
                self.gone[number] = ("removed", text)
            try:
                if (answer := self._answer(column, name, text)) is not None:
                    self.unread[column, name][text].append((number, ""))
                    self._use(answer, values, name, column, text)
                elif (told := self._take(values, name, cell, column)) is not None:
                    self._remember(told, self.dates[column.place], number, name, text)
            except Unreadable as error:
                unread = True
                self.unread[column, name][text].append((number, str(error)))
                self._use(self._answer(column, name, OTHERS) or TO_NOTES, values, name, column, text)
        if "location" in values and "room_or_area" in values:  # the room, and where in it
            spot = str(values.pop("location"))
            if values.setdefault("name", spot) != spot:
                self.lines.append(f"Location: {spot}")
        if number in self.years and values.get("decision") == "replace":
            values.setdefault("decision_year", self.years[number])
        if "working_since" in values:  # a column of its own says since when it does not
            values.setdefault("working", "no")
        values = {**self.remarked, **values} if "working" not in values else values
        if number in self.gone and values.get("status") in (None, "removed"):
            values["status"] = self.gone[number][0]
        elif number in self.gone:
            del self.gone[number]
        self._count(number, cells, values)
        many = int(values.get("quantity", 0))
        is_total = len(self.many) > 1 and many == sum(self.many) and any(is_whole(text_of(one)) for one in cells.values())
        counts = {text_of(cells.get(column.place)).casefold() for column, name in self.wanted if name == "quantity"} - {""}
        is_none = bool(counts) and counts <= _NO_CAMERA
        if (is_none and not {"serial", "mac"} & values.keys()) or (is_total and not _DEVICE_OF & values.keys()):
            says = "has as many as all rows above it" if many else "has no number of cameras"
            self.notes.append(SheetNote(number, f"Row {number} {says}, so it was left out."))
            return
        self.many += [many] if many else []
        if values or self.lines:
            if self.lines:
                notes = "\n".join(filter(None, (str(values.get("notes", "")), *self.lines)))
                if len(notes) > LONG_LIMIT_CHARACTERS:
                    say = f"Row {number}: Notes are longer than {LONG_LIMIT_CHARACTERS:,} characters; the end was cut off."
                    self.problems.append(CellProblem(number, None, say))
                values["notes"] = notes[:LONG_LIMIT_CHARACTERS]
            if any(_is_spare(values.get(name)) for name in _NAMING) and all(
                _is_spare(values.get(name, "spare")) for name in _DEVICE
            ):
                self.notes.append(SheetNote(number, f"Row {number} is spare and names no device, so it was left out."))
                return
            within = {} if PLACE_SEPARATOR in str(values.get("location", "")) else sections
            own: RegisterField = "location" if "location" in values else "room_or_area"
            if "room_or_area" in within and own in values:
                values[own] = f"{within['room_or_area']}{JOINT}{values[own]}"
                within = {name: value for name, value in within.items() if name != "room_or_area"}
            self.rows[number] = {**within, **values}
        elif not unread:
            say = f"Row {number} has nothing in the columns that were chosen, and was left out."
            self.notes.append(SheetNote(number, say))

    def _count(self, number: int, cells: Mapping[int, Cell], values: dict[RegisterField, Value]) -> None:
        """How many devices the words of the row say, where no column does; and whether its cost is of each, or of all."""
        for column, name in self.wanted:
            of_place = name in ("location", "room_or_area")
            many, rest = several_in(text_of(cells.get(column.place)), place=of_place) if name in _NAMING else (1, "")
            if many == 1 or "quantity" in values or "channel" in values:
                continue
            text = text_of(cells[column.place])
            self.unread[column, "quantity"][text].append((number, f"says {many}, so it may be {many} devices, or one"))
            if (self._answer(column, "quantity", text) or self._answer(column, "quantity", OTHERS)) != "one":
                values["quantity"] = many
            if values.get(name) == text:
                values[name] = rest
        many = Listed(number, values).entries
        cost = next((column for column, name in self.wanted if name == "purchase_cost_gbp"), None)
        if many > 1 and cost and "purchase_cost_gbp" in values and not _OF_EACH.search(cost.heading):
            said = "each" if _OF_EACH.search(text_of(cells.get(cost.place))) else None
            of = said or ("all" if "total" in plain(cost.heading).split() else None)
            if of is None:
                self.several.append((number, cost))
                of = self._answer(cost, "purchase_cost_gbp", "")
            if of == "all":
                values["purchase_cost_gbp"] = int(values["purchase_cost_gbp"]) // many

    def _answer(self, column: SheetColumn, name: RegisterField, text: str) -> str | None:
        """What a person said of such cells, where it is an answer for this field."""
        key = text.casefold()
        found = self.answers.get((column.place, key)) or self.answers.get((column.place, " ".join(key.split())))
        own = () if name == "purchase_cost_gbp" and text else CHOICES.get(name, {})
        return found if found in (TO_NOTES, LEAVE_OUT, AS_ABOVE, *own) else None

    def _use(
        self, answer: str | None, values: dict[RegisterField, Value], name: RegisterField, column: SheetColumn, text: str
    ) -> None:
        if answer == TO_NOTES and name == "decision":
            values["action_noted"] = text
        elif answer == TO_NOTES:
            self._note(column, text)
        elif answer is not None and name in MUST and answer in CHOICES[name]:
            values[name] = answer

    def _note(self, column: SheetColumn, text: str) -> None:
        self.lines.append(f"{clean(column.named, 60)}: {text}")

    def _take(self, values: dict[RegisterField, Value], name: RegisterField, cell: Cell, column: SheetColumn) -> str | None:
        """Read one cell into `values`; gives how a date was told, None where there is one way only. Raises Unreadable."""
        if name in ("kind", "camera_type"):
            value, _ = read_cell("purpose", cell, column.heading, self.words)
            if value is None:
                return None
            kind, found, more = kind_and_type(cell, self.words)
            if kind == "neither":
                self._note(column, text_of(cell))
                return None
            if kind is None and found is None:
                raise Unreadable(f"must be {MUST[name]}")
            if kind is not None and (name == "kind" or kind != "other" or found is None):
                values["kind"] = kind if name == "kind" else values.get("kind", kind)
            elif found is not None and name == "kind":
                values["kind"] = "camera"
            if found is not None and (name == "camera_type" or found != "other"):
                values.setdefault("camera_type", found)
            if more:
                self._note(column, text_of(cell))
            return None
        if name in ("location", "room_or_area") and (address := address_in(text_of(cell))):
            values.setdefault("ip", address)
            return None
        if name == "location" or (name == "site" and ">" in text_of(cell)):
            parts = [" ".join(part.split()) for part in _LEVELS.split(text_of(cell)) if part.strip()]
            if len(parts) > 4:
                raise Unreadable("has more than four levels; write it like Elm Park > Main block > Ground > Hall")
            if name == "site" and parts:
                values["site"] = parts.pop(0)
            for of, text in self.words.place(parts, {*values, *self.fields.values()} - {"location"}).items():
                values.setdefault(of, text)
            return None
        if name == "replace_by" and (year := financial_year(text_of(cell))) and date_in(cell, parts=True) is None:
            self.years[self.number] = f"{year}-{(int(year) + 1) % 100:02d}"
            self._note(column, text_of(cell))
            return None
        if name == "decision_year" and financial_year(text_of(cell)) is None and (day := date_in(cell, parts=True)):
            values.setdefault("replace_by", day[0])
            return None
        if name == "quantity" and text_of(cell).casefold() in _NO_CAMERA:
            return None
        value, told = read_cell(name, cell, column.heading, self.words)
        if name in ("sold_as", "model") and _IN_DOUBT.search(str(value or "")):
            raise Unreadable("is not sure, so neither maker nor model is taken from it: look at the label")
        if name == "quantity" and (self.is_in_parts or _INEXACT.search(text_of(cell))):  # “10 + 2 spare”, “approx 5”
            self._note(column, text_of(cell))
            value = int(value or 0) + int(values.get(name, 0))
        if name == "firmware" and not re.search(r"\d", str(value or "0")):  # “Latest”, or a platform without its version
            self._note(column, str(value))
            return None
        if name == "installed_date" and value and _BOUGHT.search(column.heading):
            values.setdefault("install_date_basis", clean(column.named, 60))
        if name == "notes" and is_gone(column.heading, str(value), self.words):
            self.gone[self.number] = ("removed", str(value))
        elif name == "notes" and self.words.clause("status", str(value)) == "spare":
            self.gone[self.number] = ("spare", str(value))
        if name in ("notes", "status", "working"):
            is_free = name == "notes" and not _OF_STATE & {*plain(column.heading).split()}
            says = works(text_of(cell), self.words, remark=is_free)
            if is_free:
                self.remarked |= says
            elif says and (values.get("working", "yes") == "yes" or says["working"] == "no"):  # the worst that is said
                values |= says
            if name == "working" and yes_or_no(text_of(cell)) is None and text_of(cell) not in CHOICES[name].values():
                told = "more"
        if name == "notes" and column is not self.own_notes and value is not None:
            self._note(column, str(value))
            return None
        if value is not None and value != "":
            values[name] = value
        if told == "more":
            self._note(column, text_of(cell))
            return None
        return told

    def _remember(self, told: str, dates: _Dates, row: int, name: RegisterField, text: str) -> None:
        if told == "day-first":
            dates.unsure.append((row, name, text))
        elif told == "month-first":
            dates.month_first = dates.month_first or row

    def _settle(self, column: SheetColumn, name: RegisterField) -> None:
        """Dates that can be read in two ways: day first, and said; asked where another date of the column is month first."""
        told, shown = self.dates[column.place], clean(column.named, 60)
        if told.unsure and told.month_first is None:
            row, _, text = told.unsure[0]
            day = long_date(str(self.rows[row][name]))
            say = f"“{shown}” was read day first, as in the UK: {clean(text, 20)} (row {row}) is {day}."
            self.notes.append(SheetNote(None, say))
        elif told.month_first is not None:
            why = f"can be read in two ways, and row {told.month_first} has the month first; write it like 2026-04-03"
            for row, _, text in told.unsure:
                self.rows[row].pop(name, None)
                self.unread[column, name][text].append((row, why))

    def _made(self) -> ReadRows:
        groups = list[ValueGroup]()
        for (column, name), texts in self.unread.items():
            groups += self._grouped(column, name, texts)
        if self.gone:
            row, (_, text) = next(iter(self.gone.items()))
            say = f"In {count(len(self.gone), 'row')} the words say that it is gone or spare: “{clean(text, 40)}” (row {row})."
            self.notes.append(SheetNote(None, say))
        if self.several:
            rows, cost = tuple(number for number, _ in self.several), self.several[0][1]
            answer = self._answer(cost, "purchase_cost_gbp", "")
            say = f"{cost.named}, on {count(len(rows), 'row')} of several devices: is it for each, or for all of them?"
            groups.append(ValueGroup(cost, "", rows, say, tuple(CHOICES["purchase_cost_gbp"].items()), answer, "each"))
        self.problems.sort(key=lambda problem: problem.row)
        unread: dict[int, set[RegisterField]] = defaultdict(set)
        for (_, name), texts in self.unread.items():
            for number, _ in chain.from_iterable(texts.values()):
                unread[number].add(name)
        found = tuple(Listed(number, values, frozenset(unread[number])) for number, values in self.rows.items())
        notes = tuple(sorted(self.notes, key=lambda note: note.row or 0))
        return ReadRows(found, tuple(self.problems), tuple(groups), notes)

    def _grouped(
        self, column: SheetColumn, name: RegisterField, texts: Mapping[str, Sequence[tuple[int, str]]]
    ) -> list[ValueGroup]:
        """The cells of a column that cannot be read, by what they say, the most frequent first; each is a problem too."""
        shown = named(column, name)
        choices, default = [*CHOICES.get(name, {}).items()], TO_NOTES
        if in_words := name == "quantity" and self.fields[column.place] != name:
            default = "several"
        else:
            choices = choices if name in MUST else []
            save = "Save it as the action noted" if name == "decision" else "Save it in the notes"
            choices += [(TO_NOTES, save), (LEAVE_OUT, "Leave it out")]
        made, others = list[ValueGroup](), dict[int, str]()
        most = sorted(texts, key=lambda text: (-len(texts[text]), text))
        few = most if len(most) <= GROUPS_OF_A_COLUMN + 1 else most[:GROUPS_OF_A_COLUMN]
        for text in most:
            cells, alone = texts[text], text in few
            rows, why = tuple(row for row, _ in cells), cells[0][1]
            answer = self._answer(column, name, text if alone else OTHERS)
            if answer is None and not in_words:
                where = "as the action noted" if name == "decision" else "in the notes"
                kept = f"; “{clean(text, 60)}” is saved {where}" if text else ""
                kept += (
                    ", and counts as no camera unless the row names a make, model or number" if text and name == "kind" else ""
                )
                self.problems += [CellProblem(row, column.named, f"Row {row}: {shown} {why}{kept}.") for row in rows]
            if not alone:
                others |= dict.fromkeys(rows, text)
                continue
            offered = [(AS_ABOVE, "The same as in the row above"), choices[-1]] if not text else choices
            what = f"“{clean(text, 40)}”" if text else "empty"
            say = f"{shown}: {what}, on {count(len(rows), 'row')}." + (f" It {why}." if why else "")
            made.append(ValueGroup(column, text, rows, say, tuple(offered), answer, default if text else LEAVE_OUT))
        if others:
            examples = joined(shortened([f"“{clean(text, 20)}”" for text in dict.fromkeys(others.values())], 3))
            say = f"{shown}: {examples}, on {count(len(others), 'row')}, cannot be read."
            made.append(
                ValueGroup(column, OTHERS, tuple(others), say, tuple(choices[-2:]), self._answer(column, name, OTHERS), default)
            )
        return made


def said_once(problems: Iterable[CellProblem]) -> list[str]:
    """Their sentences, what several rows have once, with the other rows: "Row 2: … The same in rows 3, 4 and 2 more."."""
    alike = defaultdict[str, list[CellProblem]](list)
    for one in problems:
        alike[one.say.removeprefix(f"Row {one.row}")].append(one)
    said = list[str]()
    for first, *others in alike.values():
        rows = shortened([f"{one.row}" for one in others], 5)
        more = f" The same in {'row' if len(others) == 1 else 'rows'} {joined(rows)}." if others else ""
        said.append(f"{first.say}{more}")
    return said


def _recorder_in(text: str, model: str) -> dict[RegisterField, Value]:
    """A recorder that a line below a list names: "NVR: DS-7616NXI-K2/16P  S/N FD2000001  IP 192.168.50.100"."""
    serial, address = (
        re.search(r"\b(?:s/?n|serial(?: no)?)[.: ]*([\w-]{5,})", text, re.I),
        re.search(r"\bIP\b[.: ]*(\d[\d.]+\d)", text),
    )
    found: dict[RegisterField, Value | None] = {
        "kind": "recorder", "model": model, "serial": serial and serial[1],
        "ip": address and address_in(address[1]), "notes": text,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _is_notes(column: SheetColumn) -> bool:
    return bool({"note", "notes", "comment", "comments", "remark", "remarks"} & set(plain(column.heading).split()))


def _is_spare(value: Value | None) -> bool:
    return _SPARE.fullmatch(plain_words(str(value or ""))) is not None


def _is_remark(text: str) -> bool:
    return _REMARK.match(text) is not None or text.endswith((".", ":")) or not re.search(r"[A-Za-z]", text)
