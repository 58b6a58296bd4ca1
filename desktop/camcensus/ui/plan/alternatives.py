"""The plan beside what else could be done, worked out with the same figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from camcensus.model.plan import Alternative
from camcensus.model.words import count, pounds
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import column, panel
from camcensus.ui.kit.ledger import Ledger
from camcensus.ui.kit.ledger_model import Cell, LedgerLine
from camcensus.ui.kit.parts import Scroll, card_of

WIDTH, NAMES, STACK_BELOW = 920, 130, 760
EDGES = 72
"""Width of a dialog that its edges and the bar of what is scrolled take."""


class _LedgerDialog(Dialog):
    """One table of sentences, and Close."""

    def __init__(self, parent: QWidget | None, title: str, lead: str, columns: tuple[ViewColumn, ...], *under: QWidget) -> None:
        super().__init__(parent, title, lead=lead, width=WIDTH)
        self.ledger = Ledger(columns, title, stack_below=STACK_BELOW)
        card = card_of(self.ledger)
        body = panel(column(card, 8, *under, None, margins=(0, 0, 8, 0)))
        scroll = Scroll(body, title)
        scroll.setMinimumHeight(theme.unless_large(380, 420))
        self.body.addWidget(scroll, 1)
        self.offer_close()
        self.ledger.setFocus()


class AlternativesDialog(_LedgerDialog):
    """The ways side by side; below one another where there is little width. Nothing is chosen here: it is for talking."""

    def __init__(self, ways: Sequence[Alternative], parent: QWidget) -> None:
        share = (WIDTH - EDGES - NAMES) // max(1, len(ways))
        columns = (
            ViewColumn("what", "", "text", NAMES),
            *(ViewColumn(f"way{at}", way.title, "text", 0 if at == 0 else share) for at, way in enumerate(ways)),
        )
        lead = "With your own costs, excluding VAT. Items without a price are left out of each sum."
        super().__init__(parent, "Compare alternatives", lead, columns)
        rows = (
            ("Cost", tuple(_cost(way) for way in ways), True),
            ("Each year", tuple(_years(way) for way in ways), False),
            ("What it means", tuple(way.means for way in ways), False),
            ("For it", tuple(way.good for way in ways), False),
            ("Recording", tuple(way.recording for way in ways), False),
            ("Risk", tuple(way.risk for way in ways), False),
            ("This plan", tuple("Yes" if way.planned else "" for way in ways), False),
        )
        self.ledger.set_lines(
            [
                LedgerLine(name, (Cell(name, strong=True), *(Cell(words, strong=strong) for words in said)))
                for name, said, strong in rows
                if any(said)
            ]
        )


def _cost(way: Alternative) -> str:
    return pounds(way.total.total) if way.total is not None else "Not priced"


def _years(way: Alternative) -> str:
    said = [f"{year.year}: {pounds(year.total)}" for year in way.years]
    bare = way.unpriced + way.unpriced_lines
    said += [f"{count(bare, 'item')} not priced"] if bare else []
    return "\n".join(said)
