"""The styles of an OpenDocument text, few and by name, so that a person can change a look in one place."""

from __future__ import annotations

from camcensus.model.blocks import Look
from camcensus.report.unpaged import LANGUAGE

FONT, MONO = "Arial", "Courier New"
INK, SECOND, ACCENT, LISTED, LINE = "#1b1f24", "#4a5260", "#0b4a8f", "#7a3e00", "#c9cfd6"
LOOKS: dict[Look, tuple[str, float]] = {
    "body": ("Text body", 11), "note": ("Note", 10), "subtitle": ("Subtitle", 11), "lead": ("Lead", 13), "ask": ("Ask", 15),
    "verdict": ("Verdict", 12), "opening": ("Opening", 12),
}  # fmt: skip
"""What a paragraph is: the name of its style, and the size of its letters in points."""
BAR = " with bar"
CELL, CELL_HEAD, CELL_SECOND = "Table Contents", "Table Heading", "Table Note"
STRONG, DEVICE_TEXT, LISTED_TEXT, LINK_TEXT = "Strong Emphasis", "Device text", "Listed", "Internet link"
BULLETS, BOXES = "Bullets", "Boxes"

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"), ("draw", "drawing"),
    )
)  # fmt: skip


def key(name: str) -> str:
    """A style's name as it is written in the file: "Text_20_body"."""
    return name.replace(" ", "_20_")


def styles_xml(head: str, foot: str, *, landscape: bool) -> bytes:
    """The styles, and the page with the lines at its head and foot; both are XML already."""
    language, country = LANGUAGE.split("-")
    width, height, way = ("297mm", "210mm", "landscape") if landscape else ("210mm", "297mm", "portrait")
    page = f'fo:page-width="{width}" fo:page-height="{height}" style:print-orientation="{way}" fo:margin="18mm"'
    edge = '<style:header-footer-properties fo:min-height="8mm" fo:margin-{side}="4mm"/>'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles {_NAMESPACES} office:version="1.3">
<office:font-face-decls>
<style:font-face style:name="{FONT}" svg:font-family="{FONT}" style:font-family-generic="swiss"/>
<style:font-face style:name="{MONO}" svg:font-family="'{MONO}'" style:font-family-generic="modern" style:font-pitch="fixed"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/>
<style:text-properties style:font-name="{FONT}" fo:font-size="11pt" fo:language="{language}" fo:country="{country}"
 fo:color="{INK}"/></style:default-style>
<style:default-style style:family="table"><style:table-properties table:border-model="collapsing"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph" style:class="text"/>
{"".join(_styles())}
<text:list-style style:name="{BULLETS}">{_bullet("•", "6mm")}</text:list-style>
<text:list-style style:name="{BOXES}">{_bullet("☐", "8mm")}</text:list-style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="Page"><style:page-layout-properties {page}/>
<style:header-style>{edge.format(side="bottom")}</style:header-style>
<style:footer-style>{edge.format(side="top")}</style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">
<style:header>{head}</style:header><style:footer>{foot}</style:footer></style:master-page></office:master-styles>
</office:document-styles>
""".encode()


def _styles() -> list[str]:
    made = []
    for level, points, before in ((1, 20, 0), (2, 15, 18), (3, 12, 10)):
        made.append(
            f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" style:family="paragraph"'
            f' style:parent-style-name="Standard" style:next-style-name="Text_20_body" style:default-outline-level="{level}"'
            ' style:class="text">'
            f'<style:paragraph-properties fo:keep-with-next="always" fo:margin-top="{before}pt" fo:margin-bottom="4pt"/>'
            f'<style:text-properties fo:font-size="{points}pt" fo:font-weight="bold"/></style:style>'
        )
    for name, size in LOOKS.values():
        color = SECOND if name in ("Note", "Subtitle") else INK
        made.append(_paragraph(name, size, color, 'fo:margin-bottom="7pt"'))
        bar = f'fo:border-left="2.2pt solid {ACCENT}" fo:padding-left="3mm"'
        made.append(_paragraph(name + BAR, size, color, bar, parent=name))
    made.append(_paragraph(CELL, 10, INK))
    made.append(_paragraph(CELL_HEAD, 9.5, SECOND, bold=True))
    made.append(_paragraph(CELL_SECOND, 9.5, SECOND))
    made.append(_paragraph("Cell amount", 10, INK, 'fo:text-align="end"', parent=CELL))
    made.append(_paragraph("Heading amount", 9.5, SECOND, 'fo:text-align="end"', parent=CELL_HEAD, bold=True))
    made.append(_paragraph("List Item", 11, INK, 'fo:margin-bottom="3pt"'))
    made += [_paragraph(name, 9, SECOND) for name in ("Header", "Footer")]
    made.append(_letters(STRONG, 'fo:font-weight="bold"'))
    made.append(_letters(DEVICE_TEXT, f'style:font-name="{MONO}"'))
    made.append(_letters(LISTED_TEXT, f'fo:font-weight="bold" fo:color="{LISTED}"'))
    made.append(_letters(LINK_TEXT, f'fo:color="{ACCENT}" style:text-underline-style="solid"'))
    return made


def _paragraph(
    name: str, size: float, color: str, properties: str = "", *, parent: str = "Standard", bold: bool = False
) -> str:
    weight = ' fo:font-weight="bold"' if bold else ""
    return (
        f'<style:style style:name="{key(name)}" style:display-name="{name}" style:family="paragraph"'
        f' style:parent-style-name="{key(parent)}" style:class="text"><style:paragraph-properties {properties}/>'
        f'<style:text-properties fo:font-size="{size:g}pt" fo:color="{color}"{weight}/></style:style>'
    )


def _letters(name: str, properties: str) -> str:
    return (
        f'<style:style style:name="{key(name)}" style:display-name="{name}" style:family="text">'
        f"<style:text-properties {properties}/></style:style>"
    )


def _bullet(letter: str, room: str) -> str:
    return (
        f'<text:list-level-style-bullet text:level="1" text:bullet-char="{letter}"><style:list-level-properties'
        f' text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment'
        f' text:label-followed-by="listtab" fo:text-indent="-{room}" fo:margin-left="{room}"/></style:list-level-properties>'
        "</text:list-level-style-bullet>"
    )
