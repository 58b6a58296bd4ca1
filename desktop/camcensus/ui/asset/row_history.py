"""What happened to one row, and what shows that it is gone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.history import Event, RemovalProof
from camcensus.model.words import clean, long_date
from camcensus.tasks.register import history
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import phrases
from camcensus.ui.asset.past import past_book, sentence_of
from camcensus.ui.kit.buttons import Button, Fold
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

SHOWN = 60
"""Events of one row that are shown; all of them are in its history, which the command line prints."""


class RowHistory(QWidget):
    """A fold that reads the history only when it is opened: newest first, and what shows that a removed row is gone."""

    def __init__(self, session: Session, item: AssetRow, *, opened: bool) -> None:
        super().__init__()
        self._session, self._asset = session, item.asset.id
        self._removed = item.asset.status == "removed"
        self._book = past_book(session)
        self.fold = Fold("History, and proof of removal" if self._removed else "History of this row")
        self._inside = QWidget()
        self._inside.hide()
        self._column = column(margins=(0, 8, 0, 0), of=self._inside)
        column(self.fold, self._inside, of=self)
        self._say("Reading the history…")
        self.fold.toggled.connect(self._open)
        if opened:
            self.fold.setChecked(True)

    def _open(self, on: bool) -> None:
        self._inside.setVisible(on)
        if on:
            self._book.came.connect(self._fill)
            self._book.failed.connect(self._fail)
            self._book.want()

    def _let_go(self) -> None:
        self._book.came.disconnect(self._fill)
        self._book.failed.disconnect(self._fail)

    def _fill(self) -> None:
        past = self._book.past
        if past is None:
            return
        self._let_go()
        try:
            events = history.of_row(past, self._asset)
            proof = history.removal_proof(past, self._asset)
        except CamcensusError as error:
            self._say(str(error))
            return
        self._clear()
        if self._removed:
            fill(self._column, ProofBlock(proof), 12)
        self._add_events(tuple(reversed(events)))

    def _add_events(self, events: Sequence[Event]) -> None:
        now = self._session.clock()
        if not events:
            self._column.addWidget(Text("Nothing has happened to it yet.", "body", "secondary"))
        for event in events[:SHOWN]:
            parts = [phrases.when(event.at, now), clean(event.by, 60) if event.by else ""]
            parts += [f"search {event.search}"] if event.search else []
            parts += ["taken back"] if event.undone else []
            fill(
                self._column,
                Text(event.say, "body", "secondary" if event.undone else "text"),
                Text(" · ".join(part for part in parts if part), "caption", "secondary"),
                8,
            )
        if len(events) > SHOWN:
            self._column.addWidget(Text(f"and {len(events) - SHOWN:,} older ones", "caption", "secondary"))

    def _fail(self, error: object) -> None:
        self._let_go()
        self._say(sentence_of(error) or "The history could not be read.")

    def _say(self, sentence: str) -> None:
        self._clear()
        self._column.addWidget(Text(sentence, "body", "secondary"))

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class ProofBlock(Surface):
    """What shows that a row is gone: the result, then who marked it, the decision and the last address."""

    def __init__(self, proof: RemovalProof) -> None:
        super().__init__("neutral_fill", shape="sunken")
        sign = SignMark("check" if proof.shown else "question", "done_ink" if proof.shown else "secondary")
        title = Text("Searches since then did not see it" if proof.shown else "Not shown yet that it is gone", "strong")
        line = row((sign, 0, Qt.AlignmentFlag.AlignTop), (title, 1), gap=10)
        self._words = as_text(proof)
        copy = Button("Copy", "quiet", "copy", then=lambda: QGuiApplication.clipboard().setText(self._words))
        copy.setAccessibleName(f"Copy what shows that {clean(proof.ref)} is gone")
        layout = column(line, 6, margins=(14, 12, 14, 8), of=self)
        for sentence in proof.say:
            fill(layout, Text(sentence, "caption"), 4)
        layout.addLayout(row(copy, None))


def as_text(proof: RemovalProof) -> str:
    """The proof as lines to paste into a letter."""
    days = [f"Search {number}, {long_date(at)}: not seen" for number, at in proof.searches]
    return "\n".join([clean(proof.ref), *proof.say, *days])
