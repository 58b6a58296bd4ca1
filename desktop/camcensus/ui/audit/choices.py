"""Which lists a roll-up's totals count."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import column, fill
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text

LEAST_HEIGHT = 160


class CountedLists(Dialog):
    """A box for each list that is known. What is chosen holds in this window, its tables and its report, until it is closed."""

    def __init__(self, desk: AuditDesk, parent: QWidget) -> None:
        lead = (
            "A camera counts as made by a listed maker when one of these names its maker. Where a statement names no company, "
            "makers based in China are counted apart (our reading)."
        )
        super().__init__(parent, "What is counted", width=640, lead=lead)
        self._desk = desk
        self.checks: dict[str, Check] = {}
        body = QWidget()
        boxes = column(margins=(4, 4, 4, 4), of=body)
        for name, (title, about) in desk.list_words().items():
            check = self.checks[name] = Check(title)
            check.setChecked(name in desk.counted)
            check.toggled.connect(self._look)
            under = column(Text(about, "caption", "secondary"), margins=(theme.px(27), 6, 0, 12))
            fill(boxes, (check, 0, Qt.AlignmentFlag.AlignLeft), under)
        boxes.addStretch(1)
        scroll = Scroll(body, "Lists")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(LEAST_HEIGHT)
        self.body.addWidget(scroll, 1)
        self.go = self.offer("Cancel", "Count these")
        self._look()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The lists that are ticked."""
        return tuple(name for name, check in self.checks.items() if check.isChecked())

    def _look(self) -> None:
        self.go.setEnabled(bool(self.ticked))

    def accept(self) -> None:
        self._desk.count_by(self.ticked)
        super().accept()
