"""The evidence: how we looked, every answer in a row, the signs of those asked for, how often such answers are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from camcensus.model import frozen
from camcensus.model.blocks import (
    TOLD,
    Block,
    Bullets,
    Cell,
    Column,
    Fact,
    Heading,
    Link,
    Prose,
    ReportDocument,
    Row,
    Strong,
    TableBlock,
    disarmed,
    key_facts,
)
from camcensus.model.device import GRADES, Grade
from camcensus.model.words import DISCLAIMER_ALONE, GRADE_SHORT, clean, count, joined, long_date, lower_first, run_of_refs
from camcensus.report.certainty import MEANINGS, Measured, certainty
from camcensus.report.maker_pages import Cite
from camcensus.report.method import Looked, not_seen, searches
from camcensus.report.sheet import Occasion

SEEN_CHARACTERS = 600
"""What a device sent is printed up to here; the record holds all of it."""
HISTORY_LINES = 6
SIGNS_PRINTED, KIND_SIGNS_PRINTED = 8, 3
"""Signs of a device that are printed of each side, the firmest first; the inventory has all."""
REFS_IN_A_ROW = 60
"""Refs that a row of the table of answers names; the next row continues with them."""

Side = Literal["for", "against", "other"]
SIDE_WORDS: dict[Side, str] = {"for": "For", "against": "Against", "other": "Not counted"}


@frozen(kw_only=True)
class PrintedSign:
    """One sign. `seen` is what was sent, None where it is left out; `source` numbers who says what it means, from 1."""

    name: str
    seen: tuple[str, ...] | None
    suggests: str
    why: str
    source: int
    seen_on: str
    side: Side
    strength: str


@frozen(kw_only=True)
class Past:
    """A line of a device's history."""

    when: str
    what: str
    by: str


@frozen(kw_only=True)
class Upkeep:
    """One thing to act on: in a few words, why with what mends it, and who says so ("" for the device itself)."""

    title: str
    why: str
    said_by: str


@frozen(kw_only=True)
class Exhibit:
    """One device. `listed` are words on its lists; `network`, `abilities`, `history` and `upkeep` are None where left out."""

    ref: str
    where: str | None
    verdict: str
    grade: Grade
    kind: str
    sold_as: str
    network: tuple[str, ...] | None
    listing: str
    lists: str
    seat: str
    decision: str
    confirmed: str
    abilities: tuple[str, ...] | None
    signs: tuple[PrintedSign, ...]
    why_kind: str
    kind_signs: tuple[PrintedSign, ...]
    history: tuple[Past, ...] | None
    upkeep: tuple[Upkeep, ...] | None


@frozen(kw_only=True)
class EvidenceAnswer:
    """Devices that are answered in the same words: the answer, how sure, and how many signs speak for and against it."""

    refs: tuple[str, ...]
    verdict: str
    grade: Grade
    signs_for: int
    signs_against: int


@frozen(kw_only=True)
class Appendix:
    """All that is printed. `answers` are of every device; `exhibits` of those whose signs were asked for.

    `makers` are the names of theirs. A `part` of the register is printed in few words: what is the same for all is with all.
    """

    lead: tuple[str, ...]
    looked: Looked
    behind: str
    answers: Sequence[EvidenceAnswer]
    exhibits: Sequence[Exhibit]
    makers: tuple[str, ...]
    part: bool
    sources: Sequence[Cite]
    measured: Measured
    left_out: str
    handling: str
    methods: str


