"""Every payload given to every codec: a reading comes out, whatever it is, and it is small."""

from __future__ import annotations

import pytest

from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.wire.read import read, redact
from hostile.misbehaving import misbehaviours
from hostile.payloads import PAYLOADS

PROBES = (
    *MULTICAST_PORTS, "dhcp", "upnp", "http", "rtsp", "tls", "onvif.GetSystemDateAndTime", "onvif.GetScopes", "onvif.GetNetworkInterfaces",
    "onvif.GetDeviceInformation", "isapi.System/deviceInfo", "dahua-cgi.getSystemInfo", "axis-cgi.basicdeviceinfo", "person", "list",
)  # fmt: skip


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_codec_reads_it_or_says_that_it_is_broken(name: str) -> None:
    for probe in PROBES:
        raw = redact(probe, PAYLOADS[name])
        assert len(raw) <= len(PAYLOADS[name])
        for ask in (None, "GET /"):
            reading = read(probe, ask, raw)
            assert reading.state in ("read", "broken", "unread"), probe
            values = [value for values in reading.fields.values() for value in values]
            assert sum(map(len, values)) <= 2 * len(raw) + 4_096, (probe, "an answer never unfolds to more than it was")
            assert not any("\ud800" <= letter <= "\udfff" for value in values for letter in value), probe


def test_there_are_as_many_as_we_say() -> None:
    assert len(PAYLOADS) + len(misbehaviours()) >= 180
    assert len(set(PAYLOADS.values())) > len(PAYLOADS) - 5
