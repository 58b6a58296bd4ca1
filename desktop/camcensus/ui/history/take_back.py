"""Taking an edit back from the history, after all newer ones, and doing it again: in plain words first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.history import Event
from camcensus.model.words import clean
from camcensus.store.rows import ChangeRow
from camcensus.tasks.register.doing import WhatCanBeUndone, up_to, what_can_be_undone
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

NAMED = 4
"""So many edits are named where several are taken back at once."""


class TakeBack(QWidget):
    """What Undo and Redo would do as far as one moment, with the button that does it; hidden where there is nothing to say."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._event: Event | None = None
        self.words = Text("", "body")
        self.undo_button = Button("Undo this edit", icon="undo-2", then=self.undo_to_here)
        self.redo_button = Button("Do it again", then=self.redo_to_here)
        column(self.words, 8, Flow(self.undo_button, self.redo_button), of=self)

    def show_event(self, event: Event, newest_search: int | None) -> None:
        """Says what taking it back, or doing it again, would do. `newest_search` is the log's line of the last search."""
        self._event = event
        possible = self._possible()
        back, again = up_to(possible.back, str(event.change)), up_to(possible.again, str(event.change))
        words = ""
        if event.kind == "search":
            words = "Undo goes back as far as this search, and no further." if event.change == newest_search else ""
        elif back:
            words = _what_goes(back, "Undo takes back", "newest first") if len(back) > 1 else "Undo takes back this edit alone."
        elif again:
            words = "This was taken back, and can be done again."
            if len(again) > 1:
                words = _what_goes(again, "This was taken back. Doing it again does", "oldest first")
        elif event.undone:
            words = "This was taken back. Something else was done after it, so it cannot be done again."
        elif event.kind == "edit":
            words = "Undo goes back as far as the last search, and this is older. It stays in the history."
        self.words.setText(words)
        may = self._session.readonly_reason is None
        for button, lines, one, more in (
            (self.undo_button, back, "Undo this edit", "Undo these {} edits"),
            (self.redo_button, again, "Do it again", "Do these {} edits again"),
        ):
            button.setVisible(bool(lines))
            button.setEnabled(may)
            button.setText(one if len(lines) < 2 else more.format(len(lines)))
            button.updateGeometry()
        self.setVisible(bool(words))

    def undo_to_here(self) -> None:
        """Takes back the edit, after all newer ones, newest first."""
        event = self._event
        for _ in up_to(self._possible().back, str(event.change)) if event is not None else ():
            if not self._session.undo():
                return

    def redo_to_here(self) -> None:
        """Does the edit again, after the older ones that were taken back."""
        event = self._event
        for _ in up_to(self._possible().again, str(event.change)) if event is not None else ():
            if not self._session.redo():
                return

    def _possible(self) -> WhatCanBeUndone:
        inventory = self._session.inventory
        return what_can_be_undone(inventory) if inventory is not None else WhatCanBeUndone()


def _what_goes(lines: tuple[ChangeRow, ...], begin: str, order: str) -> str:
    """Plain words for what is taken back, or done again, in order."""
    named = "; ".join(f"“{clean(line.say, 80).rstrip('.')}”" for line in lines[:NAMED])
    more = f"; and {len(lines) - NAMED} more" if len(lines) > NAMED else ""
    return f"{begin} {len(lines)} edits, {order}: {named}{more}."
