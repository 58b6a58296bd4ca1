"""Logging in as a person typed it: one attempt at a device, never a second one by itself, never in clear text unasked.

Cameras lock out after three to eight wrong passwords, some the account and some this computer's address. HTTP, RTSP and ONVIF
share that count on some makers.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import unquote

from camcensus.model.logins import LoginRecord
from camcensus.model.words import utc_second

REFUSED_IN_A_ROW = 3
"""Devices that refuse one after the other, after which a run pauses: the password is most likely wrong for all."""
PAUSE = timedelta(minutes=15)
"""Longer than the five minutes in which most makers count. It survives a restart."""

ID_BYTES = 2
"""How much is kept of the slow hash that tells a typed login from others. The same login is known again, and one in 65,536
others is taken for it; too little to confirm a guess at the password."""


@dataclass(frozen=True, slots=True)
class Login:
    """A user name and password that a person typed. `id` is the random name under which the system's keyring has it, or ""."""

    user: str
    password: str = field(repr=False)
    id: str = ""


class Attempts:
    """Which logins may be tried. `load` and `keep` read and write the record; each claim is kept before anything is sent."""

    def __init__(
        self,
        load: Callable[[], LoginRecord] | None = None,
        keep: Callable[[LoginRecord], None] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._record = LoginRecord(secrets.token_hex(16))
        self._load = load
        self._keep = keep
        self._clock = clock
        self._ids: dict[tuple[str, Login], str] = {}

    def paused_until(self) -> datetime | None:
        """Until when nothing may be tried; None where nothing holds it back.

        Never more than PAUSE from now: a clock that was set back does not lengthen it.
        """
        until = self._read().paused_until
        if until is None:
            return None
        now = self._clock()
        end = min(datetime.fromisoformat(until), now + PAUSE)
        return end if end > now else None

    def claim(self, login: Login, device: Sequence[str]) -> str | None:
        """None where this login may be tried at a device now, and then it counts as tried; else a sentence that says why not.

        `device` holds the keys a device is known by; one that was tried under any of them was tried. Raises DiskError where
        the attempt cannot be written down: then it must not be made.
        """
        record = self._read()
        if self.paused_until() is not None:
            return self.pause_sentence()
        digests = self._digests(record, login, device)
        if any(digest in record.tried for digest in digests):
            return "This user name and password failed here before, so Camcensus does not try them again: type others."
        day = utc_second(self._clock())[:10]
        self._write(replace(record, tried={**record.tried, **dict.fromkeys(digests, day)}))
        return None

    def settle(self, login: Login, device: Sequence[str], *, accepted: bool) -> None:
        """Notes how a claimed attempt ended. A third refusal in a row begins the pause."""
        record = self._read()
        if accepted:
            digests = set(self._digests(record, login, device))
            tried = {digest: day for digest, day in record.tried.items() if digest not in digests}
            self._write(replace(record, tried=tried, in_a_row=0, paused_until=None))
            return
        in_a_row = record.in_a_row + 1
        until = record.paused_until
        if in_a_row >= REFUSED_IN_A_ROW:
            in_a_row, until = 0, utc_second(self._clock() + PAUSE)
        self._write(replace(record, in_a_row=in_a_row, paused_until=until))

    def forget(self, login: Login, device: Sequence[str]) -> None:
        """A person says to try this login here again. The pause stays."""
        record = self._read()
        digests = set(self._digests(record, login, device))
        self._write(replace(record, tried={digest: day for digest, day in record.tried.items() if digest not in digests}))

    def pause_sentence(self) -> str:
        """Why nothing is tried now, and until when (UTC)."""
        until = self.paused_until() or self._clock()
        return (
            f"{REFUSED_IN_A_ROW} devices in a row refused a login, so no more are asked until {until:%H:%M} UTC: check "
            "the user name and the password, because most devices lock after a few wrong ones."
        )

    def _digests(self, record: LoginRecord, login: Login, device: Iterable[str]) -> list[str]:
        known = self._id(record, login)
        return [hashlib.sha256("\0".join((record.salt, key, login.user, known)).encode()).hexdigest() for key in device]

    def _id(self, record: LoginRecord, login: Login) -> str:
        if login.id:
            return login.id
        if (record.salt, login) not in self._ids:
            slow = hashlib.scrypt(
                f"{login.user}\0{login.password}".encode(), salt=bytes.fromhex(record.salt), n=1 << 15, r=8, p=1,
                maxmem=1 << 26, dklen=ID_BYTES,
            )  # fmt: skip
            self._ids[record.salt, login] = slow.hex()
        return self._ids[record.salt, login]

    def _read(self) -> LoginRecord:
        return self._load() if self._load else self._record

    def _write(self, record: LoginRecord) -> None:
        self._record = record
        if self._keep:
            self._keep(record)


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


class Scheme(Protocol):
    """A way to log in over HTTP."""

    def header(self, login: Login, method: str, path: str) -> str:
        """The Authorization header line for one request."""


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


@dataclass(frozen=True, slots=True)
class Basic:
    """The password itself: only inside TLS, and only where a person said yes. Source: RFC 7617."""

    def header(self, login: Login, method: str, path: str) -> str:
        """The Authorization header line."""
        del method, path
        return f"Authorization: Basic {base64.b64encode(f'{login.user}:{login.password}'.encode()).decode('ascii')}\r\n"


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
