"""What is on record about the makers: who said it, when, to whom it was addressed, and what the makers reply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from camcensus.assessment.listings import ownership_path
from camcensus.model.attribution import NAMED_GRADES
from camcensus.model.blocks import Block, Column, Fact, Heading, Link, Prose, Row, TableBlock
from camcensus.model.knowledge import Source
from camcensus.model.plan import PlanItem
from camcensus.model.prose import joined, upper_first
from camcensus.model.statements import Statement, naming
from camcensus.model.words import BASED_MEANS, clean, count, date_words
from camcensus.report.maker_pages import NOT_APPROVED
from camcensus.report.plan.brief import Brief

REPLIES = 1
"""General replies printed of each maker, the newest; the evidence report has all."""


def on_record(brief: Brief) -> Iterator[Block]:
    yield Heading("What is on record, and who it was addressed to", 3)
    carrying: dict[str, list[PlanItem]] = defaultdict(list)
    for item in brief.everything:
        for list_id in item.listed_on:
            carrying[list_id].append(item)
    known = brief.knowledge.lists
    lists = [known[name] for name in carrying if name in known and known[name].names_makers]
    enabled = [known[name] for name in sorted(brief.enabled_lists) if name in known]
    others = [entry for entry in enabled if entry.names_makers and entry.id not in carrying]
    if not lists:
        where = "of these devices" if brief.everything else "in this record"
        none = f"No maker {where} is on a list that {brief.organisation} uses."
        yield Prose(f"{none} {NOT_APPROVED}" if brief.everything else none)
    else:
        yield TableBlock(
            [Column("Date", 0.7), Column("What was said, and to whom", 4)],
            [
                row
                for entry in sorted(lists, key=lambda entry: entry.date, reverse=True)
                for row in _rows(brief, entry, carrying[entry.id])
            ],
            note=f"{brief.organisation.capitalize()} chose these lists. Being on one does not mean that a device is faulty.",
            spacing="close",
        )
        items = [item for items in carrying.values() for item in items]
        yield from _replies(brief, items)
        yield from _more(brief, items, len(lists))
    if others:
        names = joined([clean(entry.title, 120) for entry in others])
        yield Prose(f"Also in use, naming no maker of these devices: {names}.", "note")
    listed = {item.asset for items in carrying.values() for item in items}
    yield from _read(brief, [entry for entry in enabled if not entry.names_makers], listed)


def _read(brief: Brief, statements: Sequence[Statement], listed: Collection[str]) -> Iterator[Block]:
    """Statements in use that name no company, with whom our reading takes in: apart from the lists that name makers.

    The replies of makers of the `listed` items are printed with the lists.
    """
    taken = {
        entry.id: [item for item in brief.everything if item.manufacturer and _is_read(brief, item, entry)]
        for entry in statements
    }
    if not any(taken.values()):
        return
    yield Heading("Makers based in China (our reading)", 3)
    yield TableBlock(
        [Column("Date", 0.7), Column("What was said, and to whom", 4)],
        [row for entry in statements if taken[entry.id] for row in _rows(brief, entry, taken[entry.id])],
        note=BASED_MEANS,
        spacing="close",
    )
    yield from _replies(brief, [item for items in taken.values() for item in items if item.asset not in listed])


def _is_read(brief: Brief, item: PlanItem, entry: Statement) -> bool:
    named = item.grade in NAMED_GRADES and item.manufacturer is not None
    return named and brief.knowledge.seat_by(item.manufacturer or "", entry.id) is not None


def _rows(brief: Brief, entry: Statement, items: Sequence[PlanItem]) -> Iterator[Row]:
    """The statement with who answered it: a row is never split over two pages. The evidence report has the answers' words."""
    row = _statement(brief, entry, items)
    paths = [ownership_path(item.manufacturer, brief.knowledge) for item in items if item.manufacturer]
    found = dict.fromkeys(answer for path in paths for answer in entry.answers_for(path) if not answer.besides)
    answers = sorted(found, key=lambda one: one.date)
    said = [f"{upper_first(clean(answer.who, 120))}, {date_words(answer.date)}" for answer in answers]
    if said:
        date, facts = row.cells
        row = Row([date, [*facts, Fact(f"Answers: {'; '.join(said)}. Their words are in the evidence report.", "second")]])  # type: ignore[misc]
    yield row


