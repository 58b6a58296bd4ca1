"""The program's mark as a Windows icon, drawn from its SVG at every size."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path

from installers.shared.icon import draw_icon

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def write_ico(path: Path) -> Path:
    """Write the mark as an .ico, one PNG a size, each drawn for itself. Source: ICONDIR; PNG inside since Windows Vista."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = [draw_icon(size, Path(folder) / f"{size}.png").read_bytes() for size in SIZES]
    head = struct.pack("<HHH", 0, 1, len(SIZES))
    at = len(head) + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    path.write_bytes(head + b"".join(pictures))
    return path
