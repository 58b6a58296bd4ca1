from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.device import UNREAD, Observation, Reading
from camcensus.wire import read as read_module
from camcensus.wire.read import Codec, codec_of, read, redact, reread
from wire.recorded import packet

CAPTURED_REPLIES = 191
"""Replies in the reference captures; every probe among them has a codec."""


def test_a_probe_without_a_codec_is_unread() -> None:
    assert read("reolink", None, b"C2D_S") == UNREAD
    assert redact("reolink", b"C2D_S") == b"C2D_S"
    assert codec_of("onvif") is None


def test_a_prefixed_probe_has_its_codec() -> None:
    found = packet("onvif", "scopes")
    assert read("onvif.AnythingElse", None, found.raw).codec == "onvif/3"


def test_a_broken_reply_says_why() -> None:
    assert read("dhip", None, b"") == Reading(
        state="broken", codec="dhip/2", problem="The reply is too short for Dahua's discovery protocol."
    )


def test_a_neighbour_line_is_read_and_says_nothing() -> None:
    reading = read("neighbour", None, b"")
    assert (reading.state, dict(reading.fields)) == ("read", {})


def test_a_defect_of_a_codec_ends_no_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(data: bytes, ask: str | None = None) -> dict[str, tuple[str, ...]]:
        raise ZeroDivisionError

    monkeypatch.setattr(read_module, "CODECS", {"http": Codec("http", 1, defect)})
    assert read("http", None, b"x") == Reading(
        state="broken", codec="http/1", problem="The reply could not be read (ZeroDivisionError)."
    )


def test_what_an_older_codec_read_is_read_again() -> None:
    found = packet("dhip", "camera")
    fresh = Observation(probe="dhip", address="10.0.0.1", at="2026-11-24T10:00:00Z", raw=found.raw)
    now = reread(fresh)
    assert now.reading.first("serial") == "6C00000PAG00001"
    assert reread(now) is now
    older = replace(now, reading=replace(now.reading, codec="dhip/0", fields={}))
    assert reread(older) == now
    unread = Observation(probe="reolink", address="10.0.0.1", at="2026-11-24T10:00:00Z", raw=b"x")
    assert reread(unread) is unread


def test_every_captured_reply_of_our_probes_is_read(shared: Path) -> None:
    states: dict[str, int] = {}
    for path in sorted((shared / "reference" / "captures").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            raw = redact(entry["probe"], base64.b64decode(entry["raw"]))
            reading = read(entry["probe"], entry.get("ask"), raw)
            assert reading.state != "broken", f"{path.name} {entry['probe']}: {reading.problem}"
            states[reading.state] = states.get(reading.state, 0) + 1
    assert states == {"read": CAPTURED_REPLIES}


def test_what_is_known_to_leak_is_blanked_by_the_codec_of_each() -> None:
    every = (*read_module.CODECS.values(), *read_module.PREFIX_CODECS.values())
    assert {codec.name for codec in every if codec.redact is not None} == {
        *("sadp", "xiongmai", "tp-link", "vstarcam", "http", "rtsp", "isapi", "dahua-cgi"),
    }  # fmt: skip
