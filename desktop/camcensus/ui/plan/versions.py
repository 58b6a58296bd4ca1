"""Versions of the plan: what was shown to whom, what changed since, and the button that makes the next one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from camcensus.model.plan import Plan
from camcensus.model.words import clean, count, long_date, pounds
from camcensus.store.edits.plan import make_version
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.layout import column, fill, panel, row
from camcensus.ui.kit.ledger import Ledger
from camcensus.ui.kit.ledger_model import Cell, LedgerLine
from camcensus.ui.kit.parts import Scroll, card_of
from camcensus.ui.kit.widgets import Text
from camcensus.ui.session import Session

CHANGES_SHOWN = 200
"""A longer list of changes is not read; the number of the rest is said."""
COLUMNS = (
    ViewColumn("version", "Version", "text", 96),
    ViewColumn("made", "Made", "text", 220),
    ViewColumn("note", "What for", "words", 0),
    ViewColumn("total", "Total, ex VAT", "number", 130),
)


class VersionsDialog(Dialog):
    """Making a version keeps the plan as it is; the paper and the window say what changed since."""

    def __init__(self, session: Session, plan: Plan, parent: QWidget) -> None:
        saw = session.kind.deciders
        lead = f"A version saves the plan as it is now, for example as {saw} saw it. Later you see what has changed."
        super().__init__(parent, "Versions and changes", lead=lead, width=680)
        self._session, self._plan = session, plan
        inventory = session.inventory
        made = inventory.plan_versions() if inventory is not None else ()
        number = made[0].number + 1 if made else 1
        self.note = Field(session.example_of_why, name=f"What is version {number} for?")
        self.make_button = Button(f"Make version {number}", then=self.make)
        making = QWidget()
        beside = row(self.note, self.make_button)
        column(Text(f"What is version {number} for?", "caption", "secondary"), 4, beside, of=making)
        may = session.readonly_reason is None
        self.note.setEnabled(may)
        self.make_button.setEnabled(may)
        self.ledger = Ledger(COLUMNS, "Versions that were made", stack_below=520)
        self.ledger.set_lines(
            [
                LedgerLine(
                    str(one.number),
                    (
                        Cell(f"Version {one.number}", strong=at == 0),
                        Cell(long_date(one.made_at), clean(one.made_by)),
                        Cell(clean(one.note, 400) or "–"),
                        Cell(pounds(one.total)),
                    ),
                )
                for at, one in enumerate(made)
            ]
        )
        self.changes = changes_words(plan)
        inside = column(making, 16)
        if made:
            card = card_of(self.ledger)
            fill(inside, card, 16)
        else:
            self.ledger.hide()
            inside.addWidget(Text("No version was made yet.", "body", "secondary"))
        for at, words in enumerate(self.changes):
            fill(inside, Text(words, "strong" if at == 0 else "body"), 6)
        inside.addStretch(1)
        inside.setContentsMargins(4, 4, 12, 4)
        body = panel(inside)
        scroll = Scroll(body, "Versions and changes")
        scroll.setMinimumHeight(theme.unless_large(320, 420))
        self.body.addWidget(scroll, 1)
        close = Button("Close", "primary", then=self.accept)
        self.buttons.addWidget(close)
        self.note.setFocus()

    def make(self) -> None:
        """Keeps the plan as it is now."""
        if self._session.do(make_version(self._plan, self._session.knowledge.version, self.note.typed)):
            self.accept()


def changes_words(plan: Plan) -> tuple[str, ...]:
    """A heading, and a sentence for each change since the newest version."""
    if plan.version is None:
        return ()
    number = plan.version.number
    if not plan.changes:
        return (f"Nothing has changed since version {number}.",)
    said = [clean(str(change), 400) for change in plan.changes[:CHANGES_SHOWN]]
    rest = len(plan.changes) - len(said)
    return (f"Changes since version {number}", *said, *([f"And {count(rest, 'more change')}."] if rest > 0 else []))
