"""What a search came to, and what to do next: one state, one title, one sentence, and advice in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.model import frozen
from camcensus.model.device import MAY_BE_CAMERAS, WATCHED_KINDS, Verdict
from camcensus.model.scan import Advice, Coverage, ScanRecord
from camcensus.model.words import clean, count, upper_first
from camcensus.tasks.finding.census import STOPPED, Census

State = Literal["lost", "none", "recorder-only", "fewer", "enough", "found"]
"""A card went away; no camera; a recorder and no camera; fewer than expected; as many; cameras, and nobody said how many."""

_GENERAL = "other-networks"
"""Advice that is true of every search: it stands last and is no reason to show the page by itself."""


@frozen
class Afterwards:
    """What to show after a search. `blocked` is a sentence about ways that this computer refused, "" where it refused none."""

    state: State
    title: str
    say: str
    blocked: str
    advice: tuple[Advice, ...]
    not_covered: tuple[str, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether there is something to do, rather than only to read."""
        hindering = any(one.topic not in (_GENERAL, "behind-a-recorder") for one in self.advice)
        return self.state not in ("enough", "found") or bool(self.blocked) or hindering


def after_search(census: Census, expected: int | None, more: Sequence[str] = ()) -> Afterwards:
    """What a search came to, held against how many cameras somebody expected (None: nobody said); `more` is said first."""
    scan, verdicts = census.scan, census.verdicts
    state = _state(scan, verdicts, expected)
    title, say = _words(state, scan, verdicts, expected)
    return Afterwards(
        state=state,
        title=title,
        say=" ".join(filter(None, (*more, say))),
        blocked=_blocked(scan.coverage),
        advice=tuple(sorted(scan.advice, key=lambda one: one.topic == _GENERAL)),
        not_covered=tuple(upper_first(clean(one, 400)) for one in scan.not_covered),
    )


def _state(scan: ScanRecord, verdicts: Sequence[Verdict], expected: int | None) -> State:
    kinds = [one.description.kind for one in verdicts]
    if any(one.topic == "card-lost" for one in scan.advice):
        return "lost"
    if not any(kind in WATCHED_KINDS for kind in kinds):
        return "none"
    if "recorder" in kinds and not any(kind in ("camera", "encoder", *MAY_BE_CAMERAS) for kind in kinds):
        return "recorder-only"
    if expected is None:
        return "found"
    return "fewer" if kinds.count("camera") < expected else "enough"


def _words(state: State, scan: ScanRecord, verdicts: Sequence[Verdict], expected: int | None) -> tuple[str, str]:
    kinds = [one.description.kind for one in verdicts]
    cameras = kinds.count("camera")
    stopped = STOPPED in scan.not_covered or scan.stopped_early
    early = "The search was stopped before it was finished." if stopped else ""
    match state:
        case "lost":
            return (
                "The network connection was lost",
                f"{count(len(verdicts), 'item is', 'items are')} saved. Connect this computer again and carry on, or finish "
                "with what we have.",
            )
        case "none":
            return (
                "We found no cameras on this network",
                early
                or "This is common: CCTV is often on its own network or plugged into a recorder. It does not mean you "
                "have none.",
            )
        case "recorder-only":
            return _recorders(verdicts), early or "Its cameras may not be visible. Count them on the screen."
        case "fewer":
            return f"You expected about {expected:,}. We found {cameras:,}. What next?", early
        case "enough":
            return f"You expected about {expected:,}. We found {cameras:,}.", early
        case _:
            return f"We found {count(cameras, 'camera')}.", early


def _recorders(verdicts: Sequence[Verdict]) -> str:
    recorders = [one.description for one in verdicts if one.description.kind == "recorder"]
    channels = sum((one.channels_analogue or 0) + (one.channels_digital or 0) for one in recorders)
    what = "a recorder" if len(recorders) == 1 else f"{len(recorders)} recorders"
    return f"We found {what} with up to {count(channels, 'channel')}" if channels else f"We found {what} and no cameras"


def _blocked(coverage: Sequence[Coverage]) -> str:
    """ "This computer blocked 1 way of searching. We used 3 others." """
    blocked = {one.probe for one in coverage if one.state == "blocked"}
    if not blocked:
        return ""
    used = {one.probe for one in coverage if one.state in ("done", "partial") and one.sent and one.probe in MULTICAST_PORTS}
    others = f" We used {count(len(used - blocked), 'other')}." if used - blocked else ""
    return f"This computer blocked {count(len(blocked), 'way', 'ways')} of searching.{others}"
