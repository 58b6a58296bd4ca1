"""What staff know of a row, in its details: the facts they gave, its connections both ways, and its pin."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.model.asset import CAMERA_TYPE_WORDS, EXPOSURE_QUESTIONS, INSIDE_OUTSIDE_WORDS, Asset, Vendor, said_of, way_short
from camcensus.model.tags import FIELDS, PLAIN, in_words
from camcensus.model.words import clean, count, long_date, pounds
from camcensus.tasks.register.channels import HAVE_CHANNELS
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import phrases
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.layout import column, row
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

FACT_WIDTH = 108
CHANNELS_SHOWN = 8


def known_facts(asset: Asset, vendors: Mapping[str, Vendor]) -> list[tuple[str, str]]:
    """What staff said of a row, as (name, text); what was not said is left out."""
    owner = clean(asset.owner or "")
    whose = {"ours": owner or "Ours", "not-ours": f"Not ours, but on our site{f': {owner}' if owner else ''}"}
    looked = long_date(asset.last_picture_check) if asset.last_picture_check else ""
    found: list[tuple[str, str | None]] = [
        ("Purpose", asset.purpose),
        ("Where", INSIDE_OUTSIDE_WORDS[asset.inside_outside] if asset.inside_outside else None),
        ("Camera type", CAMERA_TYPE_WORDS[asset.camera_type] if asset.camera_type else None),
        ("Sold by", _firm(vendors.get(asset.seller or ""), asset.seller_name)),
        ("Maintained by", _firm(vendors.get(asset.maintainer or ""), asset.maintainer_name)),
        ("Owner", whose[asset.ownership] if asset.ownership else owner),
        ("DPIA", asset.dpia_ref),
        ("Footage kept", count(asset.retention_days, "day") if asset.retention_days is not None else None),
        ("Installed", _installed(asset)),
        ("Cost", pounds(asset.cost_pence) if asset.cost_pence is not None else None),
        *((field.title, in_words(field, getattr(asset, field.name))) for field in PLAIN),
        ("Picture seen", f"{looked}{f', {asset.picture_checked_by}' if asset.picture_checked_by and looked else ''}"),
        *((one.short, said_of(asset, one, long_date)) for one in EXPOSURE_QUESTIONS),
        ("Tags", ", ".join(asset.tags)),
        ("To ask", asset.ask_note or "On the list for your installer" if asset.ask_installer else None),
        ("Notes", asset.notes),
    ]
    return [(name, clean(text, 2000)) for name, text in found if text]


def _firm(firm: Vendor | None, name: str | None) -> str:
    words = clean(name or "", 80)
    if firm is not None and firm.contract_number:
        words += f", contract {clean(firm.contract_number, 40)}"
    if firm is not None and firm.contract_end:
        words += f", ends {long_date(firm.contract_end)}"
    return words


def _installed(asset: Asset) -> str:
    if not asset.installed_on:
        return ""
    day = asset.installed_on
    words = in_words(FIELDS["installed_on"], day)
    return f"{words} ({clean(asset.installed_basis, 60)})" if asset.installed_basis else words


class FactLine(Text):
    """A name and what is said, as one thing for a screen reader: beside each other, or with large text below each other."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__(said, "caption", exact=True)
        self.name = name
        self.setAccessibleName(f"{name}: {said}")

    @property
    def _beside(self) -> bool:
        return theme.THEME.percent < 130

    def heightForWidth(self, width: int) -> int:
        if self._beside:
            return super().heightForWidth(max(1, width - FACT_WIDTH))
        return super().heightForWidth(width) + theme.pitch("caption")

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        wide = hint.width() + (FACT_WIDTH if self._beside else 0)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("secondary"))
        pitch = theme.pitch("caption")
        metrics = QFontMetricsF(painter.font())
        wide = FACT_WIDTH - 8 if self._beside else self.width()
        name = metrics.elidedText(self.name, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QPointF(0, (pitch - metrics.height()) / 2 + metrics.ascent()), name)
        painter.setPen(theme.colour("text"))
        left, top = (FACT_WIDTH, 0) if self._beside else (0, pitch)
        self.draw_lines(painter, left, top, max(1, self.width() - left))


