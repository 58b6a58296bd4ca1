"""Sign in to read more: a login typed for one device or for those of a place, tried once each, with the result in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from camcensus.discovery.login import Login
from camcensus.model.errors import CamcensusError
from camcensus.model.logins import LoginAllowances
from camcensus.model.scan import ScanProgress
from camcensus.model.words import clean, count
from camcensus.store.keychain import open_keychain
from camcensus.tasks.policy import policy_in_force, why_no_login
from camcensus.tasks.register import reading, saved_logins
from camcensus.tasks.register.reading import ReadingRequest, RowRead, RowsRead
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.job import Emit, Job, answer_failure
from camcensus.ui.kit.bars import Progress
from camcensus.ui.kit.buttons import Button, Fold
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Check, Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import column, fill, panel, row, stack
from camcensus.ui.kit.ledger import Ledger
from camcensus.ui.kit.ledger_model import Cell, LedgerLine
from camcensus.ui.kit.marks import notice
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.session import Session

LEAD = (
    "Some answers come only after a login: the exact model and firmware, the link to the maker’s cloud, the cameras behind a "
    "recorder, and which AI functions are there and switched on."
)
COLUMNS = (ViewColumn("ref", "Which", "words", 112), ViewColumn("result", "Result", "words", 0))
NOBODY = "These cannot be read with a login. Choose cameras or recorders at an address of your own network."


class SignInDialog(Dialog):
    """Asks for a login, reads with it as a Job, and says for each device how it went. `defect` carries a defect of ours."""

    defect = Signal(object)

    def __init__(self, session: Session, chosen: Sequence[AssetRow], parent: QWidget) -> None:
        super().__init__(parent, "Sign in to read more", width=560, lead=LEAD)
        self._session = session
        self._loopback = session.simulated
        self._groups = reading.groups(session.rows(), chosen, loopback=self._loopback)
        self._results: list[RowRead] = []
        self._asked: frozenset[str] = frozenset()
        self._keychain = open_keychain()
        self.job: Job | None = None
        self._which = Combo("For which devices")
        for group in self._groups:
            self._which.addItem(group.words)
        self._which.currentIndexChanged.connect(self._show_kept)
        self.user = Field("For example admin", name="User name")
        self.password = Field("", name="Password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._who = Field("Name, for example R. Khan, IT", name="Who allows this?", text=session.person)
        name = self._keychain.name if self._keychain is not None else ""
        self.keep = Check(f"Keep this login in {name}")
        self.kept = Check("Use the login saved in the keyring")
        self.kept.toggled.connect(lambda on: [field.setDisabled(on) for field in (self.user, self.password, self.keep)])
        self.forget = Button("Forget saved logins", then=self._forget)
        self._forgot = Text("", "body", "secondary")
        self._fold = Fold("If a device asks a question")
        self.clock = Check("Log in although a device’s clock is off, by up to 24 hours")
        self.clear_in_tls = Check("Give the password itself where a device asks for it, inside TLS only")
        self.changed = Check("Log in although it may be another device, where it asked about that")
        self.again = Check("Try again where this login failed before")
        self._pause_words = Text("", "body", "listed_ink")
        self._pause = notice((self._pause_words, 1), ground="listed_fill", margins=(14, 10, 14, 10))
        self._gap = QWidget()
        self._gap.setFixedHeight(10)
        self._problem = MissingLine()
        self._faces = stack(self._form(), self._running())
        self.body.addWidget(self._faces, 1)
        self.change_button = Button("Change and try again", then=self._back)
        self.buttons.addWidget(self.change_button)
        self.go = self.offer("Cancel", "Sign in")
        self.keep.setVisible(self._keychain is not None)
        self._show_kept()
        self._show_form()

    def _form(self) -> QWidget:
        body = QWidget()
        asked = column(margins=(0, 0, 10, 0), of=body)
        fill(asked, self._pause, self._gap, labelled("For which devices", self._which), 10, row((self.kept, 1), self.forget))
        fill(asked, self._forgot, 6)
        fill(asked, form((self.user, self.password)), 8, self.keep, 8, labelled("Who allows this?", self._who), 10)
        questions = panel(column(self.clock, self.clear_in_tls, self.changed, self.again, gap=4))
        questions.hide()
        self._fold.toggled.connect(questions.setVisible)
        fill(asked, self._fold, questions, 10, Text(reading.WHAT_IT_DOES, "body", "secondary"), 6, self._problem, None)
        return body

    def _running(self) -> QWidget:
        self._bar = Progress("How far the reading is")
        self._said = Text("")
        self.ledger = Ledger(COLUMNS, "How each device was read", stack_below=300)
        listed = panel(column(self.ledger, None))
        return panel(column(self._bar, 10, self._said, 10, (Scroll(listed, "How each device was read"), 1)))

    @property
    def running(self) -> bool:
        """Whether devices are being asked."""
        return self.job is not None and self.job.running

    def _rows(self) -> tuple[AssetRow, ...]:
        """The rows of the chosen group."""
        at = self._which.currentIndex()
        return self._groups[at].rows if 0 <= at < len(self._groups) else ()

    def _show_kept(self, *_: object) -> None:
        inventory = self._session.inventory
        try:
            number = len(reading.kept_logins(inventory, self._rows())) if inventory is not None and self._keychain else 0
        except CamcensusError:
            number = 0
        self._forgot.hide()
        self.kept.setVisible(bool(number))
        self.forget.setVisible(bool(number))
        self.kept.setChecked(bool(number))
        self.kept.setText(f"Use the logins saved in the keyring, for {number} of {len(self._rows())}")

    def _forget(self) -> None:
        session, inventory, keychain = self._session, self._session.inventory, self._keychain
        if inventory is None or keychain is None or self.running:
            return
        batch, assets = inventory.batch, [one.asset for one in self._rows()]

        def work(_emit: Emit) -> int:
            with batch() as pen:
                return saved_logins.forget_logins(pen, keychain, assets, by=session.by, now=session.clock())

        self.forget.setEnabled(False)
        self.go.setEnabled(False)
        self.job = Job(work, finished=self._forgotten, failed=self._failed)
        self.job.start()

    def _forgotten(self, number: int) -> None:
        self._show_kept()
        self._show_form()
        self._forgot.setText(f"Camcensus removed {count(number, 'login')} from the keyring.")
        self._forgot.show()
        announce(self, self._forgot.text())

    def _show_form(self) -> None:
        """The form, with what holds a login back."""
        pause = reading.pause(self._session.clock())
        for part in (self._pause, self._gap):
            part.setVisible(bool(pause))
        self._pause_words.setText(pause)
        problem = "" if self._groups else NOBODY
        if not self._loopback:
            problem = why_no_login(policy_in_force()) or problem
        if self._session.readonly_reason:
            problem = self._session.readonly_reason
        self._problem.say(problem)
        self.changed.setVisible(bool(self._asked))
        self.changed.setChecked(False)
        self.forget.setEnabled(not self._session.readonly_reason)
        self.go.setText("Sign in")
        self.go.setEnabled(not pause and not problem)
        self.cancel_button.setText("Cancel")
        self.cancel_button.show()
        self.change_button.hide()
        self._faces.setCurrentIndex(0)
        self.user.setFocus()

    def _back(self) -> None:
        """The form again, for what was not read."""
        left = {outcome.asset for outcome in self._results if outcome.state != "read"}
        rows = tuple(one for one in self._rows() if one.asset.id in left)
        asked = {outcome.state for outcome in self._results} & {"clock", "clear", "held", "changed"}
        self._asked |= {outcome.ask for outcome in self._results if outcome.ask}
        self._fold.setChecked(bool(asked))
        if rows and len(rows) < len(self._rows()):
            words = f"The {count(len(rows), 'one that was', 'ones that were')} not read"
            self._groups = (reading.ReadingGroup(words, rows), *self._groups)
            self._which.insertItem(0, self._groups[0].words)
            self._which.setCurrentIndex(0)
        self._show_form()

    def accept(self) -> None:
        if self._faces.currentIndex() == 1:
            super().accept()
            return
        who, kept = self._who.typed, not self.kept.isHidden() and self.kept.isChecked()
        missing = ""
        where: QWidget = self.user
        if not kept and not self.user.text():
            missing = "Type the user name."
        elif not kept and not self.password.text():
            missing, where = "Type the password.", self.password
        elif not who:
            missing, where = "Type who allows this.", self._who
        if self._problem.say(missing, where):
            return
        self._session.person = who
        group = self._groups[self._which.currentIndex()]
        allowed = LoginAllowances(
            clock=self.clock.isChecked(),
            clear_in_tls=self.clear_in_tls.isChecked(),
            changed=self._asked if self.changed.isChecked() else frozenset(),
        )
        login = None if kept else Login(self.user.text(), self.password.text())
        keep = self.keep.isChecked() and not kept
        self._start(ReadingRequest(group.rows, login, who, allowed, self.again.isChecked(), keep, group.place))
        self.password.clear()

    def _start(self, wish: ReadingRequest) -> None:
        session, inventory = self._session, self._session.inventory
        if inventory is None or self.running:
            return
        batch, keychain, loopback = inventory.batch, self._keychain, self._loopback

        async def work(emit: Emit) -> RowsRead:
            with batch() as pen:
                return await reading.read_rows(
                    pen, wish, emit, knowledge=session.knowledge, clock=session.clock, by=session.by,
                    keychain=keychain, loopback=loopback,
                )  # fmt: skip

        self._results.clear()
        self.ledger.set_lines([])
        self._said.setText("Asking the first device.")
        self._bar.set_part(0, len(wish.rows))
        self._faces.setCurrentIndex(1)
        self.go.hide()
        self.cancel_button.setText("Stop")
        self.job = Job(
            work, progressed=self._progressed, finished=self._finished, failed=self._failed, cancelled=self._show_form
        )
        self.job.start()
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _progressed(self, values: tuple[object, ...]) -> None:
        for value in values:
            if isinstance(value, ScanProgress):
                self._bar.set_part(value.done, value.total)
                self._said.setText(f"{value.done} of {value.total} asked.")
            elif isinstance(value, RowRead):
                self._results.append(value)
        self._show_results()

    def _show_results(self) -> None:
        cells = [(Cell(one.ref), Cell(reading.STATE_WORDS[one.state], one.say)) for one in self._results]
        self.ledger.set_lines([LedgerLine(str(at), both) for at, both in enumerate(cells)])

    def _finished(self, read: RowsRead) -> None:
        self._results = list(read.outcomes)
        self._show_results()
        self._bar.set_part(1, 1)
        self._said.setText(clean(f"{read.say} {read.problem}".strip(), 1000))
        announce(self, self._said.text())
        self._session.hub.publish(read.changes)
        self.cancel_button.hide()
        self.change_button.setVisible(bool(read.left))
        self.go.setText("Close")
        self.go.setEnabled(True)
        self.go.show()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
        self.go.show()
        self._show_form()
        answer_failure(error, self._problem.say, self.defect.emit)

    def reject(self) -> None:
        """While devices are asked, this is Stop: what was read so far is saved."""
        if self.running and self.job is not None:
            self._said.setText("Stopping. What was read so far is saved.")
            self.job.cancel()
            return
        super().reject()
