"""Rows that no search brings: typed by hand, from a list, channels of a recorder; and what a person reads of one."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from typing import Literal

from camcensus.model import frozen
from camcensus.model.asset import Asset
from camcensus.model.device import DeviceKind, Key, Observation
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, storable, utc_second
from camcensus.store.edits import by_hand
from camcensus.store.edits.by_hand import NewDevice
from camcensus.store.pen import Pen, edit

Basis = Literal["label", "invoice", "supplier-letter", "maker-letter"]
ReadBasis = Basis | Literal["alike"]
"""What an answer rests on; "alike" is the label of another entry of the same brand and model."""
RowBasis = ReadBasis | Literal["register"]
"""What a typed row rests on; "register" is what staff recorded: in a list of their own, or typed beside a MAC address."""

_PREFIXES: dict[DeviceKind, str] = {"recorder": "REC", "intercom": "INT", "software": "SOF", "other": "OTH"}
_BASIS_WORDS: dict[ReadBasis, str] = {
    "label": "the label",
    "invoice": "an invoice",
    "supplier-letter": "a supplier’s letter",
    "maker-letter": "a maker’s letter",
    "alike": "the label of another one like it",
}


@frozen(kw_only=True)
class HandRow:
    """A row as a person types it, or as a list has it. `place` is a place's id, `values` are tag fields, `mac` any usual form.

    With a MAC address it is what staff recorded; else what is typed was read on `basis`. `source` is the name of the list and
    `row` its number there, empty and None for what was typed; `ip` is an address as `model.addresses` reads it.
    """

    kind: DeviceKind = "camera"
    place: str | None = None
    brand: str = ""
    model: str = ""
    serial: str = ""
    mac: str = ""
    firmware: str = ""
    ip: str = ""
    source: str = ""
    row: int | str | None = None
    basis: RowBasis = "label"
    values: Mapping[str, object] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@edit("add", failed="The rows were not added")
def add_rows(pen: Pen, knowledge: Knowledge, new: Sequence[HandRow], who: str) -> str:
    """Rows typed by hand; `who` read what was typed. Raises StoreError where a value does not fit, and then none is added."""
    if not new:
        raise StoreError("There is nothing to add yet; type at least one row.")
    return pen.do(by_hand.add_rows([new_row(one, knowledge, who, pen.now) for one in new]))


def new_row(row: HandRow, knowledge: Knowledge, who: str, now: datetime) -> by_hand.NewRow:
    """As the store takes it: for an edit that does several things (an import)."""
    device = None
    if row.mac.strip() or row.basis == "register":
        device = recorded(row, knowledge, now)
    elif any(text.strip() for text in (row.brand, row.model, row.serial)):
        said = {"brand": row.brand, "model": row.model, "serial": row.serial}
        device = _typed(said, row.basis, who, knowledge, now)
    prefix = _PREFIXES.get(row.kind, "CAM")
    return by_hand.NewRow(
        kind=row.kind, prefix=prefix, place=row.place, values=row.values, tags=row.tags, device=device,
        listed=f"{row.source}, row {row.row}" if row.source else "",
    )  # fmt: skip


@edit("read", failed="What you read was not saved")
def read_label(
    pen: Pen,
    knowledge: Knowledge,
    asset_id: str,
    *,
    basis: Basis,
    brand: str | None = None,
    model: str | None = None,
    manufacturer: str | None = None,
    serial: str | None = None,
) -> str:
    """Keep what a person read (label, invoice, letter) as an observation: who does the edit read it.

    A label or an invoice speaks of brand and model; the maker stays what the device's answers give unless a letter names it.
    A row of which nothing was known yet gets a device by it.
    """
    asset = next(iter(pen.inventory.assets([asset_id])), None)
    if asset is None:
        raise StoreError("That row is no longer in the inventory; look at the list again.")
    said = {"brand": brand, "model": model, "manufacturer": manufacturer, "serial": serial}
    return save_reading(pen, knowledge, asset, said, basis, pen.by or "")


def save_reading(
    pen: Pen, knowledge: Knowledge, asset: Asset, said: Mapping[str, str | None], basis: ReadBasis, who: str
) -> str:
    """Keep what a person read, inside an edit that may do more; says so in a sentence."""
    if asset.device is None:
        by_hand.give_device(pen, asset.id, _typed(said, basis, who, knowledge, pen.now))
    else:
        ((_, before),) = pen.inventory.latest_replies([asset.device])
        last = before[-1] if before else None
        one = _reading(said, basis, who, pen.now, asset.device if not last or not last.address else None)
        if last is not None:
            one = replace(one, address=last.address, network=last.network)
        by_hand.add_observations(pen, asset.device, [one])
    of = "for" if basis == "alike" else "of"
    return f"{clean(who, 60)} read {_BASIS_WORDS[basis]} {of} {asset.ref}."


def mac_of(text: str) -> str | None:
    """ "3c:ef:8c:00:00:01" of any usual way to write a MAC address; None for anything else."""
    digits = re.sub(r"[^0-9a-f]", "", text.lower())
    if len(digits) != 12 or re.search(r"[^0-9A-Fa-f:.\-\s]", text):
        return None
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def _typed(said: Mapping[str, str | None], basis: ReadBasis, who: str, knowledge: Knowledge, now: datetime) -> NewDevice:
    device = str(uuid.uuid4())
    reading = _reading(said, basis, who, now, device)
    return NewDevice(id=device, observations=(reading,), keys=_serial_keys(said.get("serial"), reading, knowledge))


def _serial_keys(text: str | None, seen: Observation, knowledge: Knowledge) -> tuple[Key, ...]:
    """What a serial number that somebody wrote down can be recognised by; nothing for one that many devices share."""
    from camcensus.identity.values import is_usable_serial

    serial = storable(text or "").strip()
    return (Key("serial", f"unknown:{serial}"),) if serial and is_usable_serial(serial, seen, knowledge) else ()


def _reading(said: Mapping[str, str | None], basis: ReadBasis, who: str, now: datetime, row: str | None) -> Observation:
    """What a person read. `row` keeps two readings apart that say the same of two things with no address."""
    from camcensus.wire.read import read

    content = {"basis": basis, **said, "who": who.strip(), "when": utc_second(now)[:10], "row": row}
    raw = json.dumps(_said(content), ensure_ascii=False).encode()
    return Observation(probe="person", address="", at=utc_second(now), raw=raw, reading=read("person", None, raw))


def recorded(row: HandRow, knowledge: Knowledge, now: datetime) -> NewDevice | None:
    """What staff recorded of a device, as one observation of a list; None where they recorded nothing of the device itself."""
    from camcensus.identity.group import group
    from camcensus.wire.read import read

    if not any(text.strip() for text in (row.brand, row.model, row.serial, row.mac, row.firmware, row.ip)):
        return None
    mac = mac_of(row.mac) if row.mac.strip() else None
    if row.mac.strip() and mac is None:
        raise StoreError(f"“{clean(row.mac, 40)}” is no MAC address; it has twelve digits or letters A to F.")
    content = {
        "basis": "register", "manufacturer": row.brand, "model": row.model, "serial": row.serial, "firmware": row.firmware,
        "device": row.kind, "file": row.source, "row": "" if row.row is None else str(row.row),
        "entry": "" if row.source else str(uuid.uuid4()),  # two that were typed alike are two
    }  # fmt: skip
    raw = json.dumps(_said(content), ensure_ascii=False).encode()
    reading = read("list", None, raw)
    one = Observation(probe="list", address=row.ip.strip(), mac=mac, at=utc_second(now), raw=raw, reading=reading)
    found = group([one], knowledge) if mac is not None or one.address else ()
    keys = [key for device in found for key in device.keys]
    keys += [key for key in _serial_keys(row.serial, one, knowledge) if key not in keys]
    return NewDevice(
        id=str(uuid.uuid4()), observations=(one,), keys=tuple(keys), addresses=(one.address,) if one.address else (), mac=mac,
    )  # fmt: skip


def _said(content: Mapping[str, str | None]) -> dict[str, str]:
    """What was said, as it is saved."""
    return {key: storable(value).strip() for key, value in content.items() if value and value.strip()}
