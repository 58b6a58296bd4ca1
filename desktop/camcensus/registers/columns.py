"""Which column of a staff register is what: by its heading, then by what is in its cells; each guess with its reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from camcensus.model import frozen
from camcensus.model.numbers import mac_in
from camcensus.model.registers import FIELD_WORDS, FIELDS, Cell, ColumnGuess, RegisterField, SheetColumn, SheetRow, cell_at
from camcensus.model.words import clean, upper_first
from camcensus.registers.cells import address_of, text_of
from camcensus.registers.plain_headings import plain
from camcensus.registers.programs import ListProgram, program_of
from camcensus.registers.words import Words

OWN_HEADING = "Camcensus writes this heading itself."
WORKED_OUT = "Camcensus works this out itself."
JOINT = " – "
"""Between two rows of headings that were joined: "Location – Room"."""
RECORDER_WORDS = frozenset(("nvr", "nvrs", "dvr", "dvrs", "xvr", "vms", "recorder", "recorders"))
LOOKED_AT_ROWS = 200
"""Cells of so many rows are looked at where a heading tells nothing."""


@frozen
class Headings:
    """The usual headings: whole ones, words in a row that longer ones hold, and those of columns that are left out.

    `own` are of columns that we work out ourselves, in a list that we wrote. `row` is what a row of such a spreadsheet is.
    `programs` are those whose exports are recognised, `words` what staff write into cells.
    """

    whole: Mapping[str, RegisterField]
    held: Mapping[str, RegisterField]
    left: frozenset[str]
    row: str = "a camera"
    programs: tuple[ListProgram, ...] = ()
    own: frozenset[str] = frozenset()
    words: Words = field(default_factory=Words)


def make_headings(tables: Mapping[str, Mapping[str, Sequence[str]]], left: Sequence[str], own: Sequence[str] = ()) -> Headings:
    """The headings of the reviewed table (field -> "is" and "has"). Raises ValueError where one heading has two fields."""
    whole = {plain(words): name for name, title in FIELD_WORDS.items() for words in (name, title)}
    held: dict[str, RegisterField] = {}
    for name, table in tables.items():
        if name not in FIELDS:
            raise ValueError(f"“{name}” is no field of a register")
        for key, into in (("is", whole), ("has", held)):
            for heading in table.get(key, ()):
                if into.setdefault(plain(heading), name) != name:
                    raise ValueError(f"“{heading}” stands for {into[plain(heading)]} and {name}")
    left_out = frozenset(map(plain, left))
    if both := left_out & whole.keys():
        raise ValueError(f"“{min(both)}” is left out and stands for {whole[min(both)]}")
    return Headings(whole, held, left_out, own=frozenset(map(plain, own)))


def named(column: SheetColumn, field: RegisterField) -> str:
    """How a sentence calls a column: by its heading, and one of our own table by what it means."""
    if not column.heading or plain(column.heading) == plain(field):
        return FIELD_WORDS[field] if column.heading else f"Column {column.letter}"
    text = clean(column.heading, 60)
    return upper_first(text)


def is_known(heading: str, headings: Headings) -> bool:
    """True for a heading of the table or of a program, a column that is left out among them."""
    words = plain(heading)
    if words in headings.left | headings.own or field_of(heading, headings) is not None:
        return True
    return any(words in program.columns for program in headings.programs)


def field_of(heading: str, headings: Headings) -> tuple[RegisterField, bool] | None:
    """(field, whether the whole heading says so)."""
    words = plain(heading)
    if words in headings.whole:
        inner = plain(heading.rpartition("(")[2]) if headings.whole[words] == "name" else ""
        return headings.whole.get(inner, headings.whole[words]), True
    under = plain(heading.rpartition(JOINT)[2])
    if under in headings.whole:
        return headings.whole[under], True
    if not words or words in headings.left:
        return None
    best = max((held for held in headings.held if f" {held} " in f" {words} "), key=len, default=None)
    if RECORDER_WORDS & {*words.split()} and headings.held.get(best or "") not in ("connected_to_ref", "channel"):
        return "notes", False  # “NVR make/model”, “Qty NVR” say nothing of the camera
    if best is None and (core := _CORE.sub("", words)) in headings.whole:
        return headings.whole[core], False
    return (headings.held[best], False) if best is not None else None


def guess_columns(
    columns: Sequence[SheetColumn],
    rows: Sequence[SheetRow],
    headings: Headings,
    remembered: Mapping[str, RegisterField | None] | None = None,
    is_brand: Callable[[str], object] = lambda _: False,
) -> tuple[ColumnGuess, ...]:
    """One guess a column, in order; a field is given to one column only (but notes), a whole heading before a longer one.

    `remembered` is what a person chose for these headings before (plain heading -> field); `is_brand` says whether a text
    begins with the name of a maker.
    """
    program = program_of([column.heading for column in columns], headings.programs)
    if "record id" in {plain(column.heading) for column in columns}:
        whole = {heading: name for heading, name in headings.whole.items() if heading not in headings.own}
        headings = replace(headings, whole=whole, left=headings.left | headings.own)
    told = [_field_in(program, column.heading, headings) for column in columns]
    taken: dict[RegisterField, int] = {}
    if remembered is None:
        places = {plain(column.heading): column.place for column in reversed(columns)}
        for heading, name in program.columns.items() if program is not None else ():
            if name is not None and heading in places:
                taken.setdefault(name, places[heading])
        by_name = sorted(zip(columns, told, strict=True), key=lambda one: bool(_CODE & {*plain(one[0].heading).split()}))
        for is_whole in (True, False):
            for column, found in by_name if is_whole else zip(columns, told, strict=True):
                if found is not None and found[1] is is_whole:
                    taken.setdefault(found[0], column.place)
    guesses = []
    for column, found in zip(columns, told, strict=True):
        key = remembered_key(column)
        if remembered is not None and key in remembered:
            guesses.append(ColumnGuess(column, remembered[key], "You chose this the last time for a list with these headings."))
        else:
            guesses.append(_guess(column, found, taken, headings, program))
    if remembered is not None:
        return tuple(guesses)
    return tuple(_by_cells(_kinds_apart(guesses, told, rows, headings.words), rows, is_brand, headings.words))


def _field_in(program: ListProgram | None, heading: str, headings: Headings) -> tuple[RegisterField, bool] | None:
    """The same where the list is of a program that is known."""
    if program is None or plain(heading) not in program.columns:
        return field_of(heading, headings)
    field = program.columns[plain(heading)]
    return (field, True) if field is not None else None


def _guess(
    column: SheetColumn,
    found: tuple[RegisterField, bool] | None,
    taken: Mapping[RegisterField, int],
    headings: Headings,
    program: ListProgram | None,
) -> ColumnGuess:
    heading = clean(column.heading, 60)
    of_program = program is not None and plain(column.heading) in program.columns
    if found is None:
        if program is not None and of_program:
            return ColumnGuess(column, None, f"“{heading}” is left out of lists from {program.name}.")
        if plain(column.heading) in headings.own:
            return ColumnGuess(column, None, WORKED_OUT)
        if plain(column.heading) in headings.left:
            return ColumnGuess(column, None, f"“{heading}” is left out: Camcensus saves no such thing.")
        return ColumnGuess(column, None, _TELLS_NOTHING[not heading])
    field, whole = found
    words = FIELD_WORDS[field]
    if taken.get(field) != column.place and field != "notes":
        return ColumnGuess(column, "notes", f"“{heading}” looks like {_lower(words)} {TAKEN}")
    if plain(column.heading) == plain(field):
        return ColumnGuess(column, field, OWN_HEADING)
    if program is not None and of_program:
        return ColumnGuess(column, field, f"“{heading}” is {_lower(words)} in lists from {program.name}.")
    verb = "is a usual heading for" if whole else "holds words that are used for"
    return ColumnGuess(column, field, f"“{heading}” {verb} {_lower(words)}.")


_OF = "cam(?:era)?|cctv|vss|device|asset|equipment|unit"
_CORE = re.compile(
    rf"^(?:(?:our|oem|{_OF}) |(?:trust|council|school|academy|nhs|site|estates) (?=asset|ref))+(?=\S)"
    rf"|(?: of)?(?: (?:the|our|each|{_OF}))+$|(?<= of)(?: (?:the|our|each|{_OF}))+(?= )"
)
"""What a heading says besides what it asks: "Camera position", "Trust asset ref", "Make of the device"."""
_CODE = frozenset(("no", "number", "code"))
TAKEN = "too, and another column has that."
_TELLS_NOTHING = ("Nothing in its heading says what it is.", "It has no heading.")


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


_BY_CELLS: tuple[tuple[RegisterField, Callable[[str], object], str], ...] = (
    ("mac", mac_in, "Its cells are MAC addresses."),
    ("ip", address_of, "Its cells are network addresses."),
)


def _kinds_apart(
    guesses: list[ColumnGuess], told: Sequence[tuple[RegisterField, bool] | None], rows: Sequence[SheetRow], words: Words
) -> list[ColumnGuess]:
    """Of two columns for the kind, the one that tells kinds apart: one that says "CCTV" of everything does not."""
    of = [at for at, found in enumerate(told) if found is not None and found[0] == "kind"]
    if len(of) < 2:
        return guesses
    kinds = {at: {words.meaning("kind", text)[0] for text in _texts(rows, guesses[at].column.place)} - {None} for at in of}
    best, now = max(of, key=lambda at: len(kinds[at])), next((at for at in of if guesses[at].field == "kind"), of[0])
    if len(kinds[best]) > max(len(kinds[now]), 1):
        guesses[now] = ColumnGuess(guesses[now].column, "notes", "Another column tells the kinds apart.")
        guesses[best] = ColumnGuess(guesses[best].column, "kind", "Its cells tell the kinds of devices apart.")
    return guesses


_SEVERAL = re.compile(r"(?:[a-z]+[ .#]*)?\d{1,3}(?P<more>\s*(?:[-–&,+]|to|and)\s*\d{1,3})*", re.I)
_OF_CAMERAS = frozenset(("cam", "camera", "cameras"))
_OF_A_PART = frozenset(("inside", "outside", "indoor", "outdoor", "internal", "external", "no", "of", "number"))
_WORDS_OF_A_REMARK = 3
_MODEL = re.compile(r"(?<!\S)(?=\S*[A-Za-z])(?=(?:\S*\d){3})\S{5,}")
_NUMBER = re.compile(r"(?=.*\d).{1,12}")
_CHANNEL = re.compile(r"(?:ch(?:an(?:nel)?)?|cam(?:era)?|input)[ ._#-]*\d", re.I)


def _by_cells(
    guesses: list[ColumnGuess], rows: Sequence[SheetRow], is_brand: Callable[[str], object], words: Words
) -> list[ColumnGuess]:
    """What cells say where headings tell nothing, or can mislead: addresses, makers, models, several channels, remarks."""

    def is_kind(text: str) -> bool:
        return not any(map(str.isdigit, text)) and words.meaning("kind", text)[0] not in (None, "neither", "work")

    for at, guess in enumerate(guesses):
        said = _texts(rows, guess.column.place)
        if guess.field == "kind" and guess.why != OWN_HEADING and _tells_nothing(rows, guess.column.place, words):
            guesses[at] = ColumnGuess(guess.column, "notes", "It says the same of everything.")
        elif (
            guess.field == "mac"
            and not any(map(mac_in, said))
            and any(other.why.endswith(TAKEN) and _most(rows, other.column.place, mac_in) for other in guesses)
        ):
            guesses[at] = ColumnGuess(guess.column, None, _TELLS_NOTHING[0])  # “Hardware address”, and it is a link
    by_brand = ("sold_as", is_brand, "Its cells are makers’ names.")
    by_kind = ("kind", is_kind, "Its cells are kinds of devices.")
    for name, is_one, why in (*_BY_CELLS, by_brand, by_kind, ("notes", _is_remark, "Its cells are remarks.")):
        others = (name, "model") if name == "sold_as" else (name,)
        if name != "notes" and any(guess.field in others for guess in guesses):
            continue
        for at, guess in enumerate(guesses):
            is_open = guess.why in _TELLS_NOTHING or (name == "mac" and guess.why.endswith(TAKEN))
            is_of = _most(rows, guess.column.place, is_one) or (name == "kind" and _of_some(rows, guess.column.place))
            if is_open and guess.field in (None, "notes") and is_of:
                guesses[at] = ColumnGuess(guess.column, name, why)
                if name != "notes":
                    break
    fields = {guess.field for guess in guesses}
    is_each = {"quantity", "ref", "channel", "serial", "mac", "ip"} & fields
    for at, guess in enumerate(guesses) if not is_each else ():  # “Cameras inside”, “Cameras outside”
        heads = {*plain(guess.column.heading).split()}
        is_many = guess.why in _TELLS_NOTHING and _OF_CAMERAS & heads and heads <= _OF_CAMERAS | _OF_A_PART
        if is_many and _most(rows, guess.column.place, re.compile(r"\d{1,3}").fullmatch):
            guesses[at] = ColumnGuess(guess.column, "quantity", "Its cells are numbers of cameras.")
    if len(guesses) == 1 and guesses[0].field in (None, "notes") and _most(rows, guesses[0].column.place, _CHANNEL.match):
        guesses[0] = ColumnGuess(guesses[0].column, "name", "Its cells are numbered cameras.")
    sites = [guess.column for guess in guesses if guess.field == "site"]
    beside = any(guess.why.endswith(f"looks like name {TAKEN}") for guess in guesses)
    for at, guess in enumerate(guesses):  # “Camera”: 1, 2, 3, or Cam 1, Cam 2 beside “What it sees”
        running = re.compile(rf"{'(?:cam(?:era)?[ .#-]*)?' * beside}\d{{1,4}}", re.I)
        is_number = guess.field in ("name", "ref") and _most(rows, guess.column.place, running.fullmatch)
        kept = [row for row in rows if guess.field == "ref" and _filled(row, guess.column.place)]
        pairs = ({(cell_at(row, one), cell_at(row, guess.column)) for row in kept} for one in sites)  # “Cam 1” of each shop
        of_each = len(kept) in map(len, pairs)
        again = (is_number or of_each) and _begins_again(_texts(rows, guess.column.place))
        if is_number and guess.field == "name" and not again and "ref" not in fields:
            guesses[at] = ColumnGuess(guess.column, "ref", "Its cells are numbers.")
            fields = fields - {"name"} | {"ref"}
        elif again and guess.field == "ref" and (of_each or guess.why != OWN_HEADING):
            guesses[at] = ColumnGuess(guess.column, None if "name" in fields else "name", "Its numbers begin again.")
            fields = fields - {"ref"} | {"name"}
        elif guess.field == "notes" and "name" not in fields and guess.why.endswith(f"looks like name {TAKEN}"):
            guesses[at] = ColumnGuess(guess.column, "name", "Another column that is called so has numbers.")
            fields.add("name")
    for at, guess in enumerate(guesses):  # beside a number, an “Asset” is what it is
        is_ref = guess.why.endswith(TAKEN) and FIELD_WORDS["ref"].lower() in guess.why
        if is_ref and "name" not in fields and _most(rows, guess.column.place, lambda text: " " in text):
            guesses[at] = ColumnGuess(guess.column, "name", "Its cells are words.")
            fields.add("name")
    for at, guess in enumerate(guesses):
        place, heading = guess.column.place, plain(guess.column.heading)
        is_open = guess.field in ("kind", "camera_type") or guess.why.endswith(TAKEN)
        if is_open and "model" not in fields and _most(rows, place, _MODEL.search):
            guesses[at] = ColumnGuess(guess.column, "model", "Its cells are model numbers.")
            fields.add("model")
        elif guess.field == "quantity" and not _most(rows, place, _NUMBER.fullmatch):
            guesses[at] = ColumnGuess(guess.column, None if "name" in fields else "name", "Its cells are no numbers.")
        elif guess.field == "kind" and _most(rows, place, re.compile(r"[\d.]+").fullmatch):
            guesses[at] = ColumnGuess(guess.column, None, "Its cells are numbers.")
        elif (
            (guess.field in (None, "ref", "name") or guess.why.endswith(TAKEN))
            and _OF_CAMERAS & set(heading.split())
            and "channel" not in fields
        ):
            told = [_SEVERAL.fullmatch(text) for text in _texts(rows, place)]
            if all(told) and any(one["more"] for one in told if one):
                guesses[at] = ColumnGuess(guess.column, "channel", "Some of its cells are several cameras.")
                fields.add("channel")
    return guesses


def _tells_nothing(rows: Sequence[SheetRow], place: int, words: Words) -> bool:
    """Whether a column says one thing of several rows, and that is no kind: "Security"."""
    said = _texts(rows, place)
    return (
        len(said) > 1 and len(set(said)) == 1 and all(words.meaning(name, said[0])[0] in (None, "neither") for name in _KINDS)
    )


def _of_some(rows: Sequence[SheetRow], place: int) -> bool:
    """Whether a column says "CCTV" of some rows and something else of others: the list is not of cameras alone."""
    said = {plain(text) for text in _texts(rows, place)}
    return bool(_CCTV & said and said - _CCTV)


_CCTV = frozenset(("cctv", "cctv system", "cctv systems", "cctv camera", "cctv cameras", "cctv equipment"))
_KINDS: tuple[RegisterField, ...] = ("kind", "camera_type")


def _is_remark(text: str) -> bool:
    return len(text.split()) >= _WORDS_OF_A_REMARK


def _most(rows: Sequence[SheetRow], place: int, is_one: Callable[[str], object]) -> bool:
    texts = _texts(rows[:LOOKED_AT_ROWS], place)
    return bool(texts) and sum(bool(is_one(text)) for text in texts) * 2 > len(texts)


def has_models(rows: Sequence[SheetRow], column: SheetColumn) -> bool:
    """Whether most cells of a column are model numbers."""
    return _most(rows, column.place, _MODEL.search)


def _begins_again(texts: Sequence[str]) -> bool:
    """Whether one in ten is there before: each school counts its cameras from 1, and no slip of the pen."""
    return len(set(texts)) * 10 < len(texts) * 9


def _texts(rows: Sequence[SheetRow], place: int) -> list[str]:
    return [text_of(row.cells[place]) for row in rows if _filled(row, place)]


def _filled(row: SheetRow, place: int) -> bool:
    cell: Cell = row.cells[place] if place < len(row.cells) else None
    return cell is not None


def remembered_key(column: SheetColumn) -> str:
    """How a chosen column is remembered: its plain heading, or its letter where it has none."""
    return plain(column.heading) or f"column {column.letter}"


def signature(columns: Sequence[SheetColumn]) -> str:
    """The same for every list with these headings in any order; what a person chose is remembered by it."""
    text = "\n".join(sorted(remembered_key(column) for column in columns))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
