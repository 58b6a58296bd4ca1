"""Needs checking: one thing at a time, in plain questions; what a person reads becomes evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from camcensus.model.changes import Changes
from camcensus.model.words import clean, count
from camcensus.store.edits.merging import answer_doubt
from camcensus.store.edits.tagging import ask_installer
from camcensus.tasks.progress import Progress
from camcensus.tasks.register.alike import alike, answer_alike, do
from camcensus.tasks.register.checking import CheckAnswer, ToCheck
from camcensus.tasks.register.verbs import AssetRow, Inventory
from camcensus.ui.asset.evidence import EvidenceSection
from camcensus.ui.asset.label import SAVED_AS
from camcensus.ui.job import Job
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.forms import MissingLine
from camcensus.ui.kit.layout import column, faces, panel, row, stack
from camcensus.ui.kit.parts import Hairline, Scroll, Surface
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.needs_checking.double import CheckDouble
from camcensus.ui.needs_checking.form import CheckForm
from camcensus.ui.needs_checking.queue import WIDTH, CheckQueue
from camcensus.ui.page import EmptyState
from camcensus.ui.session import Session
from camcensus.ui.two_columns import TwoColumns

FAILED = "Your answer was not saved"
WAIT = "An answer for many entries is being saved. Wait a moment, then do it again."
PANE = 264
WITH_HELP = 1180
"""Width under which the help at the right is left out: the form says what it needs itself."""


class OnceButton(Button):
    """Takes a double click as one: the second would answer the next item."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class NeedsCheckingPage(TwoColumns):
    """The queue at the left, the question in the middle, what to look for at the right."""

    name = "checking"
    help_page = "checking"
    one_below = 900
    back_words = "All to check"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.queue = CheckQueue()
        self.form, self.double = CheckForm(session), CheckDouble(session)
        self.note = Text(SAVED_AS, "caption", "secondary")
        self.problem = MissingLine(instead_of=self.note)
        self.job: Job | None = None
        self.not_camera = OnceButton("Not a camera", then=self.is_no_camera)
        self.cannot_tell = OnceButton("I can’t tell – ask my installer", then=self.ask_installer)
        self.save_button = OnceButton("Save and next", "primary", then=self.save_and_next)
        self.two = OnceButton("Two devices", then=lambda: self._answer_double("different"))
        self.same = OnceButton("Same device", "primary", then=lambda: self._answer_double("same"))
        self.list_button = Button("Print the list for my installer", "quiet", "printer", then=self.print_questions)
        self._aside = Surface("pane", lines="l")
        self._see, self._find = self._leads_to("See cameras and recorders", "cameras"), self._leads_to("Find cameras", "find")
        self._done = EmptyState("clipboard-check", "Nothing needs checking", "", self._see, self._find)
        self._shown = ""
        self._build()
        self._connect()

    def _leads_to(self, words: str, page: str) -> Button:
        return Button(words, "primary", then=lambda: self.session.hub.asked_for.emit(page, None))

    def _build(self) -> None:
        self._scroll = Scroll(self.form, "What to check")
        self._questions = stack(self._scroll, self.double)
        foot = Surface("pane", lines="t")
        bar = row((Flow(self.back_button, self.not_camera, self.cannot_tell, self.two), 1), self.same, self.save_button)
        column(self.note, self.problem, bar, gap=6, margins=(24, 8, 24, 10), of=foot)
        self._middle = panel(column((self._questions, 1), foot))
        help_ = QWidget()
        column(
            Text("What you can do", "heading"),
            8,
            Text(
                "Look at the label. It may say Model or P/N. On a dome it is often under the cover; on a bullet camera, on the "
                "underside."
            ),
            16,
            Text("Can’t reach it?", "strong"),
            2,
            Text("Choose “I can’t tell”. We add it to one printed list of questions for your installer.", "body", "secondary"),
            8,
            self.list_button,
            12,
            Hairline(),
            12,
            Text("Keyboard", "strong"),
            2,
            Text("Ctrl+Enter saves and goes to the next one. Ctrl+Z takes it back.", "body", "secondary"),
            None,
            margins=(24, 24, 16, 20),
            of=help_,
        )
        column(Scroll(help_, "What you can do"), margins=(1, 0, 0, 0), of=self._aside)
        both = panel(row(self.queue, (self._middle, 1), self._aside, gap=0))
        self.take_turns(self.queue, self.queue.view, self._middle, WIDTH)
        self._faces = faces(self, both, self._done)

    def _connect(self) -> None:
        self.queue.chosen.connect(self._show)
        self.form.alike.changed.connect(self._show_save)
        self.form.why_wanted.connect(self._show_why)
        self.form.plan_wanted.connect(self._show_plan)
        self.session.hub.changed.connect(self.follow)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Shows the queue as it is; `wish` is a row to begin with."""
        self.catch_up()
        if isinstance(wish, str) and self.queue.choose(wish):
            self.read()

    def start_focus(self) -> QWidget:
        if self._faces.currentIndex():
            return self._find if self._see.isHidden() else self._see
        return self.form.kind if self.queue.isHidden() else self.queue.view

    def panes(self) -> list[QWidget]:
        if self._faces.currentIndex():
            return [self.start_focus()]
        first: QWidget = self.form.kind if self._questions.currentIndex() == 0 else self.same
        stops: list[QWidget] = [] if self.queue.isHidden() else [self.queue.view]
        return stops if self._middle.isHidden() else [*stops, first]

    def escape(self) -> bool:
        """Back to the queue where they take turns, then clears the search."""
        if self.queue.isHidden():
            self.to_list()
            return True
        if self.queue.search.text():
            self.queue.search.clear()
            return True
        return False

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self._aside.setHidden(theme.at_100(self.window().width()) < WITH_HELP)
        self._aside.setFixedWidth(theme.px(PANE))

    def first_to_read(self) -> QWidget:
        return self.form.kind

    # What a person does here

    def search_box(self) -> Field | None:
        return None if self.queue.isHidden() else self.queue.search

    def save_and_next(self) -> None:
        """Keeps what was found and continues; says what is missing beside the fields."""
        item, form = self.queue.current, self.form
        if item is None or self.busy:
            return
        if item.why == "duplicate":
            self.same.setFocus()
            return
        given, who = form.answer(), form.who.typed
        said = given.answers(item.asset, others=bool(form.alike.others))
        if self.problem.first(
            (not said, "Type the brand or model, or choose what it is; or choose “I can’t tell”.", form.brand),
            (not who, "Type who looked.", form.who),
            (form.is_reading, "The picture is still being read; save when its name is shown.", form.photo_button),
        ):
            return
        self.session.person = who
        self._answer(item.asset.id, given, who)

    def is_no_camera(self) -> None:
        """It is something else, and so are those that the answer is for as well: listed, never counted."""
        item = self.queue.current
        who = self.form.who.typed or self.session.by
        if item is not None and not self.busy:
            self._answer(item.asset.id, CheckAnswer(kind="other"), who)

    def ask_installer(self) -> None:
        """Onto the list of questions for the installer."""
        item, session = self.queue.current, self.session
        if item is not None and not self.busy:
            edit = ask_installer([item.asset.id, *self.form.alike.others], True)
            self._save(lambda pen, _: do(pen, session.knowledge, edit, by=session.by, now=session.clock()))

    def print_questions(self) -> None:
        """The questions for the installer, on paper."""
        self.session.hub.asked_for.emit("reports", "questions")

    # How

    def refresh(self) -> None:
        if self.session.inventory is None:
            return
        rows, items = self.session.rows(), self.session.to_check()
        open_ones = self.session.to_check_number()
        asked = sum(item.state == "installer" for item in items)
        done = sum(item.state == "answered" for item in items)
        said = [f"{count(done, 'item')} answered."] if done else []
        said += [f"{count(asked, 'item')} asked of your installer."] if asked else []
        known = "Every maker is known well enough, and nothing was seen twice."
        none = "There are no cameras yet. Where a search or a list leaves a question open, Camcensus asks it here."
        self._done.sentence.setText(" ".join(said) or (known if rows else none))
        self._see.setVisible(bool(rows))
        self._find.setHidden(bool(rows))
        self.list_button.setVisible(bool(asked))
        self._faces.setCurrentIndex(0 if open_ones or asked or done else 1)
        self.queue.show_items([(item, self.session.row(item.asset.id)) for item in items])

    def _show(self, item: ToCheck | None) -> None:
        self._middle.setEnabled(item is not None)
        if item is None:
            return
        double = item.why == "duplicate"
        for button in (self.not_camera, self.cannot_tell, self.save_button):
            button.setVisible(not double)
        for button in (self.same, self.two):
            button.setVisible(double)
        self._allow()
        self._questions.setCurrentIndex(1 if double else 0)
        known, self._shown = item.id == self._shown, item.id
        if double:
            self.double.show_item(item)
            return
        row_ = self.session.row(item.asset.id)
        if not known:  # else what was typed for it stays
            self.problem.say("")
            self.form.show_item(item, row_)
            self._scroll.verticalScrollBar().setValue(0)
        others = alike(item, self.session.to_check(), self.session.row, self.session.knowledge)
        self.form.alike.show_alike(others, row_, anew=not known)

    def _show_save(self) -> None:
        number = len(self.form.alike.others)
        self.save_button.setText(f"Save {number + 1:,} and next" if number else "Save and next")
        self.save_button.updateGeometry()

    def _allow(self) -> None:
        """Nothing is answered where the record cannot be changed, nor while an answer is being saved."""
        may_edit = self.session.readonly_reason is None and not self.busy
        for button in (self.not_camera, self.cannot_tell, self.save_button, self.same, self.two):
            button.setEnabled(may_edit)
        for part in (self.queue, self._questions):
            part.setEnabled(not self.busy)
        if not self.busy:
            self.note.setText(SAVED_AS)

    def _next(self) -> None:
        self._shown = ""
        if self.queue.next_open():
            self._show(self.queue.current)
            announce(self, "Saved. The next one.")
            self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            some = any(item.state == "open" for item, _ in self.queue.model.every)
            announce(self, "Saved. Nothing more matches your search." if some else "Saved. Nothing is left to check.")
            self._show(self.queue.current)

    @property
    def busy(self) -> bool:
        """Whether an answer for many entries is being saved."""
        return self.job is not None and self.job.running

    def _answer(self, asset: str, given: CheckAnswer, who: str) -> None:
        knowledge, others, now = self.session.knowledge, self.form.alike.others, self.session.clock()
        self._save(lambda pen, told: answer_alike(pen, knowledge, asset, given, others, by=who, now=now, progress=told))

    def _save(self, work: Callable[[Inventory, Progress | None], Changes]) -> None:
        """Saves an answer and goes on; one for many in a Job, and the next item is shown when that has ended."""
        others = len(self.form.alike.others)
        if not others:
            if self.session.attempt(FAILED, lambda inventory: work(inventory, None)) is not None:
                self._next()
            return

        def ended(changes: Changes | None) -> None:
            self._allow()
            if changes is not None:
                self._next()

        self.job = self.session.beside(FAILED, WAIT, work, ended)
        if self.job is not None:
            self.job.progressed.connect(lambda told: self._show_progress(*told[-1]))
            self._allow()
            self._show_progress(0, others)

    def _show_progress(self, done: int, of: int) -> None:
        self.note.setText(f"Saving the answer: {done:,} of {of:,}.")

    def _answer_double(self, answer: Literal["same", "different"]) -> None:
        item = self.queue.current
        if item is None or item.doubt is None:
            return
        if self.session.do(answer_doubt(item.doubt.id, answer), by=self.session.person or self.session.by):
            self._next()

    def _row(self) -> AssetRow | None:
        item = self.queue.current
        return self.session.row(item.asset.id) if item is not None else None

    def _show_why(self) -> None:
        item = self._row()
        if item is not None and item.verdict is not None:
            dialog = Dialog(self.window(), f"Why we say this of {clean(item.asset.ref)}", width=560)
            dialog.body.addWidget(EvidenceSection(item.verdict, self.session.knowledge, self.session.clock()))
            dialog.offer_close()
            dialog.show_over()

    def _show_plan(self) -> None:
        item = self._row()
        if item is not None:
            self.session.hub.asked_for.emit("places", {"asset": item.asset.id})
