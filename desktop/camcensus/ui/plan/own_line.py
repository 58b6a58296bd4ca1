"""A line of the plan that is no row of the register: cabling, a switch, hire of a lift, disks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from camcensus.model.errors import StoreError
from camcensus.model.plan import NOT_DATED, PRIORITY_WORDS, OwnLine
from camcensus.model.plan_fields import checked_field
from camcensus.model.prose import upper_first
from camcensus.model.words import clean
from camcensus.store.edits.plan import add_line, change_line
from camcensus.ui.asset.tag_editors import LearnField
from camcensus.ui.kit.controls import Combo, Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.widgets import Text
from camcensus.ui.plan.batch_pane import sum_in_words
from camcensus.ui.plan.costs import typed
from camcensus.ui.session import Session

type LastPrices = Mapping[str, tuple[int | None, int | None]]
"""Names that were typed before, each with its last unit and fitting price in pence."""


class OwnLineDialog(Dialog):
    """What, when, how urgent, and what it costs. `made` is the id of the line."""

    def __init__(
        self, session: Session, years: Sequence[str], used: LastPrices, line: OwnLine | None,
        parent: QWidget | None,
    ) -> None:  # fmt: skip
        title = "Add a line of your own" if line is None else "Change this line"
        lead = "For other work, such as cabling, a network switch, disks or lift hire."
        super().__init__(parent, title, lead=lead, width=520)
        self._session, self._line = session, line
        self.made = ""
        before = line or OwnLine(id="", name="", quantity=1, unit=None, fitting=None, year=next(iter(years), None))
        self._used = {name.casefold(): prices for name, prices in used.items()}
        names = [upper_first(clean(name, 80)) for name in used]
        self.name, self.why = LearnField(names, "For example, cabling", name="What"), Field("", name="Why", text=before.reason)
        self.year, self.priority = Combo("Year"), Combo("Priority")
        self.year.offer([*((year, year) for year in years), (NOT_DATED, None)])
        self.priority.offer(((f"{number}, {words}", number) for number, words in PRIORITY_WORDS.items()))
        self.unit, self.fitting = Field("Not priced", name="Unit £"), Field("Not priced", name="Fitting £")
        self.quantity = Field("1", name="Quantity", text=str(before.quantity))
        self.name.setText(before.name)
        self.year.choose(before.year)
        self.priority.choose(before.priority)
        self.unit.setText(typed(before.unit))
        self.fitting.setText(typed(before.fitting))
        self.sum = Text("", "body", "secondary")
        self.problem = MissingLine()
        fill(
            self.body,
            form((self.name, self.why), (self.year, self.priority), shares=(1, 1)),
            16,
            Text("Cost of each, excluding VAT", "strong"),
            8,
            form((self.unit, self.fitting, self.quantity)),
            8,
            self.sum,
            self.problem,
        )
        self.offer("Cancel", "Add line" if line is None else "Save line")
        for each in (self.unit, self.fitting, self.quantity):
            each.textEdited.connect(self._add_up)
        self.name.editingFinished.connect(self._offer_prices)
        self._add_up()
        self.name.setFocus()

    def accept(self) -> None:
        for field in (self.name, self.unit, self.fitting, self.quantity):
            field.wrong = False
        figures: dict[str, object] = {}
        for key, field in (("name", self.name), ("unit", self.unit), ("fitting", self.fitting), ("quantity", self.quantity)):
            try:
                figures[key] = checked_field(key, field.text())
            except StoreError as error:
                self._complain(field, str(error))
                return
        if not figures["name"]:
            self._complain(self.name, "Say what it is, for example cabling.")
            return
        if figures["quantity"] is None:
            figures["quantity"] = 1
        line = replace(
            self._line or OwnLine(id="", name=""),
            reason=self.why.typed,
            year=self.year.currentData(),
            priority=self.priority.currentData(),
            **figures,  # type: ignore[arg-type]
        )
        if self._line is not None:
            self.made = self._line.id if self._session.do(change_line(line)) else ""
        else:
            done = self._session.do(add_line(line))
            self.made = done.made if done else ""
        if self.made:
            super().accept()

    def _offer_prices(self) -> None:
        """The prices of last time for what has that name, where none are typed."""
        prices = self._used.get(self.name.typed.casefold())
        if prices is not None and not self.unit.typed and not self.fitting.typed:
            self.unit.setText(typed(prices[0]))
            self.fitting.setText(typed(prices[1]))
            self._add_up()

    def _complain(self, field: Field, sentence: str) -> None:
        field.wrong = True
        field.update()
        self.problem.say(sentence, field)

    def _add_up(self) -> None:
        self.sum.setText(sum_in_words(self.unit.text(), self.fitting.text(), self.quantity.text()))
