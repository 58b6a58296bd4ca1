"""What the work depends on, how the old equipment goes, what may turn out otherwise, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model.blocks import Block, Bullets, Column, Fact, Heading, OnePage, Prose, Row, TableBlock
from camcensus.model.plan import NEED_WORDS, PlanItem
from camcensus.model.words import run_of_refs
from camcensus.report.plan.after import changes, disposals, said_of_batches, to_settle
from camcensus.report.plan.brief import DEPENDS_ON, Brief, noun
from camcensus.report.plan.now import DO_NOW
from camcensus.report.plan.reasons import other_risks
from camcensus.report.plan.room import ROOMS


def work(brief: Brief, signed: Sequence[OnePage]) -> Iterator[Block]:
    """The pages for those who carry the plan out, behind the two `signed` pages of the decision paper or without that paper."""
    if brief.questions:
        yield Heading(DEPENDS_ON, 2)
        yield TableBlock(
            [Column("Question", 1.25), Column("What we know", 1.95), Column("Who answers", 0.8)],
            [*_asked(brief)],
            spacing="close",
            row_heads=False,
        )
    yield from said_of_batches(brief)
    if signed:
        first, second = signed
        yield OnePage([_all_urgent(brief, room.urgent_named) for room in ROOMS], follows=first)
        yield other_risks(brief, second)
    else:
        yield from _all_urgent(brief, 0)
        if brief.risks:
            yield Heading("Risks and assumptions", 2)
            yield Bullets(brief.risks)
    yield from changes(brief)


def _all_urgent(brief: Brief, named: int) -> list[Block]:
    """All that cannot wait, where so many sentences of it are not all."""
    return [Heading(DO_NOW, 2), Bullets(list(brief.urgent))] if len(brief.urgent) > named else []


def removing(brief: Brief) -> Iterator[Block]:
    """A page for our own staff to tick and to keep, of how the old equipment goes."""
    if brief.internal and (going := [item for item in brief.plan.items if item.option != "separate"]):
        yield from _removing(brief, going)
        yield from disposals(brief)


def _asked(brief: Brief) -> Iterator[Row]:
    """Each question with what is known, the batches whose needs it settles, and who answers; last what nobody is asked."""
    needs = to_settle(brief, {question.kind for question in brief.questions})
    for question in brief.questions:
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
        to_write=16,
        spacing="close",
        row_heads=False,
    )
