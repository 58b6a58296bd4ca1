"""A ReportLab canvas that writes tagged PDF: structure tree, artifacts, links, outline, metadata.

Source: ISO 32000-1, 14.6 to 14.8; ISO 14289-1 (PDF/UA-1), 5 and 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

rl_config.useA85 = 0  # streams as bytes, not as text: a fifth smaller

LANGUAGE = "en-GB"
ANNOTATION_KEYS = 100_000
"""Annotations are numbered from here in the parent tree; pages before it."""

SCOPE_COLUMN = b"<</O/Table/Scope/Column>>"
SCOPE_ROW = b"<</O/Table/Scope/Row>>"


class Node:
    """A structure element. `kids` are nodes, (page, mcid) of marked content, or ("link", page, reference)."""

    __slots__ = ("alt", "attributes", "kids", "number", "page", "tag")

    def __init__(self, tag: str, attributes: bytes | None = None, alt: str | None = None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.alt = alt
        self.kids: list[Any] = []
        self.page: int | None = None
        self.number = 0

    def add(self, kid: Node, page: int) -> Node:
        """`kid` as this element's last; elements carry the page they begin on."""
        kid.page = page
        self.kids.append(kid)
        return kid


class _Page(pdfdoc.PDFPage):
    """A page that also writes the two keys that tie it to the structure tree."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")  # type: ignore[assignment]


class _Late(pdfdoc.PDFObject):
    """An indirect object whose bytes are made when the file is written."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.make: Callable[[], bytes] = bytes

    def format(self, _document: object) -> bytes:
        return self.make()


