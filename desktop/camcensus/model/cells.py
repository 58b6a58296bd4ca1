"""Cells of a spreadsheet that Camcensus writes."""

from __future__ import annotations

from camcensus.model.words import clean

_FORMULA = tuple("=+-@＝＋－＠")


def guarded(text: str, limit: int = 1000) -> str:
    """A cell that no spreadsheet takes for a formula: device names are an attacker's text. Hidden characters are escapes."""
    shown = clean(text, limit)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
