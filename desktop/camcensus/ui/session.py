"""The open inventory as the window works with it: each verb does its work, tells the hub, and says sentences when it cannot."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from camcensus.model import frozen
from camcensus.model.asset import Body, Place, paths_of
from camcensus.model.changes import Changes
from camcensus.model.device import Verdict
from camcensus.model.errors import CamcensusError, disk_error
from camcensus.model.knowledge import Knowledge
from camcensus.model.later import later
from camcensus.model.organisations import OrganisationKind, organisation_kind
from camcensus.model.scan import ScanRecord
from camcensus.tasks.progress import Progress, collector_paused
from camcensus.ui import job
from camcensus.ui.held_register import HeldRegister

if TYPE_CHECKING:
    from camcensus.model.plan import Costs
    from camcensus.store.pen import Edit, Made
    from camcensus.tasks import policy, safekeeping
    from camcensus.tasks.register import verbs as register
else:
    policy, safekeeping = later("camcensus.tasks.policy"), later("camcensus.tasks.safekeeping")
    register = later("camcensus.tasks.register.verbs")

NOTHING_TO_UNDO = "There is nothing to take back. Undo goes as far as the last search."
NOTHING_TO_REDO = "There is nothing to do again."
AT_ONCE = 1_000
"""Rows that an edit changes while the window waits: some 80 ms. More are changed in a Job."""
SAVING = "Your last change is being saved. Try again in a moment."
NOT_TAKEN_BACK = "That could not be taken back"
KEEPER_WITHIN_S = 10.0
"""How long closing waits for a back-up that is being made."""


@frozen
class Opened:
    """An inventory that was opened in one thread, for another to continue with: its register, and a sentence about it."""

    inventory: register.Inventory
    rows: tuple[register.AssetRow, ...]
    news: str


def look_into(path: Path, knowledge: Knowledge, now: datetime, *, readonly: bool) -> Opened:
    """Opens an inventory, keeps what a search had seen that was cut off, and reads its register. Raises StoreError.

    For any thread: `Session.go_on` takes the result over.
    """
    inventory = register.open_inventory(path, now=now, readonly=readonly)
    try:
        news = _finish_unfinished(inventory, knowledge, now)
        with collector_paused():
            rows = register.rows(inventory, knowledge)
        inventory.leave_thread()
    except BaseException:
        inventory.closing = None
        inventory.close()
        raise
    return Opened(inventory, rows, news)


def _finish_unfinished(inventory: register.Inventory, knowledge: Knowledge, now: datetime) -> str:
    """Keeps what a search had seen that was cut off; the sentence, "" where there was none."""
    try:
        return register.finish_unfinished(inventory, knowledge, now) or ""
    except CamcensusError as error:
        return f"What an interrupted search had found could not be saved. {error}"


def here_and_now() -> datetime:
    """The time, with this computer's zone."""
    return datetime.now().astimezone()


