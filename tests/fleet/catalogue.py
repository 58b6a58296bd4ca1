"""The fleet's catalogue: models with their truth, and how many of each are in a fleet of a given size.

`catalogue/*.toml` holds `[[model]]` tables, written as the device files of resources/demo are, with these more:

- `count`: how many are in a fleet of 250; `always`: at least one in every fleet.
- `truth.found`: "ask" (a search without a sweep finds it), "sweep" (only a sweep does), "never" (nothing can tell that it is there);
  `truth.told`: whether its answers tell who made it; `truth.beyond`: the same behind a router, where neither its MAC address nor
  what it answers to a question to all is seen, and `truth.kind_beyond` of its kind; `truth.also`: other kinds that are right for it.
- `behind`: the model that routes to it and answers for its MAC address; `also`: it has a second address.
- `locks_after`: so many failed logins lock it. `same_uuid`: all units give this endpoint id.

A family may be one of this folder's, or "demo/…" for one of the school's. `wide/*.toml` holds what only a fleet that is drawn by
a seed has: recorders of every maker, door stations and terminals, switches, screens, cameras with a web page or with video only.
Of a model's `draw` tables one is taken for each unit.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Literal

from camcensus.demo.estate import Estate, SimDevice, merge, read_device, read_toml, unit
from camcensus.discovery.pace import PORTS
from hostile.faults import read_faults

HERE = Path(__file__).parent
WIDE = HERE / "wide"
DEMO = HERE.parents[1] / "resources" / "demo"
REPLIES = (HERE / "replies", DEMO / "replies")
FULL = 250
"""The size that the counts are written for."""
FIRST, FIRST_LOOPBACK = "10.44.0.10", "127.77.0.10"
MOST = 1000
"""So many addresses are used of the /22 at most."""
COUNTED = ("camera", "recorder", "encoder", "intercom")
REPEATER = "wide-repeater"
"""The model that says what other devices say."""
PROXY_MAC = "4c:11:bf:f0:00:01"
"""The router that answers for every address: a camera maker's, so that all it answers for looks like that maker's cameras."""

Found = Literal["ask", "sweep", "never"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One device of the fleet, with what is true of it."""

    device: SimDevice
    model: str
    found: Found
    told: bool
    behind: str | None = None
    also: str | None = None
    locks_after: int | None = None
    told_beyond: bool = True
    kinds: tuple[str, ...] = ()
    kind_told_beyond: bool = True

    @property
    def found_beyond(self) -> bool:
        """Whether it can be found behind a router: at a port that is asked unannounced, or by a question to it alone."""
        return any(door.port in PORTS and door.speaks != "raw" for door in self.device.doors) or any(
            speaker.protocol == "wsdiscovery" for speaker in self.device.speakers
        )

    @property
    def counts(self) -> bool:
        """Whether it is a camera, a recorder or the like, and can be found."""
        return self.device.truth.kind in COUNTED and self.found != "never"


def load_fleet(size: int, folder: Path = HERE / "catalogue", *, first: str = FIRST) -> tuple[Unit, ...]:
    """The units of a fleet of `size` devices, at addresses from `first` on: always the same ones.

    Raises KeyError or DemoError for a faulty catalogue.
    """
    tables = _tables(folder)
    return _built(tables, _share(tables, size), first, None)


def draw_fleet(size: int, seed: int, *, doubled: float = 0.0, repeats: bool = False) -> tuple[Unit, ...]:
    """A fleet that a seed draws from the catalogue and from `wide`: models, numbers, values and addresses.

    `doubled` is the share of those that answer WS-Discovery with another one's endpoint id. Raises KeyError or DemoError.
    """
    drawer = random.Random(seed)
    tables = [table for table in (*_tables(HERE / "catalogue"), *_tables(WIDE)) if repeats or table["id"] != REPEATER]
    numbers = {table["id"]: 1 for table in tables}
    if size < len(tables):
        must = [table["id"] for table in tables if table.get("always") or table["id"] == REPEATER]
        kept = {*must, *drawer.sample([name for name in numbers if name not in must], size - len(must))}
        numbers = {name: int(name in kept) for name in numbers}
    names, weights = zip(*((table["id"], table["count"]) for table in tables if numbers[table["id"]]), strict=True)
    for name in drawer.choices(names, weights, k=size - sum(numbers.values())):
        numbers[name] += 1
    return _doubled(_built(tables, numbers, FIRST, drawer), doubled, drawer)


