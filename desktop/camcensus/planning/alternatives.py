"""The ways to go, side by side, each worked out with the same figures: nothing, isolate, phased, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from camcensus.model.device import DeviceKind
from camcensus.model.plan import NOT_DATED, Alternative, Batch, Costs, OwnLine, PlanItem, Priority, YearTotal
from camcensus.model.words import count, fitting, joined, kinds_in_words, upper_first
from camcensus.planning.costs import batch_total, grand_total, year_totals
from camcensus.planning.counts import CountedRow, counted
from camcensus.planning.recording import RECORDS
from camcensus.planning.risks import open_to_attack

GOES_ON, OPEN_YEAR = "Recording goes on.", "a year not chosen yet"
_SPREAD_THIRDS = 2
"""The cost is spread where no year has more than so many thirds of what has a year."""


def alternatives(
    items: Sequence[PlanItem],
    batches: Sequence[Batch],
    lines: Sequence[OwnLine],
    costs: Costs,
    years: tuple[YearTotal, ...],
    year_of: Callable[[Priority], str],
    left: Callable[[Sequence[PlanItem]], Sequence[PlanItem]],
) -> tuple[Alternative, ...]:
    """Four of them, three where all the work is due in one year; none where nothing is to be bought.

    `items` and `batches` are those to act on, `years` what the plan comes to. All are of the same items: what one of them does
    not replace or remove stays, and is counted as staying. `year_of` gives the year in which a priority is due, `left` what
    still records on recorders that the items remove.
    """
    if not any(batch.buys for batch in batches):
        return ()
    first = year_of(1)
    once = [replace(batch, year=first) for batch in batches], [replace(line, year=first) for line in lines]
    dated, undated = _when(items, lines)
    phased = bool(dated) and (undated or len(dated) > 1)
    unpriced, open_lines = _unpriced(batches), sum(line.total is None for line in lines)
    isolated = [batch if batch.option == "separate" else _isolated(batch, costs, first) for batch in batches]
    recorders = any(batch.buys and batch.kind == "recorder" for batch in batches)
    means = _stays(items)
    ways = [
        Alternative(
            way="nothing",
            title="Do nothing",
            years=(),
            total=grand_total(()) if costs.vat_hundredths is None else replace(grand_total(()), vat=0),
            unpriced=0,
            good="No spending now.",
            means=means,
            recording=GOES_ON,
            risk="Old recorders may fail." if recorders else "Equipment ages; repairs may end.",
            left_open=sum(map(open_to_attack, items)),
        ),
        _priced(
            "isolate",
            "Keep and isolate",
            year_totals(isolated, (), costs),
            _unpriced(isolated),
            good="Quick, with no building work.",
            means=means,
            recording=GOES_ON,
            risk="The separate network needs regular checks.",
        ),
        _phases(items, lines, years, unpriced, left, planned=True)
        if phased
        else _by_priority(items, batches, lines, costs, unpriced, year_of, left),
        _priced(
            "at-once",
            f"All at once, in {first}" if phased else f"All at once, {f'in {dated[0]}' if dated else 'no year yet'}",
            year_totals(*once, costs) if phased else years,
            unpriced,
            open_lines,
            good="One visit. May be cheaper; ask.",
            means=joined(
                ["All in one year’s budget." if phased or dated else "There is no year for it yet.", _isolated_stay(items)], " "
            ),
            recording=_stops([replace(item, year=first) for item in items], left, dated=False),
            risk="",
            planned=not phased,
        ),
    ]
    return tuple(way for way in ways if way is not None)


def _phases(
    items: Sequence[PlanItem],
    lines: Sequence[OwnLine],
    years: tuple[YearTotal, ...],
    unpriced: int,
    left: Callable[[Sequence[PlanItem]], Sequence[PlanItem]],
    *,
    planned: bool,
) -> Alternative:
    """The work in the years that items and lines have."""
    dated, undated = _when(items, lines)
    return _priced(
        "phased",
        f"Phased over {count(len(dated), 'year')}" if len(dated) > 1 else f"Phased from {dated[0]}",
        years,
        unpriced,
        sum(line.total is None for line in lines),
        good=_phased_good(years),
        means=joined([_later(items, dated, undated=undated), _isolated_stay(items)], " "),
        recording=_stops(items, left),
        risk=f"Prices may change before {_later_years(dated)}.",
        planned=planned,
        left_open=sum(open_to_attack(item) for item in items if item.year is None or item.year > min(dated)),
    )


def _by_priority(
    items: Sequence[PlanItem],
    batches: Sequence[Batch],
    lines: Sequence[OwnLine],
    costs: Costs,
    unpriced: int,
    year_of: Callable[[Priority], str],
    left: Callable[[Sequence[PlanItem]], Sequence[PlanItem]],
) -> Alternative | None:
    """The work that a plan puts into one year, in the years in which its priorities are due; None where that is one too."""
    due = {batch.id: year_of(batch.priority) for batch in batches}
    lines = [replace(line, year=year_of(line.priority)) for line in lines]
    items = [replace(item, year=due.get(item.batch, item.year)) for item in items]
    years = year_totals([replace(batch, year=due[batch.id]) for batch in batches], lines, costs)
    return _phases(items, lines, years, unpriced, left, planned=False) if len(_when(items, lines)[0]) > 1 else None


def _when(items: Sequence[PlanItem], lines: Sequence[OwnLine]) -> tuple[list[str], bool]:
    """The years that the work has, and whether some of it has none."""
    years = [*(item.year for item in items), *(line.year for line in lines)]
    return sorted({year for year in years if year}), None in years


def _priced(
    way: str,
    title: str,
    years: tuple[YearTotal, ...],
    unpriced: int,
    unpriced_lines: int = 0,
    *,
    good: str,
    means: str,
    recording: str,
    risk: str,
    planned: bool = False,
    left_open: int = 0,
) -> Alternative:
    total = grand_total(years)
    has_price = bool(years) and total.total > 0
    return Alternative(
        way=way,  # type: ignore[arg-type]
        title=title,
        years=years if has_price else (),
        total=total if has_price else None,
        unpriced=unpriced,
        unpriced_lines=unpriced_lines,
        good=good,
        means=means,
        recording=recording,
        risk=risk,
        planned=planned,
        left_open=left_open,
    )


def _unpriced(batches: Sequence[Batch]) -> int:
    """Items whose work has no price."""
    return sum(len(batch.assets) for batch in batches if batch.total is None)


def _isolated(batch: Batch, costs: Costs, year: str) -> Batch:
    """The batch, separated instead of replaced or removed, at the user's own price for separating one item."""
    rows = len(batch.assets)
    total = batch_total("separate", rows, costs.separate_unit, None, None)
    return replace(
        batch, option="separate", year=year, quantity=rows, unit=costs.separate_unit, fitting=None, other=None, total=total
    )


