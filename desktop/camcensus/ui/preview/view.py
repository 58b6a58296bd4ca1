"""Paper on the screen: the pages of a PDF, with page and size to choose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import IconButton
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, panel, row
from camcensus.ui.kit.parts import SlimBar, Surface
from camcensus.ui.kit.widgets import Text

ZOOMS: tuple[tuple[str, float], ...] = (
    ("Fit width", 0),
    ("Whole page", -1),
    ("75%", 0.75),
    ("100%", 1.0),
    ("150%", 1.5),
    ("200%", 2.0),
)


class Pages(QPdfView):
    """The pages on the colour of the desk, so that white paper can be seen in light and dark."""

    spoken_role = QAccessible.Role.Document

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.retheme()

    def retheme(self) -> None:
        """Takes up new colours."""
        palette = self.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, theme.colour("hairline"))
        self.setPalette(palette)


class StateLine(Surface):
    """What is being done to the paper, or became of it, in full, and what stops it; below the pages: it moves no button."""

    def __init__(self, stop: QWidget | None) -> None:
        super().__init__("base", lines="t")
        self._words = Text("", "body", "secondary")
        row((self._words, 1), *([stop] if stop is not None else []), gap=12, margins=(20, 8, 24, 8), of=self)
        self.hide()

    def text(self) -> str:
        """The words that are shown."""
        return self._words.text()

    def setText(self, words: str) -> None:
        """Shows the words, or nothing where there are none."""
        self._words.setText(words)
        self.setVisible(bool(words))


class PaperView(Surface):
    """A bar with page, size and what `buttons` do, above the pages; in more lines where there is no width."""

    def __init__(self, name: str, *buttons: QWidget, stop: QWidget | None = None) -> None:
        super().__init__("nav")
        self.document = QPdfDocument(self)
        self.view = Pages(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageSpacing(12)
        self.view.setVerticalScrollBar(SlimBar(Qt.Orientation.Vertical))
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.view.setAccessibleName(name)
        self._back, self._on = IconButton("chevron-left", "Page before"), IconButton("chevron-right", "Next page")
        self._back.clicked.connect(lambda: self._turn(-1))
        self._on.clicked.connect(lambda: self._turn(1))
        self._page = Text("", "body", wrap=False)
        self.zoom = Combo("Size of the preview", ZOOMS)
        self.zoom.currentIndexChanged.connect(self._scale)
        self.state = StateLine(stop)
        bar = Surface("base", lines="b")
        turning = panel(row(self._back, self._page, self._on, 8))
        column(Flow(turning, self.zoom, *buttons, apart=2), margins=(20, 12, 24, 12), of=bar)
        self.view.pageNavigator().currentPageChanged.connect(self._show_page)
        column(bar, (self.view, 1), self.state, of=self)

    def load(self, path: Path) -> None:
        """Shows a file from its first page."""
        self.document.load(str(path))
        self._show_page(0)
        self._scale()

    def close_document(self) -> None:
        """Lets go of the file, so that it can be removed."""
        self.document.close()

    def _turn(self, by: int) -> None:
        navigator = self.view.pageNavigator()
        page = max(0, min(self.document.pageCount() - 1, navigator.currentPage() + by))
        navigator.jump(page, navigator.currentLocation(), navigator.currentZoom())

    def _show_page(self, page: int) -> None:
        pages = self.document.pageCount()
        self._page.setText(f"Page {page + 1} of {pages}" if pages else "")
        self._back.setEnabled(page > 0)
        self._on.setEnabled(page + 1 < pages)

    def _scale(self, *_: object) -> None:
        factor = float(self.zoom.currentData())
        if factor > 0:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(factor)
        else:
            self.view.setZoomMode(QPdfView.ZoomMode.FitInView if factor else QPdfView.ZoomMode.FitToWidth)
