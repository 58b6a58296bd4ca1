"""How long files for others take: python tests/bench/export.py [DEVICES]

Makes an inventory of so many devices (20,000, if not said), then, each in a process of its own, a bare VACUUM INTO of it and a file
for each audience: seconds, the most memory the process took, the size of the file; then cancels each at ten random moments and
prints the longest time until it had stopped. Status 1 where a cancel took more than a second.
"""

# ruff: noqa: E402 (tests are no package: their folder is put on the path first)
from __future__ import annotations

import contextlib
import os
import random
import resource
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop")]

from bench.big_inventory import NOW, make
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import verbs as register
from camcensus.tasks.share import making as share

PHRASE = "x" * 12
CANCELS = 10
CANCEL_LIMIT_S = 1.0
NAMES: dict[share.Audience, str] = {
    "auditor": "a.camcensus", "supplier": "s.zip", "public": "p.zip", "backup": "b.camcensus-backup"
}  # fmt: skip


class _Stopped(Exception):
    pass


def apart(work: Callable[[], object]) -> tuple[float, int]:
    """Seconds of `work` in a child, and how many bytes more than at its beginning the child took at most."""
    ours, theirs = os.pipe()
    if os.fork() == 0:
        status = 1
        try:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            began_s = time.perf_counter()
            work()
            taken_s = time.perf_counter() - began_s
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            os.write(theirs, f"{taken_s} {most}".encode())
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    with os.fdopen(ours) as stream:
        said = stream.read().split()
    os.wait()
    return float(said[0]), int(said[1]) * 1024


def vacuum(path: Path, to: Path) -> None:
    """What SQLite alone takes for a copy of everything."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM INTO ?", [str(to)])
    with to.open("r+b") as stream:
        os.fsync(stream.fileno())


def made(path: Path, to: Path, audience: share.Audience, look: Callable[[int, int], None] | None = None) -> None:
    """A file for one audience."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        share.share(inventory, knowledge, to, share.ShareWish(audience, "Bench"), NOW, passphrase=PHRASE, progress=look)


def longest_stop_s(path: Path, to: Path, audience: share.Audience, whole_s: float) -> float:
    """The longest time from a cancel, at random moments of the work, to its end."""
    chance, worst_s = random.Random(7), 0.0
    for _ in range(CANCELS):
        wanted: list[float] = []
        timer = threading.Timer(chance.uniform(0, whole_s * 0.95), lambda asked=wanted: asked.append(time.perf_counter()))

        def look(_done: int, _of: int, asked: list[float] = wanted) -> None:
            if asked:
                raise _Stopped

        timer.start()
        try:
            made(path, to, audience, look)
        except _Stopped:
            worst_s = max(worst_s, time.perf_counter() - wanted[0])
        timer.cancel()
    return worst_s


def main(argv: list[str]) -> int:
    """Makes the inventory, measures, prints; the status is 1 where a cancel took too long."""
    devices = int(argv[0]) if argv else 20_000
    with tempfile.TemporaryDirectory(prefix="camcensus-export-") as name:
        folder = Path(name)
        path = folder / "big.camcensus"
        make(path, devices).close()
        copy_s, _ = apart(lambda: vacuum(path, folder / "bare.camcensus"))
        print(f"{devices:,} devices, {path.stat().st_size >> 20} MB, {os.cpu_count()} cores, SQLite {sqlite3.sqlite_version}\n")
        print("| File | Seconds | × VACUUM INTO | Memory more | Size | Longest cancel |")
        print("|---|---|---|---|---|---|")
        print(f"| bare VACUUM INTO | {copy_s:.2f} | 1 | | {(folder / 'bare.camcensus').stat().st_size / 1e6:.1f} MB | |")
        worst_s = 0.0
        for audience, file in NAMES.items():
            to = folder / "out" / file
            to.parent.mkdir(exist_ok=True)
            taken_s, memory = apart(lambda to=to, audience=audience: made(path, to, audience))  # type: ignore[misc]
            size = to.stat().st_size / 1e6
            stop_s = longest_stop_s(path, to, audience, taken_s)
            worst_s = max(worst_s, stop_s)
            print(
                f"| {audience} | {taken_s:.1f} | {taken_s / copy_s:.0f} | {memory >> 20} MB | {size:.1f} MB | {stop_s:.2f} s |",
                flush=True,
            )
    return 1 if worst_s > CANCEL_LIMIT_S else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
