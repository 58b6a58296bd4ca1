"""What draft answers are counted from, and what an answer is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from camcensus.model.asset import Place, Vendor
from camcensus.model.foi import FoiStatus
from camcensus.model.known import ways_said
from camcensus.model.statements import Statement
from camcensus.model.words import count
from camcensus.planning.counts import Counts, counted, is_counted
from camcensus.planning.foi_counts import as_counted
from camcensus.planning.plan import PlanRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FoiFacts:
    """What answers are counted from. `rows` is the whole register, removed rows too; `lists` are those in use.

    `unsearched` where nobody has looked yet: then nothing is known of how many there are, and no count is 0.
    """

    rows: Sequence[PlanRow]
    places: Sequence[Place]
    firms: Sequence[Vendor]
    lists: Sequence[Statement]
    body_type: str
    year_starts: int
    unsearched: bool = False
    counts: Counts = field(init=False)
    """The numbers that every report of this register says."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", counted(map(as_counted, self.rows)))

    @property
    def present(self) -> list[PlanRow]:
        """Rows that are not marked as removed, without things that are no CCTV."""
        return [row for row in self.rows if is_counted(row.asset)]

    @property
    def known(self) -> str:
        """How what is counted is known, as sentences."""
        return ways_said(row.asset.known_by for row in self.present)

    @property
    def cameras(self) -> list[PlanRow]:
        """The cameras among them: what most questions are about."""
        return [row for row in self.present if row.asset.kind == "camera"]


@dataclass(frozen=True, slots=True)
class Said:
    """What one question is answered with."""

    answer: str
    counted: str
    status: FoiStatus
    hint: str = ""


Answerer = Callable[[FoiFacts], Said]


def share(known: int, of: int) -> FoiStatus:
    """How much of it is held where `known` of so many have it recorded."""
    return "held" if known == of and of else "in-part" if known else "not-here"


def left(number: int, what: str = "camera") -> str:
    """ " Not recorded for 5 cameras.", empty for none."""
    return f" Not recorded for {count(number, what)}." if number else ""
