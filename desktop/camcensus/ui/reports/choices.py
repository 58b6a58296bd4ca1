"""The choices beside a report: which one, who will see it, and what it has to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from camcensus.model.foi import QUESTIONS, FoiRequest
from camcensus.model.words import clean, long_date
from camcensus.planning.foi_counts import SMALL
from camcensus.planning.foi_joining import RULE
from camcensus.tasks.policy import policy_in_force, why_not_for
from camcensus.tasks.reports import catalogue as reports
from camcensus.tasks.reports import foi
from camcensus.tasks.reports.scope import ReportScope
from camcensus.ui.inventory.scope_form import ScopeForm
from camcensus.ui.kit.buttons import Button, Fold
from camcensus.ui.kit.controls import Check, Combo, Field, Radio
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import Part, column, fill
from camcensus.ui.kit.parts import Hairline, Scroll, Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.reports.questions import QuestionsDialog
from camcensus.ui.session import Session

IN_FRONT = ("plan", "register", "foi", "summary")
"""The reports that most people came for; the others are under More reports."""
TYPING_MS = 600
"""A text is taken up when nobody has typed for so long."""


class RequestForm(QWidget):
    """The request that is answered: its reference, the day it was received, which questions. `changed` follows what holds."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.ref, self.received = Field("FOI-2026-031", name="Request reference"), Field("17/11/2026", name="Received on")
        self._wrong = MissingLine()
        self.join_small = Check(f"Join small rows (fewer than {SMALL} cameras)")
        self.join_small.setAccessibleDescription(RULE)
        self.questions_button, self.asked = (
            Button("Choose questions", then=self.ask_questions),
            Text("", "caption", "secondary"),
        )
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(lambda: self._take(left=False))
        self._filling = False
        asked = labelled("Request reference", self.ref), 8, labelled("Received on", self.received)
        column(*asked, 12, self.questions_button, 2, self.asked, 12, self.join_small, self._wrong, of=self)
        for field in (self.ref, self.received):
            field.textEdited.connect(self._typing.start)
            field.editingFinished.connect(self._take)
        self.join_small.toggled.connect(lambda _: self._take())
        self._request = FoiRequest()
        self.show_request(self._request)

    @property
    def request(self) -> FoiRequest:
        """The request as it holds: a day that is no day is not taken up."""
        return self._request

    def show_request(self, request: FoiRequest) -> None:
        """Shows a request that was kept."""
        self._filling = True
        self._request = request
        self.ref.setText(request.ref)
        self.received.setText(long_date(request.received) if request.received else "")
        self.join_small.setChecked(request.join_small)
        self._filling = False
        self._count()
        self._wrong.say("")

    def ask_questions(self) -> QuestionsDialog:
        """Asks which questions the request asks."""
        dialog = QuestionsDialog(self._request.questions, self._answer, self.window())
        dialog.show_over()
        return dialog

    def _answer(self, questions: tuple[str, ...]) -> None:
        self._hold(replace(self._request, questions=questions))

    def take_now(self) -> None:
        """Takes up what was typed without waiting, and says what is wrong with it: a key that saves leaves no field."""
        self._take()

    def _take(self, *, left: bool = True) -> None:
        """Takes up what was typed; what is wrong with it is said once the field is left."""
        if self._filling:
            return
        self._typing.stop()
        try:
            request = foi.checked_request(self.ref.text(), self.received.text(), self._request.questions, today=self._today())
        except ValueError as error:
            if left:
                self._wrong.say(str(error), self.received, lead=False)
            return
        self._wrong.say("")
        self._hold(replace(request, join_small=self.join_small.isChecked()))

    def _hold(self, request: FoiRequest) -> None:
        if request != self._request:
            self._request = request
            self._count()
            self.changed.emit()

    def _count(self) -> None:
        number, every = len(self._request.questions), len(QUESTIONS)
        self.asked.setText(f"{f'All {every}' if number == every else f'{number} of {every}'} questions")


