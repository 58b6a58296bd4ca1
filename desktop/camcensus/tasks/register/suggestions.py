"""Values that are in the inventory already, to be offered where one types."""

from __future__ import annotations

from camcensus.model.tags import FIELDS
from camcensus.store.inventory import Inventory


def suggestions(inventory: Inventory | None, field: str) -> tuple[str, ...]:
    """Values that are in this inventory already, most used first: of a field that learns, of "tags", "brand" or "model".

    Raises KeyError for another field.
    """
    if inventory is None:
        return ()
    if field in ("brand", "model"):
        counts: dict[str, int] = {}
        for answer in inventory.answers().values():
            value = answer.brand if field == "brand" else answer.model
            if value:
                counts[value] = counts.get(value, 0) + 1
        return tuple(sorted(counts, key=lambda value: (-counts[value], value.casefold())))
    if field != "tags" and not FIELDS[field].learns:
        raise KeyError(field)
    return inventory.used(field)
