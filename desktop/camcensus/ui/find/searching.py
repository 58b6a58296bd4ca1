"""The work of one search, for a Job: find, then keep what was found on a connection of its own."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from pathlib import Path

from camcensus.demo.estate import load_estate
from camcensus.discovery import doctor
from camcensus.discovery import scope as scopes
from camcensus.model import frozen
from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Advice, Interface, Pace, Scope
from camcensus.tasks import demo
from camcensus.tasks.finding import census
from camcensus.tasks.register import verbs as register
from camcensus.ui.job import Emit

MOST_CELLS = 1_024
"""A named range holds at most a /22; beyond this the cells would be smaller than a pixel."""
WIDEST_PREFIX = 22


@frozen
class Searched:
    """What a search ended with: the census, and what keeping it changed (None where nothing is saved)."""

    census: census.Census
    changes: Changes | None


@frozen
class Wish:
    """Where and how a person wants to look, and who allows it."""

    interfaces: tuple[Interface, ...]
    every_address: bool
    passive: bool
    pace: Pace
    allowed_by: str
    ranges: tuple[str, ...] = ()

    def scope(self) -> Scope:
        """The checked scope. Raises ScopeError."""
        own = [str(network_of(card)) for card in self.interfaces] if self.every_address and not self.passive else []
        named = [card.address for card in self.interfaces]
        return scopes.make_scope(named, [*own, *self.ranges], passive=self.passive, pace=self.pace)


def interfaces() -> tuple[Interface, ...]:
    """The private networks this computer is on."""
    return scopes.interfaces()


def in_the_way() -> Advice | None:
    """What would make a search from here pointless, or hide devices from it."""
    return doctor.before(scopes.every_interface())


def network_of(card: Interface) -> ipaddress.IPv4Network:
    """The network of a card."""
    return ipaddress.IPv4Interface(card.address).network


def span(card: Interface) -> str:
    """ "192.168.1.1 to 192.168.1.254"."""
    network = network_of(card)
    if network.num_addresses < 4:
        return str(network.network_address)
    return f"{network.network_address + 1} to {network.broadcast_address - 1}"


def may_ask_all(card: Interface) -> bool:
    """Whether a network is small enough to ask every address on it."""
    return network_of(card).prefixlen >= WIDEST_PREFIX


def addresses_of(ranges: Iterable[str]) -> list[str]:
    """The addresses of named ranges, in order, as far as there is room to draw them."""
    found: list[str] = []
    for text in ranges:
        for host in ipaddress.IPv4Network(text).hosts():
            if len(found) == MOST_CELLS:
                return found
            found.append(str(host))
    return found


def by_number(address: str) -> tuple[int, int | str]:
    """A sort key: addresses as numbers, anything else after them."""
    try:
        return (0, int(ipaddress.ip_address(address)))
    except ValueError:
        return (1, address)


def search(
    scope: Scope,
    inventory: register.Inventory,
    knowledge: Knowledge,
    *,
    allowed_by: str,
    enabled: frozenset[str],
    clock: Callable[[], datetime],
    ahead: Callable[[register.Inventory, Changes], object],
) -> Callable[[Emit], Awaitable[object]]:
    """Looks, and keeps what was found also when it is stopped early; `ahead` is told of that in the same thread."""

    async def work(emit: Emit) -> Searched:
        found = await census.find(
            scope,
            emit,
            knowledge=knowledge,
            enabled_lists=enabled,
            allowed_by=allowed_by,
            seen=register.SavedAsSeen(inventory),
            clock=clock,
        )
        with inventory.batch() as pen:
            changes = register.save_census(pen, found, knowledge, clock())
            ahead(pen, changes)
            return Searched(found, changes)

    return work


def simulated_scope() -> Scope:
    """Where the simulation is: this computer itself."""
    return scopes.make_scope(["127.0.0.1"], [], pace="fast")


def simulated_record(data_dir: Path, folder: Path, now: datetime) -> register.Inventory:
    """A new record of the simulated school in `folder`, open. Raises StoreError, DemoError."""
    path = folder / demo.INVENTORY_NAME
    demo.make_room(path, now)
    return demo.new_demo_inventory(path, load_estate(data_dir / "resources" / "demo"), now)


def simulate(
    data_dir: Path,
    inventory: register.Inventory,
    knowledge: Knowledge,
    *,
    clock: Callable[[], datetime],
    set_up_record: bool,
) -> Callable[[Emit], Awaitable[object]]:
    """Serves the simulated estate on loopback and searches it; `set_up_record` also gives it places and sample decisions."""

    async def work(emit: Emit) -> Searched:
        async with demo.serve_estate(data_dir) as (estate, served):
            found = await demo.find_in_demo(served, emit, knowledge, clock, register.SavedAsSeen(inventory))
            with inventory.batch() as pen:
                changes = register.save_census(pen, found, knowledge, clock())
                if set_up_record and not found.scan.stopped_early:
                    demo.set_up_record(pen, estate, served, knowledge, clock())
        return Searched(found, changes)

    return work
