"""What of the knowledge base is due to be looked at again, in the order in which to do it, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from camcensus.model.errors import KnowledgeError
from camcensus.model.words import clean, count, long_date
from camcensus.tasks.documents import CONTRACT_VERSION
from installers.knowledge.calendar import EACH, day_in
from installers.knowledge.entries import Placed
from installers.knowledge.reviewed import OWN_LIST, CalendarEntry, Reviewed
from installers.knowledge.sources import read_sources

HOUR_MINUTES = 60
"""What a quarter's review may take; the rest waits, in the order of its weight."""

_FLAGGING = ("own_brand", "subsidiary", "oem_rebrand")
"""Relations by which a brand alone names its maker, and so carries the maker's listings."""

_KINDS = {
    "look": ("page to look at", "pages to look at"),
    "draft": ("draft to read at its source", "drafts to read at their sources"),
    "statement": ("statement that nobody has read again", "statements that nobody has read again"),
    "claim": ("claim of who makes a brand, not read again", "claims of who makes a brand, not read again"),
    "source": ("source with no date, not seen, or seen long ago", "sources with no date, not seen, or seen long ago"),
    "seen-once": ("source that was seen once only", "sources that were seen once only"),
}
"""What is due, by kind, in the order of work."""


@dataclass(frozen=True, slots=True)
class DueReview:
    """One thing to do. `since` is the day from which it was due, None for never done; `place` is our file and line.

    `look_at` is the published text or page, "" where a draft names a file that somebody brought; `entry` is of the calendar.
    """

    weight: int
    kind: str
    say: str
    place: tuple[str, int]
    minutes: int
    since: date | None = None
    look_at: str = ""
    entry: CalendarEntry | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """Weightiest first; then by kind; then what was never done, and what is due longest."""
        return (self.weight, list(_KINDS).index(self.kind), self.since or date.min, self.place)


@dataclass(frozen=True, slots=True)
class Review:
    """What is due on a day, in order, and what comes next: its name and the day."""

    today: date
    due: tuple[DueReview, ...]
    next_due: tuple[str, date] | None = None
    hour: tuple[DueReview, ...] = field(init=False)
    """The first of what is due, as far as an hour goes; at least one."""

    def __post_init__(self) -> None:
        minutes, first = 0, list[DueReview]()
        for one in self.due:
            minutes += one.minutes
            if first and minutes > HOUR_MINUTES:
                break
            first.append(one)
        object.__setattr__(self, "hour", tuple(first))


def review(sources_dir: Path, today: date) -> Review:
    """What is due on `today` in the sources of that folder. Raises KnowledgeError where their form is wrong."""
    reviewed = read_sources(sources_dir)
    if reviewed.problems:
        raise KnowledgeError(f"The knowledge sources are wrong at {reviewed.problems[0]}; run “knowledge check” first.")
    found = [*_entries(reviewed), *_drafts(reviewed), *_statements(reviewed), *_claims(reviewed), *_sources(reviewed)]
    due = [one for one in found if one.since is None or one.since <= today]
    waiting = [one for one in found if one.since is not None and one.since > today]
    soonest = min(waiting, key=lambda one: (one.since or date.max, one.order), default=None)
    following = None if soonest is None or soonest.since is None else (soonest.say, soonest.since)
    return Review(today, tuple(sorted(due, key=lambda one: one.order)), following)


