"""A report as one HTML file: no script, nothing from elsewhere, readable by eye, by ear and on paper, light and dark.

It says what the PDF says, in one piece: of the ways to fit one page it takes the fullest. Widths and spacing are the browser's.
"""

from __future__ import annotations

import base64
from html import escape

from camcensus.model.blocks import (
    Bullets,
    Cell,
    Column,
    Fact,
    Heading,
    LabelPage,
    Piece,
    PinnedPlan,
    Prose,
    ReportDocument,
    Row,
    Strong,
    TableBlock,
    Text,
)
from camcensus.model.pictures import Picture
from camcensus.report.html.style import STYLE
from camcensus.report.unpaged import LANGUAGE, Simple, facts_in, in_order, leads_to, shown

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may load for it: nothing but what is in the file."""


def write_html(document: ReportDocument) -> bytes:
    """The report as the bytes of a file. The same report gives the same bytes."""
    body = "\n".join(map(_PageWriter().block, in_order(document.blocks)))
    return f"""<!DOCTYPE html>
<html lang="{LANGUAGE}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{_words(document.title)}</title>
<style>
{STYLE}</style>
</head>
<body{' class="wide"' if document.landscape else ""}>
<a class="skip" href="#report">Skip to the report</a>
<header><p><strong>{_words(document.organisation)}</strong></p><p>{_words(document.handling)}</p></header>
<main id="report" tabindex="-1">
{body}
</main>
<footer><p>{_words(document.foot[0])}</p><p>{_words(document.foot[1])}</p><p>{_words(document.kind)}</p></footer>
</body>
</html>
""".encode()


class _PageWriter:
    """Writes blocks in order; a table is called as the heading over it."""

    def __init__(self) -> None:
        self._heading = ""

    def block(self, block: Simple) -> str:
        """A block as HTML."""
        match block:
            case Heading():
                self._heading = block.text
                return f"<h{block.level}>{_words(block.text)}</h{block.level}>"
            case Prose():
                key = f' id="{escape(block.key.removeprefix("#"))}"' if block.key else ""
                return f'<p class="{block.look}{" bar" if block.bar else ""}"{key}>{_text(block.text)}</p>'
            case Bullets():
                items = "".join(f"<li>{_text(item)}</li>" for item in block.items)
                return f"<ul{' class="boxes"' if block.boxes else ''}>{items}</ul>"
            case TableBlock():
                return self._table(block)
            case PinnedPlan():
                return _plan(block)
            case LabelPage():
                labels = (f"<li><strong>{_words(one.ref)}</strong> {_words(', '.join(one.under))}</li>" for one in block.labels)
                return f"<ul>{''.join(labels)}</ul>"

    def _table(self, table: TableBlock) -> str:
        """The table in a frame of its own that can be scrolled, by keys too, where it is wider than the window."""
        heads = "".join(
            f'<th scope="col"{_figures(column)}>{_words(column.head)}</th>' if column.head else "<td></td>"
            for column in table.columns
        )
        head = f"<thead><tr>{heads}</tr></thead>" if table.head else ""
        rows = "".join(_row(table, row) for row in table.rows)
        note = f'<p class="note">{_text(table.note)}</p>' if table.note else ""
        named = f' role="group" aria-label="{escape(shown(self._heading) or "Table")}" tabindex="0"'
        return f'<div class="table"{named}><table class="{table.spacing}">{head}<tbody>{rows}</tbody></table></div>{note}'


def _row(table: TableBlock, row: Row) -> str:
    cells, at = [], 0
    for number, (cell, span) in enumerate(zip(row.cells, row.spans(len(table.columns)), strict=True)):
        column = table.columns[at]
        at += span
        wide = f' colspan="{span}"' if span > 1 else ""
        said = _cell(cell)
        if number == 0 and table.row_heads and said and row.kind != "group":
            cells.append(f'<th scope="row"{wide}>{said}</th>')
        else:
            cells.append(f"<td{wide}{_figures(column)}>{said}</td>")
    room = f' style="height:{table.to_write:g}pt"' if table.to_write and row.kind != "total" else ""
    kind = f' class="{row.kind}"' if row.kind != "body" else ""
    return f"<tr{kind}{room}>{''.join(cells)}</tr>"


def _figures(column: Column) -> str:
    return ' class="figures"' if column.figures else ""


def _cell(cell: Cell) -> str:
    return _words(cell) if isinstance(cell, str) else "".join(map(_fact, facts_in(cell)))


def _fact(fact: Fact) -> str:
    mark = f'<span class="mark {fact.mark}" aria-hidden="true"></span>' if fact.mark else ""
    return f'<div class="{fact.look}">{mark}{_text(fact.text)}</div>'


def _plan(plan: PinnedPlan) -> str:
    pins = (
        f'<span class="pin {pin.state}{"" if pin.walked else " open"}" style="left:{100 * pin.x:.2f}%;top:{100 * pin.y:.2f}%">'
        f"{_words(pin.label)}</span>"
        for pin in plan.pins
    )
    image = _image(plan.picture)
    return f'<figure role="img" aria-label="{escape(shown(plan.alt))}" class="plan">{image}{"".join(pins)}</figure>'


def _image(picture: Picture) -> str:
    data = base64.b64encode(picture.data).decode()
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<img alt="" {size} src="data:{picture.media};base64,{data}">'


# -- text


def _text(text: Text) -> str:
    return "".join(_piece(piece) for piece in ([text] if isinstance(text, str) else text))


def _piece(piece: Piece) -> str:
    if isinstance(piece, str):
        return _words(piece)
    words = _words(piece.text)
    if isinstance(piece, Strong):
        return f"<strong>{words}</strong>"
    url = leads_to(piece)
    return f'<a href="{escape(url)}">{words}</a>' if url else words


def _words(text: str) -> str:
    return escape(shown(text)).replace("\n", "<br>")
