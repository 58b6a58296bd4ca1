"""What the sheets for working with share: walk-round, questions for the installer, a floor with its pins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from camcensus.model.asset import Body
from camcensus.model.words import clean, short_date
from camcensus.report.paper import Paper
from camcensus.report.plan_brief import SIMULATION

HANDLING = "For internal use: it shows where cameras are"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Whose sheet it is, when it was drawn (with its zone), by which list version, and whether it is all a simulation."""

    body: Body
    as_at: datetime
    knowledge_version: str
    simulation: bool = False

    @property
    def organisation(self) -> str:
        """The name on the sheet."""
        return clean(self.body.name, 80) or "Organisation not named"

    @property
    def _record(self) -> str:
        """ " · record 7F3A-19C2", which tells two records of one organisation apart."""
        return f" · record {self.record}" if self.record else ""

    @property
    def record(self) -> str:
        """The record's short name, "7F3A-19C2"; empty where it has none."""
        digits = "".join(character for character in self.body.id if character.isalnum()).upper()
        return clean(f"{digits[:4]}-{digits[4:8]}", 20) if len(digits) >= 8 else ""

    def paper(
        self, title: str, *, handling: str = HANDLING, landscape: bool = False, foot: str = "", inset: float = 0
    ) -> Paper:
        """A4 with the sheet's own head and foot."""
        moment = self.as_at if self.as_at.tzinfo else self.as_at.replace(tzinfo=UTC)
        zone = " UTC" if not moment.utcoffset() else ""
        when = f"As at {short_date(moment.date().isoformat())} {moment:%H:%M}{zone}"
        return Paper(
            title=f"{title}, {self.organisation}",
            kind=title,
            organisation=self.organisation,
            handling=SIMULATION if self.simulation else handling,
            foot=(f"{when} · list version {clean(self.knowledge_version, 40)}{self._record}", foot),
            made_at=moment,
            landscape=landscape,
            inset=inset,
        )
