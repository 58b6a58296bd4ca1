"""The replacement plan as a person works on it: keys, mouse and fields of the real page on a real record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

import samples
from camcensus.model.asset import Asset, Decision
from camcensus.model.plan import Batch, Costs, OwnLine, Plan
from camcensus.model.plan_edits import PlanEdits
from camcensus.planning.plan import make_plan
from camcensus.store.edits import batches, placing, settings, tagging
from camcensus.store.edits import plan as plan_edits
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.controls import Combo
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.theme import THEME
from camcensus.ui.kit.widgets import Text
from camcensus.ui.plan import planning
from camcensus.ui.plan.batch_details import BatchDetails
from camcensus.ui.plan.cards import KEPT, OUT, UNDATED, UNDECIDED
from camcensus.ui.plan.page import EMPTY, NOTHING, PLAN, PlanPage
from camcensus.ui.plan.shown import ask
from camcensus.ui.window import MainWindow
from plan_row import PlanRow
from ui_rows import HOSTILE, settle

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTRANCE, HALL, OFFICE = "Entrance", "Hall", "Office"
THIS_YEAR, NEXT_YEAR, LATER = "2026-27", "2027-28", "2028-29"


@pytest.fixture(autouse=True)
def usual_size_afterwards() -> Iterator[None]:
    yield
    THEME.percent = 100


@pytest.fixture
def page(window: MainWindow, app: QApplication) -> PlanPage:
    """Two cameras at the entrance and a recorder this year, two cameras in the hall next year, one that nobody decided."""
    session = window.session
    site = session.do(placing.add_place("site", "Elm Park", None)).made
    hall, office = (session.do(placing.add_place("room", name, site)).made for name in (HALL, OFFICE))
    entrance = session.do(placing.add_place("room", ENTRANCE, site, sensitive=True)).made
    by_address = {row.addresses[0]: row.asset.id for row in session.rows()}
    first, second = [by_address[f"10.0.0.{n}"] for n in (31, 32)], [by_address[f"10.0.0.{n}"] for n in (33, 34)]
    recorder = by_address["10.0.0.35"]
    session.do(placing.set_place(first, entrance))
    session.do(placing.set_place(second, hall))
    session.do(placing.set_place([recorder], office))
    session.do(settings.set_costs(Costs(180_00, 120_00, 1050_00, 400_00)))
    session.do(tagging.decide([*first, recorder], "replace", why="governors", year=THIS_YEAR), by="S. Ellis")
    session.do(tagging.decide(second, "replace", why="governors", year=NEXT_YEAR), by="S. Ellis")
    window.activateWindow()
    window.show_page("plan")
    settle(app)
    window.plan.board.choose(window.plan.board.columns[1].model.rows[0].id)
    window.plan.open_batch()
    return window.plan


def plan_of(page: PlanPage) -> Plan:
    assert page.actions_.plan is not None
    return page.actions_.plan


def batch(page: PlanPage, name: str) -> Batch:
    return next(one for one in plan_of(page).batches if one.name == name)


def board(page: PlanPage) -> dict[str, list[str]]:
    """What stands in each column, by name."""
    return {column.year: [card.name for card in column.model.rows] for column in page.board.columns}


def pick(page: PlanPage, name: str) -> Batch:
    found = batch(page, name)
    assert page.board.choose(found.id)
    page.open_batch()
    settle(QApplication.instance())
    return found


def sums(page: PlanPage) -> dict[str, int]:
    return {year.year: year.total for year in plan_of(page).years}


def type_in(qtbot: QtBot, field: QLineEdit, words: str) -> None:
    """As at a keyboard: into the field, over what is there, and on with Enter."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(QApplication.instance())


def choose(combo: Combo, data: object) -> None:
    """Picks from the list that is opened."""
    assert combo.findData(data) >= 0, (data, [combo.itemData(at) for at in range(combo.count())])
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())
    settle(QApplication.instance())


def dialog_of(window: MainWindow, kind: type[Any]) -> Any:
    settle(QApplication.instance())
    return next(one for one in window.findChildren(kind) if one.isVisible())


def strip(window: MainWindow) -> str:
    return window.strip._words.text()


# What is shown