class ReportChoices(Surface):
    """`changed` follows every choice; `kind` and `choices` say what holds."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("base", lines="r")
        self._session = session
        self._filling = False
        self.kinds, self.audiences = QButtonGroup(self), QButtonGroup(self)
        self._for_whom = Text("", "caption", "secondary")
        self._left_out = Text("", "caption", "secondary")
        self._audience_part, self._place_part, self._request_part = QWidget(), QWidget(), QWidget()
        self._part_part, self._version_part = QWidget(), QWidget()
        self.place, self.part, self.version = Combo("Which floor"), Combo("Which part"), Combo("Which version")
        for what, part_words in reports.PART_WORDS.items():
            self.part.addItem(part_words, what)
        self.form, self.scope = RequestForm(lambda: session.clock().date()), ScopeForm(session)
        body = QWidget()
        layout = column(Text("Reports", "title"), 12, margins=(24, 24, 12, 20), of=body)
        rest = QWidget()
        others = column(of=rest)
        for at, kind in enumerate(reports.KINDS):
            one = Radio(kind.title)
            one.setAccessibleDescription(kind.for_whom)
            self.kinds.addButton(one, at)
            fill(layout if kind.name in IN_FRONT else others, one, 4)
        self.more = Fold("More reports")
        self.more.toggled.connect(rest.setVisible)
        rest.hide()
        fill(layout, self.more, 4, rest, 4, self._for_whom)
        self._radios: list[Radio] = []
        audience: list[Part] = [Hairline(), 12, Text("Who will see it?", "strong"), 8]
        for at, (name, words) in enumerate(reports.AUDIENCE_WORDS.items()):
            choice = Radio(words)
            choice.setObjectName(name)
            self.audiences.addButton(choice, at)
            self._radios.append(choice)
            audience.append(choice)
        self._barred = Text("", "caption", "secondary")
        column(*audience, self._barred, gap=4, of=self._audience_part)
        column(Hairline(), 12, Text("Which floor", "strong"), 8, self.place, 12, of=self._place_part)
        column(Hairline(), 12, Text("Which part", "strong"), 8, self.part, 12, of=self._part_part)
        column(Text("Which version", "strong"), 8, self.version, 12, of=self._version_part)
        column(Hairline(), 12, Text("The request", "strong"), 8, self.form, 12, of=self._request_part)
        layout.addSpacing(12)
        for part in (self._request_part, self._place_part, self._part_part, self._version_part, self._audience_part):
            layout.addWidget(part)
        fill(layout, 4, self._left_out, 12, self.scope, None)
        column(Scroll(body, "Choices for the report"), of=self)
        self.kinds.idToggled.connect(lambda _, on: self._choose() if on else None)
        self.audiences.idToggled.connect(lambda _, on: self._tell() if on else None)
        self.place.currentIndexChanged.connect(self._tell)
        self.part.currentIndexChanged.connect(self._tell)
        self.version.currentIndexChanged.connect(self._tell)
        self.form.changed.connect(self._tell)
        self.scope.changed.connect(self._tell)

    @property
    def kind(self) -> reports.ReportKind:
        """The report that is chosen."""
        return reports.KINDS[max(0, self.kinds.checkedId())]

    @property
    def choices(self) -> reports.Choices:
        """What was chosen for it."""
        audience = tuple(reports.AUDIENCE_WORDS)[max(0, self.audiences.checkedId())]
        part: reports.PlanPart = self.part.currentData() if "part" in self.kind.options else "all"
        scope = self.scope.scope if "scope" in self.kind.options else ReportScope()
        version = self.version.currentData() if "version" in self.kind.options else None
        place, request = self.place.currentData(), self.form.request
        return reports.Choices(audience, place, request, version=version, part=part, scope=scope)

    def show_kind(self, kind: reports.ReportKind) -> None:
        """Chooses a report, with what was saved for it."""
        button = self.kinds.button(reports.KINDS.index(kind))
        self.more.setChecked(self.more.isChecked() or kind.name not in IN_FRONT)
        if button.isChecked():
            self._choose()
        else:
            button.setChecked(True)

    def chosen_radio(self) -> QWidget:
        """Where the keyboard starts."""
        return self.kinds.checkedButton() or self

    def refresh_places(self) -> None:
        """The floors that have a plan, by name, and what a report can be about."""
        self._filling = True
        kept = self.place.currentData()
        self.place.clear()
        for place in self._session.places():
            if place.picture:
                self.place.addItem(clean(place.name, 60), place.id)
        self.place.choose(kept)
        self._filling = False
        self.scope.refresh()

    def _choose(self) -> None:
        kind, inventory = self.kind, self._session.inventory
        kept = reports.choices_kept(inventory, kind) if inventory is not None else reports.Choices(kind.audiences[0])
        self.refresh_places()
        self._filling = True
        self._for_whom.setText(kind.for_whom)
        allowed = policy_in_force()
        barred = {name: why for name in kind.audiences if (why := why_not_for(name, allowed))}
        chosen = next((one for one in (kept.audience, *kind.audiences) if one not in barred), kept.audience)
        for choice in self._radios:
            choice.setVisible(choice.objectName() in kind.audiences)
            choice.setEnabled(choice.objectName() not in barred)
            choice.setChecked(choice.objectName() == chosen)
        self._barred.setText(next(iter(barred.values()), ""))
        self._barred.setVisible(bool(barred))
        self.place.choose(kept.place)
        self.part.choose(kept.part)
        versions = inventory.plan_versions() if inventory is not None and "version" in kind.options else ()
        self.version.clear()
        self.version.addItem("As it is now", None)
        self.version.offer((f"As signed on {long_date(one.made_at)}", one.number) for one in versions)
        self.form.show_request(kept.request)
        self._filling = False
        self._request_part.setVisible("request" in kind.options)
        self._place_part.setVisible("place" in kind.options and self.place.count() > 0)
        self._part_part.setVisible("part" in kind.options)
        self._version_part.setVisible(bool(versions))
        self._audience_part.setVisible(len(kind.audiences) > 1)
        self.scope.setVisible("scope" in kind.options)
        self._tell()

    def _tell(self, *_: object) -> None:
        if self._filling:
            return
        self._left_out.setText(self.kind.left_out.get(self.choices.audience, ""))
        self.changed.emit()
