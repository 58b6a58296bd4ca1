"""What to act on: flaws, firmware, support and set-up of one device, each with what mends it, as of the day it was last seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from attribution.small_knowledge import small_knowledge
from camcensus.assessment.advisories import flaws
from camcensus.assessment.care import OLD_FIRMWARE_YEARS, care, flaw_records
from camcensus.assessment.records_index import records_of
from camcensus.model.device import CARE_KINDS, Attribution, CareFinding, Description, DeviceKind, Evidence, Grade
from camcensus.model.records import Advisory, Affected, EndOfLife, FlawSearch
from camcensus.model.words import CARE_WORDS

OLD = Affected(("^DS-2CD",), version_before="5.4.5")


def advisory(id: str, maker: str = "hikvision", *affected: Affected, **more: Any) -> Advisory:
    return Advisory(id, maker, "A flaw", "It has a flaw.", "src", True, ("camera",), affected=affected or (OLD,), **more)


def end(models: str | None, **more: Any) -> EndOfLife:
    fields: dict[str, Any] = {"end_of_sale": None, "end_of_support": None, "note": "", "source": "src", "verified": True}
    return EndOfLife(manufacturer="axis", models=models, models_said="", **(fields | more))


KNOWLEDGE = small_knowledge(
    brand_names={"honeywell": "Honeywell", "hikvision": "Hikvision", "axis": "Axis"},
    advisories=(
        advisory("CVE-1", exploited=True, exploited_listed="2022-01-10", fixed_in="Firmware 5.4.5 or later"),
        advisory("CVE-2"),
        advisory("CVE-3", "axis", Affected((), version_before="9.80")),
    ),
    ends_of_life=(
        end("^P33", end_of_sale="2015-02-01", end_of_support="2020-02-28"),
        end("^P32", end_of_sale="2025-06", end_of_support="2030-06"),
        end("^M10", end_of_support="2024-08", at_the_latest=True),
        end("^Q60", end_of_support="2020-01-01", verified=False),
        end(None, note="A policy."),
    ),
)


def found(
    model: str | None, *, maker: str = "hikvision", brand: str | None = "Hikvision", **more: Any
) -> dict[str, CareFinding]:
    attribution = Attribution(maker, brand, "likely", (maker,), (), (), (), "", "test")
    said = Description(model=model, **({"kind": "camera", "last_seen": "2026-11-24T10:00:00Z"} | more))
    findings = care(attribution, said, flaws(attribution, said, KNOWLEDGE), KNOWLEDGE)
    assert all(one.why.endswith(".") and one.mend.endswith(".") for one in findings)
    assert [one.kind for one in findings] == sorted((one.kind for one in findings), key=CARE_KINDS.index)
    assert len({one.kind for one in findings}) == len(findings)
    return {one.kind: one for one in findings}


def test_a_flaw_that_attackers_use_comes_first_and_says_to_update_or_isolate() -> None:
    findings = found("DS-2CD2432F-IW", firmware="V5.4.0 build 160530")
    assert list(findings) == ["exploited-flaw", "known-flaw", "old-firmware"]
    one = findings["exploited-flaw"]
    assert one.why == "It has 1 flaw that attackers are known to use: CVE-1."
    assert one.mend == (
        "Update it now, or cut it off from the internet and from other computers. Mended by: Firmware 5.4.5 or later."
    )
    assert (one.since, one.source, one.flaws) == ("2022-01-10", "src", ("CVE-1",))
    assert findings["known-flaw"].why == "It has 1 more known flaw: CVE-2."
    assert findings["known-flaw"].mend == "Update its firmware. Ask your installer for the newest firmware."


def test_mended_firmware_needs_no_care() -> None:
    assert found("DS-2CD2432F-IW", firmware="V5.5.0 build 250725") == {}


def test_firmware_that_is_not_known_is_to_be_looked_up() -> None:
    one = found("DS-2CD2432F-IW")["flaw-to-check"]
    assert one.why == "It may have 2 known flaws: CVE-1. Attackers are known to use 1 of them."
    assert one.mend == "Look up its firmware on its own page, or ask your installer."
    axis = found("P1375", maker="axis", brand="Axis")["flaw-to-check"]
    assert axis.why == "Its firmware is not known. There is 1 flaw on record for cameras made by Axis."


def test_a_relabel_asks_once_which_model_it_is() -> None:
    findings = found("H4W2PER3", brand="Honeywell", firmware="V5.4.0")
    assert list(findings) == ["model-to-check"]
    assert findings["model-to-check"].why == (
        "It is sold as Honeywell, under a model name of its own. "
        "There are 2 flaws on record for cameras made by Hikvision, 1 of them used by attackers."
    )
    assert findings["model-to-check"].mend == "Ask your installer which Hikvision model it is."
    assert "Its model is not known." in found(None)["model-to-check"].why


def test_a_device_that_was_never_set_up_is_said_so() -> None:
    assert "never-set-up" not in found("DS-2CD2432F-IW", firmware="V5.5.0", activated=None)
    assert "never-set-up" not in found("DS-2CD2432F-IW", firmware="V5.5.0", activated=True)
    one = found("DS-2CD2432F-IW", firmware="V5.5.0", activated=False)["never-set-up"]
    assert (one.why, one.mend) == (
        "It was never set up: anyone on the network can take it over.", "Set a password, or unplug it."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("built", "seen", "said"),
    [
        ("2019-05-23", "2026-11-24", "Its firmware is of May 2019, 7 years old on 24 November 2026."),
        ("2023-11-24", "2026-11-24", "Its firmware is of November 2023, 3 years old on 24 November 2026."),
        ("2023-11-25", "2026-11-24", None),
        ("2026-01-01", "2025-11-24", None),
        ("2019-05-23", None, None),
    ],
)
def test_firmware_is_old_after_some_years_as_of_the_day_it_was_last_seen(
    built: str, seen: str | None, said: str | None
) -> None:
    assert OLD_FIRMWARE_YEARS == 3
    last = f"{seen}T10:00:00Z" if seen else None
    findings = found("X", firmware="V5.5.0", firmware_date=built, last_seen=last)
    assert (findings["old-firmware"].why if "old-firmware" in findings else None) == said


@pytest.mark.parametrize(
    ("model", "kind", "why", "since"),
    [
        ("P3364-LV", "support-ended", "The maker’s support ended on 28 February 2020, says Somebody.", "2020-02-28"),
        ("P3225", "sale-ended", "It is no longer sold since June 2025, says Somebody. Support ends in June 2030.", "2025-06"),
        ("M1014", "support-ended", "The maker’s support had ended by August 2024, says Somebody.", "2024-08"),
        ("Q6055", None, "", ""),
        ("F44", None, "", ""),
    ],
)
def test_an_end_of_sale_or_support_is_said_with_who_says_so(model: str, kind: str | None, why: str, since: str) -> None:
    findings = found(model, maker="axis", brand="Axis", firmware="10.12.0")
    assert list(findings) == ([kind] if kind else [])
    if kind:
        assert (findings[kind].why, findings[kind].since, findings[kind].source) == (why, since, "src")


def test_an_end_that_is_still_to_come_is_not_over() -> None:
    assert found("P3364", maker="axis", brand="Axis", firmware="10.12.0", last_seen="2014-01-01T00:00:00Z") == {}
    assert list(found("P3364", maker="axis", brand="Axis", firmware="10.12", last_seen="2019-01-01T00:00:00Z")) == [
        "sale-ended"
    ]


@pytest.mark.parametrize("kind", ["other", "software"])
def test_what_is_no_camera_needs_no_care(kind: DeviceKind) -> None:
    assert found("DS-2CD2432F-IW", kind=kind, firmware="V5.4.0 build 160530", activated=False) == {}


def test_a_device_without_a_flaw_says_what_stands_behind_that() -> None:
    def said(model: str, firmware: str | None, maker: str | None = "hikvision", brand: str | None = "Hikvision") -> str:
        grade: Grade = "likely" if maker else "unknown"
        attribution = Attribution(maker, brand, grade, (maker,) if maker else (), (), (), (), "", "test")
        description = Description(kind="camera", model=model, firmware=firmware)
        knowledge = replace(KNOWLEDGE, flaw_searches={"hikvision": FlawSearch("hikvision", "2026-12-02", ("CVE-2020-9",))})
        return flaw_records(attribution, description, knowledge)

    none = "We hold no record of this model. That does not show that it has no flaw: "
    looked = "records of its maker were last looked for on 2 December 2026, and 1 known one is not read yet."
    assert said("XYZ-1", "V5.3.4 build 160101") == none + looked
    assert said("XYZ-1", None, "tiandy", "Tiandy") == f"{none}nobody has looked for all records of its maker yet."
    assert said("XYZ-1", "1.0", None, None).startswith("No flaw was looked up")
    assert said("DS-2CD2432F-IW", "V5.3.4 build 160101") == ""
    assert "By its model and firmware it has none of them." in said("DS-2CD2432F-IW", "V5.9.0 build 200101")


def test_every_kind_has_words() -> None:
    assert CARE_WORDS.keys() == set(CARE_KINDS)


def test_a_maker_that_is_only_possible_has_no_ends_of_support() -> None:
    attribution = Attribution("axis", "Axis", "likely", ("axis",), (), (), (), "", "test")
    said = Description(kind="camera", model="P3364", last_seen="2026-11-24T10:00:00Z", firmware="10.12")
    for grade, number in (("likely", 1), ("possible", 0)):
        one = replace(attribution, grade=grade)
        assert len(care(one, said, flaws(one, said, KNOWLEDGE), KNOWLEDGE)) == number


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [("axis", True), ("hikvision", False), ("somebody", False)],
)
def test_a_maker_recorded_otherwise_than_its_answers_show_is_a_question(recorded: str, asked: bool) -> None:
    why = f"Your register says {recorded.title()} (list imported 2 December 2026, row 14)."
    sign = Evidence("register.brand", "list", "r", "says", "person", "brand", recorded, "strong", recorded, why, "person")
    attribution = Attribution("hikvision", recorded, "almost-certain", ("hikvision",), (), (sign,), (), "", "test")
    said = Description(kind="camera")
    findings = [
        one for one in care(attribution, said, flaws(attribution, said, KNOWLEDGE), KNOWLEDGE) if one.kind == "maker-to-check"
    ]
    assert bool(findings) == asked
    if asked:
        assert findings[0].why == (
            "Your register says Axis (list imported 2 December 2026, row 14), and its own answers are those of a device made "
            "by Hikvision."
        )


def test_a_model_is_known_by_when_its_maker_ends_it() -> None:
    records = records_of(KNOWLEDGE)
    assert records.knows_model("axis", ("P3364",))
    assert not records.knows_model("axis", ("X1",))
    assert not records.knows_model("dahua", ("P3364",))
