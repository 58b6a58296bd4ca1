"""Edits of the replacement plan: batches, their rows, own lines, versions. Each takes a Pen and gives a sentence.

What a batch is to do and when is the decision of its rows, so the register and the plan say the same; the rest is the batch's.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from camcensus.model.asset import DecisionWhat
from camcensus.model.errors import StoreError
from camcensus.model.plan import NEED_STATE_WORDS, NEED_WORDS, OPTION_WORDS, Batch, Need, Option, OwnLine, YearTotal
from camcensus.model.plan_fields import checked_field, field_title
from camcensus.model.words import clean, count
from camcensus.store.changelog import GONE, Pen

LAST_USED, CHOICES = "plan.last-used", "plan.choices"
GONE_BATCH = "That batch is no longer in the plan; look at it again."
_WHAT: dict[Option, DecisionWhat] = {
    "keep": "keep", "separate": "separate", "replace": "replace", "replace-with-recorder": "replace", "remove": "remove",
}  # fmt: skip
_COPIED = (
    "kind", "place_path", "what", "year", "undated", "with_recorder", "priority", "reason", "unit", "fitting", "target_date",
    "status",
)  # fmt: skip


def set_fields(pen: Pen, batches: Sequence[Batch], values: Mapping[str, object]) -> str:
    """Say things of batches; None or "" is "as proposed". Raises StoreError where a value does not fit."""
    kept = {name: checked_field(name, value) for name, value in values.items()}
    if not kept:
        raise StoreError("There is nothing to record yet; fill in at least one field.")
    named = these(batches)
    for batch in batches:
        save_batch(pen, batch)
    pen.set("plan_batch", [batch.id for batch in batches], kept)
    _remember_prices(pen, {batch.kind for batch in batches}, kept)
    title = field_title(next(iter(kept))) if len(kept) == 1 else count(len(kept), "field")
    return f"{title} set for {named}."


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


def move_to_year(pen: Pen, batches: Sequence[Batch], year: str | None) -> str:
    """Put batches in a financial year, None in none. Raises StoreError where it is not decided what is to be done."""
    for batch in batches:
        if batch.option in (None, "keep"):
            raise StoreError(f"Say first what is to be done with {clean(batch.name, 60)}; then it can be put in a year.")
        _with_rows(batch)
        save_batch(pen, batch)
        pen.set("asset", batch.assets, {"decision_year": year, "decision_by": pen.by, "decision_at": pen.at})
        pen.set("plan_batch", batch.id, {"year": year, "undated": int(year is None)})
    return f"{these(batches)} moved to {year or 'no year'}."


def split(pen: Pen, batch: Batch, assets: Sequence[str], name: str | None, *, out: bool = False) -> tuple[str, str]:
    """Put some rows of a batch into a new one; gives its id and the sentence. Raises StoreError for none or for all of them."""
    chosen = [asset for asset in batch.assets if asset in set(assets)]
    if not chosen or len(chosen) == len(batch.assets):
        raise StoreError(f"Choose some of the rows of {clean(batch.name, 60)}, and not all of them.")
    save_batch(pen, batch)
    made = str(uuid.uuid4())
    source = next(pen.db.query("SELECT * FROM plan_batch WHERE id = ?", [batch.id]))
    values = {column: source[column] for column in _COPIED}
    pen.insert("plan_batch", made, values | {"name": checked_field("name", name), "by_hand": 1, "out": int(out)})
    pen.set("plan_row", chosen, {"batch": made})
    pen.set("plan_batch", batch.id, {"by_hand": 1})
    said = count(len(chosen), "row")
    if out:
        return made, f"{said} of {clean(batch.name, 60)} taken out of the plan."
    return made, f"{said} of {clean(batch.name, 60)} split off."


def merge(pen: Pen, batches: Sequence[Batch], into: Batch) -> str:
    """Put the rows of batches into one, which keeps its own words and prices; their quantities and other costs are added."""
    others = [batch for batch in batches if batch.id != into.id]
    if not others:
        raise StoreError("Choose at least two batches to put together.")
    save_batch(pen, into)
    typed = any("quantity" in batch.typed for batch in (into, *others))
    quantity = into.quantity + sum(batch.quantity for batch in others) if typed else None
    other = _kept(pen, into.id)["other"]
    lost = []
    for batch in others:
        before = _kept(pen, batch.id)
        if before.get("other") is not None:
            other = (other or 0) + before["other"]
        if {before.get("unit"), before.get("fitting")} - {None, into.unit, into.fitting}:
            lost.append(batch)
        move(pen, batch.assets, into)
        _forget(pen, batch.id)
    pen.set("plan_batch", into.id, {"quantity": quantity, "other": other, "by_hand": 1})
    gone = f" The prices of {these(lost)} were other ones and are not kept." if lost else ""
    return f"{these(others)} put together with {clean(into.name, 60)}.{gone}"


def move(pen: Pen, assets: Sequence[str], into: Batch) -> str:
    """Put rows into a batch: they are then decided as its rows are."""
    save_batch(pen, into)
    new = [asset for asset in dict.fromkeys(assets) if asset not in set(into.assets)]
    if new:
        _pin(pen, new, into.id)
        kept = _kept(pen, into.id)
        _decide(pen, new, kept["what"], kept["year"])
    # Rows of other places would give it another name by themselves.
    pen.set("plan_batch", into.id, {"by_hand": 1, "name": _kept(pen, into.id)["name"] or checked_field("name", into.name)})
    return f"{count(len(new), 'row')} moved to {clean(into.name, 60)}."


def take_out(pen: Pen, batches: Sequence[Batch], out: bool) -> str:
    """Leave batches out of the plan, or put them back; their rows stay decided as they are."""
    for batch in batches:
        save_batch(pen, batch)
    pen.set("plan_batch", [batch.id for batch in batches], {"out": int(out)})
    return f"{these(batches)} {'taken out of' if out else 'put back into'} the plan."


def propose_again(pen: Pen, batches: Sequence[Batch]) -> str:
    """Drop what staff typed of batches, so that their rows are proposed again; decisions stay."""
    for batch in batches:
        _forget(pen, batch.id)
    return f"{these(batches)} {'is' if len(batches) == 1 else 'are'} as proposed again."


def set_need(pen: Pen, batches: Sequence[Batch], need: Need) -> str:
    """Say of something that the work depends on whether it is settled, and how."""
    note = checked_field("note", need.note) or ""
    for batch in batches:
        save_batch(pen, batch)
        key, values = (batch.id, need.kind), {"state": need.state, "note": note}
        if pen.db.execute("SELECT 1 FROM plan_need WHERE batch = ? AND kind = ?", list(key)).fetchone():
            pen.set("plan_need", key, values)
        else:
            pen.insert("plan_need", key, values)
    return f"{these(batches)}: {NEED_WORDS[need.kind]}: {NEED_STATE_WORDS[need.state].lower()}."


def put_line(pen: Pen, line: OwnLine) -> str:
    """A line of staff's own, new or changed (by its id). Raises StoreError without a name or where a figure does not fit."""
    name = checked_field("name", line.name)
    if name is None:
        raise StoreError("The line needs a name; type one, like “Cabling”.")
    values = {
        "name": name,
        "quantity": checked_field("quantity", line.quantity),
        "unit": checked_field("unit", line.unit),
        "fitting": checked_field("fitting", line.fitting),
        "year": line.year,
        "priority": checked_field("priority", line.priority),
        "reason": checked_field("reason", line.reason) or "",
    }
    if pen.db.execute("SELECT 1 FROM plan_line WHERE id = ?", [line.id]).fetchone():
        pen.set("plan_line", line.id, values)
        said = "saved"
    else:
        (number,) = pen.db.execute("SELECT coalesce(max(number), 0) + 1 FROM plan_line").fetchone()
        pen.insert("plan_line", line.id, values | {"number": number})
        said = "added"
    _remember(pen, f"line:{str(name).casefold()}", {"unit": values["unit"], "fitting": values["fitting"]})
    return f"{clean(str(name), 60)} {said}."


