"""What a device is known by from one search to the next, and what of it has changed: so that a login goes to no other device.

More is asked here than for the register, where a wrong doubt costs a question and a changed endpoint id may be a new firmware:
any mark that differs is asked about before a login is sent.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from camcensus.identity.latest_replies import ALWAYS
from camcensus.identity.shared import is_tcp_probe
from camcensus.identity.values import is_made_up_mac, is_usable_uuid, plain_serial, same_serial
from camcensus.model.observation import Observation

Marks = Mapping[str, tuple[str, ...]]
"""What was asked ("mac", "serial onvif.GetDeviceInformation 80") to what it showed: MAC addresses, endpoint ids, serial
numbers, certificates by their SHA-256. Only answers to one question are compared: some give each another serial number.
"""

MAC = "mac"
"""The MAC address by which the network itself reaches it."""
ADDRESS = "address"
"""Where it answered. Another place is asked about unless its MAC address and a second mark say that it is the same."""
CERTIFICATE = "certificate "
PORTS = "ports"
"""The TCP ports at which a login may go to it: behind a router that forwards them, another port may be another device."""
_DOORS = ("http", "tls", "onvif.", "isapi.", "dahua-cgi.", "axis-cgi.")
_NO_SIGN = (ADDRESS, PORTS)
SECOND = ("uuid ", "serial ", CERTIFICATE)
"""Marks beside the MAC address, which any device on the network may send under."""
NOTHING = "it shows nothing that it was known by"


def marks_of(observations: Iterable[Observation]) -> Marks:
    """The marks in some replies together."""
    seen = [one for one in observations if one.probe not in ALWAYS]
    found: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        found[ADDRESS].add(one.address)
        if one.mac:
            found[MAC].add(one.mac.lower())
        if one.port is not None and one.probe.startswith(_DOORS):
            found[PORTS].add(str(one.port))
        at = f"{one.probe} {one.port}" if one.port is not None and is_tcp_probe(one.probe) else one.probe
        if one.probe == "tls":
            found[f"{CERTIFICATE}{one.port}"].add(hashlib.sha256(one.raw).hexdigest())
            continue
        found[f"claimed {at}"] |= {value.lower() for value in one.reading.all("mac")}
        found[f"uuid {at}"] |= {value.lower() for value in one.reading.all("uuid") if is_usable_uuid(value)}
        found[f"serial {at}"] |= {plain_serial(value) for value in one.reading.all("serial")} - {""}
    return {name: tuple(sorted(values)) for name, values in sorted(found.items()) if values}


def newest_marks(observations: Iterable[Observation], searches: Sequence[str]) -> Marks:
    """Of each question what it showed last. `searches` are when searches began, oldest first."""
    return {name: shown[-1] for name, shown in _shown(_by_search(observations, searches)).items()}


def what_changed(
    observations: Iterable[Observation],
    searches: Sequence[str],
    before: Marks | None = None,
    *,
    made_up: bool = True,
    relayed: Collection[str] = frozenset(),
    ports: Collection[str] = (),
) -> tuple[str, ...]:
    """What of a device is not as it was, each a few words that continue after "is not as it was known:"; empty where all is.

    `before` are the marks that it had when a login last went to it; what is not among them is held against all earlier ones,
    and what is empty there need not be as it was. What only a list told may count as seen (`_listed_macs`).
    `made_up` says of a MAC address that software made up, and that no login went to yet, that it shows no device.
    `relayed` are MAC addresses of what stands in front of it, a range extender: whatever is behind that shows them.
    `ports` are the TCP ports at which it was known first, where no login tells others; empty: not known.
    """
    every = tuple(observations)
    visits = _by_search(every, searches)
    if not visits:
        return ()
    shown, now = _shown(visits), marks_of(visits[-1])
    noted = before or {}
    old = {name: [one for one in (noted[name],) if one] if name in noted else values[:-1] for name, values in shown.items()}
    if MAC in old and MAC not in noted and (listed := _listed_macs(every, visits)):
        old[MAC] = [listed, *old[MAC]]
    reached = {one.address for one in visits[-1] if one.mac}
    said = _moved(now, [marks_of(one) for one in visits[:-1]], before, reached)
    said += [
        _words(name, values[-1], other)
        for name, values in sorted(shown.items())
        for other in [one for one in old.get(name, ()) if not _agree(name, values[-1], one)][:1]
        if name not in _NO_SIGN
    ]
    if not _is_its_own_mac(now, relayed):
        said += _new_ports(now, {PORTS: tuple(ports), **(before or {})}, before is not None)
    macs: dict[str, set[str]] = defaultdict(set)
    for one in visits[-1]:
        if one.mac:
            macs[one.address].add(one.mac.lower())
    said += [f"{len(several)} devices answer at {address}" for address, several in sorted(macs.items()) if len(several) > 1]
    known = [marks_of(one) for one in visits[:-1]] if before is None else [before]
    its_own = [name for name in now if name not in _NO_SIGN and not (name == MAC and set(now[MAC]) <= set(relayed))]
    if known and not said and not any(_fits(name, now, known) for name in its_own):
        said.append(NOTHING)
    if made_up and not said:
        unknown = set(shown.get(MAC, [()])[-1]) - set((before or {}).get(MAC, ()))
        said += [
            f"software made up its MAC address {mac}, so another device may have it" for mac in unknown if is_made_up_mac(mac)
        ]
    return tuple(dict.fromkeys(said))


def newly_shown(observations: Iterable[Observation], searches: Sequence[str], before: Marks | None = None) -> frozenset[str]:
    """MAC addresses, endpoint ids and serial numbers of a device that a login did not go to `before`, as in Marks."""
    shown = newest_marks(observations, searches)
    its_own = (name for name in shown if name not in _NO_SIGN and not name.startswith(CERTIFICATE))
    return frozenset(value for name in its_own for value in shown[name] if value not in (before or {}).get(name, ()))


def names_one(observation: Observation) -> bool:
    """Whether a reply shows what tells a device from others: an endpoint id, a serial number, a MAC address that it claims."""
    return any(not name.startswith((*_NO_SIGN, MAC, CERTIFICATE)) for name in marks_of([observation]))


def newest_replies(observations: Iterable[Observation], searches: Sequence[str]) -> tuple[Observation, ...]:
    """Of each question what it answered last, where that shows what tells it from others."""
    found: dict[str, list[Observation]] = {}
    for seen in reversed(_by_search(observations, searches)):
        last: dict[str, list[Observation]] = defaultdict(list)
        for one in filter(names_one, seen):
            for name in marks_of([one]):
                last[name].append(one)
        found |= {name: some for name, some in last.items() if name not in found and name not in (*_NO_SIGN, MAC)}
    return tuple({one.id: one for some in found.values() for one in some}.values())


def last_replies(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Of each question the last answer alone, if it tells a device from others: how one is known after a yes to a change."""
    last = {(one.probe, one.ask, one.port): one for one in sorted(observations, key=lambda one: one.at)}
    return tuple(filter(names_one, last.values()))


