"""What a file of edits may say of rows of the register."""

from __future__ import annotations

from typing import get_args

from camcensus.model.asset import AssetStatus, DecisionWhat
from camcensus.model.device import DeviceKind
from camcensus.model.errors import StoreError
from camcensus.model.exposure import EXPOSURE_QUESTIONS, ExposureAnswer
from camcensus.model.tags import FIELDS
from camcensus.model.words import clean
from camcensus.store.edits import by_hand, exposure, merging, tagging
from camcensus.store.edits.plan import year_of
from camcensus.store.pen import Edit
from camcensus.tasks.register import by_hand as typing
from camcensus.tasks.register.exposure import in_place, on_network
from camcensus.tasks.register.from_file.given import Given
from camcensus.tasks.register.from_file.words import VERBS, FileEdit, verb
from camcensus.tasks.register.rows import rows


@verb("add", "kind, place, brand, model, serial, mac, basis (label, invoice, supplier-letter, maker-letter), values, tags")
def _add(given: Given) -> Edit[str]:
    """Add a row by hand, as a person read it."""
    kind: DeviceKind = given.choice("kind", DeviceKind) if given.has("kind") else "camera"
    place = given.place().id if given.has("place") else None
    read = {name: given.text(name, "") for name in ("brand", "model", "serial", "mac")}
    if read["mac"] and typing.mac_of(read["mac"]) is None:
        raise StoreError(f"“{clean(read['mac'], 40)}” is no MAC address; write it like 3c:ef:8c:00:00:01.")
    basis: typing.Basis = given.choice("basis", typing.Basis) if given.has("basis") else "label"
    row = typing.HandRow(kind=kind, place=place, basis=basis, values=given.tags(), tags=given.texts("tags", ()), **read)  # type: ignore[arg-type]
    return typing.add_rows(given.knowledge, [row], given.pen.by or "")


@verb("read", "asset, basis (label, invoice, supplier-letter, maker-letter), brand, model, manufacturer, serial")
def _read(given: Given) -> Edit[str]:
    """Keep what a person read of a row."""
    read = {name: given.some_text(name) for name in ("brand", "model", "manufacturer", "serial")}
    if not any((text or "").strip() for text in read.values()):
        raise StoreError("It says nothing that was read.")
    return typing.read_label(given.knowledge, given.asset(), basis=given.choice("basis", typing.Basis), **read)


@verb("decide", f"assets, what ({', '.join(get_args(DecisionWhat))}, or null), why, review_on, year")
def _decide(given: Given) -> Edit[str]:
    """Record what is decided for rows; null takes it back."""
    year = given.some_text("year")
    year = year_of(given.pen, year)
    what = given.choice("what", DecisionWhat, none=True)
    return tagging.decide(given.assets(), what, why=given.text("why", ""), review_on=given.some_text("review_on"), year=year)


@verb("describe", f"assets, values ({', '.join(FIELDS)}), add_tags, remove_tags")
def _describe(given: Given) -> Edit[str]:
    """Say things of rows; null takes a value away. Firms go by name, `connected_to` by reference."""
    said = given.tags()
    if unknown := [name for name in said if name not in FIELDS]:
        raise StoreError(f"“{clean(unknown[0], 40)}” is no field of a row.")
    return tagging.describe(given.assets(), said, add=given.texts("add_tags", ()), remove=given.texts("remove_tags", ()))


@verb("exposure", "assets, network or place; core_network, internet_reachable (yes, no, not-known, or null), who, day")
def _exposure(given: Given) -> Edit[str]:
    """Say whether rows are on the main network and can be reached from the internet, who said so and when."""
    named = [name for name in ("assets", "network", "place") if given.has(name)]
    if len(named) != 1:
        raise StoreError("It needs one of “assets”, “network” and “place”.")
    if named == ["assets"]:
        ids = tuple(given.assets())
    else:
        held = rows(given.inventory, given.knowledge)
        ids = in_place(held, given.place().path) if named == ["place"] else on_network(held, given.text("network"))
        if not ids:
            raise StoreError(f"There is no row on that {named[0]}; look at it again.")
    asked = [one.name for one in EXPOSURE_QUESTIONS if given.has(one.name)]
    answers: dict[str, ExposureAnswer | None] = {name: given.choice(name, ExposureAnswer, none=True) for name in asked}
    return exposure.answer(ids, answers, given.text("who"), given.text("day"))


VERBS["kind"] = FileEdit(
    f"assets, kind ({', '.join(get_args(DeviceKind))})",
    'Say what rows are; "other" is not a camera.',
    lambda given: tagging.set_kind(given.assets(), given.choice("kind", DeviceKind)),
)


VERBS["status"] = FileEdit(
    f"assets, status ({', '.join(get_args(AssetStatus))})",
    "Mark rows as removed, or as here again.",
    lambda given: tagging.set_status(given.assets(), given.choice("status", AssetStatus)),
)


VERBS["check-picture"] = FileEdit(
    "assets, who, day",
    "Record that somebody looked at the pictures of rows.",
    lambda given: tagging.picture_checked(given.assets(), given.text("who"), given.text("day")),
)


VERBS["ask-installer"] = FileEdit(
    "assets, ask (true, false), note",
    "Put rows on the list of questions for the installer, or take them off it.",
    lambda given: tagging.ask_installer(given.assets(), given.flag("ask"), given.text("note", "")),
)


@verb("connect", "assets, to (a reference, or null)")
def _connect(given: Given) -> Edit[str]:
    """Say which recorder or switch rows are connected to."""
    if not given.has("to"):
        raise StoreError("It needs “to”; null is for none.")
    return by_hand.connect(given.assets(), given.some_asset("to"))


VERBS["channels"] = FileEdit(
    "recorder, channels (numbers or ranges, like 1-8)",
    "Add a row for each channel of a recorder.",
    lambda given: by_hand.add_channels(given.asset("recorder"), _numbers(given.texts("channels"))),
)


VERBS["confirm"] = FileEdit(
    "assets, who",
    "Record that somebody saw the cameras of channels.",
    lambda given: by_hand.confirm_channels(given.assets(), given.text("who")),
)


VERBS["merge"] = FileEdit(
    "keep, absorb (references)", "Make two rows one.", lambda given: merging.merge(given.asset("keep"), given.asset("absorb"))
)


def _numbers(texts: tuple[str, ...]) -> list[int]:
    """Each number once. They are the bits of one number, since a file may say the longest range again and again."""
    found = 0
    for text in texts:
        first, dash, last = text.partition("-")
        ends = (first.strip(), last.strip() if dash else first.strip())
        if not all(end.isascii() and end.isdecimal() and len(end) <= 4 for end in ends) or int(ends[1]) < int(ends[0]):
            raise StoreError(f"“{clean(text, 40)}” is no number of a channel; write 3, or 1-8.")
        found |= (2 << int(ends[1])) - (1 << int(ends[0]))
    return [number for number in range(found.bit_length()) if found >> number & 1]
