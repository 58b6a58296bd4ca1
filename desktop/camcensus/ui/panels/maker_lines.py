"""What is known of makers as rows of a ledger: words and order only, nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from camcensus.model.words import long_date
from camcensus.tasks.makers import STATUS_WORDS, Ability, Cited, OnList, SoldAs, Statement, quoted
from camcensus.ui import phrases
from camcensus.ui.ledger import UNDER
from camcensus.ui.models.ledger_model import Cell, Line
from camcensus.ui.table import Column

LISTS = (
    Column("use", "Use", "check", 44),
    Column("what", "What is on record", "words", 0),
    Column("who", "Who said it, when", "words", 160),
    Column("to", "Addressed to", "words", 168),
    Column("source", "Source", "link", UNDER),
)
STATEMENTS = (
    Column("what", "What was said or done", "words", 0),
    Column("who", "Who, when", "words", 160),
    Column("where", "Where", "words", 160),
    Column("source", "Source", "link", UNDER),
)
SOLD_AS = (
    Column("name", "Sold as", "words", 144),
    Column("basis", "Basis", "words", 0),
    Column("source", "Source", "link", 216),
    Column("yours", "Yours", "number", 64),
)
MADE_BY = (
    Column("maker", "Made by", "words", 144),
    Column("basis", "Basis", "words", 0),
    Column("source", "Source", "link", 240),
)
ABILITIES = (
    Column("what", "Able to", "words", 0),
    Column("models", "Which models", "words", 200),
    Column("by", "By whom", "words", 160),
    Column("source", "Source", "link", UNDER),
)


def list_lines(lists: Iterable[OnList], enabled: frozenset[str]) -> list[Line]:
    """Each list that names a maker: those in use first."""
    return [_list_line(one, on=one.id in enabled) for one in sorted(lists, key=lambda one: one.id not in enabled)]


def _list_line(one: OnList, *, on: bool) -> Line:
    return Line(
        one.id,
        (
            Cell(),
            Cell(quoted(one.quote) or one.text, _how_named(one)),
            Cell(phrases.upper_first(one.said_by), long_date(one.date) if one.date else ""),
            Cell(
                phrases.upper_first(one.addressed_to), f"Not addressed to {one.not_addressed_to}" * bool(one.not_addressed_to)
            ),
            source_cell(one.source, "Quoted from " if one.quote else ""),
        ),
        one.source.url,
        on,
    )


def _how_named(one: OnList) -> str:
    parts = [f"{one.title}."]
    if one.through:
        parts.append(f"It is about {one.through}, which this maker belongs to.")
    if one.our_reading:
        parts.append(f"Our reading: it names no company. {one.basis}".strip())
    elif one.basis:
        parts.append(one.basis)
    return " ".join(parts)


def statement_lines(statements: Iterable[Statement]) -> list[Line]:
    """Each rule, decision or statement besides the lists."""
    return [
        Line(
            one.id,
            (
                Cell(one.instrument, " ".join(part for part in (one.scope, one.note, _unseen(one)) if part)),
                Cell(one.issued_by, long_date(one.date) if one.date else "No date given"),
                Cell(one.jurisdiction, STATUS_WORDS[one.status]),
                source_cell(one.source),
            ),
            one.source.url,
        )
        for one in statements
    ]


def _unseen(one: Statement) -> str:
    through = f"It is about {one.through}." if one.through else ""
    return f"{through} {'' if one.verified else 'Not proven: we have not seen the original.'}".strip()


def sold_as_lines(claims: Iterable[SoldAs], yours: Mapping[tuple[str, str], int]) -> list[Line]:
    """Each name that a maker's devices carry; names that are in the register first."""
    lines = [
        Line(
            f"{at}",
            (Cell(one.name), _basis(one), source_cell(one.source), Cell(str(yours.get((one.brand, one.maker), 0)))),
            one.source.url,
        )
        for at, one in enumerate(claims)
    ]
    return sorted(lines, key=lambda line: -int(line.cells[3].fact))


def made_by_lines(claims: Iterable[SoldAs]) -> list[Line]:
    """Each maker of what is sold under a name."""
    return [
        Line(f"{at}", (Cell(one.maker_name, one.name), _basis(one), source_cell(one.source)), one.source.url)
        for at, one in enumerate(claims)
    ]


def _basis(one: SoldAs) -> Cell:
    return Cell(phrases.upper_first(one.words), one.note)


def ability_lines(abilities: Iterable[Ability]) -> list[Line]:
    """What sources say devices of a maker are able to do."""
    return [
        Line(
            f"{at}",
            (
                Cell(one.words, one.how if one.verified else f"{one.how} Not proven.".strip()),
                Cell(quoted(one.models_said) or "Not said"),
                Cell(phrases.upper_first(one.said_by) or "Its maker", "" if not one.said_by else "Not its maker"),
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
