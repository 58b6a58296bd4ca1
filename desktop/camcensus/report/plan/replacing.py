"""What is stated of other makers, by whom and when: one page, and the same caveat for every maker based in China."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Bullets, Heading, Link, OnePage, Piece, Prose, Strong
from camcensus.model.plan import CouldReplace
from camcensus.model.prose import joined, lower_first, upper_first
from camcensus.model.words import clean, date_words
from camcensus.report.plan.brief import Brief

_MODELS = re.compile(r" \([0-9]+ models?\)")
MOST_NAMED = (10_000, 60, 25, 10)
"""Makers named for each statement: the first that leaves all of it on one page."""


def could_replace(brief: Brief) -> Iterator[Block]:
    """What is stated of makers on no list in use; what one source says of many stands together. At most a page."""
    alike: dict[tuple[str, str, str | None], list[CouldReplace]] = {}
    for fact in brief.plan.could_replace:
        alike.setdefault((fact.source, _plain(fact.statement), fact.source_url), []).append(fact)
    if not alike:
        return
    ordered = sorted(alike.values(), key=lambda facts: (-len(facts), facts[0].name.casefold()))
    yield OnePage([[*_said(brief, ordered, most)] for most in MOST_NAMED])


def _said(brief: Brief, ordered: Sequence[Sequence[CouldReplace]], most: int) -> Iterator[Block]:
    yield Heading("What could replace it", 2)
    yield Prose(
        "Statements that we have seen; no advice: others may do as well. Makers on the lists in use are left out. “Compliance” "
        "is with a law on what the United States Government buys (NDAA, section 889), not addressed to "
        "organisations in the UK.",
        keeps_next=True,
    )
    yield Bullets([[Strong(f"{_statement(facts[0])}."), f" {_products(facts, most)}", *_source(facts[0])] for facts in ordered])
    if seats := _seats(brief):
        yield Prose(seats, "note")


def _statement(fact: CouldReplace) -> str:
    return upper_first(clean(_plain(fact.statement), 300))


def _source(fact: CouldReplace) -> list[Piece]:
    source = clean(fact.source, 80) + (f", {date_words(fact.source_date)}" if fact.source_date else "")
    if fact.source_url is None or not fact.source_url.startswith(("https://", "http://")):
        return [f" Source: {source}."]
    return [" Source: ", Link(source, fact.source_url)]


def _products(facts: Sequence[CouldReplace], most: int) -> str:
    """ "Germany: Bosch; Mobotix. Sweden: Axis." - by where the makers are based, as the source says."""
    by_country: dict[str, list[str]] = {}
    for fact in facts[:most]:
        country = clean(fact.country, 60) if fact.country and fact.country != "Not stated" else "Country not stated"
        by_country.setdefault(country, []).append(_product(fact))
    said = [f"{country}: {'; '.join(names)}." for country, names in sorted(by_country.items())]
    return " ".join([*said, *([f"And {len(facts) - most:,} more."] if len(facts) > most else [])])


def _product(fact: CouldReplace) -> str:
    """ "Panasonic, i-PRO network cameras (owner change)": the maker, its products, what else to know."""
    line = "" if fact.product_line == "network cameras" else f", {clean(fact.product_line, 80)}"
    note = lower_first(clean(fact.note, 200).rstrip(".")) if fact.note[1:2].islower() or fact.note[1:2] == " " else fact.note
    note = clean(note, 200).rstrip(".")
    return f"{clean(fact.name, 60)}{line}{f' ({note})' if note else ''}"


def _seats(brief: Brief) -> str:
    """The same words for every maker based in China."""
    names = sorted({clean(fact.name, 60) for fact in brief.plan.could_replace if fact.based}, key=str.casefold)
    return f"Based in China: {joined(names)}. A rule against companies based there would cover what they make." if names else ""


def _plain(statement: str) -> str:
    """A statement without what it says of one maker's models only, so that equal ones stand together."""
    return _MODELS.sub("", statement).strip().rstrip(".")
