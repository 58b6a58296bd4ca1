"""Places of a picture where bars lie side by side, each set upright, stretched and made of the mean of many lines.

The structure tensor says of each tile how its edges run (J. Bigün, G. Granlund, “Optimal orientation detection of linear
symmetry”, 1987); tiles that agree with their neighbours are one place. How the direction changes from one end of a place to
the other is its perspective. Blur is taken back along the line alone (W. H. Richardson, 1972; L. B. Lucy, 1974), for which
the mean of many lines leaves too little noise to matter. All is bounded: places, lines, rounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from PIL import Image, ImageFilter, ImageMath, ImageOps

TILE = 16
"""Pixels of a side of a tile."""
STRIP = 16 * TILE
PLACES_MOST = 10
TILES_FEWEST = 6
AGREED = 0.55
"""The part of a tile's edges that must run one way."""
ENERGY_FEWEST = 60.0
"""Squared steps between shades a pixel, below which there is nothing but grain."""
TURN_MOST = math.radians(12)
"""Between neighbouring tiles of one place."""
BEND_MOST = 0.15
"""How far the direction of bars changes over a place, in radians."""
STRETCH = 3
"""How many times longer a place is made: readers want more than two pixels for the narrowest bar."""
LINES = (12, 24, 6, 48)
"""Lines of pixels that become one: more where there is grain, fewer where bars still lean."""
BLURS = (2.6, 4.0, 5.6)
"""How far ink has run into the paper along a stretched line, as the standard deviation in pixels."""
ROUNDS = 25
BLOCK = 64
"""Pixels along a stretched line, over which ink and paper look alike."""
CONTRAST = 0.35
BLURRED_LINES = 12
BLURRED_PIXELS = 30_000
"""How many of one place blur is taken back of, in the middle of it."""
EDGES_FEWEST = 24
"""Edges of a line that may be a code's: the shortest code of three kinds has more, and blur hides some."""
LINES_BARRED = 3
"""Lines with such edges below each other in a place that shows bars."""
TALL = 8
"""Pixels of height of each line of a look."""
LONGEST, PIXELS_MOST = 9_000, 400_000
"""Pixels of the lines of a stretched place, and of all of them."""
BESIDE = tuple((right, down) for right in range(-2, 3) for down in range(-2, 3))

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class BarPlace:
    """Where bars lie: its corners in the picture, the first where its first line begins, then along that line and round."""

    corners: tuple[Point, Point, Point, Point]

    def looks(self, grey: Image.Image, *, hard: bool) -> Iterator[tuple[Image.Image, Callable[[Point], Point]]]:
        """The place upright in several ways, with the way back to the picture; `hard` with its blur taken back."""
        upright = self.upright(grey)
        fewest = -(-upright.width * upright.height // PIXELS_MOST)
        for wanted, blur in [(BLURRED_LINES, blur) for blur in BLURS] if hard else [(lines, 0.0) for lines in LINES]:
            lines = max(fewest, min(wanted, upright.height))
            means, first = _mean_lines(upright, lines), 0
            if hard:
                first, last = _barred(means, BLURRED_PIXELS // upright.width)
                means = [_unblurred(line, blur) for line in means[first:last]]
            if means:
                look = Image.new("L", (upright.width, len(means)))
                look.putdata([shade for line in means for shade in _in_shades(line)])
                look = look.resize((look.width, look.height * TALL), Image.Resampling.NEAREST)
                for ink in (look, ImageOps.invert(look)):
                    yield ink, partial(self._back, first, lines / TALL)

    def shows_bars(self, grey: Image.Image) -> bool:
        """Whether some lines of it have the edges of a code, read or not."""
        upright = self.upright(grey)
        lines = max(-(-upright.width * upright.height // PIXELS_MOST), min(BLURRED_LINES, upright.height // LINES_BARRED or 1))
        first, last = _barred(_mean_lines(upright, lines), PIXELS_MOST)
        return last - first >= LINES_BARRED

    def _back(self, first: int, lines: float, at: Point) -> Point:
        (a, b, c, d), (wide, high) = self.corners, self.size
        x, y = at[0] / wide, (first * TALL + at[1]) * lines / high
        return (
            (a[0] * (1 - x) + b[0] * x) * (1 - y) + (d[0] * (1 - x) + c[0] * x) * y,
            (a[1] * (1 - x) + b[1] * x) * (1 - y) + (d[1] * (1 - x) + c[1] * x) * y,
        )

    @property
    def size(self) -> tuple[int, int]:
        """In pixels, once stretched."""
        a, b, c, d = self.corners
        long, deep = max(math.dist(a, b), math.dist(d, c)), max(math.dist(a, d), math.dist(b, c))
        return min(LONGEST, max(TILE, round(long * STRETCH))), max(8, round(deep))

    def upright(self, grey: Image.Image) -> Image.Image:
        """The place alone, its bars upright, stretched along its lines."""
        a, b, c, d = self.corners
        made = grey.transform(self.size, Image.Transform.QUAD, (*a, *d, *c, *b), Image.Resampling.BICUBIC)
        return ImageOps.autocontrast(made, cutoff=0.5)


def find_places(small: Image.Image, scale: float) -> list[BarPlace]:
    """Where bars may lie in a picture in shades of grey with its light evened, the plainest first.

    `scale` is how many times larger the picture is that `BarPlace.corners` are of.
    """
    along, across, energy = edges(small)
    wide = -(-small.width // TILE)
    floor = max(ENERGY_FEWEST, 2 * sorted(energy)[len(energy) // 2])
    tiles = {
        at: _Tile(at % wide, at // wide, math.atan2(2 * across[at], along[at]) / 2, agreed)
        for at, of in enumerate(energy)
        if of > floor and (agreed := math.hypot(along[at], 2 * across[at])) > AGREED * of
    }
    groups = sorted(_grouped(tiles, wide), key=lambda group: -sum(tile.weight for tile in group))
    return [place for group in groups[:PLACES_MOST] if (place := _place(group, scale)) is not None]


@dataclass(frozen=True, slots=True)
class _Tile:
    """`turn` is the direction across its bars, in radians, the same half a turn on; `weight` how much says so."""

    column: int
    row: int
    turn: float
    weight: float


def edges(small: Image.Image) -> tuple[list[float], list[float], list[float]]:
    """Of each tile the means of x² − y², of xy and of x² + y², where x and y are the steps between its shades."""
    xx, xy, yy = ([one for strip in strips for one in strip] for strips in zip(*_strips(small), strict=True))
    return [a - b for a, b in zip(xx, yy, strict=True)], xy, [a + b for a, b in zip(xx, yy, strict=True)]


def _strips(small: Image.Image) -> Iterator[list[list[float]]]:
    """The means of xx, xy and yy of the tiles of each strip of STRIP lines, looked at with a tile above and below it.

    Shades with fractions take four times the memory of a picture, and eight pictures of them are needed.
    """
    for top in range(0, small.height, STRIP):
        first, last = max(0, top - TILE), min(small.height, top + STRIP + TILE)
        soft = small.crop((0, first, small.width, last)).filter(ImageFilter.GaussianBlur(1)).convert("F")
        x, y = (
            ImageMath.lambda_eval(
                lambda of: of["on"] - of["back"], on=_moved(soft, *step), back=_moved(soft, -step[0], -step[1])
            )
            for step in ((1, 0), (0, 1))
        )
        above, rows = (top - first) // TILE, -(-min(STRIP, small.height - top) // TILE)
        means = [
            ImageMath.lambda_eval(lambda of: of["a"] * of["b"], a=a, b=b).reduce(TILE) for a, b in ((x, x), (x, y), (y, y))
        ]
        yield [list(one.crop((0, above, one.width, above + rows)).get_flattened_data()) for one in means]


def _moved(image: Image.Image, right: int, down: int) -> Image.Image:
    return image.transform(image.size, Image.Transform.AFFINE, (1, 0, right, 0, 1, down))


def _grouped(tiles: dict[int, _Tile], wide: int) -> Iterator[list[_Tile]]:
    """Tiles beside each other that run nearly one way."""
    left = dict(tiles)
    while left:
        at, tile = left.popitem()
        group, ends = [tile], [(at, tile)]
        while ends:
            at, tile = ends.pop()
            for right, down in BESIDE:
                beside = left.get(at + down * wide + right)
                if (
                    beside is not None
                    and abs(beside.column - tile.column) <= 2
                    and abs(down * math.cos(tile.turn) - right * math.sin(tile.turn)) <= 1
                    and abs(_between(beside.turn, tile.turn)) < TURN_MOST
                ):
                    ends.append((at + down * wide + right, left.pop(at + down * wide + right)))
                    group.append(beside)
        if len(group) >= TILES_FEWEST:
            yield group


def _between(turn: float, other: float) -> float:
    """From one direction to another, at most a quarter turn either way."""
    return (turn - other + math.pi / 2) % math.pi - math.pi / 2


def _place(group: Sequence[_Tile], scale: float) -> BarPlace | None:
    """The place of a group: as long as its tiles reach and a little more, and as slanted as they are."""
    twice = [2 * one.turn for one in group]
    turn = math.atan2(_sum(group, list(map(math.sin, twice))), _sum(group, list(map(math.cos, twice)))) / 2
    right, down = math.cos(turn), math.sin(turn)
    middles = [((one.column + 0.5) * TILE, (one.row + 0.5) * TILE) for one in group]
    us, vs = [x * right + y * down for x, y in middles], [y * right - x * down for x, y in middles]
    long, deep = max(us) - min(us) + TILE, max(vs) - min(vs) + TILE
    if long < 4 * TILE:
        return None
    weight = sum(one.weight for one in group)
    middle = _sum(group, us) / weight
    leans = [_between(one.turn, turn) for one in group]
    bend, slope = 0.0, 0.0
    spread = _sum(group, [(u - middle) ** 2 for u in us])
    if spread and long > 1.5 * deep:
        bend = _sum(group, [(u - middle) * lean for u, lean in zip(us, leans, strict=True)]) / spread
        bend = max(-BEND_MOST / long, min(BEND_MOST / long, bend))
        slope = _sum(group, [(u - middle) * v for u, v in zip(us, vs, strict=True)]) / spread if long > 2 * deep else 0.0
    level = [v - slope * (u - middle) for u, v in zip(us, vs, strict=True)]
    top, bottom = min(level) - TILE / 2, max(level) + TILE / 2
    half = (bottom - top) / 2

    def corner(u: float, side: int) -> Point:
        v = (top + bottom) / 2 + side * half + slope * (u - middle)
        u -= side * half * math.tan(bend * (u - middle))
        return (u * right - v * down) * scale, (u * down + v * right) * scale

    first, last = min(us) - 1.5 * TILE, max(us) + 1.5 * TILE
    return BarPlace((corner(first, -1), corner(last, -1), corner(last, 1), corner(first, 1)))


def _sum(group: Sequence[_Tile], values: Sequence[float]) -> float:
    return sum(one.weight * value for one, value in zip(group, values, strict=True))


def _mean_lines(upright: Image.Image, lines: int) -> list[list[float]]:
    """Each of so many lines one, from black (0) to white (1) of what is around."""
    means = upright.reduce((1, lines))
    data, wide = [float(one) for one in means.get_flattened_data()], means.width  # type: ignore[arg-type]
    return [_evened(data[at : at + wide]) for at in range(0, len(data), wide)]


def _evened(line: list[float]) -> list[float]:
    """Between the darkest and the lightest shade near by, which differ by a part of the whole line's contrast at least."""
    blocks = [line[at : at + BLOCK] for at in range(0, len(line), BLOCK)]
    lows, highs = [min(one) for one in blocks], [max(one) for one in blocks]
    least = CONTRAST * (max(highs) - min(lows)) or 1
    around = [slice(max(0, at - 1), at + 2) for at in range(len(blocks))]
    high = [max(highs[one]) for one in around]
    low = [min(*lows[one], top - least) for one, top in zip(around, high, strict=True)]
    lights, darks = _between_blocks(high, len(line)), _between_blocks(low, len(line))
    return [(one - dark) / (light - dark) for one, dark, light in zip(line, darks, lights, strict=True)]


def _between_blocks(values: list[float], wide: int) -> list[float]:
    made = Image.new("F", (len(values), 1))
    made.putdata(values)
    return [float(one) for one in made.resize((wide, 1), Image.Resampling.BILINEAR).get_flattened_data()]  # type: ignore[arg-type]


def _barred(lines: list[list[float]], most: int) -> tuple[int, int]:
    """From the first line with the edges of a code to after the last; so many in the middle where there are more."""
    many = [at for at, line in enumerate(lines) if sum((a < 0.5) != (b < 0.5) for a, b in pairwise(line)) >= EDGES_FEWEST]
    if not many:
        return 0, 0
    spare = max(0, many[-1] + 1 - many[0] - max(1, most)) // 2
    return many[0] + spare, many[-1] + 1 - spare


def _unblurred(line: Sequence[float], blur: float) -> list[float]:
    """A line as it was before such a blur, by Richardson and Lucy."""
    seen = [max(0.0, shade) + 0.02 for shade in line]
    found = seen
    for _ in range(ROUNDS):
        again = _blurred([a / b for a, b in zip(seen, _blurred(found, blur), strict=True)], blur)
        found = [a * b for a, b in zip(found, again, strict=True)]
    return found


def _blurred(line: list[float], blur: float) -> list[float]:
    """The mean around each shade, three times: nearly a Gaussian. The ends go on as they are."""
    reach = max(1, round((math.sqrt(4 * blur * blur + 1) - 1) / 2))
    part = 1 / (2 * reach + 1)
    for _ in range(3):
        sums = list(accumulate([line[0]] * (reach + 1) + line + [line[-1]] * reach))
        line = [(b - a) * part for a, b in zip(sums, sums[2 * reach + 1 :], strict=False)]
    return line


def _in_shades(line: Sequence[float]) -> list[int]:
    """From 0 to 255, but for the fiftieth part at each end."""
    ordered = sorted(line)
    low, high = ordered[len(ordered) // 50], ordered[-1 - len(ordered) // 50]
    return [max(0, min(255, round((one - low) / (high - low or 1) * 255))) for one in line]