def review_lines(found: Review, *, every: bool = False) -> list[str]:
    """The same as plain sentences; with `every` all that is due, else an hour's work and a count of the rest."""
    if not found.due:
        lines = [f"Nothing is due on {long_date(found.today)}."]
    else:
        shown = found.due if every else found.hour
        minutes = sum(one.minutes for one in shown)
        head = "All that is due" if every else "This quarter’s hour"
        lines = [f"{head}: {count(len(shown), 'thing')} to do, about {_long(minutes)}."]
        for number, one in enumerate(shown, 1):
            lines += [f"{number}. {clean(one.say, 300)} ({count(one.minutes, 'minute')})", *_how(one)]
        rest = found.due[len(shown) :]
        if rest:
            lines.append("After that, for the next hours:")
        for kind, words in _KINDS.items():
            left = [one for one in rest if one.kind == kind]
            if left:
                lines.append(f"  {count(len(left), *words)}, about {_long(sum(one.minutes for one in left))}")
        if rest:
            lines.append("“knowledge review --all” lists each.")
    if found.next_due is not None:
        lines.append(f"Next due, on {long_date(found.next_due[1])}: {clean(found.next_due[0], 300)}")
    return lines


def review_document(found: Review) -> dict[str, Any]:
    """The same as plain values, all that is due."""
    following = found.next_due
    return {
        "contract_version": CONTRACT_VERSION,
        "today": found.today.isoformat(),
        "due": [
            {
                "kind": one.kind,
                "weight": one.weight,
                "say": one.say,
                "where": f"{one.place[0]}:{one.place[1]}",
                "minutes": one.minutes,
                "since": None if one.since is None else one.since.isoformat(),
                "look_at": one.look_at or None,
                "importer": None if one.entry is None else one.entry.importer,
            }
            for one in found.due
        ],
        "this_hour": len(found.hour),
        "next_due": None if following is None else {"say": following[0], "on": following[1].isoformat()},
    }


def _how(one: DueReview) -> Iterator[str]:
    yield f"   In {one.place[0]}:{one.place[1]}"
    if one.look_at:
        yield f"   Look at: {clean(one.look_at, 500)}"
    if one.entry is not None and one.entry.importer:
        yield f"   Bring: {clean(one.entry.bring, 200)}; then “knowledge import {one.entry.importer} FILE”"


def _long(minutes: int) -> str:
    if minutes < 120:
        return count(minutes, "minute")
    return count(round(minutes / 60), "hour")


def _entry(reviewed: Reviewed, name: str) -> CalendarEntry:
    return next(item.value for item in reviewed.calendar if item.value.id == name)


def _after(day: str | None, days: int) -> date | None:
    """The day on which something last done on `day` is due again."""
    done = None if day is None else day_in(day)
    return None if done is None else done + timedelta(days=days)


def _entries(reviewed: Reviewed) -> Iterator[DueReview]:
    for item in reviewed.calendar:
        entry = item.value
        if entry.id in EACH:
            continue
        last = "nobody has looked yet" if entry.looked_at is None else f"last looked at on {long_date(entry.looked_at)}"
        say = f"{entry.what}: {last}."
        since, look_at = _after(entry.looked_at, entry.every_days), _line(entry.title, entry.publisher, entry.url)
        yield DueReview(entry.weight, "look", say, _place(item), entry.minutes, since, look_at, entry)


def _drafts(reviewed: Reviewed) -> Iterator[DueReview]:
    minutes = _entry(reviewed, "statements").minutes
    for item in reviewed.drafts:
        if not item.value.settled:
            yield DueReview(1, "draft", f"{item.value.say} Found in {item.value.where}.", _place(item), minutes)


def _flagged(reviewed: Reviewed) -> frozenset[str]:
    """Makers that a list counts, by name or by their legal seat, and all that belong to one."""
    lists = [item.value for item in reviewed.statements if item.value.is_list]
    seats = {one.seat for one in lists} - {None}
    listed = {named.manufacturer for one in lists for named in one.names}
    listed |= {item.value.id for item in reviewed.manufacturers if item.value.seat in seats}
    parents = {item.value.id: item.value.parent for item in reviewed.manufacturers}
    while more := {one for one, parent in parents.items() if parent in listed and one not in listed}:
        listed |= more
    return frozenset(listed)


