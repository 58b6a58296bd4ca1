"""What the columns of a spreadsheet of answers ask: a line for each with samples, and a choice for the one that is marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.claims import ASKS_WORDS
from camcensus.model.registers import cell_at
from camcensus.model.words import clean
from camcensus.registers.answer_columns import COUNT, HAS, LISTED, OTHERS, UNKNOWN, AnswerColumn, asks_words
from camcensus.registers.cells import text_of
from camcensus.registers.columns import remembered_key
from camcensus.tasks.rollup.answers import AnswersPreview, missing_column
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit.cells import InkRole, ViewColumn
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text

LEAD = "Choose what each column asks that is not understood. What is left so is kept as a reply that nobody has read."
SAMPLES, HIGH = 3, 300
USUAL_MAKERS = ("hikvision", "dahua", "uniview", "axis", "hanwha")


class AnswerColumns(Dialog):
    """Asks what columns ask, those that are not understood first. What is chosen is remembered by the heading.

    A field for each of hundreds of columns would hold the window; a line for each does not.
    """

    bounded = True

    def __init__(self, desk: AuditDesk, read: AnswersPreview, parent: QWidget) -> None:
        super().__init__(parent, "What each column asks", width=860, lead=f"{read.missing}. {LEAD}" if read.missing else LEAD)
        self._desk, self._read = desk, read
        makers = desk.session.knowledge.manufacturers
        self._names = {one.id: clean(one.name, 60) for one in makers.values()}
        self.chosen: dict[str, str | None] = {}
        """What was chosen here: `remembered_key` of a column -> what it asks."""
        columns = (
            ViewColumn("column", "Column", "text", 264, lambda one: f"{one.column.letter}  {clean(one.column.named, 160)}"),
            ViewColumn(
                "asks", "Asks", "text", 216, lambda one: asks_words(self.asks(one), self._names),
                roles={InkRole: lambda one: "listed_ink" if self.asks(one) is None else None},
            ),
            ViewColumn("samples", "For example", "quiet", 0, self._samples),
        )  # fmt: skip
        asked = sorted(read.columns, key=lambda one: one.asks is not None)
        self.model: TableModel[AnswerColumn] = TableModel(columns, asked, self)
        self.table = Table(columns, "Columns of the spreadsheet", row_height=36, model=self.model, one_row=True)
        self.table.setMinimumHeight(HIGH)
        self._title = Text("", "strong")
        kinds = [(words, name) for name, words in ASKS_WORDS.items()]
        at = [name for _, name in kinds].index("cameras") + 1
        kinds[at:at] = [("Has cameras of a maker", HAS), ("How many of a maker", COUNT)]
        self.field = Combo("What this column asks", [(asks_words(None, {}), None), *kinds], width=320)
        usual = sorted(makers, key=lambda one: (one not in USUAL_MAKERS, self._names[one].casefold()))
        every = [(self._names[one], one) for one in usual]
        every[0:0] = [("Hikvision or Dahua", "dahua+hikvision")]
        every += [("A listed maker", LISTED), ("Any other maker", OTHERS), ("A maker that is not known", UNKNOWN)]
        self.maker = Combo("Maker", every, width=240)
        self._of = panel(labelled("Maker", self.maker))
        self.problem = MissingLine("body")
        which = panel(column(self._title, 4, row(labelled("What this column asks", self.field), self._of, None, gap=12)))
        fill(self.body, (card_of(self.table), 1), 12, which, self.problem)
        self.offer("Cancel", "Import the answers")
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.table.opened.connect(lambda: self.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.field.activated.connect(lambda _: self._choose())
        self.maker.activated.connect(lambda _: self._choose())
        self.table.selectRow(0)
        self._show()

    def asks(self, one: AnswerColumn) -> str | None:
        """What a column asks, as it was understood or chosen."""
        return self.chosen.get(remembered_key(one.column), one.asks)

    def _samples(self, one: AnswerColumn) -> str:
        said = (text_of(cell_at(line, one.column)) for line in self._read.file.table.rows)
        return "  ·  ".join(list(dict.fromkeys(clean(text, 60) for text in said if text))[:SAMPLES])

    def _show(self) -> None:
        one = self.model.at(self.table.currentIndex().row())
        self.field.setEnabled(one is not None)
        if one is None:
            return
        asks = self.asks(one)
        kind, joint, of = (asks or "").partition(":")
        self._title.setText(f"Column {one.column.letter}, “{clean(one.column.named, 160)}”")
        self.field.setAccessibleName(f"What {clean(one.column.named, 60)} asks")
        self.field.choose(f"{kind}:" if joint else asks)
        self._of.setVisible(bool(joint))
        if joint:
            self.maker.choose(of)

    def _choose(self) -> None:
        kind = self.field.currentData()
        self.choose(f"{kind}{self.maker.currentData()}" if kind in (HAS, COUNT) else kind)

    def choose(self, asks: str | None) -> None:
        """Says what the column of the current line asks; None for not understood."""
        at = self.table.currentIndex().row()
        one = self.model.at(at)
        if one is not None:
            self.chosen[remembered_key(one.column)] = asks
            self.problem.say("")
            self.model.dataChanged.emit(self.model.index(0, 0), self.model.index(self.model.rowCount() - 1, 2))
            self._show()

    def accept(self) -> None:
        missing = missing_column([self.asks(one) for one in self._read.columns])
        if self.problem.say(f"{missing}." if missing else ""):
            return
        self._desk.take_answers(self._read.path, self.chosen)
        super().accept()
