"""What a device is, who made it, and what is on record about that maker: everything concluded about one device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from camcensus.model.attribution import Attribution
from camcensus.model.device import Description, Device, State
from camcensus.model.records import Capability

Applies = Literal["yes", "maybe", "no"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A listing that applies to a device, through the ownership path `path` (manufacturer ids, the device's own first).

    `may` is True where the maker is only possible: the window then says "May be listed – check".
    """

    list: str
    manufacturer: str
    path: tuple[str, ...]
    may: bool


@dataclass(frozen=True, slots=True)
class SeatFinding:
    """That the maker's legal seat is in a country that a statement speaks of without naming companies; our reading of it.

    `source` says where the company is based, `reading` is the id of the statement. `may`: the maker is only possible.
    """

    manufacturer: str
    country: str
    source: str
    reading: str
    may: bool


@dataclass(frozen=True, slots=True)
class AdvisoryFinding:
    """A published flaw, and whether it is in this device as far as its answers tell; `why` is one sentence.

    `known_exploited` is True where attacks with it are known.
    """

    id: str
    applies: Applies
    known_exploited: bool
    why: str


@dataclass(frozen=True, slots=True)
class CapabilityFinding:
    """What a device can do. `seen` is the name in its own answer, or the models a page speaks of, by `said_by`."""

    capability: Capability
    state: State
    seen: str | None
    source: str
    said_by: Literal["device", "maker"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is concluded about one device, under one knowledge version.

    `capabilities` holds those that are known; of the others nothing can be seen, which is not that they are absent.
    """

    device: Device
    description: Description
    attribution: Attribution
    findings: tuple[Finding, ...]
    advisories: tuple[AdvisoryFinding, ...] = ()
    capabilities: tuple[CapabilityFinding, ...] = ()
    seat: SeatFinding | None = None
