"""The history of one row, and what shows that a row marked as removed is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from camcensus.identity.history import DatedSighting, RegisterHistory, has_moved
from camcensus.model.asset import DECISION_WORDS
from camcensus.model.history import Event, LoggedEdit, RemovalProof, RowNow
from camcensus.model.prose import listed
from camcensus.model.words import clean, count, long_date

FOREVER = 1 << 62
"""Later than any line of the change log."""


def row_events(past: RegisterHistory, row: RowNow) -> tuple[Event, ...]:
    """What happened to a row, oldest first: seen, not seen, moved, other firmware, other answers, and what staff did."""
    events = [*_seen_events(past, row), *_answer_events(past, row), *_edit_events(past, row)]
    return tuple(sorted(events, key=lambda event: event.at))


def _seen_events(past: RegisterHistory, row: RowNow) -> Iterator[Event]:
    those = past.seen.get(row.device or "", [])
    before: DatedSighting | None = None
    firmware: str | None = None
    for one in those:
        at, number, sighting = one.search.record.ended_at, one.search.number, one.sighting
        where = clean(", ".join(sighting.addresses), 120)
        if before is None:
            yield Event(at, "new", f"First seen{f' at {where}' if where else ''}.", search=number)
        else:
            missed = [search for search in past.missed(before, FOREVER) if search.number < number]
            for search in missed[:1]:
                say = f"Not seen by search {search.number}, which would have seen it where it was."
                yield Event(search.record.ended_at, "gone", say, search=search.number)
            if missed:
                yield Event(at, "back", f"Seen again at {where}." if where else "Seen again.", search=number)
            if has_moved(before.sighting, sighting):
                was = clean(", ".join(before.sighting.addresses), 120)
                yield Event(at, "moved", f"Moved from {was} to {where}." if was else f"Found at {where}.", search=number)
        if sighting.firmware and firmware and sighting.firmware != firmware:
            say = f"Other firmware: {clean(sighting.firmware, 120)} (before: {clean(firmware, 120)})."
            yield Event(at, "firmware", say, search=number)
        before, firmware = one, sighting.firmware or firmware
    if before is not None:
        for search in past.missed(before, FOREVER)[:1]:
            say = f"Not seen by search {search.number} or since; last seen on {before.day}."
            yield Event(search.record.ended_at, "gone", say, search=search.number)


def _answer_events(past: RegisterHistory, row: RowNow) -> Iterator[Event]:
    was: str | None = None
    for answer in past.answers.get(row.device or "", []):
        if was is not None and was != answer.is_now:
            say = f"The answer was “{clean(was, 120)}” and is “{clean(answer.is_now, 120)}”. {clean(answer.why, 300)}"
            yield Event(answer.at, "answer", say.strip())
        was = answer.is_now


def _edit_events(past: RegisterHistory, row: RowNow) -> Iterator[Event]:
    for edit in past.edits.get(row.id, []):
        yield Event(edit.at, "edit", clean(edit.say, 300), edit.by, undone=edit.undone, change=edit.change)


def prove_removal(past: RegisterHistory, row: RowNow) -> RemovalProof:
    """What is kept that shows that a row is gone: who said so and when, and what searches of its network saw since."""
    mark = _mark(past, row)
    last = past.last_seen(row.device, FOREVER)
    missed = past.missed(last, FOREVER) if last is not None else ()
    searches = tuple((search.number, search.record.ended_at) for search in missed)
    seen_since = last is not None and mark is not None and last.search.record.ended_at > mark.at
    shown = bool(searches) and not seen_since
    return RemovalProof(
        ref=row.ref, asset=row.id, decision=row.decision, last_seen=last.search.record.ended_at if last else None,
        searches=searches, shown=shown,
        say=tuple(_prove(row, mark, last, searches, seen_since)),
    )  # fmt: skip


def _mark(past: RegisterHistory, row: RowNow) -> LoggedEdit | None:
    """The edit that marked it as removed, where that still stands."""
    if row.status != "removed":
        return None
    marks = [edit for edit in past.edits.get(row.id, []) if edit.says_removed and not edit.undone]
    return marks[-1] if marks else None


def _prove(
    row: RowNow, mark: LoggedEdit | None, last: DatedSighting | None, searches: tuple[tuple[int, str], ...], seen_since: bool
) -> Iterator[str]:
    if last is None:
        yield "No search ever saw it, so that none sees it now shows nothing; what staff noted still counts."
    elif seen_since:
        yield f"It was seen again on {last.day}, after it had been marked as removed; look whether it is still there."
    elif searches:
        number = count(len(searches), "complete search", "complete searches")
        days = listed([f"{long_date(at)} (search {search})" for search, at in searches], 6)
        yield f"It has not been seen since {last.day}; {number} of where it was did not see it: {days}."
    else:
        yield (
            f"It was last seen on {last.day}, and no complete search of where it was has been kept since; "
            "search that network again to show that it is gone."
        )
    if mark is not None:
        by = f" by {clean(mark.by, 60)}" if mark.by else ""
        yield f"Marked as removed{by} on {long_date(mark.at)}."
    elif row.status != "removed":
        yield "Nobody has marked it as removed."
    if row.decision is not None:
        word = DECISION_WORDS[row.decision.what].rstrip("…")
        why = f": {clean(row.decision.why)}" if row.decision.why else ""
        yield f"Decision: {word}, by {clean(row.decision.by, 60)} on {long_date(row.decision.at)}{why}."
    if last is not None and last.sighting.addresses:
        yield f"Last address: {clean(last.sighting.addresses[0])}."


def timeline(past: RegisterHistory) -> tuple[Event, ...]:
    """Searches, reports and edits of the whole inventory, newest first."""
    seen, fresh = Counter[int](), Counter[int]()
    for those in past.seen.values():
        seen.update(one.search.number for one in those)
        fresh[those[0].search.number] += 1
    events = []
    for search in past.searches:
        how = " Stopped early." if search.record.stopped_early else " Only listened." if search.record.passive else ""
        say = f"Search {search.number}: {count(seen[search.number], 'device')} seen, {fresh[search.number]:,} new.{how}"
        who = search.record.allowed_by
        events.append(Event(search.kept_at, "search", say, who, search.number, change=search.change))
    for edit in past.history.edits:
        if edit.verb not in ("keep", "rejudge"):
            kind = "report" if edit.verb == "report" else "edit"
            events.append(Event(edit.at, kind, clean(edit.say, 300), edit.by, undone=edit.undone, change=edit.change))
    return tuple(sorted(events, key=lambda event: event.change or 0, reverse=True))
