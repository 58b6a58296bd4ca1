"""Asking a device again, without a login, for what it was known by: right before a login goes, another may be in its place.

Only questions that a search asks too go out, and only those by which it was known. By UDP they go to the device alone, so what
answers only to all (SSDP, mDNS) is not asked again.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from camcensus.discovery.card import tie
from camcensus.discovery.host import Conversation
from camcensus.discovery.http import authority
from camcensus.discovery.onvif_open import DEVICE_PATH, FALLBACK, FIRST, THEN, soap_request
from camcensus.discovery.pace import MULTICAST_PORTS, TLS_PORTS, Turnstile, may_ask
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.target import Target
from camcensus.discovery.vendor_udp import PROTOCOLS
from camcensus.discovery.wsdiscovery import is_question
from camcensus.identity.known_by import names_one
from camcensus.model.observation import RAW_LIMIT_BYTES, Observation
from camcensus.wire.http import encode_get
from camcensus.wire.onvif import action_of, encode_request
from camcensus.wire.read import read
from camcensus.wire.rtsp import encode_describe
from camcensus.wire.wsdiscovery import encode_probe, encode_uniview_probe

TRIES = 3
"""How often a question goes out by UDP, where answers get lost."""
ANSWER_S = 0.8
"""How long an answer that tells who it is may take. Source: WS-Discovery, APP_MAX_DELAY, and the way."""
ANSWERS_LIMIT = 16
"""More answers than this to one question are not listened to; that is none of a camera's."""
_OPEN = frozenset({FIRST, *THEN, *FALLBACK.values()})

Talk = Callable[[ServedPort], contextlib.AbstractAsyncContextManager[Conversation]]


@dataclass(frozen=True, slots=True)
class _Datagram:
    """A question by UDP: to which port, from which one (0: any), its forms one after the other, and what is no answer to it."""

    port: int
    questions: tuple[Callable[[str], bytes], ...]
    is_question: Callable[[bytes], bool]
    reply_port: int = 0


_DATAGRAMS = {
    "wsdiscovery": _Datagram(
        MULTICAST_PORTS["wsdiscovery"],
        (
            lambda _: encode_probe(str(uuid.uuid4()), "nvt"),
            lambda _: encode_probe(str(uuid.uuid4()), "none", compact=True),
            lambda _: encode_uniview_probe(str(uuid.uuid4())),
            lambda _: encode_probe(str(uuid.uuid4()), "nvt"),
        ),
        is_question,
    ),
    **{
        one.name: _Datagram(one.port, (one.question,) * TRIES, one.is_question, one.reply_port or 0)
        for one in PROTOCOLS
        if one.answers_asker
    },
}


async def ask_again(target: Target, talk: Talk, turnstile: Turnstile) -> list[Observation]:
    """What the device shows now of what `target.known` is of; empty where it answers none. Each question is asked once."""
    questions: dict[tuple[str, str | None, int | None], Observation] = {}
    for one in filter(names_one, target.known):
        questions.setdefault((one.probe, one.ask, None if one.probe in _DATAGRAMS else one.port), one)
    found: list[Observation] = []

    async def by_udp(one: Observation) -> None:
        found.extend(_observation(one, target.address, raw) for raw in await _by_udp(target, one, turnstile))

    async with asyncio.TaskGroup() as together:
        for one in questions.values():
            if one.probe in _DATAGRAMS:
                together.create_task(by_udp(one))
        for one in questions.values():
            if one.probe not in _DATAGRAMS:
                found += [_observation(one, target.address, raw) for raw in await _by_tcp(target, one, talk)]
    return sorted(found, key=lambda one: (one.probe, one.port or 0, one.raw))


def is_asked_again(known: Observation) -> bool:
    """Whether what a reply answered is asked again: all but what devices tell to everybody by themselves."""
    if known.probe in _DATAGRAMS or (known.probe, known.ask) in (("http", "GET /"), ("rtsp", "DESCRIBE")):
        return True
    return known.probe.startswith("onvif.") and known.probe.removeprefix("onvif.") in _OPEN


async def _by_tcp(target: Target, known: Observation, talk: Talk) -> list[bytes]:
    port = known.port or 0
    if not may_ask(port):
        return []
    tls = port in target.certificates or port in TLS_PORTS
    name = authority(target.address, port, tls)
    operation = known.probe.removeprefix("onvif.")
    if known.probe == "http" and known.ask == "GET /":
        question = encode_get(name, keep=True)
    elif known.probe == "rtsp" and known.ask == "DESCRIBE":
        question, tls = encode_describe(target.address, port), False
    elif known.probe.startswith("onvif.") and operation in _OPEN:
        door = target.onvif if target.onvif is not None and target.onvif.port == port else None
        tls = tls or (door is not None and door.kind == "onvifs")
        path = door.path if door is not None and re.fullmatch(r"/[\x21-\x7e]{0,500}", door.path) else DEVICE_PATH
        question = soap_request(name, path, action_of(operation), encode_request(operation))
    else:
        return []
    async with talk(ServedPort("https" if tls else "http", port)) as conversation:
        answer = await conversation.ask(question)
    if answer.outcome != "answered":
        return []
    return [(answer.body if known.probe.startswith("onvif.") else answer.raw)[:RAW_LIMIT_BYTES]]


async def _by_udp(target: Target, known: Observation, turnstile: Turnstile) -> list[bytes]:
    """The answers to one question that tell who it is, heard for as long as one may take: two devices may answer.

    Where the system refuses the socket, none.
    """
    protocol, loop = _DATAGRAMS[known.probe], asyncio.get_running_loop()
    if not turnstile.may_touch(target.address):
        return []
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    own = target.card.address.split("/")[0] if target.card else "0.0.0.0"  # noqa: S104
    try:
        made = _socket(target, own, protocol.reply_port)
        transport, _ = await loop.create_datagram_endpoint(lambda: _Receiver(target.address, protocol, heard), sock=made)
    except OSError:
        return []
    try:
        for question in protocol.questions:
            await turnstile.question()
            transport.sendto(question(own), (target.address, protocol.port))
            answers = list[bytes]()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_S):
                    while len(answers) < ANSWERS_LIMIT:
                        answers.append(await heard.get())
            told = [raw for raw in dict.fromkeys(answers) if names_one(_observation(known, target.address, raw))]
            if told:
                return told
    finally:
        transport.abort()
    return []


def _socket(target: Target, own: str, port: int) -> socket.socket:
    """A socket on the card, at the port that answers come to where it is free."""
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        made.setblocking(False)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if target.card is not None:
            tie(made, target.card)
        try:
            made.bind((own, port))
        except OSError:
            made.bind((own, 0))
    except BaseException:
        made.close()
        raise
    return made


class _Receiver(asyncio.DatagramProtocol):
    """Takes what one address answers."""

    def __init__(self, address: str, protocol: _Datagram, heard: asyncio.Queue[bytes]) -> None:
        self._address, self._protocol, self._heard = address, protocol, heard

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if addr[0] == self._address and data and not self._protocol.is_question(data):
            self._heard.put_nowait(data[:RAW_LIMIT_BYTES])


def _observation(known: Observation, address: str, raw: bytes) -> Observation:
    reading = read(known.probe, known.ask, raw)
    return Observation(
        probe=known.probe, address=address, at=known.at, raw=raw, ask=known.ask, port=known.port, reading=reading
    )  # fmt: skip