def _statement(brief: Brief, entry: Statement, items: Sequence[PlanItem]) -> Row:
    names = {item.manufacturer: brief.maker(item) or "" for item in items}
    makers = [(names[one.maker], one.number) for one in brief.counts_of(items).items.makers]
    most_first = sorted(makers, key=lambda made: (-made[1].high, made[0]))
    named = {
        brief.maker(item) or "": one
        for item in items
        if item.manufacturer
        for one in entry.naming(ownership_path(item.manufacturer, brief.knowledge))[:1]
    }
    days = {name: one.effective for name, one in named.items() if one.effective and one.effective != entry.date}
    since = {name: f", named since {date_words(day)}" for name, day in days.items()}
    counted_here = [f"{name} ({number.of('item')}{since.get(name, '')})" for name, number in most_first]
    facts = [Fact(clean(entry.title, 200), "strong"), Fact(f"{_sentence(entry.said_by)} {_addressed(entry)}")]
    quotes = {naming(one.quote, ""): one.source for one in named.values() if one.quote}
    facts += [Fact(_cited(brief, quote.removesuffix(" ()"), source), "second") for quote, source in quotes.items()]
    facts += [Fact(f"{clean(entry.text_for(name), 700)} {clean(one.why, 400)}") for name, one in named.items() if one.why]
    counted = "Counted here" if entry.names_makers else "Included by our reading"
    facts.append(Fact(f"Today: {clean(entry.standing, 400)} {counted}: {joined(counted_here)}.", "second"))
    if not entry.names_makers:
        reading = entry.reading or "It names no company. That it means these makers is our reading."
        facts.append(Fact(clean(reading, 900), "second"))
    later = bool(days) and len(days) == len(named)  # then what was said first names none of these makers
    if not later:
        facts += _source(brief.knowledge.sources.get(entry.source))
    day = next(iter(days.values())) if later and len(set(days.values())) == 1 else entry.date
    return Row([date_words(day), facts])


def _addressed(entry: Statement) -> str:
    said = f"Addressed to {clean(entry.addressed_to, 300).strip().rstrip('.')}."
    return f"{said} {_sentence(f'not addressed to {entry.not_addressed_to}')}" if entry.not_addressed_to else said


def _cited(brief: Brief, said: str, source: str) -> list[str | Link]:
    """What is said with its publisher in brackets, as a link where there is an address."""
    known = brief.knowledge.sources.get(source)
    if known is None:
        return [clean(said, 700)]
    publisher = f"({clean(known.publisher, 80)})"
    linked = known.url is not None and known.url.startswith(("https://", "http://"))
    return [f"{clean(said, 700)} ", Link(publisher, known.url or "") if linked else publisher]


def _more(brief: Brief, items: Sequence[PlanItem], printed: int) -> Iterator[Block]:
    """How much more is on record about these makers, and where it is."""
    makers = {item.manufacturer for item in items if item.manufacturer}
    held = {one.id for maker in makers for one, _ in brief.knowledge.on_record(ownership_path(maker, brief.knowledge))}
    more = len(held) - printed
    if more > 0:
        verb = "is" if more == 1 else "are"
        where = "on the Manufacturers page; the evidence appendix prints those that matter most"
        yield Prose(f"{count(more, 'more statement')} about these makers, with what answered them, {verb} {where}.", "note")


def _replies(brief: Brief, items: Sequence[PlanItem]) -> Iterator[Block]:
    rows: list[Row] = []
    for manufacturer in sorted({item.manufacturer for item in items if item.manufacturer}):
        owners = [brief.knowledge.manufacturers.get(one) for one in ownership_path(manufacturer, brief.knowledge)]
        known = [one for one in owners if one is not None]
        if not known:
            continue
        entry = next((one for one in known if one.answers), known[0])
        name = clean(entry.name, 60)
        if any(row.cells[0] == name for row in rows):
            continue
        facts = []
        for answer in sorted(entry.answers, key=lambda one: one.date, reverse=True)[:REPLIES]:
            facts.append(Fact(clean(f"{date_words(answer.date)}: {answer.text}", 900)))
            facts += _source(brief.knowledge.sources.get(answer.source))
        facts = facts or [Fact("We hold no general reply of this maker.", "second")]
        rows.append(Row([name, facts]))
    if rows:
        yield Heading("What the makers reply", 3)
        yield TableBlock([Column("", 1.05), Column("", 3.65)], rows, head=False, spacing="close")


def _source(source: Source | None) -> list[Fact]:
    """Where it can be read: publisher, date, and the address as a link."""
    if source is None:
        return []
    said = clean(source.publisher, 80)
    if source.date:
        said += f", {date_words(source.date)}"
    if not source.url or not source.url.startswith(("https://", "http://")):
        return [Fact(f"Source: {said}.", "second")]
    return [Fact([f"Source: {said}. ", Link(clean(source.url, 500), source.url)], "second")]


def _sentence(text: str) -> str:
    text = clean(text, 300).strip().rstrip(".")
    return f"{upper_first(text)}." if text else ""
