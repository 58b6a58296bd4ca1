"""What organisations answered: the table, one answer in full, and the columns of a spreadsheet that nothing tells of."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from camcensus.model.claims import AnswerField
from camcensus.model.disk import shown
from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean, short_date
from camcensus.store.rollup.claims import document_of
from camcensus.tasks.rollup.answers import AnswersPreview, answer_choices, missing_field, save_reply
from camcensus.tasks.rollup.kinds import kind_words
from camcensus.tasks.rollup.ways import COMPARED_WORDS, AnswerRow, answer_words, measured_words
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import InkRole, ViewColumn
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import Dialog, tell
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import column, fill
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text

LEAST_HEIGHT = 160
BUILT_AT_ONCE = 16
"""Columns asked for at once: building a field for each of 200 holds the window for 200 ms."""
UNTOLD = "Camcensus cannot tell what these columns are. Choose, or leave them out."
NOT_USED = "Leave this column out"

ANSWER_COLUMNS = (
    ViewColumn("body", "Organisation", "text", 0, lambda one: clean(one.name, 120)),
    ViewColumn("question", "Question", "text", 192, lambda one: clean(one.question, 160), roomy=256),
    ViewColumn(
        "answer", "Answer", "text", 168, answer_words, roomy=192, tip=lambda one: clean(one.words or answer_words(one), 400)
    ),
    ViewColumn("on", "Answered on", "quiet", 128, lambda one: short_date(one.answered_on) if one.answered_on else "–"),
    ViewColumn("measured", "Measured", "number", 96, lambda one: measured_words(one) or "–"),
    ViewColumn(
        "compared", "Compared", "text", 136, lambda one: COMPARED_WORDS.get(one.compared or "", "–"),
        roles={InkRole: lambda one: "listed_ink" if one.compared not in (None, "same") else None},
    ),
)  # fmt: skip
ANSWERED_ON = 3
"""The column that is left out where there is little room."""


class AnswerDialog(Dialog):
    """One answer in full, with its words, who typed it and where; its reply can be saved as it was given."""

    bounded = True

    def __init__(self, desk: AuditDesk, one: AnswerRow, parent: QWidget) -> None:
        super().__init__(parent, clean(one.name, 120), width=640, lead=clean(one.question, 200))
        self._desk, self._one = desk, one
        facts = [
            ("Answer", answer_words(one)),
            ("Measured", measured_words(one)),
            ("Compared", COMPARED_WORDS.get(one.compared or "", "")),
            ("Kind", kind_words(one.type)),
            ("Asked on", short_date(one.asked_on) if one.asked_on else ""),
            ("Answered on", short_date(one.answered_on) if one.answered_on else ""),
            ("Typed by", clean(one.typed_by or "", 120)),
            ("Where", f"Row {one.row} of {clean(one.sheet, 80)}"),
            ("SHA-256 of the reply", f"{one.document[:32]} {one.document[32:]}" if one.document else ""),
        ]
        body = QWidget()
        lines = column(margins=(4, 4, 4, 4), of=body)
        for name, said in facts:
            if said:
                fill(lines, Text(name, "caption", "secondary"), Text(said), 8)
        if one.words and one.words != answer_words(one):
            fill(lines, Text("In their words", "caption", "secondary"), Text(clean(one.words, 4000)))
        lines.addStretch(1)
        scroll = Scroll(body, "The answer")
        scroll.setMinimumHeight(LEAST_HEIGHT)
        self.body.addWidget(scroll, 1)
        self.save_button = Button("Save the reply…", then=self.save)
        self.save_button.setVisible(self._document() is not None)
        self.offer_close(self.save_button)

    def _document(self) -> tuple[str, bytes] | None:
        sha256 = self._one.document or ""
        return self._desk.look(lambda rollup: document_of(rollup.file.connection, sha256))

    def save(self) -> None:
        """Asks where, and saves the reply as it was given. Camcensus never opens it."""
        kept = self._document()
        if kept is None:
            return
        file_dialogs.save_file(self, "Save the reply", shown(Path(kept[0])), "All files (*)", self.save_as)

    def save_as(self, path: Path) -> None:
        """Saves the reply as it was given."""
        kept = self._document()
        try:
            if kept is not None:
                save_reply(path, kept[1])
        except CamcensusError as error:
            tell(self, "The reply was not saved", str(error))


class AnswerColumns(Dialog):
    """Asks what columns are where nothing tells it. What is chosen is remembered for spreadsheets with these headings."""

    bounded = True

    def __init__(self, desk: AuditDesk, read: AnswersPreview, parent: QWidget) -> None:
        lead = f"{read.asks}. Choose it below." if read.asks else UNTOLD
        super().__init__(parent, "Which column is what", width=640, lead=lead)
        self._desk, self._read = desk, read
        self._wanted = iter([one for one in read.columns if read.asks or one.column in read.untold])
        self.fields: dict[int, Combo] = {}
        body = QWidget()
        self._lines = column(margins=(4, 4, 4, 4), of=body)
        self._lines.addStretch(1)
        self._build()
        scroll = Scroll(body, "Columns")
        scroll.setFocusPolicy(scroll.focusPolicy().NoFocus)
        scroll.setMinimumHeight(LEAST_HEIGHT)
        self.problem = MissingLine("body")
        fill(self.body, (scroll, 1), self.problem)
        self.offer("Cancel", "Import the answers")

    def _build(self) -> None:
        """The next fields; the rest once the window had its turn. One that is not there yet is chosen as it was told."""
        built = list(islice(self._wanted, BUILT_AT_ONCE))
        choices = [(NOT_USED, None), *((words, name) for name, words in answer_choices())]
        for one in built:
            at, name = one.column.place, f"{one.column.letter}, “{clean(one.column.named, 60)}”"
            before = list(self.fields.values())[-1:]
            combo = self.fields[at] = Combo(f"Column {name}", choices, width=320)
            combo.choose(one.field)
            first = next((row.cells[at] for row in self._read.file.table.rows if at < len(row.cells) and row.cells[at]), None)
            example = f"First cell: {clean(str(first), 60)}" if first is not None else ""
            asked = column(labelled(f"Column {name}", combo), 6, Text(example, "caption", "secondary"), 12)
            self._lines.insertLayout(self._lines.count() - 1, asked)
            for field in before:
                self.setTabOrder(field, combo)
        if built:
            QTimer.singleShot(0, self, self._build)

    @property
    def chosen(self) -> dict[int, AnswerField | None]:
        """What each column is: those that were told, and those chosen here."""
        told = {one.column.place: one.field for one in self._read.columns}
        return told | {place: combo.currentData() for place, combo in self.fields.items()}

    def accept(self) -> None:
        fields = list(self.chosen.values())
        twice = next((name for name in fields if name not in (None, "ask") and fields.count(name) > 1), None)
        missing = missing_field(fields)
        if twice is not None:
            missing = f"Two columns are “{dict(answer_choices())[twice]}”; choose one"
        if self.problem.say(f"{missing}." if missing else ""):
            return
        self._desk.take_answers(self._read.path, self.chosen)
        super().accept()
