"""The rows of a spreadsheet of answers as claims: one an organisation and question; what cannot be read by row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from camcensus.model.body_kinds import kind_spelled
from camcensus.model.claims import AnswerField, Claim, Claimant, ClaimState, Figure, QuestionAsked
from camcensus.model.official_ids import OFFICIAL_IDS, official_id
from camcensus.model.prose import listed
from camcensus.model.registers import Cell, CellProblem, RegisterFile, SheetColumn, SheetRow
from camcensus.model.words import clean
from camcensus.registers.answer_cells import counts_beside, is_blank, section_in, state_in, words_in
from camcensus.registers.answer_columns import AnswerColumn, MakerNames, asked_in, maker_asked
from camcensus.registers.answer_dates import Days, read_days
from camcensus.registers.answer_figures import said_in
from camcensus.registers.cells import Unreadable, text_of

NAME_LIMIT_CHARACTERS = 200
SAYS_NOTHING: tuple[ClaimState, ...] = ("no-reply", "refused", "not-held", "over-cost-limit")
"""States in which there is no figure, unless one stands there all the same."""
DAYS: tuple[AnswerField, ...] = ("asked_on", "answered_on")
ROWS_NAMED = 10
WHOLE_REQUEST = QuestionAsked("other", "other:the whole request", "The whole request")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """The file of a reply as a cell names it, or its SHA-256, where the cell has that."""

    row: int
    column: str
    name: str

    @property
    def is_digest(self) -> bool:
        """Whether the cell holds the SHA-256 itself."""
        return _SHA256.fullmatch(self.name) is not None


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """`claims` in the order of the rows; the `document` of each is still what its cell names, listed in `documents`."""

    claims: tuple[Claim, ...]
    documents: tuple[NamedDocument, ...]
    problems: tuple[CellProblem, ...]


@dataclass(slots=True)
class _Row:
    """A row as far as it is read; `by` has its cells by field, `column` what a sentence calls each."""

    number: int
    by: dict[AnswerField, Cell]
    columns: Mapping[AnswerField, SheetColumn]
    days: Days
    problems: list[CellProblem] = field(default_factory=list)
    about: list[str] = field(default_factory=list)

    def wrong(self, name: AnswerField, say: str) -> None:
        self.problems.append(problem(self.number, self.columns[name].named, say))

    def text(self, name: AnswerField) -> str:
        return "" if is_blank(self.by.get(name)) else text_of(self.by.get(name))


def problem(row: int, column: str | None, say: str) -> CellProblem:
    """A sentence that names row and column."""
    return CellProblem(row, column, f"Row {row}, {clean(column, 60)}: it {say}." if column else f"Row {row}: {say}.")


def read_answers(file: RegisterFile, columns: Sequence[AnswerColumn], makers: MakerNames) -> ReadAnswers:
    """Every row as claims. A cell that cannot be read is named, and the rest of its row is read."""
    by_field: dict[AnswerField, SheetColumn] = {
        one.field: one.column for one in columns if one.field is not None and one.field != "ask"
    }
    questions = [one for one in columns if one.field == "ask"]
    days = read_days(file.rows, {name: by_field[name] for name in DAYS if name in by_field})
    claims, documents, problems = list[Claim](), list[NamedDocument](), list(days.problems)
    about: dict[str, list[int]] = {}
    for row in file.rows:
        cells = {name: _cell(row, column) for name, column in by_field.items()}
        one = _Row(row.number, cells, by_field, days)
        made = _claims(one, row, questions, makers)
        claims += made
        if made and (name := one.text("document")):
            documents.append(NamedDocument(row.number, by_field["document"].named, name))
        if not made and not one.problems and any(not is_blank(cell) for cell in cells.values()):
            one.problems.append(problem(row.number, None, _NOTHING))
        problems += one.problems
        for heading in one.about:
            about.setdefault(heading, []).append(row.number)
    problems += [_about(heading, numbers) for heading, numbers in about.items()]
    return ReadAnswers(tuple(claims), tuple(documents), tuple(problems))


def _about(heading: str, rows: Sequence[int]) -> CellProblem:
    named = listed([f"{row:,}" for row in rows], ROWS_NAMED)
    say = f"{clean(heading, 60)}: the figure is only about right in {'row' if len(rows) == 1 else 'rows'} {named}"
    return CellProblem(rows[0], heading, f"{say}; it counts as it is, and the words are kept.")


def _cell(row: SheetRow, column: SheetColumn) -> Cell:
    return row.cells[column.place] if column.place < len(row.cells) else None


def _claims(row: _Row, cells: SheetRow, questions: Sequence[AnswerColumn], makers: MakerNames) -> list[Claim]:
    claimant = _claimant(row, cells)
    if claimant is None:
        return []
    try:
        state, section = _state(row)
    except Unreadable as error:
        row.wrong("state", str(error))
        return []
    asked_on, answered_on = (_day(row, name) for name in DAYS)
    if asked_on and answered_on and answered_on < asked_on:
        row.wrong("answered_on", "is before the day on which it was asked; check both")
    if state is None and _is_silent(row, cells, questions):
        state = "no-reply"
    base = Claim(
        row=row.number,
        claimant=claimant,
        asked=QuestionAsked("other", "other:", ""),
        state=state or "answered",
        section=section,
        asked_on=asked_on,
        answered_on=answered_on,
        words=_words(row),
        document=row.text("document") or None,
        typed_by=clean(row.text("typed_by"), 120) or None,
    )
    if counts_beside(row.by.get("state")):
        row.wrong("state", _COUNT_BESIDE)
        base = _with_words(base, row.by["state"])
    own = _own_question(row, makers)
    asked = [(one.asks or asked_in(one.column.named, makers), _cell(cells, one.column), one.column.named) for one in questions]
    if own is None and "answer" in row.by:
        own = asked_in(row.columns["answer"].named, makers)
    if own is not None:
        heading = row.columns.get("answer", row.columns.get("question", row.columns.get("maker")))
        asked.insert(0, (own, row.by.get("answer"), heading.named if heading is not None else ""))
    elif not asked and (state is not None or base.words):
        asked.append((WHOLE_REQUEST, None, ""))
    made: dict[str, Claim] = {}
    unsaid: dict[str, str] = {}
    for what, cell, heading_words in asked:
        claim = _claim(row, base, what, makers, cell, heading_words, told=state is not None, alone=what in (own, WHOLE_REQUEST))
        if claim is None:
            if not is_blank(cell):
                unsaid.setdefault(what.asks, heading_words)
            continue
        before = made.get(what.asks)
        both = claim if before is None else _together(before, claim)
        if both is None:
            row.problems.append(problem(row.number, heading_words, _TWICE))
        else:
            made[what.asks] = both
    named = {one.column for one in row.problems}
    row.problems += [
        problem(row.number, said, _NO_ANSWER) for asks, said in unsaid.items() if asks not in made and said not in named
    ]
    return list(made.values())


def _together(one: Claim, other: Claim) -> Claim | None:
    """What two cells say of one question, as "yes" in one and 45 in the other; None where they contradict each other."""
    if one.figure is None or other.figure is None:
        told, silent = (other, one) if one.figure is None and other.figure is not None else (one, other)
        is_part = told.figure is not None and silent.state in SAYS_NOTHING
        return replace(told, state="partial" if is_part else told.state, section=told.section or silent.section)
    low = max(one.figure.low, other.figure.low)
    high = min((end for end in (one.figure.high, other.figure.high) if end is not None), default=None)
    if high is not None and low > high:
        return None
    return replace(one, figure=Figure(low, high, other.figure.yes if one.figure.yes is None else one.figure.yes))


_NO_STATE = "must be answered, partial, refused, not held, over the cost limit, late or no reply; the row was left out"
_NOTHING = "It has no answer that can be counted and no status, so it was left out; type one, like no reply"
_NO_ANSWER = "says that there is an answer, and not which; type the number, or yes or no"
_TWICE = "answers a question of this row a second time, and differs; it was left out"
_COUNT_BESIDE = "says a number beside its reason for no answer; the number was not counted, and the words are kept"
_BOTH = "has an answer, and the row says that there is none; it was counted as an answer in part"


def _claim(
    row: _Row, base: Claim, asked: QuestionAsked, makers: MakerNames, cell: Cell, heading: str, *, told: bool, alone: bool
) -> Claim | None:
    """The claim of one cell, None where nothing is said. `told`: the row has a state; `alone`: the row's words are of it."""
    claim = replace(base, asked=asked)
    try:
        said = said_in(cell, asked, makers)
        figure = None if said is None else said.figure
        found = None if figure is not None or cell is None else state_in(cell)
        if found is not None and found[0] != "answered":
            if counts_beside(cell):
                row.problems.append(problem(row.number, heading, _COUNT_BESIDE))
                claim = _with_words(claim, cell)
            return replace(claim, state=found[0], section=found[1] or base.section)
        if figure is None and (is_blank(cell) or (found is not None and asked.question != "other")):
            is_state = told and base.state not in ("answered", "partial")
            return claim if is_state or (alone and (base.words or (told and asked.question == "other"))) else None
        if asked.question != "other" and figure is None:
            raise Unreadable("must be a number, a range like 10 to 20, yes or no, or refused and the like")
        if asked.question == "other" and isinstance(cell, str):
            claim = replace(claim, words="\n".join(filter(None, (words_in(cell), base.words if alone else None))))
    except Unreadable as error:
        row.problems.append(problem(row.number, heading, str(error)))
        return None
    if said is not None and said.about:
        row.about.append(heading)
        claim = _with_words(claim, cell)
    if figure is not None and base.state in SAYS_NOTHING:
        row.problems.append(problem(row.number, heading, _BOTH))
        return replace(claim, state="partial", figure=figure)
    return replace(claim, figure=figure)


