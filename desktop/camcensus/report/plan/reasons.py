"""Page 2 of the decision paper: why, the options, the risks, and what is not known."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Block, Bullets, Heading, OnePage, Prose, Text
from camcensus.model.plan import NeedKind, PlanQuestion
from camcensus.model.words import COUNT_CAMERAS, clean, count, fitting, joined, pounds, upper_first
from camcensus.planning.spending import COST_NOTHING, NO_SITE, by_site, is_priced, site_of
from camcensus.report.method import CANNOT_ANSWER
from camcensus.report.plan.after import unpriced_lines
from camcensus.report.plan.brief import (
    DEPENDS_ON,
    MORE_RISKS,
    NAMED,
    PLACE_CHARACTERS,
    Brief,
    in_appendices,
    with_places,
)
from camcensus.report.plan.costs import MONEY_BY_SITE
from camcensus.report.plan.found import lead, not_known_heading
from camcensus.report.plan.items import ITEMS
from camcensus.report.plan.options import compared
from camcensus.report.plan.ways import Ways
from camcensus.report.plan.why import decided, facts, is_broken, statements

TOPICS: dict[NeedKind, str] = {
    "recorder": "recorders",
    "viewing": "viewing software",
    "power": "power",
    "cables": "cables",
    "storage": "storage",
    "dpia": "impact assessment",
    "asbestos": "asbestos",
    "access": "times on site",
    "network": "separate network",
    "footage": "old footage",
}
"""Each question in a word or two."""
NOTHING_DECIDED = (
    "Until staff decide, nothing is spent and all of it stays in use. Recording goes on; equipment ages, and repairs may end."
)
TO_DECIDE = (
    "Next: ask the installer what replacing and isolating each would cost, and for firmware that is not recorded; ask IT "
    "whether any can be reached from the internet. Record each decision with its reason and year, then print this paper again."
)
ALL = 10_000
FEW_RISKS = 2
"""So many risks are read before what the lists are."""
SITES_NAMED = 3
"""Sites that page 2 names; the appendices have all."""


@frozen
class ReasonsRoom:
    """How much of the page there is: risks, and reasons of each decision that are printed; whether rows are close.

    `every` has also why others are kept. `least` leaves the lists, and what only explains a number, to the appendices.
    """

    risks: int
    reasons: int
    close: bool = True
    every: bool = False
    least: bool = False


def second_page(brief: Brief) -> OnePage:
    """The page behind the one that is signed, with as many risks as it has room for. With it the decision paper is complete."""
    once = functools.cache(_said(brief))
    return OnePage(Ways(_rooms(brief), lambda room: reasons(brief, room, once)))


def _said(brief: Brief) -> Callable[..., Sequence[Block]]:
    """What a part of the page says of the plan; many ways to say the page share it."""
    return lambda part, *given: [*part(brief, *given)]


def other_risks(brief: Brief, page: OnePage) -> Block:
    """The risks that the second `page` has no room for."""
    risks = brief.risks
    ways = [_more_risks(risks[room.risks :]) for room in _rooms(brief)]
    return OnePage(ways, follows=page)


def _rooms(brief: Brief) -> Iterator[ReasonsRoom]:
    """The fullest page first. Reasons are counted before a risk has to go; of fewer risks the first are."""
    every = len(brief.risks)
    yield ReasonsRoom(every, ALL, close=False, every=True)
    yield ReasonsRoom(every, ALL, every=True)
    yield ReasonsRoom(every, ALL)
    yield ReasonsRoom(every, 3)
    for risks in range(every, min(every, FEW_RISKS) - 1, -1):
        yield ReasonsRoom(risks, 3)
        yield ReasonsRoom(risks, 1)
    for risks in range(every, -1, -1):
        yield ReasonsRoom(risks, 1, least=True)


def _more_risks(risks: Sequence[str]) -> list[Block]:
    return [Heading(MORE_RISKS, 2), Bullets(risks)] if risks else []


def reasons(brief: Brief, room: ReasonsRoom, once: Callable[..., Sequence[Block]] | None = None) -> Iterator[Block]:
    """Why, the options, the first risks, and what is not known. `once` says a part of it, and remembers what it said."""
    risks, close = room.risks, room.close
    once = once or _said(brief)
    yield Heading("Why", 2, new_page=True, close=close)
    yield Prose(lead(brief), after=4 if close else 7, close=close)
    if not room.least:
        yield from once(statements)
    yield from once(decided, room.reasons, room.every)
    yield from once(_facts, 1 if room.reasons == 1 else SITES_NAMED, close)
    yield from once(compared, close)
    if brief.risks:
        yield Heading("Risks and assumptions", 2, close=close)
        if risks:
            yield Bullets(list(brief.risks[:risks]), close=close)
        if len(brief.risks) > risks:
            more = len(brief.risks) - risks
            rest = f"{more:,} {'more ' if risks else ''}{fitting(more, 'risk', 'risks')}"
            these = f"The plan’s appendices have {rest}."
            yield Prose(in_appendices(these, MORE_RISKS), "note")
    yield Heading("What is not known, and what comes next", 2, close=close)
    yield Bullets([*unknown(brief)], close=close)


def _facts(brief: Brief, most_sites: int, close: bool) -> Iterator[Block]:
    for said, heading in ((facts(brief), ITEMS), (_sites(brief, most_sites), MONEY_BY_SITE)):
        if said:
            yield Prose(in_appendices(said, heading), before=2, after=3 if close else 7, close=close)


def _sites(brief: Brief, most_named: int) -> str:
    """Where the work is, and what it costs there, at the other sites and at none: the parts add up to the amount.

    "The work is at 12 sites (see the plan’s appendices). Before contingency, it costs £9,000 at North Road, £4,100 at the 11
    other sites and £2,550 for items with no location yet.".
    """
    sums = by_site(brief.plan)
    named = [one for one in sums if one.site != NO_SITE]
    if not brief.many_sites or len(named) < 2:
        return ""
    most = sorted((one for one in named if one.pence > 0), key=lambda one: -one.pence)[:most_named]
    said = [f"{pounds(one.pence)} at {clean(one.site, PLACE_CHARACTERS)}" for one in most]
    others = sum(one.pence for one in named) - sum(one.pence for one in most)
    if most and others:
        number = len(named) - len(most)
        said.append(f"{pounds(others)} at the {'other site' if number == 1 else count(number, 'other site')}")
    nowhere = sum(one.pence for one in sums if one.site == NO_SITE)
    if nowhere:
        said.append(f"{pounds(nowhere)} for {_at_no_site(brief)}")
    together = f", together {pounds(sum(one.pence for one in sums))}" if len(said) > 1 else ""
    cost = f" Before contingency, it costs {joined(said)}{together}." if said else ""
    return f"The work is at {count(len(named), 'site')}; the plan’s appendices have it site by site.{cost}"


def _at_no_site(brief: Brief) -> str:
    """What is paid for at no one site."""
    loose = [item for item in brief.plan.items if site_of(item) == NO_SITE]
    paid = {batch.id for batch in brief.plan.acting if batch.total and site_of(batch) == NO_SITE}
    what = ["items with no location yet"] if any(item.total or item.batch in paid for item in loose) else []
    what += ["other work"] if any(line.total for line in brief.plan.lines) else []
    return joined(what) or "what belongs to several sites"


def unknown(brief: Brief) -> Iterator[Text]:
    """What a reader has to know is missing, and what would settle it; what comes next, and by whom; what was not seen."""
    plan = brief.plan
    if plan.items and not plan.total.total:
        yield (
            COST_NOTHING
            if is_priced(brief.plan)
            else "What it costs: the plan has no prices yet. Enter them in it, and print this again."
        )
    if plan.total.total and (lines := unpriced_lines(brief)):
        yield f"{lines}."
    if brief.counts.kinds.get("recorder") and not plan.cameras_all:
        yield COUNT_CAMERAS
    if plan.unidentified:
        few = len(plan.unidentified) <= NAMED
        which = f": {with_places(brief, plan.unidentified)}" if few and brief.internal else ""
        said = f"{brief.counts.identifiable.not_known_said().removesuffix('.')}{which}."
        yield in_appendices(said if few else f"{said} The plan’s appendices list them.", not_known_heading(plan.unidentified))
    if broken := [item for item in plan.undecided if is_broken(brief, item)]:
        which = f": {with_places(brief, broken)}" if len(broken) <= NAMED and brief.internal else ""
        yield f"{count(len(broken), 'item')} still to decide {fitting(len(broken))} recorded as not working{which}."
    expected = brief.body.expected_cameras
    if expected is not None and expected != plan.cameras_all:
        who = upper_first(brief.organisation)
        found = f"{f'{plan.cameras_all:,}' if plan.cameras_all else 'none'} {fitting(plan.cameras_all or 1)} in the record"
        yield f"{who} expected about {count(expected, 'camera')}; {found}. A walk-round settles it."
    if brief.issued is None:
        more = "more " if brief.everything else ""
        none = f"No search of a network is in this record. There may be {more}cameras."
        yield f"{CANNOT_ANSWER} A walk-round does." if brief.searched else none
    if plan.undecided and not plan.items and brief.internal:
        yield from _waiting_at(brief)
        yield NOTHING_DECIDED
        yield TO_DECIDE
    if brief.questions:
        has = fitting(len(brief.questions), "has", "have")
        asked = count(len(brief.questions), "question")
        order = "you order" if brief.internal else "the order"
        said = f"Next: {asked} {has} to be answered before {order}; the plan’s appendices have them. {_next(brief.questions)}"
        yield in_appendices(said, DEPENDS_ON)


def _waiting_at(brief: Brief) -> Iterator[str]:
    """At which sites most of what waits for a decision is, where there are several, and of how many a maker is listed there."""
    every, listed = (
        Counter(clean(site_of(item), PLACE_CHARACTERS) or "no location yet" for item in some)
        for some in (brief.plan.undecided, [item for item in brief.plan.undecided if item.listed_on])
    )
    if brief.many_sites:
        most = (listed or every).most_common(SITES_NAMED)
        what = "items by a listed maker" if listed else "items"
        said = joined([f"{site} ({number:,})" for site, number in most])
        yield f"What waits is at {count(len(brief.sites), 'site')}, most {what} at {said}; the asset register has each site."


def _next(questions: Sequence[PlanQuestion]) -> str:
    """ "Installer: storage and cables. IT: power.": what each has to answer, in so many words as there is room for."""
    by_who: dict[str, Counter[str]] = {}
    for question in questions:
        by_who.setdefault(question.who.partition(",")[0], Counter())[TOPICS[question.kind]] += 1
    return " ".join(
        f"{who}: {joined([f'{topic} ({number:,})' if number > 1 else topic for topic, number in topics.items()])}."
        for who, topics in by_who.items()
    )