class TaggedCanvas(canvas.Canvas):
    """Draws in points from the lower left corner, all of it inside `content` or `artifact`, never one in the other."""

    _doc: Any
    _code: list[str]

    def __init__(self, size: tuple[float, float], *, title: str, author: str, subject: str, made_at: datetime) -> None:
        self._file = BytesIO()
        self.root = Node("Document")
        self._marked: list[list[Node]] = [[]]
        self._links: list[tuple[int, Node]] = []
        self._level = -1
        self._about = (title, author, subject, made_at.astimezone(UTC))
        super().__init__(self._file, pagesize=size, pageCompression=1, pdfVersion=(1, 7), lang=LANGUAGE, invariant=1)
        _set_time(self._doc, made_at.astimezone(UTC))

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"  # ReportLab's own names Helvetica, which nobody embeds

    @property
    def document(self) -> Any:
        """The document that fonts keep their subset under."""
        return self._doc

    @property
    def page(self) -> int:
        """The page being drawn, from 1."""
        return len(self._marked)

    def paint(self, code: str) -> None:
        """Raw operators into the page."""
        self._code.append(code)

    @contextmanager
    def content(self, node: Node) -> Iterator[None]:
        """What is painted inside belongs to `node`."""
        marked = self._marked[-1]
        node.kids.append((self.page, len(marked)))
        self.paint(f"/{node.tag} <</MCID {len(marked)}>> BDC")
        marked.append(node)
        yield
        self.paint("EMC")

    @contextmanager
    def artifact(self, *, repeated: bool = False) -> Iterator[None]:
        """What is painted inside is not read out; `repeated` for heads and feet that come again on each page."""
        self.paint("/Artifact <</Type /Pagination>> BDC" if repeated else "/Artifact BMC")
        yield
        self.paint("EMC")

    def web_link(self, box: tuple[float, float, float, float], url: str, say: str, node: Node) -> None:
        """A link to `url` over `box`, belonging to the Link element `node`."""
        key = ANNOTATION_KEYS + len(self._links)
        fields = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": pdfdoc.PDFArray([round(edge, 1) for edge in box]),
            "Border": pdfdoc.PDFArray([0, 0, 0]),
            "F": 4,
            "Contents": pdfdoc.PDFString(say),
            "StructParent": key,
            "A": pdfdoc.PDFDictionary({"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(url)}),
        }
        reference = self._doc.Reference(pdfdoc.PDFDictionary(fields))
        self._annotationrefs = [*(getattr(self, "_annotationrefs", None) or []), reference]
        node.kids.append(("link", self.page, reference))
        self._links.append((key, node))

    def bookmark(self, text: str, level: int, top: float) -> None:
        """An entry of the outline for the point `top` of this page; a level is never skipped."""
        level = min(level, self._level + 1)
        self._level = level
        key = f"part-{self.page}-{len(self._marked[-1])}"
        self.bookmarkHorizontalAbsolute(key, top)
        self.addOutlineEntry(text, key, level, closed=level > 0)

    def end_page(self) -> None:
        """Closes the page."""
        number = self.page
        self.showPage()
        page = self._doc.Pages.pages[-1]
        page.__class__ = _Page
        page.StructParents = number - 1
        page.Tabs = pdfdoc.PDFName("S")
        self._marked.append([])

    def finish(self) -> bytes:
        """The file. The page being drawn has been ended."""
        self._marked.pop()
        document, catalog = self._doc, self._doc.Catalog
        tree = _tree(document, self.root, self._marked, self._links)
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        title, author, subject, made_at = self._about
        metadata = _xmp(title, author, subject, made_at)
        catalog.Metadata = pdfdoc.XMP(creator=lambda _document: metadata)
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(subject)
        self.setCreator("Camcensus")
        self.setProducer("Camcensus")
        self.setViewerPreference("DisplayDocTitle", "true")
        self.addPageLabel(0, style="ARABIC", start=1)
        self.showOutline()
        document.SaveToFile(self._file, self)
        return self._file.getvalue()


def _set_time(document: Any, moment: datetime) -> None:
    """The document's own time: the same plan gives the same bytes."""
    clock = document._timeStamp
    clock.t = moment.timestamp()
    clock.lt = moment.timetuple()
    clock.YMDhms = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    clock.dhh = clock.dmm = 0


def _tree(document: Any, root: Node, marked: list[list[Node]], links: list[tuple[int, Node]]) -> Any:
    """A reference to the structure tree root; all elements become indirect objects, written as ready bytes."""

    def number_of(reference: Any) -> int:
        return int(document.idToObjectNumberAndVersion[reference.name][0])

    def indirect() -> tuple[_Late, Any]:
        late = _Late()
        return late, document.Reference(late)

    pages = [number_of(document.Reference(page)) for page in document.Pages.pages]
    top, top_reference = indirect()
    waiting = [(root, number_of(top_reference))]
    while waiting:
        node, parent = waiting.pop()
        late, reference = indirect()
        node.number = number_of(reference)
        late.make = partial(_element, node, parent, pages, number_of)
        waiting += [(kid, node.number) for kid in node.kids if isinstance(kid, Node)]
    parents, parents_reference = indirect()
    entries = [(page, b"[" + b" ".join(b"%d 0 R" % node.number for node in nodes) + b"]") for page, nodes in enumerate(marked)]
    entries += [(key, b"%d 0 R" % node.number) for key, node in links]
    parents.make = lambda: b"<</Nums[" + b"\n".join(b"%d %s" % entry for entry in entries) + b"]>>"
    top.make = lambda: (
        b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
        % (root.number, number_of(parents_reference), ANNOTATION_KEYS + len(links))
    )
    return top_reference


def _element(node: Node, parent: int, pages: list[int], number_of: Callable[[Any], int]) -> bytes:
    out = [b"<</Type/StructElem/S/", node.tag.encode(), b"/P %d 0 R" % parent]
    if node.page is not None:
        out.append(b"/Pg %d 0 R" % pages[node.page - 1])
    if node.alt is not None:
        out += [b"/Alt", text_string(node.alt)]
    if node.attributes is not None:
        out += [b"/A", node.attributes]
    kids = []
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(b"%d 0 R" % kid.number)
        elif kid[0] == "link":
            kids.append(b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (number_of(kid[2]), pages[kid[1] - 1]))
        elif kid[0] == node.page:
            kids.append(b"%d" % kid[1])
        else:
            kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid[0] - 1], kid[1]))
    out.append(b"/K[" + b" ".join(kids) + b"]>>")
    return b"".join(out)


def text_string(text: str) -> bytes:
    """A PDF text string of any characters."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _xmp(title: str, author: str, subject: str, moment: datetime) -> bytes:
    said = escape(moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>Camcensus</xmp:CreatorTool><xmp:CreateDate>{said}</xmp:CreateDate><xmp:ModifyDate>{said}</xmp:ModifyDate>
<pdf:Producer>Camcensus</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    return packet.encode()
