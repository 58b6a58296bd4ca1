"""What became of each file that was given: the table `file`, one row for each contents, by which it is known again."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from camcensus.model import frozen
from camcensus.model.words import utc_second
from camcensus.store.named_rows import insert, read

State = Literal["accepted", "superseded", "held", "refused"]


@frozen
class FileOutcome:
    """What was done with a file. `why` is a word for programs, `reason` a sentence where it was not accepted."""

    path: Path
    sha256: str | None
    state: State
    why: str = ""
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    export_id: str | None = None
    body_id: str | None = None
    inventory_id: str | None = None
    body_name: str | None = None
    again: bool = False
    columns: tuple[tuple[str, str | None], ...] = ()
    """Of a spreadsheet of answers: its headings, and what each asks, None where that is not understood."""

    @property
    def taken_out(self) -> bool:
        """Whether it was in, and a person took it out."""
        return self.why == "taken-out"

    @property
    def can_be_agreed(self) -> bool:
        """Whether it counts once the auditor says that it is its organisation's."""
        return self.state == "held" and self.why in ("not-agreed", "other-name") and self.export_id is not None

    @property
    def is_sheet(self) -> bool:
        """Whether it is a spreadsheet of answers."""
        return (self.export_id or "").startswith("answers-")

    @property
    def say(self) -> str:
        """Why it is not in, and what to know where it is."""
        return " ".join(filter(None, (self.reason, *self.warnings)))


_AS_TAKEN = ("sha256", "state", "why", "reason", "export_id", "body_id", "inventory_id", "body_name")
"""Columns of `file` that hold what `FileOutcome` has by the same name."""
_FINAL = ("", "superseded", "taken-out", "body-unknown", "numbers-unclear", "not-agreed")
"""Why-words of files whose ending does not change when they are given again."""
_ENDINGS = ", ".join("?" * len(_FINAL))
_KNOWN = f"why IN ({_ENDINGS})"
_WRONG_THERE = f"path = ? AND why NOT IN ({_ENDINGS})"


def known_files(connection: sqlite3.Connection) -> frozenset[str]:
    """SHA-256 of files that need not be looked at again: the same file twice changes nothing."""
    return frozenset(
        sha256 for (sha256,) in connection.execute(f"SELECT sha256 FROM file WHERE sha256 IS NOT NULL AND {_KNOWN}", _FINAL)
    )


def note_file(connection: sqlite3.Connection, taken: FileOutcome, now: datetime) -> None:
    """Write what became of a file; what was wrong with one that lay there before is no problem any more."""
    connection.execute(f"DELETE FROM file WHERE {_WRONG_THERE}", [plain(taken.path), *_FINAL])
    insert(
        connection,
        "file",
        {
            **{name: getattr(taken, name) for name in _AS_TAKEN},
            "key": taken.sha256 or f"path:{plain(taken.path)}", "path": plain(taken.path), "at": utc_second(now),
            "warnings": json.dumps(taken.warnings, ensure_ascii=False),
        },
        replace=True,
    )  # fmt: skip


def is_mended(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether something was wrong with a file that lay there."""
    return connection.execute(f"SELECT 1 FROM file WHERE {_WRONG_THERE}", [plain(path), *_FINAL]).fetchone() is not None


def plain(path: Path | str) -> str:
    """A name that SQLite can hold: what is no text in it is as question marks."""
    return str(path).encode("utf-8", "replace").decode()


def given_before(connection: sqlite3.Connection, path: Path, sha256: str | None) -> FileOutcome | None:
    """What was done before with the very same contents."""
    if sha256 is None:
        return None
    row = read(
        connection, f"SELECT path, {', '.join(_AS_TAKEN)}, warnings FROM file WHERE key = ? AND {_KNOWN}", [sha256, *_FINAL]
    ).fetchone()
    if row is None:
        return None
    return replace(_outcome_of(row), path=path, again=True)


def _outcome_of(row: sqlite3.Row) -> FileOutcome:
    """What was done with a file, by its row of `file`."""
    same = {name: row[name] for name in _AS_TAKEN}
    return FileOutcome(Path(row["path"]), **same, warnings=tuple(json.loads(row["warnings"])))
