"""What two entries of the register say differently, and what becomes of it where one is merged into the other."""

from __future__ import annotations

import json
from typing import Any, Literal

from sqlite_utils import Database

from camcensus.model import frozen
from camcensus.model.errors import StoreError
from camcensus.model.tags import FIELDS
from camcensus.store.changelog import GONE
from camcensus.store.register_rows import ASSET_COLUMNS

Wins = Literal["keep", "absorb", "both"]

_ALONE = ("notes", "ask_installer")
"""Fields that a merge puts together in another way."""
TOGETHER: tuple[tuple[str, ...], ...] = (
    *(
        (name, *(other.name for other in FIELDS.values() if other.follows == name))
        for name, field in FIELDS.items()
        if not field.follows and name not in _ALONE
    ),
    ("place",), ("confirmed_at", "confirmed_by"), ("pin_place", "pin_x", "pin_y", "pin_walked"), ("kind_by", "kind"),
    ("decision", "decision_by", "decision_at", "decision_why", "decision_review_on", "decision_year"),
)  # fmt: skip
"""Columns that go together, named by the first: what the row that stays does not say is taken from the other."""


@frozen
class MergeDifference:
    """A fact that both rows tell, or only the one that goes: the column, what each says, and which is kept."""

    column: str
    keep: Any
    absorb: Any
    wins: Wins


def differences(db: Database, keep: str, absorb: str) -> tuple[MergeDifference, ...]:
    """What of two rows differs and what becomes of it where the second is merged into the first."""
    one, two = whole_row(db, keep), whole_row(db, absorb)
    found = []
    for group in TOGETHER:
        name = group[-1] if group[0] == "kind_by" else group[0]
        if two[group[0]] is not None and two[name] != one[name]:
            found.append(MergeDifference(name, one[name], two[name], "absorb" if one[group[0]] is None else "keep"))
    if two["notes"] and two["notes"] != one["notes"]:
        found.append(MergeDifference("notes", one["notes"], two["notes"], "both" if one["notes"] else "absorb"))
    tags = json.loads(one["tags"]), json.loads(two["tags"])
    if set(tags[1]) - set(tags[0]):
        found.append(MergeDifference("tags", ", ".join(tags[0]), ", ".join(tags[1]), "both" if tags[0] else "absorb"))
    return tuple(found)


def whole_row(db: Database, asset: str) -> dict[str, Any]:
    """All columns of an entry. Raises StoreError where it is not there."""
    row = db.execute(f"SELECT {', '.join(ASSET_COLUMNS)} FROM asset WHERE id = ?", [asset]).fetchone()
    if row is None:
        raise StoreError(GONE)
    return dict(zip(ASSET_COLUMNS, row, strict=True))
