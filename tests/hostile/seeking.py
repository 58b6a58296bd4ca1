"""Where a login stands in bytes: the password, the user name and each proof that a device received, in whatever writing."""

from __future__ import annotations

import base64
import codecs
import contextlib
import gzip
import hashlib
import html
import io
import json
import re
import sqlite3
import struct
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from hostile.echoing import PASSWORD, USER
from report.reading import read as read_paper

SHORTEST, STEP, WINDOW = 8, 3, 6


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
        forms.add(codecs.encode(secret, "rot13").encode())
        forms |= {encode(b"\0" * before + plain)[5:-5] for encode in (base64.b85encode, in_z85, a85) for before in range(4)}
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


def in_z85(data: bytes) -> bytes:
    """ZeroMQ's digits."""
    letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    ours = letters[:10] + letters[36:] + letters[10:36] + "!#$%&()*+-;<=>?@^_`{|}~"
    return base64.b85encode(data).translate(bytes.maketrans(ours.encode(), (letters + ".-:+=^!/*?&<>()[]{}@%$#").encode()))


def a85(data: bytes) -> bytes:
    """Adobe's digits; nothing that is sought has four zeros in a row but at its beginning."""
    return base64.a85encode(data).replace(b"z", b"!!!!!")


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
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path not in leave]
    assert files
    named = ((str(path.relative_to(folder)), path.read_bytes()) for path in files)
    return hits_in([*named, ("printed", said.encode())], requests)


def hits_in(named: Iterable[tuple[str, bytes]], requests: list[bytes]) -> list[str]:
    """Where a secret stands, of all these by name."""
    forms = forms_of(proofs_in(requests))
    # Any SHORTEST bytes in a row hold WINDOW bytes that begin at a multiple of STEP.
    windows = {(form[at : at + WINDOW],) for form in forms for at in range(STEP)}
    found, looked = set[str](), set[bytes]()
    for name, data in named:
        for content in contents_of(name, data):
            plain = content.lower()
            unquoted, unescaped = urllib.parse.unquote_to_bytes(plain), html.unescape(plain.decode("latin-1"))
            for text in {plain, plain.replace(b"\0", b""), unquoted, unescaped.encode("latin-1", "replace")} - looked:
                looked.add(text)
                if any(not windows.isdisjoint(_in_a_row(text, first)) for first in range(0, WINDOW, STEP)):
                    found |= {f"{name}: {form!r}" for form in forms if form in text}
    return sorted(found)


def _in_a_row(text: bytes, first: int) -> Iterator[tuple[bytes]]:
    """Each WINDOW bytes of a text, one behind the other."""
    return struct.iter_unpack(f"{WINDOW}s", memoryview(text)[first : first + (len(text) - first) // WINDOW * WINDOW])
