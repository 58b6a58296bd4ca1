"""What draft answers are counted from, and what an answer is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from camcensus.model import frozen
from camcensus.model.asset import Vendor, ways_said
from camcensus.model.foi import FoiStatus
from camcensus.model.statements import Statement
from camcensus.model.words import count
from camcensus.planning.counts import Counts, counted, is_counted
from camcensus.planning.foi_counts import as_counted
from camcensus.planning.rows import PlannedRow


@frozen(kw_only=True)
class FoiFacts:
    """What answers are counted from. `rows` is the whole register, removed rows too; `lists` are those in use.

    `use` is what the organisation answered of how it uses cameras (`model.camera_use`), in words. `unsearched` where nobody has
    looked yet: then nothing is known of how many there are, and no count is 0.
    """

    rows: Sequence[PlannedRow]
    firms: Sequence[Vendor]
    lists: Sequence[Statement]
    body_type: str
    year_starts: int
    use: Mapping[str, str] = field(default_factory=dict)
    unsearched: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    """The brands of the record that the base holds, each with its name there: no other is quoted."""
    counts: Counts = field(init=False)
    """The numbers that every report of this register says."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", counted(map(as_counted, self.rows)))

    @property
    def present(self) -> list[PlannedRow]:
        """Rows that are not marked as removed, without things that are no CCTV."""
        return [row for row in self.rows if is_counted(row.asset)]

    @property
    def bought(self) -> list[PlannedRow]:
        """What was paid for: what is removed too, without things that are no CCTV."""
        return [row for row in self.rows if row.asset.kind != "other"]

    @property
    def known(self) -> str:
        """How what is counted is known, as sentences."""
        return ways_said(row.asset.known_by for row in self.present)

    @property
    def cameras(self) -> list[PlannedRow]:
        """The cameras among them: what most questions are about."""
        return [row for row in self.present if row.asset.kind == "camera"]


@frozen
class Said:
    """What one question is answered with.

    `values` has one entry for each thing that is asked about, true where the record has it: what is held follows from it alone.
    `consider` where an exemption may cover what is held.
    """

    answer: str
    counted: str
    values: Iterable[object]
    hint: str = ""
    consider: bool = False

    @property
    def status(self) -> FoiStatus:
        """Held, held in part, not held, or to consider where anything of it is held."""
        values = [bool(value) for value in self.values]
        if not any(values):
            return "not-here"
        return "consider" if self.consider else "held" if all(values) else "in-part"


Answerer = Callable[[FoiFacts], Said]


def left(rows: Sequence[PlannedRow], value: Callable[[PlannedRow], object], noun: str = "camera") -> tuple[str, list[bool]]:
    """ "Not recorded for 5 cameras, unless names or notes say it."; and of each row whether its own field is filled."""
    held = [value(row) not in (None, "") for row in rows]
    bare = held.count(False)
    return f"Not recorded for {count(bare, noun)}, unless names or notes say it." if bare else "", held
