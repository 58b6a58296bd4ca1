"""The dialog for the addresses that no search ever asks: one on each line, with what is there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.errors import CamcensusError
from camcensus.tasks.register.untouched import as_lines, read_lines, save_untouched, untouched
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Lines
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.parts import card_of
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

LEAD = (
    "Camcensus never contacts these addresses itself, whoever runs the search. A question to a whole network still reaches "
    "every device on it. Only listening sends nothing."
)
THINK_OF = "Think of lifts, fire alarms, door controls and building controls."
CLINICAL = (
    "Ask IT for the addresses of patient monitors, infusion pumps, imaging (X-ray, MRI, ultrasound), laboratory analysers, "
    "nurse call, medicine cabinets and building controls."
)


class UntouchedDialog(Dialog):
    """Changes the list; a line that is no address is named, and nothing typed is lost."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, "Devices to leave alone", width=560, lead=LEAD)
        self._session = session
        hint = "10.0.0.5 lift controller\n10.0.4.0/28 nurse call\n10.0.5.20-10.0.5.29 pumps"
        self.lines = Lines("One address or range on each line, then what is there", hint=hint)
        self.lines.setMinimumHeight(theme.unless_large(132, 150))
        box = card_of(self.lines, (4, 4, 4, 4))
        self._problem = MissingLine()
        body = session.body
        fill(
            self.body,
            (labelled("One address or range on each line, then what is there", box), 1),
            8,
            Text(CLINICAL if body is not None and body.kind.type == "nhs" else THINK_OF, "caption", "secondary"),
            4,
            self._problem,
        )
        self.offer("Cancel", "Save")
        try:
            self.lines.setPlainText(as_lines(untouched(session.inventory)))
        except CamcensusError as error:
            self._problem.say(str(error), self.lines)
        self.lines.setFocus()

    def accept(self) -> None:
        try:
            read_lines(self.lines.toPlainText())
        except CamcensusError as error:
            self._problem.say(str(error), self.lines)
            return
        if self._session.do(save_untouched(self.lines.toPlainText())):
            super().accept()
