"""A help page as widgets: plain words with headings, links to other pages, and pictures with words for who cannot see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.ui.help.book import Block, anchor_of
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.widgets import Text


class HelpPicture(QWidget):
    """A picture as wide as there is room, with a hairline round it: paper is white on white. Its name says what is on it."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, path: Path, words: str) -> None:
        super().__init__()
        self._image = QImage(str(path))
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def missing(self) -> bool:
        """Whether the file is not there, or is no picture."""
        return self._image.isNull()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self.missing:
            return 0
        shown = min(width, self._image.width())
        return round(shown * self._image.height() / self._image.width())

    def sizeHint(self) -> QSize:
        return self._image.size()

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 64)

    def paintEvent(self, _: QPaintEvent) -> None:
        if self.missing:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        width = min(self.width(), self._image.width())
        box = QRectF(0, 0, width, self.heightForWidth(width))
        painter.drawImage(box, self._image)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


class HelpPage(QWidget):
    """The blocks of a page below each other; `follow` gets the place that a link leads to."""

    def __init__(self, content: list[Block], folder: Path, follow: Callable[[str], object]) -> None:
        super().__init__()
        self.headings: dict[str, QWidget] = {}
        """Where each heading stands, by its anchor."""
        layout = column(gap=8, margins=(12, 4, 12, 24), of=self)
        for kind, words in content:
            if kind in ("title", "heading"):
                heading = Text(words, "heading" if kind == "title" else "strong")
                self.headings["" if kind == "title" else anchor_of(words)] = heading
                fill(layout, *((6,) if kind == "heading" else ()), heading)
            elif kind == "item":
                dash = Text("–", "body", "secondary", wrap=False)
                dash.setFixedWidth(theme.px(12))
                fill(layout, row((dash, 0, Qt.AlignmentFlag.AlignTop), (Text(words), 1), gap=6))
            elif kind == "picture":
                file, _, seen = words.partition("|")
                picture = HelpPicture(folder / file, seen)
                layout.addWidget(picture)
                picture.setHidden(picture.missing)
            elif kind == "link":
                place, _, name = words.partition("|")
                fill(layout, row(LinkButton(f"{name} →", then=lambda _=False, place=place: follow(place)), None))
            else:
                layout.addWidget(Text(words))
        layout.addStretch(1)
