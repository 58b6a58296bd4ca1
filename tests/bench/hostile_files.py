"""Hostile files through every door: python tests/bench/hostile_files.py [--door NAME]... [--family NAME]... [--file NAME]... [--jobs N] [--each N] [--cases N] [--seed N]

Every file of tests/hostile/files.py is brought to every door of tests/hostile/doors.py that is named (all), each time in a process of its
own, N at once (as many as there are processors). Prints what is wrong with each case that is wrong, then figures: cases, files, how
they ended, the longest time of the processor, the most memory. With --each so many files are drawn for each door; with
--cases so many cases are drawn of all; both by a seed from the clock, which is printed. Status 1 where a case is wrong. Linux only.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from hostile.brought import Bench  # noqa: E402
from hostile.doors import BY_NAME, DOORS, Ended  # noqa: E402
from hostile.files import ALL  # noqa: E402


def main(words: list[str]) -> int:
    """Runs the cases that are asked for."""
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("--door", action="append", choices=list(BY_NAME))
    asking.add_argument("--family", action="append")
    asking.add_argument("--file", action="append")
    asking.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asking.add_argument("--each", type=int, help="only so many files through each door, drawn")
    asking.add_argument("--cases", type=int, help="only so many of all cases")
    asking.add_argument("--seed", type=int, default=time.time_ns() % 10**8)
    asking.add_argument("--all", action="store_true", help="print every case")
    asked = asking.parse_args(words)
    doors = [BY_NAME[name] for name in asked.door] if asked.door else list(DOORS)
    files = [
        one for one in ALL if (not asked.family or one.family in asked.family) and (not asked.file or one.name in asked.file)
    ]
    ended: list[Ended] = []
    with tempfile.TemporaryDirectory(prefix="camcensus-hostile-") as folder:
        bench = Bench(Path(folder), ROOT)
        cases = [(door, file) for door in doors for file in files if door.fits(file)]
        chance = random.Random(asked.seed)
        if asked.each or asked.cases:
            print(f"seed {asked.seed}", flush=True)
        if asked.each:
            fitting = [(door, [file for file in files if door.fits(file)]) for door in doors]
            cases = [(door, file) for door, fit in fitting for file in chance.sample(fit, min(asked.each, len(fit)))]
        if asked.cases:
            cases = chance.sample(cases, min(asked.cases, len(cases)))
        for one in bench.run(cases, asked.jobs):
            ended.append(one)
            if one.wrong or asked.all:
                print(f"{one.door} · {one.file}: {one.status} {'; '.join(one.wrong)} | {one.said.strip()[-200:]}", flush=True)
        usual = list(bench.usual.values())
    return say(ended, usual, len(files))


def stall_ms(ended: list[Ended]) -> int:
    """The longest that a window's thread worked without a pause, its start included."""
    return max((int(found) for one in ended for found in re.findall(r"longest stall (\d+) ms", one.said)), default=0)


def say(ended: list[Ended], usual: list[Ended], files: int) -> int:
    """Prints the figures; whether anything is wrong."""
    for name in dict.fromkeys(one.door for one in ended):
        of = [one for one in ended if one.door == name]
        ways = Counter(one.way for one in of)
        slowest, largest = max(of, key=lambda one: one.cpu_s), max(of, key=lambda one: one.peak_mb)
        print(
            f"{name}: {len(of)} files, refused {ways['refused']}, taken {ways['taken']}, wrong {ways['wrong']}; longest {slowest.cpu_s:.1f} s "
            f"({slowest.file}), most {largest.peak_mb} MB ({largest.file})"
        )
    if stall_ms(ended):
        print(
            f"the window's longest stall: {stall_ms(ended)} ms of its thread, its start included; with a sound file {stall_ms(usual)} ms"
        )
    wrong = sum(bool(one.wrong) for one in ended)
    print(f"{files} files, {len(ended)} cases, {wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
