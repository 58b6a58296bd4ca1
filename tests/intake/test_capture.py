"""Good lines of a capture are read, broken ones are named by number, and nothing that a file holds gets past one sentence."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camcensus.intake.capture import (
    BROKEN_LIMIT,
    LINE_COST_BYTES,
    LINE_LIMIT_BYTES,
    TOTAL_LIMIT_BYTES,
    parse_line,
    read_capture,
)
from camcensus.intake.capture_writer import CaptureWriter, line_of
from camcensus.model.device import RAW_LIMIT_BYTES, Observation
from camcensus.model.errors import DiskError, IntakeError
from camcensus.wire.read import read, redact
from samples import observation, packet, write_capture

GOOD: dict[str, Any] = {
    "at": "2026-11-24T10:41:02.113Z", "network": "eth0 10.0.0.2/24", "address": "10.0.0.31", "port": 37810,
    "mac": "3c:ef:8c:00:00:01", "probe": "dhip", "ask": None, "raw": base64.b64encode(packet("dhip/camera")).decode(), "cut": False,
}  # fmt: skip


def seen(number: int) -> Observation:
    raw = packet("dhip/camera")
    return observation(number, probe="dhip", ask=None, port=37810, raw=raw, reading=read("dhip", None, raw))


def text_of(*entries: object) -> bytes:
    return b"".join(entry if isinstance(entry, bytes) else json.dumps(entry).encode() + b"\n" for entry in entries)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_what_is_written_is_read_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with CaptureWriter(path) as writer:
        writer.write(seen(1))
    with CaptureWriter(path) as writer:
        writer.write(seen(2))
    assert read_capture(path).observations == (seen(1), seen(2))
    assert read_capture(path).problems == ()
    assert path.read_bytes().startswith(b"\x1f\x8b") == name.endswith(".gz")
    write_capture(path, [seen(3)])
    assert read_capture(path).observations == (seen(3),)


def test_secrets_that_a_file_still_holds_are_blanked_before_anything_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "other-tool.jsonl"
    raw = packet("sadp/camera")
    entry = GOOD | {"probe": "sadp", "raw": base64.b64encode(raw).decode()}
    path.write_bytes(text_of(entry))
    (kept,) = read_capture(path).observations
    assert kept.raw == redact("sadp", raw) != raw
    assert b"<Salt>" + b"*" * 32 + b"</Salt>" in kept.raw
    assert kept.reading == read("sadp", None, kept.raw)


def test_a_line_follows_the_schema(data_dir: Path) -> None:
    schema = json.loads((data_dir / "resources/schema/capture-line.schema.json").read_text("utf-8"))
    for one in (seen(1), observation(2, mac=None, network=None, port=None, raw=b"", ask=None)):
        jsonschema.validate(json.loads(line_of(one)), schema)


def test_what_may_be_absent_may_be_absent() -> None:
    entry = {key: GOOD[key] for key in ("at", "address", "probe", "raw")}
    one = parse_line(json.dumps(entry).encode())
    assert (one.network, one.port, one.mac, one.ask, one.cut) == (None, None, None, None, False)
    assert one.reading.state == "read"


def test_other_spellings_of_time_and_network_number_mean_the_same() -> None:
    one = parse_line(json.dumps(GOOD | {"at": "2026-11-24T12:41:02+02:00", "mac": "3C-EF-8C-00-00-01"}).encode())
    assert one.at == "2026-11-24T10:41:02Z"
    assert one.mac == "3c:ef:8c:00:00:01"


BROKEN: dict[str, bytes] = {
    "not JSON": b"{\n",
    "not UTF-8": b'{"at": "\xff"}\n',
    "a list": b"[1]\n",
    "a number": b"7\n",
    "NaN": json.dumps(GOOD).replace("37810", "NaN").encode() + b"\n",
    "endless digits": json.dumps(GOOD).replace("37810", "9" * 9000).encode() + b"\n",
    "deep": b"[" * 100_000 + b"]" * 100_000 + b"\n",
    "deep objects": b'{"a":' * 30_000 + b"1" + b"}" * 30_000 + b"\n",
    "a line of 10 MB": b'{"at": "' + b"x" * 10_000_000 + b'"}\n',
    "no address": text_of({**GOOD, "address": None}),
    "an address that is none": text_of({**GOOD, "address": "camera.local"}),
    "no time": text_of({**GOOD, "at": None}),
    "a time without a zone": text_of({**GOOD, "at": "2026-11-24T10:41:02"}),
    "a year after all": text_of({**GOOD, "at": "9999-12-31T23:59:59.9996Z"}),
    "a year after all elsewhere": text_of({**GOOD, "at": "9999-01-01T00:00:00+14:00"}),
    "a year of no clock": text_of({**GOOD, "at": "1969-12-31T23:59:59Z"}),
    "a day in the year 0": text_of({**GOOD, "at": "0000-01-01T00:00:00Z"}),
    "a time before time": text_of({**GOOD, "at": "0001-01-01T00:00:00+14:00"}),
    "no probe": text_of({**GOOD, "probe": ""}),
    "a probe that is a path": text_of({**GOOD, "probe": "../../etc/passwd\n"}),
    "a port too high": text_of({**GOOD, "port": 65536}),
    "a port that is true": text_of({**GOOD, "port": True}),
    "a port that is a text": text_of({**GOOD, "port": "80"}),
    "a wrong mac": text_of({**GOOD, "mac": "3c:ef"}),
    "a network that is a list": text_of({**GOOD, "network": []}),
    "a long network": text_of({**GOOD, "network": "x" * 501}),
    "a name twice": text_of(GOOD).replace(b"{", b'{"address": "10.0.0.9", ', 1),
    "half a character": json.dumps(GOOD).replace("eth0", "\\ud800").encode() + b"\n",
    "raw that is no Base64": text_of({**GOOD, "raw": "%%%"}),
    "raw with a hole": text_of({**GOOD, "raw": "QUJ D"}),
    "raw with letters": text_of({**GOOD, "raw": "é"}),
    "raw too long": text_of({**GOOD, "raw": base64.b64encode(bytes(RAW_LIMIT_BYTES + 1)).decode()}),
    "raw that is null": text_of({**GOOD, "raw": None}),
    "cut that is a text": text_of({**GOOD, "cut": "no"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(text_of(GOOD, BROKEN[name], {**GOOD, "address": "10.0.0.32"}))
    taken = read_capture(path)
    assert [one.address for one in taken.observations] == ["10.0.0.31", "10.0.0.32"]
    assert [problem.line for problem in taken.problems] == [2]
    assert taken.problems[0].say.startswith("Line 2 was left out: ")
    assert taken.problems[0].say.endswith(".")
    assert len(taken.problems[0].say) < 200


def test_the_longest_reply_fits(tmp_path: Path) -> None:
    raw = base64.b64encode(bytes(RAW_LIMIT_BYTES)).decode()
    path = tmp_path / "a.jsonl"
    path.write_bytes(text_of({**GOOD, "raw": raw, "cut": True}))
    assert len(read_capture(path).observations[0].raw) == RAW_LIMIT_BYTES
    assert len(text_of({**GOOD, "raw": raw})) < LINE_LIMIT_BYTES


def test_empty_lines_a_mark_at_the_start_and_no_newline_at_the_end_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + text_of(GOOD, b"\n", b"\r\n", GOOD).rstrip())
    taken = read_capture(path)
    assert len(taken.observations) == 2
    assert taken.problems == ()


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"hello\n", b"\x7fELF" + bytes(500), b'{"a": 1}', json.dumps([GOOD], indent=1).encode()]
)
def test_a_file_that_is_no_capture_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(IntakeError, match="is not a capture") as caught:
        read_capture(path)
    assert str(caught.value).count(".") <= 2


def test_missing_files_folders_and_wrong_gzip_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(b"not gzip")
    (tmp_path / "b.gz").write_bytes(b"")
    for name, say in (("none", "check the name"), (".", "not a file"), ("a.gz", "not a gzip"), ("b.gz", "is empty")):
        with pytest.raises(IntakeError, match=say):
            read_capture(tmp_path / name)


def test_a_gzip_that_stops_short_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    lines = [{**GOOD, "address": f"10.0.{number // 250}.{number % 250 + 1}"} for number in range(2000)]
    packed = gzip.compress(text_of(*lines))
    path.write_bytes(packed[: len(packed) // 2])
    taken = read_capture(path)
    assert 0 < len(taken.observations) < 2000
    assert "stops short" in taken.problems[-1].say
    path.write_bytes(packed[:-8] + b"\0" * 8)
    assert read_capture(path).problems


def test_a_gzip_of_endless_zeros_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.intake.capture.TOTAL_LIMIT_BYTES", 8 << 20)
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(text_of(GOOD) + bytes(64 << 20), 1))
    taken = read_capture(path)
    assert len(taken.observations) == 1
    assert "longer than 8 MiB" in taken.problems[0].say


def test_a_gzip_of_endless_empty_lines_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camcensus.intake.capture.TOTAL_LIMIT_BYTES", 1 << 20)
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(text_of(GOOD) + b"\n" * ((1 << 20) // LINE_COST_BYTES), 1))
    taken = read_capture(path)
    assert len(taken.observations) == 1
    assert "longer than 1 MiB" in taken.problems[0].say


def test_a_file_of_more_replies_than_can_be_held_is_read_so_far_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("camcensus.intake.capture.REPLIES_LIMIT", 100)
    path = tmp_path / "a.jsonl"
    path.write_bytes(text_of(GOOD) * 100)
    assert read_capture(path).problems == ()
    path.write_bytes(text_of(GOOD) * 101)
    taken = read_capture(path)
    assert len(taken.observations) == 100
    assert [problem.say for problem in taken.problems] == [
        "The file is longer than 100 replies; the rest was not read: give it in parts, one at a time."
    ]


def test_a_huge_file_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    """A gibibyte, most of it a hole: only what is within the limit is touched."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(text_of(GOOD) * 3)
    with path.open("r+b") as stream:
        stream.truncate(1 << 30)
    taken = read_capture(path)
    assert len(taken.observations) == 3
    assert taken.problems[-1].say.startswith(f"The file is longer than {TOTAL_LIMIT_BYTES >> 20} MiB")


