"""Page 2 of the decision paper: why, the options, the risks, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from camcensus.model.blocks import Block, Bullets, Heading, Prose, TableBlock, Text, plain
from camcensus.model.counts import exactly
from camcensus.model.plan import PlanItem
from camcensus.model.prose import fitting, joined, upper_first
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


PAGE_POINTS = 750.0
"""About how high page 2 is with close rows: what is said of a plan has to be the same however it is written."""
_LINE, _ITEM, _ROW_LINE, _HEADING, _GAP, _HEAD_ROW = 14.5, 3.4, 12.7, 31.0, 7.0, 52.0
"""Points of a line, and of what is around a line of bullets, a heading, a paragraph, and a table with its head."""
_LETTERS, _CELL_LETTERS = 98, (17, 99, 19, 19, 19)
"""Letters on a line of the page, and of each column of the options."""


def risks_named(brief: Brief) -> int:
    """How many risks page 2 has room for; the appendices have the others."""
    risks = [_ITEM + _LINE * _on_lines(risk) for risk in brief.plan.risks]
    free = PAGE_POINTS - sum(_points(block) for block in reasons(brief, 0, close=True))
    if sum(risks) <= free + _LINE:  # then no line says that there are others
        return len(risks)
    return sum(sum(risks[: at + 1]) <= free for at in range(len(risks)))


def _points(block: Block) -> float:
    match block:
        case Prose():
            return _GAP + _LINE * _on_lines(block.text)
        case Bullets():
            return sum(_ITEM + _LINE * _on_lines(one) for one in block.items)
        case TableBlock():
            cells = [[cell for cell in row.cells if isinstance(cell, str)] for row in block.rows]
            lines = sum(max(map(_on_lines, row, _CELL_LETTERS)) for row in cells)
            return _HEAD_ROW + _ROW_LINE * (lines + _on_lines(block.note))
        case _:
            return _HEADING


def _on_lines(text: Text, letters: int = _LETTERS) -> int:
    return len(wrap(plain(text), letters))


def reasons(brief: Brief, risks: int, *, close: bool) -> Iterator[Block]:
    """The page behind the one that is signed, with the first `risks`. With it the decision paper is complete."""
    plan = brief.plan
    yield Heading("Why", 2, new_page=True, close=close)
    yield Prose([*lead(brief), *([f" {upper_first(RANGE_MEANS)}."] if _first_range(brief) else [])])
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
