"""The XML reader against attacks and against what real devices get wrong."""

from __future__ import annotations

import pytest

from camcensus.model.device import RAW_LIMIT_BYTES
from camcensus.model.errors import WireError
from camcensus.wire.xml import (
    ATTRIBUTES_LIMIT,
    DECLARATIONS_LIMIT,
    DEPTH_LIMIT,
    ELEMENTS_LIMIT,
    SIZE_LIMIT_BYTES,
    TEXT_LIMIT_CHARACTERS,
    read_xml,
)
from costs import soon


def refused(data: bytes) -> str:
    """Reads bytes that must be refused, quickly; gives the reason."""

    def read() -> str:
        with pytest.raises(WireError) as caught:
            read_xml(data)
        return str(caught.value)

    return soon(read)


def test_attack_dtd_bomb() -> None:
    lines = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    assert "document type" in refused(b'<!DOCTYPE z [<!ENTITY l0 "ha">' + lines + b"]><z>&l9;</z>")


def test_attack_external_entity() -> None:
    assert "document type" in refused(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')


def test_attack_external_dtd() -> None:
    assert "document type" in refused(b'<!DOCTYPE a SYSTEM "http://10.0.0.1/a.dtd"><a/>')


@pytest.mark.parametrize(
    ("data", "encoding"),
    [('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "utf-16"), ("\ufeff <!DocType a><a/>", "utf-8")],
)
def test_attack_doctype_in_disguise(data: str, encoding: str) -> None:
    assert "document type" in refused(data.encode(encoding))


def test_attack_undefined_entity_is_text() -> None:
    assert read_xml(b"<a>&lol; &amp; x</a>").root.text == "&lol; & x"


def test_attack_depth() -> None:
    assert "deeper" in refused(b"<a>" * 100_000 + b"</a>" * 100_000)
    assert read_xml(b"<a>" * DEPTH_LIMIT + b"</a>" * DEPTH_LIMIT).root.name == "a"
    assert "deeper" in refused(b"<a>" * (DEPTH_LIMIT + 1) + b"</a>" * (DEPTH_LIMIT + 1))


def test_attack_many_elements() -> None:
    assert "elements" in refused(b"<a>" + b"<b/>" * ELEMENTS_LIMIT + b"</a>")


def test_attack_many_attributes() -> None:
    attributes = b"".join(b' a%d=""' % n for n in range(40_000))
    assert "attributes" in refused(b"<a" + attributes + b"/>")
    assert (
        len(read_xml(b"<a" + b"".join(b' a%d=""' % n for n in range(ATTRIBUTES_LIMIT)) + b"/>").root.attributes)
        == ATTRIBUTES_LIMIT
    )


def test_attack_many_namespaces() -> None:
    declared = b"".join(b' xmlns:n%d="u:%d"' % (n, n) for n in range(DECLARATIONS_LIMIT + 1))
    assert "namespaces" in refused(b"<a" + declared + b"/>")


def test_attack_namespace_on_every_element() -> None:
    many = b"".join(b' xmlns:n%d="u:%d"' % (n, n) for n in range(400))
    within = b"<a" + many + b">" + b'<b xmlns="u"/>' * 19_000 + b"</a>"
    assert len(soon(lambda: read_xml(within)).root.children) == 19_000


def test_attack_three_megabytes_of_text() -> None:
    assert "longer" in refused(b"<a>" + b"x" * 3_000_000 + b"</a>")


def test_attack_long_text_within_the_size() -> None:
    assert "text longer" in refused(b"<a>" + b"x" * (TEXT_LIMIT_CHARACTERS + 1) + b"</a>")
    assert "text longer" in refused(b"<a>" + b"x<b/>" * 10_000 + b"y" * TEXT_LIMIT_CHARACTERS + b"</a>")


def test_attack_long_name_within_the_size() -> None:
    name = b"n" * (SIZE_LIMIT_BYTES - 10)
    assert read_xml(b"<" + name + b"/>").root.name == name.decode()


@pytest.mark.parametrize(
    "encoding", ["zlib_codec", "rot13", "idna", "unicode_escape", "utf-7", "x" * 40, "../../etc", "utf-16"]
)
def test_attack_odd_encoding_name(encoding: str) -> None:
    document = read_xml(f'<?xml version="1.0" encoding="{encoding}"?><a>caf\u00e9</a>'.encode())
    assert document.root.text == "caf\u00e9"


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"\x00" * 50, b"hello", b"<", b"<a", b"<a></b>", b"<a>", b"<?xml?>", b"<!-- x -->", b"&"]
)
def test_no_xml_is_refused(data: bytes) -> None:
    assert refused(data).endswith(".")


def test_namespaces_of_the_whole_document_are_kept_with_their_prefixes() -> None:
    document = read_xml(
        b'<e:E xmlns:e="urn:soap" xmlns:extxsd="http://www.onvifext.com/schema"><e:B xmlns="urn:default"><c xmlns:d="urn:inner"/>'
        b'<c xmlns:d="urn:inner"/></e:B></e:E>'
    )
    assert document.namespaces == ("urn:soap", "http://www.onvifext.com/schema", "urn:default", "urn:inner")
    assert document.prefixes == ("e=urn:soap", "extxsd=http://www.onvifext.com/schema", "d=urn:inner")
    assert [(element.name, element.namespace) for element in document.root.walk()] == [
        ("E", "urn:soap"),
        ("B", "urn:soap"),
        ("c", "urn:default"),
        ("c", "urn:default"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n \xef\xbb\xbf<?xml version='1.0'?><a><b>x</b></a>",
        b"<a><b>x</b></a>\x00\x00\x00",
        b"<a><b>x</b></a>\r\n\x00rest of an old buffer <c>",
        b"<p:a><p:b>x</p:b></p:a>",
        b"<a n='1 & 2'><b> x </b></a>",
        b"<a><c>\x01</c><b>x</b></a>",
        "<a><b>x</b></a>".encode("utf-16"),
    ],
)
def test_faults_of_real_devices_are_tolerated(data: bytes) -> None:
    root = read_xml(data).root
    assert root.name == "a"
    assert root.text_of("b") == "x"


def test_declared_encoding_is_used_where_the_text_is_not_utf_8() -> None:
    assert read_xml('<?xml version="1.0" encoding="GB2312"?><a>大门</a>'.encode("gb2312")).root.text == "大门"


def test_a_reply_cut_at_the_keeping_limit_gives_what_came_before() -> None:
    whole = b'<a xmlns:n="urn:n"><b>first</b>' + b"<c>filler</c>" * 9000 + b"</a>"
    assert len(whole) > RAW_LIMIT_BYTES
    document = read_xml(whole[:RAW_LIMIT_BYTES])
    assert document.namespaces == ("urn:n",)
    assert document.root.text_of("b") == "first"
    assert refused(whole[: RAW_LIMIT_BYTES - 1]).startswith("The XML is not well-formed")
