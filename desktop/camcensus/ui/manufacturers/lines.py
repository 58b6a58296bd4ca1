"""What is known of makers as rows of a ledger: words and order only, nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from camcensus.assessment.on_record import NO_ANSWER, Cited, OnRecord
from camcensus.model.words import long_date, quoted, upper_first
from camcensus.tasks.knowledge.makers import Ability, SoldAs
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.ledger import UNDER, Cell, LedgerLine

RECORDS = (
    ViewColumn("what", "What is on record", "words", 0),
    ViewColumn("who", "Who said it, when", "words", UNDER),
    ViewColumn("to", "Addressed to", "words", UNDER),
    ViewColumn("source", "Source", "link", UNDER),
)
SOLD_AS = (
    ViewColumn("name", "Sold as", "words", 144),
    ViewColumn("basis", "Basis", "words", 0),
    ViewColumn("source", "Source", "link", 216),
    ViewColumn("yours", "Yours", "number", 64),
)
MADE_BY = (
    ViewColumn("maker", "Made by", "words", 144),
    ViewColumn("basis", "Basis", "words", 0),
    ViewColumn("source", "Source", "link", 240),
)
ABILITIES = (
    ViewColumn("what", "Able to", "words", 0),
    ViewColumn("models", "Which models", "words", 200),
    ViewColumn("by", "By whom", "words", 160),
    ViewColumn("source", "Source", "link", UNDER),
)


def record_columns(records: Iterable[OnRecord]) -> tuple[ViewColumn, ...]:
    """The columns of a table of statements; boxes to tick only where one of them is a list."""
    use = (ViewColumn("use", "Use", "check", 44),) if any(one.said.is_list for one in records) else ()
    return (*use, *RECORDS)


def record_lines(records: Sequence[OnRecord], enabled: frozenset[str]) -> list[LedgerLine]:
    """Each statement, and under it what answered it."""
    box = (Cell(),) * any(one.said.is_list for one in records)
    lines = []
    for one in records:
        source = source_cell(one.named_by, "Quoted from " if one.quote else "")
        cells = (*box, _said(one), _who(one), _addressed(one), source)
        lines.append(LedgerLine(one.id, cells, one.named_by.url, one.id in enabled if one.said.is_list else None))
        for at, reply in enumerate(one.answers):
            lead = "Also said" if reply.besides else "Answer"
            answered = (*box, Cell(f"{lead}: {reply.text}"), Cell(upper_first(reply.by), long_date(reply.date)), Cell())
            cells = (*answered, source_cell(reply.source))
            lines.append(LedgerLine(f"{one.id} {at}", cells, reply.source.url, continues=True))
    return lines


def _said(one: OnRecord) -> Cell:
    about = f"It is about {one.through}, which this maker belongs to." if one.through else ""
    ours = f"Our reading: {one.said.reading}" if one.our_reading else one.why
    meant = f"What is meant: {one.scope}." if one.scope else ""
    words = "\n".join(filter(None, (one.text, quoted(one.quote), meant, about, ours)))
    itself = f"The statement itself: {one.source.line}" if one.source in one.cites and one.source != one.named_by else ""
    silent = NO_ANSWER.format("this maker") if one.unanswered else ""
    facts = "\n".join(filter(None, (f"Today: {one.said.standing}", silent, itself)))
    return Cell(one.said.title, facts, strong=True, words=words)


def _who(one: OnRecord) -> Cell:
    return Cell(upper_first(one.said.said_by), "\n".join(filter(None, (one.date, one.said.where, one.begun))))


def _addressed(one: OnRecord) -> Cell:
    against = f"Not addressed to {one.said.not_addressed_to}" if one.said.not_addressed_to else ""
    return Cell(upper_first(one.said.addressed_to), against)


def sold_as_lines(claims: Iterable[SoldAs], yours: Mapping[tuple[str, str], int]) -> list[LedgerLine]:
    """Each name that a maker's devices carry; names that are in the register first."""
    lines = [
        LedgerLine(
            f"{at}",
            (Cell(one.name), _basis(one), source_cell(one.source), Cell(str(yours.get((one.brand, one.maker), 0)))),
            one.source.url,
        )
        for at, one in enumerate(claims)
    ]
    return sorted(lines, key=lambda line: -int(line.cells[3].fact))


def made_by_lines(claims: Iterable[SoldAs]) -> list[LedgerLine]:
    """Each maker of what is sold under a name."""
    return [
        LedgerLine(f"{at}", (Cell(one.maker_name, one.name), _basis(one), source_cell(one.source)), one.source.url)
        for at, one in enumerate(claims)
    ]


def _basis(one: SoldAs) -> Cell:
    return Cell(upper_first(one.words), one.note)


def ability_lines(abilities: Iterable[Ability]) -> list[LedgerLine]:
    """What sources say devices of a maker are able to do."""
    return [
        LedgerLine(
            f"{at}",
            (
                Cell(one.words, one.how if one.verified else f"{one.how} Not proven.".strip()),
                Cell(quoted(one.models_said) or "Not said"),
                Cell(upper_first(one.said_by) or "Its maker", "" if not one.said_by else "Not its maker"),
                source_cell(one.source),
            ),
            one.source.url,
        )
        for at, one in enumerate(abilities)
    ]


def source_cell(source: Cited, lead: str = "") -> Cell:
    """Title as quoted, then publisher and date; where a source has no date, when we saw it."""
    seen = f"seen {long_date(source.retrieved)}" if source.retrieved else ""
    return Cell(f"{lead}{quoted(source.title)}", ", ".join(part for part in (source.publisher, source.when or seen) if part))
