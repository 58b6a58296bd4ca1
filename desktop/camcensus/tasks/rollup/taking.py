"""For auditors: take the exchange files of many bodies into one roll-up file, take one out, load who was asked."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from camcensus.intake.answers import packed_members, unpack_member
from camcensus.model import frozen
from camcensus.model.errors import IntakeError, NotOurFileError, StoreError, need_room, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count, joined
from camcensus.store.rollup import reading
from camcensus.store.rollup import settling as rollup_settling
from camcensus.store.rollup import taking as rollup_taking
from camcensus.store.rollup.answers import Answers, relist
from camcensus.store.rollup.check import Inspected
from camcensus.store.rollup.file import RollUpFile, open_rollup, open_rollup_readonly
from camcensus.store.rollup.given import FileOutcome, known_files, plain
from camcensus.store.rollup.schema import SUFFIX
from camcensus.store.rollup.tables import SETTLED, read_sql
from camcensus.store.rollup.taking import JUDGED_BY, SIMULATION
from camcensus.store.rollup.worker import Inspectors, remove_folder
from camcensus.store.sentences import explain
from camcensus.tasks.policy import refuse_folder
from camcensus.tasks.progress import Progress
from camcensus.tasks.rollup.bodies_list import read_bodies

__all__ = [
    "RollUp",
    "FileOutcome",
    "agree",
    "RollupImport",
    "files_in",
    "open_for_reading",
    "open_for_taking",
    "put_back",
    "take_in",
    "take_out",
]

LISTED_BY = "listed_by"
"""Setting: the knowledge version in which lists and names were looked up last."""
READING_IN = "reading_in"
"""Setting: the folder of private copies, to be removed where a roll-up was killed."""
PUBLISHED = ("counts.sqlite", "datapackage.json")
"""Two files by whose names a folder is known for a pack that we published."""
_LEFT_ALONE = (".lock", ".minisig", "-journal", "-wal", "-shm", ".part", SUFFIX)


@frozen
class RollUp:
    """An open roll-up file with what it is read by; a context manager, from which StoreError comes where SQLite refuses."""

    file: RollUpFile
    resources: Path
    is_new: bool = False
    """Whether it was made by opening it: then nothing stays of it where the first work fails before anything is in."""

    @property
    def simulation(self) -> str | None:
        """The sentence that says that it is of the demo; None for a real one."""
        return self.file.setting(SIMULATION)

    def __enter__(self) -> RollUp:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        is_bare = self.is_new and error is not None and reading.newest_moment(self.file.connection) is None
        try:
            if isinstance(error, sqlite3.Error):
                raise explain(self.file.path, error) from error
        finally:
            self.file.close()
            if is_bare:
                self.file.path.unlink(missing_ok=True)


@frozen
class RollupImport:
    """What was done with each file, in the order given. `problems` are sentences about the list of organisations.

    `asked` is how many bodies are on the list that was loaded; None where none was given.

    `stale` is how many devices are still counted as their own bodies' older knowledge judged them; `stopped` where a stop was
    asked for: the files after that were not looked at, and the next call continues with them.
    """

    files: tuple[FileOutcome, ...]
    problems: tuple[str, ...]
    stale: int
    stopped: bool = False
    asked: int | None = None


def named(path: Path) -> Path:
    """The roll-up file that is meant: a name without an ending, where nothing of it is there, gets the ending."""
    return path if path.suffix or path.exists() or not path.name else path.with_name(path.name + SUFFIX)


def open_for_taking(path: Path, data_dir: Path, knowledge: Knowledge, now: datetime) -> RollUp:
    """Open a roll-up file to write to it, or make it. Raises StoreError, PolicyError where IT does not allow it there."""
    path = named(path)
    if path.suffix == ".camcensus" and not path.exists():
        raise NotOurFileError(
            f"“{shown(path)}” would look like an inventory; give the roll-up file a name that ends in {SUFFIX}."
        )
    refuse_folder(path)
    is_new = not path.exists()
    file = open_rollup(path, now, make=True)
    rollup = RollUp(file, data_dir / "resources", is_new)
    try:
        with file.explained():
            remove_folder(Path(file.setting(READING_IN) or "-"))
            with file.writing() as connection:
                if file.setting(JUDGED_BY) is None:
                    file.set(JUDGED_BY, knowledge.version)
                if file.setting(LISTED_BY) != knowledge.version:
                    relist(connection, knowledge)
                    file.set(LISTED_BY, knowledge.version)
            settle(rollup)
    except BaseException:
        file.close()
        raise
    return rollup


def mark_as_simulation(rollup: RollUp, notice: str) -> None:
    """From here on it takes the demo's files alone, and everything that is made of it says so."""
    with rollup.file.writing():
        rollup.file.set(SIMULATION, notice)


