"""What a device can do besides filming, and its link to the maker's cloud, in words: on, able, off, not known."""

from __future__ import annotations

from collections.abc import Iterable

from camcensus.model import frozen
from camcensus.model.device import CapabilityFinding, FeatureName, State, Verdict
from camcensus.model.records import CAPABILITIES, Capability, ClaimKind
from camcensus.model.words import clean, upper_first
from camcensus.tasks.finding.sign_in import READ_KINDS
from camcensus.tasks.knowledge.makers import listed

STATE_WORDS: dict[State, str] = {
    "on": "On",
    "able": "Able, not known whether on",
    "off": "Off",
    "unknown": "Not known",
}
OTHERS_WORDS: dict[ClaimKind, str] = {
    "able": "Not known, but others say that it can",
    "one-of": "Not known, but others say that it can do one of",
    "none": "Not known, and not listed by others",
}
FEATURE_WORDS: dict[FeatureName, str] = {
    "ptz": "pan, tilt or zoom (of the lens or of the picture alone)",
    "audio": "sound",
    "thermal": "a thermal picture",
    "storage": "recording on the device",
}
_KNOWN: tuple[State, ...] = ("on", "able", "off")
WHO_LIMIT_CHARACTERS = 120


@frozen
class Abilities:
    """Functions of which the same is known. `note` says who says so, `sources` are the ids of where."""

    state: State
    title: str
    what: str
    note: str = ""
    sources: tuple[str, ...] = ()


def abilities(verdict: Verdict | None) -> tuple[Abilities, ...]:
    """On first, then able, off, and what is not known, with the reason where there is one; empty for other kinds of device."""
    if verdict is None or verdict.description.kind not in READ_KINDS:
        return ()
    found = []
    for state in _KNOWN:
        mine = [one for one in verdict.capabilities if one.state == state]
        if mine:
            found.append(Abilities(state, STATE_WORDS[state], _names(mine), _said_by(mine), _sources(mine)))
    open_ones = [one for one in verdict.capabilities if one.state == "unknown"]
    found += _one_of(one for one in open_ones if one.said_by == "maker" and one.claim == "one-of")
    found += _by_others(one for one in open_ones if one.said_by == "other")
    unlisted = [one for one in open_ones if one.said_by == "maker" and one.claim == "none"]
    if unlisted:
        found.append(_not_listed(unlisted, whole=not found))
    left = [name for name in CAPABILITIES if name not in {one.capability for one in verdict.capabilities}]
    if left:
        found.append(Abilities("unknown", STATE_WORDS["unknown"], listed(left) if found else "Whether it has AI functions"))
    if features := verdict.description.features:
        what = ", ".join(FEATURE_WORDS[one.name] for one in features)
        found.append(Abilities("able", "It also has", upper_first(what), "By its own answers."))
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


def _one_of(some: Iterable[CapabilityFinding]) -> list[Abilities]:
    """One block for each text that says so: "One of: …, depends on how it is set up"."""
    by_text: dict[tuple[str, str | None], list[CapabilityFinding]] = {}
    for one in some:
        by_text.setdefault((one.source, one.seen), []).append(one)
    return [
        Abilities("unknown", "One of", f"{_names(mine)}, depends on how it is set up", "By its maker’s pages.", _sources(mine))
        for mine in by_text.values()
    ]


def _by_others(some: Iterable[CapabilityFinding]) -> list[Abilities]:
    """One block for each who says so, and how. It is not the maker's word, so it is not known."""
    by_whom: dict[tuple[str, ClaimKind], list[CapabilityFinding]] = {}
    for one in some:
        by_whom.setdefault((one.who, one.claim), []).append(one)
    return [
        Abilities(
            "unknown",
            OTHERS_WORDS[claim],
            _names(mine),
            f"Said by {clean(who, WHO_LIMIT_CHARACTERS)}. We have not seen its maker say so.",
            _sources(mine),
        )
        for (who, claim), mine in by_whom.items()
    ]


def _not_listed(some: list[CapabilityFinding], *, whole: bool) -> Abilities:
    title = "The maker’s data sheet for this family does not list these" if whole else "Not listed in the maker’s data sheet"
    return Abilities("unknown", title, _names(some), "What a data sheet leaves out may still be there.", _sources(some))


def _names(some: Iterable[CapabilityFinding]) -> str:
    names: list[Capability] = [one.capability for one in some]
    return listed(names)


def _sources(some: Iterable[CapabilityFinding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.source for one in some))


def _said_by(some: list[CapabilityFinding]) -> str:
    who = {one.said_by for one in some}
    if who == {"device"}:
        return "By its own answers."
    return "By its maker’s pages." if who == {"maker"} else "By its own answers and its maker’s pages."
