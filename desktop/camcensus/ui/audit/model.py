"""The tables of a roll-up: bodies from A to Z, who is missing, what to look at, the devices of a body, the files."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QObject, Qt

from camcensus.model.device import NAMED_GRADES
from camcensus.model.words import BASED, BASED_MEANS, GRADE_SHORT, KIND_WORDS, clean, count, short_date, upper_first
from camcensus.tasks.rollup.figures import (
    COMPARED_WORDS,
    FLAG_WORDS,
    AnswerRow,
    BodyRow,
    RollupRow,
    answer_words,
    code_words,
    in_file_words,
)
from camcensus.tasks.rollup.kinds import doubt_words, kind_words
from camcensus.tasks.rollup.sections import known_words
from camcensus.tasks.rollup.taking import FileOutcome
from camcensus.tasks.rollup.view import KIND_WORDS as PROBLEM_WORDS
from camcensus.tasks.rollup.view import STATE_WORDS
from camcensus.ui import phrases
from camcensus.ui.kit.cells import GradeRole, InkRole, RangeRole, ViewColumn
from camcensus.ui.kit.marks import Mark
from camcensus.ui.kit.table import Table
from camcensus.ui.kit.table_model import Index, TableModel, told


def tip_words(one: BodyRow) -> str:
    """The name, and what is to be known of the record."""
    return ". ".join([clean(one.name, 120), *(FLAG_WORDS[flag] for flag in one.flags)])


def listed_words(one: BodyRow) -> str:
    """What is beside the number of cameras by a listed maker."""
    said = doubt_words(one.listed, one.listed_proven, one.listed_most)
    return f"{said[:1].upper()}{said[1:]}." if said else "All proven." if one.listed else ""


def age_words(one: BodyRow) -> str:
    """Of when its oldest record is, where that is another day."""
    if one.oldest_at[:10] != one.as_at[:10]:
        return f"Its oldest record is of {short_date(one.oldest_at)}."
    return f"Old: {short_date(one.as_at)}" if "old" in one.flags else short_date(one.as_at)


BODY_COLUMNS = (
    ViewColumn("body", "Organisation", "text", 0, tip=tip_words),
    ViewColumn("cameras", "Cameras", "number", 96),
    ViewColumn("known", "How it is known", "quiet", 192),
    ViewColumn("identified", "Identified", "number", 104),
    ViewColumn("listed", "Made by a listed maker", "range", 176, tip=listed_words),
    ViewColumn("based", BASED, "number", 120, tip=lambda _: BASED_MEANS, lines=("Based in China", "(our reading)")),
    ViewColumn("not_known", "Not known", "number", 88),
    ViewColumn(
        "as_at",
        "As at",
        "number",
        132,
        tip=age_words,
        roles={InkRole: lambda one: "listed_ink" if "old" in one.flags else None},
    ),
)
BASED_COLUMN = 5
"""The column of makers based in China."""
SPARED = (3, 2, 7)
"""Columns of the bodies that are left out first where there is little room."""
MISSING_COLUMNS = (
    ViewColumn("body", "Organisation", "text", 0, lambda one: clean(one[1], 120)),
    ViewColumn("type", "Type", "quiet", 200, lambda one: clean(kind_words(one[2]), 60)),
    ViewColumn("code", "Official number", "text", 200, lambda one: code_words(one[0]) or "–"),
)
PROBLEM_COLUMNS = (
    ViewColumn("kind", "What", "text", 160, lambda one: problem_words(one.kind)),
    ViewColumn("say", "What to look at", "text", 0, lambda one: clean(one.say, 600)),
)
DEVICE_COLUMNS = (
    ViewColumn("ref", "Ref", "text", 100),
    ViewColumn("kind", "Kind", "quiet", 128),
    ViewColumn("maker", "Made by", "text", 0),
    ViewColumn("grade", "How sure", "grade", 136, roles={GradeRole: attrgetter("grade")}),
    ViewColumn("listed", "List or our reading", "text", 140),
    ViewColumn("place", "Location", "quiet", 136),
)
SPARED_OF_DEVICES = (5, 1)
"""Columns of the devices that are left out first where there is little room."""
FILE_COLUMNS = (
    ViewColumn("state", "What was done", "text", 120, lambda one: "Taken out" if one.taken_out else STATE_WORDS[one.state]),
    ViewColumn("body", "Organisation", "text", 200, lambda one: clean(one.body_name or "", 80) or "–"),
    ViewColumn("file", "File", "quiet", 160, lambda one: clean(one.path.name, 80)),
    ViewColumn("say", "Why, and what to know", "text", 0, lambda one: clean(one.say, 600)),
)


def problem_words(kind: str) -> str:
    """The kind of a problem in two words."""
    state, _, why = kind.partition("-")
    if why == "taken-out":
        return "Taken out"
    return PROBLEM_WORDS.get(kind) or {"held": "File held", "refused": "File refused"}.get(state, kind)


def cameras_words(one: BodyRow) -> str:
    """ "70 or more" where the record itself tells that there may be more."""
    return f"{one.cameras:,} or more" if one.or_more else f"{one.cameras:,}"


def listing_mark(one: RollupRow, counted: frozenset[str], *, reads: bool) -> Mark:
    """What the lists that are counted say of a device's maker, and our reading where that is counted."""
    if counted.intersection(one.list_ids):
        return phrases.LISTED
    if one.based and reads:
        return phrases.BASED
    return phrases.NOT_LISTED if one.grade in NAMED_GRADES else phrases.NOT_KNOWN


