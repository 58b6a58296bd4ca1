"""Menus whose longest entry is read whole at each text size."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

TICKS, MEASURED_PIXELS = 0.79, 21
"""Fusion draws ticks in this share of an entry's height, and measures a menu as if they took so many pixels."""


class Menu(QMenu):
    """As wide as its words beside their ticks: where text is large, Qt's own shortens the longest entry in its middle."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.aboutToShow.connect(self._widen)

    def inner(self, words: str) -> Menu:
        """A menu in this one."""
        made = Menu(words, self)
        self.addMenu(made)
        return made

    def _widen(self) -> None:
        self.setMinimumWidth(0)
        high = max((self.actionGeometry(action).height() for action in self.actions()), default=0)
        self.setMinimumWidth(max(0, self.sizeHint().width()) + max(0, round(high * TICKS) - MEASURED_PIXELS))
