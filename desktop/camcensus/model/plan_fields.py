"""What staff may type of a batch or a line of the plan: what each field takes, and one sentence where a value does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from camcensus.model.errors import StoreError
from camcensus.model.plan import STATUS_WORDS
from camcensus.model.tags import LONG_LIMIT_CHARACTERS, SHORT_LIMIT_CHARACTERS, iso_date, pence_of
from camcensus.model.words import count

FieldKind = Literal["text", "long", "money", "number", "priority", "date", "status"]
PENCE_LIMIT = 100_000_000_00
"""A hundred million pounds for one item is a slip of the finger."""
QUANTITY_LIMIT = 100_000
NAME_LIMIT_CHARACTERS = 200

FIELDS: Mapping[str, tuple[str, FieldKind]] = MappingProxyType(
    {
        "name": ("Name", "text"),
        "priority": ("Priority", "priority"),
        "reason": ("Reason", "text"),
        "quantity": ("Quantity", "number"),
        "unit": ("Unit price", "money"),
        "fitting": ("Fitting price", "money"),
        "other": ("Other cost", "money"),
        "target_date": ("Target date", "date"),
        "disposal": ("How it is disposed of", "text"),
        "wiped_on": ("Data wiped on", "date"),
        "wipe_certificate": ("Wipe certificate", "text"),
        "weee_note": ("WEEE note", "text"),
        "status": ("Status", "status"),
        "note": ("Note", "long"),
    }
)
"""Name -> title and kind."""


def field_title(name: str) -> str:
    """What people call the field."""
    return FIELDS[name][0]


def checked_field(name: str, value: object) -> str | int | None:
    """The value as it is saved, from what a person typed or chose; None for nothing.

    Money is pence (a whole number is pence already), dates become ISO 8601. Raises StoreError with one sentence that names the
    field; KeyError for a field that is not in FIELDS.
    """
    title, kind = FIELDS[name]
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        return None
    if kind in ("text", "long"):
        return _text(title, str(value), NAME_LIMIT_CHARACTERS if name == "name" else _LIMITS[kind])
    if kind == "money":
        pence = value if _whole(value) else pence_of(str(value))
        if pence is None or not isinstance(pence, int) or not 0 <= pence <= PENCE_LIMIT:
            raise StoreError(f"{title}: the cost must be a number, like 180 or 180.50.")
        return pence
    if kind == "number":
        number = _number(value)
        if number is None or not 0 <= number <= QUANTITY_LIMIT:
            raise StoreError(f"{title} must be a whole number from 0 to {QUANTITY_LIMIT:,}.")
        return number
    if kind == "priority":
        number = _number(value)
        if number not in (1, 2, 3, 4):
            raise StoreError("Priority must be 1, 2, 3 or 4.")
        return number
    if kind == "date":
        day = iso_date(str(value))
        if day is None:
            raise StoreError(f"{title} must be a date, like 24/11/2026.")
        return day
    if value not in STATUS_WORDS:
        raise StoreError(f"{title} must be one of: {', '.join(STATUS_WORDS.values())}.")
    return str(value)


_LIMITS: dict[FieldKind, int] = {"text": SHORT_LIMIT_CHARACTERS, "long": LONG_LIMIT_CHARACTERS}


def _text(title: str, text: str, limit: int) -> str:
    text = text.encode("utf-8", "replace").decode()
    if len(text) > limit:
        raise StoreError(f"{title} can be {count(limit, 'character')} at most; shorten it.")
    return text


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: object) -> int | None:
    if _whole(value):
        return value  # type: ignore[return-value]
    found = re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2}", str(value).strip())
    return int(found[0].replace(",", "")) if found else None
