"""What is never done: printers and controllers get nothing, what is excluded is left alone, Stop leaves nothing running."""

from __future__ import annotations

import asyncio
import random
import ssl
import subprocess
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.host import Host
from camcensus.discovery.http import secure_port
from camcensus.discovery.pace import (
    CONNECTIONS,
    FORBIDDEN_PORTS,
    GUESSED_PORTS,
    GUESSES,
    PORTS,
    PROGRAM_PORTS,
    RATES,
    Turnstile,
)
from camcensus.discovery.probe import Network, Tally
from camcensus.discovery.scope import make_scope
from camcensus.discovery.udp import Crowd, UdpEndpoint
from camcensus.model.errors import DiscoveryError, ScopeError
from camcensus.model.scan import Interface, Pace
from discovery import packets
from discovery.looking import STOP_S, Looked, WaitedLoop, let_go, look, open_files, run
from discovery.servers import Served, http, tcp, udp
from discovery.test_scan import CAM, OTHER, WSD, answers, camera, device

HOSTILE_PORTS = sorted(FORBIDDEN_PORTS - {102, 104, 502})


def test_a_printer_and_a_controller_in_a_swept_range_get_no_byte_on_their_ports() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, list[Served]]:
        doors = [await stack.enter_async_context(tcp(answers, host="127.77.3.2", port=port)) for port in HOSTILE_PORTS]
        await camera(stack, "127.77.3.2", 8080)
        reply = packets.probe_match("http://127.77.3.2:9100/onvif/device_service http://127.77.3.2:44818/onvif/device_service")
        await device(stack, "127.77.3.2", reply)
        return await look(ranges=("127.77.3.0/30",)), doors

    looked, doors = run(work)  # type: ignore[misc]
    assert [door.accepted for door in doors] == [[]] * len(HOSTILE_PORTS)
    assert looked.of("onvif.GetScopes", "127.77.3.2")[0].port == 8080


def test_what_is_excluded_is_listed_when_it_speaks_and_is_never_contacted() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served, list[bytes]]:
        served = await camera(stack, CAM)
        other = await camera(stack, OTHER)
        heard = await device(stack, CAM, packets.FAULT)  # It asks for another layout, which is sent to it alone.
        await device(stack, OTHER, packets.probe_match(f"http://{OTHER}:18080/onvif/device_service"))
        looked = await look(ranges=("127.77.2.8/29",), exclude=(f"{CAM}/32",))
        assert other.accepted
        return looked, served, [data for data, _ in heard.heard]

    looked, served, questions = run(work)  # type: ignore[misc]
    assert served.accepted == []
    assert not any(b"\n" not in one for one in questions)
    assert {one.probe for one in looked.observations if one.address == CAM} == {"wsdiscovery"}
    assert CAM not in {one.address for one in looked.asked}
    assert OTHER in {one.address for one in looked.asked}
    assert f"{CAM}/32, which you asked this search to leave alone" in looked.outcome.not_covered


def test_the_turnstile_itself_refuses_what_is_excluded() -> None:
    async def enter() -> None:
        async with Turnstile("fast", ["10.0.0.8/30"]).turn("10.0.0.9", 80):
            pass

    with pytest.raises(DiscoveryError, match="not to be touched"):
        asyncio.run(enter())


@pytest.mark.parametrize("text", ["10.0.0.300", "printers", "fe80::1", ""])
def test_an_exclusion_that_is_no_address_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ScopeError, match=r"write it like 10\.0\.0\.5 or 10\.0\.0\.0/28"):
        make_scope(["127.0.0.1"], [], exclude=[text])


def test_exclusions_are_networks_each_once() -> None:
    scope = make_scope(["127.0.0.1"], [], exclude=["10.0.0.5", "10.0.0.9/28", " 10.0.0.5 "])
    assert scope.exclude == ("10.0.0.5/32", "10.0.0.0/28")


def test_what_was_sent_to_each_host_is_counted() -> None:
    async def work(stack: AsyncExitStack) -> Looked:
        await camera(stack)
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/onvif/device_service"))
        return await look()

    looked = run(work)
    assert isinstance(looked, Looked)
    (asked,) = looked.asked
    assert (asked.address, asked.outcome, asked.network) == (CAM, "answered", "lo 127.0.0.1/8")
    # Five ONVIF questions, the page, port 80, and two video ports, each counted once.
    rows = sum(looked.row(probe).sent for probe in ("onvif", "http", "rtsp", "upnp"))
    assert asked.sent == rows == 9


@pytest.mark.parametrize(("port", "asked"), [(None, True), (8080, False)])
def test_a_programs_port_is_asked_only_of_a_host_that_refuses_every_other(port: int | None, asked: bool) -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served]:
        page = http(b"<html></html>", b"Server: motionEye/0.44.0")
        served = await stack.enter_async_context(tcp(lambda _: page, host="127.77.3.9", port=8765))
        if port is not None:
            await stack.enter_async_context(tcp(lambda _: page, host="127.77.3.9", port=port))
        return await look(ranges=("127.77.3.9/32",)), served

    looked, served = run(work)  # type: ignore[misc]
    assert bool(served.accepted) == asked
    assert [one.port for one in looked.of("http", "127.77.3.9")] == ([8765] if asked else [port])


