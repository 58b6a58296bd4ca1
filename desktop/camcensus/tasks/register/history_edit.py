"""What one edit changed, row by row and field by field, in words; and which rows a search or an edit touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from camcensus.identity.history import ref_order
from camcensus.model.asset import DECISION_WORDS, STATUS_WORDS
from camcensus.model.frozen import frozen
from camcensus.model.places import paths_of
from camcensus.model.tags import FIELDS, in_words
from camcensus.model.words import KIND_WORDS, clean
from camcensus.store.inventory import Inventory

SHOWN_CHARACTERS = 120

TITLES: Mapping[str, str] = {
    "place": "Location", "status": "State", "decision": "Decision", "decision_by": "Decided by", "decision_why": "Why",
    "decision_review_on": "Review on", "decision_year": "Financial year", "kind": "What it is", "ref": "Ref", "tags": "Tags",
    "pin_place": "Plan", "pin_walked": "Checked on site", "confirmed_by": "Confirmed by", "connected_to": "Connected to",
    "channel": "Channel",
} | {name: field.title for name, field in FIELDS.items()}  # fmt: skip
"""Columns that are shown, and what people call them; times, positions and hidden ids are left out."""


@frozen
class EditedCell:
    """A field of a row that an edit changed. `was` and `is_now` are for people, "" for nothing; `asset` may be gone by now."""

    asset: str
    ref: str
    title: str
    was: str
    is_now: str
    whole: bool = False
    """Whether the row itself was added or taken away."""


def cells_of(inventory: Inventory, change: int) -> tuple[EditedCell, ...]:
    """What the line `change` of the log changed of rows, by ref; rows that it added are one cell each. Nothing for others."""
    steps, inverse = inventory.steps_of(change)
    named = {str(key) for step in steps if step.table == "asset" for key in step.keys}
    named |= {
        str(step.values["connected_to"])
        for step in (*steps, *inverse)
        if step.table == "asset" and step.values.get("connected_to")
    }
    refs = {asset.id: asset.ref for asset in inventory.assets(named)} if named else {}
    words = _Words(inventory, refs)
    was: dict[tuple[str, str], Any] = {}
    for step in inverse:
        if step.table == "asset" and step.do == "set":
            for key in step.keys:
                was.update({(str(key), name): value for name, value in step.values.items()})
    now: dict[tuple[str, str], Any] = {}
    found: list[EditedCell] = []
    for step in steps:
        if step.table != "asset":
            continue
        for key in map(str, step.keys):
            if step.do == "set":
                now.update({(key, name): value for name, value in step.values.items()})
            else:
                added = step.do == "insert"
                ref = clean(str(step.values.get("ref") or refs.get(key, "")), SHOWN_CHARACTERS)
                was_there, is_now = ("", "Added") if added else ("There", "Merged or taken out")
                found.append(EditedCell(key, ref, "Row", was_there, is_now, whole=True))
    for (key, name), value in now.items():
        if name in TITLES:
            cell = EditedCell(
                key, clean(refs.get(key, "")), TITLES[name], words.say(name, was.get((key, name))), words.say(name, value)
            )
            if cell.was != cell.is_now:
                found.append(cell)
    return tuple(sorted(found, key=lambda cell: ref_order(cell.ref)))


class _Words:
    """Values as they are saved, in words."""

    def __init__(self, inventory: Inventory, refs: Mapping[str, str]) -> None:
        self._refs = refs
        self._places = {one: " › ".join(path) for one, path in paths_of(inventory.places()).items()}
        self._firms = {firm.id: firm.name for firm in inventory.vendors()}

    def say(self, column: str, value: Any) -> str:
        """One value of a column; what it named and is gone by now is "one that is gone"."""
        if value is None or value == "":
            return ""
        if column in ("place", "pin_place"):
            return clean(self._places.get(value, "one that is gone"), SHOWN_CHARACTERS)
        if column in ("seller", "maintainer"):
            return clean(self._firms.get(value, "one that is gone"), SHOWN_CHARACTERS)
        if column == "connected_to":
            return clean(self._refs.get(value, "one that is gone"), SHOWN_CHARACTERS)
        if column == "pin_walked":
            return "Yes" if value else "No"
        if column == "tags":
            return clean(str(value).strip("[]").replace('"', ""), SHOWN_CHARACTERS)
        known = {"decision": DECISION_WORDS, "status": STATUS_WORDS, "kind": KIND_WORDS}.get(column)
        words = known.get(value) if known is not None else None  # type: ignore[attr-defined]
        if words is None and column in FIELDS:
            words = in_words(FIELDS[column], value)
        return clean(str(words or value).rstrip("…"), SHOWN_CHARACTERS)
