"""How many labels are read from 300 photos made up from seeds, and what reading 300 photos of 12 megapixels takes.

python tests/bench/labels.py [PHOTOS]       reads photos of ten layouts; counts by layout, and any security code that came out
python tests/bench/labels.py --large [N]    reads N photos of 12 megapixels, one after the other; the most memory of both processes
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2] / "desktop")]

from camcensus.intake import apart  # noqa: E402
from camcensus.intake.label_codes import plain_value  # noqa: E402
from camcensus.intake.labels import read_labels  # noqa: E402
from label_pictures import LAYOUTS, SECRET, label, photographed, printed  # noqa: E402

FIRST_SEED = 1_000


def main(words: list[str]) -> None:
    """Measure, and print a line each."""
    if words[:1] == ["--large"]:
        large(int(words[1]) if len(words) > 1 else 300)
    else:
        small(int(words[0]) if words else 300)


def small(photos: int) -> None:
    """Read and count."""
    read, all_, leaked, slowest_s = Counter[str](), Counter[str](), 0, 0.0
    for seed in range(photos):
        chance = random.Random(FIRST_SEED + seed)
        one = printed(LAYOUTS[seed % len(LAYOUTS)], chance)
        data = photographed(label(one), chance)
        begun = time.monotonic()
        found = read_labels(data, frozenset({plain_value(one.serial), plain_value(one.mac)}))
        slowest_s = max(slowest_s, time.monotonic() - begun)
        all_[one.layout] += 1
        read[one.layout] += any(one.serial == said.serial or one.mac == said.mac for said in found)
        leaked += SECRET in repr(found)
    for layout in LAYOUTS:
        print(f"{layout:14} {read[layout]} of {all_[layout]}")
    print(
        f"read {read.total()} of {photos} ({read.total() / photos:.1%}); security codes out: {leaked}; slowest {slowest_s:.1f} s"
    )


def large(photos: int) -> None:
    """Read large photos, and say the most memory that this process and its reader held."""
    chance = random.Random(FIRST_SEED)
    made = [photographed(label(printed(layout, chance)), chance, size=(4000, 3000)) for layout in LAYOUTS[:4]]
    own_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, most_kb = time.monotonic(), 0
    for at in range(photos):
        read_labels(made[at % len(made)], frozenset())
        most_kb = max(most_kb, _reader_kb())
    print(
        f"{photos} photos: {time.monotonic() - begun:.0f} s; reader {most_kb >> 10} MB, this process {own_kb >> 10} MB at most"
    )


def _reader_kb() -> int:
    worker = apart._worker
    status = Path(f"/proc/{worker.process.pid}/status").read_text("ascii") if worker is not None else ""
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main(sys.argv[1:])
