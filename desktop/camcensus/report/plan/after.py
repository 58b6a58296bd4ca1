"""What batches still need, how old equipment went, and what changed since a version."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from camcensus.model.blocks import Block, Bullets, Cell, Column, Fact, Heading, Prose, Row, TableBlock
from camcensus.model.plan import NEED_STATE_WORDS, NEED_WORDS, NOT_DATED, OPTION_WORDS, STATUS_WORDS, Batch, NeedKind
from camcensus.model.words import count, date_words, fitting, joined, local_time, long_date, pounds, run_of_refs
from camcensus.report.plan.brief import Brief

CHANGES_NAMED = 60
"""Changes printed one by one; the rest are counted."""
NAMES_NAMED = 3
REFS_CHARACTERS = 60


def to_settle(brief: Brief, asked: Collection[NeedKind]) -> dict[NeedKind, list[str]]:
    """What batches need: of each kind for which batches, whether it is settled, and what was found out.

    Nothing of an `asked` kind of which nobody has settled or noted anything: its question is open for all of them.
    """
    found: dict[NeedKind, dict[tuple[str, str | None, str], list[str]]] = {}
    for batch in brief.plan.acting:
        for need in batch.needs:
            state = (need.state, need.ref, need.note if brief.internal else "")
            found.setdefault(need.kind, {}).setdefault(state, []).append(brief.batch_name(batch))
    return {
        kind: [_need(brief, state, names) for state, names in found[kind].items()]
        for kind in NEED_WORDS
        if kind in found and (kind not in asked or any(state != "open" or note for state, _, note in found[kind]))
    }


def _need(brief: Brief, state: tuple[str, str | None, str], names: list[str]) -> str:
    """ "To do: Hall and Library (REC-001). Asked on Monday.", "To do for 9 batches."."""
    which, ref, note = state
    names = list(dict.fromkeys(names))
    where = f" for {len(names):,} batches" if len(names) > NAMES_NAMED else f": {joined(names)}"
    said = f"{NEED_STATE_WORDS[which]}{where}"  # type: ignore[index]
    said += f" ({brief.said(ref, 80)})" if ref and brief.audience != "public" else ""
    return f"{said}. {brief.said(note)}" if note else f"{said}."


def said_of_batches(brief: Brief) -> Iterator[Block]:
    """Batches that have a day, a state or a note."""
    told = [
        batch
        for batch in brief.plan.acting
        if batch.target_date or batch.status != "planned" or (batch.notes and brief.internal)
    ]
    if not told:
        return
    yield Heading("Batch by batch", 3)
    yield TableBlock(
        [Column("Batch", 1), Column("Work", 0.9), Column("Progress", 1.9)],
        [
            Row(
                [
                    [Fact(brief.batch_name(batch), "strong"), Fact(_refs(batch), "second")],
                    f"{OPTION_WORDS[batch.option or 'keep']}, {batch.year or NOT_DATED}",
                    _progress(brief, batch),
                ]
            )
            for batch in told
        ],
        spacing="close",
    )


def _refs(batch: Batch) -> str:
    refs = run_of_refs(batch.refs)
    return refs if len(refs) <= REFS_CHARACTERS else count(len(batch.refs), "item")


def _progress(brief: Brief, batch: Batch) -> Cell:
    facts = [Fact(f"By {date_words(batch.target_date)}")] if batch.target_date else []
    facts += [Fact(STATUS_WORDS[batch.status])] if batch.status != "planned" else []
    return facts + ([Fact(brief.said(note)) for note in batch.notes] if brief.internal else [])


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


def changes(brief: Brief) -> Iterator[Block]:
    """What changed since the newest version, and which versions there are; both are of the whole plan, and not in a part."""
    if brief.scope:
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
    made = [
        f"Version {one.number}, {long_date(local_time(one.made_at, brief.as_at))}"
        f"{f', made by {brief.said(one.made_by, 60)}' if brief.internal and one.made_by else ''}"
        f": {pounds(one.total)} excluding VAT"
        f"{f'. {brief.said(one.note)}' if brief.internal and one.note else ''}"
        for one in brief.versions
        if brief.issued is None or one.number <= brief.issued.number
    ]
    if not made:
        return  # the first draft: its title says so
    yield Heading("Versions", 2)
    yield Bullets([f"{one.rstrip('.')}." for one in made])
    if brief.issued is not None:
        yield Prose("This is the plan as it was that day. The paper of that day says what was found, and how.", "note")


def unpriced_lines(brief: Brief) -> str:
    """ "2 lines of our own have no price: Cabling and Lift hire", "" where all have one."""
    bare = [brief.line_name(line) for line in brief.plan.lines if line.total is None]
    if not bare:
        return ""
    has = fitting(len(bare), "has", "have")
    return f"{count(len(bare), 'line of our own', 'lines of our own')} {has} no price: {joined(bare[:NAMES_NAMED])}"
