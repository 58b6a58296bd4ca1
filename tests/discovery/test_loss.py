"""Networks that lose what is sent: how that is told, and that what stayed silent is asked once more there and nowhere else."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import AsyncExitStack
from typing import Any

import pytest

from camcensus.discovery import host as room
from camcensus.discovery import loss
from camcensus.discovery.exchange import ExchangeOutcome, HttpConnection, connect
from camcensus.discovery.interruption import ClockWatch
from camcensus.discovery.loss import LOOKS, Waiting, lossy_networks
from camcensus.model.scan import Pace
from discovery.looking import Looked, look, run
from discovery.servers import Served, tcp

CAMERA, OTHER = "127.77.5.1", "127.77.5.2"
VIDEO = 8554


def video(_: bytes) -> bytes:
    return b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE, PLAY\r\n\r\n"


class Cable:
    """Connections get through it but the first `lost` to the video port; those to other ports are late where it `is_late`.

    While one is lost, this computer stands still for `stands_s`.
    """

    def __init__(self, lost: int, *, is_late: bool, stands_s: float = 0.0) -> None:
        self.lost, self.is_late, self.stands_s = lost, is_late, stands_s
        self.begun: Counter[tuple[str, int]] = Counter()

    async def connect(self, address: str, port: int, **more: Any) -> HttpConnection | ExchangeOutcome:
        self.begun[address, port] += 1
        if port == VIDEO and self.begun[address, port] <= self.lost:
            time.sleep(self.stands_s)
            return ExchangeOutcome(outcome="silent")
        came = await connect(address, port, **more)
        return came if isinstance(came, HttpConnection) else ExchangeOutcome(outcome=came.outcome, late=self.is_late)


def searched(cable: Cable, monkeypatch: pytest.MonkeyPatch, pace: Pace = "fast") -> tuple[Looked, Served]:
    """A search of two hosts that announce nothing: one shows only video, the other refuses all."""
    monkeypatch.setattr(room, "connect", cable.connect)

    async def work(stack: AsyncExitStack) -> tuple[Looked, Served]:
        served = await stack.enter_async_context(tcp(video, host=CAMERA, port=VIDEO))
        return await look(ranges=("127.77.5.0/30",), pace=pace), served

    return run(work)  # type: ignore[return-value]


@pytest.mark.parametrize("lost", range(1, LOOKS + 1))
def test_a_camera_that_shows_only_video_is_found_where_connections_to_it_were_lost(
    lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, _ = searched(Cable(lost, is_late=True), monkeypatch)
    assert [one.address for one in looked.of("rtsp")][:1] == [CAMERA]
    assert [one.outcome for one in looked.asked if one.address == CAMERA][-1] == "answered"


def test_a_port_that_stays_silent_is_asked_again_so_often_and_those_that_refused_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cable = Cable(100, is_late=True)
    searched(cable, monkeypatch)
    assert cable.begun.pop((CAMERA, VIDEO)) == 1 + LOOKS
    assert cable.begun.pop((OTHER, VIDEO)) == 1 + LOOKS
    assert set(cable.begun.values()) == {1}


def test_a_port_behind_a_firewall_is_asked_once_where_all_others_answer_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cable = Cable(100, is_late=False)
    looked, served = searched(cable, monkeypatch)
    assert set(cable.begun.values()) == {1}
    assert (served.accepted, looked.of("rtsp")) == ([], [])


@pytest.mark.parametrize("pace", ["normal", "fast"])
def test_what_was_asked_while_this_computer_stood_still_is_asked_again(pace: Pace, monkeypatch: pytest.MonkeyPatch) -> None:
    cable = Cable(1, is_late=False, stands_s=1.3)
    looked, _ = searched(cable, monkeypatch, pace)
    assert [one.address for one in looked.of("rtsp")][:1] == [CAMERA]
    assert [one.outcome for one in looked.asked if one.address == CAMERA][-1] == "answered"
    assert cable.begun[CAMERA, VIDEO] == 2


def test_only_what_was_asked_meanwhile_is_lost_to_a_stall() -> None:
    watch = ClockWatch()
    watch.stalls.append((5.0, 8.0))
    assert [watch.stood_still(asked) for asked in ((0.0, 4.9), (4.0, 5.1), (6.0, 6.5), (7.9, 9.0), (8.1, 9.0))] == [
        *(False, True, True, True, False)
    ]


def test_a_network_loses_what_is_sent_where_one_host_in_six_answers_late() -> None:
    def of(network: str, late: int, at_once: int) -> list[tuple[str, bool]]:
        return [(network, True)] * late + [(network, False)] * at_once

    assert lossy_networks([]) == set()
    assert lossy_networks([*of("a", 1, 5), *of("b", 1, 6), *of("c", 0, 40), *of("d", 1, 0), *of("e", 7, 34)]) == {"a", "d", "e"}


def waited(seconds: float, *, busy_s: float = 0.0) -> bool:
    async def work() -> bool:
        with Waiting() as waiting:
            time.sleep(busy_s)
            await asyncio.sleep(seconds)
        return waiting.late

    return asyncio.run(work())


def test_what_came_late_is_told_from_a_computer_that_looked_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loss, "_LAG_S", 10.0)
    assert waited(1.0)
    assert not waited(0.0)
    monkeypatch.setattr(loss, "_LAG_S", 0.1)
    assert not waited(0.0, busy_s=1.0)
    assert not waited(0.1, busy_s=1.0)
