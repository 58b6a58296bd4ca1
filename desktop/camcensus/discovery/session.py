"""One reading of one device with a login: checks before the login is sent, and a record of the attempt."""

from __future__ import annotations

import email.utils
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address

from camcensus.discovery.exchange import ExchangeOutcome, HttpConnection
from camcensus.discovery.host import Conversation, Host
from camcensus.discovery.http import authority, is_tls
from camcensus.discovery.login import Attempts, Basic, Digest, Login, Scheme, SentLogin, offers_basic
from camcensus.discovery.neighbours import Neighbour, read_neighbours
from camcensus.discovery.probe import Emit, Reply, ServedPort
from camcensus.discovery.scope import LOOPBACK
from camcensus.discovery.target import Target
from camcensus.identity.known_by import PORTS, claimed_in, marks_of
from camcensus.identity.other_doors import another_door, comes_before, unlinked_door
from camcensus.identity.told_before import another_told
from camcensus.model.logins import LoginAllowances, LoginOutcome, changed, told_another, unsure
from camcensus.model.observation import RAW_LIMIT_BYTES, Observation

CLOCK_WARN = timedelta(minutes=10)
CLOCK_REFUSE = timedelta(hours=24)
"""A login is signed with the device's time; a device that lies about it collects signatures for later."""

NO_CERTIFICATE = "it shows no certificate any more"
_OLD_TLS = frozenset({"SSLv3", "TLSv1", "TLSv1.1"})


