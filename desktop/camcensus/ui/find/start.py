"""Before a search: where to look, how, and who allows it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from camcensus.model.errors import CamcensusError
from camcensus.model.scan import Interface, Pace, ScanRecord
from camcensus.model.words import BEFORE_SEARCH, clean, count
from camcensus.tasks import policy
from camcensus.tasks.register.untouched import by_it_words, untouched
from camcensus.ui.find import searching
from camcensus.ui.find.policy_strip import PolicyStrip
from camcensus.ui.find.searching import Wish
from camcensus.ui.inventory.untouched import UntouchedDialog
from camcensus.ui.kit import theme
from camcensus.ui.kit.buttons import Button, Fold, LinkButton
from camcensus.ui.kit.controls import Check, Combo, Field, Radio, grey
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.forms import MissingLine, labelled
from camcensus.ui.kit.layout import clear, column, fill, row
from camcensus.ui.kit.marks import notice
from camcensus.ui.kit.parts import Hairline, Scroll, Surface
from camcensus.ui.kit.widgets import Text
from camcensus.ui.phrases import PACES, RATE_WORDS
from camcensus.ui.session import Session

MEASURE = 680
LISTEN_FIRST = "Hospitals and clinics begin by listening only: nothing is sent, so no medical device is asked anything."
FIREWALL = "Windows may ask about network access. Choose Private networks. If it asks for an administrator, ask your IT team."
WAYS = {
    0: "Asks every address there what it is",
    1: "Asks only devices that announce themselves or that a camera maker is known to have made",
    2: "Listens for a minute, and sends nothing",
}
"""What each way to look does, by its place in the form."""
PACE_SAID: dict[Pace, str] = {"gentle": f", gently: {RATE_WORDS['gentle']}", "normal": f": {RATE_WORDS['normal']}"}


class FindStart(QWidget):
    """A short form. Nothing is sent before Start search, and Start search asks for a name."""

    start = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._cards: list[tuple[Interface, Check]] = []
        self._where, self._where_further = column(gap=4), column(gap=4)
        self._which = Text("Where to look", "heading")
        self._again = Button("Look for networks again", "quiet", "rotate-ccw", then=self.refresh)
        self._way_words = Text("")
        self._way = notice((self._way_words, 1), ground="todo_fill")
        self._way.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._way_gap = QWidget()
        self._way_gap.setFixedHeight(14)
        self._policy = policy.policy_in_force()
        self.policy_strip = PolicyStrip()
        self._ranges = Field("For example 10.20.0.0/24, 10.20.1.0/24", name="Other networks")
        self._ranges.returnPressed.connect(self._go)
        self._untouched_note = Text("", "body", "secondary")
        self.untouched_button = Button("Leave some devices alone…", "quiet")
        self.untouched_button.clicked.connect(lambda: UntouchedDialog(session, self.window()).show_over())
        self._all = Radio("Ask every address on it")
        self._some = Radio("Ask only devices that announce themselves or that a camera maker is known to have made")
        self._listen = Radio("Only listen for a minute, and send nothing")
        self._clinical = Text(LISTEN_FIRST, "body", "secondary")
        self._agreed = LinkButton("IT has named the ranges that may be asked", then=self._go_on)
        self._agreed_gap = QWidget()
        self._agreed_gap.setFixedHeight(6)
        self._how = QButtonGroup(self)
        for at, choice in enumerate((self._all, self._some, self._listen)):
            self._how.addButton(choice, at)
        self._pace = Combo("How fast")
        self._will = Text("", "caption", "secondary")
        self.more = Fold("More: other networks, ways to look, speed")
        self._further = QWidget()
        self.more.toggled.connect(self._further.setVisible)
        self._who = Field("Name, for example R. Khan, IT", name="Who allows this search?")
        self._who.returnPressed.connect(self._go)
        self._who_note = Text("", "caption", "secondary")
        self._nameless = MissingLine(instead_of=self._who_note)
        self.it_button = Button("Print a sheet for your IT team", "quiet", "printer")
        self.it_button.clicked.connect(lambda: session.hub.asked_for.emit("reports", "it-notice"))
        self._problem = MissingLine("body")
        self.start_button = Button("Start search", "primary", "radar", then=self._go)
        self._body = body = QWidget()
        column(
            self.policy_strip,
            self.policy_strip.gap,
            self._way,
            self._way_gap,
            self._which,
            8,
            self._where,
            row(self._again, None),
            16,
            labelled("Who allows this search?", self._who),
            4,
            self._who_note,
            self._nameless,
            12,
            self._clinical,
            self._agreed,
            self._agreed_gap,
            self.more,
            self._further,
            20,
            _note(),
            None,
            margins=(0, 4, 8, 16),
            of=body,
        )
        self._build_further()
        room, across = QWidget(), row(body, None)
        across.setStretch(0, 100)
        room.setLayout(across)
        foot = column(Hairline(), 8, self._problem, 4, Flow(self.start_button, self.it_button), 4, self._will)
        column((Scroll(room, "Before the search"), 1), foot, of=self)
        self.retheme()
        self._how.buttonToggled.connect(lambda *_: self._pace.setEnabled(not self._listen.isChecked()))
        self._how.buttonToggled.connect(self._say_what)
        self._pace.currentIndexChanged.connect(self._say_what)
        self.refresh()

    def _build_further(self) -> None:
        """What most people never change, behind "More"."""
        kept = row((self._untouched_note, 0, Qt.AlignmentFlag.AlignVCenter), self.untouched_button, None, gap=4)
        inside = column(
            self._where_further,
            10,
            labelled("Other networks (IT can give you these)", self._ranges),
            6,
            kept,
            14,
            Text("How to look", "heading"),
            8,
            margins=(0, 12, 0, 0),
            of=self._further,
        )
        for choice in (self._all, self._some, self._listen):
            fill(inside, choice, 6)
        fill(inside, 6, row(self._pace, None))
        self._further.hide()

    def retheme(self) -> None:
        """As wide as its lines are read well at this text size."""
        self._body.setMaximumWidth(theme.px(MEASURE))

    def refresh(self) -> None:
        """Looks at this computer's networks, and at what IT allows, again."""
        self._policy = policy.policy_in_force()
        clear(self._where)
        clear(self._where_further)
        cards = searching.interfaces()
        names = _told_apart(cards)
        several = len(cards) > 1
        self._cards = [(card, Check(name)) for card, name in zip(cards, names, strict=True)]
        self._which.setVisible(several)
        for at, (card, check) in enumerate(self._cards):
            may = policy.may_search(card, self._policy)
            check.setEnabled(may)
            check.setChecked(may and (at == 0 or self._session.allowed(card.network) is not None))
            check.toggled.connect(self._who_before)
            if several:
                self._where.addWidget(check, alignment=Qt.AlignmentFlag.AlignLeft)
            else:
                fill(self._where_further, Text("Where to look", "strong"), (check, 0, Qt.AlignmentFlag.AlignLeft))
        for card, name in zip(cards, names, strict=True):
            self._where_further.addWidget(
                Text(f"{name}: {clean(card.name, 60)}, {searching.span(card)}", "caption", "secondary")
            )
        if self._policy.allowed_ranges is not None:
            allowed = f"Your IT team allows {', '.join(self._policy.allowed_ranges)}."
            self._where_further.addWidget(Text(allowed, "caption", "secondary"))
        if len(cards) == 1:
            self._where.addWidget(Text(f"Camcensus will search the network that this computer is on: {names[0]}."))
        elif not cards:
            self._where.addWidget(
                Text("This computer is not on a private network. Connect it to the cameras’ network.", "body", "secondary")
            )
        self._again.setVisible(not cards)
        self._show_way()
        small = any(searching.may_ask_all(card) for card in cards if policy.may_search(card, self._policy))
        self._all.setEnabled(small)
        body = self._session.body
        clinical = body is not None and body.kind.type == "nhs"
        for part in (self._clinical, self._agreed, self._agreed_gap):
            part.setVisible(clinical)
        (self._listen if clinical else self._all if small else self._some).setChecked(True)
        self._show_policy(small)
        self._show_untouched()
        self._say_nothing()
        self._who_before()

    def _show_way(self) -> None:
        """What is in the way of a search from here: a guest network, a VPN."""
        advice = searching.in_the_way()
        for part in (self._way, self._way_gap):
            part.setVisible(advice is not None)
        if advice is not None:
            self._way_words.setText(f"{advice.say} {advice.next}")

    def _show_policy(self, small: bool) -> None:
        """What IT allows: choices that are not allowed are grey, and a sentence says who set that and whom to ask."""
        allowed = self._policy
        outside = any(not policy.may_search(card, allowed) for card, _ in self._cards)
        self.policy_strip.show_policy(allowed, outside=outside)
        listen = allowed.passive_only or not allowed.paces
        barred = bool(policy.why_no_search(allowed))
        for choice in (self._all, self._some):
            choice.setEnabled(not listen and not barred and (choice is self._some or small))
        self._listen.setEnabled(not barred)
        self._agreed.setEnabled(not listen and not barred)
        if listen:
            self._listen.setChecked(True)
        self._ranges.setEnabled(not listen and not barred)
        self.start_button.setEnabled(not barred)
        chosen = self._pace.currentData()
        self._pace.clear()
        for words, pace in PACES:
            self._pace.addItem(words, pace)
            grey(self._pace, self._pace.count() - 1, pace not in allowed.paces)
        self._pace.choose(policy.usual_pace(allowed, chosen))
        self._pace.setEnabled(not self._listen.isChecked() and not barred)

    def _say_what(self, *_: object) -> None:
        """What Start search does, in a sentence."""
        what = WAYS.get(self._how.checkedId(), "")
        pace = "" if self._listen.isChecked() else PACE_SAID.get(self._pace.currentData(), "")
        self._will.setText(f"{what}{pace}." if what else "")

    def _show_untouched(self) -> None:
        """How many addresses are left alone."""
        try:
            kept = untouched(self._session.inventory)
        except CamcensusError as error:
            self._untouched_note.setText(str(error))
            return
        by_it = len(self._policy.never_ask)
        number = count(len(kept) + by_it, "address or range is", "addresses or ranges are")
        said = f"{number} never asked{by_it_words(len(kept), by_it)}." if kept or by_it else "Every address may be asked."
        self._untouched_note.setText(said)

    def _go_on(self) -> None:
        """A hospital that listened first asks the ranges that IT named."""
        self.more.setChecked(True)
        self._some.setChecked(True)
        self._ranges.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_name(self) -> QWidget:
        """Where the keyboard starts."""
        return self._who if self._cards else self._again

    def _who_before(self, *_: object) -> None:
        names = {self._session.allowed(card.network) for card, check in self._cards if check.isChecked()}
        known = [name for name in names if name]
        if known and not self._who.text():
            self._who.setText(clean(known[0]))
        before = f"{clean(known[0])} allowed a search of this network before. " if known else ""
        self._who_note.setText(f"{before}A search can look unusual to whoever watches the network. The name is saved with it.")

    def _go(self) -> None:
        chosen = tuple(card for card, check in self._cards if check.isChecked())
        who = self._who.typed
        ranges = tuple(self._ranges.text().replace(",", " ").replace(";", " ").split())
        every = self._all.isChecked()
        wide = [card for card in chosen if not searching.may_ask_all(card)]
        usable = [check for _, check in self._cards if check.isEnabled()]
        if not chosen and (usable or not ranges):
            self.complain("Choose where to look.", usable[0] if usable else self._ranges)
        elif every and wide:
            sentence = f"{wide[0].words} is too wide to ask every address. Choose another way to look."
            self.complain(sentence, self._some)
        elif not who:
            self.complain("Type who allows this search. Only search a network you are allowed to.", self._who)
        else:
            self._say_nothing()
            self.start.emit(Wish(chosen, every, self._listen.isChecked(), self._pace.currentData(), who, ranges))

    def start_again(self, last: ScanRecord) -> None:
        """Starts the search that was made last, where nothing has to be asked: it looked at networks that this computer is on
        alone, and somebody allowed each. Else the form waits, as it is filled in."""
        networks = {card.network for card in last.interfaces}
        for card, check in self._cards:
            check.setChecked(check.isEnabled() and card.network in networks)
        chosen = {card.network for card, check in self._cards if check.isChecked()}
        allowed = all(self._session.allowed(network) for network in chosen)
        same = chosen == networks and not last.ranges and not last.passive
        if chosen and same and allowed and self.start_button.isEnabled() and not self._listen.isChecked():
            self._go()

    def complain(self, sentence: str, where: QWidget | None = None) -> None:
        """Says why a search could not start, beside the field; beside the button where no field is to blame."""
        where = where or self.start_button
        if self._further.isAncestorOf(where):
            self.more.setChecked(True)
        self._say_nothing()
        (self._nameless if where is self._who else self._problem).say(sentence, where)

    def _say_nothing(self) -> None:
        self._problem.say("")
        self._nameless.say("")


def _told_apart(cards: Sequence[Interface]) -> list[str]:
    """What each card is called; with a number where two would be called the same."""
    words = [card.words for card in cards]
    return [f"{one} ({words[: at + 1].count(one)})" if words.count(one) > 1 else one for at, one in enumerate(words)]


def _note() -> Surface:
    words = BEFORE_SEARCH + (f" {FIREWALL}" if sys.platform == "win32" else "")
    return notice((Text(words), 1), margins=(20, 12, 20, 12))
