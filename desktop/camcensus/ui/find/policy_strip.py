"""What the IT team's policy allows, said where a person would wonder why a choice is grey."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from camcensus.model.policy import PACES, Policy
from camcensus.tasks.policy import why_no_search
from camcensus.ui.kit.layout import row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.parts import Surface
from camcensus.ui.kit.widgets import Text


class PolicyStrip(Surface):
    """One strip, seen only where something is limited; `gap` is the room under it."""

    def __init__(self) -> None:
        super().__init__("todo_fill", shape="sunken")
        self.words = Text("")
        row(SignMark(icon="shield", ink="todo_ink", size=18), (self.words, 1), gap=12, margins=(16, 10, 16, 10), of=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.gap = QWidget()
        self.gap.setFixedHeight(14)
        self.hide()

    def show_policy(self, policy: Policy, *, outside: bool) -> None:
        """Says what of it bears on a search here; `outside` where a network of this computer may not be searched."""
        self.words.setText(said_of(policy, outside=outside))
        for part in (self, self.gap):
            part.setVisible(bool(self.words.text()))


def said_of(policy: Policy, *, outside: bool) -> str:
    """The sentences, with whom to ask; "" where nothing is limited."""
    if why_no_search(policy):
        return why_no_search(policy)
    said: list[str] = []
    if policy.allowed_ranges is not None:
        said.append("Only some networks may be searched from here" + ("; the others are grey." if outside else "."))
    if policy.passive_only or not policy.paces:
        said.append("A search only listens, and sends nothing.")
    elif policy.paces != PACES:
        said.append(f"The pace may be {' or '.join(policy.paces)}.")
    return f"{' '.join(said)} {policy.who}" if said else ""