def _doubled(units: tuple[Unit, ...], share: float, drawer: random.Random) -> tuple[Unit, ...]:
    speaking = [
        number
        for number, one in enumerate(units)
        if one.counts and "uuid" in one.device.values and any(said.protocol == "wsdiscovery" for said in one.device.speakers)
    ]
    changed = list(units)
    for number in drawer.sample(speaking, round(len(speaking) * share)):
        other = units[drawer.choice([one for one in speaking if one != number])].device.values["uuid"]
        device = changed[number].device
        changed[number] = replace(changed[number], device=replace(device, values={**device.values, "uuid": other}))
    return tuple(changed)


def _tables(folder: Path) -> list[dict[str, Any]]:
    return [table for path in sorted(folder.glob("*.toml")) for table in read_toml(path)["model"]]


def _built(tables: list[dict[str, Any]], numbers: dict[str, int], first: str, drawer: random.Random | None) -> tuple[Unit, ...]:
    size = second = sum(numbers.values())
    places = list(range(size))
    if drawer:
        drawer.shuffle(places)

    def address_of(number: int) -> str:
        return str(IPv4Address(first) + number)

    units: list[Unit] = []
    macs: set[str] = set()
    for table in tables:
        draws = table.get("draw", [{}])
        models = [_model(table, values) for values in draws]
        for lap in range(numbers[table["id"]]):
            whole, model = models[drawer.randrange(len(models)) if drawer else 0]
            device = unit(replace(model, id=f"{model.id}.1"), drawer.randrange(4000) if drawer else lap)
            while drawer and device.mac in macs:
                device = unit(replace(model, id=f"{model.id}.1"), drawer.randrange(4000))
            macs.add(device.mac)
            device = replace(device, id=f"{model.id}.{lap + 1}", address=address_of(places[len(units)]))
            if "same_uuid" in whole:
                device = replace(device, values={**device.values, "uuid": whole["same_uuid"]})
            also = None
            if whole.get("also") and second < MOST:
                also, second = address_of(second), second + 1
            truth = whole["truth"]
            behind = f"{whole['behind']}.1" if "behind" in whole else None
            told = truth.get("told", True)
            units.append(
                Unit(
                    device,
                    model.id,
                    truth.get("found", "ask"),
                    told,
                    behind,
                    also,
                    whole.get("locks_after"),
                    told and truth.get("beyond", True),
                    (truth["kind"], *truth.get("also", ())),
                    truth.get("kind_beyond", True),
                )
            )
    twice = [mac for mac, count in Counter(one.device.mac for one in units if one.behind is None).items() if count > 1]
    if twice:
        raise KeyError(f"MAC addresses that two models of the fleet give: {twice}")
    return tuple(units)


def _model(table: dict[str, Any], values: dict[str, Any]) -> tuple[dict[str, Any], SimDevice]:
    """A model's whole table and its device, with some values of its own."""
    whole = _with_family(merge(dict(table), {"values": values}))
    device = read_device(whole["id"], whole, REPLIES)
    faults = whole.get("faults", ())
    return whole, replace(device, sending=read_faults(faults, whole["id"])) if faults else device


def estate_of(units: tuple[Unit, ...]) -> Estate:
    """The units that are switched on, as the simulator takes them."""
    on = tuple(one.device for one in units if one.found != "never")
    return Estate(
        name="The fleet",
        type="test",
        notice="Simulated; no real device.",
        expected_cameras=len(on),
        places=(),
        floor_plan=HERE,
        devices=on,
    )


def _share(tables: list[dict[str, Any]], size: int) -> dict[str, int]:
    """How many of each model: its share by the largest remainder, and what must always be there."""
    total = sum(table["count"] for table in tables)
    exact = {table["id"]: table["count"] * size / total for table in tables}
    numbers = {name: int(share) for name, share in exact.items()}
    for table in tables:
        if table.get("always"):
            numbers[table["id"]] = max(1, numbers[table["id"]])
    for name in sorted(exact, key=lambda name: (int(exact[name]) - exact[name], name)):
        if sum(numbers.values()) >= size:
            break
        numbers[name] += numbers[name] <= int(exact[name])
    for name in sorted(numbers, key=lambda name: -numbers[name]):
        numbers[name] -= max(0, min(numbers[name] - 1, sum(numbers.values()) - size))
    return numbers


def _with_family(table: dict[str, Any]) -> dict[str, Any]:
    while family := table.pop("family", None):
        place = DEMO / "families" / family.removeprefix("demo/") if family.startswith("demo/") else HERE / "families" / family
        table = merge(read_toml(place.with_suffix(".toml")), table)
    table.setdefault("address", "10.44.0.1")
    table.setdefault("name", table["id"])
    table.setdefault("place", ["Fleet"])
    table["truth"].setdefault("grades", [])
    return table
