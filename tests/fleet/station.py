"""Run as a program: a fleet on a network of its own, until its standard input ends. Speaks JSON lines.

    python tests/fleet/station.py SIZE FOLDER [loopback | SEED LAYOUT DOUBLED REPEATS]

"loopback" serves on 127.77.0.0/16 of the network that it is started in, for systems where namespaces cannot be made. With a seed
the fleet is drawn (`catalogue.draw_fleet`), and stands in a layout of `lan`; REPEATS is how many devices one of them speaks for.

It says {"ready": true, "scanner": "/proc/…/fd/N", …}; on {"report": true} it counts, and begins anew where "anew" is true too.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import ssl
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from camcensus.demo.estate import DemoPort, SimDevice
from camcensus.demo.ground import Ground, Loopback
from camcensus.demo.serve import Request, Served, serve_on
from fleet.catalogue import FIRST, FIRST_LOOPBACK, Unit, draw_fleet, estate_of, load_fleet
from fleet.lan import NETWORK, Lan, Layout, Placed
from fleet.repeater import Repeater
from fleet.watch import Watch, Watched

ANSWER_WITHIN_S = 0.5
"""Real devices take up to this. Source: WS-Discovery, APP_MAX_DELAY."""


class Certificates:
    """A key for all, a certificate for each name asked for; made with openssl, which is asked once for each name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, ssl.SSLContext] = {}

    def context(self, device: SimDevice, door: DemoPort) -> ssl.SSLContext:
        """What a door shows: the device's value `certificate` is the subject, as openssl spells it."""
        del door
        subject = device.values.get("certificate", "/CN=localhost")
        if subject not in self._made:
            key, certificate = self._folder / "key.pem", self._folder / f"{len(self._made)}.pem"
            if not key.exists():
                made = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key]
                subprocess.run(made, check=True, capture_output=True)
            made = ["openssl", "req", "-x509", "-new", "-key", key, "-days", "3650", "-subj", subject, "-out", certificate]
            subprocess.run(made, check=True, capture_output=True)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            self._made[subject] = context
        return self._made[subject]


def report(
    units: tuple[Unit, ...], served: Served, lan: Lan | None, watch: Watch | None, before: dict[str, Any], *, anew: bool
) -> dict[str, Any]:
    """What the fleet counted, since the last time it began anew."""
    traffic = lan.traffic() if lan else {}
    seen = (watch.taken(anew=anew) if watch else Watched()).report()
    by_device: dict[str, list[Request]] = {}
    for request in served.requests:
        by_device.setdefault(request.device, []).append(request)
    devices = {}
    for one in units:
        name = one.device.id
        now, was = traffic.get(name, (0,) * 5), before["traffic"].get(name, (0,) * 5)
        asked = by_device.get(name, [])
        failed = sum(request.credentials for request in asked)
        devices[name] = {
            "address": one.device.address,
            "packets_to_it": now[0] - was[0],
            "packets_to_all": now[1] - was[1],
            "bytes_in": now[2] - was[2],
            "packets_out": now[3] - was[3],
            "bytes_out": now[4] - was[4],
            "connections": seen["begun_to"].get(one.device.address, 0) if watch else served.opened[name],
            "taken": served.opened[name],
            "open_at_once": seen["open_at_once"].get(one.device.address, 0) if watch else served.most_open[name],
            "requests": len(asked),
            "failed_logins": failed,
            "locked": one.locks_after is not None and failed >= one.locks_after,
            "writes": [request.line for request in asked if request.writes],
            "raw_bytes": sum(int(request.line.split()[0]) for request in asked if request.protocol == "raw"),
        }
    counted = Counter(f"{request.protocol} {_without_values(request)}" for request in served.requests)
    if anew:
        served.requests.clear()
        served.most_open.clear()
        served.opened.clear()
        before["traffic"] = traffic
    return {"devices": devices, "requests": dict(counted.most_common(400)), "cable": seen}


def _without_values(request: Request) -> str:
    """The method and path of a request, the operation of an ONVIF one."""
    return request.operation or request.line


def make(arguments: list[str]) -> tuple[tuple[Unit, ...], Lan | None, Repeater | None]:
    """The fleet that the arguments name, its network, and the one that repeats others where there is one."""
    size, folder, *more = arguments
    if more == ["loopback"]:
        return load_fleet(int(size), Path(folder), first=FIRST_LOOPBACK), None, None
    layout: Layout = "local"
    repeats = 0
    if more:
        seed, layout, doubled, repeats = int(more[0]), more[1], float(more[2]), int(more[3])  # type: ignore[assignment]
        units = draw_fleet(int(size), seed, doubled=doubled, repeats=repeats > 0)
    else:
        units = load_fleet(int(size), Path(folder), first=FIRST)
    lan = Lan([Placed(one.device, one.behind, one.also) for one in units if one.found != "never"], layout)
    return units, lan, Repeater(lan, units, repeats) if repeats else None


async def run(arguments: list[str]) -> None:
    """Serves until standard input ends."""
    try:
        units, lan, repeater = make(arguments)
    except OSError as error:
        print(json.dumps({"no_network": str(error)}), flush=True)
        return
    ground: Ground = lan or Loopback(own_addresses=True)
    watch = Watch(lan.cable, lan.interfaces[0]) if lan else None
    if watch:
        watch.start()
    if repeater:
        repeater.start()
    before: dict[str, Any] = {"traffic": {}}
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    with tempfile.TemporaryDirectory() as place:
        tls = Certificates(Path(place))
        async with serve_on(ground, estate_of(units), answer_within_s=ANSWER_WITHIN_S, tls=tls.context) as served:
            before["traffic"] = lan.traffic() if lan else {}
            ready = {
                "ready": True,
                "scanner": f"/proc/{os.getpid()}/fd/{lan.scanner}" if lan else "",
                "address": ground.interfaces[0],
                "addresses": list(ground.interfaces),
                "range": str(NETWORK) if lan else "",
                "notes": list(served.notes),
            }
            print(json.dumps(ready), flush=True)
            while line := await reader.readline():
                order = json.loads(line)
                print(json.dumps(report(units, served, lan, watch, before, anew=bool(order.get("anew")))), flush=True)


def main(arguments: list[str]) -> None:
    """Serves a fleet."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))
    asyncio.run(run(arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
