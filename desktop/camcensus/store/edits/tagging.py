"""What staff know of entries: tags, decisions, kinds, and the firms that sold or maintain them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from sqlite_utils import Database

from camcensus.model.asset import DECISION_WORDS, STATUS_WORDS, AssetStatus, Decision, DecisionWhat, Vendor, with_source
from camcensus.model.device import DeviceKind
from camcensus.model.errors import StoreError
from camcensus.model.tags import FIELDS, checked, checked_tag, checked_tags, iso_date
from camcensus.model.words import clean, count, long_date, lower_first
from camcensus.store.edits.wording import named, these
from camcensus.store.pen import Made, Pen, edit

_CONTACTS = "SELECT id FROM contact WHERE id = ?"
_ROWS = "SELECT id FROM asset WHERE id = ?"


def carriers(db: Database, row: str) -> list[str]:
    """A row, what it is connected to, what that is connected to, and so on; a ring is gone round once."""
    chain = [row]
    while (found := db.execute("SELECT connected_to FROM asset WHERE id = ?", [chain[-1]]).fetchone()) and found[0]:
        if found[0] in chain:
            break
        chain.append(found[0])
    return chain


def refuse_ring(db: Database, rows: Iterable[str], to: str) -> None:
    """Raises StoreError where one of the rows would be connected to itself, at once or by way of others."""
    if set(carriers(db, to)) & set(rows):
        raise StoreError("A row cannot be connected to itself; choose the recorder or switch it is connected to.")


@edit("set-tags", failed="That was not recorded")
def set_tags(pen: Pen, rows: Sequence[str], values: Mapping[str, object]) -> str:
    """Say things of rows; None or "" takes a value away. Raises StoreError where one does not fit."""
    kept: dict[str, Any] = {field: checked(field, value) for field, value in values.items()}
    for field in ("seller", "maintainer"):
        if kept.get(field) is not None:
            _there(pen.db, _CONTACTS, str(kept[field]), "That firm is no longer in the list; choose another.")
    if kept.get("connected_to") is not None:
        _there(pen.db, _ROWS, str(kept["connected_to"]), "That recorder or switch is no longer in the list; choose another.")
        refuse_ring(pen.db, rows, str(kept["connected_to"]))
    if not kept:
        raise StoreError("There is nothing to record yet; fill in at least one field.")
    said = these(pen.db, rows)
    pen.set("asset", rows, with_source(kept, pen.by, pen.at[:10]))
    if len(kept) == 1:
        return f"{FIELDS[next(iter(kept))].title} set for {said}."
    return f"{count(len(kept), 'field')} set for {said}."


@edit("set-tags", failed="The tag was not added")
def add_tags(pen: Pen, rows: Sequence[str], tags: Iterable[str]) -> str:
    """Give rows free tags; a tag differs from another by more than capitals."""
    named = dict[str, str]()
    for tag in map(checked_tag, tags):
        named.setdefault(tag.casefold(), tag)
    new = list(named.values())

    def more(held: list[str]) -> list[str]:
        there = {tag.casefold() for tag in held}
        return checked_tags([*held, *(tag for tag in new if tag.casefold() not in there)])

    said = these(pen.db, rows)
    _retag(pen, rows, more)
    return f"{_quoted(new)} added to {said}."


@edit("set-tags", failed="The tag was not removed")
def remove_tags(pen: Pen, ids: Iterable[str], tags: Iterable[str]) -> str:
    """Take free tags away from rows."""
    rows, gone = list(ids), [checked_tag(tag) for tag in tags]
    folded = {tag.casefold() for tag in gone}
    said = these(pen.db, rows)
    _retag(pen, rows, lambda held: [tag for tag in held if tag.casefold() not in folded])
    return f"{_quoted(gone)} removed from {said}."


def _retag(pen: Pen, ids: Sequence[str], change: Any) -> None:
    rows = pen.db.execute("SELECT id, tags FROM asset WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(ids)])
    alike: dict[str, list[str]] = {}
    for asset, text in rows.fetchall():
        new = json.dumps(change(json.loads(text)), ensure_ascii=False)
        if json.loads(new) != json.loads(text):
            alike.setdefault(new, []).append(asset)
    for text, group in alike.items():
        pen.set("asset", group, {"tags": text})


def _quoted(tags: Sequence[str]) -> str:
    return f"Tag “{clean(tags[0], 40)}”" if len(tags) == 1 else count(len(tags), "tag")


@edit("set-tags", failed="That was not recorded")
def describe(
    pen: Pen, rows: Sequence[str], values: Mapping[str, object], *, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> str:
    """Say things of rows as `set_tags` does, give them free tags and take others away: one change, whole or not at all."""
    new, gone = list(add), list(remove)
    said = []
    if values:
        said.append(pen.do(set_tags(rows, values)))
    if new:
        said.append(pen.do(add_tags(rows, new)))
    if gone:
        said.append(pen.do(remove_tags(rows, gone)))
    return " ".join(said) or f"Nothing changed for {these(pen.db, rows)}."


@edit("ask-installer", failed="The list was not changed")
def ask_installer(pen: Pen, rows: Sequence[str], ask: bool) -> str:
    """Put rows on the list of questions for the installer, or take them off it; what to ask stays as it was typed."""
    said = these(pen.db, rows)
    pen.do(set_tags(rows, {"ask_installer": ask}))
    return f"{said} put on the list for your installer." if ask else f"{said} taken off the list for your installer."


@edit("decide", failed="The decision was not recorded")
def decide(
    pen: Pen,
    ids: Sequence[str],
    what: DecisionWhat | None,
    *,
    why: str = "",
    review_on: str | None = None,
    year: str | None = None,
) -> str:
    """Record what a person decided for rows; None takes it back. `year` is a financial year ("2026-27").

    A new scan never erases it. It bears the name of who does the edit.
    """
    return keep_decision(pen, ids, Decision(what, pen.by or "", pen.at, why, review_on, year) if what is not None else None)


def keep_decision(pen: Pen, rows: Sequence[str], decision: Decision | None) -> str:
    """A decision as it was made, by whom and when."""
    if decision is not None and decision.review_on and iso_date(decision.review_on) is None:
        raise StoreError("The day of review must be a date, like 24/11/2026.")
    values = {
        "decision": decision.what if decision else None,
        "decision_by": decision.by if decision else None,
        "decision_at": decision.at if decision else None,
        "decision_why": decision.why if decision else None,
        "decision_review_on": decision.review_on if decision else None,
        "decision_year": decision.year if decision else None,
    }
    word = DECISION_WORDS[decision.what].removesuffix(", review on…") if decision else "Not decided"
    word += f", review on {long_date(decision.review_on)}" if decision and decision.review_on else ""
    said = these(pen.db, rows)
    pen.set("asset", rows, values)
    return f"Decision for {said}: {word}."


@edit("set-kind", failed="That was not recorded")
def set_kind(pen: Pen, rows: Sequence[str], kind: DeviceKind, who: str | None = None) -> str:
    """A person (`who`, else who does the edit) says what rows are; later answers of the device do not change it.

    "other" is "Not a camera".
    """
    said = these(pen.db, rows)
    pen.set("asset", rows, {"kind": kind, "kind_by": who or pen.by})
    return f"{said} marked as {'not a camera' if kind == 'other' else kind}."


@edit("set-status", failed="That was not recorded")
def set_status(pen: Pen, rows: Sequence[str], status: AssetStatus) -> str:
    """Mark rows as removed, as a spare, or as here again."""
    said = these(pen.db, rows)
    pen.set("asset", rows, {"status": status})
    return f"{said} marked as {lower_first(STATUS_WORDS[status])}."


@edit("add-vendor", failed="The firm was not added")
def add_vendor(
    pen: Pen,
    name: str,
    role: Literal["seller", "maintainer"],
    *,
    contract_number: str | None = None,
    contract_end: str | None = None,
    email: str | None = None,
    phone: str | None = None,
) -> Made:
    """A new firm that sells or maintains. Raises StoreError for an empty name, or a contract's end that is no date."""
    vendor = Vendor(str(uuid.uuid4()), name, role, contract_number, contract_end, email, phone)
    pen.insert("contact", vendor.id, _contact(vendor))
    return Made(f"{clean(name.strip(), 60)} added.", vendor.id)


@edit("change-vendor", failed="The firm was not saved")
def change_vendor(pen: Pen, vendor: Vendor) -> str:
    """Keep what was changed of a firm (by its id)."""
    pen.set("contact", vendor.id, _contact(vendor))
    return f"{clean(vendor.name.strip(), 60)} saved."


def _contact(vendor: Vendor) -> dict[str, Any]:
    end = iso_date(vendor.contract_end) if vendor.contract_end and vendor.contract_end.strip() else None
    if end is None and vendor.contract_end and vendor.contract_end.strip():
        raise StoreError("The end of the contract must be a date, like 31/03/2027.")
    return {
        "name": named(vendor.name, "firm"), "role": vendor.role, "contract_number": _said(vendor.contract_number),
        "contract_end": end, "email": _said(vendor.email), "phone": _said(vendor.phone),
    }  # fmt: skip


def _said(text: str | None) -> str | None:
    return (text or "").strip() or None


def _there(db: Database, sql: str, key: str, otherwise: str) -> None:
    if db.execute(sql, [key]).fetchone() is None:
        raise StoreError(otherwise)
