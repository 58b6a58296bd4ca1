"""What a device is known by from one search to the next, and what of it has changed: so that a login goes to no other device.

More is asked here than for the register, where a wrong doubt costs a question and a changed endpoint id may be a new firmware:
any mark that differs is asked about before a login is sent.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

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
"""Where it answered, of a device that showed no MAC address by which the network reaches it, behind a router for one."""
NOTHING = "it shows nothing that it was known by"


def marks_of(observations: Iterable[Observation]) -> Marks:
    """The marks in some replies together."""
    seen = [one for one in observations if one.probe not in ALWAYS]
    found: dict[str, set[str]] = defaultdict(set)
    if not any(one.mac for one in seen):
        found[ADDRESS] = {one.address for one in seen}
    for one in seen:
        if one.mac:
            found[MAC].add(one.mac.lower())
        at = f"{one.probe} {one.port}" if one.port is not None and is_tcp_probe(one.probe) else one.probe
        if one.probe == "tls":
            found[f"certificate {one.port}"].add(hashlib.sha256(one.raw).hexdigest())
            continue
        found[f"claimed {at}"] |= {value.lower() for value in one.reading.all("mac")}
        found[f"uuid {at}"] |= {value.lower() for value in one.reading.all("uuid") if is_usable_uuid(value)}
        found[f"serial {at}"] |= {plain_serial(value) for value in one.reading.all("serial")} - {""}
    return {name: tuple(sorted(values)) for name, values in sorted(found.items()) if values}


def newest_marks(observations: Iterable[Observation], searches: Sequence[str]) -> Marks:
    """Of each question what it showed last. `searches` are when searches began, oldest first."""
    return {name: shown[-1] for name, shown in _shown(_by_search(observations, searches)).items()}


def what_changed(
    observations: Iterable[Observation], searches: Sequence[str], before: Marks | None = None, *, made_up: bool = True
) -> tuple[str, ...]:
    """What of a device is not as it was, each a few words that continue after "is not as it was known:"; empty where all is.

    `before` are the marks that it had when a login last went to it; without them its newest marks are held against all earlier
    ones. `made_up` says of a MAC address that software made up, and that no login went to yet, that it shows no device.
    """
    visits = _by_search(observations, searches)
    if not visits:
        return ()
    shown = _shown(visits)
    old = {name: values[:-1] for name, values in shown.items()} if before is None else {name: [before[name]] for name in before}
    said = [
        _words(name, values[-1], other)
        for name, values in sorted(shown.items())
        for other in [one for one in old.get(name, ()) if not _agree(name, values[-1], one)][:1]
    ]
    macs: dict[str, set[str]] = defaultdict(set)
    for one in visits[-1]:
        if one.mac:
            macs[one.address].add(one.mac.lower())
    said += [f"{len(several)} devices answer at {address}" for address, several in sorted(macs.items()) if len(several) > 1]
    known = _shown(visits[:-1]) if before is None else old
    now = marks_of(visits[-1])
    if (
        known
        and not said
        and not any(_agree(name, now[name], one) for name in now if name != ADDRESS for one in known.get(name, ()))
    ):
        said.append(NOTHING)
    if made_up and not said:
        unknown = set(shown.get(MAC, [()])[-1]) - set((before or {}).get(MAC, ()))
        said += [
            f"software made up its MAC address {mac}, so another device may have it" for mac in unknown if is_made_up_mac(mac)
        ]
    return tuple(dict.fromkeys(said))


def _by_search(observations: Iterable[Observation], searches: Sequence[str]) -> list[list[Observation]]:
    found: dict[int, list[Observation]] = defaultdict(list)
    for one in observations:
        if one.probe not in ALWAYS:
            found[bisect_right(searches, one.at)].append(one)
    return [seen for _, seen in sorted(found.items())]


def _shown(visits: Iterable[Iterable[Observation]]) -> dict[str, list[tuple[str, ...]]]:
    """What each question showed, oldest first."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for seen in visits:
        for name, values in marks_of(seen).items():
            found[name].append(values)
    return found


def _agree(name: str, now: Iterable[str], before: Iterable[str]) -> bool:
    """Whether what a question showed is what it showed before. The network's own table may show no new MAC address."""
    values, known = set(now), set(before)
    if name == MAC:
        return values <= known
    if name.startswith("serial "):
        return any(same_serial(one, two) for one in values for two in known)
    return not values.isdisjoint(known)


def _words(name: str, now: Sequence[str], before: Sequence[str]) -> str:
    kind, _, port = name.partition(" ")
    if kind == ADDRESS:
        return f"its address was {', '.join(before)} and is {', '.join(now)}, and the network shows no MAC address of it"
    if kind in (MAC, "claimed"):
        return f"its MAC address was {', '.join(before)} and is {', '.join(now)}"
    if kind == "certificate":
        return f"its certificate at port {port} is another"
    return "its endpoint id is another" if kind == "uuid" else "its serial number is another"