def fact_lines(facts: list[tuple[str, str]]) -> QVBoxLayout:
    """Names at the left, what is said beside them."""
    layout = column(gap=4)
    for name, text in facts:
        layout.addWidget(FactLine(name, text))
    return layout


class KnownSection(QWidget):
    """The facts staff gave, with a way to say more. `edit` asks for that."""

    edit = Signal()

    def __init__(self, session: Session, item: AssetRow) -> None:
        super().__init__()
        vendors = {one.id: one for one in session.inventory.vendors()} if session.inventory is not None else {}
        facts = known_facts(item.asset, vendors)
        change = LinkButton("Change" if facts else "Add", "body", then=self.edit)
        change.setAccessibleName("Change what you know about it")
        change.setEnabled(session.readonly_reason is None)
        head = row(Text("What you know about it", "strong"), None, change)
        layout = column(head, 8, of=self)
        if facts:
            layout.addLayout(fact_lines(facts))
        else:
            layout.addWidget(Text("Nothing yet: purpose, who sold it, who maintains it, contract.", "body", "secondary"))


class HangsOnSection(QWidget):
    """The recorder it is connected to, the channels that are connected to it, and its pin. Links lead there."""

    channels = Signal()

    def __init__(self, session: Session, item: AssetRow) -> None:
        super().__init__()
        self._session = session
        asset = item.asset
        layout = column(gap=4, of=self)
        carries = [one for one in session.rows() if one.asset.connected_to == asset.id]
        self.empty = True
        if asset.connected_to and asset.connected_ref:
            where = f", channel {asset.channel}" if asset.channel is not None else ""
            self._add(layout, "Connected to", f"{clean(asset.connected_ref)}{where}", "cameras", {"asset": asset.connected_to})
        if asset.channel is not None:
            said = "Not confirmed: its recorder alone reports it." if asset.unconfirmed else ""
            if asset.confirmed_at:
                said = f"Confirmed by {clean(asset.confirmed_by or '')}, {long_date(asset.confirmed_at)}"
            layout.addWidget(Text(said or f"{way_short(asset.known_by)}.", "caption", "secondary"))
        if carries:
            waiting = sum(one.asset.unconfirmed for one in carries)
            words = count(len(carries), "entry is connected to it", "entries are connected to it")
            layout.addWidget(Text(f"{words}{f', {waiting} not confirmed' if waiting else ''}", "caption", "secondary"))
            for one in sorted(carries, key=lambda each: (each.asset.channel is None, each.asset.channel or 0))[:CHANNELS_SHOWN]:
                number = f"Channel {one.asset.channel}" if one.asset.channel is not None else "Connected"
                words = f"{clean(one.asset.ref)} · {phrases.place_of(one)}"
                self._add(layout, number, words, "cameras", {"asset": one.asset.id})
            if len(carries) > CHANNELS_SHOWN:
                layout.addWidget(Text(f"and {len(carries) - CHANNELS_SHOWN} more", "caption", "secondary"))
            self.empty = False
        if asset.kind in HAVE_CHANNELS and session.readonly_reason is None:
            more = Button("Add its channels…", "quiet", "plus", then=self.channels)
            layout.addLayout(row(more, None))
            self.empty = False
        if asset.pin is not None:
            walked = "On the plan, checked on site" if asset.pin.walked else "On the plan, not yet checked on site"
            self._add(layout, walked, "Show on plan", "places", {"asset": asset.id})

    def _add(self, layout: QVBoxLayout, name: str, words: str, page: str, wish: dict[str, str]) -> None:
        link = LinkButton(words, "caption", then=lambda: self._session.hub.asked_for.emit(page, wish))
        link.setAccessibleName(f"{name}: {words}")
        said = Text(name, "caption", "secondary", wrap=False)
        if theme.THEME.percent < 130:
            said.setFixedWidth(FACT_WIDTH)
        line = row((said, 0, Qt.AlignmentFlag.AlignVCenter), link, None, gap=0 if theme.THEME.percent < 130 else 12)
        layout.addLayout(line)
        self.empty = False
