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
from camcensus.registers.plain_headings import plain, plain_words
from camcensus.registers.words import Words

BRAND_MOST_WORDS, PLACE_MOST_CHARACTERS = 4, 60
_SPOTS = frozenset(("till", "safe", "pole", "rack", "speaker", "microphone", "keyboard"))
"""Where cameras look: no name tells by them that it is no camera."""
_SIZES = (["inch"], ["port"], ["way"], ["channel"])
_TOLD = ("recorder", "other", "intercom", "encoder")
_INTERCOMS = frozenset(("doorbell", "access-terminal"))
_DUMMY = re.compile(r"\b(?:dummy|decoy|fake|imitation)\b", re.I)
_DRIVE = re.compile(
    r"^(?!.*\b(?:nvr|dvr|xvr|recorder|camera)).*"
    r"(?:\b(?:hdd|ssd|hard (?:drive|disk)s?)\b|\b(?:wd|seagate|toshiba|purple|skyhawk)\b.*\d ?tb\b)"
    r"|^(?:WD\d\d\w*PU?R\w*|ST\d{4,5}[VN][XEM]\w*)$",
    re.I,
)
"""A disk on its own: "WD Purple 4TB", "Hard drive 2TB"; their makers' numbers for recorders' disks."""
_SIZE = re.compile(r"\b\d+(?:\.\d)? ?(?:mp|megapixel|tb|ch|channel|port|way|mm)\b", re.I)
_MODEL = re.compile(r"(?!\d+(?:mp|p|k|ch|tb|gb|mm|m|way|port|channel|inch)$)(?=\S*[A-Za-z])(?=\S*\d)[\w./+-]{4,}", re.I)
_NUMBERED = re.compile(r"(?=\S*[A-Za-z])(?=(?:\S*\d){2})\S{5,}")
_HEAD_ENDS = frozenset(
    (
        "c", "with", "for", "incl", "including", "and", "to", "in", "on", "at", "above", "by", "near", "over", "opposite",
        "outside", "looking", "beside", "behind", "under", "from", "of", "facing", "next", "channel", "chan", "ch",
    )
)  # fmt: skip
"""Behind these a name says where a thing is and what comes with it, not what it is."""
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
    """The row with its brand and model apart: "HIKVISION DS-2CD2347G2-LU" in one cell, or the brand before the model too.

    A table that we wrote has them apart.
    """
    if "record_id" in row.values:
        return row
    values = dict(row.values)
    brand, model = str(values.get("sold_as", "")), str(values.get("model", ""))
    index = index_of(knowledge)
    if not {"sold_as", "model"} & columns.keys():
        brand, model = _in_text(str(values.get("name", "")), index)
        if not brand and "kind" in columns:  # “What: Bullet cameras (Annke)”
            kind = re.search(rf"^{re.escape(clean(columns['kind'].named, 60))}: (.+)$", str(values.get("notes", "")), re.M)
            brand, model = _in_text(kind[1], index) if kind else ("", "")
            if kind and not brand and "kind" in values:  # “CCTV cameras, Hikvision turret”
                parts = {part.strip(",;") for part in kind[1].split() if plain_name(part) in index.names}
                brand = parts.pop() if len(parts) == 1 else ""
    elif brand and not model:
        first, rest = _parted(brand, index)
        if first and any(map(_MODEL.fullmatch, rest.split())):
            brand, model = first, rest
        elif first and rest:  # “Swann 8 channel”
            values["notes"] = "\n".join(filter(None, (str(values.get("notes", "")), f"{columns['sold_as'].named}: {brand}")))
    elif model:
        first, rest = _parted(model, index)
        if not brand and first and not re.search(r"\d", rest) and index.words_in(rest).brands:  # “Hikvision / Axis mix”
            brand, model = model, ""
        elif first and (not brand or _is_same(first, brand, index)) and (rest or not brand):
            brand, model = brand or first, rest
        elif not first and not brand and (column := columns.get("model")) is not None and _is_of_both(column):
            found = re.fullmatch(r"([A-Za-z&-]{2,})\s+(\S*\d.*|[A-Z]+-[A-Z]+)", model)
            brand, model = (found[1], found[2]) if found else (brand, model)
    else:  # a remark “Axis M2025-LE”
        first, rest = _parted(str(values.get("notes", "")), index)
        brand, model = (first, rest) if first and _MODEL.fullmatch(rest) else ("", "")
    found = re.fullmatch(r"(.*\d\S*)\s+(?:\(([^()]*)\)|([A-Za-z][A-Za-z -]*))", model)
    if found and _NUMBERED.search(found[1]):
        behind = found[2] or found[3]
        of: RegisterField
        for of in ("kind", "camera_type"):
            value, more = words.meaning(of, behind)
            if value is not None and not more:
                model = found[1]
                values.setdefault(of, value)
    for name, value in (("sold_as", brand), ("model", model)):
        if value:
            values[name] = value
        else:
            values.pop(name, None)
    return replace(row, values=values) if values != row.values else row


