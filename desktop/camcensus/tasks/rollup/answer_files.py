"""For auditors: files and folders of answers into a roll-up, one after the other; each gets its ending and the reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from camcensus.model.errors import IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.registers import TABLE_ENDINGS
from camcensus.model.words import count
from camcensus.store.rollup import reading
from camcensus.store.rollup.claims import count_held_rows
from camcensus.store.rollup.given import FileOutcome, plain
from camcensus.tasks.progress import Progress
from camcensus.tasks.rollup.answers import AnswersPreview, Chosen, named_columns, preview_answers, refused_answers, take_answers
from camcensus.tasks.rollup.taking import RollUp, RollupImport, files_in, settle

ENDINGS = (*TABLE_ENDINGS, ".zip")
"""Of a folder, files with other endings are left alone: replies lie beside the spreadsheet that names them."""


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
    row = reading.read_file(rollup.file.connection, done.sha256 or f"path:{plain(done.path)}")
    if row is None or done.state == "refused":
        return done
    state, why, reason, warnings = row
    said = tuple(json.loads(warnings))
    held = count_held_rows(rollup.file.connection, done.export_id)
    if held and state == "accepted":
        said += (f"{count(held, 'row')} could not be given to an organisation; the problems say why.",)
    return replace(done, state=state, why=why, reason=reason, warnings=said)
