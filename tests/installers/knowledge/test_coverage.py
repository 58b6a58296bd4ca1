from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.attribution.attribute import attribute
from camcensus.model.device import Attribution, Observation
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from installers.knowledge import coverage as knowledge_coverage
from installers.knowledge.build import build
from installers.knowledge.coverage import SIZE_LIMIT_BYTES, claims_without_source, flags_from_unverified, measure
from store.vendors_db.sources_sample import write_sources

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT / "resources" / "vendors"
KNOWLEDGE = load_knowledge(ROOT / "vendors.db")


def test_the_shipped_knowledge_base_covers_what_was_asked() -> None:
    coverage = measure(SOURCES, ROOT / "vendors.db")
    assert [str(problem) for problem in coverage.problems] == []
    told = dict(line.split(": ", 1) for line in coverage.lines)
    assert told["Claims without a source"] == "0"
    assert told["Sources on hosts that copy other publishers"] == "0"
    assert told["Flags from unverified rows"].startswith("0 of ")
    assert len(KNOWLEDGE.manufacturers) >= 150
    assert {maker.role for maker in KNOWLEDGE.manufacturers.values()} == {"maker", "brand-owner", "both"}
    assert len(KNOWLEDGE.brand_names) >= 500
    assert len(KNOWLEDGE.macs) >= 3000
    assert len(KNOWLEDGE.registry) >= 53_000
    assert len(KNOWLEDGE.lists) == 7
    assert len(KNOWLEDGE.advisories) >= 220
    assert len(KNOWLEDGE.fingerprints) >= 340
    assert all(one.examples for one in KNOWLEDGE.fingerprints)


def test_each_brand_name_has_a_claim_or_a_note_or_an_owner_or_is_a_signs_subject() -> None:
    claimed = {record.brand for record in KNOWLEDGE.brands}
    subjects = {one.subject for one in KNOWLEDGE.fingerprints} | {block.subject for block in KNOWLEDGE.macs.values()}
    bare = [
        entry.id
        for entry in KNOWLEDGE.brand_entries.values()
        if entry.id not in claimed
        and entry.source is None
        and entry.id not in subjects
        and entry.id not in KNOWLEDGE.manufacturers
    ]
    assert bare == []


def test_unverified_rows_lead_to_no_flag() -> None:
    tried, flagged = flags_from_unverified(KNOWLEDGE)
    assert tried > 100
    assert flagged == []


def test_a_ladder_that_trusts_unverified_rows_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(observations: Iterable[Observation], knowledge: Knowledge) -> Attribution:
        brands = tuple(replace(record, verified=True, relation="oem_rebrand", until=None) for record in knowledge.brands)
        return attribute(observations, replace(knowledge, brands=brands))

    monkeypatch.setattr(knowledge_coverage, "attribute", trusting)
    few = replace(KNOWLEDGE, brands=tuple(record for record in KNOWLEDGE.brands if record.brand in ("clarevision", "watchnet")))
    assert flags_from_unverified(few) == (2, ["the brand clarevision", "the brand watchnet"])


def test_a_claim_without_a_source_is_named() -> None:
    record = replace(KNOWLEDGE.brands[0], source="nowhere")
    advisory = replace(KNOWLEDGE.advisories[0], source="")
    broken = replace(KNOWLEDGE, brands=(record, *KNOWLEDGE.brands[1:]), advisories=(advisory,))
    assert claims_without_source(KNOWLEDGE) == []
    assert claims_without_source(broken) == [f"the claim about {record.brand}", f"the advisory {advisory.id}"]


def test_a_file_that_is_too_large_and_copied_sources_are_problems(tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "sources")
    database = tmp_path / "vendors.db"
    build(sources, database)
    assert measure(sources, database).problems == ()
    (sources / "hosts.toml").write_text('mirrors = ["example.org"]\n', encoding="utf-8")
    os.truncate(database, SIZE_LIMIT_BYTES + 4096)
    says = [problem.say for problem in measure(sources, database).problems]
    assert says[0] == 'the source "paper" is a copy of another publisher\'s text'
    assert says[1].startswith("it has 4,004,096 bytes")


def test_honeywell_has_a_dated_record_and_makes_none_itself() -> None:
    assert any(KNOWLEDGE.sources[record.source].date for record in KNOWLEDGE.brands if record.brand == "honeywell")
    assert KNOWLEDGE.manufacturers["honeywell"].role == "brand-owner"
