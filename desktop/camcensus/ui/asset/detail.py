"""The pane beside the list: one device, what we say of it and why, what is on record, what it says of itself, your decision."""

from __future__ import annotations

import itertools
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import DECISION_WORDS, STATUS_WORDS, recorded_from
from camcensus.model.words import KIND_WORDS, UNKNOWN_MAKER, clean, long_date, short_date
from camcensus.tasks.finding.sign_in import READ_KINDS
from camcensus.tasks.register.care import care_lines, flaw_records_of
from camcensus.tasks.register.reading import may_be_read
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import phrases
from camcensus.ui.asset.abilities import AbilitiesSection
from camcensus.ui.asset.care import CareSection
from camcensus.ui.asset.evidence import EvidenceSection
from camcensus.ui.asset.known import HangsOnSection, KnownSection, fact_lines
from camcensus.ui.asset.on_record import OnRecordSection
from camcensus.ui.asset.photos import PhotosSection
from camcensus.ui.asset.row_history import RowHistory
from camcensus.ui.kit.buttons import Button, IconButton
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.marks import Mark, Pill
from camcensus.ui.kit.parts import Hairline, Scroll, Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

WIDTH = 320
MOST_PILLS = 4
"""What cannot wait, listing, decision, and that it was not seen or is no longer here."""


class DetailPane(Surface):
    """Everything about one register row. Built anew for each row, so only what is shown exists."""

    spoken_role = QAccessible.Role.Grouping

    closed = Signal()
    decide = Signal()
    wrong = Signal()
    sign_in = Signal()
    edit = Signal()
    channels = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("pane", lines="l")
        self._session = session
        self._row: AssetRow | None = None
        self._history_open = False
        self._ref = Text("", "caption", "secondary")
        self._place = Text("", "heading")
        self._close = IconButton("x", "Close the details", then=self.closed)
        self._pills = tuple(Pill(phrases.NOT_KNOWN) for _ in range(MOST_PILLS))
        self._column = column()
        self._scroll = Scroll(QWidget(), "Details")
        self.record_button = Button("Record decision", "primary", then=self.decide)
        self.wrong_button = Button("This is wrong", then=self.wrong)
        top = row(column(self._ref, self._place), None, self._close)
        top.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        top.setStretch(0, 1)
        top.setStretch(1, 0)
        head = column(top, Flow(*self._pills), gap=10, margins=(24, 20, 16, 12))
        foot = Surface("pane", lines="t")
        row(self.wrong_button, None, self.record_button, margins=(24, 9, 20, 9), of=foot)
        column(head, (self._scroll, 1), foot, margins=(1, 0, 0, 0), of=self)

    @property
    def row(self) -> AssetRow | None:
        """The row that is shown."""
        return self._row

    def show_row(self, item: AssetRow, *, again: bool = False, among: int = 1) -> None:
        """Shows a row; the same row, when something about it changed, stays where it was scrolled to.

        With `again` also where the row itself is as before: what is connected to it, or a firm, may have changed. `among` so
        many that are chosen, the button says that it is about this one.
        """
        self.record_button.setText("Record decision" if among == 1 else "Decide on this one")
        self.record_button.updateGeometry()
        if item is self._row and not again:
            return
        same = self._row is not None and self._row.asset.id == item.asset.id
        kept = self._scroll.verticalScrollBar().value() if same else 0
        self._row = item
        now = self._session.clock()
        asset = item.asset
        self._ref.setText(f"{clean(asset.ref)} · {_what(item)}")
        self._place.setText(phrases.place_of(item))
        self.setAccessibleName(f"Details of {clean(asset.ref)}")
        marks = _marks(item, now)
        for pill, mark in itertools.zip_longest(self._pills, marks):
            pill.setVisible(mark is not None)
            if mark is not None:
                pill.set_mark(mark)
        content = QWidget()
        self._column = column(margins=(24, 0, 12, 20), of=content)
        self._fill(item)
        self._scroll.change(content)
        self.wrong_button.setEnabled(self._session.readonly_reason is None)
        self.record_button.setEnabled(self._session.readonly_reason is None)
        self._scroll.verticalScrollBar().setValue(kept)

    def _fill(self, item: AssetRow) -> None:
        add = self._column.addWidget
        reason = item.verdict.attribution.reason if item.verdict else UNKNOWN_MAKER
        add(Text(reason or UNKNOWN_MAKER))
        if item.stale and item.judged_at:
            self._column.addSpacing(4)
            add(Text(f"Judged on {long_date(item.judged_at)}, by an older list.", "caption", "secondary"))
        lines = care_lines(item, self._session.knowledge)
        records = flaw_records_of(item, self._session.knowledge)
        if lines or records:
            self._rule()
            add(CareSection(lines, records))
        self._rule()
        add(EvidenceSection(item.verdict, self._session.knowledge, self._session.clock()))
        self._rule(before=8)
        add(OnRecordSection(item, self._session.knowledge))
        self._rule()
        if item.verdict is not None and item.verdict.description.kind in READ_KINDS:
            able = AbilitiesSection(item.verdict, may_sign_in=self._may_sign_in(item))
            able.sign_in.connect(self.sign_in)
            add(able)
            self._rule()
        add(Text("Your decision", "strong"))
        self._column.addSpacing(8)
        add(Text(_decision(item), "body", "text" if item.asset.decision else "secondary"))
        self._rule()
        known = KnownSection(self._session, item)
        known.edit.connect(self.edit)
        add(known)
        hangs = HangsOnSection(self._session, item)
        hangs.channels.connect(self.channels)
        if not hangs.empty:
            self._column.addSpacing(8)
            add(hangs)
        self._rule()
        add(PhotosSection(self._session, item))
        self._rule()
        add(Text("Details", "strong"))
        copy = Button("Copy these details", "quiet", "copy", then=lambda: QGuiApplication.clipboard().setText(as_text(item)))
        fill(self._column, 8, fact_lines(facts(item)), 8, row(copy, None))
        self._rule()
        told = RowHistory(self._session, item, opened=self._history_open)
        told.fold.toggled.connect(self._keep_history)
        add(told)
        self._column.addStretch(1)

    def _keep_history(self, on: bool) -> None:
        self._history_open = on

    def _may_sign_in(self, item: AssetRow) -> bool:
        here = self._session
        return may_be_read(item) and not here.simulated and here.readonly_reason is None

    def _rule(self, before: int = 16) -> None:
        fill(self._column, before, Hairline(), 14)


