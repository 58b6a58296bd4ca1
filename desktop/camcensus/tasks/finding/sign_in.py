"""Sign in to devices: the list that a person sees before any login goes out, and the round that reads what they ticked.

Never part of a search by itself. The window and the command line both go through here; a login is saved nowhere.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Network
from typing import NamedTuple

from camcensus.discovery import sign_in as discovery
from camcensus.discovery.login import Login
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.scope import every_interface, left_alone
from camcensus.discovery.sign_in import LoginOutcome, Target, target_of
from camcensus.identity.reconcile import reconcile
from camcensus.identity.same_device import SERIAL, Compared, DeviceFacts, Fact, compare, facts_of
from camcensus.model import frozen
from camcensus.model.device import COUNTED_KINDS, DOOR_KINDS, Device, DeviceKind, Key, Observation, Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.scan import Coverage, Pace, ScanProgress, ScanRecord
from camcensus.model.words import clean, count, utc_second
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census, judge, ran_here
from camcensus.tasks.policy import policy_in_force, refuse_login, usual_pace

REFUSALS = 3
"""Devices that refuse a login, after which a round ends: it is most likely wrong for all, and most devices lock."""
READ_KINDS: tuple[DeviceKind, ...] = (*COUNTED_KINDS, "camera-or-recorder", *DOOR_KINDS)
"""What may be read. A login for cameras is never sent to a printer or a computer."""
_KEY = "login_facts"


class Candidate(NamedTuple):
    """A device that may be in the list: `before` is what it showed the last time. The ids are as in SignInRow."""

    verdict: Verdict
    before: DeviceFacts | None
    name: str
    device: str = ""
    asset: str = ""


@frozen
class SignInRow:
    """One device of the list. `device` is its id in the inventory, `asset` that of its entry, "" where it has none yet."""

    name: str
    maker: str
    target: Target
    compared: Compared
    keys: tuple[Key, ...]
    device: str = ""
    asset: str = ""

    @property
    def words(self) -> tuple[str, str, str, str, str]:
        """Name, address, maker, MAC address, and how it compares with the last time."""
        return (self.name, self.target.address, self.maker, self.target.facts.mac or "–", self.compared.say)

    def allowed(self) -> SignInRow:
        """The same after a person's yes to what changed."""
        return replace(self, target=replace(self.target, allowed=self.target.allowed | set(self.compared.changed)))


@frozen
class DeviceOutcome:
    """How one device was read."""

    row: SignInRow
    outcome: LoginOutcome


@frozen
class SignedIn:
    """What came of a round. `refused_too_often` where refusals ended it; `stopped_early` also where a person did."""

    observations: tuple[Observation, ...]
    outcomes: tuple[DeviceOutcome, ...]
    of: int
    refused_too_often: bool = False
    stopped_early: bool = False

    @property
    def say(self) -> str:
        """What came of it, in a sentence or two."""
        read = sum(one.outcome.state == "read" for one in self.outcomes)
        said = f"{read} of {count(self.of, 'device')} answered with the login."
        if self.refused_too_often:
            said += (
                f" {REFUSALS} devices refused it, so no more were asked: check the user name and the password, because most"
                " devices lock after a few wrong ones."
            )
        return said


def sign_in_list(
    candidates: Iterable[Candidate],
    knowledge: Knowledge,
    *,
    exclude: Iterable[str] = (),
    only: Collection[str] = frozenset(),
    loopback: bool = False,
) -> tuple[SignInRow, ...]:
    """The list that a person sees before any login goes out, without what no login may go to.

    `exclude` are addresses or CIDRs that get nothing; `only` are the addresses that a person named, whose changes they allow.
    """
    policy, cards, own = policy_in_force(), every_interface(), [IPv4Network(one, strict=False) for one in exclude]
    closed = [*own, *(IPv4Network(one, strict=False) for one in left_alone(policy.never_ask, policy.allowed_ranges))]
    rows = list[SignInRow]()
    for one in candidates:
        verdict, maker = one.verdict, one.verdict.attribution.manufacturer
        target = target_of(verdict.device, maker, cards, loopback=loopback, only=only)
        if target is None or verdict.description.kind not in READ_KINDS:
            continue
        if any(IPv4Address(target.address) in network for network in (own if target.address.startswith("127.") else closed)):
            continue
        compared = compare(one.before, target.facts)
        allowed = frozenset[Fact]({SERIAL, *compared.changed}) if only else frozenset[Fact]()
        target = replace(target, facts=target.facts.with_serials_of(one.before), allowed=allowed)
        words = "Not known" if maker is None else clean(knowledge.name_of(maker))
        rows.append(SignInRow(clean(one.name, 80), words, target, compared, verdict.device.keys, one.device, one.asset))
    return tuple(rows)


