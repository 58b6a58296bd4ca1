"""What a device is known by from one search to the next, and what of it has changed: so that a login goes to no other device.

More is asked here than for the register, where a wrong doubt costs a question and a changed endpoint id may be a new firmware:
any mark that differs is asked about before a login is sent.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from camcensus.identity.latest_replies import ALWAYS
from camcensus.identity.shared import is_tcp_probe
from camcensus.identity.values import (
    is_made_up_mac,
    is_this_serial,
    is_usable_mac,
    is_usable_serial,
    is_usable_uuid,
    spelled_serial,
)
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation

Marks = Mapping[str, tuple[str, ...]]
"""What was asked ("mac", "serial onvif.GetDeviceInformation 80") to what it showed: MAC addresses, endpoint ids, serial
numbers, certificates by their SHA-256. Only answers to one question are compared: some give each another serial number.
"""

MAC = "mac"
"""The MAC address by which the network itself reaches it."""
ADDRESS = "address"
"""Where it answered. Another place is asked about unless its MAC address and a second mark say that it is the same.

A login goes to IPv4 addresses alone; by IPv6 a device is heard at times, and at an address that may be new each time.
"""
CERTIFICATE = "certificate "
PORTS = "ports"
"""The TCP ports at which a login may go to it: behind a router that forwards them, another port may be another device."""
TELLS = ("claimed ", "uuid ", "serial ")
_OF_SERVICES = frozenset({"ssdp", "mdns", "upnp"})
_DOORS = ("http", "tls", "onvif.", "isapi.", "dahua-cgi.", "axis-cgi.")
YES = "yes"
"""What a person said yes to, as `LoginOutcome.ask` names it, when a login last went to it."""
_NO_SIGN = (ADDRESS, PORTS, YES)
SECOND = ("uuid ", "serial ", CERTIFICATE)
"""Marks beside the MAC address, which any device on the network may send under."""
NOTHING = "it shows nothing that it was known by"


def marks_of(observations: Iterable[Observation], *, usable: bool = False) -> Marks:
    """The marks in some replies together; the `usable` ones alone tell a device from others, but a change of any is one."""
    seen = [one for one in observations if one.probe not in ALWAYS]
    found: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        found[ADDRESS] |= {one.address} if ":" not in one.address else set()
        if one.mac:
            found[MAC].add(one.mac.lower())
        if one.port is not None and one.probe.startswith(_DOORS):
            found[PORTS].add(str(one.port))
        at = f"{one.probe} {one.port}" if one.port is not None and is_tcp_probe(one.probe) else one.probe
        if one.probe == "tls":
            found[f"{CERTIFICATE}{one.port}"].add(hashlib.sha256(one.raw).hexdigest())
            continue
        found[f"claimed {at}"] |= {
            value.lower() for value in one.reading.all("mac") if not usable or is_usable_mac(value, None)
        }
        found[f"uuid {at}"] |= {value.lower() for value in one.reading.all("uuid") if is_usable_uuid(value)}
        found[f"serial {at}"] |= {
            spelled_serial(value) for value in one.reading.all("serial") if not usable or _is_serial(value, one)
        } - {""}
    return {name: tuple(sorted(values)) for name, values in sorted(found.items()) if values}


def _is_serial(value: str, one: Observation) -> bool:
    """Words without a digit ("default serial") are on many devices, as the numbers are that `is_usable_serial` refuses."""
    return is_usable_serial(value, one, None) and re.search("[0-9]", value) is not None


def without_junk(observations: Iterable[Observation], knowledge: Knowledge) -> tuple[Observation, ...]:
    """The same replies without the serial numbers and MAC addresses that are known to be on many devices."""

    def cleaned(one: Observation) -> Observation:
        fields = dict(one.reading.fields)
        if "mac" in fields:
            fields["mac"] = tuple(value for value in fields["mac"] if is_usable_mac(value, knowledge))
        if "serial" in fields:
            fields["serial"] = tuple(value for value in fields["serial"] if is_usable_serial(value, one, knowledge))
        same = all(fields[name] == one.reading.fields[name] for name in fields)
        return one if same else replace(one, reading=replace(one.reading, fields=fields)).known_as(one.id)

    return tuple(map(cleaned, observations))


def newest_marks(observations: Iterable[Observation], searches: Sequence[str]) -> Marks:
    """Of each question what it showed last. `searches` are when searches began, oldest first."""
    return {name: shown[-1] for name, shown in shown_by_search(observations, searches).items()}


def shown_by_search(observations: Iterable[Observation], searches: Sequence[str]) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """What each question showed in each search in which it was answered, oldest first."""
    return _shown(_by_search(observations, searches))


def what_changed(
    observations: Iterable[Observation],
    searches: Sequence[str],
    before: Marks | None = None,
    *,
    made_up: bool = True,
    relayed: Collection[str] = frozenset(),
    unclaimed: Collection[str] = frozenset(),
    ports: Collection[str] | None = None,
) -> tuple[str, ...]:
    """What of a device is not as it was, each a few words that continue after "is not as it was known:"; empty where all is.

    `before` are the marks that it had when a login last went to it; what is not among them is held against all earlier ones,
    and what is empty there need not be as it was. What only a list told may count as seen (`_listed_macs`).
    `made_up` says of a MAC address that software made up, and that no login went to yet, that it shows no device.
    `relayed` are MAC addresses of what stands in front of it, a range extender: whatever is behind that shows them. So may
    those be that are `unclaimed`: it did not say that they are its own when it was last trusted.
    `ports` are the TCP ports at which it was known first, where no login tells others; None where no search saw it before.
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
    relayed, unclaimed = set(relayed), {*relayed, *unclaimed}
    said = _moved(marks_of(visits[-1], usable=True), [marks_of(one) for one in visits[:-1]], before, reached, relayed)
    said += [
        _words(name, values[-1], other)
        for name, values in sorted(shown.items())
        for other in [one for one in old.get(name, ()) if not _agree(name, values[-1], one)][:1]
        if name not in _NO_SIGN
    ]
    known = [marks_of(one) for one in visits[:-1]] if before is None else [before]
    said += [] if said else _first_shown(now, known, every)
    if not claimed_in(now, set(now.get(MAC, ())) - unclaimed):
        said += [] if said or not known else _contradicted(now, known)
        said += _new_ports(now, noted.get(PORTS, ports), before is not None, noted)
    said += [two for name in sorted(now) if not said and (two := _two_answers(name, now[name], noted.get(name, ())))]
    macs: dict[str, set[str]] = defaultdict(set)
    for one in visits[-1]:
        if one.mac:
            macs[one.address].add(one.mac.lower())
    said += [f"{len(several)} devices answer at {address}" for address, several in sorted(macs.items()) if len(several) > 1]
    its_own = _its_own(now, unclaimed)
    had_any = any(_its_own(one, unclaimed) for one in known)  # Else nothing tells it from others, which `vouched` asks about.
    if had_any and not said and not any(_fits(name, now, known) for name in its_own):
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
    """The answers that tell a device from others, of each question whose last one does: how it is known after a yes."""
    ordered = sorted(observations, key=lambda one: one.at)
    last = {(one.probe, one.ask, one.port): one for one in ordered}
    return tuple(one for one in ordered if names_one(one) and names_one(last[one.probe, one.ask, one.port]))


