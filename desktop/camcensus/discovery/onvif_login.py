"""Reading an ONVIF device after login. Only what reads is ever sent, and only to the host and port that were probed."""

from __future__ import annotations

import asyncio
import concurrent.futures
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.host import Conversation
from camcensus.discovery.http import authority
from camcensus.discovery.login import Login
from camcensus.discovery.onvif import open_service
from camcensus.discovery.onvif_open import DEVICE_PATH, FIRST, is_refusal, soap_request
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.session import LoginSession
from camcensus.discovery.way import Way
from camcensus.model.logins import LoginOutcome
from camcensus.wire.onvif import action_of, encode_request
from camcensus.wire.text import split_url

READS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("devicemgmt", ("GetDeviceInformation", "GetScopes", "GetNetworkInterfaces", "GetCapabilities")),
    ("media", ("GetVideoSources", "GetProfiles")),
    ("analytics", ("GetSupportedAnalyticsModules", "GetAnalyticsModules")),
    ("rules", ("GetSupportedRules", "GetRules")),
    ("events", ("GetEventProperties",)),
)
"""What is asked after login, by service; all only read. Events are named, never subscribed to."""
_ALLOWED = frozenset(operation for _, operations in READS for operation in operations)
_PARAMETERS: dict[str, dict[str, str]] = {"GetCapabilities": {"Category": "All"}}
_TELL_LOGIN = ("GetDeviceInformation", "GetNetworkInterfaces")
"""Asked without a login first: how the device refuses the first of them that it does refuse tells how it wants a login."""

CONFIGURATIONS_LIMIT = 4
"""Video analytics configurations that are asked about: one a sensor."""


async def read_onvif(session: LoginSession, door: ServedPort) -> LoginOutcome:
    """Reads one device with the login of the session: one attempt, ended by the first refusal.

    Raises DiscoveryError where onvif-zeep's files are missing, DiskError where the attempt cannot be written down.
    """
    async with session.talk(door) as conversation:
        pinned = Pinned(conversation, session)
        time = await pinned.ask(door.path, action_of(FIRST), encode_request(FIRST))
        if time.outcome != "answered":
            return session.no_answer(conversation)
        told = clock_of(time.body)
        difference = (told or session.clock()) - session.clock()
        needed, first = await _needs_login(pinned, door.path)
        token = None
        if needed is not None:
            why = await _choose(pinned, door.path, needed, first, told)
            if why is not None:
                return why
            token = session.login if pinned.way is not None and pinned.way.scheme is None else None
            pinned.needed = needed
        await _in_thread(_read_all, pinned, door.path, token, difference)
    if session.told is not None:
        return session.told
    if needed is not None and not pinned.accepted:
        return session.refused() if pinned.refused else session.no_answer(conversation)
    return session.done(len(_ALLOWED))


async def _needs_login(pinned: Pinned, path: str) -> tuple[str | None, ExchangeOutcome]:
    """The first question that the device refuses without a login, and how; None where it refuses none."""
    answer = ExchangeOutcome(outcome="silent")
    for operation in _TELL_LOGIN:
        answer = await pinned.ask(path, action_of(operation), encode_request(operation))
        if answer.outcome == "answered" and is_refusal(answer):
            return operation, answer
    return None, answer


async def _choose(pinned: Pinned, path: str, needed: str, first: ExchangeOutcome, told: datetime | None) -> LoginOutcome | None:
    """Chooses how to log in and claims the attempt; the outcome where none may be made."""
    session = pinned.session
    why = session.clock_problem(told)
    if why is not None:
        return why
    scheme = session.scheme_of(first, pinned.conversation) if first.headers(b"www-authenticate") else None
    if isinstance(scheme, LoginOutcome):
        return scheme
    # It takes seconds the first time, in which a device may close its connection.
    await _in_thread(open_service, pinned, "devicemgmt", f"http://pinned{path}", None, timedelta())
    way = Way(session, pinned.conversation, scheme, lambda: pinned.ask(path, action_of(needed), encode_request(needed)))
    why = await way.claim(first)
    pinned.way = way if why is None else None
    return why


