"""Photos of a phone in a folder: which they are, in order of time, and each small enough to be shown."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from camcensus.identity.values import same_serial
from camcensus.intake import pictures
from camcensus.intake.code_search import can_read_codes
from camcensus.intake.heic import is_heic
from camcensus.intake.label_codes import KNOWN_FEWEST, plain_value
from camcensus.intake.labels import read_labels
from camcensus.intake.pictures import BYTES_LIMIT, PixelPreview, covered_preview, taken_at
from camcensus.model import frozen
from camcensus.model.errors import IntakeError, StoreError, disk_error, open_file, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.labels import LabelReading
from camcensus.model.pictures import NewPhoto
from camcensus.model.words import clean, count, listed
from camcensus.store.edits import by_hand, tagging
from camcensus.store.pen import Pen, edit
from camcensus.tasks.register.by_hand import HandRow, new_row, save_reading
from camcensus.tasks.register.rows import AssetRow
from camcensus.tasks.register.walking import PHOTO_TAKEN

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".dng"})
"""What looks like a picture; those that are no PNG or JPEG are named at the end, not passed over."""
FILES_MOST = 2_000
LOOKED_MOST = 100_000
"""Names looked at: a whole disk that was dropped by mistake is not walked through."""
HEAD_BYTES = 512 * 1024
"""What a camera notes of a photo is before the picture itself."""


@frozen
class PhotoFile:
    """A photo in a file. `taken` is the camera's own time, else the file's; both without a zone, as a phone shows them."""

    path: Path
    taken: str
    by_camera: bool

    @property
    def name(self) -> str:
        """Its name, fit to be shown."""
        return shown(self.path)


def find_pictures(paths: Iterable[Path]) -> list[Path]:
    """The pictures among paths, and in folders among them and below; FILES_MOST at most, hidden ones left out.

    A link in a folder is left out too: it may lead to a picture of the person's that nobody gave.
    """
    found: dict[Path, None] = {}
    looked = 0
    for path in paths:
        for one in _below(path):
            looked += 1
            if is_picture(one):
                found[one] = None
            if len(found) >= FILES_MOST or looked >= LOOKED_MOST:
                return list(found)
    return list(found)


def is_picture(path: Path) -> bool:
    """Whether a file looks like a picture by its name; what is no plain file is none."""
    return not path.name.startswith(".") and path.suffix.casefold() in SUFFIXES and path.is_file()


def when_taken(path: Path) -> PhotoFile:
    """A photo with its time; reads its head only, where that has it. Raises IntakeError where the file cannot be opened."""
    try:
        with open_file(path) as file:
            head = file.read(HEAD_BYTES)
            if is_heic(head):  # what it notes may be anywhere
                head += file.read(BYTES_LIMIT)
        said = taken_at(head)
        if said is not None:
            return PhotoFile(path, said, True)
        return PhotoFile(path, datetime.fromtimestamp(path.stat().st_mtime).isoformat(timespec="seconds"), False)  # noqa: DTZ006
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error


def in_order(photos: Iterable[PhotoFile]) -> list[PhotoFile]:
    """By time; of one second by name, as phones number them."""
    return sorted(photos, key=lambda one: (one.taken, one.path.name.casefold(), str(one.path)))


def look_at(path: Path, longest_pixels: int) -> PixelPreview:
    """The picture, upright and small, codes covered. Raises IntakeError, one sentence."""
    return covered_preview(photo_bytes(path), longest_pixels, f"“{shown(path)}”")


def read_photo(path: Path) -> NewPhoto:
    """The photo as it is saved: without what the phone notes in it, codes covered. Raises IntakeError."""
    data = photo_bytes(path)
    picture, shows_code = pictures.read_photo(data, (), f"“{shown(path)}”")
    return NewPhoto(picture, path.name, taken_at(data), shows_code)


def photo_bytes(path: Path) -> bytes:
    """A photo's file whole. Raises IntakeError where it cannot be read, or is too large."""
    try:
        with open_file(path) as file:
            data = file.read(BYTES_LIMIT + 1)
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error
    if len(data) > BYTES_LIMIT:
        raise IntakeError(f"“{shown(path)}” is larger than {BYTES_LIMIT >> 20} MB; save it smaller, then add it.")
    return data


def _below(path: Path) -> Iterator[Path]:
    """The file, or all files of a folder and below, by name."""
    if not path.is_dir():
        yield path
        return
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            found = Path(folder) / name
            if not found.is_symlink():
                yield found


# Photos of a round, each given to a row or to a new one: all of it one edit, whatever the number.

NAMED_MOST = 5
"""Files named in the sentence of what could not be read."""


@frozen
class Gift:
    """A photo's file and whose it is: an asset id, or the key of a new row. `label` is what its codes say of that camera.

    Of one that shows a code, only that is saved.
    """

    path: Path
    to: str
    label: LabelReading | None = None


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


def put_away(gifts: Sequence[Gift], folder: Path, done: Callable[[int], None]) -> tuple[list[SavedPhoto], list[Path]]:
    """Read each photo, strip it, and write it into `folder`: one at a time is in memory. The second list could not be read.

    `done` is told how many are through. Raises DiskError where the folder takes no more.
    """
    kept: list[SavedPhoto] = []
    unread: list[Path] = []
    for number, gift in enumerate(gifts, 1):
        try:
            photo = read_photo(gift.path)
            file = folder / f"{photo.picture.sha256}.picture"
            file.write_bytes(photo.picture.data)
            put = Put(replace(photo, picture=replace(photo.picture, data=b"")), file)
            kept.append(SavedPhoto(None if photo.shows_code else put, gift.to, gift.label))
        except IntakeError:
            unread.append(gift.path)
        except OSError as error:
            raise disk_error(folder, error) from error
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


