"""Photos of a phone in a folder: which they are, in order of time, and each small enough to be shown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from camcensus.intake import pictures
from camcensus.intake.heic import is_heic
from camcensus.intake.pictures import BYTES_LIMIT, PixelPreview, covered_preview, taken_at
from camcensus.model.disk import disk_error, open_file, shown
from camcensus.model.errors import IntakeError
from camcensus.model.frozen import frozen
from camcensus.model.pictures import Box, NewPhoto

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


def read_photo(path: Path, covers: Sequence[Box] = ()) -> NewPhoto:
    """The photo as it is saved: without what the phone notes in it, codes and `covers` covered. Raises IntakeError."""
    data = photo_bytes(path)
    picture, shows_code = pictures.read_photo(data, covers, f"“{shown(path)}”")
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
