"""Stop at random moments of a search: how long it takes to end, what is left running, and whether anything found is lost.

    python tests/bench/stops.py [N] [DEVICES]

N is how many stops (200), DEVICES how many a fleet has (60). Nine in ten are the window's (its job, with an inventory open), one in
ten is Ctrl+C of the command line. Paces and ranges take turns. Needs Linux and root. Ends with 1 where a search took more than 0.5 s to
end, left something or lost something. Until all is kept takes longer with each search that the inventory holds. The command line's
time includes printing, and what was left of its start where that was not over yet.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

LIMIT_S = 0.5
LONGEST_S = 20
SEARCHES_KEPT = 10
"""So many searches are kept in one inventory: what was seen before is judged along, which takes longer with each."""
WAYS: tuple[tuple[str, ...], ...] = (
    ("--pace", "fast", "--range", "10.44.0.0/24"), ("--pace", "fast"), ("--pace", "gentle"), ("--pace", "normal", "--range", "10.44.0.0/25"),
    ("--passive",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stopped:
    """One stop: when, how long the search and all of it took to end, and what was wrong."""

    way: str
    after_s: float
    search_s: float
    all_s: float
    threads: int
    tasks: int
    files: int
    found: int
    lost: int


def inside(stops: int, seed: int) -> Iterator[Stopped]:
    """Run in the scanner's namespace: stops of the window's job."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from datetime import UTC, datetime

    from PySide6.QtCore import QCoreApplication

    import samples
    from camcensus.discovery.scope import make_scope
    from camcensus.model.device import Verdict
    from camcensus.store.inventory import create_inventory
    from camcensus.store.vendors_db.read import load_knowledge
    from camcensus.tasks.finding import census
    from camcensus.ui.find import searching
    from camcensus.ui.job import Job

    app = QCoreApplication([])
    knowledge = load_knowledge(ROOT / "vendors.db")
    dice = random.Random(seed)
    find, marks = census.find, dict[str, float]()
    left: list[int] = []
    emitted: set[str] = set()

    async def timed(scope: object, emit: object, **options: object) -> census.Census:
        before = asyncio.all_tasks()

        def note(event: object) -> None:
            if isinstance(event, Verdict):
                emitted.update(event.device.addresses)
            emit(event)  # type: ignore[operator]

        found = await find(scope, note, **options)  # type: ignore[arg-type]
        marks["found"] = time.monotonic()
        try:
            await asyncio.sleep(0)  # What was told to end takes one turn of the loop.
        except (
            asyncio.CancelledError
        ):  # A stop that came as the search ended: the window has no such turn, and goes on to keep.
            task = asyncio.current_task()
            if task is not None:
                task.uncancel()
        left.append(len([task for task in asyncio.all_tasks() - before if not task.done()]))
        return found

    searching.census.find = timed  # type: ignore[assignment]

    def files() -> set[str]:
        """What is open, but for the inventory, which the window keeps open and whose connections come and go in its threads."""
        names = {}
        for entry in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(OSError):
                names[entry.name] = str(entry.readlink())
        return {name for name, target in names.items() if ".camcensus" not in target}

    with tempfile.TemporaryDirectory() as folder:
        inventory = create_inventory(Path(folder) / "fleet.camcensus", samples.body(), now=datetime.now(UTC))

        def one(way: tuple[str, ...], after_s: float) -> Stopped:
            ranges = [way[3]] if len(way) > 3 else []
            pace = way[1] if len(way) > 1 else "gentle"
            scope = make_scope(["10.44.0.2"], ranges, pace=pace, passive=way == ("--passive",))  # type: ignore[arg-type]
            emitted.clear()
            left.clear()
            threads, opened = threading.active_count(), files()
            ended: list[object] = []
            job = Job(
                searching.search(
                    scope,
                    inventory,
                    knowledge,
                    allowed_by="bench",
                    enabled=frozenset(),
                    clock=lambda: datetime.now(UTC),
                    ahead=lambda *_: None,
                )
            )
            for told in (job.finished, job.failed):
                told.connect(ended.append)
            job.cancelled.connect(lambda: ended.append(None))
            start = time.monotonic()
            job.start()
            while time.monotonic() - start < after_s and not ended:
                app.processEvents()
                time.sleep(0.002)
            before = set(emitted)
            asked = time.monotonic()
            job.cancel()
            while not ended and time.monotonic() - asked < LONGEST_S:
                app.processEvents()
                time.sleep(0.002)
            over = time.monotonic()
            job.wait(1)
            app.processEvents()
            gc.collect()
            result = ended[0] if ended else None
            verdicts = result.census.verdicts if isinstance(result, searching.Searched) else ()
            kept = {address for device in inventory.held().values() for address in device.device.addresses}
            shown = {address for verdict in verdicts for address in verdict.device.addresses}
            return Stopped(
                way=" ".join(way),
                after_s=round(asked - start, 3),
                search_s=round(max(0.0, marks.get("found", over) - asked), 3),
                all_s=round(over - asked, 3),
                threads=threading.active_count() - threads,
                tasks=sum(left),
                files=len(files() - opened),
                found=len(shown),
                lost=len((before | emitted) - shown) + len(shown - kept) + (not isinstance(result, searching.Searched)),
            )

        one(WAYS[1], 3.0)  # What is imported and opened once for all is not counted.
        for number in range(stops):
            if number % SEARCHES_KEPT == 0:
                inventory.close()
                place = Path(folder) / f"fleet-{number}.camcensus"
                inventory = create_inventory(place, samples.body(), now=datetime.now(UTC))
            yield one(WAYS[number % len(WAYS)], dice.uniform(0, 6.5))
        inventory.close()


