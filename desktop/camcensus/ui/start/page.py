"""First run: who you are, in one short form; everything can be changed later, and most of it skipped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import Body
from camcensus.model.errors import CamcensusError
from camcensus.model.later import later
from camcensus.model.organisations import ORGANISATIONS, organisation_kind
from camcensus.model.words import clean
from camcensus.ui.inventory.organisation import MONTHS, NOT_A_NUMBER, number_of
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.buttons import Button, LinkButton, MenuButton
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.parts import Scroll, Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.menu import folder_words
from camcensus.ui.session import Session

if TYPE_CHECKING:
    from camcensus.tasks import policy
    from camcensus.tasks.register import verbs as register
else:
    policy, register = later("camcensus.tasks.policy"), later("camcensus.tasks.register.verbs")

STEPS = (
    ("Say who you are", "A name for the record"),
    ("Find cameras", "Ask the network, or only listen"),
    ("Look at who made them", "With the evidence for and against"),
    ("Decide and print", "A plan to sign"),
)


class StartPage(Surface):
    """The welcome, at the left what comes next, at the right the form."""

    done = Signal()
    open_other = Signal()
    audit = Signal()
    practise = Signal()

    def __init__(self, session: Session, recent: Menu, folder: Path | None = None) -> None:
        super().__init__("base")
        self._session = session
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = folder or Path(documents or Path.home()) / "Camcensus"
        self.organisation = Field("For example, Elm Park Primary School", name="What is your organisation called?")
        self.kind = Combo("What kind of organisation is it?", ((one.label, key) for key, one in ORGANISATIONS.items()))
        self._month = Combo("Your financial year starts in", ((month, at) for at, month in enumerate(MONTHS, 1)))
        self._expected = Field("I don’t know", name="About how many cameras do you think you have?")
        self._where = Text("", "caption", "secondary")
        self._problem = MissingLine("body")
        self.go = Button("Continue to Find cameras", "primary", then=self.finish)
        self.walk = Button("Walk round first", icon="footprints", then=self.finish_and_walk)
        self.bring = Button("I have a spreadsheet", icon="file-text", then=self.finish_and_import)
        other = Button("Open a record…", then=self.open_other)
        self.recent = MenuButton("Open recent", recent)
        self.recent.setVisible(False)
        self.kind.currentIndexChanged.connect(self._choose_kind)
        self._choose_kind()
        self.check_others = LinkButton("I check others: add up the files of many organisations", then=self.audit)
        self.look_around = LinkButton("New here? Look around in a practice school first", then=self.practise)
        body = QWidget()
        body.setMaximumWidth(600)
        pair = row(
            (labelled("Your financial year starts in", self._month), 1),
            (labelled("About how many cameras?", self._expected), 1),
            gap=16,
        )
        column(
            Text("Welcome to Camcensus", "title"),
            4,
            Text("Which cameras do we have, who made them, and what is on record about those makers?", "body", "secondary"),
            8,
            row(self.look_around, None, self.recent),
            16,
            labelled("What is your organisation called?", self.organisation),
            16,
            labelled("What kind of organisation is it?", self.kind),
            16,
            pair,
            16,
            self._where,
            8,
            self._problem,
            12,
            row(self.check_others, None),
            None,
            margins=(48, 40, 24, 24),
            of=body,
        )
        foot = Surface("base", lines="t")
        row((Flow(other, self.bring, self.walk, self.go, apart=1), 1), margins=(48, 9, 24, 9), of=foot)
        right = column((Scroll(body, "Welcome"), 1), foot)
        self._body = body
        self._steps = _steps()
        row(self._steps, (right, 1), gap=0, of=self)
        self.retheme()
        self.organisation.textChanged.connect(self._show_where)
        self.organisation.returnPressed.connect(self.finish)
        self._show_where()

    def retheme(self) -> None:
        """The steps give way to the form where the text is large."""
        self._steps.setVisible(not theme.THEME.large)
        self._steps.setFixedWidth(theme.px(272))
        self._body.setMaximumWidth(theme.px(600))

    def path(self) -> Path:
        """Where the record will be kept: a new file in the person's own documents."""
        name = file_dialogs.stem_of(self.organisation.text()) or "our-cameras"
        folder, number = self.folder(), 2
        path = folder / f"{name}.camcensus"
        while path.exists():
            path, number = folder / f"{name}-{number}.camcensus", number + 1
        return path

    def folder(self) -> Path:
        """The person's own documents, or the first folder that IT allows where those are not allowed."""
        allowed = policy.policy_in_force()
        if allowed.folders and policy.why_not_kept_there(self._folder / "new.camcensus", allowed):
            return Path(allowed.folders[0])
        return self._folder

    def body(self) -> Body:
        """The organisation as typed. Raises ValueError where the number is none."""
        name = self.organisation.typed or "Our organisation"
        kind, month = str(self.kind.currentData()), int(self._month.currentData())
        return register.new_body(name, kind, month, number_of(self._expected.text()))

    def finish_and_walk(self) -> None:
        """Makes the record, and shows the sheet to walk round with: no network is needed."""
        if self.finish():
            self._session.hub.asked_for.emit("reports", "walkround")

    def finish_and_import(self) -> None:
        """Makes the record, and asks for the list that people have."""
        if self.finish():
            self._session.hub.lists_wanted.emit()

    def finish(self) -> bool:
        """Makes the record, or says what is wrong beside the form."""
        try:
            body = self.body()
        except ValueError:
            self._problem.say(NOT_A_NUMBER, self._expected)
            return False
        try:
            self._session.create(self.path(), body)
        except CamcensusError as error:
            self._problem.say(str(error))
            return False
        self.done.emit()
        return True

    def _choose_kind(self) -> None:
        """The usual year and an example of the kind that is chosen."""
        kind = organisation_kind(str(self.kind.currentData()))
        self._month.setCurrentIndex(kind.year_starts - 1)
        self.organisation.setPlaceholderText(f"For example, {kind.example}")

    def _show_where(self, *_: object) -> None:
        shown = clean(folder_words(self.folder(), Path.home()))
        self._where.setText(f"Saved on this computer only, as {clean(self.path().name)} in {shown}.")


def _steps() -> Surface:
    pane = Surface("nav", lines="r")
    layout = column(Text("Four steps", "heading"), 20, margins=(32, 44, 24, 24), of=pane)
    for at, (title, note) in enumerate(STEPS, 1):
        number = Text(str(at), "strong", "accent" if at == 1 else "secondary", wrap=False)
        number.setFixedWidth(theme.px(24))
        line = row(
            (number, 0, Qt.AlignmentFlag.AlignTop),
            (column(Text(title, "strong" if at == 1 else "body"), Text(note, "caption", "secondary")), 1),
        )
        fill(layout, line, 20)
    fill(layout, None, Text("Camcensus tries no passwords, watches no video and changes no settings.", "caption", "secondary"))
    return pane
