"""The cards of the plan: each title once, however alike the batches are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from camcensus.model.plan import Plan
from camcensus.planning.plan import make_plan
from camcensus.ui.plan.batch_model import BatchCard
from camcensus.ui.plan.cards import years_shown
from random_plans import random_plan
from report.sample import COSTS, TODAY, school_rows


def cards(plan: Plan) -> list[BatchCard]:
    ids = {batch.id for batch in plan.batches}
    return [card for column in years_shown(plan, left_out=True) for card in column.cards if card.id in ids]


def test_cards_of_batches_without_a_place_say_in_their_title_what_tells_them_apart() -> None:
    rows = [replace(row, asset=replace(row.asset, place_path=())) for row in school_rows()]
    titles = [card.name for card in cards(make_plan(rows, COSTS, today=TODAY, year_starts=4))]
    assert len(titles) > 4
    assert len(set(titles)) == len(titles)
    assert all(title.startswith("No location yet: ") for title in titles)


@pytest.mark.parametrize("seed", range(0, 120, 6))
def test_every_card_has_the_name_of_its_batch(seed: int) -> None:
    plan = random_plan(seed)[0]
    assert sorted(card.name for card in cards(plan)) == sorted(batch.name for batch in plan.batches)


def test_a_place_with_a_colon_in_its_name_keeps_all_of_it() -> None:
    rows = [replace(row, asset=replace(row.asset, place_path=("Elm Park", "Block A: offices"))) for row in school_rows()[:1]]
    assert [card.name for card in cards(make_plan(rows, COSTS, today=TODAY, year_starts=4))] == ["Block A: offices"]
