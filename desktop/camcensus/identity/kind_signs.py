"""Signs of what kind a device is in how it answers: what it says that it is, how many pictures it has, what it speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model.device import Evidence, Group, Observation, Strength
from camcensus.model.words import clean

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
"""Probes that devices of camera makers answer, and what they are called in a sentence. They prove the maker, not the kind."""

SOURCE = "device"
"""What these signs rest on: the device's own answers, and no published text."""

RECORDER_CHANNELS = 5
"""From so many pictures on, a thing that does not say what it is counts as a recorder; multi-sensor cameras have up to four."""

MANY_PICTURES = "kind.channels"
"""The sign that it shows more pictures than one camera has. Where it is named as a camera or an encoder, it has many sensors or
inputs."""

NO_PICTURES = "kind.no-pictures"
"""The sign that it counts its pictures and has none: what a maker of CCTV makes besides, such as an alarm panel or a switch."""

SUBJECTS_SAID = frozenset(
    {"camera", "recorder", "encoder", "intercom", "access-terminal", "switch", "software", "screen", "other"}
)
"""What codecs read out of a maker's own words for a class of devices (field "kind")."""

_ARTICLES = {
    "recorder": "a recorder", "intercom": "a door station or access terminal",
    "access-terminal": "an access terminal or door controller",
    "encoder": "an encoder", "camera": "a camera", "switch": "a network switch", "software": "a program", "screen": "a screen",
    "other": "a printer, a computer or another kind of device",
}  # fmt: skip

_COUNTED_SAYING = frozenset({"sadp", "xiongmai"})
"""Probes whose "camera" is only the number of channels: door stations and terminals answer with one too. So is "recorder",
where they give the number and no disks: encoders have many inputs too."""

_ONVIF_ANSWERS = (
    "onvif.model", "onvif.manufacturer", "onvif.service", "onvif.scope", "onvif.video_sources", "onvif.analytics_type",
    "onvif.fault",
)  # fmt: skip
"""An ONVIF operation got an ONVIF answer: a model, services, scopes, or a fault that says no login was given."""
_ONVIF_NAMESPACES = "http://www.onvif.org/"
"""What answers of ONVIF with none of these are written in, the time or a host name say; a question that is sent back too."""


def answer_signs(replies: Sequence[Observation]) -> Iterator[Evidence]:
    """The signs in what a device does and states, in no particular order; the same sign may come from several replies."""
    onvif = [item for item in replies if item.probe.startswith("onvif.") and _has(item, _ONVIF_ANSWERS)]
    transmitters = [item for item in replies if "NetworkVideoTransmitter" in item.reading.all("onvif.type")]
    protocols = [item for item in replies if item.probe in CAMERA_PROTOCOLS and item.reading.state != "broken"]
    for item in replies:
        yield from _stated(item)
        if item.probe == "rtsp" and item.reading.state != "broken":
            yield _sign(
                item, "streams", "may-be-camera", "weak", "rtsp", "RTSP", "It answers RTSP, the language of video streams."
            )
        if pictures := item.reading.first("http.stream"):
            yield _sign(
                item, "pictures", "may-be-camera", "weak", "web", clean(pictures, 80), "Its web page shows live pictures."
            )
        if item.probe == "rtsp" and item.reading.first("rtsp.status") == "401":
            why = "It shows its video only after a login, as cameras and recorders do."
            yield _sign(item, "guarded-video", "camera-or-recorder", "weak", "rtsp", "401", why)
    if not (onvif or transmitters or any(item.probe == "rtsp" or item.reading.all("kind") for item in replies)):
        for item in filter(_is_without_pictures, protocols):
            why = "It says that it has no picture, its own or of others, and it answers nothing that sends video."
            yield _sign(item, NO_PICTURES.partition(".")[2], "other", "weak", "protocol", "0", why)
    for item in protocols:
        why = f"It answers {CAMERA_PROTOCOLS[item.probe]}, as that maker's cameras and recorders do."
        yield _sign(item, "protocol", "camera-or-recorder", "weak", "protocol", item.probe, why)
    for item in replies:
        if item.probe in CAMERA_PROTOCOLS and item.reading.state == "broken":
            why = f"It answered a question in {CAMERA_PROTOCOLS[item.probe]} with something that we cannot read."
            yield _sign(item, "broken", "may-be-camera", "weak", "protocol", item.probe, why)
    for item in transmitters:
        why = "It announces itself as a network video transmitter (ONVIF)."
        yield _sign(item, "transmitter", "camera", "weak", "soap", "NetworkVideoTransmitter", why)
    for item in onvif:
        why = "It answers ONVIF, the common language of cameras and recorders."
        yield _sign(item, "onvif", "camera-or-recorder", "weak", "soap", "ONVIF", why)
    for item in () if onvif else filter(_is_in_onvif, replies):
        why = "It answers in the words of ONVIF, the common language of cameras and recorders."
        yield _sign(item, "onvif-words", "may-be-camera", "weak", "soap", "ONVIF", why)
    channels, item_of = _channels(replies)
    if channels >= RECORDER_CHANNELS and item_of is not None and (onvif or transmitters or protocols):
        yield _many_pictures(item_of, channels)


