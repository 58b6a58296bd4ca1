"""Page 2 of the decision paper: why, the options, the risks, and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from camcensus.assessment.care import OLD_FIRMWARE_YEARS
from camcensus.model.blocks import Block, Bullets, Heading, OnePage, Prose, Text
from camcensus.model.counts import exactly
from camcensus.model.plan import PlanItem, Priority
from camcensus.model.prose import fitting, joined, lower_first, shortened, upper_first
from camcensus.model.statements import STATUS_WORDS, Statement
from camcensus.model.verdict import DOUBTS
from camcensus.model.words import CARE_WORDS, clean, count, pounds
from camcensus.planning.spending import NO_SITE, by_site, site_of, undated_pence
from camcensus.report.method import CANNOT_ANSWER
from camcensus.report.plan.after import unpriced_lines
from camcensus.report.plan.brief import (
    DEPENDS_ON,
    MORE_RISKS,
    NAMED,
    PLACE_CHARACTERS,
    Brief,
    counted,
    in_appendices,
    unpriced_words,
    with_places,
)
from camcensus.report.plan.found import lead, not_known_heading
from camcensus.report.plan.front import range_means
from camcensus.report.plan.items import items_heading
from camcensus.report.plan.options import compared
from camcensus.report.plan.ways import Ways

LAST: Priority = 4
"""The priority that has no year of its own."""
REASON_CHARACTERS = 90
"""How much of a reason that staff wrote is printed."""
NOTES_NAMED = 2
"""Words of staff that say no reason."""
FEW_RISKS = 3
"""So many risks are read before the reasons that staff wrote."""
SITES_NAMED = 3
"""Sites that page 2 names; the appendices have all."""
LISTS_NAMED, TITLE_CHARACTERS = 2, 120
"""Lists that it names, and letters of a title."""


@dataclass(frozen=True, slots=True)
class ReasonsRoom:
    """How much of the page there is: risks, reasons that staff wrote and questions that are printed; whether rows are close.

    Where there is room for one reason at most, there is none for sites and for what only explains a number; where for none,
    the one that most items have is said, and what has no price is on page 1 alone. `least` leaves the lists to the appendices.
    """

    risks: int
    reasons: int
    questions: int
    close: bool = True
    least: bool = False


def second_page(brief: Brief) -> OnePage:
    """The page behind the one that is signed, with as many risks as it has room for. With it the decision paper is complete."""
    return OnePage(Ways(_rooms(brief), lambda room: reasons(brief, room)))


def other_risks(brief: Brief, page: OnePage) -> Block:
    """The risks that the second `page` has no room for."""
    risks = brief.plan.risks
    ways = [_more_risks(risks[room.risks :]) for room in _rooms(brief)]
    return OnePage(ways, follows=page)


def _rooms(brief: Brief) -> Iterator[ReasonsRoom]:
    """The fullest page first. All risks are read before the reasons that staff wrote, where these have to go; of fewer risks
    the first are. Why something is removed is read on every page."""
    every = len(brief.plan.risks)
    yield ReasonsRoom(every, 3, 2, close=False)
    for risks in range(every, min(every, FEW_RISKS) - 1, -1):
        for reasons, questions in ((3, 2), (3, 1), (2, 0), (1, 0)):
            yield ReasonsRoom(risks, reasons, questions)
        if risks == every:
            yield ReasonsRoom(every, 0, 0)
    for risks in range(every, -1, -1):
        yield ReasonsRoom(risks, 0, 0)
    for risks in range(every, -1, -1):
        yield ReasonsRoom(risks, 0, 0, least=True)


def _more_risks(risks: Sequence[str]) -> list[Block]:
    return [Heading(MORE_RISKS, 2), Bullets(risks)] if risks else []


def reasons(brief: Brief, room: ReasonsRoom) -> Iterator[Block]:
    """Why, the options, the first risks, and what is not known."""
    plan, risks, close = brief.plan, room.risks, room.close
    after = 4 if close else 7
    yield Heading("Why", 2, new_page=True, close=close)
    lists = "" if room.least else _lists(brief)
    yield Prose(lead(brief, range_means(brief, whole=room.reasons > 1), lists), after=after)
    if said := " ".join(filter(None, (_why(brief), *_staffs(brief, room.reasons)))):
        yield Prose(in_appendices(said, items_heading(brief)), after=after)
    if room.reasons > 1 and (said := _sites(brief)):
        yield Prose(in_appendices(said, items_heading(brief)), after=after)
    yield from compared(brief, close=close)
    if plan.risks:
        yield Heading("Risks and assumptions", 2, close=close)
        if risks:
            yield Bullets(list(plan.risks[:risks]))
        if len(plan.risks) > risks:
            these = f"{fitting(risks, 'This is', 'These are')} {risks} of {len(plan.risks):,}. The appendices have the others."
            yield Prose(in_appendices(these if risks else f"The appendices have {len(plan.risks):,}.", MORE_RISKS), "note")
    yield Heading("What is not known, and what comes next", 2, close=close)
    yield Bullets([*unknown(brief, room)])


def _lists(brief: Brief) -> str:
    """ "The list says: “Members asked for a ban” (2022; a proposal; it binds nobody).": those that name makers here."""
    known = brief.knowledge.lists
    used = {name for item in brief.everything for name in item.listed_on}
    entries = sorted((known[name] for name in used if name in known), key=lambda entry: entry.date, reverse=True)
    said = [f"“{clean(one.title, TITLE_CHARACTERS)}” ({one.date[:4]}; {_status(one)})" for one in entries if one.date]
    own = (
        f"{upper_first(brief.organisation)}’s own list names makers{' too' if said else ''}."
        if len(said) < len(entries)
        else ""
    )
    say = f"{fitting(len(said), 'The list says', 'The lists say')}: {joined(shortened(said, LISTS_NAMED))}." if said else ""
    return " ".join(filter(None, (say, own)))


def _status(entry: Statement) -> str:
    return lower_first(STATUS_WORDS[entry.status])


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
            facts.append((is_are, f"marked “{CARE_WORDS[kind].lower()}”", number))
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
    twice = " One item may be in several groups." if len(said) > 1 else ""
    return f"Of the {count(len(items), 'item')} to act on, {joined(said)}.{twice}{_old_firmware(brief)}"


def _old_firmware(brief: Brief) -> str:
    """What “old firmware” means: no more than its age, whatever staff say of updates."""
    if brief.audience == "public" or not any("old-firmware" in item.care for item in brief.plan.items):
        return ""
    return f" “Old firmware” is over {OLD_FIRMWARE_YEARS} years old; there may be an update."


def _staffs(brief: Brief, most: int) -> Iterator[str]:
    """The reasons that staff wrote for what is done, and for keeping what is listed: with most items first."""
    if not brief.internal or brief.issued is not None:
        return
    number = len(brief.plan.items)
    them = "them" if _why(brief) else f"the {count(number, 'item')} to act on"
    if said := _written(brief, brief.plan.items, most, them):
        yield f"Staff recorded a reason for {said}."
        them = "them"
    if most:
        yield from _notes(brief, them)
    yield from _removed(brief)
    yield from _kept(brief, min(most, 2))


def _kept(brief: Brief, most: int) -> Iterator[str]:
    """What is kept of listed makers and of others based in China: how much, which where few, and the recorded reasons."""
    kept = [item for item in brief.plan.kept if item.listed_on or item.based]
    of = brief.counts_of(kept).items
    number = of.listed + of.only_based
    if not number:
        return
    by = [f"{of.listed.of('item')} by a listed maker"] if of.listed else []
    if of.only_based:
        by.append(
            f"{of.only_based} by another, based in China" if by else f"{of.only_based.of('item')} by a maker based in China"
        )
    which = f": {with_places(brief, kept)}" if len(kept) <= NAMED else ""
    said, bare = _written(brief, kept, most, "them"), sum(not brief.own_words(item) for item in kept)
    whys = [f"staff recorded a reason for {said}"] if said else []
    whys += [noted] if (noted := _noted(brief, kept, "them")) else []
    if bare:
        whys.append(
            f"no reason is recorded for {'all' if bare == len(kept) else f'{bare:,}'} of them"
            if whys
            else "no reason is recorded"
        )
    yield f"{joined(by)} {number.fitting()} kept{which}. {upper_first('; '.join(whys))}."


def _written(brief: Brief, items: Sequence[PlanItem], most: int, them: str) -> str:
    """ "9 of them: “too old” (5), “no support” (3) and 1 more reason, in the appendices"; "" where none is written."""
    found = Counter(_in_short(brief, item) for item in items if brief.own_reason(item))
    if not found:
        return ""
    whose = f"{'all' if found.total() == len(items) else f'{found.total():,}'} of {them}"
    if len(items) == 1:
        whose = "it" if them == "them" else them
    number, most = len(found), max(1, most)
    said = [f"“{words}”{f' ({of:,})' if number > 1 else ''}" for words, of in found.most_common(most)]
    more = [f"{count(number - most, 'more reason')}, in the appendices"] if number > most else []
    return f"{whose}: {joined([*said, *more])}"


def _in_short(brief: Brief, item: PlanItem) -> str:
    return clean(brief.own_words(item).rstrip("."), REASON_CHARACTERS)


def _notes(brief: Brief, them: str) -> Iterator[str]:
    """ "For 9 of them staff wrote only “governors”: ask them why before you sign."; nothing where all of it says why."""
    if said := _noted(brief, brief.plan.items, them):
        yield f"{upper_first(said)}: ask them why before you sign."


def _noted(brief: Brief, items: Sequence[PlanItem], them: str) -> str:
    """ "for 9 of them staff wrote only “governors”": what was written and says no reason; "" for none."""
    found = Counter(words for item in items if not brief.own_reason(item) and (words := _in_short(brief, item)))
    if not found:
        return ""
    number = found.total()
    whose = them if len(items) == 1 else f"{'all' if number == len(items) else f'{number:,}'} of {them}"
    said = joined(shortened([f"“{words}”" for words, _ in found.most_common()], NOTES_NAMED))
    return f"for {'it' if whose == 'them' else whose} staff wrote only {said}"


def _removed(brief: Brief) -> Iterator[str]:
    """What is removed and not replaced, how much of it is by listed makers, and whether the record says why."""
    gone = [item for item in brief.plan.items if item.option == "remove"]
    if not gone or len(gone) == len(brief.plan.items):
        return
    listed = brief.counts_of(gone).items.listed
    by = f", {'all' if listed == exactly(len(gone)) else listed} of them by a listed maker" if listed and len(gone) > 1 else ""
    are, said = fitting(len(gone)), _written(brief, gone, 1, "them")
    why = f"Staff’s reason for {said}" if said else upper_first(_noted(brief, gone, "them")) or "The record does not say why"
    yield f"{joined(counted(gone))} {are} removed and not replaced{by}. {why}."


def _reasoned(brief: Brief, item: PlanItem) -> bool:
    """Whether the record gives any reason to act on it, told in this edition or not."""
    found = item.listed_on or item.based or item.sensitive or item.core or item.reachable or brief.own_reason(item)
    return bool(found) or any(kind not in DOUBTS for kind in item.care)


def _sites(brief: Brief) -> str:
    """Where the work is, and what it costs there, at the other sites and at none: the parts add up to the amount.

    "The work is at 12 sites (see the appendices). Before contingency, it costs £9,000 at North Road, £4,100 at the 11
    other sites and £2,550 for items with no place yet.".
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
    return f"The work is at {count(len(named), 'site')}; the appendices have it site by site.{cost}"


