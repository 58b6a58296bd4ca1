"""Record a decision; and the drop-downs of years and places that several pages offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QWidget

from camcensus.model.asset import DECISION_WORDS, DecisionWhat, paths_of
from camcensus.model.tags import iso_date
from camcensus.model.words import clean, count, long_date, natural_path
from camcensus.store.edits.tagging import decide
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit.controls import Combo, Field, Radio
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import fill, panel
from camcensus.ui.session import Session

YEARS_AHEAD = 5
REASON = "For example: no longer supported"
"""In the field for the reason of a decision: who decided has a field of its own."""


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
    """Record your decision: five answers, why, and who decided."""

    def __init__(self, session: Session, rows: Sequence[AssetRow], parent: QWidget) -> None:
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
        review = before.review_on if before and before.review_on else today.replace(year=today.year + 1, day=min(today.day, 28))
        self._review = Field("For example, 24/11/2027", name="Review on", text=long_date(str(review)))
        self._when_year = panel(labelled("In which financial year?", self._year))
        self._when_review = panel(labelled("Review on", self._review))
        self._why = Field(REASON, name="Why", text=before.why if before else "")
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
        what, by = self._what(), self._by.typed
        review = iso_date(self._review.typed) if what == "keep-review" else None
        today = self._session.clock().date().isoformat()
        wrong = self._problem.first(
            (what is None, "Choose one of the five answers.", self._answers.buttons()[0]),
            (what == "keep-review" and review is None, "Type the day of the review, like 24/11/2027.", self._review),
            (review is not None and review <= today, "The day of the review must be after today.", self._review),
            (not by, "Enter who decided.", self._by),
        )
        if wrong or what is None:
            return
        year = self._year.currentData() if what in ("replace", "remove") else None
        self._session.person = by
        ids, why = [item.asset.id for item in self._rows], self._why.typed
        edit = decide(ids, what, why=why, review_on=review, year=year)
        self._session.do_all(edit, len(ids), by=by, then=super().accept)


def place_paths(session: Session) -> list[tuple[str, tuple[str, ...]]]:
    """(place id, names from the site down) of every place, parents before children."""
    return sorted(paths_of(session.places()).items(), key=lambda item: natural_path(item[1]))


def place_choices(session: Session, nowhere: object) -> list[tuple[str, object]]:
    """What a drop-down offers for where something is; `nowhere` stands for no location."""
    paths = ((" › ".join(clean(part) for part in path), identity) for identity, path in place_paths(session))
    return [("No location yet", nowhere), *paths]
