"""The styles of a Word document, few and by name, so that a person can change a look in one place."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import BaseStyle, CharacterStyle, ParagraphStyle

from camcensus.model.blocks import Look
from camcensus.report.unpaged import LANGUAGE

FONT, MONO = "Arial", "Courier New"
INK, SECOND, ACCENT, LISTED = (RGBColor.from_string(one) for one in ("1B1F24", "4A5260", "0B4A8F", "7A3E00"))

LOOKS: dict[Look, tuple[str, float]] = {
    "body": ("Body Text", 10), "note": ("Note", 8.5), "subtitle": ("Subtitle", 9.5), "lead": ("Lead", 11), "ask": ("Ask", 11.5),
    "verdict": ("Verdict", 11), "opening": ("Opening", 10),
}  # fmt: skip
"""What a paragraph is: the name of its style, and the size of its letters in points."""
BAR = " with bar"
CELL, CELL_HEAD, CELL_SECOND = "Table text", "Table heading", "Table note"
DEVICE_TEXT, LISTED_TEXT, LINK_TEXT = "Device text", "Listed", "Hyperlink"
TABLE, BULLETS, BOXES = "Report table", "List Bullet", "List of boxes"
_KEPT = (
    "Normal", "Header", "Footer", "Heading 1", "Heading 2", "Heading 3", "Default Paragraph Font", "Normal Table", "No List",
    "Subtitle", "Body Text", "Strong", BULLETS,
)  # fmt: skip

_RULE = '<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>'
_TABLE_STYLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="{TABLE}"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/><w:tblPr><w:tblBorders>'
    f"{_RULE.format(edge='bottom', size=4, color=INK)}{_RULE.format(edge='insideH', size=4, color='C9CFD6')}</w:tblBorders>"
    '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/>'
    '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    + "".join(
        f'<w:tblStylePr w:type="{row}"><w:tcPr><w:tcBorders>{_RULE.format(edge=edge, size=10, color=INK)}'
        "</w:tcBorders></w:tcPr></w:tblStylePr>"
        for row, edge in (("firstRow", "bottom"), ("lastRow", "top"))
    )
    + "</w:style>"
)
"""A line under each row, a strong one under the heads and over a total; none between columns."""


def set_styles(document: Document) -> None:
    """Make the styles; those of the library's own that no report needs go."""
    styles = document.styles
    for style in list(styles):
        if style.name not in _KEPT:
            style.delete()
    for style in styles:
        _drop_link(style)
    _set_defaults(document)
    normal = _paragraph(document, "Normal", 9.5, base=None)
    normal.paragraph_format.space_after = Pt(0)
    for level, points in ((1, 16), (2, 12), (3, 10)):
        heading = _paragraph(document, f"Heading {level}", points)
        heading.font.bold, heading.font.color.rgb = True, INK
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(8 if level == 2 else 6), Pt(2)
        heading.paragraph_format.keep_with_next = True
    for name, size in LOOKS.values():
        look = _paragraph(document, name, size)
        look.font.italic = False
        look.font.color.rgb = SECOND if name in ("Note", "Subtitle") else INK
        look.paragraph_format.space_after = Pt(4)
        barred = _paragraph(document, name + BAR, size, base=name)
        barred.element.get_or_add_pPr().insert_element_before(
            parse_xml(f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="8" w:color="{ACCENT}"/></w:pBdr>'),
            *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"),
        )
    for name in (CELL, CELL_HEAD, CELL_SECOND):
        cell = _paragraph(document, name, 9 if name == CELL else 8.5)
        cell.font.bold, cell.font.color.rgb = name == CELL_HEAD, INK if name == CELL else SECOND
    for name in (BULLETS, BOXES):
        _paragraph(document, name, 10).paragraph_format.space_after = Pt(1)
    for name in ("Header", "Footer"):
        _paragraph(document, name, 8).font.color.rgb = SECOND
    _character(document, DEVICE_TEXT).font.name = MONO
    listed, link = _character(document, LISTED_TEXT), _character(document, LINK_TEXT)
    listed.font.bold, listed.font.color.rgb = True, LISTED
    link.font.underline, link.font.color.rgb = True, ACCENT
    document.styles.element.append(parse_xml(_TABLE_STYLE))
    _set_boxes(document)


def _paragraph(document: Document, name: str, size: float, *, base: str | None = "Normal") -> ParagraphStyle:
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    properties = style.element.get_or_add_rPr()
    for old in list(properties):
        properties.remove(old)
    if base is not None:
        style.base_style = styles[base]
    style.font.size, style.hidden, style.quick_style = Pt(size), False, True
    return style


def _character(document: Document, name: str) -> CharacterStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    assert isinstance(style, CharacterStyle)
    style.hidden, style.quick_style = False, True
    return style


def _drop_link(style: BaseStyle) -> None:
    """Takes away what leads to a style that is gone."""
    for name in ("w:link", "w:next"):
        for one in style.element.findall(qn(name)):
            style.element.remove(one)


def _set_defaults(document: Document) -> None:
    """One font and one language for all that no style says otherwise of."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in list(defaults):
        defaults.remove(old)
    fonts = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    for one in (f"<w:rFonts {nsdecls('w')} {fonts}/>", f'<w:sz {nsdecls("w")} w:val="22"/>',
                f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'):  # fmt: skip
        defaults.append(parse_xml(one))


def _set_boxes(document: Document) -> None:
    """A list of its own with a box to tick before each item; of the library's own lists the one of bullets stays."""
    numbering = document.part.numbering_part.element
    bullets = document.styles[BULLETS].element.pPr.numPr.numId.val
    for each in list(numbering.num_lst):
        if each.numId != bullets:
            numbering.remove(each)
    used = numbering.num_having_numId(bullets).abstractNumId.val
    for each in numbering.findall(qn("w:abstractNum")):
        if int(each.get(qn("w:abstractNumId"))) != used:
            numbering.remove(each)
    one = used + 1
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{one}"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="☐"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr>'
            '<w:rPr><w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol"/></w:rPr></w:lvl></w:abstractNum>'
        ),
    )
    number = numbering.add_num(one).numId
    document.styles[BOXES].element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
