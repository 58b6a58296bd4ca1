"""The cameras behind a recorder, as the recorder reports them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from camcensus.model.device import ReportedChannel
from camcensus.model.observation import Observation

CHANNEL_MOST = 1024
"""The largest recorders have 256 channels."""


def reported_channels(observations: Iterable[Observation]) -> tuple[ReportedChannel, ...]:
    """The channels of the newest list that a recorder gave, by number; of two with one number the first."""
    lists = [item for item in observations if item.reading.all("isapi.channel")]
    if not lists:
        return ()
    newest = max(lists, key=lambda item: (item.at, item.id))
    channels: dict[int, ReportedChannel] = {}
    for text in newest.reading.all("isapi.channel"):
        channel = _channel(text)
        if channel is not None:
            channels.setdefault(channel.number, channel)
    return tuple(channels[number] for number in sorted(channels))


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
    )
