"""Reports: which one and for whom at the left, the paper itself at the right, to be printed or saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean, count
from camcensus.tasks.files import Written
from camcensus.tasks.progress import Progress
from camcensus.tasks.register.verbs import Inventory
from camcensus.tasks.reports import catalogue as reports
from camcensus.tasks.reports.editions import Edition
from camcensus.tasks.reports.scope import file_words, name_of, short_name
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button, MenuButton
from camcensus.ui.kit.menus import Menu
from camcensus.ui.page import EmptyState
from camcensus.ui.preview.desk import DrawWithProgress
from camcensus.ui.preview.page import PaperPage
from camcensus.ui.preview.view import PaperView
from camcensus.ui.printer import ask_printer, print_paper
from camcensus.ui.reports.choices import ReportChoices
from camcensus.ui.session import Session

SLOW_MS = 800
"""Cancel shows itself when a drawing has taken so long: most are done before that."""


class ReportsPage(PaperPage):
    """The choices at the left, the paper at the right."""

    name = "reports"
    help_page = "reports"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._opened: object = None
        self._on_empty: set[object] = set()
        self.cancel_button = Button("Cancel", then=self.cancel)
        self.csv_button = Button("Save CSV", then=self.save_table)
        self._formats = Menu(parent=self)
        self.formats_button = MenuButton("Other formats", self._formats)
        self.save_button = Button("Save PDF", icon="download", then=self.save)
        self.print_button = Button("Print", "primary", "printer", then=self.print_out)
        buttons = (self.csv_button, self.formats_button, self.save_button, self.print_button)
        paper = PaperView("Preview of the report", *buttons, stop=self.cancel_button)
        self.choices = ReportChoices(session)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(lambda: self._show_cancel(self.desk.drawing))
        self._find, self._walk = Button("Find cameras", "primary"), Button("Walk-round sheet")
        self._empty = EmptyState(
            "file-text",
            "No cameras yet",
            "Reports say which cameras you have. Search your network first, or walk round with a sheet to fill in.",
            self._find,
            self._walk,
        )
        self.lay_out(self.choices, paper, self._empty)
        self._connect()
        self._offer_formats()
        self._show_state()

    def _connect(self) -> None:
        self.choices.changed.connect(self._chosen)
        self._find.clicked.connect(lambda: self.session.hub.asked_for.emit("find", None))
        self._walk.clicked.connect(lambda: self.enter("walkround"))
        self.session.hub.changed.connect(self._take)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Shows the report that another page asked for by its name, else the one looked at last.

        A wish {"kind": name, "which": "assets"} is for the entries that are chosen in Cameras, {…, "place": id} for a floor.
        """
        inventory = self.session.inventory
        asked: Mapping[str, Any] = wish if isinstance(wish, Mapping) else {"kind": wish} if wish else {}
        self.choices.scope.refresh(asked.get("which", "all") if asked or self._opened is not inventory else None)
        if asked:
            self._opened = inventory
            self._on_empty.add(id(inventory))
            self.choices.show_kind(reports.kind_called(asked["kind"]))
            if "place" in asked:
                self.choices.place.choose(asked["place"])
        elif inventory is not None and self._opened is not inventory:
            self._opened = inventory
            self.choices.show_kind(reports.kind_kept(inventory))
        self._show_face()
        if self._stale:
            self._settle.start()
        if wish is not None and self.isVisible():
            self.start_focus().setFocus()

    def start_focus(self) -> QWidget:
        return self._find if self._faces.currentIndex() else self.choices.chosen_radio()

    def panes(self) -> list[QWidget]:
        if self._faces.currentIndex():
            return [self._find]
        return [self.choices.chosen_radio(), self.view, self.print_button]

    @property
    def title(self) -> str:
        scope = self.choices.choices.scope
        part = short_name(name_of(scope, self.session.places(), Edition("internal")))
        return f"{self.choices.kind.title}, {part}" if part else self.choices.kind.title

    # Drawing

    def draw(self) -> None:
        """Draws the report in a Job; a newer wish replaces an older one. What was chosen is saved with the record."""
        inventory, kind, choices = self.session.inventory, self.choices.kind, self.choices.choices
        if inventory is None or self._faces.currentIndex():
            return
        self._settle.stop()
        missing = kind.missing(inventory)
        if missing:
            self.desk.cancel()
            self._paper.close_document()
            self.desk.written = None
            self._stale = False
            self._show_state(missing)
            return
        self._stale = False
        self._keep(inventory, kind, choices)
        self.desk.draw(self._making(kind.write, choices))
        self._show_state("Drawing…")

    def cancel(self) -> None:
        """Stops the drawing; what was shown before stays."""
        self._paper.state.setText("Stopping…")
        super().cancel()

    def _making(self, write: Callable[[reports.Making], Written], choices: reports.Choices) -> DrawWithProgress:
        session, knowledge, now = self.session, self.session.knowledge, self.session.clock()

        def work(pen: Inventory, to: Path, progress: Progress) -> Written:
            making = reports.Making(
                inventory=pen, knowledge=knowledge, path=to, data_dir=session.data_dir, now=now, choices=choices,
                progress=progress,
            )  # fmt: skip
            return write(making)

        return work

    def _keep(self, inventory: Inventory, kind: reports.ReportKind, choices: reports.Choices) -> None:
        if inventory.readonly or self.session.waiting:
            return
        try:
            reports.save_choices(inventory, kind, choices)
        except CamcensusError as error:
            self.session.hub.troubled.emit("Your choices were not saved", str(error))

    # What becomes of the paper

    def save(self) -> None:
        """Asks where, and puts the paper that is shown there."""
        self.choices.form.take_now()
        if self._can_save():
            title = f"Save: {self.title}"
            file_dialogs.save_file(self, title, f"{self._suggested()}.pdf", "PDF (*.pdf)", self.save_as)

    def save_in(self, form: reports.Format) -> None:
        """Asks where, and writes the report there in another format, by the choices that hold."""
        self.choices.form.take_now()
        if self.session.inventory is not None:

            def save(path: Path) -> None:
                self.save_in_as(path if path.suffix.lower() == f".{form}" else path.with_name(f"{path.name}.{form}"))

            words = f"{reports.FORMAT_WORDS[form]} (*.{form})"
            file_dialogs.save_file(self, f"Save: {self.title}", f"{self._suggested()}.{form}", words, save)

    def save_in_as(self, path: Path) -> None:
        """Writes the report to a path, in the format of its ending, or says why not and what to do."""
        self.desk.write(self._making(self.choices.kind.write, self.choices.choices), path)

    def save_table(self) -> None:
        """Asks where, and writes the report's table there as CSV."""
        if self.choices.kind.csv is not None and self.session.inventory is not None:
            title = f"Save the table: {self.title}"
            file_dialogs.save_file(self, title, f"{self._suggested(table=True)}.csv", "CSV (*.csv)", self.save_table_as)

    def save_table_as(self, path: Path) -> None:
        """Writes the table to a path, or says why not and what to do."""
        kind = self.choices.kind
        if kind.csv is not None:
            self.desk.write(self._making(kind.csv, self.choices.choices), path if path.suffix else path.with_suffix(".csv"))

    def print_out(self) -> None:
        """Asks for a printer, and prints the pages as they are shown."""
        if self._can_save() and not self.desk.drawing:
            printer = ask_printer(self, self.title, self._paper.document)
            if printer is not None:
                self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Prints the paper that is shown."""
        if self.desk.written is not None:
            failed = partial(self.session.hub.troubled.emit, "Nothing was printed")
            print_paper(self, self.desk.written, self._paper.document, printer, self._tell, failed)

    def _can_save(self) -> bool:
        return self.session.inventory is not None and (self.desk.written is not None or self.desk.drawing)

    def _suggested(self, *, table: bool = False) -> str:
        kind, choices = self.choices.kind, self.choices.choices
        audience, part = choices.audience, choices.part
        what = f"{kind.name}_public" if table else kind.name if audience == kind.audiences[0] else f"{kind.name}-{audience}"
        what = what if table or part == "all" else f"{what}-{part}"
        read_by = Edition("public" if table and kind.is_table_for_release else audience)
        scope = file_words(choices.scope, self.session.places(), read_by)
        return self._stem(f"{what}-{scope}" if scope else what)

    # What happens

    def _chosen(self) -> None:
        self._offer_formats()
        self._stale = True
        self._settle.start()

    def _saved(self, written: Written) -> None:
        much = count(written.pages, "row") if written.path.suffix == ".csv" else reports.made_words(written)
        self._tell(f"Saved {clean(written.path.name)}, {much}")

    def _offer_formats(self) -> None:
        """The formats besides PDF that the chosen report has, and its table."""
        others = self.choices.kind.formats[1:]
        self._formats.clear()
        for form in others:
            action = self._formats.addAction(f"{reports.FORMAT_WORDS[form]} (.{form})")
            action.triggered.connect(lambda _=False, form=form: self.save_in(form))
        self.formats_button.setVisible(bool(others))
        self.csv_button.setVisible(self.choices.kind.csv is not None)

    def _show_state(self, words: str = "") -> None:
        drawing, there = self.desk.drawing, self.desk.written is not None
        self._paper.state.setText(words)
        if not drawing:
            self._slow.stop()
            self._show_cancel(False)
        elif not self._slow.isActive() and not self.cancel_button.isVisible():
            self._slow.start()
        self.print_button.setEnabled(there and not drawing)
        self.save_button.setEnabled(there or drawing)
        self.formats_button.setEnabled(there and not drawing)

    def _show_cancel(self, show: bool) -> None:
        if not show and self.cancel_button.hasFocus():
            self.view.setFocus()
        self.cancel_button.setVisible(show)

    def _show_face(self) -> None:
        inventory = self.session.inventory
        empty = not self.session.rows() and id(inventory) not in self._on_empty
        self._faces.setCurrentIndex(1 if empty else 0)

    def _take(self, changes: Changes) -> None:
        if changes == Changes(change_id=changes.change_id):
            return  # a report was written: the paper says what it said
        self._stale = True
        if self.session.inventory is not self._opened:
            self._opened = None
        if self.isVisible():
            self._show_face()
            self.choices.refresh_places()
            self._settle.start()
