"""Searches a fleet while everything that leaves the scanner is recorded."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any

from fleet.catalogue import Unit
from fleet.running import Fleet, Ran
from hostile.wire import NEVER, Audit, Capture, Rules, audit


@dataclass(frozen=True)
class Audited:
    """A search, what was sent, and what the fleet counted meanwhile. `lost` frames were not recorded."""

    ran: Ran
    document: dict[str, Any]
    audit: Audit
    lost: int
    report: dict[str, Any]

    @property
    def at_forbidden_ports(self) -> int:
        """Bytes that printers and controllers got at the ports that nobody may touch, by the fleet's own count."""
        return sum(device["raw_bytes"] for device in self.report["devices"].values())


def search(fleet: Fleet, *options: str, exclude: Sequence[str] = (), limit_s: float = 180) -> Audited:
    """Runs the command line's search with these options, recorded."""
    left_alone = [word for one in exclude for word in ("--exclude", one)]
    command = [sys.executable, "-m", "camcensus", "scan", "--interface", fleet.address, "--json", *options, *left_alone]
    fleet.report()
    with Capture(fleet.enter[1].removeprefix("--net=")) as capture:
        ran = fleet.run(command, limit_s=limit_s)
    seen = audit(capture.frames, rules_of(fleet, exclude))
    return Audited(ran, json.loads(ran.out or "null"), seen, capture.lost, fleet.report())


def rules_of(fleet: Fleet, exclude: Sequence[str] = ()) -> Rules:
    """What may be sent on the fleet's network: to ports that devices announce, and their descriptions' pages."""
    return Rules(
        (IPv4Network(fleet.range),),
        tuple(IPv4Network(one) for one in exclude),
        {one.device.address: _doors(one) for one in fleet.units} | {one.also: _doors(one) for one in fleet.units if one.also},
        {one.device.address: _pages(one) for one in fleet.units} | {one.also: _pages(one) for one in fleet.units if one.also},
    )


def _doors(one: Unit) -> frozenset[int]:
    return frozenset(door.port for door in one.device.doors if door.speaks != "raw") - NEVER


def _pages(one: Unit) -> frozenset[str]:
    descriptions = {ask.removeprefix("GET ") for door in one.device.doors for ask in door.answers if ask.endswith(".xml")}
    return frozenset(descriptions | {door.onvif_path for door in one.device.doors if door.onvif_path})
