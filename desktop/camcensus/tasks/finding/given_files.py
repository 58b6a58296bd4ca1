"""Judge the captures and lists that a person brings, with no network."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from camcensus.intake.lists import NO_HEADINGS, read_file
from camcensus.model import frozen
from camcensus.model.device import Observation
from camcensus.model.errors import IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import CaptureSummary, ScanProgress, ScanRecord
from camcensus.model.words import clean, count, long_date, utc_second
from camcensus.registers.columns import Headings
from camcensus.tasks.finding.census import Census, camera_macs, judge, ran_here

TOGETHER_LIMIT = 60_000
"""Replies of several files together, after which no further file is begun."""
TOGETHER = f"The files before it hold {TOGETHER_LIMIT:,} replies or more, so this one was not read: give it alone."

SOON_S = 1.5
"""So long after a stop while a capture was read, what was read so far is still judged."""

NOT_IN_THE_FILES = "networks and devices that are not in the files given"
SAID_NOTHING = "devices that said nothing while the network was captured"


@frozen
class FileProblem:
    """A file, or a line of it, that could not be read; `say` is one sentence. `line` is None for the whole file."""

    file: str
    line: int | None
    say: str


def written_line(name: str, program: str) -> str:
    """ "devices.csv is a list from NetBox." """
    return f"{name} is a list from {program}."


def identify(
    paths: Sequence[Path],
    knowledge: Knowledge,
    *,
    now: datetime,
    enabled: frozenset[str] | None = None,
    headings: Headings = NO_HEADINGS,
    tell: Callable[[ScanProgress], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Census, tuple[FileProblem, ...]]:
    """Judge captures and lists; touches no network. Lines and files that cannot be read are named, the rest is judged.

    `headings` are those of tables. `tell` gets how far a network capture is read; where `stopped` says True,
    what was read so far is judged, `stopped_early` True. Raises IntakeError when no file at all could be read, and where
    `stopped` says True and devices are not judged soon.
    """

    is_camera_mac = camera_macs(knowledge)
    heard: list[CaptureSummary] = []
    written_by: list[tuple[str, str]] = []
    observations: list[Observation] = []
    problems: list[FileProblem] = []
    refused: list[IntakeError] = []
    for path in paths:
        if len(observations) >= TOGETHER_LIMIT:
            problems.append(FileProblem(clean(path.name), None, TOGETHER))
            continue
        try:
            taken = read_file(path, now, headings=headings, is_camera_mac=is_camera_mac, tell=tell, stopped=stopped)
        except IntakeError as error:
            refused.append(error)
            problems.append(FileProblem(clean(path.name), None, str(error)))
            continue
        observations.extend(taken.observations)
        if taken.heard is not None:
            heard.append(taken.heard)
        if taken.written_by is not None:
            written_by.append((clean(path.name), taken.written_by))
        problems.extend(FileProblem(clean(path.name), problem.line, problem.say) for problem in taken.problems)
    if refused and len(refused) == len(paths):
        raise refused[0]
    times = [one.at for one in observations] + [min(at, utc_second(now)) for one in heard for at in (one.first_at, one.last_at)]
    times = sorted(times) or [utc_second(now)]
    record = ScanRecord(
        id=str(uuid.uuid4()), started_at=times[0], ended_at=times[-1],
        stopped_early=any(one.stopped_early for one in heard), knowledge_version=knowledge.version, interfaces=(), ranges=(),
        passive=True, pace="gentle", coverage=(), not_covered=(NOT_IN_THE_FILES, *((SAID_NOTHING,) if heard else ())),
        ran=ran_here(),
    )  # fmt: skip
    soon = time.monotonic() + SOON_S * record.stopped_early

    def look() -> None:
        if stopped() and time.monotonic() >= soon:
            raise IntakeError("Stopped while devices were judged; nothing was saved.")

    verdicts = judge(observations, knowledge, enabled, look)
    census = Census(
        scan=record, observations=tuple(observations), verdicts=verdicts, heard=tuple(heard), written_by=tuple(written_by)
    )
    return census, tuple(problems)


def unread_probes(observations: Iterable[Observation]) -> Mapping[str, int]:
    """Probes whose replies no codec reads yet, and how many replies of each, by name."""
    counts = Counter(one.probe for one in observations if one.reading.state == "unread")
    return dict(sorted(counts.items()))


# What a network capture held, in a sentence and as JSON.

NOTHING_ANNOUNCED = (
    "No device announced itself: capture for an hour or more, on a port that mirrors the cameras’ network, and try again."
)


def summary_line(one: CaptureSummary) -> str:
    """ "hour.pcapng: 1 hour 4 minutes, 27 November 2026, 12:01 to 13:05 UTC; 214 devices spoke, 31 announced themselves." """
    first, last = datetime.fromisoformat(one.first_at), datetime.fromisoformat(one.last_at)
    till = f" to {last:%H:%M}" if first.date() == last.date() else f" to {long_date(one.last_at)}, {last:%H:%M}"
    if one.first_at[:16] == one.last_at[:16]:
        till = ""
    said = (
        f"{one.file}: {_length(int((last - first).total_seconds()))}, {long_date(one.first_at)}, {first:%H:%M}{till} UTC; "
        f"{count(one.spoke, 'device')} spoke, {one.announced:,} announced {'itself' if one.announced == 1 else 'themselves'}."
    )
    if one.stopped_early:
        said += " Reading was stopped; this is the result so far."
    elif not one.announced:
        said += f" {NOTHING_ANNOUNCED}"
    if one.short and one.short * 100 >= one.packets:
        said += (
            f" Only the beginning of {count(one.short, 'packet')} was captured, so answers may be missing. Capture again with "
            "whole packets (tcpdump -s 0)."
        )
    return said


def _length(seconds: int) -> str:
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if hours >= 48:
        return count(hours // 24, "day")
    parts = [count(hours, "hour")] if hours else []
    parts += [count(minutes, "minute")] if minutes else []
    return " ".join(parts) or count(seconds, "second")


def capture_entry(one: CaptureSummary) -> dict[str, Any]:
    """One network capture for `identify --json`."""
    return {
        "file": one.file, "first_at": one.first_at, "last_at": one.last_at, "packets": one.packets, "spoke": one.spoke,
        "announced": one.announced, "short": one.short, "stopped_early": one.stopped_early, "say": summary_line(one),
    }  # fmt: skip
