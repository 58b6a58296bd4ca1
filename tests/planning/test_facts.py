"""What a plan is read from is worked out once, however many rows ask for it."""

from __future__ import annotations

from datetime import date

from camcensus.model.plan import Costs
from camcensus.planning.facts import Facts
from camcensus.planning.rows import PlannedRow


class Counting(dict[str, PlannedRow]):
    """Rows that say how often all of them were gone through."""

    rounds = 0

    def items(self):  # type: ignore[no-untyped-def]
        self.rounds += 1
        return super().items()


def test_what_each_records_on_is_gone_through_once() -> None:
    rows = Counting()
    facts = Facts(
        rows=rows, items=(), kept=(), undecided=(), batches=(), lines=(), costs=Costs(), today=date(2026, 12, 2),
        this_year="2026-27", whole_work=(), whole_kept=(), whole_rest=(),
    )  # fmt: skip
    assert [facts.connected for _ in range(3_000)][-1] == {}
    assert rows.rounds == 1
