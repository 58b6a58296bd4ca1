"""Words that nobody outside the project uses are in no text, name or comment of ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT

RETIRED = {
    "network number": "MAC address",
    "network numbers": "MAC addresses",
    "mistake of its own": "Something went wrong in Camcensus",
    "Set decision": "Record decision",
    "furnished": "set up",
    "sample school": "practice school",
    "stands for it any more": "is no longer in the register",
    "in no total": "left out of every total",
    "judged again": "re-checked",
    "judge again": "re-check",
    "what you walked": "walk-round notes",
    "not yet walked": "not yet checked on site",
    "photos to rows": "match photos to cameras",
    "who was asked…": "the list of organisations you asked",
    "for it anew": "ask them to send it again",
    "from our sight": "why cameras may be missing",
    "is to lie": "where to save",
    "goes on with": "continues with",
    "goes on without": "continues without",
    "gone on with": "continued",
    "to go on": "to continue",
    "that which": "what",
    "as it stands": "as it is",
    "how it stands": "its state",
    "where it stands": "where it is",
    "tells of itself": "says of itself",
    "on my laptop": "on this computer",
    "Summary for governors": "One-page summary",
    "list of bodies": "list of organisations",
    "bodies that were asked": "organisations you asked",
    "is kept as evidence": "is saved as evidence",
    "were not kept": "were not saved",
    "Photos are being kept": "Saving photos",
    "without keeping the photos": "without saving the photos",
    "Finish: keep": "Finish: save",
    "ask for the file anew": "ask for the file again",
    "make it anew": "make it again",
    "taken in again": "counted again",
    "was told to leave alone": "you asked to leave alone",
    "what is to be done with": "what to do with",
    "cannot lie in": "cannot be in",
    "only a person sets": "only you decide",
    "take an update": "install an update",
}
NAMES = {
    "ear": "receiver", "ears": "receivers", "mouth": "sender", "mouths": "senders", "telling": "latest replies",
    "rejudge": "reassess", "rejudged": "reassessed", "rejudging": "reassessing", "furnish": "set up", "furnished": "set up",
    "stamp": "utc_second or utc_millisecond", "manager": "what it does", "helper": "what it does", "util": "what it does",
    "utils": "what it does",
}  # fmt: skip
"""Words that are in no name of a module, class, function, argument or attribute."""

MIGRATION = re.compile(r"^m\d{4}_\w+$")
"""Inventories hold the names of migrations, so these never change."""

HEADINGS = ROOT / "resources" / "registers" / "columns.toml"
"""Headings of other people's registers are in their words."""
SUFFIXES = (".py", ".md", ".toml", ".sql", ".csv")
FILES = (path for folder in ("desktop", "resources") for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES)
DOCS = tuple(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "run.py"))
OURS = (*sorted(set(FILES) - {HEADINGS}), *DOCS, *sorted((ROOT / "installers").rglob("*.md")))
PACKAGE = ROOT / "desktop" / "camcensus"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in OURS}


@pytest.mark.parametrize("word", RETIRED)
def test_a_retired_word_is_nowhere(word: str, texts: dict[str, str]) -> None:
    pattern = re.compile(rf"\b{re.escape(word)}\b".replace(r"\ ", r"\s+").replace(r"…\b", "…"), re.IGNORECASE)
    found = [name for name, text in texts.items() if pattern.search(text)]
    assert found == [], f"say “{RETIRED[word]}”"


def test_a_retired_word_is_in_no_name() -> None:
    wrong = {}
    for path in PACKAGE.rglob("*.py"):
        inside = path.relative_to(PACKAGE)
        names = {*inside.with_suffix("").parts, *names_in(ast.parse(path.read_text("utf-8")))}
        wrong |= {(str(inside), name): NAMES[word] for name in names for word in words_of(name) if word in NAMES}
    assert wrong == {}


def names_in(tree: ast.Module) -> Iterator[str]:
    """Every name that the module makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield MIGRATION.sub("", node.name)
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def words_of(name: str) -> list[str]:
    """The words of a name: "read_toldIds" is read, told, ids."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def test_the_files_are_looked_at() -> None:
    assert len(OURS) > 500
    assert Path(HEADINGS).is_file()