def _what(item: AssetRow) -> str:
    words = phrases.kind_words(item.verdict) if item.verdict else KIND_WORDS[item.asset.kind]
    if item.asset.connected_ref:
        words += f" on {clean(item.asset.connected_ref)}"
        words += f", channel {item.asset.channel}" if item.asset.channel is not None else ""
    if item.asset.unconfirmed:
        words += ", not confirmed"
    return words


def _marks(item: AssetRow, now: datetime) -> list[Mark]:
    urgent = phrases.urgent_mark(item)
    marks = [*([urgent] if urgent else []), phrases.state_mark(item.state), phrases.decision_mark(item.asset.decision)]
    if item.asset.status == "not-seen":
        last = phrases.when(item.asset.last_seen, now)
        marks.append(Mark(f"Not seen since {last}" if last else "Not seen", "dash", "neutral"))
    elif not item.asset.in_use:
        marks.append(Mark(STATUS_WORDS[item.asset.status], "dash", "neutral"))
    return marks


def _decision(item: AssetRow) -> str:
    decision = item.asset.decision
    if decision is None:
        return "Not decided. Only you decide."
    words = DECISION_WORDS[decision.what].removesuffix(", review on…")
    if decision.review_on:
        words += f", review on {long_date(decision.review_on)}"
    if decision.year:
        words += f" in {clean(decision.year)}"
    why = f" Why: {clean(decision.why)}" if decision.why else ""
    return f"{words}. {clean(decision.by)}, {long_date(decision.at)}.{why}"


def facts(item: AssetRow) -> list[tuple[str, str]]:
    """Where it is, what the device says of itself and when it was seen, as (name, text); unknown ones are left out."""
    asset, verdict = item.asset, item.verdict
    found: list[tuple[str, str | None]] = [("Location", " › ".join(asset.place_path))]
    if verdict is not None:
        said, device = verdict.description, verdict.device
        found += [
            ("Name on it", verdict.attribution.brand),
            ("Model", said.model or said.claimed_model),
            ("Maker it claims", said.claimed_manufacturer),
            ("Serial number", said.serial),
            ("Firmware", said.firmware),
            ("Firmware date", long_date(said.firmware_date) if said.firmware_date else None),
            ("Its own name", said.name),
            ("Channels", _channels(item)),
            ("Address", ", ".join(device.addresses)),
            ("MAC address", device.mac),
            ("Answered", ", ".join(dict.fromkeys(probe.split(".")[0] for probe in said.probes_answered))),
        ]
    found += [
        ("First seen", short_date(asset.first_seen) if asset.first_seen else None),
        ("Last seen", short_date(asset.last_seen) if asset.last_seen else None),
        ("Recorded from", recorded_from(item.known_by)),
    ]
    return [(name, clean(text)) for name, text in found if text]


def as_text(item: AssetRow) -> str:
    """The facts as lines to paste into an email."""
    reason = clean(item.verdict.attribution.reason, 600) if item.verdict else UNKNOWN_MAKER
    lines = [clean(item.asset.ref), reason, *(f"{name}: {text}" for name, text in facts(item))]
    return "\n".join(lines)


def _channels(item: AssetRow) -> str | None:
    said = item.verdict.description if item.verdict else None
    if said is None or (said.channels_analogue is None and said.channels_digital is None):
        return None
    return f"{said.channels_analogue or 0} analogue, {said.channels_digital or 0} digital"
