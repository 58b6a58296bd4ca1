"""What of a window cannot be read or reached: cut text, words over words, controls that are squeezed, overlap or lie outside.

`faults` draws each visible widget on a device that keeps only its text, with the place and the size that the font gave it. So
it sees what is drawn, by whichever painter, and compares it with the geometry of the layout. It needs no picture and no
list of widgets; a new page is looked at as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations, pairwise, takewhile
from types import BuiltinMethodType, MethodType

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPaintDevice, QPaintEngine, QRegion, QTextItem, QTransform
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTableView,
    QTextBrowser,
    QWidget,
)

from camcensus.ui.audit.numbers import AuditTables
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import Rows
from camcensus.ui.kit.focus import FocusRing
from camcensus.ui.kit.widgets import TOOLTIP_CHARACTERS, Text
from camcensus.ui.plan.year_board import YearBoard

SLACK = 2
"""Pixels by which letters may lean out of their box, or boxes touch: fonts round."""
LEAST_ROWS = 2
"""Rows of a table that are seen at least, where it has so many."""
_PATH = re.compile(r"[\\/\u3400-\u9fff]|.{40}")
"""What may be parted anywhere: paths and addresses, Chinese, and what is longer than any word."""
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where, and the words it is about."""

    kind: str
    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.words}"


type Shortened = dict[str, set[str]]
"""The text with its "…", and the texts it was: two cards may differ in what is cut alone."""


@dataclass(frozen=True, slots=True)
class Written:
    """A run of text as it is drawn, in the coordinates of its widget."""

    words: str
    box: QRectF


class _Engine(QPaintEngine):
    """Keeps the text and lets everything else go."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.written: list[Written] = []
        self._moved = QTransform()

    def begin(self, _: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: object) -> None:
        self._moved = state.transform()  # type: ignore[attr-defined]

    def drawTextItem(self, at: QPointF, item: QTextItem) -> None:
        if item.text().strip():
            box = QRectF(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent())
            self.written.append(Written(item.text(), self._moved.mapRect(box)))

    def _nothing(self, *_: object) -> None:
        pass

    drawPixmap = drawImage = drawTiledPixmap = drawPath = drawPolygon = _nothing
    drawRects = drawLines = drawEllipse = drawPoints = _nothing


class _Paper(QPaintDevice):
    """Something of a widget's size to draw it on."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self._size, self.engine = size, _Engine()

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        names = QPaintDevice.PaintDeviceMetric
        return {
            names.PdmWidth: self._size.width(),
            names.PdmHeight: self._size.height(),
            names.PdmWidthMM: self._size.width() * 254 // 960,
            names.PdmHeightMM: self._size.height() * 254 // 960,
            names.PdmNumColors: 1 << 24,
            names.PdmDepth: 32,
            names.PdmDevicePixelRatio: 1,
            names.PdmDevicePixelRatioScaled: 1 << 16,
        }.get(which, 96)


@contextmanager
def _watched() -> Iterator[Shortened]:
    """What our own painters shorten meanwhile."""
    shortened: Shortened = {}

    def watching(original: Callable[..., str]) -> Callable[..., str]:
        def elided(metrics: object, words: str, *how: object) -> str:
            found = original(metrics, words, *how)
            if found != words:
                shortened.setdefault(found, set()).add(words)
            return found

        return elided

    classes = (QFontMetrics, QFontMetricsF)
    originals = [one.elidedText for one in classes]
    for one, original in zip(classes, originals, strict=True):
        one.elidedText = watching(original)  # type: ignore[method-assign]
    try:
        yield shortened
    finally:
        for one, original in zip(classes, originals, strict=True):
            one.elidedText = original  # type: ignore[method-assign]


def drawn(widget: QWidget) -> tuple[list[Written], Shortened]:
    """The text that a widget draws itself, and what it shortened."""
    view = widget.parentWidget()
    if isinstance(view, QTableView) and isinstance(view.itemDelegate(), Rows):
        view.itemDelegate().retheme()  # what it keeps as drawn would not be seen
    paper = _Paper(widget.size())
    with _watched() as shortened:
        QWidget.render(widget, paper, QPoint(), QRegion(), QWidget.RenderFlag(0))  # a graphics view has another render
    return paper.engine.written, shortened


def _seen(widget: QWidget, root: QWidget) -> QRect:
    """The part of a widget that its ancestors leave to be seen, in the window's coordinates."""
    rect = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    over = widget.parentWidget()
    while over is not None and widget is not root:
        rect &= QRect(over.mapTo(root, QPoint(0, 0)), over.size())
        if over is root:
            break
        over = over.parentWidget()
    return rect