def evidence_report(occasion: Occasion, appendix: Appendix) -> ReportDocument:
    """The appendix."""
    blocks: list[Block] = [
        Heading("Evidence", 1),
        Prose(f"As at {long_date(occasion.as_at.date().isoformat())}", "subtitle", after=8),
        *([Prose(appendix.left_out)] if appendix.left_out else []),
    ]
    if not appendix.part:
        blocks += _method(appendix)
    if not (appendix.part and len(appendix.answers) <= len(appendix.exhibits)):
        blocks += _answers(appendix)
    for exhibit in appendix.exhibits:
        blocks += _exhibit(exhibit)
    blocks += _sources(appendix.sources)
    if appendix.makers:
        names = joined([clean(name, 60) for name in appendix.makers])
        blocks.append(Prose(f"What is on record about {names} is in the report “Makers”, a sheet for each maker.", before=8))
    if appendix.part:
        used = [grade for grade in GRADES if any(answer.grade == grade for answer in appendix.answers)]
        blocks += [Prose(f"{GRADE_SHORT[grade]}: {lower_first(MEANINGS[grade])}", "note") for grade in used]
        blocks.append(Prose(f"{_READING} {DISCLAIMER_ALONE}", "note", key=TOLD))
    else:
        blocks += certainty(appendix.measured, occasion.knowledge_version)
    return occasion.document("Evidence", blocks, handling=appendix.handling, foot=appendix.methods)


def _method(appendix: Appendix) -> Iterator[Block]:
    for sentence in appendix.lead:
        yield Prose(sentence)
    yield Heading("How we looked", 2)
    table = searches(appendix.looked)
    if table is None:
        yield Prose("No search of a network is in this record.")
    else:
        yield table
        yield Prose("No password was guessed, no picture was watched and no setting was changed.")
    yield Heading("What we could not see", 2)
    sentences = [*([appendix.behind] if appendix.behind else []), *not_seen(appendix.looked)]
    yield Bullets(sentences or ["Nobody has searched, so there may be more than this record has."])
    yield Heading("How to read the evidence", 2)
    yield Prose(
        "Each sign is something that a device sent, that is registered about it, or that a person or a list says of it. A "
        "sign counts for the maker it is typical of. How firm the answer is depends on how many independent signs agree, and "
        "on what speaks against it. The last page says what each word of certainty means, and how often such answers were "
        "right where the maker was known.",
    )
    yield Prose(_READING, key=TOLD)
    yield Prose(DISCLAIMER_ALONE, "note")


_READING = "Web addresses that devices sent are printed as text, so that nobody opens one by accident."


# -- all of them


def _answers(appendix: Appendix) -> Iterator[Block]:
    """Every device with its answer; those answered in the same words share rows."""
    if not appendix.answers:
        return
    yield Heading("What we say of each device, and why", 2)
    if not appendix.exhibits:
        yield Prose(
            "The signs of a device, with what it sent and who says what that means, are printed for those that are asked for: "
            "choose them on the Cameras page, then print their evidence.",
            keeps_next=True,
        )
    yield TableBlock(
        [Column("Devices"), Column("Answer", 3), Column("Signs for", figures=True), Column("Against", figures=True)],
        [
            Row(
                [
                    run_of_refs(answer.refs[at : at + REFS_IN_A_ROW]),
                    Fact(clean(answer.verdict, 900), mark=answer.grade),
                    f"{answer.signs_for:,}",
                    f"{answer.signs_against:,}",
                ]
            )
            for answer in appendix.answers
            for at in range(0, len(answer.refs), REFS_IN_A_ROW)
        ],
        spacing="tight",
    )


# -- one device


def _exhibit(exhibit: Exhibit) -> Iterator[Block]:
    place = clean(exhibit.where or "", 80)
    ref = clean(exhibit.ref, 24)
    yield Heading(f"{ref}, {place or clean(exhibit.sold_as, 80) or exhibit.kind}", 2)
    yield Prose(clean(exhibit.verdict, 900), "verdict", bar=True, after=8, keeps_next=True)
    yield key_facts([*_facts(exhibit)], 3.2, spacing="dense", whole=True)
    if exhibit.signs:
        yield Heading(f"The signs for {ref}", 3)
        yield _signs(exhibit.signs, SIGNS_PRINTED)
    else:
        yield Prose("There is no sign of who made it.", "note")
    if exhibit.kind_signs:
        yield Heading(f"{exhibit.why_kind}: {ref}", 3)
        yield _signs(exhibit.kind_signs, KIND_SIGNS_PRINTED)
    if exhibit.upkeep:
        yield Heading(f"Flaws and support of {ref}", 3)
        yield TableBlock(
            [Column("What", 0.9), Column("Why, and what mends it", 2.6), Column("Who says so", 1)],
            [
                Row([clean(one.title, 60), clean(one.why, 900), clean(one.said_by, 120) or "The device itself"])
                for one in exhibit.upkeep
            ],
            spacing="dense",
        )
    if exhibit.history:
        yield Heading(f"What happened to {ref}", 3)
        yield TableBlock(
            [Column("When", 1.1), Column("What", 2.6), Column("By", 0.9)],
            [
                Row([past.when, clean(past.what, 300), clean(past.by, 60) or "Camcensus"])
                for past in newest(exhibit.history, HISTORY_LINES)
            ],
            spacing="dense",
        )


