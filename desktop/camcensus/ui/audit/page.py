"""Audit roll-up: who sent a record and who did not, how old it is, how many cameras a listed maker made."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.registers import TABLE_ENDINGS
from camcensus.model.words import clean, count, long_date
from camcensus.tasks.brought import kind_of
from camcensus.tasks.reports.publication import suggested_title
from camcensus.tasks.rollup.answers import ENDINGS, AnswersPreview
from camcensus.tasks.rollup.figures import AnswerRow, BodyRow
from camcensus.tasks.rollup.sections import totals_words
from camcensus.tasks.rollup.taking import FileOutcome, RollupImport
from camcensus.tasks.rollup.view import is_round, read_files, version_words
from camcensus.ui.audit.body import AuditBody, ProblemTable
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.audit.files import AnswerColumns, AuditPaper, CountedLists, FilesDialog, PublishDialog, RepliesToRead
from camcensus.ui.audit.model import ANSWER_COLUMNS, ANSWERED_ON, MISSING_COLUMNS, BodyTable, whole_answer
from camcensus.ui.audit.numbers import AuditNumbers, AuditTables, WorkStrip
from camcensus.ui.job import answer_failure
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.buttons import Button, MenuButton
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import choose, show_text, tell
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, fill, stack
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.room import Room
from camcensus.ui.kit.segmented import Segmented
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.page import EmptyState, Page, PageHeading
from camcensus.ui.session import Session


class AuditVerbs(Page):
    """A page of one roll-up, without what it shows: each verb asks what it needs, and waits for what is at work."""

    defect = Signal(object)

    def __init__(self, session: Session, desk: AuditDesk) -> None:
        super().__init__(session)
        self.desk = desk
        desk.failed.connect(self._failed)
        desk.taken.connect(self._taken)
        desk.answers_read.connect(self.ask_columns)

    def import_menu(self) -> Menu:
        """All that can be brought."""
        menu = Menu(parent=self)
        for words, do in (
            ("&Files…", self.choose_files),
            ("A f&older of files…", self.choose_folder),
            ("&Answers (a spreadsheet)…", self.choose_answers),
            ("&List of the organisations you asked…", self.choose_list),
            ("All files that &were given…", self.show_files),
        ):
            menu.addAction(words, do)
        return menu

    def choose_files(self) -> None:
        """Asks for files, and takes them in."""
        file_dialogs.open_files(self, "Import files", self.take_in, "Exchange files (*.camcensus);;All files (*)")

    def choose_folder(self) -> None:
        """Asks for a folder, and takes in all files in it."""
        file_dialogs.open_folder(self, "Import a folder of files", lambda folder: self.take_in([folder]))

    def take_in(self, paths: list[Path]) -> None:
        """Takes files and folders in, with progress; what was done with each is shown then. Asks what a spreadsheet is."""
        if not paths or not self._free():
            return
        if len(paths) > 1 or kind_of(paths[0]) != "sheet":
            self.desk.take_in(paths)
        else:
            choose(
                self.window(),
                f"What is in {clean(paths[0].name, 60)}?",
                "The list of the organisations you asked, or what they answered? Files of organisations end in .camcensus.",
                ("Answers", lambda: self.take_answers(paths[0])),
                ("Organisations I asked", lambda: self.load_list(paths[0])),
            )

    def choose_answers(self) -> None:
        """Asks for a spreadsheet of what organisations answered."""
        kinds = file_dialogs.kinds_of("Answers", ENDINGS)
        file_dialogs.open_file(self, "What organisations answered", self.take_answers, kinds)

    def take_answers(self, path: Path) -> None:
        """Takes a spreadsheet of answers in; asks first what a column asks that is not understood."""
        if self._free():
            self.desk.take_answers(path)

    def ask_columns(self, read: AnswersPreview) -> AnswerColumns:
        """Asks what the columns ask that are not understood."""
        return AnswerColumns(self.desk, read, self.window()).show_over()

    def read_replies(self) -> RepliesToRead | None:
        """Shows the replies in words one after the other, each with boxes for its figures."""
        figures = self.desk.figures
        if figures is None or not figures.to_read or not self._free():
            return None
        return RepliesToRead(self.desk, figures.to_read, self.window()).show_over()

    def choose_list(self) -> None:
        """Asks for the list of the organisations you asked."""
        kinds = file_dialogs.kinds_of("Lists", TABLE_ENDINGS)
        file_dialogs.open_file(self, "The organisations you asked", self.load_list, kinds)

    def load_list(self, path: Path) -> None:
        """Takes a list of the organisations you asked: the missing are named then."""
        if self._free():
            self.desk.load_bodies(path)

    def choose_lists(self) -> CountedLists:
        """Asks which lists the totals count."""
        return CountedLists(self.desk, self.window()).show_over()

    def record_round(self) -> None:
        """Saves today's figures under the day, and where that is taken under the time too, to compare the next with."""
        if self._free():
            now = self.session.clock()
            day = long_date(now)
            self.desk.record_round(f"{day}, {now:%H:%M:%S}" if self.desk.look(is_round, day) else day)

    def show_files(self, files: tuple[FileOutcome, ...] | None = None) -> FilesDialog:
        """All files that were given, or some of them."""
        rows = files if isinstance(files, tuple) else self.desk.look(read_files)
        return FilesDialog(self.desk, "Files that were given", rows, parent=self.window()).show_over()

    def _taken(self, done: RollupImport) -> None:
        rows = tuple(sorted(done.files, key=lambda one: ("refused", "held", "accepted", "superseded").index(one.state)))
        lead = "Stopped: the files after these were not looked at. Import them again to continue. " if done.stopped else ""
        before = sum(one.again for one in done.files)
        given = f" {count(before, 'file')} had been given before." if before else ""
        dialog = FilesDialog(self.desk, "What was done with each file", rows, parent=self.window())
        dialog.say(lead, " ".join([given, *done.problems]))
        dialog.show_over()

    def export_to(self, folder: Path) -> None:
        """Writes all tables into a folder."""
        if self._free():
            self.desk.export_csv(folder)

    def publish(self) -> PublishDialog | None:
        """Asks what a pack for publication says of itself, and writes it."""
        figures = self.desk.figures
        if figures is None or not self._free():
            return None
        return PublishDialog(self.desk, suggested_title(figures), self.window()).show_over()

    def make_report(self) -> AuditPaper:
        """The report, to look at, to save and to print."""
        dialog = AuditPaper(self.session, self.desk, self.window())
        dialog.defect.connect(self.defect)
        dialog.show_over()
        return dialog

    def _free(self) -> bool:
        if self.desk.busy:
            tell(self.window(), "Not now", "Wait for this to finish, or stop it.")
        return not self.desk.busy

    def _failed(self, title: str, error: BaseException) -> None:
        answer_failure(error, partial(tell, self.window(), title), self.defect.emit)


