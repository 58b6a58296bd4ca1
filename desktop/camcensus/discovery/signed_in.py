"""Reading one device with a login that a person typed for it: never by default, one attempt, the address that was probed only.

One protocol is chosen by the maker that the device was judged to be of, because HTTP, RTSP and ONVIF share the count of wrong
passwords on some makers. Only where a device does not speak its maker's own is ONVIF asked, and then no login was sent before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from camcensus.discovery.book import utc_millisecond
from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.host import Host
from camcensus.discovery.http import authority
from camcensus.discovery.login import Attempts, Login, SentLogin
from camcensus.discovery.neighbours import read_neighbours
from camcensus.discovery.onvif_login import clock_of, read_onvif
from camcensus.discovery.onvif_open import FIRST, soap_request
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import Reply, ServedPort, Tally
from camcensus.discovery.session import LoginSession, moved
from camcensus.discovery.target import Target
from camcensus.discovery.web_login import QUESTIONS, read_web
from camcensus.model.logins import LoginAllowances, LoginOutcome
from camcensus.model.observation import Observation
from camcensus.wire import after_login
from camcensus.wire.onvif import action_of, encode_request
from camcensus.wire.read import read, redact

WEB_DOORS = 2
"""Web ports at which the maker's interface is looked for."""


async def read_signed_in(
    target: Target,
    login: Login,
    attempts: Attempts,
    emit: Callable[[Observation], None],
    *,
    turnstile: Turnstile,
    allowed: LoginAllowances | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> LoginOutcome:
    """Reads a device with a login; emits what it answers. One attempt, noted in `attempts` before it is made.

    Raises DiskError where the attempt cannot be written down, and DiscoveryError where onvif-zeep's files are missing.
    """
    if any(character < " " or character == "\x7f" for character in login.user + login.password):
        return LoginOutcome("held", "A user name or a password with a line break in it cannot be sent: type it again.")
    allowed = allowed or LoginAllowances()
    allowed = replace(allowed, changed=allowed.changed | target.yes)
    why = moved(target, await read_neighbours(), allowed)
    if why is not None:
        return why
    host = Host(address=target.address, turnstile=turnstile, tally=lambda _: Tally(), interface=target.card, mac=target.mac)

    def take(reply: Reply) -> None:
        one = _observation(reply, target.network, clock(), session.sent)
        if one.reading.fields:
            emit(one)
            session.hear(one)

    session = LoginSession(target, login, attempts, host, take, clock, allowed)
    return await _read(session)


async def _read(session: LoginSession) -> LoginOutcome:
    target = session.target
    questions = QUESTIONS.get(target.maker or "", ())
    if questions:
        told = await _clock_at(session, target.onvif) if target.onvif else None
        for door in sorted(target.web, key=lambda door: session.is_not_its_own(door.port))[:WEB_DOORS]:
            outcome = await read_web(session, questions, door, told)
            if outcome is not None:
                return outcome
    if target.onvif is None:
        return LoginOutcome("held", f"{target.address} offers nothing that can be read with a login, so none was sent.")
    return session.doubt_at(target.onvif.port) or await read_onvif(session, target.onvif)


async def _clock_at(session: LoginSession, door: ServedPort) -> datetime | None:
    """The device's clock, which ONVIF tells everybody."""
    async with session.talk(door) as conversation:
        name = authority(session.target.address, door.port, conversation.tls)
        answer: ExchangeOutcome = await conversation.ask(soap_request(name, door.path, action_of(FIRST), encode_request(FIRST)))
    return clock_of(answer.body)


def _observation(reply: Reply, network: str | None, now: datetime, sent: SentLogin) -> Observation:
    """What is saved of an answer: its known fields, without what holds the login (`wire/after_login.py`)."""
    fields = after_login.kept(read(reply.probe, reply.ask, redact(reply.probe, reply.raw)).fields, sent.is_in)
    raw = after_login.encode(fields)
    return Observation(
        probe=reply.probe, address=reply.address, at=utc_millisecond(now), raw=raw, ask=reply.ask, network=network,
        port=reply.port, mac=reply.mac, cut=reply.cut, reading=read(reply.probe, reply.ask, raw),
    )  # fmt: skip