def test_each_year_is_a_column_of_cards_with_its_sum(page: PlanPage) -> None:
    assert board(page)[THIS_YEAR] == [ENTRANCE, OFFICE]
    assert board(page)[NEXT_YEAR] == [HALL]
    assert set(board(page)) == {THIS_YEAR, NEXT_YEAR, UNDATED, UNDECIDED}
    card = page.board.columns[1].model.rows[0]
    assert (card.name, card.amount, card.where, card.priority) == (
        ENTRANCE,
        "£600",
        "2 cameras · sensitive place",
        "Priority 1",
    )
    assert page.ask.text().startswith(
        "We are asking for £2,920 (excluding VAT) over 2 years to replace 4 of 5 cameras and 1 of"
    )
    assert page.board.columns[1].list.accessibleName() == "2026-27, £2,260, Replace 2 cameras, 1 recorder."


def test_the_table_under_the_years_adds_up(page: PlanPage) -> None:
    lines = [[cell.fact for cell in line.cells] for line in page.table.ledger.lines]
    assert lines == [
        ["2026-27", "2", "1", "£1,410", "£640", "£210", "£2,260"],
        ["2027-28", "2", "0", "£360", "£240", "£60", "£660"],
        ["Total", "4", "1", "£1,770", "£880", "£270", "£2,920"],
    ]
    page.session.do(settings.set_costs(Costs(180_00, 120_00, 1050_00, 400_00, vat_hundredths=2000)))
    assert page.table.ledger.lines[-1].cells[-1].fact == "£3,504"
    assert page.table.ledger.columns[-1].title == "With VAT"


def test_the_pane_says_all_of_the_chosen_batch(page: PlanPage) -> None:
    pick(page, ENTRANCE)
    pane = page.pane
    assert (pane.unit.text(), pane.fitting.text(), pane.quantity.text()) == ("180", "120", "2")
    assert pane.sum.text() == "2 × (£180 + £120) = £600"
    assert (pane.year.currentData(), pane.priority.currentData(), pane.option.currentData()) == (THIS_YEAR, "1", "replace")
    assert pane.why.placeholderText() == "Nobody wrote why yet"
    assert pane._found.text() == f"Found by Camcensus: {batch(page, ENTRANCE).reason}"
    assert pane.first is pane.option
    assert any("To check: data protection impact assessment." in text.text() for text in pane.findChildren(Text))


def test_a_kind_without_a_price_is_not_among_what_the_amount_buys(page: PlanPage) -> None:
    one, two = batch(page, HALL).assets
    page.session.do(tagging.set_kind([one], "intercom"))
    assert page.ask.text().endswith("to replace 3 of 4 cameras and 1 of 1 recorder.")
    page.session.do(tagging.set_kind([two], "unknown"))
    assert page.ask.text().endswith("to replace 2 of 3 cameras and 1 of 1 recorder.")


# Keys


def test_a_sum_for_other_work_is_not_asked_for_as_if_it_replaced_cameras() -> None:
    decided = Decision("replace", "J. Marsh", "2026-11-24T10:42:00Z")
    row = PlanRow(Asset(id="a", ref="CAM-001", kind="camera", device=None, decision=decided), None, ())
    line = OwnLine(id="line", name="Cabling", unit=700_00, year="2026-27")
    plan = make_plan([row], Costs(), today=samples.NOW.date(), year_starts=4, edits=PlanEdits(lines=(line,)))
    asked = "We are asking for £770 (excluding VAT) for other work."
    assert ask(plan) == f"{asked} 1 of 1 camera is to be replaced, not priced yet."


