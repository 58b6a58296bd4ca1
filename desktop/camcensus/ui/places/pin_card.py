"""What stands under a floor plan: the key, and the chosen pin with what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from camcensus.model.words import GRADE_SHORT, clean
from camcensus.store.edits.placing import remove_pin, walk_pin
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports.sheets import pin_label
from camcensus.ui import phrases
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, Link
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.marks import Pill, Sign
from camcensus.ui.kit.parts import Surface, clear, column, row
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session


class PlanKey(QWidget):
    """What the signs on the pins mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = Text("", "caption", "secondary")
        signs: list[QWidget] = []
        for glyph, ink, words in (
            ("listed", "listed_ink", "Listed"),
            ("based", "neutral_ink", "Based in China (our reading)"),
            ("dash", "secondary", "Not listed"),
            ("question", "todo_ink", "Needs checking"),
        ):
            one = QWidget()
            one.setLayout(row(Sign(glyph, ink, line=16), Text(words, "caption", "secondary", wrap=False), gap=6))  # type: ignore[arg-type]
            signs.append(one)
            if glyph == "based":
                self.based = one
                one.hide()
        signs.append(Text("Dashed line: placed, not yet checked on site", "caption", "secondary", wrap=False))
        self.setLayout(column(Flow(*signs, gap=16), 4, self.counts))

    def show_based(self, shown: bool) -> None:
        """Whether a pin of this plan has the sign of a maker based in China."""
        self.based.setVisible(shown)


class PinCard(Surface):
    """The chosen pin: what it is, whether somebody has walked there, and Move and Take off for those who do not drag."""

    move_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("pane", shape="card", parent=parent)
        self._session = session
        self.row: AssetRow | None = None
        self._number = Text("", "caption", "secondary", wrap=False)
        self._title = Text("", "heading", wrap=False)
        self._listing, self._decision = Pill(phrases.NOT_LISTED), Pill(phrases.NOT_DECIDED)
        self._maker = Text("", "body")
        self.walked = Check("Checked on site: the camera is here")
        self.off_button, self.move_button = Button("Take off plan"), Button("Move")
        self.see_link = Link("Show in the list", "caption")
        self._hint = Text("Drag the pin, or Move: arrow keys 1 mm, with Shift 10 mm", "caption", "secondary")
        who = column(self._number, 2, self._title, 6, row(self._listing, self._decision, None))
        said = column(self._maker, 6, self.walked, 4, row(self.see_link, None))
        do = QVBoxLayout()
        do.addLayout(row(None, self.off_button, self.move_button))
        do.addSpacing(8)
        do.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignRight)
        do.addStretch(1)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(20, 14, 16, 14)
        self._layout.setSpacing(20)
        self._layout.addLayout(who, 3)
        self._layout.addLayout(said, 4)
        self._layout.addLayout(do, 4)
        self.walked.toggled.connect(self._walk)
        self.off_button.clicked.connect(self._take_off)
        self.move_button.clicked.connect(self.move_wanted)
        self.see_link.clicked.connect(self._see)

    def set_narrow(self, narrow: bool) -> None:
        """Parts under each other where there is no room beside."""
        narrow = narrow or theme.THEME.percent >= 150
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def show_row(self, item: AssetRow | None) -> None:
        """Shows a row that has a pin; None hides the card."""
        self.row = item
        self.setVisible(item is not None)
        if item is None:
            return
        asset = item.asset
        self._number.setText(f"Pin {pin_label(asset.ref)} · {clean(asset.ref)}")
        self._title.setText(phrases.place_of(item))
        self._listing.set_mark(phrases.listing_mark(item))
        self._decision.set_mark(phrases.decision_mark(asset.decision))
        grade = phrases.grade_of(item)
        maker = phrases.maker_of(item, self._session.knowledge)
        self._maker.setText(
            f"Made by {maker} – {GRADE_SHORT[grade].lower()}" if maker != "Not known" else "We can’t tell who made this."
        )
        self.walked.blockSignals(True)
        self.walked.setChecked(bool(asset.pin and asset.pin.walked))
        self.walked.blockSignals(False)
        for button in (self.walked, self.off_button, self.move_button):
            button.setEnabled(self._session.readonly_reason is None)

    def _walk(self, on: bool) -> None:
        if self.row is not None:
            self._session.do(walk_pin([self.row.asset.id], on))

    def _take_off(self) -> None:
        if self.row is not None:
            self._session.do(remove_pin([self.row.asset.id]))

    def _see(self) -> None:
        if self.row is not None:
            self._session.hub.asked_for.emit("cameras", {"asset": self.row.asset.id})


class Unplaced(Surface):
    """Rows of this floor that have no pin yet, each with a way to put it on the plan."""

    place_wanted = Signal(str)
    SHOWN = 5

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("base", lines="t", parent=parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 16, 0, 8)
        self._column.setSpacing(4)
        self.links: list[Link] = []

    def show_rows(self, rows: list[AssetRow], *, may_edit: bool) -> None:
        """Shows the first few; hides where there are none."""
        clear(self._column)
        self.links = []
        self.setVisible(bool(rows))
        if not rows:
            return
        has = "has" if len(rows) == 1 else "have"
        what = "item" if len(rows) == 1 else "items"
        self._column.addWidget(Text("Not on the plan yet", "strong"))
        self._column.addWidget(Text(f"{len(rows)} {what} here {has} no pin.", "caption", "secondary"))
        self._column.addSpacing(4)
        for item in rows[: self.SHOWN]:
            link = Link("Place", "body")
            link.setAccessibleName(f"Place {clean(item.asset.ref)} on the plan")
            link.setEnabled(may_edit)
            link.clicked.connect(lambda _=False, asset=item.asset.id: self.place_wanted.emit(asset))
            self.links.append(link)
            line = QHBoxLayout()
            words = column(
                Text(phrases.place_of(item), "body", wrap=False),
                Text(clean(item.asset.ref), "caption", "secondary", wrap=False),
            )
            line.addLayout(words, 1)
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
            self._column.addLayout(line)
        if len(rows) > self.SHOWN:
            self._column.addWidget(Text(f"and {len(rows) - self.SHOWN} more", "caption", "secondary"))
