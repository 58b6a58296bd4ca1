"""Two moments to compare: a search, a report, the beginning, now, or a day."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QWidget

from camcensus.identity.history import RegisterHistory
from camcensus.model.history import Moment
from camcensus.model.prose import upper_first
from camcensus.model.words import clean
from camcensus.tasks.register import history
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.forms import labelled
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.spoken import label_unless_named
from camcensus.ui.session import Session

A_DAY, NOW, BEGINNING = "a-day", "now", "beginning"


class _Picker(QWidget):
    """One moment: from the list, or a day that is typed."""

    changed = Signal()

    def __init__(self, name: str, session: Session, *, last: bool) -> None:
        super().__init__()
        self._session, self._last = session, last
        self._moments: dict[str, Moment] = {}
        self.combo = Combo(name, width=220)
        self.day = QDateEdit()
        self.day.setDisplayFormat("dd/MM/yyyy")
        self.day.setCalendarPopup(True)
        self.day.setFixedHeight(theme.px(32))
        self.day.setAccessibleName(f"{name}: day")
        label_unless_named(self.day)
        today = session.clock().date()
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.hide()
        beside = row(labelled(name, self.combo), (self.day, 0, Qt.AlignmentFlag.AlignBottom))
        column(beside, of=self)
        self.combo.currentIndexChanged.connect(self._choose)
        self.day.dateChanged.connect(lambda _: self.changed.emit())

    def retheme(self) -> None:
        """Follows the text size."""
        self.day.setFixedHeight(theme.px(32))

    def offer(self, past: RegisterHistory) -> None:
        """Fills the list, and keeps what was chosen where it is still there."""
        before = self.combo.currentData()
        self.combo.blockSignals(True)
        self.combo.clear()
        self._moments = {}
        if self._last:
            self._add(NOW, history.now_of(past), "Now")
        for moment in history.moments(past):
            self._add(f"{moment.change}", moment, upper_first(clean(moment.name, 80)))
        if not self._last:
            beginning = history.beginning(past)
            self._add(BEGINNING, beginning, upper_first(clean(beginning.name, 80)))
        self.combo.addItem("The beginning of a day…", A_DAY)
        wanted = before if self.combo.findData(before) >= 0 else self._usual(past)
        self.combo.choose(wanted)
        self.combo.blockSignals(False)
        self.day.setVisible(self.combo.currentData() == A_DAY)

    def _usual(self, past: RegisterHistory) -> str:
        """Now; or since the last report, without one since the last search but one, without two since the beginning."""
        if self._last:
            return NOW
        found = history.moments(past)
        report = next((one for one in found if one.is_last_report), None)
        return f"{(report or found[1]).change}" if report or len(found) > 1 else BEGINNING

    def _add(self, name: str, moment: Moment, words: str) -> None:
        self._moments[name] = moment
        self.combo.addItem(words, name)

    def choose(self, change: int) -> None:
        """Chooses a moment by its line of the log."""
        self.combo.choose(f"{change}")

    def choose_day(self, day: str) -> None:
        """Chooses the beginning of a day."""
        self.day.setDate(QDate.fromString(day, Qt.DateFormat.ISODate))
        self.combo.choose(A_DAY)

    def moment(self, past: RegisterHistory) -> Moment:
        """What is chosen."""
        if self.combo.currentData() == A_DAY:
            day = self.day.date().toString(Qt.DateFormat.ISODate)
            return history.moment_of(past, day, self._session.clock().tzinfo)
        return self._moments[str(self.combo.currentData())]

    def _choose(self, _: int) -> None:
        self.day.setVisible(self.combo.currentData() == A_DAY)
        self.changed.emit()


class ComparePickers(QWidget):
    """From one moment to another. `changed` tells that another two are chosen."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.since = _Picker("What changed after", session, last=False)
        self.until = _Picker("Up to", session, last=True)
        self.report_button = Button("Since my last report", "quiet", "history", then=self.since_report)
        self._report: int | None = None
        column(Flow(self.since, self.until, gap=16), of=self)
        self.since.changed.connect(self.changed)
        self.until.changed.connect(self.changed)

    def offer(self, past: RegisterHistory) -> None:
        """Takes the moments that there are."""
        self._report = next((one.change for one in history.moments(past) if one.is_last_report), None)
        self.since.offer(past)
        self.until.offer(past)

    def since_day(self, day: str) -> None:
        """What changed since the beginning of a day ("2025-11-25"), up to now."""
        self.since.choose_day(day)
        self.until.combo.setCurrentIndex(0)

    @property
    def reported(self) -> bool:
        """Whether a report was ever written."""
        return self._report is not None

    def since_report(self) -> None:
        """What changed since the last report, up to now."""
        if self._report is not None:
            self.since.blockSignals(True)
            self.since.choose(self._report)
            self.until.combo.setCurrentIndex(0)
            self.since.blockSignals(False)
            self.changed.emit()

    def moments(self, past: RegisterHistory) -> tuple[Moment, Moment]:
        """The two, the earlier one first. Raises StoreError where a day is none."""
        one, two = self.since.moment(past), self.until.moment(past)
        return (one, two) if (one.change, one.at) <= (two.change, two.at) else (two, one)
