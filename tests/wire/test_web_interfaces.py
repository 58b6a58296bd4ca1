"""Makers' own web interfaces (ISAPI, magicBox.cgi, VAPIX) and certificates: what is blanked, what is told apart, attacks."""

from __future__ import annotations

import pytest

from camcensus.model.errors import WireError
from camcensus.wire import axis_cgi, dahua_cgi, isapi, tls
from camcensus.wire.read import read, redact
from wire.recorded import packet


def tlv(tag: int, contents: bytes) -> bytes:
    """An element in DER."""
    size = len(contents)
    return bytes((tag,)) + (bytes((size,)) if size < 128 else b"\x83" + size.to_bytes(3, "big")) + contents


def certificate(subject: bytes, *, version: bytes = b"") -> bytes:
    """A certificate with nothing in it but a subject."""
    empty = tlv(0x30, b"")
    return tlv(0x30, tlv(0x30, version + tlv(2, b"\x01") + empty + empty + empty + subject))


def name(*parts: tuple[str, str]) -> bytes:
    """A name of parts (attribute number in hex, text)."""
    attributes = (tlv(0x30, tlv(6, bytes.fromhex(kind)) + tlv(0x0C, text.encode())) for kind, text in parts)
    return tlv(0x30, b"".join(tlv(0x31, attribute) for attribute in attributes))


def test_logins_to_cameras_behind_a_recorder_are_blanked() -> None:
    raw = packet("isapi", "channels").raw
    blanked = redact("isapi.ContentMgmt/InputProxy/channels", raw)
    assert len(blanked) == len(raw)
    assert b"<userName>*****</userName><password>*******</password>" in blanked
    assert b"hunter2" not in blanked
    assert isapi.decode(blanked) == isapi.decode(raw)
    assert redact("isapi.ContentMgmt/InputProxy/channels", blanked) == blanked


@pytest.mark.parametrize(
    ("raw", "blanked"),
    [
        (b"<hik:password>abc", b"<hik:password>***"),
        (b'<Password encrypt="no">abc</Password>', b'<Password encrypt="no">***</Password>'),
        (b"<password></password>", b"<password></password>"),
        (b"<passwordLength>8</passwordLength>", b"<passwordLength>8</passwordLength>"),
    ],
)
def test_malformed_isapi_is_blanked_too(raw: bytes, blanked: bytes) -> None:
    assert redact("isapi.System/deviceInfo", raw) == blanked


def test_logins_in_a_dahua_recorders_table_are_blanked_also_inside_links() -> None:
    raw = packet("dahua-cgi", "remote-device").raw
    blanked = redact("dahua-cgi.getConfig", raw)
    assert len(blanked) == len(raw)
    assert b"hunter2" not in blanked
    assert b"admin" not in blanked
    assert b".MainStreamUrl=rtsp://*************@10.1.3.40/live\r\n" in blanked
    assert dahua_cgi.decode(blanked) == dahua_cgi.decode(raw)
    assert redact("dahua-cgi.getConfig", blanked) == blanked


@pytest.mark.parametrize(
    ("raw", "blanked"),
    [
        (b"table.RemoteDevice.x.Password=a=b", b"table.RemoteDevice.x.Password=***"),
        (b"table.Email.UserName=me", b"table.Email.UserName=**"),
        (b"table.RemoteDevice.x.PasswordResetWay=1", b"table.RemoteDevice.x.PasswordResetWay=*"),
        (b"table.RemoteDevice.x.Name=Password=1", b"table.RemoteDevice.x.Name=Password=1"),
        (b"table.Keyboard.Enable=true", b"table.Keyboard.Enable=true"),
        (b"x.Url=rtsp://a:b@10.0.0.1/", b"x.Url=rtsp://***@10.0.0.1/"),
    ],
)
def test_what_is_blanked_in_dahuas_lines(raw: bytes, blanked: bytes) -> None:
    assert redact("dahua-cgi.getConfig", raw) == blanked


def test_a_long_table_is_read_and_a_long_answer_that_is_none_is_not() -> None:
    rule = b"table.VideoAnalyseRule[%d][0].Type=FaceDetection\ntable.VideoAnalyseRule[%d][0].Enable=true\n"
    filler = b"table.VideoAnalyseRule[0][0].Config.DetectRegion[0][0]=1\n" * 1000
    assert dahua_cgi.decode(filler + rule % (3, 3))["dahua-cgi.rule"] == ("FaceDetection on",)
    with pytest.raises(WireError):
        dahua_cgi.decode(filler * 9 + rule % (3, 3))


def test_what_axis_refuses_is_a_sentence() -> None:
    for raw in (b"<reply result='error'/>", b"<html></html>", b"<reply", b"<applications/>"):
        with pytest.raises(WireError, match=r"\.$"):
            axis_cgi.decode(raw)


def test_a_camera_behind_a_recorder_is_not_the_recorder() -> None:
    fields = isapi.decode(packet("isapi", "channels").raw)
    assert not {"serial", "model", "firmware", "name", "mac"} & fields.keys()


def test_the_prefixes_of_an_answer_are_kept() -> None:
    raw = b'<a:DeviceInfo xmlns:a="http://www.isapi.org/ver20/XMLSchema"><a:model>X1</a:model></a:DeviceInfo>'
    assert isapi.decode(raw)["xml.prefix"] == ("a=http://www.isapi.org/ver20/XMLSchema",)


