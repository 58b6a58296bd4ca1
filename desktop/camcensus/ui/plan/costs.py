"""What one camera and one recorder cost you: your own figures, remembered with the inventory. None are built in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.plan import Costs
from camcensus.model.tags import pence_of
from camcensus.store.edits.settings import set_costs
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, form, in_twos
from camcensus.ui.kit.layout import fill
from camcensus.ui.session import Session

MOST_PENCE = 100_000_000
"""A million pounds for one item is a slip of the finger."""

FIELDS = (
    ("camera_unit", "A camera, £"),
    ("camera_fitting", "Fitting a camera, £"),
    ("recorder_unit", "A recorder, £"),
    ("recorder_fitting", "Fitting a recorder, £"),
    ("separate_unit", "Isolating one item, £"),
    ("remove_unit", "Removing one item, £"),
)


def pence(text: str) -> int | None:
    """ "180", "1,640" or "180.50" as pence; None for nothing. Raises ValueError for anything else."""
    if not text.strip():
        return None
    found = pence_of(text)
    if found is None:
        raise ValueError("not a sum of money")
    if found > MOST_PENCE:
        raise ValueError("too much for one item")
    return found


def typed(value: int | None) -> str:
    """Pence as a person types them."""
    if value is None:
        return ""
    return str(value // 100) if value % 100 == 0 else f"{value // 100}.{value % 100:02d}"


def hundredths(text: str) -> int | None:
    """ "20", "17.5%" as hundredths of a per cent; None for nothing. Raises ValueError for anything else."""
    found = pence(text.strip().removesuffix("%"))
    if found is not None and found > 100_00:
        raise ValueError("more than all of it")
    return found


class CostsDialog(Dialog):
    """Sums for one item, excluding VAT, and two percentages. What is left empty is left out of the total and named."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        lead = (
            "Use a quote or a past invoice. Camcensus has no prices of its own. What you leave empty is left out of the total."
        )
        super().__init__(parent, "What does one cost, excluding VAT?", lead=lead)
        self._session = session
        costs = session.costs
        self._fields = {name: Field("Not priced", name=title, text=typed(getattr(costs, name))) for name, title in FIELDS}
        self._percent = Field("0", name="Contingency, per cent", text=str(costs.contingency_percent))
        self._vat = Field("No VAT is shown", name="VAT, per cent", text=typed(costs.vat_hundredths))
        self._problem = MissingLine()
        fill(self.body, form(*in_twos(*self._fields.values(), self._percent, self._vat)), 8, self._problem)
        self.offer("Cancel", "Save costs")

    def accept(self) -> None:
        values: dict[str, int | None] = {}
        for name, title in FIELDS:
            try:
                values[name] = pence(self._fields[name].text())
            except ValueError:
                said = f"{title.removesuffix(', £')}: the cost must be a number, like 180 or 180.50."
                self._problem.say(said, self._fields[name])
                return
        percent = self._percent.typed.removesuffix("%").strip() or "0"
        share = int(percent) if percent.isascii() and percent.isdecimal() and len(percent) < 4 else 101
        if share > 100:
            self._problem.say("Contingency must be a whole number from 0 to 100.", self._percent)
            return
        try:
            rate = hundredths(self._vat.text())
        except ValueError:
            said = "VAT must be a rate from 0 to 100, like 20 or 17.5. Leave it empty to show none."
            self._problem.say(said, self._vat)
            return
        if self._session.do(set_costs(Costs(**values, contingency_percent=share, vat_hundredths=rate))):
            super().accept()
