"""The main job on the school, over real sockets: what the search says of each device is what its file says it is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from camcensus.demo import ground
from camcensus.demo.estate import Estate, SimDevice, load_estate
from camcensus.demo.serve import Served, serve
from camcensus.model.device import NAMED_GRADES, Verdict
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.demo import find_in_demo
from camcensus.tasks.finding.census import Census

pytestmark = [
    pytest.mark.skipif(not ground.has_own_addresses(), reason="this system has only 127.0.0.1"),
    pytest.mark.xdist_group("demo"),  # only one simulation can run on a network; and one search is enough
]

READS = {
    "GetSystemDateAndTime",
    "GetDeviceInformation",
    "GetScopes",
    "GetServices",
    "GetCapabilities",
    "GetHostname",
    "GetNetworkInterfaces",
    "GetEndpointReference",
}


class Searched:
    """One search of the school: the estate, what was served, and the census."""

    def __init__(self, estate: Estate, served: Served, census: Census) -> None:
        self.estate, self.served, self.census = estate, served, census
        self.found = {verdict.device.addresses[0]: verdict for verdict in census.verdicts}

    def verdict(self, identity: str) -> Verdict:
        return self.found[self.served.addresses[identity]]


@pytest.fixture(scope="module")
def searched(data_dir: Path) -> Searched:
    estate = load_estate(data_dir / "resources" / "demo")
    knowledge = load_knowledge(data_dir / "vendors.db")

    async def search() -> Searched:
        async with serve(estate, wait_s=60) as served:
            census = await find_in_demo(served, lambda _: None, knowledge)
        return Searched(estate, served, census)

    return asyncio.run(search())


def devices() -> tuple[SimDevice, ...]:
    return load_estate(Path(__file__).resolve().parents[2] / "resources" / "demo").devices


def test_every_device_is_found_once_and_nothing_else(searched: Searched) -> None:
    assert sorted(verdict.device.addresses for verdict in searched.census.verdicts) == sorted(
        (address,) for address in searched.served.hosts
    )
    assert searched.census.scan.simulation
    assert not searched.census.scan.stopped_early


@pytest.mark.parametrize("device", devices(), ids=lambda device: device.id)
def test_the_answer_is_the_truth(searched: Searched, device: SimDevice) -> None:
    verdict = searched.verdict(device.id)
    attribution = verdict.attribution
    assert (attribution.manufacturer, attribution.brand) == (device.truth.manufacturer, device.truth.brand), attribution.reason
    assert attribution.grade in device.truth.grades, attribution.reason
    assert verdict.description.kind == device.truth.kind
    if device.truth.channels is not None:
        assert verdict.description.channels_digital == device.truth.channels


def test_most_makers_are_named_almost_certainly(searched: Searched) -> None:
    grades = [verdict.attribution.grade for verdict in searched.census.verdicts]
    assert grades.count("almost-certain") >= 16
    assert sum(grade in NAMED_GRADES for grade in grades) == 23


@pytest.mark.parametrize(("identity", "brand"), [("playground-north", "Honeywell"), ("sports-hall", "Lorex")])
def test_a_rebrand_is_explained_to_a_layperson(searched: Searched, identity: str, brand: str) -> None:
    verdict = searched.verdict(identity)
    assert verdict.attribution.manufacturer == "dahua"
    assert verdict.attribution.brand == brand
    assert verdict.attribution.reason.startswith("Made by Dahua – ")
    assert f"The name on it is {brand}." in verdict.attribution.reason
    assert {finding.list for finding in verdict.findings} >= {"uk-mps-2022", "us-ndaa-889"}


def test_the_recorder_reports_its_eight_channels_and_a_door_station_is_no_camera(searched: Searched) -> None:
    recorder = searched.verdict("server-cupboard-recorder").description
    assert (recorder.kind, recorder.channels_digital, recorder.channels_analogue) == ("recorder", 8, 0)
    assert recorder.cloud_state == "on"
    assert searched.verdict("front-gate-intercom").description.kind == "intercom"
    assert searched.verdict("boiler-house").description.activated is False


def test_a_printer_and_a_file_store_are_listed_and_are_no_cameras(searched: Searched) -> None:
    for identity in ("office-printer", "files"):
        verdict = searched.verdict(identity)
        assert verdict.description.kind == "other"
        assert verdict.findings == ()


def test_the_search_only_read_and_tried_no_password(searched: Searched) -> None:
    assert searched.served.writing() == ()
    asked = {request.operation for request in searched.served.requests if request.protocol == "onvif"}
    assert asked <= READS
    lines = {request.line.split(" ")[0] for request in searched.served.requests if request.protocol in ("http", "rtsp")}
    assert lines <= {"GET", "HEAD", "POST", "OPTIONS", "DESCRIBE"}


def test_no_device_had_more_than_two_connections_open(searched: Searched) -> None:
    assert max(searched.served.most_open.values()) <= 2


def test_a_lying_device_sends_the_search_nowhere_else(searched: Searched) -> None:
    seen = {observation.address for observation in searched.census.observations}
    assert seen == set(searched.served.hosts)
