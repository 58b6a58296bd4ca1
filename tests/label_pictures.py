"""Pictures of labels that a phone might take: printed, in perspective, turned, blurred, dark; every one from a seed.

The generator knows where each module of a code lies in the finished picture, and so which of them can be read: `Seen` says it
of every code (`MODULE_PIXELS`, `MODULES_WRONG`).
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

SECRET = "QZXWVK"
"""The security code that is planted where makers print one; it must never be seen again."""
MODULE_PIXELS = 2.0
"""How wide the narrowest module must be in the finished picture, as makers of readers say of theirs: bars at least 2 pixels, QR
codes 3, Data Matrix 4 (Dynamsoft, “About Barcode Module Width”, developer.dynamsoft.com/dwt/barcode-reading-and-barcode-module-width);
“module sizes smaller than 2 are often not readable” (Inlite, ClearImage, CiBarcode.ModuleSize, inliteresearch.com/help). Ours is
the least of these for every kind."""
NARROW_PIXELS = 1.6
"""The same beyond what these makers promise."""
MODULES_WRONG = {"square": 0.01, "bars": 0.0}
"""The part of the modules that may lie on the wrong side of grey for one who knows where each is: what a code can mend."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Printed:
    """A label: what is printed on it, and the codes on it as (kind, text)."""

    layout: str
    serial: str
    mac: str
    model: str
    codes: tuple[tuple[str, str], ...]


def _serial(chance: random.Random, letters: int) -> str:
    return "".join(chance.choice("ABCDEFGHJKLMNPRSTUVWXY0123456789") for _ in range(letters))


def printed(layout: str, chance: random.Random) -> Printed:
    """A label in one of LAYOUTS. Layouts are made up after what labels of that kind hold; the values are nobody's."""
    hexes = "".join(chance.choice("0123456789ABCDEF") for _ in range(6))
    plain = f"{chance.choice(('3CEF8C', 'ACCC8E', '000918', '001B86', '48EA63'))}{hexes}"
    mac = ":".join(plain[at : at + 2] for at in range(0, 12, 2)).lower()
    model = f"CAM-{chance.randint(1000, 9999)}X"
    serial = _serial(chance, 14)
    if layout == "lines":
        serial = f"{chance.randint(10**8, 10**9 - 1)}"
        model = f"DS-2CD{chance.randint(1000, 9999)}WD-I"
        codes: tuple[tuple[str, str], ...] = (("QRCode", f"www.example.com\r{serial}\r{SECRET}\r{model}\r"),)
    elif layout == "braces":
        codes = (("QRCode", f"{{SN:{serial},DT:{model},SC:{SECRET}}}"),)
    elif layout == "json":
        codes = (("QRCode", f'{{"sn":"{serial}","mac":"{mac}","model":"{model}","key":"{SECRET}"}}'),)
    elif layout == "address":
        codes = (("QRCode", f"https://example.com/add?sn={serial}&code={SECRET}"),)
    elif layout == "named":
        codes = (("QRCode", f"Model: {model} S/N: {serial} MAC: {mac.upper()} Password: {SECRET}"),)
    elif layout == "serial-is-mac":
        serial = plain
        codes = (("Code128", f"S/N:{plain}"),)
    elif layout == "bars":
        codes = (("Code128", serial), ("QRCode", SECRET))
    elif layout == "bars-39":
        serial = _serial(chance, 10)
        codes = (("Code39", serial),)
    elif layout == "two-bars":
        codes = (("Code128", f"MAC:{plain}"), ("Code128", f"SN:{serial}"))
    else:
        codes = (("DataMatrix", f"SN={serial};MAC={mac};SC={SECRET}"),)
    return Printed(layout, serial, mac, model, codes)


LAYOUTS = ("lines", "braces", "json", "address", "named", "serial-is-mac", "bars", "bars-39", "two-bars", "matrix")


