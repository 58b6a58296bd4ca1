"""Every string of our own that the knowledge base can show, and the words that none of them may use.

Titles, publishers and the words of others are quoted as they are and shown as quotations; they are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

NEVER_WRITTEN = re.compile(
    r"(?i)\b(?:spy[ -]?cam(?:era)?s?|chinese cameras?|banned|illegal(?:ly)?|unsafe|compromised|"
    r"blacklist(?:s|ed|ing)?|back[ -]?doors?|red flags?)\b"
)
"""Source: the product's wording rules."""

NOTES_TO_OURSELVES = (
    r"(?i)\bcheck (?:Hansard|the original|before)",
    r"(?i)\bbefore quoting\b",
    r"(?i)\bre-?check(?:ed)?\b",
    r"(?i)\bplanned app\b",
    r"(?i)\b(?:the|our|this) app (?:must|should|may|can)\b",
    r"\brows? [A-Z]{2,}-",
    r"(?i)\b(?:this|see|next|our) rows?\b",
    r"^Same\b",
    r"\bSame (?:statement|text|source|as)\b",
    r"(?i)\bsecond source\b",
    r"(?i)\bpress copy\b",
    r"(?i)\bknowledge base\b",
    r"(?i)\b(?:not|could|to) be fetched\b",
    r"(?i)\bdatabase note\b",
    r"(?i)\bpull request\b",
    r"(?i)\bunverified\b",
    r"\bREADME\b",
    r"\bCovers:",
    r"\b(?:TODO|TBC|CONFLICT)\b",
)
"""Notes of those who gathered the facts, to each other: none may reach a person who reads what is on record."""

_QUOTED = re.compile("“[^”]*”")
_ID_LIKE = re.compile(r"(?<![\w./-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w/-])")

OWN_TEXTS: dict[str, tuple[str, ...]] = {
    "Manufacturer": ("ownership", "note"),
    "Brand": ("note",),
    "BrandRecord": ("note",),
    "Fingerprint": ("why",),
    "Statement": ("title", "said_by", "where", "text", "addressed_to", "not_addressed_to", "today", "reading"),
    "Named": ("scope", "why"),
    "PublishedReply": ("by", "text"),
    "Advisory": ("title", "summary", "fixed_in"),
    "CapabilityClaim": ("how", "said_by"),
    "Replacement": ("product_line", "statement", "note"),
    "EndOfLife": ("note",),
}
"""Which fields of which value are our own words. The others are ids, names, dates, patterns, and words of others."""

QUOTED_TEXTS: dict[str, tuple[str, ...]] = {
    "Source": ("title",),
    "BrandRecord": ("quote",),
    "Named": ("quote",),
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
    """The strings of our own in knowledge values of any kind and in what these hold; empty ones are left out."""
    for value in values:
        for held in (getattr(value, name) for name in getattr(value, "__slots__", ())):
            if isinstance(held, tuple):
                yield from own_texts(one for one in held if type(one).__name__ in OWN_TEXTS)
        for key in OWN_TEXTS.get(type(value).__name__, ()):
            text = getattr(value, key)
            if text:
                yield OwnText(value, key, text)


def breaks_rules(text: str) -> str | None:
    """The first word that may not be written, None where the text keeps to the rules. Quoted parts (“…”) are not ours."""
    found = NEVER_WRITTEN.search(_QUOTED.sub("“”", text))
    return found[0] if found else None


def note_to_ourselves(text: str, ids: Container[str]) -> str | None:
    """The first words that speak to whoever gathers facts, or the first id of ours; None where a text is for its readers."""
    plain = _QUOTED.sub("“”", text)
    for pattern in NOTES_TO_OURSELVES:
        if found := re.search(pattern, plain):
            return found[0]
    return next((word for word in _ID_LIKE.findall(plain) if word in ids), None)
