"""MAC addresses inside other text: where one is found, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camcensus.model.numbers import NUMBERS_LIMIT, mac_of_ipv6, macs_within
from costs import soon

FOUND = {
    "588fcf123456": "58:8f:cf:12:34:56",
    "B4A382123456": "b4:a3:82:12:34:56",
    "iPolis_00-09-18-AB-CD-EF": "00:09:18:ab:cd:ef",
    "AXIS_ACCC8E123456": "ac:cc:8e:12:34:56",
    "AXIS_WS_00408C184D0E": "00:40:8c:18:4d:0e",
    "onvif://www.onvif.org/avigilon/mac/001885123456": "00:18:85:12:34:56",
    "onvif://www.onvif.org/MAC/58%3A50%3Aed%3A00%3A00%3A05": "58:50:ed:00:00:05",
    "urn:uuid:12345678-1234-1234-1234-ec71db465af7": "ec:71:db:46:5a:f7",
    "http://[fe80::aecc:8eff:fe12:3456]/onvif/device_service": "ac:cc:8e:12:34:56",
    "axis-accc8e123456.local.": "ac:cc:8e:12:34:56",
    "CN=axis-accc8e000001-eccp256-1,O=Axis Communications AB": "ac:cc:8e:00:00:01",
    "macaddress=001885123456": "00:18:85:12:34:56",
    "MAC=00-1A-07-00-00-01/AV2105": "00:1a:07:00:00:01",
    "uuid:Upnp-BasicDevice-1_0-ACCC8E000001": "ac:cc:8e:00:00:01",
    "camera b0c5.5400.0001": "b0:c5:54:00:00:01",
}


@pytest.mark.parametrize("text", FOUND)
def test_a_number_is_found_inside_a_text(text: str) -> None:
    assert macs_within(text) == (FOUND[text],)


def test_the_first_and_the_last_twelve_digits_of_a_uuid_may_be_one() -> None:
    assert macs_within("00075fe0-a604-4000-8000-ec71db465af7") == ("00:07:5f:e0:a6:04", "ec:71:db:46:5a:f7")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "001885123456",  # twelve decimal digits alone: a serial number
        "210235UEC3Q200000001",
        "DS-2CD2012-I20150201CCWR500000001",
        "0123456789abcdef0123456789abcdef",  # longer than a MAC address
        "00:11:22:33:44:55:66:77",
        "4419B6-123456",
        "000000000000 mac",
        "ff:ff:ff:ff:ff:ff",  # a group
        "2001:db8::1",
        "AXIS_ACCC8E12345",
    ],
)
def test_what_only_looks_like_one_is_left_out(text: str) -> None:
    assert macs_within(text) == ()


def test_an_ipv6_address_made_from_a_number_gives_it_back() -> None:
    assert mac_of_ipv6("fe80::aecc:8eff:fe12:3456%eth0") == "ac:cc:8e:12:34:56"
    assert mac_of_ipv6("fe80::1") is None
    assert mac_of_ipv6("10.0.0.5") is None
    assert mac_of_ipv6("no address") is None


@given(st.text(max_size=300))
def test_any_text_gives_whole_numbers_and_not_many(text: str) -> None:
    found = macs_within(text)
    assert len(found) <= NUMBERS_LIMIT
    assert all(len(mac) == 17 and mac == mac.lower() for mac in found)


def test_a_long_hostile_text_costs_little() -> None:
    for text in ("a" * 100_000, "aa:" * 30_000, "mac " * 30_000, "ff:fe" * 20_000, "12345678-1234-" * 8_000):
        soon(lambda text=text: macs_within(text))
