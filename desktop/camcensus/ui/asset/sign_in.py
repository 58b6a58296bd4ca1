"""Sign in to read more: one list that says what changed since the last time, a login for the ticked devices, the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from camcensus.discovery.login import Login
from camcensus.identity.same_device import Compared
from camcensus.model.errors import CamcensusError
from camcensus.model.scan import ScanProgress
from camcensus.model.words import clean
from camcensus.tasks.finding.sign_in import DeviceOutcome, SignInRow
from camcensus.tasks.policy import policy_in_force, why_no_login
from camcensus.tasks.register import reading
from camcensus.tasks.register.reading import RowsRead
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.job import Emit, Job, answer_failure
from camcensus.ui.kit import theme
from camcensus.ui.kit.bars import Progress
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import column, fill, panel, stack
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.session import Session

LEAD = (
    "Some answers come only after a login: the exact model and firmware, the link to the maker’s cloud, the cameras behind a "
    "recorder, and which AI functions are there and switched on."
)
LISTED = (("Name", 0), ("Address", 120), ("Maker", 130), ("MAC address", 150), ("Compared with last time", 200))
"""Titles and widths of the words of a `SignInRow`."""
RESULTS = (
    ViewColumn("name", "Which", "text", 160, lambda one: one.row.name),
    ViewColumn("state", "Result", "text", 160, lambda one: reading.STATE_WORDS[one.outcome.state]),
    ViewColumn("say", "Why", "text", 0, lambda one: clean(one.outcome.say, 400)),
)
CHANGED = "Changed devices are not ticked. Tick one only if you know why it changed."
NOBODY = "These cannot be read with a login. Choose cameras or recorders at an address of your own network."


def _word(at: int) -> Callable[[SignInRow], str]:
    return lambda one: one.words[at]


class SignInDialog(Dialog):
    """Lists devices, asks for a login, reads the ticked ones as a Job, and says how each went. `defect` carries one of ours."""

    defect = Signal(object)

    def __init__(self, session: Session, chosen: Sequence[AssetRow], parent: QWidget) -> None:
        super().__init__(parent, "Sign in to read more", width=860, lead=LEAD)
        self._session = session
        self._loopback = session.simulated
        self._groups = reading.groups(session.rows(), chosen, loopback=self._loopback)
        self._list: tuple[SignInRow, ...] = ()
        self._ticked = set[str]()
        self._results: list[DeviceOutcome] = []
        self.job: Job | None = None
        self._which = Combo("For which devices")
        for group in self._groups:
            self._which.addItem(group.words)
        words = (ViewColumn(title, title, "text", wide, _word(at)) for at, (title, wide) in enumerate(LISTED))
        boxes: dict[int, Callable[[SignInRow], object]] = {Qt.ItemDataRole.CheckStateRole: lambda one: self._tick_of(one)[0]}
        columns = (ViewColumn("use", "", "check", 44, lambda one: self._tick_of(one)[1], roles=boxes), *words)
        self.listed_model = TableModel[SignInRow](columns, parent=self)
        self.listed = Table(columns, "Devices to sign in to", row_height=36, model=self.listed_model)
        self.listed.setMinimumHeight(theme.unless_large(180, 140))
        self.listed.ticked.connect(self._tick)
        self._changed = Text(CHANGED, "body", "listed_ink")
        self.user = Field("For example admin", name="User name")
        self.password = Field("", name="Password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._who = Field("Name, for example R. Khan, IT", name="Who allows this?", text=session.person)
        self._problem = MissingLine()
        self._faces = stack(self._form(), self._running())
        self.body.addWidget(self._faces, 1)
        self.change_button = Button("Change and try again", then=self._back)
        self.buttons.addWidget(self.change_button)
        self.go = self.offer("Cancel", "Sign in")
        self._which.currentIndexChanged.connect(self._list_group)
        self._show_form()
        self._list_group()

    def _form(self) -> QWidget:
        body = QWidget()
        asked = column(margins=(0, 0, 10, 0), of=body)
        fill(asked, labelled("For which devices", self._which), 10, (card_of(self.listed), 1), 4, self._changed, 10)
        fill(asked, form((self.user, self.password)), 8, labelled("Who allows this?", self._who), 10)
        fill(asked, Text(reading.WHAT_IT_DOES, "body", "secondary"), 6, self._problem)
        return body

    def _running(self) -> QWidget:
        self._bar = Progress("How far the reading is")
        self._said = Text("")
        self.results = TableModel[DeviceOutcome](RESULTS, parent=self)
        table, whole = Table(RESULTS, "How each device was read", row_height=36, model=self.results, one_row=True), Text("")
        table.selectionModel().currentChanged.connect(
            lambda now, _: whole.setText(RESULTS[2].value(self.results.rows[now.row()]))
        )
        return panel(column(self._bar, 10, self._said, 10, (card_of(table), 1), 8, whole))

    @property
    def running(self) -> bool:
        """Whether devices are being asked."""
        return self.job is not None and self.job.running

    def _list_group(self, *_: object) -> None:
        """The devices of the chosen group; those that changed are not ticked."""
        inventory, at = self._session.inventory, self._which.currentIndex()
        rows = self._groups[at].rows if 0 <= at < len(self._groups) else ()
        self._list, failure = (), ""
        try:
            if inventory is not None and rows:
                self._list = reading.sign_in_list(inventory, rows, self._session.knowledge, loopback=self._loopback)
        except CamcensusError as error:
            failure = str(error)
        self._ticked = {one.asset for one in self._list if not one.compared.changed}
        self._show_list()
        self._hold_back(failure)

    def _tick_of(self, one: SignInRow) -> tuple[Qt.CheckState, str]:
        return (Qt.CheckState.Checked, "Ticked") if one.asset in self._ticked else (Qt.CheckState.Unchecked, "Not ticked")

    def _tick(self, rows: list[int]) -> None:
        """Turns the boxes of these rows as the first of them."""
        assets = {self._list[at].asset for at in rows}
        on = bool(rows) and self._list[rows[0]].asset not in self._ticked
        self._ticked = self._ticked | assets if on else self._ticked - assets
        model = self.listed_model
        model.dataChanged.emit(model.index(0, 0), model.index(len(self._list) - 1, 0))

    def _show_list(self) -> None:
        self.listed_model.set_rows(self._list)
        self._changed.setVisible(any(one.compared.changed for one in self._list))

    def _hold_back(self, failure: str = "") -> None:
        """Says what keeps the login from going out, and offers it where nothing does."""
        problem = failure or ("" if self._list else NOBODY)
        if not self._loopback:
            problem = why_no_login(policy_in_force()) or problem
        problem = self._session.readonly_reason or problem
        self._problem.say(problem)
        self.go.setEnabled(not problem)

    def _show_form(self) -> None:
        """The list and the login again."""
        self.go.setText("Sign in")
        self.go.show()
        self.cancel_button.setText("Cancel")
        self.cancel_button.show()
        self.change_button.hide()
        self._faces.setCurrentIndex(0)
        self.user.setFocus()

    def _back(self) -> None:
        """The list again: what was read is not ticked, and what was not as listed says so."""
        ended = {one.row.asset: one.outcome for one in self._results}
        self._ticked -= {asset for asset, outcome in ended.items() if outcome.state in ("read", "changed")}
        self._list = tuple(
            replace(one, compared=Compared(is_new=False, changed=ended[one.asset].changed))
            if one.asset in ended and ended[one.asset].changed
            else one
            for one in self._list
        )
        self._show_list()
        self._hold_back()
        self._show_form()

    def accept(self) -> None:
        if self._faces.currentIndex() == 1:
            super().accept()
            return
        if self._problem.first(
            (not self._ticked, "Tick the devices to sign in to.", self.listed),
            (not self.user.text(), "Type the user name.", self.user),
            (not self.password.text(), "Type the password.", self.password),
            (not self._who.typed, "Type who allows this.", self._who),
        ):
            return
        self._session.person = self._who.typed
        login = Login(self.user.text(), self.password.text())
        self.password.clear()
        self._start([one.allowed() for one in self._list if one.asset in self._ticked], login)

    def _start(self, ticked: Sequence[SignInRow], login: Login) -> None:
        session, inventory = self._session, self._session.inventory
        if inventory is None or self.running:
            return
        batch, loopback, who = inventory.batch, self._loopback, self._session.person

        async def work(emit: Emit) -> RowsRead:
            with batch() as pen:
                return await reading.read_rows(
                    pen, ticked, login, emit, knowledge=session.knowledge, clock=session.clock, allowed_by=who,
                    loopback=loopback,
                )  # fmt: skip

        self._results.clear()
        self._show_results()
        self._said.setText("Asking the first device.")
        self._bar.set_part(0, len(ticked))
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
            elif isinstance(value, DeviceOutcome):
                self._results.append(value)
        self._show_results()

    def _show_results(self) -> None:
        self.results.set_rows(tuple(self._results))

    def _finished(self, read: RowsRead) -> None:
        self._results = list(read.outcomes)
        self._show_results()
        self._bar.set_part(1, 1)
        self._said.setText(clean(read.say, 1000))
        announce(self, self._said.text())
        self._session.hub.publish(read.changes)
        self.cancel_button.hide()
        self.change_button.setVisible({one.row.asset for one in read.outcomes if one.outcome.state == "read"} != self._ticked)
        self.go.setText("Close")
        self.go.setEnabled(True)
        self.go.show()
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: BaseException) -> None:
        self._show_form()
        answer_failure(error, self._problem.say, self.defect.emit)

    def reject(self) -> None:
        """While devices are asked, this is Stop: what was read so far is saved."""
        if self.running and self.job is not None:
            self._said.setText("Stopping. What was read so far is saved.")
            self.job.cancel()
            return
        super().reject()
