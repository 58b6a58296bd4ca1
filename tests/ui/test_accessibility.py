from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import camcensus.ui
from camcensus.model.scan import Advice, Interface
from camcensus.ui.asset.channels import ChannelsDialog
from camcensus.ui.asset.firm import FirmDialog
from camcensus.ui.asset.merge import MergeDialog
from camcensus.ui.find import searching
from camcensus.ui.kit.buttons import Button, Fold, LinkButton
from camcensus.ui.kit.controls import Check, Radio
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.focus import FocusRing
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.theme import THEME
from camcensus.ui.plan.costs import CostsDialog
from camcensus.ui.window import MainWindow
from costs import PATIENCE_S
from ui_rows import settle

PAGES = ("home", "find", "cameras", "history", "manufacturers", "plan", "reports", "settings")
BENCH = Path(__file__).resolve().parents[1] / "bench" / "access_tree.py"
MISSING = 77
"""What the bench ends with where a program of others is not there."""
OPENED_BY_THE_AUDITOR = {"CountedLists", "PublishDialog", "RepliesToRead"}
"""Dialogs that tests of the audit open without naming them."""
NOT_A_STOP = ("qt_spinbox_lineedit",)


@pytest.fixture(autouse=True)
def two_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = (Interface("School network", "192.168.1.20/24"), Interface("Office", "10.4.0.7/23"))
    monkeypatch.setattr(searching, "interfaces", lambda: cards)


@pytest.fixture(autouse=True)
def usual_size_afterwards() -> Iterator[None]:
    yield
    THEME.percent = 100


