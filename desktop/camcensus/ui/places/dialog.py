"""Add a place, or change one: its name, where it lies, whether it is sensitive, and how far its site has come."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import Place, PlaceKind, paths_of
from camcensus.model.words import clean
from camcensus.store.edits.placing import add_place, change_place
from camcensus.tasks.register.place_names import PLACE_KIND_WORDS
from camcensus.ui.asset.place_model import inside
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Check, Combo, DateField, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import fill
from camcensus.ui.session import Session

PROGRESS_WORDS = {
    None: "Not said",
    "never-had": "Never had equipment of a listed maker",
    "has": "Has it",
    "disconnected": "Has it, disconnected from other networks",
    "planned": "Replacement is planned",
    "replaced": "Replaced",
}
_ABOVE: dict[PlaceKind, PlaceKind | None] = {"site": None, "building": "site", "floor": "building", "room": "floor"}
_KIND_LINES: dict[PlaceKind, str] = {
    "site": "For example: Elm Park",
    "building": "For example: Main block",
    "floor": "For example: Ground floor",
    "room": "For example: Hall, or North playground",
}


class PlaceDialog(Dialog):
    """With `place` it changes that one; without it adds one of `kind` inside `parent_place`."""

    def __init__(
        self,
        session: Session,
        kind: PlaceKind,
        parent_place: str | None,
        place: Place | None = None,
        parent: QWidget | None = None,
    ) -> None:
        what = PLACE_KIND_WORDS[kind]
        super().__init__(parent, f"Change {clean(place.name, 60)}" if place else f"Add a {what}")
        self._session, self._kind, self._place = session, kind, place
        self.made = place.id if place else ""
        self._name = Field(_KIND_LINES[kind], name="Name", text=place.name if place else "")
        self._where = Combo("Inside")
        self._fill_where(parent_place)
        self._sensitive = Check("Sensitive site: people there, or what happens there, need special care")
        self._sensitive.setChecked(bool(place and place.sensitive))
        self._progress, self._since = Combo("Progress"), DateField()
        self._problem = MissingLine()
        self.body.addLayout(labelled("Name", self._name))
        if self._where.count():
            fill(self.body, 12, labelled("Inside", self._where))
        fill(self.body, 12, self._sensitive)
        if kind == "site" and place is not None:
            self._add_progress(place)
        fill(self.body, 8, self._problem)
        self.offer("Cancel", "Save" if place else f"Add {what}")

    def _fill_where(self, parent_place: str | None) -> None:
        """Every place of the kind above that is not inside this one: no loops, no free text."""
        above = _ABOVE[self._kind]
        if above is None:
            return
        places = self._session.places()
        own = inside(places, self._place.id) if self._place else frozenset()
        paths = paths_of(places)
        for one in places:
            if one.kind != self._kind and one.id not in own and _depth(one.kind) < _depth(self._kind):
                self._where.addItem(" › ".join(filter(None, map(clean, paths[one.id]))), one.id)
        wanted = self._place.parent if self._place else parent_place
        self._where.choose(wanted)

    def _add_progress(self, place: Place) -> None:
        self._progress.offer(((said, word) for word, said in PROGRESS_WORDS.items()))
        self._progress.choose(place.progress)
        today = self._session.clock().date()
        day = QDate.fromString(place.progress_on or "", Qt.DateFormat.ISODate)
        self._since.setDate(day if day.isValid() else QDate(today.year, today.month, today.day))
        self._since.setDisplayFormat("dd/MM/yyyy")
        self._since.setFixedHeight(theme.px(32))
        self._since.setAccessibleName("Since")
        fill(
            self.body,
            16,
            labelled("How far is this site with equipment of listed makers?", self._progress),
            12,
            labelled("Since", self._since),
        )

    def accept(self) -> None:
        name = self._name.typed
        if not name:
            self._problem.say("Type a name.", self._name)
            return
        if self._keep(name):
            super().accept()

    def _keep(self, name: str) -> bool:
        session, above = self._session, self._where.currentData()
        if self._place is None:
            done = session.do(add_place(self._kind, name, above, sensitive=self._sensitive.isChecked()))
            self.made = done.made if done else ""
            return bool(self.made)
        progress = self._progress.currentData() if self._progress.count() else self._place.progress
        since = self._since.date().toString(Qt.DateFormat.ISODate) if progress and self._progress.count() else None
        changed = Place(
            id=self._place.id,
            parent=above,
            kind=self._kind,
            name=name,
            sensitive=self._sensitive.isChecked(),
            picture=self._place.picture,
            progress=progress,
            progress_on=since if self._progress.count() else self._place.progress_on,
        )
        return session.do(change_place(changed)) is not None


def _depth(kind: PlaceKind) -> int:
    return list(_ABOVE).index(kind)
