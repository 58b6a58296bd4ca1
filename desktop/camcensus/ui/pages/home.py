"""Home: how many, what needs checking, what is listed, what is undecided, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from camcensus.model.changes import Changes
from camcensus.model.words import count, long_date
from camcensus.ui import phrases, theme
from camcensus.ui.bars import RangeBar
from camcensus.ui.controls import Button, Link
from camcensus.ui.marks import Sign
from camcensus.ui.pages.page import EmptyState, Heading, Page
from camcensus.ui.parts import Line, Scroll, clear, column, row
from camcensus.ui.phrases import LISTED, Row
from camcensus.ui.pictures import ThreeSteps
from camcensus.ui.session import Session
from camcensus.ui.widgets import Text

SURE = ("confirmed", "almost-certain")
UNSURE = ("possible", "conflicting", "unknown")
MOST_MAKERS = 6
LATEST = 4


@dataclass(frozen=True, slots=True)
class Numbers:
    """What Home says, counted from the register. Cameras only where it says so; a doubt is a range."""

    rows: int
    counted: str
    checking: int
    sure: int
    likely: int
    other_listed: int
    undecided: int

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Numbers:
        """Counts the rows that are still here."""
        here = [row for row in rows if row.asset.status != "removed"]
        listed = [row for row in here if phrases.listing_mark(row) == LISTED]
        cameras = [row for row in listed if row.asset.kind == "camera"]
        sure = sum(phrases.grade_of(row) in SURE for row in cameras)
        return cls(
            rows=len(here),
            counted=phrases.counted(row.asset.kind for row in here),
            checking=sum(phrases.grade_of(row) in UNSURE for row in here),
            sure=sure,
            likely=len(cameras) - sure,
            other_listed=len(listed) - len(cameras),
            undecided=sum(row.asset.decision is None for row in here),
        )

    @property
    def listed(self) -> str:
        """ "17 to 19", or "17"."""
        return f"{self.sure} to {self.sure + self.likely}" if self.likely else str(self.sure)


class HomePage(Page):
    """The first page."""

    name = "home"
    help_page = "home"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.heading = Heading("")
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 16, 16)
        self._column.setSpacing(0)
        self._first: QWidget = self._body
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 0, 16, 0)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(Scroll(self._body, "Home"), 1)
        foot = row(Sign(icon="laptop", ink="secondary", size=16), Text(_KEPT, "body", "secondary"), gap=10)
        self._version = Text("", "caption", "secondary", wrap=False, align=Qt.AlignmentFlag.AlignRight)
        foot.addWidget(self._version)
        foot.setContentsMargins(0, 0, 16, 18)
        layout.addLayout(foot)
        session.hub.changed.connect(self._refresh)
        self._refresh(Changes(settings=True))

    def start_focus(self) -> QWidget:
        """The one button."""
        return self._first

    def _refresh(self, _: Changes) -> None:
        body, rows = self.session.body, self.session.rows()
        scan = self.session.last_scan()
        self.heading.title.setText(body.name if body and body.name else "Camcensus")
        now = self.session.clock()
        note = f"As at {long_date(now.isoformat())}, {now:%H:%M}."
        if scan is not None:
            note += f" Last search {phrases.when(scan.ended_at, now)}."
        self.heading.note.setText(note)
        self._version.setText(f"List version {self.session.knowledge.version.split('+')[0]}")
        clear(self._column)
        if rows:
            self._numbers(Numbers.of(rows))
            self._column.addSpacing(24)
            self._column.addLayout(self._below(rows))
            self._column.addStretch(1)
        else:
            find = Button("Find cameras", "primary")
            find.clicked.connect(lambda: self.session.hub.asked_for.emit("find", None))
            self._first = find
            sentence = "Search your network. Camcensus says how many cameras there are, and who made them."
            self._column.addWidget(EmptyState(ThreeSteps(), "No cameras yet", sentence, find), 1)

    def _numbers(self, numbers: Numbers) -> None:
        body = self.session.body
        expected = f" You expected about {body.expected_cameras}." if body and body.expected_cameras else ""
        recorded = f" {_other(numbers.other_listed)}" if numbers.other_listed else ""
        sure = f"{numbers.sure} almost certain or confirmed, {numbers.likely} more likely.{recorded}"
        lines = (
            (str(numbers.rows), "items found" if numbers.rows != 1 else "item found", f"{numbers.counted}.{expected}", ""),
            (str(numbers.checking), "need checking", "We can’t tell who made them yet. The label usually says.", "checking"),
            (numbers.listed, "cameras made by a listed maker", sure, "listed"),
            (str(numbers.undecided), "have no decision yet", "Keep, replace or remove. Only a person sets this.", "undecided"),
        )
        chief = "checking" if numbers.checking else "undecided" if numbers.undecided else ""
        amounts = {"": numbers.rows, "checking": numbers.checking, "undecided": numbers.undecided}
        amounts["listed"] = numbers.sure + numbers.likely + numbers.other_listed
        verbs = {"checking": "Check", "undecided": "Decide on"}
        self._column.addWidget(Line())
        for big, title, words, only in lines:
            self._column.addLayout(self._line(big, title, words, self._action(only, amounts[only], chief, verbs)))
            self._column.addWidget(Line())

    def _action(self, only: str, amount: int, chief: str, verbs: dict[str, str]) -> QWidget | None:
        if not amount:
            return None
        action: Button | Link
        if only == chief:
            action = Button(f"{verbs.get(only, 'See')} the {amount}" if only else "See the list", "primary")
            self._first = action
        else:
            action = Link("See the list" if not only else f"See the {amount}")
        action.clicked.connect(lambda: self.session.hub.asked_for.emit("cameras", {"only": only}))
        return action

    def _line(self, big: str, title: str, words: str, action: QWidget | None) -> QHBoxLayout:
        number = Text(big, "display", wrap=False)
        number.setFixedWidth(theme.px(128))
        line = row(number, gap=8)
        line.addLayout(column(Text(title, "strong"), Text(words, "body", "secondary")), 1)
        if action is not None:
            line.addSpacing(16)
            line.addWidget(action)
        line.setContentsMargins(0, 14, 0, 14)
        return line

    def _below(self, rows: Sequence[Row]) -> QHBoxLayout:
        both = QHBoxLayout()
        both.setSpacing(56)
        both.addLayout(self._makers(rows), 3)
        if not self.narrow:
            both.addLayout(self._latest(), 2)
        return both

    def _makers(self, rows: Sequence[Row]) -> QVBoxLayout:
        cameras = [item for item in rows if item.asset.kind == "camera" and item.asset.status != "removed"]
        groups = by_maker(cameras, self.session)
        most = max((sure + likely for _, sure, likely, _ in groups), default=1)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(2, 1)
        for at, (maker, sure, likely, mark) in enumerate(groups):
            unknown = maker == "Not known"
            number = f"{sure} to {sure + likely}" if sure and likely and not unknown else str(sure + likely)
            glyph = Sign(mark.glyph, f"{mark.tone}_ink")
            grid.addWidget(Text(maker, "body", wrap=False), at, 0)
            grid.addWidget(Text(number, "body", wrap=False, align=Qt.AlignmentFlag.AlignRight), at, 1)
            grid.addWidget(RangeBar(sure, likely, most, hollow=unknown), at, 2)
            words = row(glyph, Text(mark.words, "caption", f"{mark.tone}_ink", wrap=False))
            grid.addLayout(words, at, 3)
        layout = column(Text(f"Who made the {count(len(cameras), 'camera')}", "heading"), 10)
        layout.addLayout(grid)
        layout.addStretch(1)
        return layout

    def _latest(self) -> QVBoxLayout:
        layout = column(Text("Latest", "heading"), 10)
        changes = self.session.inventory.changes(LATEST) if self.session.inventory else ()
        now = self.session.clock()
        for change in changes:
            by = f" · {change.by}" if change.by else ""
            words = column(
                Text(change.say), Text(phrases.upper_first(phrases.when(change.at, now)) + by, "caption", "secondary")
            )
            line = row(Sign(icon=_ICONS.get(change.verb, "info"), ink="secondary", size=18), gap=14)
            line.setAlignment(Qt.AlignmentFlag.AlignTop)
            line.addLayout(words, 1)
            layout.addLayout(line)
            layout.addSpacing(12)
        layout.addStretch(1)
        return layout


def by_maker(cameras: Sequence[Row], session: Session) -> list[tuple[str, int, int, phrases.Mark]]:
    """(maker, sure, likely, listing) of each maker, most first; "Not known" last, "Other makers" before it."""
    groups: dict[str, list[Row]] = {}
    for item in cameras:
        known = phrases.grade_of(item) not in UNSURE
        groups.setdefault(phrases.maker_of(item.verdict, session.knowledge) if known else "Not known", []).append(item)
    unknown = groups.pop("Not known", [])
    found = []
    for maker, members in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        sure = sum(phrases.grade_of(item) in SURE for item in members)
        found.append((maker, sure, len(members) - sure, phrases.listing_mark(members[0])))
    if len(found) > MOST_MAKERS:
        rest = found[MOST_MAKERS - 1 :]
        others = phrases.Mark("See the list", "dash", "neutral")
        found = [*found[: MOST_MAKERS - 1], ("Other makers", sum(r[1] for r in rest), sum(r[2] for r in rest), others)]
    if unknown:
        found.append(("Not known", 0, len(unknown), phrases.NOT_KNOWN))
    return found


def _other(number: int) -> str:
    return "1 other device is also listed." if number == 1 else f"{number} other devices are also listed."


_KEPT = "Everything is kept on this computer. Nothing leaves it unless you export it."
_ICONS = {
    "keep": "radar",
    "allow": "user-check",
    "decide": "pencil",
    "set-place": "map-pin",
    "add-place": "building-2",
    "read": "tag",
    "rejudge": "rotate-ccw",
    "undo": "undo-2",
    "set-setting": "pound-sterling",
}
