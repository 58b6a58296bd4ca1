"""Page 2 of the decision paper: why, the options, the risks, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Bullets, Heading, OnePage, Prose
from camcensus.model.counts import exactly
from camcensus.model.plan import PlanItem
from camcensus.model.prose import fitting, joined, lower_first, shortened, upper_first
from camcensus.model.statements import STATUS_WORDS, Statement
from camcensus.model.verdict import DOUBTS
from camcensus.model.words import CARE_WORDS, clean, count, pounds
from camcensus.planning.spending import NO_SITE, by_site, site_of, undated_pence
from camcensus.report.method import CANNOT_ANSWER
from camcensus.report.plan.after import unpriced_lines
from camcensus.report.plan.brief import PLACE_CHARACTERS, Brief, counted, unpriced_words
from camcensus.report.plan.found import lead
from camcensus.report.plan.front import RANGE_MEANS, in_doubt
from camcensus.report.plan.options import compared

SITES_NAMED = 3
"""Sites that page 2 names; the appendices have all."""
LISTS_NAMED, TITLE_CHARACTERS = 2, 120
"""Lists that it names, and letters of a title."""


def second_page(brief: Brief) -> OnePage:
    """The page behind the one that is signed, with as many risks as it has room for. With it the decision paper is complete."""
    return OnePage([[*reasons(brief, risks, close=close)] for risks, close in _rooms(brief)])


def other_risks(brief: Brief, page: OnePage) -> Block:
    """The risks that the second `page` has no room for."""
    risks = brief.plan.risks
    ways = [_more_risks(risks[named:]) for named, _ in _rooms(brief)]
    return OnePage(ways, follows=page)


def _rooms(brief: Brief) -> Iterator[tuple[int, bool]]:
    """How many risks are named, and whether rows are close, the fullest page first."""
    every = len(brief.plan.risks)
    yield every, False
    for risks in range(every, -1, -1):
        yield risks, True


def _more_risks(risks: Sequence[str]) -> list[Block]:
    return [Heading("More risks and assumptions", 2), Bullets(risks)] if risks else []


def reasons(brief: Brief, risks: int, *, close: bool) -> Iterator[Block]:
    """Why, the options, the first `risks`, and what is not known."""
    plan = brief.plan
    yield Heading("Why", 2, new_page=True, close=close)
    means = [f" {upper_first(RANGE_MEANS)}."] if _first_range(brief) else []
    yield Prose([*lead(brief), *means, *_lists(brief)])
    if said := _why(brief):
        yield Prose(said)
    if said := _sites(brief):
        yield Prose(said)
    yield from compared(brief, close=close)
    if plan.risks:
        yield Heading("Risks and assumptions", 2, close=close)
        if risks:
            yield Bullets(list(plan.risks[:risks]))
        if len(plan.risks) > risks:
            these = f"{fitting(risks, 'This is', 'These are')} {risks} of {len(plan.risks):,}. The appendices have the others."
            yield Prose(these if risks else f"The appendices have {len(plan.risks):,}.", "note")
    yield Heading("What is not known", 2, close=close)
    yield Bullets(list(unknown(brief)))


def _lists(brief: Brief) -> Iterator[str]:
    """ " The list is “Members asked for a ban” (2022; a proposal; it binds nobody).": those that name makers here."""
    known = brief.knowledge.lists
    used = {name for item in brief.everything for name in item.listed_on}
    entries = sorted((known[name] for name in used if name in known), key=lambda entry: entry.date, reverse=True)
    said = [_listed(brief, entry) for entry in entries]
    if said:
        yield f" {fitting(len(said), 'The list is', 'The lists are')} {joined(shortened(said, LISTS_NAMED))}."


def _listed(brief: Brief, entry: Statement) -> str:
    if not entry.date:
        return f"{brief.organisation}’s own"
    status = lower_first(STATUS_WORDS[entry.status])
    return f"“{clean(entry.title, TITLE_CHARACTERS)}” ({entry.date[:4]}; {status})"


def _first_range(brief: Brief) -> bool:
    """Whether a number with a doubt is said here, and none was on the page before."""
    acted, every = brief.counts_of(brief.plan.items).items, brief.counts.items
    said = (every.listed, every.only_based, *((acted.listed, acted.only_based) if len(brief.plan.items) > 1 else ()))
    return any(one.likely for one in said) and not in_doubt(brief)


def _why(brief: Brief) -> str:
    """ "Of the 13 items to act on, 12 are by a listed maker, 3 are in sensitive places and 1 has no reason in the record."."""
    items, of = brief.plan.items, brief.counts_of(brief.plan.items).items
    is_are, has_have = ("is", "are"), ("has", "have")
    facts = [
        (is_are, "by a listed maker", of.listed),
        (is_are, "by another maker, based in China (our reading)", of.only_based),
        (is_are, "in sensitive places", exactly(sum(item.sensitive for item in items))),
        (is_are, "on a core network", exactly(sum(item.core for item in items))),
    ]
    if brief.internal:
        facts.append((is_are, "reachable from the internet", exactly(sum(item.reachable for item in items))))
    if brief.audience != "public":
        for kind in dict.fromkeys(kind for item in items for kind in item.care if kind not in DOUBTS):
            number = exactly(sum(kind in item.care for item in items))
            facts.append((has_have, f"the finding “{CARE_WORDS[kind].lower()}”", number))
    if brief.internal and brief.issued is None:
        facts.append((has_have, "a reason that staff wrote", exactly(sum(map(brief.own_reason, items)))))
    if brief.issued is None:
        facts.append((has_have, "no reason in the record", exactly(sum(not _reasoned(brief, item) for item in items))))
    facts = [fact for fact in facts if fact[2]]
    if not facts:
        return ""
    if len(items) == 1:
        said = [f"{verbs[0]}{'' if number.low else ' likely'} {words}" for verbs, words, number in facts]
        return f"The 1 item to act on {joined(said)}."
    every = exactly(len(items))
    said = [f"{'all' if number == every else number} {number.fitting(*verbs)} {words}" for verbs, words, number in facts]
    twice = " One item may count more than once." if len(said) > 1 else ""
    return f"Of the {count(len(items), 'item')} to act on, {joined(said)}.{twice}"


def _reasoned(brief: Brief, item: PlanItem) -> bool:
    """Whether the record gives any reason to act on it, told in this edition or not."""
    found = item.listed_on or item.based or item.sensitive or item.core or item.reachable or brief.own_reason(item)
    return bool(found) or any(kind not in DOUBTS for kind in item.care)


def _sites(brief: Brief) -> str:
    """Where the work is, and what it costs there, at the other sites and at none: the parts add up to the amount.

    "The work is at 12 sites. Before contingency, £9,000 is at North Road, £4,100 at the 11 other sites, and £2,550 is for
    items with no place yet.".
    """
    sums = by_site(brief.plan)
    named = [one for one in sums if one.site != NO_SITE]
    if not brief.many_sites or len(named) < 2:
        return ""
    most = sorted((one for one in named if one.pence > 0), key=lambda one: -one.pence)[:SITES_NAMED]
    said = [f"{pounds(one.pence)} at {clean(one.site, PLACE_CHARACTERS)}" for one in most]
    others = sum(one.pence for one in named) - sum(one.pence for one in most)
    if most and others:
        number = len(named) - len(most)
        said.append(f"{pounds(others)} at the {count(number, 'other site')}")
    nowhere = sum(one.pence for one in sums if one.site == NO_SITE)
    if nowhere:
        said.append(f"{pounds(nowhere)} for {_at_no_site(brief)}")
    cost = f" Before contingency, it costs {joined(said)}." if said else ""
    return f"The work is at {count(len(named), 'site')}.{cost} The appendices have a section for each."


def _at_no_site(brief: Brief) -> str:
    """What is paid for at no one site."""
    loose = [item for item in brief.plan.items if site_of(item) == NO_SITE]
    paid = {batch.id for batch in brief.plan.acting if batch.total and site_of(batch) == NO_SITE}
    what = ["items with no place yet"] if any(item.total or item.batch in paid for item in loose) else []
    what += ["other work"] if any(line.total for line in brief.plan.lines) else []
    return joined(what) or "what belongs to several sites"


def unknown(brief: Brief) -> Iterator[str]:
    """What a reader has to know is missing: prices, years, makers, decisions, and what was not seen."""
    plan = brief.plan
    if plan.unpriced and plan.total.total:
        them = fitting(len(plan.unpriced), "it", "them")
        yield f"{unpriced_words(plan.unpriced)}, so the amount leaves {them} out."
    elif plan.items and not plan.total.total:
        yield "What it costs: no prices were given."
    if plan.total.total and (lines := unpriced_lines(brief)):
        yield f"{lines}."
    undated = [item for item in plan.items if item.year is None]
    amount = undated_pence(plan)
    if undated or amount:
        paid = any(line.year is None and line.total for line in plan.lines)
        what = f"{count(len(undated), 'item')}{' and other work' if paid else ''}" if undated else "Other work"
        has = "has" if not undated or (len(undated) == 1 and not paid) else "have"
        yield f"{what} {has} no year yet{f': {pounds(amount)} of the amount' if amount else ''}."
    if plan.unidentified:
        number = len(plan.unidentified)
        made, turn = fitting(number, "The maker of", "The makers of"), fitting(number, "it turns", "they turn")
        yield f"{made} {count(number, 'item')} {fitting(number)} not known. If {turn} out to be listed, the plan may grow."
    if plan.undecided:
        them = fitting(len(plan.undecided), "it", "them")
        yield f"Nobody has decided what becomes of {joined(counted(plan.undecided))}, and no total counts {them}."
    if plan.questions:
        yield f"The work depends on {count(len(plan.questions), 'question')}. The appendices name who answers each."
    expected = brief.body.expected_cameras
    if expected is not None and expected != plan.cameras_all:
        who = upper_first(brief.organisation)
        yield f"{who} expected about {count(expected, 'camera')}; {plan.cameras_all:,} are in the record."
    if brief.issued is None:
        yield CANNOT_ANSWER if brief.scans else "No search of a network is in this record. There may be more cameras."
