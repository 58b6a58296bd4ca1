"""What a reading with a login gave away, known from the login and from each request, and blanked in every answer to it.

Decided by how much a word says. A proof (a digest, a token, the base64 of both) and a long password are blanked wherever they
stand, also inside other words; a password of 4 to 7 characters, or one that is a word of the protocols (`own_words`), where it
is as a word of its own and is no name of an element or a field; a shorter one, and a user name that may be a common word
("admin"), where it is the whole value of a field that is named after a login. Else a device of the make "admin" would lose its
own words.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from camcensus.discovery.login import Login
from camcensus.discovery.own_words import LONG_CHARACTERS, is_mixed, is_own
from camcensus.discovery.spellings import bare, encoded, hashed_forms, own_pieces, spelled, to_hash
from camcensus.wire.bases import in_base32, in_base64, in_base85
from camcensus.wire.dressed import without_marks, xor_steps
from camcensus.wire.echoes import alone, blank, in_field, unescape
from camcensus.wire.nested import Writing
from camcensus.wire.pieces import MARK_BYTES, PIECE_BYTES, Pieces
from camcensus.wire.scattered import Scattered

WORD_CHARACTERS = 4
"""A password with fewer is no word that can be looked for in a reply."""
FORM_BYTES = MARK_BYTES
"""What is shorter is in any reply by chance."""

UNPACKED_BYTES = 16 * 1024
"""A reply of a search up to this length is unpacked to look for a login: at most 0.2 s, in which nothing else is heard."""

_ORDERS: tuple[Literal["big", "little"], ...] = ("big", "little")
"""A digest as one number."""
_HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_HEADER = re.compile(rb"(?im)^Authorization:[ \t]*([A-Za-z]+)[ \t]+([^\r\n]*)")
_PARAMETER = re.compile(rb'(?i)\b(realm|nonce|cnonce|response|opaque)="([^"]*)"')
_TOKEN = re.compile(rb"<(?:[\w.-]+:)?(Password|Nonce)\b[^>]*>([^<]+)<")
_STRUCTURE = re.compile(
    rb"(?m)\s?xmlns(?::[\w.-]{1,40})?\s?=\s?[\"'][^\"'<>]{0,300}|</?[\w:.-]{1,100}|\s[\w:.-]{1,100}\s?=\s?[\"']"
    rb"|[\"'][\w.-]{1,100}[\"']\s{0,4}:|^[\w.\[\]-]{1,200}=|onvif://www\.onvif\.org/(?:\w{1,40}/)?"
)
"""Names of elements, attributes, keys and lines, addresses of namespaces, and how a scope begins."""


class GivenLogin:
    """What of a login the device knows by now. `note` each request before it is sent."""

    def __init__(self, login: Login) -> None:
        self._user = login.user
        self._password = login.password
        self._pieces = Pieces()
        self._short = set[bytes]()
        self._proofs, self._realms = set[bytes](), set[str]()
        self._steps = set[bytes]()
        self._scattered = Scattered()
        self._learn_pair(f"{login.user}:{login.password}")
        for piece in own_pieces(login.password):
            self._pieces.learn_whole(piece)
        for given, is_known in ((login.password, is_own), (login.user, is_mixed)):
            for text in {one for one in (given, without_marks(given), *bare(given)) if is_known(one)}:
                self._learn_text(text)
                self._learn_text(text[::-1])
        if login.password:
            self._learn_digests(hashed_forms(login.user, login.password))
        if len(login.password) >= FORM_BYTES:
            forms = encoded(login.password)
            self._learn((), {base64.b64encode(form).rstrip(b"=") for form in forms})
            self._learn((), {one for form in forms for one in in_base64(form) if len(one) > FORM_BYTES})

    def note(self, request: bytes) -> None:
        """Remembers the proofs in a request."""
        head = request.partition(b"\r\n\r\n")[0]
        method, path = (*head.split(b" ", 2), b"", b"")[:2]
        proofs = {value.strip() for _, value in _TOKEN.findall(request)}
        for found in _HEADER.finditer(head):
            self._learn_text(found[2].decode("utf-8", "replace"))
            for name, value in _PARAMETER.findall(found[2]):
                if name.lower() == b"realm":
                    self._learn_realm(value.decode("utf-8", "replace"))
                elif name.lower() != b"opaque" and len(value) >= LONG_CHARACTERS:
                    proofs.add(value)
            proofs |= {hashlib.new(name, method + b":" + path, usedforsecurity=False).hexdigest().encode() for name in _HASHES}
        for proof in sorted(proofs - self._proofs):
            self._learn_parts(proof)
            self._learn((), {proof, proof.rstrip(b"=")})
            self._learn_text(proof.decode("utf-8", "replace"))
            for decoded in _decoded(proof):
                if len(decoded) >= LONG_CHARACTERS:
                    self._learn_digest(decoded)
        self._proofs |= proofs

    def _learn_realm(self, realm: str) -> None:
        if realm not in self._realms:
            self._realms.add(realm)
            pair = f"{self._user}:{realm}:{self._password}"
            self._learn_pair(pair)
            self._learn_digests(to_hash(pair))

    def _learn_pair(self, pair: str) -> None:
        self._learn_digests(to_hash(pair) if self._password else [])
        basic = base64.b64encode(pair.encode())
        for secret in (pair.encode(), basic, self._password.encode()) if is_own(self._password) else ():
            self._learn_parts(secret)
        self._learn((), {base64.b64encode(basic).rstrip(b"="), basic[::-1].lstrip(b"=")})
        self._learn_digests([basic] if self._password else [])
        if len(pair) >= LONG_CHARACTERS:
            self._learn_text(pair)

    def _learn_parts(self, secret: bytes) -> None:
        """A secret that is looked for in pieces too, itself, in base64 and as hexadecimal digits."""
        for form in (secret, *in_base64(secret), secret.hex().encode()):
            self._scattered.learn(form.lower())

    def _learn_text(self, text: str) -> None:
        """A text that is looked for as a whole, and the writings of it."""
        self._learn(
            encoded(text), (other for form in spelled(text) if len(form) >= LONG_CHARACTERS for other in _wrapped(form))
        )
        plain = text.encode()
        if len(plain) >= LONG_CHARACTERS:
            self._learn((), in_base85(plain))
            self._steps |= {steps for form in (plain, base64.b64encode(plain)) if len(set(steps := xor_steps(form))) > 3}

    def _learn_digests(self, forms: Iterable[bytes]) -> None:
        for form in forms:
            for name in _HASHES:
                self._learn_digest(hashlib.new(name, form, usedforsecurity=False).digest())

    def _learn_digest(self, digest: bytes) -> None:
        forms = {digest, digest.hex().encode(), base64.b64encode(digest).rstrip(b"=")}
        others = {form[::-1] for form in forms} | {str(int.from_bytes(digest, order)).encode() for order in _ORDERS}
        self._learn((), (*forms, *others, *(other for form in forms for other in _wrapped(form))))

    def _learn(self, whole: Iterable[bytes], writings: Iterable[bytes]) -> None:
        """What is looked for as a whole, in small letters; of other writings any piece of them."""
        for form in _ready({form for form in whole if len(form) >= FORM_BYTES}):
            self._learn_whole(form)
        for form in _ready({form for form in writings if len(form) >= FORM_BYTES}):
            if len(form) > PIECE_BYTES:
                self._pieces.learn(form)
            else:
                self._learn_whole(form)

    def _learn_whole(self, form: bytes) -> None:
        if len(form) >= MARK_BYTES:
            self._pieces.learn_whole(form)
        else:
            self._short.add(form)

    def forget(self) -> None:
        """Forget the login and all its writings, some 20 MB, which may lie in a ring of objects until somebody collects it."""
        self._user = self._password = ""
        for known in (self._pieces, self._short, self._proofs, self._realms, self._steps, self._scattered):
            known.clear()
        for made in ("_words", "_values"):
            self.__dict__.pop(made, None)

    def blank(self, raw: bytes) -> bytes:
        """A reply with all of it blanked."""
        return blank(raw, self._find, split=True)

    def blank_of_search(self, raw: bytes) -> bytes:
        """A reply that a search had without the login, which an earlier one may have told: the whole network answers, and soon.

        A password that may be a common word is none to blank there, and of a long reply no writing is unpacked.
        """
        if not is_own(self._password):
            return raw
        if len(raw) <= UNPACKED_BYTES:
            return self.blank(raw)
        hidden = bytearray(raw)
        for start, end in self._find(raw):
            hidden[start:end] = b"*" * (end - start)
        return bytes(hidden)

    def is_in(self, texts: Iterable[str]) -> bool:
        """Whether what was read in a blanked reply shows it: then only its codec knew that form, and its place in the reply."""
        data = "\n".join(texts).encode("utf-8", "replace")
        read = Writing(data, range(len(data)), range(1, len(data) + 1))
        lows = (one.data.lower() for one in (read, *alone(read)))
        return any(True for low in lows for _ in (*self._pieces.find(low), *self._scattered.find(low)))

    def _find(self, data: bytes) -> Iterator[tuple[int, int]]:
        low = data.lower()
        yield from self._pieces.find(low)
        for needle in self._short:
            yield from _all(low, needle)
        yield from self._scattered.find(low)
        steps = xor_steps(data)
        for needle in self._steps:
            yield from ((start, end + 1) for start, end in _all(steps, needle))
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
    def _words(self) -> tuple[bytes, ...]:
        password = self._password
        return _ready(encoded(password)) if len(password) >= WORD_CHARACTERS and not is_own(password) else ()

    @cached_property
    def _values(self) -> tuple[bytes, ...]:
        texts = [text for text in (self._user, self._password) if text]
        return _ready(
            {form for text in texts for one in encoded(text) for form in (one, base64.b64encode(one), one.hex().encode())}
        )


def _decoded(text: bytes) -> Iterator[bytes]:
    """The bytes that a proof is written of, in base64 or as hexadecimal digits."""
    with contextlib.suppress(binascii.Error, ValueError):
        yield base64.b64decode(text, validate=True)
    with contextlib.suppress(binascii.Error, ValueError):
        yield binascii.unhexlify(text)


def _wrapped(secret: bytes) -> Iterator[bytes]:
    """A secret inside base64 wherever it is there, in base32, and as hexadecimal digits."""
    yield base64.b64encode(secret).rstrip(b"=")
    for one in in_base64(secret):
        yield from (one, one[::-1])
    yield base64.b32encode(secret).rstrip(b"=")
    yield from in_base32(secret)
    yield from (secret.hex().encode(), secret.hex().encode()[::-1])


def _ready(forms: set[bytes]) -> tuple[bytes, ...]:
    """As they are looked for: in small letters, and as they are where a reply is unescaped or has no space left."""
    found = set[bytes]()
    for form in forms:
        if form.isalnum():
            found.add(form.lower())
            continue
        once = unescape(form)
        several = {form, form.replace(b" ", b"+"), form.replace(b"\0", b""), once, unescape(once)}
        found |= {one.lower() for one in several | {re.sub(rb"[\s\\]+", b"", one) for one in several} if one}
        alone = {re.sub(rb"[^0-9A-Za-z\x80-\xff]+", b"", one).lower() for one in several}
        found |= {one for one in alone if is_mixed(one.decode("latin-1"))}
    return tuple(sorted(found))


def _all(data: bytes, needle: bytes) -> Iterator[tuple[int, int]]:
    at = data.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = data.find(needle, at + 1)


def _is_word(data: bytes, start: int, end: int) -> bool:
    before, after = data[start - 1 : start] if start else b"", data[end : end + 1]
    return not before.isalnum() and not after.isalnum()
