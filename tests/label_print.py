"""Labels as their print is laid out: names beside, above and in columns with their values, a code in the corner.

The families are made up after what such labels look like. Those of `UNSEEN` were not looked at while the rules that read print
were written; they only measure them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFont

from label_pictures import FACES, SECRET, Label, font_of, modules_of, printed, worn

type Pair = tuple[str, str]
type Said = tuple[float, float, str, bool]
"""Where a line begins, what it says, and whether a field's value is in it."""
type Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
type Lay = Callable[[Sequence[Pair], random.Random, Font], list[Said]]

NAMES = {
    "model": ("MODEL", "Model", "Model No.", "M/N", "Model Number", "MODEL NO"),
    "serial": ("S/N", "SN", "Serial No.", "Serial Number", "SERIAL NO", "Serial"),
    "mac": ("MAC", "MAC Address", "MAC ID", "MAC ADDR", "Ethernet MAC"),
    "secret": ("CODE", "Verification Code", "Security code", "Safety code", "Password", "PIN"),
    "input": ("Input", "Power", "INPUT"),
    "date": ("Date", "DATE", "Mfg. Date"),
}
SHORT = {name: tuple(word for word in words if len(word) < 9) for name, words in NAMES.items()}
PITCH = 36.0
X, Y = 24.0, 20.0


def _wide(font: Font, text: str) -> float:
    return font.getlength(text)


def _inline(sign: str) -> Lay:
    return lambda pairs, _, __: [(X, Y + PITCH * at, f"{name}{sign}{value}", True) for at, (name, value) in enumerate(pairs)]


def _table(pairs: Sequence[Pair], style: random.Random, font: Font) -> list[Said]:
    """A column of names, a column of values."""
    apart, sign = style.choice((16, 40, 90)), style.choice(("", ":"))
    right = X + max(_wide(font, name) for name, _ in pairs) + apart
    return [
        one
        for at, (name, value) in enumerate(pairs)
        for one in ((X, Y + PITCH * at, f"{name}{sign}", False), (right, Y + PITCH * at, value, True))
    ]


def _stacked(pairs: Sequence[Pair], style: random.Random, _: Font) -> list[Said]:
    """Each name above its value, all in one column."""
    gap, sign = style.choice((0, 8, 20)), style.choice(("", ":"))
    return [
        one
        for at, (name, value) in enumerate(pairs)
        for one in (
            (X, Y + (2 * PITCH + gap) * at, f"{name}{sign}", False),
            (X, Y + (2 * PITCH + gap) * at + PITCH, value, True),
        )
    ]


def _columns(many: int) -> Lay:
    def lay(pairs: Sequence[Pair], style: random.Random, font: Font) -> list[Said]:
        """Names side by side over their values, `many` in a row."""
        gap, apart, sign, at_x, made = style.choice((6, 16, 30)), style.choice((36, 70)), style.choice(("", ":")), X, []
        for column in range(many):
            held = pairs[column::many]
            for row, (name, value) in enumerate(held):
                y = Y + (2 * PITCH + gap) * row
                made += [(at_x, y, f"{name}{sign}", False), (at_x, y + PITCH, value, True)]
            at_x += max((_wide(font, text) for pair in held for text in pair), default=0) + apart
        return made

    return lay


def _two_tables(pairs: Sequence[Pair], style: random.Random, font: Font) -> list[Said]:
    """Name and value in one line, two of them side by side."""
    sign, half = style.choice((": ", " ", ":")), (len(pairs) + 1) // 2
    texts = [f"{name}{sign}{value}" for name, value in pairs]
    right = X + max(_wide(font, text) for text in texts[:half]) + style.choice((40, 80))
    return [(X if at < half else right, Y + PITCH * (at % half), text, True) for at, text in enumerate(texts)]


def _wrapped(pairs: Sequence[Pair], style: random.Random, font: Font) -> list[Said]:
    """A table too narrow for some of its values, which go on in a second line."""
    right, made, y = X + max(_wide(font, name) for name, _ in pairs) + 20, list[Said](), Y
    longest = max(pairs, key=lambda pair: len(pair[1]))
    for name, value in pairs:
        cut = _cut(value) if (name, value) == longest else 0
        made += [(X, y, name, False), (right, y, value[: cut or None], True)]
        if cut:
            y += PITCH * 0.9
            made.append((right, y, value[cut:], True))
        y += PITCH * style.choice((1.0, 1.2))
    return made