@dataclass(slots=True)
class LoginSession:
    """What a reading works with. `host` is a host of its own, with its own limit on time."""

    target: Target
    login: Login
    attempts: Attempts
    host: Host
    emit: Emit
    clock: Callable[[], datetime]
    allowed: LoginAllowances = field(default_factory=LoginAllowances)
    read: int = 0
    claimed: bool = False
    sent: SentLogin = field(init=False)
    other: LoginOutcome | None = field(default=None, init=False)
    """What is asked about, where the certificate is another."""
    shown: dict[int, bool] = field(default_factory=dict, init=False)
    """The ports whose certificate is known and that were asked: whether it was shown."""
    faces: dict[int, str] = field(default_factory=dict, init=False)
    """The certificates that ports show, by their digest."""
    said: set[str] = field(default_factory=set, init=False)
    """What a person had said yes to, without which nothing would be sent."""
    silent: set[int] = field(default_factory=set, init=False)
    """The ports where nothing answered."""
    shown_now: tuple[Observation, ...] = field(default=(), init=False)
    """What it showed without a login when it was asked again."""
    told: LoginOutcome | None = field(default=None, init=False)
    """What is asked about, where it told the login that it is another device than took the last one."""
    pages: dict[str, str] = field(default_factory=dict, init=False)
    """The front pages among that, by what they are named (`identity/page_mark.py`)."""

    def __post_init__(self) -> None:
        self.sent = SentLogin(self.login)

    def talk(self, door: ServedPort) -> Conversation:
        """A conversation with one port of the device that continues only as long as it is the same device.

        Looked at on each connection: its certificate, and once a login may be sent its MAC address too. A device that hangs up
        after it asked for the login may have given its address to another one.
        """
        conversation = self.host.talk("login", door.port, tls=is_tls(door))
        expected = self.target.certificates.get(door.port)

        async def is_same(line: HttpConnection) -> bool:
            nonlocal expected
            if self.claimed and (other := moved(self.target, await read_neighbours(), self.allowed, asked=True)) is not None:
                self.other = other
                return False
            if not conversation.tls:
                return True
            shown = line.certificate
            if expected is not None and shown != expected:
                self.other = changed(self.target.address, [_other_certificate(door.port, shown)])
                if self.unless_allowed(self.other) is not None:
                    return False
            if expected is not None:
                self.shown[door.port] = shown is not None
            self.faces[door.port] = hashlib.sha256(shown or b"").hexdigest()
            expected = shown
            return True

        if conversation.tls and expected is not None:
            self.shown.setdefault(door.port, False)
        conversation.guard = is_same
        conversation.note = self.sent.note
        return conversation

    def keep(
        self, probe: str, port: int, answer: ExchangeOutcome, ask: str | None = None, *, good: bool = True
    ) -> LoginOutcome | None:
        """Hands out the body of an answer; a `good` one is counted.

        Where it tells that this is another device, gives what is asked about: then nothing more goes to it.
        """
        self.read += good
        target = self.target
        self.emit(
            Reply(
                probe=probe, address=target.address, port=port, raw=answer.body[:RAW_LIMIT_BYTES],
                interface=target.card, ask=ask,
                cut=answer.cut or len(answer.body) > RAW_LIMIT_BYTES, mac=self.own_mac,
            )
        )  # fmt: skip
        return self.told

    def hear(self, one: Observation) -> None:
        """Holds what it told against what a login was told the last time."""
        shown = (*self.target.known, *self.shown_now)
        if self.told is None and (words := another_told(self.target.told, shown, one)):
            self.told = self.unless_allowed(told_another(self.target.address, words))

    @property
    def own_mac(self) -> str | None:
        """The MAC address that the network shows, where it is not a router's or an extender's."""
        mac = self.target.mac
        return mac if mac is not None and f"mac:{mac.lower()}" in self.target.keys else None

    def is_not_its_own(self, port: int) -> bool:
        """Whether a port tells that it is another device's than one that is rather the device's."""
        return bool(another_door(self.target.address, port, self.target.known, self.own_mac))

    def doubt_at(self, port: int) -> LoginOutcome | None:
        """What is asked about a port that may be another device's; None where nothing says so, or a person has said yes."""
        target = self.target
        asked = {door.port for door in (*target.web, target.onvif) if door is not None}
        gone = {int(one) for one in target.told.get(PORTS, ()) if int(one) not in asked and comes_before(int(one), port)}
        said = another_door(target.address, port, target.known, self.own_mac) or unlinked_door(
            target.address, port, target.known, self.own_mac, self.silent | gone, target.certificates
        )
        return self.unless_allowed(unsure(target.address, [said])) if said else None

    def no_answer(self, conversation: Conversation) -> LoginOutcome:
        """The outcome where nothing came: the device is silent, or another one seems to be there."""
        address = self.target.address
        if conversation.guarded:
            if self.claimed:
                # Nothing was sent, so nothing was tried.
                self.attempts.forget(self.login, self.target.keys)
            if self.other is not None:
                return self.other
            if conversation.only is None:
                return self._too_old()
        return LoginOutcome("silent", f"{address} did not answer: check that it is switched on, then try again.")

    def _too_old(self) -> LoginOutcome:
        return LoginOutcome("held", f"{self.target.address} speaks TLS too old for a password, so none was sent.")

    def clock_problem(self, told: datetime | None) -> LoginOutcome | None:
        """The outcome where the device's clock forbids a login; None where it does not, or is not known."""
        if told is None:
            return None
        difference = told - self.clock()
        if abs(difference) <= CLOCK_WARN or (self.allowed.clock and abs(difference) <= CLOCK_REFUSE):
            return None
        address = self.target.address
        if abs(difference) > CLOCK_REFUSE:
            return LoginOutcome("held", f"The clock of {address} is off by {_spoken(difference)}, so no login is sent: set it.")
        return LoginOutcome("clock", f"The clock of {address} is off by {_spoken(difference)}: set it, or allow it once.")

    def scheme_of(self, answer: ExchangeOutcome, conversation: Conversation) -> Scheme | LoginOutcome:
        """How to log in, as the device's own first answer asks, or why not."""
        challenges = [one.decode("latin-1") for one in answer.headers(b"www-authenticate")]
        digest = Digest.from_challenge(*challenges)
        if digest is not None:
            return digest
        address = self.target.address
        if not offers_basic(challenges):
            return LoginOutcome("held", f"{address} asks for a login in a way that is not safe to use, so none was sent.")
        if not conversation.tls:
            return LoginOutcome("held", f"{address} asks for a password in clear text, so none was sent.")
        if not self.allowed.clear_in_tls:
            return LoginOutcome("clear", f"{address} asks for the password itself, inside TLS: allow it once, or leave it.")
        if conversation.line is not None and conversation.line.tls_version in _OLD_TLS:
            return self._too_old()
        before = conversation.guard

        async def is_modern(line: HttpConnection) -> bool:
            return line.tls_version not in _OLD_TLS and (before is None or await before(line))

        conversation.guard = is_modern
        return Basic()

    async def look(self) -> tuple[tuple[Neighbour, ...], LoginOutcome | None]:
        """The neighbour table, and why nothing may go to the device's address; None where it may.

        The table is read again: it may not have had the address before the questions that need no login.
        """
        table = await read_neighbours()
        another = self.unless_allowed(moved(self.target, table, LoginAllowances(), asked=True))
        return table, another or self.unless_allowed(await self._without_certificate())

    def claim(self) -> LoginOutcome | None:
        """None once the attempt is written down and may be made; else why not."""
        why = self.attempts.claim(self.login, self.target.keys)
        self.claimed = why is None
        if why is None:
            return None
        paused = self.attempts.paused_until() is not None
        return LoginOutcome("paused" if paused else "held", why if paused else f"{self.target.address}: {why}")

    def unless_allowed(self, outcome: LoginOutcome | None) -> LoginOutcome | None:
        """What is asked about; None where a person has said yes to that, which is noted."""
        if outcome is None or outcome.ask not in self.allowed.changed:
            return outcome
        self.said.add(outcome.ask)
        return None

    async def _without_certificate(self) -> LoginOutcome | None:
        """The outcome where a device that is known by a certificate shows none now: any other mark can be claimed."""
        for port in self.target.certificates:
            if any(self.shown.values()):
                return None
            if port not in self.shown:
                async with self.talk(ServedPort("https", port)) as conversation:
                    name = authority(self.target.address, port, tls=True)
                    await conversation.ask(f"GET / HTTP/1.1\r\nHost: {name}\r\nUser-Agent: Camcensus\r\n\r\n".encode())
                if conversation.guarded and self.other is not None:
                    return self.other
        if not self.target.certificates or any(self.shown.values()):
            return None
        return changed(self.target.address, [NO_CERTIFICATE])

    def refused(self) -> LoginOutcome:
        """Notes and says that the login was not taken."""
        self.attempts.settle(self.login, self.target.keys, accepted=False)
        return LoginOutcome(
            "refused",
            f"{self.target.address} refused (password, lock, or too many connections); it was asked once and no more.",
        )

    def done(self, of: int) -> LoginOutcome:
        """The outcome where it answered."""
        say = f"{self.target.address} answered {self.read} of {of} questions."
        return LoginOutcome("read", say, yes=frozenset(self.said), pages=dict(self.pages))


