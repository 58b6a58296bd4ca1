"""The window's longest stall while devices, files and plans mean it harm: python tests/bench/stalls.py [PART]... [--devices N] [--cases N] [--seed N] [--save]

The real window, on a screen of Xvfb under a window manager where they are installed. PARTS: "devices" searches a fleet of N (200)
where nine in ten misbehave, and looks at every page meanwhile and after; "files" brings N (300) of the hostile files, each
to a door of the window, drawn by a seed from the clock that is printed, and looks at every page of what opened; "plans" brings as
many as floor plan, photo, label and photo round, and opens inventories that hold them; "work" opens a sound inventory of N
(3,000) devices, searches, imports a list and registers as long as it, has reports drawn, and looks at every page before and after. A timer that should come every 5 ms
says how long events waited, and a thread beside it where the window's thread was. Three times: by the clock, less what threads of
the program stood ready to run while other programs had the processor, and what the window's thread itself worked. Limit for the second: 200 ms, 100 in "work"; status 1 where one
was longer, or where anything failed. With --save in tests/bench/results. "devices" needs Linux and root.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "desktop")]

PARTS = ("devices", "files", "plans", "work")
LIMIT_MS = dict.fromkeys(PARTS, 200) | {"work": 100}
RESULTS = ROOT / "tests" / "bench" / "results" / "stalls.md"


def inside(part: str, folder: Path, words: list[str]) -> int:
    """One part, in a process of its own; prints what was measured as JSON."""
    from PySide6.QtWidgets import QApplication

    from camcensus.app import data_dir
    from hostile.files import ALL
    from hostile.hands import Hands, cases, doors_of
    from hostile.sound import make_sound

    (folder / "sound").mkdir()
    sound = make_sound(folder / "sound", data_dir())
    app = QApplication(["camcensus"])
    hands = Hands(app, data_dir(), sound, folder)
    done = 1
    if part == "devices":
        from camcensus.ui.find import searching
        from camcensus.ui.find.searching import Wish

        hands.go(hands.sound_record())
        address, span = words
        for pace, ranges in (("fast", ()), ("fast", (span,)), ("gentle", ())):
            hands.watch.step = f"a search, {pace}{', every address' if ranges else ''}"
            card = next(one for one in searching.interfaces() if one.address.startswith(f"{address}/"))
            hands.go(hands.search(Wish((card,), False, False, pace, "The bench", ranges)))
        done = len(hands.found)
        print(f"devices in the inventory after each search: {hands.found}", file=sys.stderr)
    elif part == "work":
        from camcensus.model.scan import Interface
        from hostile.hands import usual_work

        record, books, listed = lay_work(folder, int(words[0]))
        hands.go(usual_work(hands, record, Interface("School network", "127.0.0.1/8", 1), books, listed))
        print(f"devices in the inventory after the search: {hands.found}", file=sys.stderr)
    else:
        every = [(file, door) for file in ALL for door in doors_of(file)]
        wanted = [one for one in every if (one[1][1] in ("picture", "label")) == (part == "plans")]
        chosen = random.Random(int(words[1])).sample(wanted, min(int(words[0]), len(wanted)))
        hands.go(cases(hands, chosen))
        done = len(hands.said)
        if done != len(chosen):
            hands.faults.append(f"{done} of {len(chosen)} were done")
    found = {"done": done, "stalls": [asdict(one) for one in hands.watch.stalls], "faults": hands.faults}
    hands.end()
    print(json.dumps(found), flush=True)
    os._exit(0)  # what a hostile file left running in a thread is not waited for


def lay_work(folder: Path, devices: int) -> tuple[Path, list[Path], Path]:
    """A record of so many devices, registers as long, half of them of devices that it has, and a list of as many addresses."""
    sys.path[:0] = [str(ROOT / "tests" / "bench")]
    import big_inventory
    from register_import import HEAD, line

    from books import xlsx

    record, table, book, listed = (folder / name for name in ("large.camcensus", "register.csv", "register.xlsx", "list.csv"))
    with big_inventory.make(record, devices) as inventory:
        inventory.closing = None
    rows = [HEAD, *map(line, range(devices))]
    table.write_text("\r\n".join(",".join(map(str, cells)) for cells in rows), "utf-8")
    book.write_bytes(xlsx(("R", rows)))
    macs = (
        f"02:00:00:00:{number >> 8 & 255:02x}:{number & 255:02x},10.9.{number // 250}.{number % 250 + 1}"
        for number in range(devices)
    )
    listed.write_text("\n".join(("MAC address,IP address", *macs)), "utf-8")
    return record, [table, book], listed


def run(part: str, words: list[str], enter: list[str]) -> dict[str, object]:
    """One part in a child; what it measured."""
    with tempfile.TemporaryDirectory(prefix="camcensus-stalls-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        environment = os.environ | {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "CAMCENSUS_DATA")}
        done = subprocess.run(
            [*enter, sys.executable, __file__, "inside", part, folder, *words], env=environment, capture_output=True, text=True,
            errors="replace", check=False,
        )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]  # Of windows drawn in memory only.
    print(*said, sep="\n", end="\n" if said else "", file=sys.stderr, flush=True)
    try:
        return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]
    except (IndexError, ValueError):
        return {"done": 0, "stalls": [], "faults": [f"it ended with {done.returncode}"]}


def say(part: str, what: str, found: dict[str, object], lines: list[str]) -> bool:
    """Adds the row of a part, and prints its longest stalls; whether it held."""
    from hostile.watching import Stall

    stalls = sorted((Stall(**one) for one in found["stalls"]), key=lambda one: -one.own_ms)  # type: ignore[attr-defined]
    own = [one.own_ms for one in stalls]
    clock = max((one.ms for one in stalls), default=0.0)
    worked = max((one.cpu_ms for one in stalls), default=0.0)
    longest, faults = max(own, default=0.0), list(found["faults"])  # type: ignore[call-overload]
    held = longest < LIMIT_MS[part] and not faults
    over = sum(one >= LIMIT_MS[part] for one in own)
    times = f"{clock:.0f} | {longest:.0f} | {worked:.0f}"
    lines.append(f"| {part}: {what} | {found['done']} | {times} | {over} | {len(faults)} | {'yes' if held else 'NO'} |")
    for one in stalls[:8]:
        print(
            f"  {one.own_ms:.0f} ms ({one.ms:.0f} by the clock, {one.cpu_ms:.0f} worked, {one.ours_ms:.0f} all threads) {one.step}: {one.where[:600]}"
        )
    for fault in faults[:10]:
        print(f"  FAULT: {fault}")
    return held


def longest_of(lines: list[str]) -> list[tuple[str, str]]:
    """The part and its longest stall, of each row of the table."""
    cells = [line.strip("| ").split(" | ") for line in lines]
    return [(row[0].partition(":")[0], row[3]) for row in cells]


def main(words: list[str]) -> int:
    """Runs the parts that are asked for, each after the other."""
    if words[:1] == ["inside"]:
        return inside(words[1], Path(words[2]), words[3:])
    from hostile.screens import screen

    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    asking.add_argument("--devices", type=int, help="200, and 3,000 for work")
    asking.add_argument("--cases", type=int, default=300)
    asking.add_argument("--seed", type=int, default=time.time_ns() % 10**8)
    asking.add_argument("--save", action="store_true")
    asked = asking.parse_args(words)
    parts = [one for one in PARTS if not asked.parts or one in asked.parts]
    lines: list[str] = []
    held = True
    with screen() as shown:
        print(f"seed {asked.seed}; {shown}", flush=True)
        for part in parts:
            if part == "devices":
                from hostile.fleets import HostileFleet

                number = asked.devices or 200
                with HostileFleet(number) as fleet:
                    found = run(part, [fleet.address, fleet.range], fleet.enter)
                what = f"searches of {number} devices, nine in ten misbehave"
            elif part == "work":
                from camcensus.demo.estate import load_estate
                from story_hands import serving

                number = asked.devices or 3000
                with serving(load_estate(ROOT / "resources" / "demo")):
                    found = run(part, [str(number)], [])
                what = f"search, imports and reports of {number:,} devices"
            else:
                found = run(part, [str(asked.cases), str(asked.seed)], [])
                what = (
                    "hostile files, each at a door"
                    if part == "files"
                    else "hostile files as plans, photos and labels, each at a door"
                )
            held &= say(part, what, found, lines)
    table = "\n".join([_HEAD, *lines])
    print(table)
    longest = ", ".join(f"{name} {ms} ms" for name, ms in longest_of(lines))
    print(f"the longest stall, less waiting for a processor: {longest}; limit 200 ms, of work 100")
    if asked.save:
        RESULTS.write_text(_PREFACE.format(shown=shown, seed=asked.seed) + table + "\n", "utf-8")
    return 0 if held else 1


_HEAD = """| what | times | longest by the clock, ms | less waiting for a processor, ms | the window's thread worked, ms | over the limit | faults | held |
|---|---|---|---|---|---|---|---|"""
_PREFACE = """# The window's longest stall

`python tests/bench/stalls.py --save`, {shown}, seed {seed}, two cores that other work uses too.

"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
