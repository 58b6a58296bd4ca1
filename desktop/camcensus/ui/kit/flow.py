"""A layout that continues in the next line where there is no width left, as words do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Widgets side by side, centred in the height of their line, then `below`; hidden ones take no room.

    Those from the number `apart` on are at the right where all have room in one line, else in lines of their own if that
    takes no more lines.
    """

    def __init__(
        self, *widgets: QWidget, gap: int = 8, below: int | None = None, centred: bool = False, apart: int = 0
    ) -> None:
        super().__init__()
        self._apart = apart
        self._items: list[QLayoutItem] = []
        self.gap, self._below = gap, gap if below is None else below
        self._centred = centred
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """One more at the end."""
        self._items.append(item)
        self._heights.clear()

    def invalidate(self) -> None:
        """What is shown, or its size, has changed."""
        self._heights.clear()
        super().invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self.gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(max((one.width() for one in shown), default=0), max((one.height() for one in shown), default=0))

    def _place(self, rect: QRect, *, move: bool) -> int:
        top, lines = rect.top(), self._lines(rect.width())
        apart = next((item for item in self._items[self._apart :] if not item.isEmpty()), None) if self._apart else None
        for line in lines:
            sizes = [self._size(item, rect.width()) for item in line]
            total = sum(size.width() for size in sizes) + self.gap * (len(line) - 1)
            left = rect.left() + (max(0, rect.width() - total) // 2 if self._centred else 0)
            high = max(size.height() for size in sizes)
            for item, size in zip(line, sizes, strict=True):
                left += rect.width() - total if item is apart and len(lines) == 1 else 0
                if move:
                    down = (high - size.height()) // 2
                    item.setGeometry(QRect(left, top + down, min(size.width(), rect.width()), size.height()))
                left += size.width() + self.gap
            top += high + self._below
        return max(0, top - self._below - rect.top())

    def _size(self, item: QLayoutItem, width: int) -> QSize:
        """As it would like to be; words that are longer than the line take more lines."""
        hint = item.sizeHint()
        if hint.width() <= width or not item.hasHeightForWidth():
            return hint
        return QSize(width, item.heightForWidth(width))

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines = self._filled(self._items, width)
        if not self._apart or len(lines) == 1:
            return lines
        parted = [*self._filled(self._items[: self._apart], width), *self._filled(self._items[self._apart :], width)]
        return parted if len(parted) <= len(lines) else lines

    def _filled(self, items: list[QLayoutItem], width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = width
        for item in items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not lines or used + self.gap + wide > width:
                lines.append([])
                used = -self.gap
            lines[-1].append(item)
            used += self.gap + wide
        return lines
