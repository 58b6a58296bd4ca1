"""All that strangers and bad luck do, and the figures that are promised: python3 run.py check --hostile

Runs each measurement below one after the other, prints what it printed last, and in the end a table: the area, the figure that is
promised, what was measured, whether it is held. What this computer cannot measure is a row that says why, and is not held. Status 1 where
a measured figure is not held. An hour on two cores; needs Linux, and root for networks of many addresses.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH, TESTS = "tests/bench/", "tests/"


@dataclass(frozen=True)
class Figure:
    """An area, what is promised, and the commands that measure it; without a command `why` says what would be needed."""

    area: str
    promised: str
    commands: tuple[tuple[str, ...], ...]
    why: str = ""


def bench(name: str, *words: str) -> tuple[str, ...]:
    """A bench of ours."""
    return (f"{BENCH}{name}.py", *words)


def tests(*names: str) -> tuple[str, ...]:
    """Tests by their paths."""
    return ("-m", "pytest", "-q", *(TESTS + name for name in names))


FIGURES = (
    Figure("network payloads", "no crash, under 300 MB, no word to the canary, every honest camera right",
           (tests("hostile/test_payloads.py", "hostile/test_payload_network.py", "hostile/test_network.py"), bench("hostile", "200"))),
    Figure("under 30% loss and 1 Mbit/s", "19 of 20 honest cameras found", (), "needs a network that loses packets, which no command here makes"),
    Figure("hostile files", "each at every door: a sentence, 10 s, 400 MB, nothing else changed, no network", (bench("hostile_files"),)),
    Figure("the window", "no stall of 200 ms while devices, files and plans mean it harm", (bench("stalls", "--cases", "600"),)),
    Figure("damaged inventories", "300: no fault of ours, no hang, none over 10 s, the window starts", (bench("damaged", str(time.time_ns() % 10**8), "300"),)),
    Figure("changed bits in back-ups and exports", "400 of 400 reported",
           (bench("bitflips", "400"), tests("store/test_row_sums.py", "store/test_sealed.py", "store/exchange_file/test_write.py"))),
    Figure("kill -9", "500: no acknowledged change lost, none corrupt", (bench("kill9", "500"),)),
    Figure("power cuts", "4,000 states: none corrupt, nothing acknowledged lost", (bench("powercut", "4000"),)),
    Figure("full disk and errors at each write", "none corrupt, a sentence, the retry succeeds",
           (bench("disk_faults"), tests("store/test_files.py", "store/test_room.py", "store/vendors_db/test_updates.py", "tasks/finding/test_seen.py"))),
    Figure("migrations", "the old file intact or the new one complete", (tests("store/test_migrations.py", "store/test_opening.py"),)),
    Figure("lock-out", "200 devices, a wrong password: 3 logins in all", (tests("tasks/finding/test_signed_in.py", "discovery/test_login.py"),)),
    Figure("scope and gentleness", "nothing sent that is not on the list", (bench("wire_audit"),)),
    Figure("secrets", "no trace of a password in anything written", (tests("hostile/test_secrets.py", "cli/test_login.py", "store/test_keychain.py"),)),
    Figure("updates of the knowledge", "14 bad ones refused, what was in use stays", (tests("store/vendors_db/test_updates.py", "store/vendors_db/test_stranger.py", "store/test_signatures.py"),)),
    Figure("fuzzing", "60 s: nothing but our own errors", (bench("fuzz", "60"),)),
    Figure("rich text", "no widget that guesses; a name of 300 bytes shown at once", (tests("ui/kit/test_widgets.py", "ui/manufacturers/test_page.py"),)),
)  # fmt: skip


def main(words: list[str]) -> int:
    """Runs them all, or those whose area holds a word that is given."""
    lines, bad = [], 0
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    for figure in FIGURES:
        if words and not any(word in figure.area for word in words):
            continue
        state, said = "not measured", [figure.why]
        if figure.commands:
            state, said = "held", []
            print(f"== {figure.area}", flush=True)
            for command in figure.commands:
                done = subprocess.run(
                    [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                    text=True, errors="replace", check=False,
                )  # fmt: skip
                print("\n".join(done.stdout.splitlines()[-40:]), flush=True)
                said.append(
                    next((line for line in done.stdout.splitlines()[::-1] if line.strip()), "nothing was printed").strip()
                )
                if done.returncode != 0:
                    state = "NOT HELD"
            bad += state != "held"
        lines.append(f"{figure.area}: {figure.promised} | {'; '.join(said)} | {state}")
    print("\n".join(["", *lines]))
    unmeasured = sum(line.endswith("not measured") for line in lines)
    print(f"{len(lines)} figures: {len(lines) - bad - unmeasured} held, {bad} not held, {unmeasured} not measured")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
