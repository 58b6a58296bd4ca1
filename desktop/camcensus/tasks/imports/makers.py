"""What we know of makers and models says of a row: brand and model apart, the kind of device, and how many it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from camcensus.attribution.index import Index, index_of, plain_name
from camcensus.model.device import DeviceKind, register_kind
from camcensus.model.knowledge import Knowledge
from camcensus.model.registers import Listed, RegisterField, SheetColumn, Value
from camcensus.model.words import clean
from camcensus.registers.plain_headings import plain
from camcensus.registers.words import Words

BRAND_MOST_WORDS = 4
_INTERCOMS = frozenset(("doorbell", "access-terminal"))
_DUMMY = re.compile(r"\b(?:dummy|decoy|fake|imitation)\b", re.I)
_INTERCOM = re.compile(r"\b(?:intercom|door ?bell|door station|entry ?phone|door entry panel)\b", re.I)
_RECORDER = re.compile(
    r"^(?:nvr|dvr|hvr|xvr|recorder)[ _#-]*\d*(?=$|[\s,:(–-])|\b(?:nvr|dvr|hvr|xvr|recorder)[ _#-]*\d*$", re.I
)
_BESIDE = re.compile(
    r"\b(?:room|cupboard|cabinet|rack|cameras?|cam|ch|chan|channel|above|by|near|over|at|opposite|outside|looking|monitor)\b"
    r"|\bch\W*\d|\d\s*/\s*\d|\d[-_. ]+\d",
    re.I,
)
"""Words of a camera that looks at a recorder, or is on a channel of one."""


def with_makers(row: Listed, columns: Mapping[RegisterField, SheetColumn], knowledge: Knowledge, words: Words) -> Listed:
    """The row with its brand and model apart: "HIKVISION DS-2CD2347G2-LU" in one cell, or the brand before the model too."""
    values = dict(row.values)
    brand, model = str(values.get("sold_as", "")), str(values.get("model", ""))
    index = index_of(knowledge)
    if not {"sold_as", "model"} & columns.keys():
        brand, model = _parted(str(values.get("name", "")), index)
        brand, model = (brand, model) if brand and re.search(r"\d", model) else ("", "")
    elif brand and not model:
        first, rest = _parted(brand, index)
        if first and re.search(r"\d", rest):
            brand, model = first, rest
    elif model:
        first, rest = _parted(model, index)
        if first and (not brand or _is_same(first, brand, index)) and (rest or not brand):
            brand, model = brand or first, rest
        elif not first and not brand and (column := columns.get("model")) is not None and _is_of_both(column):
            found = re.fullmatch(r"([A-Za-z&-]{2,})\s+(\S*\d.*)", model)
            brand, model = (found[1], found[2]) if found else (brand, model)
    found = re.fullmatch(r"(\S*\d\S*)\s+(?:\(([^()]*)\)|([A-Za-z][A-Za-z -]*))", model)
    if found and (kind := words.meaning("camera_type", found[2] or found[3])) and kind[0] and not kind[1]:
        model = found[1]
        values.setdefault("camera_type", kind[0])
    for name, value in (("sold_as", brand), ("model", model)):
        if value:
            values[name] = value  # type: ignore[index]
        else:
            values.pop(cast(RegisterField, name), None)
    return replace(row, values=values) if values != row.values else row


def as_new(row: Listed, columns: Mapping[RegisterField, SheetColumn], knowledge: Knowledge) -> Listed:
    """A row that is to be added, with its kind; a recorder's channels and cameras are how many it has, and go to its notes."""
    values = dict(row.values)
    values["kind"] = values.get("kind") or _kind(values, index_of(knowledge)) or "camera"
    if values["kind"] != "camera":
        several: tuple[RegisterField, ...] = ("channel", "quantity")
        for name in several:
            column = columns.get(name)
            if column is None or values.get(name, 1) == 1:
                continue
            if "connected_to_ref" in values if name == "channel" else "camera" not in plain(column.heading):
                continue
            line = f"{clean(column.named, 60)}: {_spelt(values.pop(name))}"
            values["notes"] = "\n".join(filter(None, (str(values.get("notes", "")), line)))
    return replace(row, values=values)


def _spelt(value: Value) -> str:
    numbers = str(value).split()
    return f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 2 else " and ".join(numbers)


def _parted(text: str, index: Index) -> tuple[str, str]:
    """(the brand that a text begins with, what follows it); ("", text) where it begins with none that is known."""
    words = text.split()
    for most in range(min(BRAND_MOST_WORDS, len(words)), 0, -1):
        name = " ".join(words[:most]).strip("-–:/,")
        if plain_name(name) in index.names:
            return name, " ".join(words[most:]).lstrip("-–:/, ")
    joint = re.match(r"([A-Za-z]+)\s*[/:–]\s*(\S.*)", text)
    return (joint[1], joint[2]) if joint and plain_name(joint[1]) in index.names else ("", text)


def _is_same(one: str, other: str, index: Index) -> bool:
    return plain_name(one) == plain_name(other) or index.names[plain_name(one)] == index.names.get(plain_name(other))


def _is_of_both(column: SheetColumn) -> bool:
    words = set(plain(column.heading).split())
    return "model" in words and bool(words & {"make", "brand", "manufacturer"})


def _kind(values: Mapping[RegisterField, Value], index: Index) -> str | None:
    """By its model, else by what it is called; None where neither says."""
    called = str(values.get("name") or values.get("purpose") or values.get("ref") or "")
    if _DUMMY.search(called):
        return "other"
    if "model" in values and (kind := _kind_of_model(str(values["model"]), str(values.get("sold_as", "")), index)):
        return kind
    if "camera_type" in values:
        return "camera"
    if _RECORDER.search(called) and not _BESIDE.search(called):
        return "recorder"
    return "intercom" if _INTERCOM.search(called) else None


def _kind_of_model(model: str, brand: str, index: Index) -> str | None:
    """The one kind that a maker of this brand, or the trade as a whole, names so."""
    name = index.names.get(plain_name(brand), "")
    own = {name, *(record.made_by for record in index.records.get(name, ()) if not record.against)} - {""}
    makers = own | {index.knowledge.root_of(one) for one in own}
    found = [one for one, _ in index.kinds.found_in("model", model)]
    fit = [one for one in found if one.maker is None or one.maker in makers or not makers]
    firm = [one for one in fit if one.maker in makers] or [one for one in fit if one.strength == "strong"] or fit
    kinds = {"intercom" if one.kind in _INTERCOMS else one.kind for one in firm} - {"camera-or-recorder"}
    (kind,) = kinds if len(kinds) == 1 else (None,)
    if kind is None:
        return None
    kind = register_kind(cast(DeviceKind, kind))
    return kind if kind in ("camera", "recorder", "encoder", "intercom", "software") else "other"