def _statements(reviewed: Reviewed) -> Iterator[DueReview]:
    """Lists and what matters most first: an organisation's own list has no source."""
    entry, lines = _entry(reviewed, "statements"), _source_lines(reviewed)
    for item in reviewed.statements:
        statement = item.value
        if statement.id == OWN_LIST:
            continue
        weight = entry.weight if statement.is_list or statement.weight == 1 else max(entry.weight, 2)
        day = statement.read_again
        last = "nobody has read its source again" if day is None else f"read again on {long_date(day)}"
        say = f"“{statement.title}”: {last}."
        since = _after(day, entry.every_days)
        yield DueReview(weight, "statement", say, _place(item), entry.minutes, since, lines.get(statement.source, ""))


def _claims(reviewed: Reviewed) -> Iterator[DueReview]:
    entry, flagged, lines = _entry(reviewed, "brand-claims"), _flagged(reviewed), _source_lines(reviewed)
    names = {item.value.id: item.value.name for item in reviewed.brands}
    names |= {item.value.id: item.value.name for item in reviewed.manufacturers}
    for item in reviewed.claims:
        claim = item.value
        leads = claim.verified and not claim.against and claim.relation in _FLAGGING and claim.made_by in flagged
        if not leads or claim.brand == claim.made_by:
            continue
        day = reviewed.read_again.get((item.file, item.line))
        last = "nobody has read its source again" if day is None else f"read again on {long_date(day)}"
        say = f"{names.get(claim.brand, claim.brand)} is said to be made by {names.get(claim.made_by, claim.made_by)}: {last}."
        since = _after(day, entry.every_days)
        yield DueReview(entry.weight, "claim", say, _place(item), entry.minutes, since, lines.get(claim.source, ""))


def _sources(reviewed: Reviewed) -> Iterator[DueReview]:
    """Every source that something rests on; what nothing cites is no work."""
    entry = _entry(reviewed, "sources")
    cited, again = _cited(reviewed)
    for item in reviewed.sources:
        source = item.value
        if source.id not in cited:
            continue
        name, look_at = f"“{source.title}”, {source.publisher}", source.url or ""
        if source.retrieved is None:
            yield DueReview(
                entry.weight, "source", f"{name}: nobody here has seen it.", _place(item), entry.minutes, None, look_at
            )
        elif source.date is None:
            yield DueReview(entry.weight, "source", f"{name}: it has no date.", _place(item), entry.minutes, None, look_at)
        else:
            say = f"{name}: seen in {long_date(source.retrieved)}."
            seen = _after(source.retrieved, entry.every_days)
            yield DueReview(entry.weight, "source", say, _place(item), entry.minutes, seen, look_at)
            if source.id not in again:
                say = f"{name}: seen once only, and no second person has read what rests on it."
                yield DueReview(3, "seen-once", say, _place(item), entry.minutes, None, look_at)


def _cited(reviewed: Reviewed) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of sources that something rests on, and of those that a second person has read again."""
    groups: tuple[list[Placed[Any]], ...] = (
        *(reviewed.manufacturers, reviewed.claims, reviewed.statements, reviewed.advisories, reviewed.capabilities),
        *(reviewed.replacements, reviewed.ends_of_life),
    )
    cited = {item.value.source for items in groups for item in items}
    cited |= {named.source for item in reviewed.statements for named in item.value.names}
    again = {item.value.source for item in reviewed.claims if (item.file, item.line) in reviewed.read_again}
    again |= {item.value.source for item in reviewed.statements if item.value.read_again is not None}
    return frozenset(cited), frozenset(again)


def _source_lines(reviewed: Reviewed) -> dict[str, str]:
    return {one.id: _line(one.title, one.publisher, one.url) for one in (item.value for item in reviewed.sources)}


def _line(title: str, publisher: str, url: str | None) -> str:
    return ", ".join(filter(None, (title, publisher, url)))


def _place(item: Placed[Any]) -> tuple[str, int]:
    return item.file, item.line
