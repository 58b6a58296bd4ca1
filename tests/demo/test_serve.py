"""The school over real sockets, asked with plain ones."""

from __future__ import annotations

import asyncio
import gc
import socket
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.demo import ground
from camcensus.demo.estate import Estate, SimDevice, load_estate
from camcensus.demo.serve import Served, serve
from camcensus.model.errors import DemoError
from costs import LONG_S
from demo.loopback_asking import MSEARCH, SADP, ask, dhip, dns_question, get, probe, soap, talk
from discovery.looking import let_go, open_files
from hostile.faults import Fault, Faults

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "demo"
NVT, DEVICE = "n:NetworkVideoTransmitter", "t:Device"
WSD, SADP_AT, SSDP_AT, MDNS_AT = (
    ("239.255.255.250", 3702),
    ("239.255.255.250", 37020),
    ("239.255.255.250", 1900),
    ("224.0.0.251", 5353),
)

pytestmark = [
    pytest.mark.skipif(not ground.has_own_addresses(), reason="this system has only 127.0.0.1"),
    pytest.mark.xdist_group("demo"),  # only one simulation can run on a network
]


def run(estate: Estate, work: Callable[[Served], Awaitable[None]], **options: object) -> Served:
    """Serves the estate while `work` asks it; returns what was seen."""

    async def whole() -> Served:
        async with serve(estate, wait_s=60, answer_within_s=0.02, **options) as served:  # type: ignore[arg-type]
            await work(served)
        return served

    return asyncio.run(whole())


@pytest.fixture(scope="module")
def school() -> Estate:
    return load_estate(FOLDER)


def speaking(estate: Estate, protocol: str) -> set[str]:
    return {device.address for device in estate.devices if any(one.protocol == protocol for one in device.speakers)}


def only(estate: Estate, identity: str, *faults: Fault) -> Estate:
    """An estate of one device, with these faults instead of its own."""
    device = next(device for device in estate.devices if device.id == identity)
    return replace(estate, devices=(replace(device, sending=Faults(faults)),))


def at(estate: Estate, identity: str) -> SimDevice:
    return next(device for device in estate.devices if device.id == identity)


def test_everyone_answers_from_an_address_of_its_own(school: Estate) -> None:
    async def work(served: Served) -> None:
        assert set(await ask(probe(), WSD)) == speaking(school, "wsdiscovery")
        assert set(await ask(SADP % b"inquiry", SADP_AT, group=SADP_AT[0])) == speaking(school, "sadp")
        for to in (("239.255.255.251", 37810), ("127.255.255.255", 37810)):
            assert set(await ask(dhip(), to)) == speaking(school, "dhip")
        assert set(await ask(MSEARCH % b"ssdp:all", SSDP_AT)) == speaking(school, "ssdp")
        assert set(await ask(dns_question("_axis-video._tcp.local"), MDNS_AT)) == {
            at(school, "car-park").address,
            at(school, "science-corridor").address,
        }
        assert served.notes == ()
        assert served.interfaces == ("127.0.0.1",)

    seen = run(school, work)
    assert seen.writing() == ()
    assert len(seen.requests) == 6


def test_probes_are_matched_by_type_and_namespace(school: Estate) -> None:
    async def work(_: Served) -> None:
        cameras = speaking(school, "wsdiscovery") - {at(school, "office-printer").address}
        assert set(await ask(probe(NVT), WSD)) == cameras
        assert set(await ask(probe(DEVICE), WSD)) == cameras - {at(school, "staff-room").address}
        assert set(await ask(probe("p:Device"), WSD)) == {at(school, "office-printer").address}
        assert set(await ask(probe(NVT, "urn:uuid:1"), WSD)) == cameras - {at(school, "nursery-gate").address}

    run(school, work)


