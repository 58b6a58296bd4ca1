"""Two rows that are one device: what would happen is shown before it does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean
from camcensus.store.edits.merging import merge
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.verbs import AssetRow, MergePreview
from camcensus.ui import phrases
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Radio
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import Cell, clear, column, fill, grid, panel, row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

_HIGHEST = 300


class MergeDialog(Dialog):
    """Which row stays, which facts of it win, and what moves. One change, which Ctrl+Z takes back."""

    def __init__(self, session: Session, one: AssetRow, two: AssetRow, parent: QWidget) -> None:
        lead = "Their evidence is put together and re-checked. The row that goes can be brought back with Ctrl+Z."
        super().__init__(parent, "These two are one device", lead=lead, width=600)
        self._session, self._rows = session, (one, two)
        self._which = QButtonGroup(self)
        for at, item in enumerate(self._rows):
            choice = Radio(f"{clean(item.asset.ref)} stays: {phrases.place_of(item)}")
            self._which.addButton(choice, at)
            fill(self.body, choice, 4)
        self._facts = column()
        inner = panel(self._facts)
        self._room = Scroll(inner, "What the row will say")
        self._say = Text("", "body", "secondary")
        fill(self.body, 8, (self._room, 1), 8, self._say)
        self._go = self.offer("Cancel", "Merge")
        first = 1 if one.asset.device is None and two.asset.device is not None else 0
        self._which.button(first).setChecked(True)
        self._which.idToggled.connect(lambda _, on: self._preview() if on else None)
        self._preview()

    @property
    def _pair(self) -> tuple[str, str]:
        at = self._which.checkedId()
        return self._rows[at].asset.id, self._rows[1 - at].asset.id

    def _preview(self) -> None:
        clear(self._facts)
        inventory = self._session.inventory
        try:
            seen = register.merge_preview(inventory, *self._pair) if inventory is not None else None
        except CamcensusError as error:
            seen = None
            self._say.setText(str(error))
        self._go.setEnabled(seen is not None)
        if seen is not None:
            self._show(seen)

    def _show(self, seen: MergePreview) -> None:
        self._say.setText(seen.moves)
        if not seen.facts:
            self._facts.addWidget(Text("Nothing that you said of them differs.", "body", "secondary"))
        else:
            self._facts.addLayout(_table(seen))
        self._facts.addStretch(1)
        high = self._facts.totalHeightForWidth(self.sizeHint().width() - 68)
        self._room.setMinimumHeight(min(high + 4, _HIGHEST if not theme.THEME.large else _HIGHEST + 120))

    def accept(self) -> None:
        if self._session.do(merge(*self._pair)):
            super().accept()


def _table(seen: MergePreview) -> QGridLayout:
    """What each row says, and which of it is kept: ticked, and read out as kept."""
    heads = ("", clean(seen.keep.ref), clean(seen.absorb.ref))
    rows: list[list[Cell]] = [[Text(title, "caption", "secondary") for title in heads]]
    for fact in seen.facts:
        rows.append([(Text(fact.title, "caption", "secondary", width=140), Qt.AlignmentFlag.AlignTop)])
        for words, side in ((fact.keep, "keep"), (fact.absorb, "absorb")):
            kept = fact.wins in (side, "both") and bool(words)
            said = Text(words or "–", "body", "text" if kept else "secondary")
            said.setAccessibleName(f"{fact.title}: {words or 'nothing'}, {'kept' if kept else 'not kept'}")
            rows[-1].append(row(SignMark("check" if kept else None, "done_ink"), (said, 1), gap=6))
    return grid(*rows, gap=(16, 6), shares=(0, 1, 1), margins=(0, 0, 8, 0))
