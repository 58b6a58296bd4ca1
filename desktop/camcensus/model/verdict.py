"""What a device is, who made it, and what is on record about that maker: everything concluded about one device."""

from __future__ import annotations

from dataclasses import dataclass

from camcensus.model.attribution import Attribution
from camcensus.model.device import Description, Device


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A listing that applies to a device, through the ownership path `path` (manufacturer ids, the device's own first).

    `may` is True where the maker is only possible: the window then says "May be listed – check".
    """

    list: str
    manufacturer: str
    path: tuple[str, ...]
    may: bool
    our_reading: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is concluded about one device, under one knowledge version."""

    device: Device
    description: Description
    attribution: Attribution
    findings: tuple[Finding, ...]
