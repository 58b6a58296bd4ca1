"""Reading an ONVIF device after login, through onvif-zeep: the only door to it. Only what reads is ever sent.

onvif-zeep's own ONVIFCamera subscribes to events on every device it opens, follows any address a device names, and has no
time limit; so only its ONVIFService is used, one per service, over the bounded exchange of this program, pinned to the host
and port that were probed. Its XML reader is given only what `exchange` let through.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import importlib.metadata
import logging
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from camcensus.discovery.exchange import Answer
from camcensus.discovery.host import Conversation, Host
from camcensus.discovery.http import authority, is_tls
from camcensus.discovery.login import Attempts, Digest, Login
from camcensus.discovery.onvif_open import DEVICE_PATH, FIRST, soap_request
from camcensus.discovery.probe import Door, Emit, Reply
from camcensus.model.errors import DiscoveryError
from camcensus.wire.onvif import action_of, encode_request
from camcensus.wire.text import split_url

CLOCK_WARN = timedelta(minutes=10)
CLOCK_REFUSE = timedelta(hours=24)
"""A login is signed with the device's time; a device that lies about it collects signatures for later."""

READS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("devicemgmt", ("GetDeviceInformation", "GetScopes", "GetNetworkInterfaces", "GetCapabilities")),
    ("media", ("GetVideoSources", "GetProfiles")),
)
"""What is asked after login, by service; all only read."""
_ALLOWED = frozenset(operation for _, operations in READS for operation in operations)
_PARAMETERS: dict[str, dict[str, str]] = {"GetCapabilities": {"Category": "All"}}

_REFUSED = re.compile(rb"NotAuthorized|not\s+authorized|FailedAuthentication|InvalidSecurity|locked", re.I)
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class LoginOutcome:
    """How it went; `say` is one sentence. "clock" asks a person to allow a clock that is far off."""

    state: Literal["read", "refused", "clock", "silent", "held"]
    say: str


async def read_after_login(
    host: Host,
    login: Login,
    attempts: Attempts,
    emit: Emit,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    clock_allowed: bool = False,
) -> LoginOutcome:
    """Reads one device with a login that a person typed for it: one attempt, ended by the first refusal.

    Raises DiscoveryError where onvif-zeep's files are missing.
    """
    held = attempts.may_try(login, host.address)
    if held:
        return LoginOutcome("held", held)
    door = host.onvif_door or Door("onvif", 80, DEVICE_PATH)
    async with host.talk("onvif-login", door.port, tls=is_tls(door)) as conversation:
        pinned = _Pinned(conversation, emit, login)
        time = await pinned.ask(door.path, action_of(FIRST), encode_request(FIRST))
        if time.outcome != "answered":
            return LoginOutcome("silent", f"{host.address} did not answer: check that it is switched on, then try again.")
        difference = (clock_of(time.body) or clock()) - clock()
        if abs(difference) > CLOCK_REFUSE or (abs(difference) > CLOCK_WARN and not clock_allowed):
            return LoginOutcome(
                "clock", f"The clock of {host.address} is off by {_spoken(difference)}: set it, or allow it once."
            )
        first = await pinned.ask(door.path, action_of("GetDeviceInformation"), encode_request("GetDeviceInformation"))
        challenge = b", ".join(first.headers(b"www-authenticate")).decode("latin-1")
        needs_login = first.status in (401, 403) or _REFUSED.search(first.body) is not None
        if needs_login and challenge:
            pinned.digest = Digest.from_challenge(challenge)
            if pinned.digest is None:
                return LoginOutcome("held", f"{host.address} asks for a password in clear text, so none was sent.")
        token = login if needs_login and pinned.digest is None else None
        await _in_thread(_read_all, pinned, door.path, token, difference)
    if pinned.refused and needs_login:
        attempts.note(login, host.address, refused=True)
        return LoginOutcome(
            "refused", f"{host.address} refused (password, lock, or too many connections); it was asked once and no more."
        )
    if needs_login and pinned.read:
        attempts.note(login, host.address, refused=False)
    return LoginOutcome("read", f"{host.address} answered {pinned.read} of {len(_ALLOWED)} questions.")


class _Pinned:
    """Carries SOAP to the one host and port of a conversation, whatever address zeep was given."""

    def __init__(self, conversation: Conversation, emit: Emit, login: Login) -> None:
        self.conversation = conversation
        self.emit = emit
        self.login = login
        self.digest: Digest | None = None
        self.refused = False
        self.read = 0
        self.services: dict[str, str] = {}
        self.loop = asyncio.get_running_loop()

    async def ask(self, path: str, action: str, body: bytes) -> Answer:
        host = self.conversation.host
        extra = self.digest.header(self.login, "POST", path) if self.digest else ""
        name = authority(host.address, self.conversation.port, self.conversation.tls)
        return await self.conversation.ask(soap_request(name, path, action, body, extra))

    def post(self, address: str, operation: str, body: bytes) -> Answer:
        """From zeep's thread: one question, its answer emitted. PermissionError once refused, and for what writes."""
        if self.refused or operation not in _ALLOWED:
            raise PermissionError(operation)
        path = path_of(address)
        action = re.search(rb"<(?:\w+:)?Action[^>]*>([^<]+)<", body)
        asked = self.ask(path, action[1].decode() if action else operation, body)
        answer = asyncio.run_coroutine_threadsafe(asked, self.loop).result()
        host = self.conversation.host
        self.refused = answer.status in (401, 403) or _REFUSED.search(answer.body) is not None
        if answer.outcome == "answered" and b"Envelope" in answer.body:
            port, card = self.conversation.port, host.interface
            reply = Reply(
                probe=f"onvif.{operation}", address=host.address, port=port, raw=answer.body, interface=card, cut=answer.cut
            )
            self.loop.call_soon_threadsafe(self.emit, reply)
            self.read += answer.status == 200
        if self.refused:
            raise PermissionError(operation)
        return answer


