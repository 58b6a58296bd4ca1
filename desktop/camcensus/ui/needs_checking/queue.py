"""The queue of what needs checking: each with where it is and its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from camcensus.model.attribution import Grade
from camcensus.model.words import KIND_WORDS, clean
from camcensus.tasks.register.checking import ToCheck
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.column_list import ColumnList, RowPaint
from camcensus.ui.kit.icons import Glyph
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.table_model import Display, Index, ListModel, Spoken
from camcensus.ui.kit.widgets import Text

WIDTH = 240
ItemRole = Qt.ItemDataRole.UserRole + 1
StateRole = Qt.ItemDataRole.UserRole + 2
"""The words of its state; where another item has the same name, with its ref."""
_GRADE_WORDS: dict[Grade, tuple[Glyph, str]] = {
    "possible": ("question", "Possible"),
    "conflicting": ("differ", "Signs disagree"),
    "unknown": ("dash", "Not known"),
}


def name_of(item: ToCheck, row: AssetRow | None) -> str:
    """Where it is: the place, or the address, or its ref."""
    if item.asset.place_path:
        return clean(item.asset.place_path[-1], 80)
    if row is not None and row.addresses:
        return clean(row.addresses[0])
    return clean(item.asset.ref)


def state_of(item: ToCheck, row: AssetRow | None) -> tuple[Glyph, str, str]:
    """Its state: a glyph, words, and the ink of both."""
    if item.state == "answered":
        return "check", "Answered", "done_ink"
    if item.state == "installer":
        return "to", "Asked of the installer", "secondary"
    if item.why == "duplicate":
        return "question", "Perhaps seen twice", "secondary"
    if item.why == "channel":
        return "question", _channel(item), "secondary"
    if item.why == "kind":
        return "question", KIND_WORDS["unknown"], "secondary"
    glyph, words = _GRADE_WORDS.get(row.grade if row else "unknown", ("dash", "Not known"))
    return glyph, words, "secondary"


def _channel(item: ToCheck) -> str:
    """Which channel: those of one recorder lie in one place, and nothing else tells them apart."""
    number, recorder = item.asset.channel, item.asset.connected_ref
    return f"Channel {number} of {clean(recorder)}" if number is not None and recorder else "Reported by the recorder"


type Asked = tuple[ToCheck, AssetRow | None]


class QueueModel(ListModel[Asked]):
    """The items in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        tells = {
            Display: lambda one: name_of(*one),
            Spoken: lambda one: f"{name_of(*one)}, {clean(one[0].asset.ref)}. {state_of(*one)[1]}.",
            StateRole: self._state,
            ItemRole: lambda one: one,
        }
        super().__init__(tells, parent=parent)
        self._names = Counter[str]()

    def set_rows(self, rows: Sequence[Asked]) -> None:
        """Takes the queue as it is now."""
        self._names = Counter(name_of(*one) for one in rows)
        super().set_rows(rows)

    def row_of(self, identity: str) -> int:
        """Where an item is, -1 where it is not."""
        return next((at for at, (item, _) in enumerate(self.rows) if item.id == identity), -1)

    def _state(self, one: Asked) -> str:
        """Its state, and its ref where another has the same name."""
        (item, _), said, name = one, state_of(*one)[1], name_of(*one)
        ref = clean(item.asset.ref)
        alike = self._names[name] > 1 and ref != name
        return f"{said} · {ref}" if alike and item.why != "channel" else said


class _QuestionPainter(RowPaint):
    def draw(self, painter: QPainter, box: QRectF, index: Index, *, current: bool) -> None:
        item, row = index.data(ItemRole)
        glyph, _, ink = state_of(item, row)
        pitch, small, size = theme.pitch("body"), theme.pitch("caption"), theme.px(12)
        top, left = box.center().y() - (pitch + small) / 2, box.left() + 12
        name = QRectF(left, top, box.width() - 18, pitch)
        theme.write(painter, name, str(index.data()), "strong" if current else "body", fit=box.width() - 20)
        icons.draw_glyph(painter, glyph, QRectF(left, top + pitch + (small - size) / 2, size, size), theme.colour(ink))
        room = QRectF(left + size + 6, top + pitch, box.width() - size - 24, small)
        theme.write(painter, room, str(index.data(StateRole)), "caption", ink)


class CheckQueue(Surface):
    """The queue, how many of it are done, and what becomes of answers. `chosen` tells the item that is current."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("base", lines="r")
        self.model = QueueModel(self)
        self.view = ColumnList("What needs checking")
        self.view.setItemDelegate(_QuestionPainter(self.view))
        self.view.setModel(self.model)
        self.note = Text("", "body", "secondary")
        head = column(Text("Needs checking", "title", wrap=False), 4, self.note, 12)
        foot = column(
            Text(
                "Answers become evidence, with your name and the date. A label tells us the brand and model, not who made it.",
                "caption",
                "secondary",
            ),
            margins=(0, 8, 16, 0),
        )
        column(head, (self.view, 1), foot, margins=(20, 24, 0, 16), of=self)
        self.view.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))

    @property
    def current(self) -> ToCheck | None:
        """The chosen item."""
        found = self.view.currentIndex().data(ItemRole)
        return found[0] if found is not None else None

    def show_items(self, items: Sequence[tuple[ToCheck, AssetRow | None]]) -> None:
        """Shows the queue as it is now, and stays on what was chosen; else on the first that is open."""
        before = self.current
        self.view.selectionModel().blockSignals(True)
        self.model.set_rows(items)
        self.view.selectionModel().blockSignals(False)
        open_ones = [at for at, (item, _) in enumerate(items) if item.state == "open"]
        done = len(items) - len(open_ones)
        self.note.setText(f"{done} of {len(items)} done" if items else "")
        at = self.model.row_of(before.id) if before is not None else -1
        if at < 0 and items:
            at = open_ones[0] if open_ones else 0
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at, 0))
        self.chosen.emit(self.current)

    def choose(self, identity: str) -> bool:
        """Goes to an item; False where it is not in the queue."""
        at = self.model.row_of(identity)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at, 0))
        return at >= 0

    def next_open(self) -> bool:
        """On to the next open item after the current one, around the end; False where there is none."""
        start, number = self.view.currentIndex().row(), len(self.model.rows)
        for step in range(1, number + 1):
            at = (start + step) % number
            if self.model.rows[at][0].state == "open":
                self.view.setCurrentIndex(self.model.index(at, 0))
                return True
        return False