def shown_again(known: Iterable[Observation], now: Iterable[Observation]) -> tuple[str, ...]:
    """What a device that was asked again shows otherwise than the replies that it is `known` by; NOTHING: it shows none."""
    before, after = marks_of(known), marks_of(now)
    names = [name for name in after if name in before and name not in (*_NO_SIGN, MAC)]
    said = [_words(name, after[name], before[name]) for name in names if not _agree(name, after[name], before[name])]
    return tuple(dict.fromkeys(said)) or (() if names else (NOTHING,))


def _is_its_own_mac(now: Marks, relayed: Collection[str]) -> bool:
    """Whether the network shows a MAC address that is its own: what a router forwards shows none, or the router's."""
    shown = set(now.get(MAC, ())) - set(relayed)
    claimed = {value for name, values in now.items() if name.startswith("claimed ") for value in values}
    return bool(shown) and (not claimed or bool(shown & claimed))


def _new_ports(now: Marks, known: Marks, logged_in: bool) -> list[str]:
    """What to say of ports that are not among those it is `known` by, and once a login went to it of certificates too."""
    new = set(now.get(PORTS, ())) - set(known[PORTS]) if known[PORTS] else set[str]()
    shown = {name.removeprefix(CERTIFICATE) for name in now if name.startswith(CERTIFICATE) and name not in known}
    new |= shown if logged_in else set[str]()
    said = []
    for port in sorted(new, key=int):
        by = ", ".join(f"{one[:16]}…" for one in now.get(f"{CERTIFICATE}{port}", ()))
        said.append(f"it was not known at port {port}" + (f" (certificate SHA-256 {by})" if by else ""))
    return said


