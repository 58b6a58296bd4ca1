"""What a report is made of, as values: headings, paragraphs, lists, tables, figures. They know no page and no font.

A writer turns them into a file. What a block means is in its fields; the few that are about room (`close`, `spacing`, `before`,
`after`, `to_write`) are wishes for paper, which another writer may pass by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY
from datetime import datetime
from typing import Literal

from camcensus.model import frozen
from camcensus.model.pictures import Picture

# -- text


@frozen
class Strong:
    """A piece of text in bold."""

    text: str


@frozen
class Link:
    """A piece of text that leads to a web address."""

    text: str
    url: str


@frozen
class Foreign:
    """A piece that holds an address which somebody else sent. Many programs would open it when it is clicked.

    It leads to `TOLD` in the same report and nowhere else.
    """

    text: str


@frozen
class OnPage:
    """ " (page 7)" on paper, where the heading of these words is on page 7; nothing where there are no pages or no heading."""

    heading: str
    text: str = ""


Piece = str | Strong | Link | Foreign | OnPage
Text = str | Sequence[Piece]
"""Words as they are: there is no markup in them."""

TOLD = "#foreign-addresses"
"""Where a report says that addresses sent by devices are printed and not opened (`Prose(key=TOLD)`)."""
_ADDRESS = re.compile(r"\S*(?:https?://|www\.[a-z0-9-]|[\w.+-]@[\w-])\S*", re.IGNORECASE)


def disarmed(text: str) -> Sequence[Piece]:
    """The text with whatever looks like a web or mail address as a foreign piece."""
    pieces: list[Piece] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        pieces += [text[at : found.start()], Foreign(found.group())]
        at = found.end()
    return [piece for piece in [*pieces, text[at:]] if piece]


def plain(text: Text) -> str:
    """The words alone."""
    return text if isinstance(text, str) else "".join(piece if isinstance(piece, str) else piece.text for piece in text)


# -- headings, paragraphs, lists

Look = Literal["body", "note", "subtitle", "lead", "ask", "verdict", "opening"]
"""What a paragraph is: "ask" what the reader is asked for; "lead", "verdict" and "opening" are larger than the body."""


@frozen
class Heading:
    """A heading of level 1 to 3, also in the outline. `close` where much is on one page."""

    text: str
    level: int
    _: KW_ONLY
    new_page: bool = False
    close: bool = False


@frozen
class Prose:
    """A paragraph. `bar` marks the sentence that matters; links to `key` ("#…") lead to it. `close` where much is on one page.

    `before` and `after` are points of white around it on paper.
    """

    text: Text
    look: Look = "body"
    _: KW_ONLY
    before: float = 0
    after: float = 7
    bar: bool = False
    keeps_next: bool = False
    key: str = ""
    close: bool = False


@frozen
class Bullets:
    """A list; `boxes` to tick instead of bullets. `close` where much is on one page."""

    items: Sequence[Text]
    _: KW_ONLY
    boxes: bool = False
    close: bool = False


# -- tables

Mark = Literal["confirmed", "almost-certain", "likely", "possible", "conflicting", "unknown", "box"]
"""A small shape before a fact. A word always follows, so it is decoration; "box" is to be ticked."""
Spacing = Literal["open", "tight", "writing", "close", "dense"]
"""How much room there is around the text of a row, or from bar to bar; "dense" rows are small."""
FactLook = Literal["normal", "second", "strong", "listed", "mono", "figure"]


@frozen
class Fact:
    """One of the facts stacked in a cell. `mono` is what a device sent."""

    text: Text
    look: FactLook = "normal"
    mark: Mark | None = None


Cell = str | Fact | Sequence[Fact]
RowKind = Literal["body", "total", "pick", "group"]


@frozen
class Row:
    """Cells of one row. "total" adds up the rows above it, "pick" is the recommended one, "group" says what the rows below it
    share. `span` widens the first cell; where there are fewer cells than columns, the last is wider."""

    cells: Sequence[Cell]
    kind: RowKind = "body"
    span: int = 1

    def spans(self, columns: int) -> list[int]:
        """How many of so many columns each cell takes."""
        each = [self.span, *[1] * (len(self.cells) - 1)]
        each[-1] += columns - sum(each)
        return each


@frozen
class Column:
    """A column: its head, its share of what figures leave over, and whether it holds figures.

    `longest` is the part of the table up to which its longest word is not broken.
    """

    head: str
    share: float = 1
    figures: bool = False
    longest: float = 1 / 4


@frozen
class TableBlock:
    """A table; the first cell of a row heads it, unless `row_heads` is False. `head=False` for names and values.

    `note` stays under it. `like` are rows of other tables that shall have the same columns. `to_write` is the least height of a
    row in points, room to write by hand. `whole` is for a table that is not parted where a page has room for it. `lines` is
    the most of a cell, 0 for all.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    _: KW_ONLY
    head: bool = True
    note: Text = ""
    row_heads: bool = True
    like: Sequence[Row] = ()
    spacing: Spacing = "open"
    to_write: float = 0
    whole: bool = False
    lines: int = 0


def key_facts(
    facts: Sequence[tuple[str, Cell]],
    share: float = 3,
    *,
    spacing: Spacing = "open",
    to_write: float = 0,
    whole: bool = False,
) -> TableBlock:
    """A table of names and values; the values have `share` times the room of the names."""
    columns, rows = [Column("", 1), Column("", share)], [Row([name, value]) for name, value in facts]
    return TableBlock(columns, rows, head=False, spacing=spacing, to_write=to_write, whole=whole)


# -- figures

PinState = Literal["listed", "based", "checking", "replace", "separate", "remove", ""]
"""A mark that tells pins apart in black and white: of a listed maker, based in China, to be checked; what a plan does; none."""


@frozen(kw_only=True)
class PlanPin:
    """A pin: `x` and `y` from 0 to 1 of the picture; `state` is what the floor or the plan says of it."""

    label: str
    state: PinState
    x: float
    y: float
    walked: bool


@frozen
class PinnedPlan:
    """The picture of a floor with its pins; a table after it says the same."""

    picture: Picture
    pins: Sequence[PlanPin]
    alt: str


@frozen
class StickyLabel:
    """A label to stick on: its ref, what is under it, and what its QR code holds."""

    ref: str
    under: Sequence[str]
    code: str


@frozen
class LabelPage:
    """A sheet of labels at their exact places on the paper."""

    labels: Sequence[StickyLabel]


# -- what holds blocks


@frozen
class OnePage:
    """Ways to say the same, the fullest first: the first that fits a page, else the last, is the report's, in every format.

    One that `follows` another says what goes with the way that is the other's, of as many.
    """

    ways: Sequence[Sequence[Block]]
    follows: OnePage | None = None


Block = Heading | Prose | Bullets | TableBlock | PinnedPlan | LabelPage | OnePage


@frozen(kw_only=True)
class ReportDocument:
    """A report. `handling` says who may see it; the two `foot` lines say what it is made from, on every page."""

    title: str
    kind: str
    organisation: str
    handling: str
    foot: tuple[str, str]
    made_at: datetime
    blocks: Sequence[Block]
    landscape: bool = False