def shown_again(known: Iterable[Observation], now: Iterable[Observation]) -> tuple[str, ...]:
    """What a device that was asked again shows otherwise than the replies that it is `known` by; NOTHING: it shows none."""
    before, after = marks_of(known), marks_of(now)
    names = [name for name in after if name in before and name not in (*_NO_SIGN, MAC)]
    said = [_words(name, after[name], before[name]) for name in names if not is_same(name, after[name], before[name])]
    return tuple(dict.fromkeys(said)) or (() if names else (NOTHING,))


def is_shown_as_before(before: Marks, now: Marks) -> bool:
    """Whether a mark that it was known by, other than the network's MAC address and certificates, is shown as it was."""
    names = (name for name in now if name in before and not name.startswith((*_NO_SIGN, MAC, CERTIFICATE)))
    return any(is_same(name, now[name], before[name]) for name in names)


def _its_own(marks: Marks, relayed: Collection[str]) -> list[str]:
    return [name for name in marks if name not in _NO_SIGN and not (name == MAC and set(marks[MAC]) <= set(relayed))]


def claimed_in(marks: Marks, macs: Collection[str]) -> set[str]:
    """Those of some MAC addresses that a device says are its own: by itself, or at the end of its serial number or its id."""
    said = [re.sub("[^0-9a-f]", "", value.lower()) for name in marks if name.startswith(TELLS) for value in marks[name]]
    return {mac for mac in macs if any(one.endswith(mac.replace(":", "")) for one in said)}