def _cut(value: str) -> int:
    """Where a long value is parted: after a sign past its middle, or where there is none, past it."""
    return next((at + 1 for at in range(len(value) // 2, len(value)) if value[at] in ":-"), 0)


def _headed(pairs: Sequence[Pair], style: random.Random, font: Font) -> list[Said]:
    """A heading, then names and values in one line, of which the last has its value below."""
    heading = style.choice(("IP CAMERA", "Network Camera", "4MP DOME", "DOME CAMERA 2K"))
    *first, (name, value) = pairs
    y = Y + PITCH * (1.2 + len(first))
    lines = [(X, Y + PITCH * (1.2 + at), f"{a}: {b}", True) for at, (a, b) in enumerate(first)]
    return [(X, Y, heading, False), *lines, (X, y, f"{name}:", False), (X, y + PITCH, value, True)]


def _flush_right(pairs: Sequence[Pair], style: random.Random, font: Font) -> list[Said]:
    """Names end where their values begin."""
    right, apart = X + max(_wide(font, name) for name, _ in pairs) + 4, style.choice((14, 30))
    return [
        one
        for at, (name, value) in enumerate(pairs)
        for one in ((right - _wide(font, name), Y + PITCH * at, name, False), (right + apart, Y + PITCH * at, value, True))
    ]


def _centred(pairs: Sequence[Pair], style: random.Random, font: Font) -> list[Said]:
    """Two columns, each name in the middle over its value."""
    gap, made, at_x = style.choice((8, 20)), list[Said](), X
    for held in (pairs[::2], pairs[1::2]):
        wide = max(_wide(font, text) for pair in held for text in pair)
        for row, pair in enumerate(held):
            for down, text in enumerate(pair):
                x = at_x + (wide - _wide(font, text)) / 2
                made.append((x, Y + (2 * PITCH + gap) * row + PITCH * down, text, down == 1))
        at_x += wide + 60
    return made


def _spread(pairs: Sequence[Pair], _: random.Random, font: Font) -> list[Said]:
    """Names at the left edge, values at the right edge of a frame."""
    right = X + max(_wide(font, f"{name}{value}") for name, value in pairs) + 120
    return [
        one
        for at, (name, value) in enumerate(pairs)
        for one in ((X, Y + PITCH * 1.1 * at, name, False), (right - _wide(font, value), Y + PITCH * 1.1 * at, value, True))
    ]


def _ragged(pairs: Sequence[Pair], style: random.Random, font: Font) -> list[Said]:
    """Two names in one line with their values, then names above values."""
    (a, b), (c, d), *rest = pairs
    texts, right = (f"{a} {b}", f"{c} {d}"), style.choice((40, 60))
    made = [(X, Y, texts[0], True), (X + _wide(font, texts[0]) + right, Y, texts[1], True)]
    for at, (name, value) in enumerate(rest):
        y = Y + PITCH * 1.4 + (2 * PITCH + 12) * at
        made += [(X, y, name, False), (X, y + PITCH, value, True)]
    return made


SEEN_WHILE_BUILT: dict[str, Lay] = {
    "beside, colon": _inline(": "), "beside, blank": _inline(" "), "beside, tight": _inline(":"), "table": _table,
    "above, stacked": _stacked, "above, two columns": _columns(2), "above, three columns": _columns(3),
    "two tables": _two_tables, "wrapped": _wrapped, "heading": _headed,
}  # fmt: skip
UNSEEN: dict[str, Lay] = {"flush right": _flush_right, "centred above": _centred, "spread": _spread, "ragged": _ragged}
FAMILIES = {**SEEN_WHILE_BUILT, **UNSEEN}


def print_label(family: str, chance: random.Random) -> Label:
    """A label in one of FAMILIES with values of its own, its security code among them, in one of many styles."""
    one = printed(chance.choice(("braces", "lines", "bars-39")), chance)
    while not any(map(str.isdigit, one.serial)):
        one = printed(one.layout, chance)
    shown = one.mac.upper() if chance.random() < 0.7 else one.mac.replace(":", "" if chance.random() < 0.5 else "-").upper()
    values = {"model": one.model, "serial": one.serial, "mac": shown, "secret": SECRET}
    values |= {"input": "12V DC / PoE", "date": "2024-05"} if chance.random() < 0.4 else {}
    kinds = list(values)
    if chance.random() < 0.5:
        chance.shuffle(kinds)
    font = font_of(chance.choice(FACES), size := chance.choice((24, 26, 28)))
    names = SHORT if "columns" in family or "tables" in family else NAMES
    places = FAMILIES[family]([(chance.choice(names[kind]), values[kind]) for kind in kinds], chance, font)
    wide = max(x + _wide(font, text) for x, _, text, _ in places) + 24
    made = Image.new("RGB", (round(max(wide, 420) + 230), round(max(max(y for _, y, _, _ in places) + 90, 240))), "white")
    draw, boxes = ImageDraw.Draw(made), []
    for x, y, text, has_value in places:
        draw.text((x, y), text, "black", font)
        if has_value and not any(values.get(kind, SECRET) in text for kind in ("secret", "input", "date")):
            boxes.append(draw.textbbox((x, y), text, font))
    draw.text((X, made.height - 44), chance.choice(("12V DC / PoE  CE", "CE  FC  IP67", "Made in Taiwan")), "black", font)
    _corner_code(draw, made.width - 215, f"SC={SECRET}")
    dark = chance.random() < 0.1
    made = worn(made, chance)
    return Label(one, ImageChops.invert(made) if dark else made, (), tuple(boxes), size * 0.72, dark)


def _corner_code(draw: ImageDraw.ImageDraw, left: float, text: str) -> None:
    """A code that nobody is to read here."""
    modules = modules_of("QRCode", text)
    side = 190 // len(modules)
    for y, line in enumerate(modules):
        for x, is_dark in enumerate(line):
            if is_dark:
                at, down = left + x * side, 24 + y * side
                draw.rectangle((at, down, at + side - 1, down + side - 1), "black")
