"""What to act on, as every page and report says it: a device's findings with their flaws, and what cannot wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camcensus.assessment.care import flaw_records, is_nothing, what_mends
from camcensus.model import frozen
from camcensus.model.device import Applies, CareFinding, CareKind
from camcensus.model.knowledge import Knowledge, Source
from camcensus.model.records import Advisory
from camcensus.model.words import CARE_WORDS, clean, count, date_words, fitting, is_over, upper_first
from camcensus.planning.counts import is_counted
from camcensus.tasks.register.rows import AssetRow

FROM_KNOWLEDGE = 600
"""Longest text out of the knowledge base that is shown in one piece."""


@frozen
class FlawLine:
    """One published flaw: `title` in plain words, how it applies and why, what mends it ("" where not known), who says so."""

    id: str
    title: str
    applies: Applies
    exploited: bool
    why: str
    fixed_in: str
    source: Source | None


@frozen
class CareLine:
    """One thing to act on: in a few words, why, what mends it, who says so, and the flaws that it sums up."""

    kind: CareKind
    title: str
    why: str
    mend: str
    source: Source | None
    flaws: tuple[FlawLine, ...]

    @property
    def sentence(self) -> str:
        """Why, and what mends it."""
        return f"{self.why} {self.mend}"

    @property
    def exploited(self) -> bool:
        """Whether attackers are known to use one of its flaws."""
        return any(flaw.exploited for flaw in self.flaws)

    @property
    def mended_by(self) -> str:
        """ " Mended by: V5.4.5 or later." where the same mends all its flaws; else empty."""
        mends = what_mends(flaw.fixed_in for flaw in self.flaws)
        return f" Mended by: {mends}." if mends and not is_nothing(mends) else ""


def care_lines(row: AssetRow, knowledge: Knowledge) -> tuple[CareLine, ...]:
    """What to act on for one row, the most urgent first, each flaw with its own words."""
    if not row.care:
        return ()
    records = {one.id: one for one in knowledge.advisories}
    answers = {one.id: one for one in row.verdict.advisories} if row.verdict else {}

    def flaw(name: str, record: Advisory) -> FlawLine:
        answer = answers.get(name)
        return FlawLine(
            name,
            _sentence(record.title),
            answer.applies if answer else "maybe",
            record.exploited,
            clean(answer.why, FROM_KNOWLEDGE) if answer else "",
            _sentence(record.fixed_in),
            knowledge.sources.get(record.source),
        )

    return tuple(
        CareLine(
            one.kind,
            CARE_WORDS[one.kind],
            clean(one.why, FROM_KNOWLEDGE),
            clean(one.mend, FROM_KNOWLEDGE),
            knowledge.sources.get(one.source or ""),
            tuple(flaw(name, records[name]) for name in one.flaws if name in records),
        )
        for one in row.care
    )


def flaw_records_of(row: AssetRow, knowledge: Knowledge) -> str:
    """What stands behind a row of which no flaw is shown; "" for one with flaws, and for what is not looked at."""
    found = row.verdict
    return clean(flaw_records(found.attribution, found.description, knowledge), FROM_KNOWLEDGE) if found else ""


def _sentence(text: str) -> str:
    said = clean(text.strip().rstrip("."), FROM_KNOWLEDGE)
    return f"{said}." if said else ""


def short(care: Iterable[CareFinding]) -> str:
    """ "Flaw that attackers use; support ended": all of it in a few words, for a table."""
    words = "; ".join(CARE_WORDS[one.kind].lower() for one in care)
    return upper_first(words)


def has(row: AssetRow, kinds: Iterable[CareKind]) -> bool:
    """Whether a row that is counted has a finding of these kinds."""
    return is_counted(row.asset) and any(one.kind in kinds for one in row.care)


def urgent_sentence(rows: Sequence[AssetRow]) -> str:
    """ "3 cameras have a flaw that attackers use: update or isolate them now." Empty where none has."""
    found = [row for row in rows if has(row, ("exploited-flaw",))]
    if not found:
        return ""
    them = fitting(len(found), "it", "them")
    return f"{devices(found)} {fitting(len(found), 'has', 'have')} a flaw that attackers use: update or isolate {them} now."


def never_set_up_sentence(rows: Sequence[AssetRow]) -> str:
    """ "1 camera was never set up: anyone on the network can take it over. Set a password or unplug it." Empty where none."""
    found = [row for row in rows if has(row, ("never-set-up",))]
    if not found:
        return ""
    were, them = ("was", "it") if len(found) == 1 else ("were", "them")
    return f"{devices(found)} {were} never set up: anyone on the network can take {them} over. Set a password or unplug {them}."


def support_sentence(rows: Iterable[AssetRow], today: str) -> str:
    """ "Support has ended for 12 items: plan to replace them. When it ends is recorded for 28 more, first in June 2027."."""
    here = [row for row in rows if is_counted(row.asset)]
    ended = sum(has(row, ("support-ended",)) for row in here)
    ahead = sorted(day for row in here if (day := row.asset.support_until) and not is_over(day, today))
    ours = sum(has(row, ("support-ended",)) and row.asset.support_until is not None for row in here)
    by_date = f" ({ours:,} by a recorded date)" if ours else ""
    them = fitting(ended, "it", "them")
    said = [f"Support has ended for {count(ended, 'item')}{by_date}: plan to replace {them}."] if ended else []
    if ahead:
        items = f"{len(ahead):,} more" if ended else count(len(ahead), "item")
        first = ", first" if ahead[0] != ahead[-1] else ""
        said.append(f"When it ends is recorded for {items}{first}: {date_words(ahead[0])}.")
    if due := sorted(row.asset.replace_by for row in here if row.asset.replace_by):
        said.append(f"By when to replace is recorded for {count(len(due), 'item')}, first {date_words(due[0])}.")
    return " ".join(said)


def devices(rows: Sequence[AssetRow]) -> str:
    """ "3 cameras", "2 recorders", or "5 devices" where they are of several kinds."""
    kinds = {row.asset.kind for row in rows}
    word = next(iter(kinds)) if len(kinds) == 1 else ""
    return count(len(rows), word if word in ("camera", "recorder", "encoder", "intercom") else "device")
