"""The lists an organisation goes by: each with who said it and to whom, whether it is on, and who decided that."""

from __future__ import annotations

from collections.abc import Mapping

from camcensus.model.errors import StoreError
from camcensus.model.frozen import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.statements import Statement
from camcensus.store.edits.settings import set_lists
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Pen, edit
from camcensus.store.rows import ListChoice


@frozen
class ListInUse:
    """A list, whether it is on here, and who chose that (None where nobody has: then it is as it is by default).

    `makers` are the names of those that it names; of one that names no company, those that our reading takes in.
    """

    said: Statement
    on: bool
    choice: ListChoice | None
    makers: tuple[str, ...]


def lists_in_use(inventory: Inventory | None, knowledge: Knowledge) -> tuple[ListInUse, ...]:
    """All lists: those that are on by default first, the newest first among each."""
    choices = inventory.list_choices() if inventory is not None else {}
    found = []
    for said in knowledge.lists.values():
        choice = choices.get(said.id)
        if said.names_makers:
            named = {knowledge.name_of(named.manufacturer) for named in said.names}
        else:
            named = {maker.name for maker in knowledge.manufacturers.values() if knowledge.seat_by(maker.id, said.id)}
        on = choice.on if choice is not None else said.default_on
        found.append(ListInUse(said, on, choice, tuple(sorted(named, key=str.casefold))))
    found.sort(key=lambda one: (one.said.date, one.said.id), reverse=True)
    return tuple(sorted(found, key=lambda one: not one.said.default_on))


def title_in_use(said: Statement) -> str:
    """A list's title where the lists in use are named; one that names no company is our reading, and says so."""
    return said.title if said.names_makers else f"{said.title} (our reading: makers based in China)"


@edit("set-list", failed="The lists were not changed")
def switch_lists(pen: Pen, knowledge: Knowledge, wanted: Mapping[str, bool], why: str) -> str:
    """Switch lists on or off (list id -> on): who does the edit decided it, and why.

    Nothing is re-checked: answers keep the findings of all lists. Raises StoreError for a list that is not known and where
    nobody is named.
    """
    unknown = [entry for entry in wanted if entry not in knowledge.lists]
    if unknown or not wanted:
        raise StoreError("That list is not in the knowledge in use; look at the lists again.")
    if not (pen.by or "").strip():
        raise StoreError("A list is switched by somebody; type who decided.")
    titles = [knowledge.lists[entry].title for entry in wanted]
    if len(wanted) == 1:
        say = f"{titles[0]}: {'on' if wanted[next(iter(wanted))] else 'off'}."
    else:
        say = f"{len(wanted)} lists switched on or off."
    return pen.do(set_lists(wanted, why.strip(), say))
