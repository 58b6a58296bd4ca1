"""One photo large, and all of them small below it with what became of each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from camcensus.ui.cameras.photo_model import GivenRole, PhotoModel, ThumbRole
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.parts import SlimBar

type Index = QModelIndex | QPersistentModelIndex


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


class _Thumbs(QStyledItemDelegate):
    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        return QSize(theme.unless_large(88, 120), 72 + theme.pitch("caption"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(theme.colour("accent"), 2) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("selection" if chosen else "nav"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        pitch = theme.pitch("caption")
        room = box.adjusted(5, 5, -5, -pitch - 3)
        thumb = index.data(ThumbRole)
        model = index.model()
        broken = isinstance(model, PhotoModel) and index.row() in model.broken
        if isinstance(thumb, QImage):
            scale = min(room.width() / thumb.width(), room.height() / thumb.height())
            target = QRectF(0, 0, thumb.width() * scale, thumb.height() * scale)
            target.moveCenter(room.center())
            painter.drawImage(target, thumb)
        elif broken:
            size = theme.px(16)
            mark = QRectF(room.center().x() - size / 2, room.center().y() - size / 2, size, size)
            icons.draw_glyph(painter, "question", mark, theme.colour("secondary"))
        words = str(index.data(GivenRole) or ("Unread" if broken else ""))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text" if words and not broken else "secondary"))
        below = QRectF(box.left() + 4, box.bottom() - pitch - 1, box.width() - 8, pitch)
        text = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()


class PhotoStrip(QListView):
    """The photos side by side, by time; arrow keys left and right choose one."""

    def __init__(self, model: PhotoModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Thumbs(self))
        self.setAccessibleName("Photos by time")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBar(SlimBar(Qt.Orientation.Horizontal))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.retheme()

    def retheme(self) -> None:
        """As high as its thumbnails."""
        self.setFixedHeight(72 + theme.pitch("caption") + 14)
        self.doItemsLayout()