def newest(history: Sequence[Past], most: int) -> Sequence[Past]:
    """At most so many lines, the first of which then counts those before."""
    if len(history) <= most:
        return history
    left = len(history) - most + 1
    return [Past(when="Before", what=f"{left:,} earlier lines, in the record.", by=""), *history[left:]]


def _facts(exhibit: Exhibit) -> Iterator[tuple[str, Cell]]:
    yield "How sure", Fact(GRADE_SHORT[exhibit.grade], "normal", exhibit.grade)
    yield "What it is", clean(exhibit.kind, 120)
    if exhibit.sold_as:
        yield "Sold as", clean(exhibit.sold_as, 120)
    if exhibit.network:
        yield "Network", [Fact(clean(line, 120), "mono") for line in exhibit.network]
    listed = Fact(exhibit.listing, "listed" if exhibit.listing == "Listed" else "normal")
    yield "List status", [listed, *([Fact(clean(exhibit.lists, 400))] if exhibit.lists else [])]
    if exhibit.seat:
        yield "Where it is based", clean(exhibit.seat, 200)
    yield "Decision", clean(exhibit.decision, 300)
    yield "Confirmed", clean(exhibit.confirmed, 200)
    if exhibit.abilities:
        yield "AI functions", [Fact(clean(line, 900)) for line in exhibit.abilities]


def _signs(signs: Sequence[PrintedSign], most: int) -> TableBlock:
    with_raw = any(sign.seen is not None for sign in signs)
    columns = [Column("Sign", 0.85), *([Column("What it says", 1.45, longest=0.28)] if with_raw else [])]
    columns += [Column("Suggests", 2.4), Column("Source, date", 0.75), Column("Counts", 0.6)]
    sides = {side: [sign for sign in signs if sign.side == side] for side in SIDE_WORDS}
    printed = [sign for some in sides.values() for sign in some[:most]]
    note = f"{count(len(sides['for']), 'sign')} for, {len(sides['against'])} against."
    if len(printed) < len(signs):
        note += " The firmest are printed; the inventory has all."
    if with_raw:
        note = f"What a sign says is shown as it is, hidden characters made visible. {note}"
    return TableBlock(columns, [_sign(sign, with_raw) for sign in printed], note=note, spacing="dense")


def _sign(sign: PrintedSign, with_raw: bool) -> Row:
    raw: list[Cell] = []
    if with_raw:
        raw = [[Fact(disarmed(clean(text, SEEN_CHARACTERS)), "mono") for text in sign.seen or ()] or Fact("–", "second")]
    suggests = [Strong(f"{clean(sign.suggests, 400)}. ")] if sign.suggests else []
    source = [Fact(one) for one in (f"Source {sign.source}" if sign.source else "", sign.seen_on) if one]
    counts = ", ".join(filter(None, (SIDE_WORDS[sign.side], lower_first(sign.strength))))
    return Row([clean(sign.name, 60), *raw, Fact([*suggests, clean(sign.why, 400)]), source or "–", counts])


def _sources(sources: Sequence[Cite]) -> Iterator[Block]:
    if not sources:
        return
    yield Heading("The sources that are cited", 2)
    yield TableBlock(
        [Column("Number", 0.14), Column("What it is", 1)],
        [Row([f"{number}", _cite(cite)]) for number, cite in enumerate(sources, 1)],
        row_heads=False,
        spacing="dense",
    )


def _cite(cite: Cite) -> Cell:
    facts = [Fact(clean(cite.said, 300))]
    if cite.url is not None and cite.url.startswith(("https://", "http://")):
        facts.append(Fact([Link(clean(cite.url, 200), cite.url)], "second"))
    return facts
