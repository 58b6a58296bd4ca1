"""Ink outside the frame of its page, and headings alone at the foot of one, in every report of estates of many sites.

    python tests/bench/frame.py [--rows NUMBER]

Of estates with 1, 8, 40 and 400 sites and 1, 9 and NUMBER (3,000) rows, with decisions and without, each report that a place needs
not be chosen for, for our own staff, the plan in each of its parts. Prints each finding, and how many pages were looked at. Exit
status 1 where there is one. Words are where pdftotext (poppler-utils) finds them; charts and tables where they were dealt.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.big_inventory import NOW, ROOT, make
from bench.plan_pages import PRICES
from camcensus.model.blocks import ReportDocument
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.laid import LaidHeading
from camcensus.report.pdf.paper import EDGE_MM, Paper, draw
from camcensus.report.pdf.text import Typesetter
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.reports import plan
from camcensus.tasks.reports.catalogue import KINDS, PART_WORDS
from camcensus.tasks.reports.making import Choices, Making

SITES, ROWS = (1, 8, 40, 400), (1, 9, 3_000)
FONTS = ROOT / "resources" / "fonts"
PDFTOTEXT = shutil.which("pdftotext") or ""
SLACK = 1.5
"""Points that a letter may stand over the edge of its column."""
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)<')


def papers(inventory: Inventory, knowledge: Knowledge) -> Iterator[tuple[str, ReportDocument]]:
    """Every report for our own staff, by its name."""
    for kind in KINDS:
        if "place" in kind.options or kind.name == "labels":  # a sheet of labels stands at its own places
            continue
        for part in PART_WORDS if "part" in kind.options else ("all",):
            choices = Choices("internal", request=FoiRequest("", "2026-11-17"), part=part)  # type: ignore[arg-type]
            making = Making(
                inventory=inventory, knowledge=knowledge, path=Path("a.pdf"), data_dir=ROOT, now=NOW + timedelta(days=1),
                choices=choices,
            )  # fmt: skip
            yield f"{kind.name} {part}", plan.plan(making, PRICES) if kind.name == "plan" else kind.says(making)


def findings(document: ReportDocument, folder: Path) -> tuple[int, list[str]]:
    """How many pages a report has, and what of it lies outside its page."""
    paper = Paper(document)
    found = []
    pages = paper.dealt(Typesetter(Fonts(FONTS)))
    for number, page in enumerate(pages, 1):
        found += [
            f"page {number}: {type(block).__name__} below it" for block, y in page if y + block.height > paper.height + SLACK
        ]
        if page and isinstance(page[-1][0], LaidHeading):
            found.append(f"page {number}: a heading alone at the foot")
    if PDFTOTEXT:
        path = folder / "paper.pdf"
        path.write_bytes(draw(document, FONTS)[0])
        said = subprocess.run([PDFTOTEXT, "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
        for number, (wide, high, words) in enumerate(_PAGE.findall(said), 1):
            for left, top, right, bottom, word in _WORD.findall(words):
                across = float(left) < paper.side - SLACK or float(right) > float(wide) - paper.side + SLACK
                if across or float(top) < EDGE_MM or float(bottom) > float(high) - EDGE_MM:
                    found.append(f"page {number}: {word[:40]} outside it")
    return len(pages), found


def main(arguments: list[str]) -> int:
    """Prints the findings; 1 where there are any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS[-1])
    most = parser.parse_args(arguments).rows
    knowledge, looked_at, wrong = load_knowledge(ROOT / "vendors.db"), 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for sites in SITES:
            for rows in (*ROWS[:-1], most):
                with make(folder / f"{sites}-{rows}.camcensus", rows, places=sites * 50, decisions=rows > 1) as inventory:
                    inventory.closing = None
                    for kind, document in papers(inventory, knowledge):
                        pages, found = findings(document, folder)
                        looked_at, wrong = looked_at + pages, wrong + len(found)
                        for one in found[:5]:
                            print(f"{sites} sites, {rows:,} rows, {kind}: {one}", flush=True)
    print(f"{looked_at:,} pages, {wrong} findings.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
