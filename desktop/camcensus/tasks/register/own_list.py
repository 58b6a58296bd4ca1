"""The organisation's own list: makers it counts itself, with who put them there and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.statements import Named
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.store.own_list import LIST, OwnListing
from camcensus.tasks.knowledge.own_knowledge import with_own_brands


def put_on_own_list(
    inventory: Inventory, knowledge: Knowledge, manufacturer: str, *, by: str, why: str, now: datetime
) -> Changes:
    """Count a maker (and whoever belongs to it) by the organisation's own list, which is switched on.

    Raises StoreError where the maker is not known, or no name or reason is given.
    """
    if manufacturer not in knowledge.manufacturers:
        raise StoreError(f"No maker “{clean(manufacturer, 60)}” is known; choose one from the Manufacturers page.")
    name = clean(knowledge.name_of(manufacturer), 60)
    row = OwnListing(manufacturer, _said(by, "name"), _said(why, "reason"), "")
    return inventory.set_own(row, f"{name} is on your own list.", now)


def take_off_own_list(inventory: Inventory, knowledge: Knowledge, manufacturer: str, *, by: str, now: datetime) -> Changes:
    """Count a maker by the own list no longer. Raises StoreError where it is not on it."""
    name = clean(knowledge.name_of(manufacturer), 60)
    if manufacturer not in {row.manufacturer for row in inventory.own_list()}:
        raise StoreError(f"{name} is not on your own list; look at the list again.")
    return inventory.drop_own(manufacturer, f"{name} is no longer on your own list.", _said(by, "name"), now)


def with_own_list(inventory: Inventory, knowledge: Knowledge) -> Knowledge:
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
