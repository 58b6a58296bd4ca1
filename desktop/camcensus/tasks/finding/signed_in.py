"""Reading devices with a login that a person typed: device by device, one attempt each, paused after three refusals in a row.

Never part of a search by itself. The window and the command line both go through `read_signed_in`.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from camcensus.discovery import signed_in as discovery
from camcensus.discovery.login import Attempts, Login
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.scope import every_interface, left_alone
from camcensus.discovery.target import Target, target_of
from camcensus.identity.known_by import NOTHING, Marks, last_replies, newest_replies
from camcensus.identity.vouched import vouching_marks
from camcensus.model.device import COUNTED_KINDS, DOOR_KINDS, DeviceKind
from camcensus.model.knowledge import Knowledge
from camcensus.model.logins import LoginAllowances, LoginOutcome, changed
from camcensus.model.observation import Observation
from camcensus.model.scan import Coverage, Pace, ScanProgress, ScanRecord
from camcensus.model.verdict import Verdict
from camcensus.model.words import count, utc_second
from camcensus.store.refusals import read_refusals, write_refusals
from camcensus.store.vendors_db.updates import default_folder
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.finding.ran import ran_here
from camcensus.tasks.policy import policy_in_force, refuse_login, usual_pace

Credentials = Callable[[Verdict], Login | None]
"""The login that a person typed for a device, or for its place; None where they typed none."""

WhatChanged = Callable[[Verdict], Sequence[str]]
"""What of a device is not as it was known, in a few words each (`tasks/finding/known_by.py`)."""

KnownCertificates = Callable[[Verdict], Mapping[int, bytes]]
"""Port -> the certificate (DER) that a device is known to show there, also where this search did not ask it for any."""

KnownReplies = Callable[[Verdict], tuple[Observation, ...]]
"""The replies that a device is known by, which it has to show again before a login goes to it."""

UsualAddresses = Callable[[Verdict], Collection[str]]
"""The addresses at which a device was known before."""

TrustedMarks = Callable[[Verdict], Marks | None]
"""The marks that may vouch for a device, None for all that it shows (`identity/vouched.py`)."""

Yes = Callable[[Verdict], frozenset[str]]
"""What a person said yes to when a login last went to a device."""

READ_KINDS: tuple[DeviceKind, ...] = (*COUNTED_KINDS, "camera-or-recorder", *DOOR_KINDS)
"""What may be read. A login for cameras is never sent to a printer or a computer."""


@dataclass(frozen=True, slots=True)
class DeviceOutcome:
    """How one device was read. `key` is the device's first key; `outcome.say` is a sentence for people."""

    address: str
    key: str
    outcome: LoginOutcome


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What came of a run. `paused_until` is set where refusals ended it; `stopped_early` also where a person did."""

    observations: tuple[Observation, ...]
    outcomes: tuple[DeviceOutcome, ...]
    paused_until: datetime | None = None
    stopped_early: bool = False

    @property
    def say(self) -> str:
        """What came of it, in a sentence or two."""
        read = sum(one.outcome.state == "read" for one in self.outcomes)
        said = f"{count(read, 'device')} of {len(self.outcomes)} answered with the login."
        paused = next((one.outcome.say for one in self.outcomes if one.outcome.state == "paused"), None)
        return f"{said} {paused}" if paused else said


async def read_signed_in(
    verdicts: Sequence[Verdict],
    credentials: Credentials,
    emit: Callable[[object], None],
    *,
    folder: Path | None = None,
    pace: Pace = "gentle",
    allowed: LoginAllowances | None = None,
    exclude: Iterable[str] = (),
    only: Collection[str] = frozenset(),
    loopback: bool = False,
    again: bool = False,
    what_changed: WhatChanged = lambda _: (),
    certificates: KnownCertificates | None = None,
    known: KnownReplies | None = None,
    usual: UsualAddresses = lambda _: (),
    trusted: TrustedMarks = lambda _: None,
    yes: Yes = lambda _: frozenset(),
    knowledge: Knowledge | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SignedIn:
    """Reads, one after the other, the devices that `credentials` gives a login for. Cancelling is Stop: what was read so far.

    `emit` gets ScanProgress, each Observation and each DeviceOutcome. `folder` is where refused logins are remembered; None:
    the person's own. `exclude` are addresses or CIDRs that get nothing; `only` are the addresses that
    may get a login, empty for any. `loopback` allows this computer (the demonstration).
    `again` is a person's word that logins which were not taken before may be tried once more; a pause holds all the same.
    A device of which `what_changed` says something is asked nothing before a person has allowed it, now or before; one that
    showed a search NOTHING of what it was known by is asked for that again. One of which
    `certificates` are known has to show one of them, and one that is `known` by replies has to give those again. A device
    that answers at several addresses is asked at one of its `usual`. Nothing but `trusted` marks vouches for one, none that
    `knowledge` has as junk, or a person's `yes` of before.

    Raises DiskError where it cannot be remembered that a login was tried; nothing is tried then. Raises ScopeError where the
    IT team's policy allows no login; addresses outside what it allows get nothing.
    """
    if not (loopback and all(may_be_simulated(verdict) for verdict in verdicts)):
        policy = policy_in_force()
        refuse_login(policy)
        exclude, pace = left_alone((*exclude, *policy.never_ask), policy.allowed_ranges), usual_pace(policy, pace)
    allowed = allowed or LoginAllowances()
    closed = [IPv4Network(text, strict=False) for text in exclude]
    where = folder or default_folder()
    attempts = Attempts(lambda: read_refusals(where, clock()), lambda record: write_refusals(where, record), clock)
    chosen = _chosen(verdicts, credentials, closed, loopback, only, usual)
    observations: list[Observation] = []
    outcomes: list[DeviceOutcome] = []

    def take(observation: Observation) -> None:
        observations.append(observation)
        emit(observation)

    turnstile, stopped = Turnstile(pace, map(str, closed)), False
    try:
        for number, (verdict, target, login) in enumerate(chosen):
            emit(ScanProgress("Reading devices with the login", number, len(chosen), len(outcomes)))
            whole = replace(target, known=known(verdict) if known else newest_replies(verdict.device.observations, ()))
            whole = replace(whole, certificates=certificates(verdict)) if certificates else whole
            marks = vouching_marks(whole.known, verdict.device.observations, trusted(verdict), knowledge)
            whole = replace(whole, marks=marks, yes=yes(verdict))
            said_yes = allowed.changed | whole.yes
            key = target.keys[0] if target.keys else ""
            found = tuple(what_changed(verdict))
            asks = changed(target.address, found, key) if found not in ((), (NOTHING,)) else None
            if asks is not None and asks.ask in allowed.changed:
                last = {(one.probe, one.ask, one.port, one.raw) for one in last_replies(verdict.device.observations)}
                known_last = (one for one in whole.known if (one.probe, one.ask, one.port, one.raw) in last)
                whole = replace(whole, known=tuple(known_last))
            if attempts.paused_until() is not None:
                outcome = LoginOutcome("paused", attempts.pause_sentence())
            elif asks is not None and asks.ask not in said_yes:
                outcome = asks
            else:
                if again:
                    attempts.forget(login, target.keys)
                outcome = await discovery.read_signed_in(
                    whole, login, attempts, take, turnstile=turnstile, allowed=allowed, clock=clock
                )
                outcome = replace(outcome, yes=outcome.yes | {asks.ask}) if asks is not None else outcome
            outcomes.append(DeviceOutcome(target.address, target.keys[0] if target.keys else target.address, outcome))
            emit(outcomes[-1])
            if outcome.state == "paused":
                stopped = True
                break
        emit(ScanProgress("Reading devices with the login", len(outcomes), len(chosen), len(outcomes)))
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None:
            task.uncancel()
        stopped = True
    return SignedIn(tuple(observations), tuple(outcomes), attempts.paused_until(), stopped)


def may_be_simulated(verdict: Verdict) -> bool:
    """Whether a device is on this computer itself, as those of the demonstration are."""
    return all(one.startswith("127.") for one in verdict.device.addresses)


def _chosen(
    verdicts: Sequence[Verdict],
    credentials: Credentials,
    exclude: Collection[IPv4Network],
    loopback: bool,
    only: Collection[str],
    usual: UsualAddresses,
) -> list[tuple[Verdict, Target, Login]]:
    cards = every_interface()
    found: list[tuple[Verdict, Target, Login]] = []
    for verdict in verdicts:
        if verdict.description.kind not in READ_KINDS:
            continue
        login = credentials(verdict)
        maker = verdict.attribution.manufacturer
        target = target_of(verdict.device, maker, cards, loopback=loopback, only=only, usual=usual(verdict)) if login else None
        if login and target and not any(IPv4Address(target.address) in network for network in exclude):
            found.append((verdict, target, login))
    return found


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
