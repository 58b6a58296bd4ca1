"""A report as a Word document that a person edits: no macros, no author, nothing of the computer it was made on."""

from __future__ import annotations

import io
import itertools

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from camcensus.model.blocks import (
    Bullets,
    Cell,
    Heading,
    LabelPage,
    PinnedPlan,
    Prose,
    ReportDocument,
    Row,
    Strong,
    TableBlock,
    Text,
)
from camcensus.report.docx.style import (
    BAR,
    BOXES,
    BULLETS,
    CELL,
    CELL_HEAD,
    CELL_SECOND,
    DEVICE_TEXT,
    FONT,
    LINK_TEXT,
    LISTED_TEXT,
    LOOKS,
    MONO,
    TABLE,
    set_styles,
)
from camcensus.report.packed import packed_anew
from camcensus.report.unpaged import LANGUAGE, Simple, facts_in, in_order, leads_to, shown, widths_mm

SHORT, LONG, MARGIN = Mm(210), Mm(297), Mm(15)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_SETTINGS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:settings {nsdecls("w")}><w:defaultTabStop w:val="720"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/></w:settings>'
).encode()

_FONTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}><w:font w:name="{FONT}">'
    f'<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font><w:font w:name="{MONO}"><w:family w:val="modern"/>'
    '<w:pitch w:val="fixed"/></w:font></w:fonts>'
).encode()


def write_docx(document: ReportDocument) -> bytes:
    """The report as the bytes of a file. The same report gives the same bytes."""
    made = docx.Document()
    set_styles(made)
    _set_page(made, document)
    writer = _WordWriter(made)
    for block in in_order(document.blocks):
        writer.block(block)
    about = made.core_properties
    about.author = about.last_modified_by = about.comments = ""
    about.title, about.language = shown(document.title), LANGUAGE
    about.created = about.modified = document.made_at.replace(tzinfo=None)
    for part in (made.part.package, made.part):
        for key, relationship in list(part.rels.items()):
            if relationship.reltype.endswith(("/thumbnail", "/customXml", "/stylesWithEffects", "/webSettings")):
                del part.rels[key]
    file = io.BytesIO()
    made.save(file)
    return packed_anew(
        file.getvalue(), instead={"docProps/app.xml": _APP, "word/settings.xml": _SETTINGS, "word/fontTable.xml": _FONTS}
    )


def _set_page(made: Document, document: ReportDocument) -> None:
    """The sheet, and the lines at its head and foot."""
    section = made.sections[0]
    sizes = (LONG, SHORT) if document.landscape else (SHORT, LONG)
    section.page_width, section.page_height = sizes
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Mm(8)
    section.header.paragraphs[0].text = shown(f"{document.organisation} · {document.handling}")
    lines = [line for line in (document.foot[0], document.foot[1], document.kind) if line]
    foot = section.footer.paragraphs[0]
    foot.text = shown(" · ".join(lines)) + " · Page "
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


