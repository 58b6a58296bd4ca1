"""Whole scans over real multicast and TCP on loopback: each probe, hostile devices, Stop, limits, and listening only."""

from __future__ import annotations

import asyncio
import re
import struct
import time
from contextlib import AsyncExitStack

import pytest

from camcensus.discovery import udp as udp_room
from camcensus.model.device import RAW_LIMIT_BYTES
from camcensus.model.scan import Interface
from costs import LONG_S
from discovery import packets
from discovery.looking import STOP_S, Looked, WaitedLoop, let_go, look, open_files, run
from discovery.servers import Responder, Served, http, tcp, udp

WSD = ("239.255.255.250", 3702)
CAM, OTHER, CANARY = "127.77.2.10", "127.77.2.11", "127.77.66.66"


def answers(request: bytes) -> bytes:
    """A camera's web server: a page, ONVIF with some operations closed, and a video greeting."""
    if request.startswith(b"OPTIONS"):
        return b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE, PLAY\r\n\r\n"
    if request.startswith(b"DESCRIBE"):
        return b'RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm="IP Camera(F0001)", nonce="1"\r\n\r\n'
    if request.startswith(b"POST"):
        if b"GetSystemDateAndTime/>" in request:
            return http(packets.clock())
        if b"GetScopes/>" in request:
            return http(packets.SCOPES)
        return http(packets.NOT_AUTHORIZED, status=b"400 Bad Request")
    return http(b"<html><title>web</title></html>", b"Server: App-webs/")


async def camera(stack: AsyncExitStack, address: str = CAM, port: int = 18080) -> Served:
    return await stack.enter_async_context(tcp(answers, host=address, port=port))


async def device(
    stack: AsyncExitStack, address: str, reply: bytes, *, group: tuple[str, int] = WSD, match: bytes = b"Probe", **more: object
) -> Responder:
    def answer(question: bytes) -> list[bytes]:
        return [reply] if match in question else []

    return await stack.enter_async_context(udp(address, group[1], group[0], answer, **more))  # type: ignore[arg-type]


def test_a_camera_that_announces_itself_is_asked_at_the_address_it_answered_from() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served, Served, Responder]:
        canary = await stack.enter_async_context(tcp(answers, host=CANARY, port=18080))
        served = await camera(stack)
        reply = packets.probe_match(f"http://{CANARY}:18080/onvif/device_service http://[fe80::1]:18080/onvif/device_service")
        heard = await device(stack, CAM, reply)
        return await look(), served, canary, heard

    looked, served, canary, heard = run(work)  # type: ignore[misc]
    assert canary.accepted == []
    assert [one.address for one in looked.of("wsdiscovery")] == [CAM]
    wsd = looked.of("wsdiscovery")[0]
    assert wsd.reading.first("onvif.scope") == "onvif://www.onvif.org/type/video_encoder"
    assert (wsd.port, wsd.network) == (3702, "lo 127.0.0.1/8")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", wsd.at)
    assert [one.raw for one in looked.of("onvif.GetSystemDateAndTime")] == [packets.clock()]
    assert looked.of("onvif.GetScopes")[0].reading.all("xml.namespace")[-1] == "http://www.onvifext.com/onvif/ext/ver10/schema"
    assert looked.of("onvif.GetServices")[0].raw == packets.NOT_AUTHORIZED
    assert (looked.of("http")[0].ask, looked.of("http")[0].port) == ("GET /", 18080)
    # Nothing but reading questions, and never a login.
    for request in served.requests:
        assert re.match(rb"GET / |POST /onvif/device_service ", request)
        assert not re.search(rb"Authorization:|UsernameToken|Password", request, re.I)
        assert request.startswith(b"GET") or re.search(rb"<tds:Get\w+", request)
    questions = [data for data, _ in heard.heard]
    assert sum(b"NetworkVideoTransmitter</" in one and b"UniviewProbe" not in one for one in questions) == 3
    assert sum(b"tds:Device</" in one for one in questions) == 3
    assert sum(b"UniviewProbe" in one for one in questions) == 3
    assert sum(b"<d:Probe></d:Probe>" in one for one in questions) == 3
    row = looked.row("wsdiscovery")
    assert (row.sent, row.received, row.state) == (12, 12, "done")
    assert looked.row("onvif").received == 5