def test_arrows_go_within_a_year_and_between_years_and_tab_stops_once(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    page.board.take_keyboard()
    first = page.board.columns[1].list
    assert first.hasFocus()
    assert page.pane._name.text() == ENTRANCE
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert page.pane._name.text() == OFFICE
    qtbot.keyClick(first, Qt.Key.Key_Right)
    second = page.board.columns[2].list
    assert second.hasFocus()
    assert page.pane._name.text() == HALL
    assert not first.selectionModel().hasSelection(), "one batch is chosen in all years"
    qtbot.keyClick(second, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() not in [column.list for column in page.board.columns]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Left)
    assert first.hasFocus()
    undecided = page.board.columns[0].list
    qtbot.keyClick(first, Qt.Key.Key_Left)
    qtbot.keyClick(undecided, Qt.Key.Key_Left)
    assert undecided.hasFocus(), "there is no column before"


def test_ctrl_and_an_arrow_take_a_batch_to_the_year_beside(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    moved = pick(page, ENTRANCE)
    page.board.take_keyboard()
    qtbot.keyClick(page.board.columns[1].list, Qt.Key.Key_Right, CONTROL)
    settle(QApplication.instance())
    assert strip(window) == f"{ENTRANCE} moved to {NEXT_YEAR}."
    assert ENTRANCE in board(page)[NEXT_YEAR]
    assert page.board.current == moved.id
    assert page.board.columns[2].list.hasFocus(), "the keyboard goes along"
    assert sums(page) == {THIS_YEAR: 1600_00, NEXT_YEAR: 1320_00}
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    settle(QApplication.instance())
    assert ENTRANCE in board(page)[THIS_YEAR]
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    settle(QApplication.instance())
    assert ENTRANCE in board(page)[NEXT_YEAR]


def test_f6_goes_round_years_pane_and_the_button(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    page.board.take_keyboard()
    seen = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [page.pane.option, page.preview_button, window.navigation.list, page.board.stop]


# Fields


def test_a_price_typed_in_the_pane_is_added_up_kept_and_undone(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    pick(page, ENTRANCE)
    type_in(qtbot, page.pane.unit, "£1,195.50")
    assert strip(window) == f"Unit price set for {ENTRANCE}."
    assert batch(page, ENTRANCE).unit == 1195_50
    assert page.pane.sum.text() == "2 × (£1,195.50 + £120) = £2,631"
    assert page.pane._amount.text() == "£2,631"
    window.session.undo()
    assert page.pane.unit.text() == "180"
    assert batch(page, HALL).unit == 180_00, "another batch keeps the usual price"


def test_what_is_below_a_price_stays_where_it_is_when_the_price_is_recorded(page: PlanPage, qtbot: QtBot) -> None:
    pick(page, ENTRANCE)
    pane = page.pane
    settle(QApplication.instance())
    links = [pane.needs_link, pane.unit, pane.details_link]

    def tops() -> list[int]:
        return [one.mapTo(pane, QPoint()).y() for one in links]

    before = tops()
    type_in(qtbot, pane.unit, "450")
    settle(QApplication.instance())
    assert pane.again_link.isVisible()
    assert tops() == before


def test_a_click_right_from_a_price_ends_on_what_it_began_on(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    pick(page, ENTRANCE)
    pane = page.pane
    before = pane._amount.text()
    pane.unit.setFocus()
    pane.unit.selectAll()
    qtbot.keyClicks(pane.unit, "450")
    qtbot.mousePress(pane.needs_link, Qt.MouseButton.LeftButton)
    settle(QApplication.instance())
    assert batch(page, ENTRANCE).unit == 450_00, "recorded at once"
    assert pane._amount.text() == before, "nothing moves yet"
    qtbot.mouseRelease(pane.needs_link, Qt.MouseButton.LeftButton)
    (needs,) = (one for one in window.findChildren(BatchDetails) if one.isVisible())
    qtbot.waitUntil(lambda: pane._amount.text() != before)
    needs.reject()


@pytest.mark.parametrize("words", ["180 pounds", "-5", "1e9"])
def test_what_is_no_price_is_said_beside_the_field_and_stays(page: PlanPage, qtbot: QtBot, words: str) -> None:
    pick(page, ENTRANCE)
    before = page.session.inventory.changes(1) if page.session.inventory else ()
    type_in(qtbot, page.pane.fitting, words)
    assert page.pane.problem.text() == "Fitting price: the cost must be a number, like 180 or 180.50."
    assert page.pane.problem.isVisible()
    assert page.pane.fitting.wrong
    assert page.pane.fitting.text() == words
    assert page.session.inventory is not None
    assert page.session.inventory.changes(1) == before, "nothing was written"
    type_in(qtbot, page.pane.fitting, "130")
    assert not page.pane.problem.isVisible()
    assert batch(page, ENTRANCE).fitting == 130_00


def test_quantity_why_and_priority_are_kept_as_they_are_left(page: PlanPage, qtbot: QtBot) -> None:
    pick(page, ENTRANCE)
    type_in(qtbot, page.pane.quantity, "3")
    type_in(qtbot, page.pane.why, "The gate is new")
    choose(page.pane.priority, "3")
    now = batch(page, ENTRANCE)
    assert (now.quantity, now.reason, now.priority, now.total) == (3, "The gate is new", 3, 900_00)
    assert now.typed == {"quantity", "reason", "priority"}
    page.pane.again_link.click()
    settle(QApplication.instance())
    again = batch(page, ENTRANCE)
    assert (again.quantity, again.priority, again.typed) == (2, 1, frozenset())


def test_an_option_is_the_decision_of_the_rows(window: MainWindow, page: PlanPage) -> None:
    chosen = pick(page, HALL)
    choose(page.pane.option, "separate")
    assert strip(window).startswith(f"{HALL}: ")
    decisions = [window.session.row(asset).asset.decision for asset in chosen.assets]  # type: ignore[union-attr]
    assert [(one.what, one.by) for one in decisions if one] == [("separate", "R. Khan")] * 2
    assert page.unpriced.text() == "Not priced yet: 2 items (left out of the total)"
    window.session.undo()
    assert page.pane.option.currentData() == "replace"


def test_arrow_keys_in_a_choice_only_look_until_enter_or_leaving(page: PlanPage, qtbot: QtBot) -> None:
    pick(page, HALL)
    page.pane.priority.setFocus()
    was = batch(page, HALL).priority
    qtbot.keyClick(page.pane.priority, Qt.Key.Key_Down)
    qtbot.keyClick(page.pane.priority, Qt.Key.Key_Down)
    assert batch(page, HALL).priority == was
    qtbot.keyClick(page.pane.priority, Qt.Key.Key_Return)
    settle(QApplication.instance())
    assert batch(page, HALL).priority == was + 2
    qtbot.keyClick(page.pane.priority, Qt.Key.Key_Up)
    page.board.take_keyboard()
    settle(QApplication.instance())
    assert batch(page, HALL).priority == was + 1


def test_the_year_of_the_pane_is_the_twin_of_the_keys(window: MainWindow, page: PlanPage) -> None:
    pick(page, HALL)
    choose(page.pane.year, LATER)
    assert board(page)[LATER] == [HALL]
    choose(page.pane.year, "")
    assert HALL in board(page)[UNDATED]
    choose(page.pane.year, THIS_YEAR)
    assert HALL in board(page)[THIS_YEAR]


@pytest.mark.parametrize("width", [1280, 1366])
def test_who_comes_to_decide_sees_what_nobody_decided_first(window: MainWindow, page: PlanPage, width: int) -> None:
    window.resize(width, 700)
    page.board.choose(page.board.columns[-1].model.rows[0].id if page.board.columns[-1].model.rows else "")
    window.show_page("home")
    window.show_page("plan", UNDECIDED)
    settle(QApplication.instance())
    first = page.board.columns[0]
    assert first.year == UNDECIDED
    assert first._note.text() == "1 camera. Choose a group, then what to do with it."
    assert page.board.current == first.model.rows[0].id
    at = first.mapTo(page.board.viewport(), QPoint(0, 0)).x()
    assert 0 <= at <= page.board.viewport().width() - first.width(), "in sight"
    assert page.pane.isVisible()
    assert page.pane.option.currentData() == ""


def test_what_nobody_decided_is_decided_in_the_pane(page: PlanPage) -> None:
    undecided = next(column for column in page.board.columns if column.year == UNDECIDED)
    found = undecided.model.rows[0]
    assert found.amount == ""
    page.board.choose(found.id)
    page.open_batch()
    assert not page.pane.year.isEnabled()
    assert not page.pane._money.isVisible()
    choose(page.pane.option, "replace")
    assert UNDECIDED not in board(page)
    assert page.board.current == found.id
    assert page.pane._money.isVisible()


def test_price_them_goes_from_one_unpriced_batch_to_the_next(page: PlanPage) -> None:
    page.session.do(settings.set_costs(Costs()))
    assert page.unpriced.text() == "Not priced yet: 5 items (left out of the total)"
    seen = []
    for _ in range(4):
        page.price_link.click()
        settle(QApplication.instance())
        assert page.pane.unit.hasFocus()
        seen.append(page.pane._name.text())
    assert seen[:3] == [ENTRANCE, OFFICE, HALL] or len(set(seen[:3])) == 3
    assert seen[3] == seen[0], "and around"


# Out and back


def test_taken_out_is_kept_aside_and_put_back(window: MainWindow, page: PlanPage) -> None:
    gone = pick(page, ENTRANCE)
    page.pane.out_button.click()
    settle(QApplication.instance())
    assert sums(page)[THIS_YEAR] == 1600_00
    assert page.left_out.text() == "Not in this plan: 2 items taken out"
    page.left_out_link.click()
    settle(QApplication.instance())
    assert board(page)[OUT] == [ENTRANCE]
    page.board.choose(gone.id)
    page.open_batch()
    assert page.pane.out_button.text() == "Put back"
    page.pane.out_button.click()
    settle(QApplication.instance())
    assert ENTRANCE in board(page)[THIS_YEAR]
    assert window.session.row(gone.assets[0]).asset.decision is not None  # type: ignore[union-attr]


def test_enter_goes_to_the_fields_and_delete_takes_out_only_on_the_card(
    window: MainWindow, page: PlanPage, qtbot: QtBot
) -> None:
    pick(page, HALL)
    page.board.take_keyboard()
    qtbot.keyClick(page.board.stop, Qt.Key.Key_Return)
    assert page.pane.option.hasFocus()
    page.pane.why.setFocus()
    qtbot.keyClick(page.pane.why, Qt.Key.Key_Delete)
    settle(QApplication.instance())
    assert HALL in board(page)[NEXT_YEAR]
    page.board.take_keyboard()
    qtbot.keyClick(page.board.stop, Qt.Key.Key_Delete)
    settle(QApplication.instance())
    assert strip(window) == f"{HALL} taken out of the plan."


def test_a_batch_whose_rows_went_away_says_so_and_can_be_removed(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    chosen = pick(page, HALL)
    type_in(qtbot, page.pane.unit, "200")
    window.session.do(tagging.set_status(chosen.assets, "removed"))
    settle(QApplication.instance())
    card = next(card for column in page.board.columns for card in column.model.rows if card.id == chosen.id)
    assert (card.amount, card.question) == ("No rows left", "Look at this")
    page.board.choose(chosen.id)
    page.open_batch()
    assert not page.pane._money.isVisible()
    assert page.pane.again_link.text() == "Remove"
    assert any("it is left out of every total" in text.text() for text in page.pane.findChildren(Text))
    page.pane.again_link.click()
    settle(QApplication.instance())
    assert plan_of(page).batch(chosen.id) is None


def test_what_is_kept_can_be_shown(page: PlanPage) -> None:
    pick(page, HALL)
    choose(page.pane.option, "keep")
    assert page.left_out.text() == "Not in this plan: 2 items kept"
    page.left_out_link.click()
    assert board(page)[KEPT] == [HALL]


# Lines, rows, details, needs, versions


def test_a_line_of_ones_own_is_added_changed_moved_and_removed(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    next(action for action in page._add_menu.actions() if "own" in action.text()).trigger()
    settle(QApplication.instance())
    assert page.pane.name.hasFocus()
    assert not page.pane.option.isVisible()
    type_in(qtbot, page.pane.name, "Cabling, lift hire")
    type_in(qtbot, page.pane.unit, "86O")
    assert page.pane.problem.text() == "Unit price: the cost must be a number, like 180 or 180.50."
    type_in(qtbot, page.pane.unit, "860")
    assert sums(page)[THIS_YEAR] == 2260_00 + 860_00 + 80_00, "with contingency"
    (line,) = plan_of(page).lines
    assert page.board.current == line.id
    type_in(qtbot, page.pane.name, "")
    type_in(qtbot, page.pane.unit, "900")
    page.board.carried.emit(line.id, NEXT_YEAR)
    settle(QApplication.instance())
    (line,) = plan_of(page).lines
    assert (line.unit, line.year, line.name) == (900_00, NEXT_YEAR, "Cabling, lift hire")
    page.pane.out_button.click()
    settle(QApplication.instance())
    assert plan_of(page).lines == ()
    window.session.undo()
    assert len(plan_of(page).lines) == 1


def test_its_cameras_are_chosen_in_the_register_and_what_has_no_decision_is_shown_there(
    window: MainWindow, page: PlanPage
) -> None:
    before = pick(page, ENTRANCE)
    page.pane.rows_link.click()
    settle(QApplication.instance())
    assert window.page is window.cameras
    assert {row.asset.id for row in window.cameras.selected()} == set(before.assets)
    window.show_page("plan")
    next(action for action in page._add_menu.actions() if "list" in action.text()).trigger()
    assert window.cameras.model.rowCount() == 1, "only what nobody decided"


def test_details_are_one_edit_and_a_wrong_date_is_named(window: MainWindow, page: PlanPage) -> None:
    chosen = pick(page, ENTRANCE)
    page.pane.details_link.click()
    dialog = dialog_of(window, BatchDetails)
    dialog.fields["name"].setText("Front gate")
    dialog.fields["other"].setText("50")
    dialog.fields["target_date"].setText("soon")
    dialog.accept()
    assert dialog.problem.text() == "Target date must be a date, like 24/11/2026."
    dialog.fields["target_date"].setText("1/3/2027")
    dialog.accept()
    settle(QApplication.instance())
    now = plan_of(page).batch(chosen.id)
    assert now is not None
    assert (now.name, now.other, now.target_date, now.total) == ("Front gate", 50_00, "2027-03-01", 650_00)
    assert page.pane.sum.text() == "2 × (£180 + £120) + £50 = £650"
    window.session.undo()
    assert plan_of(page).batch(chosen.id) == chosen


def test_what_a_batch_waits_for_is_answered(window: MainWindow, page: PlanPage) -> None:
    pick(page, ENTRANCE)
    page.pane.needs_link.click()
    dialog = dialog_of(window, BatchDetails)
    need, state, note = next(one for one in dialog.answers if one[0].kind == "dpia")
    assert need.state == "open"
    state.setCurrentIndex(state.findData("done"))
    note.setText("Signed on 3 November")
    dialog.accept()
    settle(QApplication.instance())
    words = "Done: data protection impact assessment. Signed on 3 November"
    assert any(text.text() == words for text in page.pane.findChildren(Text))


def test_the_plan_is_kept_as_signed_and_says_when_it_differs(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    assert page.version.accessibleName() == "Draft"
    page.signed_link.click()
    settle(QApplication.instance())
    assert page.version.accessibleName().startswith("As signed on ")
    assert not page.signed_link.isEnabled()
    pick(page, HALL)
    type_in(qtbot, page.pane.unit, "200")
    assert page.version.accessibleName() == "Changed since it was signed"
    assert page.signed_link.isEnabled()
    window.session.undo()
    window.session.undo()
    assert page.version.accessibleName() == "Draft"


def test_cards_are_dropped_on_another_year(window: MainWindow, page: PlanPage) -> None:
    pick(page, ENTRANCE)
    page.board.columns[2].dropped.emit()
    settle(QApplication.instance())
    assert ENTRANCE in board(page)[NEXT_YEAR]


def test_what_nobody_priced_never_reads_as_nothing(page: PlanPage) -> None:
    page.session.do(settings.set_costs(Costs()))
    settle(QApplication.instance())
    assert "£0" not in " ".join(column.list.accessibleName() for column in page.board.columns)
    assert {cell.fact for line in page.table.ledger.lines for cell in line.cells if "£" in cell.fact} == set()


def test_before_any_decision_the_page_says_what_replacing_all_costs() -> None:
    row = PlanRow(Asset(id="a", ref="CAM-001", kind="camera", device="d"), samples.verdict(1), ("uk-mps-2022",))
    plan = make_plan([row], Costs(camera_unit=180_00, contingency_percent=0), today=samples.NOW.date(), year_starts=4)
    assert ask(plan) == (
        "You have not decided to replace anything yet. Replacing all 1 camera by listed makers costs £180 (excluding VAT), "
        "or about £60 a year over 3 years."
    )
    bare = make_plan([row], Costs(), today=samples.NOW.date(), year_starts=4)
    assert "type in Usual costs and VAT what one costs" in ask(bare)


# Paper


def test_ctrl_p_leads_to_the_paper(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    settle(QApplication.instance())
    assert window.page is window.reports
    assert window.reports.choices.kind.name == "plan"
    qtbot.waitUntil(window.reports.print_button.isEnabled)


def test_an_older_version_is_shown_again_and_the_table_is_saved(
    window: MainWindow, page: PlanPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.session.do(plan_edits.make_version(plan_of(page), page.session.knowledge.version, "Governors"))
    page.session.do(batches.set_fields([batch(page, ENTRANCE)], {"unit": "999"}))
    page.print_out()
    shown = window.reports
    qtbot.waitUntil(shown.print_button.isEnabled)
    assert shown.desk.written is not None
    now = shown.desk.written.path.read_bytes()
    choose(shown.choices.version, 1)
    qtbot.waitUntil(lambda: not shown._settle.isActive() and not shown.desk.drawing)
    assert shown.desk.written.path.read_bytes() != now
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "plan"), ""))
    shown.csv_button.click()
    qtbot.waitUntil(lambda: shown._paper.state.text().startswith("Saved plan.csv, "))
    table = (tmp_path / "plan.csv").read_text("utf-8-sig")
    assert "180.00" in table
    assert "999.00" not in table, "it is the table of that version"


# What must not happen


def test_a_record_that_can_only_be_read_shows_the_plan_and_changes_nothing(
    window: MainWindow, page: PlanPage, app: QApplication
) -> None:
    assert window.session.path is not None
    path = window.session.path
    window.session.close()
    window.session.open(path, readonly=True)
    window.show_page("plan")
    settle(app)
    pick(page, ENTRANCE)
    for part in (page.pane.why, page.pane.unit, page.pane.option, page.pane.year, page.pane.out_button, page.add_button):
        assert not part.isEnabled()
    page.add_own_line()
    assert not plan_of(page).lines
    assert not [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert page.preview_button.isEnabled()
    assert not page.signed_link.isEnabled()


def test_names_that_are_markup_or_very_long_are_plain_words(window: MainWindow, page: PlanPage, qtbot: QtBot) -> None:
    chosen = pick(page, ENTRANCE)
    window.session.do(
        batches.set_fields([chosen], {"name": HOSTILE[:190] + "\u202e", "reason": '<img src="file:///etc/passwd">'})
    )
    window.session.do(plan_edits.add_line(OwnLine(id="", name="<b>{0}</b> & co", reason="\x07 ring")))
    settle(QApplication.instance())
    card = page.board.columns[1].model.rows[0]
    assert card.name.startswith("<table>")
    assert len(card.name) <= 81
    assert "\u202e" not in card.sentence
    assert page.pane.why.text() == '<img src="file:///etc/passwd">'
    assert all(text.textFormat() == Qt.TextFormat.PlainText for text in page.findChildren(Text))
    page.actions_.show_details(chosen.id)
    dialog = dialog_of(window, Dialog)
    assert "<table>" in dialog.windowTitle()
    assert "\u202e" not in dialog.windowTitle()
    dialog.reject()
    settle(QApplication.instance())


def test_without_rows_or_without_anything_to_plan_the_page_says_what_to_do(
    window: MainWindow, app: QApplication, tmp_path: Path
) -> None:
    page, session = window.plan, window.session
    session.take(register.new_inventory(tmp_path / "new.camcensus", samples.body(), samples.NOW))
    window.show_page("plan")
    settle(app)
    assert page._faces.currentIndex() == NOTHING
    page.print_out()
    assert window.page is page
    assert page.start_focus().isVisible()
    session.do(hand.add_rows(session.knowledge, [register.HandRow(kind="software", place=None)], "R. Khan"))
    settle(app)
    assert page._faces.currentIndex() in (EMPTY, PLAN)
    session.do(tagging.set_status([session.rows()[0].asset.id], "removed"))
    settle(app)
    assert page._faces.currentIndex() == EMPTY
    session.do(plan_edits.add_line(OwnLine(id="", name="Cabling")))
    settle(app)
    assert page._faces.currentIndex() == PLAN


def test_while_a_large_plan_is_added_up_first_nothing_false_is_said(
    window: MainWindow, app: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "SUMMED_AT_ONCE", 0)
    window.activateWindow()
    window.show_page("cameras")
    window.cameras.table.setFocus()
    window.show_page("plan")
    settle(app)
    page = window.plan
    assert page.desk.busy or page.board.columns
    assert page._faces.currentIndex() == PLAN, "there are cameras"
    qtbot.waitUntil(lambda: bool(page.board.columns))
    settle(app)
    assert page.board.stop.hasFocus()


def test_a_large_plan_is_added_up_beside_the_window_and_the_last_one_holds(
    window: MainWindow, page: PlanPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "SUMMED_AT_ONCE", 0)
    chosen = pick(page, ENTRANCE)
    window.session.do(batches.set_fields([chosen], {"unit": "200"}))
    window.session.do(batches.set_fields([chosen], {"unit": "300"}))
    assert page.desk.busy
    assert page.state.text() == "Adding up…"
    assert page.pane.isVisible(), "what was shown stays"
    qtbot.waitUntil(lambda: not page.desk.busy)
    assert batch(page, ENTRANCE).unit == 300_00
    assert not page.state.isVisible()


# How it looks


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_nothing_is_clipped(window: MainWindow, page: PlanPage, app: QApplication, percent: int, size: tuple[int, int]) -> None:
    THEME.resize(percent)
    window.resize(*size)
    page.session.do(plan_edits.make_version(plan_of(page), page.session.knowledge.version, ""))
    page.session.do(batches.set_fields([batch(page, ENTRANCE)], {"unit": "195"}))
    settle(app)
    clipped = list(too_small(page))
    page.open_batch()
    settle(app)
    clipped += too_small(page)
    assert clipped == []
    for column in page.board.columns:
        column.list.doItemsLayout()
        if column.list.isVisible() and column.model.rows:
            card = column.list.visualRect(column.model.index(0, 0))
            assert card.height() >= 3 * theme.pitch("body")
            first = column.model.rows[0]
            name = QFontMetricsF(theme.font("strong")).horizontalAdvance(first.name)
            amount = theme.advance(first.amount, "strong") if first.priced else 0
            assert card.width() >= name + amount + 44, "name and sum stand whole beside each other"


def too_small(page: PlanPage) -> Iterator[str]:
    for text in page.findChildren(Text):
        if not text.isVisible() or not text.text():
            continue
        if text.hasHeightForWidth() and text.height() < text.heightForWidth(text.width()):
            yield f"{text.text()}: {text.height()} of {text.heightForWidth(text.width())} high"
        if not text.hasHeightForWidth() and text.width() < text.sizeHint().width() - 2:
            yield f"{text.text()}: {text.width()} of {text.sizeHint().width()} wide"
    for button in page.findChildren(QAbstractButton):
        if button.isVisible() and isinstance(button, (Button, LinkButton)) and button.width() < button.sizeHint().width():
            yield button.text()


def test_under_1100_pixels_years_stand_below_one_another_and_the_pane_below_them(
    window: MainWindow, page: PlanPage, app: QApplication
) -> None:
    first, second = page.board.columns[1], page.board.columns[2]
    assert first.mapTo(window, QPoint(0, 0)).y() == second.mapTo(window, QPoint(0, 0)).y()
    assert page.pane.mapTo(window, QPoint(0, 0)).x() > second.mapTo(window, QPoint(0, 0)).x()
    window.resize(1024, 700)
    settle(app)
    assert second.mapTo(window, QPoint(0, 0)).y() >= first.mapTo(window, QPoint(0, first.height())).y()
    assert page.pane.mapTo(window, QPoint(0, 0)).y() >= page._left.mapTo(window, QPoint(0, page._left.height())).y()
    assert first.list.height() >= 2 * 76, "each year as high as its cards"


def test_at_200_per_cent_years_and_batch_take_turns(
    window: MainWindow, page: PlanPage, app: QApplication, qtbot: QtBot
) -> None:
    THEME.resize(200)
    settle(app)
    assert page._left.isVisible()
    assert not page.pane.isVisible()
    page.board.take_keyboard()
    qtbot.keyClick(page.board.stop, Qt.Key.Key_Return)
    settle(app)
    assert page.pane.isVisible()
    assert not page._left.isVisible()
    assert page.pane.option.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    settle(app)
    assert page._left.isVisible()
    assert page.board.stop.hasFocus()


def test_a_screen_reader_hears_whole_cards_and_named_fields(page: PlanPage) -> None:
    pick(page, OFFICE)
    said = page.board.columns[1].model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Entrance, £600. 2 cameras · sensitive place. Priority 1."
    for part in (page.pane.why, page.pane.year, page.pane.priority, page.pane.option, page.pane.unit, page.pane.quantity):
        spoken = QAccessible.queryAccessibleInterface(part)
        assert spoken.text(QAccessible.Text.Name)


def test_a_mouse_chooses_a_card_too(page: PlanPage, qtbot: QtBot) -> None:
    column = page.board.columns[2]
    middle = column.list.visualRect(column.model.index(0, 0)).center()
    qtbot.mouseClick(column.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert page.pane._name.text() == HALL
    assert page.pane.isVisible()


def test_text_being_typed_is_not_lost_when_the_plan_changes_beneath(page: PlanPage, qtbot: QtBot) -> None:
    chosen = pick(page, ENTRANCE)
    page.pane.why.setFocus()
    qtbot.keyClicks(page.pane.why, "The gate is")
    page.session.do(batches.set_fields([chosen], {"quantity": "5"}))
    settle(QApplication.instance())
    assert page.pane.why.text() == "The gate is"
    assert page.pane.quantity.text() == "5"
