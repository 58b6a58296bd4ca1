"""What is left out before a case is judged, and that strangers are written so that they can be read."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench.attribution_table import ROOT
from bench.unseen import FIGURES, everything, kind_outcome
from camcensus.model.knowledge import Brand, Fingerprint, Knowledge, MacBlock, Manufacturer, Source
from camcensus.store.vendors_db.read import load_knowledge
from labelled.case import Case
from labelled.left_out import LeavingOut, Replies, bare
from labelled.packets import http, info, neighbour
from labelled.publications import key_of, named_in, share
from labelled.strangers import (
    HALVES,
    fifth_kept_strangers,
    fifth_strangers,
    fourth_strangers,
    half_of,
    kept_strangers,
    newer_kept_strangers,
    newer_strangers,
    strangers,
    third_strangers,
)

OPEN = (*strangers(), *newer_strangers(), *third_strangers(), *fourth_strangers(), *fifth_strangers())
KEPT = (*kept_strangers(), *newer_kept_strangers(), *fifth_kept_strangers())
STRANGERS = (*OPEN, *KEPT)


def replies(id: str, *packets: object, truth: str = "acme", source: str = "", real: bool = True) -> Replies:
    case = Case(id, "t", truth, True, "", tuple(packets), source=source or f"https://example.org/{id}")  # type: ignore[arg-type]
    return Replies(id, truth, case.observations(), case.sources, True, real)


def pattern(text: str, *examples: str, source: str = "book") -> Fingerprint:
    return Fingerprint(
        f"http.server.{text}", "http.server", text, "does", "web", "manufacturer", "acme", "strong", "why", source,
        examples=examples,
    )  # fmt: skip


def knowledge(*fingerprints: Fingerprint) -> Knowledge:
    acme = Manufacturer("acme", "Acme", None, None, None, None, "book")
    return Knowledge(
        "1", fingerprints=fingerprints, manufacturers={"acme": acme},
        sources={"book": Source("book", "", "", "https://github.com/a/book/tree/0f", None, None)},
    )  # fmt: skip


SEEN = http("Server: Acme-Web/1.2")


def left(known: Knowledge, *every: Replies) -> list[str]:
    return [one.pattern for one in LeavingOut(known, every).without(every[0])[0].fingerprints]


def test_a_pattern_whose_only_example_is_the_case_is_left_out_whatever_the_numbers() -> None:
    assert left(knowledge(pattern("^Acme-Web", "Acme-Web/9.75")), replies("a", SEEN)) == []


def test_a_pattern_that_the_case_does_not_show_stays() -> None:
    assert left(knowledge(pattern("^Other", "Other/1")), replies("a", SEEN)) == ["^Other"]


def test_a_pattern_with_an_example_from_elsewhere_stays() -> None:
    assert left(knowledge(pattern("^Acme", "Acme-Web/1.2", "Acme Cam")), replies("a", SEEN)) == ["^Acme"]


def test_a_pattern_from_the_publication_of_the_case_is_left_out_whatever_its_examples() -> None:
    known = knowledge(pattern("^Acme", "Acme Cam"))
    assert left(known, replies("a", SEEN, source="https://github.com/a/book/blob/77/x.log")) == []
    assert left(known, replies("a", SEEN, source="https://github.com/a/bookshop")) == ["^Acme"]


def test_a_pattern_that_another_real_device_of_the_maker_shows_stays() -> None:
    known, case = knowledge(pattern("^Acme-Web", "Acme-Web/9.75")), replies("a", SEEN)
    assert left(known, case, replies("b", SEEN)) == ["^Acme-Web"]
    assert left(known, case, replies("b", SEEN, truth="other")) == []
    assert left(known, case, replies("b", SEEN, real=False)) == []
    assert left(known, case, replies("b", SEEN, source="https://example.org/a")) == []


def test_a_pattern_of_kinds_is_looked_for_where_and_as_the_program_looks_for_it() -> None:
    case = replies("a", SEEN).read(knowledge())
    words = SimpleNamespace(
        where="text", pattern="acme-web", source="book", maker=None, kind="camera", examples=("ACME-Web/9",)
    )
    leaving = LeavingOut(knowledge(), [case])
    assert leaving._shows(case, words)
    assert leaving._depends(words, [case], [])
    assert not leaving._shows(case, _like(words, "cme-web"))
    assert not leaving._shows(case, _like(words, "acme-web", where="model"))


def _like(entry: SimpleNamespace, text: str, **more: str) -> SimpleNamespace:
    return SimpleNamespace(**(vars(entry) | {"pattern": text} | more))


def test_maker_by_maker_its_own_devices_support_nothing() -> None:
    leaving = LeavingOut(knowledge(pattern("^Acme-Web", "Acme-Web/9.75")), [replies("a", SEEN), replies("b", SEEN)])
    assert leaving.without_maker("acme")[0].fingerprints == ()


def test_a_block_that_the_registry_does_not_give_to_the_maker_needs_another_device() -> None:
    known = replace(knowledge(), macs={
        "001122": MacBlock("001122", "Some Chips Ltd", "manufacturer", "acme", True),
        "001133": MacBlock("001133", "ACME Vision Ltd", "manufacturer", "acme", True),
    })  # fmt: skip
    case = replies("a", neighbour("00:11:22:00:00:01"), neighbour("00:11:33:00:00:01"))
    assert set(LeavingOut(known, [case]).without(case)[0].macs) == {"001133"}
    other = replies("b", neighbour("00:11:22:00:00:02"))
    assert set(LeavingOut(known, [case, other]).without(case)[0].macs) == {"001122", "001133"}


def test_another_spelling_that_only_the_case_says_is_left_out() -> None:
    known = replace(
        knowledge(), brand_names={"zed": "Zed"}, brand_spellings={"zed": "zed", "zedcam": "zed"},
        brand_entries={"zed": Brand("zed", "Zed", ("ZedCam",))},
    )  # fmt: skip
    case = replies("a", info("ZedCam", "1", "1", "1"))
    assert set(LeavingOut(known, [case]).without(case)[0].brand_spellings) == {"zed"}


def test_values_are_the_same_but_for_their_numbers() -> None:
    assert bare("AXIS%20P3245 ACCC8E000001") == bare("axis p9999 b8a44f123456")
    assert bare("Rtsp Server/3.0") != bare("Rtsp Servers/3.0")


def test_publications_are_told_apart_by_address() -> None:
    assert key_of("https://github.com/A/b/blob/0123/x/y.json") == "github.com/a/b/x/y.json"
    assert share({"github.com/a/b"}, {"github.com/a/b/issues/1"})
    assert not share({"github.com/a/b/issues/1"}, {"github.com/a/b/issues/12"})
    assert not share({"github.com/rapid7/recog"}, {"github.com/rapid7/recog"})
    assert named_in("onvif-nvt, recog") == {"github.com/hawkeye64/onvif-nvt", "github.com/rapid7/recog"}


@pytest.mark.parametrize(("truth", "named", "outcome"), [
    ("camera", ["camera"], "right"), ("recorder", ["camera-or-recorder"], "not exact"), ("switch", ["other"], "not exact"),
    ("camera", ["unknown"], "not told"), ("switch", ["camera"], "wrong"), ("camera", ["camera", "other"], "wrong"), ("camera", [], "not told"),
])  # fmt: skip
def test_the_kind_is_right_not_exact_not_told_or_wrong(truth: str, named: list[str], outcome: str) -> None:
    assert kind_outcome(truth, named) == outcome


def test_every_stranger_has_its_own_id_a_source_and_lies_in_its_half() -> None:
    assert len({one.id.partition("/")[2] for one in STRANGERS}) == len(STRANGERS)
    assert all(one.source.startswith("https://") for one in STRANGERS)
    for half, found in (("open", OPEN), ("kept", KEPT)):
        assert [one.id for one in found if half_of(one.id.partition("/")[2]) != half] == []
    for path in HALVES["kept"]:
        assert path.read_text(encoding="utf-8").startswith("# Do not read this file to write a rule")


def test_every_reply_of_a_stranger_can_be_read() -> None:
    problems = {
        one.id: [seen.reading.problem for seen in one.observations() if seen.reading.state == "broken"] for one in STRANGERS
    }
    assert {id: said for id, said in problems.items() if said} == {}


def test_what_the_appendix_prints_was_measured_with_what_is_here(data_dir: Path) -> None:
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    counted = sum(sum(row) for row in figures["grades"].values())
    assert counted == figures["cases"] + figures["captures"]
    assert figures["cases"] == sum(not one.real for one in everything())
    assert load_knowledge(data_dir / "vendors.db").version == figures["version"]
    assert "python tests/bench/unseen.py" in (ROOT / "tests" / "bench" / "results" / "unseen.md").read_text(encoding="utf-8")
