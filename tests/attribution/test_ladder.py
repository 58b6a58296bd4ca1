"""The grades, worked by hand: each case of the design's ladder, and what must never lift or lower one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.small_knowledge import (
    DAHUA_SCOPE,
    FINGERPRINTS,
    HIK_NAMESPACE,
    brand,
    does,
    read_by_person,
    says,
    seen,
    small_knowledge,
)
from camcensus.attribution.attribute import attribute, attribute_device
from camcensus.attribution.ladder import grade_of
from camcensus.attribution.match import match
from camcensus.model.device import GRADES, Attribution, Device, Key, Observation
from camcensus.model.knowledge import BrandRecord

KNOWLEDGE = small_knowledge()


def judge(*observations: Observation) -> Attribution:
    return attribute(observations, KNOWLEDGE)


def gist(answer: Attribution) -> tuple[str | None, str, str | None]:
    return answer.manufacturer, answer.grade, answer.brand


HONEYWELL = seen("wsdiscovery", onvif__scope=(DAHUA_SCOPE,), name="Honeywell", model="H4W2PER3", claims_mac="00:40:84:00:00:01")
CP_PLUS = seen("wsdiscovery", onvif__scope=(DAHUA_SCOPE,), name="CPPLUS", model="CP-UNC-DA21PL3-Y")


def test_honeywell_by_scopes_only_is_dahua_likely_brand_honeywell() -> None:
    answer = judge(HONEYWELL)
    assert gist(answer) == ("dahua", "likely", "Honeywell")
    assert answer.candidates == ("dahua",)
    assert answer.reason == (
        "Made by Dahua – likely, because it announces itself in the fixed form of Dahua's firmware. The name on it is Honeywell."
    )


def test_scopes_and_the_makers_own_block_in_the_neighbour_table_are_almost_certain() -> None:
    neighbour = seen("neighbour", mac="3c:ef:8c:00:00:01")
    answer = judge(CP_PLUS, neighbour)
    assert gist(answer) == ("dahua", "almost-certain", "CP Plus")
    assert "and its MAC address is from a block registered to Dahua" in answer.reason


def test_a_neighbour_number_on_the_line_of_the_reply_itself_is_as_independent() -> None:
    line = seen("wsdiscovery", onvif__scope=(DAHUA_SCOPE,), mac="3c:ef:8c:00:00:01")
    assert {sign.probe for sign in match([line], KNOWLEDGE)} == {"wsdiscovery", "neighbour"}
    assert line.mac == "3c:ef:8c:00:00:01"
    assert judge(line).grade == "almost-certain"


def test_scopes_and_the_brands_own_block_are_likely() -> None:
    assert gist(judge(CP_PLUS, seen("neighbour", mac="c0:ff:ee:00:00:01"))) == ("dahua", "likely", "CP Plus")


def test_a_block_claimed_in_the_same_reply_adds_nothing() -> None:
    reading = {"onvif__scope": (DAHUA_SCOPE,)}
    reply = seen("wsdiscovery", **reading)
    fields = dict(reply.reading.fields) | {"mac": ("3c:ef:8c:00:00:01",)}
    one = Observation(
        probe="wsdiscovery", address="10.0.0.5", at=reply.at, raw=b"x", reading=type(reply.reading)("read", fields)
    )
    assert judge(one).grade == "likely"


def test_bcs_by_dhip_only_is_almost_certain() -> None:
    answer = judge(seen("dhip", dhip__answer="client.notifyDevInfo", manufacturer="BCS"))
    assert gist(answer) == ("dahua", "almost-certain", "BCS")
    assert answer.reason == (
        "Made by Dahua – almost certain, because it answers Dahua's own discovery protocol. The name on it is BCS."
    )


def test_a_name_that_speaks_of_the_maker_alone_is_never_against_it_however_weakly() -> None:
    bcs = judge(seen("dhip", dhip__answer="client.notifyDevInfo", manufacturer="BCS"))
    assert "bcs" in {sign.subject for sign in bcs.supports}
    assert bcs.against == ()
    assert "honeywell" in {sign.subject for sign in judge(HONEYWELL).against}  # Two makers made some of what it sold.


def test_hikvision_by_realm_only_is_likely() -> None:
    assert gist(judge(seen("http", http__realm="IP Camera(C0001)"))) == ("hikvision", "likely", None)


def test_says_axis_everywhere_answers_dhip_is_dahua_with_the_signs_against_shown() -> None:
    answer = judge(
        seen("wsdiscovery", onvif__scope="onvif://www.onvif.org/name/AXIS%20P1", name="AXIS"),
        seen("onvif.GetDeviceInformation", manufacturer="AXIS", model="P1"),
        seen("neighbour", mac="ac:cc:8e:00:00:01"),
        seen("dhip", dhip__answer="client.notifyDevInfo"),
    )
    assert gist(answer) == ("dahua", "likely", "AXIS")  # Its MAC address is of a block that Axis alone uses.
    assert {sign.subject for sign in answer.against} == {"axis"}
    assert {sign.group for sign in answer.against} == {"claim", "mac"}
    # A name supports the answer to what is on the box; nothing here supports Axis as the maker.
    assert {sign.role for sign in answer.against if sign.supports} <= {"brand"}
    assert not any(sign.supports for sign in answer.against if sign.role == "manufacturer")
    assert "The name on it is AXIS." in answer.reason
    assert "Against this: its MAC address is from a block registered to Axis." in answer.reason


def test_an_emulator_with_hikvisions_namespaces_and_name_is_likely() -> None:
    answer = judge(
        seen("wsdiscovery", xml__namespace=HIK_NAMESPACE, name="Hikvision"),
        seen("onvif.GetServices", xml__namespace=HIK_NAMESPACE),
        seen("onvif.GetDeviceInformation", xml__namespace=HIK_NAMESPACE, manufacturer="HIKVISION"),
    )
    assert gist(answer) == ("hikvision", "likely", "Hikvision")


def test_two_groups_in_two_replies_are_almost_certain_and_in_one_reply_are_not() -> None:
    together = seen("http", http__realm="IP Camera(1)", xml__namespace=HIK_NAMESPACE)
    apart = (seen("http", http__realm="IP Camera(1)"), seen("onvif.GetServices", xml__namespace=HIK_NAMESPACE))
    assert judge(together).grade == "likely"
    assert judge(*apart).grade == "almost-certain"


def test_the_same_question_asked_again_is_not_another_reply() -> None:
    times = [f"2026-11-24T10:00:0{second}Z" for second in range(5)]
    replies = [seen("http", at=at, http__realm="IP Camera(1)", xml__namespace=HIK_NAMESPACE) for at in times]
    answer = judge(*replies)
    assert answer.grade == "likely"
    assert len(answer.supports) == 2


def test_a_recorder_and_its_own_discovery_question_are_two_questions() -> None:
    plain = seen("wsdiscovery", wsd__action="ProbeMatches", http__realm="IP Camera(1)")
    own = seen("wsdiscovery", wsd__action="UniviewProbeMatches", xml__namespace=HIK_NAMESPACE)
    assert judge(plain, own).grade == "almost-certain"


def test_one_list_of_scopes_read_twice_is_one_cause() -> None:
    """Uniview's serial stands in its scopes: the ProbeMatch and GetScopes carry the same list."""
    serial = does("uniview-serial", "serial", "^210235", "uniview", "serial")
    skeleton = does("uniview-scopes", "onvif.scope", "/register_status/", "uniview", "scope-skeleton")
    knowledge = small_knowledge(fingerprints=(*FINGERPRINTS, serial, skeleton))
    listed = {"onvif__scope": "onvif://www.onvif.org/register_status/offline", "serial": "21023500000000000001"}
    probe, scopes = seen("wsdiscovery", **listed), seen("onvif.GetScopes", **listed)
    for replies in ([probe], [scopes], [probe, scopes], [scopes, probe]):
        assert attribute(replies, knowledge).grade == "likely"
    told = seen("onvif.GetDeviceInformation", serial="21023500000000000001")
    assert attribute([probe, told], knowledge).grade == "almost-certain"


