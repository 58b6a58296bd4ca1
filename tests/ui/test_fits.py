"""Every page and dialog at every size, text size and colour: nothing cut, squeezed, over anything else or out of reach.

Each page meets each size with each text size, light or dark, with no, 24 or 3,000 devices in turn; each dialog the narrowest
window and one more. All combinations: `python tests/bench/screenshots.py OUT --cross --faults-only`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QTableView

from bench import screenshots
from bench.screenshots import Look
from camcensus.ui.asset.columns import AT, DEFAULT_COLUMNS
from camcensus.ui.find import searching
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.marks import BoxedIcon
from camcensus.ui.kit.theme import TEXT_PERCENTS, THEME
from camcensus.ui.main_window import make_window
from camcensus.ui.page import EmptyState
from camcensus.ui.preferences import Preferences
from camcensus.ui.two_columns import TwoColumns
from camcensus.ui.window import MainWindow
from fitting import Fault, faults, faults_of_dialog, visible_widgets
from ui_rows import let_go

LOOKS = screenshots.CROSS
NARROWEST = next(look for look in LOOKS if look.size == (1024, 640) and look.percent == 200)
LARGEST = next(look for look in LOOKS if look.size == (1920, 1080) and look.percent == 200)
ESTATES = ("none", "demo", "big")
NOT_AT_REST = ("find-live", "find-done")
"""What goes on while it is looked at."""
DRAWN_LATER = ("page-places", "page-history", "page-plan", "page-reports")
"""What is not at rest before its pictures, its changes, its sums or its paper are there."""


@pytest.fixture(scope="module")
def estates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("estates")
    return {name: screenshots.make_estate(name, folder / name) for name in ESTATES}


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(searching, "interfaces", lambda: screenshots.CARDS)
    made = make_window(qapp, data_dir, Preferences(tmp_path / "window.ini"))
    made.show()
    yield made
    made.close()
    let_go(made)
    THEME.choice, THEME.percent = "light", 100
    THEME.apply()


def faults_at(window: MainWindow, prepare: Callable[[MainWindow], None]) -> list[Fault]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    prepare(window)
    screenshots.settle(app, window, 0.03)
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    found = faults_of_dialog(dialogs[0], window) if dialogs else faults(window)
    for dialog in dialogs:
        if shiboken6.isValid(dialog):
            dialog.close()
    QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    return found


def said(found: dict[str, list[Fault]]) -> str:
    return "\n".join(f"{name}: {fault}" for name, those in found.items() for fault in those)


@pytest.mark.parametrize("estate", ESTATES)
def test_every_page_fits(window: MainWindow, estates: dict[str, Path], estate: str) -> None:
    """One window for each record: to open 3,000 devices and to draw their paper anew for each size takes longest."""
    found = {}
    for place, look in enumerate(LOOKS):
        screenshots.wear(window, look)
        for at, (name, prepare) in enumerate(screenshots.pages(estates[estate]).items()):
            if ESTATES[(at + place) % len(ESTATES)] == estate:
                found[f"{name}, {look}"] = faults_at(window, prepare)
    assert found
    assert not said(found), said(found)


@pytest.mark.parametrize("narrow", [True, False], ids=["narrowest", "in turn"])
def test_every_dialog_and_state_fits(window: MainWindow, estates: dict[str, Path], narrow: bool) -> None:
    states = {name: one for name, one in screenshots.states(estates["demo"]).items() if name not in NOT_AT_REST}
    found = {}
    for at, (name, prepare) in enumerate(states.items()):
        if not narrow or not at:
            look = NARROWEST if narrow else LOOKS[at * len(LOOKS) // len(states)]
            screenshots.wear(window, look)
        found[f"{name}, {look}"] = faults_at(window, prepare)
    assert not said(found), said(found)


def test_every_page_of_a_roll_up_fits(window: MainWindow, tmp_path: Path) -> None:
    """Each state at one size in turn; the organisations at every size."""
    states = screenshots.states_of_rollup(screenshots.make_estate("audit", tmp_path / "audit"))
    found = {}
    for turn, look in enumerate(LOOKS):
        screenshots.wear(window, look)
        for at, (name, prepare) in enumerate(states.items()):
            if at % len(LOOKS) == turn or name == "bodies":
                found[f"{name}, {look}"] = faults_at(window, prepare)
    assert not said(found), said(found)


def test_a_wide_screen_has_room_for_all_of_a_page_with_large_text(
    window: MainWindow, estates: dict[str, Path], qapp: QApplication
) -> None:
    """However low it is: a list and what is chosen in it are side by side, and a head offers what it has room for."""
    screenshots.wear(window, LARGEST)
    for name in ("places", "checking", "manufacturers", "history"):
        faults_at(window, screenshots.pages(estates["demo"])[f"page-{name}"])
        page = window.page
        assert isinstance(page, TwoColumns)
        assert page._left.isVisible(), name
        assert page._right.isVisible(), name
    faults_at(window, screenshots.pages(estates["demo"])["page-cameras"])
    cameras = window.cameras
    offered = (cameras.files.import_button, cameras.files.export_button, cameras.report_button)
    assert all(one.isVisible() for one in offered)
    for wide, number in ((1366, 1), (1280, 0), (1024, 0)):
        screenshots.wear(window, Look("", "light", 200, (wide, 768)))
        screenshots.settle(qapp, window, 0.03)
        assert [one.isVisible() for one in offered] == [at >= 3 - number for at in range(3)], "as many as have room"


@pytest.mark.parametrize("wide", [1100, 1272])
def test_the_register_fits_beside_or_above_its_details_at_widths_between(
    window: MainWindow, estates: dict[str, Path], wide: int
) -> None:
    """A window on a screen of 1280 pixels has 1272: its edges take the rest."""
    found = {}
    for percent in (100, 115):
        screenshots.wear(window, Look("", "light", percent, (wide, 680)))
        found[f"{percent}%"] = faults_at(window, screenshots.pages(estates["big"])["page-cameras"])
    assert not said(found), said(found)


@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_the_register_fits_at_every_text_size(window: MainWindow, estates: dict[str, Path], percent: int) -> None:
    """Where text is not large no table is scrolled sideways; a usual column that is left out comes back with the width."""
    found = {}
    for size in ((1024, 640), (1152, 720), (1920, 1080)):
        screenshots.wear(window, Look("", "light", percent, size))
        found[f"{size}"] = faults_at(window, screenshots.pages(estates["demo"])["page-cameras"])
    assert not said(found), said(found)
    assert window.cameras.columns.names == DEFAULT_COLUMNS
    assert window.cameras.table.shown == tuple(AT[name] for name in DEFAULT_COLUMNS)


def test_the_list_of_pages_follows_the_text_size(window: MainWindow, estates: dict[str, Path]) -> None:
    """A bar that comes beside it leaves less width: titles that take two lines then move the rows below."""
    for percent in (100, 200):
        screenshots.wear(window, Look("", "light", percent, (1920, 1080)))
        found = faults_at(window, screenshots.pages(estates["none"])["page-home"])
    assert not found, found


@pytest.mark.parametrize(("size", "whole"), [((1920, 1080), True), ((1024, 560), False)])
def test_an_empty_page_says_why_first_where_all_of_it_is_seen(
    window: MainWindow, estates: dict[str, Path], size: tuple[int, int], whole: bool
) -> None:
    screenshots.wear(window, Look("", "light", 200, size))
    faults_at(window, screenshots.pages(estates["none"])["page-home"])
    (empty,) = (one for one in window.home.findChildren(EmptyState) if one.isVisible())
    (find,) = (one for one in empty.findChildren(Button) if one.kind == "primary")
    assert (empty.sentence.y() < find.mapTo(empty, QPoint(0, 0)).y()) is whole
    assert any(one.isVisible() for one in empty.findChildren(BoxedIcon)) is whole


SENTENCES = (
    "12 cameras moved to Main block.",
    "12 cameras moved to Main block, and what was typed of them by hand stays as it was before the move was made.",
)


def controls(window: MainWindow) -> dict[object, QRect]:
    """Buttons, and the rows of the list of pages: as much of each as is seen."""
    found = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and not window.strip.isAncestorOf(one)]
    pages = window.navigation.list
    corner, seen = pages.viewport().mapTo(window, QPoint(0, 0)), pages.viewport().rect()
    rows = [pages.visualRect(pages.model().index(at, 0)) & seen for at in range(len(pages.entries))]
    placed: dict[object, QRect] = {one: QRect(one.mapTo(window, QPoint(0, 0)), one.size()) for one in found}
    return placed | {at: one.translated(corner) for at, one in enumerate(rows) if not one.isEmpty()}


def faults_of_the_message(window: MainWindow, qapp: QApplication, sentence: str) -> list[object]:
    """What the message with Undo moves, covers or does not say where a page is at rest; it is gone afterwards."""
    window.strip.hide()
    screenshots.settle(qapp, window, 0.03)
    before, head = controls(window), window.navigation.title.isVisible()
    window.strip.say(sentence, can_undo=True)
    screenshots.settle(qapp, window, 0.03)
    after, words = controls(window), window.strip._words
    strip = QRect(window.strip.mapTo(window, QPoint(0, 0)), window.strip.size())
    found: list[object] = [one for one, place in before.items() if after.get(one) != place or place.intersects(strip)]
    found += [one for one in (window.strip, window.strip.button) if one.visibleRegion().boundingRect() != one.rect()]
    if words.text() != sentence and (sentence not in words.toolTip() or words.accessibleDescription() != sentence):
        found.append(f"nothing tells “{sentence}” whole")
    if words.text() != sentence and words.height() >= words.heightForWidth(words.width()) + theme.pitch("body"):
        found.append(f"“{words.text()}” has room for another line")
    found += faults(window)
    window.strip.hide()
    screenshots.settle(qapp, window, 0.03)
    if controls(window) != before or not head or not window.navigation.title.isVisible():
        found.append("something is not as it was when the message is gone")
    return found


@pytest.mark.parametrize("estate", ["demo", "big"])
def test_the_message_with_undo_moves_and_covers_no_control(
    window: MainWindow, estates: dict[str, Path], qapp: QApplication, estate: str
) -> None:
    """On every page where there is least room, and on one at every text size: rows of the list of pages count too.

    The practice school has its pill over the list of pages, and the other record a line that says when it was saved.
    """
    found = {}
    screenshots.wear(window, NARROWEST)
    for at, (name, prepare) in enumerate(screenshots.pages(estates[estate]).items()):
        prepare(window)
        found[name] = faults_of_the_message(window, qapp, SENTENCES[at % 2])
    for percent, size in product((100, 150) if estate == "demo" else (), ((1024, 640), (1280, 800))):
        screenshots.wear(window, Look("", "light", percent, size))
        screenshots.pages(estates[estate])["page-cameras"](window)
        for sentence in SENTENCES:
            found[f"{percent}%, {size}: {sentence}"] = faults_of_the_message(window, qapp, sentence)
    assert not any(found.values()), "\n".join(f"{name}: {one}" for name, those in found.items() for one in those)


class Watch(QObject):
    """Counts who asks to be laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.asked.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_a_window_comes_to_rest(window: MainWindow, estates: dict[str, Path], qapp: QApplication) -> None:
    """What is measured while it is laid out must not ask to be laid out again, for ever."""
    for look in (NARROWEST, LOOKS[0]):
        screenshots.wear(window, look)
        for name, prepare in screenshots.pages(estates["demo"]).items():
            prepare(window)
            watch = Watch()
            qapp.installEventFilter(watch)
            for _ in range(20):
                watch.asked.clear()
                screenshots.settle(qapp, window, 0.05)
                if not watch.asked:
                    break
            qapp.removeEventFilter(watch)
            assert not watch.asked, (name, look)


