"""Pictures of floors and labels as people have them: PNG and JPEG as they are, of a PDF its first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

from camcensus.intake.apart import OverLimitError, apart
from camcensus.intake.label_text import can_read_print
from camcensus.intake.pictures import BYTES_LIMIT, read_picture, taken_at
from camcensus.model.disk import disk_error, open_file, shown
from camcensus.model.errors import CamcensusError, IntakeError
from camcensus.model.pictures import NewPhoto, Picture
from camcensus.model.words import count
from camcensus.ui.job import Job
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import fill

PRINTED = (
    "Some labels print a security or verification code, and whoever sees the photo can use it. Camcensus cannot read letters "
    "here, so it cannot tell which labels do. It can blur all letters around the codes; what the codes say is saved anyway."
)
LONG_SIDE_PIXELS = 2400
"""Of a page of a PDF: an A3 sheet at 145 dots an inch, enough to read room names."""


def read_plan(path: Path) -> Picture:
    """A floor plan from a file, upright and without what a camera notes in it. Raises IntakeError, one sentence."""
    return read_picture(_picture_in(path), "plan", f"“{shown(path)}”")


def read_photo(path: Path, *, blur_print: bool = False) -> NewPhoto:
    """A photo, or the first page of a letter, to be kept with a row. Raises IntakeError, one sentence."""
    data = _picture_in(path)
    picture = read_picture(data, "photo", f"“{shown(path)}”", blur_print=blur_print)
    return NewPhoto(picture, path.name, taken_at(data))


def _both(path: Path) -> tuple[NewPhoto, NewPhoto]:
    """The photo as `read_photo` gives it, and with letters around codes blurred; the same where it shows no code."""
    blurred = read_photo(path, blur_print=True)
    return (blurred if can_read_print() else read_photo(path)), blurred


def read_photos_soon(
    paths: Sequence[Path],
    button: QAbstractButton,
    took: Callable[[list[NewPhoto]], None],
    refused: Callable[[str], None],
) -> Job:
    """As `read_soon` reads photos; asks whether to blur letters where some show labels. Takes none where a person cancels."""

    def read(found: list[tuple[NewPhoto, NewPhoto]]) -> None:
        labels = sum(plain.picture.sha256 != blurred.picture.sha256 for plain, blurred in found)
        if labels and isValid(button):
            ask_to_blur(button.window(), labels, lambda blur: took([one[blur] for one in found]), lambda: took([]))
        else:
            took([] if labels else [plain for plain, _ in found])

    return read_soon(_both, paths, button, read, refused)


def ask_to_blur(
    parent: QWidget, labels: int, then: Callable[[bool], object], cancelled: Callable[[], object] = lambda: None
) -> Dialog:
    """Asks whether letters around codes are blurred in photos that are saved, `labels` of which show some."""
    some = count(labels, "photo shows a label", "photos show labels")
    dialog = Dialog(parent, "Blur the letters on these labels?", lead=f"{some}. {PRINTED}")

    def chosen(blur: bool) -> None:
        dialog.accept()
        then(blur)

    blur = Button("Blur the letters", "primary", then=lambda: chosen(True))
    blur.setDefault(True)
    fill(dialog.buttons, Button("Cancel", then=dialog.reject), Button("Save as they are", then=lambda: chosen(False)), blur)
    dialog.rejected.connect(cancelled)
    return dialog.show_over()


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
