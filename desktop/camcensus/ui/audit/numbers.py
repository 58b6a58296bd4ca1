"""The four numbers at the head of a roll-up: who sent, who is missing, what is old, what is made by a listed maker."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import fitting
from camcensus.tasks.rollup.figures import Figures
from camcensus.tasks.rollup.section_rows import doubt_words
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.widgets import Text


class _Number(QWidget):
    def __init__(self, link: str = "", name: str = "") -> None:
        super().__init__()
        self.number = Text("–", "heading", wrap=False)
        self.words = Text("", "body", "secondary", wrap=False)
        self.link = LinkButton(link) if link else None
        if self.link is not None:
            self.link.setAccessibleName(name)
        row(self.number, self.words, *([self.link] if self.link is not None else []), gap=8, of=self)

    def say(self, number: str, words: str, *, lead: bool = False) -> None:
        self.number.setText(number)
        self.words.setText(words)
        if self.link is not None:
            self.link.setVisible(lead)


class AuditNumbers(QWidget):
    """Four in a line, on more lines where there is little room."""

    missing = Signal()
    old = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sent = _Number()
        self.away = _Number("See who", "See who is missing")
        self.aged = _Number("See which", "See which are older than 12 months")
        self.listed = _Number()
        assert self.away.link is not None
        assert self.aged.link is not None
        self.away.link.clicked.connect(self.missing)
        self.aged.link.clicked.connect(self.old)
        column(Flow(self.sent, self.away, self.aged, self.listed, gap=28, below=0), of=self)

    def show_figures(self, figures: Figures) -> None:
        """What was read."""
        totals = figures.totals
        old = sum("old" in one.flags for one in figures.bodies)
        counted = "" if totals.counted == totals.answered else f", {totals.counted:,} counted"
        if figures.ways is not None and figures.ways.replied > totals.answered:
            counted = f"{counted}; {figures.ways.replied - totals.answered:,} more answered without one"
        if totals.asked is None:
            bodies = "organisation" if totals.answered == 1 else "organisations"
            self.sent.say(f"{totals.answered:,}", f"{bodies} sent a record{counted}")
            self.away.say("–", "missing: load who was asked")
        else:
            self.sent.say(f"{totals.answered:,} of {totals.asked:,}", f"organisations sent a record{counted}")
            self.away.say(f"{len(figures.missing):,}", "missing", lead=bool(figures.missing))
        self.aged.say(f"{old:,}", "older than 12 months", lead=bool(old))
        beside = doubt_words(totals.listed, totals.listed_proven, totals.listed_most)
        words = f"{fitting(totals.listed, 'camera', 'cameras')} made by a listed maker"
        self.listed.say(f"{totals.listed:,}", f"{words}, {beside}" if beside else words)
