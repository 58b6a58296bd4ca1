"""Asks what a publishing pack says of itself, and where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from camcensus.tasks.reports.pack_report import LICENCES, NO_LICENCE, PackWords
from camcensus.tasks.reports.publication import beside_words
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.controls import Check, Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.widgets import Text


class PublishDialog(Dialog):
    """Title, authors and licence of a pack. What was typed stays where no folder is chosen."""

    def __init__(self, desk: AuditDesk, title: str, parent: QWidget) -> None:
        lead = (
            "Writes tables, a database of counts, the report and their hashes into a new folder. No device or address is in "
            "them, and small counts are left out by a rule that is printed. Organisations are named."
        )
        super().__init__(parent, "Publish the totals", width=560, lead=lead)
        self._desk = desk
        self.title = Field("", name="Title")
        self.title.setText(title)
        self.authors = Field("For example: Office of Northmoor; A. Auditor", name="Authors, with semicolons between them")
        self.licence = Combo("Licence", [("None stated", ""), *((words, key) for key, (words, _) in LICENCES.items())])
        self.licence.setToolTip(NO_LICENCE)
        self.first = Check("Nobody was given an earlier pack", on=False)
        beside = desk.look(beside_words)
        self.problem = MissingLine()
        fill(self.body, form((self.title,), (self.authors,), (self.licence,)), 8)
        if beside:
            fill(self.body, Text(beside, "caption", "secondary"), 4, self.first)
        fill(self.body, self.problem)
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
        self._desk.publish(folder / f"{stem}-published-{day}", self.words, forget=self.first.isChecked())
        super().accept()