BODIES, MISSING, PROBLEMS, ANSWERS, TABLES = range(5)
FOOT = (
    "A to Z, not a ranking. Counted are makers that are likely or surer; “proven” is confirmed or almost certain. Cameras of "
    "unknown make are in neither. “Or more”: a search alone, or a recorder’s channels, may hide some. In totals a camera of "
    "two organisations counts once."
)


class AuditPage(AuditVerbs):
    """One roll-up. Nothing of what bodies sent can be changed here; a file can be taken out whole."""

    name = "audit"
    help_page = "audit"

    def __init__(self, session: Session, desk: AuditDesk) -> None:
        super().__init__(session, desk)
        self.import_button, self.csv_button = Button("Import files"), Button("Export CSV", icon="download")
        self.report_button = Button("Make report", "primary", then=self.make_report)
        menu = Menu(parent=self)
        self.more_button = MenuButton("More", menu)
        self.read_link, self.lists_link = menu.addAction("Read replies…"), menu.addAction("Lists…")
        self.round_link, self.publish_link = menu.addAction("Save these figures"), menu.addAction("Publish…")
        for action, do in (
            (self.read_link, self.read_replies),
            (self.lists_link, self.choose_lists),
            (self.round_link, self.record_round),
            (self.publish_link, self.publish),
        ):
            action.triggered.connect(lambda _=False, do=do: do())
        self.lists_link.setEnabled(False)
        self.search = Field("Find an organisation", "search", "Find an organisation")
        buttons = (self.search, self.import_button, self.csv_button, self.more_button, self.report_button)
        self.heading, self.lead = PageHeading("Audit roll-up", *buttons), Text("", "body", "secondary")
        self.heading.note.hide()
        self.numbers = AuditNumbers()
        self.which = Segmented("Organisations", "Missing", "Problems", "Answers", "Tables", name="What to see")
        self.bodies = BodyTable()
        self.missing_model = TableModel[tuple[str, str, str]](MISSING_COLUMNS, parent=self)
        self.missing = Table(
            MISSING_COLUMNS, "Organisations that sent nothing", row_height=36, model=self.missing_model, one_row=True
        )
        self.problems = ProblemTable(desk)
        self.answer_model = TableModel[AnswerRow](ANSWER_COLUMNS, parent=self)
        self.answers = Table(
            ANSWER_COLUMNS, "What organisations answered, A to Z", row_height=36, model=self.answer_model, one_row=True
        )
        self.tables = AuditTables()
        self.note = Text(FOOT, "caption", "secondary")
        self.strip = WorkStrip(desk)
        self.body = AuditBody(desk)
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        self.import_button.setMenu(self.import_menu())
        for table in (self.bodies, self.missing, self.problems, self.answers):
            table.horizontalHeader().setSectionsClickable(False)
        card = self._card = Surface("base", shape="card")
        room = column(margins=(1, 4, 1, 4), of=card)
        self._tables = stack(self.bodies, self.missing, self.problems, self.answers, self.tables)
        fill(room, (self._tables, 1))
        tools = Flow(self.which, gap=12)
        overview = QWidget()
        layout = column(margins=(0, 4, 0, 0), of=overview)
        fill(layout, self.numbers, 8)
        layout.addLayout(tools)
        fill(layout, 8, (card, 1), self.problems.foot, 10, self.note)
        first = Button("Import a folder", "primary", then=self.choose_folder)
        asked, files = Button("Add the list of organisations you asked…"), Button("Import files…", then=self.choose_files)
        asked.clicked.connect(self.choose_list)
        self.empty = EmptyState(
            "file-text",
            "No files yet",
            "Ask each organisation for the file that Share and import makes for an auditor. Put the files into one folder, and "
            "import that.",
            first, files, asked,
        )  # fmt: skip
        self.waiting = Text("Adding up…", "body", "secondary", align=Qt.AlignmentFlag.AlignHCenter)
        self._inner = stack(self.waiting, self.empty, overview)
        front = QWidget()
        self._margins = column(self.heading, self.lead, (self._inner, 1), margins=(32, 0, 32, 14), of=front)
        self._overview = overview
        self._views = stack(Room(front), self.body)
        column((self._views, 1), self.strip, of=self)

    def _connect(self) -> None:
        desk = self.desk
        desk.changed.connect(self._show_figures)
        desk.began.connect(lambda _: self._offer(False))
        desk.ended.connect(lambda: self._offer(True))
        desk.tables_read.connect(self._show_tables)
        self.csv_button.clicked.connect(lambda: file_dialogs.save_folder(self, "A folder for the tables", self.export_to))
        self.which.chosen.connect(self._see)
        self.search.textChanged.connect(lambda _: self._show_bodies())
        self.numbers.missing.connect(lambda: self.which.choose(MISSING))
        self.bodies.opened.connect(self._open_body)
        self.problems.body_wanted.connect(self.show_body)
        self.problems.files_wanted.connect(self.show_files)
        self.answers.opened.connect(self._open_answer)
        self.body.left.connect(self.to_bodies)
        self._see(BODIES)

    # What the window asks of every page

    def enter(self, _: object = None) -> None:
        """Reads the totals where that was not done yet."""
        if self.desk.figures is None:
            self.desk.read()

    def start_focus(self) -> QWidget:
        if self._views.currentWidget() is self.body:
            return self.body.table
        if self._inner.currentWidget() is self.empty:
            return self.import_button
        return (self.bodies, self.missing, self.problems, self.answers, self.tables.which)[self.which.at]

    def panes(self) -> list[QWidget]:
        return [self.body.table] if self._views.currentWidget() is self.body else [self.import_button, self.start_focus()]

    def escape(self) -> bool:
        """Back from a body; then all bodies again."""
        if self._views.currentWidget() is self.body:
            self.to_bodies()
            return True
        if self.search.text():
            self.search.clear()
            return True
        return False

    def set_narrow(self, _: bool) -> None:
        large = theme.THEME.large
        self.search.setFixedWidth(theme.px(200))
        self._card.setMinimumHeight(theme.px(36) * (7 if large else 5))
        self._fit_columns()
        self.note.setVisible(not large and not self.tight)
        self._margins.setContentsMargins(*(20, 0, 20, 8) if large or self.tight else (32, 0, 32, 14))

    def _fit_columns(self) -> None:
        """The columns that there is room for."""
        self.answers.show_what_fits(range(len(ANSWER_COLUMNS)), (ANSWERED_ON,))
        self.bodies.fit_columns(based=self.desk.reads)

    def to_search(self) -> None:
        """Shows the bodies, to find one by its name."""
        if self._views.currentWidget() is self.body:
            self.to_bodies()
        self.which.choose(BODIES)

    # What is shown

    def _show_figures(self) -> None:
        figures = self.desk.figures
        if figures is None:
            return
        self.numbers.show_figures(figures)
        version = version_words(figures.knowledge_version) if figures.knowledge_version else ""
        self.lead.setText(f"{totals_words(figures)} Judged by the list of {version}." if version else totals_words(figures))
        self.lists_link.setEnabled(True)
        self.lists_link.setText(f"{count(len(figures.lists), 'list')} counted…")
        self.which.rename(MISSING, f"Missing {len(figures.missing):,}")
        self.which.rename(PROBLEMS, f"Problems {len(figures.problems):,}")
        self.which.rename(ANSWERS, f"Answers {len(figures.answers):,}")
        self.read_link.setText(f"Read {count(len(figures.to_read), 'reply', 'replies')}…")
        self.read_link.setVisible(bool(figures.to_read))
        if figures.missing != self.missing_model.rows:
            self.missing_model.set_rows(figures.missing)
        if figures.problems != self.problems.lines.rows:
            self.problems.lines.set_rows(figures.problems)
        self._fit_columns()
        self._show_bodies()
        told = figures.bodies or figures.missing or figures.answers
        nothing = not told and not figures.problems
        if not told and figures.problems and self.which.at == BODIES:
            self.which.choose(PROBLEMS)  # why nothing is counted, not a list of nothing
        self._show_tables()
        first = self._inner.currentWidget() is self.waiting
        self._inner.setCurrentWidget(self.empty if nothing else self._overview)
        for part in (self.search, self.csv_button, self.report_button, self.more_button, self.lead):
            part.setHidden(nothing)
        if first and self.isVisible():
            self.start_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        shown = self.body.body
        if self._views.currentWidget() is self.body and shown is not None:
            again = next((one for one in figures.bodies if one.body == shown.body), None)
            self.body.show_body(again) if again is not None else self.to_bodies()
        self._offer(not self.desk.busy)
        self.strip.show_state()

    def _show_bodies(self) -> None:
        figures = self.desk.figures
        if figures is None:
            return
        words = self.search.text().casefold().strip()
        self.bodies.show_bodies(
            tuple(one for one in figures.bodies if words in one.name.casefold() or words in one.code.casefold())
        )
        answers = tuple(one for one in figures.answers if not words or words in one.name.casefold())
        if answers != self.answer_model.rows:
            self.answer_model.set_rows(answers)

    def _see(self, at: int) -> None:
        self._tables.setCurrentIndex(at)
        self.search.setEnabled(at in (BODIES, ANSWERS))
        self.note.setText(FOOT if at == BODIES else "")
        self._show_bodies()
        self.problems.show_chosen(seen=at == PROBLEMS)
        self._show_tables()

    def _show_tables(self) -> None:
        """The tables, which are read when somebody looks at them first, and again after each change."""
        if self.which.at != TABLES:
            return
        if self.desk.tables is None:
            self.desk.read_tables()
        else:
            self.tables.show_sections(self.desk.tables)

    # A body

    def _open_body(self) -> None:
        body = self.bodies.chosen()
        if body is not None:
            self.show_body(body)

    def show_body(self, body: BodyRow) -> None:
        """Drills down to a body."""
        self.body.show_body(body)
        self._views.setCurrentWidget(self.body)
        self.body.table.setFocus(Qt.FocusReason.TabFocusReason)
        announce(self, clean(body.name, 120))

    def to_bodies(self) -> None:
        """Back to where one came from."""
        self.body.body = None
        self._views.setCurrentIndex(0)
        self.start_focus().setFocus(Qt.FocusReason.TabFocusReason)

    # An answer

    def _open_answer(self) -> None:
        answer = self.answer_model.at(self.answers.currentIndex().row())
        if answer is not None:
            show_text(self.window(), clean(answer.name, 120), clean(answer.question, 200), whole_answer(answer))

    # What is being done

    def _offer(self, free: bool) -> None:
        """What may be begun: nothing while something is done, and no report of nothing."""
        figures = self.desk.figures
        for button in (self.import_button, self.round_link, self.read_link):
            button.setEnabled(free)
        for button in (self.csv_button, self.report_button, self.publish_link):
            button.setEnabled(free and figures is not None and bool(figures.bodies or figures.answers))
