"""What a device can do besides filming, and its link to the maker's cloud, in words: on, able, off, not known."""

from __future__ import annotations

from dataclasses import dataclass

from camcensus.model.device import State
from camcensus.model.records import CAPABILITIES
from camcensus.model.verdict import CapabilityFinding, Verdict
from camcensus.model.words import clean
from camcensus.tasks.makers import CAPABILITY_WORDS
from camcensus.tasks.signed_in import READ_KINDS

STATE_WORDS: dict[State, str] = {
    "on": "On",
    "able": "Able, not known whether on",
    "off": "Off",
    "unknown": "Not known",
}
_ORDER: tuple[State, ...] = ("on", "able", "off", "unknown")


@dataclass(frozen=True, slots=True)
class Abilities:
    """All functions of one state. `note` says who says so."""

    state: State
    title: str
    what: str
    note: str = ""


def abilities(verdict: Verdict | None) -> tuple[Abilities, ...]:
    """On first, then able, off, and what is not known; empty for what is no camera or recorder."""
    if verdict is None or verdict.description.kind not in READ_KINDS:
        return ()
    known = {one.capability: one for one in verdict.capabilities if one.state != "unknown"}
    found = []
    for state in _ORDER[:-1]:
        mine = [known[name] for name in CAPABILITIES if name in known and known[name].state == state]
        if mine:
            found.append(Abilities(state, STATE_WORDS[state], _names(mine), _said_by(mine)))
    left = [name for name in CAPABILITIES if name not in known]
    if left:
        what = _listed([CAPABILITY_WORDS[name] for name in left]) if known else "Whether it has AI functions"
        found.append(Abilities("unknown", STATE_WORDS["unknown"], what))
    return tuple(found)


def cloud_link(verdict: Verdict | None) -> str:
    """Whether the device is linked to its maker's cloud; "" for what is no camera or recorder."""
    if verdict is None or verdict.description.kind not in READ_KINDS:
        return ""
    return STATE_WORDS[verdict.description.cloud_state]


def cloud_seen(verdict: Verdict | None) -> str:
    """What the device said of its cloud link, as it said it; "" where it said nothing."""
    seen = verdict.description.cloud_seen if verdict is not None else None
    return f"By its own answers: “{clean(seen)}”." if seen else ""


def _names(some: list[CapabilityFinding]) -> str:
    return _listed([CAPABILITY_WORDS[one.capability] for one in some])


def _listed(words: list[str]) -> str:
    return ", ".join(word if at == 0 else word[:1].lower() + word[1:] for at, word in enumerate(words))


def _said_by(some: list[CapabilityFinding]) -> str:
    who = {one.said_by for one in some}
    if who == {"device"}:
        return "By its own answers."
    return "By its maker’s pages." if who == {"maker"} else "By its own answers and its maker’s pages."
