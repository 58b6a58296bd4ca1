"""The kinds of organisation: each says all that pages and papers ask of it, and files for others keep their wider words."""

from __future__ import annotations

import re

import pytest

from camcensus.model.asset import Body
from camcensus.model.body_kinds import KIND_WORDS
from camcensus.model.organisations import ORGANISATIONS, organisation_kind
from camcensus.store.exchange_file import schema
from conftest import ROOT

ALLOWED = re.search(r"type TEXT NOT NULL, -- Its kind\. \[([^\]]+)\]", (ROOT / schema.__file__).read_text("utf-8"))


@pytest.mark.parametrize("key", ORGANISATIONS)
def test_a_kind_is_of_a_type_that_auditors_know(key: str) -> None:
    assert ALLOWED is not None
    assert ORGANISATIONS[key].type in ALLOWED[1].split(", ")
    assert ORGANISATIONS[key].type in KIND_WORDS


def test_every_type_that_auditors_count_can_be_chosen() -> None:
    assert ALLOWED is not None
    assert {kind.type for kind in ORGANISATIONS.values()} == set(ALLOWED[1].split(", "))


@pytest.mark.parametrize(
    ("key", "month"), [("school", 4), ("academy", 9), ("college", 8), ("university", 8), ("nhs", 4), ("gp", 4), ("council", 4)]
)
def test_the_financial_year_starts_when_such_accounts_do(key: str, month: int) -> None:
    assert ORGANISATIONS[key].year_starts == month


@pytest.mark.parametrize("key", ORGANISATIONS)
def test_its_words_are_its_own(key: str) -> None:
    kind = ORGANISATIONS[key]
    said = " ".join((kind.label, kind.called, kind.head, kind.deciders, *kind.plan_signers))
    if kind.type != "school":
        assert "governors" not in said or key == "college"
        assert "school" not in said.lower()
    assert kind.plan_signers[0] == "Prepared by"
    assert len(set(kind.plan_signers)) == len(kind.plan_signers)
    assert kind.called.startswith("the ")


def test_a_word_of_somebody_elses_file_is_another_organisation() -> None:
    assert organisation_kind("parish") is ORGANISATIONS["other"]
    assert Body("1", "Elm Park", "academy").kind.type == "school"
