"""The rows of a spreadsheet of answers as claims: one an organisation and question. What is not read is kept for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from camcensus.model import frozen
from camcensus.model.body_kinds import kind_spelled
from camcensus.model.claims import Claim, Claimant, ClaimState, Figure, QuestionAsked
from camcensus.model.official_ids import OFFICIAL_IDS, official_id
from camcensus.model.registers import Cell, CellProblem, RegisterFile, SheetColumn, SheetRow, cell_at
from camcensus.model.words import clean
from camcensus.registers.answer_cells import is_blank, read_answer, section_in, words_in
from camcensus.registers.answer_columns import DAYS, HAS, AnswerColumn, question_of
from camcensus.registers.cells import BLANK, NO, YES, text_of
from camcensus.registers.dates import date_in
from camcensus.registers.plain_headings import is_whole, plain

NAME_LIMIT_CHARACTERS = 200
TYPED_BESIDE = "What they said"
"""The heading of the words of replies in a sheet to fill in."""
OF_REPLY = ("state", "refused", "not_held", "reply")
"""Columns that say what became of the whole request."""
WHOLE_REQUEST = QuestionAsked("other", "other:the whole request", "The whole request")
_REPLIED = YES | {
    "answered",
    "replied",
    "responded",
    "complete",
    "completed",
    "received",
    "disclosed",
    "answered in full",
    "late",
    "full",
}
"""What a column of states says of a reply that is in other columns."""
_NOT_APPLICABLE = ("n/a", "na", "n.a", "not applicable")
_NO_QUESTION = (
    "site",
    "leave",
    "question",
    "maker",
    "answer",
    "organisation",
    "number",
    "kind",
    "document",
    "typed_by",
    *DAYS,
    *OF_REPLY,
)


@frozen
class ReadAnswers:
    """`claims` in the order of the rows."""

    claims: tuple[Claim, ...]
    problems: tuple[CellProblem, ...]


@dataclass(slots=True)
class _Reply:
    """What a row says of the whole request; `words` of it that Camcensus does not read."""

    state: ClaimState | None = None
    section: str | None = None
    words: list[str] = field(default_factory=list)
    is_there: bool = False


def problem(row: int, column: str | None, say: str) -> CellProblem:
    """A sentence that names row and column."""
    return CellProblem(row, column, f"Row {row}, {clean(column, 60)}: it {say}." if column else f"Row {row}: {say}.")


def read_answers(file: RegisterFile, columns: Sequence[AnswerColumn]) -> ReadAnswers:
    """Every row as claims. What a cell says in words that are not read is a claim too, for a person to read."""
    claims, problems = list[Claim](), list[CellProblem]()
    by: dict[str | None, list[SheetColumn]] = {}
    for one in columns:
        by.setdefault(one.asks, []).append(one.column)
    orders = {name: _is_day_first(file.rows, column) for name in DAYS for column in by.get(name, ())}
    for row in file.rows:
        if not any(not is_blank(cell) for cell in row.cells):
            continue
        who = _claimant(row, by, problems)
        if who is None:
            problems.append(problem(row.number, None, "It names no organisation, so it was left out"))
            continue
        made = list(_claims(row, who, columns, by, orders, problems))
        claims += made
    if "site" in by:
        claims = _of_all_sites(claims, {row.number: clean(text_of(cell_at(row, by["site"][0])), 80) for row in file.rows})
    return ReadAnswers(tuple(claims), tuple(problems))


def _claimant(row: SheetRow, by: Mapping[str | None, Sequence[SheetColumn]], problems: list[CellProblem]) -> Claimant | None:
    """The organisation of a row. A number is of the kind that its heading names, else of the first whose form it has."""
    name = clean(_text(row, by, "organisation"), NAME_LIMIT_CHARACTERS)
    ids: dict[str, str] = {}
    for column in by.get("number", ()):
        said = "" if is_blank(cell_at(row, column)) else text_of(cell_at(row, column))
        heading = plain(column.heading)
        named = {
            "urn": "urn",
            "ods": "ods",
            "nhs": "ods",
            "gss": "gss",
            "ons": "gss",
            "compan": "company_no",
            "crn": "company_no",
        }
        kinds = [kind for word, kind in named.items() if word in heading]
        kind = next((one for one in OFFICIAL_IDS if (not kinds or one in kinds) and _official(one, said)), None)
        if kind is not None:
            ids[kind] = _official(kind, said) or ""
        elif said:
            problems.append(problem(row.number, column.named, f"is no official number (“{clean(said, 30)}”)"))
    if not name and not ids:
        return None
    return Claimant(name=name, type=kind_spelled(clean(_text(row, by, "kind"), 80)) or None, ids=ids)


def _official(kind: str, said: str) -> str | None:
    try:
        return official_id(kind, said)  # type: ignore[arg-type]
    except ValueError:
        return None


def _text(row: SheetRow, by: Mapping[str | None, Sequence[SheetColumn]], asks: str) -> str:
    said = (cell_at(row, one) for one in by.get(asks, ()))
    return next((text_of(cell) for cell in said if not is_blank(cell)), "")


def _claims(
    row: SheetRow, who: Claimant, columns: Sequence[AnswerColumn], by: Mapping[str | None, Sequence[SheetColumn]],
    day_first: Mapping[str, bool], problems: list[CellProblem],
) -> list[Claim]:  # fmt: skip
    asked_on, answered_on = (_day(row, by, name, day_first, problems) for name in DAYS)
    whole = _reply(row, by)
    base = Claim(
        row=row.number, claimant=who, asked=WHOLE_REQUEST, state=whole.state or "replied", section=whole.section,
        asked_on=asked_on, answered_on=answered_on, words=words_in("\n".join(whole.words)),
        document=clean(_text(row, by, "document"), 200) or None, typed_by=clean(_text(row, by, "typed_by"), 120) or None,
    )  # fmt: skip
    made: dict[str, Claim] = {}
    for one in columns:
        if one.asks in _NO_QUESTION:
            continue
        cell = cell_at(row, one.column)
        said = read_answer(cell, has=(one.asks or "").startswith(HAS))
        if whole.state is not None and text_of(cell).casefold() in BLANK:
            said = None
        asked = question_of(one.asks or "other", one.column.named)
        claim = replace(base, asked=asked)
        if said is None:
            if whole.state is None or one.asks in (None, "other"):
                continue
        elif one.asks is None or (one.asks == "other" and said.figure is None):
            if whole.state == "no-reply":
                continue
            words: str | None = "\n".join(filter(None, (words_in(cell), base.words)))
            settled: ClaimState = "replied" if one.asks is None else "answered"
            settled = said.state if said.state in ("refused", "not-held", "no-reply") else settled
            claim = replace(claim, state=settled, section=said.section, words=words)
        elif said.state == "replied" and text_of(cell).casefold() in _NOT_APPLICABLE and _is_settled(made, asked):
            continue
        else:
            words = words_in(cell) if not isinstance(cell, float) else None
            section = said.section or (base.section if said.state == "refused" else None)
            claim = replace(
                claim, state=said.state, figure=said.figure, section=section,
                words="\n".join(filter(None, (words, base.words))) or None,
            )  # fmt: skip
        before = made.get(asked.asks)
        made[asked.asks] = claim if before is None else _together(before, claim, one.column, problems)
    _leave_more_than_all(made, problems)
    replied = whole.is_there or answered_on is not None or base.document is not None
    told = any(one.state != "no-reply" for one in made.values())
    if whole.state is not None or not told:
        state = whole.state or ("replied" if replied else "no-reply")
        made[WHOLE_REQUEST.asks] = replace(base, state=state)
    return list(made.values())


def _is_settled(made: Mapping[str, Claim], asked: QuestionAsked) -> bool:
    """Whether a row says already that there are no cameras, or whether it has those that are asked for."""
    none = made.get("cameras")
    return asked.asks in made or (none is not None and none.figure is not None and none.figure.high == 0)


def _of_all_sites(claims: Sequence[Claim], sites: Mapping[int, str]) -> list[Claim]:
    """One row of an organisation for those of its sites: figures add up, to "or more" where a site gives none, and where the
    reply of one is to be read, all are. A row for all sites, or for none, is said instead; one that is there twice counts once.

    Not where two rows name one site: they may be answers of two years.
    """
    rows: dict[tuple[str, str], list[Claim]] = {}
    every: dict[str, set[int]] = {}
    for one in {(plain(sites[one.row]), str(replace(one, row=0))): one for one in claims}.values():
        who = f"{plain(one.claimant.name)} {sorted(one.claimant.ids.items())}"
        rows.setdefault((who, one.asked.asks), []).append(one)
        every.setdefault(who, set()).add(one.row)
    made = []
    for (who, asks), same in rows.items():
        parts = [sites[row] for row in every[who] if sites[row] and not is_whole(sites[row])]
        whole = [one for one in same if not sites[one.row] or is_whole(sites[one.row])]
        if whole or len(set(map(plain, parts))) < len(parts):
            made += whole if len(whole) == 1 else same
            continue
        if asks == WHOLE_REQUEST.asks and len(same) < len(parts) and not any(one.words for one in same):
            continue  # other sites answered
        figures = [one.figure for one in same if one.figure is not None]
        best = max(same, key=lambda one: (one.figure is not None, one.state == "replied", one.state != "no-reply"))
        if len(same) > 1:
            said = [f"{sites[one.row]}: {one.words or (one.figure.low if one.figure else one.state)}" for one in same]
            best = replace(best, words="\n".join(said))
        if any(one.state == "replied" and one.words for one in same):
            best = replace(best, state="replied", figure=None)
        elif figures and len(parts) > 1:
            highs = [one.high for one in figures if one.high is not None]
            closed = len(highs) == len(parts)
            yes = any(one.low for one in figures) if any(one.yes is not None for one in figures) else None
            best = replace(best, figure=Figure(sum(one.low for one in figures), sum(highs) if closed else None, yes))
        made.append(best)
    return made


def _leave_more_than_all(made: dict[str, Claim], problems: list[CellProblem]) -> None:
    """Leave to a person the answers of a row that say of makers more than of all cameras."""
    of_all = made.get("cameras")
    if of_all is None or of_all.figure is None or of_all.figure.high is None:
        return
    parts = [one for one in made.values() if one.figure is not None and one.asked.question in ("maker", "listed", "not-known")]
    lows = {one.asked.asks: one.figure.low for one in parts if one.figure is not None}
    alone = sum(lows[one.asked.asks] for one in parts if len(one.asked.makers) == 1)
    most, all_ = max(alone, *lows.values(), 0), of_all.figure.high
    if most <= all_:
        return
    say = f"It says {most:,} of {all_:,} cameras, so these answers are not counted; ask which number is right"
    problems.append(problem(of_all.row, None, say))
    for one in (of_all, *(part for part in parts if lows[part.asked.asks])):
        number = one.figure.low if one.figure is not None else 0
        made[one.asked.asks] = replace(one, state="replied", figure=None, words=one.words or f"{number:,}")


def _reply(row: SheetRow, by: Mapping[str | None, Sequence[SheetColumn]]) -> _Reply:
    """What the columns of the whole request say, the plainest first: refused and not held before no reply."""
    found = _Reply()
    for asks in OF_REPLY:
        for column in by.get(asks, ()):
            cell = cell_at(row, column)
            if is_blank(cell) or (asks == "refused" and text_of(cell).casefold() in ("none", "n/a", *NO)):
                continue
            said, text = read_answer(cell), text_of(cell).casefold()
            section = section_in(text, bare=asks == "refused")
            state: ClaimState | None = (
                said.state if said is not None and said.figure is None and said.state != "replied" else None
            )
            if asks == "refused" and (section or text in YES):
                state = "refused"
            elif asks == "not_held" and text in YES:
                state = "not-held"
            elif asks == "state" and text in NO:
                state = "no-reply"
            elif asks == "not_held" and text in NO:
                continue
            found.state = state if found.state in (None, "no-reply") and state is not None else found.state
            found.section = found.section or section
            if state is None:
                found.is_there = True
                if asks != "state" or text not in _REPLIED:
                    found.words.append(text_of(cell))
    return found


def _together(one: Claim, other: Claim, column: SheetColumn, problems: list[CellProblem]) -> Claim:
    """What two cells say of one question, as "yes" in one and 45 in the other; where they contradict each other, the first."""
    if one.figure is None or other.figure is None:
        told, silent = (other, one) if one.figure is None and other.figure is not None else (one, other)
        return replace(told, state="replied", words=silent.words) if silent.state == "replied" else told
    low = max(one.figure.low, other.figure.low)
    high = min((end for end in (one.figure.high, other.figure.high) if end is not None), default=None)
    if high is not None and low > high:
        say = "answers a question of this row a second time, and differs; it was left out"
        problems.append(problem(one.row, column.named, say))
        return one
    return replace(one, figure=Figure(low, high, other.figure.yes if one.figure.yes is None else one.figure.yes))


def _is_day_first(rows: Sequence[SheetRow], column: SheetColumn) -> bool:
    """Whether no date of a column has the month first."""
    found = (date_in(cell_at(row, column)) for row in rows)
    return not any(one is not None and one[1] == "month-first" for one in found)


def _day(
    row: SheetRow, by: Mapping[str | None, Sequence[SheetColumn]], name: str, day_first: Mapping[str, bool],
    problems: list[CellProblem],
) -> str | None:  # fmt: skip
    column = next(iter(by.get(name, ())), None)
    cell: Cell = None if column is None else cell_at(row, column)
    found = date_in(cell)
    if found is not None and (found[1] != "day-first" or day_first[name]):
        return found[0]
    if column is not None and not is_blank(cell):
        problems.append(problem(row.number, column.named, "must be a date in one order, like 24/11/2026 or 2026-11-24"))
    return None
