"""One body: what it sent and when, what to know about it, its devices."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean, count, fitting, long_date
from camcensus.tasks.rollup.figures import FLAG_WORDS, BodyRow, RollupProblem, code_words, read_devices_of
from camcensus.tasks.rollup.kinds import doubt_words, kind_words
from camcensus.tasks.rollup.sections import known_words
from camcensus.tasks.rollup.view import body_files, read_files
from camcensus.ui.audit.desk import AuditDesk, AuditReader
from camcensus.ui.audit.files import FilesDialog
from camcensus.ui.audit.model import DEVICE_COLUMNS, PROBLEM_COLUMNS, SPARED_OF_DEVICES, DeviceModel, cameras_words
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text


class AuditBody(QWidget):
    """Read-only. `left` goes back to the bodies."""

    left = Signal()

    def __init__(self, desk: AuditDesk) -> None:
        super().__init__()
        self._desk = desk
        self.body: BodyRow | None = None
        self.back = LinkButton("All organisations", then=self.left)
        self.title = Text("", "title")
        self.facts = Text("", "body", "secondary")
        self.counts = Text("", "strong")
        self.flags = Text("", "body", "listed_ink")
        self.files = LinkButton("Its files…", then=self.show_files)
        self.table = Table(DEVICE_COLUMNS, "Devices of the organisation", row_height=36, one_row=True)
        self.model = DeviceModel(self.table)
        self.table.setModel(self.model)
        self.table.show_what_fits(range(len(DEVICE_COLUMNS)), SPARED_OF_DEVICES)
        card = card_of(self.table)
        left = column(row(self.back, None), margins=(32, 16, 24, 20), of=self)
        for part, space in ((self.title, 4), (self.facts, 8), (self.counts, 4), (self.flags, 8)):
            fill(left, part, space)
        fill(left, row(self.files, None), 12, (card, 1))

    def show_body(self, body: BodyRow) -> None:
        """Shows a body with its devices; the one that was chosen stays chosen."""
        same = self.body is not None and self.body.body == body.body
        self.body = body
        kept = self._chosen() if same else None
        self.title.setText(clean(body.name, 200))
        parts = [kind_words(body.type), code_words(body.code), known_words(body.is_measured), f"as at {long_date(body.as_at)}"]
        if body.oldest_at[:10] != body.as_at[:10]:
            parts.append(f"oldest record {long_date(body.oldest_at)}")
        if body.expected is not None:
            parts.append(f"said it has {body.expected:,}")
        self.facts.setText(" · ".join(part for part in parts if part))
        noun = "camera" if body.cameras == 1 and not body.or_more else "cameras"
        beside = doubt_words(body.listed, body.listed_proven, body.listed_most)
        listed = f"{body.listed:,} made by a listed maker{f' ({beside})' if beside else ''}"
        may = f", {count(body.may_be_cameras, 'device')} that may be {fitting(body.may_be_cameras, 'a camera', 'cameras')}"
        others = f"{count(body.recorders, 'recorder')}{may if body.may_be_cameras else ''}."
        read = f", {body.based_in_china:,} by a maker based in China (our reading)"
        self.counts.setText(
            f"{cameras_words(body)} {noun}. {listed}{read if self._desk.reads else ''}, {body.not_known:,} not known. {others}"
        )
        self.flags.setText(" ".join(f"{FLAG_WORDS[flag]}." for flag in body.flags))
        self.flags.setVisible(bool(body.flags))
        self.model.counted, self.model.reads = self._desk.counted, self._desk.reads
        self.model.set_rows(self._desk.look(read_devices_of, body.body))
        at = next((at for at, one in enumerate(self.model.rows) if one.item == kept), -1)
        if at >= 0:
            self.table.selectRow(at)
        else:
            self.table.clearSelection()
            self.table.setCurrentIndex(self.model.index(-1, -1))

    def _chosen(self) -> int | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.rows[rows[0].row()].item if rows else None

    def show_files(self) -> None:
        """The files of the organisation, to take one out."""
        if self.body is not None:
            files = self._desk.look(read_files, self.body.body)
            FilesDialog(self._desk, f"Files of {clean(self.body.name, 80)}", files, parent=self.window()).show_over()


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
