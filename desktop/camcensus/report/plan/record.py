"""What is on record about the makers: who said it, when, to whom it was addressed, and what the makers reply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from camcensus.assessment.listings import ownership_path
from camcensus.model.blocks import Block, Bullets, Heading, Link, Piece, Prose, Strong
from camcensus.model.device import NAMED_GRADES
from camcensus.model.knowledge import Source
from camcensus.model.plan import PlanItem
from camcensus.model.statements import Statement, naming
from camcensus.model.words import BASED_MEANS, clean, count, date_words, fitting, joined, upper_first
from camcensus.report.maker_pages import NOT_APPROVED
from camcensus.report.plan.brief import Brief

ON_RECORD = "What is on record, and who it was addressed to"
REPLIES = 1
"""General replies printed of each maker, the newest; the evidence report has all."""


def on_record(brief: Brief) -> Iterator[Block]:
    yield Heading(ON_RECORD, 3)
    carrying: dict[str, list[PlanItem]] = defaultdict(list)
    for item in brief.everything:
        for list_id in item.listed_on:
            carrying[list_id].append(item)
    known = brief.knowledge.lists
    lists = [known[name] for name in carrying if name in known and known[name].names_makers]
    enabled = [known[name] for name in sorted(brief.enabled_lists) if name in known]
    others = [entry for entry in enabled if entry.names_makers and entry.id not in carrying]
    if not lists:
        of = brief.counts.items
        where = "of these devices" if of.total else "in this record"
        none = f"No maker {where} is on a list that {brief.organisation} uses."
        unknown = "" if of.is_known else of.not_known_said()
        yield Prose(unknown or (f"{none} {NOT_APPROVED}" if of.total else none))
    else:
        newest = sorted(lists, key=lambda entry: entry.date, reverse=True)
        yield Bullets([_statement(brief, entry, carrying[entry.id]) for entry in newest])
        yield Prose(
            f"{brief.organisation.capitalize()} chose these lists. Being on one does not mean that a device is faulty.", "note"
        )
    if others:
        names = joined([clean(entry.title, 120) for entry in others])
        yield Prose(f"Also in use, naming no maker of these devices: {names}.", "note")
    taken = {
        entry.id: [item for item in brief.everything if item.manufacturer and _is_read(brief, item, entry)]
        for entry in enabled
        if not entry.names_makers
    }
    if any(taken.values()):
        yield from _read(brief, taken)
    makers = [item for some in (*carrying.values(), *taken.values()) for item in some]
    replies = _replies(brief, makers)
    if said := [[Strong(name), *pieces] for name, pieces in replies.items() if pieces]:
        yield Heading("What the makers reply", 3)
        yield Bullets(said)
    if lists or any(taken.values()):
        silent = [name for name, pieces in replies.items() if not pieces]
        yield Prose(" ".join(_more(brief, makers, len(lists) + sum(map(bool, taken.values())), silent)), "note")


def _read(brief: Brief, taken: Mapping[str, Sequence[PlanItem]]) -> Iterator[Block]:
    """Statements in use that name no company, with whom our reading takes in: apart from the lists that name makers."""
    yield Heading("Makers based in China (our reading)", 3)
    yield Bullets([_statement(brief, brief.knowledge.lists[name], items) for name, items in taken.items() if items])
    yield Prose(BASED_MEANS, "note")


def _is_read(brief: Brief, item: PlanItem, entry: Statement) -> bool:
    named = item.grade in NAMED_GRADES and item.manufacturer is not None
    return named and brief.knowledge.seat_by(item.manufacturer or "", entry.id) is not None


def _statement(brief: Brief, entry: Statement, items: Sequence[PlanItem]) -> Sequence[Piece]:
    """The day and the title; who said it, to whom, in which words; what became of it; where to read it; who answered."""
    paths = [ownership_path(item.manufacturer, brief.knowledge) for item in items if item.manufacturer]
    named = {
        brief.maker(item) or "": one
        for item in items
        if item.manufacturer
        for one in entry.naming(ownership_path(item.manufacturer, brief.knowledge))[:1]
    }
    days = {name: one.effective for name, one in named.items() if one.effective and one.effective != entry.date}
    later = bool(days) and len(days) == len(named)  # then what was said first names none of these makers
    day = next(iter(days.values())) if later and len(set(days.values())) == 1 else entry.date
    said: list[Piece] = [Strong(f"{date_words(day)}: {clean(entry.title, 200).rstrip('.')}.")]
    said.append(f" {_sentence(entry.said_by)} {_addressed(entry)} ")
    quotes = {naming(one.quote, ""): one.source for one in named.values() if one.quote}
    said += [f"{_cited(brief, quote.removesuffix(' ()'), source)} " for quote, source in quotes.items()]
    said += [f"{clean(entry.text_for(name), 700)} {clean(one.why, 400)} " for name, one in named.items() if one.why]
    said.append(f"Today: {clean(entry.standing, 400)} {_counted_here(brief, entry, items, days)} ")
    found = dict.fromkeys(answer for path in paths for answer in entry.answers_for(path) if not answer.besides)
    in_order = [clean(answer.who, 120) for answer in sorted(found, key=lambda one: one.date)]
    if who := dict.fromkeys(name for said_by in in_order for name in said_by.partition(",")[0].split(" and ")):
        said.append(f"Answered by {joined([*who])}. ")
    return said if later else [*said, *_source(brief.knowledge.sources.get(entry.source))]


def _counted_here(brief: Brief, entry: Statement, items: Sequence[PlanItem], days: Mapping[str, str]) -> str:
    """ "Counted here: Hikvision (8 items) and Dahua (6 items, named since 8 July 2021)."."""
    names = {item.manufacturer: brief.maker(item) or "" for item in items}
    makers = [(names[one.maker], one.number) for one in brief.counts_of(items).items.makers]
    most_first = sorted(makers, key=lambda made: (-made[1].number, made[0]))
    since = {name: f", named since {date_words(day)}" for name, day in days.items()}
    said = [f"{name} ({number.of('item')}{since.get(name, '')})" for name, number in most_first]
    return f"{'Counted here' if entry.names_makers else 'Included by our reading'}: {joined(said)}."


def _addressed(entry: Statement) -> str:
    said = f"Addressed to {clean(entry.addressed_to, 300).strip().rstrip('.')}."
    return f"{said} {_sentence(f'not addressed to {entry.not_addressed_to}')}" if entry.not_addressed_to else said


def _cited(brief: Brief, said: str, source: str) -> str:
    """What is said with its publisher in brackets."""
    known = brief.knowledge.sources.get(source)
    return clean(said, 700) if known is None else f"{clean(said, 700)} ({clean(known.publisher, 80)})."


def _more(brief: Brief, items: Sequence[PlanItem], printed: int, silent: Sequence[str]) -> Iterator[str]:
    """Whose general reply we lack, and where more about these makers is."""
    makers = {item.manufacturer for item in items if item.manufacturer}
    held = {one.id for maker in makers for one, _ in brief.knowledge.on_record(ownership_path(maker, brief.knowledge))}
    more = len(held) - printed
    if silent:
        yield f"We hold no general reply of {joined(silent)}."
    yield "The evidence report has the words of each answer, and the addresses of the sources."
    if more > 0:
        yield f"{count(more, 'more statement')} about these makers {fitting(more)} on Camcensus’s Manufacturers page."


def _replies(brief: Brief, items: Sequence[PlanItem]) -> Mapping[str, Sequence[Piece]]:
    """The newest general reply of each maker, by name; nothing where we hold none."""
    said: dict[str, Sequence[Piece]] = {}
    for manufacturer in sorted({item.manufacturer for item in items if item.manufacturer}):
        owners = [brief.knowledge.manufacturers.get(one) for one in ownership_path(manufacturer, brief.knowledge)]
        known = [one for one in owners if one is not None]
        if not known:
            continue
        entry = next((one for one in known if one.answers), known[0])
        pieces: list[Piece] = []
        for answer in sorted(entry.answers, key=lambda one: one.date, reverse=True)[:REPLIES]:
            where = _source(brief.knowledge.sources.get(answer.source))
            pieces += [f", {date_words(answer.date)}: {clean(answer.text, 900)} ", *where]
        said[clean(entry.name, 60)] = pieces
    return said


def _source(source: Source | None) -> Sequence[Piece]:
    """Where it can be read: publisher and date, as a link where there is an address; the evidence report prints addresses."""
    if source is None:
        return []
    said = clean(source.publisher, 80)
    if source.date:
        said += f", {date_words(source.date)}"
    if not source.url or not source.url.startswith(("https://", "http://")):
        return [f"Source: {said}."]
    return ["Source: ", Link(said, source.url)]


def _sentence(text: str) -> str:
    text = clean(text, 300).strip().rstrip(".")
    return f"{upper_first(text)}." if text else ""
