"""How many pages the plan has, part by part, for five estates: none, one camera, a shop, a school, a trust of 12 sites.

    python tests/bench/plan_pages.py [--keep OUT] [--trust DEVICES]

Prints pages of the decision paper, of the appendices and of both, pages that hold next to nothing, and seconds. Exit status 1
where the decision paper is not two pages, a page holds a single row or line, or the school's appendices are longer than
`SCHOOL_PAGES`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.big_inventory import NOW, ROOT, make
from camcensus.model.asset import Body
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Costs
from camcensus.report.pdf.paper import draw
from camcensus.report.plan.whole import PlanPart
from camcensus.store.edits import tagging
from camcensus.store.inventory import Inventory, create_inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.demo import INVENTORY_NAME, run_demo
from camcensus.tasks.register.verbs import open_inventory
from camcensus.tasks.reports.making import Choices, Making
from camcensus.tasks.reports.plan import plan

PRICES = Costs(180_00, 120_00, 1_200_00, 250_00, 10, separate_unit=45_00, remove_unit=30_00, vat_hundredths=2000)
SCHOOL_PAGES = 5
"""Of appendices, for the practice school of 24 devices."""
LEAST_LINES = 3
"""Lines of text on a page, besides head and foot, below which it holds next to nothing."""
FURNITURE_LINES = 6


def estates(folder: Path, trust: int, knowledge: Knowledge, wanted: tuple[str, ...] = ("",)) -> Iterator[tuple[str, Inventory]]:
    """Each estate whose name begins so, its inventory open."""
    if "none".startswith(wanted):
        body = Body("5c9d2f60-0000-4000-8000-000000000002", "Nobody’s")
        yield "none", create_inventory(folder / "none.camcensus", body, now=NOW)
    small_ones = ("one camera", 1, "school"), ("shop, 8", 8, "shop")
    for name, devices, kind in (one for one in small_ones if one[0].startswith(wanted)):
        small = make(folder / f"{devices}.camcensus", devices, places=4, decisions=False, kind=kind)
        small.do(tagging.decide([one.id for one in small.assets()][::2], "replace", year="2026-27"), by="S. Ellis", now=NOW)
        yield name, small
    if "school, 24".startswith(wanted):
        asyncio.run(run_demo(ROOT, folder, knowledge))
        yield "school, 24", open_inventory(folder / INVENTORY_NAME, NOW, readonly=True)
    if "trust".startswith(wanted):
        yield f"trust of 12 sites, {trust:,}", make(folder / "trust.camcensus", trust, places=600, kind="academy-trust")


def drawn(inventory: Inventory, knowledge: Knowledge, part: PlanPart, now: datetime = NOW) -> tuple[bytes, int]:
    """One part of the plan as PDF, with the same prices for every estate."""
    making = Making(inventory=inventory, knowledge=knowledge, path=Path("plan.pdf"), data_dir=ROOT, now=now)
    said = plan(replace(making, choices=Choices(part=part)), PRICES)
    return draw(said, ROOT / "resources" / "fonts")


def thin_pages(content: bytes) -> list[int]:
    """Pages with next to nothing on them, the last one too."""
    found = []
    for number, page in enumerate(PdfReader(BytesIO(content)).pages, 1):
        lines = [line for line in page.extract_text().splitlines() if line.strip()]
        if len(lines) - FURNITURE_LINES < LEAST_LINES:
            found.append(number)
    return found


def main(arguments: list[str]) -> int:
    """Prints the table; 1 where an estate's plan is longer than it may be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--keep", type=Path, help="a folder for the PDFs")
    parser.add_argument("--trust", type=int, default=3_000, help="devices of the trust")
    given = parser.parse_args(arguments)
    knowledge, held, now = load_knowledge(ROOT / "vendors.db"), True, datetime.now(UTC)  # no list is newer than the paper
    print(f"{'estate':28}{'decision':>9}{'appendices':>11}{'both':>6}{'thin pages':>12}{'decision s':>11}{'both s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, inventory in estates(Path(folder), given.trust, knowledge):
            start = time.perf_counter()
            decision, pages = drawn(inventory, knowledge, "decision", now)
            middle = time.perf_counter()
            both, all_pages = drawn(inventory, knowledge, "all", now)
            took = time.perf_counter() - middle
            thin = thin_pages(both)
            print(
                f"{name:28}{pages:>9}{all_pages - pages:>11,}{all_pages:>6,}{thin or '–'!s:>12}{middle - start:>11.2f}{took:>8.2f}",
                flush=True,
            )
            held &= pages == 2 and not thin and ("school" not in name or all_pages - pages <= SCHOOL_PAGES)
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / f"{name.partition(',')[0]}.pdf").write_bytes(both)
                (given.keep / f"{name.partition(',')[0]}-decision.pdf").write_bytes(decision)
            inventory.close()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
