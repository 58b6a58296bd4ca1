"""Over vendors.db itself: a camera that says its maker's name has a maker, and nothing weak or partial gives it one alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from attribution.small_knowledge import seen
from camcensus.attribution.attribute import attribute
from camcensus.attribution.brands import covers
from camcensus.attribution.index import index_of
from camcensus.model.device import NAMED_GRADES, Attribution, Observation, Reading
from camcensus.model.knowledge import SHOWN, BrandRecord, Fingerprint, Manufacturer
from camcensus.store.vendors_db.read import load_knowledge

KNOWLEDGE = load_knowledge(Path(__file__).resolve().parents[2] / "vendors.db")
RECORDS = index_of(KNOWLEDGE).records
MAKERS = [maker for maker in KNOWLEDGE.manufacturers.values() if maker.role != "brand-owner"]
FIRM = (*NAMED_GRADES, "conflicting")


def reply(kind: str, value: str) -> Observation:
    reading = Reading("read", {kind: (value,)})
    return Observation(probe="http", address="10.0.0.5", at="2026-11-24T10:00:00Z", raw=value.encode(), reading=reading)


def spoken_against(maker: Manufacturer) -> bool:
    """Whether what is on record of its own name gives some of it to another maker, or is not shown."""
    own = [record for record in RECORDS[maker.id] if record.made_by == maker.id]
    others = [
        record
        for record in RECORDS[maker.id]
        if record.relation == "partial_oem"
        and record.verified
        and record.models is None
        and KNOWLEDGE.root_of(record.made_by) != KNOWLEDGE.root_of(maker.id)
    ]
    return bool(others) or not any(record.verified and record.models is None for record in own)


def forms_of(maker: Manufacturer) -> Iterator[str]:
    """The ways in which a device may write the name of its maker."""
    for name in filter(None, (maker.name, maker.legal_name)):
        yield from (name, name.upper(), name.lower(), f" {name} ")
    yield from (f"{maker.name} Inc.", f"{maker.name}, Ltd", f"{maker.name} Co., Ltd.", f"{maker.name.upper()} GmbH & Co. KG")


def test_hardly_a_maker_is_in_doubt() -> None:
    """The few whose own name proves nothing are these: a new one is looked at before it stands here."""
    assert {maker.id for maker in MAKERS if spoken_against(maker)} == {"abus", "prama", "sparsh"}
    assert len(MAKERS) >= 97


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.id)
def test_a_maker_is_named_when_its_camera_says_its_name_and_nothing_else(maker: Manufacturer) -> None:
    for name in forms_of(maker):
        for kind in ("manufacturer", "onvif.manufacturer", "upnp.manufacturer"):
            answer = attribute([reply(kind, name)], KNOWLEDGE)
            if spoken_against(maker):
                assert answer.manufacturer is None, (name, answer.reason)
                assert maker.id in answer.candidates, (name, answer.reason)
            else:
                assert answer.grade in ("likely", "almost-certain"), (name, answer.reason)
                assert KNOWLEDGE.root_of(answer.manufacturer or "") == KNOWLEDGE.root_of(maker.id), (name, answer.reason)


@pytest.mark.parametrize("between", [" ", "_", " - "])
def test_a_name_with_the_devices_own_model_behind_it_says_the_name(between: str) -> None:
    """Scopes write "name/HIKVISION%20DS-2CD2012-I" and "name/SONY_SNC-VB770"."""
    for maker in MAKERS:
        bare, whole = (
            attribute([seen("wsdiscovery", name=name, model="X-100")], KNOWLEDGE)
            for name in (maker.name, f"{maker.name}{between}X-100")
        )
        assert (whole.manufacturer, whole.brand, whole.grade) == (bare.manufacturer, bare.brand, bare.grade), whole.reason


@pytest.mark.parametrize("name", ["Verkada front door", "Verkada X-200", "VerkadaX-100", "X-100", "Overview X-100"])
def test_a_name_with_anything_else_behind_it_says_nothing(name: str) -> None:
    answer = attribute([seen("wsdiscovery", name=name, model="X-100")], KNOWLEDGE)
    assert (answer.manufacturer, answer.brand) == (None, None)


def partial(record: BrandRecord) -> bool:
    return not record.against and (record.relation in ("partial_oem", "former_oem") or not record.verified)


@pytest.mark.parametrize(
    "record", [one for one in KNOWLEDGE.brands if partial(one)], ids=lambda one: f"{one.brand}-{one.made_by}-{one.source[:20]}"
)
def test_no_partial_former_or_claimed_record_names_its_maker_alone(record: BrandRecord) -> None:
    """Without a model that the record names; the brand's other records stay what they are."""
    firm = [
        other
        for other in RECORDS[record.brand]
        if not partial(other) and not other.against and covers(other, None) is True and other.relation != "former_oem"
    ]
    answer = attribute([seen("onvif.GetDeviceInformation", manufacturer=record.brand_name)], KNOWLEDGE)
    assert answer.manufacturer in {None, *(other.made_by for other in firm)}, answer.reason


def weak(fingerprint: Fingerprint) -> bool:
    return fingerprint.role in ("manufacturer", "brand") and (fingerprint.strength == "weak" or not fingerprint.verified)


@pytest.mark.parametrize("fingerprint", [one for one in KNOWLEDGE.fingerprints if weak(one)], ids=lambda one: one.id)
def test_no_weak_fingerprint_names_a_maker_alone(fingerprint: Fingerprint) -> None:
    for example in fingerprint.examples:
        answer = attribute([reply(fingerprint.kind, example)], KNOWLEDGE)
        others = [
            sign for sign in answer.evidence if sign.fingerprint != fingerprint.id and sign.role in ("manufacturer", "brand")
        ]
        assert others or answer.manufacturer is None, (example, answer.reason)


