"""Who is who here: the people whom reports name and whom others may reach."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.tasks.register.people import ROLE_WORDS, ROLES, Person, people, save_people
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import grid, panel
from camcensus.ui.kit.parts import Scroll
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

LEAD = "Saved in this record. Your IT contact is printed on the IT notice. Copies for others leave all of these people out."


class PeopleDialog(Dialog):
    """A name and a way to reach them for each job; an empty name is nobody."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, "People", width=600, lead=LEAD)
        self._session = session
        named = {one.role: one for one in people(session.inventory)}
        self.fields: dict[str, tuple[Field, Field]] = {}
        lines: list[Text | int | tuple[Field, Field]] = []
        for role in ROLES:
            words, one = ROLE_WORDS[role], named.get(role, Person(role, ""))
            name = Field("Name", name=f"{words}: name", text=one.name)
            reach = Field("Telephone or e-mail", name=f"{words}: telephone or e-mail", text=one.reach)
            self.fields[role] = name, reach
            lines += (Text(words, "caption", "secondary"), (name, reach), 8)
        body = panel(grid(*lines, gap=(12, 4), shares=(1, 1), margins=(2, 2, 10, 2)))
        scroll = Scroll(body, "People")
        scroll.setMinimumHeight(min(body.sizeHint().height(), 400))
        self.body.addWidget(scroll, 1)
        self.offer("Cancel", "Save")
        self.fields[ROLES[0]][0].setFocus()

    def accept(self) -> None:
        made = [
            Person(role, name.text(), reach.text()) for role, (name, reach) in zip(ROLES, self.fields.values(), strict=True)
        ]
        if self._session.do(save_people(made)):
            super().accept()
