"""One answer for all that are alike: how many there are, and which are exceptions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean, count, fitting, listed
from camcensus.tasks.register.alike import Alike, brand_and_model
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.widgets import Text

EXCEPTIONS_NAMED = 3


class AlikePart(QWidget):
    """Hidden where nothing is alike. `changed` tells that the answer is for others than before."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._alike: Alike = ()
        self.same = Check("")
        self._said = Text("", "caption", "secondary")
        column(self.same, 2, self._said, 16, of=self)
        self.same.toggled.connect(self._tell)
        self.hide()

    def show_alike(self, alike: Alike, of: AssetRow | None, *, anew: bool) -> None:
        """Starts anew for another entry, or other ones: nothing is answered for others until somebody ticks it."""
        if not anew and alike == self._alike:
            return
        self._alike = alike
        self._name = brand_and_model(of)
        self.same.setChecked(False)
        self.setVisible(bool(alike))
        self._tell()

    @property
    def others(self) -> tuple[str, ...]:
        """The ids of the entries that the answer is for as well."""
        return self._chosen() if self.same.isChecked() else ()

    def _chosen(self) -> tuple[str, ...]:
        return tuple(row_.asset.id for row_, why in self._alike if not why)

    def _tell(self, *_: object) -> None:
        number = len(self._chosen())
        self.same.setText(
            f"Same answer for {count(number, 'other')} like it: {self._name}" if number else f"Others: {self._name}"
        )
        self.same.setEnabled(bool(number))
        self.same.updateGeometry()
        left = [f"{clean(row_.asset.ref)} ({why})" for row_, why in self._alike if why]
        named = f" {fitting(len(left), 'Exception', 'Exceptions')}: {listed(left, EXCEPTIONS_NAMED)}." if left else ""
        self._said.setText(f"Serial number, place and photos are for this one only.{named}")
        self.changed.emit()
