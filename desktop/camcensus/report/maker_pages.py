"""What is on record about a maker: the statement, who made it, when, to whom, where it can be read, and the maker's reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from camcensus.model.words import clean, count, long_date, quoted
from camcensus.report.blocks import Block, Heading, Prose
from camcensus.report.drawn_table import DrawnTable
from camcensus.report.ink import BODY, NOTE
from camcensus.report.plan_brief import joined
from camcensus.report.plan_record import NOT_APPROVED
from camcensus.report.table_layout import Column, Fact, Row
from camcensus.report.text import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """Where something can be read."""

    said: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAnswer:
    """What somebody answered, to a statement or in general."""

    by: str
    date: str
    text: str
    cite: Cite | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedStatement:
    """One statement on record. `today` is what has become of it; `ours` is in our words: why it is printed for a maker that it
    does not name, or why the organisation counts a maker."""

    title: str
    date: str
    said_by: str
    text: str
    quote: str
    addressed_to: str
    not_addressed_to: str
    today: str
    ours: str
    through: str
    cite: Cite | None
    named_in: Cite | None
    answers: tuple[PrintedAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakerRecord:
    """A maker that this record names, with what is on record of it under headings.

    `named` is how many devices are its, in words. `more` is how many statements are on record besides those printed.
    """

    name: str
    named: str
    groups: tuple[tuple[str, tuple[PrintedStatement, ...]], ...]
    more: int
    replies: tuple[PrintedAnswer, ...]


def maker_pages(makers: Sequence[MakerRecord]) -> Iterator[Block]:
    """One part for each maker, those with most devices first."""
    if not makers:
        return
    yield Heading("What is on record about the makers", 2, new_page=True)
    yield Prose(
        "Each statement is printed with who made it, when, to whom it was addressed, and what answered it. The organisation "
        "chose the lists. A statement is about a maker; it does not mean that a device is faulty.",
        BODY,
    )
    for maker in [maker for maker in makers if maker.groups]:
        name = clean(maker.name, 60)
        yield Heading(f"On record about {name}", 3)
        yield Prose(clean(maker.named, 200), NOTE, keeps_next=True)
        for heading, statements in maker.groups:
            yield DrawnTable(
                [Column("Date", 0.9), Column(heading, 3.3), Column("Addressed to", 1)],
                [row for one in statements for row in _rows(one)],
            )
        if maker.more:
            verb = "is" if maker.more == 1 else "are"
            yield Prose(f"{count(maker.more, 'more statement')} {verb} on record, on the Manufacturers page.", NOTE)
        if maker.replies:
            yield DrawnTable(
                [Column("Date", 0.9), Column("What the maker replies", 4.3)],
                [Row([_date(reply.date), [Fact(clean(reply.text, 900)), *_cite(reply.cite)]]) for reply in maker.replies],
            )
        else:
            yield Prose("We hold no general reply of this maker.", NOTE)
    others = [clean(maker.name, 60) for maker in makers if not maker.groups]
    if others:
        yield Heading("Makers with nothing on record here", 3)
        yield Prose(f"{joined(others)}. {NOT_APPROVED}", BODY)


def _rows(one: PrintedStatement) -> Iterator[Row]:
    """The statement, then a row for each answer: a row is never split over two pages."""
    yield _statement(one)
    for answer in one.answers:
        said = [Fact(f"Answer from {clean(answer.by, 100)}", "strong"), Fact(clean(answer.text, 900)), *_cite(answer.cite)]
        yield Row([_date(answer.date), said, ""])


def _statement(one: PrintedStatement) -> Row:
    facts = [Fact(clean(one.title, 200), "strong"), Fact(_upper(f"{clean(one.said_by, 200)}.")), Fact(clean(one.text, 1_200))]
    if one.quote and one.quote not in one.text:
        facts.append(Fact(f"In its words: {quoted(clean(one.quote, 600))}", "second"))
    facts.append(Fact(f"Today: {clean(one.today, 400)}", "second"))
    if one.through:
        facts.append(Fact(clean(one.through, 300), "second"))
    if one.ours:
        facts.append(Fact(clean(one.ours, 900), "second"))
    facts += _cite(one.cite)
    facts += _cite(one.named_in, "Named in")
    addressed = [Fact(_upper(clean(one.addressed_to, 300)))]
    if one.not_addressed_to:
        addressed.append(Fact(f"Not addressed to {clean(one.not_addressed_to, 300)}", "second"))
    return Row([_date(one.date), facts, addressed])


def _cite(cite: Cite | None, lead: str = "Source") -> list[Fact]:
    if cite is None:
        return []
    said = f"{lead}: {clean(cite.said, 200)}."
    if cite.url is None or not cite.url.startswith(("https://", "http://")):
        return [Fact(said, "second")]
    return [Fact([f"{said} ", Link(clean(cite.url, 200), cite.url)], "second")]


def _date(iso: str) -> str:
    try:
        return long_date(iso).replace(" ", "\u00a0")
    except (ValueError, IndexError):
        return clean(iso, 40)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
