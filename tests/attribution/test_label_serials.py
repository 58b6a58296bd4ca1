"""The serial number that is read on a label says whose it is where it has a form that a source knows; nothing else typed does."""

from __future__ import annotations

from pathlib import Path

import pytest

from attribution.small_knowledge import read_by_person
from camcensus.attribution.attribute import attribute
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.mark.parametrize(
    ("serial", "maker", "brand"),
    [
        ("6C00000PAG00001", "dahua", None),
        ("210235UEC3Q200000001", "uniview", None),
        ("DS-2CD2012-I20150201CCWR500000001", "hikvision", None),
        ("B8A44F000002", "axis", "Axis"),
    ],
)
def test_the_form_of_a_labels_serial_number_is_a_sign_of_its_maker(
    knowledge: Knowledge, serial: str, maker: str, brand: str | None
) -> None:
    answer = attribute([read_by_person("label", serial=serial)], knowledge)
    assert (answer.manufacturer, answer.grade, answer.brand) == (maker, "likely", brand)
    assert "Its serial number" in answer.supports[0].why
    assert answer.supports[0].source != "person"


def test_a_rebranded_devices_label_keeps_its_brand_and_is_not_almost_certain(knowledge: Knowledge) -> None:
    answer = attribute([read_by_person("label", brand="Lorex", serial="6C00000PAG00001")], knowledge)
    assert (answer.manufacturer, answer.brand) == ("dahua", "Lorex")
    assert answer.grade == "likely"


@pytest.mark.parametrize(
    ("basis", "serial"),
    [("label", "S12345678"), ("label", "WXYZ"), ("invoice", "6C00000PAG00001"), ("alike", "6C00000PAG00001")],
)
def test_a_serial_number_of_no_known_form_or_not_from_a_label_says_nothing(
    knowledge: Knowledge, basis: str, serial: str
) -> None:
    assert attribute([read_by_person(basis, serial=serial)], knowledge).manufacturer is None
