"""Photos in the HEIC form that iPhones save, read where the optional part for them is installed (pi-heif).

Source: ISO/IEC 14496-12, 4.3 (a file begins with "ftyp" and its brand); ISO/IEC 23008-12, 10.2 and annex B (brands of HEIF).
"""

from __future__ import annotations

import importlib.util
import io

from PIL import Image

_BRANDS = frozenset((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"))


def is_heic(head: bytes) -> bool:
    """Whether a file begins as a HEIC photo does."""
    return head[4:8] == b"ftyp" and head[8:12] in _BRANDS


def can_read_heic() -> bool:
    """Whether the part that reads them is installed."""
    return importlib.util.find_spec("pi_heif") is not None


def open_heic(data: bytes) -> Image.Image:
    """The photo, upright, with only its head read; raises whatever its reader does. Thumbnails and depth in it are left out."""
    import pi_heif

    if "HEIF" not in Image.OPEN:
        pi_heif.register_heif_opener(thumbnails=False, depth_images=False, decode_threads=1)
    return Image.open(io.BytesIO(data), formats=("HEIF",))
