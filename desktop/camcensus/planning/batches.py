"""Rows into batches: those that staff keep together, and for all others a proposal by place and priority."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from camcensus.model import frozen
from camcensus.model.device import DeviceKind
from camcensus.model.plan import LEVEL_WORDS, Batch, Costs, Level, Option, Priority, Typed
from camcensus.model.plan_edits import BatchEdit, PlanEdits
from camcensus.model.words import clean, count, fitting, joined, natural, natural_path, shortened
from camcensus.planning.costs import batch_total, prices
from camcensus.planning.drafts import OPTIONS, RowDraft
from camcensus.planning.reasons import batch_reason
from camcensus.planning.years import first_year, year_label

BATCHES_BY_ROOM = 80
"""Rooms (or else floors) with something in them up to which each has batches of its own: more is no list to read."""
_DEPTH: dict[Level, int] = {"site": 1, "building": 2, "floor": 3, "room": 99}
REFS_NAMED = 6
_TYPED: tuple[Typed, ...] = (
    "name", "priority", "reason", "quantity", "unit", "fitting", "other", "target_date", "disposal", "wiped_on",
    "wipe_certificate", "weee_note", "status", "note",
)  # fmt: skip


@frozen
class BatchDraft:
    """A batch in the making: its rows, what staff keep of it, and what has to be said of it."""

    id: str
    drafts: tuple[RowDraft, ...]
    edit: BatchEdit | None
    path: tuple[str, ...]
    notes: tuple[str, ...] = ()


@frozen(kw_only=True)
class Basis:
    """What batches are worked out with. `start` is the calendar year in which the plan's first year begins."""

    costs: Costs
    edits: PlanEdits
    start: int
    year_starts: int
    level: Level


def level_of(drafts: Iterable[RowDraft]) -> Level:
    """The finest level that makes no more places than people can read."""
    paths = {draft.asset.place_path for draft in drafts if draft.what != "keep"}
    fits = (level for level in LEVEL_WORDS if len({path[: _DEPTH[level]] for path in paths}) <= BATCHES_BY_ROOM)
    return next(fits, "building")


def groups(drafts: Sequence[RowDraft], edits: PlanEdits, level: Level, gone: Mapping[str, str]) -> list[BatchDraft]:
    """Every draft in exactly one group; batches that staff keep and that lost all their rows are groups too.

    `gone` is asset id -> ref of rows that are not in use any more: removed, or spares.
    """
    pinned: defaultdict[str, list[RowDraft]] = defaultdict(list)
    free: list[RowDraft] = []
    for draft in drafts:
        batch = edits.rows.get(draft.asset.id)
        if batch is not None and batch in edits.batches:
            pinned[batch].append(draft)
        else:
            free.append(draft)
    lost: defaultdict[str, list[str]] = defaultdict(list)
    here = {draft.asset.id for draft in drafts}
    for row, batch in edits.rows.items():
        if row not in here:
            lost[batch].append(row)
    made = []
    for batch, edit in edits.batches.items():
        stay, leave = _apart(pinned[batch], edit)
        free += leave
        path = _common([draft.asset.place_path for draft in stay]) if stay else edit.place_path
        notes = tuple(_notes(edit, stay, leave, [gone.get(row, "") for row in lost[batch]]))
        made.append(BatchDraft(batch, tuple(stay), edit, path, notes))
    proposed: defaultdict[tuple[object, ...], list[RowDraft]] = defaultdict(list)
    depth = _DEPTH[level]
    for draft in free:
        asset = draft.asset
        key: tuple[object, ...] = (
            asset.place_path[:depth], asset.kind, draft.what, draft.decided_year, draft.with_recorder, draft.priority,
            draft.listed, draft.based, asset.sensitive, draft.core,
        )  # fmt: skip
        proposed[key].append(draft)
    taken = set(edits.batches)
    for place, members in proposed.items():
        named = f"p-{hashlib.blake2s(json.dumps(place).encode(), digest_size=10).hexdigest()}"
        while named in taken:
            named += "+"
        taken.add(named)
        made.append(BatchDraft(named, tuple(members), None, members[0].asset.place_path[:depth]))
    return made


def _apart(members: list[RowDraft], edit: BatchEdit) -> tuple[list[RowDraft], list[RowDraft]]:
    """Those that stay together, and those that were decided otherwise since; one that all were decided alike takes along."""
    found: defaultdict[tuple[Option | None, int | None], list[RowDraft]] = defaultdict(list)
    for draft in members:
        found[(draft.what, first_year(draft.decided_year))].append(draft)
    if not found:
        return [], []
    what = OPTIONS[edit.what] if edit.what else None
    then = (what, first_year(edit.year) if what not in (None, "keep") else None)
    kept = then if then in found else max(found, key=lambda key: (len(found[key]), str(key)))
    return found[kept], [draft for key, drafts in found.items() if key != kept for draft in drafts]


