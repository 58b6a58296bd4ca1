"""The columns of a spreadsheet of answers that nothing tells of: a line for each and, under them, what the chosen one is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.claims import ANSWER_FIELD_WORDS, ANSWER_FIELDS, AnswerField
from camcensus.model.words import clean
from camcensus.registers.answer_columns import AnswerColumn
from camcensus.tasks.rollup.answers import AnswersPreview, missing_field
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import column, fill, panel
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel, told
from camcensus.ui.kit.widgets import Text

UNTOLD = "Camcensus cannot tell what these columns are. Choose, or leave them out."
NOT_USED = "Leave this column out"
FEW, LEAST_HEIGHT, HIGH = 3, 140, 252
ASKED_COLUMNS = (
    ViewColumn("column", "Column", "text", 200),
    ViewColumn("is_now", "Imported as", "text", 176),
    ViewColumn("example", "First cell", "quiet", 0),
)


class AnswerColumns(Dialog):
    """Asks what columns are where nothing tells it. What is chosen is remembered for spreadsheets with these headings.

    A field for each of hundreds of columns would hold the window; a line for each does not.
    """

    bounded = True

    def __init__(self, desk: AuditDesk, read: AnswersPreview, parent: QWidget) -> None:
        lead = f"{read.asks}. Choose it below." if read.asks else UNTOLD
        super().__init__(parent, "Which column is what", width=720, lead=lead)
        self._desk, self._read = desk, read
        self.chosen: dict[int, AnswerField | None] = {one.column.place: one.field for one in read.columns}
        """What each column is: those that were told, and those chosen here."""
        asked = [one for one in read.columns if read.asks or one.column in read.untold]
        columns = told(
            ASKED_COLUMNS,
            column=lambda one: f"{one.column.letter}  {clean(one.column.heading or '(no heading)', 60)}",
            is_now=lambda one: ANSWER_FIELD_WORDS[name] if (name := self.chosen[one.column.place]) else "–",
            example=lambda one: self._examples[one.column.place],
        )
        self._examples = {one.column.place: self._first_cell(one) for one in asked}
        self.model: TableModel[AnswerColumn] = TableModel(columns, asked, self)
        self.table = Table(ASKED_COLUMNS, "Columns of the spreadsheet", row_height=36, model=self.model, one_row=True)
        self.table.setMinimumHeight(HIGH if len(asked) > FEW else LEAST_HEIGHT)
        self._title = Text("", "strong")
        self.field = Combo(
            "What this column is", [(NOT_USED, None), *((ANSWER_FIELD_WORDS[name], name) for name in ANSWER_FIELDS)], width=320
        )
        self.problem = MissingLine("body")
        which = panel(column(self._title, 4, labelled("What this column is", self.field)))
        fill(self.body, (card_of(self.table), 1), 12, which, self.problem)
        self.offer("Cancel", "Import the answers")
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.table.opened.connect(lambda: self.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.field.activated.connect(lambda _: self.choose(self.field.currentData()))
        self.table.selectRow(0)
        self._show()

    def _first_cell(self, one: AnswerColumn) -> str:
        at = one.column.place
        cells = (row.cells[at] for row in self._read.file.table.rows if at < len(row.cells))
        return clean(str(next((cell for cell in cells if cell), "")), 60)

    def _show(self) -> None:
        one = self.model.at(self.table.currentIndex().row())
        self.field.setEnabled(one is not None)
        if one is not None:
            self._title.setText(f"Column {one.column.letter}, “{clean(one.column.named, 60)}”, is:")
            self.field.setAccessibleName(f"What {clean(one.column.named, 60)} is")
            self.field.choose(self.chosen[one.column.place])

    def choose(self, field: AnswerField | None) -> None:
        """Says what the column of the current line is; None leaves it out."""
        at = self.table.currentIndex().row()
        one = self.model.at(at)
        if one is not None:
            self.chosen[one.column.place] = field
            self.problem.say("")
            self.model.dataChanged.emit(self.model.index(at, 0), self.model.index(at, len(ASKED_COLUMNS) - 1))
            self._show()

    def accept(self) -> None:
        fields = list(self.chosen.values())
        twice = next((name for name in fields if name not in (None, "ask") and fields.count(name) > 1), None)
        missing = missing_field(fields)
        if twice is not None:
            missing = f"Two columns are “{ANSWER_FIELD_WORDS[twice]}”; choose one"
        if self.problem.say(f"{missing}." if missing else ""):
            return
        self._desk.take_answers(self._read.path, self.chosen)
        super().accept()
