"""What each maker's own answers come to, judged with the knowledge base that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.model.device import Observation
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import judge
from camcensus.wire.read import read
from wire.recorded import packet

KNOWLEDGE = load_knowledge(Path(__file__).resolve().parents[2] / "vendors.db")


def seen(name: str) -> Observation:
    """The answer in a file of tests/data, from a device at 10.0.0.5."""
    found = packet(*name.split("/"))
    reading = read(found.probe, found.ask, found.raw)
    assert reading.state == "read"
    return Observation(
        probe=found.probe, address="10.0.0.5", at="2026-11-24T10:00:00Z", ask=found.ask, raw=found.raw, reading=reading
    )


def verdict(*names: str) -> tuple[str | None, str, str]:
    """Manufacturer, grade and kind of the one device that gave the answers."""
    (found,) = judge([seen(name) for name in names], KNOWLEDGE)
    return found.attribution.manufacturer, found.attribution.grade, found.description.kind


@pytest.mark.parametrize(
    ("name", "maker", "grade", "kind"),
    [
        ("xiongmai/camera", "xiongmai", "almost-certain", "camera"),
        ("xiongmai/no-number", "xiongmai", "almost-certain", "camera-or-recorder"),
        ("xiongmai/recorder", "xiongmai", "almost-certain", "recorder"),
        ("tp-link/camera", "tp-link", "almost-certain", "camera"),
        ("tp-link/plug", "tp-link", "almost-certain", "other"),
        ("bosch/binary", "bosch", "almost-certain", "camera-or-recorder"),
        ("vivotek/camera", "vivotek", "almost-certain", "camera"),
        ("tvt/camera", "tvt", "almost-certain", "camera"),
        ("tvt/rebrand", "tvt", "almost-certain", "camera"),
        ("hanwha/camera", "hanwha", "likely", "camera"),
        ("panasonic/camera", "panasonic", "likely", "camera"),
        ("sony/camera", "sony", "likely", "camera"),
        ("ubiquiti/camera", "ubiquiti", "likely", "camera"),
        ("isapi/camera", "hikvision", "likely", "camera"),
        ("isapi/rebrand-recorder", "hikvision", "likely", "recorder"),
        ("isapi/refused", "hikvision", "likely", "camera-or-recorder"),
        ("dahua-cgi/system-info", "dahua", "likely", "recorder"),
        ("dahua-cgi/vendor-neutral", "dahua", "likely", "camera-or-recorder"),
        ("axis-cgi/camera", "axis", "likely", "camera"),
        ("axis-cgi/speaker", "axis", "likely", "other"),
        ("tls/hikvision-default", "hikvision", "likely", "camera-or-recorder"),
        ("tls/axis-device-id", "axis", "likely", "camera-or-recorder"),
        ("tls/address-for-name", None, "unknown", "other"),
        ("dahua-cgi/hardware-version", None, "unknown", "other"),
    ],
)
def test_a_single_answer(name: str, maker: str | None, grade: str, kind: str) -> None:
    assert verdict(name) == (maker, grade, kind)


def test_an_imitation_of_xiongmai_is_not_almost_certain() -> None:
    assert verdict("xiongmai/not-whole")[1] != "almost-certain"


def test_two_answers_of_one_make_are_almost_certain() -> None:
    assert verdict("tls/hikvision-default", "isapi/camera") == ("hikvision", "almost-certain", "camera")


def test_answers_with_two_network_numbers_are_two_devices() -> None:
    found = judge([seen("tls/axis-device-id"), seen("axis-cgi/camera")], KNOWLEDGE)
    assert sorted(one.device.mac or "" for one in found) == ["ac:cc:8e:00:00:01", "ac:cc:8e:00:00:51"]


def test_a_brand_that_a_recorder_names_does_not_become_its_maker() -> None:
    (found,) = judge([seen("isapi/rebrand-recorder"), seen("tls/hikvision-default")], KNOWLEDGE)
    assert (found.attribution.manufacturer, found.attribution.grade) == ("hikvision", "almost-certain")


def test_answers_in_two_makers_protocols_are_conflicting() -> None:
    (found,) = judge([seen("dhip/camera"), seen("xiongmai/no-number")], KNOWLEDGE)
    assert (found.attribution.manufacturer, found.attribution.grade) == (None, "conflicting")
    assert set(found.attribution.candidates) == {"dahua", "xiongmai"}
