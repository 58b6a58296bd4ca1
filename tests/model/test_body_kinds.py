"""Kinds of organisations as they are kept: every word of ours for a kind, and every kind of a register, has one spelling."""

from __future__ import annotations

import pytest

from camcensus.model.body_kinds import KIND_WORDS, PUBLIC_KINDS, kind_spelled
from camcensus.model.organisations import ORGANISATIONS
from camcensus.tasks.rollup.kinds import kind_published, kind_words

TYPES = sorted({one.type for one in ORGANISATIONS.values()})


@pytest.mark.parametrize("key", ORGANISATIONS)
def test_a_key_and_a_label_are_the_type_that_a_roll_up_counts(key: str) -> None:
    kind = ORGANISATIONS[key]
    for words in (key, kind.label, KIND_WORDS[kind.type]):
        for typed in (words, words.upper(), words.lower(), words.title(), words.capitalize()):
            assert kind_spelled(typed) == kind.type, typed


@pytest.mark.parametrize("name", PUBLIC_KINDS)
def test_a_kind_of_a_register_is_spelled_as_there(name: str) -> None:
    for typed in (name, name.upper(), name.lower(), name.replace("'", "’")):
        assert kind_spelled(typed) == name
        assert kind_published(typed) == name


def test_no_two_kinds_are_called_the_same() -> None:
    typed = ["GP", "gp", "NHS", "Academy", "academy-trust", "Schools", "school", "Councils", "council", "Shops", "Universities"]
    kept = {kind_spelled(one) for one in typed}
    assert kept == {"nhs", "school", "council", "shop", "university"}
    assert all(kind_published(one) == KIND_WORDS[one] for one in kept)
    assert len({kind_words(one) for one in kept}) == len(kept)


def test_our_own_kinds_are_no_other_kind_in_a_pack() -> None:
    for key, kind in ORGANISATIONS.items():
        assert kind_published(key) == KIND_WORDS[kind.type]


@pytest.mark.parametrize("typed", ["All bodies", "ALL BODIES", "all bodies", "All organisations", "Zoo", "", "Mr’s"])
def test_what_is_no_kind_of_ours_or_of_a_register_stays(typed: str) -> None:
    assert kind_spelled(typed) == typed


@pytest.mark.parametrize("phase", ["Primary", "Secondary"])
def test_a_phase_of_the_register_is_kept_as_there_and_printed_in_our_words(phase: str) -> None:
    for typed in (phase, phase.lower(), f"{phase} schools"):
        assert kind_spelled(typed) == phase
        assert kind_words(typed) == f"{phase} schools"
        assert kind_published(typed) == f"{phase} schools"
