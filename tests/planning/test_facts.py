"""What a plan is read from is worked out once, however many rows ask for it."""

from __future__ import annotations

from datetime import date

from camcensus.model.plan import Costs
from camcensus.planning.counts import other_names
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


def test_what_of_a_maker_has_another_name_on_it_is_said_in_one_clause() -> None:
    made_as = [("Hikvision", "EZVIZ")] * 4 + [("Hikvision", "HiLook")] * 2 + [("Hikvision", "HIKVISION"), ("Hikvision", None)]
    assert other_names(made_as) == "4 EZVIZ and 2 HiLook, made by Hikvision"
    assert other_names([*made_as, ("Dahua", "Imou")]).endswith("made by Hikvision, and 1 Imou, made by Dahua")
    assert other_names([("Panasonic / i-PRO", "i-PRO"), (None, "Any")]) == ""
