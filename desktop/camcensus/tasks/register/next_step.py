"""The one thing to do next, by what is in the record: one sentence, one button."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from camcensus.model import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count, fitting, joined, kinds_in_words, long_date
from camcensus.planning.counts import is_counted
from camcensus.store.inventory import Inventory
from camcensus.tasks.register.recheck import census_due
from camcensus.tasks.register.rows import AssetRow, count_rows

UNDECIDED = "?undecided"
"""The plan's column of what nobody decided yet."""


@frozen
class NextStep:
    """A sentence, what the button says, and the page with the wish that it leads to."""

    say: str
    button: str
    page: str
    wish: object = None


def next_step(
    inventory: Inventory | None, rows: Sequence[AssetRow], to_check: int, knowledge: Knowledge, now: datetime
) -> NextStep:
    """What to do next with rows that are there. A maker that most lack comes first, then listed makers, then the rest."""
    due = census_due(inventory, now)
    if due is not None:
        searched = inventory is not None and any(scan.is_search for scan in inventory.scans())
        return NextStep(due, "Search again" if searched else "Search the network", "find", "again")
    here = [row for row in rows if is_counted(row.asset)]
    open_ = [row for row in here if row.asset.decision is None]
    check = NextStep(
        f"{count(to_check, 'item')} {fitting(to_check, 'needs', 'need')} checking. The label usually says who made it.",
        f"Check the {to_check:,}" if to_check > 1 else "Check it",
        "checking",
    )
    if to_check and 2 * sum(row.maker is None for row in here) > len(here):
        return check
    listed = count_rows([row for row in open_ if row.state == "listed"])
    if number := listed.items.listed.number:
        names = joined(sorted(clean(knowledge.name_of(one.maker), 40) for one in listed.items.makers if one.listed))
        said = f"{kinds_in_words(listed.kinds)} by {names} (listed) {fitting(number, 'has', 'have')} no decision yet"
        say = f"{said}. Keep, replace or remove {fitting(number, 'it', 'them')}?"
        return NextStep(say, "Decide in the plan", "plan", UNDECIDED)
    if to_check:
        return check
    if open_:
        none = "" if any(row.state == "listed" for row in here) else "No listed maker was found. "
        undecided = f"{count(len(open_), 'item')} {fitting(len(open_), 'has', 'have')} no decision yet"
        button = f"Decide on the {len(open_):,}" if len(open_) > 1 else "Decide on it"
        return NextStep(f"{none}{undecided}: keep, replace or remove?", button, "cameras", {"only": "undecided"})
    signed = inventory.plan_versions() if inventory is not None else ()
    if not signed:
        return NextStep("Every item has a decision. Print the plan and have it signed.", "Open the plan", "plan")
    say = f"The plan was signed on {long_date(signed[0].made_at)}. Mark each part of it when it is done."
    return NextStep(say, "Open the plan", "plan")


def maker_numbers(rows: Sequence[AssetRow], knowledge: Knowledge, most: int = 4) -> str:
    """ "Hikvision made 9, Dahua 5. The maker of 3 items is not known.": who made what a search found."""
    group = count_rows(rows).identifiable
    makers = sorted(group.makers, key=lambda one: -one.number.number)
    said = [f"{clean(knowledge.name_of(one.maker), 40)} made {one.number}" for one in makers if one.number]
    rest = sum(one.number.number for one in makers[most:])
    named = ", ".join([*said[:most], *([f"others {rest:,}"] if rest else [])])
    return " ".join(filter(None, (f"{named}." if named else "", group.not_known_said())))
