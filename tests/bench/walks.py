"""Five people at the real window: python tests/bench/walks.py [NAME]... [--pictures FOLDER] [--save]

Each walk is made on a screen of Xvfb under a window manager, with a mouse and keys that xdotool moves, at 1366×768 and 1280×680:
a school, a hospital trust of 3,000 cameras, a shop, an FOI lead, an auditor (NAME: the beginning of a name). The program runs in a
process of its own; loopback stands for the network. Printed: how many actions each took (a click, a typed text and a key are one
each; nobody has a wheel). A fault is a window or control off the screen, a control that came or moved under the
pointer between two actions, a complaint on standard error, or something that the person asked for and is not in the record or
the files. Status 1 where there is a fault, or more actions than allowed. --pictures saves the screen after each action.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop"), str(ROOT)]

from camcensus.demo.estate import load_estate  # noqa: E402
from hostile.screens import MANAGERS, screen  # noqa: E402
from hostile.watching import Stall  # noqa: E402
from story_hands import serving  # noqa: E402
from walking import worlds  # noqa: E402
from walking.people import LIVES, Life, Place  # noqa: E402
from walking.person import Lost, Person, Walk, lines_of  # noqa: E402

SIZES = ((1366, 768), (1280, 680))
RESULTS = ROOT / "tests" / "bench" / "results" / "walks.md"


@dataclass(frozen=True, slots=True)
class Walked:
    """A walk that was made, with the longest that events waited in it."""

    life: Life
    size: tuple[int, int]
    walk: Walk
    stalls: tuple[Stall, ...]

    @property
    def counts(self) -> list[str]:
        """The actions to each mark, and of how many that may be."""
        before, said = 0, []
        for name, at in self.walk.marks.items():
            most = self.life.limits.get(name)
            said.append(f"{name} {at - before}" + (f" of {most}" if most else ""))
            if most and at - before > most:
                self.walk.faults.append(f"{name} took {at - before} actions, and may take {most}")
            before = at
        return said

    @property
    def row(self) -> str:
        """The row of the table."""
        counts, (wide, high) = "; ".join(self.counts), self.size
        longest = max((one.own_ms for one in self.stalls), default=0.0)
        held = "yes" if not self.walk.faults else "NO"
        total = f"{len(self.walk.actions)} | {counts}"
        return f"| {self.life.name}: {self.life.wants} | {wide}×{high} | {total} | {longest:.0f} | {len(self.walk.faults)} | {held} |"


def walk(life: Life, size: tuple[int, int], pictures: Path | None) -> Walked:
    """Makes one walk, on a screen and in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="camcensus-walk-") as folder, contextlib.ExitStack() as stack:
        home, record = Path(folder) / "home", Path(folder) / "record.camcensus" if life.record else None
        environment = worlds.environment(home)
        if life.record is not None and record is not None:
            life.record(record)
        truth = life.files(home) if life.files else {}
        stack.enter_context(screen(size))
        environment |= {name: os.environ[name] for name in ("DISPLAY", "QT_QPA_PLATFORM")}
        if life.devices:
            stack.enter_context(serving(load_estate(ROOT / "resources" / "demo", life.devices)))
        if pictures is not None:
            pictures = pictures / f"{life.name}-{size[0]}"
            pictures.mkdir(parents=True, exist_ok=True)
        program = [sys.executable, str(ROOT / "tests" / "walking" / "worlds.py"), *([str(record)] if record else [])]
        complaints = Path(folder) / "stderr"
        person, stalls = Person(program, size, environment, complaints, pictures), []
        try:
            life.walk(person, Place(home, record, truth))
        except Lost as error:
            person.walk.faults.append(str(error))
        with contextlib.suppress(Lost):
            stalls = [Stall(**one) for one in person.stalls()]
        person.leave()
        person.walk.faults += lines_of(complaints)
        return Walked(life, size, person.walk, tuple(stalls))


def main(words: list[str]) -> int:
    """Makes the walks that are asked for, each after the other."""
    asking = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asking.add_argument("names", nargs="*", metavar="NAME", help=", ".join(life.name for life in LIVES))
    asking.add_argument("--pictures", type=Path)
    asking.add_argument("--save", action="store_true")
    asked = asking.parse_args(words)
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    missing += [] if any(map(shutil.which, MANAGERS)) else ["a window manager"]
    if missing:
        print(f"Nobody walked: {', '.join(missing)} is not installed.")
        return 0
    lives = [life for life in LIVES if not asked.names or life.name.startswith(tuple(asked.names))]
    made = []
    for size in SIZES:
        for life in lives:
            one = walk(life, size, asked.pictures)
            made.append(one)
            print(one.row, flush=True)
            for fault in one.walk.faults:
                print(f"  FAULT: {fault}", flush=True)
    table, steps = (
        "\n".join([_HEAD, *(one.row for one in made)]),
        "\n\n".join(_steps(one) for one in made if one.size == SIZES[0]),
    )
    if asked.save:
        RESULTS.write_text(f"{_PREFACE}{table}\n\n## What they did\n\n{steps}\n", "utf-8")
    return 1 if any(one.walk.faults for one in made) else 0


def _steps(made: Walked) -> str:
    lines = [f"{at}. {action}" for at, action in enumerate(made.walk.actions, 1)]
    came = [f"With a page or dialog that was asked for: {one}." for one in made.walk.appeared]
    return "\n".join([f"**{made.life.name}**", "", *lines, *([""] if came else []), *came])


_HEAD = """| who | screen | actions | of them | longest that events waited, ms | faults | held |
|---|---|---|---|---|---|---|"""
_PREFACE = """# Five people at the real window

`python tests/bench/walks.py --save`: Xvfb with a window manager, a real mouse and keyboard, the program in a process of its own. A click, a
typed text and a key are an action each, and nobody has a wheel. "Held": no window or control was off the screen or cut, no control came or moved under the
pointer between two actions or while something was waited for, also where nothing was before, nothing was complained of on standard error, no more actions than allowed, and what the person asked for was in the record and the
files. How long events waited is less what threads of ours stood ready to run while other programs had the processor, on two cores that others use too.

"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
