"""A disk that refuses: python tests/bench/disk_faults.py [POINTS] [--seed N] [--only NAME] [--jobs N]. Linux with strace.

Each kind of work of `powercut.py` is done again and again, and each time its k-th write to a file (or sync, or renaming) is
refused by strace: with EIO or ENOSPC, once or, as on a full disk, from then on. POINTS (24) moments for each kind, all of them different,
fewer only where there are no more; N at once (as many as there are processors). The work must end with a sentence or go on; what it
acknowledged must be there, or that and the change under way, whole; SQLite's checks must be clean; and on a disk that has room again
the same work must succeed. Exit status 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import ctypes
import itertools
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import powercut_works as works

REFUSALS = (
    ("pwrite64", "ENOSPC", "+"), ("pwrite64", "EIO", ""), ("fdatasync", "EIO", ""), ("fsync", "EIO", ""), ("rename", "ENOSPC", "+"),
    ("rename", "EIO", ""), ("write", "ENOSPC", ""), ("write", "EIO", ""), ("fdatasync", "ENOSPC", ""), ("fsync", "ENOSPC", ""),
)  # fmt: skip
WITHIN_S = 120
PR_SET_PTRACER, PR_SET_PTRACER_ANY = 0x59616D61, ctypes.c_ulong(-1)
"""A parent's other child may watch. Source: prctl(2)."""


