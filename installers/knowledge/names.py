"""The names of companies and brands that we follow, found in a text as whole words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from installers.knowledge.reviewed import Reviewed

SHORT_NAME_CHARACTERS = 4
"""A name of at most so many letters is looked for as it is written: "ESP" is a brand, "esp" is not."""


class Names:
    """Names, each with the company that goes by it."""

    def __init__(self) -> None:
        self._words: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}

    def add(self, company: str, name: str) -> None:
        """A name that the company goes by."""
        words = tuple(_words(name))
        if words and not (len(words) == 1 and words[0].isdecimal()):
            self._words.setdefault(words[0], []).append((words, company, name))

    def in_text(self, text: str) -> Iterator[tuple[str, str]]:
        """Each company whose name is in the text, with the name."""
        words = _words(text)
        for at, word in enumerate(words):
            for name_words, company, name in self._words.get(word, ()):
                if tuple(words[at : at + len(name_words)]) != name_words:
                    continue
                if len(name) > SHORT_NAME_CHARACTERS or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                    yield company, name


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[^\W_]+", "".join(one for one in plain if not unicodedata.combining(one)))


def names_of(reviewed: Reviewed) -> Names:
    """Names of companies, and of brands whose owner or own maker is one; no names that are common words."""
    names = Names()
    common = {item.value.name.casefold() for item in reviewed.brands if item.value.common_word}
    for item in reviewed.manufacturers:
        company = item.value
        for name in filter(None, (company.name, company.legal_name)):
            if name.casefold() not in common:
                names.add(company.id, name)
    owners = {claim.value.brand: claim.value.made_by for claim in reviewed.claims if claim.value.relation == "own_brand"}
    for brand in reviewed.brands:
        owner = brand.value.owner or owners.get(brand.value.id)
        if owner is not None and not brand.value.common_word:
            for name in (brand.value.name, *brand.value.also):
                names.add(owner, name)
    return names


def camera_makers(reviewed: Reviewed) -> frozenset[str]:
    """Companies that make cameras above all: a MAC address block of theirs is used for cameras alone."""
    own = {item.value.brand: item.value.made_by for item in reviewed.claims if item.value.relation == "own_brand"}
    subjects = (item.value.subject for item in reviewed.macs if item.value.exclusive and item.value.subject is not None)
    return frozenset(own.get(subject, subject) for subject in subjects)
