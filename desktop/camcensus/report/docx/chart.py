"""A bar chart as a picture: bars that tell apart in grey too, with their names, their amounts and a key."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from camcensus.model.blocks import Bar, Chart
from camcensus.report.unpaged import shown

WIDE, ROW, BAR, TEXT = 1600, 52, 32, 26
"""Pixels."""
INK, ACCENT, PALE = "#1B1F24", "#0B4A8F", "#C5D6E8"
LABEL = 38
"""Letters of a name beside its bar."""


def chart_png(chart: Chart, fonts: Path) -> bytes:
    """The chart as PNG. Raises OSError where a font is missing."""
    font = ImageFont.truetype(fonts / "NotoSans-Regular.ttf", TEXT)
    steps = [at for at in range(len(chart.steps)) if chart.legend and any(bar.counts[at] for bar in chart.bars)]
    top = ROW if steps else 0
    picture = Image.new("RGB", (WIDE, top + ROW * len(chart.bars) + 8), "white")
    draw = ImageDraw.Draw(picture)
    x = 0.0
    for at in steps:
        _bar(draw, (x, 8.0, x + TEXT, 8.0 + TEXT), at)
        draw.text((x + TEXT + 10, 2), chart.steps[at], INK, font)
        x += TEXT + 50 + font.getlength(chart.steps[at])
    zero = max((font.getlength(_name(bar)) for bar in chart.bars), default=0) + 20
    end = max((font.getlength(amount) for amount in chart.amounts), default=0) + 20
    scale = (WIDE - zero - end) / max(1, *(bar.total for bar in chart.bars))
    for number, (bar, amount) in enumerate(zip(chart.bars, chart.amounts, strict=True)):
        y, x = float(top + number * ROW), zero
        draw.text((0, y), _name(bar), INK, font)
        for at, value in enumerate(bar.counts):
            if value:
                _bar(draw, (x, y, x + value * scale, y + BAR), at)
                x += value * scale
        draw.text((x + 12, y), amount, INK, font)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _name(bar: Bar) -> str:
    said = " ".join(shown(bar.name).split())
    return said if len(said) <= LABEL else f"{said[: LABEL - 1]}…"


def _bar(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], step: int) -> None:
    """Full, light, striped, empty, dotted."""
    left, top, right, bottom = box
    draw.rectangle(box, (ACCENT, PALE, "white", "white", "white")[step], ACCENT if step < 3 else INK, 2)
    if step in (2, 4):
        for x in range(int(left) + 6, int(right) - 2, 10):
            draw.line((x, top, x, bottom), ACCENT if step == 2 else INK, 2 if step == 2 else 1)
