"""What a person does with places: adds, changes and removes them, gives a floor its picture, prints its plan."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from camcensus.model.asset import Place, PlaceKind
from camcensus.model.pictures import Picture
from camcensus.store.edits import placing
from camcensus.ui import floor_pictures
from camcensus.ui.asset.place_model import BELOW, NOWHERE, parents
from camcensus.ui.kit import file_dialogs
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import tell
from camcensus.ui.kit.menus import Menu
from camcensus.ui.places.dialog import PlaceDialog
from camcensus.ui.places.list import PlaceList
from camcensus.ui.session import Session
from camcensus.ui.two_columns import TwoColumns

PICTURES = "Plans (*.png *.jpg *.jpeg *.pdf)"


class PlaceVerbs(TwoColumns):
    """A page of places, without what it shows of the chosen one: each verb does what it says with that."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.list = PlaceList()
        self.picture_button = Button("Add picture", then=self.choose_picture)
        self.empty_button = Button("Add a picture", "primary", then=self.choose_picture)

    def planned(self) -> Place | None:
        """The chosen place, or the nearest above it that has a plan."""
        place = self.list.current
        if place is None:
            return None
        by_id = {one.id: one for one in self.session.places()}
        line = [by_id[identity] for identity in reversed(parents(by_id.values()).get(place.id, ()))]
        return next((one for one in line if one.picture), None)

    def add_inside(self) -> None:
        """Adds a place inside the chosen one, or the first site."""
        place = None if self.list.current == NOWHERE else self.list.current
        kind = BELOW.get(place.kind if place else None)
        if kind is not None:
            self._add(kind, place.id if place else None)

    def _add(self, kind: PlaceKind, inside: str | None) -> None:
        dialog = PlaceDialog(self.session, kind, inside, parent=self.window())
        dialog.accepted.connect(lambda: self.list.choose(dialog.made))
        dialog.show_over()

    def change_place(self) -> None:
        """Renames, moves or marks the chosen place."""
        place = self.list.current
        if place is not None:
            PlaceDialog(self.session, place.kind, place.parent, place, parent=self.window()).show_over()

    def remove_place(self) -> None:
        """Removes the chosen place, where nothing is in it."""
        place = self.list.current
        if place is not None:
            self.session.do(placing.remove_place(place.id))

    def choose_picture(self) -> None:
        """Asks for a picture of the floor and keeps it with the place."""
        file_dialogs.open_file(self, "Picture of the floor", self.take_picture, PICTURES)

    def take_picture(self, path: Path) -> None:
        """Keeps a file as the plan of the chosen place; a sentence where it is no picture."""
        place = self.list.current
        if place is None:
            return
        button = self.empty_button if self.empty_button.isVisible() else self.picture_button

        def took(pictures: list[Picture]) -> None:
            self.session.do(placing.set_plan(place.id, pictures[0]))

        def refused(sentence: str) -> None:
            tell(self.window(), "The picture was not added", sentence)

        floor_pictures.read_soon(floor_pictures.read_plan, [path], button, took, refused)

    def remove_picture(self) -> None:
        """Takes the plan away; its pins go with it."""
        place = self.planned()
        if place is not None:
            self.session.do(placing.set_plan(place.id, None))

    def print_plan(self) -> None:
        """The floor with its pins, on paper."""
        place = self.planned()
        if place is not None:
            self.session.hub.asked_for.emit("reports", {"kind": "floor", "place": place.id})

    def change_menu(self) -> Menu:
        """What can be done with the chosen place."""
        menu = Menu(parent=self)
        place, may_edit = self.list.current, self.session.readonly_reason is None
        menu.addAction("Change name or marks…", self.change_place).setEnabled(may_edit)
        if place is not None and (below := BELOW.get(place.kind)):
            menu.addAction(f"Add {('a ' + below) if below != 'room' else 'a room or area'}…", self.add_inside).setEnabled(
                may_edit
            )
        menu.addAction("Add another site…", lambda: self._add("site", None)).setEnabled(may_edit)
        menu.addSeparator()
        if self.planned() is not None:
            menu.addAction("Remove the picture", self.remove_picture).setEnabled(may_edit)
        menu.addAction("Remove this place", self.remove_place).setEnabled(may_edit)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu
