"""One device in the JSON of the outside contract, version 1. Fields keep the contract's names and order."""

from __future__ import annotations

import hashlib
from typing import Any

from camcensus.assessment.advisories import flaws
from camcensus.assessment.care import flaw_records
from camcensus.model.device import COUNTED_KINDS, DOOR_KINDS, Description, Device, Evidence, ReportedChannel, Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import CAPABILITIES
from camcensus.model.words import clean

_FIELDS = (
    "key keys addresses network mac kind brand manufacturer manufacturer_name candidates grade reason claimed model serial"
    " firmware firmware_date channels recorder channel activated cloud_link probes_answered first_seen last_seen evidence"
    " listings seat advisories capabilities what kind_grade kind_reason kind_evidence reported_channels features care"
)
_LISTS = (
    "keys addresses candidates probes_answered evidence listings advisories capabilities kind_evidence reported_channels"
    " features care"
)


def device_entry(verdict: Verdict, knowledge: Knowledge) -> dict[str, Any]:
    """One device. What we do not know is null."""
    device, description, attribution = verdict.device, verdict.description, verdict.attribution
    maker = attribution.manufacturer
    return {
        "key": _key(device),
        "keys": [[key.kind, _long(key.value)] for key in device.keys],
        "addresses": list(device.addresses),
        "network": said(device.network),
        "mac": device.mac,
        "kind": description.kind,
        "brand": said(attribution.brand),
        "manufacturer": maker,
        "manufacturer_name": knowledge.name_of(maker) if maker else None,
        "candidates": list(attribution.candidates),
        "grade": attribution.grade,
        "reason": clean(attribution.reason, 1000),
        "claimed": {"manufacturer": said(description.claimed_manufacturer), "model": said(description.claimed_model)},
        "model": said(description.model),
        "serial": said(description.serial),
        "firmware": said(description.firmware),
        "firmware_date": description.firmware_date,
        "channels": {"analogue": description.channels_analogue, "digital": description.channels_digital},
        "recorder": None,
        "channel": None,
        "activated": description.activated,
        "cloud_link": {"state": description.cloud_state, "seen": said(description.cloud_seen)},
        "probes_answered": list(description.probes_answered),
        "first_seen": description.first_seen,
        "last_seen": description.last_seen,
        "evidence": [_evidence(one, description) for one in (*attribution.evidence, *description.kind_evidence)],
        "listings": _listings(verdict),
        "seat": _seat(verdict),
        "advisories": _advisories(verdict, knowledge),
        "flaw_records": clean(flaw_records(attribution, description, knowledge), 600) or None,
        "capabilities": _capabilities(verdict),
        "what": description.what,
        "kind_grade": description.kind_grade,
        "kind_reason": clean(description.kind_reason, 1000),
        "kind_evidence": [_evidence(one, description) for one in description.kind_evidence],
        "reported_channels": [_channel(one) for one in description.reported_channels],
        "features": [
            {"feature": one.name, "seen": clean(one.seen), "probe": clean(one.probe)} for one in description.features
        ],
        "care": [
            {
                "kind": one.kind, "why": clean(one.why, 600), "mend": clean(one.mend, 600), "since": one.since,
                "source": one.source, "flaws": list(one.flaws),
            }
            for one in verdict.care
        ],
    }  # fmt: skip


def _advisories(verdict: Verdict, knowledge: Knowledge) -> list[dict[str, Any]]:
    """The answers kept, and "no" for each record that ends its list of models without the device's own."""
    kept = {one.id for one in verdict.advisories}
    others = flaws(verdict.attribution, verdict.description, knowledge).others
    return [
        {
            "id": one.id, "applies": one.applies, "known_exploited": one.known_exploited, "exploited": one.known_exploited,
            "why": clean(one.why, 400), "product_type": one.product_type, "fixed_in": clean(one.fixed_in, 400) or None,
        }
        for one in (*verdict.advisories, *(one for one in others if one.id not in kept))
    ]  # fmt: skip


