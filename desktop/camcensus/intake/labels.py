"""Photos of labels: the QR codes and barcodes in them, found apart (see `intake.apart`) and read there.

The text of a code never leaves that process, only what `read_code` gives of it.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

from PIL import Image, ImageFilter, ImageOps

from camcensus.intake.apart import OverLimitError, apart_within
from camcensus.intake.label_codes import read_code
from camcensus.intake.pictures import BYTES_LIMIT, on_white, open_picture
from camcensus.model.errors import IntakeError
from camcensus.model.labels import LabelReading

READ_TIME_S = 15.0
"""Processor time for one photo, with all attempts at one that is blurred or dark."""
READ_MEMORY_BYTES = 250 << 20
LONGEST_READ = 4_600
"""Pixels of the longest side that is read: a photo of 12 megapixels as it is, a larger one made smaller."""
SMALL = 1_800
"""Pixels of the longest side for later attempts: most photos show no code at all, and each must end soon."""
SQUARES = ("QRCode", "MicroQRCode", "DataMatrix", "PDF417", "Aztec")
BARS = ("Code128", "Code39", "Code93")
TURNS = (6, 12, 18, 24, 30, 36, 42)
"""Degrees: bars are only read nearly along and across."""
CODES_MOST = 24


def can_read_codes() -> bool:
    """Whether the part that reads codes is installed (zxing-cpp)."""
    return importlib.util.find_spec("zxingcpp") is not None


def read_labels(data: bytes, known: frozenset[str], name: str = "The photo") -> tuple[LabelReading, ...]:
    """What the codes in a photo say, one after the other; () where it shows none that can be read.

    `known` is as `read_code` takes it. Raises IntakeError for what is no PNG or JPEG, or is too large.
    """
    if len(data) > BYTES_LIMIT:
        raise IntakeError(f"{name} is larger than {BYTES_LIMIT >> 20} MB; save it smaller and choose it again.")
    if not can_read_codes():
        return ()
    try:
        return apart_within(READ_TIME_S, READ_MEMORY_BYTES, _read_labels, data, known, name)
    except OverLimitError as error:
        raise IntakeError(f"{name} takes too much time or memory to read; save it smaller and choose it again.") from error


def _read_labels(data: bytes, known: frozenset[str], name: str) -> tuple[LabelReading, ...]:
    with open_picture(data, name) as image:
        try:
            image.draft("L", (LONGEST_READ, LONGEST_READ))
            image.thumbnail((LONGEST_READ, LONGEST_READ), Image.Resampling.BILINEAR)
            grey = _grey(image)
        except MemoryError:
            raise
        except Exception as error:  # the decoder raises whatever a broken file makes it stumble over
            raise IntakeError(f"{name} is damaged or cut short; save it again as PNG or JPEG.") from error
    for attempt, kinds in _attempts(grey):
        found = dict.fromkeys(one for text in _texts(attempt, kinds) if (one := read_code(text, known)) is not None)
        if found:
            return tuple(found)
    return ()


def _attempts(grey: Image.Image) -> Iterator[tuple[Image.Image, tuple[str, ...]]]:
    """The picture as it is, then as it may be read where that was not enough; with each the kinds of code to look for."""
    every = SQUARES + BARS
    yield grey, every
    even = ImageOps.autocontrast(grey, cutoff=1)
    yield even, every
    small = even.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    yield small.filter(ImageFilter.GaussianBlur(1)), every
    yield small.filter(ImageFilter.UnsharpMask(3, 400, 0)), every
    sharp = small.filter(ImageFilter.UnsharpMask(3, 200, 0))
    for degrees in TURNS:
        for turned in (degrees, -degrees):
            yield sharp.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=128), BARS
    if max(even.size) <= SMALL:
        twice = even.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        yield twice, every
        yield twice.filter(ImageFilter.UnsharpMask(8, 300, 0)), every


def _texts(image: Image.Image, kinds: tuple[str, ...]) -> list[str]:
    """The text of each code in a picture. Codes of shops (EAN, UPC) name goods, not cameras, and are not looked for."""
    import zxingcpp as codes

    formats = codes.barcode_formats_from_str(",".join(kinds))
    found = codes.read_barcodes(image, formats=formats, text_mode=codes.TextMode.Plain)
    return [one.text for one in found[:CODES_MOST]]


def _grey(image: Image.Image) -> Image.Image:
    """In shades of grey, on white where it is transparent."""
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    return (on_white(image) if clear else image).convert("L")
