"""What became of each row between two moments: new, not seen, seen again, moved; and what shows that one is gone.

Moments are of the register: what a search saw counts from when it was saved. Where a text says when something was seen, that
is the search's own time.
"""

from __future__ import annotations

import ipaddress
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from camcensus.identity.networks import looked_for, other_networks, subnet_of
from camcensus.model import frozen
from camcensus.model.asset import DECISION_WORDS
from camcensus.model.history import (
    CHANGE_WORDS,
    AnswerChange,
    Change,
    ChangeKind,
    Comparison,
    Event,
    History,
    LoggedEdit,
    Moment,
    RemovalProof,
    RowNow,
    Search,
    Sighting,
)
from camcensus.model.words import clean, count, fitting, listed, long_date, lower_first

_SUMMED: dict[ChangeKind, str] = {
    "new": "new",
    "gone": "not seen any more",
    "back": "seen again",
    "moved": "moved",
    "firmware": "with other firmware",
    "answer": "with another answer",
}
_STAFF: tuple[ChangeKind, ...] = ("added", "removed", "decided", "placed", "edited")
_ORDER = {kind: number for number, kind in enumerate(CHANGE_WORDS)}


@frozen
class DatedSighting:
    """A sighting with its search."""

    search: Search
    sighting: Sighting

    @property
    def day(self) -> str:
        """When it was, in words."""
        return long_date(self.search.record.ended_at)


