"""The organisation's own list: makers it counts itself, with who put them there and why."""

from __future__ import annotations

from dataclasses import replace

from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.statements import Named
from camcensus.model.words import clean
from camcensus.store.contents import Contents
from camcensus.store.edits.settings import set_lists
from camcensus.store.own_list import KEY, LIST, OwnListing, write_own
from camcensus.store.pen import Pen, edit
from camcensus.tasks.knowledge.own_knowledge import with_own_brands


@edit("set-list", failed="The list was not changed")
def put_on_own_list(pen: Pen, knowledge: Knowledge, manufacturer: str, why: str) -> str:
    """Count a maker (and whoever belongs to it) by the organisation's own list, which is switched on.

    Raises StoreError where the maker is not known, or no name or reason is given.
    """
    if manufacturer not in knowledge.manufacturers:
        raise StoreError(f"No maker “{clean(manufacturer, 60)}” is known; choose one from the Manufacturers page.")
    by, why = _said(pen.by or "", "name"), _said(why, "reason")
    say = f"{clean(knowledge.name_of(manufacturer), 60)} is on your own list."
    rest = [entry for entry in pen.inventory.own_list() if entry.manufacturer != manufacturer]
    pen.put("setting", KEY, {"value": write_own([*rest, OwnListing(manufacturer, by, why, pen.at)])})
    choice = pen.inventory.list_choices().get(LIST)
    return say if choice is not None and choice.on else pen.do(set_lists({LIST: True}, why, say))


@edit("set-list", failed="The list was not changed")
def take_off_own_list(pen: Pen, knowledge: Knowledge, manufacturer: str) -> str:
    """Count a maker by the own list no longer. Raises StoreError where it is not on it."""
    name = clean(knowledge.name_of(manufacturer), 60)
    listed = pen.inventory.own_list()
    if manufacturer not in {entry.manufacturer for entry in listed}:
        raise StoreError(f"{name} is not on your own list; look at the list again.")
    _said(pen.by or "", "name")
    pen.put("setting", KEY, {"value": write_own(entry for entry in listed if entry.manufacturer != manufacturer)})
    return f"{name} is no longer on your own list."


def with_own_list(inventory: Contents, knowledge: Knowledge) -> Knowledge:
    """The knowledge with the organisation's own brands and list in it: what rows, tables and reports are made with.

    Answers are judged and kept without the list, so that it may change and nothing needs re-checking.
    """
    knowledge = with_own_brands(inventory, knowledge)
    rows = inventory.own_list()
    if not rows or LIST not in knowledge.lists:
        return knowledge
    listed = knowledge.lists[LIST]
    own = tuple(
        Named(row.manufacturer, "", "everything it made", row.at[:10], listed.source, row.why)
        for row in rows
        if row.manufacturer in knowledge.manufacturers
    )
    return replace(knowledge, statements={**knowledge.statements, LIST: replace(listed, names=own)})


def _said(text: str, what: str) -> str:
    text = text.strip()
    if not text:
        raise StoreError(f"The own list is changed with a name and a reason; type the {what}.")
    return text
