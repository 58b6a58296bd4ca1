"""DHCP requests that a search hears: those of camera makers' devices, and a plain sentence where the system does not let it."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
from contextlib import AsyncExitStack

import pytest

import pcaps
from camcensus.discovery import dhcp, udp
from camcensus.discovery.probe import Network
from camcensus.model.scan import Interface
from discovery.looking import Looked, look, run
from pcaps import CAMERA_MAC, OTHER_MAC

CAN_LISTEN = sys.platform != "linux" or os.geteuid() == 0


def send(*messages: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.bind(("127.77.0.1", 0))
        for message in messages:
            client.sendto(message, ("127.0.0.1", dhcp.PORT))


def heard(*messages: bytes) -> Looked:
    async def work(_: AsyncExitStack) -> Looked:
        looking = asyncio.create_task(look(passive=True, limit_s=0.6, is_camera_mac=CAMERA_MAC.__eq__))
        await asyncio.sleep(0.3)
        send(*messages)
        return await looking

    return run(work)  # type: ignore[return-value]


@pytest.mark.skipif(not CAN_LISTEN, reason="the system lets only an administrator listen on UDP 67")
def test_a_cameras_request_is_heard_once_and_a_telephones_is_not() -> None:
    camera = pcaps.dhcp(CAMERA_MAC, 3, [(50, bytes((127, 77, 0, 31))), (12, b"cam-hall")])
    phone = pcaps.dhcp(OTHER_MAC, 3, [(12, b"Janes-iPhone")])
    looked = heard(phone, camera, camera, b"nonsense", pcaps.dhcp(CAMERA_MAC, 5, operation=2))
    (found,) = looked.observations
    assert (found.probe, found.network, found.mac) == ("dhcp", "lo 127.0.0.1/8", CAMERA_MAC)
    assert found.reading.first("hostname") == "cam-hall"
    assert (looked.row("dhcp").state, looked.row("dhcp").sent, looked.row("dhcp").received) == ("done", 0, 1)


def test_an_address_of_another_network_is_not_taken_for_its_own() -> None:
    here = Network(Interface("eth0", "10.0.0.2/24"))
    assert dhcp.own_address("10.0.0.31", here) == "10.0.0.31"
    assert dhcp.own_address("10.0.1.31", here) == ""
    assert dhcp.own_address(None, here) == ""


@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.EACCES, dhcp.NOT_ALLOWED), (errno.EPERM, dhcp.NOT_ALLOWED), (errno.EADDRINUSE, dhcp.SERVED_HERE)],
)
def test_where_the_system_does_not_let_us_hear_it_is_skipped_and_said(
    monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    receiver = udp._receiver

    def refuse(card: Interface, port: int, group: str | None) -> socket.socket:
        if port == dhcp.PORT:
            raise OSError(code, os.strerror(code))
        return receiver(card, port, group)

    monkeypatch.setattr(udp, "_receiver", refuse)
    looked = heard()
    row = looked.row("dhcp")
    assert (row.state, row.reason) == ("skipped", reason)
    assert looked.outcome is not None
    assert not looked.outcome.stopped_early
