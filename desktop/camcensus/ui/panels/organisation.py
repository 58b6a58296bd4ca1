"""Your organisation: its name, its kind, when its financial year starts, and how many cameras you think you have."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QWidget

from camcensus.ui.controls import Combo, Field
from camcensus.ui.dialogs import Dialog, labelled
from camcensus.ui.session import Session
from camcensus.ui.widgets import Text

KINDS: tuple[tuple[str, str, int], ...] = (
    ("School or college", "school", 9),
    ("NHS, hospital or clinic", "nhs", 4),
    ("Council", "council", 4),
    ("Shop or business", "shop", 4),
    ("Another organisation", "other", 4),
)
"""Words, type, and the month its financial year usually starts in."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
NOT_A_NUMBER = "The number of cameras must be a number, like 40. Leave it empty if you don’t know."


def number_of(text: str) -> int | None:
    """A number of cameras as typed, None for nothing. Raises ValueError for anything else."""
    plain = text.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 7):
        raise ValueError(plain)
    return int(plain)


class OrganisationDialog(Dialog):
    """Changes what the first run asked for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Your organisation")
        self._session = session
        body = session.body
        self._name = Field("For example, Elm Park Primary School", name="What is your organisation called?")
        self._name.setText(body.name if body else "")
        self._kind = Combo("What kind of organisation is it?")
        for words, kind, _ in KINDS:
            self._kind.addItem(words, kind)
        self._kind.setCurrentIndex(max(0, self._kind.findData(body.type if body else "school")))
        self._month = Combo("Your financial year starts in")
        for at, month in enumerate(MONTHS, 1):
            self._month.addItem(month, at)
        self._month.setCurrentIndex((body.year_starts if body else 4) - 1)
        self._expected = Field("I don’t know", name="About how many cameras?")
        self._expected.setText(str(body.expected_cameras) if body and body.expected_cameras is not None else "")
        self._problem = Text("", "caption", "listed_ink")
        self._problem.hide()
        self.body.addLayout(labelled("What is your organisation called?", self._name))
        self.body.addSpacing(12)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.addLayout(labelled("What kind of organisation is it?", self._kind), 0, 0)
        grid.addLayout(labelled("Your financial year starts in", self._month), 0, 1)
        grid.addLayout(labelled("About how many cameras?", self._expected), 1, 0)
        self.body.addLayout(grid)
        self.body.addSpacing(8)
        self.body.addWidget(self._problem)
        self.offer("Cancel", "Save")

    def accept(self) -> None:
        """Saves it, or says what is wrong."""
        body = self._session.body
        if body is None:
            return
        try:
            expected = number_of(self._expected.text())
        except ValueError:
            self._problem.setText(NOT_A_NUMBER)
            self._problem.show()
            self._expected.setFocus()
            return
        name = self._name.text().strip() or body.name
        changed = replace(
            body, name=name, type=self._kind.currentData(), year_starts=self._month.currentData(), expected_cameras=expected
        )
        if self._session.set_body(changed):
            super().accept()
