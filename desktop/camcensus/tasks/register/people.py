"""The people of the organisation whom reports name: saved with the record, shown on our own reports only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, get_args

from camcensus.model import frozen
from camcensus.model.errors import StoreError
from camcensus.store.edits.settings import set_setting
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Pen, edit

Role = Literal["owner", "dpo", "it", "budget"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: dict[Role, str] = {
    "owner": "Looks after the cameras",
    "dpo": "Data protection officer",
    "it": "IT contact",
    "budget": "Holds the budget",
}
LIMIT_CHARACTERS = 200
_KEY = "people"


@frozen
class Person:
    """Who does a job here, and how to reach them, as typed."""

    role: Role
    name: str
    reach: str = ""


def people(inventory: Inventory | None) -> tuple[Person, ...]:
    """Those that are named, in the order of ROLES; what cannot be read is nobody."""
    text = inventory.setting(_KEY) if inventory is not None else None
    try:
        kept = json.loads(text or "{}")
        found = {role: (str(name), str(reach)) for role, (name, reach) in kept.items()}
    except (ValueError, TypeError, AttributeError):
        return ()
    return tuple(Person(role, *found[role]) for role in ROLES if role in found and found[role][0].strip())


def person(inventory: Inventory | None, role: Role) -> Person | None:
    """Who does a job, None where nobody is named."""
    return next((one for one in people(inventory) if one.role == role), None)


@edit("set-setting", failed="The people were not saved")
def save_people(pen: Pen, entries: Sequence[Person]) -> str:
    """Keep these in place of those before. Raises StoreError for a text that is too long."""
    if any(len(text) > LIMIT_CHARACTERS for one in entries for text in (one.name, one.reach)):
        raise StoreError(f"Each name and each way to reach somebody may have {LIMIT_CHARACTERS} characters; shorten it.")
    kept = {one.role: [one.name.strip(), one.reach.strip()] for one in entries if one.name.strip()}
    return pen.do(set_setting(_KEY, json.dumps(kept, ensure_ascii=False), "People saved."))
