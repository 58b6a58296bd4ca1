"""What a device is: a camera, a recorder, a door station, or something that is no camera and is named as what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from camcensus.model.attribution import Evidence
from camcensus.model.device import DeviceKind
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
    "foscam": "a discovery protocol of Foscam and similar cameras",
    "vstarcam": "a discovery protocol of VStarcam and similar cameras",
    "360-vision": "360 Vision's discovery protocol",
}
"""Probes that only cameras and recorders answer, and what they are called in a sentence."""

RECORDER_CHANNELS = 5
"""From so many pictures on, a thing that does not say what it is counts as a recorder; multi-sensor cameras have up to four."""

SUBJECTS: Mapping[str, tuple[DeviceKind, str | None]] = {
    "recorder": ("recorder", None),
    "access-terminal": ("intercom", "an access terminal"),
    "doorbell": ("intercom", "a doorbell"),
    "intercom": ("intercom", "a door station or access terminal"),
    "encoder": ("encoder", None),
    "camera": ("camera", None),
    "printer": ("other", "a printer or scanner"),
    "file-store": ("other", "a file store (NAS)"),
    "router": ("other", "a router, switch or access point"),
    "phone": ("other", "a telephone"),
    "media-player": ("other", "a television, speaker or media player"),
    "computer": ("other", "a computer"),
    "screen": ("other", "a screen that shows camera pictures"),
    "other": ("other", None),
}
"""What signs of role "kind" may speak of: the kind it comes to, and the thing's own name.

Those that come first are heard first: a recorder also answers as the cameras behind it.
"""

_STATED: tuple[DeviceKind, ...] = ("recorder", "intercom", "encoder", "camera")
_ARTICLES: dict[DeviceKind, str] = {
    "recorder": "a recorder",
    "intercom": "a door station or access terminal",
    "encoder": "an encoder",
    "camera": "a camera",
}


class Kind(NamedTuple):
    """The kind, why in one sentence, and what exactly the thing is ("a printer or scanner") where the kind does not tell."""

    kind: DeviceKind
    reason: str
    what: str | None = None


def kind_of(replies: Sequence[Observation], evidence: Sequence[Evidence]) -> Kind:
    """What replies and signs come to. Firm signs and what only cameras do count before weak signs."""
    stated = {value for item in replies for value in item.reading.all("kind")}
    signs = sorted((sign for sign in evidence if sign.role == "kind" and sign.subject in SUBJECTS), key=_order)
    firm = [sign for sign in signs if sign.strength != "weak"]
    for kind in _STATED:
        named = next((sign for sign in firm if SUBJECTS[sign.subject][0] == kind), None)
        if named is not None and (kind not in stated or SUBJECTS[named.subject][1] is not None):
            return _by_sign(named)
        if kind in stated:
            return Kind(kind, f"It says that it is {_ARTICLES[kind]}.", SUBJECTS[kind][1])
    channels = _channels(replies)
    protocol = next((probe for probe in sorted(CAMERA_PROTOCOLS) if _answered(replies, probe)), None)
    transmitter = any("NetworkVideoTransmitter" in item.reading.all("onvif.type") for item in replies)
    if channels >= RECORDER_CHANNELS and (protocol or transmitter or _answers_onvif(replies)):
        return Kind("recorder", f"It shows {channels} pictures, more than one camera has.")
    if protocol:
        return Kind("camera", f"It answers {CAMERA_PROTOCOLS[protocol]}.")
    if transmitter:
        return Kind("camera", "It announces itself as a network video transmitter (ONVIF).")
    if _answers_onvif(replies):
        return Kind("camera", "It answers ONVIF, the cameras' common language.")
    return _no_camera(replies, stated, [*firm, *signs], evidence)


def _order(sign: Evidence) -> tuple[int, str, str]:
    return (tuple(SUBJECTS).index(sign.subject), sign.fingerprint, sign.why)


def _by_sign(sign: Evidence) -> Kind:
    kind, what = SUBJECTS[sign.subject]
    return Kind(kind, sign.why, what)


def _no_camera(
    replies: Sequence[Observation], stated: set[str], signs: Sequence[Evidence], evidence: Sequence[Evidence]
) -> Kind:
    if signs:
        return _by_sign(signs[0])
    if "other" in stated:
        return Kind("other", "It says that it is a printer, a computer or another kind of device.")
    maker = any(sign.role in ("manufacturer", "brand") for sign in evidence)
    if not replies and not maker:
        return Kind("other", "Only its network number is known, and that is not from a camera maker's block.")
    if not replies:
        return Kind("unknown", "Its network number is from a camera maker's block; it gave no answer.")
    return Kind("unknown", "It answered, and nothing in its answers says what it is.")


def _channels(replies: Sequence[Observation]) -> int:
    """Pictures it says to have."""
    told = sum(max((count_in(item, name) for item in replies), default=0) for name in ("channels.analogue", "channels.digital"))
    return max(told, *(count_in(item, "onvif.video_sources") for item in replies), 0) if replies else 0


def count_in(item: Observation, name: str) -> int:
    """A field as a number; 0 where it is not one of up to five digits."""
    value = (item.reading.first(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 5 else 0


def _answered(replies: Sequence[Observation], probe: str) -> bool:
    return any(item.probe == probe and item.reading.state != "broken" for item in replies)


def _answers_onvif(replies: Sequence[Observation]) -> bool:
    """True where an ONVIF operation got an ONVIF answer: a model, services, scopes, or a fault that says no login was given."""
    told = (
        "onvif.model",
        "onvif.manufacturer",
        "onvif.service",
        "onvif.scope",
        "onvif.video_sources",
        "onvif.analytics_type",
        "onvif.fault",
    )
    return any(item.probe.startswith("onvif.") and any(name in item.reading.fields for name in told) for item in replies)
