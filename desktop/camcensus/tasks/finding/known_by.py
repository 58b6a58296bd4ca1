"""Whether a device is the one that a login was typed for: held against the inventory, and noted once a login was taken."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from camcensus.discovery.asked_again import is_asked_again
from camcensus.discovery.session import NO_CERTIFICATE
from camcensus.discovery.target import certificates_in
from camcensus.identity.known_by import (
    ADDRESS,
    CERTIFICATE,
    NOTHING,
    PORTS,
    TELLS,
    YES,
    Marks,
    claimed_in,
    is_shown_as_before,
    marks_of,
    names_one,
    newest_marks,
    newest_replies,
    newly_shown,
    what_changed,
)
from camcensus.identity.networks import subnet_of
from camcensus.identity.new_each_time import never_twice, without_ids
from camcensus.identity.page_mark import FACES, pages_of, with_page
from camcensus.identity.reconcile import reconcile
from camcensus.identity.values import spelled_serial
from camcensus.model.device import Device, Key
from camcensus.model.logins import LoginOutcome, changed
from camcensus.model.observation import Observation
from camcensus.model.verdict import Verdict
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census
from camcensus.tasks.finding.signed_in import SignedIn

_KEY = "login_marks"
_SECOND = len("2026-11-29T10:00:00")
_NOW = "9999-12-31T23:59:59Z"
"""When a search that is not kept yet saw what it did: after all others, also where the clock was ahead at one of those."""
EMPTY: Mapping[str, LoginOutcome] = MappingProxyType({})
_NONE = LoginOutcome("read", "")
YES_LIMIT = 16
"""So many yeses are kept of a device."""
CLAIMS = "it shows what another device is known by"
IS_THERE = "another device is known at its address"
TOOK_OVER, HAS_NOW = "another device had its address before", "another device has its address now"


class KnownDevices:
    """The devices of an inventory as they were known before: each by its replies, and by the marks a login last went to."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        scans = inventory.scans()
        self._searches = sorted(one.started_at for one in scans)
        self._readings = {one.started_at.rstrip("Z") for one in scans if not one.is_search}
        self._ended = {one.started_at.rstrip("Z"): one.ended_at.rstrip("Z")[:_SECOND] for one in scans}
        self._noted = _read(inventory)
        self._firsts: dict[str, Marks] = {}
        self._held = inventory.held()
        keys = inventory.device_keys()
        self._owners = _owners(keys)
        self._macs = {device: {key.value for key in its if key.kind == "mac"} for device, its in keys.items()}
        self._at: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_address: dict[str, list[str]] = defaultdict(list)
        for device, held in self._held.items():
            for place in _places(held.device):
                self._at[place].append(device)
                self._by_address[place[1]].append(device)

    def at(self, verdict: Verdict) -> tuple[str, ...]:
        """The devices that were last seen at an address of this one, or that a list has there."""
        return tuple(dict.fromkeys(one for place in _places(verdict.device) for one in self._there(place)))

    def _there(self, place: tuple[str, str]) -> list[str]:
        """The devices at a place, then those at its address on another network: a list names none, a router hides it."""
        return [*self._at.get(place, ()), *(one for one in self._by_address.get(place[1], ()) if one not in self._at[place])]

    def changed(self, device: str | None, observations: Iterable[Observation], searches: Sequence[str] = ()) -> tuple[str, ...]:
        """What of a device is not as it was known; `observations` are all that count, also of `searches` not kept yet.

        `device` is None for a new one: that may show what another one is known by. NOTHING alone is left to asking it again.
        """
        every, since = tuple(observations), sorted((*self._searches, *searches))
        seen = without_ids(every, self._new_each_time(device, every, since)) if device is not None else every
        noted = self._noted.get(device) if device is not None else None
        before = noted and {name: values for name, values in noted.items() if not name.startswith(FACES)}
        macs, its_own = {one.mac.lower() for one in seen if one.mac}, self._macs.get(device or "", set())
        unclaimed = macs - (its_own & claimed_in(self.trusted(device) or {}, macs)) if device is not None else macs
        ports = self._first(device).get(PORTS, ()) if device is not None and self._first(device) else None
        said = (
            what_changed(seen, since, before, relayed=macs - its_own, unclaimed=unclaimed, ports=ports)
            if device is not None
            else ()
        )
        silent = said == (NOTHING,) and (
            self._is_open(max(seen, key=lambda one: one.at), since)
            and any(names_one(one) and self._is_open(one, since) for one in seen)
        )  # Else a reading with a login came last, or it tells only a login who it is.
        said = () if said == (NOTHING,) else said
        if not said and any(self._owners.get(value, set()) - {device} for value in newly_shown(every, since, before)):
            return _with_what(newest_marks(every, since), CLAIMS)
        if said or device is None:
            return said
        others = _with_what(newest_marks(seen, since), *self._who_else(device, max((one.at for one in seen), default="")))
        return others or ((NOTHING,) if silent else ())

    def _first(self, device: str) -> Marks:
        """The marks that a device showed to the first search that was kept of it."""
        if device not in self._firsts:
            self._firsts[device] = marks_of(self._inventory.first_replies(device))
        return self._firsts[device]

    def trusted(self, device: str) -> Marks | None:
        """The marks that may vouch for a device: those of when a login last went to it, else of when it was first seen.

        Without those that another device here shows too, and with nothing in an endpoint id that is new each time. None where
        no search saw it yet: only a list has it.
        """
        marks = {**(self._noted.get(device) or self._first(device)), **self._pages(device)}
        latest = [one for _, its in self._inventory.latest_replies([device]) for one in its]
        marks |= dict.fromkeys(self._new_each_time(device, latest, self._searches), ())
        return None if not marks else {name: values for name, values in marks.items() if not self._shared & _told(name, values)}

    def _new_each_time(self, device: str, seen: Sequence[Observation], searches: Sequence[str]) -> frozenset[str]:
        """The questions that a device answers with another endpoint id each time, where a login asks again what it is."""
        names = never_twice(seen, searches)
        if not names:
            return names
        names &= never_twice((*self._inventory.observations(device), *seen), searches)  # Also what does not count any more.
        last = max((one.at.rstrip("Z") for one in seen), default="")
        began = max((one.rstrip("Z") for one in searches if one.rstrip("Z") <= last), default="")
        now = marks_of(without_ids((one for one in seen if one.at.rstrip("Z") >= began), names))
        if is_shown_as_before(self._noted.get(device) or self._first(device), now):
            return names
        return names & {name for one in seen if is_asked_again(one) for name in marks_of([one])}

    def _pages(self, device: str) -> Marks:
        """The front pages (and realms) that a device may show: as with `trusted`, but for ports where none was seen then."""
        noted, first = self._noted.get(device), pages_of(self._inventory.first_replies(device))
        known = first if noted is None else {name: values for name, values in noted.items() if name.startswith(FACES)}
        return {**pages_of(one for _, seen in self._inventory.latest_replies([device]) for one in seen), **known}

    @cached_property
    def _shared(self) -> frozenset[tuple[str, str]]:
        """Endpoint ids, serial numbers, certificates and claimed MAC addresses that several devices here show."""
        every = self._inventory.latest_replies(self._held)
        found = Counter(
            told for _, seen in every for told in {one for name, its in marks_of(seen).items() for one in _told(name, its)}
        )
        return frozenset(told for told, number in found.items() if number > 1)

    def yes(self, device: str) -> frozenset[str]:
        """What a person said yes to when a login last went to a device: it holds while the same is shown."""
        return frozenset(self._noted.get(device, {}).get(YES, ()))

    def _who_else(self, device: str, last_seen: str) -> tuple[str, ...]:
        """What to say where another device had its address before it, or has it now."""
        mine = self._held.get(device)
        places = _places(mine.device) if mine else []
        others = {other for place in places for other in self._there(place) if other != device}
        if any(
            (self._held[other].first_seen or "") > last_seen
            for place in places
            for other in self._at.get(place, ())
            if other in others
        ):
            return (HAS_NOW,)
        if mine is None or device in self._noted:
            return ()
        seen = self._inventory.latest_replies(others)
        if any(max((one.at for one in its), default="~") < (mine.first_seen or "") for _, its in seen):
            return (TOOK_OVER,)
        there = {other for place in places for other in self._at.get(place, ()) if other in others}
        return (IS_THERE,) if any((self._held[other].first_seen or "~") < (mine.first_seen or "") for other in there) else ()

    def usual(self, device: str) -> tuple[str, ...]:
        """The addresses at which a login last went to a device; else those at which it was last seen."""
        noted, held = self._noted.get(device, {}), self._held.get(device)
        return tuple(noted.get(ADDRESS, ())) or (held.device.addresses if held else ())

    def certificates(self, device: str, observations: Iterable[Observation]) -> Mapping[int, bytes]:
        """Port -> the certificate that it showed there last; none that it need not show any more."""
        noted = self._noted.get(device)
        found = certificates_in(observations).items()
        return {port: raw for port, raw in found if noted is None or noted.get(f"{CERTIFICATE}{port}") != ()}

    def replies(self, observations: Iterable[Observation], searches: Sequence[str] = ()) -> tuple[Observation, ...]:
        """Those that a device is known by: of each question the last that it gave in a search, and so without a login.

        What a command reads with a login it keeps with its search, and it comes after the end of that.
        """
        since = sorted((*self._searches, *searches))
        return newest_replies((one for one in observations if self._is_open(one, since)), since)

    def _is_open(self, one: Observation, searches: Sequence[str]) -> bool:
        """Whether a reply was given in one of the `searches`, oldest first, and not to a login."""
        began = [search.rstrip("Z") for search in searches]
        at = bisect_right(began, one.at.rstrip("Z"))
        if not at:
            return True
        ended = self._ended.get(began[at - 1], _NOW)
        return began[at - 1] not in self._readings and one.at.rstrip("Z")[:_SECOND] <= ended

    def note(
        self,
        read: Mapping[str, Iterable[Observation]],
        searches: Sequence[str] = (),
        allowed: Collection[str] = frozenset(),
        outcomes: Mapping[str, LoginOutcome] = EMPTY,
    ) -> None:
        """Keep the marks of devices that took a login: device id -> its replies, those after login too. Raises StoreError.

        `outcomes` tell what a person had said yes to where that was asked about a device.

        A device to which it was `allowed` although it showed no certificate any more is known without one from then on; once it
        shows one again that yes is over.
        """
        if not read:
            return
        since, noted = sorted((*self._searches, *searches)), dict(self._noted)
        began = [one.rstrip("Z") for one in reversed(since)]
        for device, replies in read.items():
            seen = tuple(replies)
            no_certificate = {changed(one, [NO_CERTIFICATE]).ask for one in {reply.address for reply in seen}}
            without = not no_certificate.isdisjoint(allowed)
            marks, last = newest_marks(seen, since), next((one for one in began if one not in self._readings), "")
            now = marks_of(one for one in seen if one.at.rstrip("Z") >= last)
            waived = {name for name, values in noted.get(device, {}).items() if not values and name not in now and name != YES}
            waived |= {name for name in marks if without and name.startswith(CERTIFICATE) and name not in now}
            ports = {*marks.get(PORTS, ()), *(noted.get(device, {}).get(PORTS) or self._first(device).get(PORTS, ()))}
            outcome = outcomes.get(device, _NONE)
            agreed = {*noted.get(device, {}).get(YES, ())} - no_certificate | outcome.yes  # It may change to and fro.
            agreed = agreed if len(agreed) <= YES_LIMIT else set(outcome.yes)
            pages = self._pages(device)
            pages = {**pages, **{name: with_page(pages.get(name, ()), one) for name, one in outcome.pages.items()}}
            marks = {**marks, **pages, PORTS: tuple(sorted(ports)), YES: tuple(sorted(agreed))}
            noted[device] = {name: () if name in waived else values for name, values in marks.items()}
        self._inventory.save_draft(_KEY, json.dumps(noted, sort_keys=True))
        self._noted = noted


