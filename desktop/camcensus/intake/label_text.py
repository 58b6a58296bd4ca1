"""What is printed on a label in letters, read where an engine for it is installed (rapidocr, with its models in the package).

Print has no check sum, so what is read of it is a hint: it is offered and never saved unseen. Which line is the value of which
name is in `label_layout`, what a name and a value are in `label_names`.
"""

from __future__ import annotations

import gc
import importlib.util
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

LONGEST_PRINT = 2_000
"""Pixels of the longest side that is read."""
LONGEST_SOUGHT = 960
"""Pixels of the longest side in which lines are sought: more takes twice the memory and time, and finds no more to read."""
LINES_MOST = 60
SURE = 0.9
"""How sure the engine must be of a letter. Of 145 values it was less so in all 5 read wrong, and in 9 read right."""
DOUBT = "\ufffd"
"""Stands for a letter that the engine is not sure of; no value has it."""
RIGHT_MOST, BELOW_MOST = 12.0, 3.2
"""How far a value may be right of its name, and its middle below the name's upper edge, in heights of the name."""
PRINT_TIME_S, PRINT_MEMORY_BYTES = 45.0, 400 << 20
"""Processor time and memory for a photo where print is read."""

type Point = tuple[float, float]
type Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class PrintLine:
    """A line of print: its corners in the picture, from where it begins, along it and round."""

    text: str
    corners: Corners
    doubted: frozenset[int] = frozenset()
    """The letters and digits, by their place in the text, that the engine may as well have taken for others."""

    @property
    def sure_text(self) -> str:
        """The text with DOUBT for what is doubted."""
        return "".join(DOUBT if at in self.doubted else letter for at, letter in enumerate(self.text))

    def part(self, start: int, end: int) -> PrintLine:
        """Some of its letters, as a line where they are if all letters are equally wide."""
        (a, b, c, d), long = self.corners, max(1, len(self.text))
        corners = (
            _between(a, b, start / long),
            _between(a, b, end / long),
            _between(d, c, end / long),
            _between(d, c, start / long),
        )
        return PrintLine(self.text[start:end], corners, frozenset(at - start for at in self.doubted if start <= at < end))

    def is_followed_by(self, other: PrintLine) -> bool:
        """Whether another line is right of this one, or the next below it: under it or under its end, a part of it at least."""
        (a, b, _, d), high = self.corners, max(math.dist(self.corners[0], self.corners[3]), 1.0)
        wide = max(math.dist(a, b), 1.0)
        along, down = ((b[0] - a[0]) / wide, (b[1] - a[1]) / wide), ((d[0] - a[0]) / high, (d[1] - a[1]) / high)
        across = [(x - a[0]) * along[0] + (y - a[1]) * along[1] for x, y in other.corners]
        middle = sum((x - a[0]) * down[0] + (y - a[1]) * down[1] for x, y in other.corners) / 4 / high
        is_right = abs(middle - 0.5) < 0.6 and wide - high < min(across) < wide + RIGHT_MOST * high
        is_below = 0.9 <= middle < BELOW_MOST and max(across) > -high and min(across) < wide + 2 * high
        return (is_right or is_below) and other is not self


def _between(here: Point, there: Point, part: float) -> Point:
    return here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part