class Session(HeldRegister):
    """One inventory, open or not yet made, with the knowledge it is judged by. Belongs to the window's thread.

    `by` is who uses this computer, as the system knows them: it is beside each edit in the change log. `person` is the
    name last typed where a person stands for something.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        data_dir: Path,
        *,
        clock: Callable[[], datetime] = here_and_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(knowledge, parent)
        self.data_dir = data_dir
        self.clock = clock
        self.by = _user()
        self.person = ""
        self.news = ""
        """A sentence about the record that was opened last, to be said once."""
        self.caution: str | None = None
        """A sentence where the record lies on a share or in a folder that is copied elsewhere, and is not only read."""
        self._keeper: job.Job | None = None
        self.waiting = ""
        """A sentence while a batch holds the pen: edits wait, and say it."""

    def open(self, path: Path, *, readonly: bool = False) -> None:
        """Opens an inventory in place of the one that is open. Raises StoreError, and then nothing has changed."""
        self.go_on(look_into(path, self.knowledge, self.clock(), readonly=readonly))

    def ready(self) -> None:
        """Waits for the back-up that is being made of the open inventory; from any thread."""
        if self._keeper is not None:
            self._keeper.wait(KEEPER_WITHIN_S)

    def go_on(self, opened: Opened) -> None:
        """Continues with an inventory that was looked into, in this thread or another. Raises StoreError, as `open` does."""
        opened.inventory.enter_thread()
        with self.given(opened.rows):
            self.take(opened.inventory)
        self.news = opened.news
        self._back_up(opened.inventory)

    def _back_up(self, inventory: register.Inventory) -> None:
        """Makes a back-up where one is due, beside whatever else is done: it may take a second."""
        if inventory.readonly:
            return

        def work(_: job.Emit) -> str | None:
            with inventory.batch() as pen:
                return safekeeping.back_up(pen, self.clock())

        self._keeper = job.Job(work, finished=self._tell_of_backup, failed=self._tell_of_backup).start()

    def back_up_before_closing(self) -> None:
        """Makes the back-up that closing would make, from any thread; closing then finds it made."""
        inventory = self.inventory
        if inventory is not None and not inventory.readonly:
            with contextlib.suppress(CamcensusError), inventory.batch() as pen:  # closing tries again, and says why not
                safekeeping.back_up(pen, self.clock(), closing=True)

    def _tell_of_backup(self, said: object) -> None:
        if said:
            self.hub.troubled.emit("No back-up was made", str(said))

    def create(self, path: Path, body: Body) -> None:
        """Makes a new inventory and opens it. Raises StoreError."""
        policy.refuse_folder(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(path.parent, error) from error
        made = register.new_inventory(path, body, now=self.clock())
        self.take(made)

    def take(self, inventory: register.Inventory) -> None:
        """Continues with an inventory that is open already."""
        self.close()
        self.inventory = inventory
        self.caution = safekeeping.caution(inventory.path) if not inventory.readonly else None
        self.hub.publish(Changes(settings=True))

    def close(self) -> None:
        """Closes the file and lets others open it."""
        self.ready()
        if self.inventory is not None:
            self.inventory.close()
        self.inventory = self._keeper = self.caution = None
        self.news = ""
        self.let_go()

    @property
    def path(self) -> Path | None:
        """Where the open inventory is kept."""
        return self.inventory.path if self.inventory else None

    @property
    def readonly_reason(self) -> str | None:
        """A sentence where nothing can be changed."""
        return self.inventory.readonly_reason if self.inventory else None

    @property
    def may_edit(self) -> bool:
        """Whether an inventory is open that can be changed."""
        return self.inventory is not None and self.readonly_reason is None

    @property
    def simulation_notice(self) -> str:
        """The sentence that says that none of this is real; "" for a real record."""
        return (self.inventory.setting("simulation") or "") if self.inventory else ""

    @property
    def simulated(self) -> bool:
        """Whether the record is of the simulated school."""
        return bool(self.simulation_notice)

    @property
    def body(self) -> Body | None:
        """The organisation."""
        return self.inventory.body if self.inventory else None

    @property
    def kind(self) -> OrganisationKind:
        """The words of its kind."""
        return organisation_kind(self.body.type if self.body else "other")

    @property
    def example_of_why(self) -> str:
        """The hint in a field for the reason of a decision: who decides here, and a day."""
        return f"For example: {self.kind.deciders}, 12 October"

    def place_paths(self) -> list[tuple[str, ...]]:
        """The names from the site down of every place."""
        return list(paths_of(self.places()).values())

    def places(self) -> tuple[Place, ...]:
        """All places, parents before children."""
        return self.inventory.places() if self.inventory else ()

    def others(self) -> tuple[Verdict, ...]:
        """What answered and has no row in the register: printers and the like."""
        return register.others(self.inventory) if self.inventory else ()

    def last_scan(self) -> ScanRecord | None:
        """The newest search in the log."""
        scans = self.inventory.scans() if self.inventory else ()
        return next((scan for scan in reversed(scans) if scan.is_search), None)

    def enabled_lists(self) -> frozenset[str]:
        """The lists the organisation counts by."""
        if self.inventory is not None:
            return register.enabled_lists(self.inventory, self.knowledge)
        return frozenset(item.id for item in self.knowledge.lists.values() if item.default_on)

    def own_reason(self, manufacturer: str) -> tuple[str, str, str] | None:
        """(who, why, when) of a maker on the organisation's own list, None where it is not on it."""
        rows = self.inventory.own_list() if self.inventory is not None else ()
        return next(((row.by, row.why, row.at) for row in rows if row.manufacturer == manufacturer), None)

    def allowed(self, network: str) -> str | None:
        """Who said that a network may be searched."""
        return self.inventory.allowed(network) if self.inventory else None

    @property
    def costs(self) -> Costs:
        """The person's own figures, as typed before; none are built in."""
        from camcensus.model.plan import Costs

        return self.inventory.costs() if self.inventory else Costs()

    def do(self, edit: Edit[str] | Edit[Made], *, by: str | None = None) -> Changes | None:
        """Do an edit of the open inventory: what changed, or None where it was not done, and then the hub was told why.

        `by` is who does it, where that is not who uses this computer.
        """
        return self.attempt(
            edit.failed,
            lambda inventory: register.do(inventory, self.knowledge, edit, by=self.by if by is None else by, now=self.clock()),
        )

    def do_all(self, edit: Edit[str] | Edit[Made], number: int, *, by: str, then: Callable[[], object]) -> None:
        """Do an edit of so many rows: at once, or beside the window where they are many. `then` follows, done or begun."""
        if number <= AT_ONCE:
            if self.do(edit, by=by):
                then()
            return
        knowledge, now = self.knowledge, self.clock()
        if self.beside(edit.failed, SAVING, lambda pen, _: register.do(pen, knowledge, edit, by=by, now=now)):
            then()

    def take_back(self) -> None:
        """Undoes the newest edit: at once, or beside the window in a large register."""
        if len(self.rows()) <= AT_ONCE:
            self.undo()
            return
        knowledge, now = self.knowledge, self.clock()
        self.beside(NOT_TAKEN_BACK, SAVING, lambda pen, _: register.undo(pen, knowledge, now) or Changes(say=NOTHING_TO_UNDO))

    def attempt(self, failed: str, work: Callable[[register.Inventory], Changes | None]) -> Changes | None:
        """Do what is not an edit, or more than one, in the same way."""
        inventory = self._to_edit(failed)
        if inventory is None:
            return None
        try:
            changes = work(inventory)
        except CamcensusError as error:
            self.hub.troubled.emit(failed, str(error))
            return None
        self.hub.publish(changes)
        return changes

    def beside(
        self,
        failed: str,
        waiting: str,
        work: Callable[[register.Inventory, Progress], Changes],
        ended: Callable[[Changes | None], object] = lambda _: None,
    ) -> job.Job | None:
        """Do what takes long in a Job with a pen of its own; until it has ended, edits wait, and say `waiting`.

        `ended` is given what changed, None where it was not done, and then the hub was told why.
        """
        inventory = self._to_edit(failed)
        if inventory is None:
            return None
        batch = inventory.batch

        def inside(progress: Progress) -> Changes:
            with collector_paused(), batch() as pen:
                changes = work(pen, progress)
                self.read_ahead(pen, changes)
                return changes

        def end(changes: Changes | None = None) -> None:
            self.waiting = ""
            self.hub.publish(changes)
            ended(changes)

        def fail(error: BaseException) -> None:
            end()
            if not isinstance(error, CamcensusError):
                raise error
            self.hub.troubled.emit(failed, str(error))

        self.waiting = waiting
        begun = job.Job.counting(inside)
        begun.finished.connect(end)
        begun.failed.connect(fail)
        begun.cancelled.connect(end)
        return begun.start()

    def _to_edit(self, failed: str) -> register.Inventory | None:
        """The open inventory; None where nothing can be written now, and then the hub was told why."""
        if self.inventory is None or self.waiting:
            self.hub.troubled.emit(failed, self.waiting or "No inventory is open. Open one, or start a new one.")
            return None
        return self.inventory

    def undo(self) -> Changes | None:
        """Takes back the newest edit; says so where there is none."""
        return self.attempt(
            NOT_TAKEN_BACK,
            lambda inventory: register.undo(inventory, self.knowledge, self.clock()) or Changes(say=NOTHING_TO_UNDO),
        )

    def redo(self) -> Changes | None:
        """Does again what was taken back; says so where there is nothing."""
        return self.attempt(
            "That could not be done again",
            lambda inventory: register.redo(inventory, self.knowledge, self.clock()) or Changes(say=NOTHING_TO_REDO),
        )

    def allow(self, networks: Iterable[str], who: str) -> Changes | None:
        """Keeps who allows each network to be searched."""

        def work(inventory: register.Inventory) -> Changes:
            for network in networks:
                inventory.allow(network, who, self.clock())
            return Changes()

        return self.attempt("The search did not start", work)

    def note_report(self, kind: str, say: str) -> Changes | None:
        """Logs that a report was written."""
        return self.attempt(
            "The report was not logged", lambda inventory: inventory.note_report(kind, say, self.by, self.clock())
        )

    def use_knowledge(self, knowledge: Knowledge) -> None:
        """Continues with other knowledge: nothing kept is changed, and answers of before say that they are of before."""
        self.knowledge = knowledge
        self.hub.publish(Changes(settings=True))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a computer without user names
        return "this computer"
