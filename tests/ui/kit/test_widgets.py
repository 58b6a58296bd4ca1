from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from camcensus.ui import phrases
from camcensus.ui.asset.columns import AT, COLUMNS, SHORT
from camcensus.ui.kit import theme
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Check, Combo, DepthRole, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, panel
from camcensus.ui.kit.marks import Mark, Pill, paint_pill
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.room import Room
from camcensus.ui.kit.segmented import Segment, Segmented
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import TableModel
from camcensus.ui.kit.theme import THEME
from camcensus.ui.kit.widgets import ITEM, Text, plain_tip
from fitting import drawn
from ui_rows import let_go, settle

ROOT = Path(__file__).resolve().parents[3]
GUESSING = {
    "QLabel", "QMessageBox", "QToolTip", "QProgressDialog", "QErrorMessage", "QTextEdit", "QTextBrowser", "QWhatsThis",
    "QGraphicsTextItem", "QSplashScreen", "QWizard",
}  # fmt: skip


def red_pixels(widget: QWidget) -> int:
    image: QImage = widget.grab().toImage()
    return sum(
        QColor(image.pixel(x, y)).getRgb()[:3] == (255, 0, 0) for x in range(image.width()) for y in range(image.height())
    )


def test_only_one_module_touches_the_classes_that_guess_html() -> None:
    guilty = []
    for path in sorted((ROOT / "desktop" / "camcensus" / "ui").rglob("*.py")):
        if path.name == "widgets.py" or path.parent.name == "help":  # the help is our own text
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            names += [node.attr] if isinstance(node, ast.Attribute) else []
            guilty += [f"{path.name}: {name}" for name in names if name in GUESSING]
    assert guilty == []


@pytest.mark.parametrize("name", ["<table><tr><td>" * 20, "<b>" * 100, "&lt;" * 70, "Camera <unknown> model"])
def test_a_name_of_three_hundred_bytes_is_shown_as_it_is(app: QApplication, name: str) -> None:
    text = Text(name)
    text.resize(260, 400)
    text.grab()
    assert text.text() == name
    assert text.textFormat() == Qt.TextFormat.PlainText


