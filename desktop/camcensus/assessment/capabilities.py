"""What a device can do, by its own answers and its maker's pages. What cannot be seen is unknown, never absent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from camcensus.assessment.listings import ownership_path
from camcensus.assessment.records_index import names_model, records_of
from camcensus.model.attribution import NAMED_GRADES, Attribution
from camcensus.model.device import Description
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation
from camcensus.model.records import CAPABILITIES, Capability
from camcensus.model.verdict import CapabilityFinding

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


_FIELDS = ("onvif.analytics_type", "onvif.analytics_module", "onvif.rule", "onvif.topic", "onvif.scope")
"""Fields that hold such names, as far as a codec reads them."""

_PATTERNS: tuple[tuple[Capability, str], ...] = (
    ("face-recognition", r"RuleEngine/Recognition/Face\b|\bFaceRecognition"),
    ("face-detection", r"\bFaceDetect|RuleEngine/FaceDetector\b"),
    ("number-plate", r"RuleEngine/Recognition/LicensePlate\b|\bLicensePlate(?:Recognition)?\b"),
    ("people-counting", r"\bCountAggregation\b|\bPeopleCount|\bCounting?Rule\b"),
    (
        "behaviour",
        r"\bLoitering|\bLineDetector|\bLineCross|\bFieldDetector|\bObjectsInside\b|\bMy(?:Field|Line)DetectorModule\b",
    ),
    ("temperature", r"\bRadiometry\b|\bBodyTemperature"),
    ("audio", r"/type/audio_encoder\b|\bAudioDetect|\bAudioAnalytics"),
)
"""Source: ONVIF Analytics Service Specification (rule and topic names), ONVIF Core (scopes); Reolink and Hikvision add names of
their own (MyRuleDetector/FaceDetect, MyLineDetectorModule)."""
_NAMES = tuple(Name(capability, re.compile(pattern)) for capability, pattern in _PATTERNS)


def capabilities(
    observations: Iterable[Observation], attribution: Attribution, description: Description, knowledge: Knowledge
) -> tuple[CapabilityFinding, ...]:
    """The capabilities that are known of a device, in the contract's order; those missing here cannot be seen.

    The device's own word comes first. A claim of the maker's pages says able, and only where the maker is confirmed, almost
    certain or likely, the claim is verified and names the model.
    """
    found = _claimed(attribution, description, knowledge)
    said = [(item, answers) for item in observations if (answers := _said(item))]
    for _, answers in sorted(said, key=lambda pair: (pair[0].probe, pair[0].ask or "", pair[0].at, pair[0].id), reverse=True):
        found |= answers
    return tuple(found[capability] for capability in CAPABILITIES if capability in found)


def _said(observation: Observation) -> dict[Capability, CapabilityFinding]:
    found: dict[Capability, CapabilityFinding] = {}
    for field in _FIELDS:
        for value in observation.reading.fields.get(field, ()):
            for capability in _meant_by(value[:VALUE_LIMIT_CHARACTERS]):
                if capability not in found:
                    seen = value[:SEEN_LIMIT_CHARACTERS]
                    found[capability] = CapabilityFinding(capability, "able", seen, ONVIF_CORE, said_by="device")
    return found


@lru_cache(maxsize=VALUES_KEPT)
def _meant_by(value: str) -> tuple[Capability, ...]:
    """The capabilities that a name in a device's answers means."""
    return tuple(name.capability for name in _NAMES if name.pattern.search(value))


def _claimed(attribution: Attribution, description: Description, knowledge: Knowledge) -> dict[Capability, CapabilityFinding]:
    maker = attribution.manufacturer
    models = tuple(sorted({model for model in (description.model, description.claimed_model) if model}))
    if maker is None or attribution.grade not in NAMED_GRADES or not models:
        return {}
    records = records_of(knowledge)
    brands = records.brand_ids(attribution.brand)
    found: dict[Capability, CapabilityFinding] = {}
    for company in ownership_path(maker, knowledge):
        for claim in records.capabilities.get(company, ()):
            if claim.models is None or (claim.brand is not None and claim.brand not in brands):
                continue
            if claim.capability not in found and names_model(claim.models, models):
                seen = claim.models_said[:SEEN_LIMIT_CHARACTERS]
                found[claim.capability] = CapabilityFinding(claim.capability, "able", seen, claim.source, said_by="maker")
    return found
