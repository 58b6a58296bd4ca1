"""ONVIF before login: fixed questions that only read; the raw answers are saved.

The XML namespaces on the Envelope tell the maker, and SOAP libraries throw them away; so the answer's bytes are what is
handed out, faults included. No credentials are ever sent from here. Source: ONVIF Core, access classes.
"""

from __future__ import annotations

import re
from dataclasses import replace

from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.host import Conversation, Host
from camcensus.discovery.http import authority
from camcensus.discovery.probe import Emit, ServedPort
from camcensus.wire.onvif import action_of, encode_request

DEVICE_PATH = "/onvif/device_service"
FIRST = "GetSystemDateAndTime"
"""Must be answered without login, and shows whether the port speaks ONVIF at all."""
THEN = ("GetServices", "GetScopes", "GetDeviceInformation", "GetHostname", "GetNetworkInterfaces")
MODEL = "GetDeviceInformation"
WHERE_EACH_COSTS = (MODEL, "GetServices", "GetScopes", "GetHostname", "GetNetworkInterfaces")
"""The same for a host that closes after each answer: the model first, and not what any answer tells, that it speaks ONVIF."""
FALLBACK = {"GetServices": "GetCapabilities"}
"""Asked where the first is not answered: older devices know only the second."""
SPARED = frozenset({"GetServices", "GetHostname", "GetScopes", "GetNetworkInterfaces"})
"""Not asked where each would cost the host a new connection and the answer is known, or tells little beside the model."""
SCARCE_PER_SECOND = 100
"""At paces of so many connections a second or fewer, who announced ONVIF is not asked first whether it speaks it."""
REFUSALS = 3
"""Operations refused for want of a login, after which no more are asked."""

_ENVELOPE = re.compile(rb"<(?:[\w.-]+:)?Envelope[\s>]")
_NOT_AUTHORIZED = re.compile(
    rb"NotAuthorized|not\s+authorized|FailedAuthentication|authentication\s+failed|InvalidSecurity|NotLoggedIn|\blocked\b", re.I
)
_FAULT = re.compile(rb"<(?:[\w.-]+:)?Fault[\s>]")


class OnvifOpen:
    """Asks a host's ONVIF service what it tells everybody."""

    name = "onvif"

    async def ask_at(self, conversation: Conversation, door: ServedPort, emit: Emit, *, sure: bool) -> None:
        """Asks at one port; continues past a first refusal only where it is `sure` that ONVIF is served there."""
        host = conversation.host
        path = door.path if re.fullmatch(r"/[\x21-\x7e]{0,500}", door.path) else DEVICE_PATH
        if not host.first_time(self.name, door.port, path):
            return
        asked = refusals = 0
        is_scarce = host.turnstile.rate.per_second <= SCARCE_PER_SECOND
        conversation.count_for(self.name)
        waiting = list(THEN if sure and is_scarce else (FIRST, *THEN))
        while waiting:
            if waiting[0] == THEN[0] and MODEL in waiting and not await conversation.is_kept():
                waiting = list(WHERE_EACH_COSTS)
            operation = waiting.pop(0)
            if operation in SPARED and not await conversation.is_kept() and _is_spared(operation, host):
                continue
            answer = await self._ask(conversation, path, operation, emit)
            asked += 1
            if answer.outcome != "answered":
                return
            is_soap = _ENVELOPE.search(answer.body) is not None
            refused = is_refusal(answer)
            if asked == 1 and not is_soap and not (sure and refused):
                return
            if is_soap:
                host.onvif_door = host.onvif_door or ServedPort(door.kind, door.port, path)
            if refused:
                refusals += 1
                if refusals >= REFUSALS:
                    return
            elif answer.status != 200 and operation in FALLBACK:
                waiting.insert(0, FALLBACK[operation])

    async def _ask(self, conversation: Conversation, path: str, operation: str, emit: Emit) -> ExchangeOutcome:
        host, port = conversation.host, conversation.port
        question = soap_request(
            authority(host.address, port, conversation.tls), path, action_of(operation), encode_request(operation)
        )
        answer = await conversation.ask(question)
        if answer.outcome != "answered":
            return answer
        if answer.headers(b"www-authenticate"):
            emit(host.reply("http", port, answer, f"POST {path}"))
        if _ENVELOPE.search(answer.body):
            emit(replace(host.reply(f"onvif.{operation}", port, answer), raw=answer.body))
        return answer


def is_refusal(answer: ExchangeOutcome) -> bool:
    """Whether an answer says that a login is missing or wrong, in any of the ways that devices say it.

    The words count in a fault, and where there is no ONVIF answer at all: a device may be called "Locked gate".
    """
    if answer.status in (401, 403):
        return True
    is_said = _NOT_AUTHORIZED.search(answer.body) is not None
    return is_said and (_FAULT.search(answer.body) is not None or _ENVELOPE.search(answer.body) is None)


def _is_spared(operation: str, host: Host) -> bool:
    """On this computer's own networks the neighbour table tells the MAC address as soon as a connection is open."""
    is_near = host.interface is not None and ":" not in host.address
    known = {"GetScopes": host.has_scopes, "GetNetworkInterfaces": is_near, "GetServices": bool(host.onvif_door)}
    return known.get(operation, True)


def soap_request(host: str, path: str, action: str, body: bytes, extra: str = "") -> bytes:
    """An HTTP POST of a SOAP body. `extra` is whole header lines. Source: SOAP 1.2 part 2, 7.1; RFC 9112."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Camcensus\r\n"
        f'Content-Type: application/soap+xml; charset=utf-8; action="{action}"\r\n'
        f"Accept-Encoding: identity\r\nContent-Length: {len(body)}\r\n{extra}Connection: keep-alive\r\n\r\n"
    )
    return head.encode() + body
