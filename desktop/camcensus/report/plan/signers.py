"""What the decision paper is signed for: what the last signature approves, and what each signature means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from camcensus.model.blocks import Piece, Strong
from camcensus.model.words import count, fitting, joined, pounds
from camcensus.planning.spending import paid_years, undated_pence
from camcensus.report.plan.brief import Brief, counted

Approval = Literal["whole", "short", "least"]
"""How much is said of what is signed: all of it; no years, what it leaves out in few words; and the option in one."""
_IN_SHORT = {"phased": "“phased”, ", "at-once": "“all at once”, "}


def approval(brief: Brief, signed: Approval = "whole") -> list[Piece]:
    """What a signature approves: which option, how much, in which years; and what it does not."""
    plan, amount = brief.plan, brief.plan.total
    beside = [*_beside(brief)]
    rest = f". Not part of it: {', and '.join(long for long, _ in beside)}." if beside else "."
    if not amount.total:
        if plan.items or plan.lines:
            return [f"The last signature approves the work of this plan in principle, and no amount{rest}"]
        if plan.kept:
            return [f"The last signature approves keeping {joined(counted(plan.kept))}, no work and no amount{rest}"]
        waits = f": {joined(counted(plan.undecided))} {_wait(brief)}" if plan.undecided else ""
        return [f"No replacement is to be approved yet{waits}. The last signature says that this paper was read."]
    short = f"{' and '.join(words for _, words in beside)}."
    taxed: list[Piece] = [", ", Strong(pounds(amount.with_vat)), " including VAT"] if amount.with_vat is not None else []
    how_much: list[Piece] = [Strong(pounds(amount.total)), " excluding VAT", *taxed]
    planned = next((way for way in plan.alternatives if way.planned), None)
    if signed == "least":
        way = _IN_SHORT.get(planned.way, "") if planned else ""
        return [f"The last signature approves {way}", *how_much, f", without {short}" if beside else "."]
    way = f"“{planned.title}”" if planned else "this plan"
    if signed == "short":
        rest = f". Not part of it: {short}" if beside else "."
    return [f"The last signature approves {way}: ", *how_much, _when(brief) if signed == "whole" else "", rest]


def _beside(brief: Brief) -> Iterator[tuple[str, str]]:
    """What is in the plan and not approved, each in full and in few words."""
    plan = brief.plan
    lines = sum(line.total is None for line in plan.lines)
    if plan.total.total and (plan.unpriced or lines):
        lacking = [*counted(plan.unpriced), *([count(lines, "line of other work", "lines of other work")] if lines else [])]
        price = fitting(len(plan.unpriced) + lines, "price is", "prices are")
        yield f"{joined(lacking)} whose {price} not known yet", "prices still to come"
    if plan.undecided:
        yield f"{joined(counted(plan.undecided))} that {_wait(brief)}", "what waits for a decision"


def _wait(brief: Brief) -> str:
    return f"{fitting(len(brief.plan.undecided), 'waits', 'wait')} for a decision"


def _when(brief: Brief) -> str:
    """ ", in 2026-27 and 2027-28", and what of the amount has no year."""
    years, undated = paid_years(brief.plan), undated_pence(brief.plan)
    if not years:
        return ", with no year yet"
    taxed = "before VAT, " if brief.plan.total.with_vat is not None else ""
    none = f"; {taxed}{pounds(undated)} has no year yet" if undated else ""
    return f", in {joined(years)}{none}"


def signed_for(brief: Brief) -> dict[str, str]:
    """Each role that signs, with what its signature means: what the paper holds. Who has nothing there signs nothing."""
    first, *others, last = brief.body.kind.plan_signers
    means = {first: "this is what the record says"}
    means |= {role: said for role in others if (said := _MEANS.get(role, _of_the_budget)(brief))}
    plan = brief.plan
    approves = plan.items or plan.lines or plan.kept
    return means | {last: "the plan is approved" if approves else "this paper was read"}


def _of_the_work(brief: Brief) -> str:
    """What Estates do: all but what IT isolates."""
    work = [*(item.year for item in brief.plan.items if item.option != "separate"), *(line.year for line in brief.plan.lines)]
    return f"the work can be done{' in time' if any(work) else ''}" if work else ""


def _of_it(brief: Brief) -> str:
    """What IT has to do: what cannot wait, then what is isolated; else what is asked of IT, which is open."""
    isolated = sum(item.option == "separate" for item in brief.plan.items)
    if brief.urgent:
        return "“Do now” and isolation start" if isolated else "“Do now” is in hand"
    return f"{count(isolated, 'item')} can be isolated" if isolated else _read(brief, "IT", "IT’s")


def _of_data_protection(brief: Brief) -> str:
    return _read(brief, "Data protection officer", "their")


def _read(brief: Brief, role: str, theirs: str) -> str:
    """That the questions which wait for an answer of this role were read; "" where there is none."""
    asked = sum(question.who.partition(",")[0] == role for question in brief.plan.questions)
    return f"{theirs} {'question was' if asked == 1 else f'{asked:,} questions were'} read" if asked else ""


def _of_the_budget(brief: Brief) -> str:
    if brief.plan.total.total:
        return "the budget has this money"
    return "this plan names no amount" if brief.plan.items or brief.plan.lines else ""


_MEANS = {"Estates": _of_the_work, "IT": _of_it, "Data protection officer": _of_data_protection}
