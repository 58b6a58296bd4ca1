"""What is printed on a label in letters, read where an engine for it is installed (rapidocr, with its models in the package).

Print has no check sum, so what is read of it is a hint: it is offered and never saved unseen. A value comes out only by the
rules that hold for codes (`label_codes.read_code`); a line with a security code has none.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from camcensus.intake.label_codes import read_code
from camcensus.model.labels import LabelReading

LONGEST_PRINT = 2_000
"""Pixels of the longest side that is read."""
LINES_MOST = 60
_NAME = re.compile(
    r"^\W*((?>s/n|m/n|sn|serial(?: ?(?:no|num|number))?\.?|mac(?: ?(?:address|addr|id))?"
    r"|model(?: ?(?:no|number|name))?\.?))\s*[:=]?\s+(?=\S)",
    re.IGNORECASE,
)
"""A name at the beginning of a line. Engines lose the colon, or the space after it."""
_engine: list[Callable[..., Any]] = []


def can_read_print() -> bool:
    """Whether an engine is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def read_print(picture: Image.Image) -> list[str]:
    """The lines of print in a picture in colours, upright or not. The models are those of the package; nothing is fetched."""
    import numpy

    picture.thumbnail((LONGEST_PRINT, LONGEST_PRINT), Image.Resampling.LANCZOS)
    try:
        if not _engine:
            _engine.append(_made())
        found = _engine[0](numpy.asarray(picture)[:, :, ::-1])
        return list(found.txts or ())[:LINES_MOST]
    except Exception:  # an engine that fails says nothing: what the codes said is there all the same
        return []


def _made() -> Callable[..., Any]:
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    paths = {f"{part}.model_path": str(next(models.glob(f"*_{part.lower()}_*.onnx"))) for part in ("Det", "Rec", "Cls")}
    alone = {f"EngineConfig.onnxruntime.{name}_op_num_threads": 1 for name in ("intra", "inter")}
    made: Callable[..., Any] = rapidocr.RapidOCR(params={"Global.log_level": "critical", **paths, **alone})
    return made


def read_lines(lines: Sequence[str], known: frozenset[str]) -> LabelReading | None:
    """What lines of print say of a camera, or None. `known` is as `read_code` takes it."""
    text = "\n".join(_NAME.sub(lambda found: f"{found[1]}: ", line) for line in lines)
    reading = read_code(text, known)
    return None if reading is None else replace(reading, from_print=True)
