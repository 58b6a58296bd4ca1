"""Read one device with a login that a person typed for it: one try, by digest only, at the address that was probed only.

Before the login goes out, and on the connection that it goes by, the device has to show the certificate, the MAC address and
the serial number that the person saw in the list (`identity/same_device.py`). One protocol is chosen by the maker, because
HTTP, RTSP and ONVIF share the count of wrong passwords on some makers; ONVIF is asked where a device does not speak its
maker's own, and then no login was sent before.

Source: ISAPI as hikvision_next uses it; Dahua's HTTP API; Axis, VAPIX: Basic device information, Parameter management,
Application API. A camera answers what only recorders know with a 403 or 404, and the other way round.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from typing import Any, Literal

from camcensus.discovery.book import doors_of, utc_millisecond
from camcensus.discovery.exchange import ExchangeOutcome, HttpConnection
from camcensus.discovery.host import Conversation, Host
from camcensus.discovery.http import authority, is_tls
from camcensus.discovery.login import Digest, Login, SentLogin, offers_basic
from camcensus.discovery.neighbours import read_neighbours
from camcensus.discovery.onvif import open_service, values_of
from camcensus.discovery.onvif_open import DEVICE_PATH, FIRST, is_refusal, soap_request
from camcensus.discovery.pace import TLS_PORTS, Turnstile, may_ask
from camcensus.discovery.probe import Reply, ServedPort, Tally
from camcensus.discovery.scope import LINK_LOCAL, LOOPBACK, METADATA, PRIVATE, network_of
from camcensus.identity.same_device import (
    CERTIFICATE,
    MAC,
    SERIAL,
    DeviceFacts,
    Fact,
    certificate_digest,
    facts_of,
    shares_serial,
)
from camcensus.model import frozen
from camcensus.model.device import Device, Observation
from camcensus.model.scan import Interface
from camcensus.model.words import joined
from camcensus.wire import after_login
from camcensus.wire.fields import Fields, split_url
from camcensus.wire.onvif import action_of, encode_request
from camcensus.wire.read import read, redact

WEB_DOORS, OPENERS = 2, 2
"""Web ports at which the maker's interface is looked for, and questions that look for it."""

LoginState = Literal["read", "refused", "held", "changed", "silent"]
"""How reading a device with a login ended.

"read": it answered. "refused": the device did not take the login; it was asked once and no more. "held": none was sent, for the
reason said. "changed": none was sent, or no more of it, because the device is not as the list showed it. "silent": no answer.
"""


@frozen
class LoginOutcome:
    """How reading one device ended; `say` is one sentence, `changed` names the facts that a person has to look at."""

    state: LoginState
    say: str
    changed: tuple[Fact, ...] = ()


@frozen(kw_only=True)
class Target:
    """Where a device answered, best doors first, and the `facts` that it showed there. `allowed` may differ: a person said so.

    `own_mac` is its MAC address where it is known by that, and not a router's or an extender's.
    """

    address: str
    facts: DeviceFacts
    maker: str | None = None
    network: str | None = None
    card: Interface | None = None
    own_mac: str | None = None
    web: tuple[ServedPort, ...] = ()
    onvif: ServedPort | None = None
    allowed: frozenset[Fact] = frozenset()


@frozen
class WebQuestion:
    """One question that only reads. `ask` tells it from others of the same probe."""

    probe: str
    path: str
    ask: str | None = None
    body: bytes = b""

    @property
    def method(self) -> str:
        """GET; POST for the one JSON question."""
        return "POST" if self.body else "GET"


_ISAPI = (
    "System/deviceInfo",
    "ContentMgmt/InputProxy/channels",
    "System/Video/inputs/channels",
    "System/Network/EZVIZ",
    "System/capabilities",
    "Smart/capabilities",
    "Intelligent/capabilities",
)
_MAGIC_BOX = ("getSystemInfo", "getDeviceType", "getDeviceClass", "getSoftwareVersion", "getVendor")
_CONFIG = ("T2UServer", "RemoteDevice", "VideoAnalyseRule")
_PARAMETERS = "/axis-cgi/param.cgi?action=list&group=root.Brand,root.Properties.System,root.Properties.Firmware"
_PROPERTIES = b'{"apiVersion":"1.0","context":"camcensus","method":"getAllProperties"}'

