"""A computer that starts no process of ours says so, whatever was to be read; no file is called too large for that."""

from __future__ import annotations

import multiprocessing.popen_spawn_posix
import multiprocessing.spawn
import operator
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from camcensus.intake import apart as apart_module
from camcensus.intake.answers import read_answer_file
from camcensus.intake.apart import apart
from camcensus.intake.pictures import read_picture
from camcensus.intake.registers import read_headings
from camcensus.intake.sheets import read_book
from camcensus.model import processes
from camcensus.model.errors import CamcensusError, NotStartedError
from camcensus.store.rollup import worker
from camcensus.store.rollup.worker import Inspectors
from intake.test_apart import png, workbook

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the ways of not starting here are those of POSIX")
Way = Callable[[pytest.MonkeyPatch, Path], None]


def _refused(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(multiprocessing.popen_spawn_posix.Popen, "_launch", refuse)


def _program(monkeypatch: pytest.MonkeyPatch, folder: Path, does: str) -> None:
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{does}\n", "ascii")
    program.chmod(0o755)
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", str(program).encode())


def _ends_at_once(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    _program(monkeypatch, folder, "exit 1")


def _never_ready(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    _program(monkeypatch, folder, "exec sleep 600")
    monkeypatch.setattr(apart_module, "START_S", 0.01)
    monkeypatch.setattr(worker, "START_S", 0.01)
    monkeypatch.setattr(worker, "TIME_S", 0.0)
    monkeypatch.setattr(worker, "GRACE_S", 0.0)


def _no_program(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", str(folder / "none").encode())


WAYS = pytest.mark.parametrize("way", [_refused, _ends_at_once, _never_ready, _no_program])


@pytest.fixture(autouse=True)
def none_kept() -> None:
    """No process that an earlier test started is there to be used."""
    apart_module._drop()


@WAYS
def test_no_reader_blames_the_file(way: Way, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    book, picture = workbook('<row r="1"><c r="A1"><v>1</v></c></row>'), png(2, 2, rows=b"")
    given = tmp_path / "answers.xlsx"
    given.write_bytes(book)
    headings = read_headings(ROOT / "resources" / "registers")
    with monkeypatch.context() as broken:
        way(broken, tmp_path)
        for read in (
            lambda: apart(operator.add, 1, 2),
            lambda: read_book(book, "cameras.xlsx"),
            lambda: read_picture(picture, "plan", "The plan"),
            lambda: read_answer_file(given, headings),
        ):
            with pytest.raises(NotStartedError, match=r"^This computer did not start the part of Camcensus that reads"):
                read()
    assert apart(operator.add, 1, 2) == 3


@WAYS
def test_no_file_of_a_roll_up_is_refused_for_it(way: Way, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = tmp_path / "a.camcensus"
    given.write_bytes(b"x")
    way(monkeypatch, tmp_path)
    with Inspectors(frozenset(), 2) as inspectors, pytest.raises(NotStartedError):
        list(inspectors.inspect([given, given, given]))


def test_where_one_process_starts_and_no_second_one_does_all_files_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = [tmp_path / f"{number}.camcensus" for number in range(6)]
    for path in given:
        path.write_bytes(b"x")
    launch, started = multiprocessing.popen_spawn_posix.Popen._launch, list[object]()

    def once(self: object, process: object) -> None:
        if started:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        started.append(process)
        launch(self, process)  # type: ignore[arg-type]

    monkeypatch.setattr(multiprocessing.popen_spawn_posix.Popen, "_launch", once)
    with Inspectors(frozenset(), 4) as inspectors:
        assert [path for path, _ in inspectors.inspect(given)] == given


def test_it_is_an_error_of_ours_with_the_reason_where_the_system_gives_one() -> None:
    assert isinstance(processes.not_started(), CamcensusError)
    assert "(Operation not permitted)" in str(processes.not_started(PermissionError(1, "Operation not permitted")))
