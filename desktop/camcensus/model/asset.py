"""What staff keep: the register's rows, places, vendors, decisions, and the organisation itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from camcensus.model.device import DeviceKind
from camcensus.model.exposure import ExposureAnswer
from camcensus.model.frozen import frozen
from camcensus.model.known import METHODS, KnownBy
from camcensus.model.organisations import OrganisationKind, organisation_kind

PlaceKind = Literal["site", "building", "floor", "room"]
DecisionWhat = Literal["keep", "keep-review", "separate", "replace", "remove"]
AssetStatus = Literal["present", "not-seen", "spare", "removed"]
InsideOutside = Literal["inside", "outside"]
CameraType = Literal["fixed", "dome", "turret", "bullet", "ptz", "panoramic", "thermal", "body-worn", "other"]
Ownership = Literal["ours", "not-ours"]
ExpectedBasis = Literal["counted", "estimate"]
Progress = Literal["never-had", "has", "disconnected", "planned", "replaced"]

DECISION_WORDS: dict[DecisionWhat, str] = {
    "keep": "Keep",
    "keep-review": "Keep for now, review on…",
    "separate": "Keep and isolate",
    "replace": "Replace",
    "remove": "Remove",
}
DECIDED_WORDS = {**DECISION_WORDS, "keep-review": "Keep for now"}
"""A decision on paper, where its day of review has a place of its own."""
INSIDE_OUTSIDE_WORDS: dict[InsideOutside, str] = {"inside": "Inside", "outside": "Outside"}
CAMERA_TYPE_WORDS: dict[CameraType, str] = {
    "fixed": "Fixed",
    "dome": "Dome",
    "turret": "Turret",
    "bullet": "Bullet",
    "ptz": "Moving (PTZ)",
    "panoramic": "Panoramic",
    "thermal": "Thermal",
    "body-worn": "Body-worn",
    "other": "Other",
}
STATUS_WORDS: dict[str, str] = {
    "present": "Here",
    "not-seen": "Not seen",
    "spare": "Spare, not in use",
    "removed": "No longer here",
}
WORKING_WORDS: dict[str, str] = {"yes": "Working", "poor": "Working poorly", "no": "Not working"}
OWNERSHIP_WORDS: dict[Ownership, str] = {"ours": "Ours", "not-ours": "Not ours, but on our site"}
PROGRESS_WORDS: dict[Progress, str] = {
    "never-had": "Never had",
    "has": "Has",
    "disconnected": "Disconnected",
    "planned": "Planned",
    "replaced": "Replaced",
}
"""The government's own words for how far a site is."""


@frozen
class Body:
    """The organisation. `year_starts` is the month its financial year starts in (1 to 12).

    `expected_basis` says whether somebody counted `expected_cameras` or it is a guess; None counts as a guess. `urn`
    (schools), `ods` (NHS), `gss` (councils) and `company_no` are what it is officially known by (`model.official_ids`).
    `dpia` to `complaints` are its answers on how it uses its cameras (`model.camera_use`); None where not answered.
    """

    id: str
    name: str
    type: str = "school"
    """The key of its kind in `model.organisations`."""
    year_starts: int = 4
    expected_cameras: int | None = None
    expected_basis: ExpectedBasis | None = None
    urn: str | None = None
    ods: str | None = None
    gss: str | None = None
    company_no: str | None = None
    dpia: str | None = None
    policy: str | None = None
    signs: str | None = None
    footage_access: str | None = None
    equality: str | None = None
    consultation: str | None = None
    face_policy: str | None = None
    watch_lists: str | None = None
    complaints: str | None = None

    @property
    def kind(self) -> OrganisationKind:
        """Its words: what it is called, who decides and signs there."""
        return organisation_kind(self.type)


@frozen
class Place:
    """A node of site > building > floor > room.

    `picture` is the sha256 of its floor plan. `progress` is how far the site is with what was asked of it, `progress_on` the
    ISO date it was said.
    """

    id: str
    parent: str | None
    kind: PlaceKind
    name: str
    sensitive: bool = False
    picture: str | None = None
    progress: Progress | None = None
    progress_on: str | None = None


@frozen
class Vendor:
    """Who sold or serves it to us: staff's own tag, never a manufacturer. `contract_end` is an ISO date."""

    id: str
    name: str
    role: Literal["seller", "maintainer"] = "seller"
    contract_number: str | None = None
    contract_end: str | None = None
    email: str | None = None
    phone: str | None = None


@frozen
class Decision:
    """What a person decided, when (UTC), and why. `review_on` is an ISO date; `year` a financial year like "2026-27"."""

    what: DecisionWhat
    by: str
    at: str
    why: str = ""
    review_on: str | None = None
    year: str | None = None


