"""`scan --only-new`: each change of a drawn network is one line once, and a day on which nothing changed has none."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from camcensus.app import main
from camcensus.model.words import utc_second
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding import census
from camcensus.wire.read import read
from samples import NOW, observation, packet, scan

Day = Callable[[Mapping[int, tuple[str, str]]], tuple[int, list[str], str]]
CAMERA, RECORDER = ("dhip", "dhip/camera"), ("sadp", "sadp/recorder")


@pytest.fixture
def day(tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Day:
    """Searches a network of these devices (the end of the address: what it says); gives status, lines, and all else said."""
    knowledge, days = load_knowledge(data_dir / "vendors.db"), iter(range(99))

    def search(devices: Mapping[int, tuple[str, str]]) -> tuple[int, list[str], str]:
        at = utc_second(NOW + timedelta(days=next(days)))
        seen = [
            replace(observation(number, probe=probe, ask=None, port=None, raw=packet(name)), at=at)
            for number, (probe, name) in devices.items()
        ]
        seen = [replace(one, reading=read(one.probe, None, one.raw)) for one in seen]

        async def found(*_: Any, **__: Any) -> census.Census:
            record = replace(scan(), id=str(uuid.uuid4()), started_at=at, ended_at=at)
            return census.Census(scan=record, observations=tuple(seen), verdicts=census.judge(seen, knowledge))

        monkeypatch.setattr(census, "find", found)
        status = main(
            ["scan", "--inventory", str(tmp_path / "a.camcensus"), "--only-new", "--quiet", "--interface", "127.0.0.1"]
        )
        out, err = capsys.readouterr()
        return status, out.splitlines(), err

    return search


def test_three_days_of_a_network(day: Day) -> None:
    status, lines, err = day({31: CAMERA, 4: RECORDER})
    assert (status, err) == (1, "")
    assert [line.partition(":")[0] for line in lines] == ["new", "new"]
    assert lines[0].startswith("new: CAM-001: first seen at 10.0.0.31. Camera, Dahua – Almost certain")
    for _ in range(20):
        assert day({31: CAMERA, 4: RECORDER}) == (0, [], "")
    status, lines, _ = day({4: RECORDER})
    assert status == 1
    assert [line[:26] for line in lines] == ["gone: CAM-001: not seen by"]
    assert day({4: RECORDER}) == (0, [], "")
    status, lines, _ = day({32: CAMERA, 4: RECORDER})
    assert status == 1
    assert lines[0].partition(";")[0] == "back: CAM-001: seen again at 10.0.0.32"
    assert lines[1].startswith("moved: CAM-001: moved from 10.0.0.31 to 10.0.0.32.")


def test_a_change_of_address_is_said_once(day: Day) -> None:
    day({31: CAMERA})
    status, lines, _ = day({32: CAMERA})
    assert status == 1
    assert [line[:54] for line in lines] == ["moved: CAM-001: moved from 10.0.0.31 to 10.0.0.32. Cam"]
    assert day({32: CAMERA}) == (0, [], "")


@pytest.mark.parametrize("words", [["--only-new"], ["--quiet", "--inventory", "a.camcensus"]])
def test_it_takes_an_inventory_and_quiet_takes_it(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", *words]) == 2
    assert "--only-new" in capsys.readouterr().err
