"""The values behind the asset register: entries by building, counts, and firms and assessments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from camcensus.model import frozen
from camcensus.model.device import Grade
from camcensus.planning.counts import Counts
from camcensus.report.maker_counts import Counted


@frozen(kw_only=True)
class Item:
    """One row. Texts are as stored; "" is not recorded, None is left out of this edition."""

    ref: str
    kind: str
    where: str | None
    purpose: str | None
    address: str
    camera_type: str
    made_by: str
    grade: Grade
    listing: str
    model: str
    serial: str | None
    installed: str
    age: str
    connected: str | None
    keeps: str | None
    owner: str | None
    maintainer: str | None
    seen: str | None
    picture: str | None
    decision: str
    year: str
    care: str | None
    plain: Mapping[str, str] = field(default_factory=dict)
    """Title of a plain field -> what it says; "" where nobody has recorded it."""


@frozen(kw_only=True)
class BuildingSection:
    """The rows of one site or building, of what has no place yet, or of what is no longer here: that is in no number."""

    name: str
    items: tuple[Item, ...]
    counts: Counts


@frozen(kw_only=True)
class ConnectedRows:
    """A recorder, or a switch, with the refs of what is connected to it, by channel; so many nobody has confirmed."""

    ref: str
    what: str
    where: str | None
    refs: tuple[str, ...]
    unconfirmed: int


@frozen(kw_only=True)
class Firm:
    """A company, with what it is to us and how many rows are its."""

    name: str
    role: str
    contract: str
    ends: str
    contact: tuple[str, ...]
    items: int


@frozen(kw_only=True)
class Register:
    """All that is printed. `firms`, `assessments` (reference, refs) are None where they are left out.

    `by_place` says that its sections are places. `makers` have most cameras first, "Not known" last.
    """

    lead: str
    sections: tuple[BuildingSection, ...]
    counts: Counts
    by_place: bool
    makers: tuple[Counted, ...]
    ages: tuple[Counted, ...]
    hubs: tuple[ConnectedRows, ...]
    firms: tuple[Firm, ...] | None
    assessments: tuple[tuple[str, tuple[str, ...]], ...] | None
    not_recorded: tuple[tuple[str, int], ...]
    left_out: str
    handling: str
    methods: str
    reading: str = ""
    """What "Based in China (our reading)" means, where it is said."""
