"""What a person does with the register: look at rows, give places, decide; and, from rooms beside, keep and judge again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from camcensus.model.asset import Asset, Body, Decision, DecisionWhat, Place, PlaceKind
from camcensus.model.changes import Changes
from camcensus.model.device import DeviceKind
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.plan import Costs
from camcensus.model.verdict import Finding, Verdict
from camcensus.model.words import stamp
from camcensus.store import inventory as store
from camcensus.store.inventory import Inventory
from camcensus.store.own_list import LIST as OWN
from camcensus.tasks.census import in_order
from camcensus.tasks.judging import (
    AnswerChange,
    answer_changes,
    changed_by,
    judged_now,
    may_be_camera,
    outcome,
    ref_prefix,
    rejudge,
    would_change,
)
from camcensus.tasks.keep import Basis, keep_census, read_label
from camcensus.tasks.own_list import put_on_own_list, take_off_own_list, with_own_list
from camcensus.tasks.safekeeping import watched, with_backup
from camcensus.tasks.seen import KeptAsSeen, finish_unfinished

__all__ = [
    "AnswerChange",
    "AssetRow",
    "Basis",
    "KeptAsSeen",
    "Inventory",
    "LIST_WORDS",
    "ListState",
    "PLACE_KINDS",
    "answer_changes",
    "changed_by",
    "costs",
    "decide",
    "enabled_lists",
    "finish_unfinished",
    "judged_now",
    "keep_census",
    "list_state",
    "may_be_camera",
    "new_body",
    "new_inventory",
    "open_inventory",
    "others",
    "outcome",
    "place",
    "place_named",
    "put_on_own_list",
    "read_label",
    "ref_prefix",
    "rejudge",
    "rows",
    "set_costs",
    "set_kind",
    "set_purpose",
    "set_vendor",
    "take_off_own_list",
    "with_own_list",
    "would_change",
]

ListState = Literal["listed", "may", "not-listed", "not-known"]

LIST_WORDS: dict[ListState, str] = {
    "listed": "Listed",
    "may": "May be listed – check",
    "not-listed": "Not listed",
    "not-known": "Not known",
}

PLACE_KINDS: tuple[PlaceKind, ...] = ("site", "building", "floor", "room")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRow:
    """A register row as every table, panel and report shows it.

    `verdict` is None for a row with no device; its `device.observations` is empty (ask the inventory for them). `findings`
    are of the lists that are on; `state` says in one word what they come to. `judged_at` is when the answer was given, and
    `stale` where replies or the knowledge have changed since: show the date and judge again.
    """

    asset: Asset
    verdict: Verdict | None
    findings: tuple[Finding, ...]
    state: ListState
    judged_at: str | None = None
    stale: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its addresses, empty for a row with no device."""
        return self.verdict.device.addresses if self.verdict else ()


def new_inventory(path: Path, body: Body, now: datetime) -> Inventory:
    """A new inventory file, open; a context manager. Raises DiskError where a file is there already or the folder refuses."""
    return watched(store.create_inventory(path, body, now=now), now)


def new_body(name: str, type_: str = "school", year_starts: int = 4, expected_cameras: int | None = None) -> Body:
    """An organisation with an id made once."""
    return Body(str(uuid.uuid4()), name, type_, year_starts, expected_cameras)


def open_inventory(path: Path, now: datetime, readonly: bool = False) -> Inventory:
    """An inventory file, open; a context manager. Raises StoreError (one sentence), and then nothing was written.

    A damaged file's sentence names the newest sound back-up. When it is closed, what was changed goes into a back-up.
    """
    try:
        return watched(store.open_inventory(path, now=now, readonly=readonly), now)
    except StoreError as error:
        raise with_backup(path, error, now) from error


def enabled_lists(inventory: Inventory, knowledge: Knowledge) -> frozenset[str]:
    """The lists this organisation goes by: those on by default, as far as nobody switched them."""
    chosen = inventory.enabled_lists(entry.id for entry in knowledge.lists.values() if entry.default_on)
    return frozenset(chosen & knowledge.lists.keys())


