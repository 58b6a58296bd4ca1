from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camcensus.model.asset import Asset, Decision
from camcensus.model.device import (
    AdvisoryFinding,
    Attribution,
    Description,
    Device,
    Evidence,
    Finding,
    Key,
    Observation,
    Reading,
    Verdict,
)
from camcensus.model.plain import LARGEST, from_plain, to_plain
from camcensus.model.plan import Costs, Plan
from camcensus.model.scan import ScanRecord


def evidence() -> Evidence:
    return Evidence("dhip.answer", "dhip", "r1", "does", "protocol", "manufacturer", "dahua", "conclusive", "x", "why", "s")


def test_a_verdict_comes_back_equal() -> None:
    reading = Reading("read", {"mac": ("3c:ef:8c:00:00:01",)}, "dhip/1")
    seen = Observation(probe="dhip", address="10.0.0.2", at="2026-11-24T10:00:00Z", raw=b"\x00\xff", reading=reading)
    device = Device((Key("mac", "3c:ef:8c:00:00:01"),), ("10.0.0.2",), None, None, (seen,))
    attribution = Attribution("dahua", None, "almost-certain", ("dahua",), (evidence(),), (), (), "because", "1")
    finding = Finding("uk-mps-2022", "dahua", ("dahua",), False)
    verdict = Verdict(device, Description(kind="camera", channels_digital=8), attribution, (finding,))
    assert from_plain(Verdict, to_plain(verdict)) == verdict


def test_an_asset_with_a_decision_comes_back_equal() -> None:
    asset = Asset(
        id="1", ref="CAM-001", kind="camera", device=None, decision=Decision("replace", "S. Okafor", "2026-11-24T10:00:00Z")
    )
    assert from_plain(Asset, to_plain(asset)) == asset


def test_a_word_outside_the_vocabulary_is_refused() -> None:
    plain = to_plain(evidence()) | {"strength": "certain"}
    with pytest.raises(ValueError, match="certain"):
        from_plain(Evidence, plain)


st.register_type_strategy(int, st.integers(1 - LARGEST, LARGEST - 1))
KINDS = (Plan, ScanRecord, Observation, AdvisoryFinding)
JUNK = (None, True, 1, 2.5, "x", "", [], {}, [1], {"a": 1}, -1, 10**30, ["a", "b"], "camera", [None], [[]])


def places_in(plain: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [path, *(one for key, item in inner for one in places_in(item, (*path, key)))]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10)
@given(data=st.data())
def test_a_value_comes_back_equal_and_a_spoiled_one_is_refused_or_another_value(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    plain = json.loads(json.dumps(to_plain(value)))
    assert from_plain(kind, plain) == value
    path = data.draw(st.sampled_from(places_in(plain)))
    plain = data.draw(st.sampled_from(JUNK)) if not path else plain
    if path:
        within = plain
        for key in path[:-1]:
            within = within[key]
        within[path[-1]] = data.draw(st.sampled_from(JUNK))
    try:
        other = from_plain(kind, plain)
    except (TypeError, KeyError, ValueError):
        return
    assert from_plain(kind, json.loads(json.dumps(to_plain(other)))) == other


def test_a_number_is_no_larger_than_sqlites() -> None:
    costs = to_plain(Costs(camera_unit=180_00))
    assert from_plain(Costs, costs | {"camera_unit": LARGEST - 1}).camera_unit == LARGEST - 1
    for number in (LARGEST, -LARGEST, 10**4_000):
        with pytest.raises(ValueError, match="too large"):
            from_plain(Costs, costs | {"camera_unit": number})


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (Finding, {"list": "l", "manufacturer": "m", "path": "ab", "may": False}),
        (Finding, {"list": "l", "manufacturer": "m", "path": {"a": 1}, "may": False}),
        (Finding, {"list": "l", "manufacturer": "m", "path": [], "may": 1}),
    ],
)
def test_a_text_is_no_list_and_a_truth_value_no_number(kind: type, plain: object) -> None:
    with pytest.raises(TypeError):
        from_plain(kind, plain)