@frozen
class Pin:
    """Where a row is on the floor plan of `place`: `x` and `y` are 0 to 1 of its width and height, from top left.

    `walked` is True where a person was there and saw it.
    """

    place: str
    x: float
    y: float
    walked: bool = False


@frozen
class Doubt:
    """A possible duplicate: is `device`, which was kept as new, the known device `other`? Both are device ids.

    `answer` is None while it is open; `by` and `answered_at` say who answered and when.
    """

    id: str
    device: str
    other: str
    reason: str
    at: str
    answer: Literal["same", "different"] | None = None
    by: str | None = None
    answered_at: str | None = None


@frozen(kw_only=True)
class Asset:
    """One row of the register. `id` is a UUID made once; `ref` is what people call it ("CAM-003", "REC-001").

    `device` is the inventory's device id, None for a row of which nothing was seen or read. `place_path` is the names from
    site to room. `seller` and `maintainer` are contacts, `connected_to` is the asset id of its recorder or switch. Dates are
    ISO 8601 (those of its life may be a year or a month), `cost_pence` is pence, `photos` counts. `core_network` to
    `internet_reachable_by` are the answers to `model.exposure`, None where nobody was asked. `first_seen` and `last_seen` are
    of searches, None where none saw it.
    """

    id: str
    ref: str
    kind: DeviceKind
    device: str | None
    place: str | None = None
    place_path: tuple[str, ...] = ()
    sensitive: bool = False
    status: AssetStatus = "present"
    decision: Decision | None = None
    purpose: str | None = None
    seller: str | None = None
    seller_name: str | None = None
    maintainer: str | None = None
    maintainer_name: str | None = None
    inside_outside: InsideOutside | None = None
    camera_type: CameraType | None = None
    ownership: Ownership | None = None
    owner: str | None = None
    dpia_ref: str | None = None
    retention_days: int | None = None
    retention_found_days: int | None = None
    connected_to: str | None = None
    connected_ref: str | None = None
    channel: int | None = None
    confirmed_by: str | None = None
    confirmed_at: str | None = None
    installed_on: str | None = None
    installed_basis: str | None = None
    cost_pence: int | None = None
    warranty_until: str | None = None
    support_until: str | None = None
    replace_by: str | None = None
    action: str | None = None
    working: str | None = None
    working_since: str | None = None
    notes: str | None = None
    tags: tuple[str, ...] = ()
    last_picture_check: str | None = None
    picture_checked_by: str | None = None
    core_network: ExposureAnswer | None = None
    core_network_on: str | None = None
    core_network_by: str | None = None
    internet_reachable: ExposureAnswer | None = None
    internet_reachable_on: str | None = None
    internet_reachable_by: str | None = None
    pin: Pin | None = None
    ask_installer: bool = False
    ask_note: str | None = None
    photos: int = 0
    first_seen: str | None = None
    last_seen: str | None = None
    known_by: tuple[KnownBy, ...] = ()

    @property
    def in_use(self) -> bool:
        """Whether it is in any count: neither removed nor a spare."""
        return self.status not in ("spare", "removed")

    @property
    def status_for_others(self) -> AssetStatus:
        """A spare is in no count: for whoever knows three words only, it is removed."""
        return self.status if self.in_use else "removed"

    @property
    def unconfirmed(self) -> bool:
        """True for a channel that its recorder reports, and of which nothing else is known."""
        return self.channel is not None and self.connected_to is not None and not self.known_by

    @property
    def confirmed(self) -> bool:
        """Whether a search or a person found it: a list and its recorder only say that it is there."""
        return any(one.way in ("search", "person") for one in self.known_by)

    @property
    def vendor_name(self) -> str | None:
        """Who sold it, else who maintains it: one name where there is room for one."""
        return self.seller_name or self.maintainer_name


def methods_of(assets: Sequence[Asset]) -> dict[str, str]:
    """Asset id -> how it is known, in the word of the exchange file; a channel that is only reported goes with its recorder."""
    known = {one.id: one.known_by for one in assets}
    ways = {one.id: one.known_by or known.get(one.connected_to or "", ()) for one in assets}
    return {asset: METHODS[way[0].way] if way else "walk" for asset, way in ways.items()}


# Other programs that keep a register, for which Camcensus writes an import file.

AssetSystem = Literal["snipe-it", "netbox"]
ASSET_SYSTEMS: tuple[AssetSystem, ...] = get_args(AssetSystem)
SYSTEM_WORDS: Mapping[AssetSystem, str] = {"snipe-it": "Snipe-IT", "netbox": "NetBox"}
ENDINGS: Mapping[AssetSystem, str] = {"snipe-it": ".csv", "netbox": ".zip"}
