"""Cameras counted for the charts: by maker and how sure we are, by building, by age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from camcensus.model.blocks import Bar
from camcensus.model.words import clean
from camcensus.planning.counts import Group
from camcensus.report.maker_charts import NOT_KNOWN
from camcensus.tasks.register.verbs import AssetRow, count_rows
from camcensus.tasks.reports import kit

AGES = (("Under 5 years", 5), ("5 to 9 years", 10), ("10 years and more", 1_000))
NO_AGE = "Not recorded"


def by_maker(given: kit.Read, cameras: Group) -> tuple[Bar, ...]:
    """Makers that are listed or based in China first, of each those with most cameras, "Not known" last."""
    bars = [
        Bar(clean(given.knowledge.name_of(one.maker), 40), (one.confirmed, one.almost_certain, one.likely, 0))
        for one in sorted(cameras.makers, key=lambda one: not (one.listed or one.based))
    ]
    return (*bars, *([Bar(NOT_KNOWN, (0, 0, 0, cameras.not_known))] if cameras.not_known else []))


def by_building(given: kit.Read, cameras: Sequence[AssetRow]) -> tuple[tuple[str, dict[str, int]], ...] | None:
    """How many cameras of each maker are in each section of the register; None where places are left out."""
    if not given.edition.gives("place"):
        return None
    return tuple((name, _makers(given, rows)) for name, rows in kit.by_section(cameras)[0].items())


def _makers(given: kit.Read, cameras: Sequence[AssetRow]) -> dict[str, int]:
    """How many each maker made, by its name as charts say it."""
    of = count_rows(cameras).cameras
    named = Counter[str]()
    for one in of.makers:
        named[clean(given.knowledge.name_of(one.maker), 40)] += one.number.number
    return named | ({NOT_KNOWN: of.not_known} if of.not_known else {})


def by_age(cameras: Sequence[AssetRow], today: date) -> tuple[tuple[str, int], ...]:
    """Cameras of each age, those of which nobody knows it last; nothing where nobody knows any."""
    numbers = Counter[str]()
    for row in cameras:
        installed = row.asset.installed_on or ""
        if installed[:4].isdecimal():
            years = kit.years_since(installed, today)
            numbers[next((words for words, below in AGES if years < below), AGES[-1][0])] += 1
        else:
            numbers[NO_AGE] += 1
    names = (*(words for words, _ in AGES), NO_AGE)
    return tuple((name, numbers[name]) for name in names) if numbers.total() > numbers[NO_AGE] else ()
