"""Verbs with their words and keys, as a menu and a window take them; menus of the look and of recent files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePath, PureWindowsPath

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from camcensus.model import frozen
from camcensus.model.words import clean
from camcensus.ui.kit import theme
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.theme import THEME, Choice
from camcensus.ui.preferences import Preferences

COLOURS: tuple[tuple[str, Choice], ...] = (("As the &system", "system"), ("&Light", "light"), ("&Dark", "dark"))


@frozen
class Verb:
    """One thing the window can do from everywhere: its words, its keys, and the function."""

    words: str
    keys: tuple[str, ...]
    do: Callable[[], object]


def add_verbs(window: QWidget, menu: Menu, verbs: Sequence[Verb | Menu | None]) -> list[QAction]:
    """Adds verbs and menus to a menu and their keys to the window; None is a line between groups. Gives all but the lines.

    A line between groups that are hidden hides itself.
    """
    added = []
    for verb in verbs:
        if verb is None:
            menu.addSeparator()  # PySide lets go of a line with the last button that showed the menu
            continue
        if isinstance(verb, Menu):
            added.append(menu.addMenu(verb))
            continue
        added += add_keys(window, [verb])
        menu.addAction(added[-1])
    return added


def add_keys(window: QWidget, verbs: Sequence[Verb]) -> list[QAction]:
    """Adds keys that are in no menu. Gives what was added."""
    added = []
    for verb in verbs:
        action = QAction(verb.words, window)
        action.setShortcuts([QKeySequence(keys) for keys in verb.keys])
        action.triggered.connect(lambda _=False, do=verb.do: do())
        window.addAction(action)
        added.append(action)
    return added


def add_appearance(window: QWidget, menu: Menu, preferences: Preferences) -> None:
    """Colours and text size, remembered."""
    colours = menu.inner("&Colours")
    group = QActionGroup(window)
    for words, choice in COLOURS:
        action = colours.addAction(words)
        action.setCheckable(True)
        action.setChecked(THEME.choice == choice)
        group.addAction(action)

        def choose(_: bool = False, choice: Choice = choice) -> None:
            THEME.choose(choice)
            preferences.colours = choice

        action.triggered.connect(choose)

    def step(by: int) -> None:
        THEME.step(by) if by else THEME.resize(theme.TEXT_PERCENTS[0])
        preferences.text_percent = THEME.percent

    add_verbs(
        window,
        menu,
        [
            Verb("&Larger text", ("Ctrl++", "Ctrl+="), lambda: step(1)),
            Verb("S&maller text", ("Ctrl+-",), lambda: step(-1)),
            Verb("&Usual text size", ("Ctrl+0",), lambda: step(0)),
        ],
    )


def fill_recent(menu: Menu, preferences: Preferences, home: Path, do: Callable[[Path], object]) -> None:
    """A line for each file that was open lately; `do` opens one."""
    menu.clear()
    for number, path in enumerate(preferences.recent, 1):
        words = f"{clean(path.name, 60)}    {clean(folder_words(path.parent, home), 60)}".replace("&", "&&")
        action = menu.addAction(f"&{number}  {words}")
        action.triggered.connect(lambda _=False, path=path: do(path))
    if not preferences.recent:
        menu.addAction("Nothing yet").setEnabled(False)


def folder_words(folder: PurePath, home: PurePath) -> str:
    """A folder as its user knows it: what lies in their own by the rest of its name, which Windows writes without a "~"."""
    if not folder.is_relative_to(home):
        return str(folder)
    rest = str(folder.relative_to(home))
    return rest if isinstance(folder, PureWindowsPath) else f"~/{rest}"