def open_for_reading(path: Path, data_dir: Path) -> RollUp:
    """Open a roll-up file to read it, also beside one who writes. Raises StoreError."""
    return RollUp(open_rollup_readonly(path), data_dir / "resources")


def settle(rollup: RollUp) -> tuple[str, ...]:
    """Recompute the counts after a change or an interrupted run; a sentence for each row of the list that could not be used."""
    with rollup.file.writing() as connection:
        return tuple(rollup_settling.settle(connection, {name: read_sql(rollup.resources, name) for name in SETTLED}))


def files_in(paths: Iterable[Path], leave: Path | None = None) -> Iterator[Path]:
    """The files named, and all files in the folders named, each once, in the order of their names.

    Of a folder, hidden files are left out, and those that lie beside a database while it is open. Raises IntakeError for a
    name that is not there.
    """
    seen = set()
    for path in paths:
        if not path.is_symlink() and path.is_dir():
            inside: Iterable[Path] = sorted(_below(path))
        elif path.is_symlink() or path.exists():
            inside = [path]
        else:
            raise IntakeError(f"There is no file or folder “{shown(path)}”; check the name.")
        for one in inside:
            place = one.absolute()
            if place not in seen and (leave is None or place != leave.absolute()):
                seen.add(place)
                yield one


def _below(folder: Path) -> Iterator[Path]:
    """The files of a folder and of those in it; a folder that cannot be opened, or a pack of ours, stands for what is in it."""
    left = [folder]
    while left:
        here = left.pop()
        try:
            with os.scandir(here) as entries:
                inside = [one for one in entries if not one.name.startswith(".")]
        except OSError:
            yield here
            continue
        if {*PUBLISHED} <= {one.name for one in inside}:
            yield here / PUBLISHED[0]
            continue
        for one in inside:
            if one.is_dir(follow_symlinks=False):
                left.append(here / one.name)
            elif not one.name.endswith(_LEFT_ALONE):
                yield here / one.name


def take_in(
    rollup: RollUp,
    paths: Sequence[Path],
    knowledge: Knowledge,
    now: datetime,
    *,
    bodies: Path | None = None,
    tell: Callable[[FileOutcome], None] | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> RollupImport:
    """Take files in, one transaction each; load the list of organisations first where one is given.

    `tell` hears of each file as it is done. What `progress` raises ends the work between two files; `stop` is asked there too.
    Raises StoreError, IntakeError.
    """
    problems: tuple[str, ...] = ()
    asked = None
    if bodies is not None:
        problems = _load_list(rollup, bodies)
        asked = 0
    with contextlib.ExitStack() as ends:
        found = dict(_unpacked(files_in(paths, rollup.file.path), ends))
        return _take_all(rollup, found, knowledge, now, problems, asked, tell, progress, stop)


def _unpacked(paths: Iterable[Path], ends: contextlib.ExitStack) -> Iterator[tuple[Path, Path]]:
    """Each file with where it lies; those in a ZIP of exchange files one by one, unpacked until `ends` is closed."""
    for path in paths:
        names = packed_members(path) if path.is_file() and not path.is_symlink() else ()
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="camcensus-zip-"))) if names else path
        for at, name in enumerate(names):
            lies = folder / f"{at}" / (re.sub(r"[^\w .-]", "_", Path(name).name)[:100] or "file.camcensus")
            lies.parent.mkdir()
            if unpack_member(path, name, lies):
                yield path / clean(name, 200), lies
        if not names:
            yield path, path


def _take_all(
    rollup: RollUp, found: Mapping[Path, Path], knowledge: Knowledge, now: datetime, problems: tuple[str, ...],
    asked: int | None, tell: Callable[[FileOutcome], None] | None, progress: Progress | None, stop: Callable[[], bool],
) -> RollupImport:  # fmt: skip
    files = list(found)
    answers = Answers(rollup.file.connection, knowledge)
    done: list[FileOutcome] = []
    stopped = False
    with Inspectors(known_files(rollup.file.connection)) as inspectors, _copies_kept(rollup, inspectors):
        looked_at = inspectors.inspect([found[path] for path in files])
        for number, path in enumerate(files):
            if stop():
                stopped = True
                break
            taken = _look_and_take(rollup, path, looked_at, answers, now)
            done.append(taken)
            if tell is not None:
                tell(taken)
            if progress is not None:
                progress(number + 1, len(files))
    said = settle(rollup)
    if asked is not None:
        problems += said
        asked = reading.count_asked(rollup.file.connection)
    return RollupImport(
        tuple(_final_outcomes(rollup, done)), problems, reading.count_stale(rollup.file.connection), stopped, asked
    )


