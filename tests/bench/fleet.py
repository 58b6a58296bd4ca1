"""The search of the project's own test network, by size and pace, and with a wrong password for all.

Run as root on Linux: python tests/bench/fleet.py [--sizes 250,1000] [--paces fast,normal,gentle] [--no-logins] [-o FILE]
or, on networks that a seed draws (see layouts.py): python tests/bench/fleet.py --layouts local,router,… [--seed N] [--seeds 3] [--save]

Each search is `camcensus scan --json` in a process of its own at the scanner's end of the network; seconds are from its start to
its end. "fast" and "normal" also sweep the /22. What has to hold is checked, and the status is 1 where it does not. Beside other
programs: pace_peers.py.
"""

# ruff: noqa: E402 (tests are no package: their folder is put on the path first)
from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.layouts import main as layouts
from bench.layouts import most_connections
from camcensus.discovery.pace import CONNECTIONS, FORBIDDEN_PORTS
from fleet.judge import Score, judge
from fleet.running import Fleet, NoNamespacesError, Ran

LIMITS_S = {(250, "fast"): 5.0, (1000, "fast"): 8.0, (1000, "normal"): 40.0, (250, "gentle"): 90.0}
"""On two cores that do nothing else; the row "limit" says what the computer and the devices allow just then."""
MEMORY_MB = 200
RIGHT = 0.97

BUSY = os.getloadavg()[0]
COLUMNS = (
    "program", "devices", "pace", "found", "decoys", "twice", "maker", "wrong", "seconds", "cpu s", "memory MB", "packets",
    "open", "most a second", "failed",
)  # fmt: skip


@dataclass
class Table:
    """Rows of the report, printed as they come; and what did not hold."""

    rows: list[list[str]]
    broken: list[str]

    def add(self, *row: object) -> None:
        """One line."""
        self.rows.append([str(value) for value in row] + [""] * (len(COLUMNS) - len(row)))
        print(" | ".join(self.rows[-1]), flush=True)

    def check(self, holds: bool, say: str) -> None:
        """Notes what does not hold."""
        if not holds:
            self.broken.append(say)
            print(f"  does not hold: {say}", flush=True)


def scan(fleet: Fleet, folder: Path, *more: str, limit_s: float = 300.0) -> Ran:
    """One search; `folder` is the person's own."""
    command = [sys.executable, "-m", "camcensus", "scan", "--interface", fleet.address, "--json", *more]
    return fleet.run(command, limit_s=limit_s, environment={"CAMCENSUS_DATA": str(folder)})


def limit(table: Table, size: int) -> None:
    """A bare program that asks the same with no pace and no manners: how fast a search can be here and now."""
    with Fleet(size) as fleet:
        ran = fleet.run([sys.executable, str(Path(__file__).with_name("pace_limit.py")), fleet.address, fleet.range])
        told = json.loads(ran.out) if ran.code == 0 else {}
        nothing = ("",) * 4
        table.add(
            "limit", size, "none + sweep", told.get("hosts", ran.err[-200:]), *nothing, ran.seconds, ran.cpu_s, ran.memory_mb
        )


def measure(table: Table, size: int, pace: str, folder: Path) -> None:
    """One search of one fleet, held against what is true."""
    with Fleet(size) as fleet:
        swept = pace != "gentle"
        ran = scan(fleet, folder, "--pace", pace, *(("--range", fleet.range) if swept else ()))
        counted = fleet.report()
        if ran.code != 0:
            table.check(False, f"{size} {pace}: the search ended with {ran.code}: {ran.err[-300:]}")
            return
        score = judge(fleet.units, json.loads(ran.out)["devices"], swept=swept)
        row_of(table, "camcensus", size, pace + (" + sweep" if swept else ""), score, ran, counted)
        check(table, f"{size} {pace}", score, ran, counted, LIMITS_S.get((size, pace)))
        print("  almost certain, of those that show full signs:", certain_of(score), flush=True)


def certain_of(score: Score) -> str:
    """ "axis 20/22, bosch 7/7": of each maker's devices with full signs, how many are almost certain."""
    every = Counter(maker for maker, _ in score.full_signs)
    sure = Counter(maker for maker, certain in score.full_signs if certain)
    return ", ".join(f"{maker} {sure[maker]}/{number}" for maker, number in sorted(every.items()))


def row_of(table: Table, name: str, size: int, pace: str, score: Score, ran: Ran, counted: dict[str, Any]) -> None:
    """The line of one search."""
    devices = counted["devices"].values()
    packets = sorted(row["packets_to_it"] for row in devices if row["packets_out"])
    table.add(
        name, size, pace, f"{score.found}/{score.expected}", len(score.decoys) + len(score.strangers),
        len(score.doubled) + len(score.merged), f"{score.right}/{score.told}", len(score.wrong_certain), ran.seconds, ran.cpu_s,
        ran.memory_mb, f"{packets[len(packets) // 2]} ({packets[-1]})", max(row["open_at_once"] for row in devices),
        counted["cable"]["most_in_a_second"], sum(row["failed_logins"] for row in devices),
    )  # fmt: skip


