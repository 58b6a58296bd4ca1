"""The organisation's own brands: what it recorded of who makes a name on boxes. It makes an answer likely, never certain."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.tags import iso_date
from camcensus.model.words import clean, count, utc_second
from camcensus.store.inventory import Inventory
from camcensus.store.own_brands import KEY, LIMIT, OwnBrand, write_brands
from camcensus.store.pen import Pen, edit
from camcensus.tasks.knowledge.makers import fold
from camcensus.tasks.knowledge.own_knowledge import BASES

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
    pen.put("setting", KEY, {"value": write_brands([*rest, *new.values()])})
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
    pen.put("setting", KEY, {"value": write_brands(rest)})
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
