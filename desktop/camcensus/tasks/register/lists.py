"""The lists an organisation goes by: each with who said it and to whom, whether it is on, and who decided that."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from camcensus.model import frozen
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.statements import Named, Statement
from camcensus.model.tags import iso_date
from camcensus.model.words import clean, count, utc_second
from camcensus.store.contents import Contents
from camcensus.store.edits.settings import set_lists
from camcensus.store.inventory import Inventory
from camcensus.store.own_list import BRANDS_KEY, KEY, LIMIT, LIST, OwnBrand, OwnListing, write_brands, write_own
from camcensus.store.pen import Pen, edit
from camcensus.store.rows import ListChoice
from camcensus.tasks.knowledge.makers import fold
from camcensus.tasks.knowledge.own_knowledge import BASES, with_own_brands


@frozen
class ListInUse:
    """A list, whether it is on here, and who chose that (None where nobody has: then it is as it is by default).

    `makers` are the names of those that it names; of one that names no company, those that our reading takes in.
    """

    said: Statement
    on: bool
    choice: ListChoice | None
    makers: tuple[str, ...]


def lists_in_use(inventory: Inventory | None, knowledge: Knowledge) -> tuple[ListInUse, ...]:
    """All lists: those that are on by default first, the newest first among each."""
    choices = inventory.list_choices() if inventory is not None else {}
    found = []
    for said in knowledge.lists.values():
        choice = choices.get(said.id)
        if said.names_makers:
            named = {knowledge.name_of(named.manufacturer) for named in said.names}
        else:
            named = {maker.name for maker in knowledge.manufacturers.values() if knowledge.seat_by(maker.id, said.id)}
        on = choice.on if choice is not None else said.default_on
        found.append(ListInUse(said, on, choice, tuple(sorted(named, key=str.casefold))))
    found.sort(key=lambda one: (one.said.date, one.said.id), reverse=True)
    return tuple(sorted(found, key=lambda one: not one.said.default_on))


def title_in_use(said: Statement) -> str:
    """A list's title where the lists in use are named; one that names no company is our reading, and says so."""
    return said.title if said.names_makers else f"{said.title} (our reading: makers based in China)"


@edit("set-list", failed="The lists were not changed")
def switch_lists(pen: Pen, knowledge: Knowledge, wanted: Mapping[str, bool], why: str) -> str:
    """Switch lists on or off (list id -> on): who does the edit decided it, and why.

    Nothing is re-checked: answers keep the findings of all lists. Raises StoreError for a list that is not known and where
    nobody is named.
    """
    unknown = [entry for entry in wanted if entry not in knowledge.lists]
    if unknown or not wanted:
        raise StoreError("That list is not in the knowledge in use; look at the lists again.")
    if not (pen.by or "").strip():
        raise StoreError("A list is switched by somebody; type who decided.")
    titles = [knowledge.lists[entry].title for entry in wanted]
    if len(wanted) == 1:
        say = f"{titles[0]}: {'on' if wanted[next(iter(wanted))] else 'off'}."
    else:
        say = f"{len(wanted)} lists switched on or off."
    return pen.do(set_lists(wanted, why.strip(), say))


# The organisation's own list: makers it counts itself, with who put them there and why.


@edit("set-list", failed="The list was not changed")
def put_on_own_list(pen: Pen, knowledge: Knowledge, manufacturer: str, why: str) -> str:
    """Count a maker (and whoever belongs to it) by the organisation's own list, which is switched on.

    Raises StoreError where the maker is not known, or no name or reason is given.
    """
    if manufacturer not in knowledge.manufacturers:
        raise StoreError(f"No maker “{clean(manufacturer, 60)}” is known; choose one from the Manufacturers page.")
    by, why = _own_said(pen.by or "", "name"), _own_said(why, "reason")
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
    _own_said(pen.by or "", "name")
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


def _own_said(text: str, what: str) -> str:
    text = text.strip()
    if not text:
        raise StoreError(f"The own list is changed with a name and a reason; type the {what}.")
    return text


