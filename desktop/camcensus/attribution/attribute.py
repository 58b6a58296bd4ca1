"""Who made a device: match, weigh and explain in one step; and what its names say of its kind."""

from __future__ import annotations

from collections.abc import Container, Iterable

from camcensus.attribution.index import index_of
from camcensus.attribution.match import match, model_of
from camcensus.attribution.named_kinds import kind_signs
from camcensus.attribution.weigh import weigh
from camcensus.model.device import NAMED_GRADES, Attribution, Device, Evidence, Observation
from camcensus.model.knowledge import Knowledge


def attribute(observations: Iterable[Observation], knowledge: Knowledge, *, macs: Container[str] | None = None) -> Attribution:
    """The attribution of one device's observations, the same for any order of them.

    `macs` holds the MAC addresses of the neighbour table that are the device's own; None for all of them.
    """
    seen = tuple(observations)
    return weigh(match(seen, knowledge, macs=macs), knowledge, model_of(seen))


def attribute_device(device: Device, knowledge: Knowledge) -> Attribution:
    """The attribution of a Device. The MAC address of a router in front of it, which is none of its keys, does not count."""
    own = frozenset(key.value for key in device.keys if key.kind == "mac")
    return attribute(device.observations, knowledge, macs=own)


def maker_named(pages: Iterable[Observation], knowledge: Knowledge) -> str | None:
    """The company over the maker that web pages name by themselves, at least likely; None where they name none."""
    found = attribute(pages, knowledge)
    return knowledge.root_of(found.manufacturer) if found.manufacturer and found.grade in NAMED_GRADES else None


def signs_of_kind(device: Device, attribution: Attribution, knowledge: Knowledge) -> tuple[Evidence, ...]:
    """The signs of what kind a device is: those that fingerprints found, and those in its names, given whose it is."""
    found = tuple(sign for sign in attribution.other if sign.role == "kind")
    return (*found, *kind_signs(device.observations, attribution.evidence, index_of(knowledge)))
