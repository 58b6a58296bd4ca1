"""What happens when a hostile file is brought to a door, each time in a process of its own.

A case is wrong when it ends in anything but a sentence and a status of ours, when it takes too much time or memory, reaches for the
network, or changes a file that is not its own: the victim, the stranger's folder, an inventory it then refuses to touch.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import resource
import shutil
import signal
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from camcensus.model.knowledge import Knowledge
from hostile.doors import BY_NAME, DATABASES, SUFFIXES, Door, Ended, Place
from hostile.files import VICTIM, HostileFile
from hostile.sound import make_sound

SLOW_S, HANG_S, MORE_MB = 10.0, 90.0, 400
CAPPED_BYTES = 3 << 30
"""What a case may take of the computer, so that one that goes wrong stops nobody else's work."""
BESIDE = (".lock", "-wal", "-shm")
"""What may lie beside a file of ours after a command was refused; back-ups may, too."""
OWN_STATUSES = (0, 1, 2, 3)
HASHED_MOST = 64 << 20


class Bench:
    """Runs cases in `root`, on sound files that it makes there first."""

    def __init__(self, root: Path, data: Path) -> None:
        self.root, self.data = root, data
        self._made: dict[str, Path] = {}
        self._number = 0
        self.usual: dict[str, Ended] = {}
        (root / "sound").mkdir()
        (root / "made").mkdir()
        self.sound = make_sound(root / "sound", data)
        _once_for_all(data)

    def case(self, door: Door, file: HostileFile | None) -> _Case:
        """A case that is started; without a file the sound one is brought."""
        self._number += 1
        place = Place(self.root / f"{self._number}")
        for folder in (place.theirs, place.mine, place.victim.parent, place.root / "home", place.root / "tmp"):
            folder.mkdir(parents=True)
        place.victim.write_bytes(VICTIM)
        for one in self.sound.mine.iterdir():
            shutil.copyfile(one, place.mine / one.name)
        base = self.sound.of[door.base]
        if file is None:
            path = place.theirs / f"theirs{SUFFIXES[door.base]}"
            shutil.copyfile(base, path)
        else:
            path = self._lay(door, file, place)
        if door.signs:
            self.sound.sign(path)
        return _Case(door, file.name if file else "a sound file", path, place, self.usual.get(door.name))

    def _lay(self, door: Door, file: HostileFile, place: Place) -> Path:
        path = place.theirs / f"theirs{file.suffix or SUFFIXES[door.base]}"
        if file.family in ("book", "text", "picture"):
            made = self._made.get(file.name)
            if made is None:
                made = self._made[file.name] = self.root / "made" / f"{len(self._made)}"
                file.lay(made, b"", place.victim)
            shutil.copyfile(made, path)
        else:
            of_database = file.family in ("database", "beside") and door.base not in DATABASES
            kind = "inventory" if of_database else door.base
            file.lay(path, self.sound.of[kind].read_bytes(), place.victim)
        return path

    def run(self, cases: Iterable[tuple[Door, HostileFile | None]], at_once: int = 1) -> Iterator[Ended]:
        """Each case's end, as it comes; so many at once. The sound file goes first through each door."""
        waiting = list(cases)
        first = [(door, None) for door in dict.fromkeys(door for door, _ in waiting) if door.name not in self.usual]
        for ended in self._run(iter(first), at_once):
            if ended.status not in BY_NAME[ended.door].sound_ends:
                ended.wrong.append("a sound file is refused")
            self.usual[ended.door] = ended
            if ended.wrong:
                yield ended
        yield from self._run(iter(waiting), at_once)

    def _run(self, waiting: Iterator[tuple[Door, HostileFile | None]], at_once: int) -> Iterator[Ended]:
        running: list[_Case] = []
        while True:
            while len(running) < at_once and (one := next(waiting, None)) is not None:
                running.append(self.case(*one))
            if not running:
                return
            for case in running:
                ended = case.look()
                if ended is not None:
                    running.remove(case)
                    yield ended
                    break
            else:
                time.sleep(0.005)


def _once_for_all(data: Path) -> None:
    """What each process would do anew: import the window and what draws PDFs, read what we know of makers, seek garbage in it."""
    import camcensus.report.pdf.paper
    import camcensus.ui.main_window  # noqa: F401
    from camcensus.store.vendors_db import read

    ours, really, known = str((data / "vendors.db").resolve()), read._read, read.load_knowledge(data / "vendors.db")

    def give(connection: sqlite3.Connection) -> Knowledge:
        """What somebody brought is read each time."""
        return known if connection.execute("PRAGMA database_list").fetchone()[2] == ours else really(connection)

    read._read = give
    gc.collect()
    gc.freeze()


