"""Finding a maker or a brand by any of its names, with how many of the register's rows it made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Literal

from camcensus.assessment.listings import ownership_path
from camcensus.model import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import NONE, Count
from camcensus.planning.counts import Counts, Group, is_counted
from camcensus.tasks.knowledge.makers import fold
from camcensus.tasks.register.verbs import AssetRow, ListState

NEAR_NAMES = 3
"""How many names are asked about at most where none is found."""
SHORTEST_NAME, LONGEST_NAME = 4, 60
"""Names of fewer letters are like too many others; longer ones are no name."""
LIKE = 0.75
"""How alike two spellings are (1 is the same): "toshima" and "toshiba" are 0.86."""


@frozen
class Mine:
    """How many entries of the register a maker made, and how many of them are cameras."""

    number: Count = NONE
    cameras: Count = NONE


@frozen
class MakerMatch:
    """A line of the list: a maker or a brand. `why` says by which other name it was found, "" where by its own.

    `listed`: a list in use names the maker or an owner of it. `based`: our reading of a statement in use takes in its own
    legal seat. `may_be_based`: it takes in another company that sells under the same name. Nothing of this is said of
    a brand.
    """

    kind: Literal["maker", "brand"]
    id: str
    name: str
    why: str
    mine: Mine
    listed: bool = False
    based: bool = False
    may_be_based: bool = False

    @property
    def state(self) -> ListState:
        """In one word: a list that names the maker comes first."""
        said: tuple[tuple[ListState, bool], ...] = (
            ("listed", self.listed),
            ("based", self.based),
            ("may-be-based", self.may_be_based),
        )
        return next((state for state, holds in said if holds), "not-listed")


def mine(counts: Counts) -> dict[str, Mine]:
    """Manufacturer id -> how many rows that are counted it made, or may have made."""
    items, cameras = _made(counts.items), _made(counts.cameras)
    return {maker: Mine(number, cameras.get(maker, NONE)) for maker, number in items.items()}


def _made(group: Group) -> dict[str, Count]:
    may = {maker: Count(0, 0, number) for maker, number in group.may_be.items()}
    return may | {one.maker: one.number for one in group.makers}


def mine_by_brand(rows: Iterable[AssetRow], knowledge: Knowledge) -> dict[tuple[str, str], int]:
    """(brand id, manufacturer id) -> how many rows carry that name and are by that maker."""
    named = Counter((row.brand, row.maker) for row in rows if row.brand and row.maker and is_counted(row.asset))
    counts = Counter[tuple[str, str]]()
    for (name, maker), number in named.items():
        if brand := knowledge.brand_spellings.get(fold(name or "")):
            counts[brand, maker or ""] += number
    return counts


def find(
    knowledge: Knowledge, enabled: frozenset[str], here: Mapping[str, Mine], words: str = "", *, only_mine: bool = False
) -> tuple[MakerMatch, ...]:
    """Makers, and brands that are no company of their own, whose name or another spelling has `words` in it.

    Without words all makers and no brands. `here` is what `mine` says of the register; `only_mine` leaves out those that made
    nothing in it. Those of the register come first, most first; then by name.
    """
    wanted = fold(words)
    brands = {brand: tuple(fold(name) for name in names) for brand, names in _spellings(knowledge).items()} if wanted else {}
    hits = {brand for brand, names in brands.items() if any(wanted in name for name in names)}
    through: dict[str, str] = {}
    for record in knowledge.brands:
        if record.brand in hits and not record.against and record.brand != record.made_by:
            sold = "sold as" if record.verified else "may be sold as"
            if record.verified or record.made_by not in through:
                through[record.made_by] = f"{sold} {record.brand_name}"
    lists = [one for one in knowledge.lists.values() if one.id in enabled]
    found = []
    for maker in knowledge.manufacturers.values():
        names = (maker.id, maker.name, maker.legal_name or "")
        own = not wanted or any(wanted in fold(name) for name in names) or maker.id in hits
        if (not own and maker.id not in through) or (only_mine and maker.id not in here):
            continue
        why = "" if own else through[maker.id]
        path = ownership_path(maker.id, knowledge)
        listed = any(one.naming(path) for one in lists)
        based = any(knowledge.seat_by(maker.id, one.id) for one in lists)
        may = any(knowledge.other_seat_by(maker.id, one.id) for one in lists)
        found.append(MakerMatch("maker", maker.id, maker.name, why, here.get(maker.id, Mine()), listed, based, may))
    companies = knowledge.manufacturers.keys()
    for brand in sorted(hits - companies) if not only_mine else ():
        found.append(MakerMatch("brand", brand, knowledge.brand_names.get(brand, brand), "a name on boxes", Mine()))
    return tuple(sorted(found, key=lambda one: _rank(one, wanted)))


def near_names(knowledge: Knowledge, words: str) -> tuple[str, ...]:
    """A few names of makers and brands that are spelt almost as `words`, the nearest first; none for very short ones."""
    wanted = fold(words)[:LONGEST_NAME]
    if len(wanted) < SHORTEST_NAME:
        return ()
    names: dict[str, str] = {}
    for maker in knowledge.manufacturers.values():
        names.setdefault(fold(maker.name), maker.name)
    for spelling, brand in knowledge.brand_spellings.items():
        names.setdefault(spelling, knowledge.brand_names.get(brand, brand))
    return tuple(dict.fromkeys(names[name] for name in get_close_matches(wanted, sorted(names), n=NEAR_NAMES, cutoff=LIKE)))


def _rank(one: MakerMatch, wanted: str) -> tuple[object, ...]:
    """Exactly what was typed first; then what is here, most first; then by name."""
    mine = one.mine
    exact = bool(wanted) and fold(one.name) == wanted
    return (not exact, bool(one.why), -mine.number.number, -mine.number.most, one.name.casefold(), one.id)


def _spellings(knowledge: Knowledge) -> Mapping[str, Iterable[str]]:
    names: dict[str, list[str]] = {}
    for spelling, brand in knowledge.brand_spellings.items():
        names.setdefault(brand, []).append(spelling)
    for brand, name in knowledge.brand_names.items():
        names.setdefault(brand, []).append(name)
    return names