class BodyModel(TableModel[BodyRow]):
    """Bodies, never ranked. Bars are drawn against the body with most."""

    def __init__(self, parent: QObject) -> None:
        columns = told(
            BODY_COLUMNS,
            body=lambda one: clean(one.name, 120),
            cameras=cameras_words,
            known=lambda one: upper_first(known_words(one.is_measured)),
            identified=lambda one: f"{one.identified:,} of {one.cameras:,}",
            listed=lambda one: f"{one.listed:,}",
            based=lambda one: f"{one.based_in_china:,}",
            not_known=lambda one: f"{one.not_known:,}",
            as_at=lambda one: f"Old: {short_date(one.as_at)}" if "old" in one.flags else short_date(one.as_at),
        )
        super().__init__(columns, parent=parent)
        self._most = 1

    def set_rows(self, rows: Sequence[BodyRow]) -> None:
        self._most = max((one.listed for one in rows), default=1) or 1
        super().set_rows(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.at(index.row())
        if role == RangeRole and one is not None:
            return one.listed_proven, one.listed - one.listed_proven, self._most
        return super().data(index, role)


class DeviceModel(TableModel[RollupRow]):
    """The register of a body, as it sent it. `counted` are the lists that the totals go by.

    `reads` is whether makers based in China are shown, by our reading of a statement that names no company.
    """

    def __init__(self, parent: QObject) -> None:
        columns = told(
            DEVICE_COLUMNS,
            ref=lambda one: clean(one.ref, 40),
            kind=lambda one: f"{KIND_WORDS.get(one.kind, one.kind)}{', gone' if one.status == 'removed' else ''}",
            maker=lambda one: clean(one.maker_name, 80) if one.maker_name else "Not known",
            grade=lambda one: GRADE_SHORT.get(one.grade, one.grade),
            listed=self._listed,
            place=lambda one: clean(one.place or (f"At {one.address}" if one.address else ""), 120),
        )
        super().__init__(columns, parent=parent)
        self.counted: frozenset[str] = frozenset()
        self.reads = False

    def _listed(self, one: RollupRow) -> str:
        mark = listing_mark(one, self.counted, reads=self.reads)
        return "Based in China" if mark is phrases.BASED else mark.words  # the head says that it is our reading


def summary(files: Sequence[FileOutcome]) -> str:
    """ "12 files: 9 taken in, 1 held, 2 refused."""
    counts = {state: sum(one.state == state for one in files) for state in STATE_WORDS}
    parts = [f"{number:,} {STATE_WORDS[state].lower()}" for state, number in counts.items() if number]
    return f"{count(len(files), 'file')}: {', '.join(parts)}." if parts else "No files were given."


class BodyTable(Table):
    """The organisations; the chosen one stays chosen when they are counted anew."""

    def __init__(self) -> None:
        super().__init__(BODY_COLUMNS, "Organisations, A to Z", row_height=36, one_row=True)
        self.lines = BodyModel(self)
        self.setModel(self.lines)

    def chosen(self) -> BodyRow | None:
        """The chosen organisation."""
        rows = self.selectionModel().selectedRows()
        return self.lines.at(rows[0].row()) if rows else None

    def show_bodies(self, rows: Sequence[BodyRow]) -> None:
        """These organisations; the same ones are only drawn anew."""
        if rows == self.lines.rows:
            self.viewport().update()
            return
        chosen = self.chosen()
        self.lines.set_rows(rows)
        at = next((at for at, one in enumerate(rows) if chosen is not None and one.body == chosen.body), None)
        if at is not None:
            self.selectRow(at)

    def fit_columns(self, *, based: bool) -> None:
        """The columns that there is room for; that of our reading of a statement where it is counted."""
        shown = [at for at in range(len(BODY_COLUMNS)) if based or at != BASED_COLUMN]
        self.show_what_fits(shown, SPARED)


ANSWER_COLUMNS = (
    ViewColumn("body", "Organisation", "text", 0, lambda one: clean(one.name, 120)),
    ViewColumn("question", "Question", "text", 192, lambda one: clean(one.question, 160), roomy=256),
    ViewColumn(
        "answer", "Answer", "text", 168, answer_words, roomy=192, tip=lambda one: clean(one.words or answer_words(one), 400)
    ),
    ViewColumn("on", "Answered on", "quiet", 128, lambda one: short_date(one.answered_on) if one.answered_on else "–"),
    ViewColumn("in_file", "In its file", "number", 96, lambda one: in_file_words(one) or "–"),
    ViewColumn(
        "compared", "Compared", "text", 136, lambda one: COMPARED_WORDS.get(one.compared or "", "–"),
        roles={InkRole: lambda one: "listed_ink" if one.compared not in (None, "same") else None},
    ),
)  # fmt: skip
ANSWERED_ON = 3
"""The column that is left out where there is little room."""


def whole_answer(one: AnswerRow) -> str:
    """One answer in full: its words, who typed it and where."""
    facts = {
        "Answer": answer_words(one),
        "In its file": in_file_words(one),
        "Asked on": short_date(one.asked_on) if one.asked_on else "",
        "Answered on": short_date(one.answered_on) if one.answered_on else "",
        "Typed by": clean(one.typed_by or "", 120),
        "Where": f"Row {one.row} of {clean(one.sheet, 80)}",
        "File of the reply": clean(one.document or "", 200),
        "In their words": clean(one.words or "", 4000),
    }
    return "\n".join(f"{name}: {said}" for name, said in facts.items() if said)
