"""How many labels are read from 300 photos made up from a seed, and what reading 300 photos of 12 megapixels takes.

python tests/bench/labels.py [PHOTOS] [--seed N]   one to three labels of ten layouts in each photo; the seed is the clock's
python tests/bench/labels.py --walk [CAMERAS]      a photo of each camera on a walk through rooms: which camera is offered, and how
python tests/bench/labels.py --large [PHOTOS]      reads photos of 12 megapixels; the most memory of the program and its reader
python tests/bench/labels.py --saved [PHOTOS]      in how many saved and shown photos rapidocr still reads the printed security code
python tests/bench/labels.py --print [PHOTOS]      what rapidocr and Tesseract read of the print, where each is installed, and their size

A code counts where it can be read: its narrowest module is two pixels wide in the finished photo, which is the least that makers
of readers ask for, and one who knows where each module is tells dark from light in 99 of 100 (all of bars). Codes down to 1.6 pixels
are counted beside. `tests/label_pictures.py` measures it and names the sources. Results: `tests/bench/results/labels.md`.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
LEAN = Path(__file__).resolve().parents[1] / "lean"
"""Without pandas, which no installer has: sqlite-utils would import 80 MB of it where it is there for tests."""
sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(DESKTOP)]

from PIL import Image, ImageOps  # noqa: E402

from camcensus.intake import label_covers, label_text  # noqa: E402
from camcensus.intake.code_search import find_codes  # noqa: E402
from camcensus.intake.label_codes import plain_value, read_code  # noqa: E402
from camcensus.intake.label_covers import open_lines  # noqa: E402
from camcensus.intake.label_names import read_lines  # noqa: E402
from camcensus.intake.label_text import LONGEST_PRINT, can_read_print, read_print  # noqa: E402
from camcensus.model.asset import Asset  # noqa: E402
from camcensus.tasks.register import verbs as register  # noqa: E402
from camcensus.tasks.register.label_fit import LabelMatcher  # noqa: E402
from camcensus.tasks.register.label_walk import walked  # noqa: E402
from camcensus.tasks.register.rows import AssetRow  # noqa: E402
from label_pictures import LAYOUTS, SECRET, label, photographed, printed, taken  # noqa: E402
from label_print import FAMILIES, UNSEEN, print_label  # noqa: E402
from samples import NOW, body  # noqa: E402


def main() -> None:
    """Measure, and print a line each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("photos", nargs="?", type=int, default=300)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--large", action="store_true")
    options.add_argument("--draw", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--walk", action="store_true")
    options.add_argument("--saved", action="store_true")
    options.add_argument("--print", action="store_true", dest="letters")
    given = options.parse_args()
    if given.walk:
        walk(min(given.photos, 40), given.seed)
    elif given.saved:
        saved(min(given.photos, 60), given.seed)
    elif given.letters:
        letters(min(given.photos, 60), given.seed)
    elif given.draw:
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


FIELDS = ("model", "serial", "mac")


def letters(photos: int, seed: int) -> None:
    """Of so many photos of one label whose print a person can copy: fields right, wrong, and not said, by engine.

    Every other label is of a layout of codes, with names beside values; the rest of FAMILIES.
    """
    engines = {name: read for name, (has, read) in ENGINES.items() if has()}
    counted = {name: Counter[str]() for name in engines}
    seconds, many, total, families = dict.fromkeys(engines, 0.0), 0, 0, list(FAMILIES)
    by_family: dict[str, Counter[str]] = {family: Counter() for family in ("beside codes", *FAMILIES)}
    while many < photos:
        chance = random.Random(f"print {seed} {total}")
        family = families[total // 2 % len(families)] if total % 2 else "beside codes"
        layout = LAYOUTS[total // 2 % len(LAYOUTS)]
        made = print_label(family, chance) if total % 2 else label(printed(layout, chance), chance)
        photo = taken([replace(made, codes=())], chance)  # which codes could be read takes the most time, and is for others
        total += 1
        if not photo.seen[0].print_readable:
            continue
        many += 1
        for name, read in engines.items():
            begun = time.process_time() + sum(os.times()[2:4])
            with Image.open(io.BytesIO(photo.data)) as image:
                lines = read(image.convert("RGB"))
            seconds[name] += time.process_time() + sum(os.times()[2:4]) - begun
            said = read_lines(lines, frozenset())
            counted[name]["security codes out"] += SECRET in plain_value(repr(said)).upper()
            for field in FIELDS:
                value, truth = getattr(said, field, ""), getattr(photo.seen[0].of, field)
                how = "right" if plain_value(value) == plain_value(truth) else "wrong" if value else "not said"
                counted[name][f"{field} {how}"] += 1
                by_family[family][how] += name == "rapidocr"
    print(f"seed {seed}: {many} of {total} photos have print that a person can copy; {many * len(FIELDS)} fields")
    print(
        "| Engine | Size | Fields right | Model | Serial number | MAC address | Wrong | Not said | Security codes out | Processor time a photo |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, of in counted.items():
        right, wrong, unsaid = (sum(of[f"{field} {how}"] for field in FIELDS) for how in ("right", "wrong", "not said"))
        each = " | ".join(f"{of[f'{field} right']} of {many}" for field in FIELDS)
        part, leaked = right / (many * len(FIELDS)), of["security codes out"]
        print(
            f"| {name} | {SIZES[name]() >> 20} MB | {part:.1%} | {each} | {wrong} | {unsaid} | {leaked} | {seconds[name] / many:.1f} s |"
        )
    for family, of in by_family.items():
        print(f"rapidocr, {family}{' (left out while built)' if family in UNSEEN else ''}: {dict(of)}")


def saved(photos: int, seed: int) -> None:
    """In how many photos the printed code is read again, as they are, blurred, lines covered, and as they are shown.

    It is sought in the whole picture and, by one who knows where it is, in its line alone, upright, stretched, both ways.
    Only photos count in which it is read as they are.
    """
    held, total, many = Counter[str](), 0, 0
    while many < photos:
        chance = random.Random(f"saved {seed} {total}")
        made = label(printed(LAYOUTS[total % len(LAYOUTS)], chance), chance)
        photo = taken([replace(made, codes=())], chance)
        total += 1
        with Image.open(io.BytesIO(photo.data)) as image:
            whole = image.convert("RGB")
        (seen,) = photo.seen
        if not _reads_secret(whole, seen.secret_at, 1.0):
            continue
        many += 1
        for how, can_read in (("blurred", False), ("lines covered", True), ("shown", False)):
            picture, scale = whole.copy(), 1.0
            label_covers.can_read_print = lambda can_read=can_read: can_read  # type: ignore[attr-defined]
            if how == "shown":
                picture.thumbnail((SHOWN, SHOWN))
                scale = picture.width / whole.width
                label_covers.cover_shown(picture, letters=False)
            else:
                label_covers.cover_labels(picture, blur=True)
            held[how] += _reads_secret(picture, seen.secret_at, scale)
    print(f"seed {seed}: of {many} of {total} photos in which the printed code is read, it is read again in {dict(held)}")


SHOWN = 1600


def _reads_secret(picture: Image.Image, at: Sequence[tuple[float, float]], scale: float) -> bool:
    a, b, c, d = ((x * scale, y * scale) for x, y in at)
    for larger in (1.0, 1.6):
        size = max(8, round(math.dist(a, b) * larger)), max(8, round(math.dist(a, d) * larger))
        line = picture.convert("L").transform(size, Image.Transform.QUAD, (*a, *d, *c, *b), Image.Resampling.BICUBIC)
        line = ImageOps.autocontrast(line, cutoff=1)
        if any(_says_secret(_line_alone(one)) for one in (line, line.rotate(180))):
            return True
    return _says_secret(line.text for line in read_print(picture.copy()))


def _line_alone(line: Image.Image) -> Sequence[str]:
    pixels = numpy.asarray(line.convert("RGB"))
    return list(_engine()(pixels, use_det=False, use_cls=False, use_rec=True).txts or ())


def _says_secret(texts: Iterable[str]) -> bool:
    """Also with one letter wrong or lost."""
    plain = "".join(texts).upper().replace(" ", "")
    return any(plain.count(SECRET[:at]) and SECRET[at + 1 :] in plain for at in range(len(SECRET)))


@functools.cache
def _engine() -> Any:
    return label_text._made()


def _tesseract(picture: Image.Image) -> list[str]:
    """Its lines of a picture no larger than rapidocr gets, with its usual way to divide a page: others read less."""
    picture.thumbnail((LONGEST_PRINT, LONGEST_PRINT), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    done = subprocess.run(["tesseract", "stdin", "stdout"], input=stream.getvalue(), capture_output=True, check=True)
    return [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]


def _packages() -> int:
    """Bytes of rapidocr and all that it needs that Camcensus has not."""
    wanted, seen = ["rapidocr", "onnxruntime"], set[str]()
    while wanted:
        name = re.split(r"[^A-Za-z0-9_.-]", wanted.pop())[0].lower().replace("_", "-")
        if name in seen or name in ("pillow", "requests", "urllib3", "certifi", "idna", "charset-normalizer", "six"):
            continue
        with contextlib.suppress(metadata.PackageNotFoundError):
            wanted += [one for one in metadata.requires(name) or () if "extra ==" not in one]
            seen.add(name)
    files = {file.locate() for name in seen for file in metadata.files(name) or ()}
    return sum(Path(str(one)).stat().st_size for one in files if Path(str(one)).is_file())


def _debian() -> int:
    """Bytes of Tesseract, its libraries and English."""
    names = ("tesseract-ocr", "tesseract-ocr-eng", "tesseract-ocr-osd", "libtesseract5", "libleptonica6")
    done = subprocess.run(["dpkg-query", "-W", "-f=${Installed-Size}\n", *names], capture_output=True, text=True, check=False)
    return sum(int(line) << 10 for line in done.stdout.split())


ENGINES: dict[str, tuple[Callable[[], bool], Callable[[Image.Image], list[str]]]] = {
    "rapidocr": (can_read_print, lambda picture: open_lines(read_print(picture), [])),
    "Tesseract": (lambda: shutil.which("tesseract") is not None, _tesseract),
}
SIZES = {"rapidocr": _packages, "Tesseract": _debian}


def _in_room(cameras: Sequence[int], chance: random.Random) -> list[int]:
    """In half of the rooms in the order of the sheet, else as people please."""
    return list(cameras) if chance.random() < 0.5 else chance.sample(list(cameras), len(cameras))


def large(photos: int, seed: int) -> None:
    """Large photos through the command, and the most memory that it and the process that reads them held.

    Another process draws ten, under as many names: what drawing takes is in neither.
    """
    with tempfile.TemporaryDirectory() as folder:
        record, pictures = Path(folder) / "school.camcensus", Path(folder) / "photos"
        pictures.mkdir()
        subprocess.run([sys.executable, __file__, "--draw", pictures, "--seed", f"{seed}", f"{photos}"], check=True)
        with register.new_inventory(record, body(), NOW):
            pass
        words = [sys.executable, "-m", "camcensus", "labels", record, pictures, "--json"]
        env = {
            **os.environ,
            "CAMCENSUS_TEST_PRINT": "1",
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
        print(f"seed {seed}: {photos} photos of 12 megapixels; print {'' if can_read_print() else 'not '}read")
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
