"""Head and foot of every report: whose it is, and when it was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from camcensus.model import frozen
from camcensus.model.asset import Body
from camcensus.model.blocks import Block, Heading, OnePage, Prose, ReportDocument
from camcensus.model.words import clean, short_date

SIMULATION = "This is a simulation: sample devices, not a real school"
HANDLING = "For internal use: it shows where cameras are"


@frozen(kw_only=True)
class Occasion:
    """Whose report it is, when it was made (with its zone), by which list version, and whether it is all a simulation.

    `scope` names the part of the register that it is about, "" for all of it; `scope_says` says so on the first page, or of
    all of it what is new.
    """

    body: Body
    as_at: datetime
    knowledge_version: str
    simulation: bool = False
    scope: str = ""
    scope_says: str = ""

    @property
    def organisation(self) -> str:
        """The name on it."""
        return clean(self.body.name, 80) or "Organisation not named"

    @property
    def record(self) -> str:
        """The record's short name, "7F3A-19C2", which tells two of one organisation apart; empty where it has none."""
        digits = "".join(character for character in self.body.id if character.isalnum()).upper()
        return clean(f"{digits[:4]}-{digits[4:8]}", 20) if len(digits) >= 8 else ""

    def document(
        self,
        title: str,
        blocks: Sequence[Block],
        *,
        handling: str = HANDLING,
        landscape: bool = False,
        foot: str = "",
        more: str = "",
    ) -> ReportDocument:
        """A report with the head and foot that all of them have; `more` goes with its title at the foot."""
        moment = self.as_at if self.as_at.tzinfo else self.as_at.replace(tzinfo=UTC)
        zone = " UTC" if not moment.utcoffset() else ""
        of_scope = f", {self.scope}" if self.scope else ""
        when = f"As at {short_date(moment.date().isoformat())} {moment:%H:%M}{zone}"
        below = (f"Record {self.record}" if self.record else "", foot)
        return ReportDocument(
            title=f"{title}{of_scope}, {self.organisation}",
            kind=f"{title}{of_scope}{more}",
            organisation=self.organisation,
            handling=SIMULATION if self.simulation else handling,
            foot=(
                f"{when} · makers by list version {clean(self.knowledge_version, 40)}",
                " · ".join(part for part in below if part),
            ),
            made_at=moment,
            blocks=_under_its_title(blocks, Prose(self.scope_says, before=6, after=8)) if self.scope_says else tuple(blocks),
            landscape=landscape,
        )


def _under_its_title(blocks: Sequence[Block], says: Prose) -> tuple[Block, ...]:
    """The blocks with a paragraph under the title of the report and the line that belongs to it."""
    if blocks and isinstance(blocks[0], OnePage):
        return OnePage([_under_its_title(way, says) for way in blocks[0].ways]), *blocks[1:]
    title = next((at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1), -1)
    below = title + 1
    if below < len(blocks) and isinstance(line := blocks[below], Prose) and line.look in ("subtitle", "opening"):
        below += 1
    return *blocks[:below], says, *blocks[below:]
