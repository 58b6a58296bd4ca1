"""A firm that sells or maintains: its name, the contract with it, and how it is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.asset import Vendor
from camcensus.model.tags import iso_date
from camcensus.model.words import clean, long_date
from camcensus.store.edits.tagging import add_vendor, change_vendor
from camcensus.ui.asset.tag_editors import ChoiceEditor
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import fill, grid, panel, row
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

Role = Literal["seller", "maintainer"]


class FirmDialog(Dialog):
    """Adds a firm, or changes one. `kept` tells its id."""

    kept = Signal(str)

    def __init__(self, session: Session, role: Role, firm: Vendor | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, clean(firm.name, 60) if firm else "Add a firm", lead="Saved with this record, on this computer."
        )
        self._session, self._firm, self._role = session, firm, role
        self.name = Field("For example: Fenland Security Ltd", name="Name")
        self.number, self.end = Field("", name="Contract number"), Field("31/08/2027", name="Contract ends on")
        self.phone, self.email = Field("", name="Phone"), Field("", name="Email")
        if firm is not None:
            self.name.setText(firm.name)
            self.number.setText(firm.contract_number or "")
            self.end.setText("/".join(reversed((firm.contract_end or "").split("-"))))
            self.phone.setText(firm.phone or "")
            self.email.setText(firm.email or "")
        self.problem = MissingLine()
        fields = grid(
            labelled("Name", self.name),
            (labelled("Contract number", self.number), labelled("Contract ends on", self.end)),
            (labelled("Phone", self.phone), labelled("Email", self.email)),
        )
        fill(self.body, fields, 8, self.problem)
        self.offer("Cancel", "Save" if firm else "Add firm")
        self.name.setFocus()

    def accept(self) -> None:
        name, end = self.name.typed, self.end.typed
        if not name:
            self.problem.say("Type the name of the firm.", self.name)
            return
        if end and iso_date(end) is None:
            self.problem.say("The end of the contract must be a date, like 31/08/2027.", self.end)
            return
        facts = {
            "contract_number": self.number.typed or None,
            "contract_end": iso_date(end) if end else None,
            "email": self.email.typed or None,
            "phone": self.phone.typed or None,
        }
        if self._firm is None:
            done = self._session.do(add_vendor(name, self._role, **facts))
            made = done.made if done else ""
        else:
            plain = replace(self._firm, name=name, **facts)  # type: ignore[arg-type]
            made = plain.id if plain == self._firm or self._session.do(change_vendor(plain)) else ""
        if made:
            self.kept.emit(made)
            super().accept()


class FirmEditor(ChoiceEditor):
    """Who sold or maintains rows: a choice, the contract in a line, and links to add a firm or change this one."""

    def __init__(self, session: Session, role: Role, values: Sequence[object]) -> None:
        self._session, self._role = session, role
        self.contract = Text("", "caption", "secondary")
        self.add_link, self.change_link = LinkButton("Add a firm…", "caption"), LinkButton("Change…", "caption")
        said = "who sold it" if role == "seller" else "who maintains it"
        self.add_link.setAccessibleName(f"Add a firm: {said}")
        self.change_link.setAccessibleName(f"Change the firm: {said}")
        links = panel(row(self.add_link, self.change_link, None, gap=16))
        super().__init__(role, values, self._firms(), links, self.contract)
        self.combo.currentIndexChanged.connect(self._show_contract)
        self.add_link.clicked.connect(lambda: self._ask(None))
        self.change_link.clicked.connect(lambda: self._ask(self._chosen()))
        self._show_contract()

    def _firms(self) -> list[tuple[str, str]]:
        firms = self._session.inventory.vendors() if self._session.inventory is not None else ()
        ordered = sorted(firms, key=lambda firm: (firm.role != self._role, firm.name.casefold()))
        return [(clean(firm.name, 60), firm.id) for firm in ordered]

    def _chosen(self) -> Vendor | None:
        firms = self._session.inventory.vendors() if self._session.inventory is not None else ()
        return next((firm for firm in firms if firm.id == self.now), None)

    def _ask(self, firm: Vendor | None) -> None:
        dialog = FirmDialog(self._session, self._role, firm, self.window())
        dialog.kept.connect(lambda made: self.offer(self._firms(), made))
        dialog.kept.connect(self._show_contract)
        dialog.show_over()

    def _show_contract(self, *_: object) -> None:
        firm = self._chosen()
        self.change_link.setVisible(firm is not None)
        parts = []
        if firm is not None:
            parts = [f"Contract {clean(firm.contract_number, 40)}"] if firm.contract_number else []
            parts += [f"ends {long_date(firm.contract_end)}"] if firm.contract_end else []
            parts += [clean(text, 60) for text in (firm.phone, firm.email) if text]
        self.contract.setText(" · ".join(parts))
        self.contract.setVisible(bool(parts))
