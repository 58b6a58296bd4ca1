"""The cameras behind a recorder, as the recorder reports them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from camcensus.model.device import DeviceKind, ReportedChannel
from camcensus.model.observation import Observation

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
