"""The choices beside a file for others: who gets it, and what each of them may be given besides."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from camcensus.store.sealed import SHORTEST
from camcensus.tasks.reports.scope import ReportScope
from camcensus.tasks.share.columns import AUDIENCE_WORDS, AUDIENCES, Audience
from camcensus.tasks.share.making import WHOLE, ShareWish
from camcensus.ui.inventory.scope_form import ScopeForm
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.controls import Check, Field, Radio
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import Part, column, panel
from camcensus.ui.kit.parts import Hairline, Scroll, Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

_NOTES = {
    "auditor": "One file that Camcensus can read again",
    "supplier": "Tables and photographs, in a ZIP",
    "public": "One table of counts, in a ZIP",
    "backup": "The whole record, in one file",
}
SHORT = f"At least {SHORTEST} characters. Four words are easy to remember."
DIFFER = "The two passphrases differ."


class ShareChoices(Surface):
    """`changed` follows every choice."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("base", lines="r")
        self.scope = ScopeForm(session)
        self.audiences = QButtonGroup(self)
        parts: list[Part] = [Text("Share and import", "title"), 12, Text("Who is it for?", "strong"), 8]
        for at, name in enumerate(AUDIENCES):
            radio = Radio(AUDIENCE_WORDS[name])
            radio.setAccessibleDescription(_NOTES[name])
            self.audiences.addButton(radio, at)
            parts += [radio, 2, _Under(_NOTES[name]), 10]
        self.staff = Check("Names of staff go with it")
        self.photos, self.plain = Check("Photographs go with it", on=True), Check("Leave it unlocked")
        self.first, self.second = Field(name="Passphrase"), Field(name="The same once more")
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._wrong = MissingLine()
        self._hint = Text("Without the passphrase nobody can open it. Keep it apart from the file.", "caption", "secondary")
        self._locked = panel(
            column(
                labelled("Passphrase", self.first),
                8,
                labelled("The same once more", self.second),
                self._wrong,
                4,
                self._hint,
                8,
            )
        )
        self._parts: dict[Audience, QWidget] = {
            "auditor": _part(
                self.staff, _Under("Without this they are shown as “a member of staff”."),
            ),
            "supplier": _part(self.photos, _Under("They may show labels with serial numbers.")),
            "backup": _part(self._locked, self.plain, _Under("Then anybody who has the file can read all of it.")),
        }  # fmt: skip
        self.import_link = LinkButton("Import a list…", then=session.hub.lists_wanted)
        self.backup_link = LinkButton("Open a back-up…", then=session.hub.backup_wanted)
        body = QWidget()
        inside = column(
            *parts, *self._parts.values(), self.scope, 8, Hairline(), 16, Text("Bring something in", "strong"), 4,
            self.import_link, self.backup_link, None,
        )  # fmt: skip
        inside.setContentsMargins(24, 24, 12, 20)
        body.setLayout(inside)
        column(Scroll(body, "Choices for the file"), of=self)
        self.audiences.idToggled.connect(lambda _, on: self._tell() if on else None)
        for check in (self.staff, self.photos, self.plain):
            check.toggled.connect(self._tell)
        for field in (self.first, self.second):
            field.textEdited.connect(self._tell)
        self.scope.changed.connect(self._tell)
        self.audiences.button(0).setChecked(True)

    @property
    def audience(self) -> Audience:
        """Who gets it."""
        return AUDIENCES[max(0, self.audiences.checkedId())]

    def wish(self, by: str) -> ShareWish:
        """What was chosen, without the passphrase."""
        return ShareWish(
            self.audience, by, with_staff=self.staff.isChecked(), photos=self.photos.isChecked(),
            plain=self.plain.isChecked(), scope=self.part,
        )  # fmt: skip

    @property
    def part(self) -> ReportScope:
        """The part of the register that goes; all of it to those who get the whole record."""
        return ReportScope() if self.audience in WHOLE else self.scope.scope

    def passphrase(self) -> str | None:
        """The passphrase, None where none is wanted."""
        return self.first.text() if self.audience == "backup" and not self.plain.isChecked() else None

    def forget(self) -> None:
        """Empties the fields: what was typed is needed no longer."""
        for field in (self.first, self.second):
            field.clear()
        self._tell()

    def missing(self) -> str:
        """What is wrong with the passphrase, in a sentence; "" for nothing, or where none is wanted."""
        if self.passphrase() is None:
            return ""
        if len(self.first.text()) < SHORTEST:
            return SHORT
        return DIFFER if self.first.text() != self.second.text() else ""

    def _tell(self, *_: object) -> None:
        for name, part in self._parts.items():
            part.setVisible(name == self.audience)
        self.scope.setVisible(self.audience not in WHOLE)
        self._locked.setEnabled(not self.plain.isChecked())
        typed = bool(self.second.text()) or len(self.first.text()) >= SHORTEST
        say = self.missing() if typed and (self.second.text() or self.missing() == SHORT) else ""
        self._wrong.say(say, self.second, lead=False)
        self.changed.emit()


class _Under(QWidget):
    """A note under a choice, beginning where its words do at every text size."""

    def __init__(self, words: str) -> None:
        super().__init__()
        column(Text(words, "caption", "secondary"), of=self)
        self.retheme()

    def retheme(self) -> None:
        """As far in as the choice's mark is wide."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme.px(18) + 10, 0, 0, 0)


def _part(*widgets: Part) -> QWidget:
    return panel(column(Hairline(), 12, *widgets, 12, gap=2))