def test_a_device_that_says_axis_and_answers_as_hikvision_is_not_called_axis() -> None:
    says_axis = [
        seen("wsdiscovery", onvif__scope="onvif://www.onvif.org/name/AXIS%20P1", name="AXIS", claims_mac="ac:cc:8e:00:00:01"),
        seen("upnp", manufacturer="AXIS"),
        seen("neighbour", mac="ac:cc:8e:00:00:01"),
    ]
    assert judge(*says_axis).manufacturer == "axis"
    for answers, grade in (
        ([seen("sadp", sadp__answer="ProbeMatch")], "almost-certain"),
        ([seen("http", http__realm="IP Camera(1)")], "likely"),
        ([seen("http", http__realm="IP Camera(1)"), seen("onvif.GetServices", xml__namespace=HIK_NAMESPACE)], "almost-certain"),
    ):
        assert judge(*says_axis[1:2], *answers).grade == grade
        answer = judge(*says_axis, *answers)
        assert (answer.manufacturer, answer.grade) == ("hikvision", "likely")  # The block of another maker keeps it there.
        assert "axis" in {sign.subject for sign in answer.against}
        assert "Against this: " in answer.reason


def test_equal_evidence_for_two_makers_is_conflicting_and_names_none() -> None:
    answer = judge(seen("http", http__realm="IP Camera(1)"), seen("wsdiscovery", onvif__scope=DAHUA_SCOPE))
    assert gist(answer) == (None, "conflicting", None)
    assert answer.candidates == ("dahua", "hikvision")
    assert {sign.subject for sign in answer.supports} == {"dahua", "hikvision"}
    assert answer.reason.startswith("Signs disagree – needs checking. One says Dahua, because")
    assert "Another says Hikvision, because" in answer.reason


