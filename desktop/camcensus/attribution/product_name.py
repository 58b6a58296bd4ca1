"""Whether a text is the name of a product: short, and every word of it belongs to such a name. A sentence is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from camcensus.attribution.index import Index

NAME_LIMIT_CHARACTERS = 80
PARTS_LIMIT = 16
"""Longest text, and most parts, of which it is asked whether it is a name."""
BRAND_PARTS = 4
"""Most parts of a brand's name."""

Naming = Literal["no", "led", "whole"]
"""Whether a text is a product's name; "led" where one word before it is a name that we do not know ("Foobar IP Camera")."""

_PART = re.compile(r"[^\W_]+(?:[.'’+][^\W_]+)*\+?")
_GROUP = re.compile(r"[^\s,;:|()\[\]{}\"<>/\\=&!?~…·•–—]+")
_SHORT = re.compile(r"[A-Z]{1,3}")


def naming(text: str, index: Index) -> Naming:
    """Whether every part of a text is a brand, a product code, a word of the trade, or a word that stands beside those."""
    if len(text) > NAME_LIMIT_CHARACTERS:
        return "no"
    parts = list(_PART.finditer(text))
    if not 0 < len(parts) <= PARTS_LIMIT:
        return "no"
    known = [span for where in ("text", "model", "beside") for span in _spans(where, text, index)]
    known += _codes(text, known)
    known += _brands(parts, index)
    strange = [part for part in parts if not any(start <= part.start() and part.end() <= end for start, end in known)]
    if not strange:
        return "whole"
    leads = strange == parts[:1] and len(parts) > 1 and len(parts[0][0]) > 2 and parts[0][0][0].isupper()
    return "led" if leads else "no"


def _spans(where: str, text: str, index: Index) -> Iterator[tuple[int, int]]:
    pattern = index.kinds.any_of[where]
    return (found.span() for found in pattern.finditer(text)) if pattern is not None else iter(())


def _codes(text: str, known: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Product codes, serial numbers and versions: a digit, and no word but known ones and up to three capitals."""
    for group in _GROUP.finditer(text):
        if any(map(str.isdigit, group[0])):
            for part in _PART.finditer(text, *group.span()):
                if not any(map(str.isdigit, part[0])) and not _SHORT.fullmatch(part[0]):
                    if not any(start <= part.start() and part.end() <= end for start, end in known):
                        break
            else:
                yield group.span()


def _brands(parts: Sequence[re.Match[str]], index: Index) -> Iterator[tuple[int, int]]:
    for at, first in enumerate(parts):
        for count in range(1, min(BRAND_PARTS, len(parts) - at) + 1):
            last = parts[at + count - 1]
            brand = index.brand_named(first.string[first.start() : last.end()])
            if brand is not None and not index.is_common_word(brand):
                yield first.start(), last.end()
