"""Bars that tell apart in grey too: full, light, hatched, dashed. One figure, its numbers in words; a table is its twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camcensus.report.blocks import Block
from camcensus.report.ink import ACCENT, CELL, CELL_SECOND, INK, PALE, SECOND, Style, fill, stroke
from camcensus.report.tags import Node, TaggedCanvas
from camcensus.report.text import Line, Typesetter, baseline, paint_line

ROW, BAR = 23.2, 15.0
LEGEND = 24.0
LABELS = 0.216
"""The part of the width that names take."""
STEPS = ("Confirmed", "Almost certain", "Likely", "Not known")


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and its counts, one for each of `STEPS`."""

    name: str
    counts: tuple[int, int, int, int]

    @property
    def total(self) -> int:
        """The counts added up."""
        return sum(self.counts)


class BarChart(Block):
    """Stacked bars with their totals. `alt` says what they show, in words.

    Without `legend` the bars are of one kind. `labels` is the part of the width that names take, `row` the points from one bar
    to the next.
    """

    after = 6

    def __init__(self, bars: Sequence[Bar], alt: str, *, legend: bool = True, labels: float = LABELS, row: float = ROW) -> None:
        self.bars, self.alt, self.legend, self.labels = bars, alt, LEGEND if legend else 0.0, labels
        self.row, self.bar = row, BAR * row / ROW

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        del page_height
        self._typesetter, self._width = typesetter, width
        self.height = self.legend + self.row * len(self.bars) + 2

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        box = f"{x:.1f} {top - self.height:.1f} {x + self._width:.1f} {top:.1f}"
        figure = Node("Figure", f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode(), alt=self.alt)
        canvas.root.add(figure, canvas.page)
        zero = x + self._width * self.labels
        unit = (self._width * (1 - self.labels) - 34) / max(1, *(bar.total for bar in self.bars))
        with canvas.content(figure):
            if self.legend:
                self._legend(canvas, zero, top)
            y = top - self.legend
            for bar in self.bars:
                self._text(canvas, self._name(bar.name), CELL, x, y - (self.row - CELL.leading) / 2)
                end = zero
                for step, number in enumerate(bar.counts):
                    if number:
                        canvas.paint(_piece(step, end, y - (self.row + self.bar) / 2, number * unit, self.bar))
                        end += number * unit
                self._text(canvas, f"{bar.total:,}", CELL.strong(), end + 6, y - (self.row - CELL.leading) / 2)
                y -= self.row
            canvas.paint(f"{stroke(INK)} .9 w {zero:.2f} {top - self.legend + 1:.2f} m {zero:.2f} {y - 1:.2f} l S")

    def _legend(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for step, name in enumerate(STEPS):
            if not any(bar.counts[step] for bar in self.bars):
                continue
            canvas.paint(_piece(step, x, top - 13, 10, 10))
            width = self._text(canvas, name, CELL_SECOND, x + 14, top)
            x += 14 + width + 20

    def _name(self, name: str) -> str:
        """The name, cut with "…" where it is wider than its column."""
        fonts, room = self._typesetter.fonts, self._width * self.labels - 8
        name = fonts.printable(name, CELL.face)
        if fonts.width(name, CELL.face, CELL.size) <= room:
            return name
        while name and fonts.width(name + "…", CELL.face, CELL.size) > room:
            name = name[:-1]
        return name + "…"

    def _text(self, canvas: TaggedCanvas, text: str, style: Style, x: float, top: float) -> float:
        lines: Sequence[Line] = self._typesetter.lines(text, style, 1_000)
        paint_line(canvas, self._typesetter.fonts, lines[0].spans, x, top - baseline(style))
        return lines[0].width


def _piece(step: int, x: float, y: float, width: float, height: float) -> str:
    """One stretch of a bar in the look of its step."""
    area = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    if step == 0:
        return f"q {fill(ACCENT)} {area} f Q"
    if step == 1:
        return f"q {fill(PALE)} {stroke(ACCENT)} .8 w {area} B Q"
    if step == 3:
        return f"q {stroke(SECOND)} .9 w [2.2 2.2] 0 d {area} S Q"
    lines = []
    at = -height
    while at < width:
        lines.append(f"{x + at:.2f} {y:.2f} m {x + at + height:.2f} {y + height:.2f} l S")
        at += 3.2
    return f"q {area} W n {stroke(ACCENT)} .8 w {' '.join(lines)} Q q {stroke(ACCENT)} .8 w {area} S Q"
