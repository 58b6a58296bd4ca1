"""Makers' own protocols: the questions byte by byte, who is asked where, and answers in each of the ways they come."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from camcensus.discovery.alone import Alone
from camcensus.discovery.book import Book
from camcensus.discovery.pace import MULTICAST_PORTS, Turnstile
from camcensus.discovery.probe import Network
from camcensus.discovery.udp import Crowd
from camcensus.discovery.vendor_udp import PROTOCOLS, Protocol, VendorUdp
from camcensus.discovery.wsdiscovery import WsDiscovery
from camcensus.model.scan import Interface, Scope
from discovery.looking import Looked, look, run
from discovery.servers import udp, udp_socket

DATA = Path(__file__).resolve().parents[1] / "data"
BY_NAME = {one.name: one for one in PROTOCOLS}
OWN = "127.0.0.1"

QUESTIONS = {
    "hanwha": bytes([1]) + bytes(261),
    "sony": b"\x02ENQ:allinfo\xff\x03",
    "xiongmai": bytes.fromhex("ff00000000000000000000000000fa0500000000"),
    "tvt": b"MHED" + bytes([8, 0, 1, 0, 1, 0]) + bytes(130),
    "ubiquiti": bytes([1, 0, 0, 0]),
    "dahua-v1": bytes.fromhex("a3010001") + bytes(12) + b"\x02" + bytes(15),
    "foscam": b"MO_I" + bytes(11) + b"\x04" + bytes(10) + b"\x01",
    "vstarcam": bytes.fromhex("44480101"),
    "360-vision": b"DISCOVER\n",
    "hid": b"discover;013;",
}
ANSWERS_TO_ALL = ("hanwha", "bosch", "panasonic", "sony", "xiongmai", "dahua-v1", "foscam")
"""These answer by broadcast, to a fixed port."""


def example(name: str) -> bytes:
    folder = DATA / name
    found = [folder / f"{kind}.bin" for kind in ("camera", "answer", "full")]
    return next((one for one in found if one.is_file()), min(folder.glob("*.bin"))).read_bytes()


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_question_is_the_documented_one(name: str) -> None:
    assert BY_NAME[name].question(OWN) == QUESTIONS[name]


def test_questions_with_a_number_of_their_own_have_the_documented_frame() -> None:
    bosch, vivotek = BY_NAME["bosch"].question(OWN), BY_NAME["vivotek"].question(OWN)
    assert (len(bosch), bosch[:4].hex(), bosch[8:].hex()) == (12, "9939a427", "ff0006de")
    assert (len(vivotek), vivotek[1:].hex()) == (5, "4a5d8f1c")
    assert len(BY_NAME["panasonic"].question(OWN)) == 52
    gige = BY_NAME["gige-vision"].question(OWN)
    assert (len(gige), gige[:6].hex(), gige[6:] != b"\x00\x00") == (8, "421100020000", True)


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda one: one.name)
def test_a_question_is_never_taken_for_an_answer_nor_an_answer_for_a_question(protocol: Protocol) -> None:
    assert protocol.is_question(protocol.question(OWN))
    assert not protocol.is_question(example(protocol.name))


def test_ports_and_groups_are_the_documented_ones() -> None:
    assert {one.name: (one.port, one.reply_port) for one in PROTOCOLS} == {
        "sadp": (37020, 37020),
        "dhip": (37810, None),
        "dahua-v1": (5050, 5050),
        "hanwha": (7701, 7711),
        "bosch": (1757, 1758),
        "vivotek": (10000, None),
        "panasonic": (10670, 10669),
        "sony": (2380, 2380),
        "xiongmai": (34569, 34569),
        "tvt": (23456, 23456),
        "tp-link": (20002, None),
        "ubiquiti": (10001, None),
        "foscam": (10000, 10000),
        "vstarcam": (8600, None),
        "360-vision": (3600, None),
        "gige-vision": (3956, None),
        "hid": (4070, None),
    }
    assert {one.name: one.asks for one in PROTOCOLS if one.asks} == {
        "sadp": ("239.255.255.250",),
        "dhip": ("239.255.255.251",),
        "tvt": ("234.55.55.55",),
        "ubiquiti": ("233.89.188.1",),
    }
    # The question goes out once to each place, because answers are many times its size.
    assert {one.name for one in PROTOCOLS if one.rounds > 1} == {"sadp", "tvt"}


@contextlib.asynccontextmanager
async def hears_broadcast(address: str, protocol: Protocol, heard: list[bytes]) -> AsyncIterator[None]:
    """A device that hears the loopback broadcast and answers by broadcast to the fixed port."""
    loop = asyncio.get_running_loop()
    receiver, sender = udp_socket("127.255.255.255", protocol.port), udp_socket(address, protocol.port)

    def answer() -> None:
        with contextlib.suppress(BlockingIOError):
            question = receiver.recv(65535)
            if not protocol.is_question(question) or question[:4] != protocol.question(OWN)[:4]:
                return  # Its own answer, which goes to all, or another maker's question to the same port.
            heard.append(question)
            sender.sendto(example(protocol.name), ("127.255.255.255", protocol.reply_port or 0))

    loop.add_reader(receiver, answer)
    try:
        yield
    finally:
        loop.remove_reader(receiver)
        receiver.close()
        sender.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the loopback network has no broadcast address of its own on Windows")
def test_every_maker_is_heard_in_its_own_way_and_counted() -> None:
    heard: dict[str, list[bytes]] = {name: [] for name in ANSWERS_TO_ALL}
    addresses = {one.name: f"127.77.8.{n}" for n, one in enumerate(PROTOCOLS, 1)}

    async def work(stack: AsyncExitStack) -> Looked:
        for name in ANSWERS_TO_ALL:
            await stack.enter_async_context(hears_broadcast(addresses[name], BY_NAME[name], heard[name]))
        for name in ("vivotek", "tp-link", "ubiquiti", "vstarcam", "360-vision"):
            protocol = BY_NAME[name]

            def answer(question: bytes, protocol: Protocol = protocol) -> list[bytes]:
                return [example(protocol.name)] if protocol.is_question(question) else []

            group = next(iter(protocol.asks), "239.1.1.1")
            await stack.enter_async_context(udp(addresses[name], protocol.port, group, answer, broadcast=True))
        tvt = BY_NAME["tvt"]
        seen = await stack.enter_async_context(
            udp(addresses["tvt"], tvt.port, "234.55.55.55", lambda question: [example("tvt")] if len(question) == 140 else [])
        )
        seen._to_group = "234.55.55.56"  # It asks in one group and is answered in another.
        return await look()

    looked = run(work)
    assert isinstance(looked, Looked)
    for name in (*ANSWERS_TO_ALL, "vivotek", "tp-link", "ubiquiti", "vstarcam", "360-vision", "tvt"):
        (seen,) = looked.of(name)
        assert (seen.address, seen.reading.state, seen.network) == (addresses[name], "read", "lo 127.0.0.1/8"), name
        row = looked.row(name)
        assert row.sent == {"ubiquiti": 2, "tvt": 2}.get(name, 1)
        assert row.received >= 1
        assert (row.state, row.reason) == ("done", None)
    assert all(len(one) == 1 for one in heard.values())


def test_what_is_overheard_and_broken_is_no_device() -> None:
    """In listening only, noise on a maker's port and questions of an unknown form must not become rows."""

    async def work(stack: AsyncExitStack) -> Looked:
        sender = udp_socket("127.77.8.40", 0)
        stack.callback(sender.close)
        looking = asyncio.create_task(look(passive=True, limit_s=0.7))
        await asyncio.sleep(0.25)
        sender.sendto(b"\x7f" * 300, ("127.255.255.255", 34569))
        sender.sendto(b"<x>" * 20, ("239.255.255.250", 3702))
        sender.sendto(b"GET / HTTP/9", ("239.255.255.250", 1900))
        sender.sendto(example("xiongmai"), ("127.255.255.255", 34569))
        return await looking

    looked = run(work)
    assert isinstance(looked, Looked)
    assert [(one.probe, one.reading.state) for one in looked.observations] == [("xiongmai", "read")]
    assert all(row.sent == 0 for row in looked.coverage)