def _by_search(observations: Iterable[Observation], searches: Sequence[str]) -> list[list[Observation]]:
    """Of each search what it saw. Without their Z: 10:00:00.2Z would sort before 10:00:00Z, to the second when one began."""
    began = sorted(one.rstrip("Z") for one in searches)
    found: dict[int, list[Observation]] = defaultdict(list)
    for one in observations:
        if one.probe not in ALWAYS:
            found[bisect_right(began, one.at.rstrip("Z"))].append(one)
    return [seen for _, seen in sorted(found.items())]


def _listed_macs(every: Sequence[Observation], visits: Sequence[Sequence[Observation]]) -> tuple[str, ...]:
    """The MAC addresses that lists told of a device before a search saw it, or that it says are its own.

    Of a list that is brought again only the last is kept, so that it may seem to be of after the first search.
    """
    began = min(one.at.rstrip("Z") for one in visits[0])
    own = {value.lower() for seen in visits for one in seen for value in one.reading.all("mac")}
    listed = ((one.mac.lower(), one.at.rstrip("Z") < began) for one in every if one.probe == "list" and one.mac)
    return tuple(sorted({mac for mac, is_before in listed if is_before or mac in own}))


def _shown(visits: Iterable[Iterable[Observation]]) -> dict[str, list[tuple[str, ...]]]:
    """What each question showed, oldest first."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for seen in visits:
        for name, values in marks_of(seen).items():
            found[name].append(values)
    return found


def _agree(name: str, now: Iterable[str], before: Iterable[str]) -> bool:
    """Whether what a question showed is what it showed before, and nothing beside it."""
    if name.startswith("serial "):
        return all(any(same_serial(one, two) for two in before) for one in now)
    return set(now) <= set(before)


def _fits(name: str, now: Marks, known: Iterable[Marks]) -> bool:
    return name in now and any(_agree(name, now[name], one[name]) for one in known if name in one)


def _moved(now: Marks, earlier: Sequence[Marks], before: Marks | None, reached: set[str]) -> list[str]:
    """What to say of a device that answers where it did not `earlier`, by what it was known by until it was first there.

    `reached` are the addresses that the network shows a MAC address of: another device behind a router may claim the rest.
    """
    if before is not None:
        earlier = [before] if ADDRESS in before else [{**before, ADDRESS: one[ADDRESS]} for one in earlier]
    for number, one in enumerate(earlier, start=1):
        if _agree(ADDRESS, now[ADDRESS], one[ADDRESS]):
            continue
        until, said = earlier[:number], f"its address was {', '.join(one[ADDRESS])} and is {', '.join(now[ADDRESS])}"
        if not set(now[ADDRESS]) - set(one[ADDRESS]) <= reached:
            return [f"{said}, and the network shows no MAC address of it"]
        if not _fits(MAC, now, until):
            known = any(MAC in marks for marks in until)
            return [said if known else f"{said}, and its MAC address was not known"]
        if not any(_fits(name, now, until) for name in now if name.startswith(SECOND)):
            return [f"{said}, and only its MAC address is the same as before"]
    return []


def _words(name: str, now: Sequence[str], before: Sequence[str]) -> str:
    kind, _, port = name.partition(" ")
    if kind in (MAC, "claimed"):
        return f"its MAC address was {', '.join(before)} and is {', '.join(now)}"
    # What it shows now is a part of the words: a yes is for this change and for no later one.
    if kind == "certificate":
        return f"its certificate at port {port} is another (SHA-256 {', '.join(f'{one[:16]}…' for one in now)})"
    return f"its {'endpoint id' if kind == 'uuid' else 'serial number'} is another ({', '.join(now)})"
