"""Where a scan may look: this computer's private networks, and private ranges that a person named."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Network

import ifaddr

from camcensus.model.errors import ScopeError
from camcensus.model.policy import outside
from camcensus.model.scan import Interface, Pace, Scope
from camcensus.model.words import clean

PRIVATE = tuple(IPv4Network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
"""Networks that belong to whoever runs them. Source: RFC 1918."""
LINK_LOCAL = IPv4Network("169.254.0.0/16")
"""A camera without an address takes one of these, so an interface there is listened to. Source: RFC 3927."""
LINK_LOCAL_6 = IPv6Network("fe80::/10")
METADATA = IPv4Address("169.254.169.254")
LOOPBACK = IPv4Network("127.0.0.0/8")
SHARED = IPv4Network("100.64.0.0/10")
MULTICAST = IPv4Network("224.0.0.0/4")

RANGE_PREFIX = 22
"""A wider range needs `allow_large`: 1,024 addresses take a minute at the gentle pace."""
LARGE_PREFIX = 16
ADDRESSES_KEPT = 8192
"""Addresses whose parsed form is kept: each is looked at many times in a search."""


def interfaces() -> tuple[Interface, ...]:
    """The private IPv4 addresses of this computer's network cards, sorted by name; loopback is left out."""
    return tuple(card for card in every_interface() if usable(card))


def every_interface() -> tuple[Interface, ...]:
    """All IPv4 addresses of all network cards, also public ones and loopback, sorted by name and address."""
    cards = [
        Interface(name=adapter.nice_name, address=f"{ip.ip}/{ip.network_prefix}", index=adapter.index or 0)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str)
    ]
    return tuple(sorted(cards, key=lambda card: (card.name, IPv4Interface(card.address))))


def usable(card: Interface) -> bool:
    """Whether a card is searched without being named: private or link-local, and no point-to-point link (VPN)."""
    at = IPv4Interface(card.address)
    return _is_within(at.ip, (*PRIVATE, LINK_LOCAL)) and at.network.prefixlen <= 30


@cache
def network_of(card: Interface) -> IPv4Network:
    """The network that a card is on."""
    return IPv4Interface(card.address).network


@cache
def networks_of(ranges: tuple[str, ...]) -> tuple[IPv4Network, ...]:
    """The networks of a scope's ranges."""
    return tuple(IPv4Network(text) for text in ranges)


def make_scope(
    addresses: Iterable[str],
    ranges: Iterable[str],
    *,
    passive: bool = False,
    pace: Pace = "gentle",
    limit_s: float | None = None,
    allow_large: bool = False,
    exclude: Iterable[str] = (),
) -> Scope:
    """A checked scope. `addresses` name network cards by address or name (none: all private ones); `ranges` are CIDRs, which
    a passive scan only names; `exclude` are addresses or CIDRs that are never sent anything directly.

    Raises ScopeError, one sentence, for what may not be scanned or does not exist.
    """
    named = list(addresses)
    cards = tuple(dict.fromkeys(_card(name) for name in named)) if named else interfaces()
    networks = tuple(dict.fromkeys(_range(text, cards, allow_large) for text in ranges))
    if limit_s is not None and not limit_s > 0:
        raise ScopeError("The time limit must be more than 0 seconds.")
    if not cards and not networks:
        raise ScopeError("This computer is not on a private network: connect it to the cameras' network and try again.")
    return Scope(
        interfaces=cards,
        ranges=tuple(str(network) for network in networks),
        passive=passive,
        pace=pace,
        limit_s=limit_s,
        exclude=tuple(dict.fromkeys(block for text in exclude for block in excluded(text))),
    )


def excluded(text: str) -> tuple[str, ...]:
    """The CIDRs of an address, of a CIDR, or of two addresses with "-" between them. Raises ScopeError."""
    first, dash, last = text.partition("-")
    try:
        if dash:
            blocks = ipaddress.summarize_address_range(IPv4Address(first.strip()), IPv4Address(last.strip()))
            return tuple(str(block) for block in blocks)
        return (str(IPv4Network(first.strip(), strict=False)),)
    except ValueError:
        raise ScopeError(
            f"“{clean(text.strip())}” is not an address to leave alone: write it like 10.0.0.5 or 10.0.0.0/28, or as two "
            "addresses with “-” between them."
        ) from None


