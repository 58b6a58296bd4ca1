"""Networks that caretakers have, and a computer that stands still: python tests/bench/arrangements.py [--devices N] [--seed N] [--save]

Drawn fleets of N (60) devices behind a cable, a router, a proxy ARP, with doubled endpoint ids and with a host that repeats others;
and behind a router, at each pace, a search whose process stands still for 1, 3 and 10 s from its second second on. Then what one
address shows that stands for several devices, judged from replies alone. --save writes tests/bench/results/arrangements.md. Needs
Linux and root for the first two; the third is judged anywhere.
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
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.tasks.finding.census import judge as judge_replies  # noqa: E402
from fleet.judge import judge  # noqa: E402
from fleet.running import Drawn, Fleet  # noqa: E402
from identity.hosts_seen import at_port, host, observations  # noqa: E402
from labelled.packets import Packet, http, info, neighbour, realm, rtsp_realm  # noqa: E402

RESULTS = ROOT / "tests" / "bench" / "results" / "arrangements.md"
HEAD = "| arrangement | pace | found | doubled | others counted | kind | maker | s | advice |\n|---|---|---|---|---|---|---|---|---|"
AFTER_S = 2.0

HIKVISION, DAHUA, AXIS = http("Server: Hikvision-Webs"), realm("Login to 4K01FD2PAJ00001"), realm("AXIS_ACCC8E000001")
ONE_ADDRESS: dict[str, tuple[Sequence[Packet], str]] = {
    "port forwards to three makers": ([at_port(HIKVISION, 80), at_port(DAHUA, 81), at_port(AXIS, 8080)], "3 rows, each its maker"),
    "the same, and a router's MAC address": (
        [neighbour("44:19:b6:10:20:99"), at_port(HIKVISION, 80), at_port(DAHUA, 81), at_port(AXIS, 8080)], "3 rows and the router",
    ),
    "recorder, two cameras at its ports": (
        [at_port(info("Hikvision", model, "1", serial), port) for model, serial, port in (
            ("DS-7608NI-K2", "DS-7608NI-K20820210719CCRRG00000001WCVU", 80), ("DS-2CD2143G2-I", "DS-2CD2143G2-I20210101AAWRG00000002", 65001),
            ("DS-2CD2043G2-I", "DS-2CD2043G2-I20210101AAWRG00000003", 65002))], "3 rows",
    ),
    "camera with web pages and video": ([at_port(HIKVISION, 80), at_port(HIKVISION, 8000), rtsp_realm("IP Camera(C1214)")], "1 row"),
    "video only": ([rtsp_realm("IP Camera(C1214)")], "1 row"),
    "HTTPS only": ([at_port(HIKVISION, 443)], "1 row"),
}  # fmt: skip


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


def one_address() -> list[str]:
    """What one address shows, judged."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    lines = ["| one address | wanted | rows | told |", "|---|---|--:|---|"]
    for name, (packets, wanted) in ONE_ADDRESS.items():
        found = judge_replies(observations(host("10.0.0.5", *packets), "2026-11-24T10:00"), knowledge)
        told = "; ".join(
            f"{one.description.kind}, {one.attribution.manufacturer or '–'} {one.attribution.grade}" for one in found
        )
        lines.append(f"| {name} | {wanted} | {len(found)} | {told} |")
    return lines


def main(words: list[str]) -> int:
    """Runs and prints all."""
    if words[:1] == ["stalled"]:
        return stalled(float(words[1]), words[2:])
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("--devices", type=int, default=60)
    asking.add_argument("--seed", type=int, default=time.time_ns() % 10**8)
    asking.add_argument("--save", action="store_true")
    asked = asking.parse_args(words)
    lines = [HEAD]
    cases = [(layout, "fast", 0.0) for layout in LAYOUTS]
    cases += [("router", pace, stall) for pace in ("fast", "normal", "gentle") for stall in (1.0, 3.0, 10.0)]
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for layout, pace, stall in cases:
            lines.append(search(layout, pace, asked.devices, asked.seed, stall, Path(folder)))
            print(lines[-1], flush=True)
    lines += ["", *one_address()]
    print("\n".join(lines[-len(ONE_ADDRESS) - 2 :]))
    if asked.save:
        head = f"# Arrangements\n\n`python tests/bench/arrangements.py --save`, {asked.devices} devices, seed {asked.seed}.\n\n"
        RESULTS.write_text(head + "\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
