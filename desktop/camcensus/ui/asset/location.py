"""Set location: one field that finds places by any part of their path, and says what Enter will do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from camcensus.model.words import clean, count
from camcensus.store.edits.placing import set_place, set_place_named
from camcensus.tasks.register.place_names import KnownPlace, NewPlace, PlaceFinder
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import ChoiceList, Field
from camcensus.ui.kit.dialogs import Dialog, ask
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.session import Session

MOST_SHOWN = 500
_IN_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class LocationDialog(Dialog):
    """Places that fit what is typed, then what would be new. A new place for more than one row is asked about first."""

    def __init__(self, session: Session, rows: Sequence[AssetRow], parent: QWidget) -> None:
        self._what = clean(rows[0].asset.ref) if len(rows) == 1 else count(len(rows), "item")
        super().__init__(parent, f"Set location: {self._what}", width=560)
        self._session, self._rows = session, rows
        self._finder = PlaceFinder(session.places())
        self._offered: list[KnownPlace | NewPlace] = []
        self._problem = ""
        self._typed = Field("Search, or type a new place", "search", name="Search, or type a new place")
        self._names = QStringListModel(self)
        self._list = ChoiceList("Locations")
        self._list.setModel(self._names)
        self._list.setMinimumHeight(theme.unless_large(208, 208))
        self._list.doubleClicked.connect(lambda _: self.accept())
        self._hint = Text("", "body")
        self._help = Text("Type any part: “hall stage”, or “Main hall > Stage”.", "caption", "secondary")
        fill(self.body, self._typed, 4, self._help, 8, (card_of(self._list, (1, 1, 1, 1)), 1), 8, self._hint)
        self._go = self.offer("Cancel", "Set location")
        self._typed.textChanged.connect(self._search)
        self._list.selectionModel().currentChanged.connect(lambda *_: self._say())
        self._search("")
        places = {item.asset.place for item in rows}
        if len(places) == 1:
            self._point_at(next((one for one in self._offered if isinstance(one, KnownPlace) and one.id in places), None))

    @property
    def _chosen(self) -> KnownPlace | NewPlace | None:
        at = self._list.currentIndex().row()
        return self._offered[at] if 0 <= at < len(self._offered) else None

    def _search(self, text: str) -> None:
        found = self._finder.read(text)
        self._problem = found.problem
        self._offered = [*found.fits[:MOST_SHOWN], *found.new]
        self._names.setStringList([one.words for one in self._offered])
        self._point_at(found.sure)

    def _point_at(self, one: KnownPlace | NewPlace | None) -> None:
        if one is None:
            self._list.scrollToTop()
        else:
            index = self._names.index(self._offered.index(one), 0)
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)
        self._say()

    def _say(self) -> None:
        """What Enter will do now."""
        chosen, ink = self._chosen, "text"
        if isinstance(chosen, KnownPlace):
            words = f"Set {'' if len(self._rows) == 1 else f'{self._what} '}to {chosen.words}."
        elif chosen is not None:
            words = f"{chosen.words}, and set {self._what} to it."
        elif self._problem:
            words, ink = self._problem, "wrong"
        elif self._finder.all:
            words = "Choose a place, or type a new one."
        else:
            words = "Type the site, building, floor and room, as many as you need: “Elm Park > Main hall > Stage”."
        self._hint.set_ink(ink)
        self._hint.setText(words)
        self._go.setEnabled(chosen is not None)
        self._typed.setAccessibleDescription(words)
        if self._typed.text():
            announce(self._typed, words)
        self.fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down in the field go through the list."""
        if event.key() in _IN_LIST and self._typed.hasFocus():
            if self._list.currentIndex().isValid() or not self._offered:
                QApplication.sendEvent(self._list, event)
            else:
                self._list.setCurrentIndex(self._names.index(0, 0))
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        chosen = self._chosen
        if chosen is None:
            self._typed.setFocus()
        elif isinstance(chosen, NewPlace) and len(self._rows) > 1:
            sentence = f"{chosen.words}, and set the location of {self._what} to it?"
            ask(self, "Add a new place?", sentence, f"Add and set {self._what}", self._set)
        else:
            self._set()

    def _set(self) -> None:
        ids, chosen = [item.asset.id for item in self._rows], self._chosen
        if isinstance(chosen, NewPlace):
            done = self._session.do(set_place_named(ids, chosen.path, chosen.kind))
        elif chosen is not None:
            done = self._session.do(set_place(ids, chosen.id))
        else:
            return
        if done:
            super().accept()
