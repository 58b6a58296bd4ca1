"""A DOCX file as a program reads it: headings, paragraphs, lists and tables with their styles; sound, or AssertionError."""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass
class DocumentTable:
    """A table: the texts of its rows, how many of them are heads on every page, what it is called, and the cells' spans."""

    cells: list[list[str]]
    heads: int
    name: str
    spans: list[list[int]]


@dataclass
class ReadDocument:
    """What is in a document. `paragraphs` are (style, text) outside tables; list items have their text in `items` too."""

    parts: dict[str, bytes]
    headings: list[tuple[int, str]] = field(default_factory=list)
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    tables: list[DocumentTable] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    title: str = ""
    languages: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    around: str = ""
    """What is at the head and the foot of every page."""

    @property
    def everything(self) -> str:
        """The text of every part, tags and attributes too, without spaces and line ends; a mark of tags is in no word."""
        words = []
        for name, data in self.parts.items():
            words.append(name)
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(data)
                words += ["".join(root.itertext())] + [value for one in root.iter() for value in one.attrib.values()]
            else:
                words.append(data.decode("latin-1"))
        return "".join("".join(words).split())


def read_document(content: bytes) -> ReadDocument:
    """The file, each rule checked that every document of ours has to keep."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(one.create_system, one.extra, one.comment) for one in file.infolist()} == {(0, b"", b"")}
        parts = {one.filename: file.read(one) for one in file.infolist()}
        assert len(parts) == len(file.infolist())
    for name in parts:
        assert not re.search(r"(?i)macro|basic/|vba|thumbnail|script|activex|embeddings|customxml", name), name
    held = {one.tag.rpartition("}")[2]: one.text or "" for one in etree.fromstring(parts["docProps/core.xml"])}
    assert {name for name, value in held.items() if value} <= {"title", "language", "created", "modified", "revision"}
    return _sound(read_any_document(content))


def read_any_document(content: bytes) -> ReadDocument:
    """A document that any program wrote."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        read = ReadDocument({one.filename: file.read(one) for one in file.infolist()})
    return _docx(read)


def _sound(read: ReadDocument) -> ReadDocument:
    assert read.languages == {"en-GB"}
    assert read.title
    levels = [level for level, _ in read.headings]
    assert levels[0] == 1 == levels.count(1)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(read.alts)
    assert all(
        link.startswith(("https://", "http://", "mailto:")) or link.removeprefix("#") in read.marks for link in read.links
    )
    for table in read.tables:
        assert table.name
        assert table.heads <= 1
        assert len({sum(spans) for spans in table.spans}) == 1, f"rows of other widths: {table.cells[:3]}"
    return read


def _docx(read: ReadDocument) -> ReadDocument:
    content, styles, core = (
        etree.fromstring(read.parts[name]) for name in ("word/document.xml", "word/styles.xml", "docProps/core.xml")
    )
    for name in read.parts:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for one in etree.fromstring(read.parts[name]):
                target = str(one.get("Target"))
                where = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                assert one.get("TargetMode") == "External" or where in read.parts, where
    held = {one.tag.rpartition("}")[2]: one.text or "" for one in core}
    read.title = held.get("title", "")
    read.languages = {str(one.get(_W + "val")) for one in styles.iter(_W + "lang")} | {held.get("language", "")}
    names = {str(one.get(_W + "styleId")): str(one.find(_W + "name").get(_W + "val")) for one in styles.iter(_W + "style")}  # type: ignore[union-attr]
    used = {str(one.get(_W + "val")) for tag in ("pStyle", "rStyle", "tblStyle") for one in content.iter(_W + tag)}
    assert used <= set(names), used - set(names)
    based = {str(one.get(_W + "val")) for tag in ("basedOn", "link", "next") for one in styles.iter(_W + tag)}
    assert based <= set(names), based - set(names)
    read.styles = {names[one] for one in used}
    targets = {
        str(one.get("Id")): str(one.get("Target")) for one in etree.fromstring(read.parts["word/_rels/document.xml.rels"])
    }
    (body,) = content.iter(_W + "body")
    for one in body:
        if one.tag == _W + "p":
            style = next((names[str(found.get(_W + "val"))] for found in one.iter(_W + "pStyle")), "Normal")
            if style.lower().startswith("heading "):
                read.headings.append((int(style[-1]), _docx_text(one)))
            elif style.startswith("List"):
                read.items.append(_docx_text(one))
            else:
                read.paragraphs.append((style, _docx_text(one)))
        elif one.tag == _W + "tbl":
            read.tables.append(_docx_table(one))
    edges = (etree.fromstring(data) for name, data in read.parts.items() if name.startswith(("word/header", "word/footer")))
    read.around = " ".join(map(_docx_text, edges))
    read.links = [
        "#" + str(one.get(_W + "anchor")) if one.get(_W + "anchor") else targets[str(one.get(_R + "id"))]
        for one in content.iter(_W + "hyperlink")
    ]
    read.marks = [str(one.get(_W + "name")) for one in content.iter(_W + "bookmarkStart")]
    read.alts = [one.get("descr") or "" for one in content.iter() if one.tag.endswith("}docPr")]
    return read


def _docx_table(table: etree._Element) -> DocumentTable:
    rows = table.findall(_W + "tr")
    cells = [
        [" ".join(filter(None, map(_docx_text, cell.findall(_W + "p")))) for cell in row.findall(_W + "tc")] for row in rows
    ]
    spans = [
        [int(next((str(one.get(_W + "val")) for one in cell.iter(_W + "gridSpan")), "1")) for cell in row.findall(_W + "tc")]
        for row in rows
    ]
    heads = len([row for row in rows if list(row.iter(_W + "tblHeader"))])
    name = next((str(one.get(_W + "val")) for one in table.iter(_W + "tblCaption")), "")
    assert len(table.findall(f"{_W}tblGrid/{_W}gridCol")) == sum(spans[0])
    return DocumentTable(cells, heads, name, spans)


def _docx_text(one: etree._Element) -> str:
    words = []
    for part in one.iter(_W + "t", _W + "br"):
        words.append(part.text or "" if part.tag == _W + "t" else " ")
    return " ".join("".join(words).split())
