"""The cover of the FOI answer pack: what was asked, when it is due, what to think of, who signs. Never for release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from camcensus.model import frozen
from camcensus.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Fact,
    Heading,
    Prose,
    Row,
    Strong,
    TableBlock,
    Text,
    key_facts,
)
from camcensus.model.foi import DueDate, FoiAnswer
from camcensus.model.organisations import OrganisationKind, organisation_kind
from camcensus.model.words import clean, count, joined, long_date, upper_first

LEFT_OUT = ("network address", "MAC address", "serial number", "exact location", "staff names", "notes")
"""What is in no table for release, named on the cover."""
LIMIT_HOURS, LIMIT_POUNDS = 18, 450
"""Source: the Freedom of Information and Data Protection (Appropriate Limit and Fees) Regulations 2004: £450 at £25 an hour;
£600 for the bodies of Part I of Schedule 1 (central government)."""


@frozen(kw_only=True)
class Work:
    """What the record's log tells of the work so far: searches and their minutes, edits by staff and on how many days.

    `to_check` items wait for somebody to look at them; where nobody has searched yet (`unsearched`), all of it is still to do.
    """

    searches: int
    search_minutes: int
    edits: int
    days: int
    to_check: int
    unsearched: bool = False


@frozen(kw_only=True)
class Cover:
    """What the cover says. `due_longest` is for a school: working days pass until then whatever its holidays are.

    `small` is the count under which a row is called small, and `small_rows` how many are.
    """

    ref: str
    received: date | None
    due: DueDate | None
    due_longest: DueDate | None
    body_type: str
    asked: Sequence[FoiAnswer]
    work: Work
    small: int
    small_rows: int
    joined: str = ""
    """By which rule small rows were joined; "" where they were not."""

    @property
    def kind(self) -> OrganisationKind:
        """The organisation's words, and whether the Act covers it."""
        return organisation_kind(self.body_type)

    @property
    def covered(self) -> bool:
        """Whether people may have a right to ask: for every kind that the Act does not plainly leave out."""
        return self.kind.act != "no"


def cover(this: Cover) -> Iterator[Block]:
    """Page 1."""
    yield Heading("FOI answer pack", 1)
    yield Prose(f"For {reader(this)}. Not for release: these pages hold advice and draft answers.", "opening", after=4)
    yield Heading("The request", 2)
    yield key_facts([*_request(this)], 2.2)
    yield Heading("Before you answer", 2)
    yield Prose("Camcensus does not decide. Tick each line when you have considered it.", after=5)
    yield Bullets(list(_checklist(this)), boxes=True)
    yield Heading("Signed off for release", 2)
    yield TableBlock(
        [Column("Role", 1.5), Column("Name", 1.5), Column("Signature", 1.4), Column("Date", 1)],
        [
            Row([role, Fact("Name", "second"), "", Fact("DD / MM / YYYY", "second")])
            for role in (this.kind.foi_lead, this.kind.head)
        ],
        to_write=28,
    )


def reader(this: Cover) -> str:
    """Whom the pack is for: "your FOI lead"."""
    return "your FOI lead" if this.covered else "whoever answers"


def _request(this: Cover) -> Iterator[tuple[str, Cell]]:
    yield "Request reference", clean(this.ref, 60) if this.ref else Fact("Not given", "second")
    yield "Received", long_date(this.received.isoformat()) if this.received else Fact("DD / MM / YYYY", "second")
    yield "Under the Act?", this.kind.act_says
    yield "Due", _due(this)
    yield "Answered here", f"{count(len(this.asked), 'question')}, on the next pages"
    yield "Draft prepared by", Fact("Name and date", "second")


def _due(this: Cover) -> Cell:
    if not this.covered:
        return Fact("No day is set by law: the Act does not cover you.", "second")
    if this.due is None:
        return Fact("20 working days after the day it was received", "second")
    by = long_date(this.due.by.isoformat())
    facts = [Fact(f"{by} (20 working days)")]
    if this.due_longest is not None:
        longest = long_date(this.due_longest.by.isoformat())
        facts.append(Fact(f"Schools: days that are not school days do not count, up to {longest} (60 working days).", "second"))
    known = this.due.certain and (this.due_longest is None or this.due_longest.certain)
    held = "Bank holidays in any part of the UK are left out." if known else _UNCERTAIN
    facts.append(Fact(f"{held} Scotland’s own Act counts only Scotland’s: the day may be earlier there.", "second"))
    return facts


_UNCERTAIN = "Bank holidays are not known that far: check the day."


def _checklist(this: Cover) -> Iterator[Text]:
    yield from _duties(this)
    consider = [one.number for one in this.asked if one.status == "consider"]
    if consider:
        which = f"Question{'s' if len(consider) > 1 else ''} {joined([*map(str, consider)])}"
        yield (
            Strong("Exemptions to consider."),
            f" {which}: drafted here with the section to look at, and left out of the public edition.",
        )
    open_ = [one.number for one in this.asked if one.status == "not-here"]
    if open_:
        which = f"Question{'s' if len(open_) > 1 else ''} {joined([*map(str, open_)])}"
        yield Strong("Held elsewhere?"), f" {which}: not found in this record. Ask before you say “not held”."
    personal = "Personal data (section 40)." if this.covered else "Personal data."
    yield Strong(personal), " Staff names are not in the tables for release."
    if this.small_rows:
        rows = count(this.small_rows, "row counts", "rows count")
        yield Strong("Small counts."), f" {rows} fewer than {this.small} cameras: could one tell which camera is meant?"
    yield (
        Strong("Hidden data."),
        " Send the public PDF and the CSV made by Camcensus, not a spreadsheet. "
        f"These {len(LEFT_OUT)} columns are not in them: {', '.join(LEFT_OUT)}.",
    )


def _duties(this: Cover) -> Iterator[Text]:
    if not this.covered:
        yield Strong("No duty to answer."), f" {upper_first(this.kind.called)} may answer all, part or nothing."
        yield (
            Strong("Somebody asks for pictures of themselves?"),
            " That is another right, under data protection law, and it holds for you too.",
        )
        yield Strong("Exact locations."), " Would they help somebody to break in? Leave them out."
        return
    yield Strong("Duty to confirm."), " Say whether the information is held, unless an exemption covers that as well."
    yield Strong("Cost limit (section 12)."), f" {_cost(this.work)}"
    yield Strong("Help (section 16)."), " If part is refused, say what could be asked instead."
    yield Strong("Exact locations."), " People who answer FOI requests often consider section 31 (law enforcement)."


def _cost(work: Work) -> str:
    parts = [count(work.searches, "search", "searches")] if work.searches else []
    parts += [f"{count(work.edits, 'entry', 'entries')} by staff on {count(work.days, 'day')}"] if work.edits else []
    ran = f" ({count(work.search_minutes, 'minute')} of a computer’s time)" if work.searches else ""
    log = f"The record’s log has {' and '.join(parts)}{ran if len(parts) == 1 and work.searches else ''}. " if parts else ""
    left = "No item waits to be checked. "
    if work.unsearched:
        left = "The search is still to be done. "
    elif work.to_check:
        left = f"Still to look at: {count(work.to_check, 'item')}. "
    return f"{log}{left}The limit is £{LIMIT_POUNDS}, which is {LIMIT_HOURS} hours (£600, 24 hours, for central government)."
