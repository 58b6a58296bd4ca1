"""Possible replacements: what makers state of their products, with sources. Facts only; nobody is recommended."""

from __future__ import annotations

from collections.abc import Collection

from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import CouldReplace

BY_THE_MAKER = ("maker states", "position statement on the maker's own site")
"""How a statement of the maker itself begins; what a database or an installer says in its own name is not printed."""

OF_ITS_SEAT = "A company based in China"
"""How a note begins that says of one maker what the plan says of all that are based there."""


def could_replace(knowledge: Knowledge, enabled_lists: Collection[str]) -> tuple[CouldReplace, ...]:
    """Verified facts by maker's name; makers on a list that the organisation uses, or owned by such a one, are left out.

    So are makers that our reading of a statement in use takes in, by their own legal seat.
    """
    listed = {named.manufacturer for entry in knowledge.lists.values() if entry.id in enabled_lists for named in entry.names}
    readings = [name for name in enabled_lists if name in knowledge.lists]
    found = []
    for fact in knowledge.replacements:
        source = knowledge.sources.get(fact.source)
        if not fact.verified or source is None or not fact.statement.startswith(BY_THE_MAKER):
            continue
        if _owners(fact.manufacturer, knowledge) & listed or _is_read(fact.manufacturer, knowledge, readings):
            continue
        based = _based(fact.manufacturer, fact.country, knowledge)
        found.append(
            CouldReplace(
                manufacturer=fact.manufacturer,
                name=knowledge.name_of(fact.manufacturer),
                product_line=fact.product_line,
                country=fact.country,
                statement=fact.statement,
                note="" if based and fact.note.startswith(OF_ITS_SEAT) else fact.note,
                source=source.publisher,
                source_date=source.date,
                source_url=source.url,
                based=based,
            )
        )
    return tuple(sorted(found, key=lambda fact: (fact.name.casefold(), fact.product_line, fact.statement)))


def _based(manufacturer: str, country: str | None, knowledge: Knowledge) -> bool:
    """Whether the maker's own seat is in China, by what we hold of it or of its products."""
    entry = knowledge.manufacturers.get(manufacturer)
    seats = (country, entry.country if entry else None)
    return any(seat is not None and seat.split("/")[0].strip() == "China" for seat in seats)


def _is_read(manufacturer: str, knowledge: Knowledge, readings: Collection[str]) -> bool:
    return any(knowledge.seat_by(manufacturer, one) or knowledge.other_seat_by(manufacturer, one) for one in readings)


def _owners(manufacturer: str, knowledge: Knowledge) -> set[str]:
    """The maker and all that own it."""
    path = {manufacturer}
    while (entry := knowledge.manufacturers.get(manufacturer)) and entry.parent and entry.parent not in path:
        manufacturer = entry.parent
        path.add(manufacturer)
    return path
