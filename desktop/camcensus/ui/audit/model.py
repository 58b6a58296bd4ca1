"""The tables of a roll-up: bodies from A to Z, who is missing, what to look at, the devices of a body, the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from camcensus.model.prose import range_words
from camcensus.model.words import BASED_MEANS, GRADE_SHORT, KIND_WORDS, clean, count, short_date
from camcensus.tasks.rollup.figures import FLAG_WORDS, BodyRow, Figures, RollupProblem, RollupRow, code_words
from camcensus.tasks.rollup.sections import kind_words
from camcensus.tasks.rollup.view import KIND_WORDS as PROBLEM_WORDS
from camcensus.tasks.rollup.view import STATE_WORDS, FileRow, method_words
from camcensus.ui.kit.rows_model import RowsModel
from camcensus.ui.kit.table import Column, GradeRole, InkRole, RangeRole
from camcensus.ui.kit.widgets import plain_tip

type Index = QModelIndex | QPersistentModelIndex

BODY_COLUMNS = (
    Column("body", "Body", "text", 0),
    Column("cameras", "Cameras", "number", 96),
    Column("method", "How they looked", "quiet", 168),
    Column("identified", "Identified", "number", 104),
    Column("listed", "Made by a listed maker", "range", 176),
    Column("based", "Based in China (our reading)", "number", 192),
    Column("not-known", "Not known", "number", 88),
    Column("as-at", "As at", "number", 132),
)
BASED_COLUMN = 5
"""The column of makers based in China."""
SPARED = (3, 2)
"""Columns of the bodies that are left out first where there is little room."""
MISSING_COLUMNS = (
    Column("body", "Body", "text", 0),
    Column("type", "Type", "quiet", 200),
    Column("code", "Official number", "text", 200),
)
PROBLEM_COLUMNS = (
    Column("kind", "What", "text", 160),
    Column("say", "What to look at", "text", 0),
)
DEVICE_COLUMNS = (
    Column("ref", "Ref", "text", 100),
    Column("kind", "Kind", "quiet", 92),
    Column("maker", "Made by", "text", 0),
    Column("grade", "How sure", "grade", 136),
    Column("listed", "List or our reading", "text", 140),
    Column("place", "Location", "quiet", 136),
)
FILE_COLUMNS = (
    Column("state", "What was done", "text", 120),
    Column("body", "Body", "text", 200),
    Column("file", "File", "quiet", 160),
    Column("say", "Why, and what to know", "text", 0),
)


def cameras_words(one: BodyRow) -> str:
    """ "70 or more" where the record itself tells that there may be more."""
    return f"{one.cameras:,} or more" if one.or_more else f"{one.cameras:,}"


class _Rows[Row](RowsModel):
    """Rows that are shown as texts."""

    columns_: tuple[Column, ...] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(self.columns_, parent)
        self.rows: Sequence[Row] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """All of them."""
        return 0 if parent.isValid() else len(self.rows)


class BodyModel(_Rows[BodyRow]):
    """Bodies, never ranked. `sure_only` counts from confirmed or almost certain."""

    columns_ = BODY_COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sure_only = False
        self._most = 1

    def set_rows(self, rows: Sequence[BodyRow]) -> None:
        """Bars are drawn against the body with most."""
        self._most = max((one.listed_max for one in rows), default=1) or 1
        super().set_rows(rows)

    def text(self, row: int, at: int) -> str:
        """A cell in words."""
        one = self.rows[row]
        if at == 0:
            return clean(one.name, 120)
        if at == 1:
            return cameras_words(one)
        if at == 2:
            return method_words(one.method)
        if at == 3:
            return f"{one.identified:,} of {one.cameras:,}"
        if at == 4:
            return range_words(one.listed_min, one.listed_min if self.sure_only else one.listed_max)
        if at == BASED_COLUMN:
            return range_words(one.based_min, one.based_min if self.sure_only else one.based_max)
        if at == 6:
            return f"{one.not_known:,}"
        return f"Old: {short_date(one.as_at)}" if "old" in one.flags else short_date(one.as_at)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The bar, the ink of what is old, and what a tooltip tells beside."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        one, at = self.rows[index.row()], index.column()
        if role == RangeRole and at == 4:
            return one.listed_min, 0 if self.sure_only else one.listed_max - one.listed_min, self._most
        if role == InkRole:
            return "listed_ink" if at == 7 and "old" in one.flags else None
        if role == Qt.ItemDataRole.ToolTipRole:
            if at == BASED_COLUMN:
                return plain_tip(BASED_MEANS)
            if at in (4, 6):
                return plain_tip(f"At the most {one.listed_max + one.not_known:,}, were all that is not known listed too.")
            if at == 7 and one.oldest_at[:10] != one.as_at[:10]:
                return plain_tip(f"Its oldest record is of {short_date(one.oldest_at)}.")
            if at == 0:
                return plain_tip(". ".join([self.text(index.row(), 0), *(FLAG_WORDS[flag] for flag in one.flags)]))
        return super().data(index, role)


class MissingModel(_Rows[tuple[str, str, str]]):
    """Bodies that were asked and sent nothing that counts."""

    columns_ = MISSING_COLUMNS

    def text(self, row: int, at: int) -> str:
        """Name, type, number."""
        code, name, kind = self.rows[row]
        return (clean(name, 120), clean(kind_words(kind), 60), code_words(code) or "–")[at]


class ProblemModel(_Rows[RollupProblem]):
    """What an auditor has to look at."""

    columns_ = PROBLEM_COLUMNS

    def text(self, row: int, at: int) -> str:
        """The kind in two words, and the sentence."""
        one = self.rows[row]
        if at == 0:
            state, _, why = one.kind.partition("-")
            if why == "taken-out":
                return "Taken out"
            return PROBLEM_WORDS.get(one.kind) or {"held": "File held", "refused": "File refused"}.get(state, one.kind)
        return clean(one.say, 600)


class DeviceModel(_Rows[RollupRow]):
    """The register of a body, as it sent it. `counted` are the lists that the totals go by.

    `reads` is whether makers based in China are shown, by our reading of a statement that names no company.
    """

    columns_ = DEVICE_COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.counted: frozenset[str] = frozenset()
        self.reads = False

    def text(self, row: int, at: int) -> str:
        """A cell in words."""
        one = self.rows[row]
        if at == 0:
            return clean(one.ref, 40)
        if at == 1:
            words = KIND_WORDS.get(one.kind, one.kind)  # type: ignore[call-overload]
            return f"{words}, gone" if one.status == "removed" else str(words)
        if at == 2:
            return clean(one.maker_name, 80) if one.maker_name else "Not known"
        if at == 3:
            return GRADE_SHORT.get(one.grade, one.grade)  # type: ignore[call-overload,no-any-return]
        if at == 4:
            listed = bool(self.counted.intersection(one.list_ids))
            return "Listed" if listed else "Based in China" if one.based and self.reads else ""
        return clean(one.place or (f"At {one.address}" if one.address else ""), 120)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The grade for its glyph."""
        if role == GradeRole and index.isValid():
            return self.rows[index.row()].grade
        return super().data(index, role)


