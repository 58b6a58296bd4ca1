"""What a device says of itself, beside who made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from camcensus.model.attribution import Evidence
from camcensus.model.device import Description, Device, DeviceKind, State
from camcensus.model.observation import Observation

CAMERA_PROTOCOLS = {
    "sadp": "Hikvision's discovery protocol",
    "dhip": "Dahua's discovery protocol",
    "dahua-v1": "Dahua's old discovery protocol",
    "hanwha": "Hanwha's discovery protocol",
    "bosch": "Bosch's discovery protocol",
    "vivotek": "Vivotek's discovery protocol",
    "panasonic": "Panasonic's discovery protocol",
    "sony": "Sony's discovery protocol",
    "xiongmai": "Xiongmai's discovery protocol",
    "tvt": "TVT's discovery protocol",
}
"""Probes that only cameras and recorders answer, and what they are called in a sentence."""

RECORDER_CHANNELS = 5
"""From so many pictures on, a thing that does not say what it is counts as a recorder; multi-sensor cameras have up to four."""

_SOURCES = (
    "person",
    "sadp",
    "dhip",
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

_STATED: tuple[DeviceKind, ...] = ("recorder", "intercom", "encoder", "camera")
"""Where a device calls itself several things: a recorder also answers as the cameras behind it."""


def describe(device: Device, evidence: tuple[Evidence, ...] = ()) -> Description:
    """What the replies of a device say: kind, model, serial, firmware, channels, states. Unknown is None, never guessed.

    `evidence` are its signs (an attribution's); those of role "kind" and those of a camera maker help to tell the kind.
    """
    replies = tuple(observation for observation in device.observations if observation.probe != "neighbour")
    kind, reason = _kind(replies, evidence)
    said = tuple(observation for observation in replies if observation.probe != "person")
    model = _first(said, "model")
    serials = _values(replies, "serial")
    strong = [key.value.partition(":")[2] for key in device.keys if key.kind == "serial"]
    cloud, cloud_seen = _cloud(said)
    times = sorted(observation.at for observation in device.observations)
    return Description(
        kind=kind,
        kind_reason=reason,
        claimed_manufacturer=_first(said, "manufacturer"),
        claimed_model=model,
        model=_newest(replies, "person.model") or model,
        serial=next((serial for serial in serials if serial in strong), None),
        firmware=_first(said, "firmware"),
        firmware_date=_first(said, "firmware_date"),
        name=_first(said, "name") or _first(said, "upnp.friendly_name") or _first(said, "mdns.instance"),
        channels_analogue=_count(said, "channels.analogue"),
        channels_digital=_count(said, "channels.digital"),
        activated=_truth(_first(said, "activated")),
        cloud_state=cloud,
        cloud_seen=cloud_seen,
        probes_answered=tuple(sorted({observation.probe for observation in said})),
        probes_unread=tuple(sorted({observation.probe for observation in said if observation.reading.state == "unread"})),
        first_seen=times[0] if times else None,
        last_seen=times[-1] if times else None,
    )


def _rank(observation: Observation) -> int:
    return _SOURCES.index(observation.probe) if observation.probe in _SOURCES else len(_SOURCES)


def _by_trust(observations: Iterable[Observation]) -> list[Observation]:
    """Best source first, and of one source the newest reply first."""
    newest_first = sorted(observations, key=lambda observation: (observation.at, observation.id), reverse=True)
    return sorted(newest_first, key=lambda observation: (_rank(observation), observation.probe))


def _values(observations: Iterable[Observation], name: str) -> list[str]:
    return [value for item in _by_trust(observations) for value in item.reading.all(name) if value.strip()]


def _first(observations: Iterable[Observation], name: str) -> str | None:
    values = _values([item for item in observations if name in item.reading.fields], name)
    return values[0].strip() if values else None


def _newest(observations: Sequence[Observation], name: str) -> str | None:
    found = [(item.reading.first("person.when") or item.at, item.id, item.reading.first(name)) for item in observations]
    return max(((when, key, value) for when, key, value in found if value), default=("", "", None))[2]


def _count(observations: Sequence[Observation], name: str) -> int | None:
    value = _first(observations, name)
    return int(value) if value is not None and value.isascii() and value.isdigit() and len(value) <= 5 else None


def _truth(value: str | None) -> bool | None:
    return {"true": True, "false": False}.get(value) if value is not None else None


def _cloud(observations: Sequence[Observation]) -> tuple[State, str | None]:
    """The firmest thing said of a link to the maker's cloud: that it is on, else off, else that the device can."""
    said = {value: item.probe for item in reversed(_by_trust(observations)) for value in item.reading.all("cloud")}
    states: tuple[State, ...] = ("on", "off", "able")
    for state in states:
        if state in said:
            return state, said[state]
    return "unknown", None


def _kind(replies: Sequence[Observation], evidence: Sequence[Evidence]) -> tuple[DeviceKind, str]:
    """The kind, and why in one sentence."""
    stated = set(_values(replies, "kind"))
    by_sign = {sign.subject: sign for sign in reversed(evidence) if sign.role == "kind"}
    firm = {subject for subject in by_sign if any(_is_firm(sign) for sign in evidence if sign.subject == subject)}
    for kind in _STATED:
        if kind in stated:
            return kind, f"It says that it is {_ARTICLES[kind]}."
        if kind in firm:
            return kind, by_sign[kind].why
    channels = _channels(replies)
    protocol = next((probe for probe in sorted(CAMERA_PROTOCOLS) if _answered(replies, probe)), None)
    transmitter = "NetworkVideoTransmitter" in _values(replies, "onvif.type")
    if channels >= RECORDER_CHANNELS and (protocol or transmitter or _answers_onvif(replies)):
        return "recorder", f"It shows {channels} pictures, more than one camera has."
    if protocol:
        return "camera", f"It answers {CAMERA_PROTOCOLS[protocol]}."
    if transmitter:
        return "camera", "It announces itself as a network video transmitter (ONVIF)."
    if _answers_onvif(replies):
        return "camera", "It answers ONVIF, the cameras' common language."
    return _no_camera(replies, stated, by_sign, evidence)


def _is_firm(sign: Evidence) -> bool:
    return sign.role == "kind" and sign.strength != "weak"


_ARTICLES: dict[DeviceKind, str] = {
    "recorder": "a recorder",
    "intercom": "a door station or access terminal",
    "encoder": "an encoder",
    "camera": "a camera",
}


def _no_camera(
    replies: Sequence[Observation], stated: set[str], by_sign: dict[str, Evidence], evidence: Sequence[Evidence]
) -> tuple[DeviceKind, str]:
    for kind in get_args(DeviceKind):
        if kind in by_sign:
            return kind, by_sign[kind].why
    if "other" in stated:
        return "other", "It says that it is a printer, a computer or another kind of device."
    maker = any(sign.role in ("manufacturer", "brand") for sign in evidence)
    if not replies and not maker:
        return "other", "It is in this computer's list of neighbours, and its number is not from a camera maker's block."
    if not replies:
        return "unknown", "Its network number is from a camera maker's block; it gave no answer."
    return "unknown", "It answered, and nothing in its answers says what it is."


def _channels(replies: Sequence[Observation]) -> int:
    """Pictures it says to have."""
    told = (_count(replies, "channels.analogue") or 0) + (_count(replies, "channels.digital") or 0)
    return max(told, _count(replies, "onvif.video_sources") or 0)


def _answered(replies: Sequence[Observation], probe: str) -> bool:
    return any(item.probe == probe and item.reading.state != "broken" for item in replies)


def _answers_onvif(replies: Sequence[Observation]) -> bool:
    """True where an ONVIF operation got an ONVIF answer: a model, services, scopes, or a fault that says no login was given."""
    told = ("onvif.model", "onvif.manufacturer", "onvif.service", "onvif.scope", "onvif.video_sources", "onvif.fault")
    return any(item.probe.startswith("onvif.") and any(name in item.reading.fields for name in told) for item in replies)
