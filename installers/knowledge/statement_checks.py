"""What must hold of a statement before it may be held against a maker."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from camcensus.model.statements import PublishedReply, Statement
from installers.knowledge.entries import Placed, SourceProblem
from installers.knowledge.record_checks import is_date
from installers.knowledge.reviewed import OWN_LIST, Reviewed

QUOTE_LIMIT_WORDS = 30
TITLE_LIMIT_CHARACTERS = 90
REWORDED = "seen by us in a reworded copy"
"""How whoever made a statement is named where its own words were not to be had: then it has no quotation, and weighs little."""


def check_statements(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """Each maker it is held against is named in a short quotation; titles, lists, dates, sources and answers are in order."""
    names = registered_names(reviewed)
    seen = {item.value.id: item.value.retrieved is not None for item in reviewed.sources}
    for item in reviewed.statements:
        one = item.value
        if len(one.title) > TITLE_LIMIT_CHARACTERS:
            yield item.problem(f"the title has {len(one.title)} characters; {TITLE_LIMIT_CHARACTERS} are the most")
        if "{manufacturer}" in one.text and not one.names and not one.seat and one.id != OWN_LIST:
            yield item.problem("its text speaks of {manufacturer}, yet it names nobody")
        yield from _names(item, names)
        yield from _list(item)
        dates = {one.date, one.read_again, *(named.effective for named in one.names)}
        cited_by = {one.source, *(named.source for named in one.names)} if one.id != OWN_LIST else set()
        yield from _answers(item, one.answers, names)
        yield from _dates_and_sources(item, dates | {answer.date for answer in one.answers}, cited_by, seen)
        yield from _dates_and_sources(item, set(), {answer.source for answer in one.answers}, seen)
    for maker in reviewed.manufacturers:
        cited: set[str | None] = {
            maker.value.seat_source,
            maker.value.other_seat_source,
            *(answer.source for answer in maker.value.answers),
        }
        yield from _dates_and_sources(maker, {answer.date for answer in maker.value.answers}, cited, seen)
        if bool(maker.value.other_seat) is not bool(maker.value.other_seat_source):
            yield maker.problem("other_seat and other_seat_source are given together")
        if maker.value.seat_source and not maker.value.country:
            yield maker.problem("seat_source says where its legal seat is, yet country is missing")


def _names(item: Placed[Statement], names: dict[str, frozenset[str]]) -> Iterator[SourceProblem]:
    held: set[str] = set()
    for named in item.value.names:
        maker = named.manufacturer
        if maker not in names:
            yield item.problem(f'the manufacturer "{maker}" is unknown')
            continue
        if maker in held:
            yield item.problem(f'"{maker}" is named twice')
        held.add(maker)
        if not named.quote and item.value.said_by.endswith(REWORDED) and item.value.weight > 1 and not item.value.is_list:
            continue
        words = count_words(named.quote)
        if words > QUOTE_LIMIT_WORDS:
            yield item.problem(f'the quotation that names "{maker}" has {words} words; {QUOTE_LIMIT_WORDS} are the most')
        if not any(says_name(named.quote, name) for name in names[maker]):
            yield item.problem(f'it is held against "{maker}", but its quotation does not name that maker')


def _list(item: Placed[Statement]) -> Iterator[SourceProblem]:
    one = item.value
    if not one.is_list:
        if one.default_on or one.seat or one.reading:
            yield item.problem("default_on, seat and reading are of lists only")
    elif one.seat:
        if one.names:
            yield item.problem("a list with a seat names no company")
        if not one.reading:
            yield item.problem("a list with a seat needs a reading: that it is ours, and why")
    elif not one.names and one.id != OWN_LIST:
        yield item.problem("a list names companies, or has a seat")
    elif one.reading:
        yield item.problem("a list that names companies needs no reading")


def _answers(
    item: Placed[Statement], answers: Iterable[PublishedReply], names: dict[str, frozenset[str]]
) -> Iterator[SourceProblem]:
    for answer in answers:
        if answer.manufacturer is not None and answer.manufacturer not in names:
            yield item.problem(f'the manufacturer "{answer.manufacturer}" is unknown')
        if not answer.besides and _before(answer.date, item.value.date):
            yield item.problem(
                f'what "{answer.by}" said on {answer.date} came before the statement and answers nothing: it is “besides”'
            )


def _before(one: str, other: str) -> bool:
    """Whether a date lies in an earlier month or year than another: a ruling is often announced some days before its own."""
    both = min(len(one), len(other), len("2026-11"))
    return one[:both] < other[:both]


def _dates_and_sources(
    item: Placed[Any], dates: Iterable[str | None], sources: Iterable[str | None], seen: dict[str, bool]
) -> Iterator[SourceProblem]:
    for date in sorted(filter(None, dates)):
        if not is_date(date):
            yield item.problem(f'"{date}" is not a date like 2026, 2026-11 or 2026-11-24')
    for source in sorted(filter(None, sources)):
        if source not in seen:
            yield item.problem(f'the source "{source}" is unknown')
        elif not seen[source]:
            yield item.problem(f'nobody has seen its source "{source}"')


def registered_names(reviewed: Reviewed) -> dict[str, frozenset[str]]:
    """Company id -> names it is known by: its own, its legal name, its brands and their spellings, and those of its owners."""
    own: dict[str, set[str]] = defaultdict(set)
    parents: dict[str, str | None] = {}
    for maker in reviewed.manufacturers:
        parents[maker.value.id] = maker.value.parent
        own[maker.value.id] |= {maker.value.name, maker.value.legal_name or maker.value.name}
    spellings = {brand.value.id: {brand.value.name, *brand.value.also} for brand in reviewed.brands}
    for brand in reviewed.brands:
        for company in {brand.value.id, brand.value.owner}:
            if company in parents:
                own[company] |= spellings[brand.value.id]
    for claim in reviewed.claims:
        one = claim.value
        if one.relation in ("own_brand", "subsidiary") and one.verified and not one.against and one.made_by in parents:
            own[one.made_by] |= spellings.get(one.brand, set())
    found: dict[str, frozenset[str]] = {}
    for company in parents:
        path = [company]
        while (parent := parents.get(path[-1])) and parent not in path:
            path.append(parent)
        found[company] = frozenset(name for one in path for name in own[one])
    return found


def says_name(text: str, name: str) -> bool:
    """True where a text has the name as a word of its own, beginning with a capital or a digit where the name does."""
    plain, wanted = _plain(text), _plain(name)
    for found in re.finditer(rf"(?i)(?<!\w){re.escape(wanted)}(?!\w)", plain):
        if not (wanted[0].isupper() and found[0][0].islower()):
            return True
    return False


def count_words(text: str) -> int:
    """How many words a text has; dashes and dots between them are none."""
    return sum(any(character.isalnum() for character in word) for word in text.split())


def _plain(text: str) -> str:
    """One spelling of blanks, hyphens and accents."""
    return re.sub(r"\s+", " ", re.sub("[\u2010-\u2015]", "-", unicodedata.normalize("NFKC", text))).strip()
