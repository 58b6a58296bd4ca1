"""Home: how many, what needs checking, what is listed, what is undecided, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from camcensus.model.knowledge import Knowledge
from camcensus.model.words import NONE, Count, clean, count, exactly, fitting, kinds_in_words, long_date
from camcensus.planning.counts import Group
from camcensus.tasks.finding.judging import list_news
from camcensus.tasks.knowledge.updates import age_notice
from camcensus.tasks.register.care import never_set_up_sentence, support_sentence, urgent_sentence
from camcensus.tasks.register.next_step import next_step
from camcensus.tasks.register.recheck import census_due, stale
from camcensus.tasks.register.rows import may_be_twice
from camcensus.tasks.register.verbs import AssetRow as Row
from camcensus.ui import phrases
from camcensus.ui.home.numbers import found_words, how_sure, why_based
from camcensus.ui.kit import theme
from camcensus.ui.kit.bars import RangeBar
from camcensus.ui.kit.buttons import Button, LinkButton
from camcensus.ui.kit.layout import column, fill, grid, row
from camcensus.ui.kit.marks import Mark, SignMark, notice
from camcensus.ui.kit.parts import Hairline, Scroll
from camcensus.ui.kit.widgets import Text
from camcensus.ui.page import EmptyState, Page, PageHeading
from camcensus.ui.phrases import BASED, LISTED
from camcensus.ui.session import Session

SLIM_BELOW = 600
"""Width of the window, at 100% text, under which what can be done with a number is below its words."""
CHECK_ONE = "Who made it, what it is, or whether it is there. The label usually says."
CHECK_SEVERAL = "Who made them, what they are, or whether they are there. The label usually says."
HALFWAY = "stopped before it was finished: there may be more cameras."
MOST_MAKERS = 8


class HomePage(Page):
    """The first page."""

    name = "home"
    help_page = "home"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.heading = PageHeading("")
        self._column = column()
        self._first: QWidget = self
        self._scroll = Scroll(QWidget(), "Home")
        self._where = Text(_KEPT, "body", "secondary")
        self._version = Text("", "caption", "secondary", wrap=False, align=Qt.AlignmentFlag.AlignRight)
        foot = row(
            SignMark(icon="laptop", ink="secondary", size=16), self._where, self._version, gap=10, margins=(0, 0, 16, 18)
        )
        column((self._scroll, 1), foot, gap=12, margins=(32, 0, 16, 0), of=self)
        self._was_narrow = self._was_slim = False
        self._day = session.clock().date()
        session.hub.changed.connect(self.follow)
        theme.THEME.changed.connect(self.follow)
        self.catch_up()

    def start_focus(self) -> QWidget:
        return self._first

    def set_narrow(self, narrow: bool) -> None:
        slim = theme.at_100(self.window().width()) < SLIM_BELOW
        if (narrow, slim) != (self._was_narrow, self._was_slim):
            self._was_narrow, self._was_slim = narrow, slim
            self._version.setVisible(not narrow)
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.behind = self.behind or self._day != self.session.clock().date()
        self.catch_up()

    def refresh(self) -> None:
        body, rows = self.session.body, self.session.rows()
        scan = self.session.last_scan()
        self._where.setText(_ELSEWHERE if self.session.caution else _KEPT)
        self.heading.title.setText(body.name if body and body.name else "Camcensus")
        now = self.session.clock()
        self._day = now.date()
        note = f"As at {long_date(now)}, {now:%H:%M}."
        if scan is not None:
            note += f" Last search {phrases.when(scan.ended_at, now, long=True)}"
            note += f", {HALFWAY}" if scan.stopped_early else "."
        self.heading.note.setText(note)
        self._version.setText(f"List version {self.session.knowledge.version.split('+')[0]}")
        body_widget = QWidget()
        self._column = column(self.heading, 12, margins=(0, 0, 16, 16), of=body_widget)
        old = age_notice(self.session.knowledge.version, now.date())
        if old is not None:
            fill(self._column, self._told(old, "Install an update from a file", "settings", "update"), 12)
        self.heading.offer()
        self._first = self._scroll  # the button of last time goes with the rest
        if rows:
            self._next(rows)
            self._urgent(rows)
            old, record = stale(rows), self.session.inventory
            news = list_news(record, {}, self.session.knowledge) if record is not None and not old else ""
            for say, button in ((old, "Re-check them"), (news, "See the cameras"), (may_be_twice(rows), "See the cameras")):
                if say:
                    fill(self._column, self._told(say, button, "cameras"), 12)
            self._numbers(rows)
            fill(self._column, 24, self._makers(), None)
        else:
            find = Button("Find cameras", "primary", then=lambda: self.session.hub.asked_for.emit("find", None))
            self._first = find
            sheet, bring = Button("Walk-round sheet"), Button("Import a list…")
            sheet.clicked.connect(lambda: self.session.hub.asked_for.emit("reports", "walkround"))
            bring.clicked.connect(self.session.hub.lists_wanted)
            sentence = (
                "Search your network, walk round, or import a list. Camcensus says how many there are, and who made them."
            )
            self._column.addWidget(EmptyState("radar", "No cameras yet", sentence, find, sheet, bring), 1)
        self._scroll.change(body_widget)

    def _told(self, sentence: str, button: str, page: str, wish: object = None) -> QWidget:
        """Said above the numbers, with the page that helps, and never in the way."""
        go = LinkButton(button, then=lambda: self.session.hub.asked_for.emit(page, wish))
        return notice((column(Text(sentence), 2, row(go, None)), 1), ground="todo_fill")

    def _next(self, rows: Sequence[Row]) -> None:
        """The one thing to do next: a sentence and the page's button; what a search that is due has beside it."""
        session, go = self.session, self.session.hub.asked_for.emit
        step = next_step(session.inventory, rows, session.to_check_number(), session.knowledge, session.clock())
        self._first = main = Button(step.button, "primary", then=lambda: go(step.page, step.wish))
        words = column(Text(step.say, "strong"))
        if census_due(session.inventory, session.clock()):
            sheet = LinkButton("Print walk-round sheet", then=lambda: go("reports", "walkround"))
            fill(words, 2, row(sheet, None))
        if self._was_narrow:  # what to do first is in view however little of the page is
            self.heading.offer(main)
            fill(self._column, words, 12)
        else:
            fill(self._column, row((words, 1, Qt.AlignmentFlag.AlignVCenter), main, gap=16), 16)

    def _urgent(self, rows: Sequence[Row]) -> None:
        """What cannot wait, each with a button that shows the devices."""
        care = self.session.counts.care
        for sentence_of, more, number in (
            (urgent_sentence, "exploited", care.get("exploited-flaw", 0)),
            (never_set_up_sentence, "never-set-up", care.get("never-set-up", 0)),
        ):
            if not number:
                continue
            show = Button(f"Show the {number:,}" if number > 1 else "Show it")
            show.clicked.connect(lambda _=False, more=more: self.session.hub.asked_for.emit("cameras", {"more": more}))
            words = Text(sentence_of(rows), "strong", "listed_ink")
            strip = notice(
                (words, 1, Qt.AlignmentFlag.AlignVCenter), show, ground="listed_fill", sign=SignMark("to", "listed_ink")
            )
            fill(self._column, strip, 12)

    def _numbers(self, rows: Sequence[Row]) -> None:
        body, counts, checking = self.session.body, self.session.counts, self.session.to_check_number()
        items, based = counts.items, counts.items.only_based
        support = support_sentence(rows, self.session.inventory.today if self.session.inventory else "")
        unsupported = counts.care.get("support-ended", 0)
        listed, _, made_by = counts.made_by_listed(self._name_of).partition(" ")
        expected = f" You expected about {body.expected_cameras:,}." if body and body.expected_cameras else ""
        lines = (
            (
                f"{items.total:,}",
                fitting(items.total, "item in the record", "items in the record"),
                f"{found_words(counts, rows)}{expected}",
                "",
                items.total,
            ),
            (
                f"{checking:,}",
                fitting(checking, "needs checking", "need checking"),
                self._to_look_at(checking),
                "checking",
                checking,
            ),
            (
                listed,
                made_by,
                how_sure(counts),
                "listed",
                items.listed.number,
            ),
            (
                f"{based}",
                "more by makers based in China (our reading)",
                why_based(counts),
                "only-based",
                based.number,
            ),
            (
                f"{items.undecided:,}",
                fitting(items.undecided, "has no decision yet", "have no decision yet"),
                "Keep, replace or remove. Only you decide.",
                "undecided",
                items.undecided,
            ),
            (f"{unsupported:,}", "known to be no longer supported", support, "unsupported", unsupported),
        )
        self._column.addWidget(Hairline())
        for big, title, words, only, amount in lines:
            if (only == "only-based" and not amount) or not words:
                continue
            fill(self._column, self._line(big, title, words, self._action(only, amount)), Hairline())

    def _to_look_at(self, checking: int) -> str:
        """What there is to look at, and how many wait for the installer."""
        waiting = sum(item.state == "installer" for item in self.session.to_check())
        asked = f"{count(waiting, 'waits', 'wait')} for the installer’s answer." if waiting else ""
        return " ".join(filter(None, (fitting(checking, CHECK_ONE, CHECK_SEVERAL) if checking or not waiting else "", asked)))

    def _name_of(self, maker: str) -> str:
        return clean(self.session.knowledge.name_of(maker), 40)

    def _action(self, only: str, amount: int) -> QWidget | None:
        if not amount:
            return None
        how = "more" if only == "unsupported" else "only"
        page, wish = ("checking", None) if only == "checking" else ("cameras", {how: only})
        what = "the list" if not only else "it" if amount == 1 else f"the {amount:,}"
        action = LinkButton(f"See {what}", then=lambda: self.session.hub.asked_for.emit(page, wish))
        action.setProperty("only", only)
        return action

    def _line(self, big: str, title: str, words: str, action: QWidget | None) -> QHBoxLayout:
        role: theme.Role = "display" if len(big) <= len("888,888") else "heading"
        number = Text(big, role, wrap=False)
        number.setFixedWidth(max(theme.px(112), theme.advance("8,888", "display") + 4, theme.advance(big, role) + 4))
        said = column(Text(title, "strong"), Text(words, "body", "secondary"))
        line = row(number, (said, 1))
        if action is not None:
            fill(said, row(action, None)) if self._was_slim else fill(line, 16, action)
        line.setContentsMargins(0, 14, 0, 14)
        return line

    def _makers(self) -> QVBoxLayout:
        counts = self.session.counts
        every = counts.cameras if counts.cameras.total else counts.identifiable
        groups = by_maker(every, self.session.knowledge)
        most = max((number.number for _, number, _ in groups), default=1)
        lines = (
            (
                Text(maker, "body", wrap=False),
                Text(f"{number}", "body", wrap=False, align=Qt.AlignmentFlag.AlignRight),
                RangeBar(number.proven, number.number - number.proven, most, hollow=mark is phrases.NOT_KNOWN),
                row(SignMark(mark.glyph, f"{mark.tone}_ink"), Text(mark.words, "caption", f"{mark.tone}_ink", wrap=False)),
            )
            for maker, number, mark in groups
        )
        makers = grid(*lines, gap=(16, 12), shares=(0, 0, 1))
        kinds = counts.kinds
        kinds.pop("software", None)  # nobody made it as a device is made
        them = count(every.total, "camera") if every is counts.cameras else kinds_in_words(kinds) or "cameras"
        return column(Text(f"Who made the {them.removeprefix('1 ')}", "heading"), 10, makers, None)


def by_maker(counted: Group, knowledge: Knowledge) -> list[tuple[str, Count, Mark]]:
    """(maker, how many, listing) of each maker, most first; "Not known" last, "Other makers" before it."""
    found = [
        (clean(knowledge.name_of(one.maker)), one.number, LISTED if one.listed else BASED if one.based else phrases.NOT_LISTED)
        for one in counted.makers
    ]
    found.sort(key=lambda one: (-one[1].number, one[0]))
    if len(found) > MOST_MAKERS:
        rest = found[MOST_MAKERS - 1 :]
        said = {mark for _, _, mark in rest}
        read = Mark("Some based in China (our reading)", "based", "neutral") if BASED in said else phrases.NOT_LISTED
        others = Mark("Some listed", "listed", "listed") if LISTED in said else read
        found = [*found[: MOST_MAKERS - 1], ("Other makers", sum((number for _, number, _ in rest), NONE), others)]
    if counted.not_known:
        found.append(("Not known", exactly(counted.not_known), phrases.NOT_KNOWN))
    return found


_ELSEWHERE = "Camcensus sends nothing anywhere unless you export it; who can open the folder of this record can read it."
_KEPT = "Everything stays on this computer unless you export it."
