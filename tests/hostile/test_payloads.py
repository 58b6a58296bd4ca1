"""Every payload given to every codec: a reading comes out, whatever it is, and it is small."""

from __future__ import annotations

import json
import struct

import pytest

from camcensus.discovery.pace import MULTICAST_PORTS
from camcensus.wire.read import read, redact
from hostile.misbehaving import FORMULA, HTML, LONG

PROBES = (
    *MULTICAST_PORTS, "dhcp", "upnp", "http", "rtsp", "tls", "onvif.GetSystemDateAndTime", "onvif.GetScopes", "onvif.GetNetworkInterfaces",
    "onvif.GetDeviceInformation", "isapi.System/deviceInfo", "dahua-cgi.getSystemInfo", "axis-cgi.basicdeviceinfo", "person", "list",
)  # fmt: skip
ENVELOPE = (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body><d:ProbeMatches>%s</d:ProbeMatches></s:Body></s:Envelope>'
)
MATCH = (
    "<d:ProbeMatch><a:EndpointReference><a:Address>%s</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>"
    "<d:Scopes>%s</d:Scopes><d:XAddrs>%s</d:XAddrs></d:ProbeMatch>"
)


def match(uuid: str = "urn:uuid:1", scopes: str = "", links: str = "") -> bytes:
    return (ENVELOPE % (MATCH % (uuid, scopes, links))).encode()


