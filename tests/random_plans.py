"""Plans out of a random number: registers, batches changed by hand, prices, rates, years and own lines of every kind."""

from __future__ import annotations

import random
from datetime import date

from camcensus.model.asset import Asset
from camcensus.model.plan import Costs, OwnLine, Plan
from camcensus.model.plan_edits import BatchEdit, PlanEdits
from camcensus.planning.plan import make_plan
from plan_row import PlanRow
from report.sample import LISTED, MAKERS, TODAY, decision, row, verdict

_PLACES = [("Elm Park", "Main block", "Ground", name) for name in ("Gate", "Hall", "Library", "Year 2")] + [
    ("Oak Trust", "Annexe"),
    (),
]
_WHAT = ("replace", "replace", "replace", "remove", "separate", "keep", None)
_YEARS = (None, "2024-25", "2026-27", "2027-28", "2028-29", "2031-32")


def rows_of(dice: random.Random) -> list[PlanRow]:
    """A register of up to 12 rows."""
    made = []
    for number in range(dice.randint(1, 12)):
        kind = dice.choices(("camera", "recorder", "encoder", "software", "unknown"), (12, 4, 1, 1, 1))[0]
        what, year = dice.choice(_WHAT), dice.choice(_YEARS)
        asset = Asset(
            id=f"id-{number}",
            ref=f"{kind[:3].upper()}-{number:03d}",
            kind=kind,  # type: ignore[arg-type]
            device=f"d-{number}",
            place_path=dice.choice(_PLACES),
            sensitive=dice.random() < 0.3,
            status=dice.choices(("present", "not-seen", "removed"), (8, 1, 1))[0],  # type: ignore[arg-type]
            connected_to=f"id-{dice.randrange(12)}" if dice.random() < 0.3 else None,
            decision=None if what is None else decision(what, year, dice.choice(("", "out of repair"))),
        )
        maker = dice.choice((*LISTED, *MAKERS, None))
        made.append(row(asset, verdict(f"k{number}", maker, "likely" if maker else "unknown")))
    return made


def costs_of(dice: random.Random) -> Costs:
    """Prices with odd pence, some of them missing."""
    return Costs(
        camera_unit=money(dice, 0.85),
        camera_fitting=money(dice, 0.6),
        recorder_unit=money(dice, 0.7),
        recorder_fitting=money(dice, 0.5),
        contingency_percent=dice.choice((0, 5, 7, 10, 15, 33)),
        separate_unit=money(dice, 0.4),
        remove_unit=money(dice, 0.4),
        vat_hundredths=dice.choice((None, 0, 500, 1750, 2000, 2000, 1234)),
    )


def money(dice: random.Random, often: float) -> int | None:
    """Pence, None where nobody typed a figure."""
    return dice.choice((0, dice.randint(1, 99), dice.randint(100, 300_000), 18_000)) if dice.random() < often else None


def edits_of(dice: random.Random, rows: list[PlanRow]) -> PlanEdits:
    """Some rows in batches of their own with what people type, and own lines."""
    batches: dict[str, BatchEdit] = {}
    pinned: dict[str, str] = {}
    free = [one.asset for one in rows]
    dice.shuffle(free)
    for number in range(dice.randint(0, 3)):
        members = [free.pop() for _ in range(min(len(free), dice.randint(0, 4)))]
        named = f"batch-{number}"
        first = members[0] if members else None
        batches[named] = BatchEdit(
            id=named,
            kind=first.kind if first else "camera",
            place_path=first.place_path if first else ("Elm Park",),
            what=first.decision.what if first and first.decision else dice.choice(("replace", None)),  # type: ignore[arg-type]
            year=first.decision.year if first and first.decision else None,
            undated=dice.random() < 0.1,
            with_recorder=dice.choice((None, None, True, False)),
            name=dice.choice((None, f"Batch by hand {number}")),
            priority=dice.choice((None, None, 1, 2, 3, 4)),
            reason=dice.choice((None, "Asked for by the head")),
            quantity=dice.choice((None, None, 0, dice.randint(1, 9))),
            unit=money(dice, 0.5),
            fitting=money(dice, 0.5),
            other=money(dice, 0.4),
            out=dice.random() < 0.15,
        )
        pinned |= {asset.id: named for asset in members}
    lines = tuple(
        OwnLine(
            id=f"line-{number}",
            name=dice.choice(("Cabling, lift hire", "Network switch", "Disks")),
            quantity=dice.randint(0, 12),
            unit=money(dice, 0.85),
            fitting=money(dice, 0.4),
            year=dice.choice(_YEARS),
            priority=dice.choice((1, 2, 3, 4)),
        )
        for number in range(dice.choice((0, 0, 1, 2, 3)))
    )
    return PlanEdits(batches=batches, rows=pinned, lines=lines)


def random_plan(seed: int) -> tuple[Plan, list[PlanRow]]:
    """The plan of that number, and the register it is of."""
    dice = random.Random(seed)
    rows = rows_of(dice)
    plan = make_plan(rows, costs_of(dice), today=day_of(dice), year_starts=dice.randint(1, 12), edits=edits_of(dice, rows))
    return plan, rows


def day_of(dice: random.Random) -> date:
    """A day of plans: the sample's, in some month of its year."""
    return TODAY.replace(month=dice.randint(1, 12), day=dice.randint(1, 28))
