"""Whether a text is the name of a product: short, and every word of it belongs to such a name. A sentence is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from camcensus.attribution.index import Index

NAME_LIMIT_CHARACTERS = 80
PARTS_LIMIT = 16
"""Longest text, and most parts, of which it is asked whether it is a name."""
BRAND_PARTS = 4
"""Most parts of a brand's name."""

LEAD_PARTS = 2
"""Most words, in capitals, that are taken for a maker's name that we do not know."""

Naming = Literal["no", "led", "whole"]
"""Whether a text is a product's name; "led" where a name that we do not know leads it ("Foobar IP Camera")."""

_PART = re.compile(r"[^\W_]+(?:[.'’+][^\W_]+)*\+?")
_GROUP = re.compile(r"[^\s,;:|()\[\]{}\"<>/\\=&!?~…·•–—]+")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ORDER: tuple[Naming, ...] = ("no", "led", "whole")
_SHORT = re.compile(r"[A-Z]{1,3}")


def naming(text: str, index: Index) -> Naming:
    """Whether every part of a text is a brand, a product code, a word of the trade, or a word that stands beside those.

    Words are also looked for where capitals begin them: "DahuaLogin".
    """
    told = _naming(text, index)
    if told != "whole" and (apart := _JOINED.sub(" ", text)) != text:
        told = max(told, _naming(apart, index), key=_ORDER.index)
    return told


def _naming(text: str, index: Index) -> Naming:
    if len(text) > NAME_LIMIT_CHARACTERS:
        return "no"
    parts = list(_PART.finditer(text))
    if not 0 < len(parts) <= PARTS_LIMIT:
        return "no"
    spans = [span for where in ("text", "model") for span in _spans(where, text, index)]
    known = {at for span in (*spans, *_spans("beside", text, index)) for at in range(*span)}
    known |= {at for span in _brands(parts, index) for at in range(*span)}
    known |= {at for span in _codes(text, known) for at in range(*span)}
    strange = [part for part in parts if not known.issuperset(range(*part.span()))]
    if not strange:
        return "no" if _is_entry(parts, spans) else "whole"
    first = min(spans, default=(0, 0))[0]
    leads = len(strange) <= LEAD_PARTS and all(part.end() <= first and part[0][0].isupper() for part in strange)
    return "led" if leads else "no"


def _is_entry(parts: Sequence[re.Match[str]], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether words of the trade alone are written as an entry of a dictionary ("Network camera"), not as a product's name."""
    words = [part[0] for part in parts if any(start <= part.start() < end for start, end in spans)]
    return len(words) == len(parts) > 1 and words[0][0].isupper() and all(word.isascii() and word.islower() for word in words[1:])


def _spans(where: str, text: str, index: Index) -> Iterator[tuple[int, int]]:
    first = index.kinds.any_of[where]
    if first is not None and first.search(text):
        for _, pattern in index.kinds.patterns[where]:
            yield from (found.span() for found in pattern.finditer(text))


def _codes(text: str, known: AbstractSet[int]) -> Iterator[tuple[int, int]]:
    """Product codes, serial numbers and versions: a digit, and no word but known ones and up to three capitals."""
    for group in _GROUP.finditer(text):
        if any(map(str.isdigit, group[0])):
            words = (one for one in _PART.finditer(text, *group.span()) if not any(map(str.isdigit, one[0])))
            if all(_SHORT.fullmatch(word[0]) or known.issuperset(range(*word.span())) for word in words):
                yield group.span()


def _brands(parts: Sequence[re.Match[str]], index: Index) -> Iterator[tuple[int, int]]:
    for at, first in enumerate(parts):
        for count in range(1, min(BRAND_PARTS, len(parts) - at) + 1):
            last = parts[at + count - 1]
            brand = index.brand_named(first.string[first.start() : last.end()])
            if brand is not None and not index.is_common_word(brand):
                yield first.start(), last.end()
