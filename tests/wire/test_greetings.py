"""HTTP, RTSP and SSDP: the fixed questions, heads as devices write them, and attacks."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from camcensus.model.errors import WireError
from camcensus.wire import http, rtsp, ssdp
from camcensus.wire.read import redact
from costs import soon
from wire.recorded import packet


def test_a_get_is_plain_and_closes() -> None:
    data = http.encode_get("10.0.0.5:8080", "/doc/page/login.asp").decode()
    assert data.startswith("GET /doc/page/login.asp HTTP/1.1\r\nHost: 10.0.0.5:8080\r\n")
    assert data.endswith("Connection: close\r\n\r\n")
    assert "Authorization" not in data
    assert "Host: [fe80::1]\r\n" in http.encode_get("fe80::1").decode()
    assert "Host: [fe80::1]:81\r\n" in http.encode_get("[fe80::1]:81").decode()


@pytest.mark.parametrize(("host", "path"), [("h", "x"), ("h", "/a b"), ("h", "/\r\nX: y"), ("h\r\n", "/"), ("", "/")])
def test_a_get_cannot_be_broken_out_of(host: str, path: str) -> None:
    with pytest.raises(ValueError):
        http.encode_get(host, path)


def test_rtsp_questions() -> None:
    assert rtsp.encode_options("10.0.0.5") == b"OPTIONS rtsp://10.0.0.5/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Camcensus\r\n\r\n"
    describe = rtsp.encode_describe("fe80::1", 8554)
    assert describe.startswith(b"DESCRIBE rtsp://[fe80::1]:8554/ RTSP/1.0\r\nCSeq: 2\r\n")
    assert describe.endswith(b"Accept: application/sdp\r\n\r\n")
    for host, port in (("a/b", 554), ("a\r\n", 554), ("", 554), ("a", 0), ("a", 65536)):
        with pytest.raises(ValueError):
            rtsp.encode_options(host, port)


def test_ssdp_question() -> None:
    data = ssdp.encode_msearch("ssdp:all", 2)
    assert data.split(b"\r\n")[0] == b"M-SEARCH * HTTP/1.1"
    assert set(data.split(b"\r\n")[1:-2]) == {b"HOST: 239.255.255.250:1900", b'MAN: "ssdp:discover"', b"MX: 2", b"ST: ssdp:all"}
    for st, mx in (("a\r\nb", 2), ("", 2), ("ssdp:all", 0), ("ssdp:all", 6)):
        with pytest.raises(ValueError):
            ssdp.encode_msearch(st, mx)
    with pytest.raises(WireError):
        ssdp.decode(data)


def test_session_cookies_are_blanked_names_and_the_rest_stay() -> None:
    raw = (
        b"HTTP/1.1 200 OK\r\nServer: x\r\nSet-Cookie: WebSession_01=abc; path=/\r\nset-cookie : nameless\r\n"
        b"SET-COOKIE2: a=1;Max-Age=3\r\nSet-Cookie: f=12\r\n 34; x\r\nSet-Cookie: e=\r\n\r\nSet-Cookie: in=body"
    )
    blanked = redact("http", raw)
    assert len(blanked) == len(raw)
    assert b"WebSession_01=***; path=/" in blanked
    assert b"set-cookie : ********\r\n" in blanked
    assert b"a=*;Max-Age=3" in blanked
    assert b"f=*******; x" in blanked
    assert blanked.endswith(b"Set-Cookie: e=\r\n\r\nSet-Cookie: in=body")
    assert redact("http", blanked) == blanked
    assert redact("rtsp", raw) == blanked
    assert redact("wsdiscovery", raw) == raw


def test_a_page_without_a_head_is_read() -> None:
    read = http.decode(b"\r\n<HTML><head><title>AXIS P3245-V Network Camera</title></head></HTML>")
    assert read["http.title"] == ("AXIS P3245-V Network Camera",)
    assert "http.status" not in read
    with pytest.raises(WireError):
        http.decode(b"SSH-2.0-dropbear\r\n<html>")


def test_attack_gzip_bomb_gives_no_more_than_the_limit() -> None:
    body = gzip.compress(b"<title>x</title>" + b"\0" * 50_000_000)
    raw = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + body
    tracemalloc.start()
    assert http.decode(raw)["http.title"] == ("x",)
    most_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most_bytes < 5_000_000
    assert len(http.unpack(http.read_head(raw, "HTTP"))) <= 256 * 1024


def test_gzip_and_chunks_that_are_none_give_no_title() -> None:
    for head in (b"Content-Encoding: gzip", b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip"):
        assert "http.title" not in http.decode(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n<title>x</title>")
    assert http.decode(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<title>x</title>")["http.title"] == ("x",)


def test_attack_tiny_chunks_and_patterns_that_backtrack() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for attack in (
        lambda: http.decode(head + b"1\r\na\r\n" * 16_000),
        lambda: http.decode(b"HTTP/1.1 200 OK\r\n\r\n" + b"<title " * 14_000),
        lambda: http.decode(b"HTTP/1.1 200 OK\r\n\r\n" + b"<title>" + b" " * 90_000),
        lambda: http.decode(b"HTTP/1.1 401 No\r\nWWW-Authenticate: " + b'realm="\\' * 8_000 + b"\r\n\r\n"),
        lambda: http.decode(b"HTTP/1.1 200 OK\r\n\r\n" + b"location = " * 8_000 + b"http-equiv=refresh " * 3_000),
        lambda: redact("http", b"HTTP/1.1 200 OK\r\nSet-Cookie" + b" " * 60_000),
        lambda: redact("http", b"HTTP/1.1 200 OK\r\n" + b"Set-Cookie:" * 5_000),
        lambda: redact("sadp", b"<Salt>" * 15_000),
    ):
        soon(attack)


def test_attack_ten_thousand_headers() -> None:
    head = http.read_head(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 10_000 + b"\r\n", "HTTP")
    assert len(head.headers) == http.HEADERS_LIMIT


def test_the_title_is_one_line_of_decoded_text() -> None:
    raw = b"HTTP/1.1 200 OK\r\n\r\n<TITLE id='x'>\r\n  A &lt;b&gt; &#x4e2d;&#99999999;\r\n  C </TITLE>"
    assert http.decode(raw)["http.title"] == ("A <b> \u4e2d\ufffd C",)


def test_every_realm_of_every_challenge_is_read() -> None:
    assert http.realms_of(('Basic realm="a \\"b\\"", Digest realm="c"', "NTLM", "Digest REALM = d,x=y")) == ('a "b"', "c", "d")


def test_http_and_rtsp_are_not_taken_for_each_other() -> None:
    with pytest.raises(WireError, match="not an HTTP"):
        http.decode(packet("rtsp", "axis").raw)
    with pytest.raises(WireError, match="not an RTSP"):
        rtsp.decode(packet("http", "redirect").raw)


@pytest.mark.parametrize(
    "page",
    [
        '<script>window.location.href = "/doc/page/login.asp?_" + (new Date()).getTime()</script>',
        "<body onload=\"top.location='/doc/page/login.asp?_'\">",
        "<script>document.location.replace('/doc/page/login.asp?_');</script>",
        '<META HTTP-EQUIV="Refresh" CONTENT="0; URL=/doc/page/login.asp?_">',
    ],
)
def test_where_a_page_itself_sends_on_is_a_location(page: str) -> None:
    assert http.decode(b"HTTP/1.1 200 OK\r\n\r\n<html>" + page.encode())["http.location"] == ("/doc/page/login.asp?_",)


def test_links_of_a_page_are_no_locations() -> None:
    page = b"HTTP/1.1 200 OK\r\n\r\n<a href='/doc/page/login.asp'>x</a> var relocation='/x'; if (location == '/y') {}"
    assert "http.location" not in http.decode(page)
    assert (
        len(http.decode(b"HTTP/1.1 200 OK\r\n\r\n" + b"".join(b"location='/%d';" % n for n in range(99)))["http.location"]) == 4
    )
