"""The column of makers: search, those of yours or all, and what the glyphs mean."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import BASED
from camcensus.tasks.register import maker_search
from camcensus.tasks.register.maker_search import MakerMatch, Mine
from camcensus.tasks.register.verbs import AssetRow, ListState
from camcensus.ui import phrases
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.column_list import ColumnList
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, panel, row, stack
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.segmented import Segmented
from camcensus.ui.kit.widgets import Text
from camcensus.ui.manufacturers.model import FoundRole, MakerModel
from camcensus.ui.session import Session

WIDTH = 248
MINE, ALL = 0, 1
_KEY_WORDS: dict[ListState, str] = {"based": BASED, "may-be-based": "May be based in China (our reading)"}


def _sign(state: ListState) -> QWidget:
    """What the glyph of a maker means."""
    mark = phrases.state_mark(state)
    ink = "listed_ink" if state == "listed" else "secondary"
    words = Text(_KEY_WORDS.get(state, mark.words), "caption", "secondary")
    return panel(row((SignMark(mark.glyph, ink, line=16), 0, Qt.AlignmentFlag.AlignTop), words, gap=6))


class MakerList(Surface):
    """Search, "In my building" or "All", and the list. `chosen` tells what is current, None where nothing is."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__("base", lines="r")
        self._session = session
        self._counted, self._here = tuple[AssetRow, ...](), dict[str, Mine]()
        self.model = MakerModel(self)
        self.search = Field("Search name or brand", "search", name="Search name or brand")
        self.which = Segmented("In my building", "All", name="Which makers to show")
        self.view = ColumnList("Makers and brands")
        self.view.setModel(self.model)
        self._nothing = Text("", "body", "secondary")
        self._look_in_all = LinkButton("Look in all", then=lambda: self.which.choose(ALL))
        empty = QWidget()
        left = Qt.AlignmentFlag.AlignLeft
        column(self._nothing, 8, (self._look_in_all, 0, left), None, margins=(0, 8, 12, 0), of=empty)
        self._middle = stack(self.view, empty)
        states: tuple[ListState, ...] = ("listed", "not-listed", "based", "may-be-based")
        self._key = {state: _sign(state) for state in states}
        foot = Surface("base", lines="t")
        column(
            Flow(*self._key.values(), gap=12, below=2),
            4,
            Text("Not listed does not mean checked or approved.", "caption", "secondary"),
            margins=(0, 8, 20, 16),
            of=foot,
        )
        top = column(
            Text("Manufacturers", "title", wrap=False), 16, self.search, 12, row(self.which, None), margins=(0, 0, 20, 12)
        )
        column(top, (self._middle, 1), foot, margins=(20, 24, 0, 0), of=self)
        self.search.textChanged.connect(lambda _: self.refresh())
        self.which.chosen.connect(lambda _: self.refresh())
        self.view.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.current))

    @property
    def current(self) -> MakerMatch | None:
        """What is chosen."""
        index = self.view.currentIndex()
        return index.data(FoundRole) if index.isValid() else None

    def refresh(self) -> None:
        """Searches again, and stays on what was chosen where it is still there."""
        session, before = self._session, self.current
        words, only = self.search.text(), self.which.at == MINE
        rows = session.rows()
        if rows is not self._counted:
            self._counted, self._here = rows, maker_search.mine(session.counts)
        found = maker_search.find(session.known, session.enabled_lists(), self._here, words, only_mine=only)
        self.model.set_rows(found)
        self._key["may-be-based"].setVisible(any(one.state == "may-be-based" for one in found))
        self.which.setVisible(session.inventory is not None)
        at = self.model.row_of(before.kind, before.id) if before else -1
        self._middle.setCurrentIndex(0 if found else 1)
        if words:
            where = "in your building" if only else "that we know"
            near = "” or “".join(maker_search.near_names(session.known, words)) if not found else ""
            meant = f" Did you mean “{near}”?" if near else ""
            self._nothing.setText(f"No maker or brand {where} has “{words.strip()}” in its name.{meant}")
        else:
            self._nothing.setText("Nothing in your building has a maker that is known yet.")
        self._look_in_all.setVisible(only)
        if found:
            self.view.setCurrentIndex(self.model.index(max(0, at), 0))
        self.chosen.emit(self.current)

    def choose(self, kind: str, identity: str) -> None:
        """Goes to a maker or brand, wherever it is."""
        at = self.model.row_of(kind, identity)
        if at < 0:
            known = self._session.known
            name = known.name_of(identity) if kind == "maker" else known.brand_names.get(identity, identity)
            self.which.choose(ALL)
            self.search.setText(name if kind == "brand" else "")
            self.refresh()
            at = self.model.row_of(kind, identity)
        if at >= 0:
            index = self.model.index(at, 0)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)
