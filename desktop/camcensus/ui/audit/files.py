"""The files that were given: what was done with each and why; taking one out again, and putting it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from camcensus.model.claims import ASKS_WORDS
from camcensus.model.registers import cell_at
from camcensus.model.words import clean
from camcensus.registers.answer_columns import COUNT, HAS, LISTED, OTHERS, UNKNOWN, AnswerColumn, asks_words
from camcensus.registers.cells import text_of
from camcensus.registers.columns import remembered_key
from camcensus.tasks.files import Written
from camcensus.tasks.progress import Progress
from camcensus.tasks.reports.pack_report import LICENCES, NO_LICENCE, PackWords
from camcensus.tasks.reports.rollup import write_rollup_pdf
from camcensus.tasks.rollup.answers import STATUS, STATUS_HEADING, AnswersPreview, Unread, missing_column, wrong_in
from camcensus.tasks.rollup.figures import lists_of, read_figures
from camcensus.tasks.rollup.taking import FileOutcome, open_for_reading
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.audit.model import FILE_COLUMNS, summary
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import InkRole, ViewColumn
from camcensus.ui.kit.controls import Check, Combo, Field
from camcensus.ui.kit.dialogs import Dialog, ask
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.parts import Scroll, card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.preview.dialog import PaperDialog
from camcensus.ui.session import Session


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


LISTS_HEIGHT = 160


class CountedLists(Dialog):
    """A box for each list that is known. What is chosen holds in this window, its tables and its report, until it is closed."""

    def __init__(self, desk: AuditDesk, parent: QWidget) -> None:
        lead = (
            "A camera counts as made by a listed maker when one of these names its maker. Where a statement names no company, "
            "makers based in China are counted apart (our reading)."
        )
        super().__init__(parent, "What is counted", width=640, lead=lead)
        self._desk = desk
        self.checks: dict[str, Check] = {}
        body = QWidget()
        boxes = column(margins=(4, 4, 4, 4), of=body)
        for name, (title, about) in desk.list_words().items():
            check = self.checks[name] = Check(title)
            check.setChecked(name in desk.counted)
            check.toggled.connect(self._look)
            under = column(Text(about, "caption", "secondary"), margins=(theme.px(27), 6, 0, 12))
            fill(boxes, (check, 0, Qt.AlignmentFlag.AlignLeft), under)
        boxes.addStretch(1)
        scroll = Scroll(body, "Lists")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(LISTS_HEIGHT)
        self.body.addWidget(scroll, 1)
        self.go = self.offer("Cancel", "Count these")
        self._look()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The lists that are ticked."""
        return tuple(name for name, check in self.checks.items() if check.isChecked())

    def _look(self) -> None:
        self.go.setEnabled(bool(self.ticked))

    def accept(self) -> None:
        self._desk.count_by(self.ticked)
        super().accept()


class PublishDialog(Dialog):
    """Title, authors and licence of a pack. What was typed stays where no folder is chosen."""

    def __init__(self, desk: AuditDesk, title: str, parent: QWidget) -> None:
        lead = (
            "Writes tables, a database of counts and the report into a new folder. Organisations are named; no device or "
            "address is in it. For the public, counts from 1 to 4 are not shown, and nothing that helps an attacker."
        )
        super().__init__(parent, "Publish the totals", width=560, lead=lead)
        self._desk = desk
        self.title = Field("", name="Title")
        self.title.setText(title)
        self.authors = Field("For example: Office of Northmoor; A. Auditor", name="Authors, with semicolons between them")
        self.licence = Combo("Licence", [("None stated", ""), *((words, key) for key, (words, _) in LICENCES.items())])
        self.licence.setToolTip(NO_LICENCE)
        self.readers = Combo("For", [("The public", False), ("Those who asked: whole, not to be published", True)])
        self.problem = MissingLine()
        fill(self.body, form((self.readers,), (self.title,), (self.authors,), (self.licence,)), 8, self.problem)
        self.offer("Cancel", "Choose a folder…")

    @property
    def words(self) -> PackWords:
        """What was typed and chosen."""
        authors = tuple(filter(None, (one.strip() for one in self.authors.text().split(";"))))
        return PackWords(title=self.title.typed, authors=authors, licence=str(self.licence.currentData()))

    def accept(self) -> None:
        if self.problem.say("" if self.title.typed else "Type a title.", self.title):
            return
        file_dialogs.save_folder(self, "The folder that the pack goes into", self.publish_in)

    def publish_in(self, folder: Path) -> None:
        """Writes the pack into a new folder within this one."""
        stem = file_dialogs.stem_of(self._desk.path.stem, 80) or "audit"
        day = self._desk.session.clock().date().isoformat()
        whole = bool(self.readers.currentData())
        name = f"{stem}-{'for-those-who-asked' if whole else 'published'}-{day}"
        self._desk.publish(folder / name, self.words, whole=whole)
        super().accept()


