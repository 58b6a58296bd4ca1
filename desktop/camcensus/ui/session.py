"""The open inventory as the window works with it: each verb does its work, tells the hub, and says sentences when it cannot."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from camcensus.model.asset import Body, Place
from camcensus.model.changes import Changes
from camcensus.model.disk import disk_error
from camcensus.model.errors import CamcensusError
from camcensus.model.knowledge import Knowledge
from camcensus.model.organisations import OrganisationKind, organisation_kind
from camcensus.model.places import paths_of
from camcensus.model.plan import Costs
from camcensus.model.scan import ScanRecord
from camcensus.model.verdict import Verdict
from camcensus.planning.counts import Counts
from camcensus.store.pen import Edit, Made
from camcensus.tasks import policy, safekeeping
from camcensus.tasks.finding.judging import collector_paused
from camcensus.tasks.register import checking
from camcensus.tasks.register import verbs as register
from camcensus.ui import collector, job
from camcensus.ui.hub import Hub

NOTHING_TO_UNDO = "There is nothing to take back. Undo goes as far as the last search."
NOTHING_TO_REDO = "There is nothing to do again."
KEEPER_WITHIN_S = 10.0
"""How long closing waits for a back-up that is being made."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An inventory that was opened in one thread, for another to continue with: its register, and a sentence about it."""

    inventory: register.Inventory
    rows: tuple[register.AssetRow, ...]
    news: str


@dataclass(frozen=True, slots=True)
class _Ahead:
    """The register after a change, read by the Job that made it; good while `before` and `knowledge` are still in use."""

    changes: Changes
    before: tuple[register.AssetRow, ...]
    knowledge: Knowledge
    rows: tuple[register.AssetRow, ...]


def look_into(path: Path, knowledge: Knowledge, now: datetime, *, readonly: bool = False) -> Opened:
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


