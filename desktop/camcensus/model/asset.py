"""What staff keep: the register's rows, places, vendors, decisions, and the organisation itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from camcensus.model.device import DeviceKind

PlaceKind = Literal["site", "building", "floor", "room"]
DecisionWhat = Literal["keep", "keep-review", "separate", "replace", "remove"]
AssetStatus = Literal["present", "not-seen", "removed"]

DECISION_WORDS: dict[DecisionWhat, str] = {
    "keep": "Keep",
    "keep-review": "Keep for now, review on…",
    "separate": "Keep but separate from other networks",
    "replace": "Replace",
    "remove": "Remove",
}


@dataclass(frozen=True, slots=True)
class Body:
    """The organisation. `year_starts` is the month its financial year starts in (1 to 12)."""

    id: str
    name: str
    type: str = "school"
    year_starts: int = 4
    expected_cameras: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A node of site > building > floor > room."""

    id: str
    parent: str | None
    kind: PlaceKind
    name: str
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Vendor:
    """Who sold or serves it to us: staff's own tag, never a manufacturer."""

    id: str
    name: str
    role: Literal["seller", "maintainer"] = "seller"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, when (UTC), and why. `review_on` is an ISO date; `year` a financial year like "2026-27"."""

    what: DecisionWhat
    by: str
    at: str
    why: str = ""
    review_on: str | None = None
    year: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One row of the register. `id` is a UUID made once; `ref` is what people call it ("CAM-003", "REC-001").

    `device` is the inventory's device id, None for a row typed by hand. `place_path` is the names from site to room.
    """

    id: str
    ref: str
    kind: DeviceKind
    device: str | None
    place: str | None = None
    place_path: tuple[str, ...] = ()
    sensitive: bool = False
    vendor: str | None = None
    vendor_name: str | None = None
    status: AssetStatus = "present"
    decision: Decision | None = None
    purpose: str | None = None
    recorder: str | None = None
    channel: int | None = None
    first_seen: str | None = None
    last_seen: str | None = None