def _at_no_site(brief: Brief) -> str:
    """What is paid for at no one site."""
    loose = [item for item in brief.plan.items if site_of(item) == NO_SITE]
    paid = {batch.id for batch in brief.plan.acting if batch.total and site_of(batch) == NO_SITE}
    what = ["items with no place yet"] if any(item.total or item.batch in paid for item in loose) else []
    what += ["other work"] if any(line.total for line in brief.plan.lines) else []
    return joined(what) or "what belongs to several sites"


def unknown(brief: Brief, room: ReasonsRoom) -> Iterator[Text]:
    """What a reader has to know is missing: prices, years, makers, decisions, the first questions, and what was not seen."""
    plan = brief.plan
    if plan.unpriced and plan.total.total:
        them = fitting(len(plan.unpriced), "it", "them")
        if room.reasons:  # else there is room on page 1 alone
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
        last = room.reasons and any(item.priority == LAST for item in undated)
        why = " What can wait has none until staff choose it." if last else ""
        yield f"{what} {has} no year yet{f': {pounds(amount)} of the amount' if amount else ''}.{why}"
    if plan.unidentified:
        number = len(plan.unidentified)
        made, them = fitting(number, "The maker of", "The makers of"), fitting(number, "it is", "they are")
        which = f": {with_places(brief, plan.unidentified)}" if number <= NAMED else "; the appendices list them"
        said = f"{made} {count(number, 'item')} {fitting(number)} not known{which}. "
        yield [*in_appendices(said, not_known_heading(plan.unidentified)), f"The plan may grow if {them} listed."]
    if plan.undecided:
        they = fitting(len(plan.undecided), "it is", "they are")
        yield f"What becomes of {joined(counted(plan.undecided))} is not decided: {they} in none of the totals."
    if plan.questions:
        first = [f"“{question.ask}”" for question in plan.questions[: room.questions]]
        which = f", first {joined(first)}" if first else ""
        has = fitting(len(plan.questions), "has", "have")
        asked = count(len(plan.questions), "question")
        said = f"Next: {asked} {has} to be answered before the work{which}. The appendices say by whom."
        yield in_appendices(said, DEPENDS_ON)
    expected = brief.body.expected_cameras
    if expected is not None and expected != plan.cameras_all:
        who = upper_first(brief.organisation)
        yield f"{who} expected about {count(expected, 'camera')}; {plan.cameras_all:,} are in the record."
    if brief.issued is None:
        more = "more " if brief.everything else ""
        none = f"No search of a network is in this record. There may be {more}cameras."
        yield CANNOT_ANSWER if brief.searched else none