def test_a_makers_protocol_against_a_strong_sign_of_another_is_likely() -> None:
    answer = judge(seen("dhip", dhip__answer="client.notifyDevInfo"), seen("http", http__realm="IP Camera(1)"))
    assert gist(answer) == ("dahua", "likely", None)
    assert [sign.subject for sign in answer.against] == ["hikvision"]
    assert answer.candidates == ("dahua", "hikvision")


def test_a_makers_protocol_against_a_weak_sign_of_another_stays_almost_certain() -> None:
    answer = judge(seen("dhip", dhip__answer="client.notifyDevInfo"), seen("http", http__server="App-webs/"))
    assert answer.grade == "almost-certain"


def test_one_weak_sign_is_possible_and_names_none_and_of_two_makers_unknown() -> None:
    dahua, hikvision = seen("rtsp", rtsp__server="Rtsp Server/2.0"), seen("http", http__server="App-webs/")
    possible = judge(dahua)
    assert gist(possible) == (None, "possible", None)
    assert possible.candidates == ("dahua",)
    assert [sign.fingerprint for sign in possible.supports] == ["dahua-weak"]
    assert possible.reason == "May be made by Dahua: one weak sign. Look at the label."
    unknown = judge(dahua, hikvision)
    assert gist(unknown) == (None, "unknown", None)
    assert unknown.candidates == ("dahua", "hikvision")
    assert "Weak signs speak for Dahua and for Hikvision." in unknown.reason


WEAK_DAHUA = seen("rtsp", rtsp__server="Rtsp Server/2.0")


@pytest.mark.parametrize(
    ("replies", "maker"),
    [
        ([WEAK_DAHUA, seen("rtsp", at="2026-11-25T10:00:00Z", rtsp__server="Rtsp Server/2.0")], None),
        ([WEAK_DAHUA, seen("http", http__title="Dahua page")], "dahua"),
        ([seen("http", rtsp__server="Rtsp Server/2.0", http__title="Dahua page")], None),
        ([WEAK_DAHUA, seen("upnp", manufacturer="BCS")], "dahua"),
        ([seen("upnp", manufacturer="BCS"), seen("wsdiscovery", name="BCS")], None),
        ([seen("upnp", manufacturer="BCS"), seen("wsdiscovery", manufacturer="Partly Dahua")], None),
    ],
)
def test_weak_signs_name_a_maker_only_where_one_of_its_own_and_an_independent_one_agree(
    replies: list[Observation], maker: str | None
) -> None:
    """The same sign again, two signs in one reply, and brand names without any sign of the maker add nothing."""
    page = does("dahua-page", "http.title", "^Dahua page$", "dahua", "web", "weak")
    brands = (*KNOWLEDGE.brands, brand("partly", "Partly Dahua", "dahua", "partial_oem"))
    answer = attribute(replies, small_knowledge(fingerprints=(*FINGERPRINTS, page), brands=brands))
    assert (answer.manufacturer, answer.grade, answer.candidates) == (maker, "possible", ("dahua",))
    assert answer.reason.endswith("This needs checking." if maker else "Look at the label.")


