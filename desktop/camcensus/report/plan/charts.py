"""The plan in pictures: money by year, and the cameras before and after it. Each with the table that says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model.attribution import NAMED_GRADES
from camcensus.model.blocks import Bar, Block, Heading
from camcensus.model.plan import NOT_DATED, REPLACING, Plan, PlanItem, YearTotal
from camcensus.model.words import pounds
from camcensus.report.charts import bar_chart, in_words, twin

MONEY = ("Equipment", "Fitting", "Contingency", "Other")
STATES = ("Listed", "Not listed", "New", "Not known", "Based in China (our reading)")
NOTE_LISTED = (
    "Listed: by a maker on the lists in use, likely ones too. Not known: also where signs disagree. New: bought by this plan, "
    "the maker not chosen yet."
)
NOTE = f"{NOTE_LISTED} Based in China (our reading): by another maker seated there."


def money_by_year(years: Sequence[YearTotal], *, least: int = 3) -> Iterator[Block]:
    """What each year costs, as bars; the table of years follows. Nothing without a price, or for fewer than `least` years."""
    if len(years) < least or not any(year.total for year in years):
        return
    bars = [Bar(year.year, _parts(year)) for year in years]
    steps = MONEY if any(bar.counts[3] for bar in bars) else (*MONEY[:3], "")
    said = in_words(bars, tuple(map(str.lower, MONEY)), pounds)
    alt = f"Bar chart of what each year costs, excluding VAT. {said}."
    yield bar_chart(bars, alt, steps=steps, say=pounds, spacing="close")


def _parts(year: YearTotal) -> tuple[int, int, int, int]:
    """What a year's total is made of; the last is what it holds besides the other three."""
    return (
        year.equipment,
        year.fitting,
        year.contingency,
        year.total - year.equipment - year.fitting - year.contingency,
    )


def before_and_after(plan: Plan, level: int) -> Iterator[Block]:
    """The cameras by list state today and after each year of the plan, below such a heading; nothing where none goes."""
    cameras = [item for item in (*plan.items, *plan.kept, *plan.undecided) if item.kind == "camera"]
    going = [item for item in cameras if item.option in REPLACING or item.option == "remove"]
    if not going:
        return
    years = sorted({item.year or NOT_DATED for item in going}, key=lambda year: (year == NOT_DATED, year))
    bars = [_bar("Today", cameras, ())]
    for number, year in enumerate(years, 1):
        name = f"After {year}" if year != NOT_DATED else "After the rest"
        bars.append(_bar(name, cameras, years[:number]))
    steps = STATES if any(bar.counts[4] for bar in bars) else (*STATES[:4], "")
    said = ("listed", "not listed", "new", "not known", "based in China by our reading")
    alt = f"Bar chart of the cameras before and after the plan. {in_words(bars, said)}."
    yield Heading("Cameras before and after", level)
    yield bar_chart(bars, alt, steps=steps, spacing="close")
    note = NOTE if steps[4] else NOTE_LISTED
    yield twin("When", "Cameras", bars, steps=steps, total=False, note=note, spacing="close")


def _bar(name: str, cameras: Sequence[PlanItem], done: Sequence[str]) -> Bar:
    """The cameras once the work of the years `done` is over."""
    counts = [0, 0, 0, 0, 0]
    for item in cameras:
        over = (item.year or NOT_DATED) in done
        if over and item.option == "remove":
            continue
        if over and item.option in REPLACING:
            counts[2] += item.quantity
        elif item.listed_on:
            counts[0] += item.quantity
        elif item.based:
            counts[4] += item.quantity
        else:
            counts[1 if item.grade in NAMED_GRADES else 3] += item.quantity
    return Bar(name, tuple(counts))
