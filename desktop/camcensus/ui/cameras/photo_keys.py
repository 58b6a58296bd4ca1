"""Keys of the round of photos: they mean the same in the list of rows, in the search box and in the strip."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from camcensus.ui.cameras.photo_strip import PhotoStrip
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.table import Table

_PHOTO_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ROW_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Keyed(Protocol):
    """What the keys are for."""

    search: Field
    table: Table
    strip: PhotoStrip

    def go_on(self, by: int) -> None:
        """Another photo."""

    def give(self) -> None:
        """The photo is of the chosen row."""

    def take_back_or_skip(self) -> None:
        """The photo is of no row."""


class RoundKeys(QObject):
    """Arrow keys, Enter and Delete, and letters that begin a search."""

    def __init__(self, of: Keyed, parent: QObject) -> None:
        super().__init__(parent)
        self._of = of
        for watched in (of.search, of.table, of.strip):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._took(watched, event)
        return super().eventFilter(watched, event)

    def _took(self, watched: QObject, event: QKeyEvent) -> bool:
        key, of = Qt.Key(event.key()), self._of
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        typing = watched is of.search
        if key in _PHOTO_KEYS and not (typing and of.search.text()):
            of.go_on(_PHOTO_KEYS[key])
        elif key in _ROW_KEYS and watched is not of.table:
            of.table.keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            of.give()
        elif key == Qt.Key.Key_Delete and not typing:
            of.take_back_or_skip()
        elif watched is of.table and event.text().isprintable() and event.text().strip():
            of.search.setFocus(Qt.FocusReason.OtherFocusReason)
            of.search.setText(event.text())
        else:
            return False
        return True
