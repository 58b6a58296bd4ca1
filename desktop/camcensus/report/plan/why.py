"""Why, on page 2: what is decided for how many, whose lists name their makers, and what staff wrote of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Bullets, OnPage, Piece, Prose, Strong
from camcensus.model.device import DOUBTS
from camcensus.model.plan import PlanItem
from camcensus.model.statements import STATUS_WORDS, Statement
from camcensus.model.words import (
    CARE_WORDS,
    OUR_READING,
    clean,
    count,
    date_words,
    fitting,
    joined,
    lower_first,
    shortened,
    upper_first,
)
from camcensus.planning.spending import work_of
from camcensus.report.plan.brief import NAMED, Brief, counted, with_places
from camcensus.report.plan.items import ITEMS
from camcensus.report.plan.record import ON_RECORD

REASON_CHARACTERS = 90
"""How much of a reason that staff wrote is printed."""
MARKED, PAGE, NO_REASON = "marked ", "\0", "no reason in the record"
LISTS_NAMED, TITLE_CHARACTERS = 2, 120
"""Lists that it names, and letters of a title."""


# -- whose lists, and which statement


def statements(brief: Brief) -> Iterator[Block]:
    """The lists that name makers here, each with its day and what became of it; and the statement that names none."""
    said = [*_lists(brief), *_reading(brief)]
    if said:
        said += _addressed(brief)
        first, *more = " ".join(said).split(PAGE)
        yield Prose([first, OnPage(ON_RECORD), *more], "note", after=4)


def _lists(brief: Brief) -> Iterator[str]:
    """ "The lists are statements that Camcensus keeps (version 2026.11.27): “Members asked for a ban” (4 July 2022), …."."""
    known = brief.knowledge.lists
    used = {name for item in brief.everything for name in item.listed_on}
    entries = sorted((known[name] for name in used if name in known), key=lambda entry: entry.date, reverse=True)
    dated = [one for one in entries if one.date]
    if dated:
        are = fitting(len(dated), "The list is a public statement", "The lists are public statements")
        version = clean(brief.knowledge.version.partition("+")[0], 40)
        alike = lower_first(STATUS_WORDS[dated[0].status]) if len({one.status for one in dated}) == 1 else ""
        said = [_titled(one, own=not alike) for one in dated]
        each = f", {'each ' if len(said) > 1 else ''}{alike}" if alike else ""
        yield f"{are}, kept by Camcensus, version {version}{PAGE}: {joined(shortened(said, LISTS_NAMED))}{each}."
    if len(dated) < len(entries):
        yield f"{upper_first(brief.organisation)}’s own list names makers{' too' if dated else ''}{PAGE}."


def _addressed(brief: Brief) -> Iterator[str]:
    """To whom the statements in use are addressed, and whom none of them is addressed to, in their own words."""
    used = {name for item in brief.everything for name in item.listed_on}
    reads = any(item.based and not item.listed_on for item in brief.everything)
    known = (brief.knowledge.lists[name] for name in sorted(brief.enabled_lists) if name in brief.knowledge.lists)
    if entries := [one for one in known if one.addressed_to and (one.id in used or (reads and not one.names_makers))]:
        to = joined(list(dict.fromkeys(clean(one.addressed_to, 160).rstrip(".") for one in entries)))
        first, *more = (re.split(r", | or ", clean(one.not_addressed_to, 160)) for one in entries)
        none = joined([word for word in first if word and all(word in words for words in more)], " or ")
        yield f"Addressed to {to}{f'; not to {none}' if none else ''}."


def _titled(entry: Statement, *, own: bool) -> str:
    status = f"; {lower_first(STATUS_WORDS[entry.status])}" if own else ""
    return f"“{clean(entry.title, TITLE_CHARACTERS)}” ({date_words(entry.date)}{status})"


def _reading(brief: Brief) -> Iterator[str]:
    """What the statement says that names no company, where our reading takes something in."""
    if not any(item.based and not item.listed_on for item in brief.everything):
        return
    entries = (brief.knowledge.lists[name] for name in sorted(brief.enabled_lists) if name in brief.knowledge.lists)
    entry = next((entry for entry in entries if not entry.names_makers), None)
    if entry is None:
        yield f"{OUR_READING.removesuffix('.')}{PAGE}."
        return
    source = brief.knowledge.sources.get(entry.source)
    where = f" ({clean(source.publisher, 60)})" if source else ""
    yield f"{OUR_READING} In it, {lower_first(clean(entry.title, TITLE_CHARACTERS).rstrip('.'))}{where}{PAGE}."


# -- what is decided


def decided(brief: Brief, most: int, every: bool) -> Iterator[Block]:
    """What is done with how many, how many of them are by listed makers, and all that staff wrote of it, which adds up.

    `most` reasons for one thing are printed; the rest are counted. `every` has also what is kept of other makers.
    """
    if not _tells_why(brief):
        return
    groups = [group for group in _groups(brief, every=every) if group[1]]
    said: list[list[Piece]] = []
    wrote = any(brief.own_words(item) for _, items, _ in groups for item in items)
    for head, items, then in groups:
        staff = f"; staff: {_written(brief, items, most, first=not said)}" if wrote else ""
        said.append([Strong(head), f"{then}{staff}."])
    if said:
        yield Bullets(said, close=True)
    if notes := [*_notes(brief, [items for _, items, _ in groups], most)]:
        yield Prose(notes, "note", after=4)


def _tells_why(brief: Brief) -> bool:
    """Whether the paper has what staff wrote: it is for them, and of today."""
    return brief.internal and brief.issued is None


def _groups(brief: Brief, *, every: bool) -> Iterator[tuple[str, Sequence[PlanItem], str]]:
    """ "Replace 11", the items, ", all by a listed maker"."""
    plan = brief.plan
    for verb, work in (("Replace", "replace"), ("Isolate", "separate"), ("Remove", "remove")):
        items = [item for item in plan.items if work_of(item.option) == work]
        by = joined([*_by(brief, items)])
        then = " without replacement" if work == "remove" else ""
        which = _named(brief, items) if work == "separate" or len(plan.items) <= NAMED else ""
        yield f"{verb} {len(items):,}", items, f"{then}{', ' if by else ''}{by}{which}"
    though = [item for item in plan.kept if item.listed_on or item.based]
    rest = [item for item in plan.kept if not (item.listed_on or item.based)]
    are = f"{'it is ' if len(though) == 1 else ''}{joined([*_by(brief, though, are=len(though) > 1)])}"
    share = f" of the {len(plan.kept):,} kept" if rest else ""
    yield f"Keep {len(though):,}", though, f"{share}, though {are}{_named(brief, though)}"
    if every:
        yield f"Keep {len(rest):,}", rest, fitting(len(rest), " other", " others") if though else ""


def _by(brief: Brief, items: Sequence[PlanItem], *, are: bool = False) -> Iterator[str]:
    """ "all by a listed maker", "2 by a maker based in China"."""
    of = brief.counts_of(items).items
    for number, words in (
        (of.listed, "by a listed maker"),
        (of.only_based, f"by {'another maker,' if of.listed else 'a maker'} based in China"),
    ):
        if number and len(items) == 1:
            yield words
        elif number:
            whole = "both" if len(items) == 2 else "all"
            yield f"{whole if number.number == len(items) else number} {f'{number.fitting()} ' if are else ''}{words}"


def _named(brief: Brief, items: Sequence[PlanItem]) -> str:
    """ " – CAM-005 (Hall) and CAM-009 (Library)": of a few, which."""
    return f" – {with_places(brief, items)}" if 0 < len(items) <= NAMED else ""


def _written(brief: Brief, items: Sequence[PlanItem], most: int, *, first: bool) -> str:
    """ "“too old” (5 items), “no support” (3), 1 more reason (2) and none recorded (4)"; `first` says what is counted."""
    found = Counter(_in_short(brief, item) for item in items if brief.own_reason(item))
    said = [f"“{words}” ({number:,})" for words, number in found.most_common(most)]
    rest = found.most_common()[most:]
    said += [f"{count(len(rest), 'more reason')} ({sum(number for _, number in rest):,})"] if rest else []
    notes = Counter(words for item in items if not brief.own_reason(item) and (words := _in_short(brief, item)))
    if notes:
        some = joined(shortened([f"“{words}”" for words, _ in notes.most_common()], 2))
        said.append(f"only {some} ({notes.total():,})")
    bare = sum(not brief.own_words(item) for item in items)
    said += [f"none recorded ({bare:,})"] if bare else []
    if first:
        said[0] = re.sub(r"([\d,]+)\)$", lambda number: f"{number[1]} {'item' if number[1] == '1' else 'items'})", said[0])
    return joined(said)


def _notes(brief: Brief, groups: Sequence[Sequence[PlanItem]], most: int) -> Iterator[Piece]:
    """Where the other reasons are; and, whatever the page has room for, how many of all that is decided have none."""
    found = [len({_in_short(brief, item) for item in items if brief.own_reason(item)}) for items in groups]
    if any(number > most for number in found):
        yield "The plan’s appendices have the other reasons"
        yield OnPage(ITEMS)
        yield ". "
    every = brief.plan.items + brief.plan.kept
    if lacking := sum(not brief.own_reason(item) for item in every):
        all_of = f"all {lacking:,} items" if lacking > 1 else "the item"
        these = all_of if lacking == len(every) else f"{lacking:,} of the {len(every):,} items"
        yield f"For {these} decided, no reason is recorded: ask why before you sign."


def _in_short(brief: Brief, item: PlanItem) -> str:
    return clean(brief.own_words(item).rstrip("."), REASON_CHARACTERS)


# -- what else speaks for it


def facts(brief: Brief) -> str:
    """ "Of the 13 items to act on, 3 are in sensitive places and 1 has no reason in the record."."""
    items, of = brief.plan.items, brief.counts_of(brief.plan.items).items
    is_are, has_have = ("is", "are"), ("has", "have")
    found = [
        (is_are, f"in a sensitive place{_where(brief)}", sum(item.sensitive for item in items)),
        (is_are, "on a core network", sum(item.core for item in items)),
        (is_are, "recorded as not working", sum(is_broken(brief, item) for item in items)),
    ]
    if not _tells_why(brief):
        based = (is_are, "by another maker, based in China", of.only_based.number)
        found = [(is_are, "by a listed maker", of.listed.number), based, *found]
    if brief.internal:
        found.append((is_are, "reachable from the internet", sum(item.reachable for item in items)))
    if brief.audience != "public":
        for kind in dict.fromkeys(kind for item in items for kind in item.care if kind not in DOUBTS):
            number = sum(kind in item.care for item in items)
            found.append((is_are, f"{MARKED}“{CARE_WORDS[kind].lower()}”", number))
    if brief.issued is None:
        found.append((has_have, NO_REASON, sum(not _reasoned(brief, item) for item in items)))
    found = [fact for fact in found if fact[2]]
    if not found:
        return ""
    if len(items) == 1:
        return f"The 1 item to act on {joined([f'{verbs[0]} {words}' for verbs, words, _ in found])}."
    every = len(items)
    said = [
        f"{'all' if number == every else f'{number:,}'} {fitting(number, *verbs)} {words}" for verbs, words, number in found
    ]
    if found[-1][1:] == (NO_REASON, every):
        said[-1] = "none has a reason in the record"
    marks = [at for at, (_, words, _) in enumerate(found) if words.startswith(MARKED)]
    for at in marks[1:]:
        said[at] = re.sub(rf" (?:is|are) {MARKED}", " ", said[at])
    return f"Of the {every:,} items to act on, {joined(said)}."


def _where(brief: Brief) -> str:
    """ " (CAM-002, School office)": which items to act on are in a sensitive place, or how many of which kind."""
    items = [item for item in brief.plan.items if item.sensitive]
    if not brief.internal or len(items) > NAMED:
        return f" ({joined(counted(items))})"
    said = with_places(brief, items, "; ").replace(" (", ", ").replace(")", "")
    return f" ({said})" if said else ""


def is_broken(brief: Brief, item: PlanItem) -> bool:
    """Whether the record says that it does not work."""
    asset = brief.asset(item)
    return asset is not None and asset.working == "no"


def _reasoned(brief: Brief, item: PlanItem) -> bool:
    """Whether the record gives any reason to act on it, told in this edition or not."""
    found = item.listed_on or item.based or item.sensitive or item.core or item.reachable or brief.own_reason(item)
    asset, found = brief.asset(item), found or is_broken(brief, item)
    return bool(found or (asset and (asset.support_until or asset.replace_by))) or any(kind not in DOUBTS for kind in item.care)
