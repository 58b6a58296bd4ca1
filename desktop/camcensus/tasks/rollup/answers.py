"""For auditors: a spreadsheet of what organisations answered into a roll-up; what it would do, said before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast

from camcensus.intake.answers import AnswerFile, read_answer_file, read_document
from camcensus.intake.registers import read_answer_headings
from camcensus.model.claims import ANSWER_FIELDS, AnswerField, Claim
from camcensus.model.disk import need_room, shown
from camcensus.model.errors import IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.prose import fitting, listed
from camcensus.model.registers import CellProblem, SheetColumn
from camcensus.model.words import clean, count, long_date, utc_second
from camcensus.registers.answer_columns import (
    AnswerColumn,
    MakerNames,
    chosen_answer_columns,
    guess_answer_columns,
    maker_names,
)
from camcensus.registers.answers import ReadAnswers, problem, read_answers
from camcensus.registers.columns import remembered_key, signature
from camcensus.registers.plain_headings import plain
from camcensus.registers.published_answers import is_published, read_published
from camcensus.store.files import write_whole
from camcensus.store.rollup import claims as rollup_claims
from camcensus.store.rollup.bodies import find_bodies
from camcensus.store.rollup.corrected import replace_corrected
from camcensus.store.rollup.file import RollUpFile
from camcensus.store.rollup.given import FileOutcome
from camcensus.store.rollup.given import plain as plain_path
from camcensus.tasks.policy import refuse_folder

SETTING = "answer_columns"
REMEMBERED_SHEETS = 20
SAID_PROBLEMS = 200
NEEDS_NAME = "Camcensus cannot tell which column names the organisation"
NEEDS_ANSWER = "Camcensus cannot tell which column has an answer"
type Chosen = Mapping[int, AnswerField | None]
"""A choice: column's place -> field, None for none."""


@dataclass(frozen=True, slots=True)
class AnswersPreview:
    """A spreadsheet of answers as it would be read. `asks` says why a person must choose columns, "" where nothing is to ask.

    `untold` are columns of which nothing tells what they are: they are left out unless somebody says. `chosen` where a person
    chose columns now, `remembered` where they did before for a sheet with these headings.
    """

    path: Path
    file: AnswerFile
    columns: tuple[AnswerColumn, ...]
    published: bool
    asks: str
    chosen: bool
    remembered: bool = False

    @property
    def untold(self) -> tuple[SheetColumn, ...]:
        """Columns with a heading of which nothing tells what they are."""
        if self.published:
            return ()
        return tuple(one.column for one in self.columns if one.field is None and one.why.startswith("Nothing in"))


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
    """Read a spreadsheet and say which column is what; writes nothing. Raises IntakeError, one sentence."""
    headings = read_answer_headings(resources / "registers")
    read = read_answer_file(path, headings, sheet, encoding)
    if is_published(read.table.columns):
        return AnswersPreview(path, read, (), True, "", False)
    makers = _makers(knowledge)
    guesses = guess_answer_columns(read.table.columns, headings, makers)
    before = _remembered(file, read.table.columns) if chosen is None else None
    wanted = before if before is not None else chosen or {}
    columns = chosen_answer_columns(guesses, wanted, makers)
    asks = missing_field([one.field for one in columns])
    return AnswersPreview(path, read, columns, False, asks, chosen is not None, before is not None)


def missing_field(fields: Sequence[AnswerField | None]) -> str:
    """What no column is, of what a spreadsheet of answers must have; "" where nothing is missing."""
    if not {"name", "urn", "ods", "gss", "company_no"} & set(fields):
        return NEEDS_NAME
    return "" if {"ask", "answer", "state"} & set(fields) else NEEDS_ANSWER


def named_answer_columns(read: AnswersPreview, chosen: Mapping[str, str]) -> dict[int, AnswerField | None]:
    """A choice of columns by heading or letter, and of fields by name ("none" for no field), as places. Raises IntakeError."""
    found: dict[int, AnswerField | None] = {}
    columns = read.file.table.columns
    for name, wanted in chosen.items():
        meant = [one for one in columns if plain(one.heading) == plain(name) and plain(name)] or [
            one for one in columns if one.letter == name.strip().upper()
        ]
        if len(meant) != 1:
            there = ", ".join(clean(one.named, 40) for one in columns[:20])
            why = "more than one column" if meant else "no column"
            raise IntakeError(f"“{shown(read.path)}” has {why} “{clean(name, 60)}”; it has: {there}.")
        if wanted not in (*ANSWER_FIELDS, "none"):
            raise IntakeError(f"A column cannot be “{clean(wanted, 60)}”; choose none, {', '.join(ANSWER_FIELDS)}.")
        found[meant[0].place] = None if wanted == "none" else cast("AnswerField", wanted)
    return found


