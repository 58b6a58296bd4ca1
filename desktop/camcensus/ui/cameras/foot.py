"""Below the register: how many rows are shown and chosen, and what is done with them most."""

from __future__ import annotations

from camcensus.ui.cameras.actions import RegisterActions
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.spoken import set_tip
from camcensus.ui.kit.widgets import Fitted


class RegisterFoot(Surface):
    """Words at the left, buttons at the right."""

    def __init__(self, actions: RegisterActions) -> None:
        super().__init__("base", lines="t")
        self._counts = Fitted("body", "secondary")
        self.details_button = Button("Details")
        self.details_button.hide()
        self.location_button = Button("Set location", then=actions.set_location)
        self.decision_button = Button("Record decision", then=actions.record_decision)
        self._edits = (Button("Edit details", then=actions.edit), self.location_button, self.decision_button)
        row((self._counts, 1), Flow(self.details_button, *self._edits), margins=(32, 9, 24, 9), of=self)

    def say(self, shown: int, total: int, chosen: int) -> None:
        """How many are shown, and how many chosen; the tip has both where there is no room."""
        words = f"{shown:,} of {total:,} shown" + (f" · {chosen:,} selected" if chosen else "")
        self._counts.say(lambda fits: words if fits(words) else f"{chosen or shown:,} {'selected' if chosen else 'shown'}")
        set_tip(self._counts, words)

    def offer(self, may: bool) -> None:
        """Whether the chosen rows can be changed."""
        for button in self._edits:
            button.setEnabled(may)
