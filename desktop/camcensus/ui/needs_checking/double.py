"""A possible duplicate: what the two have, side by side, and what a person says of it."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from camcensus.model.words import clean, long_date
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.checking import ToCheck
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui import phrases
from camcensus.ui.kit.layout import column, fill, grid
from camcensus.ui.kit.parts import Hairline, Scroll
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session


class CheckDouble(Scroll):
    """Is it the one we know? Nothing is merged before somebody says so, and Ctrl+Z takes it back."""

    def __init__(self, session: Session) -> None:
        self._session = session
        super().__init__(QWidget(), "Is this the same device?")

    def show_item(self, item: ToCheck) -> None:
        """Puts the two side by side, the known one left."""
        body = QWidget()
        newer, known = self._session.row(item.asset.id), self._session.row(item.other.id) if item.other else None
        layout = column(
            Text(f"Is {clean(item.asset.ref)} the same device as {_ref(known)}?", "heading"),
            2,
            Text(clean(item.doubt.reason, 300) if item.doubt else "", "body", "secondary"),
            16,
            Hairline(),
            16,
            margins=(32, 26, 24, 20),
        )
        if newer is not None and known is not None:
            fill(layout, self._grid(known, newer), 16, Text(self._what_happens(known, newer), "body", "secondary"))
        layout.addStretch(1)
        body.setLayout(layout)
        self.change(body)

    def _grid(self, known: AssetRow, newer: AssetRow) -> QGridLayout:
        knowledge = self._session.knowledge
        facts = (
            ("Location", phrases.place_of(known), phrases.place_of(newer)),
            ("Made by", phrases.maker_of(known, knowledge), phrases.maker_of(newer, knowledge)),
            ("Model", known.model, newer.model),
            ("Serial number", known.serial, newer.serial),
            ("MAC address", known.mac, newer.mac),
            ("Address", ", ".join(known.addresses), ", ".join(newer.addresses)),
            ("First seen", _day(known.asset.first_seen), _day(newer.asset.first_seen)),
            ("Last seen", _day(known.asset.last_seen), _day(newer.asset.last_seen)),
        )
        return grid(
            (None, Text(f"{_ref(known)}, known", "strong"), Text(f"{_ref(newer)}, new", "strong")),
            *(
                (Text(name, "body", "secondary"), *(Text(clean(said or "–"), exact=True) for said in both))
                for name, *both in facts
            ),
            gap=(20, 8),
            shares=(2, 4, 4),
        )

    def _what_happens(self, known: AssetRow, newer: AssetRow) -> str:
        inventory = self._session.inventory
        if inventory is None:
            return ""
        preview = register.merge_preview(inventory, known.asset.id, newer.asset.id)
        said = f"Same device: {_ref(known)} stays, and {_ref(newer)} goes into it. {preview.moves}".strip()
        if preview.facts:
            differ = ", ".join(fact.title.lower() for fact in preview.facts)
            said += f" They differ in {differ}; what {_ref(known)} says counts, and the rest stays in the history."
        return f"{said}\nTwo devices: both rows stay, and we do not ask again."


def _ref(item: AssetRow | None) -> str:
    return clean(item.asset.ref) if item is not None else "a row that is gone"


def _day(iso: str | None) -> str:
    return long_date(iso) if iso else ""
