"""What is read of the open roll-up: its lists at once, its totals and tables each in a Job of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Concatenate

from PySide6.QtCore import QObject, Signal

from camcensus.model.errors import StoreError
from camcensus.report.rollup import RollupSection
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.drawn_tables import table_sections
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.view import read_lists
from camcensus.ui.job import Emit, Job
from camcensus.ui.session import Session


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
