"""A document that is a ZIP of parts, packed anew: the same parts give the same bytes, whichever library wrote them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every part: that of the report is in its text."""


def packed_anew(data: bytes, *, without: Collection[str] = (), instead: Mapping[str, bytes] | None = None) -> bytes:
    """The document without some parts, with others in place of its own; `mimetype` stays first and is not compressed."""
    instead, made = instead or {}, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.endswith("/") or name.startswith(tuple(without)):
                continue
            part = zipfile.ZipInfo(name, EARLIEST)
            part.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, instead.get(name) or old.read(name))
    return made.getvalue()
