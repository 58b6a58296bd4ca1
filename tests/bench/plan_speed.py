"""How long the plan takes, and whether its paper adds up: python tests/bench/plan_speed.py [DEVICES] [--papers PLANS]

An inventory of so many devices (20,000 if not said) is made in a temporary folder. Printed are the seconds for reading its register
(the peer: what every page of it costs), for working out the plan from rows that are at hand, for one edit and for one of 2,000 rows,
for making a version, and for the plan that says what changed since. With --papers so many random plans are printed instead, and
their totals read back out of the PDF with pypdf, as tests/report/test_plan_sums.py does for 200.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.big_inventory import NOW, ROOT, make
from camcensus.store.edits import batches, tagging
from camcensus.store.edits import plan as plan_edits
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import plan as planning
from camcensus.tasks.register import verbs as register
from random_plans import random_plan

STAFF = "Sam Okafor"


def timed[T](what: str, work: Callable[[], T]) -> T:
    """Does it, and prints how long it took."""
    start = time.perf_counter()
    made = work()
    print(f"{what:58} {time.perf_counter() - start:7.3f} s", flush=True)
    return made


def speed(devices: int) -> None:
    """The plan of a large register."""
    known = load_knowledge(ROOT / "vendors.db")
    with tempfile.TemporaryDirectory() as folder:
        inventory = make(Path(folder) / "big.camcensus", devices, places=200)
        rows = timed(f"reading the register, {devices:,} devices", lambda: register.rows(inventory, known))
        plan = timed("the plan", lambda: planning.plan(inventory, known, NOW, register=rows))
        print(f"{len(plan.batches):,} batches by {plan.level}, {len(plan.items):,} rows to act on")
        recorders = [row.asset.id for row in rows if row.asset.kind == "recorder"]
        inventory.do(tagging.decide(recorders, "replace", why="Too old", year="2027-28"), by=STAFF, now=NOW)
        replaced = register.rows(inventory, known)
        timed("the plan, recorders replaced", lambda: planning.plan(inventory, known, NOW, register=replaced))
        undecided = sorted((one for one in plan.batches if one.option is None), key=lambda one: -len(one.assets))
        many = undecided[:20]
        timed(
            f"an option for {sum(len(one.assets) for one in many):,} rows",
            lambda: inventory.do(batches.set_option(many, "replace"), by=STAFF, now=NOW),
        )
        timed("a price for one batch", lambda: inventory.do(batches.set_fields([many[0]], {"unit": "180"}), by=STAFF, now=NOW))
        after = register.rows(inventory, known)
        plan = planning.plan(inventory, known, NOW, register=after)
        timed("making a version", lambda: inventory.do(plan_edits.make_version(plan, known.version, ""), by=STAFF, now=NOW))
        timed("the plan, with what changed since", lambda: planning.plan(inventory, known, NOW, register=after))
        inventory.close()


def papers(plans: int) -> int:
    """The totals of so many random plans, read back out of their papers; gives how many are wrong."""
    from report.test_plan_sums import check_first_page, check_items, check_options, check_vat, paper_of, summed_again

    wrong = 0
    start = time.perf_counter()
    for seed in range(plans):
        plan, rows = random_plan(seed)
        try:
            assert list(plan.years) == summed_again(plan), "the years"
            paper = paper_of(plan, rows)
            for check in (check_first_page, check_items, check_vat, check_options):
                check(plan, paper)
        except AssertionError as error:
            wrong += 1
            print(f"plan {seed}: {error}")
    print(f"{plans:,} plans, {wrong:,} wrong, {time.perf_counter() - start:.0f} s")
    return wrong


def main(arguments: list[str]) -> int:
    """Says what was measured; 1 where a paper does not add up."""
    if "--papers" in arguments:
        return 1 if papers(int(arguments[arguments.index("--papers") + 1])) else 0
    speed(int(arguments[0]) if arguments else 20_000)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
