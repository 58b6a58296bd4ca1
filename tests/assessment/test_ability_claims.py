"""The claims on what models can do, over vendors.db itself: each pattern fits its own family and no sibling."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.abilities import STORY, answers, table
from camcensus.assessment.capabilities import capabilities
from camcensus.model.device import Attribution, CapabilityFinding, Description
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge

DATABASE = "CCTV Camera Database"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def found_of(knowledge: Knowledge, maker: str, model: str) -> tuple[CapabilityFinding, ...]:
    attribution = Attribution(maker, None, "almost-certain", (maker,), (), (), (), "", "test")
    return capabilities((), attribution, Description(kind="camera", model=model), knowledge)


def able(knowledge: Knowledge, maker: str, model: str) -> set[str]:
    return {one.capability for one in found_of(knowledge, maker, model) if one.state == "able"}


def said_by(knowledge: Knowledge, publisher: str, maker: str, model: str) -> set[str]:
    found = found_of(knowledge, maker, model)
    return {one.capability for one in found if knowledge.sources[one.source].publisher == publisher}


@pytest.mark.parametrize(
    ("maker", "model", "expected"),
    [
        ("hikvision", "DS-2CD2386G2-IU(2.8mm)(C)", {"person-vehicle"}),
        ("hikvision", "DS-7208HQHI-K1", {"line-crossing"}),
        ("bosch", "FLEXIDOME IP starlight 8000i", {"person-vehicle"}),
        ("bosch", "NDE-8503-R", {"person-vehicle"}),
        ("bosch", "FLEXIDOME panoramic 5100i IR", {"person-vehicle"}),
        ("hanwha", "SNV-6084R", {"line-crossing"}),
        ("bosch", "FLEXIDOME outdoor 5100i IR", {"person-vehicle"}),
        ("avigilon", "2.0C-H5A-D1", {"person-vehicle", "behaviour"}),
        ("avigilon", "5.0C-H5A-BO2-IR", {"person-vehicle", "behaviour"}),
        ("reolink", "RLC-840A", {"line-crossing", "behaviour"}),
    ],
)
def test_a_family_can_what_its_data_sheets_say(knowledge: Knowledge, maker: str, model: str, expected: set[str]) -> None:
    assert able(knowledge, maker, model) == expected


@pytest.mark.parametrize(
    ("maker", "model"),
    [
        ("hikvision", "DS-2CD2386G0-I"),
        ("hikvision", "DS-2CD2385G1-I"),
        ("hikvision", "DS-2CD2121G0-I"),
        ("hikvision", "DS-2CD2T21G1-I"),
        ("hikvision", "DS-2CD2142FWD-I"),
        ("hikvision", "DS-2CD2946G2-ISU"),
        ("hikvision", "DS-2CD2143G2-IU"),
        ("hikvision", "DS-2CD2386G2-ISU/SL"),
        ("hikvision", "DS-2CD2T47G2-LSU/SL"),
        ("hikvision", "DS-2CD2387G2-LU"),
        ("hikvision", "DS-2CD2387G2H-LIU"),
        ("hikvision", "DS-2CD1143G2-LIU"),
        ("hikvision", "DS-2CD1043G0-I"),
        ("hikvision", "DS-2CD1021G2-LIU"),
        ("hikvision", "DS-2CE76D0T-ITMF"),
        ("hikvision", "DS-7616NI-K2/16P"),
        ("hikvision", "DS-7616NXI-K2/16P"),
        ("hikvision", "iDS-7208HUHI-M2/FA"),
        ("hikvision", "DS-7208HQHI-K2"),
        ("hikvision", "DS-7208HQHI-K1/E"),
        ("hikvision", "DS-7208HUHI-K1"),
        ("hikvision", "DS-2CD2386G2H-IU"),
        ("hikvision", "iDS-2CD7A46G0/P-IZHS"),
        ("dahua", "IPC-HDW2431T-AS-S2"),
        ("dahua", "IPC-HDBW2241E-S"),
        ("dahua", "IPC-HDW1439T-A-LED-S4"),
        ("dahua", "IPC-HDW2449T-S-IL"),
        ("dahua", "IPC-HDW3849H-AS-PV"),
        ("dahua", "IPC-HDW3549H-ZAS-PV"),
        ("dahua", "IPC-HFW2441T-ZS"),
        ("dahua", "NVR4208-8P-I2"),
        ("dahua", "XVR5108HS-I3"),
        ("dahua", "XVR5108HS-I2"),
        ("axis", "AXIS P3265-LVE-3"),
        ("axis", "AXIS P3225-LV"),
        ("axis", "AXIS M3065-V"),
        ("axis", "AXIS M2025-LE"),
        ("axis", "AXIS P1455-LE"),
        ("bosch", "FLEXIDOME IP panoramic 7000"),
        ("bosch", "FLEXIDOME indoor 5000"),
        ("bosch", "FLEXIDOME IP starlight 6000"),
        ("bosch", "FLEXIDOME multi 7000i"),
        ("bosch", "NDE-8503-RX"),
        ("hanwha", "SNV-6084"),
        ("avigilon", "3.0C-H5SL-DO1-IR"),
        ("avigilon", "2.0C-H4A-D1"),
        ("avigilon", "10C-H5A-DH2-IR"),
        ("avigilon", "12.0W-H5A-FE-DO1"),
        ("reolink", "RLC-410"),
        ("reolink", "RLC-811A"),
        ("reolink", "E1 Outdoor PoE"),
        ("tp-link", "VIGI C340"),
    ],
)
def test_a_sibling_is_not_said_to_be_able(knowledge: Knowledge, maker: str, model: str) -> None:
    assert able(knowledge, maker, model) == set()


@pytest.mark.parametrize(
    ("maker", "model"),
    [
        ("hikvision", "DS-2CD2047G2H-LIU"),
        ("hikvision", "DS-2CD2146G2-ISU"),
        ("dahua", "SD2A500NB-GNY-A-PV"),
    ],
)
def test_a_text_that_nobody_could_read_again_makes_no_model_able(knowledge: Knowledge, maker: str, model: str) -> None:
    claims = [
        one for one in knowledge.capabilities if one.manufacturer == maker and one.models and re.search(one.models, model)
    ]
    assert [one for one in claims if not one.verified]
    assert able(knowledge, maker, model) == set()


def test_able_rests_on_the_makers_own_words(knowledge: Knowledge) -> None:
    makers = {claim.manufacturer for claim in knowledge.capabilities if not claim.said_by and claim.models is not None}
    assert makers == {"hikvision", "dahua", "avigilon", "bosch", "hanwha", "reolink", "tp-link"}
    for claim in knowledge.capabilities:
        if not claim.said_by and claim.verified:
            publisher = knowledge.sources[claim.source].publisher.casefold()
            assert publisher.split()[0] == knowledge.name_of(claim.manufacturer).casefold().split()[0], claim.source


def test_no_press_report_makes_a_camera_able(knowledge: Knowledge) -> None:
    attribution = Attribution("hikvision", None, "almost-certain", ("hikvision",), (), (), (), "", "test")
    description = Description(kind="camera", model="DS-2CD7A2XYZ-JM/RX")
    found = {one.capability: one for one in capabilities((), attribution, description, knowledge)}
    assert (found["ethnicity"].state, found["ethnicity"].said_by, found["ethnicity"].who) == ("unknown", "other", "IPVM")


@pytest.mark.parametrize(
    ("maker", "model", "expected"),
    [
        ("hikvision", "DS-2CD2346G2-IU(2.8mm)(C)", {"person-vehicle"}),
        ("hikvision", "DS-2CD2346G2-I", set()),
        ("hikvision", "DS-2CD2143G2-I(2.8mm)", {"person-vehicle"}),
        ("hikvision", "DS-2CD2143G2-ISU", set()),
        ("hikvision", "DS-2CD2347G2-LSU/SL", set()),
        ("hikvision", "DS-2CD2T46G2-2I(4mm)(C)", {"person-vehicle"}),
        ("hikvision", "DS-2CD2T46G2-4IY", set()),
        ("hikvision", "DS-2CD2T43G2-2I", set()),
        ("hikvision", "iDS-2CD7A46G0/P-IZHSY", {"number-plate", "line-crossing"}),
        ("hikvision", "iDS-2CD7A46G0-IZHS", set()),
        ("hikvision", "DS-2CD2385FWD-I", {"line-crossing", "face-detection"}),
        ("hikvision", "DS-2CD2385FWD-IS", set()),
        ("hikvision", "DS-2DE4425IW-DE(S6)", {"person-vehicle", "face-detection"}),
        ("hikvision", "DS-2DE4425IW-DE", set()),
        ("dahua", "DH-IPC-HDW3849HP-AS-PV-0280B-S5", {"person-vehicle"}),
        ("hikvision", "DS-2CD2387G2H-LIU(2.8mm)", {"person-vehicle"}),
        ("hikvision", "DS-2CD2387G2H-LISU/SL", set()),
        ("dahua", "IPC-HDBW5442E-ZHE", set()),
        ("dahua", "DH-IPC-HFW5442E-ZE", {"person-vehicle"}),
        ("dahua", "IPC-HDW5442TM-ASE", {"face-detection", "person-vehicle"}),
        ("dahua", "IPC-HFW5442E-ZE-S3", set()),
        ("dahua", "SD49425XB-HNR-S2", {"face-detection", "line-crossing"}),
        ("dahua", "SD49425XB-HNR-S3", set()),
        ("dahua", "SD49225XA-HNR", set()),
        ("avigilon", "2.0C-H4A-D1-IR", {"person-vehicle"}),
        ("avigilon", "2.0C-H4A-DO1-IR", set()),
        ("hanwha", "XNV-8083R", {"person-vehicle", "face-detection"}),
        ("hanwha", "XNV-8083RX", set()),
        ("hanwha", "XNP-6400RW", {"person-tracking"}),
        ("hanwha", "XNP-6400R", set()),
        ("axis", "AXIS P3245-LV", {"person-vehicle", "line-crossing"}),
        ("axis", "AXIS P3245-LVE", set()),
        ("axis", "AXIS P3265-LV", {"person-vehicle", "line-crossing"}),
        ("axis", "AXIS P3265-V", set()),
        ("axis", "AXIS Q6075-SE", set()),
        ("panasonic", "WV-S2136LA", set()),
        ("tp-link", "VIGI C540", {"person-vehicle", "line-crossing"}),
        ("tp-link", "VIGI C540-W", set()),
        ("tp-link", "VIGI C540V", set()),
        ("ubiquiti", "UVC G5 Turret Ultra", {"person-vehicle"}),
        ("ubiquiti", "UVC G5 Turret", set()),
        ("ubiquiti", "UVC AI 360", {"face-detection", "number-plate"}),
        ("ubiquiti", "UVC AI Bullet", set()),
    ],
)
def test_the_databases_word_is_of_its_own_model_only(knowledge: Knowledge, maker: str, model: str, expected: set[str]) -> None:
    assert said_by(knowledge, DATABASE, maker, model) == expected


@pytest.mark.parametrize(
    ("publisher", "maker", "model", "expected"),
    [
        ("CameraLayout", "axis", "AXIS M3085-V", {"person-vehicle"}),
        ("CameraLayout", "axis", "AXIS M3085-VE", set()),
        ("CameraLayout", "axis", "AXIS M3086-V", {"person-vehicle"}),
        ("CameraLayout", "axis", "AXIS M3087-V", set()),
        ("CameraLayout", "axis", "AXIS M2036-LE", {"person-vehicle"}),
        ("CameraLayout", "axis", "AXIS P3287-LVE", {"person-vehicle"}),
        ("CameraLayout", "axis", "AXIS P3287-LVE-3", set()),
        ("CameraLayout", "axis", "AXIS P3287-LV", set()),
        ("CameraLayout", "axis", "AXIS M4317-PLVE", {"person-vehicle"}),
        ("CameraLayout", "axis", "AXIS M4317-PLR", set()),
        ("CameraLayout", "axis", "AXIS P3265-LVE", {"person-vehicle"}),
        ("CameraLayout", "axis", "AXIS P3265-LVE-3", set()),
        ("CameraLayout", "axis", "AXIS P1465-LE-3", set()),
        ("CameraLayout", "axis", "AXIS P1455-LE", set()),
        ("CameraLayout", "hikvision", "DS-2CD2746G2-IZS(2.8-12mm)(C)", {"person-vehicle", "line-crossing", "face-detection"}),
        ("CameraLayout", "hikvision", "DS-2CD2746G2T-IZS", set()),
        ("CameraLayout", "hikvision", "DS-2CD2387G2-LSU/SL", {"person-vehicle", "line-crossing", "face-detection"}),
        ("CameraLayout", "hikvision", "DS-2CD2387G2-LU", set()),
        ("CameraLayout", "hikvision", "DS-2CD2T47G2-L(4mm)", {"person-vehicle", "line-crossing", "face-detection"}),
        ("CameraLayout", "hikvision", "DS-2CD2T47G2-LSU/SL", set()),
        ("CameraLayout", "hikvision", "DS-2CD1343G2-LIU", {"person-vehicle"}),
        ("CameraLayout", "hikvision", "DS-2CD1343G2-LIUF", set()),
        ("CameraLayout", "hikvision", "DS-2CD1343G2-LIU/SL", set()),
        ("CameraLayout", "dahua", "DH-IPC-HDW3549H-AS-PV-0280B-S5", set()),
        ("CameraLayout", "dahua", "DH-IPC-HDW3549H-AS-PV-0280B", {"person-vehicle", "face-detection", "behaviour"}),
        ("CameraLayout", "dahua", "DH-IPC-HDBW2441E-S", {"person-vehicle", "line-crossing"}),
        ("CameraLayout", "dahua", "DH-IPC-HDBW2441E-S-S2", set()),
        ("CameraLayout", "dahua", "IPC-HFW2441S-S", {"person-vehicle", "line-crossing"}),
        ("CameraLayout", "dahua", "IPC-HFW2441T-S", set()),
        ("CameraLayout", "dahua", "DH-IPC-EBW5641-AS", {"line-crossing", "people-counting"}),
        ("CameraLayout", "dahua", "IPC-EBW81242-AS-S2", set()),
        ("CameraLayout", "dahua", "DH-IPC-HFW2249S-S-IL", {"person-vehicle"}),
        ("CameraLayout", "dahua", "DH-IPC-HFW2249T-ZAS-IL", set()),
        ("WatchLog", "dahua", "DH-XVR1B08-I", {"person-vehicle"}),
        ("WatchLog", "dahua", "DH-XVR1B08H-I", set()),
        ("WatchLog", "dahua", "DHI-NVR5216-16P-EI", {"person-vehicle", "line-crossing", "face-detection", "face-recognition"}),
        ("WatchLog", "dahua", "DHI-NVR5216-EI", set()),
        ("WatchLog", "dahua", "NVR4208-8P-I2", set()),
        ("WatchLog", "dahua", "XVR5108HS-4KL-I3", {"face-detection", "face-recognition", "person-vehicle", "line-crossing"}),
        ("WatchLog", "dahua", "XVR5108HS-I2", set()),
        ("WatchLog", "dahua", "XVR5104HS-I3", set()),
        ("WatchLog", "hikvision", "DS-7616NXI-K2/16P", {"face-recognition", "person-vehicle", "line-crossing"}),
        ("WatchLog", "hikvision", "DS-7616NXI-K2", set()),
        ("WatchLog", "hikvision", "iDS-7208HQHI-M1/FA(C)", {"face-recognition", "person-vehicle", "line-crossing"}),
        ("WatchLog", "hikvision", "iDS-7208HQHI-M1/S", set()),
        ("WatchLog", "hikvision", "iDS-9632NXI-I8/X(C)", {"face-detection", "face-recognition", "line-crossing"}),
        ("WatchLog", "hikvision", "iDS-9632NXI-I8/S", set()),
        ("dubai-hikvision.com", "hikvision", "DS-2CD2143G2-LIS2U", {"person-vehicle", "line-crossing"}),
        ("dubai-hikvision.com", "hikvision", "DS-2CD2143G2-IU", set()),
        ("dubai-hikvision.com", "hikvision", "DS-2CD2347G2H-LIU", {"person-vehicle", "line-crossing", "face-detection"}),
        ("dubai-hikvision.com", "hikvision", "DS-2CD2347G2H-LISU/SL", set()),
        ("GitHub: AT0myks/reolink-fw-archive", "reolink", "RLC-810A", {"person-vehicle"}),
        ("GitHub: AT0myks/reolink-fw-archive", "reolink", "RLC-811A", set()),
        ("GitHub: AT0myks/reolink-fw-archive", "reolink", "E1 Outdoor", {"person-vehicle"}),
        ("GitHub: AT0myks/reolink-fw-archive", "reolink", "E1 Outdoor PoE", set()),
        ("maciej-or", "hikvision", "DS-7608NXI-I2/8P/S", {"face-detection", "face-recognition", "line-crossing"}),
        ("maciej-or", "hikvision", "DS-7608NI-I2/8P", set()),
        ("maciej-or", "hikvision", "DS-2CD2532F-IWS", {"line-crossing"}),
        ("maciej-or", "hikvision", "DS-2CD2532F-IS", set()),
        ("maciej-or", "hikvision", "DS-2CD2146G2-ISU", {"person-vehicle", "line-crossing"}),
        ("maciej-or", "hikvision", "DS-2CD2146G2-I", set()),
        ("maciej-or", "hikvision", "DS-2CD2T86G2-ISU/SL", {"person-vehicle", "line-crossing"}),
        ("maciej-or", "hikvision", "DS-2CD2346G2-ISU/SL", {"person-vehicle", "line-crossing"}),
        ("maciej-or", "hikvision", "DS-2CD2T86G2-ISU", set()),
        ("maciej-or", "hikvision", "DS-2CD2T86G2-4I", set()),
    ],
)
def test_what_others_say_is_of_its_own_model_and_makes_none_able(
    knowledge: Knowledge, publisher: str, maker: str, model: str, expected: set[str]
) -> None:
    assert said_by(knowledge, publisher, maker, model) == expected
    assert able(knowledge, maker, model).isdisjoint(expected)


def test_what_a_recorder_leaves_to_the_camera_is_none_of_its_own(knowledge: Knowledge) -> None:
    found = {one.capability: one for one in found_of(knowledge, "hikvision", "DS-7208HQHI-K1")}["face-detection"]
    assert (found.state, found.said_by, found.claim) == ("unknown", "maker", "none")


def test_a_camera_that_says_it_has_no_faces_leaves_its_makers_word_unverified(knowledge: Knowledge) -> None:
    found = {one.capability: one for one in found_of(knowledge, "hikvision", "DS-2CD2386G2-IU")}
    assert found["line-crossing"].who == "a camera of this model, as recorded by the project hikvision_next"
    assert "face-detection" not in found


def test_of_what_a_recorder_does_one_at_a_time_none_is_said_to_be_able(knowledge: Knowledge) -> None:
    found = {one.capability: one for one in found_of(knowledge, "dahua", "DH-XVR5108HS-I3")}
    for capability in ("face-recognition", "gender-age", "mask", "person-vehicle"):
        one = found[capability]
        assert (one.state, one.said_by, one.claim) == ("unknown", "other", "one-of")
        assert one.who == "the project WatchLog, of the maker’s data sheet"


def test_the_databases_word_leaves_a_function_unknown_and_says_whose_it_is(knowledge: Knowledge) -> None:
    found = {one.capability: one for one in found_of(knowledge, "hanwha", "XNV-8083R")}
    said = found["person-vehicle"]
    assert (said.state, said.said_by, said.who) == ("unknown", "other", "the CCTV Camera Database, a public database")
    assert "mask" not in found


def test_each_claim_of_the_database_names_a_model_and_the_makers_text_it_cites(knowledge: Knowledge) -> None:
    claims = [claim for claim in knowledge.capabilities if knowledge.sources[claim.source].publisher == DATABASE]
    assert claims
    for claim in claims:
        assert (claim.kind, bool(claim.said_by), bool(claim.models)) == ("able", True, True), claim.models_said
        assert any(f"cites {cited}" in claim.how for cited in ("the maker’s", "a copy of the maker’s")), claim.how
        assert knowledge.sources[claim.source].date, claim.source


def test_the_bench_counts_the_makers_word_and_others_apart(knowledge: Knowledge) -> None:
    found = list(answers(knowledge))
    assert len({one.model for one in found}) == 100
    own = [one for one in found if one.by_maker]
    assert all(finding.capability in STORY and finding.said_by == "maker" for one in own for finding in one.by_maker)
    said = [one for one in found if one.by_others and not one.by_maker]
    assert all(finding.capability in STORY and finding.state == "unknown" for one in said for finding in one.by_others)
    own_line, others_line, together = table(knowledge)[:3]
    assert (own_line.split()[0], others_line.split()[0]) == (f"{len(own)}", f"{len(said)}")
    named = [knowledge.sources[one.by_others[0].source].publisher for one in said]
    assert all(f"{who} {named.count(who)}" in others_line for who in named)
    assert together.startswith(f"Together {len(own) + len(said)} of 100, ")