class RegisterHistory:
    """A history, worked out once for many questions. A time in it is the number of a line of the change log."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.searches = tuple(sorted(history.searches, key=lambda search: search.number))
        by_id = {search.record.id: search for search in self.searches}
        self.change_of = {search.number: search.change for search in self.searches}
        seen: dict[str, list[DatedSighting]] = defaultdict(list)
        for sighting in history.sightings:
            if sighting.scan in by_id:
                seen[sighting.device].append(DatedSighting(by_id[sighting.scan], sighting))
        self.seen = {device: sorted(those, key=lambda one: one.search.number) for device, those in seen.items()}
        self._elsewhere = self._other_networks()
        self.answers: dict[str, list[AnswerChange]] = defaultdict(list)
        for answer in history.answers:
            self.answers[answer.device].append(answer)
        self.edits: dict[str, list[LoggedEdit]] = defaultdict(list)
        for edit in history.edits:
            for asset in edit.assets:
                self.edits[asset].append(edit)

    def last_seen(self, device: str | None, until: int) -> DatedSighting | None:
        """The newest sighting kept by then."""
        return next((one for one in reversed(self.seen.get(device or "", ())) if one.search.change <= until), None)

    def missed(self, last: DatedSighting, until: int) -> tuple[Search, ...]:
        """The searches kept by then, after the one that saw it last, that would have seen it there and did not."""
        later = self.searches[bisect_right(self.searches, last.search.number, key=lambda search: search.number) :]
        return tuple(search for search in later if search.change <= until and self._would_see(search, last))

    def _would_see(self, search: Search, last: DatedSighting) -> bool:
        where = last.sighting
        if (search.number, subnet_of(where.network)) in self._elsewhere:
            return False
        return looked_for(search.record, where.network, where.addresses, last.search.record.ranges)

    def _other_networks(self) -> set[tuple[int, str]]:
        """(search, subnet) where a search saw another network with the same addresses: nothing is said of what is not there."""
        seen_in: dict[int, dict[str, str]] = defaultdict(dict)
        for device, those in self.seen.items():
            if device in self.history.firm:
                for one in those:
                    if one.sighting.network:
                        seen_in[one.search.number][device] = subnet_of(one.sighting.network)
        found: set[tuple[int, str]] = set()
        at: dict[str, str] = {}
        for search in self.searches:
            now = seen_in.get(search.number, {})
            found |= {(search.number, subnet) for subnet in other_networks(at, now)}
            at |= now
        return found


def compare(past: RegisterHistory, since: Moment, until: Moment) -> Comparison:
    """What changed after `since` up to and with `until`, by kind and ref."""
    refs = {row.id: row.ref for row in past.history.rows}
    searches = tuple(search for search in past.searches if since.change < search.change <= until.change)
    changes: list[Change] = []
    unlooked = []
    for row in past.history.rows:
        changes += _changes_of(past, row, since, until)
        if searches and row.status not in ("spare", "removed") and _unlooked(past, row, since, until):
            unlooked.append(row.ref)
    for edit in past.history.edits:
        if since.change < edit.change <= until.change and not edit.undone:
            changes += _staff_did(edit, refs)
    changes.sort(key=lambda change: (_ORDER[change.kind], *ref_order(change.ref), change.at))
    return Comparison(
        since=since,
        until=until,
        changes=tuple(changes),
        searches=searches,
        unlooked=tuple(sorted(unlooked, key=ref_order)),
        say=_sum_up(changes, since, until),
        notes=tuple(_notes(searches, unlooked)),
    )


def ref_order(ref: str) -> tuple[str, int, str]:
    """CAM-002 before CAM-010 before CAM-1000."""
    return (ref[:3], len(ref), ref)


def _changes_of(past: RegisterHistory, row: RowNow, since: Moment, until: Moment) -> Iterator[Change]:
    """Of each kind the newest between."""
    newest: dict[ChangeKind, Event] = {}
    for kind, event in _seen_events(past, row):
        if since.change < past.change_of[event.search or 0] <= until.change:
            newest[kind] = event
    for event in _answer_events(past, row):
        if since.at < event.at <= until.at:
            newest["answer"] = event
    for kind, one in newest.items():
        say = f"{row.ref}: {lower_first(one.say)}"
        yield Change(kind, row.ref, row.id, one.at, say, one.was, one.is_now, search=one.search)


def has_moved(one: Sighting, two: Sighting) -> bool:
    """True where a device has another network, or none of the addresses that it had. An address more is no move."""
    if not two.addresses or set(one.addresses) & set(two.addresses):
        return bool(two.addresses and one.network and two.network and subnet_of(one.network) != subnet_of(two.network))
    return _versions(one.addresses) == _versions(two.addresses) or not _versions(one.addresses) & _versions(two.addresses)


def _versions(addresses: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for text in addresses:
        try:
            found.add(ipaddress.ip_address(text.partition("%")[0]).version)
        except ValueError:
            continue
    return found


def _staff_did(edit: LoggedEdit, refs: dict[str, str]) -> Iterator[Change]:
    kind = _kind_of(edit)
    if kind is None:
        return
    named = tuple(sorted((refs[asset] for asset in edit.assets if asset in refs), key=ref_order))
    only = next(iter(edit.assets)) if len(edit.assets) == 1 else None
    say = clean(edit.say, 300)
    ref = named[0] if len(named) == 1 else ""
    yield Change(kind, ref, only if only in refs else None, edit.at, say, by=edit.by, refs=named)


def _kind_of(edit: LoggedEdit) -> ChangeKind | None:
    """What an edit of rows was; None for what is no edit of a row (settings, a search kept, answers re-checked)."""
    if not edit.assets:
        return None
    if edit.adds:
        return "added"
    if edit.says_removed:
        return "removed"
    if "decision" in edit.columns:
        return "decided"
    return "placed" if "place" in edit.columns or "pin_place" in edit.columns else "edited"


def _unlooked(past: RegisterHistory, row: RowNow, since: Moment, until: Moment) -> bool:
    """True where a row was seen before and no search between saw it or could have."""
    last = past.last_seen(row.device, until.change)
    if last is None or last.search.change > since.change:
        return False
    return not any(search.change > since.change for search in past.missed(last, until.change))


def _sum_up(changes: Sequence[Change], since: Moment, until: Moment) -> str:
    counts = Counter(change.kind for change in changes)
    said = [f"{counts[kind]:,} {word}" for kind, word in _SUMMED.items() if counts[kind]]
    staff = sum(counts[kind] for kind in _STAFF)
    if staff:
        said.append(count(staff, "edit"))
    between = f"Between {since.name} and {until.name}"
    return f"{between}: {', '.join(said)}." if said else f"{between} nothing changed."


def _notes(searches: Sequence[Search], unlooked: Sequence[str]) -> Iterator[str]:
    if not searches:
        yield "There was no search between, so nothing can be said about the network."
        return
    whole = [search for search in searches if not search.record.stopped_early and not search.record.passive]
    names = listed([f"search {search.number} on {long_date(search.record.ended_at)}" for search in searches], 6)
    yield f"{count(len(searches), 'search', 'searches')} in that time: {names}."
    if len(whole) < len(searches):
        number = len(searches) - len(whole)
        verb = fitting(number, "was", "were")
        yield f"{number} of them {verb} stopped early or only listened, and {verb} not used to say what is not seen any more."
    if unlooked:
        rows = count(len(unlooked), "row")
        yield f"{rows} could not be seen by any of them, so nothing is said of {fitting(len(unlooked), 'it', 'them')}."


# The history of one row, and what shows that a row marked as removed is gone.

FOREVER = 1 << 62
"""Later than any line of the change log."""


def row_events(past: RegisterHistory, row: RowNow) -> tuple[Event, ...]:
    """What happened to a row, oldest first: seen, not seen, moved, other firmware, other answers, and what staff did."""
    seen = [event for _, event in _seen_events(past, row)]
    events = [*seen, *_answer_events(past, row), *_edit_events(past, row)]
    return tuple(sorted(events, key=lambda event: event.at))


def _seen_events(past: RegisterHistory, row: RowNow) -> Iterator[tuple[ChangeKind, Event]]:
    before: DatedSighting | None = None
    where = firmware = ""

    def event(kind: ChangeKind, search: Search, say: str, was: str = "", is_now: str = "") -> tuple[ChangeKind, Event]:
        return kind, Event(search.record.ended_at, kind, say, search=search.number, was=was, is_now=is_now)

    for one in past.seen.get(row.device or "", []):
        search, was, where = one.search, where, clean(", ".join(one.sighting.addresses), 120)
        at = f" at {where}" if where else ""
        if before is None:
            seen = "seen" if search.record.is_search else "recorded"
            yield event("new", search, f"First {seen}{at}.", is_now=where)
        else:
            missed = [other for other in past.missed(before, FOREVER) if other.number < search.number]
            for other in missed[:1]:
                yield event("gone", other, f"Not seen by search {other.number}, which would have seen it where it was.", was)
            if missed:
                yield event("back", search, f"Seen again{at}; before that last seen on {before.day}.", is_now=where)
            if has_moved(before.sighting, one.sighting):
                network = subnet_of(before.sighting.network) != subnet_of(one.sighting.network)
                moved = f"Moved from {was} to {where}{' on another network' if network else ''}."
                yield event("moved", search, moved if was else f"Found at {where}.", was, where)
        told = clean(one.sighting.firmware or "", 120)
        if told and firmware and told != firmware:
            yield event("firmware", search, f"Other firmware: {told} (before: {firmware}).", firmware, told)
        before, firmware = one, told or firmware
    if before is not None:
        for other in past.missed(before, FOREVER)[:1]:
            yield event("gone", other, f"Not seen by search {other.number} or since; last seen on {before.day}.", where)


def _answer_events(past: RegisterHistory, row: RowNow) -> Iterator[Event]:
    was: str | None = None
    for answer in past.answers.get(row.device or "", []):
        if was is not None and was != answer.is_now:
            old, new = clean(was, 120), clean(answer.is_now, 120)
            say = f"The answer was “{old}” and is “{new}”. {clean(answer.why, 300)}".strip()
            yield Event(answer.at, "answer", say, was=old, is_now=new)
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
        if edit.verb != "keep" and (edit.verb != "rejudge" or " lists of " in edit.say):  # of re-checking, what lists changed
            kind = {"report": "report", "rejudge": "answer"}.get(edit.verb, "edit")
            events.append(Event(edit.at, kind, clean(edit.say, 600), edit.by, undone=edit.undone, change=edit.change))
    return tuple(sorted(events, key=lambda event: event.change or 0, reverse=True))
