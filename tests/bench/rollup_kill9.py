"""kill -9 while files are taken in: python tests/bench/rollup_kill9.py [KILLS] [--files N] [--seed N]

Takes 300 exchange files in (--files) and kills that, by SIGKILL, at a random moment: one time in ten before its first file is in,
else after it; the number of those is printed. Then looks into the roll-up file: SQLite's checks, no export with less or more rows than it has, no row without its export, no file called accepted that is not in. Then it goes on
from there, is killed again, and so on; whenever all files are in, a new roll-up is begun. In the end every roll-up that came to its
end says, table by table, what one says that was never killed. 100 kills if not said. Prints a table; status 1 where a finding is.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop")]

import rollup_estate as estates  # noqa: E402
from camcensus.tasks.rollup import taking as tasks  # noqa: E402
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures  # noqa: E402


def wrong_in(national: Path) -> list[str]:
    """What is wrong in a roll-up file after a kill."""
    db = sqlite3.connect(national)
    try:
        checks = {
            "SQLite": "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
            "half taken": "SELECT uuid FROM export WHERE items <> (SELECT count(*) FROM item WHERE item.export = export.id)",
            "no export": "SELECT id FROM item WHERE export NOT IN (SELECT id FROM export)",
            "no item": "SELECT item FROM detail WHERE item NOT IN (SELECT id FROM item)"
            " UNION ALL SELECT item FROM observation WHERE item NOT IN (SELECT id FROM item)"
            " UNION ALL SELECT item FROM item_key WHERE item NOT IN (SELECT id FROM item)",
            "not in": "SELECT path FROM file WHERE state = 'accepted' AND export_id NOT IN (SELECT uuid FROM export)",
            "links": "SELECT * FROM pragma_foreign_key_check",
        }
        return [f"{name}: {row}" for name, sql in checks.items() for row in db.execute(sql).fetchall()[:3]]
    finally:
        db.close()


def files_in(national: Path) -> int:
    """How many are in; 0 where there is no roll-up yet. Read only: it must not tidy up what a kill left."""
    if not national.exists():
        return 0
    db = sqlite3.connect(f"{national.as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        return int(db.execute("SELECT count(*) FROM export").fetchone()[0])
    finally:
        db.close()


def figures_of(national: Path) -> Figures:
    with tasks.open_for_taking(national, ROOT, estates.knowledge(), estates.NOW) as rollup:
        return read_figures(rollup, lists_of(rollup), "2026-11-24")


def main(argv: list[str]) -> int:
    """Kills, looks, goes on; 1 where anything is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int, nargs="?", default=100)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=9)
    wish = parser.parse_args(argv)
    draw = random.Random(wish.seed)
    folder = Path(tempfile.mkdtemp(prefix="camcensus-bench-"))
    try:
        return measure(folder, wish, draw)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, wish: argparse.Namespace, draw: random.Random) -> int:
    estate = estates.make_estate(wish.seed, wish.files, wish.files * 25, double_share=0.02)
    estates.write_estate(estate, folder / "files", two_files=0)
    whole = folder / "whole.camcensus-rollup"
    started = time.perf_counter()
    run(whole, folder / "files", None)
    whole_s = time.perf_counter() - started
    expected = [table.rows for table in figures_of(whole).tables]
    findings: list[str] = []
    national, rounds, within, kept = folder / "national-0.camcensus-rollup", 0, 0, 0
    ended = 0
    for number in range(wish.kills):
        before = files_in(national)
        # A run from its first file on takes less than half of the whole; a tenth of that is some files.
        within_s = None if number % 10 == 9 else draw.uniform(0, 0.05) * whole_s
        was_killed = run(national, folder / "files", draw.uniform(0, 0.2) * whole_s, within_s, before)
        if not national.exists():
            continue
        findings += [f"kill {number + 1}: {one}" for one in wrong_in(national)]
        after = files_in(national)
        if after < before:
            findings.append(f"kill {number + 1}: {before} files were in, then {after}")
        within += was_killed and before < after < wish.files
        kept += after - before
        if not was_killed or after == wish.files:
            ended += 1
            run(national, folder / "files", None)
            if [table.rows for table in figures_of(national).tables] != expected:
                findings.append(f"kill {number + 1}: other figures than without kills")
            rounds += 1
            national = folder / f"national-{rounds}.camcensus-rollup"
    run(national, folder / "files", None)
    if [table.rows for table in figures_of(national).tables] != expected:
        findings.append("at the end: other figures than without kills")
    left = [one.name for one in Path(tempfile.gettempdir()).glob("camcensus-rollup-*")]
    print("| kills | while files were taken | files taken in all | roll-ups finished | findings |")
    print("|---|---|---|---|---|")
    print(f"| {wish.kills} | {within} | {kept} | {ended + 1} | {len(findings)} |")
    print(f"\n{wish.files} files; without a kill {whole_s:.1f} s; folders of private copies left behind: {len(left)}")
    for one in findings:
        print(one)
    return 1 if findings else 0


def run(national: Path, files: Path, seconds: float | None, within_s: float | None = None, before: int = 0) -> bool:
    """Take the files in; kill it after so many seconds, or that long after one more file than `before` is in. True where killed."""
    environment = {**os.environ, "CAMCENSUS_DATA": str(ROOT / "tests" / "nobody"), "PYTHONPATH": str(ROOT / "desktop")}
    process = subprocess.Popen(
        [sys.executable, "-m", "camcensus", "rollup", str(national), str(files)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    if within_s is not None:
        while process.poll() is None and files_in(national) <= before:
            time.sleep(0.01)
        seconds = within_s
    try:
        _, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    assert process.returncode == 0, err
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