def _card(name: str) -> Interface:
    every = every_interface()
    text = name.strip()
    found = [card for card in every if text in (card.name, card.address, card.address.split("/")[0])]
    if not found:
        has = ", ".join(card.address.split("/")[0] for card in every) or "none"
        raise ScopeError(f"This computer has no network card with the address {clean(text)}; it has {has}.")
    for card in found:
        if not (usable(card) or IPv4Interface(card.address).ip in LOOPBACK):
            raise ScopeError(
                f"The network of {card.address.split('/')[0]} is not a private one, so it is not searched: "
                "name a network card with a private address (10…, 172.16… to 172.31…, 192.168…)."
            )
    return found[0]


def _range(text: str, cards: tuple[Interface, ...], allow_large: bool) -> IPv4Network:
    shown = clean(text.strip())
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise ScopeError(f"“{shown}” is not a range of addresses: write it like 10.0.0.0/24.") from None
    if not isinstance(network, IPv4Network):
        raise ScopeError(f"{shown} is an IPv6 range, and only IPv4 ranges can be searched.")
    if network.subnet_of(MULTICAST) or network.network_address == IPv4Address("255.255.255.255"):
        raise ScopeError(f"{shown} is for messages to groups and holds no devices: name a private range like 10.0.0.0/24.")
    if network.subnet_of(LINK_LOCAL):
        raise ScopeError(f"{shown} holds addresses that computers give themselves, and it is not searched address by address.")
    if network.subnet_of(LOOPBACK):
        if not any(IPv4Interface(card.address).ip in LOOPBACK for card in cards):
            raise ScopeError(f"{shown} is this computer itself: it is searched only when its interface 127.0.0.1 is named too.")
    elif network.subnet_of(SHARED):
        raise ScopeError(f"{shown} belongs to an internet provider's own network, so it may not be searched.")
    elif not any(network.subnet_of(block) for block in PRIVATE):
        raise ScopeError(f"{shown} is not a private range, so it may not be searched: name one like 10.0.0.0/24.")
    if network.prefixlen < LARGE_PREFIX:
        raise ScopeError(f"{shown} holds {network.num_addresses:,} addresses, which is too many: name smaller ranges.")
    if network.prefixlen < RANGE_PREFIX and not allow_large:
        raise ScopeError(
            f"{shown} holds {network.num_addresses:,} addresses: name ranges of at most {2 ** (32 - RANGE_PREFIX):,} "
            f"(a /{RANGE_PREFIX}), or allow large ranges (--allow-large)."
        )
    return network


def _is_within(address: IPv4Address, networks: tuple[IPv4Network, ...]) -> bool:
    return any(address in network for network in networks)


def left_alone(exclude: Iterable[str], allowed: Iterable[str] | None = None) -> tuple[str, ...]:
    """What is never sent anything directly, as CIDRs: what was excluded, and all that could be asked outside `allowed`."""
    named = tuple(exclude)
    if allowed is None:
        return named
    return (*named, *map(str, outside(tuple(allowed), (*PRIVATE, LINK_LOCAL, LOOPBACK))))


def is_link_local_6(address: str) -> bool:
    """Whether this is an IPv6 address that is valid on one network card only (fe80::/10). Source: RFC 4291, 2.5.6."""
    try:
        return IPv6Address(address) in LINK_LOCAL_6
    except ValueError:
        return False


@lru_cache(ADDRESSES_KEPT)
def parsed(address: str) -> IPv4Address | None:
    """An IPv4 address, None for all else."""
    try:
        return IPv4Address(address)
    except ValueError:
        return None


def may_contact(address: str, networks: Iterable[IPv4Network], exclude: Iterable[IPv4Network] = ()) -> bool:
    """Whether an address that sent something may be asked: a host address inside one of the networks in scope.

    What is in `exclude` may not.
    """
    host = parsed(address)
    if host is None:
        return False
    if any(host in network for network in exclude):
        return False
    if host == METADATA or host in MULTICAST or not _is_within(host, (*PRIVATE, LINK_LOCAL, LOOPBACK)):
        return False
    for network in networks:
        if host in network:
            return network.prefixlen >= 31 or host not in (network.network_address, network.broadcast_address)
    return False