def remove_line(pen: Pen, line: str) -> str:
    """Take a line of staff's own away."""
    row = pen.db.execute("SELECT name FROM plan_line WHERE id = ?", [line]).fetchone()
    if row is None:
        raise StoreError("That line is no longer in the plan; look at it again.")
    pen.delete("plan_line", line)
    return f"{clean(row[0], 60)} removed."


def put_setting(pen: Pen, key: str, value: str) -> None:
    """Keep a choice for the plan."""
    if pen.db.execute("SELECT 1 FROM setting WHERE key = ?", [key]).fetchone():
        pen.set("setting", key, {"value": value})
    else:
        pen.insert("setting", key, {"value": value})


def make_version(pen: Pen, total: YearTotal, *, plan: str, brief: str, note: str, knowledge_version: str) -> str:
    """Keep the plan as it is now (JSON), with a number of its own; `brief` is the same without its rows."""
    (number,) = pen.db.execute("SELECT coalesce(max(number), 0) + 1 FROM plan_version").fetchone()
    values = {
        "number": number, "made_at": pen.at, "made_by": pen.by or "", "note": checked_field("note", note) or "",
        "knowledge_version": knowledge_version, "total": total.total, "with_vat": total.with_vat, "brief": brief, "plan": plan,
    }  # fmt: skip
    pen.insert("plan_version", str(uuid.uuid4()), values)
    return f"Version {number} of the plan made."


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
        " WHERE mine.id IN (SELECT value FROM json_each(?)) AND there.kind = 'recorder' AND there.status <> 'removed'"
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


def _remember_prices(pen: Pen, kinds: Iterable[str], kept: Mapping[str, Any]) -> None:
    prices = {name: kept[name] for name in ("unit", "fitting") if kept.get(name) is not None}
    if prices:
        for kind in sorted(kinds):
            _remember(pen, kind, prices)


def _remember(pen: Pen, what: str, prices: Mapping[str, Any]) -> None:
    prices = {name: pence for name, pence in prices.items() if pence is not None}
    if not prices:
        return
    row = pen.db.execute("SELECT value FROM setting WHERE key = ?", [LAST_USED]).fetchone()
    try:
        held = json.loads(row[0]) if row else {}
    except ValueError:
        held = {}
    new = held | {what: held.get(what, {}) | prices}
    if new != held:
        put_setting(pen, LAST_USED, json.dumps(new, ensure_ascii=False, sort_keys=True))