def _told(name: str, values: Iterable[str]) -> set[tuple[str, str]]:
    """What a mark other than the network's own tells, by its kind."""
    return {(name.split(" ", maxsplit=1)[0], value) for value in values} if name.startswith((*TELLS, CERTIFICATE)) else set()


def _with_what(marks: Marks, *words: str) -> tuple[str, ...]:
    """With what it shows: a yes is for this device and for no later one."""
    shown = sorted({value for name in marks if name.startswith(TELLS) for value in marks[name]})
    return tuple(f"{one} ({', '.join(shown)})" if shown else one for one in words)


def _places(device: Device) -> list[tuple[str, str]]:
    return [(subnet_of(device.network), address) for address in device.addresses]


def _owners(known: Mapping[str, Iterable[Key]]) -> dict[str, set[str]]:
    """MAC address, endpoint id or serial number -> the devices that showed it."""
    owners: dict[str, set[str]] = defaultdict(set)
    for device, keys in known.items():
        for key in keys:
            if key.kind != "addr" and key.trust == "strong":
                owners[spelled_serial(key.value.partition(":")[2]) if key.kind == "serial" else key.value].add(device)
    return owners


def _read(inventory: Inventory) -> dict[str, Marks]:
    """What is noted; nothing where that cannot be read: then all that was seen counts."""
    try:
        noted = json.loads(inventory.setting(_KEY) or "{}")
        return {
            str(device): {str(name): tuple(map(str, values)) for name, values in marks.items()}
            for device, marks in noted.items()
        }
    except (ValueError, AttributeError, TypeError):
        return {}


