"""What a person read on the device, an invoice or a letter, as JSON. Source: capture file of the outside contract."""

from __future__ import annotations

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_json_object

VERSION = 2

BASES = ("label", "invoice", "supplier-letter", "maker-letter", "alike")
"""`alike` is the label of another device of the same brand and model."""


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of the reading. Raises WireError where it is no such JSON, or names no known basis."""
    values = read_json_object(data)
    if values.get("basis") not in BASES:
        raise WireError(f"A person's reading must name its basis, one of: {', '.join(BASES)}.")
    into = Collector()
    for key in ("basis", "brand", "model", "serial", "manufacturer", "who", "when"):
        value = values.get(key)
        if value is not None and not isinstance(value, str):
            raise WireError(f"A person's reading has a {key} that is not text.")
        into.add(f"person.{key}", value)
    return into.fields()