def _channel(one: ReportedChannel) -> dict[str, Any]:
    """A camera behind a recorder, in the recorder's words; it is no device of its own here."""
    claimed = {"manufacturer": said(one.manufacturer), "model": said(one.model)}
    return {
        "channel": one.number, "name": said(one.name), "claimed": claimed, "serial": said(one.serial),
        "firmware": said(one.firmware), "address": said(one.address), "input": "analogue" if one.analogue else "digital",
    }  # fmt: skip


def _key(device: Device) -> str | None:
    return f"{device.keys[0].kind}:{_long(device.keys[0].value)}" if device.keys else None


def _long(value: str) -> str:
    """A key, cleaned; one too long to show ends in a digest, so that two of them stay apart."""
    shown = clean(value, 4 * len(value) + 200)
    return shown if len(shown) <= 200 else f"{shown[:160]}…{hashlib.sha256(value.encode()).hexdigest()[:16]}"


def _listings(verdict: Verdict) -> list[dict[str, str]]:
    """Without those of a maker that is only possible: the window says of these "May be listed – check"."""
    return [{"list": one.list, "manufacturer": one.manufacturer} for one in verdict.findings if not one.may]


def _seat(verdict: Verdict) -> dict[str, str] | None:
    """Where the maker is based, by our reading of a statement that names no company; without one that is only possible."""
    found = verdict.seat
    return None if found is None or found.may else {
        "country": found.country, "source": found.source, "reading": found.reading
    }  # fmt: skip


def _capabilities(verdict: Verdict) -> list[dict[str, Any]]:
    """Every capability of a camera or recorder: what is known of it, or "unknown", which is that it cannot be seen."""
    known = {one.capability: one for one in verdict.capabilities}
    watched = verdict.description.kind in COUNTED_KINDS + DOOR_KINDS
    entries: list[dict[str, Any]] = []
    for capability in CAPABILITIES:
        one = known.get(capability)
        if one is not None:
            entries.append(
                {
                    "capability": capability,
                    "state": one.state,
                    "seen": said(one.seen),
                    "said_by": one.said_by,
                    "source": one.source,
                    "claim": one.claim,
                }
            )
        elif watched:
            entries.append({"capability": capability, "state": "unknown", "seen": None})
    return entries


def _evidence(one: Evidence, description: Description) -> dict[str, Any]:
    basis = {"basis": "register"} if one.fingerprint.startswith("register.") else {}
    return basis | {
        "fingerprint": one.fingerprint, "probe": one.probe, "family": one.family, "group": one.group, "role": one.role,
        "subject": clean(one.subject or " or ".join(one.subjects)), "strength": one.strength,
        "supports": _supports(one, description),
        "seen": clean(one.seen),
        "why": clean(one.why, 1000), "source": one.source,
    }  # fmt: skip


def _supports(one: Evidence, description: Description) -> bool:
    """Whether a sign is for the answer that is given to what it speaks of: maker, brand, kind, model or a part."""
    if one.role == "model":
        return (one.subject or one.seen).casefold() == (description.model or "").casefold()
    return one.supports


def no_device() -> dict[str, Any]:
    """A row typed by hand, or a channel of a recorder: a device with no addresses."""
    return (
        dict.fromkeys(_FIELDS.split())
        | {name: [] for name in _LISTS.split()}
        | {
            "kind": "unknown", "kind_grade": "unknown", "kind_reason": "Its kind is as it was recorded.",
            "grade": "unknown", "reason": "Nothing recorded says who made it. The label usually says.",
            "claimed": {"manufacturer": None, "model": None}, "channels": {"analogue": None, "digital": None},
            "cloud_link": {"state": "unknown", "seen": None},
        }
    )  # fmt: skip


def said(text: str | None) -> str | None:
    """A text from outside, cleaned; None where there is none."""
    return clean(text) if text else None
