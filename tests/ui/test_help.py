"""Help pages show their pictures, each with words for who cannot see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from camcensus.ui.help import Picture, blocks, show_help
from camcensus.ui.kit.theme import THEME
from camcensus.ui.window import MainWindow
from ui_rows import settle

ROOT = Path(__file__).resolve().parents[2]
HELP = ROOT / "resources" / "help"
PAGES = sorted(path.stem for path in HELP.glob("*.md"))
LARGEST_BYTES = 150_000


def pictures(page: str) -> list[tuple[Path, str]]:
    content = blocks((HELP / f"{page}.md").read_text("utf-8"))
    return [(HELP / words.split("|")[0], words.split("|")[1]) for kind, words in content if kind == "picture"]


def test_every_picture_is_there_is_small_and_says_what_is_on_it() -> None:
    every = [one for page in PAGES for one in pictures(page)]
    assert len(every) >= 3
    for path, words in every:
        assert path.stat().st_size < LARGEST_BYTES, path.name
        assert len(words) > 40, path.name
    assert len({path.name for path, _ in every}) == len(every)


def test_a_line_that_is_no_picture_of_ours_stays_words() -> None:
    assert blocks("![x](../../etc/passwd)") == [("body", "!x")]
    assert blocks("![x](http://example.org/a.png)") == [("body", "!x")]


@pytest.mark.parametrize("percent", [100, 200])
def test_the_help_of_reports_shows_three_pages(window: MainWindow, app: QApplication, percent: int) -> None:
    THEME.resize(percent)
    try:
        dialog = show_help(window, HELP, "reports")
        settle(app)
        shown = dialog.findChildren(Picture)
        assert [picture.accessibleName() for picture in shown] == [words for _, words in pictures("reports")]
        for picture in shown:
            assert not picture.missing
            assert picture.height() >= picture.heightForWidth(picture.width()) > 100
            assert picture.grab().toImage().pixelColor(8, 8).lightness() > 240, "paper is white"
        dialog.reject()
    finally:
        THEME.resize(100)


def test_a_picture_that_is_missing_takes_no_room(window: MainWindow, app: QApplication, tmp_path: Path) -> None:
    (tmp_path / "some.md").write_text("# Some\n\n![A thing that is not here](pictures/none.png)\n\nWords.\n", "utf-8")
    dialog = show_help(window, tmp_path, "some")
    settle(app)
    (picture,) = dialog.findChildren(Picture)
    assert picture.missing
    assert picture.height() <= 1 or not picture.isVisible()
    dialog.reject()
