"""The third step of importing a register: what each row would do, before any of it is done."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from camcensus.model.registers import ValueGroup
from camcensus.model.words import clean, count, listed
from camcensus.tasks.imports.changes import ImportRow
from camcensus.tasks.imports.staff_register import NEW, ImportChoices, ImportPreview, changes_if
from camcensus.ui.cameras.import_model import (
    REVIEW_COLUMNS,
    Group,
    ReviewModel,
    changed_words,
    problems_of,
    review_lines,
)
from camcensus.ui.kit import theme
from camcensus.ui.kit.controls import Radio
from camcensus.ui.kit.flow import Flow
from camcensus.ui.kit.layout import column
from camcensus.ui.kit.parts import Scroll, card_of
from camcensus.ui.kit.segmented import Segment
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.widgets import Text

GROUPS: tuple[tuple[Group, str], ...] = (
    ("asked", "Unclear"),
    ("problems", "Problems"),
    ("matched", "Matched"),
    ("new", "Only on the list"),
    ("seen", "Only in your record"),
)
NAMED = 6
WITH_WHY = 720
"""Width, at 100% text, from which the table has a column of reasons."""


class ReviewStep(QWidget):
    """Groups of rows; each row can be left out, and what is unclear is chosen here."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: ImportPreview | None = None
        self._group: Group = "matched"
        self._meanings: dict[tuple[int, str], str] = {}
        self.said = Text("")
        self._kinds = QButtonGroup(self)
        self.groups: dict[Group, Segment] = {}
        for at, (name, words) in enumerate(GROUPS):
            self.groups[name] = Segment(words)
            self._kinds.addButton(self.groups[name], at)
        self.model = ReviewModel(self)
        self.table = Table(REVIEW_COLUMNS, "What the list would do", row_height=36, model=self.model)
        self.table.ticked.connect(self._toggle)
        self.table.setMinimumHeight(theme.unless_large(110, 120))
        card = card_of(self.table)
        self.one = Scroll(QWidget(), "The row that is chosen")
        self.one.setFixedHeight(theme.unless_large(118, 150))
        column(self.said, Flow(*self.groups.values(), gap=4), (card, 1), self.one, gap=8, of=self)
        self._kinds.idToggled.connect(lambda at, on: self._show_group(GROUPS[at][0]) if on else None)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_one())

    def show_plan(self, plan: ImportPreview) -> None:
        """Shows what a list would do; what was left out or chosen before stays so, where it still fits."""
        self.plan = plan
        asked = {row.row.number: {*(name for name, _ in row.candidates), NEW} for row in plan.of("asked")}
        self.model.answers = {row: name for row, name in self.model.answers.items() if name in asked.get(row, ())}
        self.model.refs = {known: row.asset.ref for known, row in plan.ours.rows.items()}
        numbers: dict[Group, int] = {name: len(plan.of(name)) for name in ("asked", "matched", "new")}
        numbers |= {"problems": len(problems_of(plan)), "seen": len(plan.only_seen)}
        self._meanings = dict(self.model.meanings)
        for name, words in GROUPS:
            self.groups[name].setText(f"{words} {numbers[name]:,}")
            self.groups[name].setEnabled(bool(numbers[name]))
            self.groups[name].updateGeometry()
        self.said.setText(_sum_up(plan))
        first = next((name for name in ("asked", "problems", "matched", "new", "seen") if numbers[name]), "matched")
        again = self._kinds.checkedId()
        current: Group = GROUPS[again][0] if again >= 0 and numbers[GROUPS[again][0]] else first  # type: ignore[assignment]
        self.groups[current].setChecked(True)
        self._show_group(current)

    @property
    def choices(self) -> ImportChoices:
        """What a person confirmed."""
        return ImportChoices(frozenset(self.model.left), dict(self.model.answers))

    @property
    def asks_again(self) -> bool:
        """Whether a person said what cells are, and the list was not read by it yet."""
        return self._meanings != self.model.meanings

    @property
    def number(self) -> int:
        """How many rows would be added or changed."""
        if self.plan is None:
            return 0
        found = 0
        for row in self.plan.rows:
            number = row.row.number
            if number in self.model.left:
                continue
            found += row.state == "new" or (row.state == "matched" and bool(row.changes)) or number in self.model.answers
        return found

    def _toggle(self, rows: list[int]) -> None:
        if rows:
            self.model.take(rows, on=self.model.taken(self.model.rows[rows[0]]) is False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room, why is said under the table alone."""
        narrow = theme.at_100(self.width()) < WITH_WHY
        self.table.show_column(4, on=not narrow and self._group not in ("problems", "new"))

    def _show_group(self, group: Group) -> None:
        if self.plan is None:
            return
        self._group = group
        self.model.set_rows(review_lines(self.plan, group))
        self.table.show_column(0, on=group in ("matched", "new"))
        self.table.show_column(1, on=group != "seen")
        self._fit()
        self.table.scrollToTop()
        if self.model.rows:
            self.table.selectRow(0)
        self._show_one()

    def _show_one(self) -> None:
        at = self.table.currentIndex().row()
        content = QWidget()
        inside = column(gap=4, margins=(0, 4, 8, 4), of=content)
        if 0 <= at < len(self.model.rows):
            line = self.model.rows[at]
            if line.group is not None:
                self._ask_meaning(inside, line.group)
            elif line.row is None:
                inside.addWidget(Text(line.does if line.number is not None else f"{line.ref}: {line.why}"))
            elif line.row.state == "asked":
                self._ask(inside, line.row)
            else:
                self._offer(inside, line.row)
        inside.addStretch(1)
        self.one.change(content)

    def _offer(self, inside: QVBoxLayout, row: ImportRow) -> None:
        number = row.row.number
        head = f"Row {number} is {clean(row.ref or '')}. {row.say}" if row.ref else f"Row {number} becomes a new row."
        inside.addWidget(Text(head, "strong"))
        for sentence in row.differs:
            inside.addWidget(Text(clean(sentence, 300), "body", "secondary"))
        for change in row.changes:
            inside.addWidget(Text(changed_words([change])))

    def _ask(self, inside: QVBoxLayout, row: ImportRow) -> None:
        number, plan = row.row.number, self.plan
        assert plan is not None
        inside.addWidget(Text(clean(row.say, 400), "strong"))
        choices = [(name, f"It is {clean(ref)}") for name, ref in row.candidates]
        for name, words in (*choices, (NEW, "It is a row of its own"), ("", "Leave it out")):
            effect = changed_words(changes_if(plan, row, name)[:NAMED]) if name else ""
            answer = Radio(f"{words}. {effect}" if effect else words, on=self.model.answers.get(number, "") == name)
            answer.toggled.connect(lambda on, name=name: self._answer(number, name) if on else None)
            inside.addWidget(answer)

    def _ask_meaning(self, inside: QVBoxLayout, group: ValueGroup) -> None:
        inside.addWidget(Text(clean(group.say, 400), "strong"))
        for answer, words in group.choices:
            choice = Radio(words, on=self.model.meaning(group) == answer)
            choice.toggled.connect(lambda on, answer=answer: self._mean(group, answer) if on else None)
            inside.addWidget(choice)

    def _mean(self, group: ValueGroup, answer: str) -> None:
        self.model.meanings[group.column.place, group.value.casefold()] = answer
        self.model.refresh()

    def _answer(self, number: int, name: str) -> None:
        if name:
            self.model.answers[number] = name
        else:
            self.model.answers.pop(number, None)
        self.model.refresh()


def not_saved_words(plan: ImportPreview) -> str:
    """ "1 column not saved: Colour."."""
    return f"{count(len(plan.not_saved), 'column')} not saved: {listed([clean(one.named, 40) for one in plan.not_saved], 10)}."


def _sum_up(plan: ImportPreview) -> str:
    matched = plan.of("matched")
    differ = sum(bool(row.changes) for row in matched)
    said = [
        f"{count(len(matched), 'row')} matched, {differ:,} with something new",
        f"{len(plan.of('new')):,} only on the list",
    ]
    said += [f"{len(plan.only_seen):,} only in your record (left alone)"]
    words = f"{'; '.join(said)}."
    if plan.new_places or plan.new_firms:
        made = [count(len(plan.new_places), "place")] if plan.new_places else []
        made += [count(len(plan.new_firms), "firm")] if plan.new_firms else []
        words += f" {' and '.join(made)} would be made."
    if plan.not_saved:
        words += f" {not_saved_words(plan)}"
    return f"{words} Nothing is written yet."
