"""What a device says of itself, beside who made it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from camcensus.identity.kinds import kind_of
from camcensus.model.device import (
    Description,
    Device,
    DeviceKind,
    Evidence,
    Feature,
    FeatureName,
    Observation,
    ReportedChannel,
    State,
)

# The cameras behind a recorder, as the recorder reports them.

CHANNEL_MOST = 1024
"""The largest recorders have 256 channels."""


_LISTS = ("isapi.channel", "dahua-cgi.channel", "isapi.input", "onvif.channel")
"""Fields that list them. `isapi.input` are cameras on cables of their own. `onvif.channel` are the sources of video that any
maker's recorder names; they count only where no list in its maker's own language does. A camera names its own sensors in both.
"""


def reported_channels(observations: Iterable[Observation], kind: DeviceKind = "recorder") -> tuple[ReportedChannel, ...]:
    """The channels of the newest lists that a recorder gave, by number; of two of a sort with one number the first.

    Analogue and network cameras may be counted apart, so that both have a number 1.
    """
    held = tuple(observations)
    channels: dict[tuple[int, bool], ReportedChannel] = {}
    for field in _LISTS:
        lists = [item for item in held if item.reading.all(field)]
        if not lists or (field == "isapi.input" and kind != "recorder"):
            continue
        if field == "onvif.channel" and (channels or kind not in ("recorder", "encoder")):
            continue
        newest = max(lists, key=lambda item: (item.at, item.id))
        for text in newest.reading.all(field):
            channel = _channel(text)
            if channel is not None:
                channels.setdefault((channel.number, channel.analogue), channel)
    return tuple(channels[place] for place in sorted(channels))


def _channel(text: str) -> ReportedChannel | None:
    """One channel, which the codec wrote as a JSON object of texts; None where it has no number."""
    try:
        told = json.loads(text)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    values = {name: value for name, value in told.items() if isinstance(value, str) and value.strip()}
    number = values.get("id", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 4 and 0 < int(number) <= CHANNEL_MOST):
        return None
    return ReportedChannel(
        number=int(number),
        name=values.get("name"),
        manufacturer=values.get("protocol"),
        model=values.get("model"),
        serial=values.get("serial"),
        firmware=values.get("firmware"),
        address=values.get("address"),
        analogue=values.get("input") == "analogue",
    )


# What a device says that it has besides a lens: pan and tilt, sound, a thermal picture, storage. Only its own word counts.

_SIGNS: tuple[tuple[FeatureName, str, str], ...] = (
    ("ptz", "onvif.scope", r"onvif://\S{1,200}/type/ptz"),
    ("ptz", "onvif.service", r"http://www\.onvif\.org/ver20/ptz/wsdl"),
    ("ptz", "isapi.device_type", r"IPPTZ"),
    ("audio", "onvif.scope", r"onvif://\S{1,200}/type/audio_encoder"),
    ("thermal", "onvif.service", r"http://www\.onvif\.org/ver10/thermal/wsdl"),
    ("thermal", "isapi.device_type", r"ThermalCamera"),
    ("storage", "onvif.service", r"http://www\.onvif\.org/ver10/recording/wsdl"),
    ("storage", "sadp.disks", r"[1-9][0-9]{0,3}"),
)
"""Source: ONVIF Core (scopes), the namespaces of ONVIF's services; ISAPI's deviceType; SADP's DiskNumber."""


def features(by_trust: Iterable[Observation]) -> tuple[Feature, ...]:
    """Each thing once, with the first words that say so; in the order of FeatureName."""
    found: dict[FeatureName, Feature] = {}
    held = tuple(by_trust)
    for name, field, pattern in _SIGNS:
        if name in found:
            continue
        for item in held:
            seen = next((value for value in item.reading.all(field) if re.fullmatch(pattern, value.strip(), re.I)), None)
            if seen is not None:
                found[name] = Feature(name, seen.strip(), item.probe)
                break
    return tuple(found.values())


