"""Fields with their names, and what is missing beside them."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.layout import column, grid
from camcensus.ui.kit.widgets import Text

type Asked = QWidget | tuple[str, QWidget] | None
"""A field, named as a screen reader names it, or with another name; None for an empty place."""
_UNDER: WeakKeyDictionary[QWidget, QVBoxLayout] = WeakKeyDictionary()
"""The layout that a field has with its name."""


class MissingLine(Text):
    """What is missing or does not fit: under the field that it is about, else where it was laid out; hidden while nothing is.

    A field of the kit is red until it is changed.
    """

    def __init__(self, role: theme.Role = "caption") -> None:
        super().__init__("", role, "wrong")
        self._field: QWidget | None = None
        self._home: tuple[QBoxLayout, int] | None = None
        self.hide()

    def say(self, sentence: str, field: QWidget | None = None, *, lead: bool = True) -> bool:
        """Shows a sentence, "" for none; True where there was something to say. The keyboard goes to the field with `lead`."""
        self.setText(sentence)
        self._mark(field if sentence else None)
        self.setVisible(bool(sentence))
        if sentence and field is not None and lead:
            field.setFocus()
            QTimer.singleShot(0, self, self._bring_into_view)
        return bool(sentence)

    def first(self, *checks: tuple[object, str, QWidget]) -> bool:
        """Says the first of (whether it holds, sentence, field) that holds; False, and nothing is said, where none does."""
        for holds, sentence, field in checks:
            if holds:
                return self.say(sentence, field)
        return self.say("")

    def _bring_into_view(self) -> None:
        """The field and the sentence, once they are laid out: a long form may be scrolled to its other end."""
        over = self.parentWidget()
        while over is not None and not isinstance(over, QScrollArea):
            over = over.parentWidget()
        if over is not None and self._field is not None:
            over.ensureWidgetVisible(self._field, 0, 24)
            over.ensureWidgetVisible(self, 0, 24)

    def _mark(self, field: QWidget | None) -> None:
        if self._field is not None:
            _redden(self._field, on=False)
        self._field = field
        if self._home is None:
            over = self.parentWidget()
            self._home = _found(self, over.layout()) if over is not None else None
        under = _UNDER.get(field) if field is not None else None
        if field is not None:
            _redden(field, on=True)
        if under is not None and field is not None:
            under.insertWidget(under.indexOf(field) + 1, self)
        elif self._home is not None:
            layout, at = self._home
            layout.insertWidget(at, self)


def _found(widget: QWidget, layout: QLayout | None) -> tuple[QBoxLayout, int] | None:
    """The layout that holds a widget, and where in it."""
    if layout is None:
        return None
    at = layout.indexOf(widget)
    if at >= 0:
        return (layout, at) if isinstance(layout, QBoxLayout) else None
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is not None and (found := _found(widget, item.layout())) is not None:
            return found
    return None


def _redden(field: QWidget, *, on: bool) -> None:
    if isinstance(field, Field | Combo):
        field.wrong = on
        field.update()


def labelled(title: str, field: QWidget) -> QVBoxLayout:
    """A field with its name above it; what is wrong with it is said below it."""
    words = Text(title, "caption", "secondary")
    takes_keys = field.focusPolicy() != Qt.FocusPolicy.NoFocus
    if takes_keys:
        words.setBuddy(field)
    layout = column(words, field, gap=4)
    _UNDER[field] = layout
    if takes_keys and not field.accessibleName():
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
    for cell in (cell for line in cells for cell in line if cell is not None):
        cell.addStretch(1)  # fields stay in line where a sentence stands under one of them; an alignment would cut a long name
    return grid(*cells, shares=shares, of=of)
