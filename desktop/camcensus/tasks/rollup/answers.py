"""For auditors: a spreadsheet of what organisations answered into a roll-up; what its columns ask, said before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from camcensus.intake.answers import AnswerFile, read_answer_file
from camcensus.intake.registers import read_answer_headings
from camcensus.model import frozen
from camcensus.model.claims import Claim
from camcensus.model.errors import IntakeError, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.official_ids import OFFICIAL_IDS
from camcensus.model.registers import TABLE_ENDINGS, CellProblem, RegisterFile, SheetColumn, SheetRow
from camcensus.model.words import clean, count, utc_second
from camcensus.registers.answer_cells import read_answer
from camcensus.registers.answer_columns import (
    COUNT,
    OTHERS,
    UNKNOWN,
    AnswerColumn,
    MakerNames,
    asks_named,
    asks_words,
    guess_answer_columns,
    maker_names,
    one_row_each,
)
from camcensus.registers.answers import TYPED_BESIDE, read_answers
from camcensus.registers.columns import remembered_key
from camcensus.registers.listed import said_once
from camcensus.registers.plain_headings import letter, plain
from camcensus.store.rollup import claims as rollup_claims
from camcensus.store.rollup import reading
from camcensus.store.rollup.bodies import find_bodies
from camcensus.store.rollup.claims import count_held_rows, read_unread
from camcensus.store.rollup.file import RollUpFile
from camcensus.store.rollup.given import FileOutcome, given_before, note_file
from camcensus.store.rollup.given import plain as plain_path
from camcensus.tasks.progress import Progress
from camcensus.tasks.rollup.taking import RollUp, RollupImport, files_in, settle, take_in

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
    kept = given_before(file.connection, read.path, read.file.sha256)
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
        note_file(connection, done, now)
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


def _note(file: RollUpFile, done: FileOutcome, now: datetime) -> FileOutcome:
    with file.writing() as connection:
        note_file(connection, done, now)
    return done


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


ENDINGS = (*TABLE_ENDINGS, ".zip")
"""Of a folder, files with other endings are left alone: replies lie beside the spreadsheet that names them."""


def take_all(
    rollup: RollUp, paths: Sequence[Path], knowledge: Knowledge, now: datetime, *, typed_by: str | None = None,
    progress: Progress | None = None, stop: Callable[[], bool] = lambda: False,
) -> RollupImport:  # fmt: skip
    """Take in what an auditor has in a folder: files of organisations, then the spreadsheets of answers among them.

    Raises StoreError, and IntakeError for a name that is not there.
    """
    files = list(files_in(paths, rollup.file.path))
    sheets = [one for one in files if one.suffix.lower() in TABLE_ENDINGS]
    others = [one for one in files if one not in sheets]
    done = take_in(rollup, others, knowledge, now, progress=progress, stop=stop)
    if done.stopped or not sheets:
        return done
    read = take_answer_files(rollup, sheets, knowledge, now, typed_by=typed_by, progress=progress, stop=stop)
    return replace(done, files=(*done.files, *read), stopped=len(read) < len(sheets))


def take_answer_files(
    rollup: RollUp,
    paths: Sequence[Path],
    knowledge: Knowledge,
    now: datetime,
    *,
    named: Mapping[str, str] | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    typed_by: str | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[FileOutcome, ...]:
    """Take spreadsheets of answers in, one transaction each. `named` says what columns are, by heading or letter.

    What `progress` raises ends the work between two files; `stop` is asked there too. Raises StoreError, and IntakeError for a
    name that is not there or a column that the file does not have.
    """
    files = [
        one
        for path in paths
        for one in files_in([path], rollup.file.path)
        if not path.is_dir() or one.suffix.lower() in ENDINGS
    ]
    done = []
    for number, path in enumerate(files):
        if stop():
            break
        done.append(_take(rollup, path, knowledge, now, named or {}, sheet, encoding, typed_by, len(files) == 1))
        if progress is not None:
            progress(number + 1, len(files))
    settle(rollup)
    return tuple(as_it_is_now(rollup, one) for one in done)


def _take(
    rollup: RollUp, path: Path, knowledge: Knowledge, now: datetime, named: Mapping[str, str], sheet: str | None,
    encoding: str | None, typed_by: str | None, all_there: bool,
) -> FileOutcome:  # fmt: skip
    try:
        read = preview_answers(rollup.file, path, knowledge, rollup.resources, sheet=sheet, encoding=encoding)
    except IntakeError as error:
        return refused_answers(rollup.file, path, str(error), now)
    if named:
        chosen = named_columns(read, named, knowledge, all_there=all_there)
        read = preview_answers(
            rollup.file, path, knowledge, rollup.resources, chosen=chosen, sheet=sheet, encoding=encoding
        )  # fmt: skip
    return take_answers(rollup.file, read, knowledge, now, typed_by)


def take_or_ask(
    rollup: RollUp, path: Path, knowledge: Knowledge, now: datetime, chosen: Chosen | None = None, typed_by: str | None = None
) -> RollupImport | AnswersPreview:
    """Take a spreadsheet of answers in, or give what must be asked first: what the columns ask that are not understood.

    `chosen` is what a person said. Raises StoreError, and IntakeError for what is no spreadsheet of answers.
    """
    read = preview_answers(rollup.file, path, knowledge, rollup.resources, chosen=chosen)
    if read.missing or (chosen is None and read.not_understood):
        return read
    done = take_answers(rollup.file, read, knowledge, now, typed_by)
    settle(rollup)
    stale = reading.count_stale(rollup.file.connection)
    return RollupImport((as_it_is_now(rollup, done),), (), stale)


def as_it_is_now(rollup: RollUp, done: FileOutcome) -> FileOutcome:
    """As it is at the end: whose the rows are is known when all are in."""
    row = reading.read_file(rollup.file.connection, done.sha256 or f"path:{plain_path(done.path)}")
    if row is None or done.state == "refused":
        return done
    state, why, reason, warnings = row
    said = tuple(json.loads(warnings))
    held = count_held_rows(rollup.file.connection, done.export_id)
    if held and state == "accepted":
        said += (f"{count(held, 'row')} could not be given to an organisation; the problems say why.",)
    return replace(done, state=state, why=why, reason=reason, warnings=said)


STATUS = "state"
STATUS_HEADING = "Refused, not held or no reply"
USUAL = (f"{COUNT}hikvision", f"{COUNT}dahua")
"""What a reply in words may speak of, whatever was asked."""
BOXES_LIMIT = 8
WANTED = "Type a number, a range like 10 to 20, yes or no."
WANTED_STATUS = "Type refused and its section, not held, or no reply."


@frozen(kw_only=True)
class Unread:
    """A reply to read: `said` are the questions and their words; `boxes` is what may be in it.

    Each box is what it asks ("cameras", "count:" and makers) and its heading.
    """

    code: str
    name: str
    ids: Mapping[str, str]
    answered_on: str | None
    said: tuple[tuple[str, str], ...]
    boxes: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """All that it says, each after its question."""
        return "\n\n".join(
            f"{clean(asked, 200)}\n{'\n'.join(clean(line, 4000) for line in words.splitlines())}" for asked, words in self.said
        )


def read_replies(rollup: RollUp) -> tuple[Unread, ...]:
    """The replies to read, organisations from A to Z."""
    rows, asked, names = read_unread(rollup.file.connection)
    every = list(dict.fromkeys(["cameras", *filter(None, map(_box, asked)), *USUAL]))[:BOXES_LIMIT]
    found: dict[str, Unread] = {}
    for row in rows:
        before = found.get(row["code"])
        box = _box(row["asks"])
        mine = {box: None} if box else dict.fromkeys(every if row["state"] == "replied" else ())
        boxes = dict(before.boxes if before else ()) | {one: _heading(one, names) for one in mine}
        found[row["code"]] = Unread(
            code=row["code"], name=row["name"], ids={kind: row[kind] for kind in OFFICIAL_IDS if row[kind]},
            answered_on=row["answered_on"], boxes=tuple(boxes.items()),
            said=(*(before.said if before else ()), (row["heading"], row["words"] or "A reply without words: see its file.")),
        )  # fmt: skip
    all_boxes = tuple((box, _heading(box, names)) for box in every)
    return tuple(one if one.boxes else replace(one, boxes=all_boxes) for one in found.values())


def _box(asks: str) -> str | None:
    if asks in ("cameras", UNKNOWN):
        return asks if asks == "cameras" else f"{COUNT}{UNKNOWN}"
    return f"{COUNT}{asks.removeprefix('maker:')}" if asks.startswith("maker:") and asks != f"maker:{OTHERS}" else None


def _heading(box: str, names: Mapping[str, str]) -> str:
    """ "How many cameras?" or "How many Hikvision?"; a sheet with that heading is understood."""
    return "How many cameras?" if box == "cameras" else f"How many {asks_words(box, names).removeprefix('How many of ')}?"


def to_read_sheet(replies: Sequence[Unread]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The sheet to fill in: headings and rows. It is a sheet of answers itself, whose empty boxes say nothing."""
    boxes = dict(box for one in replies for box in one.boxes)
    headings = ("Organisation", *OFFICIAL_IDS, "Date of reply", TYPED_BESIDE, *boxes.values(), STATUS_HEADING)
    return headings, [(*_who(one), one.words, *[""] * (len(boxes) + 1)) for one in replies]


