"""What staff know of rows: tags, decisions, kinds, who sold and maintains them, and what was typed before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from camcensus.model.asset import AssetStatus, Decision, DecisionWhat, Vendor
from camcensus.model.changes import Changes
from camcensus.model.device import DeviceKind
from camcensus.model.errors import StoreError
from camcensus.model.tags import FIELDS
from camcensus.model.words import utc_second
from camcensus.store import tagging
from camcensus.store.changelog import Pen
from camcensus.store.inventory import Inventory


def set_tags(inventory: Inventory, ids: Iterable[str], values: Mapping[str, object], by: str, now: datetime) -> Changes:
    """Say things of rows, field by field (`model.tags.FIELDS`); None or "" takes a value away.

    Text is read as a person types it ("24/11/2026", "£180.50", "31 days"). Raises StoreError where a value does not fit.
    """
    return inventory.edit("set-tags", lambda pen: tagging.set_tags(pen, ids, values), by, now)


def describe(
    inventory: Inventory,
    ids: Iterable[str],
    values: Mapping[str, object],
    add: Iterable[str],
    remove: Iterable[str],
    by: str,
    now: datetime,
) -> Changes:
    """Say things of rows as `set_tags` does, give them free tags and take others away: one change, whole or not at all."""
    rows, new, gone = list(ids), list(add), list(remove)

    def work(pen: Pen) -> str:
        said = []
        if values:
            said.append(tagging.set_tags(pen, rows, values))
        if new:
            said.append(tagging.add_tags(pen, rows, new))
        if gone:
            said.append(tagging.remove_tags(pen, rows, gone))
        return " ".join(said) or f"Nothing changed for {tagging.these(pen.db, rows)}."

    return inventory.edit("set-tags", work, by, now)


def add_tags(inventory: Inventory, ids: Iterable[str], tags: Iterable[str], by: str, now: datetime) -> Changes:
    """Give rows free tags."""
    return inventory.edit("set-tags", lambda pen: tagging.add_tags(pen, ids, tags), by, now)


def remove_tags(inventory: Inventory, ids: Iterable[str], tags: Iterable[str], by: str, now: datetime) -> Changes:
    """Take free tags away from rows."""
    return inventory.edit("set-tags", lambda pen: tagging.remove_tags(pen, ids, tags), by, now)


def picture_checked(inventory: Inventory, ids: Iterable[str], who: str, day: str, by: str, now: datetime) -> Changes:
    """Record that a person looked at the pictures of rows on a day. Raises StoreError without a name or a day."""
    rows = list(ids)
    if not who.strip() or not day.strip():
        raise StoreError("Who looked at the picture, and on which day, is needed; type both.")

    def work(pen: Pen) -> str:
        said = tagging.these(pen.db, rows)
        tagging.set_tags(pen, rows, {"last_picture_check": day, "picture_checked_by": who})
        return f"Picture check recorded for {said}."

    return inventory.edit("check-picture", work, by, now)


def ask_installer(inventory: Inventory, ids: Iterable[str], ask: bool, note: str, by: str, now: datetime) -> Changes:
    """Put rows on the list of questions for the installer, with what to ask, or take them off it."""
    rows = list(ids)

    def work(pen: Pen) -> str:
        said = tagging.these(pen.db, rows)
        tagging.set_tags(pen, rows, {"ask_installer": ask, "ask_note": note if ask else None})
        return f"{said} put on the list for your installer." if ask else f"{said} taken off the list for your installer."

    return inventory.edit("ask-installer", work, by, now)


def suggestions(inventory: Inventory, field: str) -> tuple[str, ...]:
    """Values that are in this inventory already, most used first: of a field that learns, of "tags", "brand" or "model".

    Raises KeyError for another field.
    """
    if field in ("brand", "model"):
        counts: dict[str, int] = {}
        for answer in inventory.answers().values():
            value = answer.brand if field == "brand" else answer.model
            if value:
                counts[value] = counts.get(value, 0) + 1
        return tuple(sorted(counts, key=lambda value: (-counts[value], value.casefold())))
    if field != "tags" and not FIELDS[field].learns:
        raise KeyError(field)
    return inventory.used(field)


def decide(
    inventory: Inventory,
    asset_ids: Iterable[str],
    what: DecisionWhat | None,
    by: str,
    now: datetime,
    *,
    why: str = "",
    review_on: str | None = None,
    year: str | None = None,
) -> Changes:
    """Record a decision for rows; `what` None takes it back. `year` is a financial year ("2026-27")."""
    decision = Decision(what, by, utc_second(now), why, review_on, year) if what is not None else None
    return inventory.decide(asset_ids, decision, now, by)


def set_purpose(inventory: Inventory, asset_ids: Iterable[str], purpose: str | None, by: str, now: datetime) -> Changes:
    """Say what rows are for."""
    return inventory.set_purpose(asset_ids, purpose, by, now)


def set_kind(inventory: Inventory, asset_ids: Iterable[str], kind: DeviceKind, by: str, now: datetime) -> Changes:
    """A person says what rows are; "other" is "Not a camera"."""
    return inventory.set_kind(asset_ids, kind, by, now)


def set_status(inventory: Inventory, asset_ids: Iterable[str], status: AssetStatus, by: str, now: datetime) -> Changes:
    """Mark rows as no longer here, or as here again."""
    return inventory.set_status(asset_ids, status, by, now)


def set_vendor(inventory: Inventory, asset_ids: Iterable[str], vendor_id: str | None, by: str, now: datetime) -> Changes:
    """Say who sold or maintains rows."""
    return inventory.set_vendor(asset_ids, vendor_id, by, now)


def add_vendor(
    inventory: Inventory,
    name: str,
    role: Literal["seller", "maintainer"],
    by: str,
    now: datetime,
    *,
    contract_number: str | None = None,
    contract_end: str | None = None,
    email: str | None = None,
    phone: str | None = None,
) -> Vendor:
    """A new firm that sells or maintains. Raises StoreError without a name, or for a contract's end that is no date."""
    vendor = Vendor(str(uuid.uuid4()), name.strip(), role, contract_number, contract_end, email, phone)
    inventory.edit("add-vendor", lambda pen: tagging.add_vendor(pen, vendor), by, now)
    return next((one for one in inventory.vendors() if one.id == vendor.id), replace(vendor))


def change_vendor(inventory: Inventory, vendor: Vendor, by: str, now: datetime) -> Changes:
    """Keep what was changed of a firm (by its id)."""
    return inventory.edit("change-vendor", lambda pen: tagging.change_vendor(pen, vendor), by, now)


def remove_vendor(inventory: Inventory, vendor_id: str, by: str, now: datetime) -> Changes:
    """Remove a firm that no row names. Raises StoreError where one does."""
    return inventory.edit("remove-vendor", lambda pen: tagging.remove_vendor(pen, vendor_id), by, now)