def can_read_print() -> bool:
    """Whether an engine is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def read_print(picture: Image.Image) -> list[PrintLine]:
    """The lines of print in a picture in colours, upright or not, which is used up.

    The models are those of the package; nothing is fetched.
    """
    import numpy

    wide = picture.width
    picture.thumbnail((LONGEST_PRINT, LONGEST_PRINT), Image.Resampling.LANCZOS)
    scale = wide / picture.width
    pixels = numpy.ascontiguousarray(numpy.asarray(picture)[:, :, ::-1])
    picture.close()  # 12 MB that are held a second time while lines are sought, when the most memory is in use
    try:
        found = _found(_made(), pixels)
        return [replace(line, corners=_scaled(line.corners, scale)) for line in found]
    except Exception:  # an engine that fails says nothing: what the codes said is there all the same
        return []
    finally:
        gc.collect()  # or the models stay in memory, 60 MB beside those of the next photo


def _found(engine: Any, pixels: Any) -> list[PrintLine]:
    """The lines of a picture, by the engine's own steps: between them each line is turned as most of them lie."""
    from rapidocr.utils.process_img import map_boxes_to_original

    fitted, made = engine.preprocess_img(pixels)
    cut, sought = engine.detect_and_crop(fitted, made)
    cut, turned = engine.cls_and_rotate(cut)
    boxes = map_boxes_to_original(sought.boxes, made, *pixels.shape[:2])
    corners = [
        _from_start(box, is_turned="180" in label and sure > engine.cfg.Cls.cls_thresh)
        for box, (label, sure) in zip(boxes, turned.cls_res, strict=True)
    ]
    turns = _to_most(corners)
    read = engine.recognize_txt([_turned(image, turn) for image, turn in zip(cut, turns, strict=True)])
    lines = [
        PrintLine(text, _turns(around)[turn], _doubted(text, word.confs))
        for text, score, word, around, turn in zip(read.txts, read.scores, read.word_results, corners, turns, strict=True)
        if text.strip() and score >= engine.text_score
    ]
    return lines[:LINES_MOST]


def _doubted(text: str, sure: Sequence[float]) -> frozenset[int]:
    return frozenset(at for at, letter in enumerate(text) if letter.isalnum() and not sure[at] >= SURE)


def _turned(image: Any, turn: int) -> Any:
    import numpy

    return numpy.ascontiguousarray(numpy.rot90(image, turn))


def _to_most(lines: Sequence[Corners]) -> list[int]:
    """By how many quarters each line is turned to lie as most print does: engines take a short one for turned."""
    x, y = (sum(b[axis] + c[axis] - a[axis] - d[axis] for a, b, c, d in lines) for axis in (0, 1))

    def along(corners: Corners) -> float:
        a, b, c, d = corners
        return (b[0] + c[0] - a[0] - d[0]) * x + (b[1] + c[1] - a[1] - d[1]) * y

    return [max(range(4), key=lambda turn: along(_turns(line)[turn])) for line in lines]


def _turns(corners: Corners) -> tuple[Corners, ...]:
    a, b, c, d = corners
    return (corners, (b, c, d, a), (c, d, a, b), (d, a, b, c))


def _from_start(box: Any, *, is_turned: bool) -> Corners:
    """The corners from where the text begins. A box that is high is read from its upper end, unless upside down.

    Source: rapidocr 3.10, utils/process_img.py, get_rotate_crop_image.
    """
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    wide, high = max(math.dist(a, b), math.dist(d, c)), max(math.dist(a, d), math.dist(b, c))
    return _turns((a, b, c, d))[((int(high) >= 1.5 * int(wide)) + 2 * is_turned) % 4]


def _scaled(corners: Corners, by: float) -> Corners:
    a, b, c, d = ((x * by, y * by) for x, y in corners)
    return a, b, c, d


def _made() -> Any:
    # Else the engine gives its maker an id of this computer. Source: onnxruntime 1.32, telemetry_1ds.cc.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    paths = {f"{part}.model_path": str(next(models.glob(f"*_{part.lower()}_*.onnx"))) for part in ("Det", "Rec", "Cls")}
    alone = {f"EngineConfig.onnxruntime.{name}_op_num_threads": 1 for name in ("intra", "inter")}
    sought = {"Det.limit_type": "max", "Det.limit_side_len": LONGEST_SOUGHT}
    read = {"Rec.rec_batch_num": 1, "Global.return_word_box": True}  # several at once all take the room of the longest
    return rapidocr.RapidOCR(params={"Global.log_level": "critical", **paths, **alone, **sought, **read})
