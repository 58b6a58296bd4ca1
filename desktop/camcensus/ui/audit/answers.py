"""What organisations answered: the table, and one answer in full."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from camcensus.model.disk import shown
from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean, short_date
from camcensus.store.rollup.claims import document_of
from camcensus.tasks.rollup.answers import save_reply
from camcensus.tasks.rollup.kinds import kind_words
from camcensus.tasks.rollup.ways import COMPARED_WORDS, AnswerRow, answer_words, in_file_words
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import InkRole, ViewColumn
from camcensus.ui.kit.dialogs import Dialog, tell
from camcensus.ui.kit.layout import column, fill
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text

LEAST_HEIGHT = 160

ANSWER_COLUMNS = (
    ViewColumn("body", "Organisation", "text", 0, lambda one: clean(one.name, 120)),
    ViewColumn("question", "Question", "text", 192, lambda one: clean(one.question, 160), roomy=256),
    ViewColumn(
        "answer", "Answer", "text", 168, answer_words, roomy=192, tip=lambda one: clean(one.words or answer_words(one), 400)
    ),
    ViewColumn("on", "Answered on", "quiet", 128, lambda one: short_date(one.answered_on) if one.answered_on else "–"),
    ViewColumn("in_file", "In its file", "number", 96, lambda one: in_file_words(one) or "–"),
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
            ("In its file", in_file_words(one)),
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
