"""Asks what a publishing pack says of itself, and where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from camcensus.tasks.reports.pack_report import LICENCES, NO_LICENCE, PackWords
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form
from camcensus.ui.kit.layout import fill


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