class _WordWriter:
    """Writes blocks in order; a table and a picture are called as the heading over them."""

    def __init__(self, made: Document) -> None:
        self._made = made
        self._heading = ""
        self._numbers = itertools.count(1)
        section = made.sections[0]
        self._room = Length((section.page_width or SHORT) - 2 * MARGIN)

    def block(self, block: Simple) -> None:
        """Writes one block at the end."""
        match block:
            case Heading():
                self._heading = block.text
                heading = self._paragraph(block.text, f"Heading {block.level}")
                heading.paragraph_format.page_break_before = True if block.new_page else None
            case Prose():
                one = self._paragraph(block.text, LOOKS[block.look][0] + (BAR if block.bar else ""))
                one.paragraph_format.keep_with_next = True if block.keeps_next else None
                if block.key:
                    self._mark(one, block.key)
            case Bullets():
                for item in block.items:
                    self._paragraph(item, BOXES if block.boxes else BULLETS)
            case TableBlock():
                self._table(block)
            case PinnedPlan():
                scale = min(self._room / block.picture.height, self._room / block.picture.width)
                self._image(block.picture.data, block.alt, Length(int(block.picture.width * scale)))
            case LabelPage():
                for one_label in block.labels:
                    words = ", ".join(one_label.under)
                    self._paragraph([Strong(one_label.ref), f" {words}"], BULLETS)

    def _paragraph(self, text: Text, style: str) -> Paragraph:
        made = self._made.add_paragraph(style=style)
        self._write(made, text)
        return made

    def _mark(self, paragraph: Paragraph, key: str) -> None:
        """Makes the paragraph one that links in the document lead to."""
        number = str(next(self._numbers))
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for one in (begin, end):
            one.set(qn("w:id"), number)
        begin.set(qn("w:name"), _bookmark(key))
        paragraph._p.append(begin)
        paragraph._p.append(end)

    def _write(self, paragraph: Paragraph, text: Text, style: str | None = None) -> None:
        for piece in [text] if isinstance(text, str) else text:
            words = shown(piece if isinstance(piece, str) else piece.text)
            url = leads_to(piece)
            run = paragraph.add_run(words, style="Strong" if isinstance(piece, Strong) else LINK_TEXT if url else style)
            if url:
                link = OxmlElement("w:hyperlink")
                if url.startswith("#"):
                    link.set(qn("w:anchor"), _bookmark(url))
                else:
                    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
                paragraph._p.append(link)
                link.append(run._r)

    def _image(self, data: bytes, alt: str, wide: Length) -> None:
        paragraph = self._made.add_paragraph(style=LOOKS["body"][0])
        shape = paragraph.add_run().add_picture(io.BytesIO(data), width=wide)
        shape._inline.docPr.set("descr", shown(alt))
        shape._inline.docPr.set("name", f"Picture {next(self._numbers)}")

    # -- tables

    def _table(self, block: TableBlock) -> None:
        made = self._made.add_table(0, 0)
        made.style, made.autofit = TABLE, False
        for width in widths_mm(block, self._room.mm):
            made.add_column(Mm(width))
        _describe(made, shown(self._heading) or "Table", block)
        if block.head:
            self._row(made, block, Row([column.head for column in block.columns]), head=True)
        for row in block.rows:
            self._row(made, block, row, head=False)
        if block.to_write or block.whole:  # signatures stay together, with what is said over them
            for cell in (cell for row in made.rows[:-1] for cell in row.cells):
                for one in cell.paragraphs:
                    one.paragraph_format.keep_with_next = True
        after = self._paragraph(block.note, LOOKS["note"][0])  # Word needs a paragraph between two tables
        after.paragraph_format.space_before = Pt(2)

    def _row(self, made: Table, block: TableBlock, row: Row, *, head: bool) -> None:
        added = made.add_row()  # type: ignore[no-untyped-call]
        properties = added._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if block.to_write and not head and row.kind != "total":
            added.height = Pt(block.to_write)
        if head:
            properties.append(OxmlElement("w:tblHeader"))
        cells, at = added.cells, 0
        for number, (cell, span) in enumerate(zip(row.cells, row.spans(len(block.columns)), strict=True)):
            where = cells[at].merge(cells[at + span - 1]) if span > 1 else cells[at]
            strong = head or row.kind in ("total", "group") or (number == 0 and block.row_heads)
            self._cell(where, cell, head=head, strong=strong, figures=block.columns[at + span - 1].figures and span == 1)
            at += span

    def _cell(self, where: _Cell, cell: Cell, *, head: bool, strong: bool, figures: bool) -> None:
        paragraph: Paragraph | None = where.paragraphs[0]
        for fact in facts_in(cell):
            one = paragraph or where.add_paragraph()
            paragraph = None
            one.style = CELL_HEAD if head else CELL_SECOND if fact.look == "second" else CELL
            if figures:
                one.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            text: Text = fact.text
            if fact.mark == "box":
                text = ["☐ ", *([text] if isinstance(text, str) else text)]
            look = {"mono": DEVICE_TEXT, "listed": LISTED_TEXT, "strong": "Strong"}.get(fact.look)
            self._write(one, text, look or ("Strong" if strong and not head and fact.look == "normal" else None))
        if paragraph is not None:
            paragraph.style = CELL_HEAD if head else CELL


def _describe(made: Table, name: str, block: TableBlock) -> None:
    """Says which cells are heads, and what the table is of, for those who do not see it."""
    properties: BaseOxmlElement = made._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    head, rows, total = int(block.head), int(block.row_heads), int(bool(block.rows) and block.rows[-1].kind == "total")
    look = f'w:val="{0x600 | 0x20 * head | 0x40 * total | 0x80 * rows:04X}" w:firstRow="{head}" w:firstColumn="{rows}"'
    others = f'w:lastRow="{total}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    properties.append(parse_xml(f"<w:tblLook {nsdecls('w')} {look} {others}/>"))
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), name)
    properties.append(caption)


def _bookmark(key: str) -> str:
    """A name that Word takes: letters, digits and underscores."""
    return "".join(letter if letter.isalnum() else "_" for letter in key.removeprefix("#"))[:40]
