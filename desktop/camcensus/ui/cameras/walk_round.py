"""Walking round: the sheet to print, what was walked typed in, and a folder of photos given to rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.tasks.register.photo_files import find_pictures
from camcensus.ui.cameras.photo_round import PhotoRound
from camcensus.ui.cameras.walk_entry import WalkEntry
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import tell
from camcensus.ui.kit.menus import Menu
from camcensus.ui.session import Session

PHOTO_FILES = "Photos (*.jpg *.jpeg *.png)"


class WalkRound(QObject):
    """The button with its menu, and the windows it opens over the page. Works with no network at all."""

    defect = Signal(object)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.button = Button("Walk round", icon="footprints", then=self._offer)

    def menu(self) -> Menu:
        """The ways of walking round, as a menu of their own."""
        menu = Menu(parent=self._page.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill(menu)
        return menu

    def fill(self, menu: Menu) -> None:
        """Adds them to a menu."""
        may = self._session.may_edit
        menu.addAction("Print walk-round sheet…", self.print_sheet).setEnabled(self._session.inventory is not None)
        menu.addAction("Enter your walk-round notes…", self.type_in).setEnabled(may)
        menu.addAction("Match photos to cameras…", self.choose_photos).setEnabled(may)

    def print_sheet(self) -> None:
        """The sheet, on paper."""
        self._session.hub.asked_for.emit("reports", "walkround")

    def type_in(self) -> None:
        """The grid for what is on the sheet."""
        if not self._session.may_edit:
            return
        dialog = WalkEntry(self._session, self._page.window())
        dialog.print_wanted.connect(dialog.reject)
        dialog.print_wanted.connect(self.print_sheet)
        dialog.show_over()

    def choose_photos(self) -> None:
        """Asks for photos."""
        file_dialogs.open_files(self._page.window(), "Photos of cameras and labels", self.give_photos, PHOTO_FILES)

    def give_photos(self, paths: Sequence[Path]) -> None:
        """One photo after the other, each to its row."""
        if not self._session.may_edit:
            return
        found = find_pictures(paths)
        if not found:
            tell(self._page.window(), "No photos there", "Choose JPEG or PNG photos, or the folder that they are in.")
            return
        dialog = PhotoRound(self._session, found, self._page.window())
        dialog.defect.connect(self.defect)
        dialog.show_over()

    def _offer(self) -> None:
        self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
