"""What a simulated device says when it is asked, as observations, without any socket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address

from camcensus.demo.country import SimAnswer
from camcensus.demo.estate import SimDevice
from camcensus.model.device import Observation

_MOMENT = {"year": "2026", "month": "11", "day": "20", "hour": "10", "minute": "42", "second": "0"}
_ASKED = {"relates_to": "", "st": "ssdp:all", "nonce": "0" * 32, "message_id": "0", "cseq": "1", "http_date": ""}


def said_by(
    device: SimDevice, at: str, network: str, logins: Iterable[SimAnswer] = (), number: int = 0
) -> Iterator[Observation]:
    """Its replies to what a search asks everybody, and to what is read without a login; nothing has read them yet.

    `logins` are answers to what is read with one; `number` chooses which of them this device gives.

    `at` is UTC, ISO 8601, ending in Z; `network` is the network that it is seen on.
    """
    values = {
        **_MOMENT,
        **_ASKED,
        **device.values,
        **{f"port_{door.name}": str(door.port) for door in device.doors},
        "address": device.address,
        "address_le": IPv4Address(device.address).packed[::-1].hex(),
    }

    def seen(probe: str, raw: bytes, ask: str | None = None, port: int | None = None) -> Observation:
        return Observation(
            probe=probe, address=device.address, at=at, raw=raw, ask=ask, network=network, port=port, mac=device.mac
        )

    for speaker in device.speakers:
        yield seen(speaker.protocol, speaker.reply.render(values))
    for door in device.doors:
        for asked, reply in door.answers.items():
            if asked.startswith("onvif."):
                yield seen(asked, reply.render(values), port=door.port)
            elif door.speaks == "rtsp" or asked == "GET /":
                yield seen(door.speaks, reply.render(values), asked, door.port)
    for one in logins:
        if one.manufacturer == device.truth.manufacturer:
            yield seen(one.probe, one.answers[number % len(one.answers)].encode(), one.ask, port=80)