def _name(widget: QWidget) -> str:
    """A widget as a reader of the fault finds it."""
    text = getattr(widget, "text", None)
    said = widget.accessibleName() or (str(text()) if isinstance(text, MethodType | BuiltinMethodType) else "")
    over, path = widget, []
    while over is not None and len(path) < 4:
        path.append(type(over).__name__)
        over = over.parentWidget()
    return f"{' < '.join(path)} “{said[:60]}”"


def _plain(tip: str) -> str:
    return html.unescape(_TAGS.sub("", tip))


def _tells(tip: str, whole: str) -> bool:
    return bool(whole) and whole[: TOOLTIP_CHARACTERS - 1].rstrip("…") in _plain(tip)


def _scrolls(widget: QWidget) -> tuple[bool, bool]:
    """Whether what is drawn beyond this widget can be scrolled to: across, and down."""
    if isinstance(widget, QLineEdit):
        return bool(widget.text()), False
    over = widget.parentWidget()
    if isinstance(over, QPlainTextEdit):
        return True, True
    if isinstance(over, QHeaderView):
        table = over.parentWidget()
        return isinstance(table, QTableView) and table.horizontalScrollBar().maximum() > 0, False
    if isinstance(over, QAbstractItemView) and widget is over.viewport():
        return over.horizontalScrollBar().maximum() > 0, True
    return False, False


def _cell_tells(view: QAbstractItemView, box: QRectF, whole: str) -> bool:
    """Whether the row where it is drawn tells it; a row below those that are seen will."""
    index = view.indexAt(QPoint(1, int(box.center().y())))
    if not index.isValid():
        return True
    several = index.model().columnCount(index.parent()) if isinstance(view, QTableView) else 1
    cells = (index.siblingAtColumn(at) for at in range(several))
    return any(_tells(str(cell.data(Qt.ItemDataRole.ToolTipRole) or ""), whole) for cell in cells)


def _shortened(widget: QWidget, written: list[Written], ours: Shortened) -> Iterator[Fault]:
    """Text that ends in "…" though it does not say so itself, and that no tooltip tells whole."""
    over = widget.parentWidget()
    holder = getattr(widget, "placeholderText", str)() if isinstance(widget, QLineEdit) else ""
    for one in written:
        wholes = ours.get(one.words, set())
        if not wholes and isinstance(widget, QLineEdit) and "…" in one.words and one.words not in (holder, widget.text()):
            wholes = {widget.text() or holder}
        in_view = isinstance(over, QAbstractItemView) and widget is over.viewport()
        if not wholes or any(_tells(widget.toolTip(), whole) for whole in wholes):
            continue
        if in_view and any(_cell_tells(over, one.box, whole) for whole in wholes):
            continue
        if in_view and isinstance(over, QTableView) and not any(_shown_in(widget, whole) for whole in wholes):
            continue
        yield Fault("shortened", _name(widget), f"{one.words} ({', '.join(sorted(wholes))})")
    drawn = {one.words for one in written}
    for found, whole in ((found, whole) for found, wholes in ours.items() for whole in wholes):  # drawn as a picture: a pill
        if found in drawn or _tells(widget.toolTip(), whole) or not _shown_in(widget, whole):
            continue
        yield Fault("shortened", _name(widget), f"{found} ({whole})")


def _shown_in(widget: QWidget, whole: str) -> bool:
    """Whether a view shows these words in a cell that does not tell them; True for what is no view."""
    over = widget.parentWidget()
    if not (isinstance(over, QTableView) and widget is over.viewport()):
        return True
    model, height = over.model(), over.viewport().height()
    for row in range(max(0, over.rowAt(0)), model.rowCount(over.rootIndex())):
        if over.rowViewportPosition(row) > height:
            break
        for column in range(model.columnCount(over.rootIndex())):
            if not over.isColumnHidden(column) and str(model.index(row, column).data() or "") == whole:
                return not _tells(str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or ""), whole)
    return False


