"""Networks that caretakers have, and a computer that stands still: python tests/bench/arrangements.py [--devices N] [--seed N] [--save]

Drawn fleets of N (60) devices behind a cable, a router, a proxy ARP, with doubled endpoint ids and with a host that repeats others;
and behind a router, at each pace, a search whose process stands still for 1, 3 and 10 s from its second second on. Then the small
networks of `tests/others/small_networks.py`. --save writes tests/bench/results/arrangements.md. --small is those alone. Needs Linux
and root.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.layouts import LAYOUTS  # noqa: E402
from fleet.judge import judge  # noqa: E402
from fleet.running import Drawn, Fleet  # noqa: E402
from others.small_networks import SMALL, searched  # noqa: E402

RESULTS = ROOT / "tests" / "bench" / "results" / "arrangements.md"
HEAD = "| arrangement | pace | found | doubled | others counted | kind | maker | s | advice |\n|---|---|---|---|---|---|---|---|---|"
AFTER_S = 2.0

SMALL_HEAD = "| small network | pace | found | maker | counted | others | s | advice |\n|---|---|---|---|--:|--:|--:|---|"


def stalled(seconds: float, command: Sequence[str]) -> int:
    """Runs a search and stops its process for so long."""
    program = subprocess.Popen(command)
    time.sleep(AFTER_S)
    if program.poll() is None:
        os.kill(program.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(program.pid, signal.SIGCONT)
    return program.wait()


def search(layout: str, pace: str, size: int, seed: int, stall_s: float, folder: Path) -> str:
    """One search of a drawn fleet: its line."""
    plan = LAYOUTS[layout]
    with Fleet(size, drawn=Drawn(seed, plan.layout, plan.doubled, plan.repeats)) as fleet:
        cards = [word for address in fleet.addresses for word in ("--interface", address)]
        command = [sys.executable, "-m", "camcensus", "scan", *cards, "--pace", pace, "--range", fleet.range, "--json"]
        if stall_s:
            command = [sys.executable, str(Path(__file__)), "stalled", str(stall_s), *command]
        ran = fleet.run(command, limit_s=400.0, environment={"CAMCENSUS_DATA": str(folder)})
        told = json.loads(ran.out)
        score = judge(fleet.units, told["devices"], swept=True, beyond=layout == "router")
    name = f"{layout}, stands still {stall_s:g} s" if stall_s else layout
    advice = ", ".join(one.get("topic", "") for one in told["scan"]["advice"]) or "–"
    cells = (
        name, pace, f"{score.found - len(score.lost)}/{score.expected}", len(score.doubled) + len(score.merged),
        len(score.decoys) + len(score.strangers), f"{score.kinds_right}/{score.found}", f"{score.right}/{score.told}", ran.seconds, advice,
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def small_network(name: str, pace: str, folder: Path) -> str:
    """One search of a small network: its line, which ends in what does not hold."""
    wanted = SMALL[name]
    came = searched(wanted, pace, folder)
    missing = [
        "not all found" if came.found < came.wanted else "",
        "others counted" if came.counted > came.wanted else "",
        "makers" if came.makers < came.makers_wanted else "",
        "rows too many" if came.others > wanted.others else "",
        "advice" if wanted.advice and wanted.advice not in came.advice else "",
    ]
    cells = (
        name, pace, f"{came.found}/{came.wanted}", f"{came.makers}/{came.makers_wanted}", came.counted, came.others, came.seconds,
        (", ".join(came.advice) or "–") + "".join(f"; **{one}**" for one in missing if one),
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def main(words: list[str]) -> int:
    """Runs and prints all."""
    if words[:1] == ["stalled"]:
        return stalled(float(words[1]), words[2:])
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("--devices", type=int, default=60)
    asking.add_argument("--seed", type=int, default=time.time_ns() % 10**8)
    asking.add_argument("--save", action="store_true")
    asking.add_argument("--small", action="store_true")
    asked = asking.parse_args(words)
    cases = [(layout, "fast", 0.0) for layout in LAYOUTS]
    cases += [("router", pace, stall) for pace in ("fast", "normal", "gentle") for stall in (1.0, 3.0, 10.0)]
    lines: list[str] = []

    def said(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    with tempfile.TemporaryDirectory() as folder:
        if not asked.small:
            said(HEAD)
            for layout, pace, stall in cases:
                said(search(layout, pace, asked.devices, asked.seed, stall, Path(folder)))
            said("")
        said(SMALL_HEAD)
        for number, (name, pace) in enumerate((name, pace) for name, one in SMALL.items() for pace in one.paces):
            said(small_network(name, pace, Path(folder) / str(number)))
    if asked.save:
        head = f"# Arrangements\n\n`python tests/bench/arrangements.py --save`, {asked.devices} devices, seed {asked.seed}.\n\n"
        RESULTS.write_text(head + "\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