def _stays(items: Sequence[PlanItem]) -> str:
    """ "12 items stay in use, 3 of them by a listed maker."."""
    of = counted(
        CountedRow(
            kind=item.kind, removed=False, decided=True, grade=item.grade, maker=item.manufacturer,
            listed=bool(item.listed_on), based=item.based,
        )
        for item in items
    ).items  # fmt: skip
    number, listed, based = len(items), of.listed, of.only_based
    said = [f"{'all' if listed.number == number else listed} of them by a listed maker"] if listed else []
    said += [f"{based} {'' if said else 'of them '}by a maker based in China (our reading)"] if based else []
    stay = f"{count(number, 'item stays', 'items stay')} in use"
    return f"{stay}, {' and '.join(said)}." if said and number > 1 else f"{stay}."


def _isolated_stay(items: Sequence[PlanItem]) -> str:
    """What a way that replaces and removes leaves in use too; by which makers is said where all of them stay."""
    number = sum(item.option == "separate" for item in items)
    return f"{count(number, 'isolated item stays', 'isolated items stay')} in use." if number else ""


def _stops(items: Sequence[PlanItem], left: Callable[[Sequence[PlanItem]], Sequence[PlanItem]], *, dated: bool = True) -> str:
    """At how many items recording stops in which year, said of every way alike: what is isolated goes on.

    What records on a recorder that is removed is said apart: it stops until somebody connects it elsewhere.
    """
    stops: dict[str, Counter[DeviceKind]] = {}
    for item in items:
        if item.option != "separate" and item.kind in RECORDS:
            stops.setdefault((item.year or OPEN_YEAR) if dated else "", Counter())[item.kind] += 1
    if not stops:
        return GOES_ON
    years = sorted(stops.items(), key=lambda one: (one[0] == OPEN_YEAR, one[0]))
    at = [f"{kinds_in_words(kinds)}{f' in {year}' if year else ''}" for year, kinds in years]
    gone = sum(item.option == "remove" and item.kind in RECORDS for item in items)
    every = sum(kinds.total() for kinds in stops.values())
    which = f"{gone:,} of them" if gone < every else fitting(gone, "it", "all of them")
    good = f", for good at {which}" if gone else ""
    hung = len(left(items))
    stop = f" {count(hung, 'item')} whose recorder is removed {fitting(hung, 'stops', 'stop')} too until connected elsewhere."
    return f"Recording stops at {', and at '.join(at)}{good}.{stop if hung else ''}"


def _phased_good(years: Sequence[YearTotal]) -> str:
    """What speaks for the phases: the cost is spread where it is, and later work can still change."""
    paid = [year.total for year in years if year.year != NOT_DATED]
    spread = any(paid) and 3 * max(paid) <= _SPREAD_THIRDS * sum(paid)
    return "The cost is spread." if spread else "The later work can still change."


def _later_years(dated: Sequence[str]) -> str:
    """ "2027-28", "the later years", or "the work that has no year yet"."""
    return "the later years" if len(dated) > 2 else dated[1] if len(dated) > 1 else "the work that has no year yet"


def _later(items: Sequence[PlanItem], dated: Sequence[str], *, undated: bool) -> str:
    later = sum(item.year is not None and item.year != dated[0] for item in items)
    waiting = sum(item.year is None for item in items)
    said = []
    if len(dated) > 1:
        waits = count(later, "item waits", "items wait") if later else "Other work waits"
        said.append(f"{waits} until {dated[1]}{' or later' if len(dated) > 2 else ''}")
    if undated:
        none = f"{waiting:,} {fitting(waiting, 'has', 'have')}" if later else count(waiting, "item has", "items have")
        said.append(f"{none if waiting else 'other work has'} no year yet")
    return f"{upper_first('; '.join(said))}."
