"""What can be answered together: entries that need checking with the same brand and model, answered once as one change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count, joined
from camcensus.store.inventory import Inventory
from camcensus.store.own_list import OwnBrand
from camcensus.store.pen import Edit, Made, Pen, edit
from camcensus.tasks.finding.judging import judged_for_brands, reassess
from camcensus.tasks.progress import Progress, counted_off
from camcensus.tasks.register import checking
from camcensus.tasks.register.checking import CheckAnswer, ToCheck
from camcensus.tasks.register.rows import AssetRow, rows

JUDGED_AT_ONCE = 1_000
"""Answers that are held in memory together."""

# Doing edits, taking them back and doing them again, with the answers that hang on them.


def do(inventory: Inventory, knowledge: Knowledge, edit: Edit[str] | Edit[Made], *, by: str, now: datetime) -> Changes:
    """Do one edit, and re-check the devices that it touched and those that show a brand which it recorded."""
    before = inventory.own_brands()
    return _judged(inventory, knowledge, inventory.do(edit, by=by, now=now), before, now)


def undo(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Changes | None:
    """Take back the newest edit that still stands, as far as the newest kept scan; None where there is none.

    Devices whose observations it changed are re-checked.
    """
    before = inventory.own_brands()
    changes = inventory.undo(now)
    return None if changes is None else _judged(inventory, knowledge, changes, before, now)


def redo(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Changes | None:
    """Do again what was taken back last; None after any other edit or scan. Devices are re-checked as in `undo`."""
    before = inventory.own_brands()
    changes = inventory.redo()
    return None if changes is None else _judged(inventory, knowledge, changes, before, now)


def _judged(
    inventory: Inventory, knowledge: Knowledge, changes: Changes, brands: tuple[OwnBrand, ...], now: datetime
) -> Changes:
    """The Changes with those of re-checking: the devices touched that are still there, and those of brands that changed."""
    held = inventory.held(changes.devices) if changes.devices else {}
    devices = [device for device in sorted(changes.devices) if device in held]
    for at in range(0, len(devices), JUDGED_AT_ONCE):
        after = reassess(inventory, knowledge, now, devices=devices[at : at + JUDGED_AT_ONCE], quiet=True)
        changes = replace(changes, assets=changes.assets | after.assets, devices=changes.devices | after.devices)
    names = {one.name for one in {*brands} ^ {*inventory.own_brands()}}
    return judged_for_brands(inventory, knowledge, changes, names, now) if names else changes


type Alike = tuple[tuple[AssetRow, str], ...]
"""The other open entries with the brand and model of one, those that its answer fits first: each with why not, "" where so."""


def brand_and_model(row: AssetRow | None) -> str:
    """ "Honeywell H4W2PER3"; the model alone where no brand is known, and "" where no model is."""
    if row is None or not (row.model or "").strip():
        return ""
    brand, model = clean(row.brand or "", 60), clean(row.model or "", 60)
    return model if model.casefold().startswith(brand.casefold()) else f"{brand} {model}"


def alike(item: ToCheck, items: Iterable[ToCheck], row_of: Callable[[str], AssetRow | None], knowledge: Knowledge) -> Alike:
    """What else is open for the same reason and has the same brand, model and kind.

    An exception is one whose signs of the maker differ: the same model name may be on boxes of several makers.
    """
    row = row_of(item.asset.id)
    name = brand_and_model(row).casefold()
    if row is None or not name or item.why == "duplicate":
        return ()
    found = []
    for other in items:
        there = row_of(other.asset.id)
        if (
            there is None
            or there is row
            or other.state == "answered"
            or (other.why, there.asset.kind) != (item.why, row.asset.kind)
        ):
            continue
        if brand_and_model(there).casefold() == name:
            found.append((there, "" if _signs(there) == _signs(row) else _why(there, knowledge)))
    return tuple(sorted(found, key=lambda one: bool(one[1])))


def _signs(row: AssetRow) -> tuple[object, ...]:
    return row.maker, frozenset(row.candidates), row.grade


def _why(row: AssetRow, knowledge: Knowledge) -> str:
    makers = dict.fromkeys((*row.candidates, *([row.maker] if row.maker else ())))
    if not makers:
        return "no sign of who made it"
    return f"its signs point to {joined([clean(knowledge.name_of(one)) for one in makers], ' or ')}"


@edit("check", failed="Your answer was not saved")
def check_alike(
    pen: Pen, knowledge: Knowledge, asset_id: str, given: CheckAnswer, others: Sequence[str], progress: Progress | None = None
) -> str:
    """Save what a person found of one row, and the same of others like it. Raises StoreError as `check` does.

    Of the others it says that nobody read their own label, and it leaves out the serial number, the place and the photos.
    """
    basis = "alike" if given.basis == "label" else given.basis
    same = replace(given, basis=basis, serial="", place="", photos=())
    say = checking.check(pen, knowledge, asset_id, given)
    for other in counted_off(others, progress):
        checking.check(pen, knowledge, other, same)
    return f"{say} The same answer for {count(len(others), 'other')}." if others else say


def answer_alike(
    inventory: Inventory,
    knowledge: Knowledge,
    asset_id: str,
    given: CheckAnswer,
    others: Sequence[str] = (),
    *,
    by: str,
    now: datetime,
    progress: Progress | None = None,
) -> Changes:
    """Save an answer (`check_alike`), judge the rows again, and say how many of them it has not answered."""
    changes = do(inventory, knowledge, check_alike(knowledge, asset_id, given, others, progress), by=by, now=now)
    read = inventory.read_devices()
    after = rows(inventory, knowledge, ids=[asset_id, *others])
    left = sum(checking.reason(row, read) is not None for row in after)
    still = f" {count(left, 'entry still needs', 'entries still need')} checking." if left else ""
    differ = any(row.asset.id == asset_id and checking.disagrees(row) for row in after) and given.said
    return replace(changes, say=f"{changes.say}{' Other signs disagree; all are saved and shown.' if differ else ''}{still}")