_NUMBERED_CAMERA = re.compile(
    r"^(?:(?:ip ?)?(?:cam(?:era)?|ch(?:annel)?|nvr|dvr|c|d)?[ _.#-]*\d{1,3}\b|(?:ip ?)?cam(?:era)?\b)[ \-–—_.:/)]*"
    r"|[ \-–—_(]*\b(?:cam(?:era)?|ch(?:annel)?)s?[ _.#-]*\d*\)?$",
    re.I,
)
"""A running number before or behind the words of a name: “CAM 07 – Main Entrance”, “Foyer - Camera 1”."""
_CODE = re.compile(r"[A-Z0-9_.:/-]*\d[A-Z0-9_.:/-]*|\S+\.\S+")
_NO_PLACE = frozenset(("device", "channel", "network", "new", "old", "unnamed", "unknown", "test", "default", "name", "spare"))
"""Words of a name that say nothing of where a thing is, besides those for kinds."""
_KINDS: tuple[RegisterField, ...] = ("kind", "camera_type", "inside_outside")
_TOLD_IN_WORDS: tuple[RegisterField, ...] = ("camera_type", "inside_outside")
_WHERE: frozenset[RegisterField] = frozenset(("site", "building", "floor", "room_or_area", "location"))


def with_told(row: Listed, columns: Mapping[RegisterField, SheetColumn], knowledge: Knowledge, words: Words) -> Listed:
    """The row with what name and remarks say plainly and no cell does: type of camera, inside or outside, place."""
    values = dict(row.values)
    index = index_of(knowledge)
    is_open = {*_TOLD_IN_WORDS} - values.keys() - row.unread
    kind = values.get("kind") or _kind(values, index, words) or "camera"
    names = [str(values[name]) for name in ("name", "purpose", "location", "room_or_area", "ref", "tags") if name in values]
    remarks = str(values.get("notes", ""))
    models = [
        *(str(values.get(one, "")) for one in ("model", "sold_as")),
        *re.findall(r"^Model: (.*)", remarks, re.M),
    ]  # “Hikvision Turret 4MP”
    shape = {words.meaning("camera_type", re.sub(r"\S*\d\S*", " ", model))[0] for model in models} - {None, "other"}
    for name in is_open if kind in ("camera", "unknown") else ():
        found = {words.told(name, text) for text in names} | {words.told(name, remarks, whole=True)}
        found |= shape if name == "camera_type" else set()
        if len(found := found - {None}) == 1:
            values[name] = cast(str, found.pop())
    is_product = "quantity" in values or _SIZE.search(str(values.get("name", "")))  # what it is, not where
    if not _WHERE & columns.keys() and "room_or_area" not in values and not is_product and not is_work(row, words):
        values |= words.place(_place_in(str(values.get("name", "")), index, words))
    return replace(row, values=values) if values != row.values else row


def _place_in(name: str, index: Index, words: Words) -> list[str]:
    """Where a thing is by its name, as levels; none for a running number, a code, a model or only what it is."""
    rest = _NUMBERED_CAMERA.sub("", _NUMBERED_CAMERA.sub("", name)).strip()
    is_code = _CODE.fullmatch(name) or any(map(_NUMBERED.search, rest.split())) or index.words_in(rest).brands
    said = [word for word in plain_words(rest).split() if len(word) > 2 and word.isalpha() and word not in _NO_PLACE]
    tells = any(word in _SPOTS or not any(words.meaning(of, word)[0] for of in _KINDS) for word in said)
    if not tells or is_code or len(rest) > PLACE_MOST_CHARACTERS:
        return []
    for word in (rest.split()[0], rest.split()[-1]):  # “Yard PTZ”, “EXT Car park”
        if any(words.told(of, word, whole=True) and words.told(of, rest) for of in _KINDS):
            rest = rest.removeprefix(f"{word} ").removesuffix(f" {word}")
    return re.split(r"\s+[/>|]\s+", rest.strip())


def begins_with_brand(text: str, knowledge: Knowledge) -> bool:
    """Whether a text begins with the name of a maker or brand that is known."""
    return bool(_parted(text, index_of(knowledge))[0])


def is_work(row: Listed, words: Words) -> bool:
    """Whether a row that has a price and tells no device is work or carriage: "Two engineers, three days"."""
    if row.values.get("kind") == "work":
        return True
    if "purchase_cost_gbp" not in row.values or _OF_DEVICES & row.values.keys():
        return False
    return words.meaning("kind", str(row.values.get("name", "")))[0] == "work"


_OF_DEVICES: frozenset[RegisterField] = frozenset(
    ("ref", "kind", "camera_type", "sold_as", "model", "serial", "mac", "ip", "location", "room_or_area")
)


_NAMING: frozenset[RegisterField] = frozenset(("sold_as", "model", "serial", "mac", "ip", "channel"))


