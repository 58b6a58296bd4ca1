"""What to look at in a roll-up: its problems, and below them the whole of the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal

from camcensus.model.words import clean
from camcensus.tasks.rollup.figures import BodyRow
from camcensus.tasks.rollup.problems import RollupProblem
from camcensus.tasks.rollup.view import body_files, read_files
from camcensus.ui.audit.model import PROBLEM_COLUMNS
from camcensus.ui.audit.reading import AuditReader
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.layout import panel, row
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text


class ProblemTable(Table):
    """The problems. `foot` says the chosen one in full, and leads to its organisation or its file."""

    body_wanted = Signal(object)
    """A BodyRow."""
    files_wanted = Signal(object)
    """A tuple of FileRow."""

    def __init__(self, desk: AuditReader) -> None:
        super().__init__(PROBLEM_COLUMNS, "What to look at", row_height=36, one_row=True)
        self._desk = desk
        self.lines = TableModel[RollupProblem](PROBLEM_COLUMNS, parent=self)
        self.setModel(self.lines)
        self._whole = Text("", "body", "secondary")
        self._body_button = Button("Show the organisation", then=self._open)
        self.file_button = Button("Show the file", then=self._show_files)
        self.foot = panel(row((self._whole, 1), self._body_button, self.file_button, margins=(0, 8, 0, 0)))
        self.opened.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_: self.show_chosen())

    def show_chosen(self, *, seen: bool = True) -> None:
        """The whole of the chosen problem, while the table is `seen`."""
        problem = self._chosen()
        self.foot.setVisible(seen and problem is not None)
        if problem is not None:
            self._whole.setText(clean(problem.whole, 1000))
            self._body_button.setVisible(self._body(problem) is not None)
            self.file_button.setVisible(problem.kind.startswith(("held-", "refused-")))

    def _chosen(self) -> RollupProblem | None:
        rows = self.selectionModel().selectedRows()
        return self.lines.at(rows[0].row()) if rows else None

    def _body(self, problem: RollupProblem) -> BodyRow | None:
        figures = self._desk.figures
        if figures is None:
            return None
        numbers = body_files(figures)
        known = {one.body: one for one in figures.bodies}
        return next((known[numbers[code]] for code in problem.bodies if code in numbers), None)

    def _open(self) -> None:
        problem = self._chosen()
        body = self._body(problem) if problem is not None else None
        if body is not None:
            self.body_wanted.emit(body)
        else:
            self._show_files()

    def _show_files(self) -> None:
        problem = self._chosen()
        if problem is None:
            return
        whole = clean(problem.whole, 1000)
        about = [one for one in self._desk.look(read_files) if one.state in ("held", "refused")]
        exact = [one for one in about if one.reason and clean(one.reason, 400) in whole]
        self.files_wanted.emit(tuple(exact or about))
