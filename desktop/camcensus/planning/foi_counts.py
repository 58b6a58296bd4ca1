"""What may be released, counted from the register: makers with their numbers, and the table of the public CSV.

Every word in it is one of ours, or a maker's name from the knowledge base: what staff typed and what devices say is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from camcensus.model.asset import CAMERA_TYPE_WORDS, DecisionWhat
from camcensus.model.foi import NOT_KNOWN, NOT_RECORDED, MakerCounted, PublicCount
from camcensus.model.organisations import organisation_kind
from camcensus.model.words import BASED
from camcensus.planning.counts import PROVEN, CountedRow, counted
from camcensus.planning.rows import PlannedRow
from camcensus.planning.years import year_label

SURE_BAND, LIKELY_BAND = "confirmed or almost certain", "likely"
SMALL = 5
"""Counts under this may tell which camera is meant; they are named to the FOI lead and not changed."""
NAMED = ("hikvision", "dahua")
"""The makers that requests ask about by name."""

_DECISIONS: dict[DecisionWhat, str] = {
    "keep": "keep",
    "keep-review": "keep",
    "separate": "keep and isolate",
    "replace": "replace or remove",
    "remove": "replace or remove",
}
_INSTALLED = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-[0-3][0-9])?)?")


def as_counted(row: PlannedRow) -> CountedRow:
    """A row as it is counted; a maker without a name that may be printed is not known."""
    asset, light = row.asset, row.light
    maker = light.manufacturer if row.manufacturer_name is not None else None
    return CountedRow(
        asset.kind, not asset.in_use, asset.decision is not None, light.grade, maker, bool(row.listed_on), row.based,
        light.care, branded=bool(light.brand),
    )  # fmt: skip


def maker_of(row: PlannedRow) -> str | None:
    """The id of the maker that is named firmly enough to be counted, None for the rest."""
    one = as_counted(row)
    return one.maker if one.named else None


def band_of(row: PlannedRow) -> str:
    """The band of certainty: two that name a maker, and "not known"."""
    one = as_counted(row)
    return NOT_KNOWN if not one.named else SURE_BAND if one.grade in PROVEN else LIKELY_BAND


def makers_counted(rows: Iterable[PlannedRow]) -> tuple[MakerCounted, ...]:
    """Makers with how many they made, those with most first."""
    rows = list(rows)
    names = {row.light.manufacturer: row.manufacturer_name or "" for row in rows}
    found = (
        MakerCounted(names[one.maker], one.number, "Listed" if one.listed else BASED if one.based else "Not listed")
        for one in counted(map(as_counted, rows)).items.makers
    )
    return tuple(sorted(found, key=lambda one: (-one.number.number, one.name)))


def installed_year(installed_on: str | None, year_starts: int) -> str:
    """The financial year of a date; of a year alone, that year, as it may be either; "not recorded"."""
    match = _INSTALLED.fullmatch(installed_on or "")
    if match is None:
        return NOT_RECORDED
    year, month = int(match[1]), match[2]
    if month is None:
        return str(year)
    return year_label(year if int(month) >= year_starts else year - 1, year_starts)


def building_kind(body_type: str) -> str:
    """The kind of building, where the kind of organisation tells it."""
    return organisation_kind(body_type).building


def public_counts(cameras: Sequence[PlannedRow], *, body_type: str, year_starts: int) -> tuple[PublicCount, ...]:
    """The cameras, counted by what may be said of them. The counts add up to all of them."""
    kind = building_kind(body_type)
    counts = Counter(
        (
            (row.manufacturer_name or NOT_KNOWN) if maker_of(row) else NOT_KNOWN,
            band_of(row),
            CAMERA_TYPE_WORDS[row.asset.camera_type].lower().replace("ptz", "PTZ") if row.asset.camera_type else NOT_RECORDED,
            row.asset.inside_outside or NOT_RECORDED,
            kind,
            installed_year(row.asset.installed_on, year_starts),
            _DECISIONS[row.asset.decision.what] if row.asset.decision else "not decided",
        )
        for row in cameras
    )
    every = (PublicCount(*words, count=number) for words, number in counts.items())
    return tuple(sorted(every, key=lambda one: (one.made_by == NOT_KNOWN, one)))