def test_a_picture_in_a_name_is_not_loaded(app: QApplication, tmp_path: Path) -> None:
    red = QImage(QSize(40, 40), QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    red.save(str(tmp_path / "red.png"))
    name = f"<img src='{(tmp_path / 'red.png').as_uri()}' width=40 height=40>"
    text = Text(name)
    text.resize(400, 80)
    pill = Pill(Mark(name, None, "neutral"))
    assert red_pixels(text) == 0
    assert red_pixels(pill) == 0


def test_hidden_characters_are_shown_as_escapes(app: QApplication) -> None:
    assert Text("\u202egnp.exe\x00").text() == "\\u202egnp.exe\\x00"


def test_a_reply_of_five_megabytes_does_not_stop_the_window(app: QApplication) -> None:
    text = Text("x" * 5_000_000)
    text.resize(300, 100)
    text.grab()
    assert len(text.text()) <= 4_000


def test_a_tooltip_shows_its_text_literally() -> None:
    assert plain_tip("<b>x</b> & y") == "<qt>&lt;b&gt;x&lt;/b&gt; &amp; y</qt>"
    assert len(plain_tip("<" * 100_000)) < 2_000


def test_wrapped_text_is_as_high_as_its_lines(app: QApplication) -> None:
    text = Text("one two three four five six seven eight nine ten")
    wide, narrow = text.heightForWidth(2_000), text.heightForWidth(80)
    assert wide == 20
    assert narrow % 20 == 0
    assert narrow > 80


def test_text_on_one_line_may_be_cut_but_its_name_is_whole(app: QApplication) -> None:
    text = Text("Main entrance, by the big window", wrap=False)
    text.resize(40, 20)
    text.grab()
    assert text.accessibleName() == "Main entrance, by the big window"
    assert text.minimumSizeHint().width() <= 48


def test_apostrophes_are_alike_in_our_words_and_left_alone_in_a_devices(app: QApplication) -> None:
    assert Text("Hikvision's own, and the maker’s").text() == "Hikvision’s own, and the maker’s"
    assert Text("O'Brien's camera", exact=True).text() == "O'Brien's camera"


def test_a_dialog_is_as_high_as_what_scrolls_in_it_needs(app: QApplication) -> None:
    window = QWidget()
    window.resize(1000, 700)
    window.show()
    dialog = Dialog(window, "Choices")
    dialog.body.addWidget(Scroll(panel(column(Check("One"))), "Networks"), 1)
    dialog.offer("Cancel", "Save")
    dialog.show_over()
    settle(app)
    assert dialog.findChildren(Room)[0].verticalScrollBar().maximum() == 0
    let_go(window)


def test_what_a_pill_of_the_register_says_fits_its_column_at_its_narrowest(app: QApplication) -> None:
    picture = QImage(400, 40, QImage.Format.Format_ARGB32)
    painter, room = QPainter(picture), COLUMNS[AT["list"]].width - 14
    for mark in (*SHORT.values(), *map(phrases.state_mark, ("listed", "not-listed", "not-known"))):
        wanted = paint_pill(painter, mark, 0, 20, 400)
        assert wanted <= room, f"{mark.words} needs {wanted}, and has {room}"
    painter.end()


@pytest.mark.parametrize(("wide", "first"), [(600, 164), (280, 143)])
def test_a_column_is_roomy_where_the_others_leave_room(app: QApplication, wide: int, first: int) -> None:
    columns = (ViewColumn("list", "List", "pill", 143, roomy=164), ViewColumn("place", "Location", "text", 0))
    table = Table(columns, "Cameras", model=TableModel(columns))
    table.resize(wide, 200)
    table.show()
    assert table.columnWidth(0) == first


def test_what_is_lower_than_its_line_is_in_the_middle_of_it(app: QApplication) -> None:
    host, high, low = QWidget(), QWidget(), QWidget()
    high.setFixedSize(40, 32)
    low.setFixedSize(40, 12)
    host.setLayout(Flow(high, low))
    host.resize(200, 32)
    host.show()
    assert high.geometry().center().y() == low.geometry().center().y()


@pytest.mark.parametrize(
    ("wide", "lines"),
    [
        (500, ["0 0", "108 0", "292 0", "400 0"]),
        (380, ["0 0", "108 0", "0 38", "108 38"]),
        (150, ["0 0", "0 38", "0 76", "0 114"]),
    ],
    ids=["one line", "two lines", "a line each"],
)
def test_what_is_apart_is_at_the_right_or_in_lines_of_its_own(app: QApplication, wide: int, lines: list[str]) -> None:
    parts = [QWidget() for _ in range(5)]
    for part in parts:
        part.setFixedSize(100, 30)
    hidden = parts.pop(2)
    hidden.hide()
    shown = panel(Flow(*parts[:2], hidden, *parts[2:], apart=2))
    shown.resize(wide, 200)
    shown.show()
    assert [f"{part.x()} {part.y()}" for part in parts] == lines


def test_rows_of_a_table_are_as_high_after_another_text_size(app: QApplication) -> None:
    columns = (ViewColumn("ref", "Ref", "text", 80, str),)
    table = Table(columns, "Cameras", model=TableModel(columns))
    heights = []
    for percent in (100, 200, 100):
        THEME.resize(percent)
        heights.append(table.verticalHeader().defaultSectionSize())
    assert heights == [40, 80, 40]


def test_a_line_of_a_list_goes_on_under_its_words(app: QApplication) -> None:
    text = Text(
        f"{ITEM}Contract numbers, e-mail addresses and telephone numbers of companies\n{ITEM}Notes\nNothing else at all here"
    )
    assert text.heightForWidth(200) == 5 * theme.pitch("body")
    lefts = [text._layout.lineAt(at).position().x() for at in range(text._layout.lineCount())]
    hang = theme.width_of(ITEM, "body")
    assert lefts == [0, hang, hang, 0, 0]


@pytest.mark.parametrize(
    "letters", ["\U0001f469\u200d" * 250, "Caf\u00e9 \U0001f4f7 hall " * 20, "\U0001f4f7\n" * 30, f"{ITEM}\U0001f4f7 " * 40]
)
def test_pictures_among_the_letters_are_wrapped_like_others(app: QApplication, letters: str) -> None:
    text = Text(letters)
    for width in range(20, 400, 30):
        assert text.heightForWidth(width) >= theme.pitch("body")
    hang = theme.width_of(ITEM, "body")
    list_of = Text(f"\U0001f4f7\U0001f4f7\n{ITEM}Contract numbers, e-mail addresses and telephone numbers")
    list_of.heightForWidth(200)
    lefts = [list_of._layout.lineAt(at).position().x() for at in range(list_of._layout.lineCount())]
    assert lefts[:3] == [0, 0, hang]


@pytest.mark.parametrize(("high", "handle"), [(300, False), (310, False), (330, True)])
def test_a_scroll_bar_has_no_handle_for_an_empty_end(app: QApplication, high: int, handle: bool) -> None:
    inside = panel(column(QWidget(), margins=(0, 0, 0, 16)))
    inside.setMinimumHeight(high)
    scroll = Scroll(inside, "Home")
    scroll.resize(200, 300)
    scroll.show()
    drawn = scroll.verticalScrollBar().grab().toImage()
    assert (len({drawn.pixel(4, y) for y in range(drawn.height())}) > 1) is handle


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_entry_of_a_menu_is_read_whole(app: QApplication, percent: int) -> None:
    words = ("Files…", "Ticked", "List of the organisations you asked…")
    try:
        THEME.resize(percent)
        menu = Menu()
        outer = menu.inner("A folder of files and what else is in it…")
        for text in words:
            outer.addAction(text).setCheckable(text == "Ticked")
        for one, entries in ((outer, words), (menu, (outer.title(),))):
            one.popup(QPoint(0, 0))
            written, _ = drawn(one)
            assert {entry.words for entry in written} == set(entries)
            one.close()
    finally:
        THEME.resize(100)


def test_choices_in_one_frame_take_more_lines_where_one_has_no_room_for_them(app: QApplication) -> None:
    choices = Segmented("Organisations", "Missing 9", "Problems 18", name="What to see")
    line = choices.sizeHint().width()
    holder = panel(column(choices, None))
    for wide, lines in ((line, 1), (line - 1, 2), (choices.minimumSizeHint().width(), 3)):
        holder.resize(wide, 300)
        holder.show()
        settle(app)
        assert len({one.y() for one in choices.findChildren(Segment)}) == lines
        assert all(choices.rect().contains(one.geometry()) for one in choices.findChildren(Segment))


def test_a_table_leaves_out_what_it_can_spare_and_shows_it_again(app: QApplication) -> None:
    columns = tuple(ViewColumn(name, name, "number", wide) for name, wide in (("a", 0), ("b", 200), ("c", 100), ("d", 100)))
    table = Table(columns, "Numbers")
    table.setModel(TableModel[int](columns, (1, 2), parent=table))
    table.show_what_fits((0, 1, 3), (3, 1))
    for wide, shown in ((460, (0, 1, 3)), (400, (0, 1)), (200, (0,)), (460, (0, 1, 3))):
        table.resize(wide, 200)
        table.show()
        settle(app)
        assert table.shown == shown, wide
        assert table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("or_all", [False, True])
def test_at_large_text_only_a_table_that_asks_for_it_shows_all_where_nothing_helps(app: QApplication, or_all: bool) -> None:
    columns = tuple(ViewColumn(name, name, "number", wide) for name, wide in (("a", 0), ("b", 200), ("c", 200)))
    table = Table(columns, "Numbers")
    table.setModel(TableModel[int](columns, (1, 2), parent=table))
    table.show_what_fits((0, 1, 2), (2,), or_all=or_all)
    table.show()
    try:
        for percent, wide, shown in (
            (100, table.least_width((0, 1)), (0, 1)),
            (100, 200, (0, 1)),  # what it cannot spare stays, also where it has no room
            (200, 2 * table.least_width((0, 1)) + 40, (0, 1)),
            (200, 300, (0, 1, 2) if or_all else (0, 1)),
        ):
            THEME.resize(percent)
            table.resize(wide + table.verticalScrollBar().sizeHint().width(), 200)
            settle(app)
            assert table.shown == shown, (percent, wide)
    finally:
        THEME.resize(100)


def test_a_long_drop_down_is_searched_by_any_part_of_a_path(qtbot: QtBot) -> None:
    sites = [(f"Site {site}", "Hall", "Stage") for site in range(40)]
    combo = Combo("Location", [("All locations", "")])
    for site in sites:
        for depth, name in enumerate(site):
            combo.addItem(name, f"{site[0]}/{name}")
            combo.setItemData(combo.count() - 1, depth, DepthRole)
    qtbot.addWidget(combo)
    combo.show()
    combo.showPopup()
    field = combo.view().parentWidget().findChild(Field)
    assert isinstance(field, Field)
    qtbot.keyClicks(field, "site 31 sta")
    left = [combo.itemData(at) for at in range(combo.count()) if not combo.view().isRowHidden(at)]  # type: ignore[attr-defined]
    assert left == ["Site 31/Site 31", "Site 31/Hall", "Site 31/Stage"]
    chosen = []
    combo.activated.connect(chosen.append)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert combo.currentData() == "Site 31/Stage"
    assert chosen == [combo.currentIndex()]
    combo.showPopup()
    assert not any(combo.view().isRowHidden(at) for at in range(combo.count()))  # type: ignore[attr-defined]
    combo.hidePopup()
