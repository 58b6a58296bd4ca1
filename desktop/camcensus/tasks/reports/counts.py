"""Cameras counted for the charts: by maker and how sure we are, by building, by age."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from camcensus.model.attribution import Grade
from camcensus.model.blocks import Bar
from camcensus.model.words import clean
from camcensus.report.maker_charts import NOT_KNOWN
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports import kit

AGES = (("Under 5 years", 5), ("5 to 9 years", 10), ("10 years and more", 1_000))
NO_AGE = "Not recorded"
_STEP_OF: dict[Grade, int] = {"confirmed": 0, "almost-certain": 1, "likely": 2}


def _maker(given: kit.Read, row: AssetRow) -> str:
    """The maker's name as charts say it, "Not known" where the grade names none."""
    named = row.maker is not None and row.grade in _STEP_OF
    return clean(given.knowledge.name_of(row.maker or ""), 40) if named else NOT_KNOWN


def by_maker(given: kit.Read, cameras: Sequence[AssetRow]) -> tuple[Bar, ...]:
    """Makers with most cameras first, "Not known" last."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in cameras:
        maker = _maker(given, row)
        counts[maker][3 if maker == NOT_KNOWN else _STEP_OF[row.grade]] += 1
    bars = [Bar(name, (c[0], c[1], c[2], c[3])) for name, c in counts.items()]
    return tuple(sorted(bars, key=lambda bar: (bar.name == NOT_KNOWN, -bar.total, bar.name)))


def by_building(given: kit.Read, cameras: Sequence[AssetRow]) -> tuple[tuple[str, Counter[str]], ...] | None:
    """How many cameras of each maker are in each building, in the order of the register; None where places are left out."""
    if not given.edition.gives("place"):
        return None
    single = kit.one_site(given.here)
    buildings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in cameras:
        buildings[kit.building(row, single)][_maker(given, row)] += 1
    return tuple((name, buildings[name]) for name in sorted(buildings, key=kit.building_order))


def by_age(cameras: Sequence[AssetRow], today: date) -> tuple[tuple[str, int], ...]:
    """Cameras of each age, those of which nobody knows it last; nothing where nobody knows any."""
    numbers = Counter[str]()
    for row in cameras:
        installed = row.asset.installed_on or ""
        if installed[:4].isdecimal():
            years = kit.years_since(installed, today)
            numbers[next(words for words, below in AGES if years < below)] += 1
        else:
            numbers[NO_AGE] += 1
    names = (*(words for words, _ in AGES), NO_AGE)
    return tuple((name, numbers[name]) for name in names) if numbers.total() > numbers[NO_AGE] else ()
