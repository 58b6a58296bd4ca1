"""Which lists name the maker: by grade, through owners, and only those that are on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attribution.small_knowledge import MAKERS, maker, read_by_person, seen, small_knowledge
from camcensus.assessment.listings import listings, ownership_path, seat
from camcensus.attribution.attribute import attribute
from camcensus.model.device import Attribution, Finding, Grade, SeatFinding

KNOWLEDGE = small_knowledge()
ALL = frozenset(KNOWLEDGE.lists)


def answer(grade: Grade, *candidates: str) -> Attribution:
    named = candidates[0] if grade not in ("conflicting", "unknown") else None
    return Attribution(named, None, grade, candidates, (), (), (), "", "test")


@pytest.mark.parametrize("grade", ["confirmed", "almost-certain", "likely"])
def test_a_named_maker_carries_the_lists_that_are_on(grade: Grade) -> None:
    assert listings(answer(grade, "dahua"), KNOWLEDGE) == (Finding("uk", "dahua", ("dahua",), may=False),)


def test_all_lists_or_chosen_ones() -> None:
    assert [item.list for item in listings(answer("likely", "dahua"), KNOWLEDGE, ALL)] == ["uk", "us"]
    assert [item.list for item in listings(answer("likely", "dahua"), KNOWLEDGE, frozenset({"us"}))] == ["us"]
    assert listings(answer("likely", "dahua"), KNOWLEDGE, frozenset()) == ()
    assert listings(answer("likely", "dahua"), KNOWLEDGE, frozenset({"no such list"})) == ()


def test_an_owner_on_a_list_counts_and_the_path_is_shown() -> None:
    (first,) = listings(answer("likely", "ezviz-co"), KNOWLEDGE)
    assert first == Finding("uk", "hikvision", ("ezviz-co", "hikvision"), may=False)


def test_a_subsidiary_on_a_list_does_not_list_its_owner() -> None:
    makers = MAKERS | {"parent": maker("parent", "Parent"), "dahua": maker("dahua", "Dahua", "parent")}
    assert listings(answer("likely", "parent"), small_knowledge(manufacturers=makers)) == ()


def test_a_possible_maker_may_be_listed_also_where_it_is_only_a_candidate() -> None:
    named = listings(answer("possible", "dahua"), KNOWLEDGE, ALL)
    assert {item.may for item in named} == {True}
    only = attribute([seen("rtsp", rtsp__server="Rtsp Server/2.0")], KNOWLEDGE)
    assert (only.manufacturer, only.grade, only.candidates) == (None, "possible", ("dahua",))
    assert listings(only, KNOWLEDGE, ALL) == named


def test_where_signs_disagree_only_lists_that_name_every_candidate_count() -> None:
    assert listings(answer("conflicting", "dahua", "hikvision"), KNOWLEDGE, ALL) == (
        Finding("uk", "dahua", ("dahua",), may=False),
        Finding("uk", "hikvision", ("hikvision",), may=False),
    )
    assert listings(answer("conflicting", "axis", "dahua"), KNOWLEDGE, ALL) == ()
    assert listings(answer("conflicting", "dahua", "uniview"), KNOWLEDGE, ALL) == ()


def test_an_unknown_maker_carries_none() -> None:
    assert listings(answer("unknown"), KNOWLEDGE, ALL) == ()
    assert listings(answer("unknown", "dahua", "hikvision"), KNOWLEDGE, ALL) == ()


def test_a_maker_on_no_list_carries_none() -> None:
    assert listings(answer("confirmed", "axis"), KNOWLEDGE, ALL) == ()


def test_a_loop_of_owners_ends() -> None:
    makers = {"a": maker("a", "A", "b"), "b": maker("b", "B", "a")}
    assert ownership_path("a", small_knowledge(manufacturers=makers)) == ("a", "b")
    assert ownership_path("nobody", KNOWLEDGE) == ("nobody",)


def test_a_label_saying_honeywell_leaves_the_listing_in_place() -> None:
    camera = seen("dhip", dhip__answer="client.notifyDevInfo", manufacturer="Honeywell")
    label = read_by_person("label", brand="Honeywell", model="H4W2PER3")
    without, with_label = (attribute(seen_all, KNOWLEDGE) for seen_all in ([camera], [camera, label]))
    assert with_label.manufacturer == "dahua"
    assert listings(with_label, KNOWLEDGE) == listings(without, KNOWLEDGE) != ()


READING = frozenset({"wms"})


@pytest.mark.parametrize("grade", ["confirmed", "almost-certain", "likely"])
def test_a_maker_with_its_own_seat_there_is_read_whether_or_not_a_list_names_it(grade: Grade) -> None:
    for named in ("dahua", "uniview"):
        assert seat(answer(grade, named), KNOWLEDGE) == SeatFinding(named, "China", "src", "wms", may=False)
    assert listings(answer(grade, "uniview"), KNOWLEDGE, ALL) == ()


def test_a_seat_is_never_an_owners_and_an_unknown_one_is_never_taken_in() -> None:
    makers = MAKERS | {"seatless": replace(maker("seatless", "Seatless", seat="China"), seat_source=None)}
    known = small_knowledge(manufacturers=makers)
    for named in ("ezviz-co", "axis", "tvt", "seatless", "nobody"):
        assert seat(answer("confirmed", named), known, ALL) is None, named


def test_a_possible_maker_may_be_based_there_and_an_unknown_one_is_not_said_to_be() -> None:
    found = seat(answer("possible", "uniview"), KNOWLEDGE)
    assert found is not None
    assert found.may
    assert seat(answer("unknown"), KNOWLEDGE, ALL) is None
    assert seat(answer("unknown", "dahua", "hikvision"), KNOWLEDGE, ALL) is None


def test_where_signs_disagree_every_candidate_must_be_based_there() -> None:
    found = seat(answer("conflicting", "dahua", "uniview"), KNOWLEDGE)
    assert found is not None
    assert not found.may
    assert seat(answer("conflicting", "dahua", "axis"), KNOWLEDGE) is None
    assert seat(answer("conflicting", "axis", "dahua"), KNOWLEDGE) is None


def test_the_reading_is_switched_on_and_off_like_a_list() -> None:
    assert seat(answer("confirmed", "dahua"), KNOWLEDGE, frozenset({"uk", "us"})) is None
    assert seat(answer("confirmed", "dahua"), KNOWLEDGE, READING) is not None
    assert seat(answer("confirmed", "dahua"), KNOWLEDGE, frozenset({"no such list"})) is None
