"""The rows that a round's photos are given to: searched, filtered by place, one of them chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean
from camcensus.ui.asset.decide import place_paths
from camcensus.ui.cameras.photo_model import COLUMNS, TakerModel
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.table import Table
from camcensus.ui.session import Session


class RowChoice(QWidget):
    """A table of rows below a search box and a choice of places."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.rows = TakerModel(self)
        self.search = Field("Search ref, location, model", "search", name="Search ref, location, model")
        self.place = Combo("Location")
        self.table = Table(COLUMNS, "Rows that take photos", row_height=36, model=self.rows)
        column(self.search, 8, self.place, 8, (card_of(self.table), 1), of=self)
        self.rows.set_register(session.rows())
        self.place.addItem("All locations", ())
        self._places = {path: identity for identity, path in place_paths(session)}
        self.place.offer((" › ".join(clean(name, 60) for name in path), path) for path in self._places)
        self.search.textChanged.connect(self._filter)
        self.place.currentIndexChanged.connect(self._filter)

    def choose(self, at: int) -> None:
        """Chooses a row by its number."""
        if 0 <= at < self.rows.rowCount():
            self.table.selectRow(at)
            self.table.scrollTo(self.rows.index(at, 0))

    def choose_key(self, key: str) -> None:
        """Chooses a row by its key, where the filter shows it."""
        self.choose(next((at for at, one in enumerate(self.rows.rows) if one.key == key), -1))

    def here(self, before: str) -> tuple[tuple[str, ...], str | None]:
        """Where a new row is: the place that is filtered by, else where the photo before went, to the row `before`."""
        path: tuple[str, ...] = tuple(self.place.currentData() or ())
        taker = self.rows.taker(before) if before and not path else None
        path = path or (taker.place if taker is not None else ())
        return path, self._places.get(path)

    def _filter(self, *_: object) -> None:
        chosen = self.rows.at(self.table.currentIndex().row())
        self.rows.want(self.search.text(), self.place.currentData() or ())
        self.choose(next((at for at, one in enumerate(self.rows.rows) if chosen is not None and one.key == chosen.key), 0))
