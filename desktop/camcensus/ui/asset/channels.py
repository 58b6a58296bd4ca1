"""Channels of a recorder, to be confirmed by somebody who saw the cameras."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from camcensus.model.tags import CHANNEL_LIMIT
from camcensus.model.words import clean, count, fitting
from camcensus.store.edits import by_hand
from camcensus.tasks.register.channels import Missing, add_missing, missing_channels
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit.controls import Field, Radio
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import fill
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

MOST = 256
"""Channels added in one go; recorders have 4 to 128."""


def numbers_of(text: str) -> list[int] | None:
    """Channel numbers of "1 to 8", "1-4, 7" or "12"; None where it is something else."""
    found: list[int] = []
    for part in text.replace(" to ", "-").replace("–", "-").replace(";", ",").split(","):
        ends = [end.strip() for end in part.split("-")]
        if not part.strip():
            continue
        if len(ends) > 2 or not all(end.isascii() and end.isdecimal() and len(end) < 5 for end in ends):
            return None
        low, high = int(ends[0]), int(ends[-1])
        if low > high or high > CHANNEL_LIMIT:
            return None
        found += range(low, high + 1)
    return sorted(set(found)) if found and len(found) <= MOST else None


class ChannelsDialog(Dialog):
    """Rows for the channels it reports, or for those that a person counts. They start as "not confirmed"."""

    def __init__(self, session: Session, item: AssetRow, parent: QWidget) -> None:
        lead = "One row for each channel that has a camera. They start as “not confirmed”, until somebody has seen the camera."
        super().__init__(parent, f"Channels of {clean(item.asset.ref)}", lead=lead)
        self._session, self._item = session, item
        missing = missing_channels(item, session.rows(), session.knowledge)
        held = sum(one.asset.connected_to == item.asset.id and one.asset.channel is not None for one in session.rows())
        self.reported, self.others = Radio(_reported_words(missing)), Radio("Others, by number")
        self.numbers = Field("1 to 8, 12", name="Channels")
        self.problem = MissingLine()
        if held:
            fill(self.body, Text(f"{count(held, 'channel')} of it {'has' if held == 1 else 'have'} a row already."), 8)
        if missing:
            fill(self.body, self.reported, 4, self.others, 8)
            self.reported.setChecked(True)
            self.numbers.textEdited.connect(lambda _: self.others.setChecked(True))
        fill(self.body, labelled("Count the cameras on its screen. Channels", self.numbers), 4, self.problem)
        self.offer("Cancel", "Add channels")
        (self.reported if missing else self.numbers).setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        if self.reported.isChecked():
            if self._session.do(add_missing(self._session.knowledge, [self._item.asset.id])):
                super().accept()
            return
        numbers = numbers_of(self.numbers.text())
        if numbers is None:
            self.problem.say(f"Channels are numbers, like 1 to 8, 12; at most {MOST} at a time.", self.numbers)
        elif self._session.do(by_hand.add_channels(self._item.asset.id, numbers)):
            super().accept()


def _reported_words(missing: Sequence[Missing]) -> str:
    """ "The 16 channels it reports; 3 of them are cameras of the record and are connected"."""
    known = sum(one.row is not None for one in missing)
    words = f"The {count(len(missing), 'channel')} it reports and that {fitting(len(missing), 'has', 'have')} no row"
    are, here = fitting(known), f"{known} of them" if len(missing) > 1 else "it"
    return f"{words}; {here} {are} in the record already, and {are} connected" if known else words
