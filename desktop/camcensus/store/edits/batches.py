"""The batches of the replacement plan, as they are in the plan that is shown: so what was seen is what is changed.

What a batch is to do and when is the decision of its rows, so the register and the plan say the same; the rest is the batch's.
No edit of the plan judges a device again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from camcensus.model.asset import DecisionWhat
from camcensus.model.errors import StoreError
from camcensus.model.plan import NEED_STATE_WORDS, NEED_WORDS, OPTION_WORDS, Batch, NeedKind, NeedState, Option
from camcensus.model.plan_fields import checked_field, field_title
from camcensus.model.words import clean, count
from camcensus.store.changelog import GONE
from camcensus.store.edits.plan import year_of
from camcensus.store.pen import Pen, edit

GONE_BATCH = "That batch is no longer in the plan; look at it again."
_WHAT: dict[Option, DecisionWhat] = {
    "keep": "keep", "separate": "separate", "replace": "replace", "replace-with-recorder": "replace", "remove": "remove",
}  # fmt: skip


@edit("plan-set", failed="The plan was not changed")
def set_fields(pen: Pen, batches: Sequence[Batch], values: Mapping[str, object]) -> str:
    """Say things of batches, field by field (`model.plan_fields.FIELDS`); None or "" is "as proposed" again.

    Text is read as a person types it ("£180.50", "24/11/2026"); a whole number of money is pence. Raises
    StoreError where a value does not fit.
    """
    kept = {name: checked_field(name, value) for name, value in values.items()}
    if not kept:
        raise StoreError("There is nothing to record yet; fill in at least one field.")
    named = these(batches)
    for batch in batches:
        save_batch(pen, batch)
    pen.set("plan_batch", [batch.id for batch in batches], kept)
    title = field_title(next(iter(kept))) if len(kept) == 1 else count(len(kept), "field")
    return f"{title} set for {named}."


@edit("plan-option", failed="The decision was not recorded")
def set_option(pen: Pen, batches: Sequence[Batch], option: Option | None) -> str:
    """Say what is to be done: it is the decision of their rows. None takes the decision back.

    With "replace-with-recorder" the recorders on which the rows hang are to be replaced in the same year.
    """
    named, also = these(batches), Counter[str]()
    for batch in batches:
        _with_rows(batch)
        save_batch(pen, batch)
        what = None if option is None else _WHAT[option]
        year = _year_of(pen, batch.id)
        if what in (None, "keep"):
            year = None
        _decide(pen, batch.assets, what, year)
        with_recorder = None if what != "replace" or batch.kind != "camera" else int(option == "replace-with-recorder")
        values: dict[str, Any] = {"what": what, "year": year, "with_recorder": with_recorder}
        pen.set("plan_batch", batch.id, values if year or what not in (None, "keep") else values | {"undated": 0})
        if option == "replace-with-recorder":
            also.update(_replace_recorders(pen, batch.assets, year))
    word = "Not decided" if option is None else OPTION_WORDS[option]
    with_them = f" {', '.join(sorted(also))} {'is' if len(also) == 1 else 'are'} replaced with them." if also else ""
    return f"{named}: {word}.{with_them}"


@edit("plan-year", failed="The batch was not moved")
def move_to_year(pen: Pen, batches: Sequence[Batch], year: str | None) -> str:
    """Put batches in a financial year (one of `Plan.year_choices`, or any such label), None in none ("No year yet").

    Raises StoreError for what is no financial year, and for a batch of which nothing is decided or that is kept.
    """
    year = year_of(pen, year)
    for batch in batches:
        if batch.option in (None, "keep"):
            raise StoreError(f"Decide first what to do with {clean(batch.name, 60)}; then it can be put in a year.")
        _with_rows(batch)
        save_batch(pen, batch)
        pen.set("asset", batch.assets, {"decision_year": year, "decision_by": pen.by, "decision_at": pen.at})
        pen.set("plan_batch", batch.id, {"year": year, "undated": int(year is None)})
    return f"{these(batches)} moved to {year or 'no year'}."


@edit("plan-out", failed="The batch was not taken out")
def take_out(pen: Pen, batches: Sequence[Batch]) -> str:
    """Leave batches out of the plan and its totals; decisions stay as they are."""
    return _leave_out(pen, batches, True)


@edit("plan-out", failed="The batch was not put back")
def put_back(pen: Pen, batches: Sequence[Batch]) -> str:
    """Put batches that were taken out back into the plan."""
    return _leave_out(pen, batches, False)


def _leave_out(pen: Pen, batches: Sequence[Batch], out: bool) -> str:
    for batch in batches:
        save_batch(pen, batch)
    pen.set("plan_batch", [batch.id for batch in batches], {"out": int(out)})
    return f"{these(batches)} {'taken out of' if out else 'put back into'} the plan."


@edit("plan-again", failed="The plan was not changed")
def propose_again(pen: Pen, batches: Sequence[Batch]) -> str:
    """Drop what staff typed of batches, so that their rows are proposed again; decisions stay. Also removes an empty batch."""
    for batch in batches:
        _forget(pen, batch.id)
    return f"{these(batches)} {'is' if len(batches) == 1 else 'are'} as proposed again."


@edit("plan-need", failed="The answer was not saved")
def set_need(pen: Pen, batches: Sequence[Batch], kind: NeedKind, state: NeedState, note: str) -> str:
    """Say of something that the work depends on whether it is settled, and how."""
    values = {"state": state, "note": checked_field("note", note) or ""}
    for batch in batches:
        save_batch(pen, batch)
        key = (batch.id, kind)
        if pen.db.execute("SELECT 1 FROM plan_need WHERE batch = ? AND kind = ?", list(key)).fetchone():
            pen.set("plan_need", key, values)
        else:
            pen.insert("plan_need", key, values)
    return f"{these(batches)}: {NEED_WORDS[kind]}: {NEED_STATE_WORDS[state].lower()}."


def these(batches: Sequence[Batch]) -> str:
    """ "Main entrance", "3 batches" – for the undo strip. Raises StoreError for none."""
    if not batches:
        raise StoreError("Choose at least one batch first.")
    return clean(batches[0].name, 60) if len(batches) == 1 else count(len(batches), "batch", "batches")


def save_batch(pen: Pen, batch: Batch) -> None:
    """Make a proposed batch staff's own: its rows stay together from now on.

    Of one that is kept already only the decision is taken over that its rows have by now: they may have been decided elsewhere.
    """
    kept = pen.db.execute("SELECT what, year FROM plan_batch WHERE id = ?", [batch.id]).fetchone()
    if kept is None and batch.touched:
        raise StoreError(GONE_BATCH)
    wanted = json.dumps(batch.assets)
    sql = "SELECT decision, decision_year FROM asset WHERE id IN (SELECT value FROM json_each(?))"
    decided = pen.db.execute(sql, [wanted]).fetchall()
    if len(decided) != len(batch.assets):
        raise StoreError(GONE)
    found = Counter((row[0], row[1]) for row in decided)
    what, year = found.most_common(1)[0][0] if found else (None, None)
    if kept is not None:
        if found and tuple(kept) not in found:
            pen.set("plan_batch", batch.id, {"what": what, "year": year})
        return
    path = json.dumps(batch.place_path, ensure_ascii=False)
    pen.insert("plan_batch", batch.id, {"kind": batch.kind, "place_path": path, "what": what, "year": year})
    _pin(pen, batch.assets, batch.id)


def _pin(pen: Pen, assets: Iterable[str], batch: str) -> None:
    rows = list(assets)
    sql = "SELECT asset FROM plan_row WHERE asset IN (SELECT value FROM json_each(?))"
    held = {row[0] for row in pen.db.execute(sql, [json.dumps(rows)])}
    pen.set("plan_row", [asset for asset in rows if asset in held], {"batch": batch})
    for asset in rows:
        if asset not in held:
            pen.insert("plan_row", asset, {"batch": batch})


def _decide(pen: Pen, assets: Sequence[str], what: DecisionWhat | None, year: str | None) -> None:
    """Decides rows, as far as they are decided otherwise; the reason that somebody typed stays."""
    sql = "SELECT id FROM asset WHERE id IN (SELECT value FROM json_each(?)) AND (decision IS NOT ? OR decision_year IS NOT ?)"
    rows = [row[0] for row in pen.db.execute(sql, [json.dumps(list(assets)), what, year])]
    values: dict[str, Any] = {"decision": what, "decision_year": year, "decision_review_on": None}
    who = {"decision_by": pen.by, "decision_at": pen.at} if what else {"decision_by": None, "decision_at": None}
    pen.set("asset", rows, values | who)


def _replace_recorders(pen: Pen, assets: Sequence[str], year: str | None) -> list[str]:
    """Decides that the recorders on which rows hang are replaced; gives the refs of those that were not yet."""
    sql = (
        "SELECT DISTINCT there.id, there.ref FROM asset AS mine JOIN asset AS there ON there.id = mine.connected_to"
        " WHERE mine.id IN (SELECT value FROM json_each(?)) AND there.kind = 'recorder'"
        " AND there.status NOT IN ('spare', 'removed')"
        " AND there.decision IS NOT 'replace' ORDER BY there.ref"
    )
    found = pen.db.execute(sql, [json.dumps(list(assets))]).fetchall()
    _decide(pen, [row[0] for row in found], "replace", year)
    return [clean(row[1], 24) for row in found]


def _year_of(pen: Pen, batch: str) -> str | None:
    row = pen.db.execute("SELECT year FROM plan_batch WHERE id = ?", [batch]).fetchone()
    return row[0] if row else None


def _kept(pen: Pen, batch: str) -> dict[str, Any]:
    return next(pen.db.query("SELECT * FROM plan_batch WHERE id = ?", [batch]), {})


def _forget(pen: Pen, batch: str) -> None:
    if not _kept(pen, batch):
        return
    for (kind,) in pen.db.execute("SELECT kind FROM plan_need WHERE batch = ?", [batch]).fetchall():
        pen.delete("plan_need", (batch, kind))
    for (asset,) in pen.db.execute("SELECT asset FROM plan_row WHERE batch = ?", [batch]).fetchall():
        pen.delete("plan_row", asset)
    pen.delete("plan_batch", batch)


def _with_rows(batch: Batch) -> None:
    if not batch.assets:
        raise StoreError(f"No row of {clean(batch.name, 60)} is in the register any more; remove it from the plan.")