def test_one_device_can_be_asked_alone(school: Estate) -> None:
    async def work(served: Served) -> None:
        address = at(school, "main-entrance").address
        answers = await ask(probe(NVT, "uuid:77"), (address, 3702))
        assert list(answers) == [address]
        assert b"<wsadis:RelatesTo>uuid:77</wsadis:RelatesTo>" in answers[address][0]
        assert f"http://{address}:8080/onvif/device_service".encode() in answers[address][0]
        assert served.requests[-1].device == "main-entrance"

    run(school, work)


def test_ssdp_answers_what_was_searched_for(school: Estate) -> None:
    async def work(_: Served) -> None:
        car_park, printer = at(school, "car-park").address, at(school, "office-printer").address
        everything = await ask(MSEARCH % b"ssdp:all", SSDP_AT)
        assert len(everything[car_park]) == 2
        assert set(await ask(MSEARCH % b"urn:schemas-upnp-org:device:Printer:1", SSDP_AT)) == {printer}
        assert await ask(MSEARCH % b"urn:schemas-upnp-org:device:Toaster:1", SSDP_AT) == {}

    run(school, work)


def test_what_writes_gets_no_answer_and_is_noticed(school: Estate) -> None:
    async def work(_: Served) -> None:
        assert await ask(SADP % b"activate", SADP_AT, group=SADP_AT[0]) == {}
        assert await ask(dhip("DHDiscover.setConfig"), ("239.255.255.251", 37810)) == {}
        await talk(at(school, "main-entrance").address, 8080, soap("SetSystemFactoryDefault"))
        await talk(at(school, "main-entrance").address, 8080, b"PUT /ISAPI/System/reboot HTTP/1.1\r\n\r\n")
        await talk(at(school, "main-entrance").address, 8554, b"SETUP rtsp://x/ RTSP/1.0\r\nCSeq: 1\r\n\r\n", 0.1)
        await talk(at(school, "main-entrance").address, 8080, get().replace(b"Host: x", b"Authorization: Basic eDp5"))
        await talk(at(school, "main-entrance").address, 8080, soap("GetScopes", "<UsernameToken/>"))

    seen = run(school, work)
    assert [request.operation for request in seen.writing()] == [
        "activate",
        "DHDiscover.setConfig",
        "SetSystemFactoryDefault",
        "PUT /ISAPI/System/reboot",
        "SETUP",
        "GET /",
        "GetScopes",
    ]


def test_pages_onvif_and_rtsp_answer(school: Estate) -> None:
    async def work(served: Served) -> None:
        axis = at(school, "car-park")
        assert b"HTTP/1.1 401" in await talk(axis.address, 8080, get())
        assert b"<manufacturer>AXIS</manufacturer>" in await talk(axis.address, 8080, get("/rootdesc1.xml"))
        assert b"HTTP/1.1 404" in await talk(axis.address, 8080, get("/nothing"))
        assert b"vapix" in await talk(axis.address, 8080, soap("GetSystemDateAndTime"))
        assert b"NotAuthorized" in await talk(axis.address, 8080, soap("GetDeviceInformation"))
        both = b"OPTIONS rtsp://x/ RTSP/1.0\r\nCSeq: 3\r\n\r\nDESCRIBE rtsp://x/ RTSP/1.0\r\nCSeq: 4\r\n\r\n"
        said = await talk(axis.address, 8554, both, 0.3)
        assert said.startswith(b"RTSP/1.0 200 OK\r\nCSeq: 3\r\n")
        assert b"RTSP/1.0 401 Unauthorized\r\nCSeq: 4\r\n" in said
        assert served.most_open["car-park"] == 1

    seen = run(school, work)
    assert [request.operation for request in seen.requests if request.protocol == "onvif"] == [
        "GetSystemDateAndTime",
        "GetDeviceInformation",
    ]


