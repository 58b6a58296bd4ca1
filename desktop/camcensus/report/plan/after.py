"""What each batch still needs, what is stated of other makers, how old equipment went, and what changed since a version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camcensus.model.blocks import Block, Bullets, Cell, Column, Fact, Heading, Link, Prose, Row, TableBlock
from camcensus.model.plan import NEED_STATE_WORDS, NEED_WORDS, OPTION_WORDS, STATUS_WORDS, Batch, CouldReplace, Need
from camcensus.model.prose import fitting, joined, upper_first
from camcensus.model.words import clean, count, date_words, long_date, pounds
from camcensus.report.plan.brief import Brief, run_of_refs

CHANGES_NAMED = 60
"""Changes printed one by one; the rest are counted."""
NAMES_NAMED = 6
REFS_CHARACTERS = 60
_MODELS = re.compile(r" \([0-9]+ models?\)")


def batch_needs(brief: Brief) -> Iterator[Block]:
    """By batch: what has to be settled, whether it is, and what was found out. Batches that need the same share a row."""
    alike: dict[tuple[object, ...], list[Batch]] = {}
    for batch in brief.plan.acting:
        notes = tuple(brief.said(note) for note in batch.notes) if brief.internal else ()
        key = (batch.year, batch.option, batch.needs, batch.status, batch.target_date, notes)
        alike.setdefault(key, []).append(batch)
    if not alike:
        return
    yield Heading("Batch by batch", 3)
    yield TableBlock(
        [Column("Batch", 1), Column("Work", 0.9), Column("Needed", 1.9)],
        [Row([_names(brief, batches), _plan_of(brief, batches[0]), _needs(brief, batches[0])]) for batches in alike.values()],
    )


def _names(brief: Brief, batches: list[Batch]) -> Cell:
    """The batches by name, with the refs where there are few."""
    facts = []
    for batch in batches[:NAMES_NAMED]:
        refs = run_of_refs(batch.refs)
        facts += [Fact(brief.batch_name(batch), "strong")]
        facts += [Fact(refs if len(refs) <= REFS_CHARACTERS else count(len(batch.refs), "item"), "second")]
    if len(batches) > NAMES_NAMED:
        facts.append(Fact(f"and {count(len(batches) - NAMES_NAMED, 'more batch', 'more batches')}"))
    return facts


def _plan_of(brief: Brief, batch: Batch) -> Cell:
    facts = [Fact(OPTION_WORDS[batch.option or "keep"]), Fact(batch.year or "Not dated", "second")]
    if batch.target_date:
        facts.append(Fact(f"By {date_words(batch.target_date)}", "second"))
    if batch.status != "planned":
        facts.append(Fact(STATUS_WORDS[batch.status], "second"))
    return facts + ([Fact(brief.said(note), "second") for note in batch.notes] if brief.internal else [])


def _needs(brief: Brief, batch: Batch) -> Cell:
    return [Fact(_need(brief, need), mark="box") for need in batch.needs] or "Nothing is known to be needed."


def _need(brief: Brief, need: Need) -> str:
    said = NEED_WORDS[need.kind]
    if need.ref:
        said += f" ({brief.said(need.ref, 80)})"
    if need.state != "open":
        said += f": {NEED_STATE_WORDS[need.state].lower()}"
    return f"{said}. {brief.said(need.note)}" if need.note and brief.internal else said


def with_vat(brief: Brief) -> Iterator[Block]:
    """Total for each year with VAT."""
    plan = brief.plan
    if plan.total.vat is None or not plan.total.total:
        return
    rows = [Row([year.year, pounds(year.total), pounds(year.vat or 0), pounds(year.with_vat or 0)]) for year in plan.years]
    last = Row(["Total", pounds(plan.total.total), pounds(plan.total.vat), pounds(plan.total.with_vat or 0)], "total")
    yield Heading("Costs with VAT", 3)
    heads = ("Excluding VAT", "VAT", "Including VAT")
    yield TableBlock([Column("Year"), *(Column(head, figures=True) for head in heads)], [*rows, last], whole=True)


def disposals(brief: Brief) -> Iterator[Block]:
    """What staff recorded of how old equipment went; for our own staff."""
    gone = [
        batch for batch in brief.plan.acting if batch.disposal or batch.wiped_on or batch.wipe_certificate or batch.weee_note
    ]
    if not gone or not brief.internal:
        return
    yield Heading("Recorded so far", 3)
    yield TableBlock(
        [Column("Batch", 1), Column("Disposal", 1.2), Column("Data wiped", 1), Column("WEEE note", 1)],
        [
            Row(
                [
                    brief.batch_name(batch),
                    brief.said(batch.disposal or "–"),
                    [
                        Fact(date_words(batch.wiped_on) if batch.wiped_on else "–"),
                        *([Fact(brief.said(batch.wipe_certificate), "second")] if batch.wipe_certificate else []),
                    ],
                    brief.said(batch.weee_note or "–"),
                ]
            )
            for batch in gone
        ],
    )


def could_replace(brief: Brief) -> Iterator[Block]:
    """What is stated of makers on no list in use, by whom and when; what one source says of many stands together."""
    alike: dict[tuple[str, str, str | None], list[CouldReplace]] = {}
    for fact in brief.plan.could_replace:
        alike.setdefault((fact.source, _plain(fact.statement), fact.source_url), []).append(fact)
    if not alike:
        return
    ordered = sorted(alike.values(), key=lambda facts: (-len(facts), facts[0].name.casefold()))
    yield Heading("What could replace it", 2)
    yield Prose(
        "These are statements that we have seen, with their sources. They are no advice: nobody is recommended here, and a "
        "maker that is not named may do as well. Makers on the lists in use are left out. “Compliance” is with a law of the "
        "United States on what its own government buys (NDAA, section 889); it is not addressed to organisations in the UK.",
        keeps_next=True,
    )
    for facts in ordered:
        first = facts[0]
        said = clean(_plain(first.statement), 300)
        yield Heading(upper_first(said), 3)
        yield Prose(f"{'; '.join(map(_product, facts))}.", after=3)
        source = clean(first.source, 80) + (f", {date_words(first.source_date)}" if first.source_date else "")
        where: list[str | Link] = [f"Source: {source}. "]
        if first.source_url is not None and first.source_url.startswith(("https://", "http://")):
            where.append(Link(clean(first.source_url, 200), first.source_url))
        yield Prose(where, "note")


def _product(fact: CouldReplace) -> str:
    """ "Bosch (Germany; owner change to Triton)": the maker, its products, where it is based, what else to know."""
    line = "" if fact.product_line == "network cameras" else f", {clean(fact.product_line, 80)}"
    note = clean(fact.note, 200).rstrip(".")
    if note[1:2].islower() or note[1:2] == " ":
        note = note[:1].lower() + note[1:]
    country = clean(fact.country, 60) if fact.country and fact.country != "Not stated" else ""
    more = "; ".join(filter(None, (country, note)))
    return f"{clean(fact.name, 60)}{line}{f' ({more})' if more else ''}"


def _plain(statement: str) -> str:
    """A statement without what it says of one maker's models only, so that equal ones stand together."""
    return _MODELS.sub("", statement).strip().rstrip(".")