QUESTIONS: Mapping[str, tuple[WebQuestion, ...]] = {
    "hikvision": tuple(WebQuestion(f"isapi.{path}", f"/ISAPI/{path}") for path in _ISAPI),
    "dahua": (
        *(WebQuestion(f"dahua-cgi.{action}", f"/cgi-bin/magicBox.cgi?action={action}") for action in _MAGIC_BOX),
        WebQuestion(
            "dahua-cgi.getProductDefinition",
            "/cgi-bin/magicBox.cgi?action=getProductDefinition&name=MaxRemoteInputChannels",
            "MaxRemoteInputChannels",
        ),
        *(
            WebQuestion("dahua-cgi.getConfig", f"/cgi-bin/configManager.cgi?action=getConfig&name={name}", name)
            for name in _CONFIG
        ),
    ),
    "axis": (
        WebQuestion("axis-cgi.basicdeviceinfo", "/axis-cgi/basicdeviceinfo.cgi", body=_PROPERTIES),
        WebQuestion("axis-cgi.param", _PARAMETERS),
        WebQuestion("axis-cgi.applications", "/axis-cgi/applications/list.cgi"),
    ),
}
"""By manufacturer id. The first that a device knows opens: its answer without a login says how to log in."""


def may_log_in(address: str, loopback: bool = False) -> bool:
    """Whether a login may be sent to an address at all: private ones only, whatever a file or a device says."""
    try:
        host = IPv4Address(address)
    except ValueError:
        return False
    allowed = (*PRIVATE, LINK_LOCAL, *((LOOPBACK,) if loopback else ()))
    return host != METADATA and any(host in network for network in allowed)


def target_of(
    device: Device,
    maker: str | None,
    cards: Sequence[Interface],
    *,
    loopback: bool = False,
    only: Collection[str] = frozenset(),
) -> Target | None:
    """The target at the device's first address that may be contacted: private, no group's. None where there is none.

    `maker` is the manufacturer id that it was judged to be of. `loopback` allows this computer itself (the demonstration).
    `only` are the addresses that a person named, empty for any: another one that shows the same keys may be another device.
    """
    may = (one for one in device.addresses if may_log_in(one, loopback) and (not only or one in only))
    address = next(may, None)
    if address is None:
        return None
    seen = sorted((one for one in device.observations if one.address == address), key=lambda one: (one.at, one.id))
    facts = facts_of(seen, address)
    network = next((one.network for one in reversed(seen) if one.network), None)
    return Target(
        address=address,
        facts=facts,
        maker=maker,
        network=network,
        card=_card(address, network, cards),
        own_mac=facts.mac if f"mac:{facts.mac}" in map(str, device.keys) else None,
        web=_web_doors(seen, facts.certificates),
        onvif=_onvif_door(seen, facts.certificates),
    )


def _card(address: str, network: str | None, cards: Sequence[Interface]) -> Interface | None:
    """The card that an address is reached by: of those on its network the one that it was seen by last, else the narrowest."""
    host, name = IPv4Address(address), (network or "").rpartition(" ")[0]
    there = [card for card in cards if host in network_of(card)]
    return max(there, key=lambda card: (card.network == network, card.name == name, network_of(card).prefixlen), default=None)


def _web_doors(seen: Sequence[Observation], certificates: Mapping[str, str]) -> tuple[ServedPort, ...]:
    """Ports that answered as a web server, those with TLS first; else what the device announced."""
    ports = {one.port for one in seen if one.probe == "http" and one.port is not None and may_ask(one.port)}
    if not ports:
        announced = {int(port) for one in seen for port in one.reading.all("http_port") if port.isdecimal() and len(port) <= 5}
        ports = {port for port in announced if may_ask(port)} or {80}
    doors = [ServedPort("https" if str(port) in certificates or port in TLS_PORTS else "http", port) for port in ports]
    return tuple(sorted(doors, key=lambda door: (door.kind != "https", door.port not in (443, 80), door.port)))


