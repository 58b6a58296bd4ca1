"""Which cameras a report is about: all, those of a place, those chosen in the list, or those of a year of the plan."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import paths_of
from camcensus.model.plan import NOT_DATED
from camcensus.model.words import clean
from camcensus.tasks.reports.scope import ReportScope, years_offered
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.parts import Hairline
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

Which = Literal["all", "place", "assets", "year"]
CHARACTERS = 80


class ScopeForm(QWidget):
    """`changed` follows another choice; `scope` is what holds. It is of one record, and forgotten with it.

    "assets" are the entries that are chosen in Cameras when it is filled.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._filling = False
        self._chosen: tuple[str, ...] = ()
        self.which, self.place, self.year = Combo("Which cameras"), Combo("Which place"), Combo("Which year")
        column(Hairline(), 12, Text("Which cameras?", "strong"), 8, self.which, 8, self.place, self.year, 12, of=self)
        for combo in (self.which, self.place, self.year):
            combo.currentIndexChanged.connect(self._tell)
        self.refresh()

    @property
    def scope(self) -> ReportScope:
        """What was chosen."""
        which: Which = self.which.currentData() or "all"
        if which == "place" and self.place.currentData():
            return ReportScope(place=self.place.currentData())
        if which == "assets":
            return ReportScope(assets=self._chosen)
        return ReportScope(year=self.year.currentData()) if which == "year" else ReportScope()

    def refresh(self, which: Which | None = None) -> None:
        """Offers what there is now: `which`, else what was chosen where it still is; `changed` follows where it is not."""
        self._filling, scope = True, self.scope
        inventory, places = self._session.inventory, self._session.places()
        before, place, year = which or self.which.currentData(), self.place.currentData(), self.year.currentData()
        self._chosen = tuple(one for one in self._session.chosen if self._session.row(one) is not None)
        for combo in (self.which, self.place, self.year):
            combo.clear()
        named = {one: " › ".join(clean(name, CHARACTERS) for name in names) for one, names in paths_of(places).items()}
        self.place.offer((words, one) for one, words in named.items())
        if inventory is not None:
            entries = (row.asset for row in self._session.rows())  # read by now: the file has thousands to read again
            years = years_offered(entries, inventory.body.year_starts, self._session.clock().date())
            self.year.offer(("Without a year" if one == NOT_DATED else one, one) for one in years)
        self.which.offer(self._offered(bool(places)))
        self.which.choose(before)
        self.place.choose(place)
        self.year.choose(year)
        self._filling = False
        self._show_parts()
        if self.scope != scope:
            self.changed.emit()

    def _offered(self, places: bool) -> list[tuple[str, Which]]:
        rows = [row for one in self._chosen[:2] if (row := self._session.row(one)) is not None]
        offered: list[tuple[str, Which]] = [("All", "all")]
        offered += [("A place", "place")] if places else []
        if rows:
            words = f"The {len(self._chosen):,}" if len(rows) > 1 else f"{clean(rows[0].asset.ref, 24)},"
            offered.append((f"{words} chosen in Cameras", "assets"))
        return [*offered, ("A year of the plan", "year")]

    def _show_parts(self) -> None:
        self.place.setVisible(self.which.currentData() == "place")
        self.year.setVisible(self.which.currentData() == "year")

    def _tell(self, *_: object) -> None:
        if not self._filling:
            self._show_parts()
            self.changed.emit()
