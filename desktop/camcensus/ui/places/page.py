"""Places: which cameras are where, on a plan of the floor or as a list."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from camcensus.intake.pictures import LONGEST_PIXELS
from camcensus.model.asset import Place
from camcensus.model.words import clean, count, long_date, upper_first
from camcensus.store.edits import placing
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports import sheets
from camcensus.ui import phrases
from camcensus.ui.asset.columns import AT, COLUMNS, DEFAULT_COLUMNS
from camcensus.ui.asset.model import AssetModel
from camcensus.ui.asset.place_model import NOWHERE, here, inside, parents
from camcensus.ui.kit.buttons import Button, IconButton
from camcensus.ui.kit.layout import column, faces, panel, row, stack
from camcensus.ui.kit.marks import Mark, Pill
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.segmented import Segmented
from camcensus.ui.kit.table import Table
from camcensus.ui.page import EmptyState, PageHeading
from camcensus.ui.photo_loading import show_soon
from camcensus.ui.places.dialog import PROGRESS_WORDS
from camcensus.ui.places.floor_plan import FloorPlan
from camcensus.ui.places.list import WIDTH
from camcensus.ui.places.pin_card import PinCard, PlanKey, Unplaced
from camcensus.ui.places.pins import PinShown
from camcensus.ui.places.verbs import PlaceVerbs
from camcensus.ui.session import Session

PLAN, LIST = 0, 1


class PlacesPage(PlaceVerbs):
    """Places at the left, one of them at the right: its plan with pins, or its list."""

    name = "places"
    help_page = "places"
    back_words = "All places"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.unplaced = Unplaced()
        self.list.foot.addWidget(self.unplaced)
        self.sensitive = Pill(Mark("Sensitive site", None, "neutral"))
        self.which = Segmented("Plan", "List", name="Show the plan or the list")
        self.change_button = Button("Change", then=self._offer_changes)
        self.print_button = Button("Print plan", "primary", then=self.print_plan)
        self.locate_button = Button("Set locations in Cameras", "primary", then=self._see_unplaced)
        self.plan = FloorPlan()
        self.key, self.card = (
            PlanKey(
                IconButton("minus", "Zoom out (minus key)", then=self.plan.zoom_out),
                IconButton("plus", "Zoom in (plus key)", then=self.plan.zoom_in),
                Button("Whole plan", then=self.plan.show_whole),
            ),
            PinCard(session),
        )
        self.model = AssetModel(session.knowledge, self)
        self.table = Table(COLUMNS, "Cameras and recorders here", model=self.model)
        self.table.show_columns(AT[name] for name in DEFAULT_COLUMNS)
        self._empty = EmptyState(
            "map-pin",
            "No plan of this place yet",
            "Add a picture of the floor (PNG, JPEG, or the first page of a PDF), then put each camera where it hangs.",
            self.empty_button,
        )
        self._first_button = Button("Add site", "primary", then=self.add_inside)
        self._none = EmptyState(
            "map-pin",
            "No places yet",
            "Start with the site, then its buildings, floors and rooms. Cameras get their place from this list.",
            self._first_button,
        )
        self._images: dict[str, QImage] = {}
        self._counted = ""
        self._build()
        self._connect()

    def _build(self) -> None:
        buttons = (self.which, self.picture_button, self.change_button, self.print_button, self.locate_button)
        heading = PageHeading("", *buttons, pill=self.sensitive, above=0)
        self.title, self.note = heading.title, heading.note
        head = column(row(self.back_button, None), heading, margins=(24, 24, 24, 12))
        plan = panel(column((self.plan, 1), self.key, self.card, gap=10, margins=(24, 0, 16, 20)))
        listing = panel(column(self.table, margins=(12, 0, 0, 0)))
        self._middle = stack(Scroll(plan, "Plan"), listing, self._empty)
        self._page = panel(column(head, (self._middle, 1)))
        self.take_turns(self.list, self.list.view, self._page, WIDTH)
        self._faces = faces(self, panel(row(self.list, (self._page, 1), gap=0)), self._none)

    def _connect(self) -> None:
        self.list.chosen.connect(self._show)
        self.list.add_wanted.connect(self.add_inside)
        self.which.chosen.connect(lambda _: self._show(self.list.current))
        self.plan.chosen.connect(self._chosen)
        self.plan.moved.connect(self._moved)
        self.plan.placed.connect(self._placed)
        self.plan.hinted.connect(lambda hint: self.key.counts.setText(hint or self._counted))
        self.card.move_wanted.connect(self.plan.start_moving)
        self.unplaced.place_wanted.connect(self.put_on_plan)
        self.table.opened.connect(self._see_row)
        self.session.hub.changed.connect(self.follow)

    # What the window asks of every page

    def enter(self, wish: object = None) -> None:
        """Shows a place by its id where another page asked for one ("asset" shows a row's pin)."""
        self.catch_up()
        if isinstance(wish, str):
            self.list.choose(wish)
            self.read()
        elif isinstance(wish, dict) and (item := self.session.row(str(wish.get("asset", "")))) is not None:
            if item.asset.pin is not None and self.list.choose(item.asset.pin.place):
                self.which.choose(PLAN)
                self.plan.choose(item.asset.id)
            elif item.asset.place is not None:
                self.list.choose(item.asset.place)
            self.read()

    def start_focus(self) -> QWidget:
        if not self.session.places():
            return self._first_button
        return self.list.view if not self.list.isHidden() else self.first_to_read()

    def panes(self) -> list[QWidget]:
        if not self.session.places():
            return [self._first_button]
        stops: list[QWidget] = [] if self.list.isHidden() else [self.list.view]
        return stops if self._page.isHidden() else [*stops, self.first_to_read()]

    def escape(self) -> bool:
        """Ends moving a pin, lets it go, then goes back to the list where they take turns."""
        if self.plan.end_moving():
            return True
        if self.plan.current:
            self.plan.choose("")
            return True
        if self.list.isHidden():
            self.to_list()
            return True
        return False

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        self.card.set_narrow(narrow)

    def first_to_read(self) -> QWidget:
        if self._middle.currentIndex() == 2:
            return self.empty_button
        return self.table if self._middle.currentIndex() == 1 else self.plan

    # What a person does here

    def put_on_plan(self, asset: str) -> None:
        """A pin to be put where the camera is, with a click or the arrow keys; nothing is recorded before."""
        item = self.session.row(asset)
        if self.planned() is not None and item is not None:
            self.which.choose(PLAN)
            mark = phrases.state_mark(item.state)
            self.plan.start_placing(PinShown(asset, sheets.pin_label(item.asset.ref), mark, 0, 0, False, clean(item.asset.ref)))

    # How

    def refresh(self) -> None:
        places, first = self.session.places(), self.list.current is None
        self.list.refresh(places, self.session.rows())
        planned = next((place for place in places if place.picture), None)
        if first and planned is not None:  # the page opens on what there is to see
            self.list.choose(planned.id)
        self._faces.setCurrentIndex(0 if places else 1)

    def _rows_in(self, place: Place) -> list[AssetRow]:
        within = inside(self.session.places(), place.id)
        return [item for item in here(self.session.rows()) if item.asset.place in within]

    def _show(self, place: Place | None) -> None:
        self._page.setEnabled(place is not None)
        if place is None:
            self.unplaced.show_rows([], may_edit=False)
            return
        planned, rows, may_edit = self.planned(), self._rows_in(place), self.session.readonly_reason is None
        self.title.setText(clean(place.name))
        self.sensitive.setVisible(place.sensitive)
        self.note.setText(self._words(place, planned, rows))
        self.picture_button.setText("Replace picture" if planned is not None and planned.id == place.id else "Add picture")
        self.picture_button.updateGeometry()
        for button in (self.picture_button, self.empty_button, self.list.add_button, self._first_button):
            button.setEnabled(may_edit)
        nowhere = place == NOWHERE
        self.which.setHidden(nowhere)
        self.change_button.setHidden(nowhere)
        self.locate_button.setVisible(nowhere)
        self.print_button.setVisible(planned is not None and self.which.at == PLAN)
        self.picture_button.setVisible(not nowhere and (planned is not None or self.which.at == LIST))
        if planned is not None:
            self._show_plan(planned, rows, may_edit)
        else:
            self.unplaced.show_rows([], may_edit=False)
        self.model.set_rows(rows, self.session.knowledge, places=self.session.place_paths())
        self._middle.setCurrentIndex(1 if nowhere or self.which.at == LIST else 0 if planned is not None else 2)

    def _show_plan(self, planned: Place, rows: list[AssetRow], may_edit: bool) -> None:
        pinned = [item for item in here(self.session.rows()) if item.asset.pin and item.asset.pin.place == planned.id]
        before = self.plan.current
        self.plan.setAccessibleName(f"Plan of {clean(planned.name)}")
        self.plan.show_plan(self._image(planned), [_pin(item) for item in pinned], before)
        self.card.keep_room_for(next(iter(pinned), None))
        self.card.show_row(next((item for item in pinned if item.asset.id == self.plan.current), None))
        walked = sum(bool(item.asset.pin and item.asset.pin.walked) for item in pinned)
        self.key.based.setVisible(any(item.state == "based" for item in pinned))
        self._counted = (
            f"{count(len(pinned), 'pin')}, {walked} checked on site. Plans can be sensitive, so public exports leave them out."
        )
        self.key.counts.setText(self._counted)
        self.unplaced.show_rows(
            [item for item in rows if item.asset.pin is None or item.asset.pin.place != planned.id], may_edit=may_edit
        )

    def _words(self, place: Place, planned: Place | None, rows: list[AssetRow]) -> str:
        by_id = {one.id: one for one in self.session.places()}
        path = [clean(by_id[one].name) for one in parents(by_id.values()).get(place.id, ())[:-1]]
        said = f"{' › '.join(path)}. " if path else ""
        said += f"{upper_first(phrases.counted([item.asset.kind for item in rows])) or 'Nothing here yet'}."
        if planned is not None and planned.id != place.id:
            said += f" On the plan of {clean(planned.name)}."
        if place.progress:
            since = f" since {long_date(place.progress_on)}" if place.progress_on else ""
            said += f" {PROGRESS_WORDS[place.progress]}{since}."
        return said

    def _image(self, place: Place) -> QImage:
        key = place.picture or ""
        if key not in self._images and self.session.inventory is not None:
            self._images = {key: QImage()}
            if key:
                kept = self.session.inventory.picture(key)
                blank = QImage(1 + kept.width // 10, 1 + kept.height // 10, QImage.Format.Format_Mono)
                blank.fill(1)
                self._images[key] = blank  # of its form: pins are where they belong before it has come
                show_soon(kept.data, LONGEST_PIXELS["plan"], lambda image: self._show_image(key, image))
        return self._images.get(key, QImage())

    def _show_image(self, key: str, image: QImage) -> None:
        """Shows the plan, which has come, unless another is looked at by now."""
        if isValid(self) and key in self._images:
            self._images[key] = image
            if (planned := self.planned()) is not None and planned.picture == key:
                self.plan.show_plan(image, self.plan.pins, self.plan.current)

    def _chosen(self, asset: str) -> None:
        self.card.show_row(self.session.row(asset) if asset else None)

    def _moved(self, asset: str, x: float, y: float) -> None:
        planned = self.planned()
        item = self.session.row(asset)
        if item is not None and item.asset.pin is not None:
            place = item.asset.pin.place
            if not self.session.do(placing.put_pin(asset, place, x, y)) and planned is not None:
                self._show(self.list.current)

    def _placed(self, asset: str, x: float, y: float) -> None:
        planned = self.planned()
        if planned is not None and self.session.do(placing.put_pin(asset, planned.id, x, y)):
            self.plan.choose(asset)

    def _see_unplaced(self) -> None:
        self.session.hub.asked_for.emit("cameras", {"place": NOWHERE.id})

    def _see_row(self) -> None:
        item = self.model.at(self.table.currentIndex().row())
        if item is not None:
            self.session.hub.asked_for.emit("cameras", {"asset": item.row.asset.id})

    def _offer_changes(self) -> None:
        self.change_menu().popup(self.change_button.mapToGlobal(self.change_button.rect().bottomLeft()))


def _pin(item: AssetRow) -> PinShown:
    asset, mark = item.asset, phrases.state_mark(item.state)
    if item.state == "not-known":
        mark = Mark("Needs checking", "question", "todo")
    assert asset.pin is not None
    walked = "checked on site" if asset.pin.walked else "not yet checked on site"
    words = f"{clean(asset.ref)}, {phrases.place_of(item)}. {mark.words}, {walked}."
    return PinShown(asset.id, sheets.pin_label(asset.ref), mark, asset.pin.x, asset.pin.y, asset.pin.walked, words)
