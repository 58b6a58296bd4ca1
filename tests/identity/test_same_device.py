"""Which facts of a device differ from the last time, in words that a technician can act on."""

from __future__ import annotations

import pytest

from camcensus.identity.same_device import DeviceFacts, certificate_digest, compare, facts_of
from camcensus.model.device import Observation, Reading

HERE, MAC = "10.0.0.31", "3c:ef:8c:00:00:01"
BEFORE = DeviceFacts(HERE, MAC, {"443": "aa"}, {"sadp": ("DS-2CD2143G0-I20190101AAWR123456789",), "onvif.x": ("12",)})


@pytest.mark.parametrize(
    ("now", "say"),
    [
        (BEFORE, "as last time"),
        (DeviceFacts("10.0.0.99", MAC, {"443": "aa"}, {}), "as last time"),
        (DeviceFacts(HERE, "", {"443": "aa"}, {"dhip": ("other",)}), "as last time"),
        (DeviceFacts(HERE, "", {"443": "aa", "8443": "new"}, {"sadp": ("20190101AAWR123456789",)}), "as last time"),
        (DeviceFacts(HERE, MAC, {"443": "bb"}, {}), "changed: certificate"),
        (DeviceFacts(HERE, MAC, {}, {}), "changed: certificate"),
        (DeviceFacts(HERE, "3c:ef:8c:00:00:02", {"443": "aa"}, {}), "changed: MAC address"),
        (DeviceFacts(HERE, MAC, {"443": "aa"}, {"onvif.x": ("13",)}), "changed: serial number"),
        (DeviceFacts(HERE, "3c:ef:8c:00:00:02", {"443": "bb"}, {"sadp": ("X",)}), "changed: certificate, MAC address and serial number"),
    ],
)  # fmt: skip
def test_what_differs_is_named(now: DeviceFacts, say: str) -> None:
    assert compare(BEFORE, now).say == say


@pytest.mark.parametrize("before", [None, DeviceFacts(HERE), DeviceFacts(HERE, "", {}, {"dhip": ("1",)})])
def test_what_cannot_be_compared_is_new(before: DeviceFacts | None) -> None:
    assert compare(before, BEFORE).say == "new"


def test_facts_are_those_of_the_newest_answers_at_the_address() -> None:
    def seen(probe: str, serial: str = "", address: str = HERE, mac: str | None = MAC, raw: bytes = b"") -> Observation:
        reading = Reading("read", {"serial": (serial,)} if serial else {}, "x/1")
        return Observation(probe=probe, address=address, at="2026-11-24T10:00:00Z", port=443, mac=mac, raw=raw, reading=reading)

    replies = (
        seen("list", "L"), seen("sadp", "old", mac="00:00:00:00:00:01"), seen("sadp", "S"), seen("tls", raw=b"a", mac=None),
        seen("tls", raw=b"b", address="10.0.0.5"),
    )  # fmt: skip
    assert facts_of(replies, HERE) == DeviceFacts(HERE, MAC, {"443": certificate_digest(b"a")}, {"sadp": ("S",)})
    assert facts_of(replies).certificates == {"443": certificate_digest(b"b")}


def test_serial_numbers_that_only_a_login_was_told_are_expected_again() -> None:
    listed = DeviceFacts(HERE, serials={"sadp": ("S",)}).with_serials_of(
        DeviceFacts(HERE, serials={"sadp": ("x",), "isapi": ("y",)})
    )
    assert listed.serials == {"sadp": ("S",), "isapi": ("y",)}
