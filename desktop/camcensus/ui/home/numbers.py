"""What Home says in numbers, counted from the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from camcensus.tasks.register.channels import unconfirmed_words
from camcensus.tasks.register.verbs import AssetRow as Row
from camcensus.ui import phrases

SURE = ("confirmed", "almost-certain")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts of the rows that are still here. Cameras only where it says so; a doubt is a range.

    `sure`, `likely` and `disagree` are cameras of listed makers: where signs disagree, every maker they speak for is listed,
    and the camera is named but in no range.
    """

    rows: int
    counted: str
    checking: int
    sure: int
    likely: int
    disagree: int
    other_listed: int
    undecided: int
    based: int = 0
    """Cameras of makers based in China by our reading that no list in use names; `based_likely` are likely ones beside them."""
    based_likely: int = 0
    other_based: int = 0
    unconfirmed: str = ""
    """ "8 reported by the recorder, not confirmed": counted above, and nobody has seen them."""

    @classmethod
    def of(cls, rows: Sequence[Row], checking: int) -> Numbers:
        """Counts the rows that are still here; `checking` is how many the queue still asks about."""
        here = [row for row in rows if row.asset.status != "removed"]
        listed = [row for row in here if row.state == "listed"]
        read = [row for row in here if row.state == "based"]
        based = [phrases.grade_of(row) for row in read if row.asset.kind == "camera"]
        grades = [phrases.grade_of(row) for row in listed if row.asset.kind == "camera"]
        return cls(
            rows=len(here),
            counted=phrases.counted(row.asset.kind for row in here),
            checking=checking,
            sure=sum(grade in SURE for grade in grades),
            likely=grades.count("likely"),
            disagree=grades.count("conflicting"),
            other_listed=len(listed) - len(grades),
            based=sum(grade != "likely" for grade in based),
            based_likely=based.count("likely"),
            other_based=len(read) - len(based),
            undecided=sum(row.asset.decision is None for row in here),
            unconfirmed=unconfirmed_words(row.asset for row in here),
        )

    @property
    def listed(self) -> str:
        """ "17 to 19", or "17"."""
        return f"{self.sure:,} to {self.sure + self.likely:,}" if self.likely else f"{self.sure:,}"

    @property
    def only_based(self) -> str:
        """ "3 to 5", or "3"."""
        return f"{self.based:,} to {self.based + self.based_likely:,}" if self.based_likely else f"{self.based:,}"

    @property
    def all_based(self) -> int:
        """How many rows carry the mark, whatever they are."""
        return self.based + self.based_likely + self.other_based

    @property
    def why_based(self) -> str:
        """That it is our reading, and what else is read so."""
        said = "No list you use names these makers. The 2022 statement names no company; that it means them is our reading."
        if not self.other_based:
            return said
        noun = "device is" if self.other_based == 1 else "devices are"
        return f"{said} {self.other_based:,} other {noun} by such makers too."

    @property
    def all_listed(self) -> int:
        """How many rows carry the mark, whatever they are."""
        return self.sure + self.likely + self.disagree + self.other_listed

    @property
    def how_sure(self) -> str:
        """How the range of cameras comes about, and what else is listed."""
        parts = [f"{self.sure:,} almost certain or confirmed, {self.likely:,} more likely."]
        if self.disagree:
            verb = "has" if self.disagree == 1 else "have"
            parts.append(f"{self.disagree:,} more {verb} signs that disagree, all for listed makers.")
        if self.other_listed:
            noun = "device is" if self.other_listed == 1 else "devices are"
            parts.append(f"{self.other_listed:,} other {noun} also listed.")
        return " ".join(parts)