def stops(root: QWidget) -> list[QWidget]:
    """What the Tab key can reach."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.objectName() not in NOT_A_STOP
    ]


def unnamed(root: QWidget) -> list[str]:
    found = []
    for widget in stops(root):
        spoken = QAccessible.queryAccessibleInterface(widget)
        if spoken is None or not spoken.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_everything_the_keyboard_reaches_has_a_name(window: MainWindow, app: QApplication, name: str) -> None:
    window.show_page(name)
    settle(app)
    assert len(stops(window)) > 2
    assert unnamed(window) == []


def test_the_first_run_and_every_dialog_have_names_too(window: MainWindow, app: QApplication) -> None:
    window.show_start()
    assert unnamed(window) == []
    window.show_record()
    window.show_page("plan")
    window.show_page("cameras")
    window.cameras.table.selectRow(0)
    openers: list[Callable[[], object]] = [
        window.cameras.record_decision,
        window.cameras.set_location,
        window.cameras.actions_.this_is_wrong,
        window.keys.show_help,
        lambda: CostsDialog(window.session, window).show_over(),
        lambda: window.plan.actions_.show_details(window.plan.board.current),
        window.manufacturers.choose_lists,
        window.manufacturers.change_own_list,
        window.manufacturers.report_mistake,
        window.cameras.actions_.sign_in,
        window.cameras.actions_.add_by_hand,
        window.cameras.actions_.edit,
        lambda: FirmDialog(window.session, "seller", parent=window).show_over(),
        lambda: ChannelsDialog(window.session, window.session.rows()[0], window).show_over(),
        lambda: MergeDialog(window.session, *window.session.rows()[:2], window).show_over(),
        window.reports.choices.form.ask_questions,
        window.finder.start_form.untouched_button.click,
        window.settings.take_update,
        lambda: window.finder.bring_list([Path("/no/such/list.csv")]),
    ]
    window.manufacturers.enter("dahua")
    opened = set()
    for opener in openers:
        opener()
        settle(app)
        dialog = next(one for one in window.findChildren(Dialog) if one.isVisible())
        assert unnamed(dialog) == []
        opened.add(type(dialog).__name__)
        dialog.reject()
        settle(app)
    assert dialogs_of_no_test() - opened == set()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_a_screen_reader_fewer_than_eighty_things(window: MainWindow, app: QApplication, name: str) -> None:
    window.show_page(name)
    settle(app)
    shown = [
        widget
        for widget in window.pages[name].findChildren(QWidget)
        if widget.isVisible() and (widget.accessibleName() or isinstance(widget, QAbstractButton))
    ]
    assert len(shown) < 80


@pytest.mark.parametrize("name", PAGES)
def test_targets_are_at_least_24_by_24(window: MainWindow, app: QApplication, name: str) -> None:
    window.show_page(name)
    settle(app)
    for widget in stops(window):
        if isinstance(widget, (QAbstractButton, QLineEdit, QComboBox)):
            assert min(widget.width(), widget.height()) >= 24, (type(widget).__name__, widget.size())


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_no_button_or_choice_is_clipped(window: MainWindow, app: QApplication, percent: int, size: tuple[int, int]) -> None:
    THEME.resize(percent)
    window.resize(*size)
    clipped = []
    for name in PAGES:
        window.show_page(name)
        settle(app)
        for widget in window.pages[name].findChildren(QAbstractButton):
            if not widget.isVisible():
                continue
            wraps = isinstance(widget, (Check, Radio, Fold))
            if isinstance(widget, (Button, LinkButton)) and not wraps and widget.width() < widget.sizeHint().width():
                clipped.append(f"{name}: {widget.text()}")
            if wraps and widget.height() < widget.heightForWidth(widget.width()):
                clipped.append(f"{name}: {widget.text()}")
            right = widget.mapTo(window, widget.rect().topRight()).x()
            if right > window.width():
                clipped.append(f"{name}: {widget.text()} beyond the window")
    assert clipped == []


def test_under_1100_pixels_the_details_go_below_the_list(window: MainWindow, app: QApplication) -> None:
    window.show_page("cameras")
    window.cameras.table.selectRow(0)
    settle(app)
    pane, table = window.cameras.pane, window.cameras.table
    assert pane.mapTo(window, pane.rect().topLeft()).x() > table.mapTo(window, table.rect().topRight()).x()
    window.resize(1024, 700)
    settle(app)
    assert pane.isVisible()
    assert pane.mapTo(window, pane.rect().topLeft()).y() > table.mapTo(window, table.rect().bottomLeft()).y()


def test_at_200_per_cent_list_and_details_take_turns(window: MainWindow, app: QApplication) -> None:
    window.show_page("cameras")
    window.cameras.table.selectRow(0)
    THEME.resize(200)
    settle(app)
    assert window.cameras.table.isVisible()
    assert not window.cameras.pane.isVisible()
    window.cameras.foot.details_button.click()
    settle(app)
    assert window.cameras.pane.isVisible()
    assert not window.cameras.table.isVisible()
    assert window.cameras.escape()
    assert window.cameras.table.isVisible()


def test_the_focus_ring_follows_the_keyboard_and_spares_lists(window: MainWindow, app: QApplication) -> None:
    window.activateWindow()
    window.show_page("cameras")
    ring = next(child for child in window.findChildren(FocusRing) if child.parent() is window)
    window.cameras.search.setFocus(Qt.FocusReason.TabFocusReason)
    settle(app)
    assert ring.isVisible()
    corner = window.cameras.search.mapTo(window, window.cameras.search.rect().topLeft())
    assert (ring.x(), ring.y()) == (corner.x() - 4, corner.y() - 4)
    window.cameras.table.setFocus(Qt.FocusReason.TabFocusReason)
    settle(app)
    assert not ring.isVisible()


def test_what_gets_the_keyboard_is_scrolled_to_until_somebody_scrolls(
    window: MainWindow, app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    advice = Advice("vpn", "You seem to be on a VPN. Cameras are rarely visible from here.", "Connect to the other network.")
    monkeypatch.setattr(searching, "in_the_way", lambda: advice)
    window.activateWindow()
    window.resize(1024, 600)
    THEME.resize(200)
    window.show_page("cameras")
    window.cameras.search.setFocus()
    window.show_page("find", "form")
    settle(app)
    form = window.finder.start_form
    field = form.ask_for_name()
    (area,) = (one for one in form.findChildren(Scroll) if one.isAncestorOf(field))
    assert field.hasFocus()
    assert area.viewport().rect().contains(QRect(field.mapTo(area.viewport(), QPoint(0, 0)), field.size()))
    assert area.verticalScrollBar().value() > 0
    area.verticalScrollBar().setValue(0)
    window.resize(1024, 580)
    settle(app)
    assert area.verticalScrollBar().value() == 0


def test_the_focus_ring_is_not_drawn_over_what_does_not_scroll(window: MainWindow, app: QApplication) -> None:
    window.activateWindow()
    window.resize(1280, 680)
    THEME.resize(200)
    window.show_page("find", "form")
    form = window.finder.start_form
    field = form.ask_for_name()
    field.setFocus()
    settle(app)
    (area,) = (one for one in form.findChildren(Scroll) if one.isAncestorOf(field))
    ring = next(child for child in window.findChildren(FocusRing) if child.parent() is window)
    room = QRect(area.viewport().mapTo(window, QPoint(0, 0)), area.viewport().size()).adjusted(-4, -4, 4, 4)
    for value in range(0, area.verticalScrollBar().maximum(), 40):
        area.verticalScrollBar().setValue(value)
        drawn = ring.mask().boundingRect().translated(ring.pos()) if ring.isVisible() else QRect()
        assert room.contains(drawn) or drawn.isEmpty()


def test_tab_leaves_every_widget_and_comes_round(window: MainWindow, app: QApplication, qtbot: QtBot) -> None:
    window.activateWindow()
    window.show_page("cameras")
    window.cameras.table.selectRow(0)
    window.cameras.search.setFocus()
    settle(app)
    seen: list[QWidget] = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in seen:
            break
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    names = [type(widget).__name__ for widget in seen]
    assert window.cameras.table in seen
    assert window.cameras.pane.record_button in seen
    assert window.navigation.list in seen
    assert seen.index(window.cameras.search) < seen.index(window.cameras.table), names


@pytest.mark.parametrize("kind", [QAbstractItemView])
def test_lists_are_real_lists_and_not_painted_widgets(window: MainWindow, kind: type[QAbstractItemView]) -> None:
    assert isinstance(window.navigation.list, kind)
    assert isinstance(window.cameras.table, kind)
    assert isinstance(window.manufacturers.list.view, kind)
    assert isinstance(window.places.list.view, kind)
    assert isinstance(window.checking.queue.view, kind)
    window.show_page("plan")
    assert window.plan.board.columns
    assert all(isinstance(column.list, kind) for column in window.plan.board.columns)
    window.show_page("home")
    assert [window.navigation.list.model().index(at, 0).data() for at in range(4)] == [
        "Home", "Find cameras", "Cameras and recorders", "Places",
    ]  # fmt: skip


def dialogs_of_no_test() -> set[str]:
    """Kinds of dialog that no other test names."""
    said = "".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("*.py"))
    for module in pkgutil.walk_packages(camcensus.ui.__path__, "camcensus.ui."):
        importlib.import_module(module.name)
    names = {kind.__name__ for kind in every_kind_of(QDialog) if kind.__module__.startswith("camcensus.")}
    assert len(names) > 35
    return {name for name in names - OPENED_BY_THE_AUDITOR if name not in said}


def every_kind_of(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    for one in kind.__subclasses__():
        yield one
        yield from every_kind_of(one)


def test_the_accessibility_bus_is_given_the_same() -> None:
    command = [sys.executable, str(BENCH), "--only", "page-cameras"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    if done.returncode == MISSING:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout
    assert "1 pages and dialogs, 0 faults" in done.stdout