def test_a_file_of_broken_lines_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(text_of(GOOD) + b"x\n" * (BROKEN_LIMIT * 3))
    taken = read_capture(path)
    assert len(taken.problems) == BROKEN_LIMIT + 1
    assert "the rest was not read" in taken.problems[-1].say


def test_a_capture_goes_on_after_a_line_that_a_dead_program_left_half(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line_of(seen(1)) + b'{"at": "2026')
    with CaptureWriter(path) as writer:
        writer.write(seen(2))
    taken = read_capture(path)
    assert taken.observations == (seen(1), seen(2))
    assert [problem.line for problem in taken.problems] == [2]


def test_a_capture_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="does not exist"):
        CaptureWriter(tmp_path / "none" / "a.jsonl")
    with pytest.raises(DiskError, match="is a folder"):
        CaptureWriter(tmp_path)


def _parsed(line: bytes) -> Observation | None:
    """The observation, None where a reason is given; anything else but ValueError goes on."""
    try:
        return parse_line(line)
    except ValueError:
        return None


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), _json) | _json)
def test_any_json_is_an_observation_or_a_reason(change: Any) -> None:
    entry = GOOD | change if isinstance(change, dict) else change
    one = _parsed(json.dumps(entry).encode())
    assert one is None or parse_line(line_of(one)) == one


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_an_observation_or_a_reason(line: bytes) -> None:
    assert _parsed(line) is None or line.lstrip().startswith(b"{")
