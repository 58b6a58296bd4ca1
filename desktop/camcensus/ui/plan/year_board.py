"""The plan year by year: columns side by side, or below one another where there is little width. One batch is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.layout import row, turn
from camcensus.ui.kit.parts import SizedScroll, SlimBar
from camcensus.ui.plan.batch_model import YearCards
from camcensus.ui.plan.year_column import YearColumn, card_height

GAP = 12
COLUMN = 216
"""Narrowest column side by side, at 100% text: a name of twenty letters beside its amount."""


class YearBoard(SizedScroll):
    """To the Tab key it is one stop: the year in which a batch is chosen. Arrow keys go between years and within them."""

    spoken_role = QAccessible.Role.Grouping

    chosen = Signal(str)
    carried = Signal(str, str)
    """A batch by its id, and the year it is to go to."""
    opened = Signal()
    """A click: what is chosen is to be seen."""
    entered = Signal()
    """Enter: on to the fields of what is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[YearColumn] = []
        self.current = ""
        self._stacked = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Years of the plan")
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBar(SlimBar(Qt.Orientation.Horizontal))
        self.viewport().setAutoFillBackground(False)
        inside = self._inside = QWidget()
        self._layout = row(gap=GAP, of=inside)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)

    # What is shown

    def show_years(self, years: Sequence[YearCards]) -> None:
        """Shows the years as they are now; the chosen batch stays chosen, in whichever year it is, else none is."""
        while len(self.columns) > len(years):
            gone = self.columns.pop()
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.columns) < len(years):
            self._add()
        focused = any(column.list.hasFocus() for column in self.columns)
        for column, year in zip(self.columns, years, strict=True):
            column.show_year(year)
        self._fit()
        if not self.choose(self.current):
            self.current = ""
            self._rove()
        elif focused:
            self.take_keyboard()

    def choose(self, identity: str) -> bool:
        """Marks a batch by its id; False where it is not on the board."""
        found = [column.choose(identity) for column in self.columns]
        if any(found):
            self.current = identity
        self._rove()
        return any(found)

    def to_first(self) -> None:
        """Chooses the first batch there is; what nobody decided is the first column, and in sight."""
        self.choose(next((column.model.rows[0].id for column in self.columns if column.model.rows), ""))
        self.horizontalScrollBar().setValue(0)

    @property
    def year(self) -> YearColumn | None:
        """The column of the chosen batch; else the first with a card, else the first."""
        for column in self.columns:
            if self.current and column.model.place_of(self.current) >= 0:
                return column
        return next((one for one in self.columns if one.model.rows), self.columns[0] if self.columns else None)

    @property
    def stop(self) -> QWidget:
        """Where the keyboard comes in."""
        year = self.year
        return year.list if year is not None else self

    def take_keyboard(self) -> None:
        """Puts the keyboard on the chosen batch."""
        year = self.year
        if year is not None:
            year.list.come(max(0, year.model.place_of(self.current)))

    def beside(self, by: int) -> YearColumn | None:
        """The column before or after the chosen batch's, None where there is none."""
        year = self.year
        at = self.columns.index(year) + by if year is not None else -1
        return self.columns[at] if 0 <= at < len(self.columns) else None

    # How it lies

    def set_stacked(self, stacked: bool) -> None:
        """Years below one another, each as high as its cards; or side by side."""
        self._stacked = stacked
        turn(self._layout, down=stacked)
        for column in self.columns:
            column.list.set_whole(stacked)
        self._fit()

    def retheme(self) -> None:
        """Follows the text size."""
        self._fit()

    def _fit(self) -> None:
        bars = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(bars.ScrollBarAlwaysOff if self._stacked else bars.ScrollBarAsNeeded)
        for column in self.columns:
            column.setMinimumWidth(0 if self._stacked else self._column_width())
        if self._stacked:
            self._layout.invalidate()
            needed = self._layout.totalHeightForWidth(max(1, self.viewport().width()))
            self.setFixedHeight(max(1, needed, self._layout.totalSizeHint().height()))
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self.setMinimumHeight(theme.px(110) + 2 * card_height())
            self.setMaximumHeight(16_777_215)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._inside.updateGeometry()

    def _column_width(self) -> int:
        """As many whole columns as there is room for, none cut; the others are a scroll away."""
        least, gap, room = theme.px(COLUMN), GAP, self.viewport().width()
        whole = max(1, (room + gap) // (least + gap))
        return max(least, (room - (whole - 1) * gap) // whole) if whole < len(self.columns) else least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns first: Qt gives what is inside the width that it says it needs at that moment."""
        if not self._stacked:
            for column in self.columns:
                column.setMinimumWidth(self._column_width())
            self._layout.activate()
        super().resizeEvent(event)

    def _add(self) -> None:
        column = YearColumn()
        column.list.set_whole(self._stacked)
        column.chosen.connect(self._choose)
        column.dropped.connect(lambda column=column: self.carried.emit(self.current, column.year))
        column.list.clicked.connect(lambda _: self.opened.emit())
        column.list.entered.connect(self.entered)
        column.list.aside.connect(self._go)
        column.list.carried.connect(self._carry)
        self._layout.addWidget(column, 1)
        column.show()  # at once: what Qt shows later has no height yet when the board is measured
        self.columns.append(column)

    def _choose(self, identity: str) -> None:
        if identity != self.current:
            self.choose(identity)
            self.chosen.emit(identity)

    def _rove(self) -> None:
        """The Tab key stops at one column only: going through must not choose another batch."""
        stop = self.year
        for column in self.columns:
            here = column is stop
            column.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def _go(self, by: int) -> None:
        sender = self.sender()
        here = next((at for at, column in enumerate(self.columns) if column.list is sender), None)
        if here is None or not 0 <= here + by < len(self.columns):
            return
        row = max(0, self.columns[here].list.currentIndex().row())
        self.columns[here + by].list.come(row)

    def _carry(self, by: int) -> None:
        beside = self.beside(by)
        if self.current and beside is not None:
            self.carried.emit(self.current, beside.year)
