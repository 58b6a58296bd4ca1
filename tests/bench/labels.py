"""How many labels are read from 300 photos made up from a seed, and what reading 300 photos of 12 megapixels takes.

python tests/bench/labels.py [PHOTOS] [--seed N]   one to three labels of ten layouts in each photo; the seed is the clock's
python tests/bench/labels.py --walk [CAMERAS]      a photo of each camera on a walk through rooms: which camera is offered, and how
python tests/bench/labels.py --large [PHOTOS]      reads photos of 12 megapixels; the most memory of both processes

A code counts where it can be read: its narrowest module is two pixels wide in the finished photo, which is the least that makers
of readers ask for, and one who knows where each module is tells dark from light in 99 of 100 (all of bars). Codes down to 1.6 pixels
are counted beside. `tests/label_pictures.py` measures it and names the sources. Results: `tests/bench/results/labels.md`.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2] / "desktop")]

from PIL import Image  # noqa: E402

from camcensus.intake import apart  # noqa: E402
from camcensus.intake.code_search import find_codes  # noqa: E402
from camcensus.intake.label_codes import plain_value, read_code  # noqa: E402
from camcensus.intake.labels import read_labels  # noqa: E402
from camcensus.model.asset import Asset  # noqa: E402
from camcensus.tasks.register.label_fit import LabelMatcher  # noqa: E402
from camcensus.tasks.register.label_walk import walked  # noqa: E402
from camcensus.tasks.register.rows import AssetRow  # noqa: E402
from label_pictures import LAYOUTS, SECRET, label, photographed, printed, taken  # noqa: E402


def main() -> None:
    """Measure, and print a line each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("photos", nargs="?", type=int, default=300)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--large", action="store_true")
    options.add_argument("--walk", action="store_true")
    given = options.parse_args()
    if given.walk:
        walk(min(given.photos, 40), given.seed)
    elif given.large:
        large(given.photos, given.seed)
    else:
        small(given.photos, given.seed)


def small(photos: int, seed: int) -> None:
    """Read and count: codes that can be read, codes that cannot and were read all the same, labels, values."""
    read, all_, beyond = Counter[str](), Counter[str](), 0
    read_narrow, all_narrow = 0, 0
    right, wrong, leaked, slowest_s = 0, 0, 0, 0.0
    for at in range(photos):
        chance = random.Random(f"{seed} {at}")
        many = 1 if chance.random() < 0.8 else chance.choice((2, 2, 3))
        labels = [label(printed(LAYOUTS[(at + more) % len(LAYOUTS)], chance), chance) for more in range(many)]
        photo = taken(labels, chance)
        begun = time.process_time()
        with Image.open(io.BytesIO(photo.data)) as image:
            texts = {code.text for code in find_codes(image.convert("L"))}
        slowest_s = max(slowest_s, time.process_time() - begun)
        for seen in photo.seen:
            for _, text in seen.of.codes:
                all_[seen.of.layout] += text in seen.readable
                read[seen.of.layout] += text in seen.readable and text in texts
                all_narrow += text in seen.narrow
                read_narrow += text in seen.narrow and text in texts
                beyond += text not in seen.readable | seen.narrow and text in texts
        values = frozenset(plain_value(value) for one in labels for value in (one.of.serial, one.of.mac))
        for said in filter(None, (read_code(text, values) for text in texts)):
            leaked += SECRET in repr(said)
            fits = any(
                {said.serial, said.mac, said.model} - {"", one.of.serial, one.of.mac, one.of.model} == set() for one in labels
            )
            right, wrong = right + fits, wrong + (not fits)
    for layout in LAYOUTS:
        print(f"{layout:14} {read[layout]} of {all_[layout]}")
    both, all_both = read.total() + read_narrow, all_.total() + all_narrow
    print(f"seed {seed}: read {read.total()} of {all_.total()} codes that can be read ({read.total() / all_.total():.1%})")
    print(f"with those of 1.6 to 2 pixels: {both} of {all_both} ({both / all_both:.1%}); read of all others: {beyond}")
    print(
        f"codes that say something: {right} right, {wrong} wrong; security codes out: {leaked}; slowest {slowest_s:.1f} s of processor"
    )


def walk(cameras: int, seed: int) -> None:
    """Offer each photo of a walk a camera. In the register are serial number and room, of every third camera the MAC address."""
    chance = random.Random(seed)
    labels = [printed(LAYOUTS[at % len(LAYOUTS)], chance) for at in range(cameras)]
    rows = [
        AssetRow(
            asset=Asset(
                id=f"{at}", ref=f"CAM-{at + 1:03}", kind="camera", device=None, place_path=("School", f"Room {at // 4}")
            ),
            serial=one.serial,
            mac=one.mac if at % 3 == 0 else None,
        )
        for at, one in enumerate(labels)
    ]
    order = [at for room in range(0, cameras, 4) for at in _in_room(range(room, min(cameras, room + 4)), chance)]
    matcher, counted, seconds = LabelMatcher(rows), Counter[str](), 0.0
    with tempfile.TemporaryDirectory() as folder:
        seen, truth = [], {}
        for at in order:
            seconds += chance.uniform(25, 120)
            path = Path(folder) / f"IMG_{at}.jpg"
            notes = Image.Exif()
            notes[0x0132] = (datetime(2026, 11, 24, 10) + timedelta(seconds=seconds)).strftime("%Y:%m:%d %H:%M:%S")  # noqa: DTZ001
            with Image.open(io.BytesIO(taken([label(labels[at], chance)], chance).data)) as image:
                image.save(path, quality=92, exif=notes)
            truth[path] = f"{at}"
            seen.append(matcher.look(path))
        for one in walked(seen, matcher.rows):
            right = "none" if one.fit.asset is None else "right" if one.fit.asset == truth[one.path] else "wrong"
            counted[f"{right} {one.fit.by or ''}"] += 1
    print(f"seed {seed}: {cameras} photos of {cameras} cameras: {dict(counted)}")


def _in_room(cameras: Sequence[int], chance: random.Random) -> list[int]:
    """In half of the rooms in the order of the sheet, else as people please."""
    return list(cameras) if chance.random() < 0.5 else chance.sample(list(cameras), len(cameras))


def large(photos: int, seed: int) -> None:
    """Read large photos, and say the most memory that this process and its reader held."""
    chance = random.Random(seed)
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
    main()
