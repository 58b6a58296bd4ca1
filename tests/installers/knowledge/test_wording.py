"""Every string of our own that the knowledge base can show keeps to the wording rules."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from camcensus.model import knowledge as knowledge_model
from camcensus.model import records as records_model
from camcensus.model import statements as statements_model
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from installers.knowledge.wording import OWN_TEXTS, QUOTED_TEXTS, breaks_rules, note_to_ourselves, own_texts

KNOWLEDGE = load_knowledge(Path(__file__).resolve().parents[3] / "vendors.db")

NOT_PROSE: dict[str, set[str]] = {
    "Source": {"id", "publisher", "url", "date", "retrieved"},
    "Manufacturer": {
        "id",
        "name",
        "legal_name",
        "country",
        "parent",
        "source",
        "role",
        "seat_source",
        "other_seat",
        "other_seat_source",
        "answers",
    },
    "Brand": {"id", "name", "also", "owner", "source"},
    "BrandRecord": {"brand", "brand_name", "made_by", "relation", "models", "since", "until", "basis", "source", "recorded"},
    "Fingerprint": {
        *("id", "kind", "pattern", "family", "group", "role", "subject", "strength", "source", "examples", "counterexamples"),
        *("subjects", "also", "devices"),
    },
    "MacBlock": {"prefix", "registrant", "role", "subject"},
    "Statement": {"id", "date", "about", "status", "source", "weight", "names", "answers", "read_again", "seat"},
    "Named": {"manufacturer", "effective", "source"},
    "PublishedReply": {"manufacturer", "date", "source"},
    "Advisory": {
        *("id", "manufacturer", "source", "brand", "affected", "product_types", "published"),
        *("cvss_version", "exploited_listed", "exploited_as_of"),
    },
    "Affected": {
        *(
            "models",
            "kind",
            "firmware",
            "built_from",
            "built_until",
            "built_before",
            "version_from",
            "version_until",
            "version_before",
        ),
    },
    "CapabilityClaim": {"manufacturer", "kind", "capabilities", "models", "source", "brand"},
    "Replacement": {"manufacturer", "country", "source"},
    "EndOfLife": {"manufacturer", "models", "end_of_sale", "end_of_support", "source"},
}
"""Fields that are no prose: ids, names, dates, patterns, places. """


def everything(knowledge: Knowledge) -> list[Any]:
    return [
        *knowledge.manufacturers.values(),
        *knowledge.brand_entries.values(),
        *knowledge.brands,
        *knowledge.fingerprints,
        *knowledge.statements.values(),
        *knowledge.advisories,
        *knowledge.capabilities,
        *knowledge.replacements,
        *knowledge.ends_of_life,
    ]


def test_every_text_field_is_known_as_ours_as_quoted_or_as_no_prose() -> None:
    for module in (knowledge_model, records_model, statements_model):
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__module__ == module.__name__ and kind.__name__ in NOT_PROSE:
                texts = {item.name for item in fields(kind) if "bool" not in str(item.type) and "float" not in str(item.type)}
                told = {*OWN_TEXTS.get(kind.__name__, ()), *QUOTED_TEXTS.get(kind.__name__, ()), *NOT_PROSE[kind.__name__]}
                assert texts == told, kind.__name__


def test_no_string_of_our_own_breaks_the_wording_rules() -> None:
    own = list(own_texts(everything(KNOWLEDGE)))
    assert len(own) > 2000
    assert [(text.key, text.text) for text in own if breaks_rules(text.text)] == []


def test_what_mends_a_flaw_is_said_in_words_that_read_on_from_mended_by() -> None:
    """ "None; replace." and "See advisory." were written for those who gathered the facts."""
    notes = re.compile(r"(?i)^(?:none|see|ask|may|patch|versions in)\b|^\d{4}(?:-\d\d)? builds")
    assert not [(one.id, one.fixed_in) for one in KNOWLEDGE.advisories if notes.search(one.fixed_in)]


def test_no_string_of_our_own_says_safe_or_judges() -> None:
    own = [text.text for text in own_texts(everything(KNOWLEDGE))]
    assert not [text for text in own if "!" in text or " please" in text.casefold() or "dangerous" in text.casefold()]


@pytest.mark.parametrize(
    "text",
    [
        "It is banned.",
        "A backdoor",
        "a back door",
        "Chinese cameras",
        "spy cam",
        "unsafe",
        "blacklists",
        "a red flag",
        "illegally",
    ],
)
def test_what_may_not_be_written_is_found(text: str) -> None:
    assert breaks_rules(text)


@pytest.mark.parametrize("text", ["They said “banned”.", "urban", "a company based in China", "It is listed."])
def test_what_may_be_written_is_not(text: str) -> None:
    assert breaks_rules(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The call is old; check Hansard before quoting.",
        "The app must not tell a council to do it.",
        "See row UK-MPS-2022.",
        "Same.",
        "Same statement, second source.",
        "Not checked since; re-check.",
        "Nothing is known to the planned app.",
        "As said in us-ofac-2021, it is listed.",
        "Same firmware as another. Covers: some cameras.",
        "Named as a maker; no firmware could be fetched.",
        "Seen in a README (unverified).",
    ],
)
def test_a_note_to_ourselves_is_found(text: str) -> None:
    assert note_to_ourselves(text, {"us-ofac-2021"})


@pytest.mark.parametrize(
    "text",
    [
        "The phone app “must not” be used.",
        "The CVE record names the app.",
        "On the same day it answered.",
        "TP-Link makes it in one-piece housings.",
        "The committee checked 45 cameras in a row.",
    ],
)
def test_words_for_readers_are_none(text: str) -> None:
    assert note_to_ourselves(text, {"us-ofac-2021", "tp-link"}) is None


def test_no_note_calls_a_maker_unknown_that_a_proven_claim_names() -> None:
    proven = {one.brand for one in KNOWLEDGE.brands if one.verified and not one.against and not one.models}
    assert not [brand for brand, one in KNOWLEDGE.brand_entries.items() if "not known" in one.note and brand in proven]
