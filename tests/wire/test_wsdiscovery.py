from __future__ import annotations

from xml.etree import ElementTree

import pytest

from camcensus.model.errors import WireError
from camcensus.wire.scopes import split_scopes
from camcensus.wire.wsdiscovery import decode, encode_probe, encode_uniview_probe
from camcensus.wire.xml import read_xml
from wire.recorded import packet

ID = "6f1e0b52-0000-4000-8000-000000000001"
WSD = "{http://schemas.xmlsoap.org/ws/2005/04/discovery}"
WSA = "{http://schemas.xmlsoap.org/ws/2004/08/addressing}"


@pytest.mark.parametrize(("types", "wanted"), [("nvt", "dn:NetworkVideoTransmitter"), ("device", "tds:Device"), ("none", None)])
@pytest.mark.parametrize("compact", [False, True])
def test_a_probe_asks_for_its_type_in_the_form_that_picky_devices_take(types: str, wanted: str | None, compact: bool) -> None:
    data = encode_probe(ID, types, compact)  # type: ignore[arg-type]
    root = ElementTree.fromstring(data)
    found = root.find(f".//{WSD}Probe/{WSD}Types")
    assert (found.text if found is not None else None) == wanted
    assert root.findtext(f".//{WSA}MessageID") == f"uuid:{ID}"
    assert root.findtext(f".//{WSA}Action") == "http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe"
    assert root.findtext(f".//{WSA}ReplyTo/{WSA}Address", "").endswith("/role/anonymous")
    assert root.findtext(f".//{WSA}To") == "urn:schemas-xmlsoap-org:ws:2005:04:discovery"
    assert (b"<?xml" in data, b"\n" in data) == ((False, False) if compact else (True, True))
    assert len(data) < 1400


def test_all_prefixes_are_declared_on_the_envelope() -> None:
    for data in (encode_probe(ID, "nvt"), encode_probe(ID, "device", True), encode_uniview_probe(ID)):
        envelope = data[data.index(b"<s:Envelope") :]
        assert b"xmlns" not in envelope[envelope.index(b">") :]
        declared = {prefix.partition("=")[0] for prefix in read_xml(data).prefixes}
        assert {"s", "a", "dn"} < declared


def test_a_message_id_never_carries_urn() -> None:
    for given in (ID, f"uuid:{ID}", f"urn:uuid:{ID}"):
        assert b"urn:uuid" not in encode_probe(given, "none")
        assert f">uuid:{ID}<".encode() in encode_probe(given, "none")


def test_a_message_id_cannot_break_out_of_its_element() -> None:
    assert b"<x/>" not in encode_probe("<x/>", "none")


def test_both_forms_of_the_uniview_probe() -> None:
    assert b"http://www.uniview.com/Ver10/Device/wsdl/UniviewProbe<" in encode_uniview_probe(ID)
    assert ElementTree.fromstring(encode_uniview_probe(ID, "discovery")).find(f".//{WSD}UniviewProbe/{WSD}Types") is not None


@pytest.mark.parametrize("data", [encode_probe(ID, "nvt"), encode_probe(ID, "none", True), encode_uniview_probe(ID)])
def test_our_own_question_overheard_names_no_device(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data)


def test_scopes_are_parted_at_any_blank_and_only_where_a_uri_begins() -> None:
    assert split_scopes("  onvif://a/name/x\t\n onvif://a/b  ") == ("onvif://a/name/x", "onvif://a/b")
    assert split_scopes("onvif://a/name/My Test Camera urn:x:y odm:name:1") == (
        "onvif://a/name/My Test Camera",
        "urn:x:y",
        "odm:name:1",
    )
    assert split_scopes("loose words") == ("loose words",)
    assert split_scopes("") == ()


def test_a_reply_need_not_relate_to_our_message() -> None:
    raw = packet("wsdiscovery", "hikvision-own").raw
    without = raw.replace(b"<wsa:RelatesTo>uuid:00000000-0000-0000-0000-00000000000a</wsa:RelatesTo>", b"")
    assert without != raw
    assert decode(without) == decode(raw)


def test_attack_thousand_matches() -> None:
    raw = packet("wsdiscovery", "hikvision-own").raw
    begin, end = raw.index(b"<d:ProbeMatch>"), raw.index(b"</d:ProbeMatches>")
    fields = decode(raw[:begin] + raw[begin:end] * 1000 + raw[end:])
    assert fields["uuid"] == ("5a1c0000-0001-11b3-8001-c056e3000011",)


def test_attack_hostile_xaddrs_are_kept_as_text_and_never_raise() -> None:
    raw = packet("wsdiscovery", "hikvision-own").raw
    raw = raw.replace(
        b"http://10.1.2.31/onvif/device_service", b"http://[::1 file:///etc/passwd http://169.254.169.254/ http://h:99999/"
    )
    fields = decode(raw)
    assert fields["onvif.xaddr"][:2] == ("http://[::1", "file:///etc/passwd")
    assert "ipv4" not in fields


def test_attack_matches_inside_matches_are_one() -> None:
    inner = b"<ProbeMatch>" * 58 + b"<Types>x:Device</Types>" + b"</ProbeMatch>" * 58
    deep = b'<e:Envelope xmlns:e="u">' + inner + b"</e:Envelope>"
    assert decode(deep)["onvif.type"] == ("Device",)
    assert len(list(read_xml(deep).root.outermost("ProbeMatch"))) == 1
