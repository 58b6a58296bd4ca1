"""Help pages show their pictures, each with words for who cannot see it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from camcensus.ui.asset.decide import DecisionDialog
from camcensus.ui.help.book import CONTENTS, HelpBook
from camcensus.ui.help.places import PLACES, place_of
from camcensus.ui.help.window import _PICTURE, HelpDialog, show_help
from camcensus.ui.kit.theme import THEME
from camcensus.ui.window import MainWindow
from ui_rows import settle

ROOT = Path(__file__).resolve().parents[2]
HELP = ROOT / "resources" / "help"
PAGES = sorted(path.stem for path in HELP.glob("*.md"))
LARGEST_BYTES = 150_000


def pictures(page: str) -> list[tuple[Path, str]]:
    return [(HELP / name, words) for words, name in _PICTURE.findall((HELP / f"{page}.md").read_text("utf-8"))]


def test_every_picture_is_there_is_small_and_says_what_is_on_it() -> None:
    every = [one for page in PAGES for one in pictures(page)]
    assert len(every) >= 3
    for path, words in every:
        assert path.stat().st_size < LARGEST_BYTES, path.name
        assert len(words) > 40, path.name
    assert len({path.name for path, _ in every}) == len(every)


def test_nothing_but_pictures_of_the_help_is_read(window: MainWindow, app: QApplication, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "some.md").write_text("# Some\n\n![x](http://example.org/a.png) <b>bold</b>\n", "utf-8")
    dialog = show_help(window, tmp_path, "some")
    settle(app)
    assert "<b>bold</b>" in dialog.view.toPlainText()
    dialog.reject()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_help_of_reports_shows_three_pages(window: MainWindow, app: QApplication, percent: int) -> None:
    THEME.resize(percent)
    try:
        dialog = show_help(window, HELP, "reports")
        settle(app)
        said = " ".join(dialog.view.toPlainText().split())
        assert all(words in said for _, words in pictures("reports"))
        for path, _ in pictures("reports"):
            image = dialog.view.loadResource(2, f"pictures/{path.name}")
            assert 100 < image.width() <= dialog.view.viewport().width()
        dialog.reject()
    finally:
        THEME.resize(100)


def test_the_contents_list_every_page_once() -> None:
    listed = [page for _, pages in CONTENTS for page in pages]
    assert sorted(listed) == PAGES


def test_every_link_and_every_place_of_f1_leads_to_a_section_that_is_there() -> None:
    there = {section.place for section in HelpBook(HELP).sections}
    links = [
        f"{page}{anchor}"
        for name in PAGES
        for page, anchor in re.findall(r"\]\(([a-z]+)\.md(#[a-z0-9-]+)?\)", (HELP / f"{name}.md").read_text("utf-8"))
    ]
    assert len(links) >= 10
    assert [place for place in (*links, *PLACES.values()) if place not in there] == []


def test_every_dialog_of_the_window_has_its_place() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop" / "camcensus" / "ui").rglob("*.py"))
    classes = set(re.findall(r"^class (\w+)\(", source, re.M))
    assert [name for name in PLACES if name not in classes] == []
    dialogs = set(re.findall(r"^class (\w+)\((?:Dialog|PaperDialog|_LedgerDialog)\)", source, re.M))
    small = {"HelpDialog", "AuditPaper", "PhotoDialog"}
    small |= {"UntouchedDialog", "_LedgerDialog"}
    assert sorted(dialogs - set(PLACES) - small) == []


def test_a_search_finds_sections_by_the_beginnings_of_words_and_headings_first() -> None:
    book = HelpBook(HELP)
    assert book.search("saving print")[0].place == "reports#saving-and-printing"
    assert book.search("WALK round")[0].page == "walkround"
    assert book.search("recorder channel")
    assert book.search("xyzzy") == book.search("") == book.search("—") == ()
    assert len(book.search("a")) <= 30


def test_the_help_window_shows_contents_follows_links_searches_and_goes_back(window: MainWindow, app: QApplication) -> None:
    window.show_page("cameras")
    window.keys.show_help()
    settle(app)
    (dialog,) = window.findChildren(HelpDialog)
    assert dialog.place == "cameras"
    assert not dialog.isModal()
    titles = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert "Your cameras" in titles
    assert "    Import a register" in titles
    assert "](walkround.md)" in (HELP / "cameras.md").read_text("utf-8")
    dialog.view.anchorClicked.emit(QUrl("walkround.md"))
    assert dialog.place == "walkround"
    dialog.go_back()
    assert dialog.place == "cameras"
    dialog.search.setText("asset register")
    assert dialog.list.count() >= 1
    assert "of the help" in dialog.found.text()
    dialog.search.returnPressed.emit()
    settle(app)
    assert dialog.place.startswith("reports")
    dialog.search.setText("xyzzy")
    assert "Nothing found" in dialog.found.text()
    window.show_page("plan")
    window.keys.show_help()
    assert [one for one in window.findChildren(HelpDialog) if one.isVisible()] == [dialog]
    assert dialog.place == "plan"
    dialog.reject()


def test_a_place_in_a_page_is_scrolled_to(window: MainWindow, app: QApplication) -> None:
    dialog = show_help(window, HELP, "reports#saving-and-printing")
    settle(app)
    assert dialog.view.accessibleName() == "Saving and printing"
    seen = [dialog.view.cursorForPosition(QPoint(20, at)).block().text() for at in range(0, dialog.view.viewport().height(), 8)]
    assert "Saving and printing" in seen
    dialog.reject()


@pytest.mark.parametrize("percent", [100, 200])
def test_the_page_and_its_contents_fit_the_window_at_any_text_size(window: MainWindow, app: QApplication, percent: int) -> None:
    window.resize(1024, 640)
    THEME.resize(percent)
    try:
        dialog = show_help(window, HELP, "cameras")
        settle(app)
        assert dialog.width() <= 1024
        assert dialog.height() <= 640
        assert dialog.view.viewport().height() > 150
        assert dialog.view.horizontalScrollBar().maximum() == 0
        dialog.reject()
    finally:
        THEME.resize(100)


def test_f1_opens_the_place_one_is_in(window: MainWindow, app: QApplication) -> None:
    window.show_page("cameras")
    window.cameras.table.selectRow(0)
    window.cameras.record_decision()
    settle(app)
    decide = next(one for one in window.findChildren(DecisionDialog) if one.isVisible())
    focus = decide.focusWidget() or decide
    assert place_of(focus) == PLACES["DecisionDialog"]
    QTest.keyClick(focus, Qt.Key.Key_F1)
    (dialog,) = decide.findChildren(HelpDialog)
    assert dialog.place == PLACES["DecisionDialog"]
    dialog.reject()
    decide.reject()
    assert place_of(window.cameras.table) is None


def test_a_picture_that_is_missing_leaves_its_words(window: MainWindow, app: QApplication, tmp_path: Path) -> None:
    (tmp_path / "some.md").write_text("# Some\n\n![A thing that is not here](pictures/none.png)\n\nWords.\n", "utf-8")
    dialog = show_help(window, tmp_path, "some")
    settle(app)
    assert "A thing that is not here" in dialog.view.toPlainText()
    dialog.reject()