def lie_of(window: MainWindow) -> list[str]:
    """Where everything is that is seen, and how high the rows of tables are."""
    found = []
    for widget in visible_widgets(window):
        rect = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        rows = widget.verticalHeader().defaultSectionSize() if isinstance(widget, QTableView) else 0
        name = re.sub(r"\b\d\d:\d\d\b", "--:--", widget.accessibleName()[:40])  # a minute may end meanwhile
        found.append(f"{type(widget).__name__} {name} {rect.getRect()} {rows or ''}")
    return found


def test_a_page_is_the_same_after_another_text_size_and_window(
    window: MainWindow, estates: dict[str, Path], qapp: QApplication
) -> None:
    """What is kept of a size that was left shows as a row or a column that is a little off."""
    usual = next(one for one in LOOKS if one.size == (1366, 768) and one.percent == 100)
    found = []
    for name, prepare in screenshots.pages(estates["demo"]).items():
        if name in DRAWN_LATER:
            continue
        lies = []
        for look in (usual, NARROWEST, usual):
            screenshots.wear(window, look)
            prepare(window)
            screenshots.settle(qapp, window, 0.1)
            lies.append(lie_of(window))
        found += [f"{name}: {one}" for one in lies[-1] if one not in lies[0]]
    assert not found, "\n".join(found)
