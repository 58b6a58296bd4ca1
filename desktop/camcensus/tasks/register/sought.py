"""What somebody typed to search, as it is looked for in the words of a row: what parts the names of a place is no word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from camcensus.tasks.register.place_names import ANY_SEPARATOR, one_line

_ADDRESS = re.compile(
    r"[0-9a-f]+(?:[.:-][0-9a-f]*)*[.:-][0-9a-f]+(?:/\d+)?|(?:[0-9a-f]{1,4}(?:::?|[.-])){2,}|[0-9a-f]{1,4}::|::[0-9a-f][0-9a-f:.]*"
)
"""An address, or the beginning of one: "c0:56:e3:", "10.0.", "fe80::"."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The words that are all to be there, each with its parts ("1/floor": "1", "floor"), which do as well."""

    words: tuple[tuple[str, tuple[str, ...]], ...]
    whole: tuple[str | re.Pattern[str], ...]

    def __bool__(self) -> bool:
        """Whether anything was typed that can be looked for."""
        return bool(self.words)

    def is_in(self, text: str) -> bool:
        """Whether a text in small letters has all the words, or begins of them."""
        return all(word in text or (bool(parts) and all(part in text for part in parts)) for word, parts in self.words)

    def is_whole_in(self, text: str) -> bool:
        """Whether it has each name that was typed as it is: "Room 1", not "Room 10"."""
        return all(_stands(one, text) if isinstance(one, str) else one.search(text) is not None for one in self.whole)


def sought(typed: str) -> Sought:
    """Reads a search: "Block 1 > Floor 0" and "Block 1, Floor 0" look for "block", "1", "floor" and "0"."""
    text = one_line(typed.casefold())
    words = [(word, _parts(word)) for word in text.split()]
    names = [name.split() for name in ANY_SEPARATOR.split(text)]
    whole = [
        name[0] if len(name) == 1 else re.compile(rf"(?<!\w){r'\W+'.join(map(re.escape, name))}(?!\w)")
        for name in names
        if name
    ]
    return Sought(tuple((word, () if parts == (word,) else parts) for word, parts in words if parts), tuple(whole))


def _stands(word: str, text: str) -> bool:
    """Whether a word stands in a text with no letter or figure beside it. A pattern takes five times as long, at each key."""
    at = text.find(word)
    while at >= 0:
        if not (_goes_on(text[at - 1 : at]) or _goes_on(text[at + len(word) : at + len(word) + 1])):
            return True
        at = text.find(word, at + 1)
    return False


def _goes_on(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _parts(word: str) -> tuple[str, ...]:
    """What a word is made of, () for a separator alone, itself for an address: a colon or "/" is part of that."""
    if _ADDRESS.fullmatch(word):
        return (word,)
    return tuple(part for part in ANY_SEPARATOR.split(word) if part.strip("-–—"))
