"""'This is wrong': what a person reads on the label or in a letter becomes evidence, with their name and the date."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean
from camcensus.store.edits.tagging import set_kind
from camcensus.tasks.register.by_hand import read_label
from camcensus.tasks.register.verbs import AssetRow, Basis
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, labelled
from camcensus.ui.kit.layout import fill, panel
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

BASIS_WORDS: dict[Basis, str] = {
    "label": "The label on it",
    "invoice": "An invoice or order",
    "supplier-letter": "A letter from the supplier",
    "maker-letter": "A letter from the maker",
}
SAVED_AS = (
    "Your answer is saved as evidence, with your name and the date. A label confirms the brand and model. What the device "
    "itself answers stays beside it."
)


def reading_choices(session: Session) -> tuple[Combo, Combo, QWidget]:
    """Where it was read, the maker that a letter names, and the part with that field, which is there for letters only."""
    basis = Combo("Where did you read it?", ((words, basis) for basis, words in BASIS_WORDS.items()))
    makers = sorted(session.knowledge.manufacturers.values(), key=lambda one: one.name.casefold())
    maker = Combo("Maker the letter names", [("It names no maker", ""), *((one.name, one.id) for one in makers)])
    part = panel(labelled("Maker the letter names", maker))

    def show(*_: object) -> None:
        part.setVisible(basis.currentData().endswith("-letter"))
        maker.setCurrentIndex(0)

    basis.currentIndexChanged.connect(show)
    part.hide()
    return basis, maker, part


class LabelDialog(Dialog):
    """What does the label say? A label tells brand and model, never who made it; only a letter can name the maker."""

    def __init__(self, session: Session, row: AssetRow, parent: QWidget) -> None:
        lead = (
            "Look at the label. It may say Model or P/N. On a dome it is often under the cover; on a bullet camera, underneath."
        )
        super().__init__(parent, f"What does it say on {clean(row.asset.ref)}?", lead=lead, width=520)
        self._session, self._row = session, row
        self._basis, self._maker, maker_part = reading_choices(session)
        self._brand = Field("For example, Honeywell", name="Brand")
        self._model = Field("For example, H4W2PER3", name="Model")
        self._who = Field("Your name", name="Read by", text=session.person)
        grid = form((self._basis, self._who), (self._brand, self._model))
        self._problem = MissingLine()
        fill(self.body, grid, 12, maker_part, Text(SAVED_AS, "caption", "secondary"), 8, self._problem)
        not_camera = Button("It is not a camera", "quiet", then=self._not_a_camera)
        self.buttons.insertWidget(0, not_camera)
        self.offer("Cancel", "Save what I read")
        self._basis.currentIndexChanged.connect(lambda _: self.fit_height())

    def _not_a_camera(self) -> None:
        if self._session.do(set_kind([self._row.asset.id], "other")):
            super().accept()

    def accept(self) -> None:
        brand, model, who, maker = self._brand.typed, self._model.typed, self._who.typed, self._maker.currentData()
        if not (brand or model or maker):
            self._problem.say("Type the brand or the model.", self._brand)
        elif not who:
            self._problem.say("Type who read it.", self._who)
        else:
            self._session.person = who
            edit = read_label(
                self._session.knowledge, self._row.asset.id, basis=self._basis.currentData(), brand=brand, model=model,
                manufacturer=maker or None,
            )  # fmt: skip
            if self._session.do(edit, by=who):
                super().accept()
