"""The menu at the foot of the navigation, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from camcensus.ui.kit import theme
from camcensus.ui.kit.theme import THEME, Choice
from camcensus.ui.preferences import Preferences

COLOURS: tuple[tuple[str, Choice], ...] = (("As the &system", "system"), ("&Light", "light"), ("&Dark", "dark"))


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing the window can do from everywhere: its words, its keys, and the function."""

    words: str
    keys: tuple[str, ...]
    do: Callable[[], object]


def add_verbs(window: QWidget, menu: QMenu, verbs: list[Verb | None]) -> list[QAction]:
    """Adds verbs to a menu and their keys to the window; None is a line between groups. Gives what was added."""
    added = []
    for verb in verbs:
        if verb is None:
            added.append(menu.addSeparator())
            continue
        action = QAction(verb.words, window)
        action.setShortcuts([QKeySequence(keys) for keys in verb.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _=False, do=verb.do: do())
        menu.addAction(action)
        window.addAction(action)
        added.append(action)
    return added


def add_keys(window: QWidget, verbs: list[Verb]) -> list[QAction]:
    """Adds keys that are in no menu. Gives what was added."""
    added = []
    for verb in verbs:
        action = QAction(verb.words, window)
        action.setShortcuts([QKeySequence(keys) for keys in verb.keys])
        action.triggered.connect(lambda _=False, do=verb.do: do())
        window.addAction(action)
        added.append(action)
    return added


def add_appearance(window: QWidget, menu: QMenu, preferences: Preferences) -> None:
    """Colours and text size, remembered."""
    colours = menu.addMenu("&Colours")
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
