"""A list that is being imported, as tables: what the file holds, which column is what, and what each row would do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import QModelIndex, QObject, Qt

from camcensus.model.registers import FIELD_WORDS, Cell, CellProblem, ColumnGuess, RegisterFile, SheetNote
from camcensus.model.words import clean, count, short_date
from camcensus.tasks.imports.changes import ImportRow
from camcensus.tasks.imports.staff_register import NEW, CellChange, ImportPreview
from camcensus.ui.kit.rows_model import SHOWN_CHARACTERS, Index, RowsModel
from camcensus.ui.kit.table import Column

type Group = Literal["asked", "problems", "matched", "new", "seen"]

FIRST_ROWS = 50
EXAMPLES = 3
MAPPING_COLUMNS = (
    Column("column", "Column of the list", "text", 168),
    Column("is", "Imported as", "text", 168),
    Column("example", "For example", "quiet", 0),
    Column("why", "Why", "quiet", 232),
)
REVIEW_COLUMNS = (
    Column("take", "", "check", 40),
    Column("row", "Row", "number", 64),
    Column("ref", "What", "text", 136),
    Column("does", "What happens", "text", 0),
    Column("why", "Why", "quiet", 232),
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOT_USED = "Leave this column out"


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


class SheetModel(RowsModel):
    """The first rows of a sheet, under its headings."""

    def __init__(self, file: RegisterFile, parent: QObject | None = None) -> None:
        columns = [Column("number", "Row", "quiet", 56)]
        columns += [
            Column(f"{one.place}", f"{one.letter}  {clean(one.heading, 40)}".strip(), "text", 136) for one in file.columns
        ]
        super().__init__(tuple(columns), parent)
        self._rows = file.rows[:FIRST_ROWS]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """So many as are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def text(self, row: int, at: int) -> str:
        """A cell of the sheet, or the row's number."""
        one = self._rows[row]
        if at == 0:
            return f"{one.number}"
        return cell_text(one.cells[at - 1]) if at - 1 < len(one.cells) else ""


class MappingModel(RowsModel):
    """A row for each column of the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(MAPPING_COLUMNS, parent)
        self.guesses: Sequence[ColumnGuess] = ()
        self._examples: dict[int, str] = {}

    def show_file(self, file: RegisterFile) -> None:
        """Takes examples from a sheet."""
        self._examples = {}
        for at, one in enumerate(file.columns):
            seen = (cell_text(row.cells[at]) for row in file.rows[:500] if at < len(row.cells))
            self._examples[one.place] = ", ".join(list(dict.fromkeys(text for text in seen if text))[:EXAMPLES])

    def set_guesses(self, guesses: Sequence[ColumnGuess]) -> None:
        """Shows what each column is taken for."""
        reset = len(guesses) != len(self.guesses)
        if reset:
            self.beginResetModel()
        self.guesses = guesses
        if reset:
            self.endResetModel()
        elif guesses:
            self.dataChanged.emit(self.index(0, 0), self.index(len(guesses) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """One for each column."""
        return 0 if parent.isValid() else len(self.guesses)

    def text(self, row: int, at: int) -> str:
        """Heading, field, examples, why."""
        guess = self.guesses[row]
        if at == 0:
            return f"{guess.column.letter}  {clean(guess.column.heading or '(no heading)', 60)}"
        if at == 1:
            return FIELD_WORDS[guess.field] if guess.field else "–"
        return self._examples.get(guess.column.place, "") if at == 2 else guess.why


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A line of the preview. `row` is the row of the list it is about, `take` whether it can be left out."""

    number: int | None
    ref: str
    does: str
    why: str
    row: ImportRow | None = None
    take: bool = False


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
        return ReviewLines((*plan.problems, *plan.notes), _problem_line)
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


def _problem_line(one: CellProblem | SheetNote) -> ReviewLine:
    if isinstance(one, SheetNote):
        return ReviewLine(one.row, "", clean(one.say, 300), "")
    return ReviewLine(one.row, clean(one.column or "", 60), clean(one.say, 300), "The rest of the row is used")


class ReviewModel(RowsModel):
    """Lines of one group; a box says whether a row is taken. `left` are the numbers of rows that are not."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(REVIEW_COLUMNS, parent)
        self.lines: Sequence[ReviewLine] = ()
        self.left: set[int] = set()
        self.answers: dict[int, str] = {}
        self.refs: Mapping[str, str] = {}
        self.changed: Callable[[], None] = lambda: None

    def set_lines(self, lines: Sequence[ReviewLine]) -> None:
        """Shows another group."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def take(self, rows: Iterable[int], *, on: bool) -> None:
        """Takes lines, or leaves them out."""
        for at in rows:
            line = self.lines[at]
            if line.take and line.number is not None:
                (self.left.discard if on else self.left.add)(line.number)
        self.refresh()

    def taken(self, row: int) -> bool | None:
        """Whether a line is taken; None where there is nothing to say."""
        line = self.lines[row]
        return line.number not in self.left if line.take and line.number is not None else None

    def refresh(self) -> None:
        """Draws all lines again."""
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.columns) - 1))
        self.changed()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Lines of the group."""
        return 0 if parent.isValid() else len(self.lines)

    def text(self, row: int, at: int) -> str:
        """Taken, number, what it is, what it does, why."""
        line = self.lines[row]
        if at == 0:
            taken = self.taken(row)
            return "" if taken is None else "Taken" if taken else "Left out"
        if at == 1:
            return f"{line.number}" if line.number is not None else ""
        if at == 3 and line.row is not None and line.row.state == "asked":
            answer = self.answers.get(line.number or 0)
            if answer is None:
                return "Not chosen: left out"
            return "A row of its own" if answer == NEW else f"It is {self.refs.get(answer, '')}"
        return (line.ref, line.does, line.why)[at - 2]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The box besides the texts."""
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            taken = self.taken(index.row())
            return None if taken is None else Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
        return super().data(index, role)