def test_a_weak_sign_of_a_name_leaves_the_maker_open() -> None:
    """What a fingerprint finds inside other text is weighed as it is marked; a name in a field made for names is not."""
    weak = says("axis-page", "http.title", "^AXIS", "axis", "weak")
    knowledge = small_knowledge(fingerprints=(*FINGERPRINTS, weak))
    assert gist(attribute([seen("http", http__title="AXIS web")], knowledge)) == (None, "possible", "AXIS")
    assert gist(attribute([seen("wsdiscovery", name="AXIS")], knowledge)) == ("axis", "likely", "AXIS")


@pytest.mark.parametrize("name", ["Axis", "AXIS Inc.", "axis, Co. Ltd", "Axis GmbH & Co. KG", "Axis S.p.A.", "AXIS B.V."])
def test_a_companys_legal_form_is_no_part_of_its_name(name: str) -> None:
    assert gist(judge(seen("onvif.GetDeviceInformation", manufacturer=name))) == ("axis", "likely", "AXIS")


@pytest.mark.parametrize("name", ["Axis Holding", "Inc Axis", "Ltd.", "Co", "The Axis"])
def test_other_words_beside_a_name_make_it_another_name(name: str) -> None:
    assert judge(seen("onvif.GetDeviceInformation", manufacturer=name)).grade == "unknown"


def test_a_brand_of_its_own_that_another_maker_partly_makes_names_neither() -> None:
    brands = (*KNOWLEDGE.brands, brand("axis", "AXIS", "tvt", "partial_oem"), brand("axis", "AXIS", "dahua", "former_oem"))
    answer = attribute([seen("upnp", manufacturer="AXIS")], small_knowledge(brands=brands))
    assert (answer.manufacturer, answer.grade, answer.candidates) == (None, "unknown", ("axis", "dahua", "tvt"))


def test_the_part_of_a_brand_whose_models_are_named_is_its_makers() -> None:
    part = brand("axis", "AXIS", "tvt", "partial_oem", models="^NVR")
    knowledge = small_knowledge(brands=(*KNOWLEDGE.brands, part))

    def of(model: str | None) -> Attribution:
        return attribute([seen("upnp", manufacturer="AXIS", **({"model": model} if model else {}))], knowledge)

    assert gist(of("NVR-16")) == ("tvt", "likely", "AXIS")
    assert gist(of("P3245")) == ("axis", "likely", "AXIS")
    unverified = small_knowledge(brands=(brand("axis", "AXIS", "tvt", "partial_oem", models="^NVR", verified=False),))
    answer = attribute([seen("upnp", manufacturer="AXIS", model="NVR-16")], unverified)
    assert (answer.manufacturer, answer.grade, answer.candidates) == (None, "possible", ("tvt",))


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (brand("b", "Brand", "tvt", "partial_oem"), "TVT makes some Brand devices"),
        (brand("b", "Brand", "tvt", "former_oem"), "TVT made Brand devices in the past"),
        (brand("b", "Brand", "tvt", "oem_rebrand", verified=False), "it is said, but not shown, that TVT makes Brand devices"),
    ],
)
def test_what_a_brand_only_hints_at_is_said_as_a_hint(record: BrandRecord, said: str) -> None:
    answer = attribute([seen("upnp", manufacturer="Brand")], small_knowledge(brands=(record,)))
    assert answer.reason == f"May be made by TVT: it calls itself Brand, and {said}. Look at the label."


def test_nothing_seen_is_unknown() -> None:
    answer = judge()
    assert gist(answer) == (None, "unknown", None)
    assert answer.reason == "We can't tell who made this. The label on the camera usually says."


def test_a_block_of_one_maker_alone_is_likely_and_a_shared_one_possible() -> None:
    assert gist(judge(seen("neighbour", mac="44:19:b6:00:00:01"))) == ("hikvision", "likely", None)
    assert gist(judge(seen("neighbour", mac="74:da:da:00:00:01"))) == (None, "possible", None)
    assert judge(seen("neighbour", mac="f4:f2:6d:00:00:01")).grade == "unknown"


def test_a_number_made_up_by_software_is_from_no_block() -> None:
    blocks = dict(KNOWLEDGE.macs) | {"3eef8c": KNOWLEDGE.macs["3cef8c"]}
    answer = attribute([seen("neighbour", mac="3e:ef:8c:00:00:01")], small_knowledge(macs=blocks))
    assert answer.grade == "unknown"


