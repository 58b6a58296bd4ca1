"""Network captures that are damaged or mean harm: read as far as they go, or refused in a sentence, within bounds."""

from __future__ import annotations

import gzip
import itertools
import random
import struct
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drawn
import pcaps
from camcensus.intake import cards as cards_module
from camcensus.intake import heard as heard_module
from camcensus.intake.capture import Intake
from camcensus.intake.cards import Cards
from camcensus.intake.frames import WAITING_LIMIT, Joiner
from camcensus.intake.heard import Heard
from camcensus.intake.lists import read_file
from camcensus.intake.pcap import Listener
from camcensus.intake.pcap_file import PacketFile
from camcensus.model.errors import IntakeError
from hostile.test_payloads import PAYLOADS
from pcaps import Talk, conversation, said, timed
from wire.recorded import packet, packets

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
SEED = drawn.seed()
PAGE = b"HTTP/1.1 200 OK\r\nServer: Boa\r\nContent-Length: 300\r\n\r\n" + b"<title>IPCamera</title>".ljust(300)
FRAMES = timed(
    [
        pcaps.arp(pcaps.CAMERA_MAC, pcaps.CAMERA),
        *(said(one.raw, 37810) for one in packets("dhip")),
        *conversation(80, b"GET / HTTP/1.1\r\n\r\n", PAGE),
        *(
            pcaps.ethernet(part, 0x0800)
            for part in pcaps.fragments(pcaps.udp(packet("dhip", "camera").raw, 37810, 9), size=200)
        ),
        *(said(one.raw, 3702) for one in packets("wsdiscovery")),
    ]
)
Damage = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(4, len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.randrange(1, 200)):
        spoiled[chance.randrange(4, len(data))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def wrong_length(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(4, len(data) - 4)
    return data[:at] + struct.pack("<I", chance.choice((0, 1, 0xFFFF, 1 << 18, 0x7FFFFFFF, 0xFFFFFFFF))) + data[at + 4 :]


def hole(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(24, len(data))
    return data[:at] + data[at + chance.randrange(1, 500) :]


def filled(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(24, len(data))
    return data[:at] + chance.choice((b"\x00", b"\xff")) * chance.randrange(1, 5000) + data[at:]


def other_order(data: bytes, chance: random.Random) -> bytes:
    """The head says one byte order, the packets have the other."""
    head = pcaps.pcap([], order=">") if data[:4] == b"\xd4\xc3\xb2\xa1" else pcaps.section(">") + pcaps.card(order=">")
    return head + data[chance.choice((24, 28, 48)) :]


def torn_blocks(data: bytes, chance: random.Random) -> bytes:
    odd = chance.choice(
        (
            struct.pack("<II", 6, 0), struct.pack("<II", 6, 13) + bytes(5), struct.pack("<II", 1, 12) + struct.pack("<I", 16),
            pcaps.block(6, bytes(3)), pcaps.block(6, struct.pack("<IIIII", 99, 0, 0, 4, 4) + b"abcd"), pcaps.block(3, bytes(2)),
            pcaps.block(6, struct.pack("<IIIII", 0, 0, 0, 0xFFFFFF, 4) + b"abcd"), struct.pack("<II", 6, 0x7FFFFFFC),
            pcaps.block(0x0A0D0D0A, b"\x00\x00\x00\x00" + bytes(12)), struct.pack("<II", 0x1234, 0xFFFFFFFC) + bytes(900),
        )
    )  # fmt: skip
    return pcaps.pcapng(FRAMES[: chance.randrange(len(FRAMES))]) + odd + data


def packed_and_spoiled(data: bytes, chance: random.Random) -> bytes:
    return chance.choice((cut, flipped))(gzip.compress(data), chance)


DAMAGES: tuple[Damage, ...] = (cut, flipped, wrong_length, hole, filled, other_order, torn_blocks, packed_and_spoiled)
FORMS = {
    "pcap": lambda: pcaps.pcap(FRAMES),
    "pcap, other order, nanoseconds": lambda: pcaps.pcap(FRAMES, order=">", nano=True, snaplen=0),
    "pcapng": lambda: pcaps.pcapng(FRAMES),
    "pcapng, other order": lambda: pcaps.pcapng(FRAMES, ">"),
    "many sections": lambda: b"".join(pcaps.pcapng([one]) for one in FRAMES),
}


def read_or_refused(path: Path) -> Intake | str:
    """What a file gave, or the sentence with which it was refused; nothing else may come of it."""
    try:
        taken = read_file(path, NOW)
    except IntakeError as error:
        said_of_it = str(error)
    else:
        said_of_it = ""
    if said_of_it:
        assert "\n" not in said_of_it
        assert path.name in said_of_it
        return said_of_it
    for one in taken.observations:
        assert one.reading.state != "broken"
        assert one.at <= "2026-11-27T12:00:00.000Z"
    assert all(problem.say.endswith(".") for problem in taken.problems)
    return taken


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_capture_is_read_as_far_as_it_goes_or_refused(tmp_path: Path, form: str, damage: Damage) -> None:
    chance = random.Random(f"{SEED} {form} {damage.__name__}")
    path = tmp_path / "hour.pcap"
    for turn in range(8):
        path.write_bytes(damage(FORMS[form](), chance))
        try:
            read_or_refused(path)
        except Exception as error:
            raise AssertionError(f"seed {SEED}, turn {turn}") from error


def test_what_comes_before_the_damage_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "hour.pcap"
    for whole in (pcaps.pcap(FRAMES), pcaps.pcapng(FRAMES)):
        path.write_bytes(whole[:-40])
        taken = read_or_refused(path)
        assert isinstance(taken, Intake)
        assert any(one.probe == "dhip" for one in taken.observations)
        assert "stops short after packet" in taken.problems[0].say
    path.write_bytes(gzip.compress(pcaps.pcap(FRAMES) + random.Random(1).randbytes(200_000))[:-90_000])
    assert isinstance(read_or_refused(path), Intake)


def test_a_capture_without_a_packet_is_refused(tmp_path: Path) -> None:
    for data in (
        pcaps.pcap([]),
        pcaps.section(),
        pcaps.section() + pcaps.card(),
        b"\xd4\xc3\xb2\xa1",
        gzip.compress(pcaps.pcap([])),
    ):
        (tmp_path / "hour.pcap").write_bytes(data)
        assert "without a packet" in str(read_or_refused(tmp_path / "hour.pcap"))


def test_a_network_that_is_not_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "hour.pcap").write_bytes(pcaps.pcap(FRAMES, link=127))
    assert "kind of network that Camcensus does not read" in str(read_or_refused(tmp_path / "hour.pcap"))


def test_a_small_file_that_unpacks_without_end_is_given_up(tmp_path: Path) -> None:
    frame = said(bytes(1400), 9999, 9999)
    record = struct.pack("<IIII", pcaps.BEGAN_S, 0, len(frame), len(frame)) + frame
    (tmp_path / "hour.pcap.gz").write_bytes(gzip.compress(pcaps.pcap(FRAMES) + record * 60_000))
    taken = read_or_refused(tmp_path / "hour.pcap.gz")
    assert isinstance(taken, Intake)
    assert "unpacks to more than 250 times its length" in taken.problems[0].say


@pytest.mark.parametrize("payload", PAYLOADS, ids=str)
def test_payloads_in_a_capture_are_read_or_passed_over(tmp_path: Path, payload: str) -> None:
    data = PAYLOADS[payload][:60_000]
    frames = [
        frame
        for port in (3702, 37020, 37810, 5353, 1900, 34569)
        for frame in (said(data, port) if len(data) < 65_000 else b"",)
    ]
    frames += conversation(80, b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n" + data)
    frames.append(pcaps.dhcp_frame(data, pcaps.OTHER_MAC))
    (tmp_path / "hour.pcap").write_bytes(pcaps.pcap(timed(frames)))
    read_or_refused(tmp_path / "hour.pcap")


@settings(max_examples=300, database=None)
@given(link=st.sampled_from([0, 1, 101, 113, 276]), data=st.binary(max_size=200))
def test_any_frame_is_read_or_passed_over(link: int, data: bytes) -> None:
    listener = Listener(Heard(Cards(), NOW), Cards())
    for head in (
        b"",
        bytes(12) + b"\x08\x00",
        bytes(12) + b"\x86\xdd\x60",
        bytes(12) + b"\x08\x06",
        bytes(12) + b"\x08\x00\x45",
    ):
        listener.take(1, link, head + data)


def test_fragments_that_never_end_are_given_up() -> None:
    joiner = Joiner()
    for number in range(20 * WAITING_LIMIT):
        (first, *_) = pcaps.fragments(bytes(3000), number=number & 0xFFFF, source=f"10.0.{number >> 12}.1")
        assert joiner.ip4(first, 0) is None
    assert len(joiner._waiting) <= WAITING_LIMIT


def test_a_host_that_says_something_else_each_time_is_kept_within_bounds(tmp_path: Path) -> None:
    raw = packet("dhip", "camera").raw
    frames = [said(raw.replace(b"6C00000PAG00001", b"6C%05dPAG00001" % number), 37810) for number in range(500)]
    (tmp_path / "hour.pcap").write_bytes(pcaps.pcap(timed(frames)))
    taken = read_or_refused(tmp_path / "hour.pcap")
    assert isinstance(taken, Intake)
    assert sum(one.probe == "dhip" for one in taken.observations) == heard_module.REPLIES_OF_ONE


def test_more_devices_than_there_are_anywhere_are_kept_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard_module, "SENDERS_LIMIT", 20)
    raw = packet("dhip", "camera").raw
    (tmp_path / "hour.pcap").write_bytes(pcaps.pcap(timed(said(raw, 37810, address=f"10.0.1.{n}") for n in range(1, 40))))
    taken = read_or_refused(tmp_path / "hour.pcap")
    assert isinstance(taken, Intake)
    assert sum(one.probe == "dhip" for one in taken.observations) == 20
    assert "more than 20 devices" in taken.problems[0].say


def endless(head: bytes, part: bytes, times: int) -> Callable[[int], bytes]:
    """What reads a file that is made as it is read: so many times the same packets."""
    parts = itertools.chain([head], itertools.repeat(part, times))
    return lambda _: next(parts, b"")


def test_made_up_cards_and_addresses_are_held_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards_module, "KNOWN_LIMIT", 100)
    cards = Cards()
    listener = Listener(Heard(cards, NOW), cards)
    answer = packet("dhip", "camera").raw
    for number in range(1_000):
        mac, address = f"02:00:00:00:{number >> 8:02x}:{number & 255:02x}", f"10.{number >> 8}.{number & 255}.1"
        for frame in (
            pcaps.arp(mac, pcaps.CAMERA), pcaps.arp(pcaps.CAMERA_MAC, address), said(answer, 37810, address=address, mac=mac),
            said(answer, 37810, address=address, mac=f"06{mac[2:]}", hops=63),
        ):  # fmt: skip
            listener.take(1, 1, frame)
    held = (cards._known, cards._of_card, cards._routers, cards._spoke, *cards._said.values(), *cards._said_by.values())
    assert max(len(one) for one in held) <= 300
    assert not cards.is_own(pcaps.mac_bytes("02:00:00:00:03:01"), bytes((10, 9, 9, 9))), (
        "where all is made up, only ARP is believed"
    )


def records(frames: list[bytes]) -> bytes:
    return b"".join(struct.pack("<IIII", pcaps.BEGAN_S, 0, len(frame), len(frame)) + frame for frame in frames)


def test_memory_does_not_grow_with_the_length() -> None:
    """60 MB of video, open connections and fragments: what is held at once is the same as of a hundredth of it."""
    video = [
        pcaps.ethernet(pcaps.ip(pcaps.tcp(bytes(1400), 554, 50_000 + n, number=n * 9000), 6, f"10.0.0.{n % 250}"), 0x0800)
        for n in range(150)
    ]
    opened = [frame for n in range(200) for frame in Talk(80, client_port=1024 + n, address=f"10.0.1.{n}").open()]

    def peak(times: int) -> int:
        listener = Listener(Heard(cards := Cards(), NOW), cards)
        file = PacketFile(endless(pcaps.pcap([]), records([*video, *opened, *(f for _, f in FRAMES)]), times))
        tracemalloc.start()
        for at_ns, link, frame in file:
            listener.take(at_ns, link, frame)
            most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert file.problem == ""
        return most

    few, many = peak(10), peak(200)
    assert many < few + (4 << 20)
