"""A fleet where nearly every device misbehaves, each in a network namespace of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fleet.catalogue import Unit, load_fleet
from fleet.running import Fleet
from hostile.faults import Faults
from hostile.misbehaving import misbehaviours

CANARY = "10.99.0.66"
"""On no network of the scanner; devices name it as theirs."""
ONE_BEHAVES_IN = 10


def hostile_fleet(size: int) -> tuple[tuple[Unit, ...], dict[str, str]]:
    """The units, and device id -> how it misbehaves; one in ten behaves. Always the same ones."""
    ways = misbehaviours(CANARY)
    usable = [
        one
        for one in load_fleet(size * 2)
        if one.counts
        and one.found == "ask"
        and one.told
        and not (one.behind or one.also or isinstance(one.device.sending, Faults))
    ]
    units: list[Unit] = []
    wrong: dict[str, str] = {}
    for number, one in enumerate(_mixed(usable)[:size]):
        if number % ONE_BEHAVES_IN == 0:
            units.append(one)
            continue
        way = ways[len(wrong) % len(ways)]
        wrong[one.device.id] = way.name
        units.append(replace(one, device=replace(one.device, sending=Faults(way.faults))))
    return tuple(units), wrong


def _mixed(units: list[Unit]) -> list[Unit]:
    """Models in turn, so that those that behave are of many makers."""
    seen: dict[str, int] = {}
    turns = []
    for one in units:
        seen[one.model] = seen.get(one.model, 0) + 1
        turns.append((seen[one.model], one.model, one))
    return [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])]


class HostileFleet(Fleet):
    """Such a fleet; `wrong` says how each device misbehaves."""

    station = Path(__file__).with_name("station.py")

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.units, self.wrong = hostile_fleet(size)
