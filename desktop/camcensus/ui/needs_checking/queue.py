"""The queue of what needs checking: each with where it is and its state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from camcensus.model.device import Grade
from camcensus.model.words import GRADE_SHORT, KIND_WORDS, clean
from camcensus.tasks.register.checking import ToCheck, sought
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit.column_list import ColumnList, ColumnRow, RowRole
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.icons import Glyph
from camcensus.ui.kit.layout import column, panel
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.table_model import Display, ListModel, Spoken
from camcensus.ui.kit.widgets import Text

WIDTH = 240
ItemRole = Qt.ItemDataRole.UserRole + 2
_GLYPHS: dict[Grade, Glyph] = {"conflicting": "differ", "unknown": "dash"}


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
        return "to", "Installer asked", "secondary"
    if item.why == "maker":
        grade = row.grade if row else "unknown"
        return _GLYPHS.get(grade, "question"), GRADE_SHORT[grade], "secondary"
    words = {"duplicate": "Seen twice?", "kind": KIND_WORDS["unknown"]}.get(item.why) or _channel(item)
    return "question", words, "secondary"


def _channel(item: ToCheck) -> str:
    """Which channel: those of one recorder lie in one place, and nothing else tells them apart."""
    number, recorder = item.asset.channel, item.asset.connected_ref
    return f"Channel {number} of {clean(recorder)}" if number is not None and recorder else "Reported by the recorder"


type Asked = tuple[ToCheck, AssetRow | None]


class QueueModel(ListModel[Asked]):
    """The items that are looked for, in the order of the register."""

    def __init__(self, parent: QObject) -> None:
        tells = {
            Display: lambda one: name_of(*one),
            Spoken: lambda one: f"{name_of(*one)}, {clean(one[0].asset.ref)}. {state_of(*one)[1]}.",
            RowRole: self._row,
            ItemRole: lambda one: one,
        }
        super().__init__(tells, parent=parent)
        self.every: Sequence[Asked] = ()
        """All items, looked for or not, in the order of the register."""

    def show_items(self, items: Sequence[Asked], looked_for: str) -> None:
        """Takes the queue as it is now, and shows the items that have all of these words."""
        self.every = items
        words = sought(looked_for)
        self.set_rows([one for one in items if words.is_in(_search(one))] if words else items)

    def row_of(self, identity: str) -> int:
        """Where an item is, -1 where it is not."""
        return next((at for at, (item, _) in enumerate(self.rows) if item.id == identity), -1)

    def _row(self, one: Asked) -> ColumnRow:
        """Its state and its ref under where it is."""
        (glyph, said, ink), name, ref = state_of(*one), name_of(*one), clean(one[0].asset.ref)
        return ColumnRow(name, f"{said} · {ref}" if ref != name and one[0].why != "channel" else said, glyph=glyph, ink=ink)


def _search(one: Asked) -> str:
    """All words an item is found by, in small letters."""
    item, row = one
    known: tuple[str | None, ...] = (row.brand, row.model, row.serial, row.mac, *row.addresses) if row is not None else ()
    parts = (item.asset.ref, *item.asset.place_path, state_of(*one)[1], KIND_WORDS[item.asset.kind], *known)
    return " ".join(part for part in parts if part).casefold()


class CheckQueue(Surface):
    """The queue, how many of it are done, and what becomes of answers. `chosen` tells the item that is current."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("base", lines="r")
        self.model = QueueModel(self)
        self.view = ColumnList("What needs checking")
        self.view.setModel(self.model)
        self.note = Text("", "body", "secondary")
        self.search = Field("Place, model, ref", "search", name="Search what needs checking")
        find = panel(column(self.search, margins=(0, 0, 16, 10)))
        head = column(Text("Needs checking", "title", wrap=False), 4, self.note, 12)
        column(head, find, (self.view, 1), margins=(20, 24, 0, 16), of=self)
        self.view.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))
        self.search.textChanged.connect(lambda _: self.show_items(self.model.every))

    @property
    def current(self) -> ToCheck | None:
        """The chosen item."""
        found = self.view.currentIndex().data(ItemRole)
        return found[0] if found is not None else None

    def show_items(self, items: Sequence[Asked]) -> None:
        """Shows the queue as it is now, and stays on what was chosen; else on the first that is open."""
        before = self.current
        self.view.selectionModel().blockSignals(True)
        self.model.show_items(items, self.search.text())
        self.view.selectionModel().blockSignals(False)
        every, shown = self.model.every, self.model.rows
        done = sum(item.state != "open" for item, _ in every)
        looked = f", {len(shown)} shown" if len(shown) != len(every) else ""
        self.note.setText(f"{done} of {len(every)} done{looked}" if every else "")
        at = self.model.row_of(before.id) if before is not None else -1
        if at < 0 and shown:
            at = next((at for at, (item, _) in enumerate(shown) if item.state == "open"), 0)
        if at >= 0:
            self.view.setCurrentIndex(self.model.index(at, 0))
        self.chosen.emit(self.current)

    def choose(self, identity: str) -> bool:
        """Goes to an item, whatever was looked for; False where it is not in the queue."""
        if self.search.text() and self.model.row_of(identity) < 0:
            self.search.clear()
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