def test_faults_are_the_devices_own(school: Estate) -> None:
    address = at(school, "library").address

    def asked(*faults: Fault, data: bytes = get(), wait_s: float = 0.6) -> tuple[bytes, float]:
        got: list[tuple[bytes, float]] = []

        async def work(_: Served) -> None:
            loop = asyncio.get_running_loop()
            began = loop.time()
            got.append((await talk(address, 8080, data, wait_s), loop.time() - began))

        run(only(school, "library", *faults), work)
        return got[0]

    sound, _ = asked()
    page = len(sound)
    assert asked(Fault("http", "silent"))[0] == b""
    assert asked(Fault("http", "reset"))[0] == b""
    late, took_s = asked(Fault("http", "slow", 0.2))
    assert late == sound
    assert took_s >= 0.2
    assert asked(Fault("http", "cut", 30))[0] == sound[:30]
    assert b"Content-Length: 1" in asked(Fault("http", "wrong-length", 1000))[0]
    dripped, _ = asked(Fault("http", "drip", 0.05))
    assert 0 < len(dripped) < page
    assert sound.startswith(dripped)
    assert len(asked(Fault("http", "endless", 200_000))[0]) > 200_000
    assert asked(Fault("onvif", "silent"))[0] == sound


def test_udp_faults(school: Estate) -> None:
    counted: list[list[bytes]] = []

    async def work(_: Served) -> None:
        answers = await ask(dhip(), ("239.255.255.251", 37810))
        counted.append(next(iter(answers.values()), []))

    for faults in ((), (Fault("dhip", "silent"),), (Fault("dhip", "repeat", 5),), (Fault("dhip", "cut", 40),)):
        run(only(school, "library", *faults), work)
    run(only(school, "library", Fault("*", "wrong-length", 100)), work)
    sound, silent, repeated, cut, lying = counted
    assert len(sound) == 1
    assert silent == []
    assert len(repeated) == 5
    assert cut == [sound[0][:40]]
    assert int.from_bytes(lying[0][16:20], "little") == int.from_bytes(sound[0][16:20], "little") + 100
    assert int.from_bytes(sound[0][16:20], "little") == len(sound[0]) - 34


def test_nobody_beyond_this_computer_is_answered(school: Estate) -> None:
    from camcensus.demo.ground import Loopback
    from camcensus.demo.questions import PROTOCOLS
    from camcensus.demo.serve import _DemoReceiver

    class Silent:
        ground = Loopback(own_addresses=True)

        def heard_udp(self, *_: object) -> None:
            raise AssertionError("a question from outside was heard")

    receiver = _DemoReceiver(Silent(), PROTOCOLS[0], None)  # type: ignore[arg-type]
    receiver.datagram_received(probe(), ("192.0.2.7", 4000))


def test_without_own_addresses_every_device_has_ports_of_its_own(school: Estate) -> None:
    async def work(served: Served) -> None:
        assert served.hosts == ("127.0.0.1",)
        assert served.notes[0].startswith("This computer has one loopback address only")
        ports = [port for doors in served.ports.values() for port in doors.values()]
        assert len(set(ports)) == len(ports)
        answers = await ask(probe(NVT), WSD)
        assert len(answers["127.0.0.1"]) == len(speaking(school, "wsdiscovery")) - 1
        port = served.ports["main-entrance"]["web"]
        assert any(f"http://127.0.0.1:{port}/onvif".encode() in answer for answer in answers["127.0.0.1"])
        assert b"/doc/page/login.asp" in await talk("127.0.0.1", port, get())

    run(school, work, own_addresses=False)


def test_a_second_simulation_says_one_sentence(school: Estate) -> None:
    async def work(_: Served) -> None:
        with pytest.raises(DemoError, match="already running"):
            async with serve(school, wait_s=0.1):
                pass

    run(school, work)


def test_a_second_simulation_waits_for_the_first_to_end(school: Estate) -> None:
    async def whole() -> None:
        async with serve(school):
            second = asyncio.create_task(hold())
            await asyncio.sleep(0.1)
            assert not second.done()
        await second

    async def hold() -> None:
        async with serve(school, wait_s=3):
            pass

    asyncio.run(whole())