# The organisation's own brands: what it recorded of who makes a name on boxes. It makes an answer likely, never certain.

NAME_LIMIT_CHARACTERS = 80
SAID_LIMIT_CHARACTERS = 120


@edit("set-brands", failed="The brand was not saved")
def add_brands(pen: Pen, knowledge: Knowledge, brands: Sequence[OwnBrand]) -> str:
    """Save what the organisation knows of names on boxes, each in place of what it said of that name before.

    Raises StoreError where one does not fit, and then saves none.
    """
    new = {fold(one.name): one for one in (_checked(one, knowledge, pen.now) for one in brands)}
    if not new:
        raise StoreError("There is no brand to save; give at least one.")
    rest = [one for one in pen.inventory.own_brands() if fold(one.name) not in new]
    if len(rest) + len(new) > LIMIT:
        raise StoreError(f"An inventory holds up to {LIMIT} brands of your own; remove some first.")
    pen.put("setting", BRANDS_KEY, {"value": write_brands([*rest, *new.values()])})
    first = next(iter(new.values()))
    return f"{clean(first.name, 60)} saved as a brand." if len(new) == 1 else f"{count(len(new), 'brand')} saved."


@edit("set-brands", failed="The brand was not removed")
def remove_brand(pen: Pen, name: str) -> str:
    """Remove a brand of the organisation's own. Raises StoreError where it has no such name."""
    kept = pen.inventory.own_brands()
    rest = [one for one in kept if fold(one.name) != fold(name)]
    if len(rest) == len(kept):
        raise StoreError(f"“{clean(name, 60)}” is not among your own brands; look at the list again.")
    _said(pen.by or "", "your name")
    pen.put("setting", BRANDS_KEY, {"value": write_brands(rest)})
    return f"{clean(name, 60)} removed from your own brands."


def own_brand(inventory: Inventory | None, name: str) -> OwnBrand | None:
    """The brand of that name that the organisation recorded; None where it recorded none."""
    recorded = inventory.own_brands() if inventory is not None else ()
    return next((one for one in recorded if fold(one.name) == fold(name)), None)


def _checked(brand: OwnBrand, knowledge: Knowledge, now: datetime) -> OwnBrand:
    name = _said(brand.name, "the name on the box", NAME_LIMIT_CHARACTERS)
    if len(fold(name)) < 2:
        raise StoreError(f"“{clean(name, 60)}” is too short for a name; type it as it is on the box.")
    makers = [one for one in knowledge.manufacturers.values() if one.role != "brand-owner"]
    own_names = {fold(text) for one in makers for text in (one.name, one.legal_name or one.name)}
    if fold(name) in own_names:
        raise StoreError(f"{clean(name, 60)} is a maker’s own name; record a name on boxes that another company makes.")
    if brand.maker is not None and brand.maker not in knowledge.manufacturers:
        raise StoreError(f"No maker “{clean(brand.maker, 60)}” is known; choose one from the list, or “Not known”.")
    if brand.basis not in BASES:
        raise StoreError(f"“{clean(brand.basis, 60)}” is no way to know; choose one of: {', '.join(BASES.values())}.")
    day = iso_date(brand.said_on) if brand.said_on.strip() else None
    if day is None or day > now.date().isoformat():
        raise StoreError("Type the day on which it was said, like 3/5/2026; it cannot be in the future.")
    said_by = _said(brand.said_by, "who said it", SAID_LIMIT_CHARACTERS)
    return replace(brand, name=name, said_by=said_by, said_on=day, by=_said(brand.by, "your name"), at=utc_second(now))


def _said(text: str, what: str, limit: int = SAID_LIMIT_CHARACTERS) -> str:
    text = "".join(character for character in " ".join(text.split()) if unicodedata.category(character)[0] != "C")
    if not text:
        raise StoreError(f"A brand is saved with who says so and when; type {what}.")
    if len(text) > limit:
        raise StoreError(f"That is too long for {what}; use at most {limit} characters.")
    return text
