from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from camcensus.model.asset import Place
from camcensus.model.places import paths_of
from camcensus.store.edits import placing
from camcensus.ui.asset.model import MORE, Wanted
from camcensus.ui.asset.place_model import NOWHERE
from camcensus.ui.cameras.views import MOST_VIEWS, View, read, view_of, written
from camcensus.ui.kit.menus import Menu
from camcensus.ui.preferences import Preferences
from camcensus.ui.window import MainWindow

PLACES = (
    Place(id="s", kind="site", name="Elm Park", parent=None),
    Place(id="b", kind="building", name="Hall › Annexe", parent="s"),
    Place(id="r", kind="room", name="Room 6", parent="b"),
)


def drawn(dice: random.Random, name: str) -> View:
    text = dice.choice
    return View(
        name,
        text(["", "hall", "“Straße” & co", "\u202e"]),
        text([(), ("Elm Park",), ("Elm Park", "Hall › Annexe", "Room 6"), ("Gone",)]),
        text(["", "Dahua"]),
        text(["", "Keep"]),
        text(["", "listed"]),
        tuple(sorted(dice.sample(sorted(MORE), dice.randrange(3)))),
        text(["", "tag+with+plus"]),
        text([(), ("ref", "maker")]),
        text(["", "maker"]),
        dice.random() < 0.5,
    )


def test_every_view_is_read_as_it_was_written() -> None:
    seed = random.randrange(10**6)
    for number in (*range(40), seed):
        dice = random.Random(number)
        views = tuple(drawn(dice, f"View {at}") for at in range(dice.randrange(6)))
        assert read(written(views)) == views, number


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "null", "3", '"x"', "[3]", "[[]]", "[null]", '[{"words": "x"}]', '[{"name": ""}]', '[{"name": 7}]', "[" * 5000,
        '{"name": "x"}',
    ],
)  # fmt: skip
def test_what_is_no_view_is_left_out(text: str) -> None:
    assert read(text) == ()


def test_a_value_of_another_kind_is_as_if_it_were_not_there() -> None:
    wrong = {"name": "x", "words": 3, "place": "Elm Park", "more": [1], "columns": None, "down": "yes", "unknown": 1}
    assert read(json.dumps([wrong])) == (View("x"),)
    assert len(read(json.dumps([{"name": str(at)} for at in range(500)]))) == MOST_VIEWS


def test_a_place_is_found_by_its_names_and_left_out_where_it_is_not() -> None:
    wanted = Wanted(words="x", place="r", more=frozenset(["removed"]))
    view = view_of("v", wanted, PLACES, ("ref",), "maker", down=True)
    assert view.place == ("Elm Park", "Hall › Annexe", "Room 6")
    elsewhere = tuple(replace(one, id=f"other-{one.id}", parent=one.parent and f"other-{one.parent}") for one in PLACES)
    assert view.wanted(elsewhere) == Wanted(words="x", place="other-r", more=frozenset(["removed"]))
    assert view.wanted(PLACES[:1]).place == ""
    nowhere = view_of("v", Wanted(place=NOWHERE.id), PLACES, (), "", down=False)
    assert nowhere.wanted(()).place == nowhere.wanted(PLACES).place == NOWHERE.id
    assert paths_of(PLACES)["b"] == ("Elm Park", "Hall › Annexe")


def test_a_view_brings_back_search_filters_columns_and_order(window: MainWindow) -> None:
    page = window.cameras
    place = window.session.do(placing.add_place("site", "Elm Park", None)).made  # type: ignore[union-attr]
    one = window.session.rows()[0].asset.id
    window.session.do(placing.set_place([one], place))
    window.show_page("cameras")
    page.place.choose(place)
    page.filters._switch("off-plan", on=True)
    page.search.setText("cam")
    page.columns.show(("ref", "model"))
    page.table.sort_by(2, Qt.SortOrder.DescendingOrder)
    seen, columns = page.model.rowCount(), page.columns.names
    assert seen == 1
    menu = Menu(parent=page)
    page.views.fill(menu)
    next(one for one in menu.actions()[0].menu().actions() if one.text() == "Save this view").trigger()  # type: ignore[union-attr]
    (saved,) = page.views.views
    assert saved.name.startswith("‘cam’, Elm Park, ")
    page.filters.clear()
    page.columns.show(("ref", "maker"))
    page.table.sort_by(0, Qt.SortOrder.AscendingOrder)
    assert page.model.rowCount() > seen
    (view,) = page.views.views
    page._show_view(view)
    assert (page.model.rowCount(), page.columns.names) == (seen, columns)
    assert page.table.order == (2, Qt.SortOrder.DescendingOrder)
    again = Preferences(window.preferences.path)
    window.preferences._settings.sync()
    assert read(again.views) == (view,)
    page.views.save(saved.name.upper())
    assert [one.name for one in page.views.views] == [saved.name.upper()]
    page.views.forget(saved.name.upper())
    assert page.views.views == ()
