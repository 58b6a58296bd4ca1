"""How many labels are read from 300 photos made up from a seed, and what reading 300 photos of 12 megapixels takes.

python tests/bench/labels.py [PHOTOS] [--seed N]   one to three labels of ten layouts in each photo; the seed is the clock's
python tests/bench/labels.py --large [PHOTOS]      reads photos of 12 megapixels; the most memory of the program and its reader

A code counts where it can be read: its narrowest module is two pixels wide in the finished photo, which is the least that makers
of readers ask for, and one who knows where each module is tells dark from light in 99 of 100 (all of bars). Codes down to 1.6 pixels
are counted beside. `tests/label_pictures.py` measures it and names the sources. Results: `tests/bench/results/labels.md`.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
LEAN = Path(__file__).resolve().parents[1] / "lean"
"""Without pandas, which no installer has: sqlite-utils would import 80 MB of it where it is there for tests."""
sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(DESKTOP)]

from PIL import Image  # noqa: E402

from camcensus.intake.code_search import find_codes  # noqa: E402
from camcensus.intake.label_codes import plain_value, read_code  # noqa: E402
from label_pictures import LAYOUTS, SECRET, label, photographed, printed, taken  # noqa: E402

LOOKS = """
if __name__ == "__main__":
    import sys
    from pathlib import Path
    from camcensus.tasks.register.photo_files import LabelMatcher
    matcher = LabelMatcher(())
    for photo in sorted(Path(sys.argv[1]).iterdir()):
        matcher.look(photo)
"""


def main() -> None:
    """Measure, and print a line each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("photos", nargs="?", type=int, default=300)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--large", action="store_true")
    options.add_argument("--draw", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.draw:
        draw(given.draw, given.photos, given.seed)
    elif given.large:
        large(given.photos, given.seed)
    else:
        small(given.photos, given.seed)


def small(photos: int, seed: int) -> None:
    """Read and count: codes that can be read, codes that cannot and were read all the same, labels, values."""
    read, all_, beyond, excluded = Counter[str](), Counter[str](), 0, 0
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
                excluded += text not in seen.readable | seen.narrow
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
    print(
        f"with those of 1.6 to 2 pixels: {both} of {all_both} ({both / all_both:.1%}); read of all others, counted in neither: {beyond} of {excluded}"
    )
    print(
        f"codes that say something: {right} right, {wrong} wrong; security codes out: {leaked}; slowest {slowest_s:.1f} s of processor"
    )


def large(photos: int, seed: int) -> None:
    """Large photos looked at one after the other, and the most memory that it and the process that reads them held.

    Another process draws ten, under as many names: what drawing takes is in neither.
    """
    with tempfile.TemporaryDirectory() as folder:
        pictures = Path(folder) / "photos"
        pictures.mkdir()
        subprocess.run([sys.executable, __file__, "--draw", pictures, "--seed", f"{seed}", f"{photos}"], check=True)
        words = [sys.executable, "-c", LOOKS, str(pictures)]
        env = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(LEAN), str(DESKTOP), os.environ.get("PYTHONPATH", ""))),
        }
        begun, done = time.monotonic(), subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL)
        most = dict.fromkeys(("the program", "its reader", "both at one time", "both, with what they share twice"), 0)
        while done.poll() is None:
            (alone, whole), (other, other_whole) = (
                _held_mb(done.pid),
                max(map(_held_mb, _children(done.pid)), default=(0, 0)),
            )
            now = (alone, other, alone + other, whole + other_whole)
            most = {who: max(before, held) for (who, before), held in zip(most.items(), now, strict=True)}
            time.sleep(0.02)
        print(f"seed {seed}: {photos} photos of 12 megapixels")
        print(f"{time.monotonic() - begun:.0f} s; MB at most: {most}; ended with {done.returncode}")


def _children(process: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    return []


def _held_mb(process: int) -> tuple[int, int]:
    """What a process holds in memory now, in MB: its part of what several share, and all of it; 0 for one that is gone."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
        held = dict(line.split()[:2] for line in lines if line.startswith(("Pss:", "Rss:")))
        return int(held.get("Pss:", "0")) >> 10, int(held.get("Rss:", "0")) >> 10
    return 0, 0


def draw(folder: Path, photos: int, seed: int) -> None:
    """Photos of 12 megapixels, one of each layout, each as many times as it takes."""
    chance = random.Random(seed)
    for at, layout in enumerate(LAYOUTS[:photos]):
        data = photographed(label(printed(layout, chance), chance), chance, size=(4000, 3000))
        for more in range(at, photos, len(LAYOUTS)):
            (folder / f"IMG_{more:04}.jpg").write_bytes(data)


if __name__ == "__main__":
    main()
