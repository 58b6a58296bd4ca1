"""The replacement plan as both faces call it: the plan as it is now, what staff change of it, and its versions.

Every verb takes the batches as they are in the plan that is shown (`plan`), so what was seen is what is changed. Each is one
edit: one line of the change log, undone as one, and none judges a device again.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plain import to_plain
from camcensus.model.plan import Batch, Level, Need, NeedKind, NeedState, Option, OwnLine, Plan, VersionInfo
from camcensus.model.plan_edits import PlanChoices
from camcensus.planning.years import first_year, year_label
from camcensus.store import planned
from camcensus.store.changelog import Pen
from camcensus.store.inventory import Inventory
from camcensus.store.planned import CHOICES
from camcensus.tasks.register.plan import plan, version_plan

__all__ = [
    "add_line", "change_line", "choices", "choose", "frozen", "line_names", "make_version", "merge", "move_rows",
    "move_to_year", "networks", "plan", "propose_again", "put_back", "remove_line", "set_fields", "set_need", "set_option",
    "split", "take_out", "take_out_rows", "version_plan", "versions",
]  # fmt: skip


def set_fields(inventory: Inventory, batches: Sequence[Batch], values: Mapping[str, object], by: str, now: datetime) -> Changes:
    """Say things of batches, field by field (`model.plan_fields.FIELDS`); None or "" is "as proposed" again.

    Text is read as a person types it ("£180.50", "24/11/2026"); a whole number of money is pence. A price is remembered and
    offered for the next batch of that kind (`Batch.offered_unit`). Raises StoreError where a value does not fit.
    """
    return _edit(inventory, "plan-set", lambda pen: planned.set_fields(pen, batches, values), by, now)


def set_option(inventory: Inventory, batches: Sequence[Batch], option: Option | None, by: str, now: datetime) -> Changes:
    """Say what is to be done with batches: it is recorded as the decision of their rows. None takes the decision back.

    "replace-with-recorder" also decides that the recorders on which the cameras hang are replaced. Raises StoreError.
    """
    return _edit(inventory, "plan-option", lambda pen: planned.set_option(pen, batches, option), by, now)


def move_to_year(inventory: Inventory, batches: Sequence[Batch], year: str | None, by: str, now: datetime) -> Changes:
    """Put batches in a financial year (one of `Plan.year_choices`, or any such label), None in none ("Not dated").

    Raises StoreError for what is no financial year, and for a batch of which nothing is decided or that is kept.
    """
    named = _year(inventory, year)
    return _edit(inventory, "plan-year", lambda pen: planned.move_to_year(pen, batches, named), by, now)


def split(
    inventory: Inventory, batch: Batch, assets: Sequence[str], by: str, now: datetime, *, name: str | None = None
) -> tuple[Changes, str]:
    """Put some rows of a batch into a new one with the same option, year and prices; gives the new batch's id.

    Raises StoreError where none or all of its rows are chosen.
    """
    made: list[str] = []

    def work(pen: Pen) -> str:
        new, say = planned.split(pen, batch, assets, name)
        made.append(new)
        return say

    return _edit(inventory, "plan-split", work, by, now), made[0]


def merge(inventory: Inventory, batches: Sequence[Batch], into: Batch, by: str, now: datetime) -> Changes:
    """Put batches together: the rows of the others join `into`, and are decided as its rows are.

    Typed quantities and other costs are added; the sentence says where other prices are dropped.
    """
    return _edit(inventory, "plan-merge", lambda pen: planned.merge(pen, batches, into), by, now)


def move_rows(inventory: Inventory, assets: Sequence[str], into: Batch, by: str, now: datetime) -> Changes:
    """Move rows to another batch: they are then decided as its rows are."""
    return _edit(inventory, "plan-move", lambda pen: planned.move(pen, assets, into), by, now)


def take_out(inventory: Inventory, batches: Sequence[Batch], by: str, now: datetime) -> Changes:
    """Leave batches out of the plan and its totals; decisions stay as they are."""
    return _edit(inventory, "plan-out", lambda pen: planned.take_out(pen, batches, True), by, now)


def take_out_rows(inventory: Inventory, batch: Batch, assets: Sequence[str], by: str, now: datetime) -> Changes:
    """Leave some rows of a batch out of the plan; all of them is `take_out`."""
    if set(batch.assets) <= set(assets):
        return take_out(inventory, [batch], by, now)
    return _edit(inventory, "plan-out", lambda pen: planned.split(pen, batch, assets, None, out=True)[1], by, now)


def put_back(inventory: Inventory, batches: Sequence[Batch], by: str, now: datetime) -> Changes:
    """Put batches that were taken out back into the plan."""
    return _edit(inventory, "plan-out", lambda pen: planned.take_out(pen, batches, False), by, now)


def propose_again(inventory: Inventory, batches: Sequence[Batch], by: str, now: datetime) -> Changes:
    """Drop what staff typed of batches, so that their rows are proposed again; decisions stay. Also removes an empty batch."""
    return _edit(inventory, "plan-again", lambda pen: planned.propose_again(pen, batches), by, now)


def set_need(
    inventory: Inventory, batches: Sequence[Batch], kind: NeedKind, state: NeedState, note: str, by: str, now: datetime
) -> Changes:
    """Say of something that the work depends on whether it is settled, and how."""
    return _edit(inventory, "plan-need", lambda pen: planned.set_need(pen, batches, Need(kind, None, state, note)), by, now)


def add_line(inventory: Inventory, line: OwnLine, by: str, now: datetime) -> tuple[Changes, str]:
    """A line that is no camera ("Cabling, lift hire"); gives its id, made here. Raises StoreError where it does not fit."""
    made = _line(inventory, line, str(uuid.uuid4()))
    return _edit(inventory, "plan-line", lambda pen: planned.put_line(pen, made), by, now), made.id


def change_line(inventory: Inventory, line: OwnLine, by: str, now: datetime) -> Changes:
    """Keep what was changed of a line (by its id); also its year."""
    made = _line(inventory, line, line.id)
    return _edit(inventory, "plan-line", lambda pen: planned.put_line(pen, made), by, now)


def remove_line(inventory: Inventory, line_id: str, by: str, now: datetime) -> Changes:
    """Take a line away."""
    return _edit(inventory, "plan-line", lambda pen: planned.remove_line(pen, line_id), by, now)


def choose(
    inventory: Inventory,
    by: str,
    now: datetime,
    *,
    level: Level | None = None,
    first_year_label: str | None = None,
    core_networks: Iterable[str] = (),
    count_based: bool = True,
) -> Changes:
    """Keep the choices for the whole plan: how finely batches are made (None: by the size of the register), the first
    financial year (None: this one), which networks are core (of `networks`), and whether makers based in China count.

    Raises StoreError for what is no year.
    """
    first = first_year(_year(inventory, first_year_label))
    choices = PlanChoices(level, first, frozenset(core_networks), count_based)

    def work(pen: Pen) -> str:
        planned.put_setting(pen, CHOICES, json.dumps(to_plain(choices), ensure_ascii=False))
        return "Choices for the plan saved."

    return _edit(inventory, "plan-choose", work, by, now)


def choices(inventory: Inventory) -> PlanChoices:
    """What is chosen for the whole plan."""
    return inventory.plan_edits().choices


def networks(inventory: Inventory) -> tuple[str, ...]:
    """The networks on which devices of the register were seen, as they are named: those that may be core."""
    return tuple(sorted({answer.network for answer in inventory.answers().values() if answer.network}))


def line_names(inventory: Inventory) -> dict[str, tuple[int | None, int | None]]:
    """Names that were typed for lines before, each with its last unit and fitting price: offered again."""
    used = inventory.plan_edits().last_used
    return {name.removeprefix("line:"): (one.unit, one.fitting) for name, one in used.items() if name.startswith("line:")}


def make_version(inventory: Inventory, shown: Plan, knowledge: Knowledge, note: str, by: str, now: datetime) -> Changes:
    """Keep the plan as it is now as the next version; later plans say what changed since. It can be undone like an edit."""
    kept = frozen(shown)
    brief = replace(kept, items=(), kept=(), undecided=(), taken_out=(), questions=(), dependencies=(), risks=(), urgent=())

    def work(pen: Pen) -> str:
        return planned.make_version(
            pen, shown.total, plan=_json(kept), brief=_json(brief), note=note, knowledge_version=knowledge.version
        )

    return _edit(inventory, "plan-version", work, by, now)


def versions(inventory: Inventory) -> tuple[VersionInfo, ...]:
    """The versions that were made, newest first."""
    return inventory.plan_versions()


def frozen(shown: Plan) -> Plan:
    """A plan as a version keeps it: without the version before, what was stated of makers, and what is in it twice
    (`version_plan` puts that back)."""
    return replace(shown, version=None, changes=(), could_replace=(), unidentified=(), unpriced=())


def _json(plan: Plan) -> str:
    return json.dumps(to_plain(plan), ensure_ascii=False, separators=(",", ":"))


def _edit(inventory: Inventory, verb: str, work: Callable[[Pen], str], by: str, now: datetime) -> Changes:
    return inventory.edit(verb, work, by, now)


def _line(inventory: Inventory, line: OwnLine, line_id: str) -> OwnLine:
    return replace(line, id=line_id, year=_year(inventory, line.year))


def _year(inventory: Inventory, label: str | None) -> str | None:
    """A financial year as it is written here. Raises StoreError for what is none."""
    if label is None or not label.strip():
        return None
    first = first_year(label)
    if first is None or not 1990 <= first <= 2100:
        raise StoreError("That is no financial year; write it like 2026-27.")
    return year_label(first, inventory.body.year_starts)
