"""What the window's menu offers, and what its keys do on each page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from camcensus.ui.help.places import HelpKey, place_of
from camcensus.ui.kit.menus import Menu
from camcensus.ui.menu import Verb, add_appearance, add_keys, add_verbs
from camcensus.ui.navigation import keys_of
from camcensus.ui.record_frame import ENTRIES, SETTINGS, RecordFrame


class WindowKeys:
    """Adds menu and keys to a window. What only a record has is hidden while a roll-up is open."""

    def __init__(self, window: RecordFrame, opening: Sequence[Verb | Menu | None], save_copy: Callable[[], object]) -> None:
        """`opening` is the head of the menu: what opens and makes records."""
        self._window = window
        HelpKey(window, self._show_help)
        self._fill_menu(opening, save_copy)

    def for_records(self, *, on: bool) -> None:
        """Shows or hides what can be done with a record only, with its keys."""
        for action in self._of_records:
            action.setVisible(on)

    def _fill_menu(self, opening: Sequence[Verb | Menu | None], save_copy: Callable[[], object]) -> None:
        window = self._window
        add_verbs(window, window.menu, opening)
        self._of_records = add_verbs(
            window,
            window.menu,
            [
                Verb("&Import a list…", (), window.session.hub.lists_wanted.emit),
                Verb("&Export the register…", ("Ctrl+E",), self._export),
                Verb("Save a cop&y…", (), save_copy),
                None,
                Verb("Your or&ganisation…", (), window.change_organisation),
                Verb("Lists you &use…", (), window.show_lists),
                Verb("&Settings", ("Ctrl+,",), partial(window.show_page, SETTINGS.name)),
                None,
                Verb("&Undo", ("Ctrl+Z",), window.session.take_back),
                Verb("&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), window.session.redo),
                None,
            ],
        )
        add_appearance(window, window.menu, window.preferences)
        window.menu.addSeparator()
        add_verbs(
            window,
            window.menu,
            [
                Verb("&Help", ("F1",), self.show_help),
                Verb("&About Camcensus", (), lambda: self._show_help(window, "about")),
                None,
                Verb("&Quit", ("Ctrl+Q",), window.close),
            ],
        )
        pages = [Verb(entry.title, (keys_of(ENTRIES, entry),), partial(window.show_page, entry.name)) for entry in ENTRIES]
        self._of_records += add_keys(
            window,
            [
                *pages,
                Verb("Search", ("F5",), self._start_search),
                Verb("Search box", ("Ctrl+F",), self._to_search_box),
                Verb("Set location", ("Ctrl+L",), self._here("set_location")),
                Verb("Record decision", ("Ctrl+D",), self._here("record_decision")),
                Verb("Add a row by hand", ("Ctrl+N",), self._add_by_hand),
                Verb("No longer here, or out of the plan", ("Del",), self._here("leave_out")),
                Verb("Save the paper", ("Ctrl+S",), self._here("save")),
                Verb("Print the report", ("Ctrl+P",), self._here("print_out")),
                Verb("Save and next", ("Ctrl+Return", "Ctrl+Enter"), self._here("save_and_next")),
            ],
        )
        add_keys(
            window,
            [
                Verb("Stop, clear or close", ("Esc",), self._escape),
                Verb("Next pane", ("F6",), lambda: self._next_pane(1)),
                Verb("Pane before", ("Shift+F6",), lambda: self._next_pane(-1)),
            ],
        )

    def _here(self, verb: str) -> Callable[[], object]:
        """What the page does that is in view when a key is pressed."""

        def do() -> object:
            return getattr(self._window.page, verb)()

        return do

    def show_help(self) -> None:
        """The help for what has the keyboard, or for the page in view."""
        window = self._window
        page = window.audit.page if window.audit is not None else window.page
        on_start = window.shows_start
        self._show_help(window, "start" if on_start else place_of(QApplication.focusWidget()) or page.help_page)

    def _show_help(self, over: QWidget, place: str) -> None:
        from camcensus.ui.help.window import show_help

        show_help(over, self._window.session.data_dir / "resources" / "help", place)

    def _export(self) -> None:
        self._window.cameras.files.export()

    def _start_search(self) -> None:
        window = self._window
        if window.shows_record:
            window.show_page("find")
            window.finder.search_again()

    def _escape(self) -> None:
        window = self._window
        if window.shows_start:
            window.show_audit()
            if window.audit is None and window.session.inventory is not None:
                window.show_record()
        elif window.audit is not None:
            window.audit.page.escape()
        elif not window.page.escape() and window.searching and window.page is not window.finder:
            window.show_page("find")

    def _to_search_box(self) -> None:
        window = self._window
        box = window.page.search_box()
        if box is None:
            window.show_page("cameras")
            box = window.cameras.search
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    def _add_by_hand(self) -> None:
        window = self._window
        window.show_page("cameras")
        window.cameras.actions_.add_by_hand()

    def _next_pane(self, by: int) -> None:
        window = self._window
        stops = window.audit.stops() if window.audit is not None else [window.navigation.list, *window.page.panes()]
        focus = QApplication.focusWidget()
        at = next((at for at, stop in enumerate(stops) if focus is stop or (focus and stop.isAncestorOf(focus))), 0)
        stops[(at + by) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