def as_new(row: Listed, columns: Mapping[RegisterField, SheetColumn], knowledge: Knowledge, words: Words) -> Listed:
    """A row that is to be added, with its kind; a recorder's channels and cameras are how many it has, and go to its notes.

    One whose kind is written and not understood ("Till") may be a camera where something tells a device, and is none where
    nothing does ("Oak bench"); one that names no kind is a camera.
    """
    values = dict(row.values)
    asked = "kind" in row.unread
    unread = "camera" if not asked else "unknown" if _NAMING & values.keys() else "other"
    values["kind"] = values.get("kind") or _kind(values, index_of(knowledge), words) or unread
    if values["kind"] != "camera":
        several: tuple[RegisterField, ...] = ("channel", "quantity")
        for name in several:
            column = columns.get(name)
            if column is None or values.get(name, 1) == 1:
                continue
            is_told = not asked or _NAMING & values.keys()
            is_of_each = values["kind"] != "other" and is_told and "camera" not in plain(column.heading)
            if "connected_to_ref" in values if name == "channel" else is_of_each:
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


def _in_text(text: str, index: Index) -> tuple[str, str]:
    """(brand, model) that a description holds: "Re-use existing Samsung SND-6084R dome", "Dome camera (Hikvision)"; else ""."""
    words = re.sub(r"[()]", " ", text).split()
    for at in range(len(words)):
        brand, rest = _parted(" ".join(words[at:]), index)
        if brand and (found := _MODEL.match(rest) or _NUMBERED.search(rest)):
            return brand, found[0]
    said = re.match(r"(.+?)\s+(?:\d+ ?mp|dome|bullet|turret|ptz|camera|cctv|nvr|dvr|doorbell|intercom)\b", text, re.I)
    inside = re.search(r"\(([^()]+)\)", text)
    alone = [found[1] for found in (said, inside) if found and plain_name(found[1]) in index.names]
    return (alone[0], "") if alone else ("", "")


def _is_same(one: str, other: str, index: Index) -> bool:
    return plain_name(one) == plain_name(other) or index.names[plain_name(one)] == index.names.get(plain_name(other))


def _is_of_both(column: SheetColumn) -> bool:
    words = set(plain_words(column.heading).split())
    return "model" in words and bool(words & {"make", "brand", "manufacturer"})


def _kind(values: Mapping[RegisterField, Value], index: Index, words: Words) -> str | None:
    """By its model, else by what it is called; None where neither says."""
    model = str(values.get("model", ""))
    called = str(values.get("name") or values.get("location") or values.get("purpose") or values.get("ref") or "")
    if _DUMMY.search(f"{called} {values.get('sold_as', '')} {model}") or any(map(_DRIVE.search, (called, model))):
        return "other"
    if model and (kind := _kind_of_model(model, str(values.get("sold_as", "")), index)):
        return kind
    if "camera_type" in values:
        return "camera"
    if (kind := _kind_of_name(called, words)) is not None:
        return kind
    said = (called, str(values.get("ref", "")))
    return "recorder" if any(_RECORDER.search(one) and not _BESIDE.search(one) for one in said) else None


def _kind_of_name(called: str, words: Words) -> str | None:
    """The kind that a name ends with, before where it is and what comes with it; that of a part of "SW-CCTV-1"."""
    called = re.sub(r"\(\d+\)\s*$", "", called)
    if (model := _NUMBERED.search(called)) and called[model.end() :].strip():
        called = called[model.end() :]  # "Netgear GS728TP 24 port PoE switch"
    said = plain_words(called).split()
    if " " not in called.strip() and not _BESIDE.search(called):
        said = [one.rstrip("0123456789") for one in said if one not in _SPOTS]
        kinds = [words.meaning("kind", one) for one in said]
        return next((kind for kind, more in kinds if kind in _TOLD and not more), None)
    while said and (said[0][0].isdigit() or said[0] in ("channel", "ch", "port", "way", "inch")):
        del said[0]
    cut = next((at for at, one in enumerate(said) if at and (one in _HEAD_ENDS or one[0].isdigit())), len(said))
    for number in (3, 2, 1):
        kind, more = words.meaning("kind", " ".join(said[max(cut - number, 0) : cut]))
        numbered = cut < len(said) and said[cut].isdigit() and said[cut + 1 : cut + 2] not in _SIZES  # "Till 2"
        is_spot = kind == "other" and (numbered or said[cut - 1] in _SPOTS)
        if kind in ("camera", *_TOLD) and not more and not is_spot:
            return kind
    for number in (3, 2) if len(said) > 2 else ():  # "POE SWITCH CCTV"
        kind, more = words.meaning("kind", " ".join(said[:number]))
        if kind in _TOLD and not more:
            return kind
    kind = words.meaning("kind", " ".join(said[:cut]))[0]
    return kind if kind == "intercom" else None


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
