"""Which ink stands on which ground in what a window shows, and which pairs cannot be read."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QWidget

from camcensus.ui.kit.colours import DARK, LIGHT, TEXT_CONTRAST, Tokens, contrast, tokens_of
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text

type Pair = tuple[str, str]
"""Ink and ground, by the names of their tokens."""


def system_palette(base: str, text: str, highlight: str, on_highlight: str) -> QPalette:
    """A palette as a system has it in high contrast."""
    palette, role = QPalette(), QPalette.ColorRole
    for name, roles in (
        (base, (role.Window, role.Base, role.Button)),
        (text, (role.WindowText, role.Text, role.ButtonText)),
        (highlight, (role.Highlight,)),
        (on_highlight, (role.HighlightedText,)),
    ):
        for one in roles:
            palette.setColor(one, QColor(name))
    return palette


HIGH_CONTRAST = (
    system_palette("#000000", "#ffffff", "#1aebff", "#000000"),
    system_palette("#ffffff", "#000000", "#37006e", "#ffffff"),
    system_palette("#000000", "#ffff00", "#008000", "#ffffff"),
    system_palette("#efefef", "#000000", "#308cc6", "#ffffff"),
)
"""The last one's highlight cannot be read on its ground."""


def looks() -> dict[str, Tokens]:
    """Every set of colours that there is."""
    return {"light": LIGHT, "dark": DARK} | {f"high contrast {at}": tokens_of(one) for at, one in enumerate(HIGH_CONTRAST)}


def pairs_in(root: QWidget) -> set[Pair]:
    """The pairs of every text that is shown."""
    return {
        (text._ink, ground_of(text))
        for text in root.findChildren(Text)
        if text.isVisible() and text.isEnabled() and text.text()
    }


def ground_of(widget: QWidget) -> str:
    """The token that lies under a widget."""
    over = widget.parentWidget()
    while over is not None:
        if isinstance(over, Surface):
            return over._ground
        if isinstance(over, QDialog):
            break
        over = over.parentWidget()
    return "base"


def unreadable(pairs: set[Pair]) -> list[str]:
    """The pairs whose contrast is too low for words, in any of the looks."""
    return [
        f"{ink} on {ground} in {name}: {contrast(getattr(look, ink), getattr(look, ground)):.1f}"
        for name, look in looks().items()
        for ink, ground in sorted(pairs)
        if contrast(getattr(look, ink), getattr(look, ground)) < TEXT_CONTRAST
    ]
