"""What the sections of the printed plan are written from, and how they name places, makers and amounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime

from camcensus.attribution.brands import name_held
from camcensus.model import frozen
from camcensus.model.addresses import without_addresses
from camcensus.model.asset import Asset, Body
from camcensus.model.blocks import OnPage, Piece, Strong
from camcensus.model.device import DOUBTS, DeviceKind, Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import REPLACING, Batch, OwnLine, Plan, PlanDifference, PlanItem, PlanQuestion, VersionInfo
from camcensus.model.scan import ScanRecord
from camcensus.model.words import (
    CARE_WORDS,
    KIND_NOUNS,
    clean,
    count,
    fitting,
    joined,
    kinds_counted,
    local_time,
    long_date,
    pounds,
    run_of_refs,
)
from camcensus.planning.counts import CountedRow, Counts, is_counted, other_names
from camcensus.planning.counts import counted as counted_rows
from camcensus.planning.facts import refs
from camcensus.planning.reasons import says_why
from camcensus.planning.rows import PlannedRow
from camcensus.planning.spending import Work, sites, work_of

NOT_PRICED = "Not priced"
NAMED = 3
"""Items that are named where their number is said."""
VERBS: dict[Work, str] = {"replace": "replace", "separate": "isolate", "remove": "remove", "other": "do"}
DEPENDS_ON, MORE_RISKS = "What the work depends on", "More risks and assumptions"
"""Headings of the appendices that the decision paper points to."""
NAME_CHARACTERS, PLACE_CHARACTERS, WORDS_CHARACTERS = 60, 60, 160
"""How much of a name, a place and a sentence typed by staff is printed."""


@frozen(kw_only=True)
class Brief:
    """All that the plan is written from. `audience` other than "internal" leaves out staff and network details.

    A room is printed with its building and its site where there is more than one of these. `issued` is the version where an
    old one is printed. `scope` names the part of the register, where the plan is of a part.
    """

    plan: Plan
    body: Body
    knowledge: Knowledge
    scans: Sequence[ScanRecord]
    rows: Sequence[PlannedRow]
    enabled_lists: frozenset[str]
    as_at: datetime
    audience: str
    simulation: bool
    issued: VersionInfo | None = None
    versions: tuple[VersionInfo, ...] = ()
    left_out: str = ""
    scope: str = ""
    _waiting: frozenset[str] = field(init=False)
    _by_id: Mapping[str, Batch] = field(init=False)
    _rows: Mapping[str, PlannedRow] = field(init=False)
    _numbers: Mapping[str, int] = field(init=False)
    sites: tuple[str, ...] = field(init=False)
    """The sites that its readers are told of, in counting order."""
    _parted: frozenset[str] = field(init=False)
    """Sites with more than one building."""
    _counted: dict[tuple[int, ...], tuple[tuple[PlanItem, ...], Counts]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """What was counted already: a page that is fitted to its room asks for the same numbers dozens of times."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_waiting", frozenset(item.asset for item in self.plan.undecided))
        object.__setattr__(self, "_by_id", {batch.id: batch for batch in self.plan.batches})
        object.__setattr__(self, "_rows", {row.asset.id: row for row in self.rows})
        every = [*(batch.id for batch in self.plan.batches), *(line.id for line in self.plan.lines)]
        object.__setattr__(self, "_numbers", {one: number for number, one in enumerate(every, 1)})
        object.__setattr__(self, "sites", () if self.audience == "public" else sites(self.plan))
        buildings = {item.place_path[:2] for item in self.everything if len(item.place_path) > 1}
        several = Counter(path[0] for path in buildings)
        object.__setattr__(self, "_parted", frozenset(site for site, number in several.items() if number > 1))

    @property
    def version(self) -> str:
        """ "Version 2, made 24 November 2026", or "Version 3, draft" while something has changed since."""
        newest = self.issued or (self.plan.version if not self.plan.changes else None)
        if newest is not None:
            return f"Version {newest.number}, made {long_date(local_time(newest.made_at, self.as_at))}"
        return f"Version {(self.plan.version.number if self.plan.version else 0) + 1}, draft"

    def batch_name(self, batch: Batch) -> str:
        """What a batch is called; its name tells the place, so the public reads a number."""
        if self.audience == "public":
            return f"Batch {self._numbers[batch.id]}"
        return self.said(batch.name, NAME_CHARACTERS)

    def typed_name(self, item: PlanItem) -> str:
        """What staff called its batch, where they did."""
        batch = self._by_id.get(item.batch)
        return self.batch_name(batch) if batch and "name" in batch.typed else ""

    def line_name(self, line: OwnLine) -> str:
        """What a line of staff's own is called; the public reads a number."""
        return "Other work" if self.audience == "public" else self.said(line.name, NAME_CHARACTERS)

    def change(self, difference: PlanDifference) -> str:
        """What changed since a version, as a sentence."""
        if self.audience == "public" and difference.subject:
            number = self._numbers.get(difference.batch)
            return str(replace(difference, subject=f"Batch or line {number}" if number else "A batch or line"))
        return self.said(str(difference), 300)

    @property
    def searched(self) -> bool:
        """Whether a network was searched; a list that was read is no search."""
        return any(scan.is_search for scan in self.scans)

    @property
    def unsearched(self) -> bool:
        """Whether nobody has looked for cameras yet: then nothing may be read as "there are none"."""
        return self.issued is None and not (self.scope or self.rows or self.everything or self.searched)

    @property
    def internal(self) -> bool:
        """Whether only our own staff will read it."""
        return self.audience == "internal"

    @property
    def urgent(self) -> tuple[str, ...]:
        """What staff do now, before any replacement; nothing for others, whom it would tell which devices can be attacked."""
        return self.plan.urgent if self.internal else ()

    @property
    def risks(self) -> tuple[str, ...]:
        """The risks, as its readers are told of them."""
        return self.plan.risks if self.internal else self.plan.told.risks

    @property
    def questions(self) -> tuple[PlanQuestion, ...]:
        """The questions; they name devices for those who answer, of whom the public are none."""
        return self.plan.told.questions if self.audience == "public" else self.plan.questions

    @property
    def organisation(self) -> str:
        """ "the school", "the trust", or "the organisation"."""
        return self.body.kind.called

    @property
    def lists(self) -> str:
        """ "the school’s lists": where the reader has not met the word “listed” yet."""
        return f"{self.organisation}’s {fitting(len(self.enabled_lists), 'list', 'lists')}"

    @property
    def everything(self) -> tuple[PlanItem, ...]:
        """Every item of the plan, whatever was decided."""
        return self.plan.items + self.plan.kept + self.plan.undecided + self.plan.taken_out

    @property
    def counts(self) -> Counts:
        """The numbers that every report of the register says."""
        return self.counts_of(self.everything)

    def counts_of(self, items: Iterable[PlanItem]) -> Counts:
        """Some items counted; nobody is based in China where the plan does not count that."""
        these = tuple(items)
        key = tuple(map(id, these))
        if key not in self._counted:
            self._counted[key] = these, self._count(these)
        return self._counted[key][1]

    def _count(self, items: Iterable[PlanItem]) -> Counts:
        return counted_rows(
            CountedRow(
                kind=item.kind, removed=False, decided=item.asset not in self._waiting, grade=item.grade,
                maker=item.manufacturer, listed=bool(item.listed_on), based=item.based, care=item.care,
                branded=bool(item.brand),
            )
            for item in items
        )  # fmt: skip

    @property
    def replaced(self) -> tuple[PlanItem, ...]:
        """Items for which something is bought."""
        return tuple(item for item in self.plan.items if item.option in REPLACING)

    @property
    def here(self) -> list[Asset]:
        """What of its rows is counted."""
        return [row.asset for row in self.rows if is_counted(row.asset)]

    def known(self) -> Iterable[tuple[Asset, Verdict]]:
        """Rows that have a device, with what was concluded of it."""
        return ((row.asset, row.verdict) for row in self.rows if row.verdict is not None)

    def maker(self, item: PlanItem) -> str | None:
        """The maker's name, None where it is not known."""
        if item.manufacturer is None:
            return None
        entry = self.knowledge.manufacturers.get(item.manufacturer)
        name = item.manufacturer_name if item.manufacturer_name not in (None, item.manufacturer) else None
        return clean(name or (entry.name if entry else item.manufacturer), NAME_CHARACTERS)

    @property
    def listed_names(self) -> str:
        """ "4 EZVIZ and 2 HiLook, made by Hikvision": what of listed makers has another name on it."""
        return other_names(
            (self.maker(item), name_held(item.brand, self.knowledge)) for item in self.everything if item.listed_on
        )

    @property
    def many_sites(self) -> bool:
        """Whether a place has to be printed with its site."""
        return len(self.sites) > 1

    def place(self, item: PlanItem) -> str:
        """Where it is: the room and what it is in. Exact places are for our own staff and the supplier."""
        if self.audience == "public":
            return "Left out"
        path = item.place_path
        names = [path[-1]] if path else []
        if len(path) > 2 and path[0] in self._parted:
            names.append(path[1])
        if len(path) > 1 and self.many_sites:
            names.append(path[0])
        said = dict.fromkeys(clean(name, PLACE_CHARACTERS) for name in names if name.strip())
        return ", ".join(said) or "No location yet"

    def purpose(self, item: PlanItem) -> str:
        """What it is for, as staff typed it; empty for the public, whom it would tell the place."""
        return "" if self.audience == "public" else self.said(item.purpose or "", 80)

    def reason(self, item: PlanItem) -> str:
        """Why it is here. What staff typed as their reason is for our own staff."""
        if self.internal:
            batch = self._by_id.get(item.batch)
            return self.said(batch.reason if batch and "reason" in batch.typed else item.reason)
        facts = ["maker listed"] if item.listed_on else ["maker based in China (our reading)"] if item.based else []
        facts += ["in a sensitive place"] if item.sensitive else []
        facts += ["on a core network"] if item.core else []
        if self.audience != "public":
            facts += [CARE_WORDS[kind].lower() for kind in item.care if kind not in DOUBTS]
        if not facts:
            waiting = "No decision yet" if item.asset in self._waiting else "Kept by decision"
            facts = [waiting if item.option == "keep" else f"Decided for {item.year}" if item.year else "Decided, no year yet"]
        sentence = ", ".join(facts)
        return sentence[0].upper() + sentence[1:] + "."

    def own_reason(self, item: PlanItem) -> bool:
        """Whether staff wrote why it is here: who decided and when is no reason."""
        return says_why(self.own_words(item))

    def own_words(self, item: PlanItem) -> str:
        """What staff wrote of why it is here: of its batch, else of its decision; "" where they wrote nothing."""
        batch, asset = self._by_id.get(item.batch), self.asset(item)
        if batch and "reason" in batch.typed:
            return batch.reason
        return asset.decision.why.strip() if asset and asset.decision else ""

    def asset(self, item: PlanItem) -> Asset | None:
        """Its row of the register, None in an old version of one that is gone."""
        row = self._rows.get(item.asset)
        return row.asset if row else None

    def said(self, text: str, limit: int = WORDS_CHARACTERS) -> str:
        """Text from outside as it may be printed; without network addresses where others will read it."""
        text = clean(text, limit)
        return text if self.internal else without_addresses(text)


