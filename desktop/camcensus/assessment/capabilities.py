"""What a device can do, by its own answers and what is published of its model. What nobody says is unknown, never absent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from camcensus.assessment.listings import ownership_path
from camcensus.assessment.records_index import names_model, records_of
from camcensus.model.device import NAMED_GRADES, Attribution, CapabilityFinding, Description, Observation, State
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import CAPABILITIES, Capability, CapabilityClaim

VALUE_LIMIT_CHARACTERS = 512
SEEN_LIMIT_CHARACTERS = 200
VALUES_KEPT = 8192
"""Scopes, rules and modules repeat from device to device."""

ONVIF_CORE = "onvif-core"
"""Source id of the ONVIF specifications, which give the names of rules, modules, topics and scopes."""


class Name(NamedTuple):
    """A name in the device's own answers that means a capability."""

    capability: Capability
    pattern: re.Pattern[str]


def _names(*patterns: tuple[Capability, str]) -> tuple[Name, ...]:
    return tuple(Name(capability, re.compile(pattern)) for capability, pattern in patterns)


_ONVIF = _names(
    ("face-recognition", r"RuleEngine/Recognition/Face\b|\bFaceRecognition"),
    ("face-detection", r"\bFaceDetect|RuleEngine/FaceDetector\b"),
    ("number-plate", r"RuleEngine/Recognition/LicensePlate\b|\bLicensePlate(?:Recognition)?\b"),
    ("people-counting", r"\bCountAggregation\b|\bPeopleCount|\bCounting?Rule\b"),
    ("line-crossing", r"\bLineDetector|\bLineCross|\bFieldDetector|\bObjectsInside\b|\bMy(?:Field|Line)DetectorModule\b"),
    ("behaviour", r"\bLoitering"),
    ("temperature", r"\bRadiometry\b|\bBodyTemperature"),
    ("audio", r"/type/audio_encoder\b|\bAudioDetect|\bAudioAnalytics"),
)
"""Source: ONVIF Analytics Service Specification (rule and topic names), ONVIF Core (scopes); Reolink and Hikvision add names of
their own (MyRuleDetector/FaceDetect, MyLineDetectorModule)."""
_ISAPI = _names(
    ("face-recognition", r"^FaceContrast$"),
    ("face-detection", r"^Face(?:Detect|Snap)$"),
    ("people-counting", r"^Counting$"),
    ("line-crossing", r"^(?:LineDetection|FieldDetection|RegionEntrance|RegionExiting)$"),
    ("behaviour", r"^Loitering$"),
    ("crowd", r"^(?:Group|PersonQueueDetection)$"),
    ("temperature", r"^Thermometry$"),
    ("audio", r"^AudioDetection$"),
)
"""What <isSupport…>true</…> says that the device is able to. Source: recorded answers of 15 Hikvision devices."""
_DAHUA = _names(
    ("face-recognition", r"^FaceRecognition "),
    ("face-detection", r"^Face(?:Detection|Recognition) "),
    ("people-counting", r"^(?:NumberStat|ManNumDetection) "),
    ("line-crossing", r"^(?:CrossLine|CrossRegion)Detection "),
    ("behaviour", r"^(?:Wander|Move|Left|TakenAway)Detection "),
    ("crowd", r"^(?:Rioter|Crowd|QueueNum)Detection "),
    ("fight", r"^FightDetection "),
)
"""What a rule of the video analysis looks for, and whether it is on. Source: the names of Dahua's events in rroller/dahua."""
_AXIS = _names(
    ("person-vehicle", r"^objectanalytics "),
    ("line-crossing", r"^(?:fenceguard|motionguard|objectanalytics|CrossLineDetection|AXISPerimeterDefender) "),
    ("behaviour", r"^loiteringguard "),
)
"""Axis's own applications, and whether they run. Source: lists of applications recorded by Kane610/axis."""


class CapabilityField(NamedTuple):
    """A field that holds such names: what they mean, the source of that, and whether their second word tells the state."""

    name: str
    names: tuple[Name, ...]
    source: str
    tells_state: bool = False


_FIELDS = (
    CapabilityField("dahua-cgi.rule", _DAHUA, "rroller-dahua", tells_state=True),
    CapabilityField("axis-cgi.application", _AXIS, "kane610-axis", tells_state=True),
    *(
        CapabilityField(f"onvif.{name}", _ONVIF, ONVIF_CORE)
        for name in ("analytics_type", "analytics_module", "rule", "topic", "scope")
    ),
    CapabilityField("isapi.supports", _ISAPI, "hikvision-next"),
)
"""As far as a codec reads them."""
_FIELD_NAMES = frozenset(field.name for field in _FIELDS)
_STATES: Mapping[str, State] = {"on": "on", "Running": "on", "off": "off", "Stopped": "off"}
"""By the second word of a rule or an application."""
_FIRMNESS: tuple[State, ...] = ("able", "off", "on")
"""Of what a device says of one capability: switched on in one place is on."""


