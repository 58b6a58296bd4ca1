"""What faulty devices send: each kind as it leaves the device."""

from __future__ import annotations

import re

import pytest

from camcensus.model.errors import DemoError
from hostile.faults import CHINESE, SAME_ID, Fault, Faults, named, read_faults, spoil, spoil_answer

AT = ("10.0.0.5", 8080)
MATCH = (
    b'<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><d:ProbeMatches><d:ProbeMatch>'
    b"<d:Scopes>onvif://www.onvif.org/name/My%20Cam</d:Scopes><d:XAddrs>http://10.0.0.5/onvif/device_service</d:XAddrs>"
    b"</d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>"
)
PAGE = b"HTTP/1.1 200 OK\r\nServer: web\r\nContent-Length: 27\r\n\r\n<title>camera one</title>\r\n"


def has(*kinds: str, value: float = 0, text: str = "") -> Faults:
    return Faults(tuple(Fault("*", kind, value, text) for kind in kinds))  # type: ignore[arg-type]


def datagram(*kinds: str, value: float = 0, text: str = "") -> bytes:
    return spoil(has(*kinds, value=value, text=text), "wsdiscovery", MATCH, "10.0.0.5")


def answer(*kinds: str, value: float = 0, text: str = "", target: str = "/") -> tuple[bytes, bytes]:
    head, _, body = spoil_answer(has(*kinds, value=value, text=text), "http", PAGE, AT, target).partition(b"\r\n\r\n")
    return head, body


def test_a_device_without_faults_sends_what_it_would() -> None:
    assert spoil(Faults(), "wsdiscovery", MATCH, "10.0.0.5") == MATCH
    assert spoil_answer(Faults(), "http", PAGE, AT, "/") == PAGE
    assert named(Faults(), "wsdiscovery", {"uuid": "1", "name": "Hall"}) == {"uuid": "1", "name": "Hall"}


def test_what_is_in_a_datagram() -> None:
    assert datagram("bare") == MATCH[MATCH.index(b"<d:ProbeMatch>") : MATCH.index(b"</d:ProbeMatches>")]
    assert b"My Cam" in datagram("spaces")
    assert b"XAddrs" not in datagram("no-links")
    assert datagram("doubled").count(b"<d:ProbeMatch>") == 2
    assert (
        spoil(has("unclosed"), "sadp", b"<ProbeMatch><MAC>1</MAC></ProbeMatch>", "10.0.0.5")
        == b"<ProbeMatch><MAC>1</ProbeMatch>"
    )
    assert datagram("nuls", value=3) == MATCH + b"\0\0\0"
    assert b"http://10.66.66.66/onvif" in datagram("other-host", text="10.66.66.66")
    assert len(datagram("garbage", value=700)) == 700
    assert datagram("garbage", value=700) != datagram("garbage", value=700)
    bomb = datagram("bomb")
    assert bomb.index(b"<!DOCTYPE") < bomb.index(b"<s:Envelope")
    assert b"<s:Body>&j;" in bomb
    assert b'<!ENTITY j "&i;&i;' in bomb


def test_ids_and_names() -> None:
    values = {"uuid": "1", "hostname": "cam", "serial": "S"}
    fresh = {named(has("new-id"), "wsdiscovery", values)["uuid"] for _ in range(20)}
    assert len(fresh) == 20
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in fresh)
    assert named(has("same-id"), "wsdiscovery", values)["uuid"] == SAME_ID
    assert named(has("named", text="=1+1<b>"), "dhip", values) == values | {"hostname": "=1+1<b>"}
    assert named(has("named", text="=1+1<b>"), "http", values) == values | {"hostname": "=1+1&lt;b&gt;"}
    chinese = MATCH.replace(b"My%20Cam", named(has("gbk"), "wsdiscovery", values)["hostname"].encode())
    sent = spoil(has("gbk"), "wsdiscovery", chinese, "10.0.0.5")
    assert CHINESE.encode("gbk") in sent
    assert CHINESE.encode() not in sent


def test_how_pages_are_framed() -> None:
    head, body = answer("chunked")
    assert b"Transfer-Encoding: chunked" in head
    assert b"Content-Length" not in head
    assert body.startswith(b"7\r\n<title>\r\n")
    assert body.endswith(b"0\r\n\r\n")
    head, body = answer("no-length")
    assert b"Content-Length" not in head
    assert body.startswith(b"<title>")
    head, body = answer("huge", value=1000)
    assert b"Content-Length: 1027" in head
    assert len(body) == 27  # The rest is sent byte by byte, not held.


def test_what_is_said_of_a_question_that_is_refused() -> None:
    head, body = answer("fault")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert b"NotAuthorized" in body
    for status in (400, 500):
        head, body = answer("status", value=status)
        assert head.startswith(b"HTTP/1.1 %d " % status)
        assert b"NotAuthorized" in body
    head, body = answer("plain")
    assert b"application/soap+xml" in head
    assert b"Envelope" not in body


def test_a_ring_of_redirects_never_ends_and_may_lead_elsewhere() -> None:
    assert b"Location: http://10.0.0.5:8080/a" in answer("redirect")[0]
    assert b"Location: http://10.0.0.5:8080/b" in answer("redirect", target="/a")[0]
    assert b"Location: http://10.0.0.5:8080/a" in answer("redirect", target="/b")[0]
    assert b"Location: http://10.66.66.66/" in answer("redirect", text="http://10.66.66.66/")[0]


def test_a_kind_that_does_not_exist_is_refused_and_a_text_is_read() -> None:
    with pytest.raises(DemoError, match="unknown kind: explode"):
        read_faults([{"kind": "explode"}], "x")
    assert read_faults([{"kind": "named", "text": "=1", "protocol": "http"}], "x").faults == (
        Fault("http", "named", 0.0, "=1"),
    )