@contextlib.contextmanager
def _copies_kept(rollup: RollUp, inspectors: Inspectors) -> Iterator[None]:
    """The roll-up remembers where private copies are, in case of a kill; what is in is counted where this fails."""
    with rollup.file.writing():
        rollup.file.set(READING_IN, str(inspectors.folder))
    try:
        yield
    except BaseException:
        with contextlib.suppress(StoreError):
            settle(rollup)
        raise
    with rollup.file.writing():
        rollup.file.set(READING_IN, None)


def _look_and_take(
    rollup: RollUp, path: Path, looked_at: Iterator[tuple[Path, Inspected]], answers: Answers, now: datetime
) -> FileOutcome:
    _, found = next(looked_at)
    if found.copy is not None:
        need_room(rollup.file.path, Path(found.copy).stat().st_size)
    taken = rollup_taking.take(rollup.file, path, found, answers, now)
    if found.copy is not None:
        Path(found.copy).unlink(missing_ok=True)
    return taken


def _final_outcomes(rollup: RollUp, done: Sequence[FileOutcome]) -> Iterator[FileOutcome]:
    """As it is at the end: a file may be superseded by a later one, and its devices may be in another body too."""
    connection = rollup.file.connection
    shared = reading.count_shared(connection)
    for taken in done:
        row = reading.read_file(connection, taken.sha256 or f"path:{plain(taken.path)}")
        state, why, reason, warnings = row if row is not None else (taken.state, taken.why, taken.reason, "[]")
        said = tuple(json.loads(warnings))
        if state == "accepted":
            said += _doubles_of(shared.get(taken.export_id or "", ()))
        yield replace(taken, state=state, why=why, reason=reason, warnings=said)


def _doubles_of(shared: Iterable[tuple[bool, int]]) -> tuple[str, ...]:
    """The warnings about devices that another body, or another inventory of the body, has too."""
    return tuple(
        f"{count(number, 'device')} of it {'is' if number == 1 else 'are'} also in "
        + (
            "another record of the same organisation: counted once."
            if same
            else "another organisation: counted for both, once in the totals."
        )
        for same, number in shared
    )


def load_bodies(rollup: RollUp, path: Path) -> tuple[str, ...]:
    """Load a list of the organisations you asked; a sentence for each row that could not be used. Raises IntakeError."""
    return (*_load_list(rollup, path), *settle(rollup))


def _load_list(rollup: RollUp, path: Path) -> tuple[str, ...]:
    """Load the list without recomputing the counts; a sentence for each row that could not be read."""
    from camcensus.store.rollup.bodies import load_bodies as load

    listed = read_bodies(path)
    with rollup.file.writing() as connection:
        load(connection, listed.bodies)
    said = (
        (
            f"The list has answers too ({joined(listed.answers[:5])}), which are not counted by it: give the same file as"
            " answers to count them.",
        )
        if listed.answers
        else ()
    )
    return (*listed.problems, *said)


def take_out(rollup: RollUp, export_id: str, now: datetime) -> str:
    """Take an export or a sheet of answers out again; gives a sentence. Raises IntakeError where there is no such number."""
    name = rollup_taking.take_out(rollup.file, export_id, now)
    if name is None:
        raise IntakeError(f"There is no export “{clean(export_id, 60)}” in it; “rollup --json” prints the number of each file.")
    settle(rollup)
    return f"{name} was taken out. Its file stays where it is, and does not count."


def agree(rollup: RollUp, export_id: str) -> str:
    """Count a held file although its name or its beginning speaks against it. Raises IntakeError where none is held."""
    if not rollup_taking.agree(rollup.file, export_id):
        raise IntakeError(f"No file “{clean(export_id, 60)}” is held.")
    settle(rollup)
    return "It counts as that organisation’s now; where its file was not taken in, give it again."


def put_back(rollup: RollUp, export_id: str) -> str:
    """Lift the removal of an export, so that it counts once its file is imported again. Raises IntakeError."""
    if not rollup_taking.put_back(rollup.file, export_id):
        raise IntakeError(f"No export “{clean(export_id, 60)}” was taken out.")
    return "Give its file again, and it counts again."
