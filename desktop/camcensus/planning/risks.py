"""Risks and assumptions of a plan, and what cannot wait for it, each a sentence, only where they apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from camcensus.model.device import NAMED_GRADES, DeviceKind
from camcensus.model.plan import PRIORITY_WORDS, Option, PlanItem
from camcensus.model.words import clean, count, fitting, is_over, joined, kinds_in_words, long_date, pounds, upper_first
from camcensus.planning.costs import grand_total, year_totals
from camcensus.planning.facts import REFS_NAMED, Facts, refs, verb
from camcensus.planning.years import first_year

RISE_PERCENT = 5
"""The rise in prices that is worked out as an example."""
PLACED, PLACE_LETTERS = 3, 40
"""Items that are named one by one with their places, and letters of a place."""


def risks(facts: Facts) -> tuple[str, ...]:
    """The sentences: what is no longer seen, money, then what we do not know, then the work."""
    return (
        *_unseen(facts),
        *_money(facts),
        *_years(facts),
        *_makers(facts),
        *_warranty(facts),
        *_sightings(facts),
        *_aged(facts),
        *_work(facts),
    )


def urgent(facts: Facts) -> tuple[str, ...]:
    """What to do now about devices that can be attacked, whenever they are replaced."""
    return tuple(_urgent(facts))


def _urgent(facts: Facts) -> Iterator[str]:
    every = facts.items + facts.kept + facts.undecided
    for care, words, do in _URGENT:
        found = [item for item in every if care in item.care and (care != "known-flaw" or "exploited-flaw" not in item.care)]
        if found:
            have, them = count(len(found), f"item {words[0]}", f"items {words[1]}"), verb(found, "it", "them")
            yield f"{have}: {_placed(found)}. {do.format(them)} {_fate(facts, found)}"


_URGENT = (
    ("exploited-flaw", ("has a flaw that attackers use", "have a flaw that attackers use"), "Update or isolate {} now."),
    ("never-set-up", ("was never set up", "were never set up"), "Set a password or unplug {} now."),
    ("known-flaw", ("has a known flaw", "have a known flaw"), "Ask the installer to update {}."),
)
"""Kinds of care, what is said of one item and of several, and what to do."""


def _placed(items: Sequence[PlanItem]) -> str:
    """ "CAM-036 (Hall) and CAM-037 (Library)"; many without their places."""
    if len(items) > PLACED:
        return refs(items)
    places = [clean(item.place_path[-1], PLACE_LETTERS) if item.place_path else "" for item in items]
    return joined([f"{refs([item])}{f' ({place})' if place else ''}" for item, place in zip(items, places, strict=True)])


def _fate(facts: Facts, items: Sequence[PlanItem]) -> str:
    """ "After that it is kept.", "After that CAM-036 is replaced in 2027-28 and CAM-037 waits for a decision."."""
    undecided = {item.asset for item in facts.undecided}
    fates: dict[str, list[PlanItem]] = {}
    for item in items:
        when = "" if item.option == "keep" else f" in {item.year}" if item.year else ", with no year yet"
        fate = "" if item.asset in undecided else f"{_DONE[item.option]}{when}"
        fates.setdefault(fate, []).append(item)
    said = []
    for fate, some in fates.items():
        who = refs(some) if len(items) <= PLACED else f"{len(some):,}"
        who = verb(items, "it", "they") if len(fates) == 1 else who
        said.append(f"{who} {verb(some)} {fate}" if fate else f"{who} {verb(some, 'waits', 'wait')} for a decision")
    return f"After that {joined(said)}."


_DONE: dict[Option, str] = {
    "keep": "kept",
    "separate": "isolated",
    "replace": "replaced",
    "replace-with-recorder": "replaced",
    "remove": "removed",
}


def open_to_attack(item: PlanItem) -> bool:
    """Whether attackers use a flaw of it, or nobody ever set it up: what cannot wait for a replacement."""
    return "exploited-flaw" in item.care or "never-set-up" in item.care


def _unseen(facts: Facts) -> Iterator[str]:
    """What is removed without replacement, and that its place may no longer be seen."""
    removed = [item for item in facts.items if item.option == "remove" and item.kind in _LOST]
    if removed:
        gone, number = Counter(item.kind for item in removed), len(removed)
        lost = f"what {fitting(number, 'it', 'they')} alone covered is lost"
        yield f"{kinds_in_words(gone)} {fitting(number)} removed without replacement: {lost}.{_no_other(facts, removed)}"
    if left := facts.left_by(facts.items):
        on = {facts.connected[item.asset] for item in left}
        recorders = [item for item in removed if item.asset in on]
        still = f"{count(len(left), 'item')} still {verb(left, 'records', 'record')} on {verb(recorders, 'it', 'them')}"
        them = facts.do(f"Connect {verb(left, 'it', 'them')} elsewhere first.")
        yield f"{upper_first(facts.said(recorders))} {verb(recorders)} removed, but {still}{facts.which(left)}.{them}"


def _no_other(facts: Facts, removed: Sequence[PlanItem]) -> str:
    """ " Of the 12 places recorded for these cameras, 3 have no other camera that is sure to stay."; "" without a place.

    Sure to stay is what is kept, isolated or replaced, and was there when somebody last looked.
    """
    cameras = [item for item in removed if item.kind == "camera"]
    nowhere = sum(not item.place_path for item in cameras)
    places = {item.place_path for item in cameras if item.place_path}
    bare, said = len(places - facts.watched), ""
    if places:
        who = (
            f"Of the {count(len(places), 'place')} recorded for these cameras, {bare:,} {fitting(bare, 'has', 'have')} no other"
        )
        said = f" {who if bare else 'Each place recorded for these cameras has another'} camera that is sure to stay"
        said += " (views not compared)."
    if nowhere:
        look = facts.do(f"Look before {fitting(nowhere, 'it goes', 'they go')}.")
        said += f" {count(nowhere, 'of these cameras has', 'of these cameras have')} no location in the record.{look}"
    return said


_LOST: tuple[DeviceKind, ...] = ("camera", "recorder")


def _money(facts: Facts) -> Iterator[str]:
    before = sum(batch.total or 0 for batch in facts.batches) + sum(line.total or 0 for line in facts.lines)
    if before:
        rise = (before * RISE_PERCENT + 50) // 100
        more = pounds((rise + 50) // 100 * 100)
        about = "" if rise % 100 == 0 else "about "
        base = f"the {pounds(before)} before contingency, excluding VAT"
        yield f"A {RISE_PERCENT}% rise in prices adds {about}{more} to {base}. {_covered(facts, rise)}"
    priced = [batch for batch in facts.batches if batch.buys and batch.total is not None]
    for kind, plural in (("camera", "cameras"), ("recorder", "recorders")):
        bare = [batch for batch in priced if batch.kind == kind and batch.fitting is None]
        if bare:
            some = f"some {plural}" if len(bare) < sum(batch.kind == kind for batch in priced) else plural
            yield f"No fitting price was given for {some}. Fitting them is left out of the totals."


def _covered(facts: Facts, rise: int) -> str:
    """Whether the contingency is enough for so many pence more."""
    allowed = grand_total(year_totals(facts.batches, facts.lines, facts.costs)).contingency
    if not allowed:
        return "There is no contingency to cover it."
    if allowed >= rise:
        return f"The contingency of {pounds(allowed)} covers it if nothing else needs that money."
    return f"The contingency of {pounds(allowed)} does not cover it."


def _years(facts: Facts) -> Iterator[str]:
    def decided_year(item: PlanItem) -> int | None:
        decision = facts.rows[item.asset].asset.decision
        return first_year(decision.year) if decision else None

    this = first_year(facts.this_year) or 0
    over = [item for item in facts.items if (decided_year(item) or this) < this]
    if over:
        were, stand = count(len(over), "item was", "items were"), verb(over, "counts", "count")
        yield f"{were} decided for a year that is over and now {stand} in {facts.this_year}{facts.which(over)}."
    open_year = [item for item in facts.items if decided_year(item) is None and item.year is not None]
    if open_year:
        years = Counter(item.year for item in open_year)
        put = joined([f"{number:,} in {year}" for year, number in sorted(years.items(), key=str)])
        them = f"dates {verb(open_year, 'it', 'them')} by urgency"
        put += f" ({refs(open_year)})" if facts.named and len(open_year) <= REFS_NAMED else ""
        rest = sum(decided_year(item) is None and item.year is None for item in facts.items)
        bare = f" {count(rest, 'less urgent item has', 'less urgent items have')} no year." if rest else ""
        yield f"No financial year was decided for {count(len(open_year), 'item')}, so the plan {them}: {put}.{bare}"
    if by_date := sum(decided_year(item) is None and bool(facts.rows[item.asset].asset.replace_by) for item in facts.items):
        said = "have a recorded date to replace them by, and no decided financial year: choose it by that date."
        yield f"{count(by_date, 'item')} {fitting(by_date, said.replace('have', 'has').replace('them', 'it'), said)}"
    late = [item for item in facts.items if item.priority == 1 and item.year and item.year != facts.this_year]
    if late:
        later = {item.year for item in late}
        wait = f"{verb(late, 'waits', 'wait')} until {late[0].year if len(later) == 1 else f'after {facts.this_year}'}"
        why = facts.do("Ask staff why.")
        chosen = f"{fitting(len(later), 'the year', 'the years')} that staff chose"
        yield f"{count(len(late), 'item')} due {PRIORITY_WORDS[1]} (priority 1) {wait}, {chosen}{facts.which(late)}.{why}"


def _makers(facts: Facts) -> Iterator[str]:
    likely = [item for item in facts.replaced if item.grade == "likely"]
    if likely:
        number = count(len(likely), "item")
        read = facts.do("Read the label before the order.")
        yield f"The maker of {number} to be replaced is likely, not certain{facts.which(likely)}.{read}"
    unsure = [item for item in facts.replaced if item.grade not in NAMED_GRADES]
    if unsure:
        yield f"{count(len(unsure), 'item is', 'items are')} to be replaced though the maker is not known{facts.which(unsure)}."


def _warranty(facts: Facts) -> Iterator[str]:
    today = facts.today.isoformat()
    under = [
        item for item in facts.replaced if (day := facts.rows[item.asset].asset.warranty_until) and not is_over(day, today)
    ]
    if under:
        ask = facts.do("Ask the seller first.")
        yield f"{count(len(under), 'item')} to be replaced {verb(under)} still under warranty{facts.which(under)}.{ask}"


def _sightings(facts: Facts) -> Iterator[str]:
    lost = [item for item in facts.items + facts.kept + facts.undecided if facts.rows[item.asset].asset.status == "not-seen"]
    if lost:
        are, they = count(len(lost), "item is", "items are"), verb(lost, "it is", "they are")
        check = facts.do(f"Check that {they} still there.")
        yield f"{are} marked as not seen{facts.which(lost)}.{check}"
    over = {
        item: decision.review_on
        for item in facts.kept
        if (decision := facts.rows[item.asset].asset.decision)
        and decision.review_on
        and decision.review_on <= facts.today.isoformat()
    }
    if over and not facts.named:
        yield f"{count(len(over), 'item was', 'items were')} kept until a review, and the day of that has passed."
        return
    for item, day in over.items():
        yield f"{clean(item.ref, 24)} was kept until a review on {long_date(day)}; that day has passed."


def _aged(facts: Facts) -> Iterator[str]:
    """What stays without support, by the maker's word or staff's: nothing is to be done of it now. It names no device."""
    old = sum("support-ended" in item.care for item in facts.staying)
    if old:
        stay = count(old, "item that is not replaced is", "items that are not replaced are")
        yield f"{stay} no longer supported. New flaws may never be mended."


def _work(facts: Facts) -> Iterator[str]:
    if any(item.kind == "camera" for item in facts.replaced):
        yield "We assume one new camera for each old one, on its cable and bracket. Nobody has tested that."
