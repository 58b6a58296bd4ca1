"""For auditors: a spreadsheet of what organisations answered into a roll-up; what its columns ask, said before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from camcensus.intake.answers import AnswerFile, read_answer_file
from camcensus.intake.registers import read_answer_headings
from camcensus.model import frozen
from camcensus.model.claims import Claim
from camcensus.model.errors import IntakeError, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.registers import CellProblem
from camcensus.model.words import clean, count, long_date, utc_second
from camcensus.registers.answer_columns import (
    AnswerColumn,
    MakerNames,
    asks_named,
    guess_answer_columns,
    maker_names,
    one_row_each,
)
from camcensus.registers.answers import read_answers
from camcensus.registers.columns import remembered_key
from camcensus.registers.listed import said_once
from camcensus.registers.plain_headings import plain
from camcensus.store.rollup import claims as rollup_claims
from camcensus.store.rollup.bodies import find_bodies
from camcensus.store.rollup.file import RollUpFile
from camcensus.store.rollup.given import FileOutcome
from camcensus.store.rollup.given import plain as plain_path

SETTING = "answer_columns"
REMEMBERED_HEADINGS = 2000
SAID_PROBLEMS = 200
NEEDS_NAME = "Camcensus cannot tell which column names the organisation"
NEEDS_ANSWER = "Camcensus cannot tell which column has an answer"
type Chosen = Mapping[str, str | None]
"""What people said of columns: `remembered_key` of the heading -> what it asks, None for not understood."""


@frozen
class AnswersPreview:
    """A spreadsheet of answers as it would be read; `chosen` where a person said now what columns ask."""

    path: Path
    file: AnswerFile
    columns: tuple[AnswerColumn, ...]
    chosen: bool = False

    @property
    def missing(self) -> str:
        """What no column is, of what a spreadsheet of answers must have; "" where nothing is missing."""
        return missing_column([one.asks for one in self.columns])

    @property
    def not_understood(self) -> tuple[AnswerColumn, ...]:
        """The columns of which a person must say what they ask."""
        return tuple(one for one in self.columns if one.asks is None)


def preview_answers(
    file: RollUpFile,
    path: Path,
    knowledge: Knowledge,
    resources: Path,
    *,
    chosen: Chosen | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
) -> AnswersPreview:
    """Read a spreadsheet and say what each column asks; writes nothing. Raises IntakeError, one sentence."""
    headings = read_answer_headings(resources / "registers")
    read = read_answer_file(path, headings, sheet, encoding)
    makers, told = makers_of(knowledge), {**_remembered(file), **(chosen or {})}
    table = one_row_each(read.table, guess_answer_columns(read.table, headings, makers, told))
    columns = guess_answer_columns(table, headings, makers, told)
    return AnswersPreview(path, replace(read, table=table), columns, chosen=chosen is not None)


def missing_column(asks: Sequence[str | None]) -> str:
    """What none of these columns is, of what a spreadsheet of answers must have; "" where nothing is missing."""
    if not {"organisation", "number"} & set(asks):
        return NEEDS_NAME
    ours = {"organisation", "number", "kind", "leave", "asked_on", "typed_by"}
    return "" if set(asks) - ours else NEEDS_ANSWER


def named_columns(
    read: AnswersPreview, chosen: Mapping[str, str], knowledge: Knowledge, *, all_there: bool = True
) -> dict[str, str | None]:
    """What columns ask, by heading or letter, as a person types it ("count:hikvision").

    Raises IntakeError for what a column cannot ask, and with `all_there` for a column that is not in this spreadsheet.
    """
    found: dict[str, str | None] = {}
    columns = [one.column for one in read.columns]
    for name, wanted in chosen.items():
        meant = [one for one in columns if plain(one.heading) == plain(name) and plain(name)] or [
            one for one in columns if one.letter == name.strip().upper()
        ]
        if not meant and not all_there:
            continue
        if not meant:
            there = ", ".join(clean(one.named, 40) for one in columns[:20])
            raise IntakeError(f"“{shown(read.path)}” has no column “{clean(name, 60)}”; it has: {there}.")
        asks = asks_named(wanted, makers_of(knowledge))
        if asks is None:
            raise IntakeError(
                f"A column cannot ask “{clean(wanted, 60)}”; say organisation, number, cameras, has:MAKER, count:MAKER,"
                " refused, not_held, date, other or leave."
            )
        found |= {remembered_key(one): asks for one in meant}
    return found


def take_answers(
    file: RollUpFile, read: AnswersPreview, knowledge: Knowledge, now: datetime, typed_by: str | None = None
) -> FileOutcome:
    """Take a spreadsheet of answers in, in one transaction, and say what was done. The counts are settled by the caller.

    Cells that cannot be read wait for a person, and the rest is in. `typed_by` is for rows that name nobody.
    Raises StoreError where the roll-up cannot be written.
    """
    asked = tuple((clean(one.column.named, 300), one.asks) for one in read.columns)
    kept = _kept(file.connection, read)
    if kept is not None and (kept.why == "taken-out" or not read.chosen):
        return replace(kept, columns=asked)
    path, digest = read.path, read.file.sha256
    if read.missing:
        say = f"{read.missing}; say it with --map, like --map “Column=organisation”."
        return _note(file, FileOutcome(path, digest, "refused", "columns", say, columns=asked), now)
    if read.file.simulated:
        say = f"“{shown(path)}” is of the simulated estate, so it is not counted."
        return _note(file, FileOutcome(path, digest, "held", "simulation", say), now)
    found = read_answers(read.file.table, read.columns)
    if not found.claims:
        say = " ".join([f"“{shown(path)}” holds no answer that can be read.", *(one.say for one in found.problems[:5])])
        return _note(file, FileOutcome(path, digest, "refused", "rows", say, columns=asked), now)
    claims = found.claims
    warnings = tuple(_warnings(read, claims, found.problems))
    names = {claim.claimant.name for claim in claims}
    done = FileOutcome(
        path, digest, "accepted", "", None, warnings, rollup_claims.sheet_uuid(digest), None, None,
        next(iter(names)) if len(names) == 1 else None, columns=asked,
    )  # fmt: skip
    with file.writing() as connection:
        rollup_claims.remove_sheet(connection, rollup_claims.sheet_uuid(digest))
        who = clean(typed_by or "", 120) or None
        rollup_claims.write_sheet(
            connection, [claim if claim.typed_by else replace(claim, typed_by=who) for claim in claims], knowledge,
            sha256=digest, name=shown(path), given_at=utc_second(now),
        )  # fmt: skip
        _note_row(connection, done, now)
        if read.chosen:
            _remember(file, read.columns)
        find_bodies(connection)
    return done


def refused_answers(file: RollUpFile, path: Path, say: str, now: datetime) -> FileOutcome:
    """Write down that a file could not be read as answers."""
    return _note(file, FileOutcome(path, None, "refused", "no-answers", say), now)


def makers_of(knowledge: Knowledge) -> MakerNames:
    """Makers by the names that we know them under; what is sold under a brand says nothing of who made it."""
    return maker_names({one.id: (one.name, one.legal_name or one.name) for one in knowledge.manufacturers.values()})


def _warnings(read: AnswersPreview, claims: Sequence[Claim], problems: tuple[CellProblem, ...]) -> Iterator[str]:
    unread = len({claim.row for claim in claims if claim.state == "replied"})
    if unread:
        yield (
            f"{count(unread, 'reply is', 'replies are')} not read yet: “rollup-report --csv FOLDER” writes to-read.csv; type"
            " the figures in and give it with --answers."
        )
    for one in read.not_understood[:SAID_PROBLEMS]:
        say = "it is not understood what this column asks; say it with --map, and what it says is kept until then"
        yield f"“{clean(one.column.named, 120)}”: {say}."
    yield from (clean(note.say, 300) for note in read.file.table.notes)
    said = said_once(problems)
    yield from (clean(say, 400) for say in said[:SAID_PROBLEMS])
    if len(said) > SAID_PROBLEMS:
        yield f"And {len(said) - SAID_PROBLEMS:,} more like these."


def _kept(connection: sqlite3.Connection, read: AnswersPreview) -> FileOutcome | None:
    """What was done before with the very same contents."""
    uuid = rollup_claims.sheet_uuid(read.file.sha256)
    out = rollup_claims.when_taken_out(connection, uuid)
    if out is not None:
        say = f"It was taken out on {long_date(out[:10])}; put it back by its number to count it again."
        return FileOutcome(read.path, read.file.sha256, "held", "taken-out", say, (), uuid, again=True)
    row = rollup_claims.read_sheet_file(connection, uuid)
    if row is None:
        return None
    state, why, reason, warnings = row
    return FileOutcome(read.path, read.file.sha256, state, why, reason, tuple(json.loads(warnings)), uuid, again=True)


def _note(file: RollUpFile, done: FileOutcome, now: datetime) -> FileOutcome:
    with file.writing() as connection:
        _note_row(connection, done, now)
    return done


def _note_row(connection: sqlite3.Connection, done: FileOutcome, now: datetime) -> None:
    rollup_claims.note_sheet(
        connection, path=plain_path(done.path), sha256=done.sha256, state=done.state, why=done.why, reason=done.reason,
        warnings=done.warnings, at=utc_second(now),
    )  # fmt: skip


def _remembered(file: RollUpFile) -> dict[str, str | None]:
    """What people said of headings before."""
    try:
        kept = json.loads(file.setting(SETTING) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _remember(file: RollUpFile, columns: tuple[AnswerColumn, ...]) -> None:
    told = {remembered_key(one.column): one.asks for one in columns if one.asks is not None and plain(one.column.heading)}
    kept = list({**_remembered(file), **told}.items())[-REMEMBERED_HEADINGS:]
    file.set(SETTING, json.dumps(dict(kept), ensure_ascii=False))
