"""A page that shows a paper: the choices at the left, the paper itself at the right, drawn anew when they change, and saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean, count
from camcensus.tasks.files import Written
from camcensus.ui.job import answer_failure
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.layout import faces, panel, row
from camcensus.ui.kit.widgets import announce
from camcensus.ui.page import EmptyState, Page
from camcensus.ui.preview.desk import PaperDesk
from camcensus.ui.preview.view import PaperView
from camcensus.ui.session import Session

COLUMN = 296


class PaperPage(Page):
    """Needs `lay_out` while it is built, `draw` and `_show_state`. A change of the choices starts `_settle`, and that draws."""

    settle_ms = 150
    """Several changes in a row draw the paper once."""
    not_saved, not_drawn = "The file was not saved", "The report could not be drawn"
    defect = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._stale = True
        self.desk = PaperDesk(session, self)
        self.desk.drawn.connect(self._drawn)
        self.desk.progressed.connect(self._progressed)
        self.desk.stopped.connect(lambda: self._show_state("Stopped."))
        self.desk.saved.connect(self._saved)
        self.desk.failed.connect(self._failed)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(self.settle_ms)
        self._settle.timeout.connect(self.draw)

    def lay_out(self, choices: QWidget, paper: PaperView, empty: EmptyState) -> None:
        """Choices beside the paper; `empty` is the second face, for a record without cameras."""
        self._column, self._paper, self.view = choices, paper, paper.view
        self._faces = faces(self, panel(row(choices, (paper, 1), gap=0)), empty)

    @property
    def title(self) -> str:
        """What the paper is called."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draws the paper in a Job; a newer wish replaces an older one."""
        raise NotImplementedError

    def escape(self) -> bool:
        """Stops the drawing."""
        if not self.desk.drawing:
            return False
        self.cancel()
        return True

    def cancel(self) -> None:
        """Stops the drawing; what was shown before stays."""
        self._stale = True
        self.desk.cancel()

    def set_narrow(self, narrow: bool) -> None:
        del narrow
        self._column.setFixedWidth(min(round(self.width() * 0.45), theme.px(COLUMN)))

    def save_as(self, path: Path) -> None:
        """Saves the paper as it is drawn, or says why not and what to do."""
        if self._stale or self._settle.isActive():
            self.draw()
        self.desk.save(path if path.suffix else path.with_suffix(".pdf"))

    def end(self) -> None:
        self._paper.close_document()
        self.desk.close()

    def _stem(self, what: str) -> str:
        """The name of a file for it: whose it is, what it is, of which day."""
        body = self.session.body
        name = file_dialogs.stem_of(body.name if body else "") or "camcensus"
        return f"{name}-{what}-{self.session.clock():%Y-%m-%d}"

    def _show_state(self, words: str = "") -> None:
        """How the drawing stands, above the paper."""
        raise NotImplementedError

    def _progressed(self, done: int, of: int) -> None:
        if self.desk.drawing and of:
            self._paper.state.setText(f"Drawing, {min(99, round(100 * done / of))}%")

    def _drawn(self, written: Written) -> None:
        self._paper.load(written.path)
        self._show_state()

    def _saved(self, written: Written) -> None:
        self._tell(f"Saved {clean(written.path.name)}, {count(written.pages, 'page')}")

    def _tell(self, say: str) -> None:
        """Says what became of the report, and logs it: people ask what has changed since their last report."""
        self._show_state(f"{say}.")
        announce(self, f"{say}.")
        if self.session.readonly_reason is None:
            title = self.title
            self.session.note_report(title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}", say)

    def _failed(self, what: str, error: BaseException) -> None:
        self._show_state()
        title = self.not_saved if what == "save" else self.not_drawn
        answer_failure(error, partial(self.session.hub.troubled.emit, title), self.defect.emit)