class FoundAgain:
    """What a search found, held against the devices that an inventory has at the same addresses or by the same keys."""

    def __init__(self, inventory: Inventory, census: Census) -> None:
        self._known = KnownDevices(inventory)
        self._inventory = inventory
        self._devices = self._whose(census.verdicts)

    def _whose(self, verdicts: Sequence[Verdict]) -> dict[int, tuple[str, ...]]:
        """Verdict -> the known devices that it may be: by a key of its own, else those that were last seen at its address."""
        keys = self._inventory.device_keys()
        matches = reconcile([one.device for one in verdicts], keys)
        again = {match.known_id for match in matches if match.state == "same" and match.key != "addr"}
        found = {}
        self._by_key = set[int]()
        for verdict, match in zip(verdicts, matches, strict=True):
            by_key = match.candidates if match.key != "addr" else ()
            self._by_key |= {id(verdict)} if by_key else set()
            found[id(verdict)] = by_key or tuple(one for one in self._known.at(verdict) if one not in again)
        return found

    def changed(self, verdict: Verdict) -> tuple[str, ...]:
        """What is not as it was known of the one device that it agrees with best; of a new one whether it shows another's.

        Where only its address fits, it has to be as each device that was there.
        """
        devices, found = self._devices.get(id(verdict), ()), _as_newest(verdict.device.observations)
        seen = dict(self._inventory.latest_replies(devices))
        told = [self._known.changed(one, (*seen[one], *found), [_NOW]) for one in devices]
        if not told:
            return self._known.changed(None, found, [_NOW]) or (
                _with_what(marks_of(found), IS_THERE) if self._known.at(verdict) else ()
            )
        return min(told, key=len) if id(verdict) in self._by_key else max(told, key=len)

    def usual(self, verdict: Verdict) -> tuple[str, ...]:
        """The addresses at which the devices that it may be were known."""
        return tuple(address for one in self._devices.get(id(verdict), ()) for address in self._known.usual(one))

    def certificates(self, verdict: Verdict) -> Mapping[int, bytes]:
        """Port -> the certificate that it showed there last, or that the one device that it may be did."""
        devices, found = self._devices.get(id(verdict), ()), verdict.device.observations
        seen = dict(self._inventory.latest_replies(devices)) if len(devices) == 1 else {}
        known = [self._known.certificates(one, replies) for one, replies in seen.items()]
        return {port: raw for some in (*known, certificates_in(found)) for port, raw in some.items()}

    def replies(self, verdict: Verdict) -> tuple[Observation, ...]:
        """The replies that it is known by, also those to what this search did not ask."""
        devices, found = self._devices.get(id(verdict), ()), _as_newest(verdict.device.observations)
        seen = self._inventory.latest_replies(devices) if len(devices) == 1 else ()
        return self._known.replies([*(one for _, replies in seen for one in replies), *found], [_NOW])

    def trusted(self, verdict: Verdict) -> Marks | None:
        """The marks that may vouch for it, None for a new device; where it may be one of several, none may."""
        devices = self._devices.get(id(verdict), ())
        return None if not devices else self._known.trusted(devices[0]) if len(devices) == 1 else {}

    def yes(self, verdict: Verdict) -> frozenset[str]:
        """What a person said yes to when a login last went to it."""
        devices = self._devices.get(id(verdict), ())
        return self._known.yes(devices[0]) if len(devices) == 1 else frozenset()

    def others(self, verdicts: Sequence[Verdict], read: SignedIn) -> dict[str, str]:
        """Address -> the device of the inventory, where only a login was told that another is there."""
        told = [(self._devices.get(id(verdicts[one.number]), ()), one) for one in read.outcomes if one.outcome.is_told]
        return {one.address: devices[0] for devices, one in told if len(devices) == 1}

    def note(self, verdicts: Sequence[Verdict], read: SignedIn, allowed: Collection[str] = frozenset()) -> None:
        """Keep the marks of those of the `verdicts`, all that were to be read, that took the login and are in the inventory."""
        taken = {one.number: one for one in read.outcomes if one.outcome.state == "read"}
        again: dict[str, tuple[Observation, ...]] = {}
        said: dict[str, LoginOutcome] = {}
        # Also what this search did not ask for: a certificate, an endpoint id.
        before = dict(self._inventory.latest_replies({one for devices in self._devices.values() for one in devices}))
        for number, verdict in enumerate(verdicts):
            devices = self._devices.get(id(verdict), ())
            if len(devices) == 1 and number in taken:
                after = [one for one in read.observations if one.address == taken[number].address]
                said[devices[0]] = taken[number].outcome.with_yes_of(said.get(devices[0]))
                told = again.get(devices[0], before.get(devices[0], ()))  # Two addresses of one device may each have taken it.
                again[devices[0]] = (*told, *_as_newest((*verdict.device.observations, *after)))
        self._known.note(again, [_NOW], allowed, said)


def _as_newest(observations: Iterable[Observation]) -> list[Observation]:
    return [replace(one, at=_NOW) for one in observations]
