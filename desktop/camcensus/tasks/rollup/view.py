"""What the window shows of a roll-up beside its figures: the files with what became of each, and how a version is chosen."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path

from camcensus.model.errors import IntakeError, NotOurFileError, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count, date_words, utc_second
from camcensus.store.rollup import reading
from camcensus.store.rollup.given import FileOutcome, State
from camcensus.store.rollup.reading import has_round, save_round
from camcensus.store.rollup.tables import prepare
from camcensus.store.rollup.taking import JUDGED_BY
from camcensus.tasks.rollup.figures import IN_TWO_BODIES, IN_TWO_RECORDS, Figures
from camcensus.tasks.rollup.taking import RollUp, named, open_for_taking

STATE_WORDS: dict[State, str] = {"accepted": "Accepted", "superseded": "Superseded", "held": "Held", "refused": "Refused"}
KIND_WORDS: dict[str, str] = {
    IN_TWO_BODIES: "In two organisations",
    IN_TWO_RECORDS: "In two records",
    "held-answer": "Answer held",
    "answers-differ": "Answers differ",
    "file-says-fewer": "File says fewer",
    "body-twice": "Organisation set up twice",
}


def new_rollup(path: Path, data_dir: Path, knowledge: Knowledge, now: datetime) -> Path:
    """Make an empty roll-up file where there is none yet; gives its path. Raises StoreError."""
    path = named(path)
    if path.exists():
        raise NotOurFileError(f"“{shown(path)}” is there already; open it, or give the new roll-up another name.")
    open_for_taking(path, data_dir, knowledge, now).file.close()
    return path


def read_files(rollup: RollUp, body: int | None = None) -> tuple[FileOutcome, ...]:
    """All files that were given, those that want looking at first; with `body` those of its records that are in."""
    return tuple(
        FileOutcome(
            Path(row["path"]), row["sha256"], row["state"], row["why"], row["reason"], tuple(json.loads(row["warnings"])),
            row["export_id"], body_name=row["body_name"],
        )
        for row in reading.read_files(rollup.file.connection, body)
    )  # fmt: skip


def read_lists(rollup: RollUp) -> dict[str, tuple[str, str]]:
    """Each list by its id: its title; who said it, when and to whom, in one line."""
    try:
        rows = sorted(reading.read_lists(rollup.file.connection), key=lambda row: str(row["date"]), reverse=True)
    except sqlite3.Error:
        return {}
    return {
        row["id"]: (
            clean(row["title"], 160),
            f"Said by {clean(row['said_by'], 120)}, {date_words(row['date'])}. Addressed to {clean(row['addressed_to'], 160)}.",
        )
        for row in rows
    }


def body_files(figures: Figures) -> dict[str, int]:
    """The numbers by which bodies are drilled down to, by code."""
    return {one.code: one.body for one in figures.bodies}


def version_words(version: str) -> str:
    """ "24 November 2026" of "2026.11.24+c6e5b9c4", or the version as it is."""
    day = version.partition("+")[0].replace(".", "-")
    return date_words(day) if len(day) == 10 else clean(version, 40)


def record_round(rollup: RollUp, name: str, lists: tuple[str, ...], now: datetime) -> str:
    """Keep the figures of all bodies under a name; gives a sentence. Raises IntakeError for a name that is taken or empty."""
    name = clean(name.strip(), 80)
    if not name:
        raise IntakeError("Give the round a name, like “Autumn 2026”.")
    connection = rollup.file.connection
    prepare(connection, rollup.resources, lists)
    if is_round(rollup, name):
        raise IntakeError(f"There is a round “{name}” already; give another name.")
    with rollup.file.writing():
        bodies = save_round(
            connection, name, lists, kept_at=utc_second(now), knowledge_version=rollup.file.setting(JUDGED_BY) or ""
        )
    return f"The round “{name}” was saved, with {count(bodies, 'organisation', 'organisations')} that sent a file."


def is_round(rollup: RollUp, name: str) -> bool:
    """Whether a round was kept under this name."""
    return has_round(rollup.file.connection, clean(name.strip(), 80))
