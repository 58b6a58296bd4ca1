"""What the built-in records of flaws say of models and firmware that the records themselves name, and of their neighbours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from camcensus.assessment.advisories import FlawAnswers, flaws
from camcensus.assessment.firmware import place_of, read_firmware
from camcensus.assessment.records_index import names_model, records_of
from camcensus.model.device import Attribution, Description
from camcensus.model.records import ProductType
from camcensus.store.vendors_db.read import load_knowledge

KNOWLEDGE = load_knowledge(Path(__file__).parents[2] / "vendors.db")
ADVISORIES = {one.id: one for one in KNOWLEDGE.advisories}


def answer(cve: str, model: str, firmware: str | None, built: str | None = None) -> str:
    """The answer by model and firmware alone: "other model" where no range names it."""
    named = [one for one in ADVISORIES[cve].affected if any(names_model(pattern, (model,)) for pattern in one.models)]
    if not named:
        return "other model"
    places = [(one, place_of(read_firmware(firmware, built), one)) for one in named]
    if any(place == "inside" and one.certain and one.states_firmware for one, place in places):
        return "yes"
    return "no" if all(place == "outside" for _, place in places) else "maybe"


@pytest.mark.parametrize(
    ("cve", "model", "firmware", "built", "said"),
    [
        ("CVE-2025-66177", "DS-7608NI-K2/8P", "V4.30.097 build 240401", "2024-04-01", "other model"),
        ("CVE-2025-66177", "DS-7616NI-Q2/16P", "V4.30.097 build 240401", "2024-04-01", "yes"),
        ("CVE-2025-66177", "DS-7616NI-Q2/16P(D)", "V4.30.097 build 240401", "2024-04-01", "yes"),
        ("CVE-2025-66177", "DS-7616NI-Q2/16P(C)", "V4.30.097 build 240401", "2024-04-01", "maybe"),
        ("CVE-2025-66177", "DS-7616NI-Q2/16P", "V4.30.100 build 250807", "2025-08-07", "no"),
        ("CVE-2025-66177", "DS-7608NXI-I2/8P/S", "V4.62.210 build 230619", "2023-06-19", "yes"),
        ("CVE-2025-66177", "DS-7608NI-M2/8P", None, None, "maybe"),
        ("CVE-2025-66177", "DS-2CD1043G2-LIU(2.8mm)", "V5.7.12 build 230101", "2023-01-01", "yes"),
        ("CVE-2025-66177", "DS-2CD1043G2-LIU", "V5.7.13 build 230822", "2023-08-22", "yes"),
        ("CVE-2025-66177", "DS-2CD1043G2-LIU", "V5.7.13 build 230823", "2023-08-23", "no"),
        ("CVE-2025-66177", "DS-2CD2143G2-I", "V5.7.13 build 230822", "2023-08-22", "other model"),
        ("CVE-2023-28811", "DS-7608NI-Q2/8P(C)", "V4.30.085 build 210611", "2021-06-11", "yes"),
        ("CVE-2023-28811", "DS-7608NI-Q2/8P(C)", "V4.30.300 build 230821", "2023-08-21", "no"),
        ("CVE-2023-28811", "DS-7608NI-Q2/8P", "V4.30.085 build 210611", "2021-06-11", "other model"),
        ("CVE-2023-28811", "DS-7104NI-Q1/4P/M(D)", "V4.30.010 build 200910", "2020-09-10", "yes"),
        ("CVE-2023-28811", "DS-7732NI-I4(B)", "V4.1.50 build 180903", "2018-09-03", "no"),
        ("CVE-2023-28811", "iDS-7208HQHI-M1/S(C)", "V4.30.005 build 200401", "2020-04-01", "yes"),
        ("CVE-2018-6414", "DS-2DE4225IW-DE", "V5.5.6 build 180408", "2018-04-08", "yes"),
        ("CVE-2018-6414", "DS-2DE4225IW-DE", "V5.5.71 build 180725", "2018-07-25", "no"),
        ("CVE-2022-2471", "CS-C6N-A0-1C2WFR", "V5.2.9 build 220101", "2022-01-01", "yes"),
        ("CVE-2022-2471", "CS-C6N-A0-1C2WFR", "V5.3.0 build 220428", "2022-04-28", "no"),
        ("CVE-2023-34552", "CS-CV310-A0-1C2WFR", "V5.3.2 build 230213", "2023-02-13", "yes"),
        ("CVE-2023-34552", "CS-CV310-A0-1C2WFR-C", "V5.3.2 build 230221", "2023-02-21", "no"),
        ("CVE-2023-48121", "CS-C6CN-A0-3H2WF", "V5.3.0 build 220401", "2022-04-01", "yes"),
        ("CVE-2020-9502", "NVR5216-16P-4KS2", "4.000.0000003.2.R", "2019-11-30", "yes"),
        ("CVE-2020-9502", "NVR2104HS-4KS2", "4.000.0000003.2.R", "2019-11-30", "other model"),
        ("CVE-2020-9502", "IPC-HFW5442E-ZE", "2.800.0000000.16.R", "2020-01-10", "no"),
        ("CVE-2019-9677", "IPC-HFW4120M", "2.622.0000000.5.R", "2019-08-17", "yes"),
        ("CVE-2019-9677", "IPC-HFW4120M", "2.622.0000000.5.R", "2019-08-18", "no"),
        ("CVE-2021-33046", "XVR5108HS-4KL-X", "4.001.0000000.9.R", "2021-07-31", "yes"),
        ("CVE-2021-33046", "XVR5108HS-4KL-X", "4.001.0000000.9.R", "2021-08-01", "no"),
        ("CVE-2021-4045", "Tapo C200", "1.1.15 Build 211130", "2021-11-30", "yes"),
        ("CVE-2021-4045", "Tapo C200", "1.1.16 Build 211209", "2021-12-09", "no"),
        ("CVE-2020-13224", "NC450", "1.5.4 build 200401", "2020-04-01", "yes"),
        ("CVE-2021-39363", "HDZP252DI", "1.000.HW02.4", None, "yes"),
        ("CVE-2021-39363", "HDZP252DI", "1.000.HW02.8", None, "maybe"),
        ("CVE-2023-5037", "QNV-6082R", "1.41.15", None, "yes"),
        ("CVE-2023-5037", "ANV-L6082R", "1.41.16", None, "maybe"),
        ("CVE-2023-5037", "PNV-A6081R", "2.21.02", None, "other model"),
        ("CVE-2023-6095", "HRX-1620", "3.05.64", None, "no"),
        ("CVE-2021-40406", "RLC-410W", "v3.0.0.136_20121102", None, "yes"),
        ("CVE-2024-52544", "W461ASC-E", "2.800.0000000.8.R.20241110", "2024-11-10", "yes"),
        ("CVE-2024-52544", "2K Indoor Wi-Fi Security Camera", "2.800.0000000.8.R.20241111", "2024-11-11", "no"),
        ("CVE-2019-10999", "DCS-932L", "2.17.01", None, "yes"),
        ("CVE-2019-10999", "DCS-932L", "2.18.01", None, "no"),
        ("CVE-2025-4841", "DCS-932LB1", "2.18.01", None, "other model"),
        ("CVE-2025-23119", "UVC G4 Bullet", "4.73.71", None, "yes"),
        ("CVE-2025-23119", "UVC G4 Bullet", "4.74.106", None, "no"),
        ("CVE-2021-45039", "IPC322SR3", "IPC_G6103-B6103.16.10.B25.201218", "2020-12-18", "yes"),
        ("CVE-2021-45039", "IPC322SR3", "IPC_G6102-B5017.9.1.190626", "2019-06-26", "maybe"),
        ("CVE-2018-17558", "TVIP11050", "MG.1.6.03.05", None, "yes"),
        ("CVE-2020-25173", "RLN8-410", "v2.0.0.4446_19031300", None, "maybe"),
        ("CVE-2023-28809", "DS-K1T804AMF", "V1.4.0 build 221212", "2022-12-12", "maybe"),
        ("CVE-2023-28809", "DS-K1T804AMF", "V1.4.0 build 221211", "2022-12-11", "yes"),
        ("CVE-2023-28809", "DS-K1T341AM", "V3.2.29 build 230101", "2023-01-01", "yes"),
        ("CVE-2024-29949", "DS-7604NI-M1/4P", "V5.01.070 build 231101", "2023-11-01", "no"),
        ("CVE-2024-29949", "DS-7708NI-M4", "V5.02.006 build 231101", "2023-11-01", "no"),
        ("CVE-2017-7921", "DS-2CD2432F-IW", "V5.3.0 build 150513", "2015-05-13", "yes"),
        ("CVE-2017-7921", "DS-2CD2432F-IW", "V5.4.5 build 170123", "2017-01-23", "no"),
        ("CVE-2021-33044", "IPC-HDBW3441E-AS", "2.800.0000000.31.R", "2021-05-31", "yes"),
        ("CVE-2021-33044", "IPC-HDBW3441E-AS", "2.800.0000000.31.R", "2022-01-10", "no"),
        ("CVE-2021-33045", "NVR5216-16P-4KS2", "4.000.0000003.2.R", "2019-11-30", "yes"),
        ("CVE-2024-39948", "NVR4104HS-P-4KS2/L", "4.001.0000000.1.R", "2023-12-12", "yes"),
        ("CVE-2024-39948", "NVR5216-4KS2", "4.001.0000000.1.R", "2023-12-12", "other model"),
        ("CVE-2025-31702", "IPC-HFW1431S1-A-S4", "2.840.0.1.R", "2025-06-30", "maybe"),
        ("CVE-2025-9524", "AXIS P3245-LVE", "10.12.304", None, "yes"),
        ("CVE-2025-9524", "AXIS P3245-LVE", "10.12.305", None, "no"),
        ("CVE-2025-9524", "P3818-PVE", "6.40.1", None, "no"),
        ("CVE-2024-0054", "AXIS P3245-LVE", "11.7.61", None, "yes"),
        ("CVE-2024-0054", "AXIS P3245-LVE", "9.80.3.1", None, "yes"),
        ("CVE-2024-0054", "AXIS P3245-LVE", "9.80.55", None, "maybe"),
        ("CVE-2024-0054", "AXIS P3245-LVE", "11.9.60", None, "no"),
        ("CVE-2025-7724", "VIGI NVR1104H-4P", "1.1.5 Build 250517 Rel.1n", "2025-05-17", "yes"),
        ("CVE-2025-7724", "VIGI NVR1104H-4P", "1.1.5 Build 250518 Rel.1n", "2025-05-18", "no"),
        ("CVE-2026-0629", "VIGI C350", "2.0.3 Build 240101", "2024-01-01", "yes"),
        ("CVE-2026-0629", "VIGI C340-W", "2.0.3 Build 240101", "2024-01-01", "maybe"),
        ("CVE-2025-14300", "Tapo C200 V3", "C200(US)_V3_1.4.5 Build 251103", "2025-11-03", "yes"),
        ("CVE-2025-14300", "Tapo C200 V3", "V3_1.4.5 Build 251104", "2025-11-04", "no"),
        ("CVE-2025-14300", "Tapo C200", "1.4.5 Build 251103", "2025-11-03", "maybe"),
        ("CVE-2026-0629", "VIGI C340 2.0", "2.0.3 Build 240101", "2024-01-01", "yes"),
        ("CVE-2025-52598", "QNV-C8012", "2.22.04_20250101", None, "yes"),
        ("CVE-2025-52598", "QNV-C8012", "2.22.05", None, "no"),
        ("CVE-2026-20766", "MS-C2962-FPE", "61.8.0.5-r1", None, "yes"),
        ("CVE-2026-20766", "MS-C2963-PD", "51.7.0.77-r13", None, "no"),
        ("CVE-2024-7443", "IB8367A", None, None, "maybe"),
        ("CVE-2024-7443", "IB8367A", "IB8367A-VVTK-0100b", None, "yes"),
        ("CVE-2024-7443", "IB8367A", "IB8367A-VVTK-0100b1", None, "maybe"),
        ("CVE-2023-0773", "IPC322LB-SF28-A", "DIPC-B1213.6.5.230215", None, "yes"),
        ("CVE-2023-0773", "IPC322LB-SF28-A", "DIPC-B1213.6.6.230301", None, "no"),
        ("CVE-2026-3828", "DS-3E1318P-SI", "V1.2.0 build 210823", "2021-08-23", "yes"),
        ("CVE-2024-0066", "AXIS P3245-LVE", "9.80.55", None, "yes"),
        ("CVE-2024-0066", "AXIS P3245-LVE", "10.12.236", None, "no"),
        ("CVE-2024-22772", "LGUVR-8H", "4.02", None, "yes"),
        ("CVE-2024-22772", "LGUVR-8H", "1.01", None, "no"),
        ("CVE-2024-22772", "LGUVR-4H", "4.02", None, "other model"),
        ("CVE-2019-18226", "HEN16163", "3.215.00HW001.2.20190820", None, "yes"),
        ("CVE-2019-18226", "HEN16163", "3.215.00HW001.2.20190821", None, "no"),
        ("CVE-2019-18226", "H4W4PRV3", "1.000.HW01.1.190812", None, "yes"),
        ("CVE-2019-18230", "HBW4GR1", "1.000.HW00.21.20190812", None, "no"),
        ("CVE-2018-6830", "FI9803P V3", "2.54.2.47", None, "yes"),
        ("CVE-2018-6830", "FI9803P", "2.24.2.32", None, "no"),
        ("CVE-2018-6830", "FI9936P", "2.74.1.30", None, "other model"),
        ("CVE-2017-7912", "SRN-4000", "SRN4000_v2.14_161101", None, "yes"),
        ("CVE-2017-7912", "SRN-4000", "SRN4000_v2.16_170401", None, "no"),
        ("CVE-2023-5038", "PNM-9022V", "2.22.00", None, "no"),
        ("CVE-2023-5038", "PNM-9999X", "2.22.01", None, "maybe"),
        ("CVE-2020-5735", "IP2M-841", "2.420.AC00.18.R.20200216", None, "yes"),
        ("CVE-2020-5735", "IP2M-841", "2.420.AC00.18.R", "2020-02-17", "no"),
        ("CVE-2024-32757", "any model", "Illustra.Ess4.01.02.10.5982", None, "yes"),
        ("CVE-2024-32757", "any model", "Illustra.Ess4.01.02.13.6953", None, "no"),
        ("CVE-2022-23227", "NVRmini 2", "3.11", None, "yes"),
    ],
)
def test_a_record_says_of_a_model_and_firmware_what_it_says_itself(
    cve: str, model: str, firmware: str | None, built: str | None, said: str
) -> None:
    assert answer(cve, model, firmware, built) == said


def test_a_record_that_quotes_versions_and_names_models_compares_them() -> None:
    cannot = {"CVE-2020-11949"}  # "before XXXXX-VVTK-2.2002.xx.01x": letters stand for what differs by model
    version = re.compile(r"[0-9]\.[0-9]")
    mute = {
        one.id
        for one in KNOWLEDGE.advisories
        if one.verified and version.search(one.firmware_said) and one.affected
        if not one.is_software and not any(part.states_firmware for part in one.affected)
    }
    assert mute == cannot


def test_the_name_of_a_company_that_a_maker_owns_brings_none_of_the_makers_flaws() -> None:
    records = records_of(KNOWLEDGE)
    assert {one.manufacturer for one in records.advisories_of_name("Hikvision")} == {"hikvision"}
    assert records.advisories_of_name("Pyronix") == records.advisories_of_name("No such name") == ()


def test_every_record_says_what_kind_of_product_it_is_about() -> None:
    assert all(one.product_types and set(one.product_types) <= set(get_args(ProductType)) for one in KNOWLEDGE.advisories)
    for cve, kinds in (
        ("CVE-2026-3828", {"switch"}), ("CVE-2026-22626", {"storage"}), ("CVE-2023-28808", {"storage"}),
        ("CVE-2025-66176", {"access-terminal"}), ("CVE-2025-39247", {"software"}),
    ):  # fmt: skip
        assert set(ADVISORIES[cve].product_types) == kinds


def test_a_flaw_that_is_being_exploited_says_what_mends_it_or_that_nothing_does() -> None:
    silent = {one.id for one in KNOWLEDGE.advisories if one.exploited and not one.fixed_in}
    assert not silent


def axis(model: str | None, firmware: str | None) -> FlawAnswers:
    attribution = Attribution("axis", "Axis", "almost-certain", ("axis",), (), (), (), "", "test")
    return flaws(attribution, Description(kind="camera", model=model, firmware=firmware), KNOWLEDGE)


def test_a_record_about_all_models_goes_by_the_firmware_and_is_one_question_without_it() -> None:
    for model in ("AXIS P3245-LVE", None):
        answers = {one.id: one for one in axis(model, "12.7.10").findings}
        assert answers["CVE-2025-9055"].applies == "yes"
        assert answers["CVE-2025-0361"].applies == "no"
    unknown = axis("AXIS P3245-LVE", None)
    assert unknown.asks == "firmware"
    assert "CVE-2025-9055" in {one.id for one in unknown.open}
    assert not unknown.findings
