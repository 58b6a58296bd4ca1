"""Who made a device: match, weigh and explain in one step; and what its names say of its kind."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from camcensus.attribution.explain import explain_several
from camcensus.attribution.index import index_of
from camcensus.attribution.match import match, model_of
from camcensus.attribution.named_kinds import kind_signs
from camcensus.attribution.weigh import weigh
from camcensus.model.attribution import NAMED_GRADES, Attribution, Evidence
from camcensus.model.device import Device
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation


def attribute(observations: Iterable[Observation], knowledge: Knowledge, *, macs: Container[str] | None = None) -> Attribution:
    """The attribution of one device's observations, the same for any order of them.

    `macs` holds the MAC addresses of the neighbour table that are the device's own; None for all of them.
    """
    seen = tuple(observations)
    return weigh(match(seen, knowledge, macs=macs), knowledge, model_of(seen))


def attribute_device(device: Device, knowledge: Knowledge) -> Attribution:
    """The attribution of a Device. The MAC address of a router in front of it, which is none of its keys, does not count.

    Where web pages at several ports are of several makers, a router leads to several devices, and none of them is named.
    """
    own = frozenset(key.value for key in device.keys if key.kind == "mac")
    found = attribute(device.observations, knowledge, macs=own)
    makers = {} if found.grade == "confirmed" else _makers_at_ports(device, knowledge)
    if len({knowledge.root_of(maker) for maker in makers.values()}) < 2:
        return found
    return replace(
        found, manufacturer=None, brand=None, grade="conflicting", candidates=tuple(dict.fromkeys(makers.values())),
        supports=(*found.supports, *found.against), against=(), reason=explain_several(makers, knowledge),
    )  # fmt: skip


def _makers_at_ports(device: Device, knowledge: Knowledge) -> dict[int, str]:
    """TCP port -> the maker that a web page there names by itself, at least likely."""
    pages: dict[int, list[Observation]] = {}
    for one in device.observations:
        if one.probe == "http" and one.port is not None:
            pages.setdefault(one.port, []).append(one)
    if len(pages) < 2:
        return {}
    found = {port: attribute(pages[port], knowledge) for port in sorted(pages)}
    return {port: one.manufacturer for port, one in found.items() if one.manufacturer and one.grade in NAMED_GRADES}


def signs_of_kind(device: Device, attribution: Attribution, knowledge: Knowledge) -> tuple[Evidence, ...]:
    """The signs of what kind a device is: those that fingerprints found, and those in its names, given whose it is."""
    found = tuple(sign for sign in attribution.other if sign.role == "kind")
    return (*found, *kind_signs(device.observations, attribution.evidence, index_of(knowledge)))