class _Case:
    """One process that goes through one door."""

    def __init__(self, door: Door, name: str, path: Path, place: Place, usual: Ended | None) -> None:
        self.ended = Ended(door.name, name)
        self._door, self._path, self._place, self._usual = door, path, place, usual
        self._before = {"theirs": seen(place.theirs), "mine": seen(place.mine), "victim": seen(place.victim.parent)}
        self._began = time.monotonic()
        self._said = place.root / "said"
        self._noted = place.root / "noted"
        self._peaks: dict[int, int] = {}
        act = door.act(path, place)
        sys.stdout.flush()
        sys.stderr.flush()
        self._child = os.fork()
        if self._child == 0:
            _be_the_program(act, place, self._said, self._noted)

    def look(self) -> Ended | None:
        """How it ended, once it has."""
        done, how, used = os.wait4(self._child, os.WNOHANG)
        if done == 0:
            self._measure(self._child)
            if time.monotonic() - self._began > HANG_S * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)):
                os.killpg(self._child, signal.SIGKILL)
                done, how, used = os.wait4(self._child, 0)
                self.ended.wrong.append("it hangs")
            else:
                return None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child, signal.SIGKILL)
        self._judge(how, used)
        shutil.rmtree(self._place.root, ignore_errors=True)
        return self.ended

    def _measure(self, pid: int) -> None:
        with contextlib.suppress(OSError, IndexError, ValueError):
            told = Path(f"/proc/{pid}/status").read_text()
            self._peaks[pid] = int(told.split("VmHWM:")[1].split()[0]) >> 10
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                self._measure(int(child))

    def _judge(self, how: int, used: resource.struct_rusage) -> None:
        end, wrong = self.ended, self.ended.wrong
        end.took_s = time.monotonic() - self._began
        end.cpu_s = used.ru_utime + used.ru_stime
        end.peak_mb = max(self._peaks.values(), default=0)
        end.status = os.WEXITSTATUS(how) if os.WIFEXITED(how) else -os.WTERMSIG(how)
        end.said = self._said.read_bytes()[-4_000:].decode("utf-8", "replace") if self._said.exists() else ""
        usual_s, usual_mb = (self._usual.cpu_s, self._usual.peak_mb) if self._usual else (0.0, end.peak_mb)
        if "went wrong in Camcensus" in end.said or "Traceback" in end.said:
            wrong.append(next(one for one in end.said.splitlines()[::-1] if one.strip())[:300])
        elif end.status not in OWN_STATUSES and "it hangs" not in wrong:
            wrong.append(f"it ended with {end.status}")
        elif end.status in (2, 3) and not end.said.strip():
            wrong.append("it says nothing")
        if end.cpu_s > SLOW_S + usual_s:
            wrong.append(f"it took {end.cpu_s:.0f} s of the processor")
        if end.peak_mb > usual_mb + MORE_MB:
            wrong.append(f"it took {end.peak_mb} MB where a sound file takes {usual_mb}")
        if self._noted.exists():
            wrong.extend(sorted(set(self._noted.read_text("utf-8", "replace").splitlines()))[:5])
        self._judge_files()

    def _judge_files(self) -> None:
        wrong, place = self.ended.wrong, self._place
        if seen(place.victim.parent) != self._before["victim"]:
            wrong.append("the victim was changed")
        changed = differing(self._before["theirs"], seen(place.theirs))
        if self._door.opens:
            changed -= {name for name in changed if name.startswith(self._path.stem) or "back-up" in name.casefold()}
        if changed:
            wrong.append(f"the stranger's folder was changed: {sorted(changed)}")
        if self.ended.status in (2, 3):
            changed = differing(self._before["mine"], seen(place.mine))
            for name in sorted(one for one in changed if not one.endswith(("-wal", "-shm"))):
                own, was = place.mine / name, place.root.parent / "sound" / "mine" / name
                if was.exists() and not (own.suffix in (".camcensus", ".camcensus-rollup") and _rows(own) == _rows(was)):
                    wrong.append(f"{name} was changed by a file that was refused")
                elif not was.exists() and not name.endswith(BESIDE) and "-backups" not in name:
                    wrong.append(f"{name} was made of a file that was refused")
        for name in sorted(differing(self._before["mine"], seen(place.mine))):
            if (
                name.endswith((".camcensus", ".camcensus-rollup"))
                and "-backups" not in name
                and (trouble := _not_open(place.mine / name))
            ):
                wrong.append(f"{name} does not open after it: {trouble}")
        left = [one.name for one in (place.root / "tmp").iterdir()]
        if left and "it hangs" not in wrong:
            wrong.append(f"left behind in the folder for temporary files: {left[:3]}")