def noun(kind: DeviceKind, number: int) -> str:
    """ "17 cameras", "1 recorder"."""
    return count(number, *KIND_NOUNS[kind])


def counted(items: Iterable[PlanItem]) -> list[str]:
    """["17 cameras", "1 recorder"], kinds in the order of the register."""
    numbers = Counter[DeviceKind]()
    for item in items:
        numbers[item.kind] += item.quantity
    return kinds_counted(numbers)


def strong_joined(parts: Sequence[str]) -> list[Piece]:
    """The same with each part in bold."""
    pieces: list[Piece] = []
    for number, part in enumerate(parts):
        if number:
            pieces.append(" and " if number == len(parts) - 1 else ", ")
        pieces.append(Strong(part))
    return pieces


def priced(pence: int | None) -> str:
    """An amount, or that there is none."""
    return NOT_PRICED if pence is None else pounds(pence)


def named(brief: Brief, items: Sequence[PlanItem]) -> str:
    """ " (CAM-016, CAM-017)" behind the number of a few items; nothing for others than our own staff."""
    return f" ({run_of_refs([item.ref for item in items])})" if brief.internal and 0 < len(items) <= NAMED else ""


def with_places(brief: Brief, items: Sequence[PlanItem], between: str = "") -> str:
    """ "CAM-005 (Hall) and CAM-009 (Library)", the room alone where one place is called so; no places for those not told."""
    called = Counter(path[-1] for path in {item.place_path for item in brief.everything if item.place_path})
    said = []
    for item in items:
        room = item.place_path[-1] if item.place_path and brief.audience != "public" else ""
        place = clean(room, PLACE_CHARACTERS) if called[room] < 2 else brief.place(item)
        said.append(f"{refs([item])} ({place})" if room.strip() else refs([item]))
    return between.join(said) if between else joined(said)


def in_appendices(text: str, heading: str) -> list[Piece]:
    """The text with the page of the heading behind each "the plan’s appendices" that is no quotation."""
    first, *rest = re.split(r"(?<=the plan’s appendices)(?![^“]*”)", text, flags=re.IGNORECASE)
    return [first, *(piece for part in rest for piece in (OnPage(heading), part))]


def unpriced_words(brief: Brief, items: Sequence[PlanItem]) -> str:
    """ "1 recorder (REC-001) to replace and 2 cameras (CAM-016, CAM-017) to isolate are not priced", the same everywhere."""
    by_verb: dict[str, list[PlanItem]] = {}
    for item in items:
        by_verb.setdefault(VERBS[work_of(item.option)], []).append(item)
    each = joined([f"{joined(counted(some))}{named(brief, some)} to {verb}" for verb, some in by_verb.items()])
    return f"{each} {fitting(len(items))} not priced"
