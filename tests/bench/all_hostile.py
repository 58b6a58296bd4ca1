"""All that strangers and bad luck do, and the figures that are promised: python3 run.py check --hostile

Or `python tests/bench/all_hostile.py [AREA...] [--seed N] [--save]`. Runs the measurements below, or those whose area holds a word that is given: what a busy computer would spoil alone and first, then as many
at once as there are processors, of those on networks one at a time. Each prints how it ended; in the end comes a table: the area, the figure
that is promised, what was measured, seconds, whether it is held. What this computer cannot measure is a row that says why, and counts as
not held. Draws are by a seed from the clock, which is printed. With --save the table is written to tests/bench/results. Status 1 where
a figure is not held. Half an hour on two cores; needs Linux with strace, and root for networks of many addresses.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH, TESTS = "tests/bench/", "tests/"
RESULTS = ROOT / "tests" / "bench" / "results" / "all_hostile.md"
SHOWN_LINES = 40
NETWORKS = threading.Lock()
"""The system has one table of neighbours for all networks that are made here."""


@dataclass(frozen=True)
class Figure:
    """An area, what is promised, and the commands that measure it. `needs` is a program, or "root", without which it cannot be measured."""

    area: str
    promised: str
    commands: tuple[tuple[str, ...], ...]
    needs: tuple[str, ...] = ()
    is_alone: bool = False
    is_network: bool = False

    @property
    def missing(self) -> str:
        """What this computer lacks for it."""
        there = {"root": hasattr(os, "geteuid") and os.geteuid() == 0}
        return ", ".join(one for one in self.needs if not there.get(one, shutil.which(one) is not None))


@dataclass(frozen=True)
class Measured:
    """How a figure came out: "held", "NOT HELD" or "not measured"; what each command printed last."""

    figure: Figure
    state: str
    said: str
    seconds: float = 0.0


def bench(name: str, *words: str) -> tuple[str, ...]:
    """A bench of ours."""
    return (f"{BENCH}{name}.py", *words)


def tests(*names: str) -> tuple[str, ...]:
    """Tests by their paths."""
    return ("-m", "pytest", "-q", "-p", "no:cacheprovider", *(TESTS + name for name in names))


def figures(seed: int) -> tuple[Figure, ...]:
    """All of them, the long ones first."""
    drawn = ("--seed", str(seed))
    return (
        Figure("the window", "no stall of 200 ms while devices, files and plans mean it harm", (bench("stalls", "--cases", "300", *drawn),),
               ("root",), is_alone=True, is_network=True),
        Figure("network payloads", "no crash, under 300 MB, no word to the canary, every honest camera right",
               (tests("hostile/test_payloads.py", "hostile/test_payload_network.py", "hostile/test_network.py"), bench("hostile", "200")),
               ("root",), is_network=True),
        Figure("under 30% loss and 1 Mbit/s", "19 in 20 cameras and recorders found at the gentle pace", (bench("loss", "3", *drawn),),
               ("root",), is_network=True),
        Figure("scope and gentleness", "nothing sent that is not on the list", (bench("wire_audit"),), ("root",), is_network=True),
        Figure("damaged inventories", "300: no fault of ours, no hang, none over 10 s, the window starts",
               (bench("damaged", str(seed), "300", "show", "open", "start"),)),
        Figure("hostile files", "each at a door: a sentence, 10 s, 400 MB, nothing else changed, no network",
               (bench("hostile_files", "--each", "4", "--jobs", "1", *drawn),)),
        Figure("kill -9", "500: no acknowledged change lost, none corrupt", (bench("kill9", "500", *drawn),)),
        Figure("full disk and errors at each write", "24 moments of each kind of work: none corrupt, a sentence, the retry succeeds",
               (bench("disk_faults", "24", "--jobs", "1", *drawn),
                tests("store/test_files.py", "store/test_room.py", "store/vendors_db/test_updates.py", "tasks/finding/test_seen.py")),
               ("strace",)),
        Figure("power cuts", "4,000 states: none corrupt, nothing acknowledged lost", (bench("powercut", "4000", *drawn),), ("strace",)),
        Figure("changed bits in back-ups and exports", "400: each reported, or without effect on any row",
               (bench("bitflips", "400", str(seed)), tests("store/test_backup_digest.py", "store/test_sealed.py", "store/exchange_file/test_write.py"))),
        Figure("migrations", "the old file intact or the new one complete", (tests("store/test_migrations.py", "store/test_opening.py"),)),
        Figure("lock-out", "200 devices, a wrong password: 3 logins in all", (tests("tasks/finding/test_sign_in.py"),)),
        Figure("secrets", "no trace of a password in anything written", (tests("hostile/test_secrets.py", "cli/test_login.py"),)),
        Figure("updates of the knowledge", "14 bad ones refused, what was in use stays",
               (tests("store/vendors_db/test_updates.py", "store/vendors_db/test_stranger.py", "store/test_signatures.py"),)),
        Figure("fuzzing", "60 s: nothing but our own errors", (bench("fuzz", "60", str(seed)),)),
        Figure("rich text", "no widget that guesses; a name of 300 bytes shown at once", (tests("ui/kit/test_widgets.py", "ui/manufacturers/test_page.py"),)),
    )  # fmt: skip


def measure(figure: Figure) -> Measured:
    """Runs the commands of one figure and prints what they said."""
    if figure.missing:
        return Measured(figure, "not measured", f"needs {figure.missing}")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    shown, said, is_held = [], [], True
    with NETWORKS if figure.is_network else nullcontext():
        began_s = time.monotonic()
        for command in figure.commands:
            done = subprocess.run(
                [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True, errors="replace", check=False,
            )  # fmt: skip
            lines = [line for line in done.stdout.splitlines() if line.strip()] or ["nothing was printed"]
            shown += [f"$ python {' '.join(command)}", *lines[-SHOWN_LINES:]]
            said.append(lines[-1].strip("= "))
            is_held &= done.returncode == 0
        seconds = time.monotonic() - began_s
    found = Measured(figure, "held" if is_held else "NOT HELD", "; ".join(said), seconds)
    print("\n".join([f"== {figure.area}: {found.state}, {seconds:.0f} s", *shown, ""]), flush=True)
    return found


def table(found: list[Measured]) -> str:
    """The figures as a table, and how many are held."""
    lines = ["| Area | Promised | Measured | Seconds | State |", "|---|---|---|---|---|"]
    lines += [f"| {one.figure.area} | {one.figure.promised} | {one.said} | {one.seconds:.0f} | {one.state} |" for one in found]
    states = [one.state for one in found]
    lines += [
        "",
        f"{len(found)} figures: " + ", ".join(f"{states.count(one)} {one}" for one in ("held", "NOT HELD", "not measured")),
    ]
    return "\n".join(lines)


def main(words: list[str]) -> int:
    """Runs them all, or those whose area holds a word that is given."""
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("areas", nargs="*", metavar="AREA")
    asking.add_argument("--seed", type=int, default=time.time_ns() % 10**8)
    asking.add_argument("--save", action="store_true")
    asked = asking.parse_args(words)
    wanted = [one for one in figures(asked.seed) if not asked.areas or any(word in one.area for word in asked.areas)]
    cores = os.cpu_count() or 1
    print(f"seed {asked.seed}; {len(wanted)} figures, {cores} at once", flush=True)
    began_s = time.monotonic()
    found = [measure(one) for one in wanted if one.is_alone]
    with ThreadPoolExecutor(cores) as lanes:
        found += lanes.map(measure, [one for one in wanted if not one.is_alone])
    took = f"{(time.monotonic() - began_s) / 60:.0f} minutes"
    print(f"{table(found)}\n{took}")
    if asked.save:
        RESULTS.write_text(_kept(found, asked.seed, took), "utf-8")
    return int(not wanted or any(one.state != "held" for one in found))


def _kept(found: list[Measured], seed: int, took: str) -> str:
    day = time.strftime("%-d %B %Y", time.gmtime())
    load = ", ".join(f"{one:.0f}" for one in os.getloadavg())
    return (
        f"# What is promised of hostile devices, files and bad luck\n\n`python3 run.py check --hostile` (`python tests/bench/all_hostile.py --save`), {day}, seed {seed}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}, {os.cpu_count()} cores, "
        f"load at the end {load}: {took}.\n\n{table(found)}\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
