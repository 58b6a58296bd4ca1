"""The organisation's own brands: what it recorded of who makes a name on boxes. It makes an answer likely, never certain."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from camcensus.intake.published import read_rows
from camcensus.model.cells import guarded
from camcensus.model.changes import Changes
from camcensus.model.disk import shown
from camcensus.model.errors import IntakeError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.tags import iso_date
from camcensus.model.words import clean, count, utc_second
from camcensus.store.files import write_whole
from camcensus.store.inventory import Inventory
from camcensus.store.own_brands import KEY, LIMIT, OwnBrand, write_brands
from camcensus.store.pen import Pen, edit
from camcensus.tasks.knowledge.makers import fold
from camcensus.tasks.knowledge.own_knowledge import BASES
from camcensus.tasks.register.doing import do

NAME_LIMIT_CHARACTERS = 80
SAID_LIMIT_CHARACTERS = 120
FILE_ROWS_LIMIT = 2000

HEADINGS = ("Brand", "Maker", "How we know", "Said by", "Date", "Recorded by")
"""The columns of a file of brands, which one organisation may give another."""

_NOT_KNOWN = "not known"


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


def brands_file(brands: Iterable[OwnBrand], knowledge: Knowledge) -> str:
    """The brands as CSV, for another organisation. No cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in brands:
        maker = knowledge.name_of(one.maker) if one.maker else _NOT_KNOWN
        cells = (one.name, maker, BASES.get(one.basis, one.basis), one.said_by, one.said_on, one.by)
        writer.writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def write_brands_file(inventory: Inventory, knowledge: Knowledge, path: Path) -> str:
    """Write the brands of the inventory as CSV, and say so. Raises StoreError where there is none, and DiskError."""
    brands = inventory.own_brands()
    if not brands:
        raise StoreError("There is no brand of your own to write yet.")
    write_whole(path, b"\xef\xbb\xbf" + brands_file(brands, knowledge).encode())
    return f"{count(len(brands), 'brand')} written to {shown(path)}."


FILE_LIMIT_BYTES = 8 << 20
"""Some 40,000 brands."""


def read_brands_file(path: Path, knowledge: Knowledge) -> tuple[tuple[OwnBrand, ...], tuple[str, ...]]:
    """The brands in such a file, and a sentence for each row that was left out. Raises IntakeError.

    What another organisation recorded keeps its words: who said it, how, when, and who recorded it there.
    """
    brands: list[OwnBrand] = []
    problems: list[str] = []
    bases = {words: basis for basis, words in BASES.items()}
    makers = {fold(name): one.id for one in knowledge.manufacturers.values() for name in (one.legal_name or one.name, one.name)}
    heading: list[str] | None = None
    for number, row in enumerate(read_rows(path, FILE_LIMIT_BYTES)):
        cells = [cell.removeprefix("'") if cell[1:2] in ("=", "+", "-", "@") else cell for cell in row.cells]
        if heading is None:
            heading = [cell.strip().casefold() for cell in cells]
            if heading[: len(HEADINGS)] != [one.casefold() for one in HEADINGS]:
                raise IntakeError(f"“{shown(path)}” is no list of brands; its first line must be {', '.join(HEADINGS)}.")
            continue
        if number > FILE_ROWS_LIMIT:
            raise IntakeError(f"“{shown(path)}” has more than {FILE_ROWS_LIMIT:,} rows, and no such list has.")
        name, maker, how, said_by, day, by = [*(cell.strip() for cell in cells), *[""] * 6][:6]
        known = makers.get(fold(maker))
        if fold(maker) and maker.casefold() != _NOT_KNOWN and known is None:
            problems.append(f"Row {row.line} was left out: no maker “{clean(maker, 60)}” is known here.")
        elif not name:
            problems.append(f"Row {row.line} was left out: it names no brand.")
        else:
            basis = bases.get(how.casefold(), "other")
            brands.append(OwnBrand(name, known, basis, said_by, day, by))
    if not brands:
        raise IntakeError(f"“{shown(path)}” has no brand in it that can be read.")
    return tuple(brands), tuple(problems)


def bring_brands(inventory: Inventory, knowledge: Knowledge, path: Path, now: datetime) -> tuple[Changes, tuple[str, ...]]:
    """Save the brands in a file that another organisation gave, and a sentence for each that was left out.

    What the file says against itself, or against what the organisation recorded, is left out: a person decides. Raises
    IntakeError where nothing is left, and StoreError as add_brands does.
    """
    brands, problems = read_brands_file(path, knowledge)
    held = {fold(one.name): one.maker for one in inventory.own_brands()}
    said: dict[str, set[str | None]] = {}
    for one in brands:
        said.setdefault(fold(one.name), set()).add(one.maker)

    def name_of(maker: str | None) -> str:
        return clean(knowledge.name_of(maker), 60) if maker else _NOT_KNOWN

    def against(key: str, name: str) -> str | None:
        own, makers = held.get(key), said[key]
        if len(makers) > 1:
            return f"{name} was left out: the file gives it more than one maker ({', '.join(sorted(map(name_of, makers)))})."
        other = next(iter(makers))
        if own is None or own == other:
            return None
        return f"{name} was left out: you recorded {name_of(own)} as its maker, and the file says {name_of(other)}."

    left_out = {key: say for one in brands if (say := against(key := fold(one.name), clean(one.name, 60)))}
    problems = (*problems, *left_out.values())
    fitting = [one for one in brands if fold(one.name) not in left_out]
    if not fitting:
        raise IntakeError(f"No brand was saved. {problems[-1]}")
    return do(inventory, knowledge, add_brands(knowledge, fitting), by=_said(fitting[0].by, "your name"), now=now), problems
