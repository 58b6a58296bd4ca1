"""What a reading with a login gave away, known from the login and from each request, and blanked in every answer to it.

Decided by how much a word says. A proof (a digest, a token, the base64 of both) and a long password are blanked wherever they
stand, also inside other words; a password of 4 to 7 characters, or of letters or digits alone, where it stands as a word of its
own and is no name of an element or a field; a shorter one, and a user name that may be a common word ("admin"), where it is the
whole value of a field that is named after a login. Else a device of the make "admin" would lose its own words.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import re
import urllib.parse
from collections.abc import Iterator
from functools import cached_property

from camcensus.discovery.login import Login
from camcensus.wire.echoes import blank, in_base64, in_field, unescape

WORD_CHARACTERS = 4
"""A password with fewer is no word that can be looked for in a reply."""
LONG_CHARACTERS = 8
"""Enough, where it has letters and digits or signs, to be nobody else's word."""
FORM_BYTES = 6
"""What is shorter is in any reply by chance."""

_HASHES = ("md5", "sha1", "sha256", "sha512")
_HEADER = re.compile(rb"(?im)^Authorization:[ \t]*([A-Za-z]+)[ \t]+([^\r\n]*)")
_PARAMETER = re.compile(rb'(?i)\b(realm|nonce|cnonce|response|opaque)="([^"]*)"')
_TOKEN = re.compile(rb"<(?:[\w.-]+:)?(Password|Nonce)\b[^>]*>([^<]+)<")
_STRUCTURE = re.compile(
    rb"(?m)\s?xmlns(?::[\w.-]{1,40})?\s?=\s?[\"'][^\"'<>]{0,300}|</?[\w:.-]{1,100}|\s[\w:.-]{1,100}\s?=\s?[\"']"
    rb"|[\"'][\w.-]{1,100}[\"']\s{0,4}:|^[\w.\[\]-]{1,200}="
)
"""Names of elements, attributes, keys and lines, and addresses of namespaces."""


class Given:
    """What of a login the device knows by now. `note` each request before it is sent."""

    def __init__(self, login: Login) -> None:
        self._user = login.user
        self._password = login.password
        self._proofs: set[bytes] = set()
        self._realms: set[str] = set()

    def note(self, request: bytes) -> None:
        """Remembers the proofs in a request."""
        head = request.partition(b"\r\n\r\n")[0]
        method, path = (*head.split(b" ", 2), b"", b"")[:2]
        for found in _HEADER.finditer(head):
            self._proofs.add(found[2])
            for name, value in _PARAMETER.findall(found[2]):
                if name.lower() == b"realm":
                    self._realms.add(value.decode("utf-8", "replace"))
                elif name.lower() != b"opaque" and len(value) >= LONG_CHARACTERS:
                    self._proofs.add(value)
            self._proofs |= {
                hashlib.new(name, method + b":" + path, usedforsecurity=False).hexdigest().encode() for name in _HASHES
            }
        for _, value in _TOKEN.findall(request):
            self._proofs.add(value.strip())
        self.__dict__.pop("_everywhere", None)

    def blank(self, raw: bytes) -> bytes:
        """A reply with all of it blanked."""
        return blank(raw, self._find, split=True)

    def _find(self, data: bytes) -> Iterator[tuple[int, int]]:
        low = data.lower()
        for needle in self._everywhere:
            yield from _all(low, needle)
        structure: list[tuple[int, int]] | None = None
        for needle in self._words:
            for start, end in _all(low, needle):
                if not _is_word(data, start, end):
                    continue
                if structure is None:
                    structure = [found.span() for found in _STRUCTURE.finditer(data)]
                if in_field(data, start, end) or not any(left <= start and end <= right for left, right in structure):
                    yield start, end
        for needle in self._values:
            yield from ((start, end) for start, end in _all(low, needle) if in_field(data, start, end))

    @cached_property
    def _everywhere(self) -> tuple[bytes, ...]:
        """In small letters."""
        user, password = self._user, self._password
        pairs = [f"{user}:{password}", *(f"{user}:{realm}:{password}" for realm in sorted(self._realms))]
        plain = [text for text in (password, user) if _is_own(text)] + [text for text in pairs if len(text) >= LONG_CHARACTERS]
        found = {form for text in plain for form in _encoded(text)}
        hashed = [_hash(name, form) for form in _hashed_forms(user, password, pairs) for name in _HASHES] if password else []
        proofs = {form for digest in hashed for form in _of_digest(digest)}
        for proof in self._proofs:
            proofs |= {proof, proof.rstrip(b"=")}
            if (decoded := _decoded(proof)) is not None and len(decoded) >= LONG_CHARACTERS:
                proofs |= _of_digest(decoded)
        wide = {form for proof in self._proofs for form in _encoded(proof.decode("utf-8", "replace"))}
        wrapped = {form for one in found | proofs | wide if len(one) >= LONG_CHARACTERS for form in _wrapped(one)}
        short = {base64.b64encode(form).rstrip(b"=") for form in _encoded(password)} if len(password) >= 6 else set()
        every = {*found, *proofs, *wrapped, *short, *map(_twice, pairs)}
        return _ready({form for form in every if len(form) >= FORM_BYTES})

    @cached_property
    def _words(self) -> tuple[bytes, ...]:
        password = self._password
        return _ready(_encoded(password)) if len(password) >= WORD_CHARACTERS and not _is_own(password) else ()

    @cached_property
    def _values(self) -> tuple[bytes, ...]:
        texts = [text for text in (self._user, self._password) if text]
        return _ready(
            {form for text in texts for one in _encoded(text) for form in (one, base64.b64encode(one), one.hex().encode())}
        )


