"""What is being done to a roll-up, or waits to be continued: words, a bar, and one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from camcensus.model.words import count
from camcensus.tasks.rollup.view import judging_by, version_words
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.audit.operations import Operation
from camcensus.ui.kit.bars import Progress
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text, announce

NOT_COUNTED = "Some files were accepted and are not counted yet, because the work was interrupted."


class WorkStrip(Surface):
    """Stays while there is something to say; its button stops what is done, or does what waits."""

    def __init__(self, desk: AuditDesk) -> None:
        super().__init__("todo_fill", lines="t")
        self._desk = desk
        self._news = ""
        self._operation = Operation.IMPORT
        self._after: Callable[[], object] | None = None
        self.words = Text("")
        self.bar = Progress("How far it is")
        self.bar.setFixedWidth(160)
        self.button = Button("Stop", then=lambda: self._after() if self._after is not None else None)
        row((self.words, 1, Qt.AlignmentFlag.AlignVCenter), self.bar, self.button, gap=12, margins=(32, 8, 24, 8), of=self)
        desk.began.connect(self._begin)
        desk.progressed.connect(self._progress)
        desk.ended.connect(self.show_state)
        desk.said.connect(self._tell)
        self.show_state()

    def show_state(self) -> None:
        """What waits to be done: counting what was cut off, or judging on."""
        if self._desk.busy:
            return
        figures = self._desk.figures
        wanted = judging_by(self._desk.reading)
        if figures is not None and not figures.settled:
            self._wait(NOT_COUNTED, "Count them", self._desk.settle)
        elif wanted is not None:
            self._wait(
                f"Judging by the list version of {version_words(wanted)} was stopped. The totals go by the version before.",
                "Continue",
                self._desk.judge if self._desk.at_hand()[0].version == wanted else None,
            )
        elif figures is not None and figures.stale:
            said = f"Judged by another list version: {count(figures.stale, 'device')}."
            self._wait(said, "Re-check", self._desk.judge)
        else:
            self._wait("")

    def _wait(self, sentence: str, button: str = "", after: Callable[[], object] | None = None) -> None:
        self._after = after
        self._say(f"{self._news} {sentence}".strip(), button)

    def _begin(self, operation: Operation) -> None:
        self._news, self._operation = "", operation
        self._after = self._stop if operation.can_stop else None
        self.button.setEnabled(True)
        self._say(operation.doing, "Stop")

    def _progress(self, at: int, of: int) -> None:
        if self._desk.busy:
            self._say(f"{self._operation.doing} {at:,} of {of:,}.", "Stop", at=at, of=of)

    def _stop(self) -> None:
        self.button.setEnabled(False)
        self._desk.stop()

    def _tell(self, sentence: str) -> None:
        self._news = sentence
        self.show_state()
        announce(self, sentence)

    def _say(self, sentence: str, button: str, *, at: int = 0, of: int = 0) -> None:
        """Shows a sentence; a bar where `of` is known, a button where it can do something; nothing for ""."""
        button = button if self._after is not None else ""
        self.words.setText(sentence)
        self.bar.setVisible(bool(of))
        self.bar.set_part(at, of)
        self.button.setVisible(bool(button))
        if button and self.button.text() != button:
            self.button.setText(button)
            self.button.setEnabled(True)
            self.button.updateGeometry()
        self.setVisible(bool(sentence))