def _cut(widget: QWidget, written: list[Written]) -> Iterator[Fault]:
    """Text beyond the widget that draws it."""
    across, down = _scrolls(widget)
    down = down or isinstance(widget.parentWidget(), QTextBrowser)  # a line may be half above its top
    rect = QRectF(widget.rect())
    head = widget.parentWidget()
    for one in written if isinstance(head, QHeaderView) and not across else ():
        at = head.logicalIndexAt(round(one.box.center().x()))
        left, wide = head.sectionViewportPosition(at), head.sectionSize(at)
        if at >= 0 and (one.box.left() < left - SLACK or one.box.right() > left + wide + SLACK):
            yield Fault("cut", _name(widget), one.words)
    for one in written:
        box = one.box
        out_across = not across and (box.left() < rect.left() - SLACK or box.right() > rect.right() + SLACK)
        lean = theme.px(2 * SLACK)
        out_down = not down and (box.top() < rect.top() - lean or box.bottom() > rect.bottom() + lean)
        if out_across or out_down:
            yield Fault("cut", _name(widget), one.words)


def _broken(widget: QWidget) -> Iterator[Fault]:
    """A word that is parted in its middle because no line has room for it."""
    if not isinstance(widget, Text) or not widget._wrap:
        return
    text = widget.text()
    widget._lay_out(widget.width())
    for at in range(widget._layout.lineCount() - 1):
        line = widget._layout.lineAt(at)
        end = line.textStart() + line.textLength()
        if text[end - 1 : end].isalpha() and text[end : end + 1].isalpha():
            first, second = text[:end].split()[-1], text[end:].split()[0]
            if not _PATH.search(first + second):
                yield Fault("broken word", _name(widget), f"{first}|{second}")


def _over_each_other(texts: list[tuple[QWidget, Written, QRectF]]) -> Iterator[Fault]:
    """Words over other words."""
    texts = sorted(texts, key=lambda one: one[2].top())
    for at, (widget, one, box) in enumerate(texts):
        for other, two, second in texts[at + 1 :]:
            if second.top() > box.bottom():
                break
            if widget is other and (isinstance(widget, Text) or one == two):
                continue  # lines of one text have their pitch; what is selected in a field is drawn once more
            both = box & second
            if both.width() > 2 * SLACK and both.height() > min(box.height(), second.height()) / 3:
                yield Fault("words over words", f"{_name(widget)} and {_name(other)}", f"{one.words} | {two.words}")


def _squeezed(widget: QWidget) -> Iterator[Fault]:
    """Smaller than it says it must be. A layout that is squeezed squeezes what is in it, or lets it out."""
    if widget.layout() is not None:
        return
    least = widget.minimumSizeHint()
    need = max(least.height(), widget.minimumHeight())
    if widget.hasHeightForWidth() and type(widget).__module__.startswith("camcensus"):
        need = max(need, widget.heightForWidth(widget.width()))
    need, wide = min(need, widget.maximumHeight()), min(least.width(), widget.maximumWidth())
    if widget.width() < wide - SLACK:
        yield Fault("squeezed", _name(widget), f"{widget.width()} of {wide} pixels wide")
    if widget.height() < need - SLACK:
        yield Fault("squeezed", _name(widget), f"{widget.height()} of {need} pixels high")


def _outside(widget: QWidget) -> Iterator[Fault]:
    """Beyond the widget that holds it."""
    over = widget.parentWidget()
    if over is None or isinstance(over, QAbstractScrollArea):
        return
    rect, room = widget.geometry(), over.rect()
    area = over.parentWidget()
    if isinstance(area, QScrollArea) and over is area.viewport():
        if rect.width() > room.width() + SLACK and not isinstance(area, YearBoard):
            yield Fault("sideways", _name(area), f"{rect.width()} pixels in {room.width()}")
        return
    if (
        rect.right() > room.right() + SLACK
        or rect.left() < -SLACK
        or rect.top() < -SLACK
        or rect.bottom() > room.bottom() + SLACK
    ):
        yield Fault("outside", _name(widget), f"{rect.getRect()} in {room.getRect()}")


def _overlapping(parent: QWidget, children: list[QWidget]) -> Iterator[Fault]:
    """Controls of one parent over each other."""
    for one, other in combinations(children, 2):
        both = one.geometry() & other.geometry()
        if both.width() > SLACK and both.height() > SLACK:
            yield Fault("overlap", f"{_name(one)} and {_name(other)}", f"in {_name(parent)}")


