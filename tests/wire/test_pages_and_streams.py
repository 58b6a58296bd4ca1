"""What a web page's body, a stream's description and a bridge's record say of the maker."""

from __future__ import annotations

import pytest

from camcensus.wire import http, mdns, rtsp
from costs import soon
from wire.test_mdns import message, record

PAGE = b"HTTP/1.1 200 OK\r\nServer: Boa/0.94.14rc21\r\n\r\n<html><body>"
STREAM = b"RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "plugins"),
    [
        (b'<object name="dvrocx" classid="clsid:1"></object>', ("dvrocx", "clsid:1")),
        (b"<OBJECT ID=dvrocx width=1>", ("dvrocx",)),
        (b"<!-- codebase='cab/RSVideoOcx.cab#version=1' -->", ("cab/RSVideoOcx.cab",)),
        (b"<p>an object named dvrocx", ()),
    ],
)
def test_a_pages_plug_ins_are_read(body: bytes, plugins: tuple[str, ...]) -> None:
    assert http.decode(PAGE + body).get("http.plugin", ()) == plugins


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (b'<meta name="author" content="Maker AG, Germany">', ("Maker AG, Germany",)),
        (b"<p>&copy; 2019 Maker&nbsp;Technologies</p>", ("2019 Maker Technologies",)),
        (b"Copyright 2019, Maker Inc.<br>", ("2019, Maker Inc.",)),
        (b'<meta name="viewport" content="Maker">', ()),
        (b"<script>if (of(c).brand !== 'Maker') go()</script>", ()),
        (b"<p>(c) 2019 Maker</p>", ("2019 Maker",)),
        (b"<td>Maker Systems. All rights reserved.</td>", ("Maker Systems",)),
        (b"<td>(c) 2019 Maker. All rights reserved.</td>", ("2019 Maker. All rights reserved.",)),
    ],
)
def test_who_claims_a_page_is_read(body: bytes, names: tuple[str, ...]) -> None:
    assert http.decode(PAGE + body).get("http.copyright", ()) == names


@pytest.mark.parametrize(
    ("body", "programs"),
    [
        (b"<title>Motion</title><p class=x>Motion 4.7.0</p>", ("Motion 4.7.0",)),
        (b"<title>Motion</title><p>\n  Motion v4.3.2+git20200706\n</p>", ("Motion v4.3.2+git20200706",)),
        (b"<title>Motion</title><p>About Motion 4.7.0</p>", ()),
        (b"<title>Motion</title><p>Motion 4</p><p>Motion 4.7.0 is new</p>", ()),
        (b"<title></title><p>Motion 4.7.0</p>", ()),
        (b"<p>Motion 4.7.0</p>", ()),
        (b"<title>(a+)+$</title>" + b"<p>(a+)+$ aaaa</p>" * 1000, ()),
    ],
)
def test_a_title_that_the_page_shows_with_a_version_is_a_program(body: bytes, programs: tuple[str, ...]) -> None:
    assert http.decode(PAGE + body).get("http.program", ()) == programs


@pytest.mark.parametrize(
    ("body", "pictures"),
    [
        (b'<img src="/?action=stream" width=640>', ("/?action=stream",)),
        (b"<a href='?action=snapshot'>picture</a>", ("?action=snapshot",)),
        (b"<IMG SRC=http://10.0.0.5/mjpg/video.mjpg>", ("http://10.0.0.5/mjpg/video.mjpg",)),
        (b'<img src="videostream.cgi?user=a"><img src="videostream.cgi?user=a">', ("videostream.cgi?user=a",)),
        (b'<a href="/snapshots">Snapshots of the store</a><p>action=stream</p><img src="photo.jpg">', ()),
    ],
)
def test_live_pictures_of_a_page_are_read(body: bytes, pictures: tuple[str, ...]) -> None:
    assert http.decode(PAGE + body).get("http.stream", ()) == pictures


