"""The part of the register that a report is about: all of it, a place, chosen entries, or a year of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from camcensus.model import frozen
from camcensus.model.asset import Asset, Place, inside, paths_of
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import NOT_DATED, Plan
from camcensus.model.words import clean, count, fitting, joined, natural, shortened
from camcensus.planning.plan import YEARS_OFFERED
from camcensus.planning.years import financial_year, first_year, year_label
from camcensus.store.inventory import Inventory
from camcensus.tasks.register.place_names import PlaceFinder
from camcensus.tasks.register.plan import plan
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports.editions import Edition

REFS_NAMED = 6
NAME_CHARACTERS = 60


@frozen
class ReportScope:
    """What was asked for: a place by its id with all in it, entries by their ids, or a year of the plan ("2026-27").

    At most one of them is given; none of them is all of the register.
    """

    place: str | None = None
    assets: tuple[str, ...] = ()
    year: str | None = None

    @property
    def is_all(self) -> bool:
        """Whether it is the whole register."""
        return self == ReportScope()

    def has(self, row: AssetRow, among: frozenset[str]) -> bool:
        """Whether an entry is in it; `among` are the ids of the places or of the entries that are."""
        return (row.asset.place if self.place is not None else row.asset.id) in among


@frozen
class InScope:
    """A scope that was looked up: the ids of its entries, its name, and the sentence for the first page.

    `short` is the name for every page: "Main block" of "Elm Park › Main block".
    """

    scope: ReportScope
    entries: frozenset[str]
    name: str
    sentence: str

    @property
    def short(self) -> str:
        """The last name of a place, else the name."""
        return short_name(self.name)

    def of(self, register: Sequence[AssetRow]) -> tuple[AssetRow, ...]:
        """Those of the register that are in it."""
        return tuple(row for row in register if row.asset.id in self.entries)


def looked_up(
    scope: ReportScope,
    inventory: Inventory,
    knowledge: Knowledge,
    register: Sequence[AssetRow],
    *,
    now: datetime,
    edition: Edition,
    may_be_empty: bool = False,
) -> InScope | None:
    """The part of the register, None for all of it. Raises StoreError where it is not there, or nothing is in it.

    Readers who are given no locations read that it is one place, and not which; the public reads no refs.
    """
    if scope.is_all:
        return None
    if scope.year is not None:
        entries = _of_year(plan(inventory, knowledge, now, register=register), scope.year)
    else:
        among = within(inventory.places(), scope.place) if scope.place is not None else frozenset(scope.assets)
        entries = frozenset(row.asset.id for row in register if scope.has(row, among))
    name = name_of(scope, inventory.places(), edition)
    if not entries and not may_be_empty:
        raise StoreError(f"The register has nothing in {name}. Choose another part of it.")
    here = [row for row in register if row.asset.id in entries]
    said = [_what(scope, name, here, edition), *([_outside(here, entries)] if edition.gives("recording") else [])]
    alone = "Every count of cameras and recorders here is of this part alone."
    return InScope(scope, entries, name, " ".join([one for one in said if one] + [alone]))


def _what(scope: ReportScope, name: str, register: Sequence[AssetRow], edition: Edition) -> str:
    entries = count(len(register), "entry", "entries")
    if scope.place is not None:
        return f"Part of the register: {name}, with all in it ({entries})."
    if scope.year is not None:
        when = "without a year" if scope.year == NOT_DATED else f"in {name}"
        return f"Part of the register: what the plan acts on {when} ({entries})."
    chosen = f"Part of the register: {entries} that {fitting(len(register), 'was', 'were')} chosen"
    if edition.audience == "public":  # counts of a few, with their refs, would be facts of these
        return f"{chosen}."
    return f"{chosen}, {joined(shortened([clean(row.asset.ref, 24) for row in register], REFS_NAMED))}."


def _outside(here: Sequence[AssetRow], entries: frozenset[str]) -> str:
    """ "3 of them are connected to REC-001, which this part leaves out."; "" where none is connected to what it leaves out."""
    outside = [row.asset for row in here if row.asset.connected_to is not None and row.asset.connected_to not in entries]
    if not outside:
        return ""
    refs = sorted({clean(asset.connected_ref or "", 24) for asset in outside} - {""}, key=natural)
    who = "It is" if len(here) == 1 else f"{len(outside):,} of them {fitting(len(outside), 'is', 'are')}"
    return f"{who} connected to {joined(shortened(refs, REFS_NAMED))}, which this part leaves out." if refs else ""


def name_of(scope: ReportScope, places: Iterable[Place], edition: Edition) -> str:
    """ "Elm Park › Main block", "12 chosen entries", "2026-27"; "" for all.

    "One place" for readers who are given no locations.
    """
    if scope.place is not None:
        names = [clean(name, NAME_CHARACTERS) for name in paths_of(places).get(scope.place, ())]
        return edition.only("place", " › ".join(names)) or "one place"
    if scope.assets:
        return count(len(set(scope.assets)), "chosen entry", "chosen entries")
    return scope.year or ""


def short_name(name: str) -> str:
    """ "Main block" of "Elm Park › Main block"."""
    return name.rpartition(" › ")[2]


def file_words(scope: ReportScope, places: Iterable[Place], edition: Edition) -> str:
    """The same for the name of a file: "main-block", "12-chosen-entries", "2026-27"; "" for all."""
    name = short_name(name_of(scope, places, edition))
    return re.sub(r"[\W_]+", "-", name).strip("-").lower()[:40].strip("-")


def within(places: Sequence[Place], place: str) -> frozenset[str]:
    """The ids of a place and of every place in it. Raises StoreError where there is no such place."""
    if not any(one.id == place for one in places):
        raise StoreError("That place is no longer in the record. Choose another part of it.")
    return inside(places, place)


def _of_year(drawn: Plan, year: str) -> frozenset[str]:
    found = frozenset(item.asset for item in drawn.items if (item.year or NOT_DATED) == year)
    if not found:
        years = years_of(drawn)
        known = f"It has work in {joined(years)}." if years else "It has no work in it yet."
        raise StoreError(f"The plan has no camera or recorder in {clean(year, 20)}. {known}")
    return found


def years_of(drawn: Plan) -> list[str]:
    """The years in which the plan acts on something, "No year yet" last."""
    found = {item.year or NOT_DATED for item in drawn.items}
    return sorted(found, key=lambda year: (year == NOT_DATED, year))


def years_offered(entries: Iterable[Asset], starts: int, today: date) -> list[str]:
    """The years that a person may ask for: this one and the next, those that were decided, and "No year yet".

    `starts` is the month in which the organisation's financial year begins.
    """
    now = first_year(financial_year(today, starts)) or today.year
    decided = {first_year(asset.decision.year) for asset in entries if asset.decision and asset.decision.year}
    years = {year for year in decided if year is not None and year > now} | set(range(now, now + YEARS_OFFERED))
    return [*(year_label(year, starts) for year in sorted(years)), NOT_DATED]


def year_called(inventory: Inventory, text: str) -> str:
    """The year as the plan writes it, from "2027", "2027-28" or "2027/28". Raises StoreError for what is no year."""
    if text.strip().casefold() == NOT_DATED.casefold():
        return NOT_DATED
    first = first_year(text.replace("/", "-"))
    if first is None:
        raise StoreError(f"“{clean(text, 20)}” is not a year of the plan; give one like 2027 or 2027-28.")
    return year_label(first, inventory.body.year_starts)


def place_called(inventory: Inventory, names: str) -> Place:
    """The place at a path of names, "Elm Park > Main block > Ground", at so much of it that one place has it, or of an id.

    Raises StoreError where there is none, or more than one.
    """
    places = {place.id: place for place in inventory.places()}
    if names.strip() in places:
        return places[names.strip()]
    finder = PlaceFinder(places.values())
    found = finder.named(names)
    if len(found) == 1:
        return places[found[0].id]
    said, given = clean(names, 100), "give its names from the site down"
    if found:
        which = joined(shortened([one.words for one in found], REFS_NAMED))
        raise StoreError(f"{len(found)} places are called “{said}”: {which}; {given}.")
    like = finder.read(names).fits if names.strip() else ()
    meant = f" Did you mean {like[0].words}?" if like else ""
    raise StoreError(f"There is no place “{said}” in the inventory; {given}.{meant}")


def entries_called(register: Iterable[Asset], names: Iterable[str]) -> tuple[str, ...]:
    """The ids of entries by their refs ("CAM-003") or ids. Raises StoreError for one that is not there, or for none."""
    by_name = {name.casefold(): asset.id for asset in register for name in (asset.id, asset.ref)}
    wanted = [name.strip() for name in names if name.strip()]
    if not wanted:
        raise StoreError("No camera or recorder was named; give refs like CAM-003, parted by commas.")
    missing = [name for name in wanted if name.casefold() not in by_name]
    if missing:
        raise StoreError(f"There is no {clean(missing[0], 40)} in the register; give refs like CAM-003, parted by commas.")
    return tuple(dict.fromkeys(by_name[name.casefold()] for name in wanted))