def _who(one: Unread) -> tuple[str, ...]:
    return (one.name, *(one.ids.get(kind, "") for kind in OFFICIAL_IDS), one.answered_on or "")


def wrong_in(typed: Mapping[str, str]) -> str:
    """What is wrong with what a person typed into the boxes of a reply; "" where it can be read."""
    for box, text in typed.items():
        said = read_answer(text)
        if said is None:
            continue
        if box == STATUS and (said.figure is not None or said.state == "replied"):
            return WANTED_STATUS
        if box != STATUS and said.figure is None:
            return WANTED
    return ""


def take_read(
    rollup: RollUp, typed: Sequence[tuple[Unread, Mapping[str, str]]], knowledge: Knowledge, now: datetime, by: str | None
) -> str:
    """Take what a person read out of replies in, as a sheet of answers. Empty boxes say nothing. Raises StoreError."""
    boxes = {**dict(box for one, _ in typed for box in one.boxes), STATUS: STATUS_HEADING}
    heads = ("Organisation", *OFFICIAL_IDS, "Date of reply", TYPED_BESIDE, *boxes.values())
    asks = ("organisation", *["number"] * len(OFFICIAL_IDS), "date", "leave", *boxes)
    columns = tuple(SheetColumn(at, letter(at), heading) for at, heading in enumerate(heads))
    rows = tuple(
        SheetRow(number, (*_who(one), None, *(texts.get(box, "").strip() for box in boxes)))
        for number, (one, texts) in enumerate(typed, 1)
        if any(text.strip() for text in texts.values())
    )
    name = f"Read on {utc_second(now).replace(':', '.')}"
    digest = hashlib.sha256(repr((name, rows)).encode()).hexdigest()
    meant = tuple(AnswerColumn(column, one) for column, one in zip(columns, asks, strict=True))
    table = AnswerFile(RegisterFile(name, None, (), (), columns, rows), digest)
    take_answers(rollup.file, AnswersPreview(Path(name), table, meant), knowledge, now, by)
    settle(rollup)
    return f"{count(len(rows), 'reply', 'replies')} read."