def _with_words(claim: Claim, cell: Cell) -> Claim:
    """The claim with the words of the cell that it was read from, before others of its row."""
    return replace(claim, words="\n".join(dict.fromkeys((text_of(cell), *filter(None, [claim.words])))))


def _own_question(row: _Row, makers: MakerNames) -> QuestionAsked | None:
    """The question that a row asks in cells of its own."""
    question, maker = row.text("question"), row.text("maker")
    if maker:
        return maker_asked(question, maker, makers)
    return asked_in(question, makers) if question else None


def _claimant(row: _Row, cells: SheetRow) -> Claimant | None:
    name = clean(row.text("name"), NAME_LIMIT_CHARACTERS)
    ids: dict[str, str] = {}
    for kind in OFFICIAL_IDS:
        try:
            found = official_id(kind, row.text(kind))
        except ValueError as error:
            row.problems.append(problem(row.number, row.columns[kind].named, f"is no such number. {error}".rstrip(".")))
            continue
        if found is not None:
            ids[kind] = found
    if not name and not ids:
        if any(not is_blank(cell) for cell in cells.cells):
            row.problems.append(problem(row.number, None, "It names no organisation, so it was left out"))
        return None
    return Claimant(name=name, type=kind_spelled(clean(row.text("type"), 80)) or None, ids=ids)


