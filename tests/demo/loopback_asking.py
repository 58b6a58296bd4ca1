"""Plain questions on loopback, written out here byte for byte: neither our codecs nor the simulator's own words."""

from __future__ import annotations

import asyncio
import socket
import struct

LOOPBACK = socket.inet_aton("127.0.0.1")
WSD = (
    '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" '
    'xmlns:n="http://www.onvif.org/ver10/network/wsdl" xmlns:t="http://www.onvif.org/ver10/device/wsdl" '
    'xmlns:p="http://schemas.xmlsoap.org/ws/2006/02/devprof"><s:Header>'
    "<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action><a:MessageID>%s</a:MessageID>"
    "<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>"
    "<s:Body><d:Probe>%s</d:Probe></s:Body></s:Envelope>"
)
SADP = (
    b'<?xml version="1.0" encoding="utf-8"?><Probe><Uuid>13A888A9-F1B1-4020-AE9F-05607682D23B</Uuid><Types>%s</Types></Probe>'
)
MSEARCH = b'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: %s\r\n\r\n'


def probe(types: str = "", message: str = "uuid:5a0f") -> bytes:
    """A WS-Discovery Probe for `types` ("n:NetworkVideoTransmitter", "t:Device", "p:Device", "" for any)."""
    return (WSD % (message, f"<d:Types>{types}</d:Types>" if types else "")).encode()


def dhip(method: str = "DHDiscover.search") -> bytes:
    """A message in Dahua's discovery protocol."""
    body = b'{"method":"%s","params":{"mac":"","uni":1}}\n' % method.encode()
    return struct.pack("<I4sIIIIII", 32, b"DHIP", 0, 0, len(body), 0, len(body), 0) + body


def dns_question(name: str) -> bytes:
    """A DNS query for the PTR records of a name."""
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return bytes.fromhex("000000000001000000000000") + labels + bytes.fromhex("00000c0001")


async def ask(data: bytes, to: tuple[str, int], *, group: str | None = None, wait_s: float = 0.25) -> dict[str, list[bytes]]:
    """Sends one datagram out of loopback and collects what comes back within `wait_s`, by sender.

    `group` also listens to a multicast group on the port asked.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, LOOPBACK)
        one.setblocking(False)
        one.bind(("" if group else "127.0.0.1", to[1] if group else 0))
        if group:
            one.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + LOOPBACK)
        loop = asyncio.get_running_loop()
        one.sendto(data, to)
        got: dict[str, list[bytes]] = {}
        until = loop.time() + wait_s
        while (left := until - loop.time()) > 0:
            try:
                answer, sender = await asyncio.wait_for(loop.sock_recvfrom(one, 65535), left)
            except TimeoutError:
                break
            if answer != data:
                got.setdefault(sender[0], []).append(answer)
        return got


async def talk(address: str, port: int, data: bytes, wait_s: float = 3.0) -> bytes:
    """Sends bytes over TCP and reads until the other side ends, or for `wait_s`."""
    reader, writer = await asyncio.open_connection(address, port)
    got = bytearray()
    try:
        writer.write(data)
        async with asyncio.timeout(wait_s):
            while part := await reader.read(65536):
                got += part
    except (TimeoutError, ConnectionError):
        pass
    finally:
        writer.close()
    return bytes(got)


def get(path: str = "/") -> bytes:
    """A GET."""
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def soap(operation: str, extra: str = "") -> bytes:
    """An ONVIF request."""
    body = (
        f'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">{extra}<s:Body>'
        f'<{operation} xmlns="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>'
    )
    return f"POST /onvif/device_service HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
