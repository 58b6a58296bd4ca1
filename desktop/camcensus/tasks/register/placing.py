"""Where things are: places, how far each is, floor plans and the pins on them, and photos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from camcensus.model.asset import Place, PlaceKind, Progress
from camcensus.model.changes import Changes
from camcensus.model.pictures import NewPhoto, Picture
from camcensus.store import by_hand, placing
from camcensus.store.changelog import Pen
from camcensus.store.inventory import Inventory

PLACE_KINDS: tuple[PlaceKind, ...] = ("site", "building", "floor", "room")


def place(inventory: Inventory, asset_ids: Iterable[str], place_id: str | None, by: str, now: datetime) -> Changes:
    """Set location: move rows to a place, None for no place. A pin on a plan that no longer covers the row goes."""
    return inventory.set_place(asset_ids, place_id, by, now)


def place_named(inventory: Inventory, names: Sequence[str], by: str, now: datetime, *, sensitive: bool = False) -> Place:
    """The place at a path of names from site down (one to four), made where missing; `sensitive` marks a new last one."""
    found: list[Place] = []

    def work(pen: Pen) -> str:
        found.append(placing.place_named(pen, names, sensitive=sensitive))
        return f"{found[0].name} added."

    inventory.edit("add-place", work, by, now)
    return found[0]


def place_at(inventory: Inventory, asset_ids: Iterable[str], names: Sequence[str], by: str, now: datetime) -> Changes:
    """Move rows to the place at a path of names, made where it is missing; one edit."""
    rows = list(asset_ids)
    return inventory.edit("set-place", lambda pen: placing.set_place(pen, rows, placing.place_named(pen, names).id), by, now)


def add_place(
    inventory: Inventory, kind: PlaceKind, name: str, parent: str | None, by: str, now: datetime, *, sensitive: bool = False
) -> Place:
    """A new place in another, or a new site (`parent` None). Raises StoreError for a name that is empty or there already."""
    return inventory.add_place(kind, name, parent, by, now, sensitive=sensitive)


def change_place(inventory: Inventory, changed: Place, by: str, now: datetime) -> Changes:
    """Rename, move or mark a place (by its id)."""
    return inventory.change_place(changed, by, now)


def move_place(inventory: Inventory, place_id: str, parent: str | None, by: str, now: datetime) -> Changes:
    """Move a place, with all that is in it, into another. Raises StoreError where that cannot hold it."""
    return inventory.edit("change-place", lambda pen: placing.move_place(pen, place_id, parent), by, now)


def remove_place(inventory: Inventory, place_id: str, by: str, now: datetime) -> Changes:
    """Remove an empty place. Raises StoreError where something is in it."""
    return inventory.edit("remove-place", lambda pen: placing.remove_place(pen, place_id), by, now)


def set_sensitive(inventory: Inventory, place_id: str, sensitive: bool, by: str, now: datetime) -> Changes:
    """Mark a place, and all that is in it, as a sensitive site, or not."""
    return inventory.edit("change-place", lambda pen: placing.set_sensitive(pen, place_id, sensitive), by, now)


def set_progress(
    inventory: Inventory, place_id: str, progress: Progress | None, on_day: str | None, by: str, now: datetime
) -> Changes:
    """Say how far a site is, in the government's own words, on which day; None takes it back."""
    return inventory.edit("set-progress", lambda pen: placing.set_progress(pen, place_id, progress, on_day), by, now)


def set_plan(inventory: Inventory, place_id: str, picture: Picture | None, by: str, now: datetime) -> Changes:
    """Give a place its floor plan, or take it away with its pins."""
    return inventory.edit("set-plan", lambda pen: placing.set_plan(pen, place_id, picture), by, now)


def put_pin(inventory: Inventory, asset_id: str, place_id: str, x: float, y: float, by: str, now: datetime) -> Changes:
    """Put a row's pin on a plan, or move it: `x` and `y` are 0 to 1 from top left. Nobody has checked it on site yet."""
    return inventory.edit("pin", lambda pen: placing.put_pin(pen, asset_id, place_id, x, y), by, now)


def remove_pin(inventory: Inventory, asset_ids: Iterable[str], by: str, now: datetime) -> Changes:
    """Take rows off their plans."""
    return inventory.edit("pin", lambda pen: placing.remove_pin(pen, asset_ids), by, now)


def walk_pin(inventory: Inventory, asset_ids: Iterable[str], walked: bool, by: str, now: datetime) -> Changes:
    """Say that somebody was at these pins and saw the things, or not yet."""
    return inventory.edit("pin", lambda pen: placing.walk_pin(pen, asset_ids, walked), by, now)


def add_photos(inventory: Inventory, asset_id: str, photos: Sequence[NewPhoto], by: str, now: datetime) -> Changes:
    """Keep photos with a row."""
    return inventory.edit("photo", lambda pen: by_hand.add_photos(pen, asset_id, photos), by, now)


def move_photo(inventory: Inventory, photo_id: str, asset_id: str, by: str, now: datetime) -> Changes:
    """Give a photo to another row."""
    return inventory.edit("photo", lambda pen: by_hand.move_photo(pen, photo_id, asset_id), by, now)


def remove_photo(inventory: Inventory, photo_id: str, by: str, now: datetime) -> Changes:
    """Take a photo away from its row."""
    return inventory.edit("photo", lambda pen: by_hand.remove_photo(pen, photo_id), by, now)
