"""What people type from a walk-round sheet, line by line: what each cell means, what is wrong with it, which row it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from camcensus.identity.values import plain_serial, same_serial
from camcensus.model import frozen
from camcensus.model.asset import CAMERA_TYPE_WORDS, Place
from camcensus.model.device import DeviceKind
from camcensus.model.tags import CHANNEL_LIMIT
from camcensus.model.words import KIND_WORDS, clean
from camcensus.tasks.register.place_names import PlaceFinder
from camcensus.tasks.register.rows import AssetRow

CellName = Literal["ref", "place", "kind", "brand", "model", "serial", "hangs", "photo"]
CELLS: tuple[CellName, ...] = ("ref", "place", "kind", "brand", "model", "serial", "hangs", "photo")
CELL_MOST_CHARACTERS = 300
SAME_TAIL, SERIAL_FEWEST = 4, 6
NEW = "new"
"""A person's word that a line is no row of the register, though it looks like one."""
_YES = frozenset({"yes", "y", "x", "1", "true", "✓", "✔", "taken", "done"})
_NO = frozenset({"", "no", "n", "0", "false", "-", "–"})
_KINDS: Mapping[str, tuple[DeviceKind, str]] = {
    "camera": ("camera", ""),
    **{
        f"{words.split(' (')[0].casefold()} camera": ("camera", name)
        for name, words in CAMERA_TYPE_WORDS.items()
        if name != "other"
    },
    "recorder": ("recorder", ""),
    "encoder": ("encoder", ""),
    "intercom": ("intercom", ""),
    "something else": ("other", ""),
}  # fmt: skip
KINDS_OFFERED = tuple(name.capitalize() for name in _KINDS)
_ALSO = {
    "ptz": "moving camera",
    "nvr": "recorder",
    "dvr": "recorder",
    "xvr": "recorder",
    "other": "something else",
    "door station": "intercom",
    "doorbell": "intercom",
}
_HANGS = re.compile(r"(?P<ref>[A-Za-z]{2,}-?\d+)?[\s,;:/]*(?:(?:ch|chan|channel|camera)\.?\s*)?(?P<number>\d{1,4})?", re.I)


@frozen(kw_only=True)
class WalkLine:
    """One line as it was typed. `is_row` is NEW where a person said that it is no row there is, though it looks like one."""

    ref: str = ""
    place: str = ""
    kind: str = ""
    brand: str = ""
    model: str = ""
    serial: str = ""
    hangs: str = ""
    photo: str = ""
    is_row: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(getattr(self, name).strip() for name in CELLS)

    def cell(self, name: CellName) -> str:
        """One cell's text."""
        return str(getattr(self, name))

    def changed(self, name: CellName, text: str) -> WalkLine:
        """With another text in one cell; what it spoke of is asked again where that may be another row now."""
        kept = " ".join(text.split())[:CELL_MOST_CHARACTERS]
        again = {} if name not in ("ref", "serial", "hangs") else {"is_row": ""}
        return replace(self, **{name: kept, **again})


@frozen(kw_only=True)
class Walked:
    """What a line means. `names` is the path of its place, `row` the row it speaks of, `why` how that is known."""

    line: WalkLine
    problems: Mapping[CellName, str] = field(default_factory=dict)
    kind: DeviceKind = "camera"
    camera_type: str = ""
    names: tuple[str, ...] = ()
    new_place: bool = False
    recorder: str | None = None
    channel: int | None = None
    photo: bool = False
    row: AssetRow | None = None
    like: AssetRow | None = None
    why: str = ""

    @property
    def fit(self) -> bool:
        """Whether it can be saved."""
        return not self.problems and not self.line.empty