class FileModel(_Rows[FileRow]):
    """What became of each file."""

    columns_ = FILE_COLUMNS

    def text(self, row: int, at: int) -> str:
        """State, body, file, reason or warnings."""
        one = self.rows[row]
        if at == 0:
            return "Taken out" if one.taken_out else STATE_WORDS[one.state]
        if at == 1:
            return clean(one.body_name, 80) or "–"
        if at == 2:
            return clean(one.path.name, 80)
        return clean(one.say, 600)


def summary(files: Sequence[FileRow]) -> str:
    """ "12 files: 9 taken in, 1 held, 2 refused."""
    counts = {state: sum(one.state == state for one in files) for state in STATE_WORDS}
    parts = [f"{number:,} {STATE_WORDS[state].lower()}" for state, number in counts.items() if number]
    return f"{count(len(files), 'file')}: {', '.join(parts)}." if parts else "No files were given."


def total_texts(figures: Figures, *, sure_only: bool) -> tuple[str, ...]:
    """The last row: national totals, each camera once. In the order of BODY_COLUMNS."""
    totals = figures.totals
    identified = totals.cameras - totals.not_known
    return (
        f"Total of {count(totals.answered, 'body', 'bodies')}", f"{totals.cameras:,}", "",
        f"{identified:,} of {totals.cameras:,}",
        range_words(totals.listed_min, totals.listed_min if sure_only else totals.listed_max),
        range_words(totals.based_min, totals.based_min if sure_only else totals.based_max), f"{totals.not_known:,}", "",
    )  # fmt: skip
