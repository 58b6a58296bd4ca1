"""JSON arrays of objects, as interfaces of programs answer: each object a row under the names that it uses.

What is nested in them is passed over. Source: RFC 8259.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from camcensus.intake.csv_rows import KEPT_LIMIT_BYTES, kept
from camcensus.model import frozen
from camcensus.model.errors import IntakeError
from camcensus.model.plain import once, taken_bytes
from camcensus.model.words import storable

LIMIT_CHARACTERS = 8 << 20
"""JSON takes many times its length once it is read; 10,000 cameras of UniFi Protect have half as many."""
COLUMNS_LIMIT = 200
_BEGINS = re.compile(r"\s*(?:\[\s*[\[\]{]|\{\s*[\"}])")
_BETWEEN = re.compile(r"\s*(,|\Z|)\s*")


@frozen
class ObjectRows:
    """The names, and a row of texts for each object, counted from 1; `broken_at` is the row at which the file breaks off."""

    names: list[str]
    rows: list[Sequence[str]]
    broken_at: int | None = None


def is_json(text: str) -> bool:
    """Whether a text begins as a JSON array of objects or arrays, or as an object."""
    return _BEGINS.match(text) is not None


def read_objects(text: str, name: str) -> ObjectRows | None:
    """The rows of an array of objects, those before the fault where it is damaged; None for anything else.

    `name` is the file's, for sentences. Raises IntakeError where it is far too long.
    """
    if not text.lstrip().startswith("["):
        return None
    if len(text) > LIMIT_CHARACTERS:
        raise IntakeError(f"“{name}” is longer than {LIMIT_CHARACTERS >> 20} MiB of JSON; give the list alone.")
    if taken_bytes(text.encode("utf-8", "replace")) > KEPT_LIMIT_BYTES:
        raise IntakeError(f"“{name}” is JSON of more parts than any list; give the list alone.")
    held, broken_at = _held(text)
    objects = [one for one in held if isinstance(one, dict)]
    if not objects:
        return None
    names = list(dict.fromkeys(str(key) for one in objects for key in one))[:COLUMNS_LIMIT]
    rows = kept(([_plain_text(one.get(key)) for key in names] for one in objects), name, str)
    return ObjectRows(list(map(storable, names)), rows, broken_at)


def _held(text: str) -> tuple[list[object], int | None]:
    """What an array holds, and the number of the first value that cannot be read."""
    try:
        whole = json.loads(text, object_pairs_hook=once)
        return (whole if isinstance(whole, list) else []), None
    except (ValueError, RecursionError):
        pass
    decoder, held, at = json.JSONDecoder(object_pairs_hook=once), list[object](), text.index("[") + 1
    try:
        while True:
            value, at = decoder.raw_decode(text, _BETWEEN.match(text, at).end())  # type: ignore[union-attr]
            held.append(value)
    except (ValueError, RecursionError):
        return held, len(held) + 1


def _plain_text(value: object) -> str:
    return storable(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
