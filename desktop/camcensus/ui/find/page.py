"""Find cameras: ask who allows it, search, show what answers as it answers, and keep it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.scan import Scope
from camcensus.model.words import count
from camcensus.tasks import policy
from camcensus.tasks.finding.afterwards import Afterwards, after_search
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import untouched
from camcensus.tasks.register.channels import HAVE_CHANNELS, Missing, add_missing, missing_channels
from camcensus.tasks.register.next_step import NextStep, maker_numbers, next_step
from camcensus.tasks.register.reading import may_be_read
from camcensus.tasks.register.rows import listed_to_decide, may_be_twice
from camcensus.tasks.register.verbs import AssetRow, count_rows
from camcensus.ui.asset.sign_in import SignInDialog
from camcensus.ui.find import searching
from camcensus.ui.find.import_list import ImportDialog
from camcensus.ui.find.live import NEXT, FindLive
from camcensus.ui.find.none import FindNone
from camcensus.ui.find.searching import Searched, Wish
from camcensus.ui.find.start import FindStart
from camcensus.ui.help.window import show_help
from camcensus.ui.job import Emit, Job
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.layout import column, stack
from camcensus.ui.kit.widgets import announce
from camcensus.ui.page import Page, PageHeading
from camcensus.ui.session import Session

ANNOUNCE_EVERY_S = 10
"""A screen reader hears a summary at most this often, not each row."""

Work = Callable[[Emit], Awaitable[object]]

_IN_A_SENTENCE = {"Network cable": "the network cable", "Another network": "another network"}


class FindPage(Page):
    """Three faces: before, during and after; and one for a search that found no cameras."""

    name = "find"
    help_page = "find"
    defect = Signal(object)
    wanted = Signal(str)
    """What a person wants after a search that another part of the window does."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.job: Job | None = None
        self._announced_s = 0.0
        self.stop_button = Button("Stop search", icon="square", then=self.stop)
        self.again_button = Button("Search again", icon="rotate-ccw", then=self.search_again)
        self.import_button = Button("Import a list…", then=session.hub.lists_wanted)
        self.heading = PageHeading("Find cameras", self.import_button, self.stop_button, self.again_button)
        self.start_form = FindStart(session)
        self.start_form.start.connect(self.search)
        self.live = FindLive(session)
        self.live.next.wanted.connect(self._go)
        self.live.next_button.clicked.connect(self._take_step)
        self._step: NextStep | None = None
        self._wish: Wish | None = None
        self._census: Census | None = None
        self._yearly = False
        self._none = FindNone()
        self._none.wanted.connect(self._go)
        self._faces = stack(self.start_form, self.live, self._none)
        column(self.heading, (self._faces, 1), gap=16, margins=(32, 0, 32, 12), of=self)
        session.hub.changed.connect(self._refresh_form)
        self._show(0)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Looks at this computer's networks again where the form is shown; the wishes "form" and "again" show it.

        "again" also searches at once what was searched last, where somebody allowed that and all of it is in reach.
        """
        if wish in ("form", "again") and not self.running:
            self._show(0)
        if self._faces.currentIndex() == 0:
            self.start_form.refresh()
            self._yearly = wish == "again"
            if self._yearly and (last := self.session.last_scan()) is not None:
                self.start_form.start_again(last)

    def start_focus(self) -> QWidget:
        if self._faces.currentIndex() == 0:
            return self.start_form.ask_for_name()
        return self.stop_button if self.running else self.again_button if self._faces.currentIndex() == 2 else self.live.table

    def panes(self) -> list[QWidget]:
        if self._faces.currentIndex() == 0:
            return [self.start_focus()]
        button = self.stop_button if self.running else self.again_button
        return [button] if self._faces.currentIndex() == 2 else [button, self.live.list_in_view()]

    def escape(self) -> bool:
        """Esc asks to stop."""
        if self.running:
            self.stop()
            return True
        return False

    def set_narrow(self, narrow: bool) -> None:
        del narrow
        self._show_buttons()

    # Searching

    @property
    def running(self) -> bool:
        """Whether a search is under way."""
        return self.job is not None and self.job.running

    def search_again(self) -> None:
        """Back to the form; in the simulation, at once."""
        if self.running:
            return
        if self.session.simulated:
            self.session.hub.practice_wanted.emit()
            return
        self.start_form.refresh()
        self._show(0)
        self.start_form.ask_for_name().setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self, wish: Wish) -> None:
        """Starts what the form asks for, and keeps who allowed it."""
        inventory = self.session.inventory
        if self.running or inventory is None:
            return
        if inventory.readonly_reason is not None:
            self.start_form.complain(f"A search could not be saved here. {inventory.readonly_reason}")
            return
        try:
            scope = policy.bounded(wish.scope(), policy.policy_in_force(), [card.address for card in wish.interfaces])
            scope = untouched.leaving_alone(scope, inventory)
        except CamcensusError as error:
            self.start_form.complain(str(error))
            return
        if not self.session.allow([*(card.network for card in wish.interfaces), *wish.ranges], wish.allowed_by):
            return
        work = searching.search(
            scope,
            inventory,
            self.session.knowledge,
            allowed_by=wish.allowed_by,
            enabled=self.session.enabled_lists(),
            clock=self.session.clock,
            ahead=self.session.read_ahead,
        )
        self._wish = wish
        where = ", ".join(_IN_A_SENTENCE.get(card.words, card.words) for card in scope.interfaces)
        self.run(scope, work, where)

    def run(self, scope: Scope, work: Work, where: str) -> None:
        """Runs one search as a Job."""
        self.live.begin(scope, where)
        job = Job(work, progressed=self._progressed, finished=self._finished, failed=self._failed, cancelled=self._cancelled)
        self.job = job
        self._announced_s = time.monotonic()
        self._show(1)
        job.start()
        self._show_buttons()
        if self.isVisible():
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Asks the search to stop; what was found so far is saved."""
        if self.job is not None and self.running:
            self.stop_button.setEnabled(False)
            self.heading.note.setText("Stopping. What was found so far is saved.")
            self.job.cancel()

    def _progressed(self, values: tuple[object, ...]) -> None:
        self.live.take(values, self.session.clock())
        now = time.monotonic()
        if now - self._announced_s >= ANNOUNCE_EVERY_S:
            self._announced_s = now
            announce(self, f"Found so far: {self.live.summary()}.")

    def _finished(self, result: Searched) -> None:
        self._census = result.census
        if result.changes is not None:
            self.session.hub.publish(result.changes)
        outcome = self._show_outcome()
        self._show_buttons()
        note = "We found no cameras." if outcome.state == "none" else f"We found {self.live.summary()}."
        expected = self._expected
        self.heading.note.setText(f"You expected about {expected}. {note}" if expected else note)
        announce(self, self.heading.note.text())
        if outcome.state == "none":
            answered = count(len(result.census.verdicts), "device") if result.census.verdicts else "Nothing"
            self._none.show_outcome(outcome, f"{answered} answered {_span(result)}.")
        if self._yearly:
            self.live.parts.choose(NEXT)
        self._show(2 if outcome.state == "none" else 1)
        if outcome.state != "none" and self.isVisible():
            self.live.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _expected(self) -> int | None:
        body = self.session.body
        return body.expected_cameras or None if body is not None else None

    def _show_outcome(self) -> Afterwards:
        """What the last search came to, again where what was expected has changed."""
        assert self._census is not None
        listed = listed_to_decide(count_rows(self._found_rows()), self.session.knowledge)
        outcome = after_search(self._census, self._expected, [listed, may_be_twice(self.session.rows())])
        can = bool(self._readable()) and not self.session.simulated
        channels = sum(map(len, self._without_rows().values())) if self.session.readonly_reason is None else 0
        self._step = self._next_step(outcome, channels)
        self.live.end(
            self._census, self.session.clock(), outcome, can_sign_in=can, channels=channels,
            makers=maker_numbers(self._found_rows(), self.session.knowledge), then=self._step.button if self._step else "",
        )  # fmt: skip
        return outcome

    def _next_step(self, outcome: Afterwards, channels: int) -> NextStep | None:
        """The one thing to do next: what the end of this search asks for, else what Home says; None where nothing was found."""
        if outcome.state == "lost" and self._wish is not None:
            return NextStep("", "Carry on", "find", "carry-on")
        if outcome.state == "recorder-only" and channels:
            return NextStep("", f"Add {count(channels, 'channel')}", "find", "channels")
        if self._yearly:
            return NextStep("", "Print walk-round sheet", "reports", "walkround")
        session = self.session
        rows = session.rows()
        return (
            next_step(session.inventory, rows, session.to_check_number(), session.knowledge, session.clock()) if rows else None
        )

    def _take_step(self) -> None:
        step = self._step
        if step is not None and step.page == self.name:
            self._go(str(step.wish))
        elif step is not None:
            self.session.hub.asked_for.emit(step.page, step.wish)

    def _without_rows(self) -> dict[str, tuple[Missing, ...]]:
        """Channels with no row of the recorders that the last search saw, by the recorder's asset id."""
        rows, recorders = self.session.rows(), [item for item in self._found_rows() if item.asset.kind in HAVE_CHANNELS]
        missing = {item.asset.id: missing_channels(item, rows, self.session.knowledge) for item in recorders}
        return {recorder: channels for recorder, channels in missing.items() if channels}

    def _readable(self) -> list[AssetRow]:
        """Rows of the register that the last search saw and that tell more after a login."""
        return [item for item in self._found_rows() if may_be_read(item)]

    def _found_rows(self) -> list[AssetRow]:
        """Rows of the register that the last search saw."""
        seen = {address for one in self._census.verdicts for address in one.device.addresses} if self._census else set()
        return [item for item in self.session.rows() if seen & set(item.addresses)]

    def _go(self, name: str) -> None:
        """What a person chose after a search."""
        if name == "carry-on" and self._wish is not None:
            self.search(self._wish)
        elif name == "another":
            self.search_again()
        elif name == "channels" and (recorders := self._without_rows()):
            if self.session.do(add_missing(self.session.knowledge, list(recorders))):
                self._show_outcome()
                self.session.hub.asked_for.emit("cameras", None)
        elif name == "walk-round":
            self.session.hub.asked_for.emit("reports", "walkround")
        elif name == "answered":
            self._show(1)
        elif name == "reach":
            show_help(self.window(), self.session.data_dir / "resources" / "help", "reach")
        elif name == "import":
            self.session.hub.lists_wanted.emit()
        elif name == "sign-in" and (rows := self._readable()):
            dialog = SignInDialog(self.session, rows, self.window())
            dialog.defect.connect(self.defect)
            dialog.show_over()
        else:
            self.wanted.emit(name)

    # Lists of other programs

    def bring_list(self, paths: Sequence[Path]) -> None:
        """Shows what lists of devices and captures hold before anything is saved."""
        if not self.running and self.session.inventory is not None:
            dialog = ImportDialog(self.session, list(paths), self.window())
            dialog.defect.connect(self.defect)
            dialog.show_over()

    def _failed(self, error: BaseException) -> None:
        self._show_buttons()
        self._show(0)
        if isinstance(error, CamcensusError):
            self.start_form.complain(str(error))
            self.session.hub.troubled.emit("The search did not finish", str(error))
        else:
            self.defect.emit(error)

    def _cancelled(self) -> None:
        self._show_buttons()
        self._show(0)

    def _show(self, face: int) -> None:
        self._faces.setCurrentIndex(face)
        self._show_buttons()

    def _show_buttons(self) -> None:
        running = self.running
        self.import_button.setVisible(not running and self._faces.currentIndex() == 0)
        self.import_button.setEnabled(self.session.readonly_reason is None)
        self.stop_button.setVisible(running)
        self.stop_button.setEnabled(running)
        self.again_button.setVisible(not running and self._faces.currentIndex() != 0)
        form = self._faces.currentIndex() == 0 and not running
        if form or running:
            self.heading.note.setText("We do not try passwords, watch video or change any setting.")
        self.heading.note.setHidden(form)  # the form says it itself

    def _refresh_form(self) -> None:
        if self._faces.currentIndex() == 0 and not self.running and self.isVisible():
            self.start_form.refresh()


def _span(result: Searched) -> str:
    """ "between 10:38 and 10:43", or "at 10:38" where that is all it took."""
    began, ended = result.census.scan.started_at[11:16], result.census.scan.ended_at[11:16]
    return f"at {ended}" if began == ended else f"between {began} and {ended}"