class Reader:
    """Reads lines against a register and its places, as they were when it was made."""

    def __init__(self, register: Iterable[AssetRow], places: Sequence[Place]) -> None:
        self._rows = list(register)
        self._by_ref = {_plain_ref(row.asset.ref): row for row in self._rows}
        self._by_tail: dict[str, list[AssetRow]] = {}
        self._by_channel: dict[tuple[str, int], list[AssetRow]] = {}
        for row in self._rows:
            tail = plain_serial(row.serial or "")
            if len(tail) >= SERIAL_FEWEST:
                self._by_tail.setdefault(tail[-SAME_TAIL:], []).append(row)
            if row.asset.connected_to and row.asset.channel is not None:
                self._by_channel.setdefault((row.asset.connected_to, row.asset.channel), []).append(row)
        self.recorders = [row for row in self._rows if row.asset.kind in ("recorder", "encoder") and row.asset.in_use]
        self._places = PlaceFinder(places)
        self.paths = [one.path for one in self._places.all]

    def read(self, lines: Sequence[WalkLine]) -> list[Walked]:
        """What each line means, in order. Two lines that speak of one thing are a problem of the second."""
        found: list[Walked] = []
        seen_rows: dict[str, int] = {}
        seen_serials: dict[str, int] = {}
        for number, line in enumerate(lines, 1):
            one = Walked(line=line) if line.empty else self._read(line)
            serial = plain_serial(line.serial)
            if one.row is not None and one.row.asset.id in seen_rows:
                where: CellName = "ref" if line.ref else "serial" if line.serial else "hangs"
                said = f"Line {seen_rows[one.row.asset.id]} speaks of {clean(one.row.asset.ref, 20)} too; keep one of them."
                one = replace(one, problems={**one.problems, where: said})
            elif len(serial) >= SERIAL_FEWEST and serial in seen_serials:
                said = f"Line {seen_serials[serial]} has this serial number too; look at both labels again."
                one = replace(one, problems={**one.problems, "serial": said})
            else:
                if one.row is not None:
                    seen_rows[one.row.asset.id] = number
                if len(serial) >= SERIAL_FEWEST:
                    seen_serials[serial] = number
            found.append(one)
        return found

    def place_words(self) -> list[str]:
        """Every place as it is typed: "Elm Park > Main block > Hall"."""
        return [" > ".join(clean(name, 60) for name in path) for path in self.paths]

    def _read(self, line: WalkLine) -> Walked:
        problems: dict[CellName, str] = {}
        kind, camera_type = self._kind(line, problems)
        names, new_place = self._place(line, problems)
        recorder, channel = self._hangs(line, problems)
        photo = line.photo.strip().casefold()
        if photo not in _YES and photo not in _NO:
            problems["photo"] = "Type yes where a photo was taken, or leave it empty."
        like, why = self._like(line, recorder, channel, problems)
        row = None if line.is_row == NEW and not line.ref.strip() else like
        if not problems and all(name in ("ref", "photo") for name in CELLS if line.cell(name).strip()) and row is None:
            problems["place"] = "Say where it is, or what it is."
        return Walked(
            line=line, problems=problems, kind=kind, camera_type=camera_type, names=names, new_place=new_place,
            recorder=recorder, channel=channel, photo=photo in _YES, row=row, like=like, why=why,
        )  # fmt: skip

    def _kind(self, line: WalkLine, problems: dict[CellName, str]) -> tuple[DeviceKind, str]:
        typed = line.kind.strip().casefold()
        if not typed:
            return "camera", ""
        typed = _ALSO.get(typed, typed)
        exact = _KINDS.get(typed) or _KINDS.get(f"{typed} camera")
        begins = [value for name, value in _KINDS.items() if name.startswith(typed)]
        if exact or len(begins) == 1:
            return exact or begins[0]
        problems["kind"] = (
            f"“{clean(line.kind, 40)}” is no kind we know; take one from the list, such as Dome camera or Recorder."
        )
        return "camera", ""

    def _place(self, line: WalkLine, problems: dict[CellName, str]) -> tuple[tuple[str, ...], bool]:
        if not line.place.strip():
            return (), False
        known = self._places.named(line.place)
        if len(known) == 1:
            return known[0].path, False
        new, problem = self._places.new(line.place)
        if known or problem:
            said = " or ".join(" > ".join(clean(name, 40) for name in one.path) for one in known[:2])
            many = f"There are {len(known)} places called “{clean(line.place, 40)}”; type which, such as {said}."
            problems["place"] = many if known else problem
        return (new[0].path, True) if new and not known and not problem else ((), False)

    def _hangs(self, line: WalkLine, problems: dict[CellName, str]) -> tuple[str | None, int | None]:
        typed = line.hangs.strip()
        if not typed:
            return None, None
        found = _HANGS.fullmatch(typed)
        if found is None or (not found["number"] and not found["ref"]):
            problems["hangs"] = "Type the recorder’s ref and the channel, like REC-001, 3."
            return None, None
        channel = int(found["number"]) if found["number"] else None
        if channel is not None and channel > CHANNEL_LIMIT:
            problems["hangs"] = f"A channel is a whole number up to {CHANNEL_LIMIT:,}."
            return None, None
        if found["ref"] is None:
            if len(self.recorders) != 1:
                many = "There is no recorder in the record yet; add it first" if not self.recorders else "Say which recorder"
                problems["hangs"] = f"{many}, like REC-001, {channel}."
                return None, None
            return self.recorders[0].asset.id, channel
        row = self._by_ref.get(_plain_ref(found["ref"]))
        if row is None:
            problems["hangs"] = f"There is no {clean(found['ref'], 20)} in the record; look at the list of recorders."
            return None, None
        if channel is not None and row.asset.kind not in ("recorder", "encoder"):
            problems["hangs"] = f"{clean(row.asset.ref, 20)} is a {KIND_WORDS[row.asset.kind].lower()} and has no channels."
            return None, None
        return row.asset.id, channel

    def _like(
        self, line: WalkLine, recorder: str | None, channel: int | None, problems: dict[CellName, str]
    ) -> tuple[AssetRow | None, str]:
        """The row that a line speaks of, and how that is known: its ref, its serial number, or its channel."""
        serial = plain_serial(line.serial)
        tail = self._by_tail.get(serial[-SAME_TAIL:], ()) if len(serial) >= SERIAL_FEWEST else ()
        alike = [row for row in tail if same_serial(row.serial or "", line.serial)]
        if line.ref.strip():
            row = self._by_ref.get(_plain_ref(line.ref))
            other = next((one for one in alike if one is not row), None)
            if row is not None and other is not None and row not in alike:
                problems["serial"] = (
                    f"{clean(other.asset.ref, 20)} has this serial number; look at the label and the ref again."
                )
            if row is None:
                problems["ref"] = f"There is no {clean(line.ref, 20)} in the record; clear the ref for a new row."
            elif row.asset.id == recorder:
                problems["hangs"] = "A row cannot be connected to itself; type the recorder it is connected to."
            return row, "its ref"
        if len(alike) == 1:
            return alike[0], "the same serial number"
        if recorder is not None and channel is not None:
            alike = self._by_channel.get((recorder, channel), [])
            open_ = [row for row in alike if row.asset.unconfirmed] or alike
            if len(open_) == 1:
                return open_[0], "the same channel"
        return None, ""


def paste(lines: Sequence[WalkLine], at: int, first: CellName, table: Sequence[Sequence[str]]) -> list[WalkLine]:
    """The lines with cells of a spreadsheet laid over them, from line `at` and column `first`; lines are made where missing."""
    made = list(lines)
    start = CELLS.index(first)
    for down, cells in enumerate(table):
        while len(made) <= at + down:
            made.append(WalkLine())
        for name, text in zip(CELLS[start:], cells, strict=False):
            made[at + down] = made[at + down].changed(name, text)
    return made


def _plain_ref(text: str) -> str:
    """ "cam 3" and "CAM-003" are one ref."""
    found = re.fullmatch(r"\s*([A-Za-z]+)[\s-]*0*(\d+)\s*", text)
    return f"{found[1].upper()}-{found[2]}" if found else text.strip().upper()
