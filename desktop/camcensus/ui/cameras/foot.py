"""Below the register: how many rows are shown, what the chosen ones are, and what is done with them most."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.ui.asset.model import ShownRow
from camcensus.ui.cameras.actions import RegisterActions
from camcensus.ui.cameras.selected import selected_words
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.spoken import set_tip
from camcensus.ui.kit.widgets import Text


class RegisterFoot(Surface):
    """Words at the left, buttons at the right."""

    def __init__(self, actions: RegisterActions) -> None:
        super().__init__("base", lines="t")
        self._counts = Text("", "body", "secondary", wrap=False)
        self.details_button = Button("Details")
        self.details_button.hide()
        self.location_button = Button("Set location", then=actions.set_location)
        self.decision_button = Button("Record decision", then=actions.record_decision)
        self._edits = (Button("Edit details", then=actions.edit), self.location_button, self.decision_button)
        row((self._counts, 1), Flow(self.details_button, *self._edits), margins=(32, 9, 24, 9), of=self)

    def say(self, seen: str, chosen: Sequence[ShownRow]) -> None:
        """What is shown and what is chosen; where there is no room for both, the tip has both."""
        said = selected_words(chosen, lambda words: theme.advance(words, "body") <= self._counts.width())
        whole = f"{seen} · {said}" if said else seen
        room = theme.advance(whole, "body") <= self._counts.width()
        self._counts.setText(whole if room or len(chosen) < 2 else said)
        set_tip(self._counts, f"{seen} · {selected_words(chosen)}" if chosen else seen)

    def offer(self, may: bool) -> None:
        """Whether the chosen rows can be changed."""
        for button in self._edits:
            button.setEnabled(may)
