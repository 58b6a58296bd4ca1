"""What is under a floor plan: the key, and the chosen pin with what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.words import GRADE_SHORT, clean
from camcensus.store.edits.placing import remove_pin, walk_pin
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports.sheets import pin_label
from camcensus.ui import phrases
from camcensus.ui.asset.own_page import offer_page, own_page
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.controls import Check
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import clear, column, fill, panel, row, turn
from camcensus.ui.kit.marks import Pill, SignMark
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session


class PlanKey(QWidget):
    """What the signs on the pins mean, and what is done with the whole plan."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        self.counts = Text("", "caption", "secondary")
        signs: list[QWidget] = []
        for glyph, ink, words in (
            ("listed", "listed_ink", "Listed"),
            ("based", "neutral_ink", "Based in China (our reading)"),
            ("dash", "secondary", "Not listed"),
            ("question", "todo_ink", "Needs checking"),
        ):
            one = QWidget()
            row(SignMark(glyph, ink, line=16), Text(words, "caption", "secondary", wrap=False), gap=6, of=one)  # type: ignore[arg-type]
            signs.append(one)
            if glyph == "based":
                self.based = one
                one.hide()
        signs.append(Text("Dashed line: placed, not yet checked on site", "caption", "secondary", wrap=False))
        column(row((Flow(*signs, gap=16), 1), *buttons, gap=4), 4, self.counts, of=self)


class PinCard(Surface):
    """The chosen pin: what it is, whether somebody has checked it on site, and Move and Take off for those who do not drag."""

    move_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("pane", shape="card")
        self._session = session
        self.row: AssetRow | None = None
        self._number = Text("", "caption", "secondary", wrap=False)
        self._title = Text("", "heading", wrap=False)
        self._listing, self._decision = Pill(phrases.NOT_LISTED), Pill(phrases.NOT_DECIDED)
        self._maker = Text("", "body")
        self.walked = Check("Checked on site: the camera is here")
        self.off_button, self.move_button = Button("Take off plan", then=self._take_off), Button("Move", then=self.move_wanted)
        self.see_link = LinkButton("Show in the list", "caption", then=self._see)
        self.page_link = LinkButton("Which camera is this?", "caption", then=self._open_page)
        self._hint = Text("Drag the pin, or Move: arrow keys 1 mm, with Shift 10 mm", "caption", "secondary")
        who = column(self._number, 2, self._title, 6, row(self._listing, self._decision, None))
        said = column(self._maker, 6, self.walked, 4, row(self.see_link, self.page_link, None, gap=16))
        do = column(row(None, self.off_button, self.move_button), 8, (self._hint, 0, Qt.AlignmentFlag.AlignRight), None, gap=20)
        self._layout = row((panel(who), 3), (panel(said), 4), (panel(do), 4), gap=20, margins=(20, 14, 16, 14), of=self)
        self.walked.toggled.connect(self._walk)

    def set_narrow(self, narrow: bool) -> None:
        """Parts under each other where there is no room beside."""
        narrow = narrow or theme.THEME.large
        turn(self._layout, down=narrow)

    def keep_room_for(self, item: AssetRow | None) -> None:
        """Keeps the room that this row needs while no pin is chosen: then the plan keeps its size when one is."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(item is not None)
        self.setSizePolicy(policy)
        self.show_row(item)

    def show_row(self, item: AssetRow | None) -> None:
        """Shows a row that has a pin; None hides the card."""
        self.row = item
        self.setVisible(item is not None)
        if item is None:
            return
        asset = item.asset
        self.page_link.setVisible(own_page(self._session, item) is not None)
        self._number.setText(f"Pin {pin_label(asset.ref)} · {clean(asset.ref)}")
        self._title.setText(phrases.place_of(item))
        self._listing.set_mark(phrases.state_mark(item.state))
        self._decision.set_mark(phrases.decision_mark(asset.decision))
        grade = phrases.grade_of(item)
        made_by = f"Made by {phrases.maker_of(item, self._session.knowledge)} – {GRADE_SHORT[grade].lower()}"
        self._maker.setText("We can’t tell who made this." if phrases.maker_id(item) is None else made_by)
        self.walked.blockSignals(True)
        self.walked.setChecked(bool(asset.pin and asset.pin.walked))
        self.walked.blockSignals(False)
        for button in (self.walked, self.off_button, self.move_button):
            button.setEnabled(self._session.readonly_reason is None)

    def _open_page(self) -> None:
        if self.row is not None:
            offer_page(self._session, self.row, self.window())

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

    def __init__(self) -> None:
        super().__init__("base", lines="t")
        self._column = column(gap=4, margins=(0, 16, 0, 8), of=self)
        self.links: list[LinkButton] = []

    def show_rows(self, rows: list[AssetRow], *, may_edit: bool) -> None:
        """Shows the first few; hides where there are none."""
        clear(self._column)
        self.links = []
        self.setVisible(bool(rows))
        if not rows:
            return
        has = "has" if len(rows) == 1 else "have"
        what = "item" if len(rows) == 1 else "items"
        fill(
            self._column,
            Text("Not on the plan yet", "strong"),
            Text(f"{len(rows)} {what} here {has} no pin.", "caption", "secondary"),
            4,
        )
        for item in rows[: self.SHOWN]:
            link = LinkButton("Place", "body")
            link.setAccessibleName(f"Place {clean(item.asset.ref)} on the plan")
            link.setEnabled(may_edit)
            link.clicked.connect(lambda _=False, asset=item.asset.id: self.place_wanted.emit(asset))
            self.links.append(link)
            words = column(
                Text(phrases.place_of(item), "body", wrap=False),
                Text(clean(item.asset.ref), "caption", "secondary", wrap=False),
            )
            line = row((words, 1), (link, 0, Qt.AlignmentFlag.AlignVCenter), gap=4)
            self._column.addLayout(line)
        if len(rows) > self.SHOWN:
            self._column.addWidget(Text(f"and {len(rows) - self.SHOWN} more", "caption", "secondary"))