@pytest.mark.parametrize(
    ("name", "model", "expected"),
    [
        ("Hikvision", None, ("hikvision", "likely", "Hikvision")),
        ("EZVIZ", None, ("hikvision", "likely", "EZVIZ")),
        ("CP Plus", None, ("dahua", "likely", "CP Plus")),
        ("BCS", None, (None, "possible", "BCS")),
        ("Honeywell", None, (None, "unknown", "Honeywell")),
        ("Line", "L-200", ("tvt", "likely", "Line")),
        ("Line", "X-200", (None, "unknown", "Line")),
        ("Line", None, (None, "possible", "Line")),
        ("Ended", None, (None, "possible", "Ended")),
        ("Denied", None, (None, "possible", "Denied")),
        ("TVT", None, (None, "possible", "TVT")),
        ("Nobody", None, (None, "unknown", None)),
    ],
)
def test_a_brand_name_alone_says_as_much_as_its_records(name: str, model: str | None, expected: tuple[str | None, ...]) -> None:
    fields = {"manufacturer": name} | ({"model": model} if model else {})
    assert gist(judge(seen("onvif.GetDeviceInformation", **fields))) == expected


def test_a_brand_that_ended_still_counts_for_what_was_seen_before() -> None:
    assert judge(seen("upnp", at="2021-01-01T00:00:00Z", manufacturer="Ended")).grade == "likely"


def test_a_brand_name_is_not_heard_beside_a_strong_sign_of_what_it_does() -> None:
    answer = judge(seen("upnp", manufacturer="Lonely"), seen("http", http__realm="IP Camera(1)"))
    assert gist(answer) == ("hikvision", "likely", "Lonely")


def test_an_unverified_fingerprint_never_gives_more_than_possible() -> None:
    assert gist(judge(seen("http", http__title="Unit 4"))) == (None, "possible", None)


def test_a_component_names_no_maker() -> None:
    answer = judge(seen("rtsp", rtsp__server="Hipcam RealServer/V1.0"))
    assert gist(answer) == (None, "unknown", None)
    assert [sign.role for sign in answer.other] == ["component"]


def test_parent_and_child_count_as_one() -> None:
    child = does("child", "http.title", "^EZ", "ezviz-co", "web")
    knowledge = small_knowledge(fingerprints=(*FINGERPRINTS, child))
    parent_sign, child_sign = seen("http", http__realm="IP Camera(1)"), seen("upnp", http__title="EZ camera")
    both = attribute([parent_sign, child_sign], knowledge)
    assert (both.manufacturer, both.grade) == ("hikvision", "almost-certain")
    assert attribute([child_sign], knowledge).manufacturer == "ezviz-co"


def test_the_number_of_a_router_in_front_does_not_count() -> None:
    observation = seen("http", mac="3c:ef:8c:00:00:01", http__status="200")
    device = Device((Key("addr", "/10.0.0.5", "weak"),), ("10.0.0.5",), None, None, (observation,))
    assert attribute_device(device, KNOWLEDGE).grade == "unknown"
    own = Device((Key("mac", "3c:ef:8c:00:00:01"),), ("10.0.0.5",), None, "3c:ef:8c:00:00:01", (observation,))
    assert attribute_device(own, KNOWLEDGE).manufacturer == "dahua"


@pytest.mark.parametrize(
    ("levels", "grade"),
    [
        ({}, "unknown"),
        ({"a": 1}, "possible"),
        ({"a": 1, "b": 1}, "unknown"),
        ({"a": 2}, "likely"),
        ({"a": 2, "b": 1}, "likely"),
        ({"a": 2, "b": 2}, "conflicting"),
        ({"a": 3}, "almost-certain"),
        ({"a": 3, "b": 1}, "almost-certain"),
        ({"a": 3, "b": 2}, "likely"),
        ({"a": 3, "b": 3}, "conflicting"),
        ({"a": 2, "b": 2, "c": 1}, "conflicting"),
    ],
)
def test_the_table_of_levels(levels: dict[str, int], grade: str) -> None:
    assert grade_of(levels)[0] == grade


# What people read