# Which camera of the register a photo of a label belongs to, by what its codes say.

__all__ = ["SURE", "FitBy", "LabelFit", "LabelMatcher", "LabelPhoto", "can_read_codes"]

FitBy = Literal["MAC address", "serial number", "model"]
SURE: tuple[FitBy, ...] = ("MAC address", "serial number")
"""What one camera alone has; a model is a hint, where one entry with no photo has it."""


@frozen
class LabelFit:
    """What a photo's codes say, and the entry that it fits. `asset` is None where none or several do.

    `reading` is of the codes that name a value of the entry, or else of all, which a person then looks at: what may be saved.
    `said` tells it in a sentence, "" with no code.
    """

    readings: tuple[LabelReading, ...] = ()
    asset: str | None = None
    by: FitBy | None = None
    reading: LabelReading | None = None
    said: str = ""


@frozen
class LabelPhoto:
    """A photo that was looked at. `problem` says why it could not be read."""

    path: Path
    fit: LabelFit = LabelFit()
    problem: str = ""


class LabelMatcher:
    """Fits labels to entries of the register as it was given; `rows` are those that a photo may be of."""

    def __init__(self, rows: Iterable[AssetRow]) -> None:
        self.rows = [row for row in rows if row.asset.in_use and row.asset.kind not in ("other", "software")]
        self._by_mac: dict[str, list[AssetRow]] = {}
        self._by_model: dict[str, list[AssetRow]] = {}
        for row in self.rows:
            if row.mac:
                self._by_mac.setdefault(plain_value(row.mac), []).append(row)
            if row.model and not row.asset.photos:
                self._by_model.setdefault(plain_value(row.model), []).append(row)
        values = (plain_value(value) for row in self.rows for value in (row.mac, row.serial) if value)
        self.known = frozenset(value for value in values if len(value) >= KNOWN_FEWEST)

    def look(self, path: Path) -> LabelPhoto:
        """Read a photo and fit it."""
        try:
            return LabelPhoto(path, self.fit(read_labels(photo_bytes(path), self.known, f"“{clean(path.name, 60)}”")))
        except IntakeError as error:
            return LabelPhoto(path, problem=str(error))

    def fit(self, readings: Sequence[LabelReading]) -> LabelFit:
        """The one entry that codes speak of; several labels in one photo fit none of them."""
        if not readings:
            return LabelFit()
        every, sure = tuple(readings), [(reading, *one) for reading in readings for one in self._sure(reading)]
        refs = {row.asset.id: row.asset.ref for _, row, _ in sure}
        if len(refs) > 1:
            named = " and ".join(clean(ref, 20) for ref in sorted(refs.values()))
            return LabelFit(every, said=f"The codes in this photo fit {named}. Choose one.")
        if sure:
            row, by = sure[0][1], min((how for _, _, how in sure), key=SURE.index)
            reading = _joined([one for one, _, _ in sure]) or sure[0][0]  # other codes may be of a label beside it
            said = f"The label says: {reading.said}. It fits {clean(row.asset.ref, 20)} by its {by}."
            return LabelFit(every, row.asset.id, by, reading, said)
        whole = _joined(every)
        if whole is None:
            return LabelFit(every, said="The codes in this photo are of several labels. Choose the camera yourself.")
        alike = self._by_model.get(plain_value(whole.model), []) if whole.model else []
        alike = [row for row in alike if not (whole.serial and row.serial) and not (whole.mac and row.mac)]
        said = f"The label says: {whole.said}."
        if len(alike) == 1:
            said = f"{said} It fits {clean(alike[0].asset.ref, 20)} by its model. Look before you give it."
            return LabelFit(every, alike[0].asset.id, "model", whole, said)
        return LabelFit(every, reading=whole, said=f"{said} It fits no camera in the list.")

    def _sure(self, reading: LabelReading) -> Iterator[tuple[AssetRow, FitBy]]:
        """Entries with this MAC address or serial number; makers that print one number for both give it as either."""
        for value in _numbers(reading):
            for row in self._by_mac.get(value, ()):
                yield row, "MAC address"
        if reading.serial and len(plain_value(reading.serial)) >= KNOWN_FEWEST:
            for row in self.rows:
                if row.serial and same_serial(row.serial, reading.serial):
                    yield row, "serial number"


def _numbers(reading: LabelReading) -> set[str]:
    return {plain_value(reading.mac), plain_value(reading.serial)} - {""}


def _joined(readings: Sequence[LabelReading]) -> LabelReading | None:
    """What the codes of one label say together; None where two of them differ, as those of two labels do."""
    values: dict[str, str] = {}
    for name in ("brand", "model", "serial", "mac"):
        said = sorted({value for one in readings if (value := getattr(one, name))}, key=len)
        if any(
            not (same_serial(said[-1], one) if name == "serial" else plain_value(said[-1]) == plain_value(one)) for one in said
        ):
            return None
        values[name] = said[-1] if said else ""
    return LabelReading(**values)