def interrupted(enter: list[str], way: tuple[str, ...], after_s: float) -> Stopped:
    """One Ctrl+C of the command line; what it had written to its capture is what it had found."""
    with tempfile.TemporaryDirectory() as folder:
        capture = Path(folder) / "capture.jsonl"
        command = [
            *enter,
            sys.executable,
            "-m",
            "camcensus",
            "scan",
            "--interface",
            "10.44.0.2",
            "--json",
            *way,
            "--capture",
            str(capture),
        ]
        with (
            (Path(folder) / "out").open("w+b") as out,
            subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE) as program,
        ):
            time.sleep(after_s)
            early = program.poll() is not None
            asked = time.monotonic()
            program.send_signal(signal.SIGINT)
            try:
                program.wait(LONGEST_S)
            except subprocess.TimeoutExpired:
                program.kill()
            took = time.monotonic() - asked
            out.seek(0)
            document = json.loads(out.read() or "null")
        wrote = capture.read_text().splitlines() if capture.exists() else []
        seen = {json.loads(line)["address"] for line in wrote}
        shown = {address for entry in document["devices"] for address in entry["addresses"]} if document else set()
        took = 0.0 if early else took
        return Stopped(
            "Ctrl+C " + " ".join(way), round(after_s, 3), round(took, 3), round(took, 3), 0, 0, 0, len(shown),
            len(seen - shown) + (document is None),
        )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Stops, and prints."""
    if arguments[:1] == ["inside"]:
        for one in inside(int(arguments[1]), int(arguments[2])):
            print(json.dumps(asdict(one)), flush=True)
        return 0
    from fleet.running import Fleet

    stops = int(arguments[0]) if arguments else 200
    size = int(arguments[1]) if len(arguments) > 1 else 60
    by_hand = max(1, stops // 10)
    dice = random.Random(7)
    with Fleet(size) as fleet:
        ran = fleet.run([sys.executable, __file__, "inside", str(stops - by_hand), "5"], limit_s=60 + 9 * stops)
        found = [Stopped(**json.loads(line)) for line in ran.out.splitlines()]
        if len(found) != stops - by_hand:
            print(f"only {len(found)} of {stops - by_hand} ended: {ran.err[-2000:]}")
        # The command line takes most of a second to start.
        hands = [interrupted(fleet.enter, WAYS[number % len(WAYS)], dice.uniform(1.0, 7.5)) for number in range(by_hand)]
    missing = stops - by_hand - len(found)
    say("the window's Stop", found)
    say("Ctrl+C of the command line", hands)
    for one in sorted([*found, *hands], key=lambda one: -one.all_s)[:5]:
        print(f"  slowest: {one}")
    for one in [*found, *hands]:
        if one.threads or one.tasks or one.files or one.lost:
            print(f"  LEFT OR LOST: {one}")
    return int(bool(missing) or any(bad(one) for one in [*found, *hands]))


def bad(one: Stopped) -> bool:
    """Whether a stop took too long, left or lost something."""
    return one.search_s > LIMIT_S or bool(one.threads or one.tasks or one.files or one.lost)


def say(name: str, found: list[Stopped]) -> None:
    """The figures of one kind."""
    if not found:
        return
    times = {"until the search has ended": [one.search_s for one in found], "until all is kept": [one.all_s for one in found]}
    print(f"{name}: {len(found)} times, after {min(one.after_s for one in found)} to {max(one.after_s for one in found)} s")
    for what, seconds in times.items():
        ordered = sorted(seconds)
        print(
            f"  {what}: 95% within {ordered[int(len(ordered) * 0.95) - 1 if len(ordered) > 1 else 0]:.3f} s, at most {ordered[-1]:.3f} s"
        )
    print(
        f"  left: {sum(one.threads for one in found)} threads, {sum(one.tasks for one in found)} tasks, "
        f"{sum(one.files for one in found)} sockets or files; devices found {sum(one.found for one in found)}, "
        f"lost {sum(one.lost for one in found)}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