def changes(brief: Brief) -> Iterator[Block]:
    """What changed since the newest version, and which versions there are; both are of the whole plan, and not in a part."""
    if brief.part:
        return
    plan = brief.plan
    if plan.version is not None and brief.issued is None:
        yield Heading(f"Changes since version {plan.version.number}", 2)
        if plan.changes:
            said = [brief.change(difference) for difference in plan.changes[:CHANGES_NAMED]]
            rest = len(plan.changes) - CHANGES_NAMED
            yield Bullets([*said, *([f"{count(rest, 'more change')}."] if rest > 0 else [])])
        else:
            yield Prose("Nothing in the plan has changed.")
    yield Heading("Versions", 2)
    made = [
        f"Version {one.number}, {long_date(brief.local(one.made_at).date().isoformat())}"
        f"{f', made by {brief.said(one.made_by, 60)}' if brief.internal and one.made_by else ''}"
        f": {pounds(one.total)} excluding VAT"
        f"{f'. {brief.said(one.note)}' if brief.internal and one.note else ''}"
        for one in brief.versions
        if brief.issued is None or one.number <= brief.issued.number
    ]
    if made:
        yield Bullets([f"{one.rstrip('.')}." for one in made])
    else:
        yield Bullets([f"{long_date(brief.as_at.date().isoformat())}: version 1, the first of this plan."])
    if brief.issued is not None:
        yield Prose("This is the plan as it was kept that day. The paper of that day says what was found, and how.", "note")


def unpriced_lines(brief: Brief) -> str:
    """ "2 lines of our own have no price: Cabling and Lift hire", "" where all have one."""
    bare = [brief.line_name(line) for line in brief.plan.lines if line.total is None]
    if not bare:
        return ""
    has = fitting(len(bare), "has", "have")
    return f"{count(len(bare), 'line of our own', 'lines of our own')} {has} no price: {joined(bare[:NAMES_NAMED])}"