def _state(row: _Row) -> tuple[ClaimState | None, str | None]:
    said = row.text("section")
    section = section_in(f"sections {said}" if said[0].isdigit() else said) if said else None
    cell = row.by.get("state")
    text = text_of(cell).casefold().strip()
    if not text or text in ("-", "–", "—", "?", "n/a", "tbc"):
        return ("refused" if section else None), section
    if text in ("no", "n"):
        return "no-reply", section
    found = state_in(cell)
    if found is None:
        raise Unreadable(_NO_STATE)
    return found[0], section or found[1]


def _is_silent(row: _Row, cells: SheetRow, questions: Sequence[AnswerColumn]) -> bool:
    """Whether a row says when it was asked, and nothing of a reply."""
    said = [row.by.get(name) for name in ("answer", "answered_on", "words", "document", "section")]
    said += [_cell(cells, one.column) for one in questions]
    return not is_blank(row.by.get("asked_on")) and all(cell is None or not text_of(cell).strip() for cell in said)


def _day(row: _Row, name: AnswerField) -> str | None:
    found = row.days.found.get((row.number, name))
    if found is None and not is_blank(row.by.get(name)) and (row.number, name) not in row.days.unsure:
        row.wrong(name, "must be a date, like 24/11/2026 or 2026-11-24")
    return found


def _words(row: _Row) -> str | None:
    try:
        return words_in(row.by.get("words"))
    except Unreadable as error:
        row.wrong("words", str(error))
        return None