def _bars(widget: QWidget) -> Iterator[Fault]:
    """A view that must be scrolled sideways, or that is too low to be read."""
    if not isinstance(widget, QAbstractScrollArea) or isinstance(widget, QHeaderView):
        return
    bar = widget.horizontalScrollBar()
    scrolled = isinstance(widget, QPlainTextEdit | YearBoard)  # whole columns, the others a scroll away
    wide = theme.THEME.large or isinstance(widget.parentWidget(), AuditTables)  # columns of a table, where text is large
    large = isinstance(widget, QTableView) and wide  # and those of the tables of a roll-up, which are what they are
    if bar.maximum() > 0 and not scrolled and not large:
        yield Fault("sideways", _name(widget), f"by {bar.maximum()} pixels")
    if not isinstance(widget, QTableView) or widget.model() is None:
        return
    rows = min(widget.model().rowCount(), LEAST_ROWS)
    need = rows * widget.verticalHeader().defaultSectionSize()
    if widget.viewport().height() < need:
        yield Fault("too low", _name(widget), f"{widget.viewport().height()} pixels for {rows} rows of {need // max(1, rows)}")


def _rows_over_each_other(widget: QWidget) -> Iterator[Fault]:
    """Rows of a list that keep their places of another width: the words of one lie over the next."""
    if not isinstance(widget, QListView) or widget.model() is None:
        return
    rows = (widget.model().index(at, 0) for at in range(widget.model().rowCount()))
    for one, other in pairwise(takewhile(lambda row: widget.visualRect(row).top() < widget.viewport().height(), rows)):
        if (both := widget.visualRect(one) & widget.visualRect(other)).height() > SLACK:
            yield Fault("overlap", _name(widget), f"{both.height()} pixels of {one.data()} and {other.data()}")


def _from_top(widget: QWidget, root: QWidget) -> int:
    """How far what holds a widget is scrolled down: a page that somebody has scrolled is not at fault."""
    down, over = 0, widget.parentWidget()
    while over is not None and over is not root:
        if isinstance(over, QScrollArea):
            down += over.verticalScrollBar().value()
        over = over.parentWidget()
    return down


def _primary(widget: QWidget, root: QWidget) -> Iterator[Fault]:
    """The one button that goes on, not wholly in view."""
    if isinstance(widget, Button) and widget.kind == "primary":
        seen = _seen(widget, root)
        if seen.size() != widget.size() and not _from_top(widget, root):
            yield Fault("primary out of view", _name(widget), f"{max(0, seen.height())} of {widget.height()} pixels high")


def visible_widgets(root: QWidget) -> list[QWidget]:
    """The window and all that is shown in it, without windows of its own and Qt's inner parts."""
    found = [one for one in root.findChildren(QWidget) if one.isVisible() and one.window() is root]
    inner = (FocusRing, QScrollBar)
    return [root, *(one for one in found if not isinstance(one, inner) and "qt_spinbox" not in one.objectName())]


def faults(root: QWidget, *, but: tuple[str, ...] = ()) -> list[Fault]:
    """All that is wrong in a window; `but` names classes that draw their own text where a person puts it."""
    found: list[Fault] = []
    texts: list[tuple[QWidget, Written, QRectF]] = []
    widgets = visible_widgets(root)
    children: dict[QWidget, list[QWidget]] = {}
    for widget in widgets:
        over = widget.parentWidget()
        if over is not None and widget is not root and not isinstance(over, QAbstractScrollArea | QComboBox | QLineEdit):
            children.setdefault(over, []).append(widget)
        found += [*_bars(widget), *_rows_over_each_other(widget), *_primary(widget, root)]
        if widget is not root:
            found += _outside(widget)
        if widget.width() < 1 or widget.height() < 1 or type(widget).__name__ in but:
            continue
        if not isinstance(widget.parentWidget(), QAbstractScrollArea) and not isinstance(widget, QAbstractScrollArea):
            found += _squeezed(widget)
        written, shortened = drawn(widget)
        found += [*_shortened(widget, written, shortened), *_cut(widget, written), *_broken(widget)]
        seen, corner = QRectF(_seen(widget, root)), QPointF(widget.mapTo(root, QPoint(0, 0)))
        shown = ((one, one.box.translated(corner) & seen) for one in written)
        texts += [(widget, one, box) for one, box in shown if not box.isEmpty()]
    for parent, those in children.items():
        found += _overlapping(parent, those)
    found += _over_each_other(texts)
    return list(dict.fromkeys(found))


def faults_of_dialog(dialog: QWidget, window: QWidget) -> list[Fault]:
    """All that is wrong in a dialog, and whether it is larger than its window."""
    found = faults(dialog)
    if dialog.width() > window.width() or dialog.height() > window.height():
        found.append(Fault("larger than the window", _name(dialog), f"{dialog.size().toTuple()} in {window.size().toTuple()}"))
    return found
