"""How much room is left in the plan of a school: pages, free lines on the last, and risks that page 2 has no room for.

    python tests/bench/plan_room.py [--estates N] [--school FILE] [--keep OUT]

Of the practice school (searched now, or the demonstration's inventory) with its own prices and with the bench's, and of N (20)
random estates of 15 to 30 cameras with few prices, all prices and none.
What is promised is a plan of 23 cameras and a recorder: 2 pages that are signed and 5 of appendices, `PAGES`. Each entry of a
register takes its rows, so that a longer register may take a page more for each further `ENTRIES_A_PAGE`. Exit status 1 where a
plan is longer, where the practice school's has fewer than `LINES` free lines on page 7, or a page holds a single bullet or row.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.big_inventory import NOW, ROOT
from bench.plan_pages import PRICES
from camcensus.model.asset import Body
from camcensus.model.blocks import Bullets, ReportDocument
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Costs
from camcensus.planning.counts import is_counted
from camcensus.planning.plan import make_plan
from camcensus.report.pdf.dealing import Page, deal
from camcensus.report.pdf.fonts import Fonts
from camcensus.report.pdf.ink import BODY
from camcensus.report.pdf.paper import Paper, draw
from camcensus.report.pdf.text import Typesetter
from camcensus.report.plan.whole import plan_report
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.demo import INVENTORY_NAME, run_demo
from camcensus.tasks.register.plan import plan_rows
from camcensus.tasks.register.verbs import AssetRow, open_inventory
from camcensus.tasks.reports.making import Making
from camcensus.tasks.reports.plan import plan
from random_estates import estate
from report.sample import COSTS, SCANS

PAGES, LINES = 7, 6
ENTRIES, ENTRIES_A_PAGE = 24, 12
CAMERAS = range(15, 31)
FONTS = ROOT / "resources" / "fonts"
PRACTICE = "practice school"
MORE_RISKS = "More risks and assumptions"


@dataclass(frozen=True)
class Room:
    """What one plan takes: entries of the register, its pages, those that are signed, free lines on the last, its pages with a
    single thing, and risks behind page 2."""

    entries: int

    pages: int
    signed: int
    free: float
    alone: list[int]
    behind: int

    @property
    def holds(self) -> bool:
        return self.signed == 2 and not self.alone and self.pages <= self.allowed

    @property
    def allowed(self) -> int:
        """How many pages it may have."""
        return PAGES + math.ceil(max(0, self.entries - ENTRIES) / ENTRIES_A_PAGE)


def room(document: ReportDocument, entries: int = ENTRIES) -> Room:
    """The pages of a plan, as they are dealt."""
    paper, typesetter = Paper(document), Typesetter(Fonts(FONTS))
    said = [one for block in document.blocks for one in paper.way(block, typesetter)]
    laid = [paper.lay(one) for one in said]
    for block in laid:
        block.set(typesetter, paper.width, paper.height)
    pages = deal(laid, paper.height)
    at = next((at for at, block in enumerate(said) if getattr(block, "text", "") == MORE_RISKS), None)
    behind = said[at + 1] if at is not None else Bullets(())
    return Room(
        entries,
        len(pages),
        next(at for at, page in enumerate(pages) if getattr(page[0][0], "text", "") == "Costs in detail"),
        (paper.height - pages[-1][-1][1] - pages[-1][-1][0].height) / BODY.leading,
        [number for number, page in enumerate(pages, 1) if _things(page) < 2],
        len(behind.items) if isinstance(behind, Bullets) else 0,
    )


def _things(page: Page) -> int:
    return sum(block.things for block, _ in page)


def random_schools(number: int, knowledge: Knowledge) -> Iterator[tuple[str, list[AssetRow]]]:
    """So many random estates of the size of a school, with the number each is drawn from."""
    seed = 0
    while number:
        rows = [row for row in estate(seed, knowledge, lists_of(knowledge)) if row.asset.status != "removed"]
        if sum(row.asset.kind == "camera" for row in rows) in CAMERAS:
            number -= 1
            yield f"random {seed}", rows
        seed += 1


def lists_of(knowledge: Knowledge) -> frozenset[str]:
    """The lists that a school uses where nobody changed them."""
    return frozenset(entry.id for entry in knowledge.lists.values() if entry.default_on)


def plans(number: int, knowledge: Knowledge, demo: Path | None = None) -> Iterator[tuple[str, int, ReportDocument]]:
    """Each plan by name, with its entries; the practice school's is of the inventory `demo`, else of a new one."""
    with tempfile.TemporaryDirectory() as folder:
        if demo is None:
            asyncio.run(run_demo(ROOT, Path(folder), knowledge))
        with open_inventory(demo or Path(folder) / INVENTORY_NAME, NOW, readonly=True) as school:
            making = Making(inventory=school, knowledge=knowledge, path=Path("plan.pdf"), data_dir=ROOT, now=NOW)
            yield f"{PRACTICE}, its own prices", len(school.assets()), plan(making)
            yield f"{PRACTICE}, the bench's prices", len(school.assets()), plan(making, PRICES)
    for name, register in random_schools(number, knowledge):
        for prices, costs in (("few prices", COSTS), ("all prices", PRICES), ("none", Costs())):
            entries = sum(is_counted(row.asset) for row in register)
            yield f"{name}, {prices}", entries, plan_of(register, costs, knowledge)


def plan_of(register: Sequence[AssetRow], costs: Costs, knowledge: Knowledge) -> ReportDocument:
    """The plan of a random estate: of a school that searched, and expected more cameras than it has."""
    rows = plan_rows(register, knowledge)
    body = Body("5c9d2f60-0000-4000-8000-000000000003", "Elm Park Primary School", expected_cameras=len(rows))
    return plan_report(
        make_plan(rows, costs, today=NOW.date(), year_starts=9), rows=rows, body=body, knowledge=knowledge, scans=SCANS,
        enabled_lists=lists_of(knowledge), as_at=NOW,
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Prints a line for each plan and the distribution; 1 where one is too long."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--estates", type=int, default=20, help="random estates")
    parser.add_argument("--school", type=Path, help="the inventory of a demonstration that ran before")
    parser.add_argument("--keep", type=Path, help="a folder for the PDFs")
    given = parser.parse_args(arguments)
    found: list[Room] = []
    print(f"{'plan':40}{'entries':>8}{'pages':>6}{'free lines':>11}{'risks behind':>13}  pages with one thing")
    held = True
    for name, entries, document in plans(given.estates, load_knowledge(ROOT / "vendors.db"), given.school):
        found.append(this := room(document, entries))
        holds = this.holds and (not name.startswith(PRACTICE) or this.pages < PAGES or this.free >= LINES)
        held &= holds
        print(
            f"{name:40}{entries:>8}{this.pages:>6}{this.free:>11.1f}{this.behind:>13}  {this.alone or '–'}{'' if holds else '  !'}"
        )
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            (given.keep / f"{name.replace(' ', '-').replace(',', '')}.pdf").write_bytes(draw(document, FONTS)[0])
    for pages, number in sorted(Counter(one.pages for one in found).items()):
        print(f"{pages} pages: {number} plans")
    least = min((one.free for one in found if one.pages == PAGES), default=0)
    print(
        f"Fewest free lines on page {PAGES}: {least:.1f}. Plans with risks behind page 2: {sum(one.behind > 0 for one in found)}."
    )
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
