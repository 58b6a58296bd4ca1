"""Words into lines, and lines onto the page. There is no markup: each piece of a text is drawn as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from camcensus.model import frozen
from camcensus.model.blocks import TOLD, Foreign, Link, Strong, Text
from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.ink import Style, fill
from camcensus.report.pdf.pulse import Pulse
from camcensus.report.pdf.tags import Node, TaggedCanvas

BREAK_AFTER = "-/.:_,&?="
"""Where a word wider than its column may be parted; anywhere, if it has none of these."""


FOREIGN_SAYS = "An address that a device sent. It is not opened from here."


@frozen
class Span:
    """Letters of one look, `x` points into the line."""

    x: float
    text: str
    style: Style
    url: str | None
    width: float


@frozen
class TextLine:
    """A line as wide as `width` points."""

    spans: tuple[Span, ...]
    width: float
    leading: float


@dataclass(slots=True)
class _Word:
    """Fragments with no space between them, and the line end before them."""

    fragments: list[tuple[str, Style, str | None]] = field(default_factory=list)
    breaks: bool = False


class Typesetter:
    """Wraps text; what was wrapped once is not wrapped again (makers, places and dates repeat)."""

    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.pulse = Pulse()
        self.alike: dict[tuple[object, ...], tuple[object, frozenset[int], list[float]]] = {}
        self._done: dict[tuple[Text, Style, float], tuple[TextLine, ...]] = {}

    def lines(self, text: Text, style: Style, room: float) -> tuple[TextLine, ...]:
        """The lines of `text` in a column `room` points wide; "\\n" ends a line. An empty text has none."""
        key = (text if isinstance(text, str) else tuple(text), style, room)
        lines = self._done.get(key)
        if lines is None:
            lines = tuple(self._wrap(self._words(key[0], style, room), style, room))
            self._done[key] = lines
        return lines

    def _words(self, text: Text, style: Style, room: float) -> list[_Word]:
        words = [_Word()]
        for piece in [text] if isinstance(text, str) else text:
            look = style.strong() if isinstance(piece, Strong) else style.link() if isinstance(piece, Link) else style
            url = piece.url if isinstance(piece, Link) else TOLD if isinstance(piece, Foreign) else None
            letters = self.fonts.printable(piece if isinstance(piece, str) else piece.text, look.face)
            for row, part in enumerate(letters.split("\n")):
                for number, word in enumerate(part.split(" ")):
                    if number or row:
                        words.append(_Word(breaks=number == 0))
                    if not word:
                        continue
                    for broken, fragment in enumerate(self._fitting(word, look, room)):
                        if broken:
                            words.append(_Word())
                        words[-1].fragments.append((fragment, look, url))
        return words

    def _fitting(self, word: str, style: Style, room: float) -> list[str]:
        """The word in parts that fit the column."""
        if self.fonts.width(word, style.face, style.size) <= room:
            return [word]
        parts, current = [], ""
        for letter in word:
            while current and self.fonts.width(current + letter, style.face, style.size) > room:
                at = max(current.rfind(mark) for mark in BREAK_AFTER) + 1
                if not 0 < at < len(current):
                    at = len(current)
                parts.append(current[:at])
                current = current[at:]
            current += letter
        return [*parts, current]

    def _wrap(self, words: list[_Word], style: Style, room: float) -> list[TextLine]:
        lines: list[TextLine] = []
        row: list[_Word] = []
        wide = 0.0
        space = self.fonts.width(" ", style.face, style.size)
        for word in words:
            if word.breaks and row:
                lines.append(self._line(row, style))
                row, wide = [], 0.0
            if not word.fragments:
                continue
            width = sum(self.fonts.width(text, look.face, look.size) for text, look, _ in word.fragments)
            if row and wide + space + width > room + 0.01:
                lines.append(self._line(row, style))
                row, wide = [], 0.0
            wide += width + (space if row else 0)
            row.append(word)
        if row:
            lines.append(self._line(row, style))
        return lines

    def _line(self, row: list[_Word], style: Style) -> TextLine:
        """Words joined; each line ends in a space, else a reader hears "replace17" across its end."""
        spans: list[Span] = []
        x = 0.0
        for word in row:
            for text, look, url in word.fragments:
                width = self.fonts.width(text, look.face, look.size)
                last = spans[-1] if spans else None
                if last is not None and last.style == look and last.url == url:
                    spans[-1] = Span(last.x, last.text + text, look, url, last.width + width)
                else:
                    spans.append(Span(x, text, look, url, width))
                x += width
            last = spans[-1]
            gap = self.fonts.width(" ", last.style.face, last.style.size)
            spans[-1] = Span(last.x, last.text + " ", last.style, last.url, last.width + gap)
            x += gap
        return TextLine(tuple(spans), x - gap, style.leading)

    def height(self, lines: Sequence[TextLine]) -> float:
        """How high the lines are together, in points."""
        return sum([line.leading for line in lines])


def baseline(style: Style) -> float:
    """How far below the top of its line the letters stand."""
    return (style.leading - style.size) / 2 + style.size * 0.87


def paint_line(canvas: TaggedCanvas, fonts: Fonts, spans: Sequence[Span], x: float, y: float) -> None:
    """Draws spans of one line with their feet at `y`."""
    code = ["BT"]
    for span in spans:
        code.append(f"{fill(span.style.colour)} 1 0 0 1 {x + span.x:.2f} {y:.2f} Tm")
        for name, letters in fonts.encode(span.text, span.style.face, canvas.document):
            code.append(f"{name} {span.style.size:g} Tf ({letters}) Tj")
    canvas.paint(" ".join([*code, "ET"]))


def draw_lines(
    canvas: TaggedCanvas,
    fonts: Fonts,
    lines: Sequence[TextLine],
    node: Node,
    *,
    x: float,
    top: float,
    right: float | None = None,
) -> None:
    """Draws lines below `top` as content of `node`, flush right at `right` where given. Links become elements of their own."""
    if not lines:
        return
    if not any(span.url for line in lines for span in line.spans):
        with canvas.content(node):
            for line in lines:
                left = x if right is None else right - line.width
                paint_line(canvas, fonts, line.spans, left, top - baseline(line.spans[0].style))
                top -= line.leading
        return
    flow: list[tuple[str | None, Span, float, float]] = []
    for line in lines:
        left = x if right is None else right - line.width
        flow += [(span.url, span, left, top - baseline(span.style)) for span in line.spans]
        top -= line.leading
    while flow:
        url = flow[0][0]
        end = next((at for at, item in enumerate(flow) if item[0] != url), len(flow))
        here, flow = flow[:end], flow[end:]
        target = node if url is None else node.add(Node("Link"), canvas.page)
        with canvas.content(target):
            for _, span, left, y in here:
                paint_line(canvas, fonts, [span], left, y)
        if url is not None:
            edges = [(left + span.x, y - 2, left + span.x + span.width, y + span.style.size) for _, span, left, y in here]
            box = (min(e[0] for e in edges), min(e[1] for e in edges), max(e[2] for e in edges), max(e[3] for e in edges))
            canvas.link(box, url, FOREIGN_SAYS if url == TOLD else f"Opens {url}", target)


def draw_furniture(
    canvas: TaggedCanvas, fonts: Fonts, lines: Sequence[TextLine], *, x: float, top: float, right: float | None = None
) -> None:
    """Draws lines that come again on each page and are not read out; flush right at `right` where it is given."""
    with canvas.artifact(repeated=True):
        for line in lines:
            left = x if right is None else right - line.width
            paint_line(canvas, fonts, line.spans, left, top - baseline(line.spans[0].style))
            top -= line.leading
