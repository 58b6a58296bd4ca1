"""Enter your walk-round notes: a grid for the lines of the sheet, which are kept until they are saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.words import clean, count
from camcensus.tasks.register import walking
from camcensus.tasks.register.suggestions import suggestions
from camcensus.tasks.register.walk_lines import CELLS, KINDS_OFFERED
from camcensus.ui.cameras.walk_grid import WalkGrid
from camcensus.ui.cameras.walk_model import FIRST, WalkModel
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import fill, row
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.widgets import Text, announce
from camcensus.ui.session import Session

DRAFT_AFTER_MS = 1_500
"""What was typed is put away when nobody has typed for so long, and when the window is closed."""
LARGE_PERCENT = 150
"""Text from which the room is needed for the lines; the help page says the rest."""
LEAD = (
    "One camera on each line. Tab moves right, Enter moves down, Ctrl+’ copies the cell above. You can paste from a "
    "spreadsheet. What you type is saved when you close this; come back for the rest."
)


class WalkEntry(Dialog):
    """The grid, what the current line becomes, and who walked. `print_wanted` asks for the sheet."""

    saves_drafts = True
    leaves, widest = (32, 48), 1240

    print_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        large = theme.THEME.percent > LARGE_PERCENT
        super().__init__(parent, "Enter your walk-round notes", width=1180, lead="" if large else LEAD)
        self._session = session
        self.model = WalkModel(self)
        self._offers: dict[int, Sequence[str]] = {}
        self.grid = WalkGrid(self.model, lambda at: self._offers.get(at, ()))
        self.says = Text("", "body", "secondary")
        self.problems = LinkButton("", then=self.to_problem)
        self.who = Field("Your name", name="Checked by", text=session.person)
        self._count = Text("", "body", "secondary", wrap=False)
        box = card_of(self.grid)
        self.who.setMaximumWidth(theme.px(200))
        name = Text("Checked by", wrap=False)
        name.setMinimumWidth(name.sizeHint().width())
        self._count.setHidden(large)
        fill(self.body, (box, 1), 8, self.says, 8, row(name, self.who, self._count, None, self.problems, gap=12))
        self.remove_button = Button("Remove line", then=self._remove)
        self.sheet_button = Button("Print the sheet…", icon="printer", then=self.print_wanted)
        self.buttons.insertWidget(0, self.remove_button)
        self.buttons.insertWidget(0, self.sheet_button)
        self.go = self.offer("Close", "Save rows")
        self.go.setDefault(False)
        self._draft = QTimer(self, singleShot=True, interval=DRAFT_AFTER_MS)
        self._draft.timeout.connect(self.save_draft)
        self._read_again()
        if session.inventory is not None:
            self.model.set_lines(walking.draft(session.inventory))
        self._connect()
        self._refresh()
        self.grid.start()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.model.changed.connect(self._refresh)
        self.model.changed.connect(self._draft.start)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._refresh())
        self.finished.connect(lambda _: self.save_draft())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)

    # What people do

    def accept(self) -> None:
        who = self.who.typed
        fit = self.model.fit()
        if fit and not who:
            self._say("Enter who walked round; the notes are saved with that name.")
            self.who.setFocus()
            return
        wrong = self.model.problems()
        if not fit:
            self.to_problem() if wrong else self._say("There is nothing to save yet; type at least one line.")
            return
        self._session.person = who
        if not self._session.do(walking.save_walk(self._session.knowledge, fit, who)):
            return
        left = [one.line for one in self.model.walked if one.problems]
        self._read_again()
        self.model.set_lines(left)
        self.save_draft()
        if not left:
            super().accept()
            return
        self.to_problem()
        stays = count(len(left), "line stays", "lines stay")
        said = f"{count(len(fit), 'line')} saved. {stays} here: {self.model.problems()[0][2]}"
        self._say(said)
        announce(self, said)

    def reject(self) -> None:
        """Closes; what was typed is saved."""
        self.save_draft()
        super().reject()

    def to_problem(self) -> None:
        """Goes to the next cell with something wrong."""
        wrong = self.model.problems()
        if not wrong:
            return
        here = (self.grid.currentIndex().row(), self.grid.currentIndex().column())
        at, column_, sentence = next((one for one in wrong if one[:2] > here), wrong[0])
        self.grid.see(at, column_)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, sentence)

    def save_draft(self) -> None:
        """Puts away what was typed and not saved."""
        self._draft.stop()
        inventory = self._session.inventory
        if inventory is None or self._session.readonly_reason is not None or self._session.waiting:
            return
        lines = [line for line in self.model.lines if not line.empty]
        if lines == walking.draft(inventory):
            return
        try:
            walking.save_draft(inventory, lines)
        except CamcensusError as error:
            self._say(f"What you typed is not saved yet. {error}")

    # How

    def _read_again(self) -> None:
        if self._session.inventory is None:
            return
        reader = walking.reader(self._session.inventory, self._session.knowledge)
        self.model.read_against(reader)
        offers: dict[str, Sequence[str]] = {
            "place": reader.place_words(),
            "kind": KINDS_OFFERED,
            "brand": suggestions(self._session.inventory, "brand"),
            "model": suggestions(self._session.inventory, "model"),
            "hangs": [f"{clean(one.asset.ref, 20)}, " for one in reader.recorders],
        }
        self._offers = {FIRST + CELLS.index(name): words for name, words in offers.items()}

    def _remove(self) -> None:
        chosen = {index.row() for index in self.grid.selectionModel().selectedIndexes()}
        if chosen:
            self.model.remove(sorted(chosen))
            self.grid.see(min(*chosen, self.model.rowCount() - 1), self.grid.currentIndex().column())
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        fit, wrong = len(self.model.fit()), len({at for at, _, _ in self.model.problems()})
        self.go.setText(f"Save {count(fit, 'row')}" if fit else "Save rows")
        self.go.updateGeometry()
        self.go.setEnabled(self._session.readonly_reason is None)
        at = self.grid.currentIndex().row()
        self.says.set_ink("wrong" if 0 <= at < len(self.model.walked) and self.model.walked[at].problems else "secondary")
        self.says.setText(self.model.says(at) or " ")
        self.problems.setText(f"Go to the next of {count(wrong, 'line')} to mend" if wrong else "")
        self.problems.setAccessibleName(self.problems.text())
        self.problems.updateGeometry()
        self.problems.setVisible(bool(wrong))
        new = sum(one.fit and one.row is None for one in self.model.walked)
        self._count.setText(f"{count(new, 'new row')}, {fit - new} already there." if fit else "")

    def _say(self, sentence: str) -> None:
        self.says.set_ink("wrong")
        self.says.setText(sentence)
