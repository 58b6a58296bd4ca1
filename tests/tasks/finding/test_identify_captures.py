"""Network captures judged: the same verdicts as the search that they hold, a summary of what was heard, and a stop."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import pcaps
from camcensus.app import main
from camcensus.intake.capture import read_capture
from camcensus.model.device import Observation, Verdict
from camcensus.model.errors import IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import CaptureSummary, ScanProgress
from camcensus.store.inventory import create_inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import judge
from camcensus.tasks.finding.given_files import NOTHING_ANNOUNCED, identify, summary_line
from camcensus.tasks.finding.keep import save_census
from camcensus.tasks.imports.device_lists import look_at_lists
from camcensus.tasks.register.verbs import judged_now, rows
from camcensus.tasks.reports.foi import checked_request, foi_pack
from captured import can_be_captured, frames_of
from labelled.every import cases
from pcaps import said, timed
from samples import NOW, body, packet

ROOT = Path(__file__).resolve().parents[3]
CAPTURES = ROOT.parent / "shared" / "reference" / "captures"
CASES = cases()


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def gists(verdicts: Iterable[Verdict]) -> list[tuple[object, ...]]:
    """What of verdicts a person would notice; in order of address."""
    return [
        (
            one.device.addresses, one.device.mac, one.description.kind, one.description.model, one.description.serial,
            one.description.firmware, one.description.activated, one.attribution.manufacturer, one.attribution.grade,
            one.attribution.brand, one.attribution.candidates,
        )
        for one in verdicts
    ]  # fmt: skip


def captured(folder: Path, observations: Iterable[Observation]) -> Path:
    path = folder / "hour.pcap"
    path.write_bytes(pcaps.pcap(timed(frames_of(observations))))
    return path


def as_captured(observations: Iterable[Observation]) -> list[Observation]:
    """What a search got of it, without the names that it gives to networks, at private addresses."""
    seen = sorted((one for one in observations if can_be_captured(one)), key=lambda one: one.at)
    return [
        replace(
            one,
            network=None,
            address=one.address.replace("192.0.2.", "10.0.2."),
            at=f"2026-11-24T12:{number // 60:02}:{number % 60:02}Z",
        )
        for number, one in enumerate(seen)
    ]


@pytest.mark.parametrize("part", range(8))
def test_a_captured_answer_is_judged_as_in_a_search(tmp_path: Path, knowledge: Knowledge, part: int) -> None:
    for one in CASES[part::8]:
        seen = as_captured(one.observations())
        if any(reply.probe != "neighbour" for reply in seen):
            assert (one.id, gists(captured_verdicts(tmp_path, seen, knowledge))) == (one.id, gists(judge(seen, knowledge)))


def captured_verdicts(folder: Path, seen: Iterable[Observation], knowledge: Knowledge) -> tuple[Verdict, ...]:
    census, problems = identify([captured(folder, seen)], knowledge, now=NOW)
    assert problems == ()
    return census.verdicts


@pytest.mark.skipif(not (CAPTURES / "TRUTH.csv").exists(), reason="the labelled captures are not here")
def test_real_replies_are_judged_the_same_out_of_a_capture(tmp_path: Path, knowledge: Knowledge) -> None:
    for path in sorted(CAPTURES.glob("*.jsonl")):
        if not (seen := as_captured(read_capture(path).observations)):
            continue
        assert (path.name, gists(captured_verdicts(tmp_path, seen, knowledge))) == (path.name, gists(judge(seen, knowledge)))


HOUR = [
    (0.0, pcaps.arp(pcaps.CAMERA_MAC, pcaps.CAMERA)),
    (60.0, said(packet("dhip/camera"), 37810, 37810, target="239.255.255.251")),
    (3_840.0, said(b"video", 40_000, 40_001, address="10.0.0.77", mac=pcaps.OTHER_MAC)),
]


def hour(folder: Path, name: str = "hour.pcap") -> Path:
    path = folder / name
    data = pcaps.pcapng(HOUR) if "ng" in name else pcaps.pcap(HOUR)
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["hour.pcap", "hour.pcapng", "hour.pcap.gz", "hour.pcapng.gz"])
def test_the_command_says_what_was_heard_and_when(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    arguments = ["identify", str(hour(tmp_path, name)), "--knowledge", str(data_dir / "vendors.db")]
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert f"{name}: 1 hour 4 minutes, 24 November 2026, 08:01 to 09:05 UTC; 2 devices spoke, 1 announced itself." in shown
    assert "Made by" in shown
    assert main([*arguments, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads((ROOT / "resources/schema/identify.schema.json").read_text(encoding="utf-8")))
    assert document["captures"][0] | {"say": ""} == {
        "file": name, "first_at": "2026-11-24T08:01:00.000Z", "last_at": "2026-11-24T09:05:00.000Z", "packets": 3, "spoke": 2,
        "announced": 1, "short": 0, "stopped_early": False, "say": "",
    }  # fmt: skip
    assert [(one["addresses"], one["mac"], one["manufacturer"]) for one in document["devices"]] == [
        ([pcaps.CAMERA], pcaps.CAMERA_MAC, "dahua")
    ]
    assert document["scan"]["started_at"] == "2026-11-24T08:01:00.000Z"


def test_a_capture_is_looked_at_as_a_list_is(tmp_path: Path, knowledge: Knowledge) -> None:
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        look = look_at_lists([hour(tmp_path)], inventory, knowledge, NOW)
        assert look.standings == ("new",)
        assert "1 hour 4 minutes, 24 November 2026" in look.say
        assert "2 replies of 1 file: 1 device, 0 known and 1 new." in look.say
        save_census(inventory, look.census, knowledge, NOW)
        (row,) = rows(inventory, knowledge)
        assert row.addresses == (pcaps.CAMERA,)
        assert look_at_lists([hour(tmp_path)], inventory, knowledge, NOW).standings == ("known",)
        pack = foi_pack(
            inventory,
            knowledge,
            rows(inventory, knowledge, judged_now(inventory, knowledge)),
            checked_request("", None),
            data_dir=ROOT,
        )
        assert "1 item answered a search." in pack.method[0]


@pytest.mark.parametrize("write", [pcaps.pcap, pcaps.pcapng])
def test_packets_of_which_only_the_beginning_was_captured_are_said(
    tmp_path: Path, knowledge: Knowledge, write: Callable[..., bytes]
) -> None:
    path = tmp_path / "hour.pcap"
    path.write_bytes(write(HOUR, snaplen=96))
    census, problems = identify([path], knowledge, now=NOW)
    assert problems == ()
    assert {one.attribution.manufacturer for one in census.verdicts} <= {"dahua"}
    assert census.heard[0].short == 1
    assert "Only the beginning of 1 packet was captured" in summary_line(census.heard[0])
    path.write_bytes(write(HOUR))
    assert "beginning" not in summary_line(identify([path], knowledge, now=NOW)[0].heard[0])


def test_a_stop_while_devices_are_judged_ends_it(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "hour.pcap"
    path.write_bytes(pcaps.pcap(HOUR))
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 1  # the packets, the first device

    with pytest.raises(IntakeError, match="Stopped while devices were judged; nothing was saved"):
        identify([path], knowledge, now=NOW, stopped=stopped)


def test_a_stop_while_files_are_read_ends_soon(tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list.csv").write_text("IP address,MAC address\n10.0.0.7,44:19:b6:00:00:01\n", "utf-8")
    frames = [*HOUR, *((61.0, HOUR[2][1]) for _ in range(20_000))]
    (tmp_path / "hour.pcap").write_bytes(pcaps.pcap(frames))
    with pytest.raises(IntakeError, match="nothing was saved"):
        identify([tmp_path / "list.csv"], knowledge, now=NOW, stopped=lambda: True)
    monkeypatch.setattr("camcensus.tasks.finding.given_files.SOON_S", -1.0)
    told: list[ScanProgress] = []
    with pytest.raises(IntakeError, match="nothing was saved"):
        identify([tmp_path / "hour.pcap"], knowledge, now=NOW, tell=told.append, stopped=lambda: len(told) > 2)


def test_a_capture_that_is_full_is_read_no_further(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("camcensus.intake.heard.SENDERS_LIMIT", 0)
    path = tmp_path / "hour.pcap"
    path.write_bytes(pcaps.pcap([*HOUR, *((61.0, HOUR[2][1]) for _ in range(20_000))]))
    census, problems = identify([path], knowledge, now=NOW)
    assert [one.say for one in problems] == ["The capture holds more than 0 devices that answer; what came after was not read."]
    assert census.heard[0].packets < 20_000
    assert not census.scan.stopped_early


def test_a_stop_judges_what_was_read_so_far(tmp_path: Path, knowledge: Knowledge) -> None:
    frames = [*HOUR[:2], *((61.0, HOUR[2][1]) for _ in range(20_000)), HOUR[2]]
    path = tmp_path / "hour.pcap"
    path.write_bytes(pcaps.pcap(frames))
    told: list[ScanProgress] = []
    census, problems = identify([path], knowledge, now=NOW, tell=told.append, stopped=lambda: len(told) > 2)
    assert problems == ()
    assert [one.attribution.manufacturer for one in census.verdicts] == ["dahua"]
    assert census.scan.stopped_early
    assert census.heard[0].packets < 20_000
    assert "Reading was stopped; this is the result so far." in summary_line(census.heard[0])
    assert told[0].phase == "Reading hour.pcap"
    assert {one.found for one in told[1:]} == {1}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-24T12:01:00.000Z", "2026-11-24T13:05:00.000Z", "1 hour 4 minutes, 24 November 2026, 12:01 to 13:05 UTC"),
        (
            "2026-11-24T23:50:00.000Z",
            "2026-11-25T00:20:00.000Z",
            "30 minutes, 24 November 2026, 23:50 to 25 November 2026, 00:20 UTC",
        ),
        ("2026-11-24T12:01:00.000Z", "2026-11-24T12:01:01.000Z", "1 second, 24 November 2026, 12:01 UTC"),
        (
            "2026-11-24T12:00:00.000Z",
            "2026-11-27T12:00:00.000Z",
            "3 days, 24 November 2026, 12:00 to 27 November 2026, 12:00 UTC",
        ),
    ],
)
def test_how_long_was_listened_is_said_in_words(first: str, last: str, words: str) -> None:
    said_of_it = summary_line(CaptureSummary(file="a.pcap", first_at=first, last_at=last, packets=9, spoke=1_214, announced=0))
    assert said_of_it == f"a.pcap: {words}; 1,214 devices spoke, 0 announced themselves. {NOTHING_ANNOUNCED}"
