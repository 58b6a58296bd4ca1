"""A scope of a plan: batches with those of their rows that are in it, at the prices of the whole plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from camcensus.model import frozen
from camcensus.model.plan import NOT_DATED, Batch, OwnLine
from camcensus.model.words import count, fitting, pounds
from camcensus.planning.batches import Basis, BatchDraft, batch_of
from camcensus.planning.costs import batch_total


@frozen
class PlanScope:
    """What is asked for: the ids of entries, and the year whose own lines are in it; None where no own line is."""

    entries: Collection[str]
    year: str | None = None

    def lines(self, lines: Sequence[OwnLine]) -> tuple[OwnLine, ...]:
        """The own lines that are in it. One without a year of the part belongs to no entry, so to no part by place."""
        return tuple(line for line in lines if self.year is not None and (line.year or NOT_DATED) == self.year)


def scoped(made: Sequence[tuple[Batch, BatchDraft]], scope: PlanScope, basis: Basis) -> list[tuple[Batch, BatchDraft]]:
    """The batches of the whole plan, in their order, as far as they are in the scope.

    A batch that is parted counts its rows as the whole does, the first ones up to its quantity. Its other cost and what is
    bought beyond its rows belong to no row, so they are left out, and its note says so.
    """
    found = []
    for batch, group in made:
        drafts = tuple(draft for draft in group.drafts if draft.asset.id in scope.entries)
        if not drafts:
            continue
        if len(drafts) == len(group.drafts):
            found.append((batch, group))
            continue
        smaller = replace(group, drafts=drafts)
        bought = sum(draft.asset.id in scope.entries for draft in group.drafts[: batch.quantity])
        drawn = batch_of(smaller, basis, {group.path: batch.name})
        drawn = replace(
            drawn,
            option=batch.option,
            priority=batch.priority,
            year=batch.year,
            reason=batch.reason,
            quantity=bought,
            other=None,
            needs=batch.needs,
            total=None if batch.total is None else batch_total(batch.option, bought, batch.unit, batch.fitting, None),
            notes=tuple(_notes(batch, len(group.drafts) - len(drafts))),
        )
        found.append((drawn, smaller))
    return found


def _notes(batch: Batch, elsewhere: int) -> Iterator[str]:
    yield f"{count(elsewhere, 'entry', 'entries')} of this batch {fitting(elsewhere)} outside this part, with their cost."
    if batch.other:
        yield f"The batch’s other cost of {pounds(batch.other)} is not divided, so it is in no part by place or entry."
    more = batch.quantity - len(batch.assets)
    if more > 0:
        yield f"{count(more, 'item')} more than there are now {fitting(more)} bought for the whole batch, not counted here."
