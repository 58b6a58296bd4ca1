from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camcensus.model.builds import read_firmware_date
from camcensus.wire.fields import (
    decode,
    read_firmware,
    read_ipv4,
    read_mac,
    read_number,
    read_port,
    read_uuid,
    split_url,
)
from costs import soon


@pytest.mark.parametrize(
    "text", ["3C:EF:8C:00:00:01", "3c-ef-8c-00-00-01", "3CEF8C000001", "3cef.8c00.0001", " 3c:ef:8c:00:00:01\r\n"]
)
def test_every_form_of_a_network_number_is_one(text: str) -> None:
    assert read_mac(text) == "3c:ef:8c:00:00:01"


@pytest.mark.parametrize("text", [None, "", "3c:ef:8c:00:00", "3c:ef-8c:00:00:01", "3c:ef:8c:00:00:0g", "3cef8c0000011", "cam"])
def test_what_is_no_network_number_is_none(text: str | None) -> None:
    assert read_mac(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("V5.6.2build 190701", "2019-07-01"),
        ("V5.7.18 build 240826", "2024-08-26"),
        ("1.4.3 Build 251128 Rel.63757n", "2025-11-28"),
        ("2.800.0000000.13.R, build : 2019-05-23", "2019-05-23"),
        ("2.622.0000000.18.R, Build Date: 2018-1-9", "2018-01-09"),
        ("v3.0.0.5428_2509171974", "2025-09-17"),
        ("v3.1.0.2649_23083101", "2023-08-31"),
        ("DIPC-B1232.9.3.C00010.251208", "2025-12-08"),
        ("NVR-B3112.25.3.200828", "2020-08-28"),
        ("Build 20190523", "2019-05-23"),
        ("1.000.HW00.21.20190812", "2019-08-12"),
        ("1.000.HW01.1.190813", "2019-08-13"),
        ("2.420.AC00.18.R.20200217", "2020-02-17"),
        ("1.000.0041.20180530", "2018-05-30"),
        ("2.622.0000000.9.R", None),
        ("4.001.0000000.123456", None),
        ("V5.6.2build 191399", None),
        ("2.800.0000000.13.R", None),
        ("11.9.60", None),
        ("7.80.0128", None),
        ("2.9.0.4.9340-A0.0", None),
        ("", None),
        (None, None),
    ],
)
def test_the_build_date_is_found_inside_a_version(text: str | None, date: str | None) -> None:
    assert read_firmware_date(text) == date


def test_a_version_stands_without_its_date() -> None:
    assert read_firmware("2.800.0000000.13.R, build : 2019-05-23") == "2.800.0000000.13.R"
    assert read_firmware("V5.6.2build 190701") == "V5.6.2build 190701"
    assert read_firmware(None) is None


def test_endpoints_that_name_no_single_device_are_none() -> None:
    assert read_uuid("urn:uuid:00075F00-0001-0100-005F-000000000001") == "00075f00-0001-0100-005f-000000000001"
    assert read_uuid("uuid:2f402f80-da50-11e1-9b23-00408c000001::upnp:rootdevice") == "2f402f80-da50-11e1-9b23-00408c000001"
    for text in (
        "urn:uuid:unknown",
        "uuid:Upnp-BasicDevice-1_0-ACCC8E000001",
        "00000000-0000-0000-0000-000000000000",
        "",
        None,
    ):
        assert read_uuid(text) is None


def test_addresses_that_reach_nothing_are_none() -> None:
    assert read_ipv4(" 10.0.0.5 ") == "10.0.0.5"
    for text in ("0.0.0.0", "169.254.1.1", "127.0.0.1", "239.255.255.250", "010.1.1.1", "10.0.0", "::1", "\u0661.1.1.1", None):
        assert read_ipv4(text) is None


def test_numbers_are_plain_and_bounded() -> None:
    assert read_number("16") == 16
    assert read_port("80") == "80"
    for text in ("-1", "0x10", "1e3", "\u0661", "99999", "9" * 5000, "", None):
        assert read_number(text) is None
    for text in ("0", "65536"):
        assert read_port(text) is None


def test_attack_url_that_is_none() -> None:
    for url in ("http://[::1", "http://", "//x/", "http://h:99999/", "http://h:0/", "http://h:x/", "no url", "", "http://a b/"):
        assert split_url(url) is None


def test_a_url_is_taken_apart_without_its_login() -> None:
    assert split_url("http://10.0.0.5/onvif/device_service") == ("http", "10.0.0.5", None, "/onvif/device_service")
    assert split_url("HTTPS://admin:x@10.0.0.5:8443") == ("https", "10.0.0.5", 8443, "/")
    assert split_url("http://[FE80::1%eth0]:81/x?y") == ("http", "fe80::1", 81, "/x?y")


@settings(max_examples=200, database=None)
@given(st.text(max_size=60), st.binary(max_size=60))
def test_readers_never_raise(text: str, data: bytes) -> None:
    for reader in (read_mac, read_uuid, read_ipv4, read_number, read_port, read_firmware, read_firmware_date, split_url):
        reader(text)
    assert isinstance(decode(data, text), str)


def test_attack_patterns_that_backtrack() -> None:
    def read(text: str) -> None:
        read_firmware(text)
        read_firmware_date(text)
        split_url("http://" + text)

    for text in (
        " " * 100_000,
        "build" + " " * 100_000,
        "," * 100_000,
        "1." * 50_000,
        "-B1" + ".A" * 50_000,
        "v" + "1" * 100_000,
    ):
        soon(lambda text=text: read(text))
