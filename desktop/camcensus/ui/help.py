"""The help pages: plain Markdown files, shown as plain words with headings, and pictures with words for who cannot see them."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text

type Block = tuple[str, str]
"""("title" | "heading" | "item" | "body", text), or ("picture", "file in the folder|what is to be seen on it")"""

_PICTURE = re.compile(r"!\[([^\]]+)\]\((pictures/[\w-]+\.png)\)")


def blocks(markdown: str) -> list[Block]:
    """Headings, list items and paragraphs of a help page; marks for bold and code are taken away."""
    found: list[Block] = []
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            found.append(("body", _plain(" ".join(paragraph))))
            paragraph.clear()

    for line in markdown.splitlines():
        text = line.strip()
        if not text:
            close()
        elif picture := _PICTURE.fullmatch(text):
            close()
            found.append(("picture", f"{picture[2]}|{_plain(picture[1])}"))
        elif text.startswith("#"):
            close()
            found.append(("title" if text.startswith("# ") else "heading", _plain(text.lstrip("# "))))
        elif text.startswith(("- ", "* ")):
            close()
            found.append(("item", _plain(text[2:])))
        elif found and found[-1][0] == "item" and line.startswith("  ") and not paragraph:
            found[-1] = ("item", f"{found[-1][1]} {_plain(text)}")
        else:
            paragraph.append(text)
    close()
    return found


def _plain(text: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return text.replace("**", "").replace("`", "")


class Picture(QWidget):
    """A picture as wide as there is room, with a hairline round it: paper is white on white. Its name says what is on it."""

    def __init__(self, path: Path, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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


def show_help(parent: QWidget, folder: Path, page: str) -> Dialog:
    """Opens the help page of a page of the window."""
    try:
        text = (folder / f"{page}.md").read_text("utf-8")
    except OSError:
        text = "# Help\n\nThe help pages are missing from this installation. Install Camcensus again."
    content = blocks(text)
    title = next((words for kind, words in content if kind == "title"), "Help")
    dialog = Dialog(parent, title, width=600)
    body = QWidget()
    layout = column(gap=8, margins=(0, 0, 8, 0), of=body)
    for kind, words in content:
        if kind == "heading":
            fill(layout, 6, Text(words, "strong"))
        elif kind == "item":
            dash = Text("–", "body", "secondary", wrap=False)
            dash.setFixedWidth(theme.px(12))
            line = row(dash, Text(words), gap=6)
            line.setAlignment(dash, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            layout.addLayout(line)
        elif kind == "picture":
            file, _, seen = words.partition("|")
            picture = Picture(folder / file, seen)
            layout.addWidget(picture)
            picture.setHidden(picture.missing)
        elif kind == "body":
            layout.addWidget(Text(words))
    layout.addStretch(1)
    scroll = Scroll(body, title)
    scroll.setMinimumHeight(theme.px(360) if theme.THEME.percent < 150 else 420)
    dialog.body.addWidget(scroll, 1)
    dialog.offer_close()
    dialog.show_over()
    return dialog
