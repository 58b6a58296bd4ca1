"""Pages that hold next to nothing, of every report of random records in each edition: there shall be none.

    python tests/bench/thin_pages.py [--records N] [--first NUMBER] [--below PART]

Of N (60) random records with doubts, several sites and none, a fifth of them empty or of a single row, each with no search of a
network in every third, and with few prices, all prices or none: all kinds of reports, the plan in each of its parts. Prints each
page that holds a single bullet or row, or that is filled by less than PART (1/8), and how many papers and pages there were. Exit
status 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.big_inventory import NOW, ROOT
from bench.plan_pages import PRICES
from camcensus.model.asset import Body
from camcensus.model.blocks import ReportDocument, plain
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Costs
from camcensus.report.pdf.dealing import Page, deal
from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.laid import LaidProse
from camcensus.report.pdf.paper import Paper
from camcensus.report.pdf.text import Typesetter
from camcensus.store.inventory import Inventory, create_inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports import kit, plan
from camcensus.tasks.reports.catalogue import KINDS, PART_WORDS
from camcensus.tasks.reports.making import Choices, Making
from random_estates import estate
from report.sample import COSTS, SCANS

FONTS = ROOT / "resources" / "fonts"
FIGURES = (COSTS, PRICES, Costs())
THIN = 1 / 8
"""The part of a page below which it holds next to nothing."""


@dataclass(frozen=True)
class Filled:
    """A page: its number, how many things are on it, and which part of it is filled, its words."""

    number: int
    of: int
    things: int
    part: float
    words: str

    def thin(self, below: float) -> bool:
        """Whether it holds next to nothing. The only page does not, nor one that one thing fills: a picture, a sheet of labels."""
        return self.of > 1 and (self.part < below or (self.things < 2 and self.part < 1 / 2))


def pages_of(document: ReportDocument) -> list[Filled]:
    """The pages of a report, as they are dealt."""
    paper, typesetter = Paper(document), Typesetter(Fonts(FONTS))
    laid = [paper.lay(one) for block in document.blocks for one in paper.way(block, typesetter)]
    for block in laid:
        block.set(typesetter, paper.width, paper.height)
    pages = deal(laid, paper.height)
    return [
        Filled(at, len(pages), _things(page), _bottom(page) / paper.height, _words(page)) for at, page in enumerate(pages, 1)
    ]


def _words(page: Page) -> str:
    """How its headings and paragraphs begin."""
    return "; ".join(plain(block.text)[:40] for block, _ in page if isinstance(block, LaidProse))


def _things(page: Page) -> int:
    return sum(block.things for block, _ in page)


def _bottom(page: Page) -> float:
    return page[-1][1] + page[-1][0].height if page else 0.0


def papers(
    inventory: Inventory, knowledge: Knowledge, rows: Sequence[AssetRow], costs: Costs, *, searched: bool
) -> Iterator[tuple[str, ReportDocument]]:
    """Every report of these rows in each of its editions, by its name; the plan in each of its parts."""
    with ExitStack() as stack:
        for module in (kit, plan):
            stack.enter_context(mock.patch.object(module, "judged_now", return_value={}, create=True))
            stack.enter_context(mock.patch.object(module, "rows", return_value=tuple(rows), create=True))
        stack.enter_context(mock.patch.object(Inventory, "scans", return_value=list(SCANS) if searched else []))
        for kind in KINDS:
            if "place" in kind.options or (not rows and kind.missing(inventory)):
                continue
            for audience in kind.audiences:
                for part in PART_WORDS if "part" in kind.options else ("all",):
                    choices = Choices(audience, request=FoiRequest("", "2026-11-17"), part=part)  # type: ignore[arg-type]
                    making = Making(
                        inventory=inventory, knowledge=knowledge, path=Path("a.pdf"), data_dir=ROOT, now=NOW + timedelta(days=1),
                        choices=choices,
                    )  # fmt: skip
                    said = plan.plan(making, costs) if kind.name == "plan" else kind.says(making)
                    yield f"{kind.name}, {audience}{'' if part == 'all' else f', {part}'}", said


def thin_pages(
    inventory: Inventory, knowledge: Knowledge, seed: int, below: float
) -> Iterator[tuple[str, list[Filled], list[Filled]]]:
    """Each paper of the record of that number: its name, its pages, and those of them that are thin."""
    lists = frozenset(entry.id for entry in knowledge.lists.values() if entry.default_on)
    rows = estate(seed, knowledge, lists)
    for name, document in papers(inventory, knowledge, rows, FIGURES[seed % len(FIGURES)], searched=seed % 3 != 1):
        pages = pages_of(document)
        yield name, pages, [page for page in pages if page.thin(below)]


def main(arguments: list[str]) -> int:
    """Prints the pages that hold next to nothing; 1 where there are any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=60)
    parser.add_argument("--first", type=int, default=0, help="the number of the first record")
    parser.add_argument("--below", type=float, default=THIN, help="the part of a page below which it is thin")
    given = parser.parse_args(arguments)
    knowledge, made, drawn, found = load_knowledge(ROOT / "vendors.db"), 0, 0, 0
    body = Body("5c9d2f60-0000-4000-8000-000000000003", "Elm Park Primary School", expected_cameras=20)
    with tempfile.TemporaryDirectory() as folder, create_inventory(Path(folder) / "a.camcensus", body, now=NOW) as inventory:
        for seed in range(given.first, given.first + given.records):
            for name, pages, thin in thin_pages(inventory, knowledge, seed, given.below):
                made, drawn, found = made + 1, drawn + len(pages), found + len(thin)
                for page in thin:
                    print(
                        f"record {seed}: {name}, page {page.number} of {page.of}: {page.things} things, {page.part:.0%} filled: {page.words}",
                        flush=True,
                    )
    print(f"{given.records} records, {made:,} papers, {drawn:,} pages, {found} with next to nothing.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
