"""What a person does with the rows that are chosen in the register: the windows that ask, and the menu that offers them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import STATUS_WORDS, AssetStatus
from camcensus.model.words import count, lower_first
from camcensus.store.edits import by_hand, tagging
from camcensus.tasks.register.channels import HAVE_CHANNELS
from camcensus.tasks.register.reading import may_be_read
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.asset.add_row import AddRowDialog
from camcensus.ui.asset.channels import ChannelsDialog
from camcensus.ui.asset.chosen_rows import ChosenRows
from camcensus.ui.asset.decide import DecisionDialog
from camcensus.ui.asset.detail import DetailPane
from camcensus.ui.asset.label import LabelDialog
from camcensus.ui.asset.location import LocationDialog
from camcensus.ui.asset.merge import MergeDialog
from camcensus.ui.asset.sign_in import SignInDialog
from camcensus.ui.asset.tags import TagsDialog
from camcensus.ui.cameras.stale import StaleStrip
from camcensus.ui.kit.dialogs import ask
from camcensus.ui.kit.menus import Menu
from camcensus.ui.session import Session

MARKS: dict[AssetStatus, str] = {"present": "Here again", "removed": STATUS_WORDS["removed"], "spare": STATUS_WORDS["spare"]}


class Chooser(Protocol):
    """The page: what is chosen, and the strip that tells of a defect."""

    stale: StaleStrip
    chosen: ChosenRows

    def selected(self) -> list[AssetRow]:
        """The rows that are chosen."""

    def window(self) -> QWidget:
        """Where windows open over."""


@dataclass(slots=True)
class ShownDevice:
    """The device in the details as what is chosen: what is done there is done to it alone, however many are chosen."""

    pane: DetailPane
    stale: StaleStrip
    chosen: ChosenRows

    def selected(self) -> list[AssetRow]:
        """The row that is shown."""
        return [self.pane.row] if self.pane.row is not None else []

    def window(self) -> QWidget:
        """Where windows open over."""
        return self.pane.window()


class RegisterActions(QObject):
    """Each does nothing where it does not fit what is chosen; `menu` offers those that do."""

    def __init__(self, session: Session, page: Chooser) -> None:
        super().__init__(page if isinstance(page, QObject) else None)
        self._session, self._page = session, page

    def edit(self) -> None:
        """What staff know of the rows."""
        if (rows := self._page.selected()) and self._session.may_edit:
            TagsDialog(self._session, rows, self._page.window()).show_over()

    def record_decision(self) -> None:
        """What staff decided."""
        if rows := self._page.selected():
            DecisionDialog(self._session, rows, self._page.window()).show_over()

    def set_location(self) -> None:
        """Where they are."""
        if rows := self._page.selected():
            LocationDialog(self._session, rows, self._page.window()).show_over()

    def this_is_wrong(self) -> None:
        """What the label says."""
        rows = self._page.selected()
        if len(rows) == 1 and self._session.may_edit:
            LabelDialog(self._session, rows[0], self._page.window()).show_over()

    def sign_in(self) -> None:
        """A login, for what of them can be read with one."""
        rows = [item for item in self._page.selected() if may_be_read(item)]
        if rows and not self._session.simulated:
            dialog = SignInDialog(self._session, rows, self._page.window())
            dialog.defect.connect(self._page.stale.defect)
            dialog.show_over()

    def show_on_plan(self) -> None:
        """Its pin on the plan of its floor."""
        rows = self._page.selected()
        if len(rows) == 1 and rows[0].asset.pin is not None:
            self._session.hub.asked_for.emit("places", {"asset": rows[0].asset.id})

    def mark_removed(self) -> None:
        """No longer here, or here again where none of it is in use."""
        self.mark("removed" if any(item.asset.in_use for item in self._page.selected()) else "present")

    def mark(self, status: AssetStatus) -> None:
        """Several are asked about. Nothing is deleted."""
        rows = self._page.selected()
        if not rows or self._session.readonly_reason is not None:
            return
        edit = tagging.set_status([item.asset.id for item in rows], status)

        def do() -> None:
            self._session.do(edit)

        if len(rows) == 1:
            do()
            return
        what, state = count(len(rows), "item"), MARKS[status]
        sentence = f"{what} are selected. Mark all of them as {lower_first(state)}?"
        ask(self._page.window(), f"{state}: {what}", sentence, f"Mark {what}", do)

    def add_by_hand(self) -> None:
        """A row that no search brings."""
        if self._session.may_edit:
            dialog = AddRowDialog(self._session, self._page.window())
            dialog.accepted.connect(lambda: self._page.chosen.choose([dialog.made]))
            dialog.show_over()

    def add_channels(self) -> None:
        """Rows for the channels of a recorder."""
        rows = self._page.selected()
        if len(rows) == 1 and rows[0].asset.kind in HAVE_CHANNELS and self._session.may_edit:
            ChannelsDialog(self._session, rows[0], self._page.window()).show_over()

    def confirm_channels(self) -> None:
        """Somebody saw the cameras of these channels."""
        rows = [item for item in self._page.selected() if item.asset.channel is not None and item.asset.confirmed_at is None]
        if rows and self._session.may_edit:
            self._session.do(by_hand.confirm_channels([item.asset.id for item in rows], self._session.by))

    def merge(self) -> None:
        """Two rows are one thing."""
        rows = self._page.selected()
        if len(rows) == 2 and self._session.may_edit:
            MergeDialog(self._session, rows[0], rows[1], self._page.window()).show_over()

    def ask_installer(self) -> None:
        """Onto the list of questions for the installer, or off it where all are on it."""
        rows = self._page.selected()
        if not rows or not self._session.may_edit:
            return
        asked = all(item.asset.ask_installer for item in rows)
        self._session.do(tagging.ask_installer([item.asset.id for item in rows], not asked))

    def menu(self) -> Menu:
        """What can be done with what is chosen now."""
        menu = Menu(parent=self._page.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows, may = self._page.selected(), self._session.may_edit
        one = rows[0] if len(rows) == 1 else None
        if rows:
            menu.addAction("Edit details…", self.edit).setEnabled(may)
            menu.addAction("Set location…", self.set_location).setEnabled(may)
            menu.addAction("Record decision…", self.record_decision).setEnabled(may)
            if one is not None:
                menu.addAction("Show on plan", self.show_on_plan).setEnabled(one.asset.pin is not None)
                menu.addAction("This is wrong…", self.this_is_wrong).setEnabled(may)
            asked = all(item.asset.ask_installer for item in rows)
            menu.addAction("Take off my installer’s list" if asked else "Ask my installer", self.ask_installer).setEnabled(may)
            readable = any(may_be_read(item) for item in rows) and not self._session.simulated
            menu.addAction("Sign in to read more…", self.sign_in).setEnabled(may and readable)
            menu.addSeparator()
        if one is not None and one.asset.kind in HAVE_CHANNELS:
            menu.addAction("Add its channels…", self.add_channels).setEnabled(may)
        if any(item.asset.channel is not None and item.asset.confirmed_at is None for item in rows):
            menu.addAction("Confirm channels", self.confirm_channels).setEnabled(may)
        if len(rows) == 2:
            menu.addAction("These two are one device…", self.merge).setEnabled(may)
        if rows:
            held = {"present" if item.asset.in_use else item.asset.status for item in rows}
            for status, words in MARKS.items():
                if held != {status}:
                    menu.addAction(words, partial(self.mark, status)).setEnabled(may)
            menu.addSeparator()
        menu.addAction("Add a row by hand…", self.add_by_hand).setEnabled(may)
        menu.addAction("Import a list…", self._session.hub.lists_wanted.emit).setEnabled(may)
        return menu
