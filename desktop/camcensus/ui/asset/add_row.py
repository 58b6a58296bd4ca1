"""Add a row by hand: what no search finds, such as an analogue camera, is counted too."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from camcensus.model.device import DeviceKind
from camcensus.model.words import KIND_WORDS, clean
from camcensus.tasks.register.by_hand import add_rows
from camcensus.tasks.register.suggestions import suggestions
from camcensus.tasks.register.verbs import HandRow
from camcensus.ui.asset.decide import place_paths
from camcensus.ui.asset.label import BASIS_WORDS
from camcensus.ui.asset.tag_editors import LearnField
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog, labelled
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

KINDS: tuple[DeviceKind, ...] = ("camera", "recorder", "encoder", "intercom", "software")


class AddRowDialog(Dialog):
    """Kind, place, and what the label says. `made` is the new row's id."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        lead = "For what a search cannot find: analogue cameras, and networks this computer cannot reach."
        super().__init__(parent, "Add a row by hand", lead=lead, width=520)
        self._session = session
        self.made = ""
        self.kind, self.place, self.basis = Combo("It is"), Combo("Where is it?"), Combo("Where did you read it?")
        for kind in KINDS:
            self.kind.addItem(KIND_WORDS[kind], kind)
        self.place.addItem("No location yet", None)
        for identity, path in place_paths(session):
            self.place.addItem(" › ".join(clean(part) for part in path), identity)
        for basis, words in BASIS_WORDS.items():
            self.basis.addItem(words, basis)
        self.brand = LearnField(suggestions(session.inventory, "brand"), "For example, Honeywell", name="Brand")
        self.model = LearnField(suggestions(session.inventory, "model"), "For example, H4W2PER3", name="Model")
        self.serial, self.who = Field("S/N", name="Serial number"), Field("Your name", name="Read by")
        self.who.setText(session.person)
        self.problem = Text("", "caption", "listed_ink")
        self.problem.hide()
        grid = QGridLayout()
        grid.setSpacing(12)
        pairs = (
            ("It is", self.kind),
            ("Where is it?", self.place),
            ("Brand", self.brand),
            ("Model", self.model),
            ("Serial number", self.serial),
            ("Where did you read it?", self.basis),
            ("Read by", self.who),
        )
        for at, (title, field) in enumerate(pairs):
            grid.addLayout(labelled(title, field), at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addSpacing(8)
        self.body.addWidget(Text("Brand, model and serial number can be left empty and read later.", "caption", "secondary"))
        self.body.addWidget(self.problem)
        self.offer("Cancel", "Add row")

    def accept(self) -> None:
        """Adds the row, or says what is missing; nothing typed is lost."""
        who = self.who.text().strip()
        read = [field.text().strip() for field in (self.brand, self.model, self.serial)]
        if any(read) and not who:
            self.problem.setText("Type who read it; the reading is kept with that name.")
            self.problem.show()
            self.who.setFocus()
            return
        before = {item.asset.id for item in self._session.rows()}
        new = HandRow(
            kind=self.kind.currentData(),
            place=self.place.currentData(),
            brand=read[0],
            model=read[1],
            serial=read[2],
            basis=self.basis.currentData(),
        )
        self._session.person = who or self._session.person
        if self._session.do(add_rows(self._session.knowledge, [new], who or self._session.by)):
            self.made = next((item.asset.id for item in self._session.rows() if item.asset.id not in before), "")
            super().accept()
