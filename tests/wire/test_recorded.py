"""Every codec against the packets in tests/data: the table, each truncation, any bytes, mutated good packets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camcensus.model.errors import WireError
from camcensus.wire.fields import FIELDS, VALUE_LIMIT_CHARACTERS, VALUES_LIMIT
from camcensus.wire.read import CODECS, PREFIX_CODECS, codec_of, read, redact
from wire.recorded import NAMESPACES, Packet, packets

PACKETS = packets()
GOOD = [found for found in PACKETS if found.fields is not None]
PROBES = [*sorted(CODECS), *(f"{prefix}Anything" for prefix in sorted(PREFIX_CODECS))]


def decode(probe: str, ask: str | None, raw: bytes) -> dict[str, tuple[str, ...]] | None:
    """What the codec reads, None where it raises WireError. Anything else it raises fails the test."""
    codec = codec_of(probe)
    assert codec is not None
    problem = ""
    fields: dict[str, tuple[str, ...]] | None
    try:
        fields = codec.decode(raw, ask)
    except WireError as error:
        problem = str(error)
        fields = None
    if fields is None:
        assert problem.endswith(".")
        assert "\n" not in problem
        return None
    for name, values in fields.items():
        assert name in FIELDS
        assert 1 <= len(values) <= VALUES_LIMIT
        assert len(set(values)) == len(values)
        for value in values:
            assert len(value) <= VALUE_LIMIT_CHARACTERS
            value.encode("utf-8")
    return fields


@pytest.mark.parametrize("packet", PACKETS, ids=str)
def test_recorded_packet_reads_as_its_file_says(packet: Packet) -> None:
    assert packet.origin in ("captured", "from the specification", "made up")
    reading = read(packet.probe, packet.ask, packet.raw)
    if packet.fields is None:
        assert (reading.state, reading.problem, dict(reading.fields)) == ("broken", packet.broken, {})
        return
    assert (reading.state, reading.problem) == ("read", None)
    compared = {name: values for name, values in reading.fields.items() if name not in NAMESPACES or name in packet.fields}
    assert compared == packet.fields


def test_every_codec_has_recorded_packets() -> None:
    held = {found.protocol for found in GOOD}
    assert held >= set(CODECS) | {prefix.rstrip(".") for prefix in PREFIX_CODECS}


@pytest.mark.parametrize("packet", PACKETS, ids=str)
def test_each_truncation_is_read_or_refused(packet: Packet) -> None:
    for length in range(len(packet.raw)):
        decode(packet.probe, packet.ask, packet.raw[:length])


@pytest.mark.parametrize("probe", PROBES)
@settings(max_examples=100, database=None)
@given(raw=st.binary(max_size=400), ask=st.none() | st.text(max_size=30))
def test_any_bytes_are_read_or_refused(probe: str, raw: bytes, ask: str | None) -> None:
    decode(probe, ask, raw)
    assert len(redact(probe, raw)) == len(raw)


@settings(max_examples=1000, database=None)
@given(data=st.data())
def test_mutated_good_packets_are_read_or_refused(data: st.DataObject) -> None:
    packet = data.draw(st.sampled_from(GOOD))
    raw = bytearray(packet.raw)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        until = min(len(raw), at + data.draw(st.integers(0, 24)))
        raw[at:until] = data.draw(
            st.binary(max_size=24) | st.sampled_from([bytes(raw[at:until]) * 2, b"<", b"&#0;", b"\xff\xff"])
        )
    decode(packet.probe, packet.ask, bytes(raw))
    blanked = redact(packet.probe, bytes(raw))
    assert len(blanked) == len(raw)
    assert redact(packet.probe, blanked) == blanked


@pytest.mark.parametrize("packet", GOOD, ids=str)
def test_a_packet_given_to_another_probe_is_read_or_refused(packet: Packet) -> None:
    for probe in PROBES:
        decode(probe, packet.ask, packet.raw)
