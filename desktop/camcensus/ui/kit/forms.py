"""Fields with their names, and what is missing beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.layout import column, grid
from camcensus.ui.kit.widgets import Text

type Asked = QWidget | tuple[str, QWidget] | None
"""A field, named as a screen reader names it, or with another name; None for an empty place."""


class MissingLine(Text):
    """What is missing or does not fit, beside the fields; hidden while nothing is."""

    def __init__(self, role: theme.Role = "caption") -> None:
        super().__init__("", role, "listed_ink")
        self.hide()

    def say(self, sentence: str, field: QWidget | None = None) -> bool:
        """Shows a sentence, "" for none, and leads the keyboard to the field; True where there was something to say."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence and field is not None:
            field.setFocus()
        return bool(sentence)

    def first(self, *checks: tuple[object, str, QWidget]) -> bool:
        """Says the first of (whether it holds, sentence, field) that holds; False, and nothing is said, where none does."""
        for holds, sentence, field in checks:
            if holds:
                return self.say(sentence, field)
        return self.say("")


def labelled(title: str, field: QWidget) -> QVBoxLayout:
    """A field with its name above it."""
    layout = column(Text(title, "caption", "secondary"), 4, field)
    if not field.accessibleName():
        field.setAccessibleName(title)
    return layout


def in_twos(*fields: Asked) -> list[Sequence[Asked]]:
    """Rows of two fields."""
    return [fields[at : at + 2] for at in range(0, len(fields), 2)]


def form(*rows: Sequence[Asked], shares: Sequence[int] = (), of: QWidget | None = None) -> QGridLayout:
    """Fields side by side and under each other, each with its name above it."""
    cells = [
        [
            None if asked is None else labelled(*asked) if isinstance(asked, tuple) else labelled(asked.accessibleName(), asked)
            for asked in fields
        ]
        for fields in rows
    ]
    return grid(*cells, shares=shares, of=of)
