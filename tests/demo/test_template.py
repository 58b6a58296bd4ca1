"""Literal replies: what stands in a file is what is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.demo.template import LiteralReply, fill, read_reply
from camcensus.model.errors import DemoError


def test_a_head_ends_its_lines_in_cr_lf_and_states_the_size_of_the_body() -> None:
    reply = LiteralReply("head", "HTTP/1.1 200 OK\nContent-Length: {length}\n\n<p>né</p>\n{x}", "x.http")
    assert reply.render({"x": "y"}) == b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n<p>n\xc3\xa9</p>\ny"


def test_a_head_without_a_body_ends_in_an_empty_line() -> None:
    assert (
        LiteralReply("head", "RTSP/1.0 200 OK\nCSeq: {cseq}\n", "x").render({"cseq": "2"})
        == b"RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n"
    )


def test_a_stated_length_can_be_wrong_and_never_negative() -> None:
    reply = LiteralReply("head", "HTTP/1.1 200 OK\nContent-Length: {length}\n\nabc", "x")
    assert b"Content-Length: 103" in reply.render({}, 100)
    assert b"Content-Length: 0" in reply.render({}, -100)


def test_bytes_are_hexadecimal_text_labels_and_measured_parts() -> None:
    text = '0102 \'raw {a}\' # a comment\n"lab" [ ff "é" ] {ipv4} {port_web_be16} {length_le32} {body} 0a00'
    reply = LiteralReply("bytes", text, "x", body="<{a}>")
    got = reply.render({"a": "1", "address": "127.77.1.2", "port_web": "8080"})
    assert got == b"\x01\x02raw 1\x03lab\x00\x04\xff\x02\xc3\xa9\x7f\x4d\x01\x02\x1f\x90\x03\x00\x00\x00<1>\x0a\x00"


def test_bytes_fill_fixed_places_and_repeat_and_take_values_of_digits() -> None:
    reply = LiteralReply("bytes", "'ab'*4 'abcdef'*3 00*3 0102*2 {mac_plain_hex} {length_be16} {body}", "x", body="xyz")
    got = reply.render({"mac_plain": "3cef8c000001"})
    assert got == b"ab\0\0abc\0\0\0\x01\x02\x01\x02\x3c\xef\x8c\0\0\x01\0\x03xyz"


@pytest.mark.parametrize("text", ["0", "012", "[ 00", "zz", "'open"])
def test_bytes_that_cannot_be_read_are_refused_by_name(text: str) -> None:
    with pytest.raises(DemoError, match=r"nas/mdns\.bytes"):
        LiteralReply("bytes", text, "nas/mdns.bytes").render({})


def test_json_and_css_braces_are_no_placeholders() -> None:
    assert fill('{"a": {"b": 1}} p {color:red}', {}, "x") == '{"a": {"b": 1}} p {color:red}'


def test_an_unknown_placeholder_is_refused_by_name() -> None:
    with pytest.raises(DemoError, match=r"hall-stage uses \{model\}"):
        fill("{model}", {}, "hall-stage")


def test_a_missing_reply_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match=r"lacks the reply gone\.xml"):
        read_reply(tmp_path, "gone.xml")
