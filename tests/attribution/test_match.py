"""Signs: found by pattern, number and name; kept few; the same whatever came first; and not stalled by hostile values."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.small_knowledge import DAHUA_SCOPE, HIK_NAMESPACE, read_by_person, says, seen, small_knowledge
from camcensus.attribution.attribute import attribute
from camcensus.attribution.index import index_of, plain_name
from camcensus.attribution.match import match, model_of
from camcensus.attribution.weigh import weigh
from camcensus.model.device import Observation
from camcensus.model.errors import KnowledgeError
from camcensus.model.knowledge import Fingerprint
from camcensus.model.registry import pack
from costs import soon

KNOWLEDGE = small_knowledge()

POOL = [
    seen("dhip", dhip__answer="client.notifyDevInfo", manufacturer="Honeywell", dhip__device_class="NVR"),
    seen("sadp", sadp__answer="ProbeMatch"),
    seen("wsdiscovery", onvif__scope=(DAHUA_SCOPE, "onvif://www.onvif.org/name/AXIS%20P1"), name="AXIS"),
    seen("wsdiscovery", at="2026-11-24T10:00:01Z", onvif__scope=(DAHUA_SCOPE,), name="Honeywell"),
    seen("onvif.GetServices", xml__namespace=HIK_NAMESPACE, manufacturer="BCS"),
    seen("onvif.GetHostname", xml__namespace=HIK_NAMESPACE),
    seen("http", http__realm="IP Camera(1)", http__server="App-webs/"),
    seen("http", http__realm="Login to 123", at="2026-11-25T10:00:00Z"),
    seen("rtsp", rtsp__server="Rtsp Server/2.0"),
    seen("rtsp", rtsp__server="Hipcam RealServer/V1.0", ask="DESCRIBE"),
    seen("neighbour", mac="3c:ef:8c:00:00:01"),
    seen("neighbour", mac="44:19:b6:00:00:01"),
    seen("neighbour", mac="c0:ff:ee:00:00:01"),
    seen("upnp", manufacturer="Line", model="L-1"),
    seen("upnp", manufacturer="CP Plus", model="X-1", at="2026-11-24T10:00:02Z"),
    read_by_person("label", brand="Honeywell"),
    read_by_person("label", brand="Hikvision", model="L-2", at="2026-11-21"),
    read_by_person("invoice", brand="Dahua"),
    read_by_person("supplier-letter", manufacturer="Axis"),
    read_by_person("maker-letter", manufacturer="Dahua"),
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(POOL), max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_changes_the_answer(observations: list[Observation], shuffler: random.Random) -> None:
    other = list(observations)
    shuffler.shuffle(other)
    assert attribute(observations, KNOWLEDGE) == attribute(other, KNOWLEDGE)
    evidence = list(match(observations, KNOWLEDGE))
    shuffler.shuffle(evidence)
    assert weigh(evidence, KNOWLEDGE, model_of(other)) == attribute(observations, KNOWLEDGE)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(POOL), max_size=9))
def test_every_answer_holds_together(observations: list[Observation]) -> None:
    answer = attribute(observations, KNOWLEDGE)
    named = answer.manufacturer is not None
    assert named or answer.grade in ("possible", "conflicting", "unknown")
    assert not named or answer.grade not in ("conflicting", "unknown")
    assert (answer.manufacturer or "x") in (*KNOWLEDGE.manufacturers, "x")
    assert set(answer.candidates) <= set(KNOWLEDGE.manufacturers)
    assert len(set(answer.candidates)) == len(answer.candidates)
    if named:
        assert answer.candidates[0] == answer.manufacturer
        assert answer.reason.startswith("Made by ")
    if answer.grade == "possible" and not named:
        assert len(answer.candidates) == 1
        assert answer.reason.startswith("May be made by ")
    if answer.grade == "conflicting":
        assert len(answer.candidates) > 1
    assert all(sign.supports for sign in answer.supports)
    assert not any(sign.supports for sign in answer.against + answer.other if sign.role == "manufacturer")
    assert all(sign.supports for sign in answer.other if sign.role not in ("manufacturer", "brand"))
    assert len(answer.evidence) == len(match(observations, KNOWLEDGE))


def test_values_of_broken_and_unread_replies_are_matched_as_far_as_they_were_read() -> None:
    assert match([seen("http", state="broken", http__realm="IP Camera(1)")], KNOWLEDGE)
    assert match([Observation(probe="isapi.System/deviceInfo", address="10.0.0.1", at="2026-01-01T00:00:00Z")], KNOWLEDGE) == ()


def test_a_sign_is_kept_once_for_a_question_and_from_two_questions_at_most() -> None:
    again = [seen("onvif.GetServices", at=f"2026-11-2{day}T10:00:00Z", xml__namespace=HIK_NAMESPACE) for day in range(9)]
    others = [seen(f"onvif.{name}", xml__namespace=HIK_NAMESPACE) for name in ("GetScopes", "GetHostname", "GetDNS")]
    found = match([*again, *others], KNOWLEDGE)
    assert [sign.fingerprint for sign in found] == ["hik-namespace"] * 2
    assert len({sign.probe for sign in found}) == 2


def test_a_name_told_by_a_fingerprint_is_not_told_twice() -> None:
    found = match([seen("wsdiscovery", onvif__scope="onvif://www.onvif.org/name/AXIS", name="AXIS")], KNOWLEDGE)
    assert [sign.fingerprint for sign in found] == ["axis-name"]


def test_names_are_compared_without_case_blanks_and_punctuation() -> None:
    assert plain_name("CP Plus") == plain_name("cp_PLUS") == plain_name("CPPLUS")
    for name in ("CPPLUS", "cp plus", "CP-Plus"):
        (sign,) = match([seen("upnp", manufacturer=name)], KNOWLEDGE)
        assert (sign.role, sign.family, sign.group, sign.subject) == ("brand", "says", "claim", "cp-plus")
        assert (sign.why, sign.source, sign.seen) == ("It calls itself CP Plus.", "src", name)


def test_a_name_inside_other_words_is_no_brand() -> None:
    assert match([seen("upnp", manufacturer="Not Axis"), seen("wsdiscovery", name="Hall camera")], KNOWLEDGE) == ()


def test_two_letters_typed_into_the_name_are_no_brand() -> None:
    knowledge = small_knowledge(brand_names={"lg": "LG"})
    assert match([seen("wsdiscovery", name="LG")], knowledge) == ()
    assert [sign.subject for sign in match([seen("upnp", manufacturer="LG")], knowledge)] == ["lg"]


def test_other_spellings_of_a_brand_are_known() -> None:
    knowledge = small_knowledge(brand_names={"unv": "Uniview"}, brand_spellings={"univiewtec": "unv"})
    assert [sign.subject for sign in match([seen("upnp", manufacturer="Uniview Tec.")], knowledge)] == ["unv"]


def test_junk_numbers_are_from_no_block() -> None:
    knowledge = small_knowledge(junk_macs=frozenset({"3c:ef:8c:00:00:01"}))
    assert match([seen("neighbour", mac="3c:ef:8c:00:00:01")], knowledge) == ()
    assert match([seen("neighbour", mac="zz:not:a:number")], knowledge) == ()


def test_what_was_seen_is_kept_as_sent_and_cut() -> None:
    (sign,) = match([seen("http", http__realm="IP Camera(\u202e" + "A" * 9000)], KNOWLEDGE)
    assert sign.seen.startswith("IP Camera(\u202e")
    assert len(sign.seen) == 512


def test_only_the_first_4096_characters_are_matched() -> None:
    knowledge = small_knowledge(fingerprints=(says("late", "http.title", "END", "axis"),))
    assert match([seen("http", http__title="x" * 5000 + "END")], knowledge) == ()
    assert match([seen("http", http__title="x" * 4000 + "END")], knowledge)


def test_thousands_of_hostile_values_are_read_soon() -> None:
    scopes = tuple(f"onvif://www.onvif.org/{number}/" + "a" * 4000 for number in range(5000))
    hostile = [seen("wsdiscovery", onvif__scope=scopes)]
    soon(lambda: match(hostile, KNOWLEDGE))


@pytest.mark.parametrize(
    "tail", ["-" * 2000, " -" * 1000, "-a" * 1000, " a" * 1000, "&" * 2000, " /_-" * 500, ", co" * 500, " A1-" * 500]
)
def test_no_text_behind_a_makers_name_takes_long_to_read(tail: str) -> None:
    hostile = [seen("http", http__server=f"Axis{tail}!", http__realm=f"Axis Video{tail}!")]
    soon(lambda: match(hostile, KNOWLEDGE))


def test_the_index_is_made_once_for_each_knowledge_and_not_shared() -> None:
    other = small_knowledge(fingerprints=())
    assert index_of(KNOWLEDGE) is index_of(KNOWLEDGE)
    assert match([POOL[6]], KNOWLEDGE)
    assert match([POOL[6]], other) == ()


def test_a_person_reading_does_not_carry_the_name_of_the_person() -> None:
    reading = seen("person", person__basis="label", person__brand="BCS", person__who="J. Smith")
    assert "Smith" not in repr(match([reading], KNOWLEDGE))


def test_hidden_characters_that_people_typed_are_escaped_in_sentences() -> None:
    answer = attribute([read_by_person("label", brand="Ev\u202eil")], KNOWLEDGE)
    assert "\u202e" not in answer.reason
    assert "\\u202e" in answer.reason


def test_the_model_is_what_a_person_read_last_else_what_is_said_most() -> None:
    said: list[Any] = [seen("upnp", model="B"), seen("sadp", model="A"), seen("dhip", model="A")]
    assert model_of(said) == "A"
    assert model_of([*said, read_by_person("label", model="C"), read_by_person("label", at="2026-01-01", model="D")]) == "C"
    assert model_of([]) is None


def test_the_registrant_of_a_network_number_tells_what_a_thing_is() -> None:
    brother = Fingerprint(
        "registrant.brother",
        "registrant",
        "^Brother",
        "says",
        "mac",
        "kind",
        "printer",
        "weak",
        "It belongs to Brother.",
        "src",
    )
    knowledge = small_knowledge(
        fingerprints=(brother,), registry=pack([("30055c", "Brother industries, LTD."), ("accc8e", "Axis")]), macs={}
    )
    (found,) = match([seen("neighbour", mac="30:05:5c:00:00:01")], knowledge)
    assert (found.role, found.subject, found.strength, found.group) == ("kind", "printer", "weak", "mac")
    assert found.seen == "30:05:5c:00:00:01, Brother industries, LTD."
    assert match([seen("neighbour", mac="ac:cc:8e:00:00:01")], knowledge) == ()


def test_a_pattern_that_is_damaged_is_said_in_a_sentence() -> None:
    broken = Fingerprint("http.server.x", "http.server", "[a", "does", "web", "manufacturer", "dahua", "strong", "Why.", "src")
    with pytest.raises(KnowledgeError, match="damaged"):
        index_of(small_knowledge(fingerprints=(broken,)))
