"""Where letters may be in a picture, whether anything reads them or not, and what shows that a label is near.

Letters are edges that run in several ways within a tile, at one size of the picture or another; a code of bars, which may be
too blurred to be read beside letters that are not, is edges that run in one way (see `intake.bar_search`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from PIL import Image, ImageDraw

from camcensus.intake.bar_search import TILE, edges, find_places
from camcensus.intake.code_search import SQUARES, FoundCode, evened

PARTS = (1, 2, 4)
"""How much smaller the picture is made: a tile then holds some of a letter, or several of them."""
ENERGY_FEWEST, ENERGY_OF_MOST = 60.0, 2.5
"""Squared steps between shades, and how many times that of the middle tile, which has nothing but grain."""
AGREED_MOST = 0.8
"""The part of a tile's edges that runs one way, where there is one straight edge and no letter."""
TILES_FEWEST = 3
"""Tiles that touch each other; fewer are a corner of something."""
DARK, LIGHT_PART = 80, 0.02
"""Shades below are dark; so much of a picture may be lighter, such as a lamp in it."""
REACH = {True: 12.0, False: 3.0}
"""How far letters of a label may be from the middle of its code, square or not, in its longest sides."""


def near_codes(image: Image.Image, codes: Sequence[FoundCode]) -> Image.Image | None:
    """A mask of where letters may be around codes, and around bars that were not read; None where there is no such place.

    What hangs together with letters near a code is near it too.
    """
    grey = image.convert("L")
    even = evened(grey)
    bars = [FoundCode("", "Code128", place.corners) for place in find_places(even, 1.0) if place.shows_bars(even)]
    around = [(*code.middle, code.side * REACH[code.kind in SQUARES]) for code in (*codes, *bars)]
    if _is_dark(grey):
        around = [(image.width / 2, image.height / 2, float(max(image.size)))]
    letters = Image.new("1", image.size)
    draw = ImageDraw.Draw(letters)
    for part in PARTS if around else ():
        side = TILE * part
        for tiles in _groups(even.reduce(part) if part > 1 else even):
            places = [(column * side, row * side) for column, row in tiles]
            if any(abs(x - left) < reach and abs(y - top) < reach for left, top in places for x, y, reach in around):
                for left, top in places:
                    draw.rectangle((left - side, top - side, left + 2 * side, top + 2 * side), fill=1)
    return letters if letters.getbbox() is not None else None


def _is_dark(grey: Image.Image) -> bool:
    """Whether nearly all of a picture is so dark that codes drown in grain, and a person would make it lighter first."""
    return sum(grey.histogram()[DARK:]) < LIGHT_PART * grey.width * grey.height


def _groups(even: Image.Image) -> Iterator[list[tuple[int, int]]]:
    """The tiles, by column and row, that hold edges which run in several ways, and touch each other."""
    along, across, energy = edges(even)
    wide = -(-even.width // TILE)
    floor = max(ENERGY_FEWEST, ENERGY_OF_MOST * sorted(energy)[len(energy) // 2])
    left = {
        divmod(at, wide)[::-1]
        for at, of in enumerate(energy)
        if of > floor and math.hypot(along[at], 2 * across[at]) < AGREED_MOST * of
    }
    while left:
        group = ends = [left.pop()]
        while ends:
            beside = {(column + right, row + down) for column, row in ends for right in (-1, 0, 1) for down in (-1, 0, 1)}
            ends = sorted(beside & left)
            left -= beside
            group = group + ends
        if len(group) >= TILES_FEWEST:
            yield group
