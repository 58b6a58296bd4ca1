"""What makers' own web interfaces tell after login: ISAPI of Hikvision, Dahua's CGI, Axis's VAPIX. All of it only reads.

Source: ISAPI as hikvision_next uses it; Dahua's HTTP API; Axis, VAPIX: Basic device information, Parameter management,
Application API. A camera answers what only recorders know with a 403 or 404, and the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.host import Conversation
from camcensus.discovery.http import authority
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.session import LoginSession, date_of
from camcensus.discovery.way import Way
from camcensus.model.logins import LoginOutcome
from camcensus.wire.read import read


@dataclass(frozen=True, slots=True)
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


def _isapi(path: str) -> WebQuestion:
    return WebQuestion(f"isapi.{path}", f"/ISAPI/{path}")


def _magic_box(action: str) -> WebQuestion:
    return WebQuestion(f"dahua-cgi.{action}", f"/cgi-bin/magicBox.cgi?action={action}")


def _config(name: str) -> WebQuestion:
    return WebQuestion("dahua-cgi.getConfig", f"/cgi-bin/configManager.cgi?action=getConfig&name={name}", name)


_ISAPI = (
    "System/deviceInfo",
    "ContentMgmt/InputProxy/channels",
    "System/Video/inputs/channels",
    "System/Network/EZVIZ",
    "System/capabilities",
    "Smart/capabilities",
    "Intelligent/capabilities",
)

QUESTIONS: Mapping[str, tuple[WebQuestion, ...]] = {
    "hikvision": tuple(map(_isapi, _ISAPI)),
    "dahua": (
        *map(_magic_box, ("getSystemInfo", "getDeviceType", "getDeviceClass", "getSoftwareVersion", "getVendor")),
        WebQuestion(
            "dahua-cgi.getProductDefinition",
            "/cgi-bin/magicBox.cgi?action=getProductDefinition&name=MaxRemoteInputChannels",
            "MaxRemoteInputChannels",
        ),
        *map(_config, ("T2UServer", "RemoteDevice", "VideoAnalyseRule")),
    ),
    "axis": (
        WebQuestion(
            "axis-cgi.basicdeviceinfo",
            "/axis-cgi/basicdeviceinfo.cgi",
            body=b'{"apiVersion":"1.0","context":"camcensus","method":"getAllProperties"}',
        ),
        WebQuestion(
            "axis-cgi.param", "/axis-cgi/param.cgi?action=list&group=root.Brand,root.Properties.System,root.Properties.Firmware"
        ),
        WebQuestion("axis-cgi.applications", "/axis-cgi/applications/list.cgi"),
    ),
}
"""By manufacturer id. The first that a device knows opens: its answer without a login says how to log in."""

OPENERS = 2


async def read_web(
    session: LoginSession, questions: tuple[WebQuestion, ...], door: ServedPort, told: datetime | None
) -> LoginOutcome | None:
    """Reads a device by its maker's web interface; None where it speaks none at this door, and then no login was sent.

    `told` is the device's time, None where it is not known yet.
    """
    async with session.talk(door) as conversation:
        opener, answer = questions[0], ExchangeOutcome(outcome="silent")
        for opener in questions[:OPENERS]:
            answer = await _ask(conversation, opener)
            if answer.outcome != "answered":
                session.silent.add(door.port)
                return session.no_answer(conversation) if conversation.guarded else None
            if answer.status in (200, 401):
                break
        is_open = _is_answer(opener, answer)
        if not is_open and answer.status != 401:
            return None
        if (doubt := session.doubt_at(door.port)) is not None:
            return doubt
        if is_open:
            other = session.keep(opener.probe, door.port, answer, opener.ask)
            return other or await _read_rest(session, conversation, questions, opener, None)
        scheme = session.scheme_of(answer, conversation)
        why = scheme if isinstance(scheme, LoginOutcome) else session.clock_problem(told or date_of(answer))
        if why is not None or isinstance(scheme, LoginOutcome):
            return why
        way = Way(session, conversation, scheme, lambda: _ask(conversation, opener))
        why = await way.claim(answer)
        if why is not None:
            return why
        answer = await _ask(conversation, opener, way.header(opener.method, opener.path), once=True)
        if answer.outcome != "answered":
            return session.no_answer(conversation)
        if answer.status != 200:
            return session.refused()
        session.attempts.settle(session.login, session.target.keys, accepted=True)
        other = session.keep(opener.probe, door.port, answer, opener.ask)
        return other or await _read_rest(session, conversation, questions, opener, way)


async def _read_rest(
    session: LoginSession,
    conversation: Conversation,
    questions: tuple[WebQuestion, ...],
    opener: WebQuestion,
    way: Way | None,
) -> LoginOutcome:
    """The other questions, until the device refuses one; those that it does not know are passed over."""
    for question in questions:
        if question is opener:
            continue
        if way is not None and not await way.is_open():
            break
        header = way.header(question.method, question.path) if way else ""
        answer = await _ask(conversation, question, header)
        if answer.outcome != "answered" or answer.status == 401:
            break
        if answer.status == 200 and (other := session.keep(question.probe, conversation.port, answer, question.ask)):
            return other
    return session.done(len(questions))


def _is_answer(question: WebQuestion, answer: ExchangeOutcome) -> bool:
    """Whether an answer without a login is one, and not a web page."""
    return answer.status == 200 and read(question.probe, question.ask, answer.body).state == "read"


async def _ask(conversation: Conversation, question: WebQuestion, extra: str = "", *, once: bool = False) -> ExchangeOutcome:
    name = authority(conversation.host.address, conversation.port, conversation.tls)
    content = f"Content-Type: application/json\r\nContent-Length: {len(question.body)}\r\n" if question.body else ""
    head = (
        f"{question.method} {question.path} HTTP/1.1\r\nHost: {name}\r\nUser-Agent: Camcensus\r\nAccept: */*\r\n"
        f"Accept-Encoding: identity\r\n{content}{extra}Connection: keep-alive\r\n\r\n"
    )
    return await conversation.ask(head.encode() + question.body, once=once)