def _many_pictures(item: Observation, pictures: int) -> Evidence:
    why = f"It shows {pictures} pictures, more than one camera has."
    return _sign(item, MANY_PICTURES.partition(".")[2], "recorder", "strong", "protocol", str(pictures), why)


def _is_without_pictures(item: Observation) -> bool:
    """Whether it counts its pictures, its own and those of others, and has none of either."""
    return all(item.reading.all(name) and count_in(item, name) == 0 for name in _COUNTS[:2])


def _stated(item: Observation) -> Iterator[Evidence]:
    pictures = sum(count_in(item, name) for name in _COUNTS[:2])
    for value in item.reading.all("kind"):
        if value not in SUBJECTS_SAID:
            continue
        if value == "camera" and item.probe in _COUNTED_SAYING:
            yield _sign(
                item, "one-channel", value, "weak", "protocol", "1", "It says that it has one channel, as a camera has."
            )
        elif value == "recorder" and item.probe in _COUNTED_SAYING and pictures and not count_in(item, "sadp.disks"):
            yield _many_pictures(item, pictures)
        else:
            yield _sign(item, "stated", value, "strong", "protocol", value, f"It says that it is {_ARTICLES[value]}.")


def _sign(item: Observation, name: str, subject: str, strength: Strength, group: Group, seen: str, why: str) -> Evidence:
    return Evidence(
        fingerprint=f"kind.{name}", probe=item.probe, reply=item.id, family="does", group=group, role="kind", subject=subject,
        strength=strength, seen=seen, why=why, source=SOURCE, at=item.at, ask=item.ask,
    )  # fmt: skip


def _has(item: Observation, names: Sequence[str]) -> bool:
    return any(name in item.reading.fields for name in names)


def _is_in_onvif(item: Observation) -> bool:
    spaces = item.reading.all("xml.namespace")
    return item.probe.startswith("onvif.") and any(name.startswith(_ONVIF_NAMESPACES) for name in spaces)


def _channels(replies: Sequence[Observation]) -> tuple[int, Observation | None]:
    """Pictures it says to have, and the reply that says most of them."""
    counts = [(max(count_in(item, name) for name in _COUNTS), item.at, item.id, item) for item in replies]
    most = max(counts, key=lambda one: one[:3], default=None)
    told = sum(max((count_in(item, name) for item in replies), default=0) for name in _COUNTS[:2])
    sources = max((count_in(item, _COUNTS[2]) for item in replies), default=0)
    return max(told, sources), most[3] if most else None


_COUNTS = ("channels.analogue", "channels.digital", "onvif.video_sources")


def count_in(item: Observation, name: str) -> int:
    """A field as a number; 0 where it is not one of up to five digits."""
    value = (item.reading.first(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 5 else 0