def test_a_label_saying_honeywell_leaves_dahua_in_place() -> None:
    answer = judge(HONEYWELL, read_by_person("label", brand="Honeywell", model="H4W2PER3"))
    assert gist(answer) == ("dahua", "likely", "Honeywell")
    assert "The label says Honeywell, which is a brand name." in answer.reason
    assert [sign.group for sign in answer.against if sign.group == "person"] == ["person"]


def test_a_label_of_the_makers_own_brand_confirms() -> None:
    answer = judge(seen("http", http__realm="IP Camera(1)"), read_by_person("label", brand="HIKVISION"))
    assert gist(answer) == ("hikvision", "confirmed", "Hikvision")
    assert [sign.fingerprint for sign in answer.supports] == ["hik-realm", "person.label.brand"]
    assert answer.reason == "Made by Hikvision – confirmed, because the label says HIKVISION."
    assert gist(judge(read_by_person("label", brand="Hikvision"))) == ("hikvision", "confirmed", "Hikvision")


@pytest.mark.parametrize(
    "contrary",
    [
        seen("dhip", dhip__answer="client.notifyDevInfo"),
        seen("http", http__realm="Login to ABC"),
    ],
)
def test_a_strong_sign_of_another_maker_keeps_a_label_from_confirming(contrary: Observation) -> None:
    answer = judge(contrary, read_by_person("label", brand="Hikvision"))
    assert answer.manufacturer == "dahua"
    assert answer.grade in ("likely", "almost-certain")
    assert any(sign.group == "person" and sign.subject == "hikvision" for sign in answer.against)
    assert answer.reason.endswith(" Against this: the label says Hikvision.")


def test_a_label_and_a_block_of_another_maker_disagree() -> None:
    answer = judge(seen("neighbour", mac="3c:ef:8c:00:00:01"), read_by_person("label", brand="Hikvision"))
    assert (answer.grade, answer.candidates) == ("conflicting", ("dahua", "hikvision"))


def test_a_weak_sign_of_another_maker_does_not_keep_a_label_from_confirming() -> None:
    answer = judge(seen("rtsp", rtsp__server="Rtsp Server/2.0"), read_by_person("label", brand="Hikvision"))
    assert gist(answer) == ("hikvision", "confirmed", "Hikvision")
    assert [sign.subject for sign in answer.against] == ["dahua"]


@pytest.mark.parametrize(
    ("name", "grade", "maker", "candidates"),
    [
        ("Honeywell", "unknown", None, ("dahua", "hikvision")),
        ("EZVIZ", "likely", "hikvision", ("hikvision",)),
        ("CP Plus", "likely", "dahua", ("dahua",)),
        ("BCS", "possible", None, ("dahua",)),
        ("Ended", "possible", None, ("tvt",)),
        ("Denied", "possible", None, ("tvt",)),
        ("Nobody", "unknown", None, ()),
    ],
)
def test_a_label_that_is_no_own_brand_says_what_the_base_holds_of_it(
    name: str, grade: str, maker: str | None, candidates: tuple[str, ...]
) -> None:
    answer = judge(read_by_person("label", brand=name))
    assert (answer.grade, answer.manufacturer, answer.candidates, answer.brand) == (grade, maker, candidates, name)
    assert "label usually says" not in answer.reason, "nobody is told again that the label usually says"


def test_a_label_with_a_model_outside_the_record_confirms_nothing() -> None:
    assert judge(read_by_person("label", brand="Line", model="X-1")).grade == "unknown"
    assert judge(read_by_person("label", brand="Line")).grade == "possible"
    assert gist(judge(read_by_person("label", brand="Line", model="L-1"))) == ("tvt", "confirmed", "Line")


def test_a_label_does_not_confirm_where_another_maker_makes_some_of_the_brand() -> None:
    brands = (*KNOWLEDGE.brands, brand("axis", "AXIS", "tvt", "partial_oem"))
    assert attribute([read_by_person("label", brand="Axis")], small_knowledge(brands=brands)).grade == "unknown"
    scoped = (*KNOWLEDGE.brands, brand("axis", "AXIS", "tvt", "partial_oem", models="^NVR"))
    camera = read_by_person("label", brand="Axis", model="P1")
    assert attribute([camera], small_knowledge(brands=scoped)).grade == "confirmed"


def recorded(at: str = "2026-12-02T10:00:00Z", mac: str | None = None, **said: str) -> Observation:
    """Row 14 of a register that was imported."""
    fields = {f"list__{name}": value for name, value in ({"basis": "register", "file": "a.csv", "row": "14"} | said).items()}
    return seen("list", address="", at=at, mac=mac, **fields)


