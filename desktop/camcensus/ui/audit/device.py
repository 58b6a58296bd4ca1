"""One device of a body, for reading: who made it, how sure that is, the signs for and against, and the lists it counts for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.model.asset import DECISION_WORDS, STATUS_WORDS
from camcensus.model.verdict import Verdict
from camcensus.model.words import BASED, BASED_MEANS, GRADE_WORDS, KIND_WORDS, UNKNOWN_MAKER, clean
from camcensus.tasks.rollup.evidence import read_verdict
from camcensus.tasks.rollup.figures import RollupRow
from camcensus.ui import phrases
from camcensus.ui.asset.abilities import AbilitiesSection
from camcensus.ui.asset.evidence import EvidenceSection
from camcensus.ui.asset.known import fact_lines
from camcensus.ui.audit.desk import AuditDesk
from camcensus.ui.audit.model import listing_mark
from camcensus.ui.kit.buttons import IconButton
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.marks import Pill
from camcensus.ui.kit.parts import Hairline, Scroll, Surface
from camcensus.ui.kit.widgets import Text

WIDTH = 320
NO_DEVICE = "No device answered for this row: it is what staff wrote down."


class AuditDevice(Surface):
    """Built anew for each row. Nothing in it can be changed: the facts are the body's."""

    spoken_role = QAccessible.Role.Grouping

    closed = Signal()

    def __init__(self, desk: AuditDesk) -> None:
        super().__init__("pane", lines="l")
        self._desk = desk
        self._ref = Text("", "caption", "secondary")
        self._place = Text("", "heading")
        self._pill = Pill(phrases.NOT_KNOWN)
        close = self.close_button = IconButton("x", "Close the details")
        close.clicked.connect(self.closed)
        top = row(column(self._ref, self._place), None, close)
        top.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        top.setStretch(0, 1)
        top.setStretch(1, 0)
        head = column(top, Flow(self._pill), gap=10, margins=(24, 20, 16, 12))
        self.details = Scroll(QWidget(), "Details")
        column(head, (self.details, 1), margins=(1, 0, 0, 0), of=self)

    def show_device(self, one: RollupRow) -> None:
        """Shows a row of the register."""
        verdict = self._desk.look(read_verdict, one.item, self._desk.session.knowledge)
        self.setAccessibleName(f"Details of {clean(one.ref, 40)}")
        self._ref.setText(f"{clean(one.ref, 40)} · {KIND_WORDS.get(one.kind, one.kind)}")  # type: ignore[call-overload]
        self._place.setText(clean(one.place, 120) if one.place else "No location yet")
        self._pill.set_mark(listing_mark(one, self._desk.counted, reads=self._desk.reads))
        body = QWidget()
        column_ = column(margins=(24, 0, 12, 20), of=body)
        self._fill(column_, one, verdict)
        column_.addStretch(1)
        self.details.change(body)

    def _fill(self, layout: QVBoxLayout, one: RollupRow, verdict: Verdict | None) -> None:
        known, now = self._desk.session.knowledge, self._desk.session.clock()
        layout.addWidget(Text(verdict.attribution.reason or UNKNOWN_MAKER if verdict is not None else NO_DEVICE))
        for say in _remarks(one, verdict):
            layout.addSpacing(4)
            layout.addWidget(Text(say, "caption", "secondary"))
        _rule(layout)
        layout.addWidget(EvidenceSection(verdict, known, now))
        _rule(layout, 8)
        layout.addWidget(Text("Lists it counts for", "strong"))
        layout.addSpacing(8)
        counted = [name for name in one.list_ids if name in self._desk.counted]
        for name in counted:
            layout.addWidget(Text(self._desk.list_said(name)))
            layout.addSpacing(6)
        if not counted:
            none = "None of the lists that are counted names its maker, or the maker is not sure enough."
            layout.addWidget(Text(none, "body", "secondary"))
        if one.based and self._desk.reads:
            layout.addSpacing(6)
            layout.addWidget(Text(f"{BASED}.", "strong"))
            layout.addWidget(Text(BASED_MEANS, "caption", "secondary"))
        others = [self._desk.list_said(name) for name in one.list_ids if name not in counted]
        if others:
            layout.addSpacing(6)
            layout.addWidget(Text(f"Also on lists that are not counted here: {' '.join(others)}", "caption", "secondary"))
        if verdict is not None and verdict.capabilities:
            _rule(layout)
            layout.addWidget(AbilitiesSection(verdict, may_sign_in=False))
        _rule(layout)
        layout.addWidget(Text("Details", "strong"))
        layout.addSpacing(8)
        layout.addLayout(fact_lines(_facts(one, verdict)))


def _remarks(one: RollupRow, verdict: Verdict | None) -> list[str]:
    said = []
    if verdict is not None and (verdict.attribution.grade, verdict.attribution.manufacturer) != (one.grade, one.maker):
        counted = clean(one.maker_name, 80) if one.maker_name else "not known"
        word = GRADE_WORDS.get(one.grade, one.grade).lower()  # type: ignore[call-overload]
        said.append(f"In the totals it counts as: {counted}, {word}. They go by another list version.")
    if one.stale:
        said.append("Until it is re-checked, its answer is by its organisation’s own list version.")
    if one.also_elsewhere:
        said.append("Another record has this device too: in the totals it counts once.")
    return said


def _facts(one: RollupRow, verdict: Verdict | None) -> list[tuple[str, str]]:
    said = verdict.description if verdict is not None else None
    device = verdict.device if verdict is not None else None
    found = [
        ("Name on it", one.brand),
        ("Model", one.model or (said.model or said.claimed_model if said else None)),
        ("Maker it claims", said.claimed_manufacturer if said else None),
        ("Serial number", said.serial if said else None),
        ("Firmware", said.firmware if said else None),
        ("Address", ", ".join(device.addresses) if device else one.address),
        ("MAC address", device.mac if device else None),
        ("Status", STATUS_WORDS.get(one.status, one.status)),
        ("Decision", DECISION_WORDS.get(one.decision, one.decision).removesuffix(", review on…") if one.decision else None),  # type: ignore[call-overload]
    ]
    return [(name, clean(text)) for name, text in found if text]


def _rule(layout: QVBoxLayout, before: int = 16) -> None:
    layout.addSpacing(before)
    layout.addWidget(Hairline())
    layout.addSpacing(14)
