"""The one place where pages hear of changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from camcensus.model.changes import Changes


class Hub(QObject):
    """Passes on what was changed, what went wrong, and where a person wants to go."""

    changed = Signal(Changes)
    followed = Signal(Changes)
    """The same, once every page has followed."""
    troubled = Signal(str, str)
    """A title and one sentence for staff."""
    asked_for = Signal(str, object)
    """The name of a page, and what it should show (a filter, an asset's id) or None."""
    lists_wanted = Signal()
    """A person wants to bring a list of what they have, whatever made it."""
    backup_wanted = Signal()
    """A person wants to open a back-up from a file."""
    practice_wanted = Signal()
    """A person wants the practice school to be searched."""
    going_back = Signal(object)
    """The back-up that a person chose to go back to."""

    def publish(self, changes: Changes | None) -> None:
        """Tells every view what was touched; None is nothing."""
        if changes is not None:
            self.changed.emit(changes)
            self.followed.emit(changes)
