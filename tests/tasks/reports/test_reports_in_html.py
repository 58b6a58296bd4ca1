"""Every report but the labels as a page for a browser: sound, and it tells nobody more than the PDF does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from camcensus.model.errors import StoreError
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.catalogue import KINDS
from report.html_reading import Tag, read_html
from report.reading import read, without_pages
from report_estate import NOW, estate, knowledge
from report_writing import write

EDITIONS = [
    (kind.name, audience) for kind in KINDS if "html" in kind.formats and kind.name != "floor" for audience in kind.audiences
]
ONE_PAGE = ("summary", "walkround")
"""Of these a sheet of paper may hold less than there is to say."""


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("estate") / "estate.camcensus"
    estate(path)
    return path


def made(path: Path, known: Knowledge, kind: str, audience: str, to: Path) -> bytes:
    request = FoiRequest("FOI-9", "2026-11-17")
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        return write(kind, inventory, known, to, audience=audience, request=request, now=NOW).path.read_bytes()


def close(text: str) -> str:
    """Without spaces: a PDF has some at the ends of its lines."""
    return without_pages("".join(text.split()))


def rows_of(tables: list[list[list[str]]]) -> list[list[str]]:
    """The rows of all tables, each cell without spaces."""
    return [[close(cell) for cell in row] for table in tables for row in table]


def same(whole: str, printed: str) -> bool:
    """Whether a cell of a page is what the PDF prints: there one of a long table may be cut, with "…" for the rest."""
    return re.fullmatch(".*".join(map(re.escape, printed.split("…"))), whole) is not None


@pytest.mark.parametrize("edition", EDITIONS, ids="-".join)
def test_a_page_says_what_the_pdf_says(whole: Path, known: Knowledge, tmp_path: Path, edition: tuple[str, str]) -> None:
    paper = read(made(whole, known, *edition, tmp_path / "a.pdf"))
    root: Tag = read_html(made(whole, known, *edition, tmp_path / "a.html"))
    assert root.all("title")[0].text == paper.reader.metadata.title  # type: ignore[union-attr]
    said = close(root.all("body")[0].text)
    headings = [close(head.text) for head in paper.root.all("H1", "H2", "H3")]
    tables = rows_of([table.cells for table in root.all("table")])
    if edition[0] in ONE_PAGE:
        assert set(headings) <= {close(head.text) for head in root.all("h1", "h2", "h3")}
    else:
        assert headings == [close(head.text) for head in root.all("h1", "h2", "h3")]
        printed = rows_of([table.cells for table in paper.root.all("Table")])
        assert [len(row) for row in tables if any(row)] == [len(row) for row in printed]
        for row, cells in zip((row for row in tables if any(row)), printed, strict=True):
            assert all(same(*both) for both in zip(row, cells, strict=True)), (row, cells)
        assert all(
            part in said for text in paper.root.all("P", "LBody") if not text.kids for part in close(text.text).split("…")
        )


def test_labels_are_for_paper(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"ends in \.pdf"):
        made(whole, known, "labels", "internal", tmp_path / "a.html")


def test_a_page_does_not_take_the_place_of_a_pdf(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"%PDF-1.7 of somebody")
    with pytest.raises(StoreError, match="another kind"):
        made(whole, known, "summary", "public", tmp_path / "a.html")
