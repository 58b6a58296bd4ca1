"""Pictures of floors and labels as people have them: PNG and JPEG as they are, of a PDF its first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from camcensus.intake import pictures
from camcensus.intake.apart import OverLimitError, apart
from camcensus.intake.pictures import BYTES_LIMIT, read_picture, taken_at
from camcensus.model.errors import CamcensusError, IntakeError, disk_error, open_file, shown
from camcensus.model.pictures import Box, NewPhoto, Picture
from camcensus.ui.cover_photo import ask_each
from camcensus.ui.job import Job
from camcensus.ui.photo_loading import image_of

LONG_SIDE_PIXELS = 2400
"""Of a page of a PDF: an A3 sheet at 145 dots an inch, enough to read room names."""


def read_plan(path: Path) -> Picture:
    """A floor plan from a file, upright and without what a camera notes in it. Raises IntakeError, one sentence."""
    return read_picture(_picture_in(path), "plan", f"“{shown(path)}”")


def read_photo(path: Path, covers: Sequence[Box] = ()) -> NewPhoto:
    """A photo, or the first page of a letter, to be kept with a row. Raises IntakeError, one sentence."""
    data = _picture_in(path)
    picture, shows_code = pictures.read_photo(data, covers, f"“{shown(path)}”")
    return NewPhoto(picture, path.name, taken_at(data), shows_code)


def _with_image(path: Path) -> tuple[Path, NewPhoto, QImage]:
    photo = read_photo(path)
    return path, photo, image_of(photo.picture.data, LONG_SIDE_PIXELS) if photo.shows_code else QImage()


def read_photos_soon(
    paths: Sequence[Path],
    button: QAbstractButton,
    took: Callable[[list[NewPhoto]], None],
    refused: Callable[[str], None],
) -> Job:
    """As `read_soon` reads photos; each that shows a code is saved only where a person says so, and covers what is secret."""

    def read(found: list[tuple[Path, NewPhoto, QImage]]) -> None:
        plain = [photo for _, photo, _ in found if not photo.shows_code]
        asked = [(path, image) for path, photo, image in found if photo.shows_code]

        def answered(covers: list[tuple[Box, ...] | None]) -> None:
            saved = {path: boxes for (path, _), boxes in zip(asked, covers, strict=True) if boxes is not None}
            if saved and isValid(button):
                read_soon(
                    lambda path: read_photo(path, saved[path]), list(saved), button, lambda more: took(plain + more), refused
                )
            else:
                took(plain)

        if asked and isValid(button):
            ask_each(button.window(), [(shown(path), image) for path, image in asked], answered)
        else:
            took(plain)

    return read_soon(_with_image, paths, button, read, refused)


def read_soon[T](
    read: Callable[[Path], T],
    paths: Sequence[Path],
    button: QAbstractButton,
    took: Callable[[list[T]], None],
    refused: Callable[[str], None],
) -> Job:
    """Reads pictures beside the window's thread, while `button` says so; then takes them all, or refuses with a sentence."""

    words, was_enabled = button.text(), button.isEnabled()
    button.setText("Reading…")
    button.setEnabled(False)

    def over() -> None:
        if isValid(button):
            button.setText(words)
            button.setEnabled(was_enabled)

    def finished(found: object) -> None:
        over()
        took(found)  # type: ignore[arg-type]

    def failed(error: object) -> None:
        over()
        if not isinstance(error, CamcensusError):
            raise error if isinstance(error, BaseException) else TypeError(error)
        refused(str(error))

    return Job(lambda _: [read(path) for path in paths], finished=finished, failed=failed, cancelled=over).start()


def _picture_in(path: Path) -> bytes:
    """The bytes of a picture: the file's own, or its first page drawn."""
    try:
        if path.stat().st_size > BYTES_LIMIT:
            raise IntakeError(f"“{shown(path)}” is larger than {BYTES_LIMIT >> 20} MB; save it smaller, then add it.")
        with open_file(path) as file:
            data = file.read()
    except OSError as error:
        raise IntakeError(str(disk_error(path, error))) from error
    if len(data) > BYTES_LIMIT:
        raise IntakeError(f"“{shown(path)}” is larger than {BYTES_LIMIT >> 20} MB; save it smaller, then add it.")
    if not data[:1024].lstrip().startswith(b"%PDF"):
        return data
    try:
        return apart(_first_page, data, shown(path))
    except OverLimitError as error:
        raise IntakeError(
            f"The first page of “{shown(path)}” takes too much time or memory to draw; save it as a picture instead."
        ) from error


def _first_page(data: bytes, name: str) -> bytes:
    """Page 1 of a PDF as PNG."""
    device = QBuffer()
    device.setData(data)
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(device)
    if document.status() != QPdfDocument.Status.Ready or document.pageCount() < 1:
        raise IntakeError(f"“{name}” cannot be read as a PDF, or asks for a password; save the page as a picture instead.")
    points = document.pagePointSize(0)
    long_side = max(points.width(), points.height(), 1.0)
    size = QSize(
        max(1, round(points.width() / long_side * LONG_SIDE_PIXELS)),
        max(1, round(points.height() / long_side * LONG_SIDE_PIXELS)),
    )
    page = document.render(0, size)
    white = QImage(size, QImage.Format.Format_RGB32)
    white.fill(0xFFFFFFFF)
    if page.isNull():
        raise IntakeError(f"The first page of “{name}” cannot be drawn; save it as a picture instead.")
    painter = QPainter(white)
    painter.drawImage(0, 0, page)
    painter.end()
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(out, b"png").write(white)
    return bytes(out.data().data())