def test_a_makers_own_name_in_a_register_makes_it_likely() -> None:
    answer = judge(recorded(manufacturer="HIKVISION"))
    assert gist(answer) == ("hikvision", "likely", "Hikvision")
    assert answer.reason == (
        "Made by Hikvision – likely, because your register says HIKVISION (list imported 2 December 2026, row 14)."
    )
    assert gist(judge(recorded(manufacturer="Hikvision Ltd"))) == ("hikvision", "likely", "Hikvision")
    assert gist(judge(recorded(model="Hikvision turret 4MP"))) == ("hikvision", "likely", "Hikvision"), "make and model in one"
    assert gist(judge(recorded(manufacturer="Hikvision", file=""))) == ("hikvision", "likely", "Hikvision")


def test_a_brand_of_others_in_a_register_says_what_the_base_holds_of_it() -> None:
    assert gist(judge(recorded(manufacturer="EZVIZ"))) == ("hikvision", "likely", "EZVIZ")
    assert (judge(recorded(manufacturer="Honeywell")).grade, judge(recorded(manufacturer="Nobody")).grade) == ("unknown",) * 2
    assert judge(recorded(manufacturer="")).grade == "unknown"


def test_a_misspelt_name_in_a_register_is_a_question() -> None:
    answer = judge(recorded(manufacturer="Hikvison"))
    assert (answer.grade, answer.manufacturer, answer.candidates) == ("possible", None, ("hikvision",))
    assert "Hikvison, which reads like Hikvision" in answer.reason


def test_a_register_alone_never_makes_it_almost_certain() -> None:
    answer = judge(recorded(manufacturer="Dahua", model="IPC-1", serial="1A2B3C", mac="3c:ef:8c:00:00:01"))
    assert gist(answer) == ("dahua", "likely", "Dahua")


def test_a_register_and_what_the_device_does_bear_each_other_out() -> None:
    realm = seen("http", http__realm="IP Camera(1)")
    assert judge(realm).grade == "likely"
    answer = judge(realm, recorded(manufacturer="Hikvision"))
    assert gist(answer) == ("hikvision", "almost-certain", "Hikvision")
    assert judge(realm, recorded(manufacturer="EZVIZ")).grade == "almost-certain", "a name that is this maker's alone"
    assert judge(realm, recorded(manufacturer="Honeywell")).grade == "likely", "a name that several makers sell under"


AXIS_SIGNS = (
    seen("neighbour", mac="ac:cc:8e:00:00:01"),
    seen("onvif.GetDeviceInformation", manufacturer="AXIS"),
    seen("upnp", upnp__manufacturer="AXIS"),
)


def test_three_independent_signs_under_the_makers_own_name_make_it_almost_certain() -> None:
    assert gist(judge(*AXIS_SIGNS)) == ("axis", "almost-certain", "AXIS")
    for left_out in range(3):
        assert judge(*AXIS_SIGNS[:left_out], *AXIS_SIGNS[left_out + 1 :]).grade == "likely"
    assert judge(AXIS_SIGNS[0], AXIS_SIGNS[1], seen("onvif.GetScopes", manufacturer="AXIS")).grade == "likely", "one language"


def test_signs_of_another_maker_or_a_shared_name_keep_three_signs_from_it() -> None:
    assert judge(*AXIS_SIGNS, seen("rtsp", rtsp__server="Rtsp Server/2.0")).grade == "likely"
    shared = (*KNOWLEDGE.brands, brand("axis", "AXIS", "tvt", "partial_oem"))
    assert attribute(AXIS_SIGNS, small_knowledge(brands=shared)).grade == "likely"


def test_what_a_device_does_stands_against_a_register_that_says_otherwise() -> None:
    answer = judge(seen("http", http__realm="IP Camera(1)"), recorded(manufacturer="Axis"))
    assert (answer.manufacturer, answer.grade) == ("hikvision", "likely")
    assert [sign.fingerprint for sign in answer.against] == ["register.brand"]


def test_an_invoice_says_who_made_it_as_a_register_does() -> None:
    answer = judge(read_by_person("invoice", brand="Hikvision", manufacturer="Hikvision"))
    assert gist(answer) == ("hikvision", "likely", "Hikvision")


