"""A verdict: everything concluded about one device, its kind, its maker, and what is on record about that maker."""

from __future__ import annotations

from typing import Literal, get_args

from camcensus.model.attribution import Attribution
from camcensus.model.device import Description, Device, State
from camcensus.model.frozen import frozen
from camcensus.model.records import Capability, ClaimKind, ProductType

Applies = Literal["yes", "maybe", "no"]
CareKind = Literal[
    "exploited-flaw", "never-set-up", "known-flaw", "support-ended", "maker-to-check", "flaw-to-check", "model-to-check",
    "old-firmware",
    "sale-ended",
]  # fmt: skip
"""What about a device needs somebody to act, the most urgent first."""

CARE_KINDS: tuple[CareKind, ...] = get_args(CareKind)
URGENT: tuple[CareKind, ...] = ("exploited-flaw", "never-set-up")
"""What cannot wait for a replacement."""
FLAWS: tuple[CareKind, ...] = ("exploited-flaw", "known-flaw")
"""What says that a published flaw is in a device."""
DOUBTS: tuple[CareKind, ...] = ("flaw-to-check", "model-to-check")
"""What somebody has to look up before anything can be said."""


@frozen(order=True)
class Finding:
    """A listing that applies to a device, through the ownership path `path` (manufacturer ids, the device's own first).

    `may` is True where the maker is only possible: the window then says "May be listed – check".
    """

    list: str
    manufacturer: str
    path: tuple[str, ...]
    may: bool


@frozen
class SeatFinding:
    """That the maker's legal seat is in a country that a statement speaks of without naming companies; our reading of it.

    `source` says where the company is based, `reading` is the id of the statement. `may`: the maker is only possible.
    """

    manufacturer: str
    country: str
    source: str
    reading: str
    may: bool


@frozen
class AdvisoryFinding:
    """A published flaw, and whether it is in this device as far as its answers tell; `why` is one sentence.

    `known_exploited` is True where attacks with it are known. `product_type` is the kind of product that the answer is about,
    `fixed_in` says what mends it, "" where the record does not.
    """

    id: str
    applies: Applies
    known_exploited: bool
    why: str
    product_type: ProductType = "camera"
    fixed_in: str = ""


@frozen
class CareFinding:
    """Something about one device that somebody should act on: what it is, why we say so, and what mends it, a sentence each.

    `since` is the date that it is about (ISO 8601, a year or month alone is allowed), `source` the id of the text that says so,
    None for what the device itself says. `flaws` are the ids of the published flaws that it sums up.
    """

    kind: CareKind
    why: str
    mend: str
    since: str | None = None
    source: str | None = None
    flaws: tuple[str, ...] = ()


@frozen
class CapabilityFinding:
    """What is known of one capability of a device. `seen` is the name in its own answer, or the models a page speaks of.

    The state is "able" only by the device's or the maker's word. It stays "unknown" where the maker's text says "one of" or
    lists none (`claim`), and where somebody else says so (`said_by` "other", `who` names them): a reason is then known.
    """

    capability: Capability
    state: State
    seen: str | None
    source: str
    said_by: Literal["device", "maker", "other"]
    claim: ClaimKind = "able"
    who: str = ""


@frozen
class Verdict:
    """All that is concluded about one device, under one knowledge version.

    `capabilities` holds those of which something is known; of the others nothing is, which is not that they are absent. `care`
    is what to act on, the most urgent first.
    """

    device: Device
    description: Description
    attribution: Attribution
    findings: tuple[Finding, ...]
    advisories: tuple[AdvisoryFinding, ...] = ()
    capabilities: tuple[CapabilityFinding, ...] = ()
    seat: SeatFinding | None = None
    care: tuple[CareFinding, ...] = ()