def moved(
    target: Target, table: tuple[Neighbour, ...], allowed: LoginAllowances, *, asked: bool = False
) -> LoginOutcome | None:
    """The outcome where the neighbour table does not have the MAC address that the device had; a spoofed camera has its own.

    Once it was `asked` something, the table has a device of our own network; before, it may have forgotten it.
    """
    card = target.card
    here = [one for one in table if one.address == target.address and (not card or one.interface in ("", card.name))]
    now = next((one.mac for one in here if one.mac), None)
    if now == target.mac or (now is None and not (asked and may_be_neighbour(target.address))):
        return None
    if target.mac is None and target.network and (now is None or claimed_in(marks_of(target.known), {now})):
        return None
    what = f"its MAC address was {target.mac or 'not known'} and is {now}"
    what = what if now else f"its MAC address {target.mac} is not shown, as where this computer is on another network"
    found = changed(target.address, [what])
    return None if found.ask in allowed.changed else found


def may_be_neighbour(address: str) -> bool:
    """False for this computer itself, which has no line in the table."""
    return IPv4Address(address) not in LOOPBACK


def _other_certificate(port: int, certificate: bytes | None) -> str:
    if certificate is None:
        return f"it shows no certificate at port {port}"
    digest = hashlib.sha256(certificate).hexdigest()
    return f"its certificate at port {port} is another (SHA-256 {digest[:16]}…)"


def date_of(answer: ExchangeOutcome) -> datetime | None:
    """The time in the Date header of an HTTP answer; None where there is none."""
    for value in answer.headers(b"date"):
        try:
            moment = email.utils.parsedate_to_datetime(value.decode("latin-1"))
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _spoken(difference: timedelta) -> str:
    minutes = round(abs(difference).total_seconds() / 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"