def capabilities(
    observations: Iterable[Observation], attribution: Attribution, description: Description, knowledge: Knowledge
) -> tuple[CapabilityFinding, ...]:
    """What is known of a device's capabilities, in the contract's order; of those missing here nothing is.

    The device's own word comes first. What is published counts only where the maker is confirmed, almost certain or likely,
    and the claim is verified and names the model: the maker's own claim says able; "one of", "lists none" and what somebody
    else says leave the state unknown, with the reason.
    """
    found = _claimed(attribution, description, knowledge)
    said = [(item, answers) for item in observations if (answers := _said(item))]
    device: dict[Capability, CapabilityFinding] = {}
    for _, answers in sorted(said, key=lambda pair: (pair[0].probe, pair[0].ask or "", pair[0].at, pair[0].id), reverse=True):
        _take(device, answers.values())
    found |= device
    return tuple(found[capability] for capability in CAPABILITIES if capability in found)


def _said(observation: Observation) -> dict[Capability, CapabilityFinding]:
    found: dict[Capability, CapabilityFinding] = {}
    if _FIELD_NAMES.isdisjoint(observation.reading.fields):
        return found
    for field in reversed(_FIELDS):
        for value in reversed(observation.reading.fields.get(field.name, ())):
            seen = value[:SEEN_LIMIT_CHARACTERS]
            meant = _meant_by(field, value[:VALUE_LIMIT_CHARACTERS])
            _take(found, (CapabilityFinding(one, _state(field, value), seen, field.source, "device") for one in meant))
    return found


def _take(found: dict[Capability, CapabilityFinding], answers: Iterable[CapabilityFinding]) -> None:
    """Keeps the firmest answer; of equals the last."""
    for one in answers:
        held = found.get(one.capability)
        if held is None or _FIRMNESS.index(one.state) >= _FIRMNESS.index(held.state):
            found[one.capability] = one


def _state(field: CapabilityField, value: str) -> State:
    words = value.split() if field.tells_state else []
    return _STATES.get(words[1], "able") if len(words) > 1 else "able"


@lru_cache(maxsize=VALUES_KEPT)
def _meant_by(field: CapabilityField, value: str) -> tuple[Capability, ...]:
    """The capabilities that a name in a device's answers means."""
    return tuple(name.capability for name in field.names if name.pattern.search(value))


def _claimed(attribution: Attribution, description: Description, knowledge: Knowledge) -> dict[Capability, CapabilityFinding]:
    """What is published of the model; of several claims on one capability the firmest, and of equals the nearest company's."""
    maker = attribution.manufacturer
    models = tuple(sorted({model for model in (description.model, description.claimed_model) if model}))
    if maker is None or attribution.grade not in NAMED_GRADES or not models:
        return {}
    records = records_of(knowledge)
    brands = records.brand_ids(attribution.brand)
    about = [
        claim
        for company in ownership_path(maker, knowledge)
        for claim in records.capabilities.get(company, ())
        if claim.models is not None and (claim.brand is None or claim.brand in brands) and names_model(claim.models, models)
    ]
    found: dict[Capability, CapabilityFinding] = {}
    for claim in sorted(about, key=_rank):
        for capability in claim.capabilities:
            found.setdefault(capability, _published(claim, capability))
    return found


def _rank(claim: CapabilityClaim) -> int:
    """The maker's "able" first, then its "one of", then what others say, then what is not listed."""
    if claim.kind == "none":
        return 3
    return 2 if claim.said_by else ("able", "one-of").index(claim.kind)


def _published(claim: CapabilityClaim, capability: Capability) -> CapabilityFinding:
    state: State = "able" if claim.kind == "able" and not claim.said_by else "unknown"
    what = {"able": "", "one-of": f"One of {', '.join(claim.capabilities)}: ", "none": "Not listed: "}[claim.kind]
    seen = f"{what}{claim.models_said}{f', by {claim.said_by}' if claim.said_by else ''}"[:SEEN_LIMIT_CHARACTERS]
    said_by: Literal["maker", "other"] = "other" if claim.said_by else "maker"
    return CapabilityFinding(capability, state, seen, claim.source, said_by, claim.kind, claim.said_by)
