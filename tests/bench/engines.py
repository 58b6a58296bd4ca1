"""The tables of a roll-up on other people's engines: python tests/bench/engines.py [BODIES DEVICES] [--only NAME] [--save FILE]

Makes a roll-up of a made-up country (60 bodies and 2,500 devices if not said) with a round and a list of organisations asked, writes
its Parquet with the script of each engine, and compares every cell of every table with SQLite's, in the order of the rows. The
script's own check has to find no difference too. Prints a table; status 1 where a cell differs.
What is not installed is left out and named. --save writes the table into FILE, above its notes (from END on).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
END = "<!-- end -->"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop")]

import engines  # noqa: E402
import rollup_estate as estates  # noqa: E402
from camcensus.model.words import long_date  # noqa: E402
from camcensus.store.rollup.parquet import ENGINES  # noqa: E402
from camcensus.store.rollup.tables import RollupTable  # noqa: E402
from camcensus.tasks.rollup import files as rollup_files  # noqa: E402
from camcensus.tasks.rollup import taking as tasks  # noqa: E402
from camcensus.tasks.rollup.figures import lists_of, read_figures  # noqa: E402
from camcensus.tasks.rollup.view import record_round  # noqa: E402


def make(folder: Path, bodies: int, devices: int) -> tuple[RollupTable, ...]:
    """Write the Parquet and the scripts into a folder; gives the tables as they are."""
    estate = estates.make_estate(4, bodies, devices, double_share=0.02)
    estates.write_estate(estate, folder / "files", two_files=0.2)
    asked = ["name,type,urn", *(f"School {n},school,{100000 + n}" for n in range(2000, 2003))]
    asked += [f'"{body.name}",{body.type},{body.ids.get("urn", "")}' for body in estate.bodies]
    (folder / "asked.csv").write_text("\n".join(asked), encoding="utf-8")
    files = sorted((folder / "files").iterdir())
    with tasks.open_for_taking(folder / "n.camcensus-rollup", ROOT, estates.knowledge(), estates.NOW) as rollup:
        tasks.take_in(rollup, files[: len(files) // 2], estates.knowledge(), estates.NOW, bodies=folder / "asked.csv")
        record_round(rollup, "First", lists_of(rollup), estates.NOW)
        tasks.take_in(rollup, files, estates.knowledge(), estates.NOW)
        figures = read_figures(rollup, lists_of(rollup), "2026-11-24")
        rollup_files.write_parquet(rollup.file.connection, folder / "parquet")
        for engine in ENGINES:
            if engine != ENGINES[0]:
                shutil.rmtree(folder / "parquet" / "expected")
            rollup_files.write_script(rollup, figures, folder / "parquet", engine)
    return figures.tables


def cells_equal(ours: RollupTable, theirs: engines.Table) -> tuple[int, int]:
    """How many cells are the same, in the same place, and how many there are."""
    columns, rows = theirs
    pairs = list(zip_longest(ours.rows, rows, fillvalue=()))
    whole = max(len(ours.columns), len(columns))
    same = sum(
        type(a) is type(b) and a == b for one, other in pairs for a, b in zip(one, other, strict=False)
    ) if columns == ours.columns else 0  # fmt: skip
    return same, whole * len(pairs)


def main(argv: list[str]) -> int:
    """Everything above."""
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int, nargs="*", default=[60, 2500])
    parser.add_argument("--only")
    parser.add_argument("--save", type=Path)
    wish = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp(prefix="camcensus-bench-"))
    lines = []
    failed = False
    try:
        ours = {table.name: table for table in make(folder, *wish.size)}
        whole = sum(len(table.columns) * len(table.rows) for table in ours.values())
        rows = sum(len(table.rows) for table in ours.values())
        lines += [f"| SQLite | {sqlite3.sqlite_version} | {whole:,} of {whole:,} | {len(ours)} of {len(ours)} | – | none | – |"]
        for engine in engines.ENGINES:
            if wish.only and wish.only.casefold() not in engine.name.casefold():
                continue
            if engine.missing:
                lines.append(f"| {engine.name} | – | {engine.missing} | | | | |")
                continue
            started = time.perf_counter()
            try:
                ran = engine.run(folder / "parquet")
            except Exception as error:  # another's engine may raise anything
                lines.append(
                    f"| {engine.name} | {engine.version} | {type(error).__name__}: {' '.join(str(error).split())[:300]} | | | | |"
                )
                failed = True
                continue
            counts = {name: cells_equal(ours[name], table) for name, table in ran.tables.items()}
            same, all_cells = (sum(numbers) for numbers in zip(*counts.values(), strict=True))
            right = sum(a == b for a, b in counts.values())
            differ = f"{sum(row[3] for row in ran.check)} of {sum(row[1] for row in ran.check):,} rows"
            failed |= right < len(ours) or any(row[3] or row[1] != row[2] for row in ran.check)
            lines.append(
                f"| {engine.name} | {engine.version} | {same:,} of {all_cells:,} | {right} of {len(ours)} | {differ} | {ran.settings} |"
                f" {time.perf_counter() - started:.1f} s |"
            )
            for name, (a, b) in counts.items():
                if a != b:
                    print(f"{engine.name} {name}: {a} of {b}\n  {ran.tables[name]}\n  {ours[name]}", file=sys.stderr)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    words = " ".join(["python tests/bench/engines.py", *map(str, wish.size)])
    told = (
        f"`{words}`, {long_date(datetime.now().astimezone().date())}: every cell is compared with SQLite's, in the order of the rows."
        f" {wish.size[0]:,} bodies, {wish.size[1]:,} devices; {len(ours)} tables of {rows:,} rows. {os.cpu_count()} cores, load"
        f" {os.getloadavg()[0]:.0f} at the end.\n\n| Engine | Version | Equal cells | Equal tables | Its script's own check finds"
        " different | Settings | Took |\n|---|---|---|---|---|---|---|\n" + "\n".join(lines)
    )
    print(told)
    if wish.save:
        notes = wish.save.read_text("utf-8").partition(END)[2] if wish.save.exists() else "\n"
        wish.save.write_text(f"# The tables on other engines\n\n{told}\n{END}{notes}", "utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
