"""A report as an OpenDocument text that a person edits: no macros, no author, nothing of the computer it was made on."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from xml.sax.saxutils import escape

from odfdo import Document, Element, Frame, Header, HeaderRows, Link, List, ListItem, Paragraph, Span, Table

from camcensus.model import blocks as of
from camcensus.model.pictures import Picture
from camcensus.report.odt.style import (
    BAR,
    BOXES,
    BULLETS,
    CELL,
    CELL_HEAD,
    CELL_SECOND,
    DEVICE_TEXT,
    INK,
    LINE,
    LINK_TEXT,
    LISTED_TEXT,
    LOOKS,
    STRONG,
    key,
    styles_xml,
)
from camcensus.report.packed import packed_anew
from camcensus.report.unpaged import LANGUAGE, Simple, facts_in, in_order, leads_to, shown, widths_mm

_SHORT_MM, _LONG_MM, _MARGIN_MM = 210, 297, 18
_POINTS_MM = 25.4 / 72
MEDIA = "application/vnd.oasis.opendocument.text"
_NEWER, _VERSION = b'office:version="1.4"', b'office:version="1.3"'
"""What the library writes, and what programs of the last years read; nothing here is newer."""
_EMPTY = ("Configurations2/", "Thumbnails/", "manifest.rdf", "settings.xml")
"""What the library brings along and no report needs."""


def write_odt(document: of.ReportDocument) -> bytes:
    """The report as the bytes of a file. The same report gives the same bytes."""
    made = Document("text")
    made.body.clear()
    writer = _TextWriter(made, document)
    writer.write()
    file = io.BytesIO()
    made.save(file)
    head = f'<text:p text:style-name="Header">{escape(shown(f"{document.organisation} · {document.handling}"))}</text:p>'
    lines = " · ".join(line for line in (document.foot[0], document.foot[1], document.kind) if line)
    page = '<text:page-number text:select-page="current">1</text:page-number>'
    foot = f'<text:p text:style-name="Footer">{escape(shown(lines))} · Page {page}</text:p>'
    media = dict.fromkeys(("content.xml", "styles.xml", "meta.xml"), "text/xml") | writer.media
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in media.items()
    )
    return packed_anew(
        file.getvalue(),
        without=_EMPTY,
        instead={
            "content.xml": made.content.serialize().replace(_NEWER, _VERSION, 1),
            "styles.xml": styles_xml(head, foot, landscape=document.landscape),
            "meta.xml": _about(document),
            "META-INF/manifest.xml": (
                '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest manifest:version="1.3"'
                ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry'
                f' manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA}"/>{listed}</manifest:manifest>'
            ).encode(),
        },
    )


def _about(document: of.ReportDocument) -> bytes:
    """What programs show of the file: its title, its language and when it was made, all of which it says itself."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta office:version="1.3"'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f"><office:meta><dc:title>{escape(shown(document.title))}</dc:title><dc:language>{LANGUAGE}</dc:language>"
        f"<dc:date>{document.made_at:%Y-%m-%dT%H:%M:%S}</dc:date></office:meta></office:document-meta>"
    ).encode()


