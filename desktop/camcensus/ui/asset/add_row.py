"""Add a row by hand: what no search finds, such as an analogue camera, is counted too."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.device import DeviceKind
from camcensus.model.words import KIND_WORDS
from camcensus.tasks.register.by_hand import add_rows
from camcensus.tasks.register.suggestions import suggestions
from camcensus.tasks.register.verbs import HandRow
from camcensus.ui.asset.decide import place_choices
from camcensus.ui.asset.label import BASIS_WORDS
from camcensus.ui.asset.tag_editors import LearnField
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, in_twos
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

KINDS: tuple[DeviceKind, ...] = ("camera", "recorder", "encoder", "intercom", "software")


class AddRowDialog(Dialog):
    """Kind, place, and what the label says. `made` is the new row's id."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        lead = "For what a search cannot find: analogue cameras, and networks this computer cannot reach."
        super().__init__(parent, "Add a row by hand", lead=lead, width=520)
        self._session = session
        self.made = ""
        self.kind, self.place, self.basis = Combo("It is"), Combo("Where is it?"), Combo("Where did you read it?")
        self.kind.offer((KIND_WORDS[kind], kind) for kind in KINDS)
        self.place.offer(place_choices(session, None))
        self.basis.offer(((words, basis) for basis, words in BASIS_WORDS.items()))
        self.brand = LearnField(suggestions(session.inventory, "brand"), "For example, Honeywell", name="Brand")
        self.model = LearnField(suggestions(session.inventory, "model"), "For example, H4W2PER3", name="Model")
        self.serial, self.who = Field("S/N", name="Serial number"), Field("Your name", name="Read by", text=session.person)
        self.problem = MissingLine()
        asked = (self.kind, self.place, self.brand, self.model, self.serial, self.basis, self.who)
        fill(
            self.body,
            form(*in_twos(*asked), shares=(1, 1)),
            8,
            Text("Brand, model and serial number can be left empty and read later.", "caption", "secondary"),
            self.problem,
        )
        self.offer("Cancel", "Add row")

    def accept(self) -> None:
        who = self.who.typed
        read = [field.typed for field in (self.brand, self.model, self.serial)]
        if any(read) and not who:
            self.problem.say("Type who read it; the name is saved with the reading.", self.who)
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
