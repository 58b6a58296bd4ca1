"""The colours of the look, light, dark, and of the system's own palette where it asks for high contrast."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtGui import QColor, QPalette

from camcensus.model import frozen

TEXT_CONTRAST, CONTROL_CONTRAST = 4.5, 3.0
"""Least contrast of words, and of what shows a control. Source: WCAG 2.2, 1.4.3 and 1.4.11."""


@frozen
class Tokens:
    """One set of colours, each "#RRGGBB". `*_ink` is drawn on `*_fill`."""

    nav: str
    base: str
    pane: str
    text: str
    secondary: str
    placeholder: str
    hairline: str
    row_line: str
    border: str
    quiet: str
    accent: str
    on_accent: str
    selection: str
    nav_current: str
    listed_ink: str
    listed_fill: str
    wrong: str
    """What cannot be as it was typed, and the edge of its field."""
    todo_ink: str
    todo_fill: str
    neutral_ink: str
    neutral_fill: str
    done_ink: str
    done_fill: str
    bar: str
    scroll: str


LIGHT = Tokens(
    nav="#F4F6F8",
    base="#FFFFFF",
    pane="#FAFBFC",
    text="#1B1F24",
    secondary="#4A5260",
    placeholder="#5B6472",
    hairline="#DFE3E8",
    row_line="#ECEFF2",
    border="#7D8693",
    quiet="#C3CAD2",
    accent="#0B5CAD",
    on_accent="#FFFFFF",
    selection="#E3EFFB",
    nav_current="#E0E9F3",
    listed_ink="#7A3E00",
    listed_fill="#FFF1DF",
    wrong="#A62B45",
    todo_ink="#1D4F8F",
    todo_fill="#E5F0FB",
    neutral_ink="#3F4A56",
    neutral_fill="#EEF1F4",
    done_ink="#0B5A34",
    done_fill="#E2F3E9",
    bar="#7D8894",
    scroll="#868E97",
)
DARK = Tokens(
    nav="#202327",
    base="#181A1D",
    pane="#1D2024",
    text="#F1F3F5",
    secondary="#B7BEC8",
    placeholder="#A2AAB5",
    hairline="#333940",
    row_line="#272B30",
    border="#8A93A0",
    quiet="#4A525C",
    accent="#6CB2F5",
    on_accent="#10161C",
    selection="#21384F",
    nav_current="#2C3741",
    listed_ink="#FFC98A",
    listed_fill="#3F2A12",
    wrong="#FFB4AB",
    todo_ink="#A9D0FB",
    todo_fill="#17344F",
    neutral_ink="#C9D0D8",
    neutral_fill="#2B3036",
    done_ink="#97DDB4",
    done_fill="#123B26",
    bar="#8A93A0",
    scroll="#646F7C",
)


def luminance(name: str) -> float:
    """How light a colour is, 0 to 1. Source: WCAG 2.2, relative luminance."""
    rgb = QColor(name)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in (rgb.redF(), rgb.greenF(), rgb.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How well one colour is told from another, 1 to 21. Source: WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens_of(palette: QPalette) -> Tokens:
    """Tokens made of nothing but the system's own palette, for high contrast; its highlight only where it can be read."""
    text, base = palette.windowText().color().name(), palette.window().color().name()
    highlight, on_highlight = palette.highlight().color().name(), palette.highlightedText().color().name()
    if min(contrast(highlight, base), contrast(highlight, on_highlight)) < TEXT_CONTRAST:
        highlight, on_highlight = text, base
    values = dict.fromkeys((item.name for item in fields(Tokens)), text)
    grounds = ("nav", "base", "pane", "selection", "nav_current", "listed_fill", "todo_fill", "neutral_fill", "done_fill")
    values |= dict.fromkeys(grounds, base)
    values |= {"accent": highlight, "on_accent": on_highlight}
    return Tokens(**values)


def palette_of(tokens: Tokens) -> QPalette:
    """The palette that Qt's own parts (menus, popups, selection) draw with."""
    palette = QPalette()
    role = QPalette.ColorRole
    for colour_role, value in (
        (role.Window, tokens.base),
        (role.Base, tokens.base),
        (role.AlternateBase, tokens.nav),
        (role.Text, tokens.text),
        (role.WindowText, tokens.text),
        (role.Button, tokens.base),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.on_accent),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.text),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.PlaceholderText, tokens.placeholder),
        (role.Mid, tokens.border),
        (role.Midlight, tokens.hairline),
        (role.Light, tokens.hairline),
        (role.Dark, tokens.border),
        (role.ToolTipBase, tokens.pane),
        (role.ToolTipText, tokens.text),
    ):
        palette.setColor(colour_role, QColor(value))
    for colour_role in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(tokens.placeholder))
    return palette
