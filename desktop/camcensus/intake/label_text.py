"""What is printed on a label in letters, read where an engine for it is installed (rapidocr, with its models in the package).

Print has no check sum, so what is read of it is a hint: it is offered and never saved unseen. A value comes out only by the
rules that hold for codes (`label_codes.read_code`); a line with a security code has none.
"""

from __future__ import annotations

import importlib.util
import math
import os
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

from camcensus.intake.label_codes import read_code
from camcensus.model.labels import LabelReading

LONGEST_PRINT = 2_000
"""Pixels of the longest side that is read."""
LONGEST_SOUGHT = 960
"""Pixels of the longest side in which lines are sought: more takes twice the memory and time, and finds no more to read."""
LINES_MOST = 60
RIGHT_MOST, BELOW_MOST = 12.0, 3.2
"""How far a value may be right of its name, and its middle below the name's upper edge, in heights of the name."""
PRINT_TIME_S, PRINT_MEMORY_BYTES = 45.0, 450 << 20
"""Processor time and memory for a photo where print is read."""
_NAME = re.compile(
    r"^\W*((?>s/n|m/n|sn|serial(?: ?(?:number|num|no))?\.?|mac(?: ?(?:address|addr|id))?"
    r"|model(?: ?(?:number|name|no))?\.?))\s*[:=]?(?:\s+(?=\S)|(?=(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}\b))",
    re.IGNORECASE,
)
"""A name at the beginning of a line. Engines lose the colon, or the space after it."""
_engine: list[Callable[..., Any]] = []

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PrintLine:
    """A line of print: its corners in the picture, from where it begins, along it and round."""

    text: str
    corners: tuple[Point, Point, Point, Point]

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


def can_read_print() -> bool:
    """Whether an engine is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def read_print(picture: Image.Image) -> list[PrintLine]:
    """The lines of print in a picture in colours, upright or not. The models are those of the package; nothing is fetched."""
    import numpy

    wide = picture.width
    picture.thumbnail((LONGEST_PRINT, LONGEST_PRINT), Image.Resampling.LANCZOS)
    scale = wide / picture.width
    try:
        if not _engine:
            _engine.append(_made())
        found = _engine[0](numpy.asarray(picture)[:, :, ::-1])
        lines = [] if found.txts is None else list(zip(found.txts, found.boxes, strict=True))[:LINES_MOST]
        corners = [[(float(x) * scale, float(y) * scale) for x, y in box] for _, box in lines]
        return [PrintLine(text, (a, b, c, d)) for (text, _), (a, b, c, d) in zip(lines, corners, strict=True)]
    except Exception:  # an engine that fails says nothing: what the codes said is there all the same
        return []


def _made() -> Callable[..., Any]:
    # Else the engine gives its maker an id of this computer. Source: onnxruntime 1.32, telemetry_1ds.cc.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    paths = {f"{part}.model_path": str(next(models.glob(f"*_{part.lower()}_*.onnx"))) for part in ("Det", "Rec", "Cls")}
    alone = {f"EngineConfig.onnxruntime.{name}_op_num_threads": 1 for name in ("intra", "inter")}
    sought = {"Det.limit_type": "max", "Det.limit_side_len": LONGEST_SOUGHT}
    made: Callable[..., Any] = rapidocr.RapidOCR(params={"Global.log_level": "critical", **paths, **alone, **sought})
    return made


def read_lines(lines: Sequence[str], known: Collection[str]) -> LabelReading | None:
    """What lines of print say of a camera, or None. `known` is as `read_code` takes it."""
    text = "\n".join(_NAME.sub(lambda found: f"{found[1]}: ", line) for line in lines)
    reading = read_code(text, known)
    return None if reading is None else replace(reading, from_print=True)
