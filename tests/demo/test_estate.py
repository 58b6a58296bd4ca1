"""The school as values: the catalogue, its truth, and how it is scaled."""

from __future__ import annotations

import ast
import csv
import re
import struct
from pathlib import Path

import pytest

from camcensus.demo import estate as estate_module
from camcensus.demo.estate import Estate, SimDevice, load_estate
from camcensus.model.errors import DemoError
from camcensus.model.tags import checked

MAC_BLOCKS = {
    "main-entrance": "hikvision",
    "playground-north": "honeywell",
    "sports-hall": "lorex",
    "library": "dahua",
    "sports-hall-recorder": "dahua",
    "car-park": "axis",
    "science-corridor": "axis",
    "dining-hall": "hanwha",
    "year-6-corridor": "uniview",
    "hall-rear": "uniview",
    "staff-room": "reolink",
    "nursery-gate": "tplink",
    "hall-stage": "trendnet",
    "server-cupboard-recorder": "hikvision",
    "files": "synology",
}
SERIALS = {
    "hikvision": r".+?(19|20)\d{6}[A-Z]{4}[A-Z]?\d{7,9}(WCVU)?",
    "dahua": r"[0-9A-Z]{7}[PF]A[A-Z][0-9A-Z]{5}|ND\d{12}|[0-9A-Z]{7}[PF]A[A-Z]\d{5}|1H0052CPAA\d{5}",
    "uniview": r"210235[0-9A-Z]{14}",
    "axis": r"[0-9A-F]{12}",
    "bosch": r"\d{18}",
}


@pytest.fixture(scope="module")
def folder() -> Path:
    return Path(__file__).resolve().parents[2] / "resources" / "demo"


@pytest.fixture(scope="module")
def school(folder: Path) -> Estate:
    return load_estate(folder)


def by_id(estate: Estate) -> dict[str, SimDevice]:
    return {device.id: device for device in estate.devices}


def test_the_school_says_that_it_is_a_simulation(school: Estate) -> None:
    assert "simulation" in school.notice
    assert school.name == "Elm Park Primary School"


def test_every_device_file_says_that_it_is_simulated_and_is_in_the_catalogue(folder: Path, school: Estate) -> None:
    files = sorted((folder / "devices").glob("*.toml"))
    assert {file.stem for file in files} == {device.id for device in school.devices}
    for file in [*files, *(folder / "families").glob("*.toml")]:
        assert "simulated" in file.read_text(encoding="utf-8").splitlines()[0]


def test_no_reply_is_left_unused(folder: Path) -> None:
    told = "".join(
        file.read_text(encoding="utf-8") for part in ("devices", "families") for file in (folder / part).glob("*.toml")
    )
    replies = folder / "replies"
    assert not [p for p in replies.rglob("*.*") if f'"{p.relative_to(replies).as_posix()}"' not in told]


def test_the_school_has_the_devices_that_the_main_job_needs(school: Estate) -> None:
    assert 24 <= len(school.devices) <= 30
    makers = {device.truth.manufacturer for device in school.devices}
    assert {"hikvision", "dahua", "uniview", "axis", "hanwha", "bosch", "reolink", "synology", "tp-link", None} == makers
    brands = {(device.truth.brand, device.truth.manufacturer) for device in school.devices}
    assert {("Honeywell", "dahua"), ("Lorex", "dahua"), ("TRENDnet", "hikvision")} <= brands
    assert [device.id for device in school.devices if device.truth.kind == "other"] == ["office-printer", "files"]
    assert by_id(school)["server-cupboard-recorder"].truth.channels == 8


def test_addresses_and_network_numbers_are_each_given_once(school: Estate) -> None:
    assert len({device.address for device in school.devices}) == len(school.devices)
    assert len({device.mac for device in school.devices}) == len(school.devices)
    assert all(device.address.startswith("127.77.") for device in school.devices)


