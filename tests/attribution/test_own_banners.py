"""Every title, realm and server of the practice school and of the fleet speaks for its maker, or is known to speak for nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.attribution.attribute import attribute
from camcensus.demo.estate import load_estate
from camcensus.model.device import Observation
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.wire.read import read
from fleet.catalogue import load_fleet

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = load_knowledge(ROOT / "vendors.db")

SPEAK_FOR_NOBODY = {
    "": "nothing",
    "Network Camera": "any maker's words",
    "Web Client": "any maker's words",
    "Streaming Server": "any maker's words",
    "WEB": "any maker's words",
    "RTSP": "the protocol's name",
    "UVC": "any maker's letters",
    "webserver": "a name that many programs give",
    "nginx": "a program that anybody uses",
    "uc-httpd 1.0.0": "a server of many boards",
    "DVR Components Download": "a page that one source gives to a chip",
    "streaming_server": "no source says whose",
    "Embedded Net DVR": "no source says whose",
    "Use 'live' as User Name": "the beginning of a sentence",
}
"""Banners that no published text gives to one maker."""


def _banners() -> list[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    devices = [*load_estate(ROOT / "resources" / "demo").devices, *(unit.device for unit in load_fleet(1000))]
    for device in devices:
        if device.truth.manufacturer is None:
            continue
        for name in ("page_title", "realm", "server"):
            text = device.values.get(name, "")
            if text not in SPEAK_FOR_NOBODY and "{" not in text:
                found.add((name, text, device.truth.manufacturer))
    return sorted(found)


def _reply(name: str, text: str, probe: str) -> Observation:
    head = {
        "page_title": "200 OK\r\n",
        "realm": f'401 Unauthorized\r\nWWW-Authenticate: Digest realm="{text}", nonce="1"\r\n',
        "server": f"200 OK\r\nServer: {text}\r\n",
    }[name]
    body = f"<html><head><title>{text}</title></head></html>" if name == "page_title" else ""
    raw = f"{probe.upper()}/1.{int(probe == 'http')} {head}\r\n{body}".encode()
    return Observation(probe=probe, address="10.0.0.5", at="2026-11-24T10:00:00Z", raw=raw, reading=read(probe, None, raw))


@pytest.mark.parametrize(("name", "text", "maker"), _banners())
def test_a_banner_speaks_for_its_maker(name: str, text: str, maker: str) -> None:
    answer = attribute([_reply(name, text, "http")], KNOWLEDGE)
    roots = {KNOWLEDGE.root_of(candidate) for candidate in answer.candidates}
    assert KNOWLEDGE.root_of(maker) in roots, answer.reason
    assert answer.manufacturer is None or KNOWLEDGE.root_of(answer.manufacturer) == KNOWLEDGE.root_of(maker)


@pytest.mark.parametrize("text", [text for text in SPEAK_FOR_NOBODY if text])
def test_a_banner_of_nobody_names_nobody(text: str) -> None:
    for name in ("page_title", "realm"):
        assert attribute([_reply(name, text, "http")], KNOWLEDGE).manufacturer is None


def test_there_are_banners_to_walk() -> None:
    assert len(_banners()) >= 25
