"""Fields with their names, and what is missing beside them."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.layout import column, grid
from camcensus.ui.kit.widgets import Text, when_released

type Asked = QWidget | tuple[str, QWidget] | None
"""A field, named as a screen reader names it, or with another name; None for an empty place."""
_UNDER: WeakKeyDictionary[QWidget, QVBoxLayout] = WeakKeyDictionary()
"""The layout that a field has with its name."""


class MissingLine(Text):
    """What is missing or does not fit: under the field that it is about, else where it was laid out; hidden while nothing is.

    A field of the kit is red until it is changed. The sentence goes then too and leaves its room, so that nothing moves while
    somebody types. Laid out beside a note, `instead_of`, it takes the note's place for as long as it has something to say.
    """

    def __init__(self, role: theme.Role = "caption", instead_of: QWidget | None = None) -> None:
        super().__init__("", role, "wrong")
        self._field: QWidget | None = None
        self._instead_of = instead_of
        self._home: tuple[QBoxLayout, int] | None = None
        self._times_said = 0
        self.hide()

    def say(self, sentence: str, field: QWidget | None = None, *, lead: bool = True) -> bool:
        """Shows a sentence, "" for none; True where there was something to say. The keyboard goes to the field with `lead`."""
        self._times_said = now = self._times_said + 1
        when_released(self, lambda: self._show(sentence, field if sentence else None) if now == self._times_said else None)
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

    def _show(self, sentence: str, field: QWidget | None) -> None:
        self.setMinimumHeight(0)
        self.setText(sentence)
        self._mark(field)
        self.setVisible(bool(sentence))
        if self._instead_of is not None:
            self._instead_of.setVisible(not sentence)

    def _answered(self, *_: object) -> None:
        """The field is changed: what was said of it may hold no longer."""
        if self.text():
            self.setMinimumHeight(self.height())
            self.setText("")

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
            if (changed := _changed(self._field)) is not None:
                changed.disconnect(self._answered)
        self._field = field
        if field is not None and (changed := _changed(field)) is not None:
            changed.connect(self._answered)
        if self._home is None:
            over = self.parentWidget()
            self._home = _found(self, over.layout()) if over is not None else None
        under = _UNDER.get(field) if field is not None and self._instead_of is None else None
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


def _changed(field: QWidget) -> SignalInstance | None:
    """What follows a person's change of a field."""
    if isinstance(field, QLineEdit):
        return field.textEdited
    if isinstance(field, QComboBox):
        return field.activated
    if isinstance(field, QAbstractButton):
        group = field.group()
        return field.toggled if group is None else group.buttonToggled
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
    if not field.sizePolicy().expandingDirections() & Qt.Orientation.Vertical:
        layout.addStretch(1)  # it stays with its name, and in line, where a sentence stands under the field beside it
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
    return grid(*cells, shares=shares, of=of)
