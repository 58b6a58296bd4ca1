"""The fleet's catalogue: models with their truth, and how many of each are in a fleet of a given size.

`catalogue/*.toml` holds `[[model]]` tables, written as the device files of resources/demo are, with these more:

- `count`: how many are in a fleet of 250; `always`: at least one in every fleet.
- `truth.found`: "ask" (a search without a sweep finds it), "sweep" (only a sweep does), "never" (nothing can tell that it is there);
  `truth.told`: whether its answers tell who made it.
- `behind`: the model that routes to it and answers for its network number; `also`: it has a second address.
- `locks_after`: so many failed logins lock it. `same_uuid`: all units give this endpoint id.

A family may be one of this folder's, or "demo/…" for one of the school's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Literal

from camcensus.demo.estate import Estate, SimDevice, merge, read_device, read_toml, unit

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "resources" / "demo"
REPLIES = (HERE / "replies", DEMO / "replies")
FULL = 250
"""The size that the counts are written for."""
FIRST, FIRST_LOOPBACK = "10.44.0.10", "127.77.0.10"
MOST = 1000
"""So many addresses are used of the /22 at most."""
COUNTED = ("camera", "recorder", "encoder", "intercom")

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

    @property
    def counts(self) -> bool:
        """Whether it is a camera, a recorder or the like, and can be found."""
        return self.device.truth.kind in COUNTED and self.found != "never"


def load_fleet(size: int, folder: Path = HERE / "catalogue", *, first: str = FIRST) -> tuple[Unit, ...]:
    """The units of a fleet of `size` devices, at addresses from `first` on: always the same ones.

    Raises KeyError or DemoError for a faulty catalogue.
    """

    def address_of(number: int) -> str:
        return str(IPv4Address(first) + number)

    tables = [table for path in sorted(folder.glob("*.toml")) for table in read_toml(path)["model"]]
    numbers = _share(tables, size)
    second = size
    units: list[Unit] = []
    for table in tables:
        whole = _with_family(dict(table))
        model = read_device(whole["id"], whole, REPLIES)
        for lap in range(numbers[table["id"]]):
            device = unit(replace(model, id=f"{model.id}.1"), lap)
            device = replace(device, id=f"{model.id}.{lap + 1}", address=address_of(len(units)))
            if "same_uuid" in whole:
                device = replace(device, values={**device.values, "uuid": whole["same_uuid"]})
            also = None
            if whole.get("also") and second < MOST:
                also, second = address_of(second), second + 1
            truth = whole["truth"]
            behind = f"{whole['behind']}.1" if "behind" in whole else None
            units.append(
                Unit(
                    device, model.id, truth.get("found", "ask"), truth.get("told", True), behind, also, whole.get("locks_after")
                )
            )
    twice = [mac for mac, count in Counter(one.device.mac for one in units if one.behind is None).items() if count > 1]
    if twice:
        raise KeyError(f"network numbers that two models of the fleet give: {twice}")
    return tuple(units)


def estate_of(units: tuple[Unit, ...]) -> Estate:
    """The units that are switched on, as the simulator takes them."""
    on = tuple(one.device for one in units if one.found != "never")
    return Estate("The fleet", "test", "Simulated; no real device.", len(on), 4, (), HERE, on)


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
