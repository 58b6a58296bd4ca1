"""The search form on a real network: two namespaces with a cable between them, nothing simulated but the camera."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from costs import LONG_S

PROGRAMS = {
    "window": [str(Path(__file__).parent / "station.py")],
    "camera": [str(Path(__file__).parents[2] / "discovery" / "station.py"), "devices"],
}

pytestmark = pytest.mark.namespace


class Station:
    """A program in a network namespace of its own, which speaks JSON lines."""

    def __init__(self, name: str) -> None:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        self._program = subprocess.Popen(
            [sys.executable, *PROGRAMS[name]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.pid = self._program.pid
        if "ready" not in self._line():
            self.end()
            pytest.skip("network namespaces are not allowed here")

    def _line(self) -> str:
        assert self._program.stdout
        return self._program.stdout.readline()

    def ask(self, **order: Any) -> Any:
        assert self._program.stdin
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()
        return json.loads(self._line())

    def ip(self, *arguments: str) -> None:
        subprocess.run(["nsenter", "-t", str(self.pid), "-n", "ip", *arguments], check=True, capture_output=True)

    def end(self) -> None:
        self._program.terminate()
        self._program.wait(LONG_S)
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe:
                pipe.close()


@pytest.fixture
def cable() -> Iterator[tuple[Station, Station]]:
    """The window at 10.41.1.2 of 10.41.1.0/28, a camera at 10.41.1.5."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs root on Linux")
    window, camera = Station("window"), Station("camera")
    try:
        try:
            subprocess.run(["ip", "link", "add", "w1", "type", "veth", "peer", "name", "c1"], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("network cards cannot be made here")
        for station, end, address in ((window, "w1", "10.41.1.2"), (camera, "c1", "10.41.1.5")):
            subprocess.run(["ip", "link", "set", end, "netns", str(station.pid)], check=True)
            station.ip("addr", "add", f"{address}/28", "brd", "+", "dev", end)
            station.ip("link", "set", end, "up")
        camera.ask(wsd=["10.41.1.5"])
        yield window, camera
    finally:
        window.end()
        camera.end()


def test_the_form_names_the_network_asks_who_allows_it_and_finds_the_camera(cable: tuple[Station, Station]) -> None:
    window, _ = cable
    told = window.ask()
    assert told["networks"] == ["Another network"]
    assert told["asked"]
    assert not told["ran_unallowed"]
    assert told["started"]
    assert told["stop_button"]
    assert told["dialogs"] == []
    assert told["scan"] == [False, "R. Khan, IT", ["10.41.1.0/28"], ["w1"]]
    assert told["rows"] == ["10.41.1.5"], told
    assert told["remembered"]


def test_stop_ends_a_real_search_soon_and_keeps_what_was_found(cable: tuple[Station, Station]) -> None:
    window, _ = cable
    told = window.ask(stop=True)
    assert told["stopping"]
    assert told["ended_s"] < 3, told
    assert told["scan"][0] is True
    assert "10.41.1.5" in told["rows"] + told["others"]
    assert told["dialogs"] == []
