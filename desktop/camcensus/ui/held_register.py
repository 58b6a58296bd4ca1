"""The register as the window holds it: read once; after a change only the rows that it touched are read again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from camcensus.model import frozen
from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError
from camcensus.model.knowledge import Knowledge
from camcensus.model.later import later
from camcensus.tasks.progress import collector_paused
from camcensus.ui.hub import Hub

if TYPE_CHECKING:
    from camcensus.planning.counts import Counts
    from camcensus.tasks.register import checking
    from camcensus.tasks.register import verbs as register
else:
    checking, register = later("camcensus.tasks.register.checking"), later("camcensus.tasks.register.verbs")


@frozen
class _Ahead:
    """The register after a change, read by the Job that made it; good while `before` and `knowledge` are still in use."""

    changes: Changes
    before: tuple[register.AssetRow, ...]
    knowledge: Knowledge
    rows: tuple[register.AssetRow, ...]
    to_check: tuple[checking.ToCheck, ...]


class HeldRegister(QObject):
    """The rows of the inventory that is open, and what is worked out of all of them. Belongs to the window's thread."""

    def __init__(self, knowledge: Knowledge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.knowledge = knowledge
        self.inventory: register.Inventory | None = None
        self.hub = Hub(self)
        self.chosen: tuple[str, ...] = ()
        """The ids of the entries that are chosen in Cameras: a report or a file may be of these alone."""
        self._rows: tuple[register.AssetRow, ...] | None = None
        self._brought: tuple[register.AssetRow, ...] | None = None
        self._at: dict[str, int] = {}
        self._read_with: Knowledge | None = None
        self._known: Knowledge | None = None
        self._to_check: tuple[checking.ToCheck, ...] | None = None
        self._ahead: _Ahead | None = None
        self._counts: tuple[tuple[register.AssetRow, ...], Counts] | None = None
        self.hub.changed.connect(self._refresh)

    def rows(self) -> tuple[register.AssetRow, ...]:
        """The register. It is read once; after a change only the rows that it touched are read again."""
        if self._rows is None or self._read_with is not self.knowledge:
            with collector_paused():
                read = register.rows(self.inventory, self.knowledge) if self.inventory and self._brought is None else ()
                self._hold(self._brought or read)
        return self._rows or ()

    @property
    def counts(self) -> Counts:
        """The numbers of the register, added up once for each change."""
        rows = self.rows()
        if self._counts is None or self._counts[0] is not rows:
            self._counts = rows, register.count_rows(rows)
        return self._counts[1]

    def row(self, asset_id: str) -> register.AssetRow | None:
        """One row of the register."""
        rows = self.rows()
        at = self._at.get(asset_id)
        return rows[at] if at is not None else None

    def to_check(self) -> tuple[checking.ToCheck, ...]:
        """What needs a person, or one has read; worked out once for each change."""
        if self._to_check is None:
            self._to_check = checking.to_check(self.inventory, self.rows()) if self.inventory is not None else ()
        return self._to_check

    def to_check_number(self) -> int:
        """How many things still need somebody to look."""
        return sum(item.state == "open" for item in self.to_check())

    @property
    def known(self) -> Knowledge:
        """The knowledge with the organisation's own list in it, read once for each change."""
        if self._known is None:
            here = self.inventory
            self._known = register.with_own_list(here, self.knowledge) if here is not None else self.knowledge
        return self._known

    @contextlib.contextmanager
    def given(self, rows: tuple[register.AssetRow, ...]) -> Iterator[None]:
        """Whoever asks for the register meanwhile gets these rows, which were read before."""
        self._brought = rows
        try:
            yield
        finally:
            self._brought = None

    def let_go(self) -> None:
        """Forgets all of it."""
        self._rows = self._known = self._to_check = self._counts = self._ahead = None

    def _hold(self, rows: tuple[register.AssetRow, ...]) -> None:
        self._rows, self._read_with = rows, self.knowledge
        self._at = {row.asset.id: at for at, row in enumerate(rows)}

    def read_ahead(self, pen: register.Inventory, changes: Changes) -> None:
        """Reads what a Job has changed in its own thread: the window waits for none of it where nothing came between.

        For the Job's last step. A failure is told by whoever reads again.
        """
        before, knowledge = self._rows, self.knowledge
        if before is not None and not changes.settings:
            with contextlib.suppress(CamcensusError):
                rows = register.refresh(before, changes, pen, knowledge)
                self._ahead = _Ahead(changes, before, knowledge, rows, checking.to_check(pen, rows))

    def _refresh(self, changes: Changes) -> None:
        self._known = self._to_check = None
        ahead = self._ahead
        if ahead is not None and ahead.changes is changes:
            self._ahead = None
            if ahead.before is self._rows and ahead.knowledge is self.knowledge:
                self._hold(ahead.rows)
                self._to_check = ahead.to_check
                return
        if self._rows is None or self.inventory is None or changes.settings or self._read_with is not self.knowledge:
            self._rows = None
            return
        try:
            self._hold(register.refresh(self._rows, changes, self.inventory, self.knowledge))
        except CamcensusError:
            self._rows = None  # whoever asks for them next says what is wrong
