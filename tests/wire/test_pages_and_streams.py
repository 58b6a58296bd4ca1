"""What a web page's body, a stream's description and a bridge's record say of the maker."""

from __future__ import annotations

import pytest

from camcensus.wire import http, mdns, rtsp
from costs import cpu_s
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


def test_the_addresses_of_a_pages_scripts_are_read() -> None:
    body = b'<script type="text/javascript" src="jsBase/x.js?version=@WebVersion@"></script><script>var src="y.js"</script>'
    assert http.decode(PAGE + body)["http.script"] == ("jsBase/x.js?version=@WebVersion@",)


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
        b"\0" * 250_000,
    ):
        assert cpu_s(lambda body=body: http.decode(PAGE + body)) < 0.5


@pytest.mark.parametrize("order", [(b"ci=2", b"md=Camera X1"), (b"md=Camera X1", b"ci=2")])
def test_the_model_in_a_bridges_record_is_not_the_devices(order: tuple[bytes, ...]) -> None:
    txt = b"".join(bytes([len(pair)]) + pair for pair in order)
    name = b"\x06Bridge\x04_hap\x04_tcp\x05local\x00"
    fields = mdns.decode(message(record(name, 16, txt)))
    assert "model" not in fields
    assert fields["kind"] == ("other",)
    assert set(fields["mdns.txt"]) == {"ci=2", "md=Camera X1"}