def _notes(edit: BatchEdit, stay: Sequence[RowDraft], leave: Sequence[RowDraft], gone: Sequence[str]) -> Iterable[str]:
    if gone:
        named = [clean(ref, 24) for ref in gone if ref]
        rest = len(gone) - len(named)
        said = _refs(named) + (f"{' and ' if named else ''}{count(rest, 'row')}" if rest else "")
        yield f"{said} {fitting(len(gone))} no longer in use."
    if leave:
        has = fitting(len(leave), "has", "have")
        where = fitting(len(leave), "is in a batch of its own", "are in batches of their own")
        yield f"{_refs([clean(draft.asset.ref, 24) for draft in leave])} {has} another decision now and {where}."
    if not stay:
        yield "The cameras of this batch are no longer in use, so it is left out of every total."
    elif (gone or leave) and edit.quantity is not None and edit.quantity != len(stay):
        yield f"The quantity {edit.quantity:,} was typed; {count(len(stay), 'row is', 'rows are')} left in it."


def batch_of(group: BatchDraft, basis: Basis, names: Mapping[tuple[str, ...], str]) -> Batch:
    """The batch with all that is worked out of it but its needs."""
    edit, drafts = group.edit, group.drafts
    kind: DeviceKind = drafts[0].asset.kind if drafts else edit.kind if edit else "unknown"
    if drafts and edit and any(draft.asset.kind != kind for draft in drafts):
        kind = edit.kind
    option = _option(group)
    acting = option not in (None, "keep")
    priority: Priority = min(draft.priority for draft in drafts) if drafts else 4
    if edit and edit.priority:
        priority = edit.priority
    first = drafts[0].first if drafts else first_year(edit.year) if edit else None
    undated = edit is not None and edit.undated and first is None
    if acting and not undated and first is None and priority < 4:
        first = basis.start + priority - 1
    year = year_label(max(first, basis.start), basis.year_starts) if acting and first is not None else None
    quantity = edit.quantity if edit and edit.quantity is not None else len(drafts)
    unit, fitting = prices(basis.costs, kind, option)
    if edit:
        unit, fitting = edit.unit if edit.unit is not None else unit, edit.fitting if edit.fitting is not None else fitting
    other = edit.other if edit else None
    name = (edit.name if edit else None) or names[group.path]
    return Batch(
        id=group.id,
        name=name,
        kind=kind,
        option=option,
        priority=priority,
        year=year,
        place_path=group.path,
        assets=tuple(draft.asset.id for draft in drafts),
        refs=tuple(draft.asset.ref for draft in drafts),
        sensitive=any(draft.asset.sensitive for draft in drafts),
        core=any(draft.core for draft in drafts),
        reachable=any(draft.reachable for draft in drafts),
        listed=sum(draft.listed for draft in drafts),
        based=sum(draft.based for draft in drafts),
        reason=(edit.reason if edit else None) or batch_reason(drafts, option, year),
        quantity=quantity,
        unit=unit,
        fitting=fitting,
        other=other,
        total=batch_total(option, quantity, unit, fitting, other) if drafts else None,
        notes=(*group.notes, *_no_recorder(option, drafts)),
        typed=_typed(edit),
        touched=edit is not None,
        out=edit is not None and edit.out,
        target_date=edit.target_date if edit else None,
        disposal=edit.disposal if edit else None,
        wiped_on=edit.wiped_on if edit else None,
        wipe_certificate=edit.wipe_certificate if edit else None,
        weee_note=edit.weee_note if edit else None,
        status=(edit.status if edit else None) or "planned",
        note=edit.note if edit else None,
    )


def _option(group: BatchDraft) -> Option | None:
    edit = group.edit
    if not group.drafts:
        what = OPTIONS[edit.what] if edit and edit.what else None
        return "replace-with-recorder" if what == "replace" and edit and edit.with_recorder else what
    what = group.drafts[0].what
    if what != "replace":
        return what
    said = edit.with_recorder if edit else None
    together = all(draft.with_recorder for draft in group.drafts) if said is None else said
    return "replace-with-recorder" if together else "replace"


def _no_recorder(option: Option | None, drafts: Sequence[RowDraft]) -> tuple[str, ...]:
    if option != "replace-with-recorder":
        return ()
    loose = [clean(draft.asset.ref, 24) for draft in drafts if draft.asset.connected_to is None]
    if not loose:
        return ()
    they = f"{_refs(loose)} {fitting(len(loose), 'is', 'are')}"
    return (f"The record does not say which recorder {they} connected to; it is not in the costs by this batch.",)


def _typed(edit: BatchEdit | None) -> frozenset[Typed]:
    if edit is None:
        return frozenset()
    found: set[Typed] = {name for name in _TYPED if getattr(edit, name) is not None}
    if edit.undated:
        found.add("year")
    return frozenset(found)


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    shortest, longest = min(paths), max(paths)
    same = 0
    for one, two in zip(shortest, longest, strict=False):
        if one != two:
            break
        same += 1
    return shortest[:same]


def order_of(batch: Batch) -> tuple[object, ...]:
    """Work first by year and priority, what is exposed first; then undecided, kept, and taken out."""
    stage = 3 if batch.out else 0 if batch.option not in (None, "keep") else 1 if batch.option is None else 2
    return (
        stage,
        stage == 0 and batch.year is None,
        batch.year or "",
        batch.priority,
        not (batch.sensitive or batch.core or batch.reachable),
        not batch.listed,
        not batch.based,
        batch.kind != "camera",
        batch.kind,
        natural_path(batch.place_path),
        natural(batch.name),
        natural(batch.refs[0]) if batch.refs else "",
        batch.id,
    )


def _refs(refs: Sequence[str]) -> str:
    return joined(shortened(refs, REFS_NAMED))
