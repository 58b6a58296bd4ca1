from __future__ import annotations

from pathlib import Path

from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.maker_lookup import show_name
from installers.knowledge.build import build
from store.vendors_db.sources_sample import edited, write_sources

CLAIMS = "brands/maker-a.toml"


def test_a_name_is_shown_as_maker_and_brand_with_sources(tmp_path: Path) -> None:
    build(write_sources(tmp_path / "sources"), tmp_path / "vendors.db")
    knowledge = load_knowledge(tmp_path / "vendors.db")
    lines = show_name(knowledge, "MAKER-A", everything=True)
    assert lines[0] == "Maker A (maker-a), manufacturer"
    assert "It belongs to Holding." in lines[1]
    assert "    Somebody asked for a rule" in lines
    assert "      Somebody, 24 November 2022. Addressed to somebody else. Not addressed to you." in lines
    assert "  Its reply, April 2025: Maker A said “We did not”." in lines
    assert "    Source: “A paper” · A publisher · April 2025 · https://example.org/" in lines
    assert "Maker A (maker-a), brand" in lines
    assert not [line for line in lines if "Shop" in line]


def test_only_proven_brands_are_shown_with_the_maker(tmp_path: Path) -> None:
    shown = {name: text.replace("verified = false\n", "") for name, text in edited(CLAIMS, '"user-list"', '"brand"').items()}
    sources = write_sources(tmp_path / "sources", shown)
    build(sources, tmp_path / "vendors.db")
    lines = show_name(load_knowledge(tmp_path / "vendors.db"), "maker-a")
    assert "  Also sold, now or formerly, in whole or in part, as: Shop" in lines


def test_a_brand_is_shown_by_another_spelling_with_what_is_not_proven(tmp_path: Path) -> None:
    build(write_sources(tmp_path / "sources"), tmp_path / "vendors.db")
    lines = show_name(load_knowledge(tmp_path / "vendors.db"), "the shop")
    assert lines[0] == "Shop (shop), brand"
    assert lines[1] == (
        "  Maker A: partly made by it under another name, not proven, some models only, since 2020, until May 2022"
    )


def test_an_unknown_name_gives_nothing(tmp_path: Path) -> None:
    build(write_sources(tmp_path / "sources"), tmp_path / "vendors.db")
    assert show_name(load_knowledge(tmp_path / "vendors.db"), "nobody") == []
