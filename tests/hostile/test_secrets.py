"""A planted password and its proofs, sought in every byte that the program writes, with devices that send back what they get.

Each device knows the password too (it is its own), and sends that back beside the request. Sought are the password, the user
name and every proof that a device received, in all forms, in files as they are and in what is packed in them.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gzip
import hashlib
import html
import io
import json
import re
import sqlite3
import ssl
import subprocess
import sys
import threading
import urllib.parse
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from camcensus.app import main
from camcensus.discovery.login import Login
from camcensus.model.logins import LoginAllowances
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import reading
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.reading import ReadingRequest
from camcensus.tasks.reports.catalogue import KINDS
from costs import LONG_S
from discovery import packets
from discovery.servers import Served, http, read_request
from report.reading import read as read_paper

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="this system has only one loopback address")

PASSWORD = f"CANARY-{uuid.uuid4()}"
USER = f"canary-user-{uuid.uuid4().hex[:8]}"
NONCE = "4e6f6e63654f6644657669636530303031"
DIGEST = f'WWW-Authenticate: Digest realm="IP Camera", qop="auth", nonce="{NONCE}"'.encode()
PLAIN, TLS = 8080, 8443
SHORTEST, STEP, WINDOW = 8, 3, 6
Echo = Callable[[bytes], bytes]


def header_of(request: bytes) -> str:
    """What a device was told of the login, with the password that it has itself."""
    found = re.search(rb"(?im)^Authorization:[^\r\n]*", request) or re.search(
        rb"(?s)<[\w:]*Security.*?</[\w:]*Security>", request
    )
    return (found[0].decode() if found else "") + f" {USER}:{PASSWORD} {PASSWORD}"


def in_xml(text: str) -> bytes:
    info = f"<deviceName>{text}</deviceName><model>DS-2CD</model><serialNumber>DS-2CD20200101AAWR{len(text)}</serialNumber>"
    return f'<?xml version="1.0"?><DeviceInfo xmlns="http://www.hikvision.com/ver20/XMLSchema">{info}</DeviceInfo>'.encode()


def dump_of(data: bytes) -> list[str]:
    """As xxd writes it."""
    return [f"{at:08x}: {data[at : at + 16].hex(' ', 2)}  ................" for at in range(0, len(data), 16)]


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
    "packed": lambda request: http(
        in_xml(base64.b64encode(gzip.compress(header_of(request).encode())).decode())
        + gzip.compress(header_of(request).encode())
        + base64.b64encode(header_of(request).encode()).hex().encode()
    ),
    "dump": lambda request: http(in_xml("x") + b"\n" + "\n".join(dump_of(header_of(request).encode())).encode() + b"\n"),
    "halves": lambda request: http(in_xml(PASSWORD[:21] if b"deviceInfo" in request else PASSWORD[21:])),
    "bits": lambda request: http(
        in_xml(" ".join(f"{byte:08b}" for byte in header_of(request).encode()))
        + "; ".join(map(str, header_of(request).encode())).encode()
        + header_of(request).encode()[::-1]
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
                ECHOES[kind](request) if b"\r\nAuthorization:" in request else http(b"", challenge, status=b"401 Unauthorized")
            )
        if b"GetSystemDateAndTime" in request:
            now = datetime.now(UTC)
            return http(packets.clock(now.year, now.month, now.day, now.hour, now.minute))
        if b"GetScopes" in request:
            return http(packets.SCOPES)
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


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-subj", "/CN=camera"]
    try:
        subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("openssl is not here to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@contextmanager
def serving(tls: ssl.SSLContext) -> Iterator[list[bytes]]:
    """All devices, the one that wants the password itself inside TLS; what they were sent."""
    ready, held, heard = threading.Event(), list[Any](), list[bytes]()

    def talk(answer: Echo) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]:
        async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                while request := await read_request(reader):
                    heard.append(request)
                    writer.write(answer(request))
                    await writer.drain()
            writer.transport.abort()

        return one

    async def serve() -> None:
        async with AsyncExitStack() as stack:
            for host, kind in DEVICES.items():
                port, context = (TLS, tls) if kind == "basic" else (PLAIN, None)
                await stack.enter_async_context(await asyncio.start_server(talk(device(kind)), host, port, ssl=context))
            ends = asyncio.Event()
            held.extend((asyncio.get_running_loop(), ends))
            ready.set()
            await ends.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(LONG_S)
    try:
        yield heard
    finally:
        held[0].call_soon_threadsafe(held[1].set)
        thread.join(LONG_S)


def proofs_in(requests: list[bytes]) -> set[str]:
    """What devices could prove the password with."""
    found = {PASSWORD, USER, base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()}
    for request in requests:
        for header in re.findall(rb"(?im)^Authorization:([^\r\n]*)", request):
            found |= {one.decode() for one in re.findall(rb'(?:response|cnonce|nonce)="([^"]*)"', header)}
            found |= {one.decode() for one in re.findall(rb"Basic (\S+)", header)}
        found |= {one.decode() for one in re.findall(rb"<[\w:]*(?:Password|Nonce)\b[^>]*>([^<]+)<", request)}
    return found


def forms_of(secrets: set[str]) -> set[bytes]:
    """Each as it may stand in a file, in small letters."""
    pair, ha1 = f"{USER}:{PASSWORD}".encode(), f"{USER}:IP Camera:{PASSWORD}".encode()
    forms = set[bytes]()
    for secret in secrets:
        plain = secret.encode()
        forms |= {plain, plain.hex().encode(), urllib.parse.quote(secret, safe="").encode(), html.escape(secret).encode()}
        forms |= {base64.b64encode(b"\0" * before + plain)[4:-4] for before in range(3)}
        forms.add(base64.b64encode(plain)[:-4].hex().encode())
        forms |= {
            base64.b64encode(b"\0" * before + secret.encode(encoding))[4:-4]
            for before in range(3)
            for encoding in ("utf-16-le", "utf-16-be")
        }
    forms |= {PASSWORD[:18].encode(), PASSWORD[-18:].encode()}
    for text in (PASSWORD.encode(), pair, ha1):
        for name in ("md5", "sha1", "sha256"):
            digest = hashlib.new(name, text)
            forms |= {digest.hexdigest().encode(), base64.b64encode(digest.digest())[:-2]}
    return {form.lower() for form in forms if len(form) >= SHORTEST}


def contents_of(name: str, data: bytes) -> Iterator[bytes]:
    """A file's bytes, and all that is packed in it."""
    yield data
    for found in re.finditer(rb"\x1f\x8b\x08|H4sI[A-Za-z0-9+/]+=*", data):
        with contextlib.suppress(zlib.error, ValueError):
            packed = data[found.start() :] if found[0][:1] == b"\x1f" else base64.b64decode(found[0])
            yield zlib.decompressobj(31).decompress(packed)
    if b"................" in data:
        yield re.sub(rb"\s+|[0-9a-f]{8}: |\.{2,}", b"", data)
    if data.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.namelist():
                yield from contents_of(member, packed.read(member))
    if data.startswith(b"\x1f\x8b"):
        yield from contents_of(name, gzip.decompress(data))
    if data.startswith(b"%PDF"):
        for stream in re.findall(rb"(?s)stream\r?\n(.*?)\r?\nendstream", data):
            with contextlib.suppress(zlib.error):
                yield zlib.decompress(stream)
        paper = read_paper(data)
        words = "\n".join([paper.words, *(text for page in paper.pages for text in page.artifacts)])
        yield from (words.encode(), re.sub(r"\s", "", words).encode())
    if data.startswith(b"SQLite format 3\0"):
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(data.replace(b"\2\2", b"\1\1", 1) if data[18:20] == b"\2\2" else data)
            for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                for row in connection.execute(f'SELECT * FROM "{table}"'):
                    yield b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "replace") for cell in row)
    if name.endswith(".jsonl"):
        for line in data.splitlines():
            yield base64.b64decode(json.loads(line)["raw"])


