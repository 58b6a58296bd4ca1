"""A login that a person typed: its HTTP digest, and how a device that sends it back is noticed.

The password itself is never sent, also not inside TLS.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from camcensus.model import frozen


@frozen
class Login:
    """A user name and a password that a person typed. Saved nowhere."""

    user: str
    password: str = field(repr=False)


class SentLogin:
    """The login of one conversation, in the forms in which a device may send it back. `note` each request before it is sent."""

    def __init__(self, login: Login) -> None:
        self._whole, self._parts = set[str](), set[str]()
        for text, least in ((login.password, 4), (login.user, 6), (f"{login.user}:{login.password}", 4)):
            (self._parts if len(text) >= least else self._whole).update(_forms(text))
        self._whole.discard("")

    def note(self, request: bytes) -> None:
        """Learns the proofs of the password in a request."""
        for found in _PROOFS.finditer(request):
            self._parts.add(next(filter(None, found.groups())).decode("latin-1").casefold())

    def is_in(self, value: str) -> bool:
        """Whether a value holds the login: plain, in base64, in hexadecimal digits or percent-coded, in UTF-8 or UTF-16."""
        texts = {one.replace("\0", "").replace("\\", "").casefold() for one in (value, unquote(value), unquote(unquote(value)))}
        return not self._whole.isdisjoint(texts) or any(part in text for part in self._parts for text in texts)


def _forms(text: str) -> set[str]:
    found = {text.replace("\\", "")}
    for data in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
        found.add(data.hex())
        for before in range(3):  # Base64 of the text wherever it stands in what was encoded.
            coded = base64.b64encode(b"\0" * before + data).decode()[(0, 2, 3)[before] : (before + len(data)) * 8 // 6]
            found |= {coded, coded.translate(str.maketrans("+/", "-_"))} if len(coded) > 4 else set()
    return {one.casefold() for one in found}


_PROOFS = re.compile(rb'\b(?:response|cnonce)="([0-9a-f]{8,})"|(?:Password|Nonce)\b[^>]*>([^<]{8,})<|Basic ([\w+/=-]{8,})')


@dataclass(slots=True)
class Digest:
    """HTTP digest answers to one challenge, which is used for all questions of a conversation. Source: RFC 7616, 3.4."""

    realm: str
    nonce: str
    opaque: str | None
    algorithm: str
    count: int = 0

    @classmethod
    def from_challenge(cls, *challenges: str) -> Digest | None:
        """The best of the challenges in WWW-Authenticate headers; None where none is a digest with qop "auth" that we know."""
        offered = [one for one in map(cls._from_values, read_challenges(challenges)) if one is not None]
        return max(offered, key=lambda one: one.algorithm == "SHA-256", default=None)

    @classmethod
    def _from_values(cls, challenge: tuple[str, dict[str, str]]) -> Digest | None:
        scheme, values = challenge
        algorithm = values.get("algorithm", "MD5").upper()
        qops = {word.strip().lower() for word in values.get("qop", "").split(",")}
        if scheme != "digest" or "auth" not in qops or algorithm not in _HASHES:
            return None
        if not values.get("nonce") or "realm" not in values or not _is_plain("".join(values.values())):
            return None
        return cls(values["realm"], values["nonce"], values.get("opaque"), algorithm)

    def header(self, login: Login, method: str, path: str) -> str:
        """The Authorization header line for one request."""
        self.count += 1
        name, made = _HASHES[self.algorithm], secrets.token_hex(8)

        def digest(text: str) -> str:
            return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

        secret = digest(f"{login.user}:{self.realm}:{login.password}")
        answer = digest(f"{secret}:{self.nonce}:{self.count:08x}:{made}:auth:{digest(f'{method}:{path}')}")
        user = login.user.replace("\\", "\\\\").replace('"', '\\"')
        opaque = f', opaque="{self.opaque}"' if self.opaque is not None else ""
        return (
            f'Authorization: Digest username="{user}", realm="{self.realm}", nonce="{self.nonce}", uri="{path}", '
            f'algorithm={self.algorithm}, response="{answer}", qop=auth, nc={self.count:08x}, cnonce="{made}"{opaque}\r\n'
        )


def read_challenges(headers: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    """(scheme, parameters) of each challenge in WWW-Authenticate headers, names lower case. Source: RFC 9110, 11.6.1."""
    found: list[tuple[str, dict[str, str]]] = []
    for header in headers:
        for word in _CHALLENGE.finditer(header[:HEADER_LIMIT_CHARACTERS]):
            name, quoted, bare, scheme = word["name"], word["quoted"], word["bare"], word["scheme"]
            if scheme is not None:
                found.append((scheme.lower(), {}))
            elif found and name is not None:
                found[-1][1].setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else bare)
    return found


def offers_basic(headers: Iterable[str]) -> bool:
    """Whether the password itself is one of the ways a device offers."""
    return any(scheme == "basic" for scheme, _ in read_challenges(headers))


def _is_plain(text: str) -> bool:
    """False for what would break out of a header that repeats it."""
    return not re.search(r'[\x00-\x1f\x7f"\\]', text)


HEADER_LIMIT_CHARACTERS = 4096
_CHALLENGE = re.compile(
    r'(?P<name>[\w-]{1,40})\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^\s,"]+))|(?P<scheme>[A-Za-z][\w-]{0,40})(?=\s|,|$)'
)
_HASHES = {"MD5": "md5", "SHA-256": "sha256"}