def _onvif_door(seen: Sequence[Observation], certificates: Mapping[str, str]) -> ServedPort | None:
    """Where it answered ONVIF, else where it said that it does."""
    announced: dict[int, ServedPort] = {}
    for one in seen:
        if one.probe == "wsdiscovery":
            reply = Reply(probe=one.probe, address=one.address, port=one.port, raw=b"")
            for door in doors_of(reply, one.reading):
                if door.kind in ("onvif", "onvifs") and may_ask(door.port):
                    announced.setdefault(door.port, door)
    answered = [one.port for one in seen if one.probe.startswith("onvif.") and one.port is not None and may_ask(one.port)]
    for port in answered:
        kind = "onvifs" if str(port) in certificates else "onvif"
        return announced.get(port) or ServedPort(kind, port, DEVICE_PATH)
    return next(iter(announced.values()), None)


async def read_signed_in(
    target: Target,
    login: Login,
    emit: Callable[[Observation], None],
    *,
    turnstile: Turnstile,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> LoginOutcome:
    """Reads a device with a login, one try; emits what it answers.

    Raises DiscoveryError where onvif-zeep's files are missing.
    """
    if any(character < " " or character == "\x7f" for character in login.user + login.password):
        return LoginOutcome("held", "A user name or a password with a line break in it cannot be sent: type it again.")
    mac = target.facts.mac or None
    host = Host(address=target.address, turnstile=turnstile, tally=lambda _: Tally(), interface=target.card, mac=mac)
    session = SignIn(target, login, host, emit, clock)
    questions = QUESTIONS.get(target.maker or "", ())
    for door in target.web[: WEB_DOORS if questions else 0]:
        outcome = await session.shows_certificate(door) or await _read_web(session, questions, door)
        if outcome is not None:
            return outcome
    if target.onvif is None:
        return LoginOutcome("held", f"{target.address} offers nothing that can be read with a login, so none was sent.")
    return await session.shows_certificate(target.onvif) or await _read_onvif(session, target.onvif)


@dataclass(slots=True)
class SignIn:
    """One reading of one device. `host` is a host of its own, with its own limit on time."""

    target: Target
    login: Login
    host: Host
    emit: Callable[[Observation], None]
    clock: Callable[[], datetime]
    read: int = 0
    other: LoginOutcome | None = field(default=None, init=False)
    """What it shows otherwise than the list did."""
    _certificates: dict[str, str] = field(init=False)
    _sent: SentLogin = field(init=False)

    def __post_init__(self) -> None:
        self._sent = SentLogin(self.login)
        self._certificates = {} if CERTIFICATE in self.target.allowed else dict(self.target.facts.certificates)

    def talk(self, door: ServedPort) -> Conversation:
        """A conversation with one port, of which each connection has to show the facts of the list before anything is sent."""
        conversation = self.host.talk("login", door.port, tls=is_tls(door))

        async def is_same(line: HttpConnection) -> bool:
            facts, changed = self.target.facts, list[Fact]()
            if conversation.tls:
                shown = certificate_digest(line.certificate)
                changed += [CERTIFICATE] if self._certificates.setdefault(str(door.port), shown) != shown else []
            here = [one for one in await read_neighbours() if one.address == facts.address and one.mac]
            macs = {one.mac for one in here if not self.target.card or one.interface in ("", self.target.card.name)}
            changed += [MAC] if facts.mac and macs and facts.mac not in macs and MAC not in self.target.allowed else []
            self.other = self._changed(changed) if changed else None
            return not changed

        conversation.guard, conversation.note = is_same, self._sent.note
        return conversation

    async def shows_certificate(self, door: ServedPort) -> LoginOutcome | None:
        """What is said where a device that is known by a certificate shows it no more, and the door has no TLS."""
        if is_tls(door) or not self._certificates:
            return None
        for port in tuple(self._certificates):
            async with self.talk(ServedPort("https", int(port))) as conversation:
                await conversation.begin()
                if conversation.is_open:
                    return None
                if conversation.guarded:
                    return self.other
        return self._changed([CERTIFICATE])

    def keep(
        self, probe: str, port: int, answer: ExchangeOutcome, ask: str | None = None, fields: Fields | None = None
    ) -> bool:
        """Hands out the known values of an answer; False where its serial number is another, and nothing more is to be asked.

        `fields` are its values where a library has read them.
        """
        told = fields if fields is not None else read(probe, ask, redact(probe, answer.body)).fields
        if not self.is_as_listed(probe, told.get("serial", ())):
            return False
        self.read += answer.status == 200
        if kept := after_login.kept(told, self._sent.is_in):
            raw = after_login.encode(kept)
            target, at = self.target, utc_millisecond(self.clock())
            self.emit(
                Observation(
                    probe=probe, address=target.address, at=at, raw=raw, ask=ask, network=target.network, port=port,
                    mac=target.own_mac, cut=answer.cut, reading=read(probe, ask, raw),
                )
            )  # fmt: skip
        return True

    def is_as_listed(self, probe: str, serials: Sequence[str]) -> bool:
        """Whether serial numbers are those that the device had in the list, as far as it told any to this question."""
        known = self.target.facts.serials.get(probe, ())
        if SERIAL in self.target.allowed or not serials or not known or shares_serial(known, serials):
            return True
        self.other = self._changed([SERIAL], f" ({joined(serials)})")
        return False

    def no_answer(self) -> LoginOutcome:
        """The outcome where nothing came: the device is silent, or another one seems to be there."""
        if self.other is not None:
            return self.other
        return LoginOutcome("silent", f"{self.target.address} did not answer: check that it is switched on, then try again.")

    def scheme_of(self, answer: ExchangeOutcome) -> Digest | LoginOutcome:
        """The digest that the device's own first answer asks for, or why there is none."""
        challenges = [one.decode("latin-1") for one in answer.headers(b"www-authenticate")]
        digest = Digest.from_challenge(*challenges)
        if digest is not None:
            return digest
        asks = "asks for the password itself, which Camcensus never sends"
        asks = asks if offers_basic(challenges) else "asks for a login in a way that is not safe, so none was sent"
        return LoginOutcome("held", f"{self.target.address} {asks}: open its own web page instead.")

    def refused(self) -> LoginOutcome:
        """The outcome where the login was not taken."""
        reasons = "wrong password, lock, or too many connections"
        return LoginOutcome("refused", f"{self.target.address} refused ({reasons}); it was asked once and no more.")

    def done(self, questions: int) -> LoginOutcome:
        """The outcome where it answered."""
        return self.other or LoginOutcome("read", f"{self.target.address} answered {self.read} of {questions} questions.")

    def _changed(self, facts: Sequence[Fact], more: str = "") -> LoginOutcome:
        said = f"{self.target.address} is not as the list showed it: its {joined(facts)} changed{more}"
        return LoginOutcome("changed", f"{said}. Check what is there, then tick it.", tuple(facts))


async def _read_web(session: SignIn, questions: tuple[WebQuestion, ...], door: ServedPort) -> LoginOutcome | None:
    """Reads a device by its maker's web interface; None where it speaks none at this door, and then no login was sent."""
    async with session.talk(door) as conversation:
        opener, answer = questions[0], ExchangeOutcome(outcome="silent")
        for opener in questions[:OPENERS]:
            answer = await _ask(conversation, opener)
            if answer.outcome != "answered":
                return session.other
            if answer.status in (200, 401):
                break
        is_open = answer.status == 200 and read(opener.probe, opener.ask, answer.body).state == "read"
        if not is_open and answer.status != 401:
            return None
        digest: Digest | None = None
        if not is_open:
            scheme = session.scheme_of(answer)
            if isinstance(scheme, LoginOutcome):
                return scheme
            digest = scheme
            answer = await _ask(conversation, opener, digest.header(session.login, opener.method, opener.path), once=True)
            if answer.outcome != "answered":
                return session.no_answer()
            if answer.status != 200:
                return session.refused()
        if not session.keep(opener.probe, door.port, answer, opener.ask):
            return session.other
        for question in (one for one in questions if one is not opener):
            header = digest.header(session.login, question.method, question.path) if digest else ""
            answer = await _ask(conversation, question, header)
            if answer.outcome != "answered" or answer.status == 401:
                break
            if answer.status == 200 and not session.keep(question.probe, door.port, answer, question.ask):
                break
        return session.done(len(questions))


async def _ask(conversation: Conversation, question: WebQuestion, extra: str = "", *, once: bool = False) -> ExchangeOutcome:
    name = authority(conversation.host.address, conversation.port, conversation.tls)
    content = f"Content-Type: application/json\r\nContent-Length: {len(question.body)}\r\n" if question.body else ""
    head = (
        f"{question.method} {question.path} HTTP/1.1\r\nHost: {name}\r\nUser-Agent: Camcensus\r\nAccept: */*\r\n"
        f"Accept-Encoding: identity\r\n{content}{extra}Connection: keep-alive\r\n\r\n"
    )
    return await conversation.ask(head.encode() + question.body, once=once)


READS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("devicemgmt", ("GetDeviceInformation", "GetScopes", "GetNetworkInterfaces", "GetCapabilities")),
    ("media", ("GetVideoSources", "GetProfiles")),
    ("analytics", ("GetSupportedAnalyticsModules", "GetAnalyticsModules")),
    ("rules", ("GetSupportedRules", "GetRules")),
    ("events", ("GetEventProperties",)),
)
"""What is asked after login, by service; all only read. Events are named, never subscribed to."""
_ALLOWED = frozenset(operation for _, operations in READS for operation in operations)
_ASKED_WITH: dict[str, dict[str, str]] = {"GetCapabilities": {"Category": "All"}}
_TELL_LOGIN = ("GetDeviceInformation", "GetNetworkInterfaces")
"""Asked without a login first: how the device refuses the first of them that it does refuse tells how it wants a login."""

