"""`run.py knowledge build | check`: says what it built, names what is wrong, and leaves what was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.store.vendors_db.read import load_knowledge
from installers.knowledge.__main__ import main
from store.vendors_db.sources_sample import edited, write_sources


def test_building_says_the_version_and_the_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, sources = tmp_path / "vendors.db", write_sources(tmp_path / "sources")
    assert main(["build", "--sources", str(sources), "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert said == f"Built vendors.db {load_knowledge(out).version}, {out.stat().st_size // 1000} KB.\n"
    assert main(["check", "--sources", str(sources), "--knowledge", str(out)]) in (0, 1)


def test_building_from_wrong_sources_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = write_sources(tmp_path / "sources", edited("sources/general.toml", '"paper"', '"press"'))
    assert main(["build", "--sources", str(sources), "-o", str(tmp_path / "vendors.db")]) == 3
    said = capsys.readouterr().err
    assert said.startswith("The knowledge sources are wrong at ")
    assert said.endswith(" problems in all).\n")
    assert main([]) == 2
