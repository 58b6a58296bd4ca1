"""What files without pages of their own share: blocks in one order, and text with nothing hidden in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from camcensus.model.blocks import (
    TOLD,
    Block,
    Bullets,
    Cell,
    Fact,
    Foreign,
    Heading,
    LabelPage,
    Link,
    OnePage,
    Piece,
    PinnedPlan,
    Prose,
    TableBlock,
    plain,
)

LANGUAGE = "en-GB"
_FIGURES_SHARE = 0.7
_LETTER_MM, _PADDING_MM = 2.1, 3.0
"""How wide a bold letter of a head is at most, on average, and what is around it in a cell."""

Simple = Heading | Prose | Bullets | TableBlock | PinnedPlan | LabelPage
"""A block that holds no other."""


def in_order(blocks: Sequence[Block]) -> Iterator[Simple]:
    """The blocks one after the other; of the ways to fit one page, the fullest."""
    for block in blocks:
        if isinstance(block, OnePage):
            yield from in_order(block.ways[0])
        else:
            yield block


def facts_in(cell: Cell) -> list[Fact]:
    """The facts of a cell that say something."""
    facts = [Fact(cell)] if isinstance(cell, str) else [cell] if isinstance(cell, Fact) else cell
    return [fact for fact in facts if plain(fact.text)]


def widths_mm(table: TableBlock, room_mm: float) -> list[float]:
    """How wide each column is, where widths are fixed: by its share, but no word of its head is broken where there is room."""
    shares = [_FIGURES_SHARE if column.figures else column.share for column in table.columns]
    least = [_PADDING_MM + _LETTER_MM * max(map(len, column.head.split()), default=0) for column in table.columns]
    spare = room_mm - sum(least)
    if spare <= 0:
        return [room_mm * one / sum(least) for one in least]
    wished = [max(0.0, room_mm * share / sum(shares) - one) for share, one in zip(shares, least, strict=True)]
    return [one + spare * more / (sum(wished) or 1) for one, more in zip(least, wished, strict=True)]


def leads_to(piece: Piece) -> str:
    """The address that a piece of text opens, or "": ours as they are, somebody else's to the sentence about them."""
    url = TOLD if isinstance(piece, Foreign) else piece.url if isinstance(piece, Link) else ""
    return url if url.startswith(("https://", "http://", "mailto:", "#")) else ""


def shown(text: str) -> str:
    """The text with every control and hidden character written as "[U+202E]"; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in unicodedata.normalize("NFC", text))


def _visible(character: str) -> str:
    if character in "\t\r":
        return " "
    hidden = character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
    return f"[U+{ord(character):04X}]" if hidden else character
