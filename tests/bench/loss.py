"""Searches over a cable that loses three frames in ten and carries 1 Mbit/s: python tests/bench/loss.py [TIMES] [--pace PACE] [--seed N]

TIMES (3) fleets of cameras, recorders and other things that answer as they should, drawn by a seed from the clock, which is printed; each
is searched, its range named, gently as every first search is. Prints what was found. As root on Linux. Status 1 where fewer than 19
in 20 of all cameras and recorders were found, where a maker was wrong for certain, or a search did not end by itself.
"""

# ruff: noqa: E402 (tests are no package: their folder is put on the path first)
from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from fleet.judge import Score, judge
from fleet.running import Drawn, Fleet

DEVICES, LEAST, LIMIT_S = 27, 19 / 20, 600


def search(seed: int, pace: str) -> Score | None:
    """One fleet: how the search did, None where it did not end by itself; prints it."""
    with tempfile.TemporaryDirectory() as folder, Fleet(DEVICES, drawn=Drawn(seed, "lossy")) as fleet:
        how = ["--interface", fleet.address, "--pace", pace, "--range", fleet.range, "--json"]
        ran = fleet.run(
            [sys.executable, "-m", "camcensus", "scan", *how], limit_s=LIMIT_S, environment={"CAMCENSUS_DATA": folder}
        )
        if ran.code != 0:
            print(f"seed {seed}: the search ended with {ran.code}: {ran.err[-300:]}", flush=True)
            return None
        score = judge(fleet.units, json.loads(ran.out)["devices"], swept=True)
    print(
        f"seed {seed}, {pace}: {score.found} of {score.expected} found, {score.right} of {score.told} with their maker, "
        f"{len(score.wrong_certain)} wrong for certain, {ran.seconds} s, {ran.memory_mb} MB; missed {', '.join(score.missed) or 'none'}",
        flush=True,
    )
    return score


def main(words: list[str]) -> int:
    """So many fleets, one after the other."""
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("times", nargs="?", type=int, default=3)
    asking.add_argument("--pace", default="gentle")
    asking.add_argument("--seed", type=int, default=time.time_ns() % 10**8)
    asked = asking.parse_args(words)
    scores = [search(asked.seed + number, asked.pace) for number in range(asked.times)]
    ended = [one for one in scores if one is not None]
    found, expected = sum(one.found for one in ended), sum(one.expected for one in ended)
    certain = sum(len(one.wrong_certain) for one in ended)
    print(
        f"{found} of {expected} found over a cable that loses 30%, {certain} wrong for certain, {asked.times - len(ended)} did not end"
    )
    return int(len(ended) < asked.times or certain > 0 or found < expected * LEAST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