def tried(folder: Path, kind: str, *options: str) -> tuple[int, int, str]:
    """Do the work in a child, under strace where there are options: its status, the last change that it acknowledged, what it said."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            _work(folder, kind, out.fileno(), told.fileno(), stops=bool(options))
        tracer = _traced(child, options) if options else None
        ends_s = time.monotonic() + WITHIN_S
        while not (ended := os.waitpid(child, os.WNOHANG))[0]:
            if time.monotonic() > ends_s:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.005)
        if tracer is not None:
            tracer.wait(WITHIN_S)
        status = os.waitstatus_to_exitcode(ended[1])
        out.seek(0)
        told.seek(0)
        acknowledged = [int(number) for number in re.findall(rb"ACK (\d+)", out.read())]
        return status, max(acknowledged, default=0), told.read().decode("utf-8", "replace").strip()


def _work(folder: Path, kind: str, out: int, told: int, *, stops: bool) -> NoReturn:
    """What the child does; never comes back."""
    status = 1
    try:
        os.dup2(out, 1)
        os.dup2(told, 2)
        if stops:
            ctypes.CDLL(None).prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
        status = works.main([kind, str(folder)])
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _traced(child: int, options: Sequence[str]) -> subprocess.Popen[bytes]:
    """Strace on a child that has stopped itself, which then goes on."""
    os.waitpid(child, os.WUNTRACED)
    tracer = subprocess.Popen(["strace", "-f", "-qq", *options, "-p", str(child)])
    while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text("utf-8"):
        if tracer.poll() is not None:
            os.kill(child, signal.SIGKILL)
            raise RuntimeError("strace may not watch the work.")
        time.sleep(0.002)
    os.kill(child, signal.SIGCONT)
    return tracer


def calls_of(folder: Path, kind: str) -> tuple[dict[str, int], int]:
    """How often the thread of the work that calls it most calls each of what is to be refused; and all calls."""
    names = sorted({name for name, _, _ in REFUSALS})
    with tempfile.NamedTemporaryFile(suffix=".strace") as trace:
        status, _, said = tried(folder, kind, "-o", trace.name, "-e", f"trace={','.join(names)}")
        if status:
            raise RuntimeError(f"{kind} failed with nothing refused: {said}")
        text = Path(trace.name).read_text("utf-8", "replace")
    calls = Counter(re.findall(rf"^(\d+) +({'|'.join(names)})\(", text, re.M))
    return {
        name: max((number for (_, one), number in calls.items() if one == name), default=0) for name in names
    }, calls.total()


def moments(calls: dict[str, int], chance: random.Random) -> Iterator[str]:
    """Refusals, all different, of each kind in turn, for as long as there are moments left."""
    left = {one: chance.sample(range(1, calls[one[0]] + 1), calls[one[0]]) for one in REFUSALS}
    while any(left.values()):
        for (call, error, onwards), moments_left in left.items():
            if moments_left:
                yield f"{call}:error={error}:when={moments_left.pop()}{onwards}"


@dataclass(frozen=True)
class Trial:
    """A kind of work, what lay there before it, and what is refused."""

    kind: str
    work: works.Work
    before: Path
    refusal: str

    def made(self) -> tuple[int, list[str]] | None:
        """The status of the work that was refused something, and what was wrong; None where no disk refused anything.

        What processes of ours say to each other through pipes and sockets is written too, and the moment may not come.
        """
        with tempfile.TemporaryDirectory(prefix="camcensus-faults-") as name:
            folder, trace = Path(name).resolve() / "work", Path(name) / "trace"
            shutil.copytree(self.before, folder)
            options = ("-y", "-o", str(trace), "-e", f"trace={self.refusal.partition(':')[0]}", "-e", f"inject={self.refusal}")
            status, acknowledged, said = tried(folder, self.kind, *options)
            refused = re.findall(r"(.*)INJECTED", trace.read_text("utf-8", "replace"))
            if not refused or any(re.search("<(?:pipe|socket):", line) for line in refused):
                return None
            where = f"WRONG, {self.kind}, {self.refusal}"
            wrong = [] if status in (0, works.REFUSED) else [f"{where}: {said[-300:]}"]
            found = (_wrong_with(self.work, folder, acknowledged), _again(self.before, folder, self.kind))
            return status, wrong + [f"{where}, after {acknowledged}: {one}" for one in found if one is not None]


def run(points: int, seed: int, only: str | None = None, jobs: int = 1) -> int:
    """So many refusals for each kind of work; prints the table, gives the number of findings."""
    chance, began_s, wrong, refused = random.Random(seed), time.monotonic(), list[str](), 0
    print(
        f"Refusals of the disk, seed {seed}\n\n| Work | Calls | Refused | Ended with a sentence | Wrong |\n|---|---|---|---|---|",
        flush=True,
    )
    for kind in [name for name in works.WORKS if only is None or name == only]:
        with tempfile.TemporaryDirectory(prefix="camcensus-faults-") as name:
            before = Path(name).resolve() / "before"
            before.mkdir()
            work: works.Work = works.WORKS[kind]()
            work.prepare(before)
            counted = Path(name) / "counted"
            shutil.copytree(before, counted)
            calls, every = calls_of(counted, kind)
            trials = (Trial(kind, work, before, refusal) for refusal in moments(calls, chance))
            ended: list[tuple[int, list[str]]] = []
            with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
                while some := list(itertools.islice(trials, points - len(ended))):
                    ended += [one for one in pool.map(Trial.made, some) if one is not None]
        found = [one for _, some in ended for one in some]
        wrong += found
        refused += len(ended)
        sentences = sum(status == works.REFUSED for status, _ in ended)
        print(f"| {kind} | {every:,} | {len(ended)} | {sentences} | {len(found)} |", flush=True)
    print("\n".join(["", *wrong[:40], f"{refused} refusals, {len(wrong)} wrong, {time.monotonic() - began_s:.0f} s"]))
    return len(wrong)


def _wrong_with(work: works.Work, folder: Path, acknowledged: int) -> str | None:
    try:
        return work.check(folder, acknowledged)
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"


def _again(before: Path, folder: Path, kind: str) -> str | None:
    """What is left by the refusal keeps nobody from doing the same once more; None where it did not."""
    for path in before.rglob("*"):
        if path.is_file():
            shutil.copyfile(path, folder / path.relative_to(before))
    for side in ("-wal", "-shm", "-journal"):
        (folder / f"{works.NAME}{side}").unlink(missing_ok=True)
    status, _, said = tried(folder, kind)
    return None if status == 0 else f"again: {said[-300:]}"


def main() -> int:
    """Read the arguments; the status is 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("points", nargs="?", type=int, default=24)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    parser.add_argument("--only", choices=works.WORKS, metavar="NAME", help=f"only one of: {', '.join(works.WORKS)}")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed; nothing was tried.", file=sys.stderr)
        return 2
    return 1 if run(arguments.points, arguments.seed, arguments.only, arguments.jobs) else 0


if __name__ == "__main__":
    sys.exit(main())
