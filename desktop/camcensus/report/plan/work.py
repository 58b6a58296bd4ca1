"""What the work depends on, how the old equipment goes, what may turn out otherwise, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.blocks import Block, Bullets, Column, Fact, Heading, Prose, Row, Strong, TableBlock
from camcensus.model.ordering import natural
from camcensus.model.plan import NEED_WORDS, PlanItem
from camcensus.model.prose import lower_first, run_of_refs
from camcensus.model.words import UNKNOWN_MAKER, count
from camcensus.report.plan.after import changes, disposals, said_of_batches, to_settle, unpriced_lines
from camcensus.report.plan.brief import Brief, noun, unpriced_words
from camcensus.report.plan.front import URGENT_NAMED

FIRST_RISKS = 3
"""Page 2 has so many, however full it is; the appendices have the others."""


def work(brief: Brief, *, alone: bool) -> Iterator[Block]:
    """The pages for those who carry the plan out; `alone` without the decision paper, which has the first risks."""
    plan = brief.plan
    if plan.questions:
        yield Heading("What the work depends on", 2)
        yield TableBlock(
            [Column("Question", 1.2), Column("What we know", 2.1), Column("Who answers", 0.8)],
            [*_asked(brief)],
            spacing="close",
            row_heads=False,
        )
    yield from said_of_batches(brief)
    if len(brief.urgent) > URGENT_NAMED:
        yield Heading("Do now, whatever the year", 2)
        yield Bullets(list(brief.urgent))
    if risks := plan.risks if alone else plan.risks[FIRST_RISKS:]:
        yield Heading("Risks and assumptions" if alone else "More risks and assumptions", 2)
        yield Bullets(list(risks))
    if plan.unpriced or plan.unidentified or unpriced_lines(brief):
        yield from _left_out(brief)
    going = [item for item in plan.items if item.option != "separate"]
    if going:
        yield from _removing(brief, going)
        yield from disposals(brief)
    yield from changes(brief)


def _asked(brief: Brief) -> Iterator[Row]:
    """Each question with what is known, the batches whose needs it settles, and who answers; last what nobody is asked."""
    needs = to_settle(brief)
    for question in brief.plan.questions:
        ask = Fact(question.ask, "strong", "box")
        yield Row([ask, " ".join([question.known, *needs.pop(question.kind, [])]), Fact(question.who, "second")])
    for kind, states in needs.items():
        yield Row([Fact(NEED_WORDS[kind], "strong", "box"), " ".join(states), ""])


def _removing(brief: Brief, going: list[PlanItem]) -> Iterator[Block]:
    recorders = [item.ref for item in going if item.kind == "recorder"]
    cameras = sum(item.quantity for item in going if item.kind == "camera")
    states = {asset.id: verdict.description.cloud_state for asset, verdict in brief.known()}
    cloud = [item.ref for item in going if states.get(item.asset) in ("on", "able")]
    lines = [("Footage still under request (FOI, subject access or police) is copied and kept", "Request numbers")]
    if recorders:
        lines.append(
            (f"Drives in {run_of_refs(recorders)} listed, then wiped or destroyed", "Serial and certificate numbers, date")
        )
    if cameras:
        lines.append((f"Memory cards taken out of {noun('camera', cameras)} and destroyed", "Certificate number, date"))
    lines.append(("Waste carrier’s licence seen, WEEE transfer note kept", "Note number"))
    which = f" (a cloud link was seen on {run_of_refs(cloud)})" if cloud else ""
    lines.append((f"Cloud accounts closed, apps removed from staff phones{which}", "Checked by"))
    lines.append(("Port-forwarding rules for the old equipment removed", "Checked by"))
    lines.append(("Signs, asset register and DPIA brought up to date", "Date"))
    yield Heading("Removing the old equipment", 2)
    yield Prose(
        "Tick each line and write the number, name or date beside it. Keep this page with the asset register.",
        keeps_next=True,
    )
    yield TableBlock(
        [Column("Tick when done", 1.6), Column("Write here", 1)],
        [Row([Fact(line, mark="box"), Fact(prompt, "second")]) for line, prompt in lines],
        to_write=20,
        spacing="close",
        row_heads=False,
    )


def _left_out(brief: Brief) -> Iterator[Block]:
    plan = brief.plan
    unpriced, unknown = {item.asset for item in plan.unpriced}, {item.asset for item in plan.unidentified}
    if not any(batch.total is not None for batch in plan.acting):
        unpriced = set()  # nothing is priced: one sentence says so, the items are all above
    named = (
        *(item for item in plan.unpriced if item.asset in unpriced),
        *(item for item in plan.unidentified if item.asset not in unpriced),
    )
    yield Heading("Unpriced and unidentified items", 2)
    said = f"{'; '.join(_numbers(brief))}. Unpriced items are left out of every total."
    yield Prose(said, keeps_next=bool(named))
    if not named:
        return
    by_reason: dict[str, list[str]] = {}
    for item in named:
        by_reason.setdefault(" ".join(_why(item, unpriced, unknown)), []).append(item.ref)
    yield Bullets(
        [[Strong(run_of_refs(sorted(refs, key=natural))), f": {lower_first(why)}"] for why, refs in by_reason.items()]
    )


def _why(item: PlanItem, unpriced: set[str], unknown: set[str]) -> Iterator[str]:
    if item.asset in unpriced:
        yield "No price was given. Left out of the totals."
    if item.asset in unknown:
        yield _unknown(item)


def _numbers(brief: Brief) -> Iterator[str]:
    plan = brief.plan
    if plan.unpriced:
        yield unpriced_words(plan.unpriced)
    if plan.unidentified:
        yield f"{count(len(plan.unidentified), 'item is', 'items are')} not identified"
    if lines := unpriced_lines(brief):
        yield lines


def _unknown(item: PlanItem) -> str:
    if item.grade == "conflicting":
        return "Signs of different makers disagree. The label on it may settle it."
    if item.grade == "possible":
        return "The signs are too weak to name a maker. The label usually says."
    return UNKNOWN_MAKER
