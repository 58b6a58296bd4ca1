"""Hostile files as spreadsheets of answers: each ends in a sentence, and what was in stays in."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import drawn
from camcensus.model.errors import IntakeError
from camcensus.store.rollup.given import FileOutcome
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answers import take_answer_files
from camcensus.tasks.rollup.figures import AnswerRow, lists_of, read_figures
from hostile.files import ALL, HostileFile
from rollup_estate import NOW, ROOT, knowledge

BROUGHT = [one for one in ALL if one.family != "database"][drawn.seed() % 3 :: 3]
"""A third; tests/bench/hostile_files.py brings all of them."""
SOUND = b"organisation,urn,status,How many cameras?,Hikvision?\nElm Park Primary School,100001,Answered,12,No\n"


@pytest.fixture(scope="module")
def rollup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tasks.RollUp]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "sound.csv").write_bytes(SOUND)
    with tasks.open_for_taking(folder / "n.camcensus-rollup", ROOT, knowledge(), NOW) as opened:
        assert take_answer_files(opened, [folder / "sound.csv"], knowledge(), NOW)[0].state == "accepted"
        yield opened


def answers(rollup: tasks.RollUp) -> tuple[AnswerRow, ...]:
    return read_figures(rollup, lists_of(rollup), "2026-11-24", (), problems=False).answers


@pytest.fixture(scope="module")
def sound(rollup: tasks.RollUp) -> tuple[AnswerRow, ...]:
    """What was in before anything was brought."""
    return answers(rollup)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where files that are the same wherever they lie are made once."""
    return tmp_path_factory.mktemp("made")


def laid(one: HostileFile, folder: Path, suffix: str, made: Path) -> Path:
    theirs, victim = folder / "theirs", folder / "victim.txt"
    theirs.mkdir()
    victim.write_bytes(b"a letter")
    path, first = theirs / f"brought{one.suffix or suffix}", made / f"{BROUGHT.index(one)}"
    if one.family not in ("book", "text", "picture"):
        one.lay(path, SOUND, victim)
        return path
    if not first.exists():
        one.lay(first, SOUND, victim)
    return shutil.copyfile(first, path)


@pytest.mark.parametrize("one", BROUGHT, ids=lambda one: one.name)
def test_a_hostile_spreadsheet_ends_in_a_sentence_and_nothing_that_was_in_is_lost(
    one: HostileFile, rollup: tasks.RollUp, sound: tuple[AnswerRow, ...], made: Path, tmp_path: Path
) -> None:
    path = laid(one, tmp_path, ".csv", made)
    done: tuple[FileOutcome, ...] = ()
    with contextlib.suppress(IntakeError):  # a name that is not there
        done = take_answer_files(rollup, [path], knowledge(), NOW)
    for each in done:
        assert each.state == "accepted" or each.reason, each
        if each.state == "accepted" and each.export_id is not None and not each.again:
            tasks.take_out(rollup, each.export_id, NOW)
            rollup.file.connection.execute("DELETE FROM taken_out")
    assert answers(rollup) == sound
    assert (tmp_path / "victim.txt").read_bytes() == b"a letter"
    assert rollup.file.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
