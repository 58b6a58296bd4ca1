"""Every string of our own that the knowledge base can show, and the words that none of them may use.

Titles, publishers and the words of others are quoted as they are and shown as quotations; they are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

NEVER_WRITTEN = re.compile(
    r"(?i)\b(?:spy[ -]?cam(?:era)?s?|chinese cameras?|banned|illegal(?:ly)?|unsafe|compromised|"
    r"blacklist(?:s|ed|ing)?|back[ -]?doors?|red flags?)\b"
)
"""Source: the product's wording rules."""

_QUOTED = re.compile("“[^”]*”")

OWN_TEXTS: dict[str, tuple[str, ...]] = {
    "Manufacturer": ("ownership", "note"),
    "Brand": ("note",),
    "BrandRecord": ("note",),
    "Fingerprint": ("why",),
    "ListDefinition": ("said_by", "addressed_to", "not_addressed_to", "text", "reading"),
    "Listing": ("scope", "basis"),
    "Advisory": ("title", "summary", "fixed_in"),
    "CapabilityClaim": ("how", "said_by"),
    "Restriction": ("instrument", "issued_by", "scope", "note"),
    "Replacement": ("product_line", "statement", "note"),
    "EndOfLife": ("note",),
}
"""Which fields of which value are our own words. The others are ids, names, dates, patterns, and words of others."""

QUOTED_TEXTS: dict[str, tuple[str, ...]] = {
    "Source": ("title",),
    "ListDefinition": ("quote",),
    "Advisory": ("models_said", "firmware_said"),
    "CapabilityClaim": ("models_said",),
    "EndOfLife": ("models_said",),
}
"""Which fields hold words of others: whoever shows one marks it as quoted, with publisher and date."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """One string of ours: the value it belongs to, the field, and the text."""

    value: Any
    key: str
    text: str


def own_texts(values: Iterable[Any]) -> Iterator[OwnText]:
    """The strings of our own in knowledge values of any kind; empty ones are left out."""
    for value in values:
        for key in OWN_TEXTS.get(type(value).__name__, ()):
            text = getattr(value, key)
            if text:
                yield OwnText(value, key, text)


def breaks_rules(text: str) -> str | None:
    """The first word that may not be written, None where the text keeps to the rules. Quoted parts (“…”) are not ours."""
    found = NEVER_WRITTEN.search(_QUOTED.sub("“”", text))
    return found[0] if found else None
