"""The column of places: a tree, or what a search finds, with what is in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from camcensus.model.asset import Place
from camcensus.tasks.register.place_names import PLACE_KIND_WORDS
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.asset.place_model import BELOW, NOWHERE, PlaceLine, PlaceModel, PlaceRole
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.column_list import ColumnList, RowPaint
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.table_model import Index
from camcensus.ui.kit.widgets import Text

WIDTH = 232
STEP = 20
"""Pixels that each level is set in."""


class _PlacePainter(RowPaint):
    _view: PlaceView

    def sizeHint(self, _: QStyleOptionViewItem, index: Index) -> QSize:
        line: PlaceLine = index.data(PlaceRole)
        return QSize(100, theme.px(36) + (theme.pitch("caption") if self._view.under(line) else 0))

    def draw(self, painter: QPainter, box: QRectF, index: Index, *, current: bool) -> None:
        line: PlaceLine = index.data(PlaceRole)
        under, pitch, small, size = self._view.under(line), theme.pitch("body"), theme.pitch("caption"), theme.px(16)
        top = box.center().y() - (pitch + (small if under else 0)) / 2
        left = box.left() + 8 + line.depth * STEP
        if line.open is not None:
            arrow = "chevron-down" if line.open else "chevron-right"
            icons.draw_icon(painter, arrow, QRectF(left, top + (pitch - size) / 2, size, size), theme.colour("secondary"))
        left += 4 if self._view.flat else size + 6
        number = str(line.number)
        wide = theme.width_of(number, "body")
        theme.write(painter, QRectF(box.right() - wide - 10, top, wide + 2, pitch), number, ink="secondary")
        right = box.right() - wide - 20
        if line.place.sensitive:
            mark = QRectF(right - size, top + (pitch - size) / 2, size, size)
            icons.draw_icon(painter, "shield", mark, theme.colour("secondary"))
            right -= size + 6
        role: theme.Role = "strong" if current else "body"
        theme.write(painter, QRectF(left, top, right - left + 2, pitch), str(index.data()), role, fit=right - left)
        if under:
            room = QRectF(left, top + pitch, box.right() - left, small)
            end = Qt.TextElideMode.ElideLeft
            theme.write(painter, room, under, "caption", "secondary", fit=room.width() - 8, elide=end)


class PlaceView(ColumnList):
    """Arrow keys and type-ahead choose a place at once; right and left open and close it."""

    folded = Signal(str, object)
    """A place is to be opened (True), closed (False), or the other of the two (None)."""

    def __init__(self) -> None:
        super().__init__("Places")
        self.flat = False
        self.setItemDelegate(_PlacePainter(self))

    def under(self, line: PlaceLine) -> str:
        """Where a place lies, said under its name where the tree does not show it."""
        return " › ".join(line.path[:-1]) if self.flat else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right opens, left closes or goes up."""
        self._by_keyboard = True
        line = self.currentIndex().data(PlaceRole)
        if line is not None and event.key() == Qt.Key.Key_Right and line.open is False:
            self.folded.emit(line.place.id, True)
        elif line is not None and event.key() == Qt.Key.Key_Left and line.open:
            self.folded.emit(line.place.id, False)
        elif line is not None and event.key() == Qt.Key.Key_Left and line.depth:
            above = next(at for at in range(self.currentIndex().row(), -1, -1) if self._depth(at) < line.depth)
            self.setCurrentIndex(self.model().index(above, 0))
        else:
            super().keyPressEvent(event)

    def _depth(self, at: int) -> int:
        line: PlaceLine = self.model().index(at, 0).data(PlaceRole)
        return line.depth

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        line = index.data(PlaceRole) if index.isValid() else None
        if line is not None and line.open is not None:
            left = 4 + line.depth * STEP
            if left <= event.position().x() <= left + theme.px(16) + 8:
                self.folded.emit(line.place.id, None)
                return
        super().mousePressEvent(event)


class PlaceList(Surface):
    """The places and, at the foot, how to add one. `chosen` tells the current place, None where there is none."""

    chosen = Signal(object)
    add_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("base", lines="r")
        self.model = PlaceModel(self)
        self.view = PlaceView()
        self.view.setModel(self.model)
        self.search = Field("Find a place", "search", name="Find a place")
        self.add_button = Button("Add building", "quiet", "plus", then=self.add_wanted)
        self.foot = column(margins=(0, 0, 16, 0))
        head = column(Text("Places", "title", wrap=False), 12, self.search, 8, margins=(0, 0, 16, 0))
        column(head, (self.view, 3), 6, row(self.add_button, None), self.foot, margins=(20, 24, 0, 12), of=self)
        self.search.textChanged.connect(self._search)
        self.view.folded.connect(self._fold)
        self.view.selectionModel().currentChanged.connect(self._tell)

    @property
    def current(self) -> Place | None:
        """The chosen place."""
        line = self.view.currentIndex().data(PlaceRole)
        return line.place if line is not None else None

    def choose(self, place_id: str) -> bool:
        """Goes to a place, opening what it lies in; False where it is not there."""
        at = self.model.reveal(place_id)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at, 0))
            self.view.scrollTo(self.view.currentIndex())
        return at >= 0

    def refresh(self, places: Iterable[Place], rows: Iterable[AssetRow]) -> None:
        """Takes places and rows as they are now, and stays where it was."""
        self._change(lambda: self.model.set_places(places, rows))

    def _search(self, _: str) -> None:
        self.view.flat = bool(self.search.typed)
        self._change(lambda: self.model.search(self.search.typed))

    def _change(self, change: Callable[[], object]) -> None:
        before = self.current
        self.view.selectionModel().blockSignals(True)
        change()
        self.view.selectionModel().blockSignals(False)
        if not (before is not None and self.choose(before.id)) and self.model.rows:
            self.view.setCurrentIndex(self.model.index(0, 0))
        self._tell()

    def _fold(self, place_id: str, open_: object) -> None:
        before = self.current
        self.model.toggle(place_id, open_=open_ if isinstance(open_, bool) else None)
        self.choose(before.id if before is not None and self.model.row_of(before.id) >= 0 else place_id)

    def _tell(self, *_: object) -> None:
        place = self.current
        kind = BELOW.get(place.kind if place is not None and place != NOWHERE else None)
        self.add_button.setVisible(kind is not None)
        if kind is not None:
            self.add_button.setText(f"Add {PLACE_KIND_WORDS[kind]}")
            self.add_button.updateGeometry()
        self.chosen.emit(place)
