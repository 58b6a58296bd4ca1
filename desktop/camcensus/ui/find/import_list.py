"""Import a list: what was understood of it, row by row, before anything of it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.intake.registers import read_headings
from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.registers import REGISTER_ENDINGS
from camcensus.model.scan import ScanProgress
from camcensus.model.words import clean, count
from camcensus.tasks.finding.keep import save_census
from camcensus.tasks.imports import device_lists
from camcensus.tasks.imports.device_lists import STANDING_WORDS, ListLook
from camcensus.ui.find.model import COLUMNS, FindModel
from camcensus.ui.job import Emit, Job
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.controls import Lines
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.session import Session

PROBLEMS_SHOWN = 1_000
ENDINGS = (*REGISTER_ENDINGS, ".leases", ".log", ".jsonl", ".pcap", ".pcapng", ".cap", ".gz")
FILES = file_dialogs.kinds_of("Lists and captures", ENDINGS)
_TITLES = {"time": ("In your record", 132), "what": ("What it is", 0)}
LISTED_COLUMNS = tuple(
    replace(one, title=_TITLES[one.name][0], width=_TITLES[one.name][1]) if one.name in _TITLES else one
    for one in COLUMNS
    if one.name != "brand"
)


class ListedModel(FindModel):
    """Devices of a list: known or new, where, and who made them as far as the MAC address tells."""

    def show_look(self, look: ListLook) -> None:
        """Shows what was understood, new devices first."""
        known_last = sorted(
            zip(look.census.verdicts, look.standings, strict=True), key=lambda pair: pair[1] == "known", reverse=True
        )
        for verdict, standing in known_last:
            self.take(verdict, STANDING_WORDS[standing])


class ImportDialog(Dialog):
    """Reads files in a Job, shows what was understood, and saves it. `defect` carries what is wrong with us."""

    bounded = True

    defect = Signal(object)

    def __init__(self, session: Session, paths: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent, "Import a list", width=840)
        self._session, self._paths = session, tuple(paths)
        self.look: ListLook | None = None
        self.job: Job | None = None
        self._said = Text("Reading the file." if len(self._paths) == 1 else "Reading the files.")
        self.model = ListedModel(session.knowledge, LISTED_COLUMNS, self)
        self.table = Table(LISTED_COLUMNS, "What the list holds", row_height=36, model=self.model)
        self.table.setMinimumHeight(240)
        self._card = card_of(self.table)
        self._problems_title = Text("", "strong")
        self.problems = Lines("Rows that could not be read", role="caption", read_only=True, framed=True)
        self.problems.setFixedHeight(theme.px(88))
        fill(self.body, self._said, 12, (self._card, 1), 10, self._problems_title, 4, self.problems)
        self.go = self.offer("Cancel", "Save these devices")
        self.go.setEnabled(False)
        for part in (self._problems_title, self.problems):
            part.hide()
        self._read()

    @property
    def running(self) -> bool:
        """Whether files are being read, or what they hold is being kept."""
        return self.job is not None and self.job.running

    def _read(self) -> None:
        session, inventory, paths = self._session, self._session.inventory, self._paths
        if inventory is None or session.readonly_reason is not None:
            self._complain(session.readonly_reason or "No record is open. Open one, or start a new one.")
            return
        batch = inventory.batch

        def stopped() -> bool:
            return self.job is not None and self.job.cancel_wanted

        async def work(emit: Emit) -> ListLook:
            headings = read_headings(session.data_dir / "resources" / "registers")
            with batch() as pen:
                return device_lists.look_at_lists(
                    paths, pen, session.knowledge, session.clock(), headings=headings, tell=emit, stopped=stopped
                )

        self._run(work, self._show_look)

    def _run(self, work: Any, then: Any) -> None:
        self.job = Job(work, progressed=self._show_progress, finished=then, failed=self._failed)
        self.job.start()

    def _show_progress(self, values: tuple[ScanProgress, ...]) -> None:
        """How far a network capture is read; lists are too short to tell of."""
        last = values[-1]
        self._said.setText(
            clean(f"{last.phase}: {last.done:,} of {last.total:,} MiB. {count(last.found, 'device')} found.", 300)
        )

    def _show_look(self, look: ListLook) -> None:
        self.look = look
        self._said.setText(look.say)
        self.model.show_look(look)
        lines = look.problem_lines
        self._problems_title.setText("What could not be read" if lines else "")
        more = [f"and {len(lines) - PROBLEMS_SHOWN:,} more"] if len(lines) > PROBLEMS_SHOWN else []
        self.problems.setPlainText("\n".join((*lines[:PROBLEMS_SHOWN], *more)))
        for part in (self._problems_title, self.problems):
            part.setVisible(bool(lines))
        self.go.setEnabled(bool(look.census.verdicts))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, look.say)

    def accept(self) -> None:
        session, inventory, look = self._session, self._session.inventory, self.look
        if inventory is None or look is None or self.running:
            return
        batch = inventory.batch

        async def work(_: Emit) -> Changes:
            with batch() as pen:
                changes = save_census(pen, look.census, session.knowledge, session.clock())
                session.read_ahead(pen, changes)
                return changes

        self.go.setEnabled(False)
        self._said.setText("Keeping what the list holds.")
        self._run(work, self._kept)

    def _kept(self, changes: Changes) -> None:
        super().accept()
        self._session.hub.publish(changes)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, CamcensusError):
            self._complain(str(error))
        else:
            self._complain("This list was not saved.")
            self.defect.emit(error)

    def _complain(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._card.hide()
        self.go.setEnabled(False)
        self.cancel_button.setText("Close")
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Nothing is saved."""
        if self.job is not None and self.running:
            self.job.finished.disconnect()
            self.job.failed.disconnect()
            self.job.cancel()
        super().reject()