def path_of(address: str) -> str:
    """The path of an address a device named; where it has none that can stand in a request, the device service's."""
    parts = split_url(address)
    path = parts[3].partition("#")[0] if parts else DEVICE_PATH
    return path if re.fullmatch(r"/[\x21-\x7e]{0,500}", path) else DEVICE_PATH


def _read_all(pinned: _Pinned, path: str, token: Login | None, difference: timedelta) -> None:
    """Asks all of READS, service by service, until the first refusal. Runs in a thread of its own."""
    addresses = {"devicemgmt": f"http://pinned{path}"}
    for name, operations in READS:
        if name not in addresses:
            continue
        service = _service(pinned, name, addresses[name], token, difference)
        for operation in operations:
            try:
                answer = getattr(service, operation)(_PARAMETERS.get(operation))
            except Exception:
                # Its codec reads the answer as it came; here only a refusal matters, and what zeep cannot read is passed over.
                answer = None
            if pinned.refused:
                return
            if operation == "GetCapabilities" and answer is not None:
                media = getattr(answer, "Media", None)
                address = getattr(media, "XAddr", None)
                if address:
                    addresses["media"] = str(address)


def _service(pinned: _Pinned, name: str, address: str, token: Login | None, difference: timedelta) -> Any:
    onvif, zeep, document, transport = _library(name)
    made = transport(pinned)
    signature = None
    if token is not None:
        signature = onvif.client.UsernameDigestTokenDtDiff(token.user, token.password, dt_diff=difference, use_digest=True)
    definition = onvif.definition.SERVICES[name]
    client = zeep.Client(document, wsse=signature, transport=made, settings=_settings(zeep))
    binding = f"{{{definition['ns']}}}{definition['binding']}"
    wsdl = str(wsdl_folder() / definition["wsdl"])
    return onvif.ONVIFService(address, "", "", wsdl, zeep_client=client, binding_name=binding)


def _settings(zeep: Any) -> Any:
    # force_https: zeep spoils Windows paths with it where a drive is mapped.
    return zeep.Settings(strict=False, force_https=False, forbid_dtd=True, forbid_entities=True, forbid_external=True)


@cache
def _library(name: str) -> tuple[Any, Any, Any, Any]:
    """onvif-zeep, zeep, the parsed description of a service (shared by all devices), and the transport class."""
    with _lock:
        onvif, zeep = load_onvif()
        import requests

        class Bounded(zeep.transports.Transport):  # type: ignore[misc,name-defined]
            """zeep's transport over our exchange. It opens no connection of its own, also not for schemas."""

            def __init__(self, pinned: _Pinned | None = None) -> None:
                super().__init__()
                self.session.trust_env = False
                self.session.adapters.clear()
                self._pinned = pinned

            def post(self, address: str, message: Any, _headers: dict[str, str]) -> requests.Response:
                if self._pinned is None:
                    raise PermissionError(address)
                body = message if isinstance(message, bytes) else str(message).encode()
                answer = self._pinned.post(address, operation_of(body), body)
                response = requests.Response()
                response.status_code = answer.status or 500
                response.headers["Content-Type"] = "application/soap+xml; charset=utf-8"
                response._content = answer.body
                return response

            def post_xml(self, address: str, envelope: Any, headers: dict[str, str]) -> requests.Response:
                from lxml import etree

                return self.post(address, etree.tostring(envelope, encoding="utf-8", xml_declaration=True), headers)

        wsdl = (wsdl_folder() / onvif.definition.SERVICES[name]["wsdl"]).resolve()
        document = zeep.wsdl.Document(str(wsdl), Bounded(), settings=_settings(zeep))
        return onvif, zeep, document, Bounded


def operation_of(body: bytes) -> str:
    """The operation that a SOAP body asks for, "" where there is none."""
    found = re.search(rb"<(?:[\w.-]+:)?Body[^>]*>\s*<(?:[\w.-]+:)?([A-Za-z]+)", body)
    return found[1].decode("ascii") if found else ""


def load_onvif() -> tuple[Any, Any]:
    """onvif-zeep and zeep, without what importing them does to this program's log, and never logging what is sent."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    import onvif
    import onvif.client
    import onvif.definition
    import zeep
    import zeep.transports
    import zeep.wsdl

    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("zeep", "onvif"):
        # At DEBUG zeep logs whole envelopes, with the login.
        logging.getLogger(name).setLevel(logging.WARNING)
    return onvif, zeep


def wsdl_folder() -> Path:
    """The folder of onvif-zeep's service descriptions, wherever its installer put it. Raises DiscoveryError."""
    onvif, _ = load_onvif()
    places = [Path(onvif.__file__).resolve().parent.parent / "wsdl"]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        places.insert(0, Path(bundle) / "wsdl")
    try:
        listed = importlib.metadata.files("onvif-zeep") or []
    except importlib.metadata.PackageNotFoundError:
        listed = []
    places += [Path(str(one.locate())).resolve().parent for one in listed if one.name == "devicemgmt.wsdl"]
    places += sorted(Path(sys.prefix).glob("lib/python3.*/*-packages/wsdl"))
    for place in places:
        if (place / "devicemgmt.wsdl").is_file():
            return place
    raise DiscoveryError("The descriptions of ONVIF services are missing from this installation: install Camcensus again.")


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


def _spoken(difference: timedelta) -> str:
    minutes = round(abs(difference).total_seconds() / 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"
