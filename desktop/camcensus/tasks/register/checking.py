"""What needs a person: rows whose maker or kind is not known well, channels nobody has seen, and possible duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from camcensus.model import frozen
from camcensus.model.asset import Asset, Doubt
from camcensus.model.device import DeviceKind
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.pictures import NewPhoto
from camcensus.store.edits import by_hand, placing, tagging
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Pen
from camcensus.tasks.register.by_hand import ReadBasis, save_reading
from camcensus.tasks.register.place_names import ANY_SEPARATOR, one_line
from camcensus.tasks.register.rows import AssetRow

Why = Literal["maker", "kind", "channel", "duplicate"]
State = Literal["open", "installer", "answered"]

UNSURE = ("possible", "conflicting", "unknown")


@frozen
class ToCheck:
    """One thing to look at. `id` is the row's, or a doubt's; `other` is the known row of a possible duplicate."""

    id: str
    why: Why
    state: State
    asset: Asset
    other: Asset | None = None
    doubt: Doubt | None = None


@frozen(kw_only=True)
class CheckAnswer:
    """What a person found. Empty texts were not read; `place` "" leaves it where it is, the kind "unknown" what it is.

    The basis "alike" is the label of another entry of the same brand and model.
    """

    kind: DeviceKind
    basis: ReadBasis = "label"
    brand: str = ""
    model: str = ""
    serial: str = ""
    manufacturer: str = ""
    place: str = ""
    photos: Sequence[NewPhoto] = ()

    @property
    def said(self) -> dict[str, str | None]:
        """What was read, by name, without what was not."""
        read = {"brand": self.brand, "model": self.model, "serial": self.serial, "manufacturer": self.manufacturer}
        return {name: text.strip() for name, text in read.items() if text.strip()}

    def answers(self, asset: Asset, *, others: bool) -> bool:
        """Whether it says anything of an entry, and of `others` too: those get no serial number, place or photo by it."""
        says_kind = self.kind != "unknown" and (self.kind != asset.kind or asset.unconfirmed)
        if others:
            return says_kind or bool(self.said.keys() - {"serial"})
        return says_kind or bool(self.said or self.photos) or self.place not in ("", asset.place)


def to_check(inventory: Inventory, register: Iterable[AssetRow]) -> tuple[ToCheck, ...]:
    """Everything that needs a person, or that one has read: doubts first, then rows by ref, open and answered in one order."""
    found = []
    by_device = {row.asset.device: row.asset for row in register if row.asset.device}
    for doubt in inventory.doubts():
        newer, known = by_device.get(doubt.device), by_device.get(doubt.other)
        if newer is not None and known is not None:
            found.append(ToCheck(doubt.id, "duplicate", "open", newer, known, doubt))
    read = inventory.read_devices()
    for row in register:
        why, is_read = reason(row, read), row.asset.device in read
        if why is not None or is_read:
            state: State = "answered" if why is None else "installer" if row.asset.ask_installer else "open"
            found.append(ToCheck(row.asset.id, why or "maker", state, row.asset))
    return tuple(found)


def reason(row: AssetRow, read: Mapping[str, bool]) -> Why | None:
    """Why a row needs a person; None where it does not. `read` is `Inventory.read_devices`.

    Who made it is not asked again where somebody has read its brand or model on it: its label says no more. What was read on
    another one like it answers only where it says enough.
    """
    asset = row.asset
    if not asset.in_use or asset.kind in ("other", "software"):
        return None
    if asset.unconfirmed:
        return "channel"
    if asset.kind == "unknown":
        return "kind"
    return "maker" if (row.grade in UNSURE or disagrees(row)) and not read.get(asset.device or "") else None


def disagrees(row: AssetRow) -> bool:
    """Whether signs of its maker disagree, or what was recorded or read of it and what it answers."""
    return row.grade == "conflicting" or any(one.kind == "maker-to-check" for one in row.care)


def check(pen: Pen, knowledge: Knowledge, asset_id: str, given: CheckAnswer) -> str:
    """Save all that a person found of one row, inside an edit: who does it looked. Raises StoreError without a name or a row.

    A label confirms brand and model, never the manufacturer; where it disagrees with the device's answers, both stay.
    """
    who = (pen.by or "").strip()
    if not who:
        raise StoreError("Type who looked; the answer is kept with that name.")
    asset = next(iter(pen.inventory.assets([asset_id])), None)
    if asset is None:
        raise StoreError("That row is no longer in the inventory; look at the list again.")
    say = ""
    if given.photos:
        say = pen.do(by_hand.add_photos(asset.id, given.photos))
    if given.place and given.place != asset.place:
        say = pen.do(placing.set_place([asset.id], given.place))
    if given.kind != "unknown":
        say = pen.do(tagging.set_kind([asset.id], given.kind, who))
    if asset.ask_installer:
        pen.do(tagging.set_tags([asset.id], {"ask_installer": False, "ask_note": None}))
    if asset.unconfirmed and given.kind != "other":
        say = pen.do(by_hand.confirm_channels([asset.id], who))
    if given.said:
        say = save_reading(pen, knowledge, asset, given.said, given.basis, who)
    return say


# What somebody typed to search, as it is looked for in the words of a row: what parts the names of a place is no word.

_ADDRESS = re.compile(
    r"[0-9a-f]+(?:[.:-][0-9a-f]*)*[.:-][0-9a-f]+(?:/\d+)?|(?:[0-9a-f]{1,4}(?:::?|[.-])){2,}|[0-9a-f]{1,4}::|::[0-9a-f][0-9a-f:.]*"
)
"""An address, or the beginning of one: "c0:56:e3:", "10.0.", "fe80::"."""


@frozen
class Sought:
    """The words that are all to be there, each with its parts ("1/floor": "1", "floor"), which do as well."""

    words: tuple[tuple[str, tuple[str, ...]], ...]

    def __bool__(self) -> bool:
        """Whether anything was typed that can be looked for."""
        return bool(self.words)

    def is_in(self, text: str) -> bool:
        """Whether a text in small letters has all the words, or begins of them."""
        return all(word in text or (bool(parts) and all(part in text for part in parts)) for word, parts in self.words)


def sought(typed: str) -> Sought:
    """Reads a search: "Block 1 > Floor 0" and "Block 1, Floor 0" look for "block", "1", "floor" and "0"."""
    text = one_line(typed.casefold())
    words = [(word, _parts(word)) for word in text.split()]
    return Sought(tuple((word, () if parts == (word,) else parts) for word, parts in words if parts))


def _parts(word: str) -> tuple[str, ...]:
    """What a word is made of, () for a separator alone, itself for an address: a colon or "/" is part of that."""
    if _ADDRESS.fullmatch(word):
        return (word,)
    return tuple(part for part in ANY_SEPARATOR.split(word) if part.strip("-–—"))
