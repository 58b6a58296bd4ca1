"""Devices that send back what a login sent, each in another writing, and the password that they know themselves."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import html
import re
import ssl
import subprocess
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from costs import PATIENCE_S
from discovery import packets
from discovery.servers import http, in_a_thread, read_request

PASSWORD = f"CANARY-{uuid.uuid4()}"
USER = f"canary-user-{uuid.uuid4().hex[:8]}"
NONCE = "4e6f6e63654f6644657669636530303031"
DIGEST = f'WWW-Authenticate: Digest realm="IP Camera", qop="auth", nonce="{NONCE}"'.encode()
PLAIN, TLS = 8080, 8443
Echo = Callable[[bytes], bytes]


def header_of(request: bytes) -> str:
    """What a device was told of the login, with the password that it has itself."""
    found = re.search(rb"(?im)^Authorization:[^\r\n]*", request) or re.search(
        rb"(?s)<[\w:]*Security.*?</[\w:]*Security>", request
    )
    return (found[0].decode() if found else "") + f" {USER}:{PASSWORD} {PASSWORD}"


SERIAL = "DS-2CD20200101AAWR000000000"
"""Of none yet: each device has its own at the end."""


def in_xml(text: str) -> bytes:
    info = f"<deviceName>{text}</deviceName><model>DS-2CD</model><serialNumber>{SERIAL}</serialNumber>"
    return f'<?xml version="1.0"?><DeviceInfo xmlns="http://www.hikvision.com/ver20/XMLSchema">{info}</DeviceInfo>'.encode()


ECHOES: dict[str, Echo] = {
    "basic": lambda request: http(in_xml(html.escape(header_of(request)))),
    "digest": lambda request: http(in_xml(html.escape(header_of(request), quote=False))),
    "isapi": lambda request: http(
        in_xml("x") + f"<user><userName>{USER}</userName><password>{PASSWORD}</password></user>".encode() + request
    ),
    "url": lambda request: http(in_xml(urllib.parse.quote(header_of(request), safe=""))),
    "utf-16": lambda request: http(
        in_xml(base64.b64encode(header_of(request).encode()).decode())
        + f"<html>{header_of(request)}</html>".encode("utf-16")
        + base64.b64encode(header_of(request).encode("utf-16-be"))
        + hashlib.md5(PASSWORD.encode()).hexdigest().encode()
    ),
    "redirect": lambda request: http(
        in_xml(f"http://{USER}:{PASSWORD}@10.0.0.1/?a={urllib.parse.quote(header_of(request))}"),
        f"Location: /x?auth={urllib.parse.quote(header_of(request))}".encode(),
        status=b"302 Found",
    ),
}
"""What each kind of device sends back."""


def device(kind: str) -> Echo:
    """A camera of Hikvision's by what it tells everybody; after a login it sends back what it got."""
    number = list((*ECHOES, "soap")).index(kind) + 1
    mac = f"<tt:ScopeItem>onvif://www.onvif.org/MAC/68:6d:bc:00:62:{number:02x}</tt:ScopeItem>"
    scope = (b"<tds:Scopes>", b"<tds:Scopes>" + mac.encode() + b"</tds:Scopes><tds:Scopes>", 1)
    own = (SERIAL.encode(), f"{SERIAL[:-9]}{number:09}".encode())
    challenge = b'WWW-Authenticate: Basic realm="IP Camera"' if kind == "basic" else DIGEST

    def answer(request: bytes) -> bytes:
        if kind == "soap" and request.startswith(b"POST") and b"UsernameToken" in request:
            echo = header_of(request)
            body = packets.INFORMATION.replace(b"</env:Body>", f"<x>{html.escape(echo)}</x></env:Body>".encode())
            return (
                http(body + echo.encode())
                if b"GetDeviceInformation" in request
                else http(FAULT % echo.encode(), status=b"400 Bad")
            )
        if request.startswith(b"GET /ISAPI") and kind != "soap":
            return (
                ECHOES[kind](request).replace(*own)
                if b"\r\nAuthorization:" in request
                else http(b"", challenge, status=b"401 Unauthorized")
            )
        if b"GetSystemDateAndTime" in request:
            now = datetime.now(UTC)
            return http(packets.clock(now.year, now.month, now.day, now.hour, now.minute))
        if b"GetScopes" in request:
            return http(packets.SCOPES.replace(*scope))
        if b"GetDeviceInformation" in request:
            return http(FAULT % b"", status=b"400 Bad") if kind == "soap" else http(packets.INFORMATION)
        return http(f"<title>{header_of(request) if b'Authorization' in request else 'x'}</title>".encode(),
                    b"Server: App-webs/", status=b"404 Not Found")  # fmt: skip

    return answer


FAULT = (
    b'<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:ter="http://www.onvif.org/ver10/error"><env:Body>'
    b"<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>ter:NotAuthorized</env:Value></env:Subcode>"
    b"</env:Code><env:Reason><env:Text>%s</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>"
)
DEVICES = {f"127.77.62.{number}": kind for number, kind in enumerate((*ECHOES, "soap"), 1)}


def certificate(folder: Path) -> ssl.SSLContext:
    """What a camera has to speak TLS. Raises OSError and SubprocessError where openssl is not here to make it."""
    key, made = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=camera"]
    subprocess.run([*command, "-keyout", key, "-out", made], check=True, capture_output=True, timeout=PATIENCE_S)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context


@contextmanager
def serving(tls: ssl.SSLContext) -> Iterator[list[bytes]]:
    """All devices, the one that wants the password itself inside TLS; what they were sent."""
    heard = list[bytes]()

    def talk(answer: Echo) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]:
        async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                while request := await read_request(reader):
                    heard.append(request)
                    writer.write(answer(request))
                    await writer.drain()
            writer.transport.abort()

        return one

    async def begin(stack: AsyncExitStack) -> None:
        for host, kind in DEVICES.items():
            port, context = (TLS, tls) if kind == "basic" else (PLAIN, None)
            await stack.enter_async_context(await asyncio.start_server(talk(device(kind)), host, port, ssl=context))

    with in_a_thread(begin):
        yield heard
