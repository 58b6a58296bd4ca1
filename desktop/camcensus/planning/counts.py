"""The register counted: the one place where numbers of cameras, makers and listings are made, each with its doubt.

Counted is what is here: what is marked as removed, and what is no camera or recorder ("other"), is in no number. A maker counts
where the grade names it: surely where it is confirmed or almost certain, and up to the likely ones. Where signs disagree or are
too weak the maker is not known, and no list names it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from camcensus.model.asset import Asset
from camcensus.model.attribution import NAMED_GRADES, Grade
from camcensus.model.counts import Count
from camcensus.model.device import DeviceKind
from camcensus.model.verdict import DOUBTS, FLAWS, CareKind

SURE: tuple[Grade, ...] = ("confirmed", "almost-certain")


class CountedRow(NamedTuple):
    """What of a row is counted. `listed`: a list in use names its maker; `based`: our reading of a statement takes it in."""

    kind: DeviceKind
    removed: bool
    decided: bool
    grade: Grade
    maker: str | None
    listed: bool
    based: bool
    care: tuple[CareKind, ...] = ()

    @property
    def named(self) -> bool:
        """Whether its maker is known well enough to be counted."""
        return self.maker is not None and self.grade in NAMED_GRADES

    @property
    def here(self) -> bool:
        """Whether it is counted at all."""
        return not self.removed and self.kind != "other"


def is_counted(asset: Asset) -> bool:
    """Whether an entry of the register is in any number: it is here, and something for cameras."""
    return asset.status != "removed" and asset.kind != "other"


def counted_row(
    asset: Asset, grade: Grade, maker: str | None, *, listed: bool, based: bool, care: tuple[CareKind, ...]
) -> CountedRow:
    """What of an entry of the register is counted."""
    decided = asset.decision is not None
    return CountedRow(asset.kind, asset.status == "removed", decided, grade, maker, listed, based, care)


@dataclass(frozen=True, slots=True)
class MakerCount:
    """How many one maker made, by how sure that is."""

    maker: str
    confirmed: int
    almost_certain: int
    likely: int
    listed: bool
    based: bool

    @property
    def number(self) -> Count:
        """ "17 to 19"."""
        sure = self.confirmed + self.almost_certain
        return Count(sure, sure + self.likely)


@dataclass(frozen=True, slots=True)
class Group:
    """Some rows counted: all of them, the cameras, or the recorders.

    `based` counts makers based in China by our reading, `only_based` those of them that no list in use names. `makers` have
    most first. All of them are `named.high` and `not_known` together.
    """

    total: int
    makers: tuple[MakerCount, ...]
    named: Count
    listed: Count
    based: Count
    only_based: Count
    not_known: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What is here, by kind; and of everything, the cameras and the recorders who made them.

    `identifiable` is everything but viewing programs, which have no label to read. `care` counts rows by what to act on,
    `flawed` those with a published flaw, `to_look_up` those where somebody has to look first.
    """

    kinds: Mapping[DeviceKind, int]
    items: Group
    identifiable: Group
    cameras: Group
    recorders: Group
    care: Mapping[CareKind, int]
    flawed: int
    to_look_up: int

    @property
    def others(self) -> int:
        """What is no camera, no recorder, and nothing that may be a camera: encoders, intercoms and programs."""
        return self.items.total - self.cameras.total - self.recorders.total - self.may_be_cameras

    @property
    def may_be_cameras(self) -> int:
        """Devices that may be cameras: beside the cameras, never among them."""
        return self.kinds.get("unknown", 0)


def counted(rows: Iterable[CountedRow]) -> Counts:
    """The rows counted; those that are in no number are left out here. Rows that are equal are looked at once."""
    here = Counter(row for row in rows if row.here)

    def of(wanted: Callable[[CountedRow], object]) -> int:
        return sum(number for row, number in here.items() if wanted(row))

    kinds, care = Counter[DeviceKind](), Counter[CareKind]()
    for row, number in here.items():
        kinds[row.kind] += number
        for kind in set(row.care):
            care[kind] += number
    return Counts(
        kinds=kinds,
        items=_group(here),
        identifiable=_group({row: number for row, number in here.items() if row.kind != "software"}),
        cameras=_group({row: number for row, number in here.items() if row.kind == "camera"}),
        recorders=_group({row: number for row, number in here.items() if row.kind == "recorder"}),
        care=care,
        flawed=of(lambda row: any(kind in FLAWS for kind in row.care)),
        to_look_up=of(lambda row: any(kind in DOUBTS for kind in row.care)),
    )


def sure_and_likely(rows: Iterable[CountedRow]) -> Count:
    """How many have a maker that is named: surely, and up to the likely ones."""
    return _sure_and_likely(Counter(rows))


def _group(rows: Mapping[CountedRow, int]) -> Group:
    by_maker = defaultdict[str, dict[CountedRow, int]](dict)
    for row, number in rows.items():
        if row.named and row.maker is not None:
            by_maker[row.maker][row] = number
    makers = (_maker(maker, members) for maker, members in by_maker.items())
    return Group(
        total=sum(rows.values()),
        makers=tuple(sorted(makers, key=lambda one: (-one.number.high, one.maker))),
        named=_sure_and_likely(rows),
        listed=_sure_and_likely({row: number for row, number in rows.items() if row.listed}),
        based=_sure_and_likely({row: number for row, number in rows.items() if row.based}),
        only_based=_sure_and_likely({row: number for row, number in rows.items() if row.based and not row.listed}),
        not_known=sum(number for row, number in rows.items() if not row.named),
        undecided=sum(number for row, number in rows.items() if not row.decided),
    )


def _sure_and_likely(rows: Mapping[CountedRow, int]) -> Count:
    named = [(row.grade, number) for row, number in rows.items() if row.named]
    return Count(sum(number for grade, number in named if grade in SURE), sum(number for _, number in named))


def _maker(maker: str, rows: Mapping[CountedRow, int]) -> MakerCount:
    grades = Counter[Grade]()
    for row, number in rows.items():
        grades[row.grade] += number
    return MakerCount(
        maker,
        grades["confirmed"],
        grades["almost-certain"],
        grades["likely"],
        any(row.listed for row in rows),
        any(row.based for row in rows),
    )