def test_speco_whose_cameras_several_makers_make_is_nobodys() -> None:
    answer = attribute([seen("onvif.GetDeviceInformation", manufacturer="Speco Technologies")], KNOWLEDGE)
    assert (answer.manufacturer, answer.brand) == (None, "Speco")


def test_a_verified_record_rests_on_what_shows_it() -> None:
    """A dealer's line, a list that users keep and a question prove nothing."""
    assert {one.basis for one in KNOWLEDGE.brands if one.verified} <= {*SHOWN, "press"}
    for name in ("lts", "vip-vision", "abus", "kbvision", "interlogix", "neutron"):
        known = [one for one in RECORDS[name] if one.made_by != name and one.verified]
        assert all(one.basis in SHOWN for one in known), name


@pytest.mark.parametrize("name", ["Zilnk", "KBVision", "Gazer"])
def test_one_persons_list_is_told_as_one_and_names_no_maker(name: str) -> None:
    answer = answer_to(name)
    assert (answer.grade, answer.manufacturer, answer.candidates) == ("unknown", None, ())
    assert "One person’s list names a maker" in answer.reason
    assert "nobody has shown that" in answer.reason


def answer_to(brand: str) -> Attribution:
    return attribute([seen("onvif.GetDeviceInformation", manufacturer=brand)], KNOWLEDGE)


def test_a_brand_of_a_group_company_says_who_makes_it_and_not_who_owns_the_name() -> None:
    answer = answer_to("Imou")
    assert (answer.grade, answer.manufacturer) == ("likely", "dahua")
    assert answer.reason.endswith("because it calls itself Imou, and Dahua makes Imou devices.")


def test_a_name_has_a_maker_where_the_maker_counts_the_model_among_its_own() -> None:
    assert (answer_to("HiWatch").manufacturer, answer_to("HiWatch").candidates) == (None, ("hikvision",))
    numbered = attribute([seen("onvif.GetDeviceInformation", manufacturer="HiWatch", model="HWI-B140H")], KNOWLEDGE)
    assert (numbered.grade, numbered.manufacturer, numbered.brand) == ("likely", "hikvision", "HiWatch")


def test_technology_before_a_legal_form_is_no_part_of_the_name() -> None:
    assert answer_to("Milesight Technology Co.,Ltd.").manufacturer == "milesight"
    assert answer_to("Milesight Technology").manufacturer is None
    assert answer_to("Hyundai Digital Technology Co., Ltd.").brand is None


UK = (
    "SPRO", "Videcon", "NUVICO", "ENER-J", "Hyundai", "ESP", "COP", "OYN-X", "Deltaplus", "Ganz", "Texecom", "Paxton",
    "Concept Pro", "Vista", "System Q", "Redvision", "Yale", "Ring", "Verkada", "Dallmeier", "Synectics", "QVIS",
    "XVision", "Genie", "AVE", "ZOSI", "HiLook", "HiWatch", "Pyronix", "Avigilon",
)  # fmt: skip


@pytest.mark.parametrize("name", UK)
def test_a_name_sold_in_the_united_kingdom_is_known_and_says_what_is_known(name: str) -> None:
    answer = answer_to(name)
    assert answer.brand == name
    assert answer.manufacturer is not None or answer.candidates or "ask your installer" in answer.reason


@pytest.mark.parametrize(
    ("mac", "brand"),
    [
        ("bc:34:00:00:00:01", "Redvision"),
        ("34:7f:63:00:00:01", "Concept Pro"),
        ("38:b1:9e:b0:00:01", "System Q"),
        ("00:19:eb:00:00:01", "Pyronix"),
        ("00:07:c7:00:00:01", "Synectics"),
    ],
)
def test_a_block_of_a_uk_name_shows_the_name(mac: str, brand: str) -> None:
    answer = attribute([seen("neighbour", mac=mac)], KNOWLEDGE)
    assert answer.brand == brand
    assert f"Its MAC address is from a block registered to {brand}." in [sign.why for sign in answer.evidence]


@pytest.mark.parametrize(
    ("mac", "why"),
    [
        ("00:07:5f:00:00:01", "that Bosch's devices have, registered to VCS Video Communication Systems AG."),
        ("d4:2d:c5:00:00:01", "that Panasonic / i-PRO's devices have, registered to i-PRO Co., Ltd."),
        (
            "00:12:31:00:00:01",
            "that Xiongmai's devices have, registered to Motion Control Systems, Inc., which other makers' devices can have too.",
        ),
        ("00:40:8c:00:00:01", "registered to Axis."),
    ],
)
def test_a_block_is_said_to_be_registered_to_the_one_that_the_registry_names(mac: str, why: str) -> None:
    answer = attribute([seen("neighbour", mac=mac)], KNOWLEDGE)
    assert f"Its MAC address is from a block {why}" in [sign.why for sign in answer.evidence]


def test_no_block_is_a_makers_only_because_its_name_is_in_another_word() -> None:
    assert attribute([seen("neighbour", mac="88:5d:90:60:00:01")], KNOWLEDGE).manufacturer is None


def test_every_country_of_a_company_has_a_source() -> None:
    for maker in KNOWLEDGE.manufacturers.values():
        assert (maker.country is None) == (maker.seat_source is None), maker.id
        assert not any(mark in (maker.country or "") for mark in "/,("), maker.id


@pytest.mark.parametrize("maker", [one for one in MAKERS if one.legal_name], ids=lambda maker: maker.id)
def test_a_full_legal_name_names_its_maker(maker: Manufacturer) -> None:
    assert index_of(KNOWLEDGE).maker_named(maker.legal_name or "") == maker.id
