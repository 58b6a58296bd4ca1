from __future__ import annotations

import pytest

from camcensus.model.asset import Asset, Decision
from camcensus.model.attribution import Attribution, Evidence
from camcensus.model.device import Description, Device, Key
from camcensus.model.observation import Observation, Reading
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.verdict import Finding, Verdict


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
