"""What a file of edits may say of the replacement plan: costs, choices, batches, lines, versions."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from camcensus.model.errors import StoreError
from camcensus.model.plan import Costs, Level, NeedKind, NeedState, Option, OwnLine
from camcensus.model.plan_fields import FIELDS
from camcensus.model.tags import pence_of
from camcensus.model.words import clean
from camcensus.store.edits import batches, settings
from camcensus.store.edits import plan as planning
from camcensus.store.pen import Edit, Made
from camcensus.tasks.register.from_file.given import Given
from camcensus.tasks.register.from_file.words import VERBS, FileEdit, verb
from camcensus.tasks.register.plan import plan
from camcensus.tasks.register.verbs import costs


@verb("costs", "values (camera_unit, camera_fitting, recorder_unit, recorder_fitting, separate_unit, remove_unit, "
      "contingency_percent, vat_hundredths)")  # fmt: skip
def _costs(given: Given) -> Edit[str]:
    """Say what one item costs; what is not named stays. VAT is in hundredths of a per cent: 2000 is 20%."""
    said = dict[str, int | None]()
    for name, value in given.values("values").items():
        if name not in Costs.__dataclass_fields__:
            raise StoreError(f"“{clean(name, 40)}” is no cost.")
        pence = pence_of(value) if isinstance(value, str) and name.endswith(("unit", "fitting")) else value
        most = {"contingency_percent": 100, "vat_hundredths": 10_000}.get(name, 10_000_000_00)
        empty = value is None and name != "contingency_percent"
        if not empty and (not isinstance(pence, int) or isinstance(pence, bool) or not 0 <= pence <= most):
            raise StoreError(f'“{name}” must be a cost, like "£180.50", or a whole number.')
        said[name] = pence
    return settings.set_costs(replace(costs(given.inventory), **said))  # type: ignore[arg-type]


@verb("plan-choices", f"level ({', '.join(get_args(Level))}), first_year, core_networks, count_based (true, false)")
def _plan_choices(given: Given) -> Edit[str]:
    """Choose how finely the plan is parted, its first year, which networks are core; what is not named stays."""
    held = given.inventory.plan_edits().choices
    label = given.some_text("first_year") if given.has("first_year") else None
    if not given.has("first_year") and held.first_year is not None:
        label = str(held.first_year)
    return planning.choose(
        level=given.choice("level", Level, none=True) if given.has("level") else held.level,
        first_year_label=label,
        core_networks=given.texts("core_networks", tuple(held.core_networks)),
        count_based=given.flag("count_based", held.count_based),
    )


@verb("plan-set", f"batches, values ({', '.join(FIELDS)})")
def _plan_set(given: Given) -> Edit[str]:
    """Say things of batches of the plan."""
    said = given.values("values")
    if unknown := [name for name in said if name not in FIELDS]:
        raise StoreError(f"“{clean(unknown[0], 40)}” is no field of a batch.")
    return batches.set_fields(given.batches(), said)


VERBS["plan-option"] = FileEdit(
    f"batches, option ({', '.join(get_args(Option))}, or null)",
    "Decide what happens to batches.",
    lambda given: batches.set_option(given.batches(), given.choice("option", Option, none=True)),
)


VERBS["plan-year"] = FileEdit(
    "batches, year (or null)",
    "Put batches in a financial year.",
    lambda given: batches.move_to_year(given.batches(), given.some_text("year")),
)


VERBS["plan-split"] = FileEdit(
    "batch, assets, name",
    "Put some rows of a batch into a new one.",
    lambda given: batches.split(given.batch(), given.assets(), name=given.some_text("name")),
)


VERBS["plan-merge"] = FileEdit(
    "batches, into", "Put batches together.", lambda given: batches.merge(given.batches(), given.batch("into"))
)


VERBS["plan-move"] = FileEdit(
    "assets, into", "Put rows into a batch.", lambda given: batches.move_rows(given.assets(), given.batch("into"))
)


@verb("plan-out", "batches, out (true, false)")
def _plan_out(given: Given) -> Edit[str]:
    """Leave batches out of the plan, or put them back."""
    chosen = given.batches()
    return batches.take_out(chosen) if given.flag("out") else batches.put_back(chosen)


VERBS["plan-out-rows"] = FileEdit(
    "batch, assets",
    "Leave some rows of a batch out of the plan.",
    lambda given: batches.take_out_rows(given.batch(), given.assets()),
)


VERBS["plan-again"] = FileEdit(
    "batches", "Drop what staff typed of batches.", lambda given: batches.propose_again(given.batches())
)


@verb("plan-need", f"batches, need ({', '.join(get_args(NeedKind))}), state ({', '.join(get_args(NeedState))}), note")
def _plan_need(given: Given) -> Edit[str]:
    """Say whether something that the work depends on is settled."""
    need, state = given.choice("need", NeedKind), given.choice("state", NeedState)
    return batches.set_need(given.batches(), need, state, given.text("note", ""))


@verb("plan-line", "name, values (quantity, unit, fitting, year, priority, reason)")
def _plan_line(given: Given) -> Edit[str] | Edit[Made]:
    """Add a line that is no camera, or change the one of that name."""
    name, said = given.text("name"), given.values("values", {})
    if unknown := [one for one in said if one not in OwnLine.__dataclass_fields__ or one in ("id", "name")]:
        raise StoreError(f"“{clean(unknown[0], 40)}” is no field of a line.")
    there = _line(given, name)
    if there is None:
        return planning.add_line(replace(OwnLine(id="", name=name), **said))
    return planning.change_line(replace(there, **said))


@verb("remove-plan-line", "name")
def _remove_plan_line(given: Given) -> Edit[str]:
    """Take a line that is no camera away."""
    there = _line(given, name := given.text("name"))
    if there is None:
        raise StoreError(f"The plan has no line “{clean(name, 60)}”.")
    return planning.remove_line(there.id)


@verb("plan-version", "note")
def _plan_version(given: Given) -> Edit[str]:
    """Keep the plan as it is now as a version."""
    shown = plan(given.inventory, given.knowledge, given.pen.now)
    return planning.make_version(shown, given.knowledge.version, given.text("note", ""))


def _line(given: Given, name: str) -> OwnLine | None:
    lines = plan(given.inventory, given.knowledge, given.pen.now).lines
    return next((one for one in lines if one.name.casefold() == name.strip().casefold()), None)