def test_a_refused_operation_is_asked_once_and_three_refusals_end_it() -> None:
    async def work(stack: AsyncExitStack) -> list[bytes]:
        served = await stack.enter_async_context(
            tcp(
                lambda _: http(
                    packets.NOT_AUTHORIZED,
                    b'WWW-Authenticate: Digest realm="Login to 7", nonce="1"',
                    status=b"401 Unauthorized",
                ),
                host=CAM,
                port=18080,
            )
        )
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/onvif/device_service"))
        looked = await look()
        assert [one.reading.first("http.realm") for one in looked.of("http") if one.ask != "GET /"] == ["Login to 7"] * 3
        return served.requests

    asked = [re.search(rb"<tds:(Get\w+)", request) for request in run(work) if request.startswith(b"POST")]  # type: ignore[attr-defined]
    assert [one[1] for one in asked if one] == [b"GetSystemDateAndTime", b"GetServices", b"GetScopes"]


def test_a_late_reply_is_heard_while_others_are_asked() -> None:
    async def work(stack: AsyncExitStack) -> Looked:
        async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(0.8)

        await stack.enter_async_context(tcp(slow, host=CAM, port=18080))
        served = await camera(stack, OTHER)
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/onvif/device_service"))
        await device(stack, OTHER, packets.probe_match(f"http://{OTHER}:18080/onvif/device_service"), wait_s=0.95)
        looked = await look()
        assert served.accepted
        return looked

    assert run(work).of("onvif.GetScopes", OTHER)  # type: ignore[attr-defined]


def test_a_device_that_faults_on_the_layout_is_asked_once_more_on_one_line() -> None:
    def answer(question: bytes) -> list[bytes]:
        return [packets.FAULT] if b"\n" in question else [packets.probe_match("http://x/onvif/device_service")]

    async def work(stack: AsyncExitStack) -> tuple[Looked, Responder]:
        heard = await stack.enter_async_context(udp(CAM, WSD[1], WSD[0], answer))
        return await look(), heard

    looked, heard = run(work)  # type: ignore[misc]
    assert sum(b"\n" not in data for data, _ in heard.heard) == 1
    assert any(one.reading.first("onvif.scope") for one in looked.of("wsdiscovery"))


def test_sadp_answers_to_the_group_and_its_salt_is_blanked() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served]:
        served = await camera(stack, CAM, 18081)
        await device(stack, CAM, packets.SADP % 18081, group=("239.255.255.250", 37020), match=b"<Types>inquiry", to_group=True)
        return await look(), served

    looked, served = run(work)  # type: ignore[misc]
    (sadp,) = looked.of("sadp")
    assert sadp.reading.first("serial") == "DS-2CD2143G0-I20190701AAWRD00000001"
    assert b"c0ffee" not in sadp.raw
    assert looked.of("http")[0].port == 18081
    assert looked.of("onvif.GetScopes")  # not announced, found on the web port that was
    assert looked.row("sadp").received == 3
    assert not any(one.address == "192.168.1.64" for one in looked.observations)
    assert served.accepted


def test_dhip_is_asked_by_group_and_broadcast_once_each() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Responder]:
        heard = await device(
            stack, CAM, packets.dhip(18082), group=("239.255.255.251", 37810), match=b"DHDiscover.search", broadcast=True
        )
        return await look(), heard

    looked, heard = run(work)  # type: ignore[misc]
    assert looked.of("dhip")[0].reading.first("serial") == "6J0E022PAG00001"
    assert len(heard.heard) == 2
    assert {data[32:].strip() for data, _ in heard.heard} == {b'{"method":"DHDiscover.search","params":{"mac":"","uni":1}}'}
    assert looked.row("dhip").sent == 2


def test_ssdp_description_is_fetched_from_the_sender_only() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served, Served]:
        canary = await stack.enter_async_context(tcp(lambda _: http(packets.UPNP), host=CANARY, port=18083))
        served = await stack.enter_async_context(
            tcp(lambda r: http(packets.UPNP) if b"/rootdesc" in r else http(b"", status=b"404 No"), host=CAM, port=18083)
        )
        group = ("239.255.255.250", 1900)
        await device(stack, CAM, packets.ssdp(f"http://{CAM}:18083/rootdesc.xml"), group=group, match=b"M-SEARCH")
        await device(stack, OTHER, packets.ssdp(f"http://{CANARY}:18083/rootdesc.xml"), group=group, match=b"M-SEARCH")
        return await look(), served, canary

    looked, served, canary = run(work)  # type: ignore[misc]
    assert canary.accepted == []
    assert [one.raw for one in looked.of("upnp")] == [packets.UPNP]
    assert looked.of("upnp")[0].reading.first("upnp.model") == "AXIS M1014"
    assert {one.address for one in looked.of("ssdp")} == {CAM, OTHER}
    assert any(request.startswith(b"GET /rootdesc.xml ") for request in served.requests)


