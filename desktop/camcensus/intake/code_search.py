"""QR codes and barcodes in a picture: their text and where they are, also where it is dark, blurred, turned or uneven.

First the whole picture, as it is and with its light evened; then each place where a code was seen and not read, alone, larger
and sharpened; then each place where bars lie side by side (see `intake.bar_search`). Each step is bounded by the size of what
it looks at, so that a photo without a code ends too. Runs where pictures are unpacked (see `intake.apart`).
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageOps

from camcensus.intake.bar_search import BarPlace, find_places

SQUARES = ("QRCode", "MicroQRCode", "DataMatrix", "PDF417", "Aztec")
BARS = ("Code128", "Code39", "Code93")
"""Codes of shops (EAN, UPC) name goods, not cameras, and are not looked for."""
SUSPECTS_MOST = 6
"""Places looked at alone, the largest first: readers suspect codes in any pattern."""
SUSPECT_SIDE = 640
"""Pixels of the longest side of a place that is looked at alone."""
SMALL = 2_000
"""Pixels of the longest side of what bars are sought in: most photos show no code at all, and each must end soon."""
SMALLEST = 500
"""Pixels of the longest side of a picture made smaller."""
HARD_MOST = 4
"""Places of bars that are not read at once, and looked at longer."""
EVEN_PART = 24
"""Light is evened over squares of this part of the longest side."""

type Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code in a picture: `kind` is one of SQUARES and BARS, `text` "" where it was seen and not read, `corners` in pixels."""

    text: str
    kind: str
    corners: tuple[Corner, ...]

    @property
    def middle(self) -> Corner:
        """Between its corners."""
        return sum(x for x, _ in self.corners) / 4, sum(y for _, y in self.corners) / 4

    @property
    def side(self) -> float:
        """Its longest side."""
        return max(math.dist(self.corners[at - 1], self.corners[at]) for at in range(4))

    @property
    def depth(self) -> float:
        """Its shortest side."""
        return min(math.dist(self.corners[at - 1], self.corners[at]) for at in range(4))

    @property
    def degrees(self) -> float:
        """How far its upper side is turned, clockwise."""
        (x, y), (to, down) = self.corners[:2]
        return math.degrees(math.atan2(down - y, to - x))


def can_read_codes() -> bool:
    """Whether the part that reads codes is installed (zxing-cpp)."""
    return importlib.util.find_spec("zxingcpp") is not None


def find_codes(grey: Image.Image) -> list[FoundCode]:
    """The codes in a picture in shades of grey, each once; those that were seen and not read after the others."""
    even = evened(grey)
    found = _looked(grey, even)
    for suspect in sorted((one for one in found if not one.text), key=lambda one: -one.side)[:SUSPECTS_MOST]:
        _add(found, _alone(grey, suspect))
    small = even.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    if not any(one.text for one in found):
        _add(found, _sharper(small, even.width / small.width))
    left = []
    for place in find_places(small, even.width / small.width):
        read = list(_bars(grey, place, hard=False))
        _add(found, read)
        left += [] if read else [place]
    for place in left[:HARD_MOST]:
        _add(found, _bars(grey, place, hard=True))
    return sorted(found, key=lambda one: not one.text)


def glance(grey: Image.Image) -> list[FoundCode]:
    """The codes that a reader finds at once, as `find_codes` gives them, in a fifth of its time: a picture is only shown."""
    return _looked(grey, evened(grey))


def _looked(grey: Image.Image, even: Image.Image) -> list[FoundCode]:
    """What looks at the whole picture give."""
    found: list[FoundCode] = []
    for look in (grey, even):
        _add(found, _codes(look, SQUARES + BARS))
    # Softened a little, grain goes; alone, a QR code is not taken for a small one of another kind.
    _add(found, _codes(grey.filter(ImageFilter.GaussianBlur(0.7)), ("QRCode", "DataMatrix")))
    for part in (2, 4):  # what is large and full of grain is read when it is smaller
        if max(grey.size) >= SMALLEST * part:
            _add(found, (_scaled(one, part) for one in _codes(even.reduce(part), SQUARES + BARS)))
    return found


