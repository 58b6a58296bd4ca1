"""The DNS reader against messages that zeroconf writes, and against attacks."""

from __future__ import annotations

import socket
import struct

import pytest
from zeroconf import DNSAddress, DNSOutgoing, DNSPointer, DNSService, DNSText

from camcensus.model.errors import WireError
from camcensus.wire.mdns import decode, read_name, read_records
from costs import soon
from wire.recorded import packet

RESPONSE, IN = 0x8400, 1


def written_by_zeroconf(service: str, instance: str, host: str, txt: bytes = b"\0") -> bytes:
    out = DNSOutgoing(RESPONSE)
    full = f"{instance}.{service}"
    out.add_answer_at_time(DNSPointer(service, 12, IN, 4500, full), 0)
    out.add_answer_at_time(DNSService(full, 33, IN, 120, 0, 0, 80, host), 0)
    out.add_answer_at_time(DNSText(full, 16, IN, 4500, txt), 0)
    out.add_answer_at_time(DNSAddress(host, 1, IN, 120, socket.inet_aton("10.0.0.9")), 0)
    return out.packets()[0]


@pytest.mark.parametrize("instance", ["AXIS P3245-V - ACCC8E000001", "Foscam C1 v1.0", "Eingang Süd", "a" * 63])
def test_what_zeroconf_writes_is_read(instance: str) -> None:
    fields = decode(written_by_zeroconf("_http._tcp.local.", instance, "cam.local."))
    assert fields["mdns.instance"] == (instance,)
    assert fields["mdns.service"] == ("_http._tcp.local.",)
    assert fields["mdns.host"] == ("cam.local.",)
    assert (fields["http_port"], fields["ipv4"], fields["hostname"]) == (("80",), ("10.0.0.9",), ("cam",))


def message(*records: bytes, questions: int = 0, answers: int | None = None) -> bytes:
    return struct.pack(">HHHHHH", 0, RESPONSE, questions, len(records) if answers is None else answers, 0, 0) + b"".join(
        records
    )


def record(name: bytes, kind: int, data: bytes) -> bytes:
    return name + struct.pack(">HHIH", kind, IN, 1, len(data)) + data


def test_attack_compression_loop_of_two() -> None:
    with pytest.raises(WireError, match="points"):
        decode(message(record(b"\xc0\x0e\xc0\x0c", 12, b"\x00")))


def test_attack_compression_pointer_forwards_and_past_the_end() -> None:
    for pointer in (b"\xc0\x20", b"\xff\xff"):
        with pytest.raises(WireError, match="points"):
            decode(message(record(pointer, 12, b"\x00")))


def test_attack_compression_chain_is_linear() -> None:
    chain = b"\x01a\x00" + b"".join(b"\xc0" + bytes((12 + 2 * n + (1 if n else 0),)) for n in range(100))
    hostile = message(*[chain] * 100, answers=250)

    def refused() -> None:
        with pytest.raises(WireError):
            decode(hostile)

    soon(refused)


def test_attack_name_longer_than_255_bytes() -> None:
    name = (b"\x3f" + b"a" * 63) * 5 + b"\x00"
    with pytest.raises(WireError, match="too long"):
        read_name(name, 0)
    labels, after = read_name((b"\x3f" + b"a" * 63) * 3 + b"\x00", 0)
    assert (len(labels), after) == (3, 193)


def test_attack_label_of_a_reserved_kind() -> None:
    with pytest.raises(WireError, match="unknown kind"):
        read_name(b"\x80abc\x00", 0)


def test_attack_more_records_than_a_message_can_hold() -> None:
    with pytest.raises(WireError, match="256 records"):
        read_records(struct.pack(">HHHHHH", 0, RESPONSE, 65535, 65535, 65535, 65535))
    with pytest.raises(WireError, match="ends inside"):
        read_records(message(answers=256))


def test_attack_record_data_past_the_end() -> None:
    with pytest.raises(WireError, match="ends inside"):
        decode(message(b"\x00" + struct.pack(">HHIH", 16, IN, 1, 500) + b"\x05a=b"))


def test_txt_lengths_past_the_end_are_cut() -> None:
    name = b"\x03cam\x05_http\x04_tcp\x05local\x00"
    assert decode(message(record(name, 16, b"\x03a=b\xffrest")))["mdns.txt"] == ("a=b", "rest")


def test_names_inside_a_record_may_point_back_before_it() -> None:
    service = b"\x05_http\x04_tcp\x05local\x00"
    fields = decode(message(record(service, 12, b"\x03cam\xc0\x0c")))
    assert (fields["mdns.instance"], fields["mdns.service"]) == (("cam",), ("_http._tcp.local.",))


def test_a_record_of_another_kind_is_passed_over() -> None:
    raw = packet("mdns", "axis").raw
    assert decode(raw[:6] + struct.pack(">H", 5) + raw[8:] + record(b"\x00", 47, b"\x01\x02")) == decode(raw)


def test_attack_pointer_back_to_one_that_points_at_itself() -> None:
    looped = 12 + 11
    first = record(b"\x00", 47, bytes((0xC0, looped)))
    with pytest.raises(WireError, match="points"):
        decode(message(first, record(bytes((0xC0, looped)), 12, b"\x00")))


def test_attack_labels_that_point_back_to_their_own_beginning() -> None:
    looped = 12 + 11
    first = record(b"\x00", 47, b"\x01a" + bytes((0xC0, looped)))
    with pytest.raises(WireError, match="points"):
        decode(message(first, record(bytes((0xC0, looped)), 12, b"\x00")))
