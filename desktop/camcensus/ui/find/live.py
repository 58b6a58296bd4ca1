"""While a search runs, and when it has ended: how far it is, what answered, who made it, and the next step."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.model.device import Verdict
from camcensus.model.scan import AskedAddress, ScanProgress, Scope
from camcensus.model.words import clean, count
from camcensus.tasks.finding.afterwards import Afterwards
from camcensus.tasks.finding.census import Census
from camcensus.ui.find import searching
from camcensus.ui.find.after import WhatNext
from camcensus.ui.find.model import COLUMNS, FindModel
from camcensus.ui.kit import theme
from camcensus.ui.kit.bars import AddressCells, CellState, Progress, paint_cell
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, fill, panel, row, stack, turn
from camcensus.ui.kit.parts import Surface, card_of
from camcensus.ui.kit.segmented import Segmented
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

PACE_WORDS = {"gentle": "Gentle speed", "normal": "Normal speed", "fast": "Fast"}
NEXT, ANSWERED = 0, 1
"""The two parts after a search."""
KEY: tuple[tuple[CellState, str], ...] = (
    ("camera", "Camera or recorder"),
    ("unsure", "May be a camera, or its maker is not sure"),
    ("other", "Another kind of device"),
    ("silent", "No answer"),
    ("waiting", "Not asked yet"),
)


class _Key(QWidget):
    """One entry of the key under the cells."""

    spoken_role = QAccessible.Role.StaticText

    def __init__(self, state: CellState, words: str) -> None:
        super().__init__()
        self._state, self._words = state, words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(16 + theme.advance(self._words, "caption"), theme.pitch("caption"))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_cell(painter, self._state, 0, (self.height() - 10) / 2)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(QRectF(14, 0, self.width(), self.height()), 0x80, self._words)


class FindLive(QWidget):
    """The card with the bar, the numbers, and the table."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.model = FindModel(session.knowledge, parent=self)
        self._where = Text("", "heading", wrap=False)
        self._bar = Progress("How far the search is")
        self._done = Text("", "strong", wrap=False)
        self._left = Text("", "body", "secondary", wrap=False)
        self._pace = Text("", "body", "secondary", wrap=False)
        self._listens = False
        self._cells = AddressCells()
        self.makers = Text("", "body", "secondary")
        self.next_button = Button("", "primary")
        self.see_list = Button("See the list", then=lambda: session.hub.asked_for.emit("cameras", None))
        self._found_so_far = Text("Found so far", "heading", wrap=False)
        self._found_so_far.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._numbers = Text("", "body", "secondary", wrap=False)
        self.table = Table(COLUMNS, "What answered", row_height=36, model=self.model)
        self.next = WhatNext()
        self.parts = Segmented("What next", "What answered", name="After the search")
        self.parts.chosen.connect(self._choose)
        self.parts.hide()
        self._stack = stack(self.next, self.table)
        self._ended = False
        self._newest = Text("Newest first.", "caption", "secondary", wrap=False)
        self._addresses: list[str] = []
        self._states: dict[str, CellState] = {}
        self._began_s = 0.0
        self._build()

    def _build(self) -> None:
        card = Surface("base", shape="card")
        inside = column(margins=(20, 16, 20, 14), of=card)
        top = row((self._where, 1), self.see_list, self.next_button)
        words = row(self._done, self._left, None, self._pace, gap=14)
        fill(inside, top, 8, self._bar, 4, words, 4, self.makers, self._cells, 10)
        self._key_room = panel(Flow(*(_Key(state, text) for state, text in KEY), gap=20))
        inside.addWidget(self._key_room)
        box = card_of(self._stack)
        layout = column(card, 16, of=self)
        self._head = row((row(self._found_so_far, self._numbers, None, gap=20), 1), self.parts)
        fill(layout, self._head, 10, (box, 1), 8, row(None, self._newest), 12)
        self.retheme()

    def retheme(self) -> None:
        """The key goes where there is no width for it."""
        large = theme.THEME.percent > 130
        turn(self._head, down=large)
        self._head.setAlignment(self.parts, Qt.AlignmentFlag.AlignLeft if large else Qt.AlignmentFlag.AlignRight)
        self._fit()

    def _fit(self) -> None:
        """The bar, the drawing of addresses and its key go when the search ends: the list says more."""
        for part in (self._bar, self._cells):
            part.setVisible(not self._ended)
        self._key_room.setVisible(not self._ended and theme.THEME.percent <= 150)

    def _choose(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._newest.setVisible(at == ANSWERED)

    def list_in_view(self) -> QWidget:
        """What F6 and the keyboard go to: the list of what answered, or what to do next."""
        if not self._ended or self._stack.currentIndex() == ANSWERED:
            return self.table
        return self.parts

    # What the page tells it

    def begin(self, scope: Scope, where: str) -> None:
        """A new search."""
        self._ended = False
        self.parts.hide()
        self.parts.choose(ANSWERED)
        self._choose(ANSWERED)
        self._fit()
        self.model.clear()
        self._found_so_far.setText("Found so far")
        self._where.setText(f"Looking on {where}")
        self._listens = scope.passive
        self._pace.setText("Only listening" if scope.passive else PACE_WORDS[scope.pace])
        self._addresses = searching.addresses_of(scope.ranges)
        self._states = {}
        self._began_s = time.monotonic()
        for part in (self.next_button, self.see_list, self.makers):
            part.hide()
        self._bar.set_part(0, 0)
        self._done.setText("Starting")
        self._left.setText("")
        self._draw_cells()
        self._numbers.setText(self.summary())

    def take(self, values: Sequence[object], now: datetime) -> list[Verdict]:
        """What the search reported since the last time; returns the devices that are new."""
        new: list[Verdict] = []
        progress: ScanProgress | None = None
        for value in values:
            if isinstance(value, Verdict):
                if self.model.take(value, f"{now:%H:%M}"):
                    new.append(value)
            elif isinstance(value, AskedAddress):
                self._states[value.address] = "other" if value.outcome == "answered" else "silent"
            elif isinstance(value, ScanProgress):
                progress = value
        if progress is not None:
            self._show_progress(progress)
        self._draw_cells()
        self._numbers.setText(self.summary())
        return new

    def end(
        self,
        census: Census,
        now: datetime,
        outcome: Afterwards,
        *,
        can_sign_in: bool,
        channels: int,
        makers: str,
        then: str,
    ) -> None:
        """The search has ended: what it came to, who made it, and the next step. `channels` have no row yet."""
        self._ended = True
        self.next.show_outcome(outcome, can_sign_in=can_sign_in, channels=channels)
        self.parts.show()
        self.parts.choose(NEXT if outcome.needs_a_look else ANSWERED)
        self._fit()
        self.model.replace(census.verdicts)
        self._found_so_far.setText("Found")
        self.makers.setText(makers)
        self.makers.setVisible(bool(makers))
        self.next_button.setText(then)
        self.next_button.updateGeometry()
        self.next_button.setVisible(bool(then))
        self.see_list.setVisible(bool(self.model.rowCount()))
        stopped = "Search stopped" if census.scan.stopped_early else "Search finished"
        self._where.setText(f"{stopped} at {now:%H:%M}")
        self._bar.set_part(1, 1)
        answered = count(len(census.verdicts), "device")
        self._done.setText(f"{answered} answered")
        self._left.setText("")
        for address in self._addresses:
            self._states.setdefault(address, "silent" if not census.scan.stopped_early else "waiting")
        self._draw_cells()
        self._numbers.setText(self.summary())

    @property
    def cameras(self) -> int:
        """Cameras, recorders, and what may be one."""
        return sum(kind != "other" for kind in self.model.kinds)

    def summary(self) -> str:
        """ "11 cameras, 1 recorder and 3 devices that may be cameras"."""
        from camcensus.ui.phrases import counted

        return counted(self.model.kinds) or "nothing yet"

    def _show_progress(self, progress: ScanProgress) -> None:
        self._bar.set_part(progress.done, progress.total)
        unit = "seconds" if self._listens else "addresses" if self._addresses else "steps"
        self._done.setText(f"{progress.done:,} of {progress.total:,} {unit}" if progress.total else clean(progress.phase))
        passed = time.monotonic() - self._began_s
        left = passed / progress.done * (progress.total - progress.done) if progress.done else 0.0
        self._left.setText(time_left(left) if progress.done and passed > 3 else clean(progress.phase))

    def _draw_cells(self) -> None:
        cells = self.model.cells()
        answered = [address for address in cells if address not in set(self._addresses)]
        every = self._addresses or sorted({*answered, *self._states}, key=searching.by_number)
        self._cells.set_states([cells.get(address) or self._states.get(address, "waiting") for address in every])


def time_left(seconds: float) -> str:
    """ "about 2 minutes left"."""
    if seconds < 50:
        return "less than a minute left"
    minutes = max(1, round(seconds / 60))
    return f"about {count(minutes, 'minute')} left"
