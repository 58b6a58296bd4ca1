"""What to act on for one device: known flaws, its firmware, its support, each with what mends it and who says so."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.device import DOUBTS, URGENT
from camcensus.model.words import long_date
from camcensus.tasks.register.care import CareLine, FlawLine
from camcensus.ui.kit.buttons import Fold
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.links import source_link
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.widgets import Text


class CareSection(QWidget):
    """What is known in full, the most urgent first; what somebody has to look up is folded, with what to look up."""

    def __init__(self, lines: tuple[CareLine, ...], records: str = "") -> None:
        super().__init__()
        self._layout = column(Text("Flaws and support", "strong"), of=self)
        for line in lines:
            self._layout.addSpacing(10)
            if line.kind in DOUBTS:
                self._fold(line.title, self._words(line))
            else:
                ink = "listed_ink" if line.kind in URGENT else "text"
                sign = SignMark("to" if line.kind in URGENT else "dash", ink)
                fill(self._layout, row(sign, Text(line.title, "strong", ink, wrap=False), None), 2, self._words(line))
        if records:
            fill(self._layout, 6, Text(records, "body", "secondary"))

    def _words(self, line: CareLine) -> QWidget:
        whole = QWidget()
        layout = column(Text(line.why), 4, Text(line.mend), of=whole)
        if line.flaws:
            flaws = panel(column(*(self._flaw(flaw) for flaw in line.flaws), gap=10))
            flaws.hide()
            fold = Fold("See the flaw" if len(line.flaws) == 1 else f"See the {len(line.flaws):,} flaws")
            fold.toggled.connect(flaws.setVisible)
            fill(layout, 4, fold, flaws)
        elif (link := source_link(line.source.url if line.source else None)) is not None:
            layout.addWidget(link)
        return whole

    def _flaw(self, flaw: FlawLine) -> QWidget:
        whole = QWidget()
        layout = column(Text(flaw.title), 2, of=whole)
        if flaw.exploited:
            layout.addWidget(Text("Attackers are known to use it.", "body", "listed_ink"))
        if flaw.why:
            layout.addWidget(Text(flaw.why, "caption", "secondary"))
        if flaw.fixed_in:
            layout.addWidget(Text(f"Mended by: {flaw.fixed_in}", "caption", "secondary"))
        said = flaw.source
        if said is not None:
            when = f", {long_date(said.date)}" if said.date else ""
            layout.addWidget(Text(f"{flaw.id}, {said.publisher}{when}", "caption", "secondary"))
            if (link := source_link(said.url)) is not None:
                layout.addWidget(link)
        return whole

    def _fold(self, title: str, folded: QWidget) -> None:
        fold = Fold(title)
        folded.hide()
        fold.toggled.connect(folded.setVisible)
        fill(self._layout, fold, folded)
