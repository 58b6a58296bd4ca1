"""The doctor: from what a search covered and what this computer is connected to, what it cannot have seen and what to do next.

Pure but for `look_around`, which asks this computer about itself.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import field
from ipaddress import IPv4Interface

from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.discovery.scope import LOOPBACK, every_interface, network_of, usable
from camcensus.model import frozen
from camcensus.model.scan import Advice, Coverage, Interface, Scope
from camcensus.model.words import clean, count, fitting

NAMED_AT_MOST = 6
"""Addresses named in one sentence."""

_VPN = re.compile(
    r"^(?:utun|tun|tap|ppp|wg|tailscale|zt|ipsec|nordlynx)\d*|VPN|WireGuard|TAP-Windows|AnyConnect|Fortinet|GlobalProtect",
    re.I,
)


@frozen(kw_only=True)
class Surroundings:
    """This computer: its system ("linux", "win32", "darwin"), and all its network cards."""

    platform: str = sys.platform
    cards: tuple[Interface, ...] = ()


@frozen(kw_only=True)
class Findings:
    """The findings of a search: neighbours with a MAC address by network, and devices heard from an address of another network.

    `lost` are cards that went away in the middle. `heard` are networks where anything answered, ""
    beyond a router; `one_for_many` is how many addresses one machine answers for, by network.
    """

    heard: frozenset[str] = frozenset()
    one_for_many: Mapping[str, int] = field(default_factory=dict)
    neighbours: Mapping[str, int] = field(default_factory=dict)
    outside: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def look_around() -> Surroundings:
    """This computer as it is now."""
    return Surroundings(cards=every_interface())


def advise(scope: Scope, coverage: Sequence[Coverage], found: Findings, around: Surroundings) -> tuple[Advice, ...]:
    """What to know and do, most pressing first; each topic once. Nothing is said of a search of this computer itself."""
    searched = [card for card in scope.interfaces if not network_of(card).subnet_of(LOOPBACK)]
    if scope.interfaces and not searched:
        return ()
    said = [
        *_lost(found),
        *_blocked(coverage),
        *_one_for_many(found),
        *_nothing_heard(scope, coverage, found, around, searched),
        *_nothing_announced(scope, coverage),
        *_vpn(around),
        *_wrong_network(found),
        *_other_networks(scope),
    ]
    return tuple({one.topic: one for one in reversed(said)}.values())[::-1]


def _lost(found: Findings) -> list[Advice]:
    if not found.lost:
        return []
    names = ", ".join(clean(name) for name in found.lost)
    return [Advice("card-lost", f"The network card {names} went away during the search.", "Connect it and search again.")]


def _blocked(coverage: Sequence[Coverage]) -> list[Advice]:
    said = []
    for row in coverage:
        if row.state != "blocked" or not row.reason:
            continue
        what = f"Nothing could be asked on {clean(row.network)} in at least one way ({clean(row.probe)})."
        if row.reason.startswith("macOS refused"):
            said.append(
                Advice(
                    "macos-local-network",
                    "macOS does not let Camcensus reach devices on this network (“no route to host”).",
                    "Open System Settings, Privacy & Security, Local Network, and allow Camcensus (or Terminal, if started "
                    "there). Where it is allowed already, switch it off and on, and start Camcensus again.",
                )
            )
        elif "firewall" in row.reason:
            said.append(Advice("firewall", what, "Ask IT to allow Camcensus in this computer's firewall, then search again."))
        else:
            said.append(Advice("blocked", what, clean(row.reason)))
    return said


def _one_for_many(found: Findings) -> list[Advice]:
    return [
        Advice(
            "one-for-many",
            f"One machine answers for {count(number, 'address', 'addresses')} on {clean(where)}, as the login page of a guest "
            "network or a router does: they are one row.",
            "Connect to the network that the cameras are on, and search again.",
        )
        for where, number in found.one_for_many.items()
    ]


def _nothing_heard(
    scope: Scope, coverage: Sequence[Coverage], found: Findings, around: Surroundings, searched: Sequence[Interface]
) -> list[Advice]:
    said: list[Advice] = []
    for card in searched:
        name = str(network_of(card))
        rows = [row for row in coverage if row.network == name and row.probe in MULTICAST_PORTS]
        if scope.passive or name in found.heard or any(row.received for row in rows) or not any(row.sent for row in rows):
            continue
        there = found.neighbours.get(name, 0)
        if there >= 2:
            said.append(
                Advice(
                    "kept-apart",
                    f"{count(there, 'device')} can be seen on {name}, and none answered a question: Wi-Fi or switches that "
                    "keep devices apart (“client isolation”) or a firewall may be in between.",
                    "Search from a computer with a cable to the cameras' own network, or ask IT to lift the isolation for it.",
                )
            )
            said += _firewall_of(around)
        elif there == 1 and not found.heard:
            said.append(
                Advice(
                    "alone",
                    f"Only one other device, most likely the router, can be seen on {name}: it may be a guest network.",
                    "Connect to the network that the cameras are on, and search again.",
                )
            )
        elif around.platform == "win32" and not found.heard:
            said += _firewall_of(around)
    return said


def _nothing_announced(scope: Scope, coverage: Sequence[Coverage]) -> list[Advice]:
    if not scope.passive or any(row.received for row in coverage if row.probe != "neighbour"):
        return []
    return [
        Advice(
            "nothing-announced",
            "No device announced itself while we listened. Most cameras do so only when they start, or when they are asked.",
            "Listen for an hour, and restart a camera meanwhile. Or ask IT for a network capture of the cameras’ network, or "
            "a list of its devices, and import it; or ask IT which ranges may be asked.",
        )
    ]


def _firewall_of(around: Surroundings) -> list[Advice]:
    if around.platform == "win32":
        return [
            Advice(
                "windows-firewall",
                "Windows Firewall may drop answers of cameras, above all where it takes this network for a public one.",
                "If this is your organisation's own network, set it to Private in Windows Settings and allow Camcensus when "
                "Windows asks; or ask IT to.",
            )
        ]
    if around.platform == "linux":
        return [
            Advice(
                "linux-firewall",
                "A firewall on this computer may drop the answers of cameras: questions were sent, and nothing came back.",
                "Ask IT to let in UDP from the ports 3702, 1900, 5353, 37020, 37810 (with firewalld: --add-source-port; with "
                "ufw: allow proto udp).",
            )
        ]
    return []


def _vpn(around: Surroundings) -> list[Advice]:
    cards = [card for card in around.cards if is_vpn(card)]
    if not cards:
        return []
    names = ", ".join(dict.fromkeys(clean(card.name) for card in cards))
    return [
        Advice(
            "vpn",
            f"A VPN is connected ({names}): it may keep questions from the network you are in, and it was not searched itself.",
            "If cameras are missing, disconnect the VPN and search again.",
        )
    ]


def before(cards: Sequence[Interface]) -> Advice | None:
    """What is in the way before a search is begun, given all network cards; None where nothing is seen to.

    Only a guest network or a VPN without a private network beside it makes a search pointless; a VPN beside one may hide it.
    """
    outside = [card for card in cards if IPv4Interface(card.address).ip not in LOOPBACK]
    tunnels = [card for card in outside if is_vpn(card)]
    if outside and not any(usable(card) for card in outside if card not in tunnels):
        return Advice(
            "guest-or-vpn",
            "You seem to be on guest Wi-Fi or a VPN. Cameras are rarely visible from here.",
            "Connect this computer to the network that the cameras are on, or type the ranges that IT gave you.",
        )
    return next(iter(_vpn(Surroundings(cards=tuple(outside)))), None)


def is_vpn(card: Interface) -> bool:
    """Whether a network card is a tunnel to another place, by its name or because it has one address only."""
    at = IPv4Interface(card.address)
    return bool(_VPN.search(card.name)) or (at.network.prefixlen >= 31 and at.ip not in LOOPBACK)


def _wrong_network(found: Findings) -> list[Advice]:
    if not found.outside:
        return []
    number = count(len(found.outside), "device has", "devices have")
    they = fitting(len(found.outside), "it is listed and was", "they are listed and were")
    named = ", ".join(clean(one) for one in found.outside[:NAMED_AT_MOST])
    return [
        Advice(
            "wrong-network",
            f"{number} an address that does not belong to a network searched ({named}): {they} not asked.",
            "Give this computer a second address in their network and search it too, or correct the devices' addresses.",
        )
    ]


def _other_networks(scope: Scope) -> list[Advice]:
    if scope.ranges:
        return []
    return [
        Advice(
            "other-networks",
            "Questions to a whole network do not pass a router, and cameras often have a network (VLAN) of their own.",
            "Ask IT which address ranges the cameras have, and name each range in the next search.",
        )
    ]