CONFIGURATIONS_LIMIT = 4
"""Video analytics configurations that are asked about: one a sensor."""


async def _read_onvif(session: SignIn, door: ServedPort) -> LoginOutcome:
    """Reads one device with the login of the session: one try, ended by the first refusal.

    Raises DiscoveryError where onvif-zeep's files are missing.
    """
    async with session.talk(door) as conversation:
        carrier = SoapCarrier(conversation, session)
        time = await carrier.ask(door.path, action_of(FIRST), encode_request(FIRST))
        if time.outcome != "answered":
            return session.no_answer()
        difference = (clock_of(time.body) or session.clock()) - session.clock()
        answer = ExchangeOutcome(outcome="silent")
        for operation in _TELL_LOGIN:
            answer = await carrier.ask(door.path, action_of(operation), encode_request(operation))
            if answer.outcome == "answered" and is_refusal(answer):
                carrier.needed = operation
                break
            told = read(f"onvif.{operation}", None, answer.body).all("serial") if answer.outcome == "answered" else ()
            if not session.is_as_listed(f"onvif.{operation}", told):
                return session.no_answer()
        token = session.login if carrier.needed else None
        if carrier.needed and answer.headers(b"www-authenticate"):
            scheme = session.scheme_of(answer)
            if isinstance(scheme, LoginOutcome):
                return scheme
            carrier.digest, token = scheme, None
        await _in_thread(_read_all, carrier, door.path, token, difference)
    if carrier.needed and not carrier.accepted:
        return session.refused() if carrier.refused else session.no_answer()
    return session.done(len(_ALLOWED))


