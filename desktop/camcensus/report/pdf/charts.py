"""Bars on paper that tell apart in grey too: full, light, hatched, dashed, dotted. One figure in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from camcensus.model.blocks import Chart, Spacing
from camcensus.report.pdf.ink import ACCENT, CELL, CELL_SECOND, INK, PALE, SECOND, Style, fill, stroke
from camcensus.report.pdf.laid import LaidBlock
from camcensus.report.pdf.tags import Node, TaggedCanvas
from camcensus.report.pdf.text import TextLine, Typesetter, baseline, paint_line

ROW, BAR = 23.2, 15.0
ROWS: dict[Spacing, float] = {"open": ROW, "tight": 19.0, "close": 17.0}
"""Points from one bar to the next."""
LEGEND, LEGEND_LINE = 20.0, 14.0
WHOLE, FEWEST = 0.7, 4
"""Part of a page up to which a chart is kept whole, and bars that a page of a longer one has at least."""
KEY, KEY_GAP = 14.0, 20.0
"""Points from a key's sample to its word, and from one key to the next."""


class LaidChart(LaidBlock):
    """Stacked bars with their totals. It stays with what follows it, its table; one that is nearly a page flows over pages."""

    after = 6

    def __init__(self, chart: Chart) -> None:
        bars, steps = chart.bars, chart.steps
        self.chart, self._widest = chart, max(1, *(bar.total for bar in bars))
        self.bars, self.alt, self.steps_named, self._totals = bars, chart.alt, steps, chart.amounts
        self.labels, self.row = chart.labels, ROWS[chart.spacing]
        self.bar = BAR * self.row / ROW
        self.keys = [step for step in range(len(steps)) if any(bar.counts[step] for bar in bars)] if chart.legend else []

    def set(self, typesetter: Typesetter, width: float, page_height: float) -> None:
        self._typesetter, self._width = typesetter, width
        self._zero = width * self.labels
        style = CELL.strong()
        self._room = 8 + max((typesetter.fonts.width(text, style.face, style.size) for text in self._totals), default=0)
        self._legend = self._keys()
        self._top = LEGEND + LEGEND_LINE * (len(self._legend) - 1) if self._legend else 0.0
        self.height = self._top + self.row * len(self.bars) + 2
        self._page_height = page_height
        self.keeps_next = self.height <= page_height * WHOLE

    @property
    def least(self) -> float:
        return self.height if self.keeps_next else min(self.height, self._top + self.row * FEWEST)

    def split(self, room: float) -> tuple[LaidBlock, LaidBlock] | None:
        number = int((room - self._top - 2) // self.row)
        if self.keeps_next or not FEWEST <= number < len(self.bars):
            return None
        first, rest = self._part(slice(number), self.alt), self._part(slice(number, None), "The same bar chart, continued.")
        return first, rest

    def _part(self, bars: slice, alt: str) -> LaidChart:
        part = LaidChart(replace(self.chart, bars=self.bars[bars], amounts=self._totals[bars], alt=alt))
        part._widest = self._widest
        part.set(self._typesetter, self._width, self._page_height)
        return part

    def _keys(self) -> list[list[tuple[int, float]]]:
        """Lines of keys, each step with its distance from the left: over the bars, from the edge where they are many."""
        fonts, style = self._typesetter.fonts, CELL_SECOND
        wide = {
            step: KEY + fonts.width(fonts.printable(self.steps_named[step], style.face), style.face, style.size)
            for step in self.keys
        }
        start = self._zero
        if start + sum(wide.values()) + KEY_GAP * (len(wide) - 1) > self._width:
            start = 0.0
        lines: list[list[tuple[int, float]]] = []
        x = start
        for step, room in wide.items():
            if not lines or x + room > self._width:
                lines.append([])
                x = start
            lines[-1].append((step, x))
            x += room + KEY_GAP
        return lines

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        box = f"{x:.1f} {top - self.height:.1f} {x + self._width:.1f} {top:.1f}"
        figure = Node("Figure", f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode(), alt=self.alt)
        canvas.root.add(figure, canvas.page)
        zero = x + self._zero
        unit = (self._width - self._zero - self._room) / self._widest
        with canvas.content(figure):
            for line, keys in enumerate(self._legend):
                for step, at in keys:
                    canvas.paint(_piece(step, x + at, top - LEGEND_LINE * line - 13, 10, 10))
                    self._text(canvas, self.steps_named[step], CELL_SECOND, x + at + KEY, top - LEGEND_LINE * line)
            y = top - self._top
            for bar, total in zip(self.bars, self._totals, strict=True):
                self._text(canvas, self._name(bar.name), CELL, x, y - (self.row - CELL.leading) / 2)
                end = zero
                for step, amount in enumerate(bar.counts):
                    if amount:
                        canvas.paint(_piece(step, end, y - (self.row + self.bar) / 2, amount * unit, self.bar))
                        end += amount * unit
                self._text(canvas, total, CELL.strong(), end + 6, y - (self.row - CELL.leading) / 2)
                y -= self.row
            canvas.paint(f"{stroke(INK)} .9 w {zero:.2f} {top - self._top + 1:.2f} m {zero:.2f} {y - 1:.2f} l S")

    def _name(self, name: str) -> str:
        """The name, cut with "…" where it is wider than its column."""
        fonts, room = self._typesetter.fonts, self._width * self.labels - 8
        name = fonts.printable(name, CELL.face)
        if fonts.width(name, CELL.face, CELL.size) <= room:
            return name
        while name and fonts.width(name + "…", CELL.face, CELL.size) > room:
            name = name[:-1]
        return name + "…"

    def _text(self, canvas: TaggedCanvas, text: str, style: Style, x: float, top: float) -> None:
        lines: Sequence[TextLine] = self._typesetter.lines(text, style, 1_000)
        if lines:
            paint_line(canvas, self._typesetter.fonts, lines[0].spans, x, top - baseline(style))


def _piece(step: int, x: float, y: float, width: float, height: float) -> str:
    """One stretch of a bar in the look of its step."""
    area = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    if step == 0:
        return f"q {fill(ACCENT)} {area} f Q"
    if step == 1:
        return f"q {fill(PALE)} {stroke(ACCENT)} .8 w {area} B Q"
    if step == 3:
        return f"q {stroke(SECOND)} .9 w [2.2 2.2] 0 d {area} S Q"
    if step == 4:
        rows = [f"{x:.2f} {y + height * part:.2f} m {x + width:.2f} {y + height * part:.2f} l S" for part in (0.2, 0.5, 0.8)]
        return f"q {area} W n {stroke(INK)} 1.6 w [1.6 2.4] 0 d {' '.join(rows)} Q q {stroke(INK)} .8 w {area} S Q"
    lines = []
    at = -height
    while at < width:
        lines.append(f"{x + at:.2f} {y:.2f} m {x + at + height:.2f} {y + height:.2f} l S")
        at += 3.2
    return f"q {area} W n {stroke(ACCENT)} .8 w {' '.join(lines)} Q q {stroke(ACCENT)} .8 w {area} S Q"
