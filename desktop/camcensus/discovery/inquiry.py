"""What a single host is asked, in which order, and when it has told enough."""

from __future__ import annotations

from camcensus.discovery.host import Host
from camcensus.discovery.http import Http, secure_port, web_doors
from camcensus.discovery.onvif_open import DEVICE_PATH, OnvifOpen
from camcensus.discovery.pace import (
    HTTP_PORTS,
    PROGRAM_PORTS,
    RTSP_PORTS,
    SHORT_HTTP_PORTS,
    SHORT_RTSP_PORTS,
    TLS_PORTS,
    may_ask,
)
from camcensus.discovery.probe import Door, Emit
from camcensus.discovery.rtsp import Rtsp
from camcensus.discovery.ssdp import Upnp

SILENT_LIMIT = 3
"""Web ports of a host never heard from that stay silent, after which it is taken not to be there."""

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
        await self._onvif.run(target, emit)
        await self._ask_web(target, emit)
        await self._ask_video(target, emit)
        await self._ask_programs(target, emit)

    async def _ask_web(self, host: Host, emit: Emit) -> None:
        announced = [
            Door("https" if door.kind in ("https", "onvifs") else "http", door.port)
            for door in host.offered("http", "https", "onvif", "onvifs")
            if may_ask(door.port)
        ]
        if host.rounds > 1:
            others: tuple[int, ...] = ()  # Asked before; now only what it has announced since.
        elif not host.announced:
            others = HTTP_PORTS
        elif announced:
            others = (80,)
        else:
            others = SHORT_HTTP_PORTS
        silent = 0
        plain = eighty_silent = False
        doors = web_doors(announced, others)
        while doors:
            door = doors.pop(0)
            if ("http", door.port, "") in host.tried:
                continue
            answer = await self._http.greet(host, door, emit)
            plain = plain or (door.kind == "http" and answer.status is not None)
            eighty_silent = eighty_silent or (door.port == 80 and answer.outcome == "silent")
            secure = secure_port(answer)
            if secure is not None:
                doors.insert(0, Door("https", secure))
            elif host.announced and host.rounds < 2 and not doors and host.alive and (eighty_silent or not plain):
                # Where there is no plain page, the certificate may name the maker.
                doors += [Door("https", port) for port in sorted(TLS_PORTS) if ("http", port, "") not in host.tried]
            if answer.outcome == "silent" and not host.alive:
                silent += 1
                if silent >= SILENT_LIMIT:
                    return
            if host.is_other:
                return
            if answer.status is not None and host.onvif_door is None:
                kind = "onvifs" if door.kind == "https" else "onvif"
                await self._onvif.ask_at(host, Door(kind, door.port, DEVICE_PATH), emit, sure=False)
            if not host.announced and host.onvif_door is not None:
                return

    async def _ask_video(self, host: Host, emit: Emit) -> None:
        announced = [door.port for door in host.offered("rtsp")]
        usual = SHORT_RTSP_PORTS if host.announced else RTSP_PORTS
        for port in announced or (usual if host.rounds < 2 else ()):
            if ("rtsp", port, "") in host.tried:
                continue
            answer = await self._rtsp.greet(host, port, emit)
            if answer.outcome == "answered" or (answer.outcome == "silent" and not host.alive):
                return

    async def _ask_programs(self, host: Host, emit: Emit) -> None:
        """Asks a computer that refused every port so far for the page of a program that shows or records pictures."""
        for port in PROGRAM_PORTS:
            if host.announced or host.rounds > 1 or host.answered or host.waited_s or not host.refused:
                return
            await self._http.greet(host, Door("http", port), emit)