def check(table: Table, what: str, score: Score, ran: Ran, counted: dict[str, Any], limit_s: float | None) -> None:
    """What has to hold for each search."""
    devices = counted["devices"].values()
    table.check(score.found == score.expected, f"{what}: missed {score.missed}")
    table.check(not score.lost, f"{what}: found and not counted {score.lost}")
    table.check(not score.decoys and not score.strangers, f"{what}: counted {score.decoys + score.strangers}")
    table.check(not score.doubled and not score.merged, f"{what}: twice {score.doubled}, as one {score.merged}")
    table.check(score.share_right >= RIGHT, f"{what}: right {score.right} of {score.told}; {score.wrong + score.unnamed}")
    table.check(not score.wrong_certain, f"{what}: wrong and almost certain {score.wrong_certain}")
    table.check(limit_s is None or ran.seconds <= limit_s, f"{what}: {ran.seconds} s")
    table.check(ran.memory_mb < MEMORY_MB, f"{what}: {ran.memory_mb} MB")
    table.check(not any(row["failed_logins"] for row in devices), f"{what}: failed logins")
    table.check(not any(row["writes"] for row in devices), f"{what}: requests that could write")
    table.check(max(row["open_at_once"] for row in devices) <= 2, f"{what}: connections open at once")
    most = most_connections(counted)
    table.check(most <= CONNECTIONS, f"{what}: {most} connections to one address")
    asked = {int(port) for port in counted["cable"]["tcp_ports"]}
    table.check(not asked & FORBIDDEN_PORTS, f"{what}: ports {asked & FORBIDDEN_PORTS}")
    table.check(not any(row["raw_bytes"] for row in devices), f"{what}: bytes to printers or controllers")
    if what.endswith("gentle"):
        table.check(counted["cable"]["most_in_a_second"] <= 20, f"{what}: new connections a second")


def logins(table: Table, size: int) -> list[str]:
    """A wrong password typed for all: what the devices counted."""
    with Fleet(size) as fleet, tempfile.TemporaryDirectory() as place:
        secret = Path(place) / "password"
        secret.write_text("not-the-password\n", encoding="utf-8")
        secret.chmod(0o600)
        ran = scan(fleet, Path(place) / "data", "--pace", "fast", "--login", "admin", "--password-file", str(secret))
        counted = fleet.report()["devices"].values()
    failed = [row["failed_logins"] for row in counted]
    locked = sum(row["locked"] for row in counted)
    said = ran.err.strip().splitlines()[-1:] or [""]
    line = f"{sum(failed)} failed logins, {max(failed)} at most at one device, {locked} locked out; “{said[0]}”"
    print(line, flush=True)
    table.check(sum(failed) == 3 and max(failed) <= 1, f"wrong password: {sum(failed)} failed logins")
    table.check(not locked, f"wrong password: {locked} locked out")
    table.check("no more were asked" in ran.err, "wrong password: the end of the round is not said")
    return [line]


def write(path: Path, table: Table, logged_in: Sequence[str], arguments: Sequence[str]) -> None:
    """The table as Markdown."""
    lines = [
        "# The fleet",
        "",
        f"Made by `python tests/bench/fleet.py {' '.join(arguments)}` on {os.cpu_count()} cores,",
        f"which {BUSY:.1f} programs on average wanted when it began (the devices and the search share them).",
        "",
        "found: reachable cameras and recorders in the list. decoys: other things counted as cameras. twice: devices in two rows, or two",
        "in one. limit: a bare program that asks the same without a pace. maker: named rightly, of those found whose answers tell it. wrong: wrong and almost certain. packets: to one device",
        "alone, the middle one and the most. open: connections open at once to one host. failed: logins that failed.",
        "",
        "| " + " | ".join(COLUMNS) + " |",
        "|" + "---|" * len(COLUMNS),
        *("| " + " | ".join(row) + " |" for row in table.rows),
        "",
    ]
    if logged_in:
        lines += ["A wrong password typed for all:", "", *(f"- {line}" for line in logged_in), ""]
    lines += ["What has to hold, holds." if not table.broken else "Does not hold: " + "; ".join(table.broken), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Runs what was asked for; 1 where something does not hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", default="250,1000")
    asked.add_argument("--paces", default="fast,normal,gentle")
    asked.add_argument("--no-logins", action="store_true")
    asked.add_argument("--layouts", help="drawn networks instead: see layouts.py")
    asked.add_argument("--seed", help="of the drawn networks, several by commas; drawn where none is given")
    asked.add_argument("--seeds", type=int, default=1)
    asked.add_argument("--save", action="store_true", help="the table of the drawn networks into tests/bench/results")
    asked.add_argument("-o", dest="output", type=Path)
    options = asked.parse_args(arguments)
    if options.layouts:
        more = [] if options.seed is None else ["--seed", options.seed]
        more += ["-o", str(options.output)] if options.output else []
        more += ["--save"] if options.save else []
        return layouts(["--layouts", options.layouts, "--sizes", options.sizes, "--seeds", str(options.seeds), *more])
    table = Table([], [])
    print(" | ".join(COLUMNS))
    logged_in: list[str] = []
    sizes = [int(size) for size in options.sizes.split(",") if size]
    try:
        with tempfile.TemporaryDirectory() as place:
            for size in sizes:
                limit(table, size)
                for pace in options.paces.split(","):
                    if pace != "gentle" or size <= 250:
                        measure(table, size, pace, Path(place))
        if not options.no_logins:
            logged_in = logins(table, min(sizes, default=250))
    except NoNamespacesError:
        print("Network namespaces cannot be made here: run this as root on Linux.")
        return 1
    if options.output:
        write(options.output, table, logged_in, arguments)
    return 1 if table.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