TITLE = "Audit roll-up"


class AuditPaper(PaperDialog):
    """As every sheet, but that it is drawn from a roll-up; the desk gives no record."""

    def __init__(self, session: Session, desk: AuditDesk, parent: QWidget) -> None:
        super().__init__(session, TITLE, parent)
        self._rollup, self._lists = desk.path, desk.chosen
        self.desk.progressed.connect(lambda at, of: self.paper.state.setText(f"Drawing, {at:,} of {of:,}…"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.desk.written is None and not self.desk.drawing:
            self.paper.state.setText("Adding up and drawing…")
            rollup, data_dir, now = self._rollup, self._session.data_dir, self._session.clock()
            lists = self._lists
            self.desk.draw_apart(lambda to, progress: draw(rollup, data_dir, now, lists, to, progress))

    def save(self) -> None:
        stem = file_dialogs.stem_of(self._rollup.stem, 80) or "audit"
        name = f"{stem}-{self._session.clock():%Y-%m-%d}.pdf"
        file_dialogs.save_file(self, "Save the report", name, "PDF (*.pdf)", self.save_as)


def draw(path: Path, data_dir: Path, now: datetime, lists: tuple[str, ...], to: Path, progress: Progress) -> Written:
    """Reads every table under these lists and draws the report, on a connection of the calling thread."""
    with open_for_reading(path, data_dir) as rollup:
        figures = read_figures(rollup, lists_of(rollup, lists), now.date().isoformat())
        return write_rollup_pdf(rollup, figures, to, data_dir=data_dir, now=now, progress=progress)


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


LEAST_HEIGHT = 200


class RepliesToRead(Dialog):
    """Enter leads to the next reply, and past the last one saves what was typed. An empty box says nothing."""

    bounded = True

    def __init__(self, desk: AuditDesk, replies: Sequence[Unread], parent: QWidget) -> None:
        lead = "Type what each reply says; leave empty what it does not say. Enter leads to the next one."
        super().__init__(parent, "Replies to read", width=720, lead=lead)
        self._desk, self._replies, self.at = desk, replies, 0
        self.typed: list[dict[str, str]] = [{} for _ in replies]
        self._title, self._words = Text("", "strong"), Text("")
        self._words.setWordWrap(True)
        inside = QWidget()
        column(self._words, None, margins=(4, 4, 4, 4), of=inside)
        scroll = Scroll(inside, "What the reply says")
        scroll.setMinimumHeight(LEAST_HEIGHT)
        boxes = {**dict(box for one in replies for box in one.boxes), STATUS: STATUS_HEADING}
        self.fields = {box: Field("", name=heading) for box, heading in boxes.items()}
        self._panels = {box: panel(column(labelled(boxes[box], field), 8)) for box, field in self.fields.items()}
        self.problem = MissingLine("body")
        fill(self.body, self._title, 8, (scroll, 1), 12, *self._panels.values(), self.problem)
        self.before = Button("Back", then=lambda: self._go(-1))
        self.skip = Button("Next reply", then=lambda: self._go(1))
        fill(self.buttons, self.before, self.skip)
        self.go = self.offer("Cancel", "Save and next")
        self._show()

    def _show(self) -> None:
        one = self._replies[self.at]
        self._title.setText(f"{self.at + 1} of {len(self._replies)}: {clean(one.name, 120)}")
        self._words.setText(one.words)
        asked = dict(one.boxes)
        for box, field in self.fields.items():
            self._panels[box].setVisible(box in asked or box == STATUS)
            field.setText(self.typed[self.at].get(box, ""))
        self.before.setEnabled(self.at > 0)
        last = self.at == len(self._replies) - 1
        self.skip.setEnabled(not last)
        self.go.setText("Save what I read" if last else "Save and next")
        self.fields[one.boxes[0][0]].setFocus()
        announce(self, f"{clean(one.name, 120)}. {one.words[:400]}")

    def _go(self, steps: int) -> bool:
        """To another reply, where what is typed of this one can be read."""
        self.typed[self.at] = {box: field.text() for box, field in self.fields.items() if field.text().strip()}
        wrong = wrong_in(self.typed[self.at])
        field = next((self.fields[box] for box, text in self.typed[self.at].items() if wrong_in({box: text})), None)
        if self.problem.say(wrong, field):
            return False
        if 0 <= self.at + steps < len(self._replies):
            self.at += steps
            self._show()
        return True

    def accept(self) -> None:
        last = self.at == len(self._replies) - 1
        if not self._go(1) or not last:
            return
        if any(self.typed):
            self._desk.take_read(list(zip(self._replies, self.typed, strict=True)))
        super().accept()
