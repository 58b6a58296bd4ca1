"""What changed, when and by whom: of the whole inventory, between two moments, of one row; and what shows that one is gone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from camcensus.identity.history import RegisterHistory, compare, prove_removal, ref_order, row_events
from camcensus.model import frozen
from camcensus.model.asset import DECISION_WORDS, STATUS_WORDS, paths_of
from camcensus.model.cells import guarded
from camcensus.model.errors import StoreError
from camcensus.model.history import CHANGE_WORDS, Change, Comparison, Event, Moment, RemovalProof, RowNow, Search
from camcensus.model.tags import FIELDS, in_words, iso_date
from camcensus.model.words import KIND_WORDS, clean, count, long_date, utc_second
from camcensus.store.inventory import Inventory
from camcensus.tasks.progress import collector_paused

LAST_REPORT = "last-report"
CSV_COLUMNS = ("change", "ref", "was", "is_now", "at", "by", "search", "say", "since", "until")

_SEARCH = re.compile(r"(?:search\s+)?([0-9]{1,9})", re.I)


def read(inventory: Inventory) -> RegisterHistory:
    """All that the inventory holds of what happened, worked out once; read it again after a change."""
    with collector_paused():
        return RegisterHistory(inventory.history())


def changes_between(past: RegisterHistory, since: Moment, until: Moment | None = None) -> Comparison:
    """What changed after `since` up to and with `until` (None: all that is saved)."""
    return compare(past, since, now_of(past) if until is None else until)


def now_of(past: RegisterHistory) -> Moment:
    """After everything that is kept."""
    return Moment("9999-12-31T23:59:59Z", "now", max((edit.change for edit in past.history.edits), default=0))


def reports(past: RegisterHistory) -> tuple[Moment, ...]:
    """The moments when a report was written, newest first."""
    edits = [edit for edit in reversed(past.history.edits) if edit.verb == "report"]
    names = ("your last report", *("the report",) * len(edits))
    return tuple(
        Moment(edit.at, f"{name} of {long_date(edit.at)}", edit.change) for name, edit in zip(names, edits, strict=False)
    )


def moment_of(past: RegisterHistory, text: str, zone: tzinfo | None = None) -> Moment:
    """The moment that a person names: a day ("2026-11-24", "24/11/2026": its beginning in `zone`, None for the computer's own),
    a search ("2", "search 2", its id: right after it was kept), or "last-report".

    Raises StoreError for anything else.
    """
    text = text.strip()
    if text == LAST_REPORT:
        if not (written := reports(past)):
            raise StoreError(
                "History names no report yet: it notes those saved in the window. Name a date or a search instead."
            )
        return written[0]
    by_number = _SEARCH.fullmatch(text)
    for search in past.searches:
        if search.record.id == text or (by_number and search.number == int(by_number[1])):
            return _after(search)
    if by_number:
        there = f"has {count(len(past.searches), 'search', 'searches')}" if past.searches else "has no search yet"
        raise StoreError(f"There is no search {int(by_number[1])}; this inventory {there}.")
    day = iso_date(text)
    if day is None:
        raise StoreError(f"“{clean(text, 40)}” is no date, search or “{LAST_REPORT}”; write a date like 2026-11-24.")
    local = datetime.fromisoformat(day)
    at = utc_second(local.replace(tzinfo=zone) if zone is not None else local.astimezone())
    before = [edit.change for edit in past.history.edits if edit.at < at]
    return Moment(at, long_date(day), max(before, default=0))


def _after(search: Search) -> Moment:
    return Moment(search.kept_at, f"search {search.number} of {long_date(search.record.ended_at)}", search.change)


def of_row(past: RegisterHistory, asset_id: str) -> tuple[Event, ...]:
    """What happened to a row, oldest first. Raises StoreError where it is not there."""
    return row_events(past, _row(past, asset_id))


def removal_proof(past: RegisterHistory, asset_id: str) -> RemovalProof:
    """What shows that a row is gone: the mark, the decision, and complete searches since. Raises StoreError."""
    return prove_removal(past, _row(past, asset_id))


def _row(past: RegisterHistory, asset_id: str) -> RowNow:
    found = next((row for row in past.history.rows if row.id == asset_id), None)
    if found is None:
        raise StoreError("That row is no longer in the inventory; look at the list again.")
    return found


def comparison_csv(comparison: Comparison) -> bytes:
    """The changes for a spreadsheet: UTF-8 with BOM, CRLF, ISO dates, one header row, safe against formulas."""
    text = io.StringIO()
    writer = csv.DictWriter(text, CSV_COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for one in comparison.changes:
        values = {
            "change": CHANGE_WORDS[one.kind], "ref": _refs(one), "was": one.was, "is_now": one.is_now, "at": one.at,
            "by": clean(one.by, 60) if one.by else "", "search": str(one.search or ""), "say": one.say,
            "since": comparison.since.name, "until": comparison.until.name,
        }  # fmt: skip
        writer.writerow({name: guarded(value) for name, value in values.items()})
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _refs(change: Change) -> str:
    return change.ref or " ".join(change.refs)


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """`show --changes-since … --json`: what changed, as plain values."""
    return {
        "contract_version": 1,
        "since": {"at": comparison.since.at, "name": comparison.since.name},
        "until": {"name": comparison.until.name},
        "say": comparison.say,
        "notes": list(comparison.notes),
        "searches": [
            {
                "number": search.number, "id": search.record.id, "started_at": search.record.started_at,
                "ended_at": search.record.ended_at, "stopped_early": search.record.stopped_early,
                "passive": search.record.passive, "networks": [card.network for card in search.record.interfaces],
                "ranges": list(search.record.ranges),
            }
            for search in comparison.searches
        ],
        "counts": {kind: comparison.count(kind) for kind in CHANGE_WORDS},
        "changes": [_change_entry(one) for one in comparison.changes],
        "nothing_said_of": list(comparison.unlooked),
    }  # fmt: skip


def _change_entry(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "refs": list(one.refs or filter(None, [one.ref])),
        "at": one.at,
        "was": one.was or None,
        "is_now": one.is_now or None,
        "by": clean(one.by, 60) if one.by else None,
        "search": one.search,
        "say": one.say,
    }


def comparison_text(comparison: Comparison, name: str) -> str:
    """The same for people; `name` is the organisation's."""
    parts = [clean(name), "", comparison.say, *comparison.notes]
    for kind, title in CHANGE_WORDS.items():
        those = [one for one in comparison.changes if one.kind == kind]
        if those:
            parts += ["", f"{title} ({len(those):,})"]
            parts += [f"  {one.say}{_who(one)}" for one in those]
    if comparison.unlooked:
        parts += ["", f"Nothing is said of: {', '.join(comparison.unlooked)}"]
    return "\n".join(parts)


def _who(change: Change) -> str:
    if change.by is None:
        return ""
    return f" {clean(change.by, 60)}, {long_date(change.at)}."


# What one edit changed, row by row and field by field, in words; and which rows a search or an edit touched.

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


def change_lines(past: RegisterHistory) -> list[str]:
    """What the last search changed, a line each with what the device is: for a command that looks again by itself."""
    if not past.searches:
        return []
    last = past.searches[-1]
    # Answers of the second in which it was saved are its own: a text without its Z is less than that with it.
    found = changes_between(past, Moment(last.kept_at.rstrip("Z"), "", last.change - 1))
    answers = {row.id: past.answers.get(row.device or "") for row in past.history.rows}
    of = ((one, answers.get(one.asset or "")) for one in found.changes if one.by is None)
    return [f"{one.kind}: {one.say}{f' {clean(said[-1].is_now, 300)}.' if said else ''}" for one, said in of]