def test_a_tcp_port_of_another_program_is_stepped_around_and_said(school: Estate) -> None:
    address = at(school, "main-entrance").address
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((address, 8080))
        other.listen(1)

        async def work(served: Served) -> None:
            assert len(served.notes) == 1
            assert served.notes[0].startswith("Another program uses TCP port 8080;")
            port = served.ports["main-entrance"]["web"]
            assert port != 8080
            answers = await ask(probe(NVT), (address, 3702))
            assert f":{port}/onvif/device_service".encode() in answers[address][0]

        run(school, work)


def test_a_udp_port_of_another_program_is_done_without_and_said(school: Estate) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("0.0.0.0", 5353))  # without SO_REUSEADDR: it shares with nobody

        async def work(served: Served) -> None:
            assert served.notes == ("Another program is using mDNS (UDP port 5353), so the simulation runs without it.",)
            assert await ask(probe(NVT), WSD)

        run(school, work)


def test_a_shared_mdns_port_is_shared(school: Estate) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "SO_REUSEPORT"):  # Windows has the one option for both
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("0.0.0.0", 5353))

        async def work(served: Served) -> None:
            assert served.notes == ()

        run(school, work)


def test_three_hundred_devices_start_answer_and_end() -> None:
    many = load_estate(FOLDER, 300)
    cameras = {device.address for device in many.devices if "dn:NetworkVideoTransmitter" in offers(device)}
    heard: set[str] = set()

    async def work(served: Served) -> None:
        async with asyncio.timeout(LONG_S):
            while not heard >= cameras:  # a burst of 250 answers can overflow a receive buffer, as it does in the field
                heard.update(await ask(probe(NVT), WSD, wait_s=0.4))

    run(many, work)
    assert heard == cameras


def offers(device: SimDevice) -> set[str]:
    return {offer for one in device.speakers for offer in one.offers}


@pytest.mark.filterwarnings("error")
def test_it_ends_with_nothing_left_open(school: Estate) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()  # what other tests left to the collector is not of this one
    before = open_files()

    async def whole() -> None:
        async with serve(school) as served:
            await ask(probe(), WSD, wait_s=0.05)
            address = served.addresses["main-entrance"]
            _, hanging = await asyncio.open_connection(address, 8080)
            _, slow = await asyncio.open_connection(address, 8554)
            slow.write(b"OPTIONS rtsp")
            await asyncio.sleep(0.05)
        hanging.close()
        slow.close()
        async with asyncio.timeout(LONG_S):
            while len(asyncio.all_tasks()) > 1:
                await asyncio.sleep(0.01)

    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        asyncio.run(whole(), debug=True)
        gc.collect()
    assert let_go(before)


def test_a_cancelled_simulation_closes_its_sockets(school: Estate) -> None:
    async def whole() -> None:
        async def forever() -> None:
            async with serve(school):
                await asyncio.sleep(60)

        task = asyncio.create_task(forever())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with serve(school, wait_s=0):
            pass

    asyncio.run(whole())


def test_an_ordinary_user_can_run_it() -> None:
    if sys.platform != "linux":
        pytest.skip("asks Linux to become another user")
    code = """
        import asyncio, sys
        from pathlib import Path
        from camcensus.demo.estate import load_estate
        from camcensus.demo.serve import serve

        async def main():
            async with serve(load_estate(Path(sys.argv[1]))) as served:
                print(len(served.hosts), *served.notes)

        asyncio.run(main())
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(FOLDER)]
    try:
        done = subprocess.run(command, user=65534, group=65534, extra_groups=[], check=False, capture_output=True, text=True)
    except (PermissionError, OSError):
        done = subprocess.run(command, check=False, capture_output=True, text=True)  # an ordinary user already
    if "ModuleNotFoundError" in done.stderr or "Permission denied" in done.stderr:
        pytest.skip("an ordinary user cannot read this checkout")
    assert done.stdout.strip() == "26", done.stderr
