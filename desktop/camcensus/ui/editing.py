"""The verbs of the register for the window: each is done at once, tells the hub, and says a sentence when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from camcensus.model.asset import Place, PlaceKind, Progress, Vendor
from camcensus.model.changes import Changes
from camcensus.model.knowledge import Knowledge
from camcensus.model.pictures import NewPhoto, Picture
from camcensus.tasks.register import channels, checking, walking
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.walk_lines import WalkLine
from camcensus.ui.plan_editing import PlanEditing

NOTHING_TO_UNDO = "There is nothing to take back. Undo goes as far as the last search."
NOTHING_TO_REDO = "There is nothing to do again."


def _told(inventory: register.Inventory) -> Changes:
    """What the newest line of the log says, so that the strip offers to take it back."""
    newest = inventory.changes(1)[0]
    return Changes(say=newest.say, change_id=newest.id)


class Editing(PlanEditing):
    """What a person does with the rows, places and firms of the open inventory. A verb returns whether it was done.

    Session is made from it, and adds the file itself.
    """

    knowledge: Knowledge
    inventory: register.Inventory | None
    clock: Callable[[], datetime]
    by: str

    def _edit(self, what: str, verb: Callable[[register.Inventory], Changes | None]) -> bool:
        raise NotImplementedError

    # Tags

    def set_tags(self, asset_ids: Sequence[str], values: Mapping[str, object]) -> bool:
        """Says things of rows, field by field (`model.tags.FIELDS`); "" takes a value away."""
        return self._edit(
            "That was not recorded", lambda inventory: register.set_tags(inventory, asset_ids, values, self.by, self.clock())
        )

    def describe(
        self, asset_ids: Sequence[str], values: Mapping[str, object], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> bool:
        """Says things of rows, and gives and takes free tags, as one change."""
        return self._edit(
            "That was not recorded",
            lambda inventory: register.describe(inventory, asset_ids, values, add, remove, self.by, self.clock()),
        )

    def add_tags(self, asset_ids: Sequence[str], tags: Iterable[str]) -> bool:
        """Gives rows free tags."""
        return self._edit(
            "The tag was not added", lambda inventory: register.add_tags(inventory, asset_ids, tags, self.by, self.clock())
        )

    def remove_tags(self, asset_ids: Sequence[str], tags: Iterable[str]) -> bool:
        """Takes free tags away from rows."""
        return self._edit(
            "The tag was not removed", lambda inventory: register.remove_tags(inventory, asset_ids, tags, self.by, self.clock())
        )

    def picture_checked(self, asset_ids: Sequence[str], who: str, day: str) -> bool:
        """Records that a person looked at the pictures of rows on a day."""
        return self._edit(
            "The check was not recorded",
            lambda inventory: register.picture_checked(inventory, asset_ids, who, day, self.by, self.clock()),
        )

    def ask_installer(self, asset_ids: Sequence[str], ask: bool, note: str = "") -> bool:
        """Puts rows on the list for the installer, or takes them off it."""
        return self._edit(
            "The list was not changed",
            lambda inventory: register.ask_installer(inventory, asset_ids, ask, note, self.by, self.clock()),
        )

    def suggestions(self, field: str) -> tuple[str, ...]:
        """Values used before, most used first."""
        return register.suggestions(self.inventory, field) if self.inventory is not None else ()

    # Firms

    def add_vendor(self, vendor: Vendor) -> str:
        """A new firm; its id is made. The id, or "" where it was not added."""
        made: list[str] = []

        def verb(inventory: register.Inventory) -> Changes:
            new = register.add_vendor(
                inventory, vendor.name, vendor.role, self.by, self.clock(), contract_number=vendor.contract_number,
                contract_end=vendor.contract_end, email=vendor.email, phone=vendor.phone,
            )  # fmt: skip
            made.append(new.id)
            return replace(_told(inventory), vendors=frozenset(made))

        return made[0] if self._edit("The firm was not added", verb) else ""

    def change_vendor(self, vendor: Vendor) -> bool:
        """Keeps what was changed of a firm."""
        return self._edit(
            "The firm was not saved", lambda inventory: register.change_vendor(inventory, vendor, self.by, self.clock())
        )

    def remove_vendor(self, vendor_id: str) -> bool:
        """Removes a firm that no row names."""
        return self._edit(
            "The firm was not removed", lambda inventory: register.remove_vendor(inventory, vendor_id, self.by, self.clock())
        )

    # Places, plans and pins

    def add_place(self, kind: PlaceKind, name: str, parent: str | None, *, sensitive: bool = False) -> str:
        """A new place. Its id, or "" where it was not added."""
        made: list[str] = []

        def verb(inventory: register.Inventory) -> Changes:
            place = register.add_place(inventory, kind, name, parent, self.by, self.clock(), sensitive=sensitive)
            made.append(place.id)
            return replace(_told(inventory), places=frozenset(made))

        return made[0] if self._edit("The place was not added", verb) else ""

    def change_place(self, place: Place) -> bool:
        """Keeps a place's name, kind, mark, progress and where it lies; its plan stays."""
        return self._edit(
            "The place was not saved", lambda inventory: register.change_place(inventory, place, self.by, self.clock())
        )

    def move_place(self, place_id: str, parent: str | None) -> bool:
        """Moves a place, with all in it, into another."""
        return self._edit(
            "The place was not moved",
            lambda inventory: register.move_place(inventory, place_id, parent, self.by, self.clock()),
        )

    def remove_place(self, place_id: str) -> bool:
        """Removes an empty place."""
        return self._edit(
            "The place was not removed", lambda inventory: register.remove_place(inventory, place_id, self.by, self.clock())
        )

    def set_sensitive(self, place_id: str, sensitive: bool) -> bool:
        """Marks a place as a sensitive site, or not."""
        return self._edit(
            "The mark was not set",
            lambda inventory: register.set_sensitive(inventory, place_id, sensitive, self.by, self.clock()),
        )

    def set_progress(self, place_id: str, progress: Progress | None, on_day: str | None) -> bool:
        """Says how far a site is, and on which day."""
        return self._edit(
            "The progress was not recorded",
            lambda inventory: register.set_progress(inventory, place_id, progress, on_day, self.by, self.clock()),
        )

    def set_plan(self, place_id: str, picture: Picture | None) -> bool:
        """Gives a place its floor plan; None takes it away with its pins."""
        return self._edit(
            "The plan was not kept", lambda inventory: register.set_plan(inventory, place_id, picture, self.by, self.clock())
        )

    def put_pin(self, asset_id: str, place_id: str, x: float, y: float) -> bool:
        """Puts a row's pin on a plan, or moves it there."""
        return self._edit(
            "The pin was not placed",
            lambda inventory: register.put_pin(inventory, asset_id, place_id, x, y, self.by, self.clock()),
        )

    def remove_pin(self, asset_ids: Sequence[str]) -> bool:
        """Takes rows off their plans."""
        return self._edit(
            "The pin was not taken off", lambda inventory: register.remove_pin(inventory, asset_ids, self.by, self.clock())
        )

    def walk_pin(self, asset_ids: Sequence[str], walked: bool) -> bool:
        """Says that somebody stood there and saw them, or not yet."""
        return self._edit(
            "That was not recorded", lambda inventory: register.walk_pin(inventory, asset_ids, walked, self.by, self.clock())
        )

    # Photos

    def add_photos(self, asset_id: str, photos: Sequence[NewPhoto]) -> bool:
        """Keeps photos with a row."""
        return self._edit(
            "The photo was not kept", lambda inventory: register.add_photos(inventory, asset_id, photos, self.by, self.clock())
        )

    def move_photo(self, photo_id: str, asset_id: str) -> bool:
        """Gives a photo to another row."""
        return self._edit(
            "The photo was not moved",
            lambda inventory: register.move_photo(inventory, photo_id, asset_id, self.by, self.clock()),
        )

    def remove_photo(self, photo_id: str) -> bool:
        """Takes a photo away from its row."""
        return self._edit(
            "The photo was not removed", lambda inventory: register.remove_photo(inventory, photo_id, self.by, self.clock())
        )

    # Rows by hand, and channels

    def add_rows(self, rows: Sequence[register.HandRow], who: str) -> bool:
        """Rows typed by hand; `who` read what was typed."""
        return self._edit(
            "The rows were not added",
            lambda inventory: register.add_rows(inventory, self.knowledge, rows, who, self.by, self.clock()),
        )

    def add_channels(self, recorder: str, numbers: Iterable[int] | Mapping[int, str]) -> bool:
        """A row, not confirmed, for each channel of a recorder that has none yet."""
        return self._edit(
            "The channels were not added",
            lambda inventory: register.add_channels(inventory, recorder, numbers, self.by, self.clock()),
        )

    def add_missing_channels(self, recorders: Sequence[str]) -> bool:
        """A row, not confirmed, for each channel that recorders report and that has none."""
        return self._edit(
            "The channels were not added",
            lambda inventory: channels.add_missing(inventory, self.knowledge, recorders, self.by, self.clock()),
        )

    def confirm_channels(self, asset_ids: Sequence[str], who: str) -> bool:
        """A person saw the cameras of these channels."""
        return self._edit(
            "That was not confirmed",
            lambda inventory: register.confirm_channels(inventory, asset_ids, who, self.by, self.clock()),
        )

    def connect_rows(self, asset_ids: Sequence[str], to: str | None) -> bool:
        """Says which recorder or switch rows hang on."""
        return self._edit(
            "The connection was not recorded",
            lambda inventory: register.connect(inventory, asset_ids, to, self.by, self.clock()),
        )

    def save_walk(self, lines: Sequence[WalkLine], who: str) -> bool:
        """Lines typed from a walk-round; `who` walked."""
        return self._edit(
            "Your walk-round notes were not saved",
            lambda inventory: walking.save_walk(inventory, self.knowledge, lines, who, self.by, self.clock()),
        )

    # Identity

    def merge(self, keep: str, absorb: str) -> bool:
        """Two rows become one: `absorb` goes into `keep`."""
        return self._edit(
            "The rows were not merged",
            lambda inventory: register.merge(inventory, self.knowledge, keep, absorb, self.by, self.clock()),
        )

    def split(self, asset_id: str, observations: Iterable[str]) -> bool:
        """What was seen in these observations is another device, with a row of its own."""
        return self._edit(
            "The row was not split",
            lambda inventory: register.split(inventory, self.knowledge, asset_id, observations, self.by, self.clock()),
        )

    def answer_doubt(self, doubt_id: str, answer: Literal["same", "different"]) -> bool:
        """Keeps what a person says of a possible duplicate."""
        who = getattr(self, "person", "") or self.by
        return self._edit(
            "Your answer was not kept",
            lambda inventory: register.answer_doubt(inventory, self.knowledge, doubt_id, answer, who, self.clock()),
        )

    def check(self, asset_id: str, given: checking.CheckAnswer, who: str) -> bool:
        """Keeps all that a person found of a row that needed checking."""
        return self._edit(
            "Your answer was not kept",
            lambda inventory: checking.answer(inventory, self.knowledge, asset_id, given, who, self.clock()),
        )

    def note_report(self, kind: str, say: str) -> bool:
        """Logs that a report was written."""
        return self._edit(
            "The report was not logged", lambda inventory: register.note_report(inventory, kind, say, self.by, self.clock())
        )

    def undo(self) -> bool:
        """Takes back the newest edit; says so where there is none."""
        return self._edit(
            "That could not be taken back",
            lambda inventory: register.undo(inventory, self.knowledge, self.clock()) or Changes(say=NOTHING_TO_UNDO),
        )

    def redo(self) -> bool:
        """Does again what was taken back; says so where there is nothing."""
        return self._edit(
            "That could not be done again",
            lambda inventory: register.redo(inventory, self.knowledge, self.clock()) or Changes(say=NOTHING_TO_REDO),
        )
