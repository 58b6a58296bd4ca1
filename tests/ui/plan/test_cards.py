"""What a card of the plan is called."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from camcensus.model.plan import Plan
from camcensus.planning.names import names_of, told_apart
from camcensus.ui.kit import theme
from camcensus.ui.plan.cards import years_shown
from random_plans import random_plan

SEEDS = range(9_100, 9_400)
NARROW = 164
"""The room of a card's lines in pixels, where a column is narrowest."""


def nowhere(plan: Plan) -> Plan:
    """The plan as it is before anybody wrote down where its cameras are."""
    batches = tuple(
        replace(batch, name=batch.name if "name" in batch.typed else "No location yet", place_path=()) for batch in plan.batches
    )
    return replace(plan, batches=told_apart(batches))


def shown(words: str) -> str:
    return QFontMetricsF(theme.font("strong")).elidedText(words, Qt.TextElideMode.ElideRight, NARROW)


def test_cards_without_a_location_have_names_of_their_own_where_a_column_is_narrowest(app: QApplication) -> None:
    del app
    alike = 0
    for seed in SEEDS:
        plan = nowhere(random_plan(seed)[0])
        proposed = {batch.id for batch in plan.batches if "name" not in batch.typed and batch.assets}
        for column in years_shown(plan, left_out=True):
            names = [shown(card.name) for card in column.cards if card.id in proposed]
            assert len(set(names)) == len(names), f"plan {seed}: {names}"
            alike += len(names) > 1
    assert alike > 100


@pytest.mark.parametrize(
    ("apart", "path", "name", "where"),
    [
        ("listed, replace", (), "Replace, listed", "3 cameras · No location yet"),
        ("recorders, listed, keep and isolate", (), "Isolate recorders, listed", "3 cameras · No location yet"),
        ("based in China (our reading), replace", (), "Replace, China (our reading)", "3 cameras · No location yet"),
        ("listed", (), "Listed", "3 cameras · No location yet · Replace"),
        ("listed, replace", ("Site", "Hall"), "Hall", "Replace, listed · 3 cameras"),
        ("", (), "No location yet", "3 cameras · Replace"),
    ],
)
def test_a_card_leads_with_what_tells_it_from_others(apart: str, path: tuple[str, ...], name: str, where: str) -> None:
    batch = next(one for seed in SEEDS for one in random_plan(seed)[0].batches if one.option == "replace" and not one.typed)
    place = path[-1] if path else "No location yet"
    batch = replace(
        batch, name=f"{place}: {apart}" if apart else place, place_path=path, assets=("1", "2", "3"), kind="camera",
        sensitive=False, core=False, option="separate" if "isolate" in apart else "replace", year="2026-27", out=False,
    )  # fmt: skip
    plan = replace(random_plan(SEEDS[0])[0], batches=(batch,), lines=())
    card = next(card for column in years_shown(plan, left_out=True) for card in column.cards)
    assert (card.name, card.where) == (name, where)


@pytest.mark.parametrize(
    "above", [("Music block", "Sports hall"), ("Ground", "First"), ("Hill site, in Long Lane", "Park site")]
)
def test_cards_of_places_of_one_name_say_first_where_each_is(app: QApplication, above: tuple[str, str]) -> None:
    """Also where a long name and its sum leave no room for more in the first line."""
    del app
    found = next(one for seed in SEEDS for one in random_plan(seed)[0].batches if not one.typed and one.option == "replace")
    room = "Office of the school business manager"
    paths = [("Elm Park", "Main", one, room) for one in above]
    batches = told_apart([replace(found, id=path[2], name=names_of(paths)[path], place_path=path) for path in paths])
    plan = replace(random_plan(SEEDS[0])[0], batches=batches, lines=())
    cards = [card for column in years_shown(plan, left_out=True) for card in column.cards]
    assert [batch.name for batch in batches] == [f"{room}, {one}" for one in above]
    assert [card.name for card in cards] == [room] * 2
    assert [card.where.startswith(one) for card, one in zip(cards, above, strict=True)] == [True] * 2


def test_what_few_of_a_column_have_is_said_first_as_one_reads_it() -> None:
    found = next(one for seed in SEEDS for one in random_plan(seed)[0].batches if not one.typed and one.option == "replace")
    one = replace(found, name="No location yet", place_path=(), kind="camera", listed=1, based=0, sensitive=False, core=False)
    others = (replace(one, id="other", kind="recorder"), replace(one, id="third", listed=0))
    plan = replace(random_plan(SEEDS[0])[0], batches=told_apart((one, *others)), lines=())
    cards = [card for column in years_shown(plan, left_out=True) for card in column.cards]
    assert [card.name for card in cards] == ["Listed cameras", "Recorders", "Not listed cameras"]
