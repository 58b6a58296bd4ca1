"""The register counted: the one place where numbers of cameras, makers and listings are made, each with its doubt.

Counted is what is here: what is marked as removed, and what is no camera or recorder ("other"), is in no number. A maker counts
where the grade names it: confirmed, almost certain or likely. Where signs disagree or are too weak the maker is not known, and
no list names it: it may be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from camcensus.model import frozen
from camcensus.model.asset import Asset
from camcensus.model.device import FLAWS, NAMED_GRADES, CareKind, DeviceKind, Grade
from camcensus.model.words import KIND_NOUNS, Count, clean, count, fitting, joined, kinds_counted

NAMES_SAID = 3
PROVEN: tuple[Grade, ...] = ("confirmed", "almost-certain")


class CountedRow(NamedTuple):
    """What of a row is counted. `listed`: a list in use names its maker; `based`: our reading of a statement takes it in.

    Of a row whose maker is not named `candidates` may have made it, and `may_listed` says that a list may name its maker.
    """

    kind: DeviceKind
    removed: bool
    decided: bool
    grade: Grade
    maker: str | None
    listed: bool
    based: bool
    care: tuple[CareKind, ...] = ()
    candidates: tuple[str, ...] = ()
    may_listed: bool = False
    branded: bool = False
    """Whether the record has a make of it, proven or not."""

    @property
    def named(self) -> bool:
        """Whether its maker is known well enough to be counted."""
        return self.maker is not None and self.grade in NAMED_GRADES

    @property
    def may_be(self) -> tuple[str, ...]:
        """Who may have made it, where that is not known well enough."""
        return () if self.named else tuple({*self.candidates, *((self.maker,) if self.maker else ())})

    @property
    def here(self) -> bool:
        """Whether it is counted at all."""
        return not self.removed and self.kind != "other"


def is_counted(asset: Asset) -> bool:
    """Whether an entry of the register is in any number: it is here, and something for cameras."""
    return asset.in_use and asset.kind != "other"


@frozen
class MakerCount:
    """How many one maker made, by how sure that is; `may` more may be its."""

    maker: str
    confirmed: int
    almost_certain: int
    likely: int
    may: int
    listed: bool
    based: bool

    @property
    def number(self) -> Count:
        """How many it made, with the doubt."""
        proven = self.confirmed + self.almost_certain
        return Count(proven, proven + self.likely, proven + self.likely + self.may)


@frozen
class Group:
    """Some rows counted: all of them, or those of one kind.

    `only_based` counts makers based in China by our reading that no list in use names. `makers` have most first, and `may_be`
    says of each maker how many more may be its. All rows are `named.number` and `not_known` together; `branded` of
    the latter have a brand in the record.
    """

    total: int
    makers: tuple[MakerCount, ...]
    may_be: Mapping[str, int]
    named: Count
    listed: Count
    only_based: Count
    not_known: int
    branded: int
    undecided: int

    @property
    def other_makers(self) -> str:
        """Who made what only our reading takes in: "another maker", or "other makers" where they are several."""
        return fitting(sum(one.based and not one.listed for one in self.makers), "another maker", "other makers")

    @property
    def is_known(self) -> bool:
        """Whether anything is known of a maker, so that it can be said which are on a list."""
        return bool(self.makers or self.may_be)

    def not_known_said(self, noun: str = "item") -> str:
        """ "The maker of 5 items is not known (2 have a brand in the record)."; "" where each is known."""
        make = f" ({self.branded:,} {fitting(self.branded, 'has', 'have')} a brand in the record)" if self.branded else ""
        return f"The maker of {count(self.not_known, noun)} is not known{make}." if self.not_known else ""


@frozen
class Counts:
    """What is here, of each kind and altogether, with who made it.

    `identifiable` is everything but viewing programs, which have no label to read. `care` counts rows by what to act on,
    `flawed` those with a published flaw.
    """

    by_kind: Mapping[DeviceKind, Group]
    items: Group
    identifiable: Group
    care: Mapping[CareKind, int]
    flawed: int

    @property
    def kinds(self) -> dict[DeviceKind, int]:
        """How many there are of each kind that is here."""
        return {kind: group.total for kind, group in self.by_kind.items()}

    @property
    def cameras(self) -> Group:
        """The cameras."""
        return self.by_kind.get("camera", _NOBODY)

    @property
    def recorders(self) -> Group:
        """The recorders."""
        return self.by_kind.get("recorder", _NOBODY)

    @property
    def others(self) -> int:
        """What is no camera, no recorder, and nothing that may be a camera: encoders, intercoms and programs."""
        return self.items.total - self.cameras.total - self.recorders.total - self.may_be_cameras

    @property
    def may_be_cameras(self) -> int:
        """Devices that may be cameras: beside the cameras, never among them."""
        return self.kinds.get("unknown", 0)

    def kinds_of(self, what: Literal["listed", "only_based"]) -> dict[DeviceKind, int]:
        """How many of each kind a listed maker made, or one that only our reading takes in."""
        numbers: dict[DeviceKind, Count] = {kind: getattr(group, what) for kind, group in self.by_kind.items()}
        return {kind: number.number for kind, number in numbers.items() if number}

    def made_by_listed(self, name_of: Callable[[str], str]) -> str:
        """ "10 cameras made by a listed maker", "12 devices made by a listed maker: 10 cameras, 2 recorders".

        Of one thing its maker is named: "1 recorder made by Hikvision, listed".
        """
        listed = self.kinds_of("listed")
        only = [*(listed or self.by_kind)]
        noun = fitting(self.items.listed.number, *(KIND_NOUNS[only[0]] if len(only) == 1 else ("device", "devices")))
        if self.items.listed.number == 1:
            return f"1 {noun} made by {next(name_of(one.maker) for one in self.items.makers if one.listed)}, listed"
        parts = f": {', '.join(kinds_counted(listed))}" if len(listed) > 1 else ""
        return f"{self.items.listed} {noun} made by a listed maker{parts}"


def counted(rows: Iterable[CountedRow]) -> Counts:
    """The rows counted; those that are in no number are left out here. Rows that are equal are looked at once."""
    here = Counter(row for row in rows if row.here)

    def of(wanted: Callable[[CountedRow], object]) -> int:
        return sum(number for row, number in here.items() if wanted(row))

    def group(kinds: Sequence[DeviceKind]) -> Group:
        return _group({row: number for row, number in here.items() if row.kind in kinds})

    present = [kind for kind in KIND_NOUNS if any(row.kind == kind for row in here)]
    care = Counter[CareKind]()
    for row, number in here.items():
        for kind in set(row.care):
            care[kind] += number
    return Counts(
        by_kind={kind: group([kind]) for kind in present},
        items=_group(here),
        identifiable=group([kind for kind in present if kind != "software"]),
        care=care,
        flawed=of(lambda row: any(kind in FLAWS for kind in row.care)),
    )


def other_names(made_as: Iterable[tuple[str | None, str | None]]) -> str:
    """ "4 EZVIZ and 2 HiLook, made by Hikvision": of pairs of maker and name on the box those that differ; "" where none."""
    by_maker = defaultdict[str, Counter[str]](Counter)
    for maker, brand in made_as:
        if maker and brand and brand.casefold() not in maker.casefold() and maker.casefold() not in brand.casefold():
            by_maker[clean(maker, 60)][clean(brand, 40)] += 1
    said = []
    for maker, brands in sorted(by_maker.items(), key=lambda one: -one[1].total()):
        most = sorted(brands.items(), key=lambda one: (-one[1], one[0]))
        named = [f"{number:,} {brand}" for brand, number in most[:NAMES_SAID]]
        rest = sum(number for _, number in most[NAMES_SAID:])
        said.append(f"{joined([*named, *([f'{rest:,} of other names'] if rest else [])])}, made by {maker}")
    return joined(said, ", and ")


def made(rows: Iterable[CountedRow]) -> Count:
    """How many have a maker that is named, and how many of them are proven."""
    return _count(Counter(rows))


def _group(rows: Mapping[CountedRow, int]) -> Group:
    by_maker = defaultdict[str, dict[CountedRow, int]](dict)
    may_be = Counter[str]()
    for row, number in rows.items():
        if row.named and row.maker is not None:
            by_maker[row.maker][row] = number
        for maker in row.may_be:
            may_be[maker] += number
    makers = (_maker(maker, members, may_be[maker]) for maker, members in by_maker.items())
    return Group(
        total=sum(rows.values()),
        makers=tuple(sorted(makers, key=lambda one: (-one.number.number, one.maker))),
        may_be=may_be,
        named=_count(rows),
        listed=_count(
            {row: number for row, number in rows.items() if row.listed},
            sum(number for row, number in rows.items() if row.may_listed),
        ),
        only_based=_count({row: number for row, number in rows.items() if row.based and not row.listed}),
        not_known=sum(number for row, number in rows.items() if not row.named),
        branded=sum(number for row, number in rows.items() if row.branded and not row.named),
        undecided=sum(number for row, number in rows.items() if not row.decided),
    )


def _count(rows: Mapping[CountedRow, int], may: int = 0) -> Count:
    named = [(row.grade, number) for row, number in rows.items() if row.named]
    number = sum(number for _, number in named)
    return Count(sum(number for grade, number in named if grade in PROVEN), number, number + may)


def _maker(maker: str, rows: Mapping[CountedRow, int], may: int) -> MakerCount:
    grades = Counter[Grade]()
    for row, number in rows.items():
        grades[row.grade] += number
    return MakerCount(
        maker,
        grades["confirmed"],
        grades["almost-certain"],
        grades["likely"],
        may,
        any(row.listed for row in rows),
        any(row.based for row in rows),
    )


_NOBODY = _group({})