class SoapCarrier:
    """Carries SOAP to the one host and port of a conversation, whatever address zeep was given.

    `needed` is the first question that the device refused without a login: its answer says whether the login was taken.
    """

    def __init__(self, conversation: Conversation, session: SignIn) -> None:
        self.conversation = conversation
        self.session = session
        self.digest: Digest | None = None
        self.needed: str | None = None
        self.accepted = False
        self.refused = False
        self.stopped = False
        self.answer = ExchangeOutcome(outcome="silent")
        self.loop = asyncio.get_running_loop()

    async def ask(self, path: str, action: str, body: bytes, extra: str = "", *, once: bool = False) -> ExchangeOutcome:
        host = self.conversation.host
        name = authority(host.address, self.conversation.port, self.conversation.tls)
        return await self.conversation.ask(soap_request(name, path, action, body, extra), once=once)

    def post(self, address: str, operation: str, body: bytes) -> ExchangeOutcome:
        """From zeep's thread: one question. PermissionError once stopped, and for what writes."""
        if self.stopped or operation not in _ALLOWED:
            raise PermissionError(operation)
        action = re.search(rb"<(?:\w+:)?Action[^>]*>([^<]+)<", body)
        asked = self._carry(path_of(address), action[1].decode() if action else operation, operation, body)
        self.answer = asyncio.run_coroutine_threadsafe(asked, self.loop).result()
        if self.stopped:
            raise PermissionError(operation)
        return self.answer

    async def _carry(self, path: str, action: str, operation: str, body: bytes) -> ExchangeOutcome:
        is_try = operation == self.needed and not self.accepted
        header = self.digest.header(self.session.login, "POST", path) if self.digest else ""
        answer = await self.ask(path, action, body, header, once=is_try)
        refused = is_refusal(answer)
        if is_try and answer.status == 200 and not refused:
            self.accepted = True
        elif is_try:
            # Also an answer that is neither yes nor no ends it: it may have counted as a wrong password.
            self.refused = answer.outcome == "answered"
            self.stopped = True
        self.stopped = self.stopped or refused
        return answer

    def keep(self, operation: str, parsed: Any) -> None:
        """From zeep's thread: hands out what zeep parsed of the last answer, or our codec where it could not."""
        if self.answer.outcome != "answered" or b"Envelope" not in self.answer.body:
            return
        try:
            fields = values_of(operation, parsed)
        except (AttributeError, TypeError):
            fields = None

        async def hand_out() -> bool:
            return self.session.keep(f"onvif.{operation}", self.conversation.port, self.answer, fields=fields)

        self.stopped = not asyncio.run_coroutine_threadsafe(hand_out(), self.loop).result()


