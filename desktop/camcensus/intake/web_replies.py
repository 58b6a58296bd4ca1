"""A server's replies on one TCP connection, cut into those that a search would have got, without private ones.

Of questions only the method, the path and an ONVIF operation's name are looked at, and nothing of them is saved: no login, no
cookie, no query. Only the first page is kept whole, and only where anybody was given it; of all others, and where the question
carried a login or a cookie or was not seen, the lines of the head that say what answered are.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qs

from camcensus.model.errors import WireError
from camcensus.model.observation import RAW_LIMIT_BYTES
from camcensus.wire import dahua_cgi, isapi
from camcensus.wire.http import HEAD_LIMIT_BYTES, read_head, unpack
from camcensus.wire.tls_hello import certificate_in

REPLIES_LIMIT = 24
"""Of one connection: a search asks a device some ten questions over one."""
_ONVIF_NAMES = """
    GetSystemDateAndTime GetDeviceInformation GetScopes GetServices GetCapabilities GetHostname GetNetworkInterfaces
    GetEndpointReference GetVideoSources GetProfiles GetAnalyticsModules GetSupportedAnalyticsModules GetRules
    GetSupportedRules GetEventProperties
"""
ONVIF_KEPT = frozenset(_ONVIF_NAMES.split())
"""ONVIF answers that say what a device is; users, addresses of video and settings are left alone."""
_ISAPI_NAMES = """
    System/deviceInfo ContentMgmt/InputProxy/channels System/Video/inputs/channels System/Network/EZVIZ System/capabilities
    Smart/capabilities Intelligent/capabilities
"""
ISAPI_KEPT = frozenset(_ISAPI_NAMES.split())
DAHUA_KEPT = frozenset(["getSystemInfo", "getDeviceType", "getDeviceClass", "getSoftwareVersion", "getVendor"])
DAHUA_CONFIG_KEPT = frozenset(["T2UServer", "RemoteDevice", "VideoAnalyseRule"])


class WebReply(NamedTuple):
    """One reply as an observation holds it: its probe, what was asked, its bytes, and whether they stop short."""

    probe: str
    ask: str | None
    raw: bytes
    cut: bool = False


class HeardRequest(NamedTuple):
    """What is looked at of a question. `is_private` where it carried a login or a cookie; `number` is RTSP's CSeq."""

    method: str
    path: str
    query: str
    is_private: bool
    operation: str
    number: str


