"""What could replace it: statements of makers with a seen source, in words that may be printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.planning.replacements import could_replace
from camcensus.store.vendors_db.read import load_knowledge


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def test_only_what_makers_state_is_given_each_with_its_source(knowledge: Knowledge) -> None:
    facts = could_replace(knowledge, ())
    assert len(facts) > 20
    assert all(fact.statement.startswith(("maker states", "position statement")) for fact in facts)
    assert all(fact.source and fact.country for fact in facts)


def test_notes_say_no_country_once_more_and_nothing_in_capitals(knowledge: Knowledge) -> None:
    for fact in could_replace(knowledge, ()):
        assert not re.search(r"\bChinese\b|[A-Z]{6,}", fact.note), fact
        assert not fact.note.startswith(fact.country), fact


def test_a_maker_on_a_list_in_use_is_left_out(knowledge: Knowledge) -> None:
    lists = frozenset(knowledge.lists)
    listed = {named.manufacturer for one in knowledge.lists.values() for named in one.names}
    assert listed
    assert not {fact.manufacturer for fact in could_replace(knowledge, lists)} & listed


def test_every_maker_based_in_china_is_marked_alike(knowledge: Knowledge) -> None:
    facts = could_replace(knowledge, ())
    based = {fact.manufacturer for fact in facts if fact.based}
    assert {"sunell", "reolink", "milesight"} <= based
    assert based >= {fact.manufacturer for fact in facts if fact.country and fact.country.startswith("China")}
    assert not {"axis", "tp-link", "bosch"} & based
    assert not [fact.note for fact in facts if fact.note.startswith("A company based in China")]