def _first_shown(now: Marks, known: Sequence[Marks], every: Iterable[Observation]) -> list[str]:
    """What to say of a MAC address that the network shows for the first time, and of what is not as a list has it.

    A MAC address is no change where it is the one that the device always said is its own.
    """
    said, macs = [], set(now.get(MAC, ()))
    if known and macs and not any(MAC in one or claimed_in(one, macs) for one in known):
        said.append(f"the network did not show its MAC address before, and shows {', '.join(sorted(macs))}")
    listed = tuple(one for one in every if one.probe == "list")
    serials = [spelled_serial(value) for one in listed for value in one.reading.all("list.serial")]
    shown = {value for name in now if name.startswith("serial ") for value in now[name]}
    if (
        serials
        and shown
        and not any(is_this_serial(one, two) for one in shown for two in serials)
        and not _has("serial ", known)
    ):
        said.append(f"its serial number is another ({', '.join(sorted(shown))})")
    told = {one.mac.lower() for one in listed if one.mac}
    claimed = {value for name in now if name.startswith("claimed ") for value in now[name]}
    if told and claimed and not told & claimed and not _has("claimed ", known):
        said.append(_words(MAC, sorted(claimed), sorted(told)))
    return said


def _has(kind: str, known: Iterable[Marks]) -> bool:
    return any(name.startswith(kind) for one in known for name in one)


def _contradicted(now: Marks, known: Sequence[Marks]) -> list[str]:
    """What to say of marks to questions that it never answered before, and which are none of those that it is `known` by.

    Who shows one mark of a device that everybody can read, and a serial number of its own beside it, is another.
    """
    said = []
    for name, values in sorted(now.items()):
        kind = name.split(" ")[0] + " "
        if kind not in TELLS or name.split()[1] in _OF_SERVICES or any(name in one for one in known):
            continue
        before = [value for one in known for other, those in one.items() if other.startswith(kind) for value in those]
        if before and not _agree(name, values, before):
            said.append(_words(name, values, sorted(set(before))))
    return said


def _two_answers(name: str, now: Sequence[str], noted: Sequence[str]) -> str:
    """What to say where one question was answered in two ways, unless a login went to just that; "" where it was not.

    What answers to all (SSDP, mDNS) tells of several services, and vouches for no door.
    """
    if not name.startswith(("uuid ", "serial ")) or name.split()[1] in _OF_SERVICES or set(now) == set(noted):
        return ""
    kind = "endpoint id" if name.startswith("uuid ") else "serial number"
    differ = any(not is_same(name, (one,), (two,)) for one in now for two in now)
    return f"one question was answered with more than one {kind} ({', '.join(now)})" if differ else ""


def _new_ports(now: Marks, known: Collection[str] | None, logged_in: bool, noted: Marks) -> list[str]:
    """What to say of ports that are not among those it is `known` by, and once a login went to it of certificates too."""
    new = set(now.get(PORTS, ())) - set(known) if known is not None else set[str]()
    shown = {name.removeprefix(CERTIFICATE) for name in now if name.startswith(CERTIFICATE) and name not in noted}
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
        return all(any(is_this_serial(one, two) for two in before) for one in now)
    return set(now) <= set(before)


def is_same(name: str, now: Iterable[str], before: Iterable[str]) -> bool:
    """Whether a question shows all that it showed before, and nothing beside it: of two answers no single one is enough."""
    return _agree(name, now, before) and _agree(name, before, now)


def _fits(name: str, now: Marks, known: Iterable[Marks]) -> bool:
    return name in now and any(_agree(name, now[name], one[name]) for one in known if name in one)


def _moved(
    now: Marks, earlier: Sequence[Marks], before: Marks | None, reached: set[str], relayed: Collection[str]
) -> list[str]:
    """What to say of a device that answers where it did not `earlier`, by what it was known by until it was first there.

    `reached` are the addresses that the network shows a MAC address of: another device behind a router may claim the rest.
    """
    if before is not None:
        earlier = [before] if ADDRESS in before else [{**before, ADDRESS: one.get(ADDRESS, ())} for one in earlier]
    for number, one in enumerate(earlier, start=1):
        if not one.get(ADDRESS) or _agree(ADDRESS, now.get(ADDRESS, ()), one[ADDRESS]):
            continue
        until, said = earlier[:number], f"its address was {', '.join(one[ADDRESS])} and is {', '.join(now[ADDRESS])}"
        if not set(now[ADDRESS]) - set(one[ADDRESS]) <= reached:
            return [f"{said}, and the network shows no MAC address of it"]
        if set(now.get(MAC, ())) <= set(relayed):
            return [f"{said}, and the network shows no MAC address of its own there"]
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
