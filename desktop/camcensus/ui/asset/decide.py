"""Record a decision, and set a location."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QWidget

from camcensus.model.asset import DECISION_WORDS, DecisionWhat
from camcensus.model.words import clean, count
from camcensus.store.edits.placing import set_place, set_place_named
from camcensus.store.edits.tagging import decide
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import ChoiceList, Combo, Field, Radio
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import fill, panel
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

YEARS_AHEAD = 5


def financial_years(today: date, year_starts: int, number: int = YEARS_AHEAD) -> list[str]:
    """The running financial year and those after it: "2026-27"; a year that starts in January is "2026"."""
    first = today.year if today.month >= year_starts else today.year - 1
    if year_starts == 1:
        return [str(first + ahead) for ahead in range(number)]
    return [f"{first + ahead}-{(first + ahead + 1) % 100:02d}" for ahead in range(number)]


def year_choices(session: Session, none: str) -> list[tuple[str, str | None]]:
    """What a drop-down offers for a financial year; `none` are the words for no year."""
    starts = session.body.year_starts if session.body else 4
    return [(none, None), *((year, year) for year in financial_years(session.clock().date(), starts))]


class DecisionDialog(Dialog):
    """Record your decision: five answers, why, and who decided. Only a person sets this."""

    def __init__(self, session: Session, rows: Sequence[AssetRow], parent: QWidget | None = None) -> None:
        what = clean(rows[0].asset.ref) if len(rows) == 1 else count(len(rows), "item")
        lead = "A new search never changes your decision."
        super().__init__(parent, f"Record your decision: {what}", lead=lead)
        self._session, self._rows = session, rows
        before = rows[0].asset.decision if len(rows) == 1 else None
        self._answers = QButtonGroup(self)
        for at, (name, words) in enumerate(DECISION_WORDS.items()):
            answer = Radio(words, on=before is not None and before.what == name)
            answer.setProperty("what", name)
            self._answers.addButton(answer, at)
            fill(self.body, answer, 8)
        today = session.clock().date()
        self._year = Combo("Financial year", year_choices(session, "No year yet"))
        self._year.setCurrentIndex(max(1, self._year.findData(before.year)) if before and before.year else 1)
        self._review = QDateEdit(QDate(today.year + 1, today.month, min(today.day, 28)))
        self._review.setDisplayFormat("dd/MM/yyyy")
        self._review.setAccessibleName("Review on")
        self._review.setFixedHeight(theme.px(32))
        self._when_year = panel(labelled("In which financial year?", self._year))
        self._when_review = panel(labelled("Review on", self._review))
        self._why = Field(session.example_of_why, name="Why", text=before.why if before else "")
        self._by = Field("Your name", name="Decided by", text=before.by if before else session.person)
        self._problem = MissingLine()
        fill(self.body, 8, self._when_year, self._when_review, 12)
        fill(self.body, form((self._why, self._by), shares=(3, 2)), 8, self._problem)
        self._go = self.offer("Cancel", "Record decision")
        self._answers.buttonToggled.connect(self._show_details)
        self._show_details()

    def _what(self) -> DecisionWhat | None:
        chosen = self._answers.checkedButton()
        return chosen.property("what") if chosen is not None else None

    def _show_details(self, *_: object) -> None:
        what = self._what()
        self._when_year.setVisible(what in ("replace", "remove"))
        self._when_review.setVisible(what == "keep-review")
        self.fit_height()

    def accept(self) -> None:
        what, by = self._what(), self._by.text().strip()
        missing = "Choose one of the five answers." if what is None else "Enter who decided." if not by else ""
        self._problem.say(missing)
        if missing or what is None:
            (self._by if what else self._answers.buttons()[0]).setFocus()
            return
        review = self._review.date().toString(Qt.DateFormat.ISODate) if what == "keep-review" else None
        year = self._year.currentData() if what in ("replace", "remove") else None
        self._session.person = by
        ids, why = [item.asset.id for item in self._rows], self._why.text().strip()
        if self._session.do(decide(ids, what, why=why, review_on=review, year=year), by=by):
            super().accept()


class LocationDialog(Dialog):
    """Set location: choose a place from the flat list of all, or type a new one."""

    def __init__(self, session: Session, rows: Sequence[AssetRow], parent: QWidget | None = None) -> None:
        what = clean(rows[0].asset.ref) if len(rows) == 1 else count(len(rows), "item")
        super().__init__(parent, f"Set location: {what}")
        self._session, self._rows = session, rows
        self._paths = place_paths(session)
        names = [" › ".join(clean(part) for part in path) for _, path in self._paths]
        self._typed = Field("Search, or type a new place", "search", name="Search, or type a new place")
        self._source = QStringListModel(names, self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self._source)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list = ChoiceList("All locations")
        self._list.setModel(self._proxy)
        self._list.setMinimumHeight(theme.unless_large(208, 208))
        self._list.doubleClicked.connect(lambda _: self.accept())
        self._hint = Text("", "caption", "secondary")
        box = card_of(self._list, (1, 1, 1, 1))
        fill(self.body, self._typed, 8, (box, 1), 8, self._hint)
        self._go = self.offer("Cancel", "Set location")
        self._typed.textChanged.connect(self._search)
        current = rows[0].asset.place
        at = next((at for at, (place, _) in enumerate(self._paths) if place == current), -1)
        if at >= 0:
            self._list.setCurrentIndex(self._proxy.mapFromSource(self._source.index(at)))
        self._search("")

    def _search(self, text: str) -> None:
        self._proxy.setFilterFixedString(text.strip())
        fits = self._proxy.rowCount()
        if text.strip() and not fits:
            self._hint.setText(f"New place: {' › '.join(self._names())}")
        elif not self._paths:
            self._hint.setText("Type the site, building, floor and room with “>” between them, as many as you need.")
        else:
            self._hint.setText("For a new place, type it with “>” between site, building, floor and room.")
        if text.strip() and fits:
            self._list.setCurrentIndex(self._proxy.index(self._nearest(text.strip().casefold(), fits), 0))

    def _nearest(self, typed: str, fits: int) -> int:
        """Of the places that fit, the one of that name; else one whose name begins so, or has it: "Hall" is no dining hall."""

        def distance(at: int) -> tuple[bool, bool, bool]:
            name = self._paths[self._proxy.mapToSource(self._proxy.index(at, 0)).row()][1][-1].casefold()
            return name != typed, not name.startswith(typed), typed not in name

        return min(range(fits), key=distance)

    def _names(self) -> list[str]:
        parts = self._typed.text().replace("›", ">").split(">")
        return [part.strip() for part in parts if part.strip()][:4]

    def accept(self) -> None:
        ids = [item.asset.id for item in self._rows]
        index = self._list.currentIndex()
        typed = self._names()
        if index.isValid():
            done = self._session.do(set_place(ids, self._paths[self._proxy.mapToSource(index).row()][0]))
        elif typed:
            done = self._session.do(set_place_named(ids, self._under_site(typed)))
        else:
            self._hint.setText("Choose a place, or type a new one.")
            self._typed.setFocus()
            return
        if done:
            super().accept()

    def _under_site(self, typed: list[str]) -> list[str]:
        """A single name goes below the site where there is exactly one."""
        sites = {path[0] for _, path in self._paths}
        if len(typed) == 1 and len(sites) == 1:
            return [*sites, typed[0]]
        return typed


def place_paths(session: Session) -> list[tuple[str, tuple[str, ...]]]:
    """(place id, names from the site down) of every place, parents before children."""
    paths: dict[str, tuple[str, ...]] = {}
    for place in session.places():
        paths[place.id] = (*paths.get(place.parent or "", ()), place.name)
    return sorted(paths.items(), key=lambda item: tuple(name.casefold() for name in item[1]))


def place_choices(session: Session, nowhere: object) -> list[tuple[str, object]]:
    """What a drop-down offers for where something is; `nowhere` stands for no location."""
    paths = ((" › ".join(clean(part) for part in path), identity) for identity, path in place_paths(session))
    return [("No location yet", nowhere), *paths]
