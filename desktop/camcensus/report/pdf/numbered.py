"""Texts that name a page by the heading on it: " (page 7)"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from camcensus.model.blocks import Block, Bullets, OnPage, Prose, TableBlock, Text

_NOT_YET = 888
"""As wide as a number of pages gets: what has room for it has room for each."""


def numbered(block: Block, pages: Mapping[str, int] | None = None) -> Block:
    """The block with the numbers of `pages`, by heading; None while they are not known, then there is room for any."""
    if isinstance(block, Prose):
        return replace(block, text=_text(block.text, pages))
    if isinstance(block, Bullets):
        return replace(block, items=[_text(item, pages) for item in block.items])
    if isinstance(block, TableBlock) and block.note:
        return replace(block, note=_text(block.note, pages))
    return block


def names_pages(block: Block) -> bool:
    """Whether a text of the block names a page."""
    texts = [block.text] if isinstance(block, Prose) else block.items if isinstance(block, Bullets) else ()
    texts = [block.note] if isinstance(block, TableBlock) else texts
    return any(isinstance(piece, OnPage) for text in texts if not isinstance(text, str) for piece in text)


def _text(text: Text, pages: Mapping[str, int] | None) -> Text:
    if isinstance(text, str):
        return text
    return [replace(piece, text=_says(piece, pages)) if isinstance(piece, OnPage) else piece for piece in text]


def _says(piece: OnPage, pages: Mapping[str, int] | None) -> str:
    number = _NOT_YET if pages is None else pages.get(piece.heading)
    return f" (page\u00a0{number})" if number else ""
