"""Saving what was typed from a walk-round: many rows as one edit, and the draft that waits until then."""

from __future__ import annotations

import json
from collections.abc import Sequence

from camcensus.model.asset import Asset
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.words import clean, count
from camcensus.store.contents import Contents
from camcensus.store.edits import by_hand, placing, tagging
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Pen, edit
from camcensus.tasks.register.by_hand import HandRow, new_row, save_reading
from camcensus.tasks.register.rows import rows
from camcensus.tasks.register.walk_lines import Reader, Walked, WalkLine

PHOTO_TAKEN = "photo taken"
"""The tag of a row of which a photo waits on somebody's phone; giving it the photo takes the tag away."""
DRAFT = "draft.walk"
LINES_MOST = 5_000


def reader(inventory: Contents, knowledge: Knowledge) -> Reader:
    """What reads lines against the register as it is now."""
    return Reader(rows(inventory, knowledge), inventory.places())


@edit("walk", failed="Your walk-round notes were not saved")
def save_walk(pen: Pen, knowledge: Knowledge, lines: Sequence[WalkLine], who: str) -> str:
    """Keep lines that are fit; `who` walked. Raises StoreError, and then nothing is saved."""
    who = who.strip()
    if not who:
        raise StoreError("Enter who walked round; the notes are saved with that name.")
    read = reader(pen.inventory, knowledge).read(lines)
    for number, one in enumerate(read, 1):
        if one.problems:
            raise StoreError(f"Line {number}: {next(iter(one.problems.values()))}")
    walked = [one for one in read if not one.line.empty]
    if not walked:
        raise StoreError("There is nothing to save yet; type at least one line.")
    for one in walked:
        _write(pen, knowledge, one, who)
    new = sum(one.row is None for one in walked)
    said = [f"{count(new, 'row')} added"] if new else []
    said += [f"{count(len(walked) - new, 'row')} brought up to date"] if new < len(walked) else []
    return f"{' and '.join(said)} from the walk-round of {clean(who, 60)}."


def draft(inventory: Inventory) -> list[WalkLine]:
    """The lines that were typed and not saved yet."""
    try:
        return [from_plain(WalkLine, one) for one in json.loads(inventory.setting(DRAFT) or "[]")[:LINES_MOST]]
    except (ValueError, TypeError, KeyError):
        return []


def save_draft(inventory: Inventory, lines: Sequence[WalkLine]) -> None:
    """Keep lines until they are saved; no lines take the draft away. It is no edit: undo passes it by. Raises StoreError."""
    plain = [to_plain(line) for line in lines if not line.empty]
    inventory.save_draft(DRAFT, json.dumps(plain, ensure_ascii=False) if plain else None)


def _write(pen: Pen, knowledge: Knowledge, one: Walked, who: str) -> None:
    place = pen.do(placing.place_named(one.names)).id if one.names else None
    values: dict[str, object] = {"camera_type": one.camera_type} if one.camera_type else {}
    if one.recorder is not None:
        values |= {"connected_to": one.recorder} | ({"channel": one.channel} if one.channel is not None else {})
    line = one.line
    if one.row is not None:
        _bring_up_to_date(pen, knowledge, one, place, values, who)
        return
    typed = HandRow(
        kind=one.kind, place=place, brand=line.brand, model=line.model, serial=line.serial, values=values,
        tags=(PHOTO_TAKEN,) if one.photo else (),
    )  # fmt: skip
    made = new_row(typed, knowledge, who, pen.now)
    pen.do(by_hand.add_rows([made]))
    if one.channel is not None:
        pen.do(by_hand.confirm_channels([made.id], who))


def _bring_up_to_date(
    pen: Pen, knowledge: Knowledge, one: Walked, place: str | None, values: dict[str, object], who: str
) -> None:
    assert one.row is not None
    asset: Asset = one.row.asset
    if place is not None and place != asset.place:
        pen.do(placing.set_place([asset.id], place))
    if one.line.kind.strip() and one.kind != asset.kind:
        pen.do(tagging.set_kind([asset.id], one.kind, who))
    if values:
        pen.do(tagging.set_tags([asset.id], values))
    if asset.unconfirmed or (one.channel is not None and asset.device is None):
        pen.do(by_hand.confirm_channels([asset.id], who))
    if asset.status != "present":
        pen.do(tagging.set_status([asset.id], "present"))
    if one.photo:
        pen.do(tagging.add_tags([asset.id], [PHOTO_TAKEN]))
    told = {"brand": one.line.brand.strip(), "model": one.line.model.strip(), "serial": one.line.serial.strip()}
    if any(told.values()):
        save_reading(pen, knowledge, asset, told, "label", who)