def path_of(address: str) -> str:
    """The path of an address a device named; where it has none that can be in a request, the device service's."""
    parts = split_url(address)
    path = parts[3].partition("#")[0] if parts else DEVICE_PATH
    return path if re.fullmatch(r"/[\x21-\x7e]{0,500}", path) else DEVICE_PATH


def _read_all(carrier: SoapCarrier, path: str, token: Login | None, difference: timedelta) -> None:
    """Asks all of READS, service by service, until the first refusal. Runs in a thread of its own."""
    addresses = {"devicemgmt": f"http://pinned{path}"}
    tokens: list[str] = []
    for name, operations in READS:
        if name not in addresses:
            continue
        service = open_service(carrier, name, addresses[name], token, difference)
        # What was refused without the login goes first: its answer says whether the login was taken.
        for operation in sorted(operations, key=lambda one: one != carrier.needed):
            for parameters in _parameters(name, operation, tokens):
                carrier.answer = ExchangeOutcome(outcome="silent")
                try:
                    answer = getattr(service, operation)(parameters)
                except Exception:
                    answer = None  # A refusal, or what zeep cannot read.
                if carrier.stopped:
                    return
                carrier.keep(operation, answer)
                if carrier.stopped:
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
        return [_ASKED_WITH.get(operation)]
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
