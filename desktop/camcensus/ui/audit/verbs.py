"""What a person does with a roll-up: brings files, answers and lists, saves tables and reports."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from camcensus.model.registers import TABLE_ENDINGS
from camcensus.model.words import clean, count, long_date
from camcensus.tasks.brought import kind_of
from camcensus.tasks.reports.publication import suggested_title
from camcensus.tasks.rollup.answer_files import ENDINGS
from camcensus.tasks.rollup.answers import AnswersPreview
from camcensus.tasks.rollup.rounds import is_round
from camcensus.tasks.rollup.taking import FileOutcome, RollupImport
from camcensus.tasks.rollup.view import read_files
from camcensus.ui.audit.answer_columns import AnswerColumns
from camcensus.ui.audit.choices import CountedLists
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.audit.files import FilesDialog
from camcensus.ui.audit.paper import AuditPaper
from camcensus.ui.audit.publishing import PublishDialog
from camcensus.ui.audit.replies import RepliesToRead
from camcensus.ui.job import answer_failure
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.dialogs import choose, tell
from camcensus.ui.kit.menus import Menu
from camcensus.ui.page import Page
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
        if not all(kind_of(path) == "sheet" for path in paths):
            self.desk.take_in(paths)
        elif len(paths) > 1:
            tell(self.window(), "One spreadsheet at a time", "Import one, say what it is, then import the next.")
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
