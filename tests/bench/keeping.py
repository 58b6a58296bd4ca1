"""How long keeping a search takes as an inventory grows old: python tests/bench/keeping.py [DEVICES SEARCHES]...

So many devices (60, if not said) are found by so many searches (200), one a day; replies that hold a clock or a nonce differ each
time. Prints the seconds (medians of five) that keeping the 1st, 2nd, 10th, 50th, 100th and last took, those of processor time, and
what the file weighs; then the same of 1,000 devices and 5 searches. Returns 1 where the last five took more than LIMIT times the
processor time of those about the 10th: other work on the computer does not count.
"""

# ruff: noqa: E402 (tests are no package: their folder is put on the path first)
from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.reassess import NETWORK, NOW, kinds, unit
from camcensus.model.asset import Body
from camcensus.model.device import Observation
from camcensus.model.scan import Interface, ScanRecord
from camcensus.model.words import utc_second
from camcensus.store.inventory import create_inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge_device
from camcensus.tasks.finding.keep import save_census

LIMIT = 1.5
SHOWN = (1, 2, 10, 50, 100)
CLOCK = re.compile(rb'(?<=nonce=")[^"]*|<tt:Second>\d+|(?<=MessageID>)[^<]+')


def seen_on(day: int, once: list[Observation]) -> Iterator[Observation]:
    """The replies of one device, as a search on a later day gets them: one in three differs, as clocks and nonces make it."""
    from camcensus.wire.read import read

    at = utc_second(NOW + timedelta(days=day))
    for number, one in enumerate(once):
        raw = CLOCK.sub(lambda found: found[0] + b"%d" % day, one.raw)
        if raw == one.raw and number % 3 == 1 and one.probe in ("http", "rtsp"):
            raw = one.raw.replace(b"\r\n\r\n", b"\r\nX-Clock: %d\r\n\r\n" % day, 1)
        reading = one.reading if raw == one.raw else read(one.probe, one.ask, raw)
        yield replace(one, raw=raw, at=at, reading=reading)


def measure(devices: int, searches: int, directory: Path) -> tuple[list[tuple[float, float]], int, float]:
    """Seconds that keeping each search took, and of processor time, the bytes of the file, and the share of replies that are not as the day before."""
    from camcensus.identity.group import group

    knowledge = load_knowledge(ROOT / "vendors.db")
    sorts = kinds()
    plain = [tuple(unit(number, sorts)) for number in range(devices)]
    took: list[tuple[float, float]] = []
    path = directory / f"keeping-{devices}.camcensus"
    with create_inventory(path, Body("5c9d2f60-0000-4000-8000-000000000001", "Bench"), now=NOW) as inventory:
        for day in range(searches):
            found = [tuple(seen_on(day, list(once))) for once in plain]
            grouped = [device for seen in found for device in group(seen, knowledge)]
            at = utc_second(NOW + timedelta(days=day))
            scan = ScanRecord(
                id=str(uuid.uuid4()), started_at=at, ended_at=at, stopped_early=False, knowledge_version=knowledge.version,
                interfaces=(Interface("eth0", NETWORK.split()[1]),), ranges=(), passive=False, pace="fast", coverage=(),
                not_covered=(),
            )  # fmt: skip
            verdicts = tuple(judge_device(device, knowledge) for device in grouped)
            census = Census(scan=scan, observations=tuple(one for seen in found for one in seen), verdicts=verdicts)
            with inventory.batch() as pen:
                start, start_cpu = time.perf_counter(), time.process_time()
                save_census(pen, census, knowledge, NOW + timedelta(days=day))
                took.append((time.perf_counter() - start, time.process_time() - start_cpu))
        assert len(inventory.held()) == devices
        inventory.settle_log()
        last = {one.raw for seen in found for one in seen}
        before = {one.raw for once in plain for one in seen_on(searches - 2, list(once))}
    return took, path.stat().st_size, len(last - before) / len(last)


def about(took: list[tuple[float, float]], number: int) -> tuple[float, float]:
    """The medians of the searches about one; the first ones, which have less to look back at, alone."""
    near = took[max(0, min(number - 3, len(took) - 5)) :][:5] if number > 5 else [took[number - 1]]
    return statistics.median(wall for wall, _ in near), statistics.median(cpu for _, cpu in near)


def main(argv: list[str]) -> int:
    """Measures and prints; 1 where keeping grows with age."""
    numbers = [int(word) for word in argv]
    sizes = list(zip(numbers[::2], numbers[1::2], strict=True)) or [(60, 200), (1000, 5)]
    worst = 0.0
    for devices, searches in sizes:
        with tempfile.TemporaryDirectory() as folder:
            took, weight, fresh = measure(devices, searches, Path(folder))
        print(f"{devices:,} devices, {searches} searches, {fresh:.0%} of the replies other than the day before:")
        for number in sorted({*(one for one in SHOWN if one < searches), searches}):
            wall, cpu = about(took, number)
            print(f"  search {number}: {wall:.3f} s ({cpu:.3f} s of processor time)")
        print(f"  the file: {weight / 1e6:.1f} MB")
        if searches > 20:
            worst = max(worst, about(took, searches)[1] / about(took, 10)[1])
    print(f"the last to the 10th, in processor time: {worst:.2f}")
    return 0 if worst <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
