"""Every payload is a device's answer to all that it is asked, all on one network with the school's own devices between them."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from camcensus.demo.estate import Estate, load_estate, unit
from camcensus.demo.ground import has_own_addresses
from camcensus.demo.serve import Served, serve
from camcensus.demo.template import LiteralReply, Sending
from costs import LONG_S, PATIENCE_S
from hostile.misbehaving import CANARY
from hostile.payloads import PAYLOADS
from hostile.test_network import MEASURED, MOST_MB

DATAGRAM_BYTES = 60_000

pytestmark = [
    pytest.mark.skipif(not has_own_addresses(), reason="this system has only 127.0.0.1"),
    pytest.mark.xdist_group("demo"),  # only one simulation can run on a network
]


@dataclass(frozen=True)
class Searched:
    """The command line's search of them, in a process of its own. `honest` are the devices that answer as they should."""

    document: dict[str, Any]
    stderr: str
    status: int
    memory_mb: int
    served: Served
    honest: Estate


@dataclass(frozen=True)
class Payload(Sending):
    """Answers everything with the same bytes."""

    data: bytes

    def send(
        self,
        protocol: str,
        reply: LiteralReply,
        values: Mapping[str, str],
        sender: socket.socket,
        to: tuple[str, int],
        other: Callable[[], socket.socket],
    ) -> None:
        sender.sendto(self.data[:DATAGRAM_BYTES], to)

    async def answer(
        self, protocol: str, reply: LiteralReply, values: Mapping[str, str], port: int, target: str, to: asyncio.StreamWriter
    ) -> bool:
        own = self.data
        if not own.startswith((b"HTTP/", b"RTSP/")) and protocol in ("http", "onvif"):
            own = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: %d\r\n\r\n" % len(self.data)
                + self.data
            )
        to.write(own)
        await to.drain()
        return True


@pytest.fixture(scope="module")
def searched(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Searched:
    school = load_estate(data_dir / "resources" / "demo")
    honest = list(school.devices)
    talkers = [one for one in honest if one.truth.kind in ("camera", "recorder") and one.speakers]
    liars = [
        replace(unit(talkers[number % len(talkers)], number // len(talkers) + 2), sending=Payload(data))
        for number, data in enumerate(PAYLOADS.values())
    ]
    canary = replace(honest[0], id="canary", address=CANARY, speakers=())
    most = tmp_path_factory.mktemp("searched") / "memory"
    command = [sys.executable, "-c", MEASURED, str(most), "scan", "--interface", "127.0.0.1", "--pace", "fast", "--json"]

    async def search() -> tuple[Served, bytes, bytes, int]:
        async with serve(replace(school, devices=(*liars, *honest, canary)), wait_s=60) as served:
            program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert program.stdout
            assert program.stderr
            out = asyncio.to_thread(program.stdout.read)
            err = asyncio.to_thread(program.stderr.read)
            said, complained = await asyncio.wait_for(asyncio.gather(out, err), PATIENCE_S)
            program.wait(LONG_S)
        return served, said, complained, program.returncode

    served, out, err, status = asyncio.run(search())
    document = json.loads(out or "null")
    return Searched(document, err.decode(), status, int(most.read_text()) >> 10, served, replace(school, devices=tuple(honest)))


def test_the_search_ends_by_itself_without_a_complaint_and_in_little_memory(searched: Searched) -> None:
    assert (searched.status, searched.stderr) == (0, "")
    assert searched.document["scan"]["stopped_early"] is False
    assert searched.memory_mb < MOST_MB
    assert [row for row in searched.document["scan"]["coverage"] if "failed" in (row["reason"] or "")] == []


def test_every_honest_camera_is_found_once_with_its_maker(searched: Searched) -> None:
    entries: dict[str, list[dict[str, Any]]] = {}
    for entry in searched.document["devices"]:
        for address in entry["addresses"]:
            entries.setdefault(address, []).append(entry)
    cameras = [one for one in searched.honest.devices if one.truth.kind in ("camera", "recorder") and one.truth.manufacturer]
    assert len(cameras) >= 17
    for device in cameras:
        assert [(one["kind"], one["manufacturer"]) for one in entries[device.address]] == [
            (device.truth.kind, device.truth.manufacturer)
        ], device.id


def test_no_host_is_contacted_for_another_and_nothing_is_written_or_logged_in_to(searched: Searched) -> None:
    assert searched.served.opened["canary"] == 0
    assert searched.served.writing() == ()
    assert max(searched.served.most_open.values()) <= 2


def test_what_they_say_is_shown_short_and_as_text(searched: Searched) -> None:
    shown = json.dumps(searched.document, ensure_ascii=False)
    assert "N" * 500 not in shown
    assert not any(letter in shown for letter in "\x00\x07\x1b\u202e\u2066")
    assert not any("\ud800" <= letter <= "\udfff" for letter in shown)
