"""Joining roll-ups: python tests/bench/rollup_join.py [BODIES DEVICES] [--kills N] [--keep DIR] [--seed N]

Makes so many bodies' files (1,300 and 650,000 if not said), takes them in as one, as 2 parts and as 13 parts, and joins the parts in
three orders each, and to the first of them, by the command line. Every joined roll-up has to hold the same as the one (`tests/rollup_same.py`), and its CSV files
have to be the same byte for byte; those of the three orders have to be the same file in every row and number. Then it kills a join
with -9 at random moments, N times (20 if not said), looks at what is there, and goes on. Status 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop"), str(ROOT / "tests" / "bench")]

from rollup_kill9 import wrong_in  # noqa: E402

import rollup_estate as estates  # noqa: E402
from rollup_same import differences  # noqa: E402

ENVIRONMENT = {**os.environ, "CAMCENSUS_DATA": str(ROOT / "tests" / "nobody"), "PYTHONPATH": str(ROOT / "desktop")}


def run(*words: object, kill_after_s: float | None = None) -> tuple[float, float, bool]:
    """Seconds, processor time of it and its processes, and whether it was killed."""
    started, before = time.perf_counter(), sum(os.times()[2:4])
    process = subprocess.Popen(
        [sys.executable, "-m", "camcensus", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    try:
        _, err = process.communicate(timeout=kill_after_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return time.perf_counter() - started, 0.0, True
    assert process.returncode in (0, 1), err
    return time.perf_counter() - started, sum(os.times()[2:4]) - before, False


def tables(national: Path, folder: Path) -> dict[str, bytes]:
    """The CSV files of a roll-up."""
    shutil.rmtree(folder, ignore_errors=True)
    run("rollup-report", national, "--csv", folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def rows(national: Path) -> str:
    """A digest of every row with its numbers, but for when a file was joined."""
    import hashlib

    digest = hashlib.sha256()
    with closing(sqlite3.connect(national)) as db:
        for table, *_ in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
            names = [row[1] for row in db.execute(f"PRAGMA table_info('{table}')") if (table, row[1]) not in _WHEN]
            order = ", ".join(map(str, range(1, len(names) + 1)))
            for row in db.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {_NOT_OURS.get(table, '1')} ORDER BY {order}"):
                digest.update(repr(row).encode())
    return digest.hexdigest()


_WHEN = {("file", "at"), ("_sqlite_migrations", "applied_at")}
_NOT_OURS = {"setting": "key <> 'made_at'"}


def main(argv: list[str]) -> int:
    """Everything above."""
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int, nargs="*", default=[1300, 650_000])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--seed", type=int, default=2022)
    wish = parser.parse_args(argv)
    folder = wish.keep or Path(tempfile.mkdtemp(prefix="camcensus-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return measure(folder, wish)
    finally:
        if wish.keep is None:
            shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, wish: argparse.Namespace) -> int:
    files = folder / "files"
    if not files.exists():
        estates.write_estate(estates.make_estate(wish.seed, *wish.size), files)
    paths = sorted(files.iterdir())
    findings: list[str] = []
    for old in folder.glob("*.camcensus-rollup*"):
        old.unlink()
    whole = folder / "whole.camcensus-rollup"
    seconds, cpu, _ = run("rollup", whole, files)
    expected = tables(whole, folder / "csv")
    print(
        f"{len(paths):,} files, {wish.size[1]:,} devices\n\n| What | By the clock | Processor time | The same roll-up |\n|---|---|---|---|"
    )
    print(f"| Taken in as one | {seconds:.1f} s | {cpu:.1f} s | – |", flush=True)
    draw = random.Random(wish.seed)
    for number in (2, 13):
        parts = [folder / f"part-{number}-{part}.camcensus-rollup" for part in range(number)]
        took = [run("rollup", part, *paths[at::number]) for at, part in enumerate(parts)]
        print(
            f"| Taken in as {number} parts, the slowest; all | {max(one[0] for one in took):.1f} s | {sum(one[1] for one in took):.1f} s | – |",
            flush=True,
        )
        first = folder / "first.camcensus-rollup"
        shutil.copyfile(parts[0], first)
        seconds, cpu, _ = run("rollup", first, "--join", *parts[1:])
        wrong = differences(first, whole)
        findings += wrong
        first.unlink()
        print(
            f"| {number - 1} of {number} parts joined to the first | {seconds:.1f} s | {cpu:.1f} s | {'no: ' + wrong[0] if wrong else 'yes'} |",
            flush=True,
        )
        digests = set()
        for order in (parts, parts[::-1], draw.sample(parts, number)):
            joined = folder / "joined.camcensus-rollup"
            joined.unlink(missing_ok=True)
            seconds, cpu, _ = run("rollup", joined, "--join", *order)
            wrong = differences(joined, whole)
            made = tables(joined, folder / "csv")
            wrong += [name for name in expected if made.get(name) != expected[name]]
            digests.add(rows(joined))
            findings += wrong
            print(
                f"| {number} parts joined | {seconds:.1f} s | {cpu:.1f} s | {'no: ' + wrong[0] if wrong else 'yes'} |",
                flush=True,
            )
        if len(digests) != 1:
            findings.append(f"{number} parts: rows differ by the order of the parts")
    within = 0
    joined, left = folder / "joined.camcensus-rollup", wish.kills
    while left:
        joined.unlink(missing_ok=True)
        before = 0
        while left:
            *_, killed = run("rollup", joined, "--join", *parts, kill_after_s=draw.uniform(0.3, 1.05) * seconds)
            if not killed:
                break
            left -= 1
            if not joined.exists():
                continue
            findings += [f"kill: {one}" for one in wrong_in(joined)]
            with closing(sqlite3.connect(f"{joined.as_uri()}?mode=ro", uri=True)) as db:
                after = int(db.execute("SELECT count(*) FROM export").fetchone()[0])
            findings += [f"kill: {before} files were in, then {after}"] if after < before else []
            within += before < after < len(paths)
            before = after
        run("rollup", joined, "--join", *parts)
        findings += differences(joined, whole)
    kept = [one.name for one in folder.glob("camcensus-rollup-*")]
    print(f"\nKilled {wish.kills} times, {within} of them while files were joined; folders of copies left behind: {len(kept)}.")
    print(json.dumps(findings[:20], ensure_ascii=False, indent=1) if findings else "Findings: none.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
