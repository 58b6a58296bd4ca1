"""Find cameras, and judge what was seen. No file of ours is written here but a capture."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import platform
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import camcensus
from camcensus.model import frozen
from camcensus.model.device import Device, Observation, Verdict, is_watched
from camcensus.model.errors import DiskError
from camcensus.model.knowledge import Knowledge
from camcensus.model.later import later
from camcensus.model.policy import Policy
from camcensus.model.scan import Advice, CaptureSummary, Coverage, Ran, ScanRecord, Scope
from camcensus.model.words import clean, utc_second
from camcensus.tasks.policy import policy_in_force

if TYPE_CHECKING:
    from camcensus.discovery.interruption import ClockWatch
    from camcensus.intake import capture_writer
else:
    capture_writer = later("camcensus.intake.capture_writer")

JUDGE_EVERY_S = 0.25
JUDGE_SHARE = 9
"""Judging while a search runs takes a tenth of the time at most: meanwhile nobody is asked."""
"""While a scan runs, answers are brought up to date at most this often, and less often where judging takes long."""

STOPPED = "whatever had not answered when the search was stopped"
"""Not covered where a person stopped it; nothing more is begun then."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@frozen(kw_only=True)
class Census:
    """The result of looking: the log entry, what was seen, and one verdict per device, in order of address.

    `problems` are sentences about what went wrong beside it (a capture file that could not be written to its end). `heard`
    says what network captures held, `written_by` what wrote the lists that were recognised (name of a file, program).
    """

    scan: ScanRecord
    observations: tuple[Observation, ...]
    verdicts: tuple[Verdict, ...]
    problems: tuple[str, ...] = ()
    heard: tuple[CaptureSummary, ...] = ()
    written_by: tuple[tuple[str, str], ...] = ()


def judge(
    observations: Iterable[Observation],
    knowledge: Knowledge,
    enabled: frozenset[str] | None = None,
    look: Callable[[], None] = lambda: None,
) -> tuple[Verdict, ...]:
    """One verdict per device, in order of address. Pure: the order of the observations never changes it.

    `enabled` None gives findings of every list in the knowledge, whether an organisation has it on or not. `look` is called
    before each device and may raise to stop.
    """
    from camcensus.attribution.attribute import maker_named
    from camcensus.identity.group import group

    def judged() -> Iterator[Verdict]:
        for device in group(observations, knowledge, partial(maker_named, knowledge=knowledge)):
            look()
            yield judge_device(device, knowledge, enabled)

    return in_order(judged())


def judge_device(device: Device, knowledge: Knowledge, enabled: frozenset[str] | None = None) -> Verdict:
    """What a device is, who made it, and what is on record about that maker and that model."""
    from camcensus.assessment.advisories import flaws
    from camcensus.assessment.capabilities import capabilities
    from camcensus.assessment.care import care
    from camcensus.assessment.listings import listings, seat
    from camcensus.attribution.attribute import attribute_device, signs_of_kind
    from camcensus.attribution.explain import explain_other
    from camcensus.identity.describe import describe

    attribution = attribute_device(device, knowledge)
    description = describe(device, signs_of_kind(device, attribution, knowledge))
    other = tuple(sign for sign in attribution.other if sign.role != "kind")
    reason = attribution.reason if is_watched(description.kind) else explain_other(attribution, description)
    attribution = replace(attribution, other=other, reason=reason)
    lists = frozenset(knowledge.lists) if enabled is None else enabled
    answers = flaws(attribution, description, knowledge)
    return Verdict(
        device=device,
        description=description,
        attribution=attribution,
        findings=listings(attribution, knowledge, lists),
        advisories=answers.findings,
        capabilities=capabilities(device.observations, attribution, description, knowledge),
        seat=seat(attribution, knowledge, lists),
        care=care(attribution, description, answers, knowledge),
    )