def dhip(body: bytes, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return struct.pack("<I4sIIIIII", 32, b"DHIP", 0, 0, size & 0xFFFFFFFF, 0, size & 0xFFFFFFFF, 0) + body


def laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&j;</x>'.encode()


NAME = "onvif://www.onvif.org/name/"
PAYLOADS = {
    "nothing": b"",
    "one byte": b"\0",
    "NULs": bytes(65_000),
    "high bytes": b"\xff" * 65_000,
    "billion laughs": laughs(),
    "quadratic entity": b'<!DOCTYPE x [<!ENTITY a "' + b"A" * 30_000 + b'">]><x>' + b"&a;" * 10_000 + b"</x>",
    "external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "external DTD": b'<!DOCTYPE x SYSTEM "http://127.66.66.66/x.dtd"><x/>',
    "UTF-16 with a DTD": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"),
    "deep XML": b"<a>" * 21_000,
    "deep and closed": b"<a>" * 9_000 + b"</a>" * 9_000,
    "40,000 attributes": b"<a " + b" ".join(b"a%d='1'" % n for n in range(6_000)) + b"/>",
    "many elements": b"<a>" + b"<b/>" * 15_000 + b"</a>",
    "a comment without end": b"<a><!--" + b"-" * 60_000,
    "an encoding that does not exist": b'<?xml version="1.0" encoding="no-such"?><a/>',
    "GBK that says UTF-8": match(scopes=NAME + "X").replace(b"X", "\u6444\u50cf\u673a".encode("gbk")),
    "trailing NULs": match() + bytes(512),
    "bare ProbeMatch": (MATCH % ("urn:uuid:1", NAME + "My Cam", "http://10.0.0.5/")).encode(),
    "HTML in a name": match(scopes=NAME + HTML.replace("<", "&lt;")),
    "a formula in a name": match(scopes=NAME + FORMULA.replace('"', "&quot;")),
    "a name of 10 kB": match(scopes=NAME + LONG),
    "10,000 scopes": match(scopes=" ".join(["onvif://x/a"] * 5_000)),
    "10,000 links": match(links=" ".join(f"http://10.0.{n >> 8 & 255}.{n & 255}/" for n in range(2_500))),
    "1,000 matches": (ENVELOPE % (MATCH % ("urn:uuid:1", "", "") * 250)).encode(),
    "links that are none": match(links="http://[::1 http://10.0.0.5:99999/ file:///etc/passwd http://:0/ //x \\\\evil\\share"),
    "bidi, escapes and a bell": match(scopes=NAME + "%E2%80%AE%1B%5B2J%07%00"),
    "deep JSON": b"[" * 60_000,
    "deep JSON objects": b'{"a":' * 12_000,
    "a JSON number without end": b'{"a":1' + b"0" * 60_000 + b"}",
    "JSON with half a character": b'{"params":{"deviceInfo":{"MachineName":"\\ud800"}}}',
    "DHIP with deep JSON": dhip(b"[" * 60_000),
    "DHIP with a length of 4 GB": dhip(b"{}", 0xFFFFFFFF),
    "DHIP with a negative length": dhip(b"{}", -1),
    "DHIP without fields": dhip(b'{"method":"client.notifyDevInfo","params":{"deviceInfo":null}}'),
    "DHIP whose fields are lists": dhip(json.dumps({"mac": [], "params": {"deviceInfo": {"SerialNo": {}, "HttpPort": []}}}).encode()),
    "SADP that is malformed": b"<ProbeMatch><MAC>3c-ef-8c<MAC><HttpPort>flase</ProbeMatch>",
    "SADP with numbers that are none": b"<ProbeMatch><HttpPort>9999999999</HttpPort><DigitalChannelNum>-1e9</DigitalChannelNum></ProbeMatch>",
    "a name that points to itself": bytes.fromhex("000084000000000100000000c00c000c0001000000ff0002c00c"),
    "a chain of pointers": bytes(12) + b"".join(struct.pack(">H", 0xC000 | (14 + 2 * n)) for n in range(2_000)),
    "DNS that counts 65,535 records": bytes.fromhex("00008400ffffffffffffffff") + bytes(300),
    "TVT of zeros": b"MHED" + bytes(236),
    "TVT that is short": b"MHED\x08\x00\x02\x00",
    "Vivotek whose lengths lie": b"\x01\x4a\x5d\x8f\x1c" + b"\x01\xff" * 400,
    "Ubiquiti whose lengths lie": b"\x01\x00\xff\xff" + b"\x02\xff\xff" * 400,
    "Panasonic whose lengths lie": bytes(53) + b"\x00\x20\xff\xff" * 400,
    "Xiongmai with a length of 4 GB": struct.pack("<BBHIIHHI", 255, 1, 0, 0, 0, 0, 1531, 0xFFFFFFFF) + b"{}\0\0",
    "Dahua's older protocol, lengths lie": b"\xb3\xff\xff" + b"\xff" * 200,
    "Bosch that is short": bytes.fromhex("9939a427"),
    "Sony without an end": b"\x02" + b"\xff".join([b"MODEL:" + b"A" * 100] * 500),
    "a status that is none": b"HTTP/1.1 99999999999999999999 OK\r\n\r\n",
    "10,000 headers": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 9_000 + b"\r\n",
    "a header of 60 kB": b"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"" + b"R" * 60_000 + b'"\r\n\r\n',
    "a title without end": b"HTTP/1.1 200 OK\r\n\r\n<title>" + b"<title" * 9_000,
    "gzip that is none": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + b"\x1f\x8b" * 100,
    "chunks that lie": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nx\r\n",
    "a certificate whose length is endless": bytes.fromhex("3084ffffffff") + bytes(2_000),
    "a certificate inside a certificate": bytes.fromhex("3080") * 20_000,
}  # fmt: skip


@pytest.mark.parametrize("name", PAYLOADS)
def test_every_codec_reads_it_or_says_that_it_is_broken(name: str) -> None:
    for probe in PROBES:
        raw = redact(probe, PAYLOADS[name])
        assert len(raw) <= len(PAYLOADS[name])
        for ask in (None, "GET /"):
            reading = read(probe, ask, raw)
            assert reading.state in ("read", "broken", "unread"), probe
            values = [value for values in reading.fields.values() for value in values]
            assert sum(map(len, values)) <= 2 * len(raw) + 4_096, (probe, "an answer never unfolds to more than it was")
            assert not any("\ud800" <= letter <= "\udfff" for value in values for letter in value), probe
