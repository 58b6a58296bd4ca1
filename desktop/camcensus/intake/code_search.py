"""QR codes and barcodes in a picture: their text and where they are, and grey over them in one that is saved or shown.

Runs where pictures are unpacked (see `intake.apart`).
"""

from __future__ import annotations

import cmath
import importlib.util
import math
from collections.abc import Iterable, Iterator

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from camcensus.model import frozen

KINDS = ("QRCode", "MicroQRCode", "DataMatrix", "PDF417", "Aztec", "Code128", "Code39", "Code93")
"""Codes of shops (EAN, UPC) name goods, not cameras, and are not looked for."""
COVERED_UNREAD = frozenset(("QRCode", "MicroQRCode", "Aztec", "PDF417"))
"""Codes that another reader may read. What looks like one of the others and cannot be read is mostly none."""
SUSPECTS_MOST = 6
"""Places looked at alone, the largest first: readers suspect codes in any pattern."""
SUSPECT_SIDE = 640
"""Pixels of the longest side of a place that is looked at alone."""
SMALLEST = 500
"""Pixels of the longest side of a picture made smaller."""
TURNS = (15, 30, 45, 60, 75)
"""Degrees: readers take bars that lean by less than ten."""
EVEN_PART = 24
"""Light is evened over squares of this part of the longest side."""
COVER, COVER_REACH = (118, 118, 118), 1.12
"""The grey that covers, and how far beyond a code it reaches."""
COVER_LOOKS = 6
"""How often a picture is looked at until no code is left to cover."""

type Corner = tuple[float, float]


@frozen
class FoundCode:
    """A code in a picture: `kind` is one of KINDS, `text` "" where it was seen and not read, `corners` in pixels."""

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


def find_codes(grey: Image.Image, *, glance: bool = False) -> list[FoundCode]:
    """The codes in a picture in shades of grey, each once; those that were seen and not read after the others.

    A `glance` ends after the first looks, in a third of the time.
    """
    even = _evened(grey)
    # Softened a little, grain goes; smaller, what is large and full of grain is read.
    looks = [(grey, 1), (even, 1), (grey.filter(ImageFilter.GaussianBlur(0.7)), 1)]
    looks += [(even.reduce(part), part) for part in (2, 4) if max(grey.size) >= SMALLEST * part]
    found: list[FoundCode] = []
    for look, scale in looks:
        _add(found, (_scaled(one, scale) for one in _codes(look)))
    if not glance and not any(one.text for one in found):
        twice = even.resize((even.width * 2, even.height * 2), Image.Resampling.BICUBIC)
        _add(found, (_scaled(one, 0.5) for one in _codes(twice)))
        for degrees in TURNS:
            _add(found, _turned(even, degrees))
    for suspect in sorted((one for one in found if not one.text), key=lambda one: -one.side)[:SUSPECTS_MOST]:
        _add(found, _alone(grey, suspect))
    return sorted(found, key=lambda one: not one.text)


def cover_codes(image: Image.Image, *, glance: bool = False) -> bool:
    """Paint over each code of a picture, then look again until none is read; gives whether it showed one.

    A code may hold a security code, with which a stranger can add the camera to an account of their own.
    """
    draw, shows_code = ImageDraw.Draw(image), False
    for _ in range(COVER_LOOKS if can_read_codes() else 0):
        seen = [code for code in find_codes(image.convert("L"), glance=glance) if code.text or code.kind in COVERED_UNREAD]
        for code in seen:
            x, y = code.middle
            draw.polygon([(x + (at - x) * COVER_REACH, y + (to - y) * COVER_REACH) for at, to in code.corners], COVER)
        shows_code = shows_code or bool(seen)
        if not any(code.text for code in seen):
            break
    return shows_code


def _evened(grey: Image.Image) -> Image.Image:
    """With the light of each part of the picture taken away, and what is left stretched."""
    around = grey.filter(ImageFilter.BoxBlur(max(8, max(grey.size) // EVEN_PART)))
    return ImageOps.autocontrast(ImageChops.subtract(grey, around, 1, 128), cutoff=0.5)


def _alone(grey: Image.Image, suspect: FoundCode) -> Iterator[FoundCode]:
    """One place upright and larger."""
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
    for look in (cut, cut.rotate(suspect.degrees, Image.Resampling.BICUBIC, center=place, fillcolor=128)):
        for one in _codes(look):
            if one.text and math.dist(one.middle, place) < suspect.side * scale / 2:  # else it is the one beside it
                yield FoundCode(one.text, one.kind, suspect.corners)
                return


def _turned(even: Image.Image, degrees: int) -> Iterator[FoundCode]:
    """The codes that are read in a picture once it is turned."""
    turned = even.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=128)
    back, middle = cmath.rect(1, math.radians(degrees)), complex(*even.size) / 2
    for one in _codes(turned):
        if one.text:
            places = [(complex(*at) - complex(*turned.size) / 2) * back + middle for at in one.corners]
            yield FoundCode(one.text, one.kind, tuple((place.real, place.imag) for place in places))


def _codes(image: Image.Image) -> Iterator[FoundCode]:
    """What one look at a picture gives, also codes that do not add up."""
    import zxingcpp as codes

    formats = codes.barcode_formats_from_str(",".join(KINDS))
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
