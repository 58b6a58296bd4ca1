"""The lists you use: who said each, when and to whom, whether it is on here, and who decided that; and your own list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from camcensus.model.words import BASED, clean, listed, long_date, short_date, upper_first
from camcensus.tasks.register.lists import ListInUse, lists_in_use, put_on_own_list, switch_lists, take_off_own_list
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.controls import Field
from camcensus.ui.kit.dialogs import Dialog
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import fill, grid
from camcensus.ui.kit.ledger import UNDER, Cell, Ledger, LedgerLine
from camcensus.ui.kit.parts import scrolled
from camcensus.ui.session import Session

COLUMNS = (
    ViewColumn("use", "Use", "check", 44),
    ViewColumn("what", "List", "words", 0),
    ViewColumn("who", "Who said it, when", "words", UNDER),
    ViewColumn("to", "Addressed to", "words", UNDER),
    ViewColumn("here", "Here", "words", 168),
)
NAMED = 6
LEAST_HEIGHT = 200


class ListsDialog(Dialog):
    """Ticks are kept together, with one name and one reason, when Save is pressed."""

    def __init__(self, session: Session, wanted: Mapping[str, bool] | None = None, parent: QWidget | None = None) -> None:
        lead = (
            "Your organisation chooses which lists it uses. Each is addressed to somebody, and no list is an order to "
            "you unless it says so. One names no company: makers based in China are shown apart (our reading), never as listed."
        )
        super().__init__(parent, "Lists you use", width=800, lead=lead)
        self._session = session
        self._wanted = dict(wanted or {})
        self._lists = lists_in_use(session.inventory, session.known)
        self.ledger = Ledger(COLUMNS, "Lists", stack_below=640)
        self.ledger.toggled.connect(self.tick)
        self.body.addWidget(scrolled(self.ledger, "Lists", LEAST_HEIGHT), 1)
        self._by = Field("Your name", name="Decided by", text=session.person)
        self._why = Field(session.example_of_why, name="Why")
        self._problem = MissingLine()
        self._fields = QWidget()
        grid(
            (labelled("Why", self._why), labelled("Decided by", self._by)),
            shares=(3, 2),
            margins=(0, 12, 0, 0),
            of=self._fields,
        )
        fill(self.body, self._fields, self._problem)
        self.go = self.offer("Cancel", "Save")
        self._show()

    @property
    def wanted(self) -> dict[str, bool]:
        """What is ticked otherwise than it is kept."""
        return {
            one.said.id: self._wanted[one.said.id] for one in self._lists if self._wanted.get(one.said.id, one.on) != one.on
        }

    def tick(self, identity: str, on: bool) -> None:
        """Ticks a box, kept only on Save."""
        self._wanted[identity] = on
        self._show()

    def accept(self) -> None:
        wanted, by, why = self.wanted, self._by.typed, self._why.typed
        missing = "Tick or untick a list first." if not wanted else "Enter who decided." if not by else ""
        if wanted and by and not why:
            missing = "Type why, so that anyone can see it later."
        if self._problem.say(missing, self.ledger if not wanted else self._by if not by else self._why):
            return
        self._session.person = by
        if self._session.do(switch_lists(self._session.knowledge, wanted, why), by=by):
            super().accept()

    def _show(self) -> None:
        self.ledger.set_lines([_line(one, on=self._wanted.get(one.said.id, one.on)) for one in self._lists])


def _line(one: ListInUse, *, on: bool) -> LedgerLine:
    said = one.said
    return LedgerLine(
        said.id,
        (
            Cell(),
            Cell(said.title, "\n".join(part for part in (_names(one), said.reading) if part)),
            Cell(upper_first(said.said_by), long_date(said.date) if said.date else ""),
            Cell(
                upper_first(said.addressed_to),
                f"Not addressed to {said.not_addressed_to}" if said.not_addressed_to else "",
            ),
            _here(one, on=on),
        ),
        None,
        on,
    )


def _names(one: ListInUse) -> str:
    makers = [clean(maker, 60) for maker in one.makers]
    if not makers:
        return "No maker is on it yet. Put one on it on the maker’s page." if one.said.id == "own" else ""
    named = f"{listed(makers, NAMED)}."
    return f"Names {named}" if one.said.names_makers else f"{BASED}: {named}"


def _here(one: ListInUse, *, on: bool) -> Cell:
    word = "In use" if on else "Not in use"
    if on != one.on:
        return Cell(word, "Not saved yet")
    if one.choice is None:
        return Cell(word, "Usual choice")
    why = f": {clean(one.choice.why)}" if one.choice.why else ""
    return Cell(word, f"{clean(one.choice.by, 60)}, {short_date(one.choice.at)}{why}")


class OwnListDialog(Dialog):
    """Puts a maker on the organisation's own list, with who and why, or takes it off."""

    def __init__(self, session: Session, manufacturer: str, parent: QWidget) -> None:
        self._on = session.own_reason(manufacturer) is not None
        name = clean(session.known.name_of(manufacturer), 60)
        title = f"Take {name} off your own list" if self._on else f"Put {name} on your own list"
        lead = (
            "It is recorded as your organisation’s decision, not as a statement about the maker. Companies that belong to "
            "it count too."
        )
        super().__init__(parent, title, lead="" if self._on else lead)
        self._session, self._maker = session, manufacturer
        self._why = Field("For example: trust board, 12 October", name="Why")
        self._by = Field("Your name", name="Decided by", text=session.person)
        self._problem = MissingLine()
        if not self._on:
            fill(self.body, labelled("Why", self._why), 12)
        fill(self.body, labelled("Decided by", self._by), 8, self._problem)
        self.offer("Cancel", "Take it off" if self._on else "Put it on")

    def accept(self) -> None:
        by, why = self._by.typed, self._why.typed
        missing = "Type why." if not self._on and not why else "Enter who decided." if not by else ""
        if self._problem.say(missing, self._by if why or self._on else self._why):
            return
        self._session.person = by
        known = self._session.knowledge
        edit = take_off_own_list(known, self._maker) if self._on else put_on_own_list(known, self._maker, why)
        if self._session.do(edit, by=by):
            super().accept()
