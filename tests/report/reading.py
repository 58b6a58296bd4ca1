"""Reads a tagged PDF the way a screen reader does: the structure tree, with the text its marked content draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
from pypdf import PdfReader


@dataclass
class Element:
    """A structure element: its tag, its own text, its elements in order, its attributes and alternative text."""

    tag: str
    text: str = ""
    kids: list[Element] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    alt: str | None = None
    page: int | None = None

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.walk() if element.tag in tags]

    @property
    def words(self) -> str:
        """All the text in it, as it is read out."""
        return "".join(element.text for element in self.walk()).strip()

    @property
    def cells(self) -> list[list[str]]:
        """A table's rows of cells."""
        return [[cell.words for cell in row.kids] for row in self.all("TR")]


@dataclass
class Marked:
    """What a page draws: text by MCID in painting order, the text of artifacts, and text outside both."""

    texts: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    stray: str = ""
    tags: dict[int, str] = field(default_factory=dict)
    painted_outside: list[str] = field(default_factory=list)


_PAINTS = {"S", "f", "B", "Tj"}


def _letters(font: Any) -> dict[int, str]:
    """Code to letter, from the font's ToUnicode table."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    letters: dict[int, str] = {}
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\[[^\]]*\]|<[0-9A-Fa-f]+>)", block):
            targets = re.findall(r"<([0-9A-Fa-f]+)>", to)
            for at, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                if len(targets) > 1 or to.startswith("["):
                    letters[code] = bytes.fromhex(targets[at]).decode("utf-16-be")
                else:
                    letters[code] = chr(int(targets[0], 16) + at)
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            letters[int(code, 16)] = bytes.fromhex(to).decode("utf-16-be")
    return letters


def marked(page: Any, number: int, cache: dict[str, dict[int, str]]) -> Marked:
    """What page `number` (from 0) draws."""
    fonts = page.Resources.Font
    found, stack, letters = Marked(), list[tuple[str, int | None]](), dict[int, str]()
    for operands, named in pikepdf.parse_content_stream(page, " ".join(("BDC", "BMC", "EMC", "Tf", *_PAINTS))):
        operator = str(named)
        if operator in ("BDC", "BMC"):
            mcid = int(operands[1].MCID) if len(operands) > 1 and "/MCID" in operands[1] else None
            stack.append((str(operands[0]), mcid))
            if len(stack) > 1:
                raise AssertionError(f"page {number + 1}: marked content inside marked content: {stack}")
            if mcid is not None:
                found.texts[mcid] = ""
                found.tags[mcid] = str(operands[0])
            else:
                found.artifacts.append("")
        elif operator == "EMC":
            stack.pop()
        elif operator == "Tf":
            name = str(operands[0])
            if name not in cache:
                cache[name] = _letters(fonts[name])
            letters = cache[name]
        elif operator in _PAINTS and not stack:
            found.painted_outside.append(operator)
        elif operator == "Tj":
            text = "".join(letters.get(code, "\ufffd") for code in bytes(operands[0]))
            if stack[-1][1] is not None:
                found.texts[stack[-1][1]] += text
            else:
                found.artifacts[-1] += text
    if stack:
        raise AssertionError(f"page {number + 1}: marked content left open")
    return found


@dataclass
class Paper:
    """A PDF as read: its structure, its pages, and pypdf's reader."""

    reader: PdfReader
    root: Element
    pages: list[Marked]

    @property
    def words(self) -> str:
        """Everything that is read out, elements parted by line ends."""
        return "\n".join(element.text.strip() for element in self.root.walk() if element.text.strip())

    def table(self, head: str) -> Element:
        """The first table whose first cell is `head`."""
        return next(table for table in self.root.all("Table") if table.cells[0][0] == head)


def without_pages(text: str) -> str:
    """Words without white space, and without the pages that paper alone points to: "theappendices(page7)"."""
    return re.sub(r"\(page\d+\)", "", text)


@lru_cache(maxsize=32)
def read(content: bytes) -> Paper:
    """The PDF, every structure element checked against what its pages draw. One paper for the same bytes: change none."""
    with pikepdf.open(BytesIO(content)) as pdf:
        cache: dict[str, dict[int, str]] = {}
        pages = [marked(page, number, cache) for number, page in enumerate(pdf.pages)]
        numbers = {page.objgen: at for at, page in enumerate(pdf.pages)}
        used: set[tuple[int, int]] = set()
        root = _element(pdf.Root.StructTreeRoot.K, numbers, pages, used)
    drawn = {(at, mcid) for at, page in enumerate(pages) for mcid in page.texts}
    if drawn != used:
        raise AssertionError(f"marked content that no element has, or the other way: {sorted(drawn ^ used)[:5]}")
    return Paper(PdfReader(BytesIO(content)), root, pages)


def _plain(value: Any) -> Any:
    """What outlives the file: a name as its text, an array as a list of numbers."""
    if isinstance(value, pikepdf.Array):
        return [float(one) for one in value]
    return str(value) if isinstance(value, pikepdf.Name) else value


def _element(node: Any, numbers: dict[tuple[int, int], int], pages: list[Marked], used: set[tuple[int, int]]) -> Element:
    page = numbers[node.Pg.objgen] if "/Pg" in node else None
    alt, said = node.get("/Alt"), dict(node.get("/A", {}))
    attributes = {name: _plain(value) for name, value in said.items()}
    element = Element(str(node.S)[1:], attributes=attributes, alt=None if alt is None else str(alt), page=page)
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            at, mcid = page, kid
        elif kid.get("/Type") == "/MCR":
            at, mcid = numbers[kid.Pg.objgen], int(kid.MCID)
        elif kid.get("/Type") == "/OBJR":
            continue
        else:
            element.kids.append(_element(kid, numbers, pages, used))
            continue
        assert at is not None
        assert (at, mcid) not in used, f"page {at + 1}: content {mcid} belongs to two elements"
        assert pages[at].tags[mcid] == f"/{element.tag}"
        used.add((at, mcid))
        element.text += pages[at].texts[mcid]
    return element
