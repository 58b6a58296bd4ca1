"""A table of reviewed TOML is read as its class says, and each fault names its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from installers.knowledge.entries import SourceProblem, tables_of

Colour = Literal["red", "blue"]


@dataclass(frozen=True, slots=True)
class Thing:
    id: str
    colour: Colour
    other: Colour | None
    also: tuple[str, ...]
    since: str | None
    weight: float | None
    sure: bool
    old: bool = False
    note: str = ""


WHOLE = 'id = "a"\ncolour = "red"\nother = "blue"\nalso = ["b", "c"]\nsince = "2020"\nweight = 2\nsure = false\nold = true\nnote = "n"'


def read(path: Path, text: str, **given: object) -> tuple[list[Thing], list[SourceProblem]]:
    path.write_text(f"[[thing]]\n{text}\n", encoding="utf-8")
    problems: list[SourceProblem] = []
    return [entry.value(Thing, **given) for entry in tables_of(problems, "f.toml", path, "thing")], problems


def test_every_field_is_read_as_its_type_says(tmp_path: Path) -> None:
    found, problems = read(tmp_path / "f.toml", WHOLE)
    assert found == [Thing("a", "red", "blue", ("b", "c"), "2020", 2.0, False, True, "n")]
    assert not problems


def test_what_may_be_absent_has_its_default_and_a_truth_value_without_one_is_true(tmp_path: Path) -> None:
    found, problems = read(tmp_path / "f.toml", 'id = "a"\ncolour = "red"')
    assert found == [Thing("a", "red", None, (), None, None, True)]
    assert not problems


def test_a_field_that_is_given_is_not_read(tmp_path: Path) -> None:
    found, problems = read(tmp_path / "f.toml", 'id = 3\ncolour = "red"', id="given")
    assert (found[0].id, problems) == ("given", [])


@pytest.mark.parametrize(
    ("line", "wrong", "say"),
    [
        (2, 'id = ""', "id is missing or is not text"),
        (3, 'colour = "green"', 'colour "green" is none of red, blue'),
        (4, 'other = "green"', 'other "green" is none of red, blue'),
        (5, 'also = "b"', "also is not a list of texts"),
        (6, "since = 3", "since is missing or is not text"),
        (7, "weight = true", "weight is not a number"),
        (8, 'sure = "yes"', "sure is neither true nor false"),
        (10, "note = []", "note is missing or is not text"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, line: int, wrong: str, say: str) -> None:
    lines = WHOLE.split("\n")
    lines[line - 2] = wrong
    _, problems = read(tmp_path / "f.toml", "\n".join(lines))
    assert [str(one) for one in problems] == [f"f.toml:{line}: {say}"]
