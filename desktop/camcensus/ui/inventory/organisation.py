"""Your organisation: its name, its kind, when its financial year starts, and how many cameras you think you have."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from camcensus.model.asset import ExpectedBasis
from camcensus.model.official_ids import ID_FOR_TYPE, ID_WORDS, OFFICIAL_IDS, OfficialId, official_id
from camcensus.model.organisations import ORGANISATIONS, organisation_kind
from camcensus.ui.kit.controls import Check, Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

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

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, "Your organisation", width=600)
        self._session = session
        body = session.body
        example = (body.kind if body else organisation_kind("school")).example
        self._name = Field(f"For example, {example}", name="What is your organisation called?")
        self._name.setText(body.name if body else "")
        self._kind = Combo("What kind of organisation is it?", ((one.label, key) for key, one in ORGANISATIONS.items()))
        self._kind.choose(body.type if body else "school")
        self._month = Combo("Your financial year starts in", ((month, at) for at, month in enumerate(MONTHS, 1)))
        self._month.setCurrentIndex((body.year_starts if body else 4) - 1)
        self._expected = Field("I don’t know", name="About how many cameras?")
        self._expected.setText(str(body.expected_cameras) if body and body.expected_cameras is not None else "")
        self._counted = Check("Somebody counted them", on=body is not None and body.expected_basis == "counted")
        self._official = Field("", name="Official number")
        self._hint = Text("", "caption", "secondary")
        self._typed = {name: getattr(body, name) or "" for name in OFFICIAL_IDS} if body else dict.fromkeys(OFFICIAL_IDS, "")
        self._which: OfficialId = "urn"
        self._kind.currentIndexChanged.connect(self._ask_for)
        self._official.textEdited.connect(self._keep_typed)
        self._usual = organisation_kind(str(self._kind.currentData())).year_starts
        self._ask_for()
        self._problem = MissingLine()
        fill(self.body, labelled("What is your organisation called?", self._name), 12)
        fill(
            self.body,
            form((self._kind, self._month), (self._expected, self._official), shares=(3, 2)),
            8,
            self._counted,
            4,
            self._hint,
            8,
            self._problem,
        )
        self.offer("Cancel", "Save")

    def _ask_for(self) -> None:
        """The number that this kind goes by, and its usual year where the year was the usual one; what was typed stays."""
        kind = organisation_kind(str(self._kind.currentData()))
        if self._month.currentData() == self._usual:
            self._month.setCurrentIndex(kind.year_starts - 1)
        self._usual = kind.year_starts
        self._which = ID_FOR_TYPE.get(kind.type, "company_no")
        self._official.setText(self._typed[self._which])
        self._hint.setText(f"Official number: the {ID_WORDS[self._which]}. An auditor tells you from others by it.")

    def _keep_typed(self, text: str) -> None:
        self._typed[self._which] = text

    def accept(self) -> None:
        from camcensus.store.edits.settings import set_body

        body = self._session.body
        if body is None:
            return
        try:
            expected = number_of(self._expected.text())
        except ValueError:
            self._problem.say(NOT_A_NUMBER, self._expected)
            return
        try:
            number = official_id(self._which, self._official.text())
        except ValueError as error:
            self._problem.say(str(error), self._official)
            return
        name = self._name.typed or body.name
        basis: ExpectedBasis = "counted" if self._counted.isChecked() else "estimate"
        changed = replace(
            body, name=name, type=self._kind.currentData(), year_starts=self._month.currentData(), expected_cameras=expected,
            expected_basis=basis if expected is not None else None,
        )  # fmt: skip
        numbers = {self._which: number}
        changed = replace(changed, **numbers)  # type: ignore[arg-type]
        if self._session.do(set_body(changed)):
            super().accept()
