"""A sign that several makers share narrows the candidates and never names one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attribution.small_knowledge import FINGERPRINTS, does, seen, small_knowledge
from camcensus.attribution.attribute import attribute
from camcensus.model.knowledge import Also
from camcensus.store.vendors_db.read import load_knowledge
from labelled.every import cases

SHIPPED = load_knowledge(Path(__file__).resolve().parents[2] / "vendors.db")
KNOWLEDGE = small_knowledge(
    fingerprints=(
        *FINGERPRINTS,
        does("two", "http.server", "^Two$", "", "web", "weak", subjects=("dahua", "uniview")),
        does("others", "http.title", "^Others$", "", "auth", "weak", subjects=("uniview", "tvt")),
        does("far", "http.title", "^Far$", "", "auth", "weak", subjects=("axis", "tvt")),
        does("pair", "http.server", "^Boa", "tvt", "web", also=Also("http.plugin", "^dvr$", "dvr")),
        does("exact", "http.realm", "^Form [A-Z]{3}$", "axis", "auth", exact_case=True),
        does("words", "http.realm", "^Some Words$", "axis", "auth"),
    )
)
TWO = seen("http", http__server="Two")


def answer(*replies: Any) -> tuple[str | None, str, tuple[str, ...]]:
    found = attribute(replies, KNOWLEDGE)
    return found.manufacturer, found.grade, found.candidates


def test_a_shared_sign_alone_names_nobody_and_gives_the_candidates() -> None:
    assert answer(TWO) == (None, "unknown", ("dahua", "uniview"))
    found = attribute([TWO], KNOWLEDGE)
    assert "Dahua" in found.reason
    assert "Uniview" in found.reason
    assert [sign.subjects for sign in found.supports] == [("dahua", "uniview")]


def test_two_sets_with_one_maker_in_common_make_it_possible() -> None:
    assert answer(TWO, seen("http", ask="GET /login", http__title="Others")) == (None, "possible", ("uniview",))


def test_sets_with_nobody_in_common_narrow_nothing_down() -> None:
    assert answer(TWO, seen("http", ask="GET /login", http__title="Far")) == (
        None,
        "unknown",
        ("axis", "dahua", "tvt", "uniview"),
    )


def test_it_is_named_only_where_an_independent_sign_of_its_own_agrees() -> None:
    assert answer(TWO, seen("rtsp", rtsp__server="Rtsp Server/3.0")) == ("dahua", "possible", ("dahua",))


def test_a_shared_sign_never_lowers_or_contradicts_a_firm_one() -> None:
    firm = seen("rtsp", rtsp__realm="IP Camera(12345)")
    assert answer(TWO, firm)[:2] == answer(firm)[:2] == ("hikvision", "likely")
    own = seen("wsdiscovery", onvif__scope="onvif://www.onvif.org/extension/unique_identifier/1")
    assert answer(TWO, own)[:2] == ("dahua", "likely")


def test_a_pair_holds_only_in_one_reply() -> None:
    assert answer(seen("http", http__server="Boa/0.94", http__plugin="dvr"))[:2] == ("tvt", "likely")
    assert answer(seen("http", http__server="Boa/0.94"))[0] is None
    assert answer(seen("http", http__server="Boa/0.94"), seen("http", ask="GET /x", http__plugin="dvr"))[0] is None
    (sign,) = attribute([seen("http", http__server="Boa/0.94", http__plugin="dvr")], KNOWLEDGE).supports
    assert sign.seen == "Boa/0.94 + dvr"


def test_case_does_not_matter_in_words_and_does_in_forms() -> None:
    assert answer(seen("http", http__realm="SOME words"))[0] == "axis"
    assert answer(seen("http", http__realm="Form ABC"))[0] == "axis"
    assert answer(seen("http", http__realm="form abc"))[0] is None
    assert answer(seen("onvif.GetDeviceInformation", serial="x", xml__namespace="HTTP://WWW.ONVIFEXT"))[0] is None


def test_bare_names_that_dahua_and_reolink_share_name_neither() -> None:
    found = attribute([seen("rtsp", rtsp__server="Rtsp Server/2.0")], SHIPPED)
    assert (found.manufacturer, set(found.candidates)) == (None, {"dahua", "reolink"})
    reolink = attribute([seen("rtsp", rtsp__server="Rtsp Server/2.0"), seen("http", http__title="Reolink")], SHIPPED)
    assert (reolink.manufacturer, reolink.grade) == ("reolink", "likely")
    assert attribute([seen("wsdiscovery", onvif__scope="onvif://www.onvif.org/hardware/IPC-model")], SHIPPED).candidates == ()


def test_no_fingerprint_that_two_makers_devices_show_is_firm_for_one() -> None:
    """Over every labelled case but those that are made to deceive: who shows a firm sign of a maker was made by it."""
    makers: dict[str, set[str]] = {}
    for case in cases():
        if case.truth is None or case.theme in ("emulator", "contradiction", "junk"):
            continue
        for sign in attribute(case.observations(), SHIPPED).evidence:
            if sign.role == "manufacturer" and sign.strength != "weak" and sign.group not in ("mac", "person"):
                makers.setdefault(sign.fingerprint, set()).add(SHIPPED.root_of(case.truth))
    assert {name: found for name, found in makers.items() if len(found) > 1} == {}
    firm = {one.id: one for one in SHIPPED.fingerprints if one.role == "manufacturer" and one.strength != "weak"}
    assert not [
        one.id for one in firm.values() if one.subjects or any(word in one.why for word in ("other makers", "others", "share"))
    ]
