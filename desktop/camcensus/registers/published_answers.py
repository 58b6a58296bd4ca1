"""The table of counts that an organisation published with Camcensus, as what it claims: how many, and of which makers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from camcensus.model.claims import Claim, Claimant, Figure, QuestionAsked
from camcensus.model.foi import NOT_KNOWN
from camcensus.model.registers import CellProblem, RegisterFile, SheetColumn, SheetRow, cell_at
from camcensus.model.words import clean
from camcensus.registers.answer_cells import read_answer
from camcensus.registers.answer_columns import COUNT, OTHERS, UNKNOWN, MakerNames, asks_named, question_of
from camcensus.registers.answers import NAME_LIMIT_CHARACTERS, ReadAnswers, problem
from camcensus.registers.cells import text_of
from camcensus.registers.dates import date_in
from camcensus.registers.plain_headings import plain

SURE, LIKELY, SEVERAL = "confirmed or almost certain", "likely", "several"
_NEEDED = ("body name", "as at", "made by", "certainty band", "count")


def is_published(columns: Sequence[SheetColumn]) -> bool:
    """Whether these are the headings of such a table."""
    return {plain(column.heading) for column in columns} >= set(_NEEDED)


def read_published(file: RegisterFile, makers: MakerNames) -> ReadAnswers:
    """One claim for all cameras of an organisation, for each maker, and for those not known: low is sure, high likely too."""
    at = {plain(column.heading): column for column in reversed(file.columns)}
    problems = list[CellProblem]()
    rows: dict[tuple[str, str], list[SheetRow]] = defaultdict(list)
    for row in file.rows:
        name, day = clean(_text(row, at["body name"]), NAME_LIMIT_CHARACTERS), date_in(cell_at(row, at["as at"]))
        if not name or day is None:
            problems.append(problem(row.number, at["body name" if not name else "as at"].named, "is empty or cannot be read"))
        else:
            rows[name, day[0]].append(row)
    claims = [
        Claim(
            row=some[0].number,
            claimant=Claimant(name=name, type=None),
            asked=asked,
            state="answered",
            answered_on=day,
            figure=one,
        )
        for (name, day), some in rows.items()
        for asked, one in _added(some, at, makers, problems)
    ]
    return ReadAnswers(tuple(claims), tuple(problems))


def _added(
    rows: Sequence[SheetRow], at: dict[str, SheetColumn], makers: MakerNames, problems: list[CellProblem]
) -> list[tuple[QuestionAsked, Figure]]:
    total, unknown, whole = Figure(0, 0), Figure(0, 0), True
    of: dict[QuestionAsked, Figure] = {}
    for row in rows:
        made_by, band = _text(row, at["made by"]), plain(_text(row, at["certainty band"]))
        said = read_answer(cell_at(row, at["count"]))
        if said is None or said.figure is None or said.figure.yes is not None:
            problems.append(problem(row.number, at["count"].named, "must be a number of cameras"))
            whole = False
            continue
        number = said.figure
        total = _plus(total, number)
        if plain(made_by) in (NOT_KNOWN, SEVERAL, "") or band not in (SURE, LIKELY, SEVERAL):
            unknown = _plus(unknown, number)
        else:
            asked = question_of(asks_named(f"{COUNT}{made_by}", makers) or "other", made_by)
            of[asked] = _plus(of.get(asked, Figure(0, 0)), number if band == SURE else Figure(0, number.high))
    if not whole:
        total = Figure(total.low, None)
    claims = [(question_of("cameras", "How many cameras, as published"), total), *of.items()]
    claims.append((question_of(f"{COUNT}{UNKNOWN}", "Maker not known, as published"), unknown))
    return [*claims, *([(question_of(f"{COUNT}{OTHERS}", "Made by any other maker"), Figure(0, 0))] if whole else [])]


def _plus(one: Figure, other: Figure) -> Figure:
    return Figure(one.low + other.low, None if one.high is None or other.high is None else one.high + other.high)


def _text(row: SheetRow, column: SheetColumn) -> str:
    return text_of(cell_at(row, column))
