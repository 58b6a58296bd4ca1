"""The structure tree of a tagged PDF, and the file it ends in.

A register of thousands of rows has a hundred thousand elements. They are written as ready bytes into object streams: a tenth of
the size of plain objects, and a third of the time that ReportLab takes for them.

Source: ISO 32000-1, 7.5.7 (object streams), 7.5.8 (cross-reference streams), 14.7 (structure).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase import pdfdoc

from camcensus.report.pdf.pulse import Pulse

ANNOTATION_KEYS = 100_000
"""Annotations are numbered from here in the parent tree; pages before it."""
STREAM_OBJECTS = 400
"""Elements that share an object stream."""

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


class Tree:
    """What a document's structure is written from: the root, the node of each marked content by page, the nodes of links."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.marked: list[list[Node]] = [[]]
        self.links: list[tuple[int, Node]] = []


class Anchor(pdfdoc.PDFObject):
    """Where the catalog points for the tree: an object that is written after all others."""

    __RefOnly__ = 1

    def format(self, _document: object) -> bytes:
        raise AssertionError("written by TaggedDocument")


class TaggedDocument(pdfdoc.PDFDocument):
    """ReportLab's document with the structure tree behind its own objects."""

    tree: Tree
    anchor: Anchor
    pulse: Pulse
    Reference: Any
    Pages: Any
    Catalog: Any
    signature: Any
    _pdfVersion: Any

    def format(self) -> bytes:
        """The file as bytes."""
        out = pdfdoc.PDFFile(self._pdfVersion)
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        for number, name in self._objects():
            body = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
            places[number] = (1, out.add(body), 0)
            self.pulse.beat()
        anchor = self._number(self.Reference(self.anchor))
        following = len(self.numberToId) + 1
        elements = self._elements(anchor, following)
        following += 1 + sum(1 for _ in _nodes(self.tree.root))
        batch: list[tuple[int, bytes]] = []
        for entry in elements:
            batch.append(entry)
            if len(batch) == STREAM_OBJECTS:
                following = _pack(out, places, following, batch)
        if batch:
            following = _pack(out, places, following, batch)
        self._references(out, places, following)
        return bytes(out.format(self))

    def _objects(self) -> Iterator[tuple[int, str]]:
        """ReportLab's own objects; more of them may turn up while they are written."""
        number = 1
        while number in self.numberToId:
            name = self.numberToId[number]
            if self.idToObject[name] is not self.anchor:
                yield number, name
            number += 1

    def _number(self, reference: Any) -> int:
        return int(self.idToObjectNumberAndVersion[reference.name][0])

    def _elements(self, anchor: int, first: int) -> Iterator[tuple[int, bytes]]:
        """Every element, then the parent tree (number `first`) and the root of the tree, as (number, bytes)."""
        pages = [self._number(self.Reference(page)) for page in self.Pages.pages]
        tree = self.tree
        for number, (node, _) in enumerate(_nodes(tree.root), first + 1):
            node.number = number
        for node, parent in _nodes(tree.root):
            self.pulse.beat()
            yield node.number, self._element(node, parent.number if parent is not None else anchor, pages)
        entries = [
            (page, b"[" + b" ".join(b"%d 0 R" % node.number for node in nodes) + b"]") for page, nodes in enumerate(tree.marked)
        ]
        entries += [(key, b"%d 0 R" % node.number) for key, node in tree.links]
        yield first, b"<</Nums[" + b"\n".join(b"%d %s" % entry for entry in entries) + b"]>>"
        yield (
            anchor,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (tree.root.number, first, ANNOTATION_KEYS + len(tree.links)),
        )

    def _element(self, node: Node, parent: int, pages: list[int]) -> bytes:
        out = [b"<</Type/StructElem/S/%s/P %d 0 R" % (node.tag.encode(), parent)]
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
                kids.append(b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>" % (self._number(kid[2]), pages[kid[1] - 1]))
            elif kid[0] == node.page:
                kids.append(b"%d" % kid[1])
            else:
                kids.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid[0] - 1], kid[1]))
        return b"%s/K[%s]>>" % (b"".join(out), b" ".join(kids))

    def _references(self, out: Any, places: dict[int, tuple[int, int, int]], number: int) -> None:
        """The cross-reference stream, numbered `number`, and where it begins: the end of the file."""
        start = out.offset
        places[number] = (1, start, 0)
        free = (0, 0, 65535)
        table = b"".join(
            b"%c%s%s" % (kind, at.to_bytes(4, "big"), more.to_bytes(2, "big"))
            for kind, at, more in (places.get(one, free) for one in range(number + 1))
        )
        root, info = self._number(self.Reference(self.Catalog)), self._number(self.Reference(self.info))
        mark = self.signature.digest().hex().encode()
        packed = zlib.compress(table)
        out.add(
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode/Length %d>>\n"
            b"stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (number, number + 1, root, info, mark, mark, len(packed), packed, start)
        )


def _nodes(root: Node) -> Iterator[tuple[Node, Node | None]]:
    """Every element with its parent, in reading order."""
    waiting: list[tuple[Node, Node | None]] = [(root, None)]
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        waiting += [(kid, node) for kid in reversed(node.kids) if isinstance(kid, Node)]


def _pack(out: Any, places: dict[int, tuple[int, int, int]], number: int, batch: list[tuple[int, bytes]]) -> int:
    """Writes an object stream, numbered `number`, and empties the batch; gives the next free number."""
    head, at = [], 0
    for index, (element, body) in enumerate(batch):
        head.append(b"%d %d" % (element, at))
        places[element] = (2, number, index)
        at += len(body) + 1
    begins = b" ".join(head) + b"\n"
    packed = zlib.compress(begins + b"\n".join(body for _, body in batch), 6)
    places[number] = (1, out.offset, 0)
    out.add(
        b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"
        % (number, len(batch), len(begins), len(packed), packed)
    )
    batch.clear()
    return number + 1


def text_string(text: str) -> bytes:
    """A PDF text string of any characters."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"
