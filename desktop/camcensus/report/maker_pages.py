"""What is on record about a maker: the statement, who made it, when, to whom, where it can be read, and the maker's reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Block, Column, Fact, Heading, Link, Prose, ReportDocument, Row, TableBlock
from camcensus.model.words import clean, count, date_words, fitting, joined, upper_first
from camcensus.report.sheet import Occasion

HANDLING = "Public statements, and how many devices each is about"
NOT_APPROVED = "That does not mean that they have been checked or approved."


@frozen(kw_only=True)
class Cite:
    """Where something can be read."""

    said: str
    url: str | None


@frozen(kw_only=True)
class PrintedAnswer:
    """What somebody answered, to a statement or in general. `lead` says who: "Answer from the UK Government", "Hikvision"."""

    lead: str
    date: str
    text: str
    cite: Cite


@frozen(kw_only=True)
class PrintedStatement:
    """One statement on record. `quotes` are sentences that say in which words a maker is named, and whose.

    `today` is what has become of it; `about` says in our words whom here it is about, and why.
    """

    title: str
    date: str
    said_by: str
    text: str
    quotes: tuple[str, ...]
    addressed_to: str
    not_addressed_to: str
    today: str
    about: tuple[str, ...]
    cites: tuple[Cite, ...]
    answers: tuple[PrintedAnswer, ...]


@frozen(kw_only=True)
class OnMakers:
    """What is on record about the makers of an inventory, under headings.

    `shorts` say of each maker who it is and who owns it. `more` statements are on record besides. `silent` are the names
    of makers of which no general reply is held.
    """

    shorts: tuple[str, ...]
    groups: tuple[tuple[str, tuple[PrintedStatement, ...]], ...]
    more: int
    replies: tuple[PrintedAnswer, ...]
    silent: tuple[str, ...]


def makers_report(occasion: Occasion, sheets: Sequence[tuple[str, OnMakers]], left_out: str, methods: str) -> ReportDocument:
    """A sheet for each maker, by name; those of which nothing is on record share a line."""
    blocks: list[Block] = [
        Heading("What is on record about the makers", 1),
        Prose(
            "Each statement is printed with who made it, when, to whom it was addressed, and what answered it. The "
            "organisation chose the lists. A statement is about a maker; it does not mean that a device is faulty."
        ),
        *([Prose(left_out)] if left_out else []),
    ]
    told = [(name, one) for name, one in sheets if one.groups]
    for at, (name, one) in enumerate(told):
        blocks += [Heading(clean(name, 60), 2, new_page=at > 0), *maker_pages(one)]
    if others := [clean(name, 60) for name, one in sheets if not one.groups]:
        blocks += [Heading("Makers with nothing on record here", 2), Prose(f"{joined(others)}. {NOT_APPROVED}")]
    if not sheets:
        blocks.append(Prose("No maker is known yet."))
    return occasion.document("Makers", blocks, handling=HANDLING, foot=methods)


def maker_pages(makers: OnMakers) -> Iterator[Block]:
    """Each statement once, with whom it is about; then the makers' own replies."""
    yield from (Prose(clean(short, 1_200)) for short in makers.shorts)
    for heading, statements in makers.groups:
        yield Heading(clean(heading, 100), 3)
        yield TableBlock(
            [Column("Date", 0.6), Column("What is on record", 3.6), Column("Addressed to", 1)],
            [row for one in statements for row in _rows(one)],
            spacing="dense",
        )
    if makers.more:
        verb = fitting(makers.more)
        yield Prose(f"{count(makers.more, 'more statement')} {verb} on record, on the Manufacturers page.", "note")
    if makers.replies or makers.silent:
        yield Heading("What the makers reply", 3)
    if makers.replies:
        yield TableBlock(
            [Column("Date", 0.9), Column("Reply", 4.3)],
            [_answer(reply) for reply in makers.replies],
            spacing="dense",
        )
    if makers.silent:
        yield Prose(f"We hold no general reply of {joined([clean(name, 60) for name in makers.silent])}.", "note")


def _rows(one: PrintedStatement) -> Iterator[Row]:
    """The statement, then a row for each answer: a row is never split over two pages."""
    yield _statement(one)
    for answer in one.answers:
        yield Row([*_answer(answer).cells, ""])


def _statement(one: PrintedStatement) -> Row:
    facts = [
        Fact(clean(one.title, 200), "strong"),
        Fact(upper_first(f"{clean(one.said_by, 200)}.")),
        Fact(clean(one.text, 1_200)),
    ]
    facts += [Fact(clean(quote, 700), "second") for quote in one.quotes]
    facts.append(Fact(f"Today: {clean(one.today, 600)}", "second"))
    facts += [Fact(clean(about, 900), "second") for about in one.about]
    facts += [fact for cite in one.cites for fact in _cite(cite)]
    addressed = [Fact(upper_first(clean(one.addressed_to, 300)))]
    if one.not_addressed_to:
        addressed.append(Fact(f"Not addressed to {clean(one.not_addressed_to, 300)}", "second"))
    return Row([_date(one.date), facts, addressed])


def _answer(answer: PrintedAnswer) -> Row:
    facts = [Fact(clean(answer.lead, 200), "strong"), Fact(clean(answer.text, 900))]
    return Row([_date(answer.date), [*facts, *_cite(answer.cite)]])


def _cite(cite: Cite) -> list[Fact]:
    said = f"Source: {clean(cite.said, 200)}."
    if cite.url is None or not cite.url.startswith(("https://", "http://")):
        return [Fact(said, "second")]
    return [Fact([f"{said} ", Link(clean(cite.url, 500), cite.url)], "second")]


def _date(iso: str) -> str:
    return date_words(iso).replace(" ", "\u00a0")
