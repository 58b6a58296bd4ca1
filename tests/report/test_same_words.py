"""A report says the same as a PDF, a web page, and documents to edit: where paper has room for less, no format says more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bench.big_inventory import ROOT
from camcensus.model.blocks import (
    Block,
    Bullets,
    Fact,
    Heading,
    OnePage,
    Prose,
    ReportDocument,
    TableBlock,
    plain,
)
from camcensus.report.pdf.paper import settled
from camcensus.report.plan.whole import plan_report
from camcensus.tasks.reports.making import write_said
from random_plans import random_plan
from report.document_reading import read_document
from report.html_reading import read_html
from report.reading import read, without_pages
from report.sample import AS_AT, BODY, FONTS, KNOWLEDGE

SEEDS = (6, 12, 24, 65, 95, 146, 188, 376)
"""Among them plans whose first page has room for the least."""


def texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Every text of the blocks, of several ways all."""
    for block in blocks:
        match block:
            case OnePage():
                for way in block.ways:
                    yield from texts(way)
            case Heading() | Prose():
                yield plain(block.text)
            case Bullets():
                yield from map(plain, block.items)
            case TableBlock():
                yield from (cell for row in block.rows for one in row.cells for cell in facts(one))
                yield plain(block.note)


def facts(cell: str | Fact | Sequence[Fact]) -> list[str]:
    if isinstance(cell, str):
        return [cell]
    return [plain(fact.text) for fact in ([cell] if isinstance(cell, Fact) else cell)]


def joined(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words_of(path: Path) -> str:
    """All that a file says, without white space."""
    data = path.read_bytes()
    match path.suffix:
        case ".pdf":
            return without_pages(joined(read(data).words))
        case ".html":
            return joined(read_html(data).text)
        case _:
            return read_document(data).everything


def document_of(seed: int, audience: str) -> ReportDocument:
    plan, rows = random_plan(seed)
    lists = KNOWLEDGE.lists if seed % 2 else ()
    return plan_report(
        plan, body=BODY, knowledge=KNOWLEDGE, scans=(), rows=rows, enabled_lists=lists, as_at=AS_AT, audience=audience
    )  # fmt: skip


@pytest.mark.parametrize("audience", ["internal", "supplier", "public"])
def test_every_format_of_a_plan_says_what_paper_says_and_no_more(tmp_path: Path, audience: str) -> None:
    cut = 0
    for seed in SEEDS:
        document = document_of(seed, audience)
        wanted = {joined(text) for text in texts(settled(document, FONTS).blocks)}
        others = {joined(text) for text in texts(document.blocks)} - wanted
        others = {text for text in others if not any(text in one for one in wanted)}
        cut += bool(others)
        for ending in ("pdf", "html", "docx"):
            path = tmp_path / f"plan.{ending}"
            write_said(path, ROOT, lambda document=document: document, None)  # type: ignore[misc]
            said = words_of(path)
            assert not [text for text in wanted if text not in said], (seed, ending)
            assert not [text for text in others if text in said], (seed, ending)
    assert cut
