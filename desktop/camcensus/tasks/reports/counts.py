"""Cameras counted: by maker and how sure we are, by building, by age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from camcensus.model.words import BASED, clean, lower_first
from camcensus.planning.counts import Group, MakerCount
from camcensus.report.maker_counts import NOT_KNOWN, Counted
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports import kit

AGES = (("Under 5 years", 5), ("5 to 9 years", 10), ("10 years and more", 1_000))
NO_AGE = "Not recorded"


def by_maker(given: kit.Read, cameras: Group) -> tuple[Counted, ...]:
    """Makers that are listed or based in China first, of each those with most cameras, "Not known" last."""
    named = [
        (clean(given.knowledge.name_of(one.maker), 40) + _said(one), (one.confirmed, one.almost_certain, one.likely, 0))
        for one in sorted(cameras.makers, key=lambda one: not (one.listed or one.based))
    ]
    return (*named, *([(NOT_KNOWN, (0, 0, 0, cameras.not_known))] if cameras.not_known else []))


def _said(maker: MakerCount) -> str:
    return ", listed" if maker.listed else f", {lower_first(BASED)}" if maker.based else ""


def by_building(given: kit.Read, cameras: Sequence[AssetRow]) -> tuple[Counted, ...]:
    """How many cameras are in each section of the register; nothing where places are left out."""
    if not given.edition.gives("place"):
        return ()
    return tuple((name, (len(rows),)) for name, rows in kit.by_section(cameras)[0].items())


def by_age(cameras: Sequence[AssetRow], today: date) -> tuple[Counted, ...]:
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
    return tuple((name, (numbers[name],)) for name in names) if numbers.total() > numbers[NO_AGE] else ()