class _TextWriter:
    """Writes blocks in order; a table and a picture are called as the heading over them."""

    def __init__(self, made: Document, document: of.ReportDocument) -> None:
        self._made, self._document = made, document
        self._body = made.body
        self._heading = ""
        self._numbers = itertools.count(1)
        self.media: dict[str, str] = {}
        """What kind of file each picture is, by its place in the document."""
        styles = made.content.get_element("//office:automatic-styles")
        if styles is None:
            raise TypeError("no automatic styles in the library's own document")
        styles.clear()
        self._styles = styles
        self._room_mm = (_LONG_MM if document.landscape else _SHORT_MM) - 2 * _MARGIN_MM

    def write(self) -> None:
        """Writes the report into the document."""
        padding = 'fo:padding="1.2mm"'
        for name, line in (("Cell", f"0.5pt solid {LINE}"), ("Head", f"1.2pt solid {INK}"), ("Total", f"1.2pt solid {INK}")):
            edge = "top" if name == "Total" else "bottom"
            self._style(
                f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties {padding}'
                f' fo:border-{edge}="{line}"/></style:style>'
            )
        for level in (1, 2, 3):
            self._style(
                f'<style:style style:name="H{level}" style:family="paragraph" style:parent-style-name="Heading_20_{level}">'
                '<style:paragraph-properties fo:break-before="page"/></style:style>'
            )
        for block in in_order(self._document.blocks):
            self.block(block)

    def _style(self, xml: str) -> None:
        self._styles.append(Element.from_tag(xml))

    def block(self, block: Simple) -> None:
        """Writes one block at the end."""
        match block:
            case of.Heading():
                self._heading = block.text
                style = f"H{block.level}" if block.new_page else key(f"Heading {block.level}")
                heading = Header(block.level)
                heading.set_attribute("text:style-name", style)
                heading.append_plain_text(shown(block.text))
                self._body.append(heading)
            case of.Prose():
                made = _paragraph(block.text, LOOKS[block.look][0] + (BAR if block.bar else ""))
                if block.key:
                    mark = Element.from_tag("<text:bookmark/>")
                    mark.set_attribute("text:name", block.key.removeprefix("#"))
                    made.append(mark)
                self._body.append(made)
            case of.Bullets():
                self._list(block.items, BOXES if block.boxes else BULLETS)
            case of.TableBlock():
                self._table(block)
            case of.Chart():
                self._body.append(_paragraph(block.alt, LOOKS["body"][0]))
            case of.PhotoBlock():
                self._picture(block.picture, block.alt, block.highest)
            case of.PinnedPlan():
                self._picture(block.picture, block.alt, self._room_mm / _POINTS_MM)
            case of.LabelPage():
                self._list([[of.Strong(one.ref), f" {', '.join(one.under)}"] for one in block.labels], BULLETS)

    def _list(self, items: Sequence[of.Text], style: str) -> None:
        made = List(style=style)
        for item in items:
            one = ListItem()
            one.append(_paragraph(item, "List Item"))
            made.append(one)
        self._body.append(made)

    def _picture(self, picture: Picture, alt: str, highest: float) -> None:
        scale = min(highest / picture.height, self._room_mm / _POINTS_MM / picture.width)
        where = self._made.add_file(io.BytesIO(picture.data))
        size = (f"{picture.width * scale:.1f}pt", f"{picture.height * scale:.1f}pt")
        frame = Frame.image_frame(where, name=f"Picture {next(self._numbers)}", size=size, anchor_type="as-char")
        frame.svg_title = shown(alt)
        self.media[where] = picture.media
        paragraph = Paragraph(style=key(LOOKS["body"][0]))
        paragraph.append(frame)
        self._body.append(paragraph)

    # -- tables

    def _table(self, block: of.TableBlock) -> None:
        number = next(self._numbers)
        made = Table(f"Table {number}", style=f"Table{number}")
        self._style(
            f'<style:style style:name="Table{number}" style:family="table"><style:table-properties table:align="margins"'
            f' style:width="{self._room_mm}mm" fo:margin-bottom="3mm"/></style:style>'
        )
        for at, width in enumerate(widths_mm(block, self._room_mm)):
            self._style(
                f'<style:style style:name="Table{number}.{at}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width:.1f}mm"/></style:style>'
            )
            made.append(Element.from_tag(f'<table:table-column table:style-name="Table{number}.{at}"/>'))
        title = Element.from_tag("<table:title/>")
        title.text = shown(self._heading) or "Table"
        made.insert(title, position=0)  # columns are put before what is there; the schema wants the title first
        self._style(
            f'<style:style style:name="Table{number}.row" style:family="table-row"><style:table-row-properties'
            f' style:min-row-height="{block.to_write:g}pt" fo:keep-together="always"/></style:style>'
        )
        if block.head:
            head = HeaderRows()
            head.append(_row(block, of.Row([column.head for column in block.columns]), "", head=True))
            made.append(head)
        for row in block.rows:
            made.append(_row(block, row, f"Table{number}.row", head=False))
        self._body.append(made)
        if block.note:
            self._body.append(_paragraph(block.note, LOOKS["note"][0]))


def _row(block: of.TableBlock, row: of.Row, style: str, *, head: bool) -> Element:
    made = Element.from_tag("<table:table-row/>")
    if style:
        made.set_attribute("table:style-name", style)
    at = 0
    for number, (cell, span) in enumerate(zip(row.cells, row.spans(len(block.columns)), strict=True)):
        strong = not head and (row.kind in ("total", "group") or (number == 0 and block.row_heads))
        one = Element.from_tag('<table:table-cell office:value-type="string"/>')
        one.set_attribute("table:style-name", "Head" if head else "Total" if row.kind == "total" else "Cell")
        figures = span == 1 and block.columns[at].figures
        _fill(one, cell, head=head, strong=strong, figures=figures)
        if span > 1:
            one.set_attribute("table:number-columns-spanned", str(span))
        made.append(one)
        for _ in range(span - 1):
            made.append(Element.from_tag("<table:covered-table-cell/>"))
        at += span
    return made


def _fill(where: Element, cell: of.Cell, *, head: bool, strong: bool, figures: bool) -> None:
    usual = ("Heading amount" if figures else CELL_HEAD) if head else "Cell amount" if figures else CELL
    for fact in facts_in(cell) or [of.Fact("")]:
        looks = {"mono": DEVICE_TEXT, "listed": LISTED_TEXT, "strong": STRONG}
        look = looks.get(fact.look) or (STRONG if strong and fact.look == "normal" else "")
        text: of.Text = fact.text
        if fact.mark == "box":
            text = ["☐ ", *([text] if isinstance(text, str) else text)]
        where.append(_paragraph(text, CELL_SECOND if fact.look == "second" and not figures else usual, look))


# -- text


def _paragraph(text: of.Text, style: str, look: str = "") -> Paragraph:
    made = Paragraph(style=key(style))
    for piece in [text] if isinstance(text, str) else text:
        words = shown(piece if isinstance(piece, str) else piece.text)
        url = leads_to(piece)
        if url:
            link = Link(url, text=words, style=key(LINK_TEXT))
            link.set_attribute("xlink:type", "simple")
            made.append(link)
            continue
        letters = STRONG if isinstance(piece, of.Strong) else look
        if letters:
            span = Span(style=key(letters))
            span.append_plain_text(words)
            made.append(span)
        else:
            made.append_plain_text(words)
    return made
