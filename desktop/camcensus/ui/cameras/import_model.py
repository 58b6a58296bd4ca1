"""A list that is being imported, as tables: what the file holds, which column is what, and what each row would do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt

from camcensus.model import frozen
from camcensus.model.registers import FIELD_WORDS, Cell, CellProblem, ColumnGuess, RegisterFile, SheetNote, ValueGroup
from camcensus.model.words import clean, count, short_date
from camcensus.tasks.imports.changes import CellChange, ImportRow
from camcensus.tasks.imports.staff_register import NEW, ImportPreview
from camcensus.ui.kit.cells import ViewColumn
from camcensus.ui.kit.table_model import SHOWN_CHARACTERS, Index, TableModel, is_box, told

type Group = Literal["asked", "problems", "matched", "new", "seen"]

EXAMPLES = 3
MAPPING_COLUMNS = (
    ViewColumn("column", "Column of the list", "text", 168),
    ViewColumn("is_now", "Imported as", "text", 168),
    ViewColumn("example", "For example", "quiet", 0),
    ViewColumn("why", "Why", "quiet", 232),
)
REVIEW_COLUMNS = (
    ViewColumn("take", "", "check", 40),
    ViewColumn("row", "Row", "number", 64),
    ViewColumn("ref", "What", "text", 136),
    ViewColumn("does", "What happens", "text", 0),
    ViewColumn("why", "Why", "quiet", 232),
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOT_USED, NOT_SAVED = "Do not save this column", "Not saved"


def cell_text(cell: Cell) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell == int(cell) and abs(cell) < 1e15 else f"{cell}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return clean(cell, SHOWN_CHARACTERS)


def _told_apart(cells: Iterable[Cell]) -> Iterator[str]:
    """Cells as a person reads them, each text once and none that is empty; what nobody asks for is not made."""
    told_already = {""}
    for _, cell in dict.fromkeys((type(cell), cell) for cell in cells):
        text = cell_text(cell)
        if text not in told_already:
            told_already.add(text)
            yield text


class MappingModel(TableModel[ColumnGuess]):
    """A row for each column of the list."""

    def __init__(self, parent: QObject) -> None:
        columns = told(
            MAPPING_COLUMNS,
            column=lambda one: f"{one.column.letter}  {clean(one.column.heading or '(no heading)', 60)}",
            is_now=lambda one: FIELD_WORDS[one.field] if one.field else NOT_SAVED,
            example=lambda one: self._examples.get(one.column.place, ""),
            why=attrgetter("why"),
        )
        super().__init__(columns, parent=parent)
        self._examples: dict[int, str] = {}

    def show_file(self, file: RegisterFile) -> None:
        """Takes examples from a sheet."""
        self._examples = {}
        for at, one in enumerate(file.columns):
            seen = (row.cells[at] for row in file.rows[:500] if at < len(row.cells))
            self._examples[one.place] = ", ".join(islice(_told_apart(seen), EXAMPLES))

    def set_rows(self, rows: Sequence[ColumnGuess]) -> None:
        """Shows what each column is taken for; of as many columns, the chosen one stays."""
        if len(rows) != len(self.rows):
            super().set_rows(rows)
        elif rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))


@frozen
class ReviewLine:
    """A line of the preview. `row` is the row of the list it is about, `take` whether it can be left out.

    `group` are cells that say the same and cannot be read.
    """

    number: int | None
    ref: str
    does: str
    why: str
    row: ImportRow | None = None
    take: bool = False
    group: ValueGroup | None = None


def changed_words(changes: Iterable[CellChange]) -> str:
    """ "Location: Hall → Gym; Cost: £180.00": what was there before only where something was."""
    parts = []
    for one in changes:
        was = f"{_read(clean(one.was, 40))} → " if one.was else ""
        parts.append(f"{one.title}: {was}{_read(clean(one.is_now, 60))}")
    return "; ".join(parts)


def _read(text: str) -> str:
    """A date as a person reads it; everything else as it is."""
    try:
        return short_date(text) if _DAY.fullmatch(text) else text
    except ValueError:
        return text


class ReviewLines(Sequence[ReviewLine]):
    """Lines that are made when they are looked at: a list may have 100,000 rows, and the window waits for what is shown."""

    def __init__(self, of: Sequence[Any], make: Callable[[Any], ReviewLine]) -> None:
        self._of, self._make = of, make

    def __len__(self) -> int:
        return len(self._of)

    def __getitem__(self, at: Any) -> Any:
        return [self._make(one) for one in self._of[at]] if isinstance(at, slice) else self._make(self._of[at])


def review_lines(plan: ImportPreview, group: Group) -> Sequence[ReviewLine]:
    """The lines of one group."""
    if group == "problems":
        return ReviewLines(problems_of(plan), _problem_line)
    if group == "seen":
        seen = {True: "A search saw it; the list does not have it.", False: "It is in your record; the list does not have it."}
        return ReviewLines(plan.only_seen, lambda one: ReviewLine(None, clean(one.ref), "Nothing is changed.", seen[one.seen]))
    wrong = Counter(problem.row for problem in plan.problems)

    def line(row: ImportRow) -> ReviewLine:
        number = row.row.number
        does = changed_words(row.changes) or ("Nothing changes." if group == "matched" else "A new row.")
        if wrong[number] and group != "asked":
            does += f" · {count(wrong[number], 'cell')} left out"
        ref = clean(row.ref or str(row.row.values.get("ref") or row.row.values.get("name") or "A new row"), 60)
        why = row.say if not row.differs else f"{row.say} {row.differs[0]}"
        return ReviewLine(number, ref, does, clean(why, 300), row, group != "asked")

    return ReviewLines(plan.of(group), line)


def problems_of(plan: ImportPreview) -> tuple[ValueGroup | CellProblem | SheetNote, ...]:
    """What cannot be used or was left out: cells that say the same together."""
    grouped = {(row, one.column.named) for one in plan.groups for row in one.rows}
    alone = [one for one in plan.problems if (one.row, one.column) not in grouped]
    return (*plan.groups, *alone, *plan.notes)


def _problem_line(one: ValueGroup | CellProblem | SheetNote) -> ReviewLine:
    if isinstance(one, ValueGroup):
        return ReviewLine(one.rows[0], clean(one.column.named, 60), clean(one.say, 300), "", group=one)
    if isinstance(one, SheetNote):
        return ReviewLine(one.row, "", clean(one.say, 300), "")
    return ReviewLine(one.row, clean(one.column or "", 60), clean(one.say, 300), "The rest of the row is used")


class ReviewModel(TableModel[ReviewLine]):
    """Lines of one group; a box says whether a row is taken. `left` are the numbers of rows that are not."""

    def __init__(self, parent: QObject) -> None:
        columns = told(
            REVIEW_COLUMNS,
            take=lambda line: {None: "", True: "Taken", False: "Left out"}[self.taken(line)],
            row=lambda line: "" if line.number is None else f"{line.number}",
            ref=attrgetter("ref"),
            does=self._does,
            why=attrgetter("why"),
        )
        super().__init__(columns, parent=parent)
        self.left: set[int] = set()
        self.answers: dict[int, str] = {}
        self.meanings: dict[tuple[int, str], str] = {}
        self.refs: Mapping[str, str] = {}
        self.changed: Callable[[], None] = lambda: None

    def take(self, rows: Iterable[int], *, on: bool) -> None:
        """Takes lines, or leaves them out."""
        for at in rows:
            line = self.rows[at]
            if line.take and line.number is not None:
                (self.left.discard if on else self.left.add)(line.number)
        self.refresh()

    def taken(self, line: ReviewLine) -> bool | None:
        """Whether a line is taken; None where there is nothing to say."""
        return line.number not in self.left if line.take and line.number is not None else None

    def refresh(self) -> None:
        """Draws all lines again."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        self.changed()

    def meaning(self, group: ValueGroup) -> str:
        """What a person said that such cells are, where that is still among the choices; else what they are unanswered."""
        said = self.meanings.get((group.column.place, group.value.casefold()))
        return said if said in dict(group.choices) else group.default

    def _does(self, line: ReviewLine) -> str:
        if line.group is not None:
            return f"{line.does} · {dict(line.group.choices)[self.meaning(line.group)]}"
        if line.row is None or line.row.state != "asked":
            return line.does
        answer = self.answers.get(line.number or 0)
        if answer is None:
            return "Not chosen: left out"
        return "A row of its own" if answer == NEW else f"It is {self.refs.get(answer, '')}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.at(index.row())
        if role == Qt.ItemDataRole.CheckStateRole and line is not None and is_box(index):
            taken = self.taken(line)
            return None if taken is None else Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
        return super().data(index, role)