def test_mdns_instance_is_kept_as_one_message_and_its_port_asked_at_the_senders_address() -> None:
    whole = packets.mdns("_axis-video._tcp.local", "AXIS M1065 - 00408C000003", 18084, CANARY, txt=("macaddress=00408C000003",))

    async def work(stack: AsyncExitStack) -> tuple[Looked, Served, Served]:
        canary = await camera(stack, CANARY, 18084)
        served = await camera(stack, CAM, 18084)
        await device(stack, CAM, whole, group=("224.0.0.251", 5353), match=b"_axis-video", to_group=True)
        return await look(), served, canary

    looked, served, canary = run(work)  # type: ignore[misc]
    assert canary.accepted == []
    (seen,) = looked.of("mdns")
    assert seen.address == CAM
    assert seen.reading.all("mdns.txt") == ("macaddress=00408C000003",)
    assert seen.reading.first("mac") == "00:40:8c:00:00:03"
    assert struct.unpack(">HHHHHH", seen.raw[:12]) == (0, 0x8400, 0, 4, 0, 0)
    assert looked.of("http")[0].port == 18084
    assert served.accepted


def test_rtsp_port_announced_by_mdns_gets_two_questions() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served]:
        served = await camera(stack, CAM, 18085)
        await device(
            stack,
            CAM,
            packets.mdns("_rtsp._tcp.local", "Cam", 18085, CAM),
            group=("224.0.0.251", 5353),
            match=b"_rtsp",
            to_group=True,
        )
        return await look(), served

    looked, served = run(work)  # type: ignore[misc]
    assert [(one.ask, one.reading.first("rtsp.status")) for one in looked.of("rtsp")] == [
        ("OPTIONS", "200"),
        ("DESCRIBE", "401"),
    ]
    assert looked.of("rtsp")[1].reading.first("rtsp.realm") == "IP Camera(F0001)"
    assert [re.match(rb"\w+ \S+", one)[0] for one in served.requests] == [  # type: ignore[index]
        b"OPTIONS rtsp://127.77.2.10:18085/",
        b"DESCRIBE rtsp://127.77.2.10:18085/",
    ]


def test_a_printer_is_listed_and_never_connected_to() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served]:
        served = await camera(stack, CAM, 18086)
        reply = packets.probe_match(f"http://{CAM}:18086/", types="wsdp:Device wprt:PrintDeviceType", name="x")
        reply = re.sub(rb"<d:Scopes>.*</d:Scopes>", b"", reply).replace(
            b"<env:Envelope ",
            b'<env:Envelope xmlns:wprt="http://schemas.microsoft.com/windows/2006/08/wdp/print" xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof" ',
        )
        await device(stack, CAM, reply)
        return await look(), served

    looked, served = run(work)  # type: ignore[misc]
    assert looked.of("wsdiscovery")[0].reading.first("kind") == "other"
    assert served.accepted == []
    assert [one.address for one in looked.asked] == [CAM]


def test_a_range_is_asked_address_by_address_and_says_what_came_of_each() -> None:
    async def work(stack: AsyncExitStack) -> Looked:
        await camera(stack, "127.77.3.2", 8899)
        await camera(stack, "127.77.3.3", 10554)
        return await look(ranges=("127.77.3.0/29",))

    looked = run(work)
    assert isinstance(looked, Looked)
    assert {one.address: one.outcome for one in looked.asked} == {
        f"127.77.3.{n}": "answered" if n in (2, 3) else "refused" for n in range(1, 7)
    }
    assert looked.of("onvif.GetScopes", "127.77.3.2")[0].port == 8899
    assert [one.ask for one in looked.of("rtsp", "127.77.3.3")] == ["OPTIONS", "DESCRIBE"]
    assert looked.row("http", "127.0.0.0/8").received >= 1


