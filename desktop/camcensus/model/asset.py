"""What staff keep: the register's rows, places, vendors, decisions, and the organisation itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, get_args

from camcensus.model import frozen
from camcensus.model.device import DeviceKind
from camcensus.model.organisations import OrganisationKind, organisation_kind
from camcensus.model.words import clean, count, fitting, joined, long_date

# Two questions that nobody can answer from outside: is it on the main network, and can it be reached from the internet?
#
# The written statement of 24 November 2022 asks for the first; both decide how soon a camera should go.

ExposureAnswer = Literal["yes", "no", "not-known"]
EXPOSURE_WORDS: Mapping[ExposureAnswer, str] = MappingProxyType({"yes": "Yes", "no": "No", "not-known": "Not known"})


@frozen
class ExposureQuestion:
    """A question about one entry. `name` is its column; `on` and `by` hold the day of the answer and who gave it."""

    name: str
    title: str
    ask: str
    short: str
    """Where there is little room."""

    @property
    def on(self) -> str:
        """The column of the day."""
        return f"{self.name}_on"

    @property
    def by(self) -> str:
        """The column of the person."""
        return f"{self.name}_by"


EXPOSURE_QUESTIONS = (
    ExposureQuestion("core_network", "On the main network", "Is it on the main network?", "Main network"),
    ExposureQuestion(
        "internet_reachable", "Reachable from the internet", "Can it be reached from the internet?", "From internet"
    ),
)


def said_of(holder: object, question: ExposureQuestion, day: Callable[[str], str], who: bool = True) -> str:
    """ "Yes (J. Pike, 3 March 2026)" of an entry, "" where nobody was asked.

    `day` writes a day; without `who` the name is left out.
    """
    answer: ExposureAnswer | None = getattr(holder, question.name)
    if answer is None:
        return ""
    by, on = getattr(holder, question.by), getattr(holder, question.on)
    source = ", ".join(part for part in (by if who else None, day(on) if on else None) if part)
    return f"{EXPOSURE_WORDS[answer]} ({source})" if source else EXPOSURE_WORDS[answer]


def with_source(values: Mapping[str, Any], by: str | None, day: str) -> dict[str, Any]:
    """The values of an entry; an answer that does not say who gave it and when gets `by` and `day`, one that goes takes both
    along."""
    made = dict(values)
    for one in EXPOSURE_QUESTIONS:
        if one.name not in made:
            continue
        if made[one.name] is None:
            made |= {one.on: None, one.by: None}
            continue
        for name, value in ((one.on, day), (one.by, by)):
            if made.get(name) is None:
                made[name] = value
    return made


# How an entry of the register is known: what happened to it, and the sentences that say so. No other sentence may.

Way = Literal["search", "person", "list", "answer"]
NOT_ASKED = frozenset({"person", "list"})
"""Probes that asked no device anything: what a person read, and what a list says."""
_RESTS: dict[Way, tuple[str, str]] = {
    "search": ("answered a search", "answered a search"),
    "person": ("was entered or confirmed by a person", "were entered or confirmed by a person"),
    "list": ("is recorded from a list", "are recorded from a list"),
    "answer": ("is known from an answer to a letter", "are known from an answer to a letter"),
}
_CHANNELS = ("is reported by a recorder alone", "are reported by a recorder alone")
_SOURCES: dict[Way, str] = {"search": "search", "person": "entries by hand", "list": "lists", "answer": "letters"}
_SHORT: dict[Way, str] = {
    "search": "Answered a search", "person": "By a person", "list": "From a list", "answer": "From a letter",
}  # fmt: skip


@frozen
class KnownBy:
    """One thing that happened to an entry. `at` is a day or a moment in UTC.

    `what` is "" for a search, who it was for a person, the list and its row for a list.
    """

    way: Way
    at: str
    what: str = ""

    @property
    def dated(self) -> str:
        """ "cameras.xlsx, row 14, 2 December 2026"."""
        return ", ".join(part for part in (clean(self.what, 120), long_date(self.at[:10])) if part)


type Known = tuple[KnownBy, ...]
"""How one entry is known, a search first; empty where nobody but its recorder reports it."""


def known_of(happened: Iterable[KnownBy]) -> Known:
    """The newest of each way."""
    newest = {one.way: one for one in sorted(happened, key=lambda one: one.at)}
    return tuple(newest[way] for way in get_args(Way) if way in newest)


def by(known: Known, way: Way) -> KnownBy | None:
    """What happened to an entry in this way, None where it did not."""
    return next((one for one in known if one.way == way), None)


def number_by(entries: Iterable[Known], way: Way) -> int:
    """How many entries are known in this way."""
    return sum(by(known, way) is not None for known in entries)


METHODS: dict[Way, str] = {"search": "search", "person": "walk", "list": "import", "answer": "import"}
"""How an entry is known, in the word of the exchange file and the CSV."""


def recorded_from(known: Known) -> str:
    """The list that has an entry, its row and its date; "" where none does."""
    found = by(known, "list")
    return found.dated if found else ""


def way_short(known: Known) -> str:
    """How one entry is known, in a cell of a table."""
    return _SHORT[known[0].way] if known else "Reported by its recorder"


def ways_said(entries: Iterable[Known]) -> str:
    """ "Of 12 items, 8 answered a search and 4 are recorded from a list." or "All 12 items answered …"; "" without entries."""
    every = list(entries)
    numbers = [(number_by(every, way), words) for way, words in _RESTS.items()] + [(every.count(()), _CHANNELS)]
    numbers = [(number, words) for number, words in numbers if number]
    if [number for number, _ in numbers] == [len(every)]:
        every_one = "Both items" if len(every) == 2 else f"{'All ' if len(every) > 1 else ''}{count(len(every), 'item')}"
        return f"{every_one} {fitting(len(every), *numbers[0][1])}."
    said = joined(
        [f"{'all' if number == len(every) > 1 else f'{number:,}'} {fitting(number, *words)}" for number, words in numbers]
    )
    twice = " Some are known in more than one way." if sum(number for number, _ in numbers) > len(every) else ""
    return f"Of {count(len(every), 'item')}, {said}.{twice}" if said else ""


def sources_said(entries: Iterable[Known], *, searched: bool) -> str:
    """ "search, entries by hand and lists": from what a record is made; "" for an empty one. `searched` also without a find."""
    every = list(entries)
    ways = [way for way in _SOURCES if number_by(every, way) or (way == "search" and searched)]
    return joined([*(_SOURCES[way] for way in ways), *(["recorders’ channels"] if () in every else [])])


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
    `internet_reachable_by` are the answers to `EXPOSURE_QUESTIONS`, None where nobody was asked. `first_seen` and `last_seen`
    are of searches, None where none saw it.
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


# Where places lie: the names from the site down to each, and what is inside one. Parents come before children.


def paths_of(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    """Each place's names from the site down, by its id."""
    paths: dict[str, tuple[str, ...]] = {}
    for place in places:
        paths[place.id] = (*paths.get(place.parent or "", ()), place.name)
    return paths


def names_apart(paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each place's name, and where several have it what it lies in, as far as tells them apart: ("Hall", "Main block")."""
    by_name: dict[str, list[tuple[str, ...]]] = {}
    for path in set(paths):
        if path:
            by_name.setdefault(path[-1].casefold(), []).append(path)
    found = {}
    for same in by_name.values():
        for path in same:
            others = {name for other in same if other != path for name in other[:-1]}
            alone = next((name for name in reversed(path[:-1]) if name not in others), None)
            apart = () if len(same) == 1 else path[-2::-1] if alone is None else (alone,)
            found[path] = (path[-1], *apart)
    return found


def inside(places: Iterable[Place], place: str) -> frozenset[str]:
    """The ids of a place and of all that lie in it."""
    found = {place}
    for one in places:
        if one.parent in found:
            found.add(one.id)
    return frozenset(found)
