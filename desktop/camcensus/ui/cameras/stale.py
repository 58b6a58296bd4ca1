"""Answers given under an older list: how many and since when, and judging them again, which names what changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal

from camcensus.model.changes import Changes
from camcensus.model.words import clean, listed
from camcensus.tasks.register import recheck
from camcensus.tasks.register.verbs import Inventory
from camcensus.ui.job import Job
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.session import Session

NAMED = 6
"""So many of those whose answer changed are named."""
WAIT = "Answers are being re-checked. Try again when that is done."


class StaleStrip(Surface):
    """Shown while answers in the register are out of date. `defect` carries what is wrong with the program itself."""

    defect = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__("todo_fill", shape="sunken")
        self._session = session
        self.job: Job | None = None
        self._words = Text("")
        self.button = Button("Re-check", icon="rotate-ccw", then=self.reassess_all)
        row(
            SignMark(icon="info", ink="todo_ink", size=16),
            (self._words, 1, Qt.AlignmentFlag.AlignVCenter),
            self.button,
            gap=12,
            margins=(14, 8, 10, 8),
            of=self,
        )
        self.refresh()

    @property
    def running(self) -> bool:
        """Whether answers are being re-checked."""
        return self.job is not None and self.job.running

    def refresh(self) -> None:
        """Counts again what is out of date; nothing is shown where all is current."""
        old = recheck.stale(self._session.rows())
        said = f"{old} Nothing needs searching again."
        self._words.setText("Re-checking from saved answers. Nothing is searched." if self.running else said)
        self.button.setEnabled(not self.running and self._session.readonly_reason is None)
        self.setVisible(bool(old))

    def reassess_all(self) -> None:
        """Judges in a Job that holds the pen; meanwhile the window reads."""
        if self.running:
            return
        knowledge, now = self._session.knowledge, self._session.clock()

        def work(pen: Inventory, _: object) -> Changes:
            result = recheck.reassess_all(pen, knowledge, now)
            changed = listed([clean(one.ref or one.address or "a device with no row", 40) for one in result.answers], NAMED)
            say = f"{result.changes.say} Changed: {changed}." if changed else result.changes.say
            return replace(result.changes, say=say)

        def ended(changes: Changes | None) -> None:
            self.refresh()
            if changes is not None:
                announce(self, changes.say)

        self.job = self._session.beside("Nothing was re-checked", WAIT, work, ended)
        self.refresh()
