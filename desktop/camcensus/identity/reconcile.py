"""Devices seen now against devices known: the same, new, or a question for staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from camcensus.identity.hosts import differ, numbers_differ, numbers_show_two, serials_differ
from camcensus.identity.networks import place_of, split_address_key
from camcensus.identity.pairs import makers_of
from camcensus.identity.values import (
    LONG_FEWEST_CHARACTERS,
    TAIL_FEWEST_CHARACTERS,
    is_made_up_mac,
    plain_serial,
    same_serial,
)
from camcensus.model import frozen
from camcensus.model.device import Device, Key, KeyKind
from camcensus.model.knowledge import Knowledge

MatchState = Literal["same", "new", "ask"]

_KIND_WORDS: dict[KeyKind, str] = {
    "mac": "MAC address",
    "uuid": "device id",
    "serial": "serial number",
    "addr": "network address",
}
_RANK: dict[KeyKind, int] = {kind: rank for rank, kind in enumerate(_KIND_WORDS)}
ALIKE_LIMIT = 16
"""Where more long serial numbers than this end alike, their ends are no number of one device."""
_FIRM: tuple[KeyKind, ...] = ("mac", "serial")
"""What stays with a device for life; a device id may change with new firmware or at each start."""


@frozen
class Match:
    """What became of a device: `known_id` is the inventory's device for "same", the best guess for "ask", None for "new".

    `key` is the kind of key that the match rests on; one that rests on the address alone needs answers that agree.
    `candidates` are all known devices that it may be, the best guess first; `fits` where nothing says that it is none of
    them. `doubt` is a known device that may be the same as this one. `reason` is one sentence fit for staff.
    """

    device: Device
    state: MatchState
    known_id: str | None
    reason: str
    key: KeyKind | None = None
    candidates: tuple[str, ...] = ()
    fits: bool = False
    doubt: str | None = None


class _KnownDevices:
    """The devices known, to be looked up by key."""

    def __init__(self, known: Mapping[str, tuple[Key, ...]], knowledge: Knowledge | None) -> None:
        self.keys = known
        self.knowledge = knowledge
        self.firm = {known_id for known_id, keys in known.items() if is_firm(keys)}
        self._strong: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._at: dict[str, set[str]] = defaultdict(set)
        self._tails: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for known_id, keys in known.items():
            for key in keys:
                if key.kind == "addr":
                    self._at[key.value].add(known_id)
                    self._at[place_of(key.value)].add(known_id)
                    network, at = split_address_key(key.value)
                    if not network:  # a list says an address, and not of which network
                        self._at[at].add(known_id)
                elif key.trust == "strong":
                    self._strong[_comparable(key)].add(known_id)
                    if key.kind == "serial" and len(serial := _serial(key)) >= LONG_FEWEST_CHARACTERS:
                        self._tails[serial[-TAIL_FEWEST_CHARACTERS:]].add((serial, known_id))

    def showing(self, key: Key) -> set[str]:
        """Who showed this MAC address, device id or serial number, a serial in whatever form."""
        found = set(self._strong.get(_comparable(key), ()))
        if key.kind != "serial":
            return found
        serial = _serial(key)
        longer = self._tails.get(serial[-TAIL_FEWEST_CHARACTERS:], set())
        if len(longer) <= ALIKE_LIMIT:
            found |= {known_id for other, known_id in longer if same_serial(serial, other)}
        if len(serial) >= LONG_FEWEST_CHARACTERS:
            for start in range(1, len(serial) - TAIL_FEWEST_CHARACTERS + 1):
                found |= self._strong.get(("serial", serial[start:]), set())
        return found

    def at(self, keys: Iterable[Key]) -> list[str]:
        """Who was at one of these addresses: by the same network card, else in the same range of addresses, else by a list."""
        values = [key.value for key in keys if key.kind == "addr"]
        exact = {known_id for value in values for known_id in self._at.get(value, ())}
        near = {known_id for value in values for known_id in self._at.get(place_of(value), ())}
        listed = {known_id for value in values for known_id in self._at.get(split_address_key(value)[1], ())}
        return sorted(exact or near or listed)


def reconcile(
    devices: Sequence[Device], known: Mapping[str, tuple[Key, ...]], knowledge: Knowledge | None = None
) -> tuple[Match, ...]:
    """One Match for each device, in the order given; whether other devices come first or last never changes it.

    A shared MAC address, device id or serial number makes it the same, unless its other keys say that it is another, or
    its MAC addresses are another maker's by what `knowledge` holds of them. An address alone does only where one side never
    showed a network or serial number. Where the keys point to two known devices, or two devices to one, staff are asked.
    """
    by = _KnownDevices(known, knowledge)
    firsts = [_match(device, by) for device in devices]
    claims: dict[str, list[tuple[int, Match]]] = defaultdict(list)
    for match, rank in firsts:
        if match.state == "same" and match.known_id is not None:
            claims[match.known_id].append((rank, match))
    joined = {known_id for known_id, rivals in claims.items() if _are_its_parts([one for _, one in rivals], known[known_id])}
    return tuple(
        match if match.known_id in joined else _contested(match, rank, [its for its, _ in claims.get(match.known_id or "", [])])
        for match, rank in firsts
    )


def _are_its_parts(rivals: Sequence[Match], keys: Sequence[Key]) -> bool:
    """True where each shows another value of one kind, all of them known to be of the one device: staff made it one row."""
    kinds = {match.key for match in rivals}
    if len(kinds) != 1:
        return False
    kind = next(iter(kinds)) or "addr"
    shown = [_shown(match.device.keys, kind) for match in rivals]
    its = _shown(keys, kind)
    return sum(map(len, shown)) == len(frozenset[str]().union(*shown)) and all(one <= its for one in shown)


def _shown(keys: Sequence[Key], kind: KeyKind) -> frozenset[str]:
    return _places(keys) if kind == "addr" else _values(keys, kind)


def is_firm(keys: Collection[Key]) -> bool:
    """True for keys with a network or serial number of the device's own."""
    return any(key.trust == "strong" and key.kind in _FIRM for key in keys)