def test_listening_only_sends_nothing_and_hears_announcements() -> None:
    hello = (
        packets.probe_match(f"http://{CAM}:18080/onvif/device_service")
        .replace(b"ProbeMatches", b"Hello")
        .replace(b"ProbeMatch", b"Hello")
    )
    notify = (
        packets.ssdp(f"http://{CAM}:1/x")
        .replace(b"HTTP/1.1 200 OK", b"NOTIFY * HTTP/1.1\r\nNTS: ssdp:alive")
        .replace(b"ST:", b"NT:")
    )

    async def work(stack: AsyncExitStack) -> tuple[Looked, list[Responder], Served]:
        served = await camera(stack)
        receivers = [
            await device(stack, CAM, b"", group=WSD),
            await device(stack, CAM, b"", group=("239.255.255.250", 37020)),
            await device(stack, CAM, b"", group=("239.255.255.251", 37810), broadcast=True),
            await device(stack, CAM, b"", group=("239.255.255.250", 1900)),
            await device(stack, CAM, b"", group=("224.0.0.251", 5353)),
        ]
        looking = asyncio.create_task(look(passive=True, limit_s=0.6, ranges=("127.77.2.0/29",)))
        await asyncio.sleep(0.2)
        receivers[0].send(hello, WSD)
        receivers[1].send(packets.SADP % 80, ("239.255.255.250", 37020))
        receivers[3].send(notify, ("239.255.255.250", 1900))
        receivers[4].send(packets.mdns("_axis-video._tcp.local", "AXIS", 80, CAM), ("224.0.0.251", 5353))
        return await looking, receivers, served

    looked, receivers, served = run(work)  # type: ignore[misc]
    assert [receiver.heard for receiver in receivers] == [[], [], [], [], []]
    assert served.accepted == []
    assert {one.probe for one in looked.observations} == {"wsdiscovery", "sadp", "ssdp", "mdns"}
    assert looked.outcome is not None
    assert not looked.outcome.stopped_early
    assert all(row.sent == 0 for row in looked.outcome.coverage)
    assert looked.row("http").state == "skipped"
    assert any("only listening" in text for text in looked.outcome.not_covered)


def test_other_computers_questions_are_no_devices() -> None:
    async def work(stack: AsyncExitStack) -> Looked:
        receiver = await device(stack, CAM, b"", group=WSD)
        looking = asyncio.create_task(look(passive=True, limit_s=0.6))
        await asyncio.sleep(0.2)
        receiver.send(b'<s:Envelope xmlns:s="x"><s:Body><d:Probe><d:Types/></d:Probe></s:Body></s:Envelope>', WSD)
        receiver.send(b"<?xml version='1.0'?><Probe><Uuid>1</Uuid><Types>inquiry</Types></Probe>", ("239.255.255.250", 37020))
        receiver.send(b"M-SEARCH * HTTP/1.1\r\nST: ssdp:all\r\n\r\n", ("239.255.255.250", 1900))
        receiver.send(
            struct.pack(">HHHHHH", 0, 0, 1, 0, 0, 0) + packets.name("_http._tcp.local") + b"\0\x0c\0\x01", ("224.0.0.251", 5353)
        )
        return await looking

    assert run(work).observations == []  # type: ignore[attr-defined]


def test_stop_ends_within_half_a_second_and_hands_out_coverage() -> None:
    async def work(stack: AsyncExitStack) -> tuple[float, Looked]:
        async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(30)

        await stack.enter_async_context(tcp(says_nothing, host=CAM, port=18080))
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/onvif/device_service"))
        looked = Looked()
        looking = asyncio.create_task(look(into=looked))
        await asyncio.sleep(1.2)  # while the silent camera is being waited for
        start_s = asyncio.get_running_loop().time()
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking
        return asyncio.get_running_loop().time() - start_s, looked

    took_s, looked = run(work, WaitedLoop)  # type: ignore[misc]
    assert took_s <= STOP_S
    assert looked.of("wsdiscovery")
    assert {row.state for row in looked.coverage if row.probe == "onvif"} == {"partial"}


@pytest.mark.parametrize("after_s", [0.0, 0.05, 0.5])
def test_stop_at_once_leaves_no_socket_open(after_s: float) -> None:
    async def work(stack: AsyncExitStack) -> float:
        looking = asyncio.create_task(look())
        await asyncio.sleep(after_s)
        start_s = asyncio.get_running_loop().time()
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking
        return asyncio.get_running_loop().time() - start_s

    before = open_files()
    run(work)
    assert let_go(before)
    assert run(work, WaitedLoop) <= STOP_S  # type: ignore[operator]


