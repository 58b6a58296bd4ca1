from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import samples
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import CAPABILITIES
from camcensus.store.knowledge import load_knowledge
from camcensus.tasks import makers, register
from camcensus.tasks.census import Census
from camcensus.tasks.knowledge import build_sources
from camcensus.tasks.lists import lists_in_use, switch_lists
from camcensus.tasks.makers import brand_page, maker_page
from camcensus.tasks.rejudging import judge_again, stale
from samples import LATER, NOW
from store.knowledge_sources_sample import write_sources


@pytest.fixture(scope="module")
def shipped(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def small(tmp_path: Path) -> Knowledge:
    build_sources(write_sources(tmp_path / "sources"), tmp_path / "vendors.db")
    return load_knowledge(tmp_path / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, shipped: Knowledge) -> Iterator[register.Inventory]:
    """One Dahua camera, judged under knowledge "1", which is older than what is shipped."""
    found = samples.verdict(31)
    census = Census(scan=samples.scan(), observations=found.device.observations, verdicts=(found,))
    with register.new_inventory(tmp_path / "a.camcensus", samples.body(), NOW) as made:
        register.keep_census(made, census, replace(shipped, version="1"), NOW)
        yield made


def test_a_makers_page_has_owners_lists_reply_and_names_with_their_sources(small: Knowledge) -> None:
    page = maker_page(small, "maker-a")
    assert (page.name, page.owners, page.reply) == ("Maker A", ("Holding",), "We did not.")
    assert page.reply_source is not None
    assert page.reply_source.line == "“A paper” · A publisher · April 2025"
    (listed,) = page.lists
    assert (listed.said_by, listed.date, listed.quote, listed.through) == ("somebody", "2022-11-24", "a quote", "Holding")
    assert (listed.addressed_to, listed.not_addressed_to, listed.text) == ("somebody else", "you", "Somebody named Holding.")
    (sold,) = page.sold_as
    assert (sold.name, sold.proven, sold.note) == ("Shop", False, "Some models.")
    assert sold.words == "partly made by it under another name, not proven, some models only, since 2020, until May 2022"


def test_who_makes_what_a_seller_sells_is_on_the_sellers_page_and_on_the_brands(small: Knowledge) -> None:
    assert [(one.name, one.maker_name) for one in maker_page(small, "seller").made_for_it] == [("Shop", "Maker A")]
    brand = brand_page(small, "shop")
    assert (brand.name, brand.also, brand.owner, brand.owner_id) == ("Shop", ("The Shop",), "Seller", "seller")
    assert [one.maker for one in brand.made_by] == ["maker-a"]


def test_every_company_and_brand_that_is_shipped_has_a_page(shipped: Knowledge) -> None:
    pages = [maker_page(shipped, identity) for identity in shipped.manufacturers]
    assert all(page.source.title and page.source.publisher for page in pages)
    brands = [brand_page(shipped, identity) for identity in shipped.brand_names]
    assert all(one.maker_name and one.source.publisher for brand in brands for one in brand.made_by)
    assert {one.status for page in pages for one in page.statements} <= makers.STATUS_WORDS.keys()
    assert set(CAPABILITIES) == makers.CAPABILITY_WORDS.keys()


def test_the_brands_of_the_story_are_dated_claims(shipped: Knowledge) -> None:
    for name in ("honeywell", "toshiba"):
        claims = maker_page(shipped, name).made_for_it
        assert any(one.source.date or one.source.retrieved for one in claims), name


def test_our_reading_is_marked_and_statements_in_the_uk_come_first(shipped: Knowledge) -> None:
    page = maker_page(shipped, "dahua")
    reading = {one.id: one.our_reading for one in page.lists}
    assert reading["uk-wms-2022"]
    assert not reading["uk-mps-2022"]
    home = [one.jurisdiction.startswith("UK") for one in page.statements]
    assert home == sorted(home, reverse=True)
    assert any(home)
    assert not {one.id for one in page.statements} & shipped.lists.keys()


def test_lists_are_switched_with_who_and_why_and_one_undo_takes_all_back(
    inventory: register.Inventory, shipped: Knowledge
) -> None:
    before = {one.said.id: one.on for one in lists_in_use(inventory, shipped)}
    assert not any(one.choice for one in lists_in_use(inventory, shipped))
    wanted = {"uk-fac-2021": False, "us-ndaa-889": True}
    changes = switch_lists(inventory, shipped, wanted, by="R. Khan", why="Governors, 12 October", now=NOW)
    assert changes.say == "2 lists switched on or off."
    now = {one.said.id: one for one in lists_in_use(inventory, shipped)}
    assert not now["uk-fac-2021"].on
    assert now["us-ndaa-889"].on
    choice = now["us-ndaa-889"].choice
    assert choice is not None
    assert (choice.by, choice.why) == ("R. Khan", "Governors, 12 October")
    assert "Dahua" in now["us-ndaa-889"].makers
    assert inventory.undo(NOW) is not None
    assert {one.said.id: one.on for one in lists_in_use(inventory, shipped)} == before


@pytest.mark.parametrize(("wanted", "by"), [({"uk-fac-2021": False}, " "), ({"no-such": True}, "R. Khan"), ({}, "R. Khan")])
def test_a_list_is_switched_by_somebody_and_is_known(
    inventory: register.Inventory, shipped: Knowledge, wanted: dict[str, bool], by: str
) -> None:
    with pytest.raises(StoreError, match=r"\.$"):
        switch_lists(inventory, shipped, wanted, by=by, why="", now=NOW)
    assert inventory.list_choices() == {}


def test_answers_under_older_knowledge_are_counted_and_judged_again_from_what_was_kept(
    inventory: register.Inventory, shipped: Knowledge
) -> None:
    old = stale(register.rows(inventory, shipped))
    assert old is not None
    assert (old.number, old.since[:10]) == (1, "2026-11-24")
    again = judge_again(inventory, shipped, LATER)
    assert stale(register.rows(inventory, shipped)) is None
    (answer,) = again.answers
    assert answer.ref == "CAM-001"
    assert "Dahua" in answer.was
    assert "Not known" in answer.is_now
    assert "Judged again with knowledge" in answer.why
    assert judge_again(inventory, shipped, LATER).answers == ()