def hides_another(keys: Sequence[Key], known: Sequence[Key]) -> bool:
    """True where a device shows only MAC addresses that software made up, none of them known, and the known one its card's own.

    So does one put in its place; and so does the same one behind some repeaters, which is for staff to say.
    """
    ours = {key.value for key in keys if key.kind == "mac"}
    made_up = bool(ours) and all(is_made_up_mac(mac) for mac in ours)
    return made_up and bool(_values(known, "mac")) and ours.isdisjoint(key.value for key in known if key.kind == "mac")


def _serial(key: Key) -> str:
    """A serial number without its maker, which a later search may know better."""
    return plain_serial(key.value.partition(":")[2])


def _comparable(key: Key) -> tuple[str, str]:
    return (key.kind, _serial(key) if key.kind == "serial" else key.value)


def _match(device: Device, known: _KnownDevices) -> tuple[Match, int]:
    """The match by keys alone, and the rank of the key that made it (0 is best)."""
    found: dict[str, list[Key]] = defaultdict(list)
    for key in device.keys:
        if key.kind != "addr" and key.trust == "strong":
            for known_id in known.showing(key):
                found[known_id].append(key)
    denied = {
        known_id for known_id, keys in found.items() if _is_another(device.keys, known.keys[known_id], keys, known.knowledge)
    }
    denied |= _outdone(device.keys, {known_id: known.keys[known_id] for known_id in found if known_id not in denied})
    sure = [known_id for known_id in found if known_id not in denied]
    if len(sure) == 1:
        key = found[sure[0]][0]
        say = f"Its {_KIND_WORDS[key.kind]} is the one known."
        return Match(device, "same", sure[0], say, key.kind, (sure[0],)), _RANK[key.kind]
    if found:
        order = sorted(
            sure or found, key=lambda known_id: (device.keys.index(found[known_id][0]), -len(found[known_id]), known_id)
        )
        key = found[order[0]][0]
        say = f"It shows what {len(order)} known devices had: which of them is it?"
        if not sure:
            say = f"Its {_KIND_WORDS[key.kind]} is that of a known device, and other things differ: is it the same one?"
        return Match(device, "ask", order[0], say, key.kind, tuple(order), fits=bool(sure)), 0
    return _match_by_address(device, known)


def _match_by_address(device: Device, known: _KnownDevices) -> tuple[Match, int]:
    there = known.at(device.keys)
    if not there:
        return Match(device, "new", None, "Nothing known has its MAC address, device id, serial number or address."), 0
    if is_firm(device.keys) and known.firm.issuperset(there):
        return Match(device, "new", None, "Another device had this address before."), 0
    strong = any(key.trust == "strong" for key in device.keys)
    if len(there) == 1 and not strong and not any(key.trust == "strong" for key in known.keys[there[0]]):
        say = "It has the same address, and neither shows anything better."
        return Match(device, "same", there[0], say, "addr", (there[0],)), _RANK["addr"]
    order = tuple(sorted(there, key=lambda known_id: (known_id in known.firm, known_id)))
    return Match(device, "ask", order[0], "It has the address of a known device: is it the same one?", "addr", order), 0


def _is_another(keys: Sequence[Key], known: Sequence[Key], shared: Sequence[Key], knowledge: Knowledge | None) -> bool:
    """True where two devices share a key and the rest of what they show says that they are two all the same.

    Two of one make may have one serial number or device id from the factory; one MAC address may be a range extender's
    in front of one camera after another.
    """
    ours, theirs = _values(keys, "mac"), _values(known, "mac")
    serials, its_serials = _values(keys, "serial"), _values(known, "serial")
    kinds = {key.kind for key in shared}
    if "mac" not in kinds:
        if numbers_show_two(ours, theirs):
            return True
        if knowledge is not None and differ(makers_of(ours, knowledge), makers_of(theirs, knowledge)):
            return True
        return "serial" not in kinds and serials_differ(serials, its_serials)
    if kinds != {"mac"}:
        return False
    common = ours & theirs
    if numbers_differ(ours - common, theirs - common):
        return True
    moved = differ(_places(keys), _places(known))
    return moved and serials_differ(serials, its_serials)


def _outdone(keys: Sequence[Key], known: Mapping[str, Sequence[Key]]) -> set[str]:
    """Who has a MAC address of its own and not this device's, where another known one has this device's."""
    ours = _values(keys, "mac")
    theirs = {known_id: _values(its, "mac") for known_id, its in known.items()}
    if not any(ours & macs for macs in theirs.values()):
        return set()
    return {known_id for known_id, macs in theirs.items() if macs and not ours & macs}


def _values(keys: Sequence[Key], kind: KeyKind) -> frozenset[str]:
    values = (key for key in keys if key.kind == kind and key.trust == "strong")
    return frozenset(_serial(key) if kind == "serial" else key.value for key in values)


def _places(keys: Sequence[Key]) -> frozenset[str]:
    return frozenset(place_of(key.value) for key in keys if key.kind == "addr")


def _contested(match: Match, rank: int, claims: Sequence[int]) -> Match:
    """Two devices that both look like one known device: the one with the better key is it; between equals staff are asked."""
    if match.state != "same" or len(claims) < 2 or (rank == min(claims) and claims.count(rank) == 1):
        return match
    return replace(match, state="ask", reason="Two devices look like this known one: which of them is it?")
