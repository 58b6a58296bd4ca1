"""Fuzzing by one command: python tests/bench/fuzz.py [SECONDS] [SEED] [--only NAME] [--save FOLDER]

SECONDS (60) are shared among all readers of what strangers write (tests/hostile/fuzzing.py): each codec, captures, lists, registers,
published tables, JSON, spreadsheets and pictures through the worker, policies, keys, signatures, patterns. SEED is drawn from the clock
where none is given, and printed: the same seed gives the same inputs in the same order. Prints how often each was tried and every fault,
which is anything but an error of ours, or an input that takes more than 2 s of the processor; with --save its bytes are written into
FOLDER. Status 1 where there is one.

Where atheris is installed (`pip install atheris`, into an environment of its own: nothing of Camcensus needs it) inputs are led by what
code they reach, and the same seed need not give the same; else, or with --plain, they are sound examples with changes drawn by
chance. Which it was is printed.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # tests/installers would hide installers


def main(words: list[str]) -> int:
    """One run."""
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("seconds", nargs="?", type=float, default=60)
    asking.add_argument("seed", nargs="?", type=int, default=time.time_ns() % 10**8)
    asking.add_argument("--only", default="")
    asking.add_argument("--save", type=Path)
    asking.add_argument("--plain", action="store_true", help="by chance, although atheris is installed")
    asked = asking.parse_args(words)
    if not asked.plain and importlib.util.find_spec("atheris") is not None:
        print(f"seed {asked.seed}, led by what code is reached (atheris {version('atheris')})", flush=True)
        from hostile.led import fuzz_led

        run = fuzz_led(asked.seed, seconds=asked.seconds, only=asked.only)
    else:
        print(f"seed {asked.seed}, by chance", flush=True)
        from hostile.fuzzing import fuzz

        run = fuzz(asked.seed, seconds=asked.seconds, only=asked.only)
    for name, times in run.runs.items():
        print(f"{name}: {times} inputs")
    for number, fault in enumerate(run.faults):
        print(f"FAULT {fault.target}: {fault.what}; {len(fault.data)} bytes, {fault.data[:60]!r}")
        if asked.save:
            asked.save.mkdir(parents=True, exist_ok=True)
            (asked.save / f"{number}-{fault.target.replace(' ', '-')}.bin").write_bytes(fault.data)
    print(f"{sum(run.runs.values())} inputs to {len(run.runs)} readers, {len(run.faults)} faults")
    return int(bool(run.faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
