"""Photos of a round, each given to a row or to a new one: all of it one edit, whatever the number."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from camcensus.model.disk import disk_error, shown
from camcensus.model.errors import IntakeError, StoreError
from camcensus.model.frozen import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.labels import LabelReading
from camcensus.model.pictures import Box, NewPhoto
from camcensus.model.prose import listed
from camcensus.model.words import clean, count
from camcensus.store.edits import by_hand, tagging
from camcensus.store.pen import Pen, edit
from camcensus.tasks.register.by_hand import HandRow, new_row, save_reading
from camcensus.tasks.register.photo_files import read_photo
from camcensus.tasks.register.walking import PHOTO_TAKEN

NAMED_MOST = 5
"""Files named in the sentence of what could not be read."""


@frozen
class Gift:
    """A photo's file and whose it is: an asset id, or the key of a new row. `label` is what its codes say of that camera.

    One that shows a code is saved only with `covers`, the parts that a person covered; () for none.
    """

    path: Path
    to: str
    label: LabelReading | None = None
    covers: tuple[Box, ...] | None = None


@frozen
class Put:
    """A photo as it is saved, its bytes waiting in `file` on the disk: `photo.picture.data` is empty."""

    photo: NewPhoto
    file: Path


@frozen
class SavedPhoto:
    """A photo that was put away, None where it is not saved; whose it is, and what its codes say of that camera."""

    put: Put | None
    to: str
    label: LabelReading | None = None


def put_one(path: Path, folder: Path, covers: Sequence[Box] = ()) -> Put:
    """Read a photo, strip it, and write it into `folder`, by its content. Raises IntakeError for the photo, DiskError."""
    photo = read_photo(path, covers)
    file = folder / f"{photo.picture.sha256}.picture"
    draft = folder / f"{uuid.uuid4()}.draft"
    try:
        draft.write_bytes(photo.picture.data)
        draft.replace(file)
    except OSError as error:
        raise disk_error(file, error) from error
    return Put(replace(photo, picture=replace(photo.picture, data=b"")), file)


def put_away(
    gifts: Sequence[Gift], folder: Path, done: Callable[[int], None], held: Mapping[Path, Put]
) -> tuple[list[SavedPhoto], list[Path]]:
    """Put away each photo: one at a time is in memory. The second list could not be read.

    Those in `held` are put away already. `done` is told how many are through. Raises DiskError where the folder takes no more.
    """
    kept: list[SavedPhoto] = []
    unread: list[Path] = []
    for number, gift in enumerate(gifts, 1):
        try:
            put = None if gift.covers else held.get(gift.path)
            put = put or put_one(gift.path, folder, gift.covers or ())
            is_saved = gift.covers is not None or not put.photo.shows_code
            kept.append(SavedPhoto(put if is_saved else None, gift.to, gift.label))
        except IntakeError:
            unread.append(gift.path)
        done(number)
    return kept, unread


@edit("photo", failed="The photos were not saved")
def save_round(pen: Pen, knowledge: Knowledge, kept: Sequence[SavedPhoto], new: Mapping[str, HandRow]) -> str:
    """Save photos with their rows, what their codes say as read on the label, and the rows of `new` that got one.

    Raises StoreError.
    """
    if not kept:
        raise StoreError("No photo was given to a row yet; choose a row and press Enter.")
    made = {
        key: new_row(row, knowledge, pen.by or "", pen.now) for key, row in new.items() if any(one.to == key for one in kept)
    }
    if made:
        pen.do(by_hand.add_rows(list(made.values())))
    rows = [made[one.to].id if one.to in made else one.to for one in kept]
    for row, one in zip(rows, kept, strict=True):
        if one.put is not None:
            pen.do(by_hand.add_photos(row, [_whole(one.put)]))
    _save_labels(pen, knowledge, {row: one.label for row, one in zip(rows, kept, strict=True) if one.label is not None})
    pen.do(tagging.remove_tags(dict.fromkeys(rows), [PHOTO_TAKEN]))
    said = f"{count(len(kept), 'photo')} given to {count(len(set(rows)), 'row')}"
    said = f"{said}, {count(len(made), 'of them is', 'of them are')} new." if made else f"{said}."
    unsaved = sum(one.put is None for one in kept)
    return (
        f"{said} {count(unsaved, 'photo shows a code and was', 'photos show codes and were')} not saved." if unsaved else said
    )


def _save_labels(pen: Pen, knowledge: Knowledge, labels: Mapping[str, LabelReading]) -> None:
    """Save what codes say of brand, model and serial number, of each row once; a MAC address alone says none of these."""
    for asset in pen.inventory.assets(list(labels)):
        label = labels[asset.id]
        said = {"brand": label.brand, "model": label.model, "serial": label.serial}
        if any(said.values()):
            save_reading(pen, knowledge, asset, said, "label", pen.by or "")


def unread_words(unread: Sequence[Path]) -> str:
    """ "2 files could not be read: IMG_1.heic and IMG_2.jpg." with what to do; "" where all were read."""
    if not unread:
        return ""
    said = listed([shown(path) for path in unread], NAMED_MOST)
    return f"{count(len(unread), 'file')} could not be read: {said}. Save as JPEG and give again."


def _whole(one: Put) -> NewPhoto:
    """The photo with its bytes, which are what was put away."""
    try:
        data = one.file.read_bytes()
    except OSError as error:
        raise disk_error(one.file, error) from error
    if hashlib.sha256(data).hexdigest() != one.photo.picture.sha256:
        raise StoreError(f"“{clean(one.photo.name, 60)}” changed while it was put away; give the photos again.")
    return replace(one.photo, picture=replace(one.photo.picture, data=data))