def _is_own(text: str) -> bool:
    """Whether a text is long and mixed enough to be nobody else's word."""
    kinds = {"a" if one.isalpha() else "1" if one.isdecimal() else "-" for one in text}
    return len(text) >= LONG_CHARACTERS and len(kinds) > 1


def _encoded(text: str) -> set[bytes]:
    """In the encodings of replies; bytes beyond ASCII have no capital letters, so text has them here."""
    found = set[bytes]()
    for one in {text} if text.isascii() else {text, text.lower(), text.upper()}:
        for encoding in ("utf-8", "latin-1", "cp437", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            with contextlib.suppress(UnicodeEncodeError):
                found.add(one.encode(encoding))
    return found


def _hashed_forms(user: str, password: str, pairs: list[str]) -> list[bytes]:
    return [*(text.encode() for text in (password, user + password, *pairs)), password.encode("utf-16-le")]


def _hash(name: str, form: bytes) -> bytes:
    return hashlib.new(name, form, usedforsecurity=False).digest()


def _of_digest(digest: bytes) -> set[bytes]:
    return {digest, digest.hex().encode(), base64.b64encode(digest).rstrip(b"=")}


def _decoded(text: bytes) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _wrapped(secret: bytes) -> Iterator[bytes]:
    """A secret inside base64, once and twice, in base32 and as hexadecimal digits."""
    quoted = urllib.parse.quote(secret, safe="").encode()
    for one in {secret, quoted}:
        yield base64.b64encode(one).rstrip(b"=")
        yield from in_base64(one)
        yield from (again for text in in_base64(one) for again in in_base64(text))
        letters = base64.b32encode(one).rstrip(b"=")
        yield letters
        yield letters[: len(one) * 8 // 5]
        yield one.hex().encode()


def _twice(pair: str) -> bytes:
    return base64.b64encode(base64.b64encode(pair.encode())).rstrip(b"=")


def _ready(forms: set[bytes]) -> tuple[bytes, ...]:
    """As they are looked for: in small letters, and as they are where a reply is unescaped or has no space left."""
    found = set[bytes]()
    for form in forms:
        once = unescape(form)
        several = {form, form.replace(b" ", b"+"), form.replace(b"\0", b""), once, unescape(once)}
        found |= {one.lower() for one in several | {re.sub(rb"[\s\\]+", b"", one) for one in several} if one}
    return tuple(sorted(found))


def _all(data: bytes, needle: bytes) -> Iterator[tuple[int, int]]:
    at = data.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = data.find(needle, at + 1)


def _is_word(data: bytes, start: int, end: int) -> bool:
    before, after = data[start - 1 : start] if start else b"", data[end : end + 1]
    return not before.isalnum() and not after.isalnum()
