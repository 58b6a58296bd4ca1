"""The questions for a single host: which, in which order, and when it has answered enough."""

from __future__ import annotations

from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.host import Host
from camcensus.discovery.http import Http, Rtsp, is_tls, secure_port, web_doors
from camcensus.discovery.onvif_open import DEVICE_PATH, OnvifOpen
from camcensus.discovery.pace import (
    GUESSED_PORTS,
    PROGRAM_PORTS,
    RTSP_PORTS,
    SHORT_HTTP_PORTS,
    SHORT_RTSP_PORTS,
    TLS_PORTS,
    may_ask,
)
from camcensus.discovery.probe import Emit, ServedPort
from camcensus.discovery.ssdp import Upnp

SILENT_LIMIT = 3
"""Ports of a host never heard from that stay silent, after which it is taken not to be there."""

HOST_PROBES = ("upnp", "onvif", "http", "tls", "rtsp")


class Inquiry:
    """Asks a host for its UPnP description, ONVIF before login, its web page and its video port."""

    name = "inquiry"

    def __init__(self) -> None:
        self._upnp, self._onvif, self._http, self._rtsp = Upnp(), OnvifOpen(), Http(), Rtsp()

    async def run(self, target: Host, emit: Emit) -> None:
        """Asks the ports it announced and a few others; all of the port list where it announced nothing.

        A printer, computer or the like is asked for its description only.
        """
        if target.is_other:
            return
        await self._upnp.run(target, emit)
        if target.is_other:
            return
        secure = await self._ask_onvif(target, emit)
        if not target.announced and target.rounds < 2:
            await self._guess(target, emit)
            await self._ask_programs(target, emit)
        if target.is_other or not (target.announced or target.rounds > 1):
            return
        await self._ask_video(target, emit)
        await self._ask_web(target, secure, emit)

    async def run_again(self, target: Host, emit: Emit) -> None:
        """Asks once more at the ports that stayed silent, with as much time as before."""
        doors, target.silent_doors = target.silent_doors, []
        target.spent_s = target.waited_s = 0.0
        for door in doors:
            if target.is_other:
                return
            target.tried = {one for one in target.tried if one[1] != door.port}
            if door.kind == "rtsp":
                await self._greet_video(target, door.port, emit)
            else:
                await self._greet_web(target, door, emit)

    async def _ask_onvif(self, host: Host, emit: Emit) -> list[ServedPort]:
        """Asks at each ONVIF service that it announced until one answers, and for the page there while the connection is open.

        Gives the doors that such pages send to.
        """
        secure: list[int | None] = []
        for door in host.offered("onvif", "onvifs"):
            if host.onvif_door is not None or not may_ask(door.port):
                continue
            async with host.talk("onvif", door.port, tls=is_tls(door)) as conversation:
                await self._onvif.ask_at(conversation, door, emit, sure=True)
                if conversation.is_open and ("http", door.port, "") not in host.tried:
                    secure.append(secure_port(await self._http.greet(conversation, emit)))
        return [ServedPort("https", port) for port in secure if port is not None]

    async def _guess(self, host: Host, emit: Emit) -> None:
        """Tries the port list, until the host announces itself after all, or is not there."""
        silent = 0
        video_answered = False
        for port in GUESSED_PORTS:
            is_video = port in RTSP_PORTS
            if not host.may_guess(port) or (video_answered if is_video else host.onvif_door is not None):
                continue
            if is_video:
                answer = await self._greet_video(host, port, emit)
                video_answered = answer.outcome == "answered"
            else:
                answer = await self._greet_web(host, ServedPort("https" if port in TLS_PORTS else "http", port), emit)
                secure = secure_port(answer)
                if secure is not None and ("http", secure, "") not in host.tried:
                    await self._greet_web(host, ServedPort("https", secure), emit)
            silent += answer.outcome == "silent"
            if host.is_other or host.announced or (silent >= SILENT_LIMIT and not host.alive):
                return

    async def _greet_web(self, host: Host, door: ServedPort, emit: Emit) -> ExchangeOutcome:
        """Asks a web port for its page, and for ONVIF where it answers and none was found yet."""
        async with host.talk("http", door.port, tls=is_tls(door)) as conversation:
            answer = await self._http.greet(conversation, emit)
            if answer.status is not None and host.onvif_door is None and not host.is_other:
                kind = "onvifs" if door.kind == "https" else "onvif"
                await self._onvif.ask_at(conversation, ServedPort(kind, door.port, DEVICE_PATH), emit, sure=False)
        if answer.outcome == "silent":
            host.silent_doors.append(door)
        return answer

    async def _greet_video(self, host: Host, port: int, emit: Emit) -> ExchangeOutcome:
        answer = await self._rtsp.greet(host, port, emit)
        if answer.outcome == "silent":
            host.silent_doors.append(ServedPort("rtsp", port))
        return answer

    async def _ask_web(self, host: Host, secure_doors: list[ServedPort], emit: Emit) -> None:
        announced = secure_doors + [
            ServedPort("https" if door.kind in ("https", "onvifs") else "http", door.port)
            for door in host.offered("http", "https", "onvif", "onvifs")
            if may_ask(door.port)
        ]
        others = () if host.rounds > 1 else (80,) if announced else SHORT_HTTP_PORTS  # Later only what it announced since.
        eighty_silent = False
        doors = web_doors(announced, others)
        while doors:
            door = doors.pop(0)
            if ("http", door.port, "") in host.tried or not (door in announced or host.may_guess(door.port)):
                continue
            answer = await self._greet_web(host, door, emit)
            eighty_silent = eighty_silent or (door.port == 80 and answer.outcome == "silent")
            secure = secure_port(answer)
            if secure is not None:
                doors.insert(0, ServedPort("https", secure))
            elif host.rounds < 2 and not doors and host.alive and (eighty_silent or not host.has_plain_page):
                # Where there is no plain page, the certificate may name the maker.
                doors += [ServedPort("https", port) for port in sorted(TLS_PORTS) if ("http", port, "") not in host.tried]
            if host.is_other:
                return

    async def _ask_video(self, host: Host, emit: Emit) -> None:
        announced = [door.port for door in host.offered("rtsp")]
        for port in announced or (SHORT_RTSP_PORTS if host.rounds < 2 else ()):
            if ("rtsp", port, "") in host.tried or not (port in announced or host.may_guess(port)):
                continue
            answer = await self._greet_video(host, port, emit)
            if answer.outcome == "answered" or (answer.outcome == "silent" and not host.alive):
                return

    async def _ask_programs(self, host: Host, emit: Emit) -> None:
        """Asks a computer that refused every port so far for the page of a program that shows or records pictures."""
        for port in PROGRAM_PORTS:
            if host.announced or host.opened or not host.refused:
                return
            await self._greet_web(host, ServedPort("http", port), emit)
