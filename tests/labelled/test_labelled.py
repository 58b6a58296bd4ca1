"""The gate over everything labelled: never a wrong firm name, most that can be told are right, and "likely" is worth its word."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bench.attribution_table import ROOT, everything, judge_cases, shares, table
from camcensus.attribution.names import is_of_camera
from camcensus.model.device import NAMED_GRADES, Observation, Verdict, is_watched
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import judge
from labelled.case import Case
from labelled.every import cases
from labelled.strangers import newer_strangers, strangers

CASES = cases()


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def test_there_are_enough_cases_of_every_sort() -> None:
    assert len(CASES) >= 150
    themes = Counter(one.theme for one in CASES)
    assert themes["rebrand-dahua"] + themes["rebrand-hikvision"] + themes["rebrand-uniview"] >= 60
    for theme, fewest in {"contradiction": 15, "emulator": 5, "shared": 15, "junk": 10, "no-camera": 10, "harder": 20}.items():
        assert themes[theme] >= fewest, theme
    assert all(one.basis for one in CASES)
    assert len({one.truth for one in CASES}) >= 20


def test_the_gate_holds_over_everything_labelled(knowledge: Knowledge) -> None:
    text, judged = everything(knowledge)
    of = shares(judged)
    assert of.firm_wrong == ()
    assert of.are_enough, text


def test_the_cases_alone_hold_too_and_their_table_adds_up(knowledge: Knowledge) -> None:
    judged = judge_cases(knowledge)
    assert shares(judged).are_enough
    assert [one.file for one in judged if one.outcome == "wrong" and not one.file.startswith(("emulator/", "shared/"))] == []
    counted = [line.split()[1:] for line in table(judged).splitlines() if line.startswith("all")]
    assert sum(map(int, counted[0])) + sum(one.outcome == "not yet read" for one in judged) == len(CASES)


def test_the_kept_table_was_printed_by_this_command() -> None:
    kept = (ROOT / "tests" / "bench" / "results" / "attribution_table.md").read_text(encoding="utf-8")
    assert "python tests/bench/attribution_table.py" in kept
    assert f"## Cases built from published facts: {len(CASES)}" in kept


@pytest.mark.parametrize("case", [one for one in CASES if one.kind], ids=lambda case: case.id)
def test_the_kind(case: Case, knowledge: Knowledge) -> None:
    (verdict,) = judge(case.observations(), knowledge)
    told = {case.kind, "camera-or-recorder"} if _has_only_onvif(case) else {case.kind}
    assert verdict.description.kind in told, verdict.description.kind_reason


def _has_only_onvif(case: Case) -> bool:
    """Whether nothing but ONVIF's operations answered, without a model's name: cameras and recorders alike do that."""
    replies = [item for item in case.observations() if item.probe != "neighbour"]
    return all(item.probe.startswith("onvif.") and "model" not in item.reading.fields for item in replies)


@pytest.mark.parametrize("theme", sorted({one.theme for one in CASES}))
def test_every_order_of_arrival_gives_the_same_answer(theme: str, knowledge: Knowledge) -> None:
    shuffler = random.Random(7)
    for one in CASES:
        observations = list(one.observations())
        if one.theme != theme or len(observations) < 2:
            continue
        expected = judge(observations, knowledge)
        for _ in range(3):
            shuffler.shuffle(observations)
            assert judge(observations, knowledge) == expected, one.id


@pytest.mark.parametrize("case", [one for one in CASES if "says-axis" in one.id], ids=lambda case: case.id)
def test_what_says_axis_and_answers_as_another_is_not_called_axis(case: Case, knowledge: Knowledge) -> None:
    (verdict,) = judge(case.observations(), knowledge)
    assert verdict.attribution.manufacturer == case.truth
    assert "axis" in {sign.subject for sign in verdict.attribution.against}


def test_copied_namespaces_alone_are_never_almost_certain(knowledge: Knowledge) -> None:
    for one in CASES:
        if one.theme == "emulator":
            (verdict,) = judge(one.observations(), knowledge)
            assert verdict.attribution.grade not in ("confirmed", "almost-certain"), one.id


def test_a_label_reading_honeywell_on_a_device_that_answers_dhip_leaves_dahua_and_its_listings(knowledge: Knowledge) -> None:
    case = next(one for one in CASES if one.id == "label/honeywell-on-dhip")
    (verdict,) = judge(case.observations(), knowledge)
    assert (verdict.attribution.manufacturer, verdict.attribution.brand) == ("dahua", "Honeywell")
    assert verdict.attribution.grade == "almost-certain"
    assert {finding.list for finding in verdict.findings} >= {"uk-mps-2022", "us-ndaa-889"}


def test_nothing_with_a_sign_of_a_camera_is_left_out_of_every_count(knowledge: Knowledge) -> None:
    """However little of it was heard: all replies, each alone, all but one, and without MAC addresses as behind a router."""
    lost = []
    for one in (*cases(), *strangers(), *newer_strangers()):
        for replies in _parts(one.observations()):
            for verdict in judge(replies, knowledge):
                found = verdict.description
                if not is_watched(found.kind) and found.kind_grade == "unknown" and _is_of_camera(verdict):
                    lost.append(f"{one.id}: {[item.probe for item in replies]} is {found.kind}: {found.kind_reason}")
    assert lost == []


def _parts(replies: tuple[Observation, ...]) -> list[tuple[Observation, ...]]:
    parts = [replies, *((item,) for item in replies), *(tuple(x for x in replies if x is not item) for item in replies)]
    far = [tuple(replace(item, mac=None) for item in part if item.probe != "neighbour") for part in parts]
    return [part for part in (*parts, *far) if part]


def _is_of_camera(verdict: Verdict) -> bool:
    """Whether its maker is named, one of its signs is of a camera's maker, or it speaks as cameras do."""
    attribution = verdict.attribution
    named = attribution.manufacturer is not None and attribution.grade in NAMED_GRADES
    signs = [sign for sign in attribution.evidence if sign.role in ("manufacturer", "brand") and sign.group != "mac"]
    speaks = any(item.probe == "rtsp" or item.probe.startswith("onvif.") for item in verdict.device.observations)
    return named or speaks or any(is_of_camera(sign) for sign in signs)
