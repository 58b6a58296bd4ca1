"""What somebody typed to search, as it is looked for in the words of a row: what parts the names of a place is no word."""

from __future__ import annotations

import re

from camcensus.model.frozen import frozen
from camcensus.tasks.register.place_names import ANY_SEPARATOR, one_line

_ADDRESS = re.compile(
    r"[0-9a-f]+(?:[.:-][0-9a-f]*)*[.:-][0-9a-f]+(?:/\d+)?|(?:[0-9a-f]{1,4}(?:::?|[.-])){2,}|[0-9a-f]{1,4}::|::[0-9a-f][0-9a-f:.]*"
)
"""An address, or the beginning of one: "c0:56:e3:", "10.0.", "fe80::"."""


@frozen
class Sought:
    """The words that are all to be there, each with its parts ("1/floor": "1", "floor"), which do as well."""

    words: tuple[tuple[str, tuple[str, ...]], ...]

    def __bool__(self) -> bool:
        """Whether anything was typed that can be looked for."""
        return bool(self.words)

    def is_in(self, text: str) -> bool:
        """Whether a text in small letters has all the words, or begins of them."""
        return all(word in text or (bool(parts) and all(part in text for part in parts)) for word, parts in self.words)


def sought(typed: str) -> Sought:
    """Reads a search: "Block 1 > Floor 0" and "Block 1, Floor 0" look for "block", "1", "floor" and "0"."""
    text = one_line(typed.casefold())
    words = [(word, _parts(word)) for word in text.split()]
    return Sought(tuple((word, () if parts == (word,) else parts) for word, parts in words if parts))


def _parts(word: str) -> tuple[str, ...]:
    """What a word is made of, () for a separator alone, itself for an address: a colon or "/" is part of that."""
    if _ADDRESS.fullmatch(word):
        return (word,)
    return tuple(part for part in ANY_SEPARATOR.split(word) if part.strip("-–—"))
