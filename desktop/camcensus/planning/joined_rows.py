"""Joins rows of tables for publication, so that nothing in them gives away what one organisation has. Organisations stay.

A row is *joined* where a count of cameras in it tells what one organisation has (`disclosure.py`), or the difference of two
counts in it, or of a count from an earlier pack's: none of its camera counts is shown, and what all joined rows of a
table hold together has a row of its own. Joined rows are two at least, and their sum does not tell either, so each could hold
all of it or hardly any. What is shown adds up exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from camcensus.planning.disclosure import CLOSE_PCT, FEW, NOBODY_SAYS, Held, minus, plus, tells
from camcensus.planning.foi_counts import SMALL

type Row = Mapping[str, Any]
type _Counts = Mapping[str, Held]

ROW, HELD = "row id", "held"
"""What a row may have beside its columns: by what it is known in an earlier pack, and what of each count who has."""
RULE = (
    f"Counts of cameras from 1 to {SMALL - 1} are not shown, nor counts that are wholly or nearly of one or two organisations "
    f"(without the two that have the most, the others have less than {CLOSE_PCT}% of what the first has), nor counts that "
    "would give such a count away, also beside an earlier pack of the same roll-up: they read [c]. Rows with such a count are "
    "joined: the row “Several together” says what they hold together. Where that would be one row, or tell too much itself, "
    "the next smallest row is joined too; what an earlier pack joined stays joined. Where only what is beside a count gives "
    "it away (how many of it are proven, or how many there are at the most), only that is left out. Organisations are named in "
    f"this pack, so they are counted as they are; kinds with fewer than {FEW} of them, by a file or by their answers, are "
    f"“Several kinds together” where a table says more of them than that. Where fewer than {FEW} are counted by their answers, "
    "no table says what they answered."
)


type Left = tuple[tuple[str, ...], tuple[str, ...]]
"""What is left of some counts without others."""


@dataclass(frozen=True, slots=True)
class BesideCount:
    """A count that is shown beside another one (`of`), and left out alone where it, or something that is `left`, tells.

    Between the two can be as many as `room` counts, `of` where it is empty: a row without room hides no other.
    """

    name: str
    of: str
    left: tuple[Left, ...] = ()
    room: str = ""

    @property
    def leaves(self) -> tuple[Left, ...]:
        """Itself, what is between the two, and what else a reader can work out with it."""
        return (((self.name,), ()), ((self.of,), (self.name,)), *self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsOfTable:
    """The camera counts of a table and what they have to do with each other.

    `key` is the column that tells rows apart. What is in `beside` is not in `counts`. `parts` are counts of a whole that have
    no camera in common. `holders` names, for a count, the organisations that have one each at least, and `named` counts of
    which they are named elsewhere in the pack. `adds_up`: what all rows hold together is published too; with `alike`, also
    what rows with these values in common hold. Rows whose key is in `known` are published elsewhere as well.
    """

    key: str
    counts: tuple[str, ...]
    beside: tuple[BesideCount, ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    holders: tuple[tuple[str, str], ...] = ()
    named: frozenset[str] = frozenset()
    adds_up: bool = True
    alike: tuple[str, ...] = ()
    known: frozenset[object] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """All counts of cameras."""
        return (*self.counts, *(one.name for one in self.beside))

    def only(self, names: Set[str]) -> CountsOfTable:
        """The same of a table that has only these columns."""
        return replace(
            self,
            counts=tuple(name for name in self.counts if name in names),
            beside=tuple(
                replace(one, left=tuple(left for left in one.left if names >= {*left[0], *left[1]}))
                for one in self.beside
                if names >= {one.name, one.of}
            ),
            parts=tuple((whole, tuple(part for part in parts if part in names)) for whole, parts in self.parts),
            holders=tuple(pair for pair in self.holders if names >= set(pair)),
            alike=tuple(name for name in self.alike if name in names),
        )


@dataclass(frozen=True, slots=True)
class ShownPack:
    """What a pack shows of a table: by row id and count, who has what; and of which rows a count is only known together.

    A count that it does not show at all is in neither.
    """

    held: Mapping[str, Mapping[str, Held]] = field(default_factory=dict)
    together: Mapping[str, Sequence[Set[str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JoinedRows:
    """The rows with None for what is not shown; the row of what is joined, None where there is none.

    `unsaid` are counts that not even the total may show, as it tells itself or gives away what is hidden. `together` are, by
    count, ids of rows of which only the sum is known.
    """

    rows: tuple[dict[str, Any], ...]
    several: dict[str, int | None] | None
    unsaid: frozenset[str]
    together: dict[str, list[frozenset[str]]]


def join_rows(
    rows: Sequence[Row], of: CountsOfTable, unsaid: Set[str] = frozenset(), before: Sequence[ShownPack] = ()
) -> JoinedRows:
    """The rows of a table, or of one of its parts that add up by themselves, without its total row.

    `unsaid` are counts that no table shows, as the total of another one would give away what is hidden there. `before` is what
    earlier packs show of this table.
    """
    return _Joining(rows, of, unsaid, before).join()


class _Joining:
    def __init__(self, rows: Sequence[Row], of: CountsOfTable, unsaid: Set[str], before: Sequence[ShownPack]) -> None:
        self._rows, self._of, self._before = rows, of, before
        self._unsaid = set(unsaid)
        self._counts = [{name: _held(row, name) for name in of.columns} for row in rows]
        if of.adds_up:
            self._leave_unsaid()
        self._shown = tuple(name for name in of.counts if name not in self._unsaid)

    def join(self) -> JoinedRows:
        rows, of = self._rows, self._of
        unsummed: set[str] = set()
        blocks = self._joined()
        if blocks is None:
            joined, whole = [], list(range(len(rows)))
            self._unsaid |= {name for name in self._shown if not self._is_over(whole, (name,))}
            blocks = [whole]
        else:
            joined = whole = [at for block in blocks for at in block]
        hidden: dict[int, set[str]] = {at: set(of.columns) for at in whole}
        together = {name: self._only_together(blocks) for name in of.columns}
        for one in of.beside:
            if one.name not in self._unsaid:
                visible = [at for at in range(len(rows)) if one.name not in hidden.get(at, ())]
                alone = self._left_out_alone(visible, one)
                if alone is None:
                    unsummed.add(one.name)
                    self._unsaid |= set() if self._is_over(range(len(rows)), (one.name,)) else {one.name}
                    alone = [list(range(len(rows)))]
                    together[one.name] = []
                for at in (at for block in alone for at in block):
                    hidden.setdefault(at, set()).add(one.name)
                together[one.name] += self._only_together(alone)
        sums = {name: sum(rows[at][name] or 0 for at in joined) for name in of.columns}
        return JoinedRows(
            tuple(_without(row, self._unsaid | hidden.get(at, set())) for at, row in enumerate(rows)),
            _without(sums, self._unsaid | unsummed) if joined and of.adds_up else None,
            frozenset(self._unsaid),
            {name: some for name, some in together.items() if name not in self._unsaid},
        )

    def _only_together(self, blocks: Iterable[Iterable[int]]) -> list[frozenset[str]]:
        """The ids of each block without rows that are published elsewhere."""
        some = [self._ids(at for at in block if self._rows[at][self._of.key] not in self._of.known) for block in blocks]
        return [ids for ids in some if ids]

    def _ids(self, some: Iterable[int]) -> frozenset[str]:
        return frozenset(self._id(at) for at in some)

    def _id(self, at: int) -> str:
        return str(self._rows[at].get(ROW, at))

    # What rows hold

    def _sums(self, some: Iterable[int]) -> list[_Counts]:
        """What these rows hold together, and how that differs from what each earlier pack shows of them."""
        some = list(some)
        now = {name: plus(self._counts[at][name] for at in some) for name in self._of.columns}
        return [now, *(self._since(pack, self._ids(some), now) for pack in self._before)]

    def _totals(self) -> list[_Counts]:
        """The same of all rows; what an earlier pack does not say may be the difference of what it says, so it counts too."""
        names = self._of.columns
        now = {name: plus(counts[name] for counts in self._counts) for name in names}
        then = ({name: plus(row.get(name, {}) for row in pack.held.values()) for name in names} for pack in self._before)
        return [now, *({name: minus(now[name], counts[name]) for name in names} for counts in then)]

    def _since(self, pack: ShownPack, ids: frozenset[str], now: _Counts) -> _Counts:
        found: dict[str, Held] = {}
        for name, count in now.items():
            found[name] = count
            if name in pack.together:
                known = ids.union(*(block for block in pack.together[name] if not block.isdisjoint(ids)))
                found[name] = minus(count, plus(pack.held[one].get(name, {}) for one in known if one in pack.held))
        return found

    def _was_hidden(self, at: int, name: str) -> bool:
        one = self._id(at)
        return any(one in block for pack in self._before for block in pack.together.get(name, ()))

    # What tells

    def _disclosing(self, sums: Sequence[_Counts], shown: Sequence[str]) -> str | None:
        """A count that tells: itself, or what it leaves over of another."""
        for values in sums:
            for name in shown:
                if tells(values[name]):
                    return name
            for whole, parts in self._of.parts:
                there = [part for part in parts if part in shown and whole in shown]
                for some in (some for number in range(1, len(there) + 1) for some in combinations(there, number)):
                    if tells(minus(values[whole], plus(values[part] for part in some))):
                        return some[-1]
        return None

    def _beside_tells(self, sums: Sequence[_Counts], one: BesideCount) -> bool:
        """Whether it, or what a reader can work out with it, tells."""
        return any(
            tells(minus(plus(values[name] for name in some), plus(values[name] for name in others)))
            for values in sums
            for some, others in one.leaves
        )

    def _leave_unsaid(self) -> None:
        total = self._totals()
        while (name := self._disclosing(total, [one for one in self._of.counts if one not in self._unsaid])) is not None:
            self._unsaid.add(name)
        self._unsaid |= {
            one.name for one in self._of.beside if one.of in self._unsaid or self._beside_tells(total, one)
        }  # fmt: skip

    def _is_over(self, some: Iterable[int], shown: Sequence[str]) -> bool:
        """Whether there are more cameras than the organisations have at least, where they have any."""
        chosen = [self._rows[at] for at in some]
        of_count = {name: sum(row[holder] or 0 for row in chosen) for name, holder in self._of.holders if name in shown}
        return all(number == 0 or sum(row[name] or 0 for row in chosen) > number for name, number in of_count.items())

    # Which rows

    def _joined(self) -> list[list[int]] | None:
        """Which rows are joined with each other; None where none can be, so that no row is to show its counts."""
        rows, of = self._rows, self._of
        small = [
            at
            for at in range(len(rows))
            if self._disclosing(self._sums([at]), self._shown) is not None
            or not self._is_over([at], [name for name in self._shown if name in of.named])
            or any(self._was_hidden(at, name) for name in self._shown)
        ]
        if not of.adds_up:
            return [[at] for at in small]
        if any(rows[at][of.key] in of.known for at in small):
            return None
        blocks = []
        for members in self._alike(range(len(rows))):
            some = _enough(
                [at for at in members if at in small],
                sorted((at for at in members if at not in small), key=lambda at: (rows[at][of.counts[0]], at)),
                self._hides,
            )
            if some is None:
                return None
            blocks.append(some)
        return blocks

    def _alike(self, some: Iterable[int]) -> Iterable[list[int]]:
        """Rows whose sum is published: those of one class; `known` rows are in none."""
        classes: dict[tuple[object, ...], list[int]] = {}
        for at in some:
            if self._rows[at][self._of.key] not in self._of.known:
                classes.setdefault(tuple(self._rows[at][name] for name in self._of.alike), []).append(at)
        return classes.values()

    def _hides(self, some: list[int]) -> bool:
        """Whether the sum of these rows, which is published, tells nothing of any of them."""
        sums = self._sums(some)
        beside = any(self._beside_tells(sums, one) for one in self._of.beside if one.name not in self._unsaid)
        return not beside and self._disclosing(sums, self._shown) is None and self._is_over(some, self._shown)

    def _left_out_alone(self, visible: Sequence[int], one: BesideCount) -> list[list[int]] | None:
        """The rows in which only this one is left out; None where no row is to show it."""
        rows, room = self._rows, one.room or one.of
        visible = [at for at in visible if rows[at][one.name] is not None]
        small = [at for at in visible if self._beside_tells(self._sums([at]), one) or self._was_hidden(at, one.name)]
        if not self._of.adds_up:
            return [[at] for at in small]
        blocks = []
        for members in self._alike(visible):
            found = _enough(
                [at for at in members if at in small],
                sorted((at for at in members if at not in small and rows[at][room]), key=lambda at: (rows[at][room], at)),
                lambda some: not self._beside_tells(self._sums(some), one) and self._is_over(some, (one.name,)),
            )
            if found is None:
                return None
            blocks.append(found)
        return blocks


def _held(row: Row, name: str) -> Held:
    return row[HELD].get(name, {}) if HELD in row else {NOBODY_SAYS: row[name] or 0}


def _without(row: Row, names: Set[str]) -> dict[str, Any]:
    return {name: None if name in names else value for name, value in row.items()}


def _enough(some: list[int], more: list[int], is_enough: Callable[[list[int]], bool]) -> list[int] | None:
    """`some`, and of `more` the first ones until it is enough; None where it never is."""
    while some and not (len(some) > 1 and is_enough(some)):
        if not more:
            return None
        some, more = [*some, more[0]], more[1:]
    return some
