from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import samples
from camcensus.assessment.on_record import HUMAN_RIGHTS, OTHER, by_heading
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import CAPABILITIES
from camcensus.model.statements import Named, PublishedReply
from camcensus.planning.counts import MakerCount
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census
from camcensus.tasks.knowledge import makers
from camcensus.tasks.knowledge.makers import brand_page, maker_page
from camcensus.tasks.maker_lookup import show_name, unknown_name
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.lists import lists_in_use, switch_lists
from camcensus.tasks.register.maker_search import near_names
from camcensus.tasks.register.recheck import reassess_all, stale
from camcensus.tasks.reports.maker_records import maker_records
from installers.knowledge.build import build
from samples import LATER, NOW
from statement_samples import statement
from store.vendors_db.sources_sample import write_sources


@pytest.fixture(scope="module")
def shipped(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def small(tmp_path: Path) -> Knowledge:
    build(write_sources(tmp_path / "sources"), tmp_path / "vendors.db")
    return load_knowledge(tmp_path / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, shipped: Knowledge) -> Iterator[register.Inventory]:
    """One Dahua camera, judged under knowledge "1", which is older than what is shipped."""
    found = samples.verdict(31)
    census = Census(scan=samples.scan(), observations=found.device.observations, verdicts=(found,))
    with register.new_inventory(tmp_path / "a.camcensus", samples.body(), NOW) as made:
        register.save_census(made, census, replace(shipped, version="1"), NOW)
        yield made


def test_a_makers_page_has_owners_lists_reply_and_names_with_their_sources(small: Knowledge) -> None:
    page = maker_page(small, "maker-a")
    assert (page.name, page.owners, page.seat) == ("Maker A", ("Holding",), "Norway")
    assert page.seat_source is not None
    assert page.seat_source.line == "“A paper” · A publisher · April 2025"
    assert [reply.line for reply in page.replies] == ["Answer from Maker A, April 2025: Maker A said “We did not”."]
    listed, read, report = page.records
    assert (listed.id, listed.quote, listed.through) == ("a-list", "a rule about what Holding makes", "Holding")
    assert (listed.scope, listed.since) == ("everything", "")
    assert (listed.addressed, listed.text) == ("Addressed to somebody else. Not addressed to you.", "Somebody named Holding.")
    assert [reply.line for reply in listed.answers] == [
        "Answer from Maker A, December 2022: It denied it.",
        "Answer from the Government, January 2023: It answered “no”.",
    ]
    assert (read.id, read.our_reading, read.quote, read.text) == (
        *("a-seat", True, ""),
        "A minister named no company; Maker A is based there.",
    )
    assert (report.id, report.our_reading, report.through, report.heading) == ("a-report", False, None, "Human rights")
    (sold,) = page.sold_as
    assert (sold.name, sold.proven, sold.note) == ("Shop", False, "Some models. “Shop sells what Maker A makes”")
    assert sold.words == "partly made by it under another name, not proven, some models only, since 2020, until May 2022"


def test_who_makes_what_a_seller_sells_is_on_the_sellers_page_and_on_the_brands(small: Knowledge) -> None:
    assert [(one.name, one.maker_name) for one in maker_page(small, "seller").made_for_it] == [("Shop", "Maker A")]
    brand = brand_page(small, "shop")
    assert (brand.name, brand.also, brand.owner) == ("Shop", ("The Shop",), "Seller")
    assert [one.maker for one in brand.made_by] == ["maker-a"]


def test_every_company_and_brand_that_is_shipped_has_a_page(shipped: Knowledge) -> None:
    pages = [maker_page(shipped, identity) for identity in shipped.manufacturers]
    assert all(page.source.title and page.source.publisher for page in pages)
    brands = [brand_page(shipped, identity) for identity in shipped.brand_names]
    assert all(one.maker_name and one.source.publisher for brand in brands for one in brand.made_by)
    assert all(one.source.publisher and one.said.standing for page in pages for one in page.records)
    assert set(CAPABILITIES) == makers.CAPABILITY_WORDS.keys()


def test_what_a_dealer_says_of_many_is_held_against_none(shipped: Knowledge) -> None:
    """A sentence that names "some or all" of many sellers says of none of them whose goods they sell."""
    for name in ("bosch", "panasonic", "flir", "indigovision", "toshiba", "tyco", "stanley"):
        assert not [one for one in shipped.brands if one.brand == name and one.made_by in ("hikvision", "dahua")], name
    assert maker_page(shipped, "honeywell").made_for_it[0].source.date


def test_what_matters_most_comes_first_the_newest_first_and_human_rights_under_a_heading_of_its_own(small: Knowledge) -> None:
    older = replace(small.statements["a-list"], id="older", date="2019", weight=1)
    known = replace(small, statements={**small.statements, "older": older})
    records = maker_page(known, "maker-a").records
    assert [(one.id, one.said.weight) for one in records] == [("a-list", 1), ("a-seat", 1), ("older", 1), ("a-report", 2)]
    assert [(heading, [one.id for one in group]) for heading, group in by_heading(records)] == [
        (HUMAN_RIGHTS, ["a-report"]),
        (OTHER, ["a-list", "older"]),
        ("Based in Norway (our reading)", ["a-seat"]),
    ]


def test_our_reading_of_a_seat_is_on_the_pages_of_makers_with_that_seat_only(small: Knowledge) -> None:
    holding, other = maker_page(small, "holding"), maker_page(small, "maker-b")
    assert (holding.seat, other.seat) == (None, None)
    assert [one.id for one in holding.records] == ["a-list"]
    assert other.records == ()


def test_a_maker_without_a_reply_shows_that_of_its_owner(small: Knowledge) -> None:
    owned = replace(small.manufacturers["maker-b"], parent="maker-a")
    known = replace(small, manufacturers={**small.manufacturers, "maker-b": owned})
    assert [reply.by for reply in maker_page(known, "maker-b").replies] == ["Maker A"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Toshima", "Toshiba"), ("Hikvison", "Hikvision"), ("Dahau", "Dahua"), ("Honywell", "Honeywell"), ("tp-lnk", "TP-Link")],
)
def test_a_name_spelt_almost_right_is_asked_about(shipped: Knowledge, typed: str, meant: str) -> None:
    assert near_names(shipped, typed)[0] == meant
    assert f"Did you mean {meant}" in unknown_name(shipped, typed)
    assert show_name(shipped, typed) == []


@pytest.mark.parametrize("typed", ["zzzzqq", "", "ab", "x" * 100_000])
def test_a_name_like_none_is_not_asked_about(shipped: Knowledge, typed: str) -> None:
    assert near_names(shipped, typed) == ()
    assert unknown_name(shipped, typed).endswith("is known; try another spelling.")


def test_the_command_tells_a_maker_in_short_and_all_of_it_when_asked(small: Knowledge) -> None:
    lines = "\n".join(show_name(small, "Maker A"))
    assert "Legal seat: Norway" in lines
    assert "Security: 1 record, 1 answered, newest 2022." in lines
    assert "Its reply, April 2025: Maker A said “We did not”." in lines
    assert "A newspaper described a camp" not in lines
    assert "All that is on record: camcensus knowledge show 'Maker A' --all" in lines
    every = "\n".join(show_name(small, "Maker A", everything=True))
    assert "Named in these words: “a rule about what Holding makes” (A publisher)" in every
    assert "Status: A proposal; it binds nobody. Nobody has followed it." in every
    assert "Addressed to somebody else. Not addressed to you." in every
    assert "Our reading: It names nobody; that it means these companies is our reading." in every
    assert "It is about Holding, which Maker A belongs to." in every
    assert "Answer from the Government, January 2023: It answered “no”." in every
    assert "A newspaper described a camp" in every
    assert "Somebody named Holding." in every
    assert "--all" not in every
    assert "legal seat not known" in "\n".join(show_name(small, "Maker B"))


def test_a_statement_about_two_makers_is_printed_once_and_a_list_only_where_it_is_used(
    inventory: register.Inventory, shipped: Knowledge
) -> None:
    source = shipped.lists["uk-mps-2022"].source
    both = (Named("dahua", "made by Dahua", "", "2024-12-10", source), Named("hikvision", "Hikvision too", "", None, source))
    answer = PublishedReply("Hikvision", "hikvision", "2024", "It denied it.", source)
    made = {
        "a-call": statement("a-call", is_list=False, default_on=False, names=both, answers=(answer,), source=source),
        "off": statement("off", names=both, default_on=False, source=source),
        "lesser": statement("lesser", is_list=False, default_on=False, weight=2, names=both, source=source),
    }
    known = replace(shipped, statements=made)
    given: Any = SimpleNamespace(inventory=inventory, knowledge=known, edition=SimpleNamespace(gives=lambda _: True))
    counts = [MakerCount(one, 0, 1, 0, 0, listed=False, based=False) for one in ("dahua", "hikvision", "axis")]
    printed = maker_records(given, counts)
    ((heading, (one,)),) = printed.groups
    assert (heading, one.title) == (OTHER, "Title of a-call")
    assert one.text == "Somebody named Dahua and Hikvision."
    publisher = shipped.sources[source].publisher
    assert one.quotes == tuple(f"Named in these words: “{words}” ({publisher})" for words in ("made by Dahua", "Hikvision too"))
    assert one.about == (
        "About Dahua (1 device, named since 10 December 2024) and Hikvision (1 device).",
        "We hold no answer of Dahua to this.",
    )
    assert [reply.lead for reply in one.answers] == ["Answer from Hikvision"]
    assert printed.more == 2


def test_lists_are_switched_with_who_and_why_and_one_undo_takes_all_back(
    inventory: register.Inventory, shipped: Knowledge
) -> None:
    before = {one.said.id: one.on for one in lists_in_use(inventory, shipped)}
    assert not any(one.choice for one in lists_in_use(inventory, shipped))
    wanted = {"uk-fac-2021": False, "us-ndaa-889": True}
    changes = inventory.do(switch_lists(shipped, wanted, "Governors, 12 October"), by="R. Khan", now=NOW)
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
        inventory.do(switch_lists(shipped, wanted, ""), by=by, now=NOW)
    assert inventory.list_choices() == {}


def test_answers_under_older_knowledge_are_counted_and_judged_again_from_what_was_kept(
    inventory: register.Inventory, shipped: Knowledge
) -> None:
    old = stale(register.rows(inventory, shipped))
    assert old == "1 answer was given by an older list, since 24 November 2026."
    again = reassess_all(inventory, shipped, LATER)
    assert stale(register.rows(inventory, shipped)) == ""
    (answer,) = again.answers
    assert answer.ref == "CAM-001"
    assert "Dahua" in answer.was
    assert "Not known" in answer.is_now
    assert "Re-checked with knowledge" in answer.why
    assert reassess_all(inventory, shipped, LATER).answers == ()


def test_what_answers_nothing_is_said_besides_and_a_maker_named_later_has_that_day(shipped: Knowledge) -> None:
    source = shipped.lists["uk-mps-2022"].source
    later = Named("dahua", "made by Dahua", "", "2024-12-10", source)
    others = PublishedReply("A broadcaster", None, "2024", "It said so too.", source, besides=True)
    made = {"a-call": statement("a-call", names=(later,), answers=(others,), source=shipped.lists["uk-fac-2021"].source)}
    (one,) = maker_page(replace(shipped, statements=made), "dahua").records
    assert [reply.line for reply in one.answers] == ["Also said by a broadcaster, 2024: It said so too."]
    assert (one.since, one.date) == ("10 December 2024", "10 December 2024")
    assert one.begun.endswith("names this maker since 10 December 2024")
    assert [cite.title for cite in one.cites] == [shipped.sources[source].title]  # what was said first does not name it


def test_a_statement_that_nobody_answered_says_so_and_the_own_list_does_not(shipped: Knowledge) -> None:
    source = shipped.lists["uk-mps-2022"].source
    answer = PublishedReply("Dahua", "dahua", "2024", "It denied it.", source)
    names = (Named("dahua", "made by Dahua", "", None, source),)
    made = {
        "answered": statement("answered", names=names, answers=(answer,), source=source),
        "silent": statement("silent", names=names, source=source),
        "own": statement("own", names=(Named("dahua", "", "", "2026-12-01", source, "Trust policy 7"),), source=source),
    }
    known = replace(shipped, statements=made)
    assert {one.id: one.unanswered for one in maker_page(known, "dahua").records} == {
        "answered": False,
        "silent": True,
        "own": False,
    }
    assert "\n".join(show_name(known, "Dahua", everything=True)).count("We hold no answer of Dahua to this.") == 1
