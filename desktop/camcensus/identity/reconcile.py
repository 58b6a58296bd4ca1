"""Devices seen now against devices known: the same, new, or a question for staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from camcensus.model.device import Device, Key, KeyKind

MatchState = Literal["same", "new", "ask"]

_KIND_WORDS: dict[KeyKind, str] = {
    "mac": "network number",
    "uuid": "device id",
    "serial": "serial number",
    "addr": "network address",
}
_RANK: dict[KeyKind, int] = {kind: rank for rank, kind in enumerate(_KIND_WORDS)}


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a device: `known_id` is the inventory's device for "same", the best guess for "ask", None for "new".

    `reason` is one sentence fit for staff.
    """

    device: Device
    state: MatchState
    known_id: str | None
    reason: str


def reconcile(devices: Sequence[Device], known: Mapping[str, tuple[Key, ...]]) -> tuple[Match, ...]:
    """One Match for each device, in the order given; whether other devices come first or last never changes it.

    A shared network number, device id or serial number makes it the same. An address alone does only where neither side
    ever showed anything better. Where the keys point to two known devices, or two devices to one, staff are asked.
    """
    by_key: dict[tuple[str, str], set[str]] = defaultdict(set)
    for known_id, keys in known.items():
        for key in keys:
            by_key[_comparable(key)].add(known_id)
    strong_known = {known_id for known_id, keys in known.items() if any(key.trust == "strong" for key in keys)}
    firsts = [_match(device, known, by_key, strong_known) for device in devices]
    claims: dict[str, list[int]] = defaultdict(list)
    for match, rank in firsts:
        if match.state == "same" and match.known_id is not None:
            claims[match.known_id].append(rank)
    return tuple(_contested(match, rank, claims.get(match.known_id or "", [])) for match, rank in firsts)


def _comparable(key: Key) -> tuple[str, str]:
    """Serial numbers are compared without the maker, which a later search may know better."""
    return (key.kind, key.value.partition(":")[2] if key.kind == "serial" else key.value)


def _match(
    device: Device,
    known: Mapping[str, tuple[Key, ...]],
    by_key: Mapping[tuple[str, str], set[str]],
    strong_known: set[str],
) -> tuple[Match, int]:
    """The match by keys alone, and the rank of the key that made it (0 is best)."""
    strong = [key for key in device.keys if key.trust == "strong"]
    found: dict[str, list[Key]] = defaultdict(list)
    for key in strong:
        for known_id in by_key.get(_comparable(key), ()):
            if any(_comparable(other) == _comparable(key) and other.trust == "strong" for other in known[known_id]):
                found[known_id].append(key)
    if len(found) == 1:
        known_id, keys = next(iter(found.items()))
        word = _KIND_WORDS[keys[0].kind]
        return Match(device, "same", known_id, f"Its {word} is the one known."), _RANK[keys[0].kind]
    if found:
        best = min(found, key=lambda known_id: (device.keys.index(found[known_id][0]), -len(found[known_id]), known_id))
        return Match(device, "ask", best, f"It shows what {len(found)} known devices had: which of them is it?"), 0
    at_address = sorted(
        {known_id for key in device.keys if key.kind == "addr" for known_id in by_key.get(_comparable(key), ())}
    )
    if not at_address:
        say = "Nothing known has its network number, device id, serial number or address."
        return Match(device, "new", None, say), 0
    if strong and all(known_id in strong_known for known_id in at_address):
        return Match(device, "new", None, "Another device had this address before."), 0
    if len(at_address) == 1 and not strong and at_address[0] not in strong_known:
        say = "It has the same address, and neither shows anything better."
        return Match(device, "same", at_address[0], say), _RANK["addr"]
    likeliest = min(at_address, key=lambda known_id: (known_id in strong_known, known_id))
    return Match(device, "ask", likeliest, "It has the address of a known device: is it the same one?"), 0


def _contested(match: Match, rank: int, claims: Sequence[int]) -> Match:
    """Two devices that both look like one known device: the one with the better key is it; between equals staff are asked."""
    if match.state != "same" or len(claims) < 2 or (rank == min(claims) and claims.count(rank) == 1):
        return match
    return Match(match.device, "ask", match.known_id, "Two devices look like this known one: which of them is it?")
