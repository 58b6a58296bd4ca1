"""Logging in as a person typed it: one attempt at a device, never a second one by itself, never in clear text.

Cameras lock out after three to eight wrong passwords, some the account and some this computer's address. HTTP, RTSP and ONVIF
share that count on some makers.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field

REFUSED_IN_A_ROW = 3
"""Devices that refuse one after the other, after which a run stops: the password is most likely wrong for all."""


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and password that a person typed for a device or a place."""

    user: str
    password: str = field(repr=False)

    def fingerprint(self, address: str) -> bytes:
        """Tells this login at this address from others, without keeping the password."""
        return hashlib.sha256(repr((address, self.user, self.password)).encode()).digest()


@dataclass(slots=True)
class Attempts:
    """The logins that were refused, so that none is tried again unless a person types it again."""

    refused: set[bytes] = field(default_factory=set)
    in_a_row: int = 0

    def may_try(self, login: Login, address: str) -> str | None:
        """None where this login may be tried at this address, else one sentence that says why not."""
        if login.fingerprint(address) in self.refused:
            return f"{address} refused this user name and password before, so they are not tried again: type others."
        if self.in_a_row >= REFUSED_IN_A_ROW:
            return f"{REFUSED_IN_A_ROW} devices in a row refused this login, so no more are asked: check the password."
        return None

    def note(self, login: Login, address: str, *, refused: bool) -> None:
        """Notes how an attempt ended."""
        if refused:
            self.refused.add(login.fingerprint(address))
        self.in_a_row = self.in_a_row + 1 if refused else 0


@dataclass(slots=True)
class Digest:
    """HTTP digest answers to one challenge, which is used for all questions of a conversation. Source: RFC 7616, 3.4."""

    realm: str
    nonce: str
    opaque: str | None
    algorithm: str
    count: int = 0

    @classmethod
    def from_challenge(cls, challenge: str) -> Digest | None:
        """The challenge of a WWW-Authenticate header; None where it is not a digest with qop "auth" that we can answer."""
        found = re.search(r"\bDigest\s+(.*)", challenge, re.I | re.S)
        if not found:
            return None
        pairs = re.findall(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))', found[1])
        values = {name.lower(): quoted or bare for name, quoted, bare in pairs}
        algorithm = values.get("algorithm", "MD5").upper()
        qops = {word.strip().lower() for word in values.get("qop", "").split(",")}
        if "auth" not in qops or algorithm not in _HASHES or not values.get("nonce") or "realm" not in values:
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


_HASHES = {"MD5": "md5", "SHA-256": "sha256"}
