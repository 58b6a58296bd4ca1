"""What the work depends on, how the old equipment goes, what may turn out otherwise, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.blocks import Block, Bullets, Column, Fact, Heading, Prose, Row, TableBlock
from camcensus.model.ordering import natural
from camcensus.model.plan import PlanItem
from camcensus.model.words import UNKNOWN_MAKER, count
from camcensus.report.plan.after import batch_needs, changes, disposals, unpriced_lines
from camcensus.report.plan.brief import Brief, noun, run_of_refs, unpriced_words
from camcensus.report.plan.front import URGENT_NAMED

FEWEST_RISKS = 3
"""Page 2 has at least so many."""


def work(brief: Brief) -> Iterator[Block]:
    """The pages for those who carry the plan out."""
    plan = brief.plan
    if plan.questions:
        yield Heading("What the work depends on", 2)
        yield TableBlock(
            [Column("Question", 1.3), Column("What we know", 2)],
            [
                Row([[Fact(question.ask, "strong"), Fact(question.who, "second")], question.known])
                for question in plan.questions
            ],
            spacing="close",
        )
        yield from batch_needs(brief)
    going = [item for item in plan.items if item.option != "separate"]
    if going:
        yield from _removing(brief, going)
        yield from disposals(brief)
    if len(brief.urgent) > URGENT_NAMED:
        yield Heading("Do now, whatever the year", 2)
        yield Bullets(list(brief.urgent))
    if len(plan.risks) > FEWEST_RISKS:
        yield Heading("All risks and assumptions", 2)
        yield Bullets(list(plan.risks))
    if plan.unpriced or plan.unidentified or unpriced_lines(brief):
        yield from _left_out(brief)
    yield from changes(brief)


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
        to_write=22,
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
    yield TableBlock(
        [Column("Ref", 1), Column("Why it is here", 2)],
        [Row([run_of_refs(sorted(refs, key=natural)), why]) for why, refs in by_reason.items()],
        spacing="close",
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
