"""What is done to the open roll-up: one Job at a time writes to it, on a connection of its own, while it is read beside."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Concatenate

from PySide6.QtCore import QObject, Signal

from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.report.rollup import RollupSection
from camcensus.tasks.progress import Progress
from camcensus.tasks.reports.pack_report import PackWords
from camcensus.tasks.reports.publication import write_pack
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answers import AnswersPreview, Chosen, Unread, take_all, take_or_ask, take_read
from camcensus.tasks.rollup.drawn_tables import table_sections
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.files import write_csv
from camcensus.tasks.rollup.judging import reassess_all
from camcensus.tasks.rollup.view import read_lists, record_round
from camcensus.ui.job import Emit, Job
from camcensus.ui.session import Session


class Operation(Enum):
    """What is written to a roll-up, or worked out of it: words while it runs and where it failed, and whether it can stop."""

    IMPORT = "Taking files in…", "The files were not imported", True
    LOAD_LIST = "Taking the list in…", "The list was not loaded", False
    TAKE_OUT = "Changing the totals…", "It was not taken out", False
    PUT_BACK = "Changing the totals…", "It was not put back", True
    KEEP_ROUND = "Saving the figures…", "The round was not saved", False
    COUNT = "Changing the totals…", "It was not counted", False
    RECHECK = "Re-checking. The totals stay as they are until it is finished.", "Re-checking did not end", True
    ANSWERS = "Taking answers in…", "The answers were not imported", True
    EXPORT = "Writing the tables…", "The tables were not saved", False
    PUBLISH = "Writing the pack…", "The pack was not saved", False

    def __init__(self, doing: str, failure: str, can_stop: bool) -> None:
        self.doing, self.failure, self.can_stop = doing, failure, can_stop


class AuditReader(QObject):
    """One roll-up, read. `figures` are the newest; `changed` tells of them.

    `failed` carries a title and the error.
    """

    changed = Signal()
    failed = Signal(str, object)
    tables_read = Signal()

    def __init__(self, session: Session, path: Path, parent: QObject | None = None) -> None:
        """Opens the roll-up for reading. Raises StoreError."""
        super().__init__(parent)
        self.session = session
        self.path = path
        self.reading = tasks.open_for_reading(path, session.data_dir)
        self.figures: Figures | None = None
        self.tables: tuple[RollupSection, ...] | None = None
        """All tables of the newest figures; None until `read_tables`, and after each change."""
        try:
            self._lists = self.look(read_lists)
        except BaseException:
            self.reading.file.close()
            raise
        self._chosen: tuple[str, ...] = ()
        self._reader: Job | None = None
        self._table_reader: Job | None = None
        self._again = False
        self._closed = False

    @property
    def counted(self) -> frozenset[str]:
        """The lists that the totals go by; a maker may be on others."""
        return frozenset(self.figures.lists) if self.figures is not None else frozenset()

    @property
    def reads(self) -> bool:
        """Whether makers based in China are shown beside listed ones, by our reading of a statement that names no company."""
        return self.figures is not None and self.figures.reads

    @property
    def chosen(self) -> tuple[str, ...]:
        """The lists that were chosen to be counted, of those that are known; none: those that are on by default."""
        return tuple(name for name in self._chosen if name in self._lists)

    def list_words(self) -> dict[str, tuple[str, str]]:
        """Each list that is known, by its id: its title; who said it, when and to whom."""
        return dict(self._lists)

    def count_by(self, names: Sequence[str]) -> None:
        """Counts by these lists from now on, until the roll-up is closed; `changed` follows."""
        self._chosen = tuple(names)
        self.read()

    def look[**P, T](self, read: Callable[Concatenate[tasks.RollUp, P], T], *given: P.args, **more: P.kwargs) -> T:
        """What `read` finds in the roll-up at once. Raises StoreError where the file cannot be read any more."""
        with self.reading.file.explained():
            return read(self.reading, *given, **more)

    def read(self) -> None:
        """Reads the figures anew, beside whatever is done; `changed` follows."""
        if self._reader is not None:
            self._again = True
            return
        day = self.session.clock().date().isoformat()
        path, data_dir, lists = self.path, self.session.data_dir, self.chosen

        def look() -> Figures:
            with tasks.open_for_reading(path, data_dir) as rollup:
                return read_figures(rollup, lists_of(rollup, lists), day, ())

        async def work(_: Emit) -> Figures:
            return await asyncio.to_thread(look)

        self._reader = Job(work, finished=self._take, failed=self._not_read, cancelled=self._read)
        self._reader.start()

    def _take(self, figures: Figures) -> None:
        if not self._closed:
            if figures != self.figures:
                self.tables = None
            self.figures = figures
            self.changed.emit()
        self._read()

    def read_tables(self) -> None:
        """Reads all tables, which takes longer than the totals; `tables_read` follows."""
        if self._table_reader is not None or self._closed:
            return
        day, path, data_dir, lists = self.session.clock().date().isoformat(), self.path, self.session.data_dir, self.chosen

        def look() -> tuple[RollupSection, ...]:
            with tasks.open_for_reading(path, data_dir) as rollup:
                figures = read_figures(rollup, lists_of(rollup, lists), day, problems=False)
                return tuple(table_sections(figures, whole=True))

        async def work(_: Emit) -> tuple[RollupSection, ...]:
            return await asyncio.to_thread(look)

        def read(sections: tuple[RollupSection, ...]) -> None:
            self._table_reader = None
            if not self._closed:
                self.tables = sections
                self.tables_read.emit()

        def failed(error: BaseException) -> None:
            self._table_reader = None
            if not self._closed:
                self.failed.emit("The tables could not be read", error)

        self._table_reader = Job(work, finished=read, failed=failed)
        self._table_reader.start()

    def _read(self) -> None:
        self._reader = None
        if self._again and not self._closed:
            self._again = False
            self.read()

    def _not_read(self, error: BaseException) -> None:
        self._reader = None
        if not self._closed:
            self.failed.emit("The totals could not be read", error)

    def close(self) -> None:
        """Lets the file go; nothing is told any more."""
        self._closed = True
        if self._reader is not None:
            self._reader.cancel()
        if self._table_reader is not None:
            self._table_reader.cancel()
        with contextlib.suppress(StoreError):
            self.reading.file.close()


type Stop = Callable[[], bool]


class AuditDesk(AuditReader):
    """The open roll-up. `began`, `progressed` and `ended` are about the one Job that writes."""

    began = Signal(object)
    """An Operation."""
    progressed = Signal(int, int)
    ended = Signal()
    taken = Signal(object)
    """A RollupImport: what was done with each file."""
    answers_read = Signal(object)
    """An AnswersPreview of which a person must say what columns are."""
    said = Signal(str)
    """A sentence about what was done."""

    def __init__(self, session: Session, path: Path, parent: QObject | None = None) -> None:
        super().__init__(session, path, parent)
        self.work: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self.work is not None

    def _write(
        self,
        what: Operation,
        do: Callable[[tasks.RollUp, Progress, Stop], object],
        done: Callable[[object], None],
        knowledge: Knowledge | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        if self.busy or self._closed:
            return
        holder: list[Job] = []
        path, data_dir, now = self.path, self.session.data_dir, self.session.clock()
        known = knowledge or self.session.knowledge

        def make(emit: Emit) -> object:
            opened = tasks.open_for_reading(path, data_dir) if read_only else tasks.open_for_taking(path, data_dir, known, now)
            with opened as rollup:
                return do(rollup, lambda at, of: emit((at, of)), lambda: holder[0].cancel_wanted)

        async def work(emit: Emit) -> object:
            # Cancelling asks; the work stops between two files or devices and says how far it came.
            task = asyncio.ensure_future(asyncio.to_thread(make, emit))
            while True:
                try:
                    return await asyncio.shield(task)
                except asyncio.CancelledError:
                    if task.done():
                        raise

        def end(then: Callable[[], None]) -> None:
            self.work = None
            if self._closed:
                return
            self.ended.emit()
            then()
            if not read_only:
                self._lists = self.look(read_lists)
                self.read()

        job = self.work = Job(work)
        holder.append(job)
        job.progressed.connect(lambda events: self.progressed.emit(*events[-1]))
        job.finished.connect(lambda result: end(lambda: done(result)))
        job.failed.connect(lambda error: end(lambda: self.failed.emit(what.failure, error)))
        job.cancelled.connect(lambda: end(lambda: self.said.emit("Stopped before it began.")))
        self.began.emit(what)
        job.start()

    def stop(self) -> None:
        """Stops what is being written, between two files or devices."""
        if self.work is not None:
            self.work.cancel()

    def take_in(self, paths: Sequence[Path]) -> None:
        """Takes files and folders in, sheets of answers too; `taken` follows, also where it was stopped."""
        known, now, by = self.session.knowledge, self.session.clock(), self.session.by
        self._write(
            Operation.IMPORT,
            lambda rollup, progress, stop: take_all(rollup, paths, known, now, typed_by=by, progress=progress, stop=stop),
            self.taken.emit,
        )

    def take_answers(self, path: Path, chosen: Chosen | None = None) -> None:
        """Takes a spreadsheet of answers in; `taken` follows, or `answers_read` where a person must say what columns are."""
        known, now, by = self.session.knowledge, self.session.clock(), self.session.by
        self._write(
            Operation.ANSWERS, lambda rollup, *_: take_or_ask(rollup, path, known, now, chosen, typed_by=by), self._tell_taken
        )

    def take_read(self, typed: Sequence[tuple[Unread, Mapping[str, str]]]) -> None:
        """Takes in what a person read out of replies."""
        known, now, by = self.session.knowledge, self.session.clock(), self.session.by
        self._write(Operation.ANSWERS, lambda rollup, *_: take_read(rollup, typed, known, now, by), self._say)

    def _tell_taken(self, result: object) -> None:
        if isinstance(result, tasks.RollupImport):
            self.taken.emit(result)
        elif isinstance(result, AnswersPreview):
            self.answers_read.emit(result)
        else:
            self._say(result)

    def _say(self, say: object) -> None:
        self.said.emit(str(say))

    def load_bodies(self, path: Path) -> None:
        """Takes the list of the organisations you asked."""
        self._write(
            Operation.LOAD_LIST,
            lambda rollup, *_: " ".join(["The list of organisations is in use.", *tasks.load_bodies(rollup, path)[:20]]),
            self._say,
        )

    def take_out(self, export_id: str) -> None:
        """Takes the record of a file out again."""
        now = self.session.clock()
        self._write(Operation.TAKE_OUT, lambda rollup, *_: tasks.take_out(rollup, export_id, now), self._say)

    def put_back(self, file: tasks.FileOutcome) -> None:
        """Counts a file again that was taken out, where it still is."""
        knowledge, now = self.session.knowledge, self.session.clock()

        def do(rollup: tasks.RollUp, progress: Progress, stop: Stop) -> object:
            say = tasks.put_back(rollup, file.export_id or "")
            if not file.path.is_file():
                return say
            if file.is_sheet:
                return take_or_ask(rollup, file.path, knowledge, now, {})
            return tasks.take_in(rollup, [file.path], knowledge, now, progress=progress, stop=stop)

        self._write(Operation.PUT_BACK, do, self._tell_taken)

    def agree(self, file: tasks.FileOutcome) -> None:
        """Counts a file that is held for its name or its beginning, where it still is."""
        knowledge, now = self.session.knowledge, self.session.clock()

        def do(rollup: tasks.RollUp, progress: Progress, stop: Stop) -> object:
            say = tasks.agree(rollup, file.export_id or "")
            if not file.path.is_file():
                return say
            return tasks.take_in(rollup, [file.path], knowledge, now, progress=progress, stop=stop)

        self._write(Operation.PUT_BACK, do, self._tell_taken)

    def record_round(self, name: str) -> None:
        """Keeps the figures of every body under a name, by the lists that are counted now."""
        now, lists = self.session.clock(), self.chosen
        self._write(
            Operation.KEEP_ROUND, lambda rollup, *_: record_round(rollup, name, lists_of(rollup, lists), now), self._say
        )

    def settle(self) -> None:
        """Counts what a roll-up that was cut off had taken in: opening it to write does that."""
        self._write(Operation.COUNT, lambda *_: None, lambda _: None)

    # Judging

    def judge(self) -> None:
        """Judges every device anew by the knowledge of this computer; a stop leaves all as it was."""
        knowledge = self.session.knowledge

        def do(rollup: tasks.RollUp, progress: Progress, stop: Stop) -> str:
            if reassess_all(rollup, knowledge, progress=progress, stop=stop):
                return "All organisations were re-checked by one list version."
            return "Stopped. Nothing was changed."

        self._write(Operation.RECHECK, do, self._say, knowledge)

    # Files

    def export_csv(self, folder: Path) -> None:
        """Writes every table into a folder as CSV."""
        day, lists = self.session.clock().date().isoformat(), self.chosen

        def do(rollup: tasks.RollUp, _: Progress, __: Stop) -> str:
            written = write_csv(read_figures(rollup, lists_of(rollup, lists), day), folder)
            return f"Saved {len(written)} files in {folder.name}. how-to-count.txt says how they add up."

        self._write(Operation.EXPORT, do, self._say, read_only=True)

    def publish(self, folder: Path, words: PackWords, *, whole: bool) -> None:
        """Writes a pack into a new folder, `whole` for those who asked, else for the public."""
        now, lists, known = self.session.clock(), self.chosen, self.session.knowledge
        data_dir = self.session.data_dir

        def do(rollup: tasks.RollUp, progress: Progress, _: Stop) -> str:
            figures = read_figures(rollup, lists_of(rollup, lists), now.date().isoformat(), problems=False)
            written = write_pack(
                rollup, figures, known, folder, words, data_dir=data_dir, now=now, progress=progress, whole=whole
            )
            return f"Saved {len(written)} files in {folder.name}. README.txt says what each of them is."

        self._write(Operation.PUBLISH, do, self._say, read_only=True)

    def close(self) -> None:
        """Stops what is done and lets the file go."""
        super().close()
        self.stop()