class Pinned:
    """Carries SOAP to the one host and port of a conversation, whatever address zeep was given."""

    def __init__(self, conversation: Conversation, session: LoginSession) -> None:
        self.conversation = conversation
        self.session = session
        self.way: Way | None = None
        self.needed: str | None = None
        self.accepted = False
        self.refused = False
        self.stopped = False
        self.loop = asyncio.get_running_loop()

    async def ask(self, path: str, action: str, body: bytes, extra: str = "", *, once: bool = False) -> ExchangeOutcome:
        host = self.conversation.host
        name = authority(host.address, self.conversation.port, self.conversation.tls)
        return await self.conversation.ask(soap_request(name, path, action, body, extra), once=once)

    def post(self, address: str, operation: str, body: bytes) -> ExchangeOutcome:
        """From zeep's thread: one question, its answer kept. PermissionError once stopped, and for what writes."""
        if self.stopped or operation not in _ALLOWED:
            raise PermissionError(operation)
        action = re.search(rb"<(?:\w+:)?Action[^>]*>([^<]+)<", body)
        asked = self._carry(path_of(address), action[1].decode() if action else operation, operation, body)
        answer = asyncio.run_coroutine_threadsafe(asked, self.loop).result()
        if self.stopped:
            raise PermissionError(operation)
        return answer

    async def _carry(self, path: str, action: str, operation: str, body: bytes) -> ExchangeOutcome:
        is_try = operation == self.needed and not self.accepted
        if self.way is not None and not await self.way.is_open():
            self.stopped = True
            return ExchangeOutcome(outcome="silent")
        answer = await self.ask(path, action, body, self.way.header("POST", path) if self.way else "", once=is_try)
        refused = is_refusal(answer)
        if is_try and answer.status == 200 and not refused:
            self.accepted = True
            self.session.attempts.settle(self.session.login, self.session.target.keys, accepted=True)
        elif is_try:
            # Also an answer that is neither yes nor no ends it: it may have counted as a wrong password.
            self.refused = answer.outcome == "answered"
            self.stopped = True
        elif refused:
            self.stopped = True
        if answer.outcome == "answered" and b"Envelope" in answer.body:
            told = self.session.keep(f"onvif.{operation}", self.conversation.port, answer, good=answer.status == 200)
            self.stopped = self.stopped or told is not None
        return answer


def path_of(address: str) -> str:
    """The path of an address a device named; where it has none that can be in a request, the device service's."""
    parts = split_url(address)
    path = parts[3].partition("#")[0] if parts else DEVICE_PATH
    return path if re.fullmatch(r"/[\x21-\x7e]{0,500}", path) else DEVICE_PATH


def _read_all(pinned: Pinned, path: str, token: Login | None, difference: timedelta) -> None:
    """Asks all of READS, service by service, until the first refusal. Runs in a thread of its own."""
    addresses = {"devicemgmt": f"http://pinned{path}"}
    tokens: list[str] = []
    for name, operations in READS:
        if name not in addresses:
            continue
        service = open_service(pinned, name, addresses[name], token, difference)
        # What was refused without the login goes first: its answer says whether the login was taken.
        for operation in sorted(operations, key=lambda one: one != pinned.needed):
            for parameters in _parameters(name, operation, tokens):
                try:
                    answer = getattr(service, operation)(parameters)
                except Exception:
                    # Its codec reads the answer as it came; here only a refusal matters, not what zeep cannot read.
                    answer = None
                if pinned.stopped:
                    return
                if operation == "GetCapabilities":
                    addresses |= _addresses(answer)
                elif operation == "GetProfiles":
                    tokens = _tokens(answer)


def _addresses(capabilities: Any) -> dict[str, str]:
    """Where the services are, as GetCapabilities told; of each only the path is used."""
    media, analytics, events = (getattr(capabilities, name, None) for name in ("Media", "Analytics", "Events"))
    places = {"media": media, "analytics": analytics, "rules": analytics, "events": events}
    found = {name: getattr(place, "XAddr", None) for name, place in places.items()}
    return {name: str(address) for name, address in found.items() if address}


def _tokens(profiles: Any) -> list[str]:
    """The video analytics configurations that profiles use."""
    found = [getattr(getattr(one, "VideoAnalyticsConfiguration", None), "token", None) for one in profiles or ()]
    return list(dict.fromkeys(str(token) for token in found if token))[:CONFIGURATIONS_LIMIT]


def _parameters(service: str, operation: str, tokens: Sequence[str]) -> list[dict[str, str] | None]:
    """With what an operation is asked, once each: of one configuration what is supported, of each what is set up."""
    if service not in ("analytics", "rules"):
        return [_PARAMETERS.get(operation)]
    return [{"ConfigurationToken": token} for token in (tokens[:1] if operation.startswith("GetSupported") else tokens)]


async def _in_thread(work: Callable[..., None], *arguments: Any) -> None:
    """Runs blocking work in a thread of its own; cancelling does not wait for it."""
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=1, thread_name_prefix="onvif")
    try:
        await asyncio.get_running_loop().run_in_executor(pool, work, *arguments)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def clock_of(body: bytes) -> datetime | None:
    """The UTC time in an answer to GetSystemDateAndTime; None where there is none."""
    utc = re.search(rb"UTCDateTime>(.*?)UTCDateTime>", body, re.S)
    if not utc:
        return None
    found = [re.search(rb"<(?:\w+:)?" + name + rb">\s*(\d{1,4})\s*<", utc[1]) for name in _CLOCK]
    try:
        year, month, day, hour, minute, second = (int(one[1]) for one in found if one)
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


_CLOCK = (b"Year", b"Month", b"Day", b"Hour", b"Minute", b"Second")