async def read_signed_in(
    rows: Sequence[SignInRow],
    login: Login,
    emit: Callable[[object], None],
    *,
    pace: Pace = "gentle",
    exclude: Iterable[str] = (),
    loopback: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SignedIn:
    """Reads the rows that a person ticked, one after the other, one try each. Cancelling is Stop: what was read so far.

    `emit` gets ScanProgress and each DeviceOutcome. `loopback` says that all are on this computer itself (the demonstration).
    Raises ScopeError where the IT team's policy allows no login; addresses outside what it allows get nothing.
    """
    if not (loopback and all(one.target.address.startswith("127.") for one in rows)):
        policy = policy_in_force()
        refuse_login(policy)
        exclude, pace = left_alone((*exclude, *policy.never_ask), policy.allowed_ranges), usual_pace(policy, pace)
    observations, outcomes, tried = list[Observation](), list[DeviceOutcome](), set[str]()
    turnstile, refused, stopped = Turnstile(pace, [str(one) for one in exclude]), 0, False
    try:
        for row in rows:
            if refused == REFUSALS:
                break
            emit(ScanProgress("Reading devices with the login", len(outcomes), len(rows), len(outcomes)))
            told, target = list[Observation](), row.target
            if target.address in tried:
                outcome = LoginOutcome("held", f"Another entry has the address {target.address}: it was asked once already.")
            else:
                tried.add(target.address)
                outcome = await discovery.read_signed_in(target, login, told.append, turnstile=turnstile, clock=clock)
            refused += outcome.state == "refused"
            observations += told if outcome.state == "read" else []
            outcomes.append(DeviceOutcome(row, outcome))
            emit(outcomes[-1])
        emit(ScanProgress("Reading devices with the login", len(outcomes), len(rows), len(outcomes)))
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None:
            task.uncancel()
        stopped = True
    too_often = refused == REFUSALS and len(outcomes) < len(rows)
    return SignedIn(tuple(observations), tuple(outcomes), len(rows), too_often, stopped or too_often)


class LastTime:
    """What the devices of an inventory showed when a login last went to them, or else in the first search that saw them."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._searches = sorted(one.started_at.rstrip("Z") for one in inventory.scans() if one.is_search)
        self._held = inventory.held()
        try:
            self._noted = from_plain(dict[str, DeviceFacts], json.loads(inventory.setting(_KEY) or "{}"))
        except (ValueError, TypeError, KeyError, AttributeError):
            self._noted = {}

    def facts(self, device: str, seen: Device | None = None) -> DeviceFacts | None:
        """The facts of the last time; None where that was the very search that gave `seen`, or only a list has it.

        Another device that a login went to at its address counts as the last time there, and one that was there before it.
        """
        addresses = set(seen.addresses) if seen is not None else set[str]()
        at_address = [one for one in self._noted.values() if one.address in addresses]
        noted = self._noted.get(device) or next(reversed(at_address), None)
        if noted is not None:
            return noted
        first = self._inventory.first_replies(device)
        replies = seen.observations if seen is not None else ()
        began, ended = (max((one.at.rstrip("Z") for one in some), default="") for some in (first, replies))
        if first and (not ended or any(began < search <= ended for search in self._searches)):
            return facts_of(sorted(first, key=lambda one: (one.at, one.id)))
        others = [one for one, held in self._held.items() if one != device and addresses & set(held.device.addresses)]
        there = [facts_of(replies) for _, replies in self._inventory.latest_replies(others)]
        return next((one for one in there if one.address or one.mac or one.serials or one.certificates), None)

    def found_again(self, verdicts: Sequence[Verdict]) -> list[tuple[str, Verdict]]:
        """Of each verdict of a new search, the device of the inventory that it is, or whose address it has; "" for neither.

        The verdict of one that is known again has the replies too that the search did not ask for anew.
        """
        matches = reconcile([one.device for one in verdicts], self._inventory.device_keys())
        there = self._there
        found = list[tuple[str, Verdict]]()
        for verdict, match in zip(verdicts, matches, strict=True):
            device = match.known_id if match.state == "same" and match.key != "addr" else None
            if device is None:
                found.append((next((there[one] for one in verdict.device.addresses if one in there), ""), verdict))
                continue
            ((_, before),) = self._inventory.latest_replies([device])
            now = tuple(replace(one, at=f"~{one.at}") for one in verdict.device.observations)  # After all that is saved.
            found.append((device, replace(verdict, device=replace(verdict.device, observations=(*before, *now)))))
        return found

    @property
    def _there(self) -> dict[str, str]:
        """Address -> the device that has it."""
        return {address: device for device, held in self._held.items() for address in held.device.addresses}

    def note(self, signed: SignedIn) -> None:
        """Saves the facts of the devices that took a login, of a search too that was saved before. Raises StoreError."""
        read = [one.row for one in signed.outcomes if one.outcome.state == "read"]
        for row in read:
            facts, told = row.target.facts, facts_of(signed.observations, row.target.address)
            if device := row.device or self._there.get(row.target.address):
                self._noted.pop(device, None)  # The newest is the last.
                self._noted[device] = replace(facts, serials={**facts.serials, **told.serials})
        if read:
            self._inventory.save_draft(_KEY, json.dumps(to_plain(self._noted)))


def as_census(
    signed: SignedIn, knowledge: Knowledge, *, started_at: datetime, ended_at: datetime, allowed_by: str | None
) -> Census:
    """A census of what was read after login and nothing else, to be saved in an inventory (`save_census`)."""
    reached = Counter(one.network or one.address for one in signed.observations)
    record = ScanRecord(
        id=str(uuid.uuid4()), started_at=utc_second(started_at), ended_at=utc_second(ended_at),
        stopped_early=signed.stopped_early, knowledge_version=knowledge.version, interfaces=(), ranges=(), passive=False,
        pace="gentle",
        coverage=tuple(Coverage("login", network, number, number, "done") for network, number in sorted(reached.items())),
        not_covered=("devices that no login was typed for",), allowed_by=allowed_by, ran=ran_here(),
    )  # fmt: skip
    return Census(scan=record, observations=signed.observations, verdicts=judge(signed.observations, knowledge))


def with_signed_in(census: Census, signed: SignedIn, knowledge: Knowledge, enabled: frozenset[str] | None = None) -> Census:
    """The census with what was read after login, judged anew."""
    observations = (*census.observations, *signed.observations)
    return replace(census, observations=observations, verdicts=judge(observations, knowledge, enabled))
