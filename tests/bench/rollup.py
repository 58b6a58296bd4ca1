"""Adding up a country: python tests/bench/rollup.py [BODIES DEVICES] [--keep DIR] [--no-judging] [--growth N,N] [--seed N]

Makes so many bodies' exchange files (1,300 and 650,000 if not said) with the proportions of the published study, takes them in by the
command line, and compares every body with what was drawn for it. Beside it, in the same run, a bare ATTACH and INSERT … SELECT of
the same rows. Then: each table (by processor time), a second run with 10 changed files, and judging all devices again under another vendors.db, stopped
once and gone on with. --growth first takes in the files of the first N bodies alone, N by N, so that a device's share of the work at each
size stands in one table. Prints a table; status 1 where a figure is beyond its limit. --keep leaves the files in DIR, and uses those
that are there.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop")]

import rollup_estate as estates  # noqa: E402
from camcensus.store.rollup.tables import MADE, TABLES, prepare, read_table  # noqa: E402
from camcensus.store.vendors_db.schema import digest_rows  # noqa: E402
from camcensus.tasks.rollup import taking as tasks  # noqa: E402
from camcensus.tasks.rollup.figures import lists_of, read_bodies, read_devices_of, read_figures  # noqa: E402

TAKE_IN_S, MEMORY_MB, TIMES_BARE, TABLE_S, AGAIN_S, JUDGING_S = 300.0, 1024.0, 3.0, 1.0, 5.0, 900.0
"""Limits for 1,300 bodies and 650,000 devices on two cores; how many times the bare one is by processor time."""
COMMAND = [sys.executable, "-m", "camcensus"]
BARE = {
    **dict.fromkeys(
        ("asset", "device", "device_key", "observation", "attribution", "place", "decision", "body", "export"), "1"
    ),
    "finding": "kind = 'capability'",
}
"""What a roll-up keeps: tables, and which of their rows."""
INDEXED = (
    ("asset", ("id",)), ("asset", ("device",)), ("device", ("id",)), ("device_key", ("device", "kind", "value")),
    ("device_key", ("value", "kind")), ("observation", ("device",)), ("attribution", ("device",)), ("finding", ("device",)),
    ("decision", ("asset",)),
)  # fmt: skip


class Lines:
    """The printed table, and whether all limits held."""

    def __init__(self, full: bool) -> None:
        self._full = full
        self.failed = False

    def say(self, what: str, figure: str, value: float | None = None, limit: float | None = None, unit: str = "s") -> None:
        over = self._full and value is not None and limit is not None and value > limit
        self.failed |= over
        said = f"{limit:g} {unit}" if limit is not None and self._full else "–"
        print(f"| {what} | {figure} | {said} | {'OVER' if over else ''} |", flush=True)


def processor_s() -> float:
    """Processor time of this process and of all that it started and that have ended."""
    return sum(os.times()[:4])


def run(words: list[str], *, stop_after_s: float | None = None) -> tuple[float, float, subprocess.CompletedProcess[str]]:
    """Seconds, the most memory of it and its processes together in MB, and the result of a command."""
    started = time.perf_counter()
    environment = {**os.environ, "CAMCENSUS_DATA": str(ROOT / "tests" / "nobody"), "PYTHONPATH": str(ROOT / "desktop")}
    process = subprocess.Popen(COMMAND + words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            most[0] = max(most[0], memory_mb(process.pid))
            if stop_after_s is not None and time.perf_counter() - started > stop_after_s and process.poll() is None:
                process.send_signal(signal.SIGINT)
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, err = process.communicate()
    over.set()
    watcher.join()
    return time.perf_counter() - started, most[0], subprocess.CompletedProcess(words, process.returncode, out, err)


def memory_mb(pid: int) -> float:
    """Memory of a process and all below it: proportional where pages are shared."""
    total = 0.0
    for one in [pid, *below(pid)]:
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) / 1024
        except (OSError, ValueError):
            continue
    return total


def below(pid: int) -> list[int]:
    found = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *below(int(child))]
    except OSError:
        pass
    return found


def bare(files: list[Path], target: Path, *, indexed: bool = False) -> tuple[float, int]:
    """ATTACH and INSERT … SELECT of the rows that a roll-up keeps, unchecked; seconds and rows.

    Without any key or index; `indexed`, with those at the end by which a roll-up finds the rows of a device.
    """
    started = time.perf_counter()
    db = sqlite3.connect(target, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL").fetchone()
    db.execute("PRAGMA synchronous = FULL")
    for path in files:
        db.execute("ATTACH ? AS theirs", [str(path)])
        db.execute("BEGIN IMMEDIATE")
        for table, where in BARE.items():
            if path is files[0]:
                db.execute(f"CREATE TABLE {table} AS SELECT * FROM theirs.{table} WHERE 0")
            db.execute(f"INSERT INTO {table} SELECT * FROM theirs.{table} WHERE {where}")
        db.execute("COMMIT")
        db.execute("DETACH theirs")
    for table, columns in INDEXED if indexed else ():
        db.execute(f"CREATE INDEX {table}_{columns[0]} ON {table}({', '.join(columns)})")
    rows = sum(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in BARE)
    db.close()
    return time.perf_counter() - started, rows


def measured_bare(files: list[Path], target: Path, *, indexed: bool = False) -> tuple[float, float, int]:
    """Seconds, processor time and rows of the bare one, which is removed again."""
    cpu = processor_s()
    seconds, rows = bare(files, target, indexed=indexed)
    cpu = processor_s() - cpu
    target.unlink()
    return seconds, cpu, rows


def other_knowledge(folder: Path) -> Path:
    """A vendors.db of another version, and the same otherwise."""
    path = folder / "other.db"
    shutil.copyfile(ROOT / "vendors.db", path)
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value = value || '.1' WHERE key = 'version'")
    db.execute("UPDATE meta SET value = ? WHERE key = 'digest'", [digest_rows(db)])
    db.commit()
    db.close()
    return path


def timed(work: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> tuple[float, Any]:
    started = clock()
    result = work()
    return clock() - started, result


def compare(rollup: tasks.RollUp, estate: estates.Estate) -> tuple[int, int]:
    """Bodies that are as drawn, and bodies that are not."""
    right = wrong = 0
    held = {row.name: row for row in read_bodies(rollup, "2026-11-24")}
    for body in estate.bodies:
        expected = estates.truth(estate, body)
        row = held.get(body.name)
        if row is not None and {key: getattr(row, key) for key in expected} == expected:
            right += 1
        else:
            wrong += 1
    return right, wrong


def main(argv: list[str]) -> int:
    """Everything above; 1 where a limit is passed or a body is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int, nargs="*", default=[1300, 650_000])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--no-judging", action="store_true")
    parser.add_argument("--growth", type=lambda text: [int(one) for one in text.split(",")], default=[])
    wish = parser.parse_args(argv)
    bodies, devices = wish.size
    folder = wish.keep or Path(tempfile.mkdtemp(prefix="camcensus-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return measure(folder, bodies, devices, wish)
    finally:
        if wish.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, bodies: int, devices: int, wish: argparse.Namespace) -> int:
    lines = Lines((bodies, devices) == (1300, 650_000))
    print(
        f"{bodies:,} bodies, {devices:,} devices, seed {wish.seed}, {os.cpu_count()} cores, SQLite {sqlite3.sqlite_version}\n"
    )
    print("| What | Figure | Limit | |\n|---|---|---|---|")
    files, kept = folder / "files", folder / "estate.pickle"
    if kept.exists():
        estate = pickle.loads(kept.read_bytes())
    else:
        estate = estates.make_estate(wish.seed, bodies, devices)
        shutil.rmtree(files, ignore_errors=True)
        seconds, _ = timed(lambda: estates.write_estate(estate, files))
        kept.write_bytes(pickle.dumps(estate))
        lines.say("The files were made in", f"{seconds:.1f} s")
    paths = sorted(files.iterdir())
    size = sum(path.stat().st_size for path in paths)
    lines.say("Files", f"{len(paths):,}, {size / 1e9:.2f} GB")

    for old in folder.glob("national.camcensus-rollup*"):
        old.unlink()
    national = folder / "national.camcensus-rollup"
    for number in wish.growth:
        some = [files / path.name for body in estate.bodies[:number] for path in body.paths]
        held = sum(len(body.cameras) for body in estate.bodies[:number])
        cpu = processor_s()
        seconds, most, _ = run(["rollup", str(folder / "first.camcensus-rollup"), *map(str, some), "--json"])
        cpu = processor_s() - cpu
        _, bare_cpu, _ = measured_bare(some, folder / "bare.db")
        (folder / "first.camcensus-rollup").unlink()
        lines.say(
            f"The first {number:,} bodies alone, {held:,} devices",
            f"{seconds:.1f} s; {cpu:.1f} s of processor time, {cpu / held * 1e3:.3f} ms a device,"
            f" {cpu / bare_cpu:.1f} times the bare one; {most:.0f} MB",
        )
    cpu = processor_s()
    seconds, most, done = run(["rollup", str(national), str(files), "--json"])
    cpu = processor_s() - cpu
    states = [one["state"] for one in json.loads(done.stdout)["files"]]
    assert states == ["accepted"] * len(paths), done.stderr
    lines.say("Taken in", f"{seconds:.1f} s, {devices / seconds:,.0f} devices a second", seconds, TAKE_IN_S)
    lines.say("Processor time of it", f"{cpu:.1f} s, {cpu / devices * 1e3:.3f} ms a device; load {os.getloadavg()[0]:.1f}")
    lines.say("Memory, all processes", f"{most:.0f} MB", most, MEMORY_MB, "MB")
    bare_s, bare_cpu, rows = measured_bare(paths, folder / "bare.db")
    _, indexed_cpu, _ = measured_bare(paths, folder / "bare.db", indexed=True)
    lines.say(
        "Bare ATTACH and INSERT … SELECT of the same rows", f"{bare_s:.1f} s, {rows:,} rows; {bare_cpu:.1f} s of processor time"
    )
    times = cpu / bare_cpu
    lines.say("Taken in, times the bare one, by processor time", f"{times:.1f}", times, TIMES_BARE, "times")
    lines.say(
        "The bare one with indexes made at the end",
        f"{indexed_cpu:.1f} s of processor time; taken in, times that: {cpu / indexed_cpu:.1f}",
    )
    lines.say("Taken in, times the bare one, by the clock", f"{seconds / bare_s:.1f}")
    lines.say("The roll-up file", f"{national.stat().st_size / 1e9:.2f} GB")

    with tasks.open_for_reading(national, ROOT) as rollup:
        lists = lists_of(rollup)
        seconds, _ = timed(lambda: prepare(rollup.file.connection, rollup.resources, lists), time.process_time)
        lines.say(f"What the tables are read from ({' and '.join(MADE)})", f"{seconds:.2f} s", seconds, TABLE_S)
        for name in TABLES:
            took, table = timed(
                lambda name=name: read_table(rollup.file.connection, rollup.resources, name),  # type: ignore[misc]
                time.process_time,
            )
            lines.say(f"Table {name}, with that", f"{seconds + took:.2f} s, {len(table.rows):,} rows", seconds + took, TABLE_S)
        took, figures = timed(lambda: read_figures(rollup, lists, "2026-11-24"))
        lines.say("All tables, bodies and problems", f"{took:.2f} s, {len(figures.problems):,} problems")
        drills = [timed(lambda body=body: read_devices_of(rollup, body.body))[0] for body in figures.bodies[::40]]  # type: ignore[misc]
        lines.say("A body’s devices, the slowest", f"{max(drills) * 1000:.0f} ms")
        right, wrong = compare(rollup, estate)
        lines.say("Bodies that are exactly as drawn", f"{right:,} of {right + wrong:,}")
        lines.failed |= wrong > 0
        once = [one for _, one in estates.once_in_nation(estate) if estate.counts_as(one) == "camera"]
        same = figures.totals.cameras == len(once)
        lines.say(
            "Cameras, each once",
            f"{figures.totals.cameras:,}, drawn {len(once):,}, in bodies {figures.totals.cameras_in_bodies:,}",
        )
        lines.failed |= not same
        share = 100 * figures.totals.bodies / figures.totals.counted
        lines.say(
            "Bodies with a camera by a listed maker",
            f"{figures.totals.bodies:,} of {figures.totals.counted:,} ({share:.1f}%)",
        )

    before = folder / "before"
    before.mkdir(exist_ok=True)
    for body in estate.bodies[:10]:
        path = files / body.paths[0].name
        path.rename(before / path.name)
        copy = estates.replace_body(body)
        at, cameras = body.records[0]
        estates.write_file(estate, copy, cameras, path, 0, 99, at + timedelta(days=1))
    cpu = processor_s()
    seconds, _, done = run(["rollup", str(national), str(files), "--json"])
    cpu = processor_s() - cpu
    document = json.loads(done.stdout)
    new = sum(not one["already"] for one in document["files"])
    assert new == 10, new
    lines.say("Second run, 10 files changed", f"{seconds:.1f} s; {cpu:.1f} s of processor time", seconds, AGAIN_S)
    for path in before.iterdir():
        path.replace(files / path.name)
    if not wish.no_judging:
        _judge(lines, national, folder, devices)
    return 1 if lines.failed else 0


def _judge(lines: Lines, national: Path, folder: Path, devices: int) -> None:
    other = other_knowledge(folder)
    cpu = processor_s()
    before, most, done = run(
        ["rollup-report", str(national), "--knowledge", str(other), "--json"], stop_after_s=max(10.0, devices / 20_000)
    )
    told = next((line for line in done.stderr.splitlines() if "judged" in line), "")
    stopped = json.loads(done.stdout or '{"stopped_early": true}')  # a stop before the first line of it
    after, again, done = run(["rollup-report", str(national), "--knowledge", str(other), "--json"])
    left = next((line for line in done.stderr.splitlines() if "judged" in line), "")
    document = json.loads(done.stdout)
    assert document["knowledge_version"].endswith(".1"), document["knowledge_version"]
    assert document["to_judge_again"] == 0
    total = before + after
    cpu = processor_s() - cpu
    lines.say("Told before re-checking", told)
    lines.say(
        "Stopped", f"after {before:.0f} s ({'stopped early' if stopped['stopped_early'] else 'not stopped'}); then: {left}"
    )
    lines.say("Judging all again, with the stop", f"{total:.0f} s, {total / devices * 1e3:.2f} ms a device", total, JUDGING_S)
    lines.say("Processor time of it", f"{cpu:.0f} s, {cpu / devices * 1e3:.2f} ms a device; load {os.getloadavg()[0]:.1f}")
    lines.say("Memory meanwhile, all processes", f"{max(most, again):.0f} MB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