@dataclass(frozen=True)
class DrawnCode:
    """A code on a label: its modules (True is dark) with where the first begins, and how wide and high each is, in pixels."""

    text: str
    is_square: bool
    modules: tuple[tuple[bool, ...], ...]
    corner: Point
    size: Point


@dataclass(frozen=True)
class Label:
    """A label as it is printed. `lines` are the boxes of the lines of print, `letter` the height of a capital."""

    of: Printed
    image: Image.Image
    codes: tuple[DrawnCode, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    letter: float
    is_dark: bool = False


def label(one: Printed, chance: random.Random | None = None) -> Label:
    """The label with its print; with `chance` in one of many styles: face, wording, paper, ink, wear."""
    style = chance or random.Random(0)
    made = Image.new("RGB", (900, 520), "white")
    draw = ImageDraw.Draw(made)
    size = style.choice((24, 26, 28, 30)) if chance else 26
    font = font_of(style.choice(FACES) if chance else "", size)
    shown = one.mac.upper() if style.random() < 0.7 else one.mac.replace(":", "" if style.random() < 0.5 else "-").upper()
    colon = style.choice((" ", ": ", ":")) if chance else " "
    texts = [
        f"{style.choice(('MODEL', 'Model', 'Model No.', 'M/N'))}{colon}{one.model}",
        f"{style.choice(('S/N', 'SN', 'Serial No.', 'Serial Number'))}{colon}{one.serial}",
        f"{style.choice(('MAC', 'MAC Address', 'MAC ID'))}{colon}{shown}",
        f"{style.choice(('CODE', 'Verification Code', 'Security code', 'Safety code'))}{colon}{SECRET}",
        "12V DC / PoE  CE",
    ]
    places = [(24, 24 + 36 * row, text) for row, text in enumerate(texts)]
    lines = []
    for x, y, text in places:
        draw.text((x, y), text, "black", font)
        lines.append(draw.textbbox((x, y), text, font))
    codes = []
    for at, (kind, text) in enumerate(one.codes):
        modules = modules_of(kind, text)
        wide, high = len(modules[0]), len(modules)
        if kind.startswith("Code"):
            each: Point = (float(max(1, min(3, 830 // (wide + 20)))), 90.0)
            corner: Point = (24 + 10 * each[0], 210.0 + 120 * at)
        else:
            side = float(max(2, (200 if at else 240) // (wide + 8)))
            each, corner = (side, side), (640 + 4 * side, (300.0 if at else 230.0))
        for y, line in enumerate(modules):
            for x, dark in enumerate(line):
                if dark:
                    left, top = corner[0] + x * each[0], corner[1] + y * each[1]
                    draw.rectangle((left, top, left + each[0] - 1, top + each[1] - 1), "black")
        codes.append(DrawnCode(text, high > 1, modules, corner, each))
    dark = chance is not None and style.random() < 0.1
    if chance is not None:
        made = worn(made, style)
    if dark:
        made = ImageChops.invert(made)
    return Label(one, made, tuple(codes), tuple(lines), size * 0.72, dark)


FACES = ("", "Vera.ttf", "VeraBd.ttf")


def font_of(face: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if not face:
        return ImageFont.load_default(size)
    import reportlab

    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / face), size - 3)


def modules_of(kind: str, text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of a code, True where it is dark; one row of bars."""
    import zxingcpp as codes

    square = {"force_square": True} if kind == "DataMatrix" else {}
    code = codes.create_barcode(text, getattr(codes.BarcodeFormat, kind), **square)
    drawn = memoryview(codes.write_barcode_to_image(code, scale=1, add_quiet_zones=False))
    high, wide = (1 if kind.startswith("Code") else drawn.shape[0]), drawn.shape[1]
    return tuple(tuple(drawn[y, x] < 128 for x in range(wide)) for y in range(high))


def worn(made: Image.Image, chance: random.Random) -> Image.Image:
    """Printed on silver or with pale ink, the ink spread or thin, scratched and dusty."""
    ink, paper = chance.randint(0, 70), chance.randint(190, 255)
    made = made.point([round(ink + (paper - ink) * at / 255) for at in range(256)] * 3)
    draw = ImageDraw.Draw(made)
    for _ in range(chance.choice((0, 0, 0, 2, 5))):
        ends = [(chance.randint(0, 900), chance.randint(0, 520)) for _ in range(2)]
        draw.line(ends, (paper,) * 3 if chance.random() < 0.5 else (140,) * 3, chance.randint(1, 2))
    for _ in range(chance.choice((0, 0, 20))):
        x, y, r = chance.randint(0, 900), chance.randint(0, 520), chance.uniform(0.5, 2.0)
        draw.ellipse((x - r, y - r, x + r, y + r), (chance.randint(60, 200),) * 3)
    return made


@dataclass(frozen=True)
class Seen:
    """What of a label can be read in a finished picture, by the rules of this module."""

    of: Printed
    readable: frozenset[str]
    """The texts of the codes that can be read."""
    narrow: frozenset[str]
    """Those of codes that are narrower than that, of NARROW_PIXELS at least, and as plain."""
    module_pixels: float


@dataclass(frozen=True)
class Taken:
    """A photo, and what can be read in it."""

    data: bytes
    seen: tuple[Seen, ...]


def photographed(
    made: Label | Image.Image, chance: random.Random, hardness: float = 1.0, size: tuple[int, int] = (1600, 1200)
) -> bytes:
    """A JPEG of a label on something grey: in perspective, turned, blurred, with noise, glare and uneven light."""
    if isinstance(made, Image.Image):
        nobody = Printed("", "", "", "", ())
        made = Label(nobody, made, (), (), 1.0)
    return _taken([made], chance, hardness, size, (0.45, 0.7))[0]


def taken(labels: Sequence[Label], chance: random.Random, size: tuple[int, int] = (2000, 1500)) -> Taken:
    """A photo of labels beside each other, of any size, with what can be read in it."""
    data, maps = _taken(labels, chance, 1.0, size, (0.3, 0.75))
    final = Image.open(io.BytesIO(data)).convert("L")
    return Taken(data, tuple(_seen(final, one, to) for one, to in zip(labels, maps, strict=True)))


def _taken(
    labels: Sequence[Label], chance: random.Random, hardness: float, size: tuple[int, int], share: Point
) -> tuple[bytes, list[tuple[float, ...]], float]:
    """The photo, the map from each label to it; `share` is how much of its part of the width a label takes."""
    wide, high = size
    shade = chance.randint(50, 190)
    scene = Image.new("RGB", size, (shade, shade, min(255, shade + 8)))
    _background(scene, chance)
    if len(labels) == 1:
        spots = [(wide / 2, high / 2, float(wide))]
    else:
        across = [(wide * x, high * y) for y in (0.28, 0.74) for x in (0.27, 0.75)]
        spots = [(x, y, wide * 0.56) for x, y in chance.sample(across, len(labels))]
    maps = []
    turn = chance.choice((0, 0, 0, 90, 180, 270)) + chance.uniform(-12, 12) * hardness
    if hardness >= 1 and chance.random() < 0.25:
        turn = chance.uniform(0, 360)
    for one, (x, y, room) in zip(labels, spots, strict=True):
        scale = room * chance.uniform(*share) / one.image.width
        scale = min(scale, 0.95 * (high if len(labels) == 1 else high * 0.42) / _height(one.image, turn))
        maps.append(_paste(scene, one.image, (x, y), scale, turn, chance, hardness))
    scene = _damaged(scene, chance, hardness)
    stream = io.BytesIO()
    scene.save(stream, "JPEG", quality=chance.randint(max(25, round(92 - 55 * hardness)), 92))
    return stream.getvalue(), maps


def _height(image: Image.Image, degrees: float) -> float:
    angle = math.radians(degrees)
    return abs(image.width * math.sin(angle)) + abs(image.height * math.cos(angle))


def _background(scene: Image.Image, chance: random.Random) -> None:
    """What is behind a label: a housing's edges, cables, a ceiling's tiles."""
    draw, (wide, high) = ImageDraw.Draw(scene), scene.size
    for _ in range(chance.randint(0, 8)):
        grey = (chance.randint(20, 230),) * 3
        a, b = [(chance.randint(0, wide), chance.randint(0, high)) for _ in range(2)]
        if chance.random() < 0.5:
            draw.line((a, b), grey, chance.randint(2, 20))
        else:
            draw.rectangle((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])), grey)


def _paste(
    scene: Image.Image, image: Image.Image, middle: Point, scale: float, degrees: float, chance: random.Random, hardness: float
) -> tuple[float, ...]:
    """Put a label into the scene in perspective; the map from a point of the label to one of the scene."""
    wide, high = image.width * scale, image.height * scale
    angle, corners = math.radians(degrees), []
    for x, y in ((-wide / 2, -high / 2), (wide / 2, -high / 2), (wide / 2, high / 2), (-wide / 2, high / 2)):
        across = x + chance.uniform(-0.06, 0.06) * hardness * wide
        down = y + chance.uniform(-0.06, 0.06) * hardness * high
        corners.append(
            (
                middle[0] + across * math.cos(angle) - down * math.sin(angle),
                middle[1] + across * math.sin(angle) + down * math.cos(angle),
            )
        )
    scaled = image.resize((max(1, round(wide)), max(1, round(high))), Image.Resampling.LANCZOS)
    plane = [(0.0, 0.0), (float(scaled.width), 0.0), (float(scaled.width), float(scaled.height)), (0.0, float(scaled.height))]
    back = _perspective(corners, plane)
    moved = scaled.transform(scene.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    mask = Image.new("L", scaled.size, 255).transform(scene.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    scene.paste(moved, (0, 0), mask)
    whole = [(0.0, 0.0), (float(image.width), 0.0), (float(image.width), float(image.height)), (0.0, float(image.height))]
    return _perspective(whole, corners)


def _perspective(here: Sequence[Point], there: Sequence[Point]) -> tuple[float, ...]:
    """The eight numbers that take four points to four others."""
    rows = []
    for (x, y), (u, v) in zip(here, there, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        best = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[best] = rows[best], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(8):
            if other != at and rows[other][at]:
                rows[other] = [a - rows[other][at] * b for a, b in zip(rows[other], rows[at], strict=True)]
    return tuple(row[8] for row in rows)


def _moved(by: tuple[float, ...], at: Point) -> Point:
    x, y = at
    under = by[6] * x + by[7] * y + 1
    return (by[0] * x + by[1] * y + by[2]) / under, (by[3] * x + by[4] * y + by[5]) / under


def _damaged(scene: Image.Image, chance: random.Random, hardness: float) -> tuple[Image.Image, float]:
    """Glare, uneven and little light, blur, a moving hand and noise."""
    size = wide, high = scene.size
    if chance.random() < 0.5:
        glare = Image.new("L", size, 0)
        cx, cy, r = chance.randint(0, wide), chance.randint(0, high), int(wide * chance.uniform(0.04, 0.10))
        ImageDraw.Draw(glare).ellipse((cx - r, cy - r, cx + r, cy + r), fill=round(170 * min(1.4, 0.6 + hardness / 2)))
        scene.paste("white", (0, 0), glare.filter(ImageFilter.GaussianBlur(r / 2)))
    if chance.random() < 0.4 * hardness:
        dim = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(size)
        dim = dim.point([round(255 - (255 - at) * 0.7) for at in range(256)])
        scene = ImageChops.multiply(scene, Image.merge("RGB", (dim,) * 3))
    scene = ImageEnhance.Brightness(scene).enhance(chance.uniform(0.15 if hardness >= 1 else 0.35, 1.15))
    scene = scene.filter(ImageFilter.GaussianBlur(chance.uniform(0, 2.0) * hardness))
    if chance.random() < 0.3 * hardness:
        steps, angle = chance.randint(2, 6), chance.uniform(0, math.pi)
        moved = scene
        for step in range(1, steps):
            shifted = ImageChops.offset(scene, round(step * math.cos(angle)), round(step * math.sin(angle)))
            moved = Image.blend(moved, shifted, 1 / (step + 1))
        scene = moved
    noise = chance.uniform(1, 12) * hardness
    grain = _grain(size, noise)
    return ImageChops.add(scene, Image.merge("RGB", (grain,) * 3), 1, -128)


def _grain(size: tuple[int, int], noise: float) -> Image.Image:
    """Noise around 128, the same for one `noise`: Pillow's own differs with whatever was drawn before."""
    spread = NormalDist(128, noise or 1e-9)
    levels = [min(255, max(0, round(spread.inv_cdf((at + 0.5) / 256)))) for at in range(256)]
    return Image.frombytes("L", size, random.Random(noise).randbytes(size[0] * size[1])).point(levels)


def _seen(final: Image.Image, one: Label, to: tuple[float, ...]) -> Seen:
    readable, narrow, narrowest = set(), set(), math.inf
    for code in one.codes:
        pixels = _module_pixels(code, to)
        kind = "square" if code.is_square else "bars"
        narrowest = min(narrowest, pixels)
        if pixels >= NARROW_PIXELS and _wrong(final, code, to, one.is_dark) <= MODULES_WRONG[kind]:
            (readable if pixels >= MODULE_PIXELS else narrow).add(code.text)
    return Seen(one.of, frozenset(readable), frozenset(narrow), narrowest)


def _module_pixels(code: DrawnCode, to: tuple[float, ...]) -> float:
    """How wide the narrowest module is: of bars along the code, of a square both ways."""
    (left, top), (wide, high), least = code.corner, code.size, math.inf
    for x in (0, len(code.modules[0]) - 1):
        for y in (0, len(code.modules) - 1):
            at = (left + x * wide, top + y * high)
            steps = ((wide, 0.0), (0.0, high)) if code.is_square else ((wide, 0.0),)
            for dx, dy in steps:
                least = min(least, math.dist(_moved(to, at), _moved(to, (at[0] + dx, at[1] + dy))))
    return least


def _wrong(final: Image.Image, code: DrawnCode, to: tuple[float, ...], is_dark: bool) -> float:
    """The part of the modules that are on the wrong side of the grey around them."""
    (left, top), (wide, high) = code.corner, code.size
    rows = len(code.modules)
    parts = (0.5,) if code.is_square else tuple(at / 20 for at in range(1, 20))
    grey = []
    for y in range(rows):
        line = []
        for x in range(len(code.modules[0])):
            points = [_moved(to, (left + (x + 0.5) * wide, top + (y + part) * high)) for part in parts]
            line.append(sum(_grey(final, point) for point in points) / len(points))
        grey.append(line)
    near, wrong, total = (4 if code.is_square else 9), 0, 0
    for y in range(rows):
        for x in range(len(grey[0])):
            around = [v for row in grey[max(0, y - near) : y + near + 1] for v in row[max(0, x - near) : x + near + 1]]
            dark = grey[y][x] < (min(around) + max(around)) / 2
            wrong += dark != (code.modules[y][x] != is_dark)
            total += 1
    return wrong / total


def _grey(final: Image.Image, at: Point) -> float:
    """The shade between four pixels; 0 outside."""
    x, y = at[0] - 0.5, at[1] - 0.5
    if not (0 <= x < final.width - 1 and 0 <= y < final.height - 1):
        return 0
    left, top = int(x), int(y)
    dx, dy = x - left, y - top
    a, b = final.getpixel((left, top)), final.getpixel((left + 1, top))
    c, d = final.getpixel((left, top + 1)), final.getpixel((left + 1, top + 1))
    return (a * (1 - dx) + b * dx) * (1 - dy) + (c * (1 - dx) + d * dx) * dy  # type: ignore[operator]