@pytest.mark.parametrize(
    ("body", "field", "values"),
    [
        (
            b'<script type="text/javascript" src="js/x.js?version=@WebVersion@"></script>',
            "link",
            ("js/x.js?version=@WebVersion@",),
        ),
        (b"<FRAME NAME=bar SRC='/view/bar.shtml'><form action=login.cgi>", "link", ("/view/bar.shtml", "login.cgi")),
        (b"<script>document.write(\"<link href='a.css'>\")</script>", "link", ("a.css",)),
        (b"<p>the src= of an href", "link", ("of",)),
        (b"<div class=\"box wide\" id=login><label for='pass'>", "element", ("box wide", "login", "pass")),
        (b'<script>var box = "<div id=x>"; id="inside"</script>', "element", ()),
        (b'<script for="Player" event="OnLogin(a)"></script><body onload="start()">', "code", ("OnLogin(a)", "start()")),
        (b"<script>function doLogin(a) {}\nvar isReady = true;</script>", "code", ("doLogin(", "isReady")),
        (b"<script>a.size='wide'; setHelp(\"top\")</script>", "code", ("a.size=wide", "setHelp(top")),
        (b"<p>function doLogin() {} var isReady</p>", "code", ()),
        (
            b"<script>$.nvr.model_name = 'X-100'; document.title=\"X\"; var deviceName='Hall'</script>",
            "product",
            ("X-100", "X"),
        ),
        (b'<meta name="description" content="X-100"><meta name="viewport" content="wide">', "meta", ("X-100",)),
        (b"<p> Video for\n you </p><b>x</b>", "text", ("Video for you",)),
    ],
)
def test_local_names_of_a_page_are_read(body: bytes, field: str, values: tuple[str, ...]) -> None:
    assert http.decode(PAGE + body).get(f"http.{field}", ()) == values


@pytest.mark.parametrize("field", ["link", "element", "code", "text"])
def test_a_page_of_many_names_gives_a_bounded_number(field: str) -> None:
    one = b"<a id=n%d href=f%d><b>text %d</b><script>var v%d=1;function g%d(){} h%d('i')</script>"
    body = b"".join(one % ((number,) * 6) for number in range(2000))
    assert 0 < len(http.decode(PAGE + body)[f"http.{field}"]) <= 256


def test_a_streams_names_and_a_makers_own_attributes_are_read() -> None:
    body = (
        b'v=0\r\no=- 1 1 IN IP4 10.0.0.5\r\ns=Session streamed by "preview"\r\ni=hall\r\nt=0 0\r\na=tool:Some Server v1\r\n'
        b"a=range:npt=now-\r\na=crypto:1 AES inline:secret\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
        b"a=Media_header:MEDIAINFO=494D4B48;\r\n"
    )
    fields = rtsp.decode(STREAM + body)
    assert fields["sdp.session"] == ('Session streamed by "preview"',)
    assert fields["sdp.info"] == ("hall",)
    assert fields["sdp.tool"] == ("Some Server v1",)
    assert fields["sdp.attribute"] == ("Media_header:MEDIAINFO=494D4B48;",)


def test_a_body_that_is_no_description_is_left_alone() -> None:
    for body in (b"", b"<html>s=x</html>", b"s=no version\r\n"):
        assert set(rtsp.decode(STREAM + body)) == {"rtsp.status"}


def test_hostile_bodies_cost_little_and_give_little() -> None:
    many = b"v=0\r\n" + b"".join(b"a=own%d:1\r\n" % number for number in range(5000))
    assert len(rtsp.decode(STREAM + many)["sdp.attribute"]) == 16
    for body in (
        b"<object " * 30_000,
        b"<object name=" * 18_000,
        b"(c)" * 80_000,
        b"a.cab" * 50_000,
        b"<script " * 30_000,
        b"<script>" * 30_000,
        b"<script>" + b"a=" * 120_000,
        b"<img src=a/" * 22_000,
        b"<img alt=' " * 22_000,
        b"> " * 120_000,
        b">a" * 120_000,
        b"clsid:00000000-" * 16_000,
        b"\0" * 250_000,
    ):
        soon(lambda body=body: http.decode(PAGE + body))


@pytest.mark.parametrize("order", [(b"ci=2", b"md=Camera X1"), (b"md=Camera X1", b"ci=2")])
def test_the_model_in_a_bridges_record_is_not_the_devices(order: tuple[bytes, ...]) -> None:
    txt = b"".join(bytes([len(pair)]) + pair for pair in order)
    name = b"\x06Bridge\x04_hap\x04_tcp\x05local\x00"
    fields = mdns.decode(message(record(name, 16, txt)))
    assert "model" not in fields
    assert fields["kind"] == ("other",)
    assert set(fields["mdns.txt"]) == {"ci=2", "md=Camera X1"}
