"""What each audience is given: the one list. A column that is not on it is in no file made for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from camcensus.model.words import joined, upper_first
from camcensus.tasks.reports.editions import LEFT_OUT_WORDS, Edition
from camcensus.tasks.reports.foi import CSV_COLUMNS
from camcensus.tasks.share.tables import LEFT_OUT, STAFF_LEFT_OUT

Audience = Literal["auditor", "supplier", "public", "backup"]

AUDIENCES: tuple[Audience, ...] = ("auditor", "supplier", "public", "backup")

AUDIENCE_WORDS: Mapping[Audience, str] = {
    "auditor": "Our auditor",
    "supplier": "A supplier, for a quote",
    "public": "The public (FOI)",
    "backup": "Back-up (everything)",
}
GOES: Mapping[Audience, str] = {
    "auditor": "All devices with who made them and why, places, decisions, searches, and what is on record.",
    "supplier": "What each device is, where it is, who made it, what you decided, and photographs.",
    "public": "Counts of cameras by maker, type, year and decision. Nothing about one device.",
    "backup": "Everything in your record, locked with a passphrase.",
}
UNLOCKED = "Everything in your record, not locked."
COLUMNS: Mapping[Audience, Mapping[str, tuple[str, ...]]] = {
    "supplier": {
        "devices.csv": (
            "body_name", "ref", "kind", "site", "building", "floor", "room_or_area", "inside_outside", "purpose", "camera_type",
            "made_by", "made_by_certainty", "sold_as", "model", "connected_to_ref", "channel", "installed_date",
            "retention_days", "last_seen", "last_picture_check", "flaws_and_support", "known_flaws", "list_status",
            "based_in_china", "list_version", "decision", "decision_year", "ownership", "status", "as_at",
        ),
        "plan.csv": ("ref", "priority", "option", "quantity", "financial_year", "depends_on_ref"),
        "evidence.csv": (
            "ref", "sign_type", "suggests_maker", "direction", "strength", "source_name", "source_date", "source_url",
        ),
    },
    "public": {"foi_public.csv": CSV_COLUMNS},
}  # fmt: skip
"""CSV files by audience. An exchange file's columns are its schema (`store/exchange_file/schema.py`); a back-up is the
record."""

_MORE_LEFT_OUT: Mapping[Audience, tuple[str, ...]] = {
    "supplier": ("firmware", "costs", "floor plans", "tags", "ids"),
    "public": ("models and firmware", "costs of single devices", "floor plans", "tags", "ids"),
}


def left_out(audience: Audience, *, with_staff: bool = False) -> tuple[str, ...]:
    """What of the record an audience is not given, in words; nothing for a back-up."""
    if audience == "backup":
        return ()
    if audience == "auditor":
        return LEFT_OUT if with_staff else (STAFF_LEFT_OUT, *LEFT_OUT)
    edition = Edition(audience)
    kept_back = tuple(words for fact, words in LEFT_OUT_WORDS.items() if not edition.gives(fact))
    return (*kept_back, *_MORE_LEFT_OUT[audience])


def stays(audience: Audience, *, with_staff: bool = False) -> str:
    """The same as one sentence."""
    named = left_out(audience, with_staff=with_staff)
    said = f"{joined(named, ', and ')}." if named else "Nothing."
    return upper_first(said)