def in_order(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """By network and address, numbers as numbers; a device without an address last."""
    return tuple(sorted(verdicts, key=_order))


def _order(verdict: Verdict) -> tuple[str, list[tuple[int, str]], str]:
    device = verdict.device
    address = device.addresses[0] if device.addresses else "\uffff"
    parts = [(int(part), "") if part.isdecimal() else (1 << 32, part) for part in address.replace(":", ".").split(".")]
    return (device.network or "", parts, str(device.keys[0]) if device.keys else "")


class _Live:
    """Judges again, while a scan runs, only the devices whose observations changed, and tells of answers that changed."""

    def __init__(
        self, knowledge: Knowledge, enabled: frozenset[str] | None, tell: Callable[[Verdict], None], *, while_searching: bool
    ) -> None:  # fmt: skip
        self.observations: list[Observation] = []
        self._knowledge = knowledge
        self._enabled = enabled
        self._tell = tell
        self._answers: dict[frozenset[int], Verdict] = {}
        self._told: dict[str, tuple[Any, ...]] = {}
        self._judged = 0
        self._next_s = 0.0 if while_searching else float("inf")

    def take(self, observation: Observation) -> None:
        self.observations.append(observation)
        self.judge_if_due()

    def judge_if_due(self) -> None:
        start = time.monotonic()
        if len(self.observations) != self._judged and start >= self._next_s:
            self.judge()
            self._next_s = time.monotonic() + max(JUDGE_EVERY_S, JUDGE_SHARE * (time.monotonic() - start))

    def judge(self) -> tuple[Verdict, ...]:
        from camcensus.attribution.attribute import maker_named
        from camcensus.identity.group import group

        answers: dict[frozenset[int], Verdict] = {}
        for device in group(self.observations, self._knowledge, partial(maker_named, knowledge=self._knowledge)):
            seen = frozenset(map(id, device.observations))
            verdict = self._answers.get(seen) or judge_device(device, self._knowledge, self._enabled)
            answers[seen] = verdict
            first = device.addresses[0] if device.addresses else str(device.keys[:1])
            key, gist = f"{device.network or ''} {first}", _gist(verdict)
            if self._told.get(key) != gist:
                self._told[key] = gist
                self._tell(verdict)
        self._answers = answers
        self._judged = len(self.observations)
        return in_order(answers.values())


def _gist(verdict: Verdict) -> tuple[Any, ...]:
    """What of a verdict a person would notice changing."""
    attribution, description = verdict.attribution, verdict.description
    return (
        attribution.manufacturer, attribution.brand, attribution.grade, attribution.candidates, len(attribution.evidence),
        verdict.findings, verdict.seat, verdict.advisories, verdict.capabilities, verdict.care, verdict.device.keys,
        verdict.device.addresses,
        replace(description, first_seen=None, last_seen=None),
    )  # fmt: skip


async def find(
    scope: Scope,
    emit: Callable[[object], None],
    *,
    knowledge: Knowledge,
    enabled_lists: frozenset[str] | None = None,
    capture: Path | None = None,
    allowed_by: str | None = None,
    simulation: bool = False,
    seen: SeenSoFar | None = None,
    clock: Callable[[], datetime] = _utc_now,
    live_verdicts: bool = True,
) -> Census:
    """Scan, and judge as answers come in; without `live_verdicts` once, in the end.

    Cancelling is Stop: the Census so far is returned, `stopped_early` True.

    `emit` gets ScanProgress, Asked, Coverage and a Verdict each time a device is new or its answer changed, on the loop's
    thread. `enabled_lists` None: findings of all lists. Raises DiscoveryError, and DiskError where the capture file cannot be
    begun; where it cannot be carried on, the scan is, and `problems` says so. `seen` is told each answer as it comes.

    The IT team's policy is applied here, whoever made the scope: raises ScopeError for what it does not allow. A simulation on
    this computer itself is the one search that it does not speak of.
    """
    from camcensus.discovery.interruption import ClockWatch
    from camcensus.discovery.scan import scan
    from camcensus.tasks import policy

    if not (simulation and policy.is_simulation(scope)):
        scope = policy.bounded(scope, policy.policy_in_force())
    if capture is not None:
        policy.refuse_folder(capture)

    live, watch = _Live(knowledge, enabled_lists, emit, while_searching=live_verdicts), ClockWatch()
    coverage: dict[tuple[str, str], Coverage] = {}
    started_at = utc_second(clock())
    ended_at, stopped_early, not_covered = started_at, True, tuple[str, ...]()
    advice = tuple[Advice, ...]()
    problems: list[str] = []
    scan_id = str(uuid.uuid4())

    ran = ran_here()

    def record() -> ScanRecord:
        return ScanRecord(
            id=scan_id, started_at=started_at, ended_at=ended_at, stopped_early=stopped_early,
            knowledge_version=knowledge.version, interfaces=scope.interfaces, ranges=scope.ranges, passive=scope.passive,
            pace=scope.pace, coverage=tuple(sorted(coverage.values())), not_covered=not_covered, allowed_by=allowed_by,
            simulation=simulation, advice=(*watch.advice(), *advice), ran=ran,
        )  # fmt: skip

    with contextlib.ExitStack() as stack:
        writer = capture_writer.CaptureWriter(capture) if capture is not None else None
        if writer is not None:
            stack.callback(_finish, writer, problems)

        if seen is not None:
            seen.now_as(record())
            stack.callback(seen.end)

        def take(event: object) -> None:
            nonlocal writer
            if isinstance(event, Observation):
                if writer is not None:
                    try:
                        writer.write(event)
                    except DiskError as error:
                        problems.append(_INCOMPLETE.format(error))
                        writer = None
                if seen is not None:
                    seen.take(event)
                live.take(event)
                return
            if isinstance(event, Coverage):
                coverage[event.probe, event.network] = event
                if seen is not None:
                    seen.now_as(record())
            live.judge_if_due()
            emit(event)

        ticking = asyncio.ensure_future(_tick(live, watch))
        try:
            outcome = await scan(scope, take, is_camera_mac=camera_macs(knowledge), clock=clock, watch=watch)
            started_at, ended_at, stopped_early = outcome.started_at, outcome.ended_at, outcome.stopped_early
            coverage = {(one.probe, one.network): one for one in outcome.coverage}
            not_covered = outcome.not_covered
            live.observations = [one for one in live.observations if (one.network or "", one.address) not in outcome.repeats]
            verdicts = live.judge()
            advice = (*_same_address(verdicts), *outcome.advice, *_recorders(verdicts))
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None:
                task.uncancel()
            ended_at = utc_second(clock())
            not_covered = (STOPPED,)
        finally:
            ticking.cancel()
            watch.look()
    if seen is not None and seen.problem is not None:
        problems.append(seen.problem)
    return Census(scan=record(), observations=tuple(live.observations), verdicts=live.judge(), problems=tuple(problems))


def _recorders(verdicts: Iterable[Verdict]) -> list[Advice]:
    """Where a recorder was found, that its own ports hide cameras."""
    if not any(one.description.kind == "recorder" for one in verdicts):
        return []
    return [
        Advice(
            "behind-a-recorder",
            "Cameras plugged into a recorder's own ports can only be seen by the recorder.",
            "Compare its number of channels with the cameras found, and look at its list of channels.",
        )
    ]


def _same_address(verdicts: Iterable[Verdict]) -> tuple[Advice, ...]:
    """What to do where devices of two MAC addresses answer at one address of this network, as two new cameras do."""
    own = [
        one.device
        for one in verdicts
        if one.device.network and any(key.kind == "mac" and key.trust == "strong" for key in one.device.keys)
    ]
    taken = [
        address for address, number in Counter(device.addresses[0] for device in own if device.addresses).items() if number > 1
    ]
    if not taken:
        return ()
    say = f"Two devices have the same address ({', '.join(map(clean, taken[:6]))}), as new cameras do: they disturb each other."
    return (Advice("same-address", say, "Give each an address of its own, then search again."),)


class SeenSoFar(Protocol):
    """What is told of a search as it continues, in its thread; it must not take long, nor raise."""

    problem: str | None

    def now_as(self, scan: ScanRecord) -> None:
        """How the search stands."""

    def take(self, observation: Observation) -> None:
        """One answer."""

    def end(self) -> None:
        """It has ended."""


_INCOMPLETE = "The capture is not complete: {}"


def _finish(writer: capture_writer.CaptureWriter, problems: list[str]) -> None:
    try:
        writer.close()
    except DiskError as error:
        if not problems:
            problems.append(_INCOMPLETE.format(error))


async def _tick(live: _Live, watch: ClockWatch) -> None:
    while True:
        await asyncio.sleep(JUDGE_EVERY_S)
        watch.look()
        live.judge_if_due()


def camera_macs(knowledge: Knowledge) -> Callable[[str], bool]:
    """Whether a MAC address is from a block of a maker that we follow."""

    def is_camera_mac(mac: str) -> bool:
        block = knowledge.block_of(mac)
        return block is not None and block.subject is not None

    return is_camera_mac


NAME_LIMIT_CHARACTERS = 200


def ran_here(policy: Policy | None = None) -> Ran:
    """This computer, this program and the system's name of its user, whom the IT team's policy may leave out."""
    allowed = policy or policy_in_force()
    by = _user() if allowed.name_user else None
    return Ran(by, platform.node()[:NAME_LIMIT_CHARACTERS] or None, f"Camcensus {camcensus.__version__}")


def _user() -> str | None:
    try:
        return getpass.getuser()[:NAME_LIMIT_CHARACTERS] or None
    except (OSError, KeyError, ImportError):
        return None