def test_network_numbers_are_from_the_makers_own_blocks(school: Estate, shared: Path) -> None:
    with (shared / "reference" / "knowledge" / "oui.csv").open(encoding="utf-8") as rows:
        owners = {row["prefix"]: row["vendor_id"] for row in csv.DictReader(rows)}
    known = {"004084": "honeywell"} | owners
    devices = by_id(school)
    for identity, owner in MAC_BLOCKS.items():
        prefix = devices[identity].mac.replace(":", "")[:6].upper()
        assert known.get(prefix) == owner, identity


def test_serial_numbers_have_the_makers_layout_at_every_size(folder: Path) -> None:
    for device in load_estate(folder, 130).devices:
        layout = SERIALS.get(device.truth.manufacturer or "")
        if layout and "serial" in device.values:
            assert re.fullmatch(layout, device.values["serial"]), (device.id, device.values["serial"])


def test_places_and_pins_are_on_the_map(school: Estate) -> None:
    paths = {place.path for place in school.places}
    for place in school.places:
        assert len(place.path) == 1 or place.path[:-1] in paths
    for device in school.devices:
        assert device.place in paths, device.id
        assert device.pin is None or (0 <= device.pin[0] <= 1000 and 0 <= device.pin[1] <= 1000)


def test_what_staff_wrote_down_fits_the_fields_the_devices_and_the_firms(school: Estate) -> None:
    devices, firms = by_id(school), {firm.name: firm.role for firm in school.firms}
    for record in school.records:
        assert record.devices
        assert set(record.devices) <= devices.keys()
        for field, value in record.values.items():
            if field in ("seller", "maintainer"):
                assert firms[str(value)] == field
            elif field == "connected_to":
                assert devices[str(value)].truth.kind == "recorder"
            else:
                assert checked(field, value) is not None
    told = {device for record in school.records if "camera_type" in record.values for device in record.devices}
    cameras = {device.id for device in school.devices if device.truth.kind == "camera"}
    assert told < cameras, "most cameras have a type, and some have none: a record as it is in life"
    assert len(told) > len(cameras) / 2


def test_no_two_cameras_hang_on_one_channel(school: Estate) -> None:
    hung = [
        (record.values["connected_to"], record.values["channel"], device)
        for record in school.records
        if "connected_to" in record.values
        for device in record.devices
    ]
    assert len({(recorder, channel) for recorder, channel, _ in hung}) == len(hung)
    assert len({device for _, _, device in hung}) == len(hung)


def test_the_floor_plan_is_a_picture_of_the_size_the_pins_are_for(school: Estate) -> None:
    head = school.floor_plan.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (1600, 1000)


def test_fewer_devices_are_the_first_of_the_catalogue(folder: Path, school: Estate) -> None:
    assert load_estate(folder, 5).devices == school.devices[:5]


def test_more_devices_repeat_the_catalogue_with_other_numbers(folder: Path, school: Estate) -> None:
    size = len(school.devices)
    many = load_estate(folder, 300)
    assert many == load_estate(folder, 300)
    assert many.devices[:size] == school.devices
    for name in ("id", "address", "mac"):
        assert len({getattr(device, name) for device in many.devices}) == 300, name
    for one, again in zip(many.devices, many.devices[size:], strict=False):
        assert one.mac[:8] == again.mac[:8]
        assert again.truth == one.truth
    uuids = [device.values["uuid"] for device in many.devices if "uuid" in device.values]
    assert len(set(uuids)) == len(uuids)
    serials = [(device.truth.manufacturer, device.values["serial"]) for device in many.devices if "serial" in device.values]
    assert len(set(serials)) == len(serials)


@pytest.mark.parametrize("number", [0, -1, 501])
def test_a_size_that_cannot_be_served_is_refused(folder: Path, number: int) -> None:
    with pytest.raises(DemoError, match="1 to 500"):
        load_estate(folder, number)


def test_a_missing_estate_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match=r"lacks the file school\.toml"):
        load_estate(tmp_path)


def test_the_simulator_never_uses_our_own_codecs() -> None:
    for module in Path(estate_module.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("camcensus.wire"), module.name
