from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from camcensus.model.scan import Interface
from camcensus.ui.find import searching
from camcensus.ui.kit.buttons import Button, Fold
from camcensus.ui.kit.controls import Check
from camcensus.ui.window import MainWindow
from tab_order import out_of_order
from ui_rows import settle

PAGES = (
    "home", "find", "cameras", "places", "checking", "history", "manufacturers", "plan", "reports", "share", "settings",
)  # fmt: skip
MOST = 120


@pytest.fixture(autouse=True)
def two_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = (Interface("School network", "192.168.1.20/24"), Interface("Office", "10.4.0.7/23"))
    monkeypatch.setattr(searching, "interfaces", lambda: cards)


def by_tab(window: MainWindow, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where the key really stops, until it comes round."""
    window.activateWindow()
    window.navigation.list.setFocus(Qt.FocusReason.TabFocusReason)
    found: list[QWidget] = []
    while len(found) < MOST:
        now = QApplication.focusWidget()
        assert now is not None
        if now in found:
            break
        found.append(now)
        QTest.keyClick(now, key)
    return found


def test_every_page_is_here(window: MainWindow) -> None:
    assert set(PAGES) == set(window.pages)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [(1280, 800), (1024, 640)])
def test_the_tab_key_goes_as_one_reads(window: MainWindow, app: QApplication, name: str, size: tuple[int, int]) -> None:
    window.activateWindow()
    window.resize(*size)
    window.show_page(name, "form" if name == "find" else None)
    if name == "cameras":
        window.cameras.table.selectRow(0)
    settle(app)
    assert window.isActiveWindow()  # a part that is shown before it is laid out is a window for a moment
    onwards = by_tab(window)
    assert len(onwards) > 2
    assert out_of_order(window, onwards) == []
    assert set(by_tab(window, Qt.Key.Key_Backtab)) == set(onwards)


def test_a_search_is_tabbed_through_from_its_networks_to_more(window: MainWindow, app: QApplication) -> None:
    window.show_page("find", "form")
    form = window.finder.start_form
    form.refresh()
    form.more.click()
    settle(app)
    met = [one for one in by_tab(window) if form.isAncestorOf(one)]
    ticks = [check for _, check in form._cards]
    assert all(isinstance(one, Check) for one in ticks)
    wanted: list[QWidget] = [*ticks, form._who, form.more, form._ranges, form.start_button, form.it_button]
    assert [one for one in met if one in wanted] == wanted
    assert isinstance(form.start_button, Button)
    assert isinstance(form.more, Fold)
