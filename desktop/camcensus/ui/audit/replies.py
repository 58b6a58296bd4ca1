"""Replies in words that nobody has read yet: one after the other, each beside boxes for its figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean
from camcensus.tasks.rollup.to_read import STATUS, STATUS_HEADING, Unread, wrong_in
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import column, fill, panel
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text, announce

LEAST_HEIGHT = 200


class RepliesToRead(Dialog):
    """Enter leads to the next reply, and past the last one saves what was typed. An empty box says nothing."""

    bounded = True

    def __init__(self, desk: AuditDesk, replies: Sequence[Unread], parent: QWidget) -> None:
        lead = "Type what each reply says; leave empty what it does not say. Enter leads to the next one."
        super().__init__(parent, "Replies to read", width=720, lead=lead)
        self._desk, self._replies, self.at = desk, replies, 0
        self.typed: list[dict[str, str]] = [{} for _ in replies]
        self._title, self._words = Text("", "strong"), Text("")
        self._words.setWordWrap(True)
        inside = QWidget()
        column(self._words, None, margins=(4, 4, 4, 4), of=inside)
        scroll = Scroll(inside, "What the reply says")
        scroll.setMinimumHeight(LEAST_HEIGHT)
        boxes = {**dict(box for one in replies for box in one.boxes), STATUS: STATUS_HEADING}
        self.fields = {box: Field("", name=heading) for box, heading in boxes.items()}
        self._panels = {box: panel(column(labelled(boxes[box], field), 8)) for box, field in self.fields.items()}
        self.problem = MissingLine("body")
        fill(self.body, self._title, 8, (scroll, 1), 12, *self._panels.values(), self.problem)
        self.before = Button("Back", then=lambda: self._go(-1))
        self.skip = Button("Next reply", then=lambda: self._go(1))
        fill(self.buttons, self.before, self.skip)
        self.go = self.offer("Cancel", "Save and next")
        self._show()

    def _show(self) -> None:
        one = self._replies[self.at]
        self._title.setText(f"{self.at + 1} of {len(self._replies)}: {clean(one.name, 120)}")
        self._words.setText(one.words)
        asked = dict(one.boxes)
        for box, field in self.fields.items():
            self._panels[box].setVisible(box in asked or box == STATUS)
            field.setText(self.typed[self.at].get(box, ""))
        self.before.setEnabled(self.at > 0)
        last = self.at == len(self._replies) - 1
        self.skip.setEnabled(not last)
        self.go.setText("Save what I read" if last else "Save and next")
        self.fields[one.boxes[0][0]].setFocus()
        announce(self, f"{clean(one.name, 120)}. {one.words[:400]}")

    def _go(self, steps: int) -> bool:
        """To another reply, where what is typed of this one can be read."""
        self.typed[self.at] = {box: field.text() for box, field in self.fields.items() if field.text().strip()}
        wrong = wrong_in(self.typed[self.at])
        field = next((self.fields[box] for box, text in self.typed[self.at].items() if wrong_in({box: text})), None)
        if self.problem.say(wrong, field):
            return False
        if 0 <= self.at + steps < len(self._replies):
            self.at += steps
            self._show()
        return True

    def accept(self) -> None:
        last = self.at == len(self._replies) - 1
        if not self._go(1) or not last:
            return
        if any(self.typed):
            self._desk.take_read(list(zip(self._replies, self.typed, strict=True)))
        super().accept()
