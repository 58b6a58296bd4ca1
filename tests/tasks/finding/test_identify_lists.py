"""Lists judged without a network: by MAC addresses at most, one device a number, joined to what was found by search."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.app import main
from camcensus.intake import rows as intake_rows
from camcensus.intake.registers import read_headings
from camcensus.model.device import Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import create_inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.given_files import TOGETHER_LIMIT, identify
from camcensus.tasks.register.verbs import rows, save_census
from camcensus.wire.read import read
from samples import NOW, body, observation, packet, write_capture

REGISTERS = Path(__file__).parents[3] / "resources" / "registers"
DAHUA, PLAIN = "3c:ef:8c:00:00:{:02x}", "00:00:5e:00:53:{:02x}"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def judged(folder: Path, knowledge: Knowledge, **files: str) -> tuple[Verdict, ...]:
    paths = []
    for name, content in files.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text(content)
    return identify(paths, knowledge, now=NOW, headings=read_headings(REGISTERS))[0].verdicts


def test_files_beyond_what_can_be_held_together_are_named_and_the_rest_is_judged(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("camcensus.tasks.finding.given_files.TOGETHER_LIMIT", 2)
    paths = [tmp_path / f"{name}.csv" for name in "abc"]
    for number, path in enumerate(paths):
        path.write_text(f"mac\n{DAHUA.format(number)}\n")
    census, problems = identify(paths, knowledge, now=NOW)
    assert len(census.verdicts) == 2
    assert [(one.file, one.line) for one in problems] == [("c.csv", None)]
    assert "give it alone" in problems[0].say


def test_rows_without_an_address_are_a_device_each(tmp_path: Path, knowledge: Knowledge) -> None:
    table = "mac\n" + "".join(f"{DAHUA.format(n)}\n" for n in range(1, 201)) + PLAIN.format(1) + "\n"
    found = judged(tmp_path, knowledge, switch=table)
    assert len(found) == 201
    assert all(one.device.addresses == () and len(one.device.keys) == 1 for one in found)
    assert {one.description.kind for one in found} == {"unknown", "other"}
    assert sum(one.attribution.manufacturer == "dahua" for one in found) == 200


def test_a_list_says_no_more_of_the_maker_than_the_network_number_does(tmp_path: Path, knowledge: Knowledge) -> None:
    plain = f"mac,ip\n{DAHUA.format(1)},10.0.0.31\n{PLAIN.format(1)},10.0.0.32\n"
    claims = (
        "mac,ip,hostname,manufacturer,firmware\n"
        f"{DAHUA.format(1)},10.0.0.31,HIKVISION,Hikvision,V5.6.2build 190701\n"
        f"{PLAIN.format(1)},10.0.0.32,IPC,Hikvision,V5.6.2build 190701\n"
    )
    before, after = judged(tmp_path, knowledge, a=plain), judged(tmp_path, knowledge, b=claims)
    for one, two in zip(before, after, strict=True):
        same = ("manufacturer", "brand", "grade", "candidates")
        assert [getattr(one.attribution, name) for name in same] == [getattr(two.attribution, name) for name in same]
        assert one.description.kind == two.description.kind
        assert two.description.claimed_manufacturer == "Hikvision"  # shown, and no sign of who made it
        assert two.description.probes_answered == ()


def test_a_list_of_a_camera_system_tells_maker_model_and_kind(tmp_path: Path, knowledge: Knowledge) -> None:
    """Its devices are cameras and recorders that somebody keeps: what it says of them counts as recorded by staff."""
    named = (
        "status,site,manufacturer,device_type,role,mac,name\n"
        f"active,Elm,Hikvision,DS-2CD2143G0-I,Security Camera,{PLAIN.format(1)},Gate\n"
        f"active,Elm,Dahua,NVR5216-4KS2,NVR,{PLAIN.format(2)},Office\n"
    )
    camera, recorder = judged(tmp_path, knowledge, netbox=named)
    assert (camera.attribution.manufacturer, camera.attribution.grade) == ("hikvision", "likely")
    assert (camera.description.kind, recorder.description.kind) == ("camera", "recorder")
    assert recorder.attribution.manufacturer == "dahua"


def test_a_row_joins_the_device_that_a_search_found_and_overrules_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    raw = packet("dhip/camera")
    seen = observation(31, probe="dhip", ask=None, port=37810, raw=raw, reading=read("dhip", None, raw))
    mac = seen.reading.first("mac")
    assert mac is not None
    write_capture(tmp_path / "a.jsonl", [replace(seen, mac=mac)])
    (tmp_path / "b.csv").write_text(f"mac,model,name\n{mac},Other,Hall\n")
    census, problems = identify([tmp_path / "a.jsonl", tmp_path / "b.csv"], knowledge, now=NOW)
    (found,) = census.verdicts
    assert problems == ()
    assert found.device.addresses == ("10.0.0.31",)
    assert found.description.model == seen.reading.first("model")
    with create_inventory(tmp_path / "i.camcensus", body(), now=NOW) as inventory:
        save_census(inventory, census, knowledge, NOW)
        again, _ = identify([tmp_path / "b.csv"], knowledge, now=NOW)
        save_census(inventory, again, knowledge, NOW)
        assert len(rows(inventory, knowledge)) == 1


def test_a_device_known_by_its_number_alone_has_a_row_and_a_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data_dir: Path
) -> None:
    import jsonschema

    path, inventory = tmp_path / "switch.csv", tmp_path / "i.camcensus"
    path.write_text(f"mac,name\n{DAHUA.format(1)},=1+1\n{PLAIN.format(1)},\n")
    assert main(["identify", str(path), "--inventory", str(inventory), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, json.loads((data_dir / "resources/schema/identify.schema.json").read_text("utf-8")))
    (device,) = [one for one in document["devices"] if one["kind"] == "unknown"]
    assert (device["key"], device["addresses"], device["manufacturer"]) == (f"mac:{DAHUA.format(1)}", [], "dahua")
    for form in ("--json", "--csv", ""):
        assert main(["show", str(inventory), *([form] if form else [])]) == 0
    plan = tmp_path / "plan.pdf"
    assert main(["report", str(inventory), "--kind", "plan", "-o", str(plan)]) == 0
    assert plan.stat().st_size


def test_of_a_list_that_is_too_long_the_rest_is_said_not_to_be_read(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert intake_rows.ROWS_LIMIT == TOGETHER_LIMIT
    monkeypatch.setattr(intake_rows, "ROWS_LIMIT", 3)
    path = tmp_path / "a.csv"
    path.write_text("mac\n" + "".join(f"{DAHUA.format(n)}\n" for n in range(1, 9)))
    census, problems = identify([path], knowledge, now=NOW)
    assert len(census.verdicts) == 3
    assert [one.say for one in problems] == ["The list has more than 3 rows; the rest was not read."]