class Session(QObject):
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
        super().__init__(parent)
        self.knowledge = knowledge
        self.data_dir = data_dir
        self.clock = clock
        self.hub = Hub(self)
        self.by = _user()
        self.person = ""
        self.inventory: register.Inventory | None = None
        self.news = ""
        """A sentence about the record that was opened last, to be said once."""
        self.caution: str | None = None
        """A sentence where the record lies on a share or in a folder that is copied elsewhere, and is not only read."""
        self._keeper: job.Job | None = None
        self.waiting = ""
        """A sentence while a batch holds the pen: edits wait, and say it."""
        self._rows: tuple[register.AssetRow, ...] | None = None
        self._brought: tuple[register.AssetRow, ...] | None = None
        self._at: dict[str, int] = {}
        self._read_with: Knowledge | None = None
        self._known: Knowledge | None = None
        self._to_check: int | None = None
        self._ahead: _Ahead | None = None
        self._counts: tuple[tuple[register.AssetRow, ...], Counts] | None = None
        self.hub.changed.connect(self._refresh)

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
        self._brought = opened.rows
        try:
            self.take(opened.inventory)
        finally:
            self._brought = None
        self.news = f"{opened.inventory.cleaned or ''} {opened.news}".strip()
        self._back_up(opened.inventory)

    def _back_up(self, inventory: register.Inventory) -> None:
        """Makes a back-up where one is due, beside whatever else is done: it may take a second."""
        if inventory.readonly:
            return

        def work(_: job.Emit) -> str | None:
            with inventory.batch() as pen:
                return safekeeping.back_up(pen, self.clock())

        self._keeper = job.Job(work, finished=self._tell_of_backup, failed=self._tell_of_backup).start()

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
        self._rows = self._known = self._to_check = self._counts = self._ahead = None
        collector.look_again()

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

    def rows(self) -> tuple[register.AssetRow, ...]:
        """The register. It is read once; after a change only the rows that it touched are read again."""
        if self._rows is None or self._read_with is not self.knowledge:
            with collector_paused():
                read = register.rows(self.inventory, self.knowledge) if self.inventory and self._brought is None else ()
                self._hold(self._brought or read)
            collector.leave_out(len(self._at))
        return self._rows or ()

    @property
    def counts(self) -> Counts:
        """The numbers of the register, added up once for each change."""
        rows = self.rows()
        if self._counts is None or self._counts[0] is not rows:
            self._counts = rows, register.count_rows(rows)
        return self._counts[1]

    def row(self, asset_id: str) -> register.AssetRow | None:
        """One row of the register."""
        rows = self.rows()
        at = self._at.get(asset_id)
        return rows[at] if at is not None else None

    def place_paths(self) -> list[tuple[str, ...]]:
        """The names from the site down of every place."""
        return list(paths_of(self.places()).values())

    def places(self) -> tuple[Place, ...]:
        """All places, parents before children."""
        return self.inventory.places() if self.inventory else ()

    def others(self) -> tuple[Verdict, ...]:
        """What answered and has no row in the register: printers and the like."""
        return register.others(self.inventory) if self.inventory else ()

    def to_check_number(self) -> int:
        """How many things still need somebody to look."""
        if self.inventory is None:
            return 0
        if self._to_check is None:
            self._to_check = sum(item.state == "open" for item in checking.to_check(self.inventory, self.rows()))
        return self._to_check

    def last_scan(self) -> ScanRecord | None:
        """The newest search in the log."""
        scans = self.inventory.scans() if self.inventory else ()
        return next((scan for scan in reversed(scans) if scan.is_search), None)

    def enabled_lists(self) -> frozenset[str]:
        """The lists the organisation counts by."""
        if self.inventory is not None:
            return register.enabled_lists(self.inventory, self.knowledge)
        return frozenset(item.id for item in self.knowledge.lists.values() if item.default_on)

    @property
    def known(self) -> Knowledge:
        """The knowledge with the organisation's own list in it, read once for each change."""
        if self._known is None:
            here = self.inventory
            self._known = register.with_own_list(here, self.knowledge) if here is not None else self.knowledge
        return self._known

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
        return register.costs(self.inventory) if self.inventory else Costs()

    def do(self, edit: Edit[str] | Edit[Made], *, by: str | None = None) -> Changes | None:
        """Do an edit of the open inventory: what changed, or None where it was not done, and then the hub was told why.

        `by` is who does it, where that is not who uses this computer.
        """
        return self.attempt(
            edit.failed,
            lambda inventory: register.do(inventory, self.knowledge, edit, by=self.by if by is None else by, now=self.clock()),
        )

    def attempt(self, failed: str, work: Callable[[register.Inventory], Changes | None]) -> Changes | None:
        """Do what is not an edit, or more than one, in the same way."""
        refused = "No inventory is open. Open one, or start a new one." if self.inventory is None else self.waiting
        if refused or self.inventory is None:
            self.hub.troubled.emit(failed, refused)
            return None
        try:
            changes = work(self.inventory)
        except CamcensusError as error:
            self.hub.troubled.emit(failed, str(error))
            return None
        self.hub.publish(changes)
        return changes

    def undo(self) -> Changes | None:
        """Takes back the newest edit; says so where there is none."""
        return self.attempt(
            "That could not be taken back",
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

    def _hold(self, rows: tuple[register.AssetRow, ...]) -> None:
        self._rows, self._read_with = rows, self.knowledge
        self._at = {row.asset.id: at for at, row in enumerate(rows)}

    def read_ahead(self, pen: register.Inventory, changes: Changes) -> None:
        """Reads what a Job has changed in its own thread: the window waits for none of it where nothing came between.

        For the Job's last step. A failure is told by whoever reads again.
        """
        before, knowledge = self._rows, self.knowledge
        if before is not None and not changes.settings:
            with contextlib.suppress(CamcensusError):
                self._ahead = _Ahead(changes, before, knowledge, register.refresh(before, changes, pen, knowledge))

    def _refresh(self, changes: Changes) -> None:
        self._known = self._to_check = None
        ahead = self._ahead
        if ahead is not None and ahead.changes is changes:
            self._ahead = None
            if ahead.before is self._rows and ahead.knowledge is self.knowledge:
                self._hold(ahead.rows)
                return
        if self._rows is None or self.inventory is None or changes.settings or self._read_with is not self.knowledge:
            self._rows = None
            return
        try:
            self._hold(register.refresh(self._rows, changes, self.inventory, self.knowledge))
        except CamcensusError:
            self._rows = None  # whoever asks for them next says what is wrong


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a computer without user names
        return "this computer"
