"""The back-ups of the open record, and going back to one; the file that is there is set aside, never overwritten."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean, count
from camcensus.tasks import safekeeping
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import labelled
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

MOST = 60
NONE_YET = "There are no back-ups yet. Camcensus makes them when you open or close a record."


class BackupsDialog(Dialog):
    """Chooses a back-up. `chosen` is it after the dialog was accepted."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        path = session.path
        found = safekeeping.list_backups(path, session.clock())[:MOST] if path is not None else ()
        there = f"There {'is' if len(found) == 1 else 'are'} {count(len(found), 'back-up')}."
        stays = "Your present record stays too, under another name. The back-up lacks what you changed after it."
        lead = f"{there} {stays}" if found else NONE_YET
        super().__init__(parent, "Go back to a back-up", width=520, lead=lead)
        self._found = found
        self.which = Combo("Which back-up")
        for one in found:
            self.which.addItem(f"{one.on}, {one.at:%H:%M}")
        self.which.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        folder = Text(clean(str(found[0].backup.parent), 300) if found else "", "caption", "secondary")
        room = column(labelled("Which back-up", self.which), 8, folder)
        if found:
            self.body.addLayout(room)
        self.go = self.offer("Cancel", "Go back to it")
        self.go.setEnabled(bool(found))

    @property
    def chosen(self) -> safekeeping.Offer | None:
        """The back-up that is chosen."""
        at = self.which.currentIndex()
        return self._found[at] if 0 <= at < len(self._found) else None