def evened(grey: Image.Image) -> Image.Image:
    """With the light of each part of the picture taken away, and what is left stretched."""
    around = grey.filter(ImageFilter.BoxBlur(max(8, max(grey.size) // EVEN_PART)))
    return ImageOps.autocontrast(ImageChops.subtract(grey, around, 1, 128), cutoff=0.5)


def _alone(grey: Image.Image, suspect: FoundCode) -> Iterator[FoundCode]:
    """One place, upright, larger or smaller as it needs, and sharpened by degrees, until it is read."""
    x, y = suspect.middle
    reach = suspect.side * 0.9 + 8
    box = (
        max(0, round(x - reach)),
        max(0, round(y - reach)),
        min(grey.width, round(x + reach)),
        min(grey.height, round(y + reach)),
    )
    if box[2] - box[0] < 16 or box[3] - box[1] < 16:
        return
    cut = ImageOps.autocontrast(grey.crop(box), cutoff=1)
    scale = SUSPECT_SIDE / max(cut.size)
    cut = cut.resize((max(1, round(cut.width * scale)), max(1, round(cut.height * scale))), Image.Resampling.BICUBIC)
    place = ((x - box[0]) * scale, (y - box[1]) * scale)
    upright = cut.rotate(suspect.degrees, Image.Resampling.BICUBIC, center=place, fillcolor=128)
    for look in (cut, upright):
        for soft, sharp, percent in ((0.0, 2, 150), (0.0, 4, 300), (1.5, 6, 400), (2.5, 10, 500)):
            seen = look.filter(ImageFilter.GaussianBlur(soft)) if soft else look
            for one in _codes(seen.filter(ImageFilter.UnsharpMask(sharp, percent, 0)), SQUARES + BARS):
                if one.text and math.dist(one.middle, place) < suspect.side * scale / 2:  # else it is the one beside it
                    yield FoundCode(one.text, one.kind, suspect.corners)
                    return


def _sharper(small: Image.Image, scale: float) -> Iterator[FoundCode]:
    """The picture sharper, and one that is small larger too."""
    sharp = small.filter(ImageFilter.UnsharpMask(3, 400, 0))
    yield from (_scaled(one, scale) for one in _codes(sharp, SQUARES + BARS))
    if scale == 1:
        twice = small.resize((small.width * 2, small.height * 2), Image.Resampling.BICUBIC)
        yield from (_scaled(one, 0.5) for one in _codes(twice.filter(ImageFilter.UnsharpMask(6, 300, 0)), SQUARES))


def _bars(grey: Image.Image, place: BarPlace, *, hard: bool) -> Iterator[FoundCode]:
    """The codes of bars in a place; hard looks end with the first that reads one."""
    for look, back in place.looks(grey, hard=hard):
        read = [FoundCode(one.text, one.kind, tuple(map(back, one.corners))) for one in _codes(look, BARS) if one.text]
        yield from read
        if hard and read:
            return


def _codes(image: Image.Image, kinds: tuple[str, ...]) -> Iterator[FoundCode]:
    """What one look at a picture gives, also codes that do not add up."""
    import zxingcpp as codes

    formats = codes.barcode_formats_from_str(",".join(kinds))
    for one in codes.read_barcodes(image, formats=formats, text_mode=codes.TextMode.Plain, return_errors=True):
        at = one.position
        corners = tuple((float(p.x), float(p.y)) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
        yield FoundCode(one.text if one.valid else "", str(one.format).replace(" ", ""), corners)


def _scaled(one: FoundCode, scale: float) -> FoundCode:
    return FoundCode(one.text, one.kind, tuple((x * scale, y * scale) for x, y in one.corners))


def _add(found: list[FoundCode], more: Iterable[FoundCode]) -> None:
    """Add codes that are not in the list yet; one that was read takes the place of the same one that was not."""
    for one in more:
        if one.text and any(other.text == one.text for other in found):
            continue
        same = [other for other in found if math.dist(one.middle, other.middle) < max(one.depth, other.depth) / 2]
        if one.text and not any(other.text for other in same):
            found[:] = [other for other in found if other not in same]
            found.append(one)
        elif not same:
            found.append(one)
