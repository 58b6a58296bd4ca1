"""One answer for all that are alike: how many there are, which of them it is for, and which are exceptions."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.prose import fitting, listed
from camcensus.model.words import clean, count
from camcensus.tasks.register.alike import Alike, brand_and_model
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import phrases
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import column, panel, row
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text

EXCEPTIONS_NAMED = 3


class AlikePart(QWidget):
    """Hidden where nothing is alike. `changed` tells that the answer is for others than before."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._alike: Alike = ()
        self._left_out: frozenset[str] = frozenset()
        self.same = Check("")
        self.which = LinkButton("Choose which…", then=self.choose_which)
        self._said = Text("", "caption", "secondary")
        column(row(self.same, (self.which, 0, Qt.AlignmentFlag.AlignTop), None, gap=16), 2, self._said, 16, of=self)
        self.same.toggled.connect(self._tell)
        self.hide()

    def show_alike(self, alike: Alike, of: AssetRow | None, *, anew: bool) -> None:
        """Starts anew for another entry, or other ones: nothing is answered for others until somebody ticks it."""
        if not anew and alike == self._alike:
            return
        self._alike = alike
        self._name = brand_and_model(of)
        self._left_out = frozenset(row_.asset.id for row_, why in alike if why)
        self.same.setChecked(False)
        self.setVisible(bool(alike))
        self._tell()

    @property
    def others(self) -> tuple[str, ...]:
        """The ids of the entries that the answer is for as well."""
        return self._chosen() if self.same.isChecked() else ()

    def choose_which(self) -> None:
        """Asks which of them the answer is for."""
        dialog = AlikeDialog(self._alike, self._left_out, self._name, self.window())
        dialog.accepted.connect(lambda: self._choose(dialog.left_out))
        dialog.show_over()

    def _choose(self, left_out: frozenset[str]) -> None:
        self._left_out = left_out
        self.same.setChecked(bool(self._chosen()))
        self._tell()

    def _chosen(self) -> tuple[str, ...]:
        return tuple(row_.asset.id for row_, _ in self._alike if row_.asset.id not in self._left_out)

    def _tell(self, *_: object) -> None:
        number = len(self._chosen())
        self.same.setText(
            f"Same answer for {count(number, 'other')} like it: {self._name}" if number else f"Others: {self._name}"
        )
        self.same.setEnabled(bool(number))
        self.same.updateGeometry()
        left = [
            f"{clean(row_.asset.ref)} ({why})" if why else clean(row_.asset.ref)
            for row_, why in self._alike
            if row_.asset.id in self._left_out
        ]
        named = f" {fitting(len(left), 'Exception', 'Exceptions')}: {listed(left, EXCEPTIONS_NAMED)}." if left else ""
        self._said.setText(f"Serial number, place and photos are for this one only.{named}")
        self.changed.emit()


class AlikeDialog(Dialog):
    """A tick for each entry that is alike; `left_out` are those that are not ticked."""

    def __init__(self, alike: Alike, left_out: Collection[str], name: str, parent: QWidget) -> None:
        lead = f"All of these show {name}. Untick those that need an answer of their own."
        super().__init__(parent, "Same answer for which?", width=560, lead=lead)
        self._ticks: dict[str, Check] = {}
        for row_, why in alike:
            where = phrases.place_of(row_) or next(iter(row_.addresses), "")
            said = ", ".join(part for part in (clean(row_.asset.ref), clean(where, 80), why) if part)
            self._ticks[row_.asset.id] = Check(said, on=row_.asset.id not in left_out)
        inner = panel(column(*self._ticks.values(), None, gap=6, margins=(3, 3, 8, 3)))
        room = Scroll(inner, "Entries like this one")
        room.setMinimumHeight(min(inner.sizeHint().height() + 4, theme.unless_large(320, 160)))
        self.body.addWidget(room, 1)
        self.offer("Cancel", "Use these")

    @property
    def left_out(self) -> frozenset[str]:
        """The ids of those that are not ticked."""
        return frozenset(identity for identity, tick in self._ticks.items() if not tick.isChecked())
