"""A brand of the organisation's own: the name on the box, who makes it, and who said so, how and when."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.tags import iso_date
from camcensus.model.words import clean, upper_first
from camcensus.store.own_list import OwnBrand
from camcensus.tasks.knowledge.own_knowledge import BASES
from camcensus.tasks.register import lists
from camcensus.ui.asset.tag_editors import LearnField
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form
from camcensus.ui.kit.layout import fill
from camcensus.ui.session import Session

NOT_KNOWN = "Not known"


class OwnBrandDialog(Dialog):
    """Adds a brand, or changes or removes one (`name`)."""

    def __init__(self, session: Session, name: str, parent: QWidget | None) -> None:
        held = lists.own_brand(session.inventory, name)
        title = f"{clean(held.name, 60)}: who makes it" if held else "Add a brand of your own"
        lead = (
            "What somebody told your organisation makes an answer likely, never certain. Answers say that it is your "
            "organisation’s word and how you know, without names of people."
        )
        super().__init__(parent, title, width=560, lead=lead)
        self._session, self._held = session, held
        self._makers = {clean(one.name, 80): one.id for one in session.known.manufacturers.values()}
        self.brand = Field("For example: Fenview", name="Name on the box")
        self.maker = LearnField(sorted(self._makers, key=str.casefold), f"{NOT_KNOWN}, or type to find one", "Made by")
        self.basis = Combo("How you know", ((upper_first(words), basis) for basis, words in BASES.items()))
        self.said_by = Field("For example: Fenland Security Ltd", name="Who said it")
        self.day = Field("3/5/2026", name="When it was said")
        self.by = Field("Your name", name="Recorded by")
        self.problem = MissingLine()
        self._fill(name)
        self._lay_out()

    def _fill(self, name: str) -> None:
        self.brand.setText(self._held.name if self._held else name)
        self.by.setText(self._session.person)
        if self._held is not None:
            self.maker.setText(clean(self._session.known.name_of(self._held.maker), 80) if self._held.maker else NOT_KNOWN)
            self.basis.choose(self._held.basis)
            self.said_by.setText(self._held.said_by)
            self.day.setText("/".join(reversed(self._held.said_on.split("-"))))

    def _lay_out(self) -> None:
        grid = form((self.brand, ("Made by", self.maker)), (self.basis, self.said_by), (self.day, self.by))
        fill(self.body, grid, 8, self.problem)
        if self._held is not None:
            self.remove = Button("Remove it", then=self._remove)
            self.buttons.insertWidget(0, self.remove)
        self.offer("Cancel", "Save brand")

    def accept(self) -> None:
        name, maker, day = self.brand.typed, self.maker.typed, self.day.typed
        known = next((one for text, one in self._makers.items() if text.casefold() == maker.casefold()), None)
        missing: list[tuple[bool, str, QWidget]] = [
            (not name, "Type the name on the box.", self.brand),
            (not maker, f"Choose who makes it, or type “{NOT_KNOWN}”.", self.maker),
            (known is None and maker.casefold() != NOT_KNOWN.casefold(), "Choose a maker from the list.", self.maker),
            (not self.said_by.typed, "Type who said it.", self.said_by),
            (iso_date(day) is None, "Type the day, like 3/5/2026.", self.day),
            (not self.by.typed, "Type your name.", self.by),
        ]
        for is_missing, sentence, field in missing:
            if is_missing:
                self.problem.say(sentence, field)
                return
        self._session.person = self.by.typed
        brand = OwnBrand(name, known, self.basis.currentData(), self.said_by.text(), day, self.by.text())
        if self._session.do(lists.add_brands(self._session.knowledge, [brand]), by=brand.by.strip()):
            super().accept()

    def _remove(self) -> None:
        by = self.by.typed
        if not by:
            self.problem.say("Type your name.", self.by)
        elif self._held is not None and self._session.do(lists.remove_brand(self._held.name), by=by):
            super().accept()