def hits(folder: Path, said: str, requests: list[bytes], leave: set[Path]) -> list[str]:
    """Where a secret stands, of all files under a folder and of what was printed."""
    forms = forms_of(proofs_in(requests))
    # Any SHORTEST bytes in a row hold WINDOW bytes that begin at a multiple of STEP.
    windows = {form[at : at + WINDOW] for form in forms for at in range(STEP)}
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path not in leave]
    assert files
    found, looked = set[str](), set[bytes]()
    for name, data in [*((str(path.relative_to(folder)), path.read_bytes()) for path in files), ("printed", said.encode())]:
        for content in contents_of(name, data):
            plain = content.lower()
            unquoted, unescaped = urllib.parse.unquote_to_bytes(plain), html.unescape(plain.decode("latin-1"))
            for text in {plain, plain.replace(b"\0", b""), unquoted, unescaped.encode("latin-1", "replace")} - looked:
                looked.add(text)
                if windows & {text[at : at + WINDOW] for at in range(0, len(text), STEP)}:
                    found |= {f"{name}: {form!r}" for form in forms if form in text}
    return sorted(found)


def write_all(kept: Path, inventory: Path, run: Callable[..., int]) -> None:
    """Everything that is made of an inventory."""
    phrase = kept.parent / "outside" / "phrase"
    phrase.write_text("a long passphrase\n", "utf-8")
    phrase.chmod(0o600)
    for audience, name in (("auditor", "a.camcensus"), ("supplier", "s.zip"), ("public", "p.zip")):
        assert run("export", inventory, "--audience", audience, "-o", kept / f"for-{name}") == 0
    assert run("export", inventory, "--audience", "backup", "--plain", "-o", kept / "plain.camcensus-backup") == 0
    for kind in KINDS:
        more = {"floor": None, "camera": ("--ref", "CAM-001")}.get(kind.name, ())
        for audience in kind.audiences if more is not None else ():
            chosen = ("--audience", audience) if len(kind.audiences) > 1 else ()
            made = kept / f"{kind.name}-{audience}.pdf"
            run("report", inventory, "--kind", kind.name, *chosen, *more, "-o", made)
    for form in ("--json", "--csv"):
        assert run("show", inventory, form) == 0
    assert run("show", inventory, "--xlsx", kept / "a.xlsx") == 0
    assert len(list(kept.glob("*.pdf"))) >= 5


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what is written; the person's own folder, temporary files and the password's file lie beside it."""
    for name in ("kept", "user", "temporary", "outside"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "user"))
    monkeypatch.setenv("CAMCENSUS_DEBUG", "1")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("camcensus.discovery.scan.LEAST_S", 0.5)
    monkeypatch.setattr("camcensus.discovery.scan.QUIET_S", 0.2)
    return tmp_path / "kept"


def runner(said: list[str], capsys: pytest.CaptureFixture[str]) -> Callable[..., int]:
    def run(*words: object) -> int:
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        said.extend((out, err))
        return status

    return run


def test_a_search_with_a_login_leaves_no_secret_in_any_byte(
    kept: Path, tls: ssl.SSLContext, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    password, inventory, capture = kept.parent / "outside" / "password", kept / "a.camcensus", kept / "a.jsonl"
    password.write_text(PASSWORD + "\n", "utf-8")
    password.chmod(0o600)
    said: list[str] = []
    run = runner(said, capsys)
    with serving(tls) as heard:
        run("scan", "--interface", "127.0.0.1", "--range", "127.77.62.0/28", "--pace", "fast", "--login", USER, "--password-file",
            password, "--allow-clear-in-tls", "--inventory", inventory, "--capture", capture, "--json")  # fmt: skip
        states = {one["address"]: one["state"] for one in json.loads(said[0])["signed_in"]}
        run("scan", "--interface", "127.0.0.1", "--range", "127.77.62.0/28", "--pace", "fast", "--inventory", inventory)
    assert {DEVICES[address]: state for address, state in states.items()} == {
        **dict.fromkeys(DEVICES.values(), "read"), "redirect": "refused"
    }  # fmt: skip
    assert len([one for one in heard if b"\r\nAuthorization:" in one or b"UsernameToken" in one]) >= len(DEVICES)
    assert b"isapi.System/deviceInfo" in capture.read_bytes()
    write_all(kept, inventory, run)
    assert run("identify", capture, "--inventory", kept / "b.camcensus", "--json") == 0
    write_all(kept.parent / "temporary", kept / "b.camcensus", run)
    assert list(kept.glob("a.camcensus-backups/*.camcensus"))
    assert hits(kept.parent, "".join(said) + caplog.text, heard, {password}) == []


def test_signing_in_from_the_window_leaves_no_secret_in_any_byte(
    kept: Path, tls: ssl.SSLContext, data_dir: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    said: list[str] = []
    run = runner(said, capsys)
    path, knowledge = kept / "a.camcensus", load_knowledge(data_dir / "vendors.db")
    with serving(tls) as heard:
        run("scan", "--interface", "127.0.0.1", "--range", "127.77.62.0/28", "--pace", "fast", "--inventory", path)
        with register.open_inventory(path, datetime.now(UTC)) as inventory:
            wish = ReadingRequest(
                tuple(register.rows(inventory, knowledge)), Login(USER, PASSWORD), "R. Khan", LoginAllowances(clear_in_tls=True)
            )
            read = asyncio.run(
                reading.read_rows(
                    inventory, wish, lambda _: None, knowledge=knowledge, clock=lambda: datetime.now(UTC), by="R. Khan",
                    folder=kept.parent / "user", loopback=True,
                )
            )  # fmt: skip
    assert sorted(one.state for one in read.outcomes) == ["read"] * (len(DEVICES) - 1) + ["refused"]
    write_all(kept, path, run)
    assert hits(kept.parent, "".join(said) + repr(read) + caplog.text, heard, set()) == []


def test_a_capture_of_an_older_program_gives_no_secret_to_what_is_made_of_it(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was sent back is known by its shape only, so the capture itself keeps it; the program does not write it again."""
    request = (
        f"GET / HTTP/1.1\r\nAuthorization: Basic {base64.b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}\r\n\r\n",
        f'GET / HTTP/1.1\r\nAuthorization: Digest username="{USER}", realm="x", nonce="{NONCE}", uri="/", '
        'response="6629fae49393a05397450978507c4ef1", cnonce="0a4f113b0a4f113b", qop=auth\r\n\r\n',
        f"<s:Header><wsse:UsernameToken><wsse:Username>{USER}</wsse:Username><wsse:Password>tuOSpGlFlIXsozq4HFNeeGeFLEI="
        "</wsse:Password><wsse:Nonce>LKqI6G/AikKCQrN0zqZFlg==</wsse:Nonce></wsse:UsernameToken></s:Header>",
        f"http://{USER}:{PASSWORD}@10.0.0.1/",
        f"/login.cgi?user={USER}&pwd={PASSWORD}",
    )
    writings: tuple[Callable[[str], bytes], ...] = (
        str.encode, lambda text: html.escape(text).encode(), lambda text: urllib.parse.quote(text, safe="").encode(),
        lambda text: text.encode("utf-16-le"),
    )  # fmt: skip
    lines = []
    for number, (text, write) in enumerate((text, write) for text in request for write in writings):
        page = (
            b"HTTP/1.1 200 OK\r\nServer: App-webs/\r\nLocation: /?"
            + write(text).replace(b"\n", b"")
            + b"\r\n\r\n<title>"
            + write(text)
            + b"</title>"
        )
        isapi = in_xml("DEVICE").replace(b"DEVICE", write(text) if write(text).isascii() and b"<" not in write(text) else b"x")
        for probe, raw in (
            ("http", page),
            ("isapi.System/deviceInfo", isapi + write(text)),
            ("onvif.GetScopes", packets.SCOPES + write(text)),
        ):
            lines.append(
                {"probe": probe, "address": f"10.0.0.{number + 1}", "at": "2026-11-27T10:00:00Z", "port": 80, "network": "eth0 10.0.0.2/24",
                 "raw": base64.b64encode(raw).decode()}
            )  # fmt: skip
    capture = kept.parent / "outside" / "old.jsonl"
    capture.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    said: list[str] = []
    run = runner(said, capsys)
    assert run("identify", capture, "--inventory", kept / "a.camcensus", "--json") == 0
    write_all(kept, kept / "a.camcensus", run)
    assert hits(kept.parent, "".join(said), [one.encode() for one in request], {capture}) == []


def test_a_form_is_found_wherever_it_begins(tmp_path: Path) -> None:
    assert SHORTEST == STEP + WINDOW - 1
    for before in range(2 * STEP):
        folder = tmp_path / str(before)
        folder.mkdir()
        (folder / "a").write_bytes(b"x" * before + USER.encode() + b"y" * (before % 2))
        assert hits(folder, "", [], set())


def test_what_is_sought_would_be_found(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.gz", "wb") as packed:
        packed.write(base64.b64encode(b"x" + f"{USER}:{PASSWORD}".encode()))
    (tmp_path / "b.txt").write_bytes(PASSWORD.upper().encode("utf-16-be"))
    assert {one.partition(":")[0] for one in hits(tmp_path, urllib.parse.quote(f"<{PASSWORD}>"), [], set())} == {
        "a.gz",
        "b.txt",
        "printed",
    }
    assert isinstance(Served("", 0), Served)
