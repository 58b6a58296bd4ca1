"""Which known device each device of a search is: by its keys, and by what staff merged and split. In doubt, staff are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from camcensus.identity.group import group, key_order
from camcensus.identity.reconcile import Match, reconcile
from camcensus.model import frozen
from camcensus.model.device import Device, Key, Observation
from camcensus.model.knowledge import Knowledge

Agree = Callable[[Device, str], bool]
"""Whether a device that rests on its address alone may be that known one, by what it answers."""

LINKED = "One device showed what two known devices had: are they one and the same?"


@frozen
class Settled:
    """A device of a search, the known device that it is (None: a new one), and why, in one sentence.

    `doubt` is a known device that it may be too, to be asked about; `asked` where it is kept as new because of that.
    """

    device: Device
    known_id: str | None
    reason: str
    doubt: str | None = None

    @property
    def asked(self) -> bool:
        """True where it is kept as new though it may be one already known."""
        return self.known_id is None and self.doubt is not None


def settle(
    devices: Sequence[Device], known: Mapping[str, tuple[Key, ...]], knowledge: Knowledge, agree: Agree
) -> tuple[Settled, ...]:
    """Each device once, in the order given; no known device stands for two.

    Devices that staff made one row of are joined; a device whose replies are of two known ones is divided between them. What
    cannot be told stays with the likeliest or is new, with a doubt.
    """
    matches = [part for match in reconcile(devices, known, knowledge) for part in _divided(match, known, knowledge)]
    by_keys: dict[frozenset[tuple[str, str]], list[str]] = defaultdict(list)
    for known_id, keys in sorted(known.items()):
        by_keys[_plain(keys)].append(known_id)
    settled: list[Settled] = []
    taken = {match.known_id for match in matches if match.state == "same"}
    at: dict[str, int] = {}
    for match in matches:
        one = _settle(match, by_keys, agree, taken)
        if one.known_id is not None and one.known_id in at:
            before = settled[at[one.known_id]]
            settled[at[one.known_id]] = replace(before, device=join_devices([before.device, one.device]))
            continue
        if one.known_id is not None:
            at[one.known_id] = len(settled)
            taken.add(one.known_id)
        settled.append(one)
    return tuple(settled)


def _settle(
    match: Match, by_keys: Mapping[frozenset[tuple[str, str]], list[str]], agree: Agree, taken: set[str | None]
) -> Settled:
    """`by_keys` finds devices kept as new the last time we were unsure: exactly these keys, and no others."""
    if match.state == "new" or (match.state == "same" and match.key != "addr"):
        return Settled(match.device, match.known_id, match.reason, match.doubt)
    if match.key != "addr" and match.fits:
        free = [one for one in match.candidates if one not in taken]
        best = next(iter(free), None)
        return Settled(match.device, best, match.reason, next((one for one in match.candidates if one != best), None))
    by_address = match.candidates if match.key == "addr" else ()
    allowed = taken - {match.known_id} if match.state == "same" else taken
    free = [one for one in dict.fromkeys((*by_keys.get(_plain(match.device.keys), ()), *by_address)) if one not in allowed]
    found = next((one for one in free if agree(match.device, one)), None)
    return Settled(match.device, found, match.reason, match.known_id if found is None else None)


def _plain(keys: Iterable[Key]) -> frozenset[tuple[str, str]]:
    return frozenset((key.kind, key.value) for key in keys)


def _divided(match: Match, known: Mapping[str, tuple[Key, ...]], knowledge: Knowledge) -> list[Match]:
    """A device that shows what several known ones had, address by address, where each part is one of them; else as it is."""
    if match.state != "ask" or not match.fits or len(match.candidates) < 2:
        return [match]
    hosts: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for one in match.device.observations:
        hosts[one.network or "", one.address or one.mac or ""].append(one)
    parts = reconcile([part for _, seen in sorted(hosts.items()) for part in group(seen, knowledge)], known, knowledge)
    if len({part.known_id for part in parts}) < 2 or any(part.state != "same" or part.key == "addr" for part in parts):
        return [match]
    first, *others = dict.fromkeys(part.known_id for part in parts)
    return [replace(part, reason=LINKED, doubt=others[0]) if part.known_id == first else part for part in parts]


def join_devices(devices: Iterable[Device]) -> Device:
    """Several as one: all their keys, addresses and observations; network and number of the first."""
    found = list(devices)
    first = found[0]
    seen = sorted(
        {one.id: one for device in found for one in device.observations}.items(), key=lambda item: (item[1].at, item[0])
    )
    return Device(
        keys=tuple(sorted({key for device in found for key in device.keys}, key=key_order)),
        addresses=tuple(dict.fromkeys(address for device in found for address in device.addresses)),
        network=next((device.network for device in found if device.network), None),
        mac=first.mac or next((device.mac for device in found if device.mac), None),
        observations=tuple(one for _, one in seen),
    )
