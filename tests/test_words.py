"""Words that nobody outside the project uses are in no text, name or comment of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import ROOT

RETIRED = {
    "network number": "MAC address",
    "mistake of its own": "Something went wrong in Camcensus",
    "Set decision": "Record decision",
    "furnished": "set up",
    "sample school was": "practice school",
    "stands for it any more": "is no longer in the register",
    "in no total": "left out of every total",
    "judged again": "re-checked",
    "judge again": "re-check",
    "what you walked": "walk-round notes",
    "photos to rows": "match photos to cameras",
    "who was asked…": "the list of organisations you asked",
    "for it anew": "ask them to send it again",
    "from our sight": "why cameras may be missing",
    "is to lie": "where to save",
}
HEADINGS = ROOT / "resources" / "registers" / "columns.toml"
"""Headings of other people's registers are in their words."""
SUFFIXES = (".py", ".md", ".toml", ".sql", ".csv")
FILES = (path for folder in ("desktop", "resources") for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES)
OURS = (*sorted(set(FILES) - {HEADINGS}), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "run.py")


@pytest.mark.parametrize("word", RETIRED)
def test_a_retired_word_is_nowhere(word: str) -> None:
    pattern = re.compile(re.escape(word).replace(r"\ ", r"\s+"), re.IGNORECASE)
    found = [path.relative_to(ROOT).as_posix() for path in OURS if pattern.search(path.read_text("utf-8"))]
    assert found == [], f"say “{RETIRED[word]}”"


def test_the_files_are_looked_at() -> None:
    assert len(OURS) > 500
    assert Path(HEADINGS).is_file()
