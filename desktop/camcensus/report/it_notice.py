"""The sheet for the IT team: what will run, from which computer, what it sends and never sends, and room to agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Block, Bullets, Column, Fact, Heading, Prose, ReportDocument, Row, TableBlock, key_facts
from camcensus.model.words import clean, long_date
from camcensus.report.sheet import Occasion
from camcensus.report.signing import signing

HANDLING = "For your IT team: names this computer and addresses"
UNTOUCHED_NAMED = 40
_LEAD = (
    "We are going to look for cameras and recorders on our own network, to know what we have and who made it. This sheet says "
    "what the program sends, from where, and what it never does."
)


@frozen(kw_only=True)
class NetworkCard:
    """A network of this computer. `allowed` is who allowed a search of it, "" where nobody has yet."""

    name: str
    address: str
    allowed: str


@frozen(kw_only=True)
class SentQuestion:
    """One thing that is sent: to whom, by which protocol and ports."""

    what: str
    to: str
    ports: str


@frozen(kw_only=True)
class Pacing:
    """How fast one pace asks, in words."""

    name: str
    all_hosts: str
    one_host: str


@frozen(kw_only=True)
class ItNotice:
    """All that is printed."""

    computer: str
    program: str
    cards: Sequence[NetworkCard]
    questions: Sequence[SentQuestion]
    paces: Sequence[Pacing]
    longest: str
    never: Sequence[str]
    untouched: Sequence[tuple[str, str]]
    policy: Sequence[tuple[str, str]] = ()
    """What the IT team's policy file sets on this computer, as (what, words)."""
    contact: str = ""
    """Who the IT contact is, where somebody is named."""


def it_notice_report(occasion: Occasion, notice: ItNotice) -> ReportDocument:
    """The sheet."""
    blocks = [*_blocks(occasion, notice)]
    return occasion.document("IT notice", blocks, handling=HANDLING, foot=f"From {clean(notice.computer, 60)}")


def _blocks(occasion: Occasion, notice: ItNotice) -> Iterator[Block]:
    yield Heading("A search for cameras on our network", 1)
    yield Prose(
        f"For the IT team of {occasion.organisation} · {long_date(occasion.as_at.date().isoformat())}", "subtitle", after=12
    )
    yield Prose(_LEAD, "verdict", bar=True, after=6)
    yield Heading("Who, from where, and when", 2)
    yield key_facts(
        [
            ("Computer", clean(notice.computer, 80)),
            ("Program", clean(notice.program, 80)),
            *([("IT contact", clean(notice.contact, 240))] if notice.contact else []),
            ("When", Fact("From … to …, on these days: …", "second")),
            ("Who runs it", Fact("Name and telephone", "second")),
            ("How long", notice.longest),
        ],
        spacing="tight",
    )
    if notice.cards:
        yield Heading("From these addresses", 3)
        yield TableBlock(
            [Column("Network card", 1), Column("Address", 1.2), Column("Search allowed by", 1.6)],
            [
                Row([clean(card.name, 60), Fact(clean(card.address, 60), "mono"), clean(card.allowed, 120) or "Nobody yet"])
                for card in notice.cards
            ],
            spacing="tight",
        )
    yield Heading("What is sent", 2)
    yield TableBlock(
        [Column("Question", 1.7), Column("To whom", 1.6), Column("Ports", 1.5)],
        [Row([one.what, one.to, one.ports]) for one in notice.questions],
        spacing="tight",
        note="Ordinary requests that ask a device what it is. Nothing malformed, no scan of all ports. The program can also "
        "only listen, and then sends nothing.",
    )
    yield Heading("How fast", 3)
    yield TableBlock(
        [Column("Pace", 0.8), Column("All devices together", 1.8), Column("One device", 1.6)],
        [Row([one.name, one.all_hosts, one.one_host]) for one in notice.paces],
        spacing="tight",
    )
    if notice.policy:
        yield Heading("What your policy file sets on this computer", 2)
        yield key_facts([(clean(what, 60), clean(said, 2000)) for what, said in notice.policy], spacing="tight")
    yield Heading("What is never sent or done", 2)
    yield Bullets(list(notice.never))
    yield Prose(
        "The record has the log of each search: when, on which networks, what was asked and what answered. The record "
        "stays on this computer.",
    )
    yield Heading("Addresses that are never asked", 2)
    if notice.untouched:
        yield TableBlock(
            [Column("Address or range", 1.2), Column("What is there", 2.4)],
            [
                Row([Fact(clean(where, 60), "mono"), clean(note, 120) or "Not said"])
                for where, note in notice.untouched[:UNTOUCHED_NAMED]
            ],
            spacing="tight",
            row_heads=False,
        )
        more = len(notice.untouched) - UNTOUCHED_NAMED
        if more > 0:
            yield Prose(f"And {more:,} more, which the record holds.")
    else:
        yield Prose("None are listed yet.")
    yield Prose("Write here what must not be asked: door controllers, lifts, medical or heating equipment, telephones.")
    yield TableBlock(
        [Column("Address or range", 1.2), Column("What is there", 2.4)],
        [Row([Fact("Address or range", "second"), Fact("What is there", "second")]) for _ in range(2)],
        head=False,
        to_write=22,
    )
    yield from signing(("IT agrees", "Runs the search"), heading="Agreed", simulation=occasion.simulation, to_write=26)
