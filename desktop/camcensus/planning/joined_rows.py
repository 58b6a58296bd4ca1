"""Joins small rows of tables for publication, so that no total gives away a small count. Organisations are not joined.

A row is *joined* where a count of cameras in it is from 1 to SMALL - 1, or where such a count is the difference of two others
in it, or where its cameras are of one organisation: none of its camera counts is shown, and what all joined rows of a table
hold together has a row of its own. Joined rows are two at least, and hold SMALL cameras or none of each sort together, so each
could hold all of them or hardly any: nobody can tell by subtraction. What is shown adds up exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from camcensus.planning.foi_counts import SMALL

type Row = Mapping[str, Any]
RULE = (
    f"Counts of cameras from 1 to {SMALL - 1} are not shown, nor counts that give one away, nor those of a kind or year with "
    "one organisation: they read [c]. Rows with such a count are joined: the row “Several together” says what they hold "
    f"together. Where one row alone would be joined, or fewer than {SMALL} cameras, the next smallest row is joined too. Where "
    "only the lower end of a range gives a small count away, only that end is left out. Organisations are named in this pack, "
    "so they are counted as they are."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsOfTable:
    """The camera counts of a table and what they have to do with each other.

    `key` is the column that tells rows apart. `ranges` are lower and upper ends; only upper ends are in `counts`. `parts` are
    counts of a whole that have no camera in common. `holders` names, for a count, the organisations that have one each at
    least. Of `nested` ranges the second counts cameras of the first. `adds_up`: what all rows hold together is published too;
    with `alike`, also what rows with these values in common hold. Rows whose key is in `known` are published elsewhere as well.
    `owners` is the column that says how many organisations the cameras of a row are of, "" where none does.
    """

    key: str
    counts: tuple[str, ...]
    ranges: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    holders: tuple[tuple[str, str], ...] = ()
    nested: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = ()
    adds_up: bool = True
    alike: tuple[str, ...] = ()
    known: frozenset[object] = frozenset()
    owners: str = ""

    def only(self, names: Set[str]) -> CountsOfTable:
        """The same of a table that has only these columns."""
        return replace(
            self,
            counts=tuple(name for name in self.counts if name in names),
            ranges=tuple(pair for pair in self.ranges if names >= set(pair)),
            parts=tuple((whole, tuple(part for part in parts if part in names)) for whole, parts in self.parts),
            holders=tuple(pair for pair in self.holders if names >= set(pair)),
            nested=tuple(pair for pair in self.nested if names >= {*pair[0], *pair[1]}),
            alike=tuple(name for name in self.alike if name in names),
        )


@dataclass(frozen=True, slots=True)
class JoinedRows:
    """The rows with None for what is not shown; the row of what is joined, None where there is none.

    `unsaid` are counts that not even the total may show, as it is small itself or gives away what is hidden.
    """

    rows: tuple[dict[str, Any], ...]
    several: dict[str, int | None] | None
    unsaid: frozenset[str]


def join_rows(rows: Sequence[Row], of: CountsOfTable, unsaid: Set[str] = frozenset()) -> JoinedRows:
    """The rows of a table, or of one of its parts that add up by themselves, without its total row.

    `unsaid` are counts that no table shows, as the total of another one would give away what is hidden there.
    """
    unsaid = _unsaid(_sum(rows, of), of, unsaid) if of.adds_up else unsaid
    shown = tuple(name for name in of.counts if name not in unsaid)
    hidden: dict[int, set[str]] = {}
    unsummed: set[str] = set()
    joined = _joined(rows, of, shown, unsaid)
    if joined is None:
        joined, whole = [], list(range(len(rows)))
        unsaid |= {name for name in shown if not _is_over(rows, _sum(rows, of), of, (name,))}
    else:
        whole = joined
    for at in whole:
        hidden[at] = set(_columns(of))
    for low, high in of.ranges:
        if low not in unsaid:
            visible = [at for at in range(len(rows)) if low not in hidden.get(at, ())]
            ends = _lower_ends(rows, visible, of, low, high)
            if ends is None:
                unsummed.add(low)
                unsaid |= set() if _is_over(rows, _sum(rows, of), of, (low,)) else {low}
            for at in visible if ends is None else ends:
                hidden.setdefault(at, set()).add(low)
    together = _sum([rows[at] for at in joined], of) if joined and of.adds_up else None
    return JoinedRows(
        tuple(_without(row, unsaid | hidden.get(at, set())) for at, row in enumerate(rows)),
        None if together is None else _without(together, unsaid | unsummed),
        frozenset(unsaid),
    )


def _columns(of: CountsOfTable) -> tuple[str, ...]:
    return (*of.counts, *(low for low, _ in of.ranges))


def _without(row: Row, names: Set[str]) -> dict[str, Any]:
    return {name: None if name in names else value for name, value in row.items()}


def _sum(rows: Iterable[Row], of: CountsOfTable) -> dict[str, int]:
    rows = list(rows)
    return {name: sum(row[name] or 0 for row in rows) for name in _columns(of)}


def _is_small(count: int) -> bool:
    return 0 < count < SMALL


def _small_in(values: Row, of: CountsOfTable, shown: Sequence[str]) -> str | None:
    """A count that tells: small itself, or leaving over something small."""
    for name in shown:
        if _is_small(values[name]):
            return name
    for whole, parts in of.parts:
        there = [part for part in parts if part in shown and whole in shown]
        for some in (some for number in range(1, len(there) + 1) for some in combinations(there, number)):
            if _is_small(values[whole] - sum(values[part] for part in some)):
                return some[-1]
    return None


def _gives_away(row: Row, of: CountsOfTable, shown: Sequence[str]) -> bool:
    return _small_in(row, of, shown) is not None


def _unsaid(total: Row, of: CountsOfTable, before: Set[str]) -> frozenset[str]:
    unsaid = set(before)
    while (name := _small_in(total, of, [one for one in of.counts if one not in unsaid])) is not None:
        unsaid.add(name)
    ends = {low for low, high in of.ranges if high in unsaid or _end_gives_away(total, of, low, high)}
    return frozenset(unsaid | ends)


def _end_gives_away(row: Row, of: CountsOfTable, low: str, high: str) -> bool:
    """Whether the lower end, or what is between the ends, is small; also without the range that is nested in it."""
    inner = next((inside for outside, inside in of.nested if outside == (low, high)), None)
    ends = [(row[low], row[high])] + ([] if inner is None else [(row[low] - row[inner[0]], row[high] - row[inner[1]])])
    return any(_is_small(least) or _is_small(most - least) for least, most in ends)


def _joined(rows: Sequence[Row], of: CountsOfTable, shown: Sequence[str], unsaid: Set[str]) -> list[int] | None:
    """Which rows are joined; None where none can be, so that no row is to show its counts."""
    small = [at for at, row in enumerate(rows) if _gives_away(row, of, shown) or _owners([row], of) == 1]
    if not of.adds_up:
        return small
    if any(rows[at][of.key] in of.known for at in small):
        return None
    joined: list[int] = []
    for members in _alike(rows, range(len(rows)), of):
        some = _enough(
            [at for at in members if at in small],
            sorted((at for at in members if at not in small), key=lambda at: (rows[at][of.counts[0]], at)),
            lambda some: _hides(rows, some, of, shown, unsaid),
        )
        if some is None:
            return None
        joined += some
    return joined


def _alike(rows: Sequence[Row], some: Iterable[int], of: CountsOfTable) -> Iterable[list[int]]:
    """Rows whose sum is published: those of one class; `known` rows are in none."""
    classes: dict[tuple[object, ...], list[int]] = {}
    for at in some:
        if rows[at][of.key] not in of.known:
            classes.setdefault(tuple(rows[at][name] for name in of.alike), []).append(at)
    return classes.values()


def _enough(some: list[int], more: list[int], is_enough: Callable[[list[int]], bool]) -> list[int] | None:
    """`some`, and of `more` the first ones until it is enough; None where it never is."""
    while some and not (len(some) > 1 and is_enough(some)):
        if not more:
            return None
        some, more = [*some, more[0]], more[1:]
    return some


def _hides(rows: Sequence[Row], some: Iterable[int], of: CountsOfTable, shown: Sequence[str], unsaid: Set[str]) -> bool:
    """Whether the sum of these rows, which is published, tells nothing of any of them."""
    chosen = [rows[at] for at in some]
    together = _sum(chosen, of)
    ends = any(_end_gives_away(together, of, low, high) for low, high in of.ranges if low not in unsaid)
    return (
        not ends and not _gives_away(together, of, shown) and _is_over(chosen, together, of, shown) and _owners(chosen, of) != 1
    )


def _owners(chosen: Sequence[Row], of: CountsOfTable) -> int:
    """How many organisations these cameras are of; 0 where there is no camera, or nothing says it."""
    return sum(row[of.owners] for row in chosen if row[of.counts[0]]) if of.owners else 0


def _is_over(chosen: Sequence[Row], together: Row, of: CountsOfTable, shown: Sequence[str]) -> bool:
    """Whether there are more cameras than the organisations have at least, where they have any."""
    held = {name: sum(row[holder] or 0 for row in chosen) for name, holder in of.holders if name in shown}
    return all(number == 0 or together[name] > number for name, number in held.items())


def _lower_ends(rows: Sequence[Row], visible: Sequence[int], of: CountsOfTable, low: str, high: str) -> list[int] | None:
    """The rows of which only the upper end of a range is to be shown; None where no row is to show the lower one."""
    visible = [at for at in visible if rows[at][low] is not None]
    small = [at for at in visible if _end_gives_away(rows[at], of, low, high)]
    if not of.adds_up:
        return small
    some: list[int] = []
    for members in _alike(rows, visible, of):
        found = _enough(
            [at for at in members if at in small],
            sorted((at for at in members if at not in small and rows[at][high]), key=lambda at: (rows[at][high], at)),
            lambda some: _hides_end([rows[at] for at in some], of, low, high),
        )
        if found is None:
            return None
        some += found
    return some


def _hides_end(chosen: Sequence[Row], of: CountsOfTable, low: str, high: str) -> bool:
    together = _sum(chosen, of)
    return not _end_gives_away(together, of, low, high) and _is_over(chosen, together, of, (low,))
