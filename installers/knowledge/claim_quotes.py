"""What must hold of the words on which a claim that one company makes another's goods rests."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from installers.knowledge.entries import SourceProblem
from installers.knowledge.reviewed import Reviewed
from installers.knowledge.statement_checks import QUOTE_LIMIT_WORDS, count_words, registered_names

MAKING = re.compile(
    r"(?i)\b(?:ma(?:de|kes?|king)\b|manufactur|produc(?:ed|er|t\b|ts\b)|brand|re-?brand|re-?label|white-?label|oem\b|odm\b|based\b|"
    r"s(?:ell|old)|trades\b|own(?:s|er|ed)\b|subsidiar|spin-off|suppl(?:y|ie)|vendor)|控股子公司|旗下|客户"
)
"""A word of making, or of selling as one's own."""
WITHOUT = frozenset({"own_brand", "listed"})
"""Relations that claim nothing of another company's goods."""


def check_quotes(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """A claim that one company makes another's goods quotes words that name both and say so; a list proves nothing."""
    makers = registered_names(reviewed)
    brands: dict[str, set[str]] = defaultdict(set)
    for brand in reviewed.brands:
        brands[brand.value.id] |= {brand.value.name, *brand.value.also}
        brands[brand.value.id] |= makers.get(brand.value.id, frozenset())
    for item in reviewed.claims:
        claim = item.value
        if claim.relation == "listed" and claim.verified:
            yield item.problem("what one person lists is not shown: say verified = false")
        if claim.relation in WITHOUT or claim.against:
            continue
        if not claim.quote:
            yield item.problem("it has no quotation that names both companies")
            continue
        if count_words(claim.quote) > QUOTE_LIMIT_WORDS:
            yield item.problem(f"the quotation has {count_words(claim.quote)} words; {QUOTE_LIMIT_WORDS} are the most")
        its_model = claim.models is not None and any(re.search(claim.models, word) for word in claim.quote.split())
        if not _names(claim.quote, brands[claim.brand]) and not its_model:
            yield item.problem(f'its quotation does not name "{claim.brand}"')
        if not _names(claim.quote, makers.get(claim.made_by, ())):
            yield item.problem(f'its quotation does not name "{claim.made_by}"')
        if not MAKING.search(claim.quote):
            yield item.problem("its quotation has no word of making, or of selling as one's own")


def _names(quote: str, names: Iterable[str]) -> bool:
    """Whether one of the names stands in it as words of its own, with or without its hyphens and blanks."""
    forms = (re.sub(r"\\[- ]", "[- ]?", re.escape(name)) for name in names)
    return any(re.search(rf"(?i)(?<![A-Z0-9]){form}(?![A-Z0-9])", quote) for form in forms)