def rows(inventory: Inventory, knowledge: Knowledge, answers: Mapping[str, Verdict] | None = None) -> tuple[AssetRow, ...]:
    """The register by ref, each row with its newest kept answer, or the one in `answers` (device id -> verdict).

    What the organisation's own list says is added here. Reads only; 3,000 rows take well under a second.
    """
    from camcensus.assessment.listings import listings

    enabled, judged, fresh = enabled_lists(inventory, knowledge), inventory.judged(), answers or {}
    own = with_own_list(inventory, knowledge)
    found = []
    for asset in inventory.assets():
        answer = judged.get(asset.device or "")
        if answer is None:
            found.append(AssetRow(asset=asset, verdict=None, findings=(), state="not-known"))
            continue
        again = fresh.get(asset.device or "")
        verdict = again or answer.verdict
        if own is not knowledge:
            theirs = listings(verdict.attribution, own, frozenset([OWN]))
            verdict = replace(verdict, findings=tuple(sorted({*verdict.findings, *theirs})))
        findings = tuple(finding for finding in verdict.findings if finding.list in enabled)
        stale = again is None and (answer.stale_replies or answer.knowledge_version != knowledge.version)
        state = list_state(verdict, findings)
        found.append(AssetRow(asset=asset, verdict=verdict, findings=findings, state=state, judged_at=answer.at, stale=stale))
    return tuple(found)


def list_state(verdict: Verdict, findings: Iterable[Finding]) -> ListState:
    """ "Not listed" is said of a maker that is named firmly; of anything else we do not know."""
    found = tuple(findings)
    if any(not finding.may for finding in found):
        return "listed"
    if found:
        return "may"
    return "not-listed" if verdict.attribution.manufacturer and verdict.attribution.grade != "possible" else "not-known"


def others(inventory: Inventory, answers: Mapping[str, Verdict] | None = None) -> tuple[Verdict, ...]:
    """What answered and has no register row: printers and the like, and hosts with no sign of a camera.

    Each with its newest kept answer, or the one in `answers` (device id -> verdict).
    """
    with_row = {asset.device for asset in inventory.assets()}
    verdicts = inventory.verdicts() | dict(answers or {})
    return in_order(verdict for device, verdict in verdicts.items() if device not in with_row)


def place(inventory: Inventory, asset_ids: Iterable[str], place_id: str | None, by: str, now: datetime) -> Changes:
    """Set location: move rows to a place, None for no place."""
    return inventory.set_place(asset_ids, place_id, by, now)


def place_named(inventory: Inventory, names: Sequence[str], by: str, now: datetime, *, sensitive: bool = False) -> Place:
    """The place at a path of names from site down (at most four), made where missing; `sensitive` marks a new last one."""
    parent: Place | None = None
    for depth, name in enumerate(names[: len(PLACE_KINDS)]):
        parent_id = parent.id if parent else None
        there = [entry for entry in inventory.places() if entry.parent == parent_id and entry.name == name.strip()]
        last = sensitive and depth == len(names) - 1
        parent = there[0] if there else inventory.add_place(PLACE_KINDS[depth], name, parent_id, by, now, sensitive=last)
    if parent is None:
        raise StoreError("A place needs a name; type one.")
    return parent


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
    decision = Decision(what, by, stamp(now), why, review_on, year) if what is not None else None
    return inventory.decide(asset_ids, decision, now)


def set_vendor(inventory: Inventory, asset_ids: Iterable[str], vendor_id: str | None, by: str, now: datetime) -> Changes:
    """Say who sold or maintains rows."""
    return inventory.set_vendor(asset_ids, vendor_id, by, now)


def set_purpose(inventory: Inventory, asset_ids: Iterable[str], purpose: str | None, by: str, now: datetime) -> Changes:
    """Say what rows are for."""
    return inventory.set_purpose(asset_ids, purpose, by, now)


def set_kind(inventory: Inventory, asset_ids: Iterable[str], kind: DeviceKind, by: str, now: datetime) -> Changes:
    """A person says what rows are; "other" is "Not a camera"."""
    return inventory.set_kind(asset_ids, kind, by, now)


def costs(inventory: Inventory) -> Costs:
    """The costs that staff typed for the plan; all None before that."""
    text = inventory.setting("costs")
    return from_plain(Costs, json.loads(text)) if text else Costs()


def set_costs(inventory: Inventory, figures: Costs, now: datetime, by: str | None = None) -> Changes:
    """Keep the costs for the plan."""
    return inventory.set_setting("costs", json.dumps(to_plain(figures)), now, by)