def test_a_label_naming_a_maker_does_not_confirm_it() -> None:
    assert judge(read_by_person("label", manufacturer="Dahua")).grade == "unknown"


@pytest.mark.parametrize("basis", ["maker-letter", "supplier-letter"])
def test_a_letter_naming_the_maker_confirms_and_shows_what_speaks_against(basis: str) -> None:
    letter = read_by_person(basis, manufacturer="Dahua")
    assert gist(judge(letter, seen("http", http__status="200"))) == ("dahua", "confirmed", None)
    answer = judge(letter, seen("sadp", sadp__answer="ProbeMatch"))
    assert gist(answer) == ("dahua", "confirmed", None)
    assert [sign.subject for sign in answer.against] == ["hikvision"]
    assert "Against this:" in answer.reason


def test_letters_naming_two_makers_disagree() -> None:
    answer = judge(read_by_person("maker-letter", manufacturer="Dahua"), read_by_person("supplier-letter", manufacturer="TVT"))
    assert (answer.grade, answer.candidates) == ("conflicting", ("dahua", "tvt"))


def test_a_letter_naming_somebody_we_do_not_know_is_shown_and_confirms_nothing() -> None:
    answer = judge(read_by_person("supplier-letter", manufacturer="Acme Vision"))
    assert answer.grade == "unknown"
    assert [sign.why for sign in answer.other] == ["A letter from the supplier names Acme Vision as the maker."]


def test_the_last_label_read_gives_the_brand() -> None:
    first, second = (
        read_by_person("label", at="2026-01-01", brand="BCS"),
        read_by_person("label", at="2026-02-01", brand="CP PLUS"),
    )
    assert judge(second, first).brand == "CP Plus"


WEAK_AGAINST = [
    seen("http", port=81, http__server="App-webs/"),
    seen("rtsp", rtsp__server="Rtsp Server/1.0"),
    seen("ssdp", claims_mac="74:da:da:00:00:01"),
    seen("upnp", manufacturer="BCS"),
    seen("upnp", port=81, manufacturer="Honeywell"),
    seen("http", port=82, http__title="Universal"),
]
FIRM = [
    [seen("dhip", dhip__answer="client.notifyDevInfo")],
    [seen("sadp", sadp__answer="ProbeMatch")],
    [seen("http", http__realm="IP Camera(1)")],
    [seen("http", http__realm="IP Camera(1)"), seen("onvif.GetServices", xml__namespace=HIK_NAMESPACE)],
    [seen("wsdiscovery", onvif__scope=DAHUA_SCOPE), seen("neighbour", mac="3c:ef:8c:00:00:01")],
    [seen("wsdiscovery", onvif__scope=DAHUA_SCOPE), seen("http", http__realm="IP Camera(1)")],
    [seen("neighbour", mac="ac:cc:8e:00:00:01")],
    [seen("wsdiscovery", name="Lonely")],
    [seen("wsdiscovery", name="AXIS", onvif__scope="onvif://www.onvif.org/name/AXIS")],
    [read_by_person("label", brand="Axis")],
    [read_by_person("maker-letter", manufacturer="TVT")],
    [seen("http", http__server="App-webs/")],
]


@given(
    st.sampled_from(FIRM), st.lists(st.sampled_from(WEAK_AGAINST), min_size=1, max_size=4), st.randoms(use_true_random=False)
)
def test_a_weak_contrary_sign_never_raises_a_grade(
    firm: list[Observation], weak: list[Observation], shuffler: random.Random
) -> None:
    before = judge(*firm)
    contrary = [
        item
        for item in weak
        if before.manufacturer is None
        or not any(sign.subject == before.manufacturer for sign in match([item], KNOWLEDGE) if sign.role == "manufacturer")
    ]
    together = [*firm, *contrary]
    shuffler.shuffle(together)
    after = judge(*together)
    assert GRADES.index(after.grade) >= GRADES.index(before.grade)
    if before.grade in ("confirmed", "almost-certain", "likely"):
        assert after.manufacturer in (before.manufacturer, None)


def test_a_label_that_was_read_outranks_a_register() -> None:
    answer = judge(recorded(manufacturer="Hikvision"), read_by_person("label", brand="Dahua"))
    assert (answer.manufacturer, answer.brand) == ("dahua", "Dahua")
    assert answer.grade == "confirmed"
