"""The rule "Based in China (our reading)" over vendors.db itself, held against the company records as they are written."""

from __future__ import annotations

import tomllib
from pathlib import Path

from camcensus.assessment.listings import listings, seat
from camcensus.model.device import Attribution
from camcensus.store.vendors_db.read import load_knowledge

ROOT = Path(__file__).resolve().parents[3]
KNOWLEDGE = load_knowledge(ROOT / "vendors.db")
EVERY_LIST = frozenset(KNOWLEDGE.lists)
STATEMENT = "uk-wms-2022"


def records() -> dict[str, dict[str, object]]:
    """Each company's record, out of its TOML."""
    files = sorted((ROOT / "resources" / "vendors" / "manufacturers").glob("*.toml"))
    return {(entry := tomllib.loads(file.read_text("utf-8")))["id"]: entry for file in files}


def named(maker: str) -> Attribution:
    return Attribution(maker, None, "confirmed", (maker,), (), (), (), "", "")


def test_no_company_is_listed_by_a_statement_that_names_none() -> None:
    silent = {entry.id for entry in KNOWLEDGE.lists.values() if not entry.names_makers}
    assert silent == {STATEMENT}
    assert not [entry.id for entry in KNOWLEDGE.lists.values() if entry.id in silent and entry.names]
    for maker in KNOWLEDGE.manufacturers:
        assert silent.isdisjoint(one.list for one in listings(named(maker), KNOWLEDGE, EVERY_LIST)), maker


def test_every_listing_is_by_a_list_that_names_the_maker_or_an_owner_of_it() -> None:
    for maker in KNOWLEDGE.manufacturers:
        for found in listings(named(maker), KNOWLEDGE, EVERY_LIST):
            assert found.manufacturer in {one.manufacturer for one in KNOWLEDGE.lists[found.list].names}, maker


def test_the_rule_takes_in_every_maker_with_its_legal_seat_in_china_and_no_other() -> None:
    wanted = {maker for maker, entry in records().items() if entry.get("country") == "China" and entry.get("seat_source")}
    assert records().keys() == KNOWLEDGE.manufacturers.keys()
    found = {maker: seat(named(maker), KNOWLEDGE, EVERY_LIST) for maker in KNOWLEDGE.manufacturers}
    assert {maker for maker, one in found.items() if one is not None and not one.may} == wanted
    may = {maker for maker, entry in records().items() if entry.get("other_seat") == "China"} - wanted
    assert {maker for maker, one in found.items() if one is not None and one.may} == may


def test_what_is_said_of_a_seat_has_the_companys_own_source() -> None:
    own = records()
    for maker in KNOWLEDGE.manufacturers:
        found = seat(named(maker), KNOWLEDGE, EVERY_LIST)
        if found is not None:
            assert (found.manufacturer, found.country, found.reading) == (maker, "China", STATEMENT)
            assert found.source == own[maker]["other_seat_source" if found.may else "seat_source"]
            assert found.source in KNOWLEDGE.sources


def test_a_company_whose_seat_is_not_known_is_never_taken_in() -> None:
    for maker, entry in records().items():
        if not entry.get("seat_source"):
            assert seat(named(maker), KNOWLEDGE, EVERY_LIST) is None, maker
