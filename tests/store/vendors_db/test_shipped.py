"""The reviewed text in resources/vendors and the vendors.db that is shipped."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.assessment.listings import ownership_path, seat
from camcensus.model.device import Attribution
from camcensus.model.knowledge import Fingerprint, Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from installers.knowledge.build import build, check

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT / "resources" / "vendors"
DATABASE = ROOT / "vendors.db"
KNOWLEDGE = load_knowledge(DATABASE)

# fmt: off
CONTRACT_IDS = {
    "hikvision", "dahua", "uniview", "tiandy", "axis", "hanwha", "bosch",
    "vivotek", "panasonic", "sony", "canon", "pelco", "avigilon", "mobotix",
    "reolink", "tp-link", "ubiquiti", "honeywell", "tvt", "xiongmai", "lilin",
    "avtech", "foscam", "d-link", "milesight", "geovision", "arecont", "huawei",
}
CONTRACT_LISTS = {
    "uk-mps-2022", "uk-fac-2021", "uk-wms-2022", "us-ndaa-889", "us-fcc-covered", "us-entity-list", "own",
}
# fmt: on


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return KNOWLEDGE


def test_the_sources_have_no_problem_and_the_shipped_file_holds_them() -> None:
    assert [str(one) for one in check(SOURCES, DATABASE)] == []


def test_building_again_changes_nothing_a_reader_sees(tmp_path: Path) -> None:
    assert build(SOURCES, tmp_path / "vendors.db") == KNOWLEDGE.version
    assert load_knowledge(tmp_path / "vendors.db") == KNOWLEDGE


def test_the_file_stays_within_its_size() -> None:
    assert DATABASE.stat().st_size < 4_000_000


@pytest.mark.parametrize("fingerprint", KNOWLEDGE.fingerprints, ids=[one.id for one in KNOWLEDGE.fingerprints])
def test_each_fingerprint_matches_its_examples_only(fingerprint: Fingerprint) -> None:
    assert fingerprint.examples
    assert all(re.search(fingerprint.pattern, example, fingerprint.flags) for example in fingerprint.examples)
    assert not any(re.search(fingerprint.pattern, example, fingerprint.flags) for example in fingerprint.counterexamples)


def test_the_ids_of_the_outside_contract_are_there(knowledge: Knowledge) -> None:
    assert set(knowledge.manufacturers) >= CONTRACT_IDS
    assert set(knowledge.lists) == CONTRACT_LISTS


def test_brands_whose_manufacturer_is_the_parent_are_no_manufacturers(knowledge: Knowledge) -> None:
    parents = {(record.brand, record.made_by) for record in knowledge.brands if record.relation in ("own_brand", "subsidiary")}
    assert {("ezviz", "hikvision"), ("hilook", "hikvision"), ("hiwatch", "hikvision"), ("imou", "dahua")} <= parents
    assert not {"ezviz", "hilook", "hiwatch", "imou"} & set(knowledge.manufacturers)


@pytest.mark.parametrize(
    "brand", ["honeywell", "lorex", "amcrest", "intelbras", "bcs", "cp-plus", "interlogix", "annke", "lts"]
)
def test_rebrands_have_a_record_with_a_dated_source(knowledge: Knowledge, brand: str) -> None:
    records = [record for record in knowledge.brands if record.brand == brand]
    assert {record.made_by for record in records} & {"hikvision", "dahua"}
    for record in records:
        source = knowledge.sources[record.source]
        assert source.date or source.retrieved


def test_the_name_honeywell_alone_proves_no_maker(knowledge: Knowledge) -> None:
    relations = {record.relation for record in knowledge.brands if record.brand == "honeywell"}
    assert not relations & {"own_brand", "subsidiary", "oem_rebrand"}


def test_only_the_makers_own_protocols_are_conclusive(knowledge: Knowledge) -> None:
    conclusive = {(one.kind, one.subject) for one in knowledge.fingerprints if one.strength == "conclusive"}
    assert conclusive == {
        ("sadp.answer", "hikvision"), ("dhip.answer", "dahua"), ("dahua-v1.answer", "dahua"), ("xiongmai.answer", "xiongmai"),
        ("tp-link.answer", "tp-link"), ("bosch.answer", "bosch"), ("vivotek.answer", "vivotek"), ("tvt.answer", "tvt"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mac", "role", "subject", "exclusive"),
    [
        ("58:50:ed:00:00:05", "manufacturer", "hikvision", True),
        ("3c:ef:8c:00:00:01", "manufacturer", "dahua", True),
        ("88:26:3f:00:00:06", "manufacturer", "uniview", True),
        ("ac:cc:8e:00:00:01", "manufacturer", "axis", True),
        ("00:40:84:00:00:01", "brand", "honeywell", False),
        ("00:1f:54:00:00:01", "brand", "lorex", False),
        ("00:12:31:00:00:01", "manufacturer", "xiongmai", False),
    ],
)
def test_network_blocks_say_who_uses_them(knowledge: Knowledge, mac: str, role: str, subject: str, exclusive: bool) -> None:
    block = knowledge.block_of(mac)
    assert block is not None
    assert (block.role, block.subject, block.exclusive) == (role, subject, exclusive)


def test_blocks_shared_with_phones_and_routers_are_not_exclusive(knowledge: Knowledge) -> None:
    shared = {"huawei", "tp-link", "d-link", "ubiquiti", "johnson-controls", "xiongmai"}
    assert not [block for block in knowledge.macs.values() if block.subject in shared and block.exclusive]


def test_lists_are_on_and_off_as_the_product_says(knowledge: Knowledge) -> None:
    on = {identity for identity, definition in knowledge.lists.items() if definition.default_on}
    assert on == {"uk-mps-2022", "uk-fac-2021", "uk-wms-2022"}
    assert [one.id for one in knowledge.lists.values() if not one.names_makers] == ["uk-wms-2022"]
    assert {named.manufacturer for named in knowledge.lists["uk-mps-2022"].names} == {"hikvision", "dahua"}
    assert knowledge.lists["own"].names == ()


def test_the_statement_of_2022_names_no_company_and_says_that_applying_it_is_our_reading(knowledge: Knowledge) -> None:
    statement = knowledge.lists["uk-wms-2022"]
    assert (statement.names, statement.seat, statement.names_makers) == ((), "China", False)
    assert "our reading" in statement.reading
    assert "government departments" in statement.addressed_to
    assert "schools" in statement.not_addressed_to


def test_a_seat_in_hong_kong_alone_is_not_read_as_china(knowledge: Knowledge) -> None:
    assert "A seat in Hong Kong does not count" in knowledge.lists["uk-wms-2022"].reading
    assert not [
        maker.id
        for maker in knowledge.manufacturers.values()
        if "Hong Kong" in (maker.seat or "") and _read(maker.id, knowledge)
    ]
    # The registry of MAC addresses has Reolink at an address in Hong Kong: its seat needs a source on its company in Shenzhen.
    assert knowledge.manufacturers["reolink"].seat_source != "ieee-registry"


def test_where_two_companies_sell_under_one_name_a_device_may_be_of_either(knowledge: Knowledge) -> None:
    maker = knowledge.manufacturers["tp-link"]
    assert (maker.legal_name, maker.seat, _read("tp-link", knowledge)) == ("TP-Link Systems Inc.", "United States", False)
    assert (maker.other_seat, knowledge.other_seat_by("tp-link", "uk-wms-2022")) == ("China", ("China", "ieee-registry"))
    assert "Shenzhen" in maker.note
    answer = Attribution("tp-link", None, "almost-certain", ("tp-link",), (), (), (), "", knowledge.version)
    found = seat(answer, knowledge)
    assert found is not None
    assert found.may
    firm = seat(replace(answer, manufacturer="tvt", candidates=("tvt",)), knowledge)
    assert firm is not None
    assert not firm.may


def _read(manufacturer: str, knowledge: Knowledge) -> bool:
    return knowledge.seat_by(manufacturer, "uk-wms-2022") is not None


def test_each_statement_is_held_only_against_makers_that_its_quotation_names(knowledge: Knowledge) -> None:
    for statement in knowledge.statements.values():
        assert len(statement.title) <= 90, statement.id
        for named in statement.names:
            if statement.said_by.endswith("seen by us in a reworded copy"):
                assert (named.quote, statement.weight, statement.is_list) == ("", 2, False)
                assert statement.answers
                continue
            assert 0 < len(named.quote.split()) <= 32, (statement.id, named.manufacturer)
            path = ownership_path(named.manufacturer, knowledge)
            makers = [knowledge.manufacturers[one] for one in path]
            known = {name for maker in makers for name in (maker.name, maker.legal_name or maker.name)}
            known |= {record.brand_name for record in knowledge.brands if record.made_by in path}
            known |= {name for one in path if one in knowledge.brand_entries for name in knowledge.brand_entries[one].also}
            quote = named.quote.casefold()
            assert any(name.casefold() in quote for name in known), (statement.id, named.manufacturer)


def test_makers_replies_are_kept_with_their_source(knowledge: Knowledge) -> None:
    for maker in ("hikvision", "dahua"):
        replies = knowledge.manufacturers[maker].answers
        assert replies
        assert all(knowledge.sources[reply.source].url for reply in replies)


def test_each_claim_about_anothers_goods_quotes_words_and_a_list_proves_nothing(knowledge: Knowledge) -> None:
    others = [record for record in knowledge.brands if record.relation not in ("own_brand", "listed") and not record.against]
    assert [record.brand for record in others if not record.quote] == []
    listed = [record for record in knowledge.brands if record.relation == "listed"]
    assert len(listed) > 200
    assert not [record for record in listed if record.verified]