def test_every_question_to_all_has_its_row_of_coverage() -> None:
    async def work(stack: AsyncExitStack) -> Looked:
        return await look()

    looked = run(work)
    assert isinstance(looked, Looked)
    rows = {row.probe: row.state for row in looked.coverage if row.network == "127.0.0.0/8"}
    assert set(MULTICAST_PORTS) <= set(rows)
    assert {rows[name] for name in MULTICAST_PORTS} == {"done"}


@pytest.mark.parametrize(
    ("mac", "announced", "asked"),
    [
        ("44:19:b6:00:00:09", False, ["sadp"]), ("44:19:b6:00:00:09", True, []), ("3c:ef:8c:00:00:09", False, []),
        ("00:00:5e:00:00:09", False, []), (None, False, []),
    ],
)  # fmt: skip
def test_a_device_whose_answer_was_lost_is_asked_alone_what_others_of_its_block_answered(
    mac: str | None, announced: bool, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Interface("School network", "192.168.1.20/24")
    sent: list[tuple[str, str]] = []

    async def work(_: AsyncExitStack) -> None:
        scope, crowd, turnstile = Scope(interfaces=(card,), pace="fast"), Crowd(), Turnstile("fast")
        book = Book(scope, turnstile, lambda _: None, lambda mac: not mac.startswith("00:00:5e"), lambda: datetime.now(UTC))
        makers = [VendorUdp(one, crowd) for one in PROTOCOLS]
        for maker in makers:
            monkeypatch.setattr(
                maker, "ask_host", lambda _network, address, name=maker.name: bool(sent.append((name, address)) or True)
            )
        for number, block in ((7, "00:00:5e"), (8, "44:19:b6")):  # the first is no camera maker's
            sibling = book.host(f"192.168.1.{number}", card)
            sibling.mac, sibling.heard_by = f"{block}:00:00:08", {"sadp", "wsdiscovery", "neighbour"}
        host = book.host("192.168.1.9", card)
        host.mac, host.announced = mac, announced
        await Alone(book, turnstile, [Network(card)], WsDiscovery(crowd), makers).greet(host)

    run(work)
    assert sent == [(name, "192.168.1.9") for name in asked]