def test_any_answer_in_an_isapi_namespace_is_one() -> None:
    for host in ("hikvision.com", "isapi.org", "std-cgi.com"):
        uri = f"http://www.{host}/ver10/XMLSchema"
        assert isapi.decode(f'<Time xmlns="{uri}"/>'.encode()) == {"xml.namespace": (uri,)}
    with pytest.raises(WireError, match="not an ISAPI answer"):
        isapi.decode(b'<Time xmlns="http://www.isapi.org/ver20/XMLSchema.example"/>')


def test_attack_thousands_of_channels() -> None:
    raw = b"<InputProxyChannelList>" + b"<InputProxyChannel><id>1</id></InputProxyChannel>" * 5000 + b"</InputProxyChannelList>"
    fields = isapi.decode(raw)
    assert fields["channels.digital"] == ("5000",)
    assert len(fields["isapi.channel"]) == 1


@pytest.mark.parametrize("without", [b"serialNumber", b"deviceType", b"processor"])
def test_only_whole_system_information_counts_as_dahuas(without: bytes) -> None:
    raw = packet("dahua-cgi", "system-info-camera").raw
    assert dahua_cgi.decode(raw)["dahua-cgi.answer"] == ("systemInfo",)
    assert "dahua-cgi.answer" not in dahua_cgi.decode(raw.replace(without, b"x" + without))


def test_attack_dahua_lines_without_end() -> None:
    assert dahua_cgi.decode(b"name=a\n" + b"vendor=b\n" * 200_000)["name"] == ("a",)
    with pytest.raises(WireError):
        dahua_cgi.decode(b"x=1\n" * 1000 + b"name=a\n")


@pytest.mark.parametrize("without", ["Brand", "ProdNbr", "SerialNumber"])
def test_only_whole_properties_count_as_axiss(without: str) -> None:
    raw = packet("axis-cgi", "camera").raw
    assert axis_cgi.decode(raw)["axis-cgi.answer"] == ("properties",)
    assert "axis-cgi.answer" not in axis_cgi.decode(raw.replace(f'"{without}"'.encode(), b'"x"'))


@pytest.mark.parametrize(
    ("sort", "kind"),
    [
        ("Network Video Recorder", "recorder"),
        ("Network Video Door Station", "intercom"),
        ("Network Intercom", "intercom"),
        ("Dome Network Camera", "camera"),
        ("Network Radar", "other"),
        ("Something New", None),
    ],
)
def test_axis_kinds_by_type_of_product(sort: str, kind: str | None) -> None:
    raw = packet("axis-cgi", "camera").raw.replace(b'"Network Camera"', f'"{sort}"'.encode())
    assert axis_cgi.decode(raw).get("kind", (None,)) == (kind,)


@pytest.mark.parametrize("text", ["Feb 30 2020", "Xyz 03 2020", "Apr 03 1999", ""])
def test_axis_dates_that_are_none(text: str) -> None:
    raw = packet("axis-cgi", "camera").raw.replace(b"Apr 03 2020 12:19", text.encode())
    assert "firmware_date" not in axis_cgi.decode(raw)


def test_a_name_is_written_most_particular_part_first_in_either_order() -> None:
    both = (("550406", "GB"), ("55040a", "Acme"), ("550403", "cam"))
    expected = ("CN=cam,O=Acme,C=GB",)
    assert tls.decode(certificate(name(*both)))["tls.subject"] == expected
    assert tls.decode(certificate(name(*reversed(both)), version=tlv(0xA0, tlv(2, b"\x02"))))["tls.subject"] == expected


def test_a_text_cannot_pass_for_two_parts_of_a_name() -> None:
    forged = tls.decode(certificate(name(("550403", "x,O=HIKVISION"))))
    assert forged["tls.subject"] == ("CN=x\\,O\\=HIKVISION",)


@pytest.mark.parametrize(
    ("text", "mac"),
    [
        ("axis-accc8e000001", "ac:cc:8e:00:00:01"),
        ("ACCC8E000001", "ac:cc:8e:00:00:01"),
        ("ac:cc:8e:00:00:01", "ac:cc:8e:00:00:01"),
        ("123456789012", None),
        ("axis-123456789012", None),
        ("10.1.3.9", None),
        ("xaccc8e000001", None),
    ],
)
def test_a_network_number_in_a_name(text: str, mac: str | None) -> None:
    assert tls.decode(certificate(name(("550403", text)))).get("mac", (None,)) == (mac,)


def test_attack_certificates() -> None:
    for raw in (
        b"\x30\x80" + b"\x30\x80" * 1000,
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x82\xff\xff",
        tlv(0x30, b""),
        tlv(0x30, tlv(0x30, b"")),
        b"\x1f" * 50,
        tlv(0x30, b"\x30" * 65536),
        certificate(name(*[("550403", "x")] * 1000)),
        certificate(tlv(0x31, b"")),
    ):
        assert read("tls", None, raw).state == "broken"
        with pytest.raises(WireError):
            tls.decode(raw)
    numbers = tlv(0x30, tlv(0x31, tlv(0x30, tlv(6, b"\xff" * 5000) + tlv(0x0C, b"v"))))
    assert tls.decode(certificate(numbers))["tls.subject"] == ("0=v",)
