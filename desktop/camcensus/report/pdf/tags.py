"""A ReportLab canvas that writes tagged PDF: structure tree, artifacts, links, outline, metadata.

Source: ISO 32000-1, 14.6 to 14.8; ISO 14289-1 (PDF/UA-1), 5 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from camcensus.report.pdf.pulse import Pulse
from camcensus.report.pdf.structure import ANNOTATION_KEYS, SCOPE_COLUMN, SCOPE_ROW, Anchor, Node, TaggedDocument, Tree

__all__ = ["SCOPE_COLUMN", "SCOPE_ROW", "Node", "TaggedCanvas"]

rl_config.useA85 = 0  # streams as bytes, not as text: a fifth smaller

LANGUAGE = "en-GB"


class _Page(pdfdoc.PDFPage):
    """A page that also writes the two keys that tie it to the structure tree."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")  # type: ignore[assignment]


class TaggedCanvas(canvas.Canvas):
    """Draws in points from the lower left corner, all of it inside `content` or `artifact`, never one in the other."""

    _doc: Any
    _bookmarkReference: Any
    _code: list[str]

    def __init__(
        self,
        size: tuple[float, float],
        *,
        title: str,
        author: str,
        subject: str,
        made_at: datetime,
        pulse: Pulse | None = None,
    ) -> None:
        self._file = BytesIO()
        self._pulse = pulse or Pulse()
        self._tree = Tree()
        self.root, self._marked, self._links = self._tree.root, self._tree.marked, self._tree.links
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

    def link(self, box: tuple[float, float, float, float], url: str, say: str, node: Node) -> None:
        """A link to `url` over `box`, belonging to the Link element `node`; "#key" leads to that key in the same paper."""
        key = ANNOTATION_KEYS + len(self._links)
        fields = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": pdfdoc.PDFArray([round(edge, 1) for edge in box]),
            "Border": pdfdoc.PDFArray([0, 0, 0]),
            "F": 4,
            "Contents": pdfdoc.PDFString(say),
            "StructParent": key,
        }
        if url.startswith("#"):
            fields["Dest"] = self._bookmarkReference(url[1:])
        else:
            fields["A"] = pdfdoc.PDFDictionary({"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(url)})
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
        document.__class__ = TaggedDocument
        document.tree, document.pulse, document.anchor = self._tree, self._pulse, Anchor()
        catalog.StructTreeRoot = document.Reference(document.anchor)
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