def test_the_time_limit_gives_a_whole_result_marked_as_stopped_early() -> None:
    async def work(stack: AsyncExitStack) -> Looked:
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/onvif/device_service"))
        return await look(limit_s=0.5)

    looked = run(work)
    assert isinstance(looked, Looked)
    assert looked.outcome is not None
    assert looked.outcome.stopped_early
    assert looked.row("wsdiscovery").state == "partial"
    assert looked.of("wsdiscovery")
    assert list(looked.outcome.coverage) == looked.coverage


def test_floods_huge_datagrams_and_garbage_are_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(udp_room, "SENDERS", 40)
    huge = packets.probe_match("http://x/" + "y" * 60000)

    def flood(question: bytes) -> list[bytes]:
        return [packets.probe_match(f"http://x/{n}", name=f"n{n}") for n in range(200)]

    async def work(stack: AsyncExitStack) -> Looked:
        await stack.enter_async_context(udp(CAM, WSD[1], WSD[0], flood))
        await device(stack, OTHER, huge)
        await device(stack, "127.77.2.12", bytes(range(256)) * 4)
        for n in range(60):
            await device(stack, f"127.77.4.{n + 1}", packets.dhip(80), group=("239.255.255.251", 37810), match=b"DHDiscover")
        return await look()

    looked = run(work)
    assert isinstance(looked, Looked)
    assert len(looked.of("wsdiscovery", CAM)) <= udp_room.REPLIES_PER_SENDER
    assert len({one.address for one in looked.observations}) <= 40
    assert looked.row("wsdiscovery").state == "partial"
    assert looked.row("dhip").reason == "More than 40 addresses answered; what came after them was dropped."
    assert all(len(one.raw) <= RAW_LIMIT_BYTES for one in looked.observations)


def test_hostile_web_servers_cost_a_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.discovery.host.HOST_S", 0.8)

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    def redirects(request: bytes) -> bytes:
        return http(b"", b"Location: http://127.77.66.66:18080" + request.split()[1], status=b"307 Temporary Redirect")

    async def work(stack: AsyncExitStack) -> tuple[Looked, float, Served]:
        canary = await camera(stack, CANARY)
        await stack.enter_async_context(tcp(drip, host=CAM, port=18080))
        await stack.enter_async_context(tcp(redirects, host=OTHER, port=18080))
        for address in (CAM, OTHER):
            await device(stack, address, packets.probe_match(f"http://{address}:18080/onvif/device_service"))
        start = time.monotonic()
        return await look(), time.monotonic() - start, canary

    looked, took_s, canary = run(work)  # type: ignore[misc]
    assert took_s < LONG_S
    assert canary.accepted == []
    assert looked.of("http", OTHER)[0].reading.first("http.location") == "http://127.77.66.66:18080/"
    cut_off = looked.row("http")
    assert (cut_off.state, CAM in str(cut_off.reason)) == ("partial", True)


def test_a_defect_in_one_probe_is_a_row_and_loses_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(self: object, target: object, emit: object) -> None:
        raise RuntimeError("zeroconf")

    monkeypatch.setattr("camcensus.discovery.mdns.Mdns.run", broken)

    async def work(stack: AsyncExitStack) -> Looked:
        await camera(stack)
        await device(stack, CAM, packets.probe_match(f"http://{CAM}:18080/onvif/device_service"))
        return await look()

    looked = run(work)
    assert isinstance(looked, Looked)
    assert looked.of("onvif.GetScopes")
    assert (looked.row("mdns").state, "RuntimeError" in str(looked.row("mdns").reason)) == ("blocked", True)


def test_a_device_outside_the_network_is_kept_and_not_contacted() -> None:
    async def work(stack: AsyncExitStack) -> tuple[Looked, Served]:
        served = await camera(stack, "127.77.2.10")
        await device(stack, "127.77.2.10", packets.probe_match("http://127.77.2.10:18080/onvif/device_service"))
        return await look(cards=(Interface("lo", "127.0.0.1/24", 1),)), served

    looked, served = run(work)  # type: ignore[misc]
    assert [one.address for one in looked.of("wsdiscovery")] == ["127.77.2.10"]
    assert served.accepted == []
