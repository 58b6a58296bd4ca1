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


@frozen
class ObjectRows:
    """The names, and a row of texts for each object."""

    names: list[str]
    rows: list[Sequence[str]]


def is_json(text: str) -> bool:
    """Whether a text begins as a JSON array of objects or arrays, or as an object."""
    return _BEGINS.match(text) is not None


def read_objects(text: str, name: str) -> ObjectRows | None:
    """The rows of an array of objects; None for anything else. `name` is the file's, for sentences.

    Raises IntakeError where it is damaged or far too long.
    """
    if not text.lstrip().startswith("["):
        return None
    if len(text) > LIMIT_CHARACTERS:
        raise IntakeError(f"“{name}” is longer than {LIMIT_CHARACTERS >> 20} MiB of JSON; give the list alone.")
    if taken_bytes(text.encode("utf-8", "replace")) > KEPT_LIMIT_BYTES:
        raise IntakeError(f"“{name}” is JSON of more parts than any list; give the list alone.")
    try:
        held = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise IntakeError(f"“{name}” is JSON that breaks off or is damaged; export it again.") from error
    objects = [one for one in held if isinstance(one, dict)]
    if not objects:
        return None
    names = list(dict.fromkeys(str(key) for one in objects for key in one))[:COLUMNS_LIMIT]
    rows = kept(([_plain_text(one.get(key)) for key in names] for one in objects), name, str)
    return ObjectRows(list(map(storable, names)), rows)


def _plain_text(value: object) -> str:
    return storable(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
