"""The program's mark as a macOS icon, drawn from its SVG at every size."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path

from installers.shared.icon import draw_icon

SIZES = {
    "icp4": 16,
    "icp5": 32,
    "ic07": 128,
    "ic08": 256,
    "ic09": 512,
    "ic10": 1024,
    "ic11": 32,
    "ic12": 64,
    "ic13": 256,
    "ic14": 512,
}
"""Kind of picture -> pixels. Source: Apple Icon Image format; the last four are for screens with two pixels a point."""


def write_icns(path: Path) -> Path:
    """Write the mark as an .icns: one PNG a size, each drawn for itself."""
    body = b""
    with tempfile.TemporaryDirectory() as folder:
        for kind, size in SIZES.items():
            picture = draw_icon(size, Path(folder) / f"{kind}.png").read_bytes()
            body += struct.pack(">4sI", kind.encode(), len(picture) + 8) + picture
    path.write_bytes(struct.pack(">4sI", b"icns", len(body) + 8) + body)
    return path