_SOURCES = (
    "person",
    "sadp",
    "dhip",
    "isapi.System/deviceInfo",
    "axis-cgi.basicdeviceinfo",
    "onvif.GetDeviceInformation",
    "upnp",
    "dahua-v1",
    "wsdiscovery",
    "onvif.GetScopes",
    "mdns",
    "http",
    "rtsp",
)
"""Whose word is taken first. A maker's own protocol and the device's own information page know best; scopes can be edited."""


def describe(device: Device, evidence: tuple[Evidence, ...] = ()) -> Description:
    """What the replies of a device say: kind, model, serial, firmware, channels, states. Unknown is None, never guessed.

    What a list that a person brought says of a device (probe "list") fills only what the device itself left open, and says
    nothing of its kind. `evidence` are its signs of kind.
    """
    replies = tuple(_by_trust(one for one in device.observations if one.probe not in ("neighbour", "list")))
    listed = tuple(_by_trust(one for one in device.observations if one.probe == "list"))
    told = kind_of(replies, evidence)
    said = tuple(observation for observation in replies if observation.probe != "person")
    model = _first(said, "model") or _first(listed, "list.model")
    serials = _values(replies, "serial")
    strong = [key.value.partition(":")[2] for key in device.keys if key.kind == "serial"]
    cloud, cloud_seen = _cloud(said)
    times = sorted(observation.at for observation in device.observations)
    return Description(
        kind=told.kind,
        kind_reason=told.reason,
        kind_grade=told.grade,
        kind_evidence=told.evidence,
        what=told.what,
        claimed_manufacturer=_first(said, "manufacturer") or _first(listed, "list.manufacturer"),
        claimed_model=model,
        model=_newest(replies, "person.model") or model,
        serial=next((serial for serial in serials if serial in strong), None)
        or _newest(replies, "person.serial")
        or _first(listed, "list.serial"),
        firmware=_first(said, "firmware") or _first(listed, "list.firmware"),
        firmware_date=_first(said, "firmware_date"),
        name=_first(said, "name")
        or _first(said, "upnp.friendly_name")
        or _first(said, "mdns.instance")
        or _first(listed, "list.name"),
        channels_analogue=_count(said, "channels.analogue"),
        channels_digital=_count(said, "channels.digital"),
        activated={"true": True, "false": False}.get(_first(said, "activated") or ""),
        cloud_state=cloud,
        cloud_seen=cloud_seen,
        probes_answered=tuple(sorted({observation.probe for observation in said})),
        probes_unread=tuple(sorted({observation.probe for observation in said if observation.reading.state == "unread"})),
        first_seen=times[0] if times else None,
        last_seen=times[-1] if times else None,
        reported_channels=reported_channels(said, told.kind),
        features=features(said),
    )


_RANKS = {probe: rank for rank, probe in enumerate(_SOURCES)}


def _by_trust(observations: Iterable[Observation]) -> list[Observation]:
    """Best source first, and of one source the newest reply first."""
    newest_first = sorted(observations, key=lambda observation: (observation.at, observation.id), reverse=True)
    return sorted(newest_first, key=lambda observation: (_RANKS.get(observation.probe, len(_RANKS)), observation.probe))


def _values(by_trust: Iterable[Observation], name: str) -> list[str]:
    return [value for item in by_trust for value in item.reading.all(name) if value.strip()]


def _first(by_trust: Iterable[Observation], name: str) -> str | None:
    for item in by_trust:
        for value in item.reading.fields.get(name, ()):
            if said := value.strip():
                return said
    return None


def _newest(observations: Sequence[Observation], name: str) -> str | None:
    found = [(item.reading.first("person.when") or item.at, item.id, item.reading.first(name)) for item in observations]
    return max(((when, key, value) for when, key, value in found if value), default=("", "", None))[2]


def _count(by_trust: Sequence[Observation], name: str) -> int | None:
    value = _first(by_trust, name)
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) <= 5 else None


def _cloud(by_trust: Sequence[Observation]) -> tuple[State, str | None]:
    """The firmest thing said of a link to the maker's cloud: that it is on, else off, else that the device can."""
    said = {value: item.probe for item in reversed(by_trust) for value in item.reading.all("cloud")}
    states: tuple[State, ...] = ("on", "off", "able")
    for state in states:
        if state in said:
            return state, said[state]
    return "unknown", None