def take_answers(
    file: RollUpFile, read: AnswersPreview, knowledge: Knowledge, now: datetime, typed_by: str | None = None
) -> FileOutcome:
    """Take a spreadsheet of answers in, in one transaction, and say what was done. The counts are settled by the caller.

    Cells that cannot be read are named by row and column, and the rest is in. `typed_by` is for rows that name nobody.
    Raises StoreError where the roll-up cannot be written.
    """
    kept = _kept(file.connection, read)
    if kept is not None:
        return kept
    path, digest = read.path, read.file.sha256
    if read.asks:
        untold = ", ".join(f"“{clean(one.named, 40)}”" for one in read.untold[:10])
        say = f"{read.asks}; say it with --map, like --map “Column=name”. Not told apart: {untold or 'none'}."
        return _note(file, FileOutcome(path, digest, "refused", "columns", say), now)
    if read.file.simulated:
        say = f"“{shown(path)}” is of the simulated estate, so it is not counted."
        return _note(file, FileOutcome(path, digest, "held", "simulation", say), now)
    makers = _makers(knowledge)
    found = read_published(read.file.table, makers) if read.published else read_answers(read.file.table, read.columns, makers)
    if not found.claims:
        say = " ".join([f"“{shown(path)}” holds no answer that can be read.", *(one.say for one in found.problems[:5])])
        return _note(file, FileOutcome(path, digest, "refused", "rows", say), now)
    claims, documents, problems = _with_documents(found, path.parent)
    need_room(file.path, sum(len(data) for _, data in documents.values()))
    warnings = tuple(_warnings(read, (*found.problems, *problems)))
    names = {claim.claimant.name for claim in claims}
    done = FileOutcome(
        path, digest, "accepted", "", None, warnings, rollup_claims.sheet_uuid(digest), None, None,
        next(iter(names)) if len(names) == 1 else None,
    )  # fmt: skip
    with file.writing() as connection:
        who = clean(typed_by or "", 120) or None
        rollup_claims.write_sheet(
            connection, [claim if claim.typed_by else replace(claim, typed_by=who) for claim in claims], documents, knowledge,
            sha256=digest, name=shown(path), given_at=utc_second(now),
        )  # fmt: skip
        _note_row(connection, done, now)
        if read.chosen:
            file.set(SETTING, _to_remember(file, read.columns))
        find_bodies(connection)
        corrected = replace_corrected(connection, rollup_claims.sheet_uuid(digest), at=utc_second(now))
        if corrected:
            done = replace(done, warnings=(*corrected, *done.warnings))
            _note_row(connection, done, now)
            find_bodies(connection)
    return done


def refused_answers(file: RollUpFile, path: Path, say: str, now: datetime) -> FileOutcome:
    """Write down that a file could not be read as answers."""
    return _note(file, FileOutcome(path, None, "refused", "no-answers", say), now)


def save_reply(path: Path, data: bytes) -> None:
    """Save the file of a reply as it was given; nothing opens it. Raises DiskError, PolicyError where IT does not allow it."""
    refuse_folder(path)
    write_whole(path, data)


def _with_documents(found: ReadAnswers, folder: Path) -> tuple[list[Claim], dict[str, tuple[str, bytes]], list[CellProblem]]:
    """The claims with the SHA-256 of each reply's file; the files; and what could not be read."""
    kept: dict[str, tuple[str, bytes]] = {}
    digests: dict[str, str | None] = {}
    problems = list[CellProblem]()
    for named in found.documents:
        if named.is_digest:
            digests[named.name] = named.name.lower()
            continue
        if digests.get(named.name) is not None:
            continue
        try:
            digest, data = read_document(folder, named.name)
            digests[named.name] = digest
            kept.setdefault(digest, (shown(Path(named.name.replace("\\", "/"))), data))
        except IntakeError as error:
            digests[named.name] = None
            problems.append(problem(named.row, named.column, str(error).rstrip(".")))
    return [replace(claim, document=digests.get(claim.document or "")) for claim in found.claims], kept, problems


def _warnings(read: AnswersPreview, problems: tuple[CellProblem, ...]) -> Iterator[str]:
    if read.untold:
        they = fitting(len(read.untold), "it is", "they are")
        yield f"Left out, as nothing says what {they}: {listed([clean(one.named, 40) for one in read.untold], 10)}."
    yield from (clean(note.say, 300) for note in read.file.table.notes)
    yield from (clean(one.say, 400) for one in problems[:SAID_PROBLEMS])
    if len(problems) > SAID_PROBLEMS:
        yield f"And {count(len(problems) - SAID_PROBLEMS, 'more cell')} that cannot be read."


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


def _makers(knowledge: Knowledge) -> MakerNames:
    """Makers by the names that we know them under; what is sold under a brand says nothing of who made it."""
    return maker_names({one.id: (one.name, one.legal_name or one.name) for one in knowledge.manufacturers.values()})


def _remembered(file: RollUpFile, columns: tuple[SheetColumn, ...]) -> dict[int, AnswerField | None] | None:
    """What a person chose for a sheet with these headings before."""
    kept = _all_kept(file).get(signature(columns))
    if kept is None:
        return None
    fields = {one.place: kept[key] for one in columns if (key := remembered_key(one)) in kept}
    return {place: name if name in ANSWER_FIELDS else None for place, name in fields.items()}


def _all_kept(file: RollUpFile) -> dict[str, dict[str, str | None]]:
    try:
        kept = json.loads(file.setting(SETTING) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) and all(isinstance(one, dict) for one in kept.values()) else {}


def _to_remember(file: RollUpFile, columns: tuple[AnswerColumn, ...]) -> str:
    kept = _all_kept(file)
    mine = signature(tuple(one.column for one in columns))
    kept.pop(mine, None)
    kept[mine] = {remembered_key(one.column): one.field for one in columns}
    return json.dumps(dict(list(kept.items())[-REMEMBERED_SHEETS:]), ensure_ascii=False)
