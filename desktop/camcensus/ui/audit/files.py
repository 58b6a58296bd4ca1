"""The files that were given: what was done with each and why; taking one out again, and putting it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean
from camcensus.tasks.rollup.taking import FileOutcome
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.audit.model import FILE_COLUMNS, summary
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog, ask
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text


class FilesDialog(Dialog):
    """A table of files; the chosen one in full below it."""

    leaves, widest = (48, 64), 1200

    def __init__(self, desk: AuditDesk, title: str, files: Sequence[FileOutcome], parent: QWidget) -> None:
        super().__init__(parent, title, width=960)
        self._desk = desk
        self.lead = Text(summary(files), "body", "secondary")
        self.table = Table(FILE_COLUMNS, "Files", row_height=36, one_row=True)
        self.model = TableModel(FILE_COLUMNS, files, self.table)
        self.table.setModel(self.model)
        self.table.setMinimumHeight(theme.px(160))
        card = card_of(self.table)
        self.whole = Text("", "body", "secondary")
        fill(self.body, self.lead, 12, (card, 1), 12, self.whole)
        self.out_button, self.back_button = Button("Take out…", then=self.take_out), Button("Put back", then=self.put_back)
        self.agree_button = Button("It is theirs: count it", then=self.agree)
        self.offer_close(self.out_button, self.back_button, self.agree_button)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show())
        if files:
            self.table.selectRow(0)
        self._show()

    def say(self, before: str, after: str) -> None:
        """Sentences around the sum in the lead."""
        self.lead.setText(f"{before}{summary(self.model.rows)}{after}")

    @property
    def current(self) -> FileOutcome | None:
        """The file that is chosen."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.rows[rows[0].row()] if rows else None

    def _show(self) -> None:
        file = self.current
        self.out_button.setVisible(file is not None and file.state == "accepted" and file.export_id is not None)
        self.back_button.setVisible(file is not None and file.taken_out and file.export_id is not None)
        self.agree_button.setVisible(file is not None and file.can_be_agreed)
        if file is None:
            self.whole.setText("")
            return
        digest = f" SHA-256 {file.sha256}." if file.sha256 else ""
        self.whole.setText(f"{clean(str(file.path), 300)}.{digest} {clean(file.say, 1000)}".strip())

    def take_out(self) -> None:
        """Asks, then takes the record of the file out."""
        file = self.current
        if file is not None:
            ask_take_out(self._desk, file, self.parentWidget(), self.accept)

    def put_back(self) -> None:
        """Takes the file in again."""
        file = self.current
        if file is not None:
            self.accept()
            self._desk.put_back(file)

    def agree(self) -> None:
        """Counts a file that is held for its name or its beginning."""
        file = self.current
        if file is not None:
            self.accept()
            self._desk.agree(file)


def ask_take_out(desk: AuditDesk, file: FileOutcome, parent: QWidget | None, then: object = None) -> None:
    """Asks before a record is taken out of the totals."""

    def go() -> None:
        if callable(then):
            then()
        desk.take_out(file.export_id or "")

    ask(
        parent,
        f"Take out the record of {clean(file.body_name or 'one', 80)}?",
        "Its cameras are no longer counted. The file itself stays where it is, and it can be put back.",
        "Take out",
        go,
    )
