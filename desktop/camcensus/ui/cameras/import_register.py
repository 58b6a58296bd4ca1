"""Import a list of cameras: what it would do on one screen, what each column is behind a button, then done."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.intake.registers import read_headings
from camcensus.model.errors import CamcensusError, EncodingUnknownError
from camcensus.model.words import clean, count
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.imports.staff_register import Imported, ImportPreview
from camcensus.tasks.progress import collector_paused
from camcensus.ui.cameras.import_review import ReviewStep, not_saved_words
from camcensus.ui.cameras.import_steps import ColumnsStep, file_words
from camcensus.ui.job import Emit, Job
from camcensus.ui.kit.bars import Progress
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine
from camcensus.ui.kit.layout import column, fill, panel, row, stack
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.session import Session

COLUMNS, REVIEW, DONE, BUSY = range(4)
ENCODING_UNKNOWN = "Camcensus cannot tell how the letters of this file are written. Choose its encoding below."


class _StoppedError(Exception):
    """A person stopped the writing."""


class RegisterDialog(Dialog):
    """Review, columns and the end; reading, comparing and writing run in a Job. `defect` is of ours."""

    leaves, widest, highest = (32, 32), 960, 680

    defect = Signal(object)

    def __init__(self, session: Session, path: Path, parent: QWidget) -> None:
        super().__init__(parent, "Import a list of cameras", width=920)
        self._session, self._path = session, path
        self.plan: ImportPreview | None = None
        self.imported: Imported | None = None
        self.job: Job | None = None
        self._stop = threading.Event()
        self._asked: tuple[object, ...] = ()
        self._after: int = COLUMNS
        self.title = Text("", "body", "secondary")
        self.columns, self.review = ColumnsStep(), ReviewStep()
        self.busy_words, self.bar = Text(""), Progress("Progress of the import")
        self.problem = MissingLine("body")
        self.done_words, self.left_words = Text("", "heading"), Text("", "body", "secondary")
        self.undo_button = Button("Undo the import", icon="undo-2", then=self.undo)
        self._build()
        self.cancel_button, self.back_button = Button("Cancel", then=self.cancel), Button("Change columns", then=self.back)
        self.next_button = Button("Show what it would do", "primary", then=self.go_on)
        self.next_button.setDefault(True)
        fill(self.buttons, self.cancel_button, self.back_button, self.next_button)
        self.columns.sheet_wanted.connect(self._read_file)
        self.columns.encoding_wanted.connect(lambda encoding: self._read_file(encoding=encoding))
        self.review.model.changed = self._show_number
        if session.inventory is None or session.readonly_reason is not None:
            self._complain(session.readonly_reason or "No record is open. Open one, or start a new one.")
            self._show(COLUMNS)
        else:
            self._read_file()

    def _build(self) -> None:
        done = panel(column(self.done_words, 6, self.left_words, 16, row(self.undo_button, None), None))
        busy = panel(column(None, self.busy_words, 12, self.bar, None))
        self._steps = stack(self.columns, self.review, done, busy)
        self.body.setSpacing(0)
        fill(self.body, self.title, 10, self.problem, (self._steps, 1))

    @property
    def running(self) -> bool:
        """Whether something is read, compared or written."""
        return self.job is not None and self.job.running

    @property
    def step(self) -> int:
        """Which step is shown."""
        return self._steps.currentIndex()

    # What a person does here

    def go_on(self) -> None:
        """From the columns to the review; the review's does the import."""
        if self.running:
            return
        if self.step == COLUMNS and self.plan is not None:
            if (self.columns.choice, self.columns.chosen_site) == self._asked:
                self._show(REVIEW)
            else:
                self._compare(self.plan)
        elif self.step == REVIEW and self.plan is not None and self.review.asks_again:
            self._compare(self.plan)
        elif self.step == REVIEW and self.plan is not None:
            self._write(self.plan)
        elif self.step == DONE:
            super().accept()

    def accept(self) -> None:
        self.go_on()

    def back(self) -> None:
        """To the columns; what was chosen stays."""
        if not self.running and self.step == REVIEW:
            self._show(COLUMNS)

    def cancel(self) -> None:
        """Stops what runs, or closes; nothing was written."""
        if self.running:
            self._halt()
        else:
            self.reject()

    def reject(self) -> None:
        """Closes it. Nothing is written that was not confirmed."""
        if self.running:
            self._halt()
            return
        super().reject()

    def undo(self) -> None:
        """Takes the whole import back."""
        if self._session.undo():
            super().accept()

    # Reading, comparing, writing

    def _read_file(self, sheet: str | None = None, encoding: str | None = None) -> None:
        session, path = self._session, self._path

        def work(pen: Any, _: Emit) -> ImportPreview:
            return importing.preview(pen, session.knowledge, path, session.data_dir, sheet=sheet, encoding=encoding)

        self._run(f"Reading {clean(path.name, 60)}.", work, self._take_file, COLUMNS)

    def _take_file(self, plan: ImportPreview) -> None:
        first, self.plan, self._asked = self.plan is None, plan, ({}, None)
        self.title.setText(file_words(plan.file))
        self.columns.show_plan(plan, plan.ours.sites)
        self.review.model.left.clear()
        self.review.model.answers.clear()
        self.review.model.meanings.clear()
        self.review.show_plan(plan)
        self.back_button.setText("Change columns or sheet" if len(plan.file.sheets) > 1 else "Change columns")
        self._show(REVIEW if first else COLUMNS)
        announce(self, f"{self.title.text()} {self.review.said.text()}")

    def _compare(self, plan: ImportPreview) -> None:
        session, file = self._session, plan.file
        mapping, site, meanings = self.columns.choice, self.columns.chosen_site, dict(self.review.model.meanings)

        def work(pen: Any, _: Emit) -> ImportPreview:
            headings = read_headings(session.data_dir / "resources" / "registers")
            return importing.preview_file(pen, session.knowledge, file, headings, mapping=mapping, site=site, answers=meanings)

        def take(made: ImportPreview) -> None:
            self.plan, self._asked = made, (mapping, site)
            self.review.show_plan(made)
            self._show(REVIEW)

        words = f"Comparing {count(len(file.rows), 'row')} with your record."
        self._run(words, work, take, COLUMNS)

    def _write(self, plan: ImportPreview) -> None:
        session, choices = self._session, self.review.choices

        def work(pen: Any, emit: Emit) -> Imported:
            def tick(done: int, total: int) -> None:
                if self._stop.is_set():
                    raise _StoppedError
                emit((done, total))

            done = importing.apply(pen, session.knowledge, plan, choices, session.by, session.clock(), tick)
            session.read_ahead(pen, done.changes)
            return done

        self._run("Writing the import. Cancel writes nothing.", work, self._take_done, REVIEW)

    def _take_done(self, done: Imported) -> None:
        self.imported = done
        self.done_words.setText(done.changes.say)
        left = f"{count(len(done.left), 'row')} left out. " if done.left else ""
        if self.plan is not None and self.plan.not_saved:
            left += f"{not_saved_words(self.plan)} "
        self.left_words.setText(f"{left}It is one change: Undo takes all of it back.")
        self._session.hub.publish(done.changes)
        self._show(DONE)
        announce(self, done.changes.say)

    def _run(self, words: str, work: Callable[[Any, Emit], Any], then: Callable[[Any], None], after: int) -> None:
        inventory = self._session.inventory
        if inventory is None:
            return
        self._after = after
        self.problem.hide()
        self.busy_words.setText(words)
        self.bar.set_part(0, 0)
        self._show(BUSY)

        stop = self._stop = threading.Event()  # a Job that was let go keeps its own

        def inside(emit: Emit) -> Any:
            with collector_paused(), inventory.batch() as pen:  # it stops every thread, the window's too
                return work(pen, emit)

        async def whole(emit: Emit) -> Any:
            try:  # beside the Job's loop, which passes on how far it is
                return await asyncio.to_thread(inside, emit)
            except _StoppedError:
                raise asyncio.CancelledError from None
            except asyncio.CancelledError:
                stop.set()
                raise

        job = self.job = Job(whole)
        job.progressed.connect(lambda values: self._show_progress(*values[-1]) if job is self.job else None)
        job.finished.connect(lambda value: then(value) if job is self.job else None)
        job.failed.connect(lambda error: self._failed(error) if job is self.job else None)
        job.cancelled.connect(lambda: self._stopped() if job is self.job else None)
        job.start()

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.set_part(done, total)
        if done == total:  # from here on there is something to take back, and nothing to stop
            self.busy_words.setText("Written. The makers of what is new are worked out.")
            self.cancel_button.hide()

    def _halt(self) -> None:
        """Writing stops by itself at the next row and is rolled back; an answer of reading is not waited for."""
        self._stop.set()
        if self._after == REVIEW:
            self.busy_words.setText("Stopping.")
            return
        self.job = None
        self._stopped()

    def _stopped(self) -> None:
        self.job = None
        if self.plan is None:
            super().reject()
            return
        self._show(self._after)
        if self._after == REVIEW:
            self._complain("The import was stopped. Nothing was written.")

    def _failed(self, error: BaseException) -> None:
        self.job = None
        known, unsure = isinstance(error, CamcensusError), isinstance(error, EncodingUnknownError)
        self._complain(ENCODING_UNKNOWN if unsure else str(error) if known else "This list was not imported.")
        if unsure:
            self.columns.ask_encoding(None)
        self._show(self._after)
        if unsure:
            self.columns.encoding.setFocus(Qt.FocusReason.OtherFocusReason)
        self.next_button.setEnabled(self.plan is not None)
        if not known:
            self.defect.emit(error)

    # How

    def _complain(self, sentence: str) -> None:
        self.problem.say(sentence)
        announce(self, sentence)

    def _show(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.cancel_button.setVisible(step != DONE)
        self.back_button.setVisible(step == REVIEW)
        self.next_button.setVisible(step != BUSY)
        self.next_button.setEnabled(self.plan is not None)
        self.next_button.setText("Close" if step == DONE else "Show what it would do")
        if step == REVIEW:
            self._show_number()
        self.next_button.updateGeometry()
        focus: dict[int, QWidget | None] = {
            COLUMNS: self.columns.table, REVIEW: self.review.table, DONE: self.next_button, BUSY: self.cancel_button,
        }  # fmt: skip
        if (widget := focus[step]) is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_number(self) -> None:
        number = self.review.number
        if self.review.asks_again:
            self.next_button.setText("Use these answers")
            self.next_button.setEnabled(True)
            self.next_button.updateGeometry()
            return
        self.next_button.setText(f"Import {count(number, 'row')}" if number else "Nothing to import")
        self.next_button.setEnabled(bool(number))
        self.next_button.updateGeometry()