def test_a_port_announced_after_the_host_was_asked_is_asked_and_no_other_again() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served, Served]:
        first, late = await camera(stack, CAM), await camera(stack, CAM, 18099)
        sender = await device(
            stack, CAM, packets.SADP % 18080, group=("239.255.255.250", 37020), match=b"inquiry", to_group=True
        )
        asyncio.get_running_loop().call_later(0.3, sender.send, packets.SADP % 18099, ("239.255.255.250", 37020))
        return await look(), first, late

    looked, first, late = run(work)  # type: ignore[misc]
    assert len(first.accepted) <= 3
    assert late.accepted
    assert [one.port for one in looked.of("http")] == [18080, 18099]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, bytes]:
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", made, "-days", "9"]
    try:
        subprocess.run([*command, "-subj", "/CN=axis-accc8e000001/O=Axis Communications AB"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl is not here to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context, ssl.PEM_cert_to_DER_cert(Path(made).read_text())


def test_a_page_that_moves_to_tls_on_the_same_host_shows_its_certificate(certificate: tuple[ssl.SSLContext, bytes]) -> None:
    context, der = certificate

    async def work(stack: AsyncExitStack) -> Looked:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(http(b"<title>AXIS</title>"))
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(talk, CAM, 18443, ssl=context)
        stack.callback(server.close)

        def moves(request: bytes) -> bytes:
            return http(b"", b"Location: https://127.77.66.66:18443/", status=b"301 Moved Permanently")

        await stack.enter_async_context(tcp(moves, host=CAM, port=18080))
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/"))
        return await look()

    looked = run(work)
    assert isinstance(looked, Looked)
    (seen,) = looked.of("tls")
    assert (seen.address, seen.port, seen.raw) == (CAM, 18443, der)
    assert seen.reading.first("mac") == "ac:cc:8e:00:00:01"
    assert looked.row("tls").received == 1


@pytest.mark.parametrize(
    ("answer", "port"),
    [
        (b"HTTP/1.1 301 Moved\r\nLocation: https://10.0.0.5/\r\n\r\n", 443),
        (b"HTTP/1.1 302 Found\r\nLocation: https://10.0.0.5:8443/login\r\n\r\n", 8443),
        (b"HTTP/1.1 302 Found\r\nLocation: https://10.0.0.5:9100/\r\n\r\n", None),
        (b"HTTP/1.1 302 Found\r\nLocation: /login.html\r\n\r\n", None),
        (b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.5/\r\n\r\n", None),
        (b"HTTP/1.1 200 OK\r\nLocation: https://10.0.0.5/\r\n\r\n", None),
        (b"HTTP/1.1 302 Found\r\nLocation: https://[::1\r\n\r\n", None),
    ],
)
def test_only_a_redirect_to_tls_is_followed_and_only_by_its_port(answer: bytes, port: int | None) -> None:
    assert secure_port(ExchangeOutcome(outcome="answered", raw=answer)) == port


def test_stop_at_random_moments_ends_at_once_and_keeps_what_was_found() -> None:
    dice = random.Random(4)

    async def work(stack: AsyncExitStack) -> list[float]:
        await camera(stack)
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/onvif/device_service"))
        took = []
        for _ in range(12):
            looked = Looked()
            looking = asyncio.create_task(look(ranges=("127.77.3.0/28",), into=looked))
            await asyncio.sleep(dice.uniform(0, 0.45))
            heard = len(looked.observations)
            start_s = asyncio.get_running_loop().time()
            looking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await looking
            took.append(asyncio.get_running_loop().time() - start_s)
            assert len(looked.observations) >= heard
            assert looked.coverage
            left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task() and "scan" in repr(task)]
            assert left == []
        return took

    before = open_files()
    run(work)
    assert let_go(before)
    assert max(run(work, WaitedLoop)) <= STOP_S  # type: ignore[call-overload]


def test_a_questions_flood_of_two_hundred_copies_is_one_row() -> None:
    async def work(stack: AsyncExitStack) -> Looked:
        reply = packets.probe_match("http://x/onvif/device_service")
        await stack.enter_async_context(udp(CAM, WSD[1], WSD[0], lambda question: [reply] * 200))
        return await look()

    looked = run(work)
    assert isinstance(looked, Looked)
    assert len(looked.of("wsdiscovery")) == 1
    assert looked.row("wsdiscovery").received == 64


@pytest.mark.parametrize(("pace", "asked"), [("gentle", 1), ("fast", 2)])
def test_a_host_that_closes_after_each_answer_is_spared_what_is_known_already(
    monkeypatch: pytest.MonkeyPatch, pace: Pace, asked: int
) -> None:
    """Scopes are known from WS-Discovery, a name mostly; at the gentle pace so is that it speaks ONVIF."""

    monkeypatch.setitem(RATES, "gentle", replace(RATES["gentle"], host_gap_s=0.01))

    def closes(request: bytes) -> bytes:
        return answers(request).replace(b"Content-Length", b"Connection: close\r\nX-Length", 1)

    async def work(stack: AsyncExitStack) -> tuple[Looked, Served]:
        served = await stack.enter_async_context(tcp(closes, host=CAM, port=18080))
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/onvif/device_service"))
        return await look(pace=pace, limit_s=12), served

    looked, served = run(work)  # type: ignore[misc]
    assert sum(one.startswith(b"POST") for one in served.requests) == asked
    assert looked.of("onvif.GetDeviceInformation")
    assert not looked.of("onvif.GetScopes")
    assert not looked.of("onvif.GetHostname")
    assert bool(looked.of("onvif.GetSystemDateAndTime")) == (pace == "fast")


def test_a_host_that_takes_connections_and_says_nothing_is_left_soon_but_for_its_video_port(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(RATES, "fast", replace(RATES["fast"], exchange_s=0.4, silent_s=0.6))

    async def says_nothing(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    def greeting(_: bytes) -> bytes:
        return b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"

    async def work(stack: AsyncExitStack) -> tuple[Looked, list[Served]]:
        frozen = await stack.enter_async_context(tcp(says_nothing, host=CAM, port=8000))
        video = await stack.enter_async_context(tcp(greeting, host=CAM, port=8554))
        await device(stack, CAM, packets.SADP % 8000, group=("239.255.255.250", 37020), match=b"inquiry", to_group=True)
        return await look(), [frozen, video]

    looked, (frozen, video) = run(work)  # type: ignore[misc]
    assert len(frozen.accepted) == 1
    assert video.accepted
    assert looked.of("rtsp")


def test_a_host_that_takes_every_connection_and_closes_each_gets_nine_at_most() -> None:
    def closes(_: bytes) -> bytes:
        return http(b"<title>Welcome</title>", b"Connection: close", length=False)

    async def work(stack: AsyncExitStack) -> list[Served]:
        doors = [await stack.enter_async_context(tcp(closes, host=CAM, port=port)) for port in GUESSED_PORTS]
        await look(ranges=(f"{CAM}/32",))
        return doors

    doors = run(work)
    taken = {door.port: len(door.accepted) for door in doors}  # type: ignore[attr-defined]
    assert taken[554]
    assert taken[80]
    assert sum(taken.values()) <= CONNECTIONS == 9


def test_a_camera_behind_the_last_ports_that_closes_each_connection_is_asked_for_onvif_too() -> None:
    def closes(request: bytes) -> bytes:
        body = b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>' if request.startswith(b"POST") else b""
        return http(body or b"<title>Welcome</title>", b"Connection: close", length=False)

    async def work(stack: AsyncExitStack) -> Served:
        served = await stack.enter_async_context(tcp(closes, host=CAM, port=82))
        await look(ranges=(f"{CAM}/32",))
        return served

    served = run(work)
    assert any(one.startswith(b"POST") for one in served.requests)  # type: ignore[attr-defined]
    assert len(served.accepted) <= CONNECTIONS  # type: ignore[attr-defined]


def test_every_port_of_the_list_is_guessed_once() -> None:
    assert sorted((*GUESSED_PORTS, *PROGRAM_PORTS)) == sorted(PORTS)
    assert GUESSES < CONNECTIONS


def test_ports_that_refused_are_not_tried_again_and_fewer_are_guessed_once_one_answered() -> None:
    host = Host(address=CAM, turnstile=Turnstile("fast"), tally=lambda _: Tally(), most=CONNECTIONS)
    for port in GUESSED_PORTS[:10]:
        assert host.may_guess(port)
        host.began(port, "refused")
        assert not host.may_guess(port)
    assert host.may_guess(5000)  # Refusals alone cost it nothing.
    for _ in range(GUESSES):
        assert host.may_guess(8443)
        host.began(5000, None)
    assert not host.may_guess(8443)
    assert host.may_connect
    for _ in range(CONNECTIONS - GUESSES):
        host.began(5000, None)
    assert not host.may_connect
    host.forget()
    assert host.may_guess(80)
    assert host.may_connect


def test_replies_wait_in_order_while_more_are_read_and_none_is_lost_in_the_end() -> None:
    heard: list[bytes] = []

    async def work(stack: AsyncExitStack) -> None:
        network = Network(Interface("lo", "127.0.0.1/8", 1))
        async with UdpEndpoint(network, "dhip", Crowd(), lambda data, *_: heard.append(data)) as post:
            for number in range(8):
                post.take(b"%d" % number, CAM, 37810, overheard=False)
            assert heard == []  # The sockets come first.
            await asyncio.sleep(0.1)
            assert len(heard) == 8
            post.take(b"8", CAM, 37810, overheard=False)
        assert heard == [b"%d" % number for number in range(9)]

    run(work)  # type: ignore[arg-type]
