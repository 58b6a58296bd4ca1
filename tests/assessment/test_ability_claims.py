"""The claims on what models can do, over vendors.db itself: each pattern fits its own family and no sibling."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.abilities import DATABASE, STORY, answers, table
from camcensus.assessment.capabilities import capabilities
from camcensus.model.attribution import Attribution
from camcensus.model.device import Description
from camcensus.model.knowledge import Knowledge
from camcensus.model.verdict import CapabilityFinding
from camcensus.store.knowledge import load_knowledge


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def found_of(knowledge: Knowledge, maker: str, model: str) -> tuple[CapabilityFinding, ...]:
    attribution = Attribution(maker, None, "almost-certain", (maker,), (), (), (), "", "test")
    return capabilities((), attribution, Description(kind="camera", model=model), knowledge)


def able(knowledge: Knowledge, maker: str, model: str) -> set[str]:
    return {one.capability for one in found_of(knowledge, maker, model) if one.state == "able"}


def by_database(knowledge: Knowledge, maker: str, model: str) -> set[str]:
    found = found_of(knowledge, maker, model)
    return {one.capability for one in found if knowledge.sources[one.source].publisher == DATABASE}


@pytest.mark.parametrize(
    ("maker", "model", "expected"),
    [
        ("hikvision", "DS-2CD2386G2-IU", {"person-vehicle", "face-detection"}),
        ("hikvision", "DS-2CD2143G2-LIS2U", {"person-vehicle", "line-crossing"}),
        ("hikvision", "DS-2CD2146G2-ISU", {"person-vehicle"}),
        ("hikvision", "DS-2CD2387G2-LSU/SL", {"face-detection"}),
        ("hikvision", "DS-2CD2T47G2-L", {"person-vehicle", "line-crossing", "face-detection"}),
        ("hikvision", "DS-2CD2347G2H-LIU", {"person-vehicle", "line-crossing", "face-detection"}),
        ("axis", "M3086-V", {"person-vehicle", "line-crossing"}),
        ("bosch", "FLEXIDOME panoramic 5100i IR", {"person-vehicle"}),
        ("hanwha", "SNV-6084R", {"line-crossing"}),
        ("bosch", "FLEXIDOME outdoor 5100i IR", {"person-vehicle"}),
        ("reolink", "RLC-840A", {"line-crossing", "behaviour"}),
        ("reolink", "RLC-810A", {"person-vehicle"}),
        ("reolink", "E1 Outdoor", {"person-vehicle"}),
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
        ("hanwha", "SNV-6084"),
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
        ("hikvision", "DS-2CD2143G2-I"),
        ("hikvision", "DS-2CD2746G2-IZS"),
        ("hikvision", "DS-2CD2047G2H-LIU"),
        ("hikvision", "DS-2CD1043G2-LIUF"),
        ("dahua", "DH-IPC-HFW2249S-S-IL"),
        ("dahua", "IPC-HDW3549H-AS-PV"),
        ("axis", "AXIS P3265-LVE"),
        ("axis", "M3085-V"),
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
    assert makers == {"hikvision", "dahua", "axis", "bosch", "hanwha", "reolink", "tp-link"}
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
        ("hikvision", "DS-2CD2346G2-ISU/SL", {"person-vehicle"}),
        ("hikvision", "DS-2CD2346G2-I", set()),
        ("hikvision", "DS-2CD2347G2-LSU/SL", set()),
        ("hikvision", "DS-2CD2385FWD-I", {"line-crossing", "face-detection"}),
        ("hikvision", "DS-2CD2385FWD-IS", set()),
        ("hikvision", "DS-2DE4425IW-DE(S6)", {"person-vehicle", "face-detection"}),
        ("hikvision", "DS-2DE4425IW-DE", set()),
        ("dahua", "DH-IPC-HDW3849HP-AS-PV-0280B-S5", {"person-vehicle"}),
        ("dahua", "IPC-HDBW5442E-ZHE", set()),
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
    ],
)
def test_the_databases_word_is_of_its_own_model_only(knowledge: Knowledge, maker: str, model: str, expected: set[str]) -> None:
    assert by_database(knowledge, maker, model) == expected


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


def test_the_bench_counts_the_makers_word_and_the_databases_apart(knowledge: Knowledge) -> None:
    found = list(answers(knowledge))
    assert len({one.model for one in found}) == 100
    own = [one for one in found if one.by_maker]
    assert all(finding.capability in STORY and finding.said_by == "maker" for one in own for finding in one.by_maker)
    said = [one for one in found if one.by_database]
    assert all(finding.capability in STORY and finding.state == "unknown" for one in said for finding in one.by_database)
    more = sum(not one.by_maker for one in said)
    own_line, more_line, together = table(knowledge)[:3]
    assert (own_line.split()[0], more_line.split()[0]) == (f"{len(own)}", f"{more}")
    assert together.startswith(f"Together {len(own) + more} of 100, ")