def seen(folder: Path) -> dict[str, tuple[object, ...]]:
    """What lies in a folder: name -> kind, size and contents, nothing followed."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        what: object = None
        if stat.S_ISREG(state.st_mode) and state.st_size <= HASHED_MOST:
            what = hashlib.sha256(path.read_bytes()).hexdigest()
        elif stat.S_ISLNK(state.st_mode):
            what = str(path.readlink())
        found[str(path.relative_to(folder))] = (stat.S_IFMT(state.st_mode), state.st_size, what)
    return found


def differing(before: dict[str, tuple[object, ...]], after: dict[str, tuple[object, ...]]) -> set[str]:
    """Names that are new, gone or not the same."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _not_open(path: Path) -> str:
    """Why a file of the person's does not open, "" where it does."""
    from camcensus.app import data_dir
    from camcensus.model.errors import CamcensusError
    from camcensus.store.exchange_file.reading import is_exchange
    from camcensus.tasks.register.verbs import open_inventory
    from camcensus.tasks.rollup.taking import open_for_reading

    if not path.is_file() or is_exchange(path):
        return ""
    try:
        opened = (
            open_for_reading(path, data_dir())
            if path.suffix == ".camcensus-rollup"
            else open_inventory(path, datetime.now(UTC), readonly=True)
        )
        with opened:
            return ""
    except CamcensusError as error:
        return str(error)


def _rows(path: Path) -> str:
    """All that an inventory says."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return hashlib.sha256("\n".join(db.iterdump()).encode("utf-8", "replace")).hexdigest()


def _be_the_program(act: list[str] | Callable[[], int], place: Place, said: Path, noted: Path) -> None:
    """What the new process does; does not return."""
    status = 99
    try:
        os.setsid()
        for what in (resource.RLIMIT_DATA, resource.RLIMIT_FSIZE):
            resource.setrlimit(what, (CAPPED_BYTES, CAPPED_BYTES))
        words = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(words, 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), "utf-8", errors="replace")
        sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", 0, closefd=False), "utf-8", errors="replace", write_through=True)
        home = str(place.root / "home")
        os.environ |= {
            "HOME": home,
            "XDG_DATA_HOME": home,
            "XDG_CONFIG_HOME": home,
            "XDG_CACHE_HOME": home,
            "CAMCENSUS_DATA": home,
        }
        os.environ["TMPDIR"] = str(place.root / "tmp")
        import tempfile

        tempfile.tempdir = None
        sys.addaudithook(_watch(place.root, noted))
        if callable(act):
            status = act()
        else:
            from camcensus.app import data_dir
            from camcensus.cli import run

            status = run(act, data_dir=data_dir, window=lambda *_: 0)
    except BaseException as error:
        import traceback

        os.write(2, "".join(traceback.format_exception(error)).encode("utf-8", "replace")[-3_000:])
        os.write(2, f"\nTraceback ends: {type(error).__name__}\n".encode())
    with contextlib.suppress(BaseException):
        from camcensus.intake import apart

        apart._drop()
    os._exit(status if 0 <= status < 100 else 99)


def _watch(root: Path, noted: Path) -> Callable[[str, tuple[object, ...]], None]:
    """Notes connections, programs that are started, and files outside that are opened for writing."""
    inside, note = str(root), os.open(noted, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

    def watch(event: str, given: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple):
            os.write(note, f"it reaches for {given[1]!r}\n".encode())
        elif event in ("socket.getaddrinfo", "socket.gethostbyname") and given[0] not in (None, "localhost"):
            os.write(note, f"it looks up {given[0]!r}\n".encode())
        elif event == "open" and isinstance(given[2], int) and given[2] & writing and isinstance(given[0], (str, bytes)):
            name = os.fsdecode(given[0])
            if not name.startswith((inside, "/dev/")) and Path(name).is_absolute() and "__pycache__" not in name:
                os.write(note, f"it writes to {name}\n".encode("utf-8", "replace"))

    return watch