_REQUEST = re.compile(rb"([A-Z_]{3,20}) (\S{1,2000}) (?:HTTP|RTSP)/1\.[01]\r?\n")
_PRIVATE = re.compile(rb"(?im)^(?:authorization|cookie|x-auth[\w-]*|proxy-authorization)[ \t]*:")
_LENGTH = re.compile(rb"(?im)^content-length[ \t]*:[ \t]*([0-9]{1,9})")
_CSEQ = re.compile(rb"(?im)^cseq[ \t]*:[ \t]*([0-9]{1,10})")
_OPERATION = re.compile(rb"<(?:[\w.-]{1,60}:)?Body[^>]{0,400}>\s{0,64}<(?:[\w.-]{1,60}:)?([A-Za-z]{1,60})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"(HTTP|RTSP)/1\.[01] +([0-9]{3})")
_PUBLIC = frozenset(b"server www-authenticate content-type public allow cseq date".split())
_UPNP = b"urn:schemas-upnp-org:device-1-0"


def replies_of(answers: bytes, questions: bytes) -> Iterator[WebReply]:
    """The replies in what a server sent, in order. `questions` is what was sent to it, b"" where that was not seen."""
    if answers[:1] == b"\x16":
        certificate = certificate_in(answers)
        if certificate is not None and len(certificate) <= RAW_LIMIT_BYTES:
            yield WebReply("tls", None, certificate)
        return
    asked = list(_questions(questions))
    if any(one.method == "CONNECT" or not one.path.startswith(("/", "rtsp://", "*")) for one in asked):
        return  # A proxy answers for others.
    by_number = {one.number: one for one in asked if one.number}
    turn = 0
    for protocol, status, head, body, complete in _messages(answers, asked):
        if status.startswith("1"):
            continue
        if protocol == "RTSP":
            found = _CSEQ.search(head)
            yield _of_rtsp(head, body, by_number.get(found[1].decode("ascii")) if found else None)
            continue
        question = asked[turn] if turn < len(asked) else None
        turn += 1
        with contextlib.suppress(WireError):
            yield _of_http(status, head, body, complete, question)


def _questions(data: bytes) -> Iterator[HeardRequest]:
    at = 0
    for _ in range(REPLIES_LIMIT):
        found = _REQUEST.match(data, at)
        end = _HEAD_END.search(data, at) if found else None
        if found is None or end is None:
            return
        head = data[at : end.start() + 1]
        length = _LENGTH.search(head)
        at = end.end() + (int(length[1]) if length else 0)
        body = data[end.end() : at]
        path, _, query = found[2].decode("latin-1").partition("?")
        operation, number = _OPERATION.search(body), _CSEQ.search(head)
        yield HeardRequest(
            found[1].decode("ascii"), path, query, _PRIVATE.search(head) is not None or b"UsernameToken" in body,
            operation[1].decode("ascii") if operation else "", number[1].decode("ascii") if number else "",
        )  # fmt: skip


def _messages(data: bytes, asked: list[HeardRequest]) -> Iterator[tuple[str, str, bytes, bytes, bool]]:
    """Protocol, status, head with its empty line, body, and whether it is whole, of each message; REPLIES_LIMIT at most."""
    at = 0
    for turn in range(REPLIES_LIMIT):
        found = _STATUS.match(data, at)
        end = _HEAD_END.search(data, at, at + HEAD_LIMIT_BYTES) if found else None
        if found is None or end is None:
            again = _next_rtsp(data, at)
            if again is None:
                return
            at = again
            continue
        head = data[at : end.end()]
        protocol, status = found[1].decode("ascii"), found[2].decode("ascii")
        stops, whole = _end_of(data, end.end(), head, protocol, status)
        if protocol == "HTTP" and turn < len(asked) and asked[turn].method == "HEAD":
            stops, whole = end.end(), True
        yield protocol, status, head, data[end.end() : stops], whole
        at = stops


def _next_rtsp(data: bytes, at: int) -> int | None:
    """Where the next RTSP answer begins among interleaved video; None where there is none."""
    found = data.find(b"RTSP/1.0 ", at) if data[at : at + 1] == b"$" else -1
    return found if found >= 0 else None


def _end_of(data: bytes, start: int, head: bytes, protocol: str, status: str) -> tuple[int, bool]:
    """Where a message ends, and whether it is all there."""
    if re.search(rb"(?im)^transfer-encoding[ \t]*:[^\r\n]*chunked", head):
        return _end_of_chunks(data, start)
    length = _LENGTH.search(head)
    if length is not None:
        end = start + int(length[1])
        return min(end, len(data)), end <= len(data)
    if protocol == "RTSP" or status in ("204", "304"):
        return start, True
    return len(data), True


def _end_of_chunks(data: bytes, at: int) -> tuple[int, bool]:
    while True:
        line = data.find(b"\n", at, at + 128)
        size = re.match(rb"\s*([0-9a-fA-F]{1,8})", data[at:line]) if line >= 0 else None
        if size is None:
            return len(data), False
        length = int(size[1], 16)
        at = line + 1 + length
        if at >= len(data):
            return len(data), length == 0
        at += 2 if data[at : at + 2] == b"\r\n" else 1
        if length == 0:
            return at, True


def _of_rtsp(head: bytes, body: bytes, question: HeardRequest | None) -> WebReply:
    ask = question.method if question is not None and question.method in ("OPTIONS", "DESCRIBE") else None
    if ask is not None and question is not None and not question.is_private:
        raw = head + body if ask == "DESCRIBE" else head
        return WebReply("rtsp", ask, raw[:RAW_LIMIT_BYTES], len(raw) > RAW_LIMIT_BYTES)
    return WebReply("rtsp", ask, _public_lines(head), True)


def _of_http(status: str, head: bytes, body: bytes, complete: bool, question: HeardRequest | None) -> WebReply:
    content = unpack(read_head(head + body, "HTTP")) if body else b""
    named = _named(content, question, status)
    if named is not None:
        raw = content[:RAW_LIMIT_BYTES]
        return WebReply(named[0], named[1], raw, not complete or len(content) > RAW_LIMIT_BYTES)
    if (
        question is not None
        and (question.method, question.path, question.query) == ("GET", "/", "")
        and not question.is_private
    ):
        raw = head + body
        return WebReply("http", "GET /", raw[:RAW_LIMIT_BYTES], not complete or len(raw) > RAW_LIMIT_BYTES)
    ask = f"POST {question.path}" if question is not None and question.path.startswith("/onvif/") else None
    return WebReply("http", ask, _public_lines(head), True)


def _public_lines(head: bytes) -> bytes:
    """The status line, and the headers that say what answers; none that may hold a session or an address inside a system."""
    lines = head.splitlines(keepends=True)
    kept = [line for line in lines[1:] if line.partition(b":")[0].strip().lower() in _PUBLIC]
    return b"".join((*lines[:1], *kept, b"\r\n"))


def _named(content: bytes, question: HeardRequest | None, status: str) -> tuple[str, str | None] | None:
    """Probe and question of an answer in a language that is read; None for a page."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:64]
    path, query = (question.path, question.query) if question is not None else ("", "")
    if start.startswith(b"<"):
        if _UPNP in content[:4096]:
            return "upnp", None
        operation = _operation(content, question)
        if operation:
            return f"onvif.{operation}", None
        name = path.removeprefix("/ISAPI/").strip("/")
        if status == "200" and path.startswith("/ISAPI/") and name in ISAPI_KEPT and _reads(isapi.decode, content, None):
            return f"isapi.{name}", None
    if status == "200" and path.startswith("/cgi-bin/"):
        return _dahua(path, query, content)
    if status == "200" and path == "/axis-cgi/basicdeviceinfo.cgi" and start.startswith(b"{"):
        return "axis-cgi.basicdeviceinfo", None
    return None


def _operation(content: bytes, question: HeardRequest | None) -> str:
    """The ONVIF operation that was answered, "" where it is none that is kept."""
    found = _OPERATION.search(content[:16_384])
    if found is None or b"Envelope" not in content[:1024]:
        return ""
    if b"onvif.org" not in content[:16_384] and not (question is not None and question.path.startswith("/onvif/")):
        return ""
    name = found[1].decode("ascii")
    if name == "Fault":
        name = question.operation if question is not None else ""
    name = name.removesuffix("Response")
    return name if name in ONVIF_KEPT else ""


def _dahua(path: str, query: str, content: bytes) -> tuple[str, str | None] | None:
    asked = parse_qs(query[:400], max_num_fields=8)
    action, name = asked.get("action", [""])[0], asked.get("name", [""])[0]
    ask = None
    if path == "/cgi-bin/magicBox.cgi" and action in DAHUA_KEPT:
        probe = f"dahua-cgi.{action}"
    elif path == "/cgi-bin/magicBox.cgi" and (action, name) == ("getProductDefinition", "MaxRemoteInputChannels"):
        probe, ask = "dahua-cgi.getProductDefinition", name
    elif path == "/cgi-bin/configManager.cgi" and action == "getConfig" and name in DAHUA_CONFIG_KEPT:
        probe, ask = "dahua-cgi.getConfig", name
    else:
        return None
    return (probe, ask) if _reads(dahua_cgi.decode, content, ask) else None


def _reads(decode: Callable[[bytes, str | None], Mapping[str, object]], content: bytes, ask: str | None) -> bool:
    try:
        decode(content, ask)
    except WireError:
        return False
    return True
