"""No pattern of the shipped knowledge base can be made to run away by what a device sends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from camcensus.store.vendors_db.read import load_knowledge
from camcensus.wire.fields import VALUE_LIMIT_CHARACTERS
from costs import soon
from installers.knowledge.endless import endless

KNOWLEDGE = load_knowledge(Path(__file__).resolve().parents[3] / "vendors.db")


def patterns() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(what it belongs to, the pattern, texts it is known to match)."""
    for one in KNOWLEDGE.fingerprints:
        yield f"fingerprint {one.id}", one.pattern, one.examples
    for record in KNOWLEDGE.brands:
        if record.models is not None:
            yield f"brand {record.brand}", record.models, ()
    for advisory in KNOWLEDGE.advisories:
        for affected in advisory.affected:
            for pattern in (*affected.models, *filter(None, (affected.firmware,))):
                yield f"advisory {advisory.id}", pattern, ()
    for claim in KNOWLEDGE.capabilities:
        if claim.models is not None:
            yield f"capability of {claim.manufacturer}", claim.models, ()
    for end in KNOWLEDGE.ends_of_life:
        if end.models is not None:
            yield f"end of life of {end.manufacturer}", end.models, ()


def hostile(pattern: str, examples: tuple[str, ...]) -> Iterator[str]:
    """Long texts that make a careless pattern try for ever: runs of what it takes, near misses, beginnings over and over."""
    literal = re.sub(r"[^\w .:/-]", "", pattern)
    for unit in ("A", "0", "a", "-", " ", "aA0", "0.", "/", ":", "\\", "(", "é", "\x00", literal, *examples):
        if unit:
            run = (unit * (VALUE_LIMIT_CHARACTERS // len(unit) + 1))[: VALUE_LIMIT_CHARACTERS - 1]
            yield run + "\n"
            yield unit[:-1] * (VALUE_LIMIT_CHARACTERS // max(len(unit), 1)) + "!"


ALL = sorted(set(patterns()))


def test_there_are_patterns_of_every_sort() -> None:
    sorts = {what.split()[0] for what, _, _ in ALL}
    assert sorts == {"fingerprint", "brand", "advisory", "capability", "end"}
    assert len(ALL) > 800


@pytest.mark.parametrize("sort", ["fingerprint", "brand", "advisory", "capability", "end"])
def test_long_hostile_texts_take_a_bounded_time(sort: str) -> None:
    for what, pattern, examples in ALL:
        if what.split()[0] != sort:
            continue
        assert endless(pattern) is None, what
        compiled = re.compile(pattern)
        for text in hostile(pattern, examples):
            soon(partial(compiled.search, text))


def test_a_pattern_that_runs_away_would_be_noticed() -> None:
    assert endless(r"^\S*-axis\S*-axis\S*$")
