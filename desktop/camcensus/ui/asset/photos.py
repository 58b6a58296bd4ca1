"""Photos of a row: small pictures that open large, with a way to add and to remove."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QIcon, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from shiboken6 import isValid

from camcensus.model.errors import CamcensusError
from camcensus.model.pictures import NewPhoto, Photo
from camcensus.model.words import clean, long_date
from camcensus.store.edits.by_hand import add_photos, remove_photo
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import floor_pictures
from camcensus.ui.kit import file_dialogs, theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, panel, row
from camcensus.ui.kit.spoken import set_tip
from camcensus.ui.kit.widgets import Text
from camcensus.ui.photo_loading import LARGE_PIXELS, show_soon
from camcensus.ui.session import Session

FILES = "Photos (*.jpg *.jpeg *.png *.pdf)"
THUMB = 76
LARGE = (880, 620)


class Thumb(QPushButton):
    """A small picture; pressed, it opens. It is empty until `show_image`."""

    def __init__(self, photo: Photo) -> None:
        super().__init__()
        self.photo = photo
        self.setAccessibleName(f"Open the photo {clean(photo.name, 60)}")
        set_tip(self, clean(photo.name, 60))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFlat(True)
        self.retheme()

    def retheme(self) -> None:
        """Follows the text size."""
        side = theme.px(THUMB)
        self.setFixedSize(side, side)
        self.setIconSize(QSize(side, side))

    def show_image(self, image: QImage) -> None:
        """Shows the middle of the picture, which has come."""
        side = min(image.width(), image.height())
        self.setIcon(QIcon(QPixmap(image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side))))


def show_thumbs(session: Session, thumbs: Sequence[Thumb]) -> None:
    """Fills small pictures one after the other, so that one at a time is in memory; pressed, each opens large."""
    for thumb in thumbs:
        thumb.clicked.connect(lambda _=False, thumb=thumb: _open(session, thumb))
    _fill(session, list(thumbs))


def _open(session: Session, thumb: Thumb) -> None:
    may_edit = session.readonly_reason is None
    PhotoDialog(session, thumb.photo, may_edit=may_edit, parent=thumb.window()).show_over()


def _fill(session: Session, thumbs: list[Thumb]) -> None:
    if not thumbs or session.inventory is None:
        return
    first, *rest = thumbs

    def came(image: QImage) -> None:
        if isValid(first):
            first.show_image(image)
            _fill(session, rest)

    try:
        data = session.inventory.picture(first.photo.picture).data
    except CamcensusError:
        _fill(session, rest)
    else:
        show_soon(data, theme.px(THUMB) * 4, came)


class PhotosSection(QWidget):
    """The photos kept with a row. Files can be chosen, or dropped here."""

    def __init__(self, session: Session, item: AssetRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._item = session, item
        self._may = session.readonly_reason is None
        self.setAcceptDrops(self._may)
        self.add_button = Button("Add photo", "quiet", "camera", then=self._choose)
        self.add_button.setEnabled(self._may)
        set_tip(
            self.add_button,
            "The label, or where it hangs. Where and when it was taken is removed.",
        )
        head = row(Text("Photos", "strong"), None, self.add_button)
        layout = column(head, 4, of=self)
        self.thumbs: list[Thumb] = []
        inventory = session.inventory
        for photo in inventory.photos(item.asset.id) if inventory is not None and item.asset.photos else ():
            self.thumbs.append(Thumb(photo))
        if self.thumbs:
            room = panel(Flow(*self.thumbs))
            layout.addWidget(room)
        show_thumbs(session, self.thumbs)

    def add_files(self, paths: list[Path]) -> None:
        """Keeps pictures from files with the row, as one change; a sentence where one is no picture, and then none is kept."""
        session, asset = self._session, self._item.asset.id

        def took(found: list[NewPhoto]) -> None:
            if found:
                session.do(add_photos(asset, found))

        def refused(sentence: str) -> None:
            session.hub.troubled.emit("The photo was not added", sentence)

        if paths:
            floor_pictures.read_photos_soon(paths, self.add_button, took, refused)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keeps what was dropped."""
        event.acceptProposedAction()
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _choose(self) -> None:
        file_dialogs.open_files(self, "Photos of this device", self.add_files, FILES)


class LargePhoto(QWidget):
    """A picture as large as there is room, or a sentence where there is none."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def show_image(self, image: QImage | None, words: str) -> None:
        """Shows a picture; `words` stand where it is None, and are its name for a screen reader."""
        self._image = image if image is not None else QImage()
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("nav"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self._image.isNull():
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("secondary"))
            room = QRectF(self.rect()).adjusted(24, 24, -24, -24)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._words)
            return
        room = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        scale = min(room.width() / self._image.width(), room.height() / self._image.height())
        size = QSize(round(self._image.width() * scale), round(self._image.height() * scale))
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(room.center())
        painter.drawImage(box, self._image)


class PhotoDialog(Dialog):
    """One photo, as large as fits, and a button that removes it from its row."""

    def __init__(self, session: Session, photo: Photo, *, may_edit: bool, parent: QWidget) -> None:
        taken = f"Taken {long_date(photo.taken_at)}" if photo.taken_at else f"Added {long_date(photo.added_at)}"
        super().__init__(parent, clean(photo.name, 80), width=LARGE[0] + 56, lead=taken)
        self._session, self._photo = session, photo
        picture = None
        try:
            if session.inventory is not None:
                picture = session.inventory.picture(photo.picture)
        except CamcensusError as error:
            self.body.addWidget(Text(str(error)))
        room = parent.size() if parent is not None else QSize(*LARGE)
        most = QSize(min(LARGE[0], room.width() - 120), max(160, min(LARGE[1], room.height() - 240)))
        self._width = most.width() + 56
        if picture is not None:
            large, size, name = LargePhoto(), QSize(picture.width, picture.height), f"Photo {clean(photo.name, 60)}"
            large.setMinimumSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
            self.body.addWidget(large, 1)
            show_soon(picture.data, LARGE_PIXELS, lambda image: large.show_image(image, name) if isValid(large) else None)
        remove = Button("Remove photo", then=self._remove)
        remove.setEnabled(may_edit)
        self.offer_close(remove)

    def _remove(self) -> None:
        if self._session.do(remove_photo(self._photo.id)):
            super().accept()
