"""Pictures of labels that a phone might take: printed, turned, blurred, dark; every one from a seed."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

SECRET = "QZXWVK"
"""The security code that is planted where makers print one; it must never be seen again."""


@dataclass(frozen=True)
class Printed:
    """A label: what a code may say of it, and the codes on it as (kind, text)."""

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
        codes, model = (("QRCode", f"{{SN:{serial},DT:{model},SC:{SECRET}}}"),), ""
    elif layout == "json":
        codes = (("QRCode", f'{{"sn":"{serial}","mac":"{mac}","model":"{model}","key":"{SECRET}"}}'),)
    elif layout == "address":
        codes, model = (("QRCode", f"https://example.com/add?sn={serial}&code={SECRET}"),), ""
    elif layout == "named":
        codes = (("QRCode", f"Model: {model} S/N: {serial} MAC: {mac.upper()} Password: {SECRET}"),)
    elif layout == "serial-is-mac":
        serial, model = plain, ""
        codes = (("Code128", f"S/N:{plain}"),)
    elif layout == "bars":
        codes, model = (("Code128", serial), ("QRCode", SECRET)), ""
    elif layout == "bars-39":
        serial, model = _serial(chance, 10), ""
        codes = (("Code39", serial),)
    elif layout == "two-bars":
        codes, model = (("Code128", f"MAC:{plain}"), ("Code128", f"SN:{serial}")), ""
    else:
        codes = (("DataMatrix", f"SN={serial};MAC={mac};SC={SECRET}"),)
        model = ""
    return Printed(layout, serial, mac, model, codes)


LAYOUTS = ("lines", "braces", "json", "address", "named", "serial-is-mac", "bars", "bars-39", "two-bars", "matrix")


def label(one: Printed) -> Image.Image:
    """The label as it is printed, with its text."""
    import zxingcpp as codes

    made = Image.new("RGB", (900, 520), "white")
    draw = ImageDraw.Draw(made)
    font = ImageFont.load_default(26)
    for row, text in enumerate(
        (f"MODEL {one.model}", f"S/N {one.serial}", f"MAC {one.mac}", f"CODE {SECRET}", "12V DC / PoE  CE")
    ):
        draw.text((24, 24 + 34 * row), text, "black", font)
    x = 24
    for at, (kind, text) in enumerate(one.codes):
        square = {"force_square": True} if kind == "DataMatrix" else {}
        code = codes.create_barcode(text, getattr(codes.BarcodeFormat, kind), **square)
        linear = kind.startswith("Code")
        drawn = codes.write_barcode_to_image(code, scale=1, add_quiet_zones=True)
        picture = Image.frombuffer("L", (drawn.shape[1], drawn.shape[0]), bytes(memoryview(drawn)), "raw", "L", 0, 1)
        if linear:
            scale = max(1, min(3, 860 // picture.width))
            picture = picture.resize((picture.width * scale, 90), Image.Resampling.NEAREST)
            made.paste(picture, (24, 210 + 120 * at))
        else:
            scale = max(2, 240 // picture.width)
            picture = picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST)
            made.paste(picture, (640 if not at else x + 600, 210 if not at else 300 - 60))
    return made


def photographed(
    printed_label: Image.Image, chance: random.Random, hardness: float = 1.0, size: tuple[int, int] = (1600, 1200)
) -> bytes:
    """A JPEG of a label on something grey: in perspective, turned, blurred, with noise, glare and uneven light."""
    wide, high = size
    scale = wide * chance.uniform(0.45, 0.7) / printed_label.width
    scaled = printed_label.resize(
        (int(printed_label.width * scale), int(printed_label.height * scale)), Image.Resampling.LANCZOS
    )
    w, h = scaled.size

    def off(part: float) -> float:
        return chance.uniform(0, 0.06 * hardness) * part

    quad = (-off(w), -off(h), -off(w), h + off(h), w + off(w), h + off(h), w + off(w), -off(h))
    bent = scaled.convert("RGBA").transform((w, h), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    degrees = chance.choice((0, 0, 90, 180, 270)) + chance.uniform(-12, 12) * hardness
    turned = bent.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    shade = chance.randint(60, 170)
    scene = Image.new("RGB", size, (shade, shade, shade + 8))
    scene.paste(turned, ((wide - turned.width) // 2, (high - turned.height) // 2), turned)
    if chance.random() < 0.5:
        glare = Image.new("L", size, 0)
        cx, cy, r = chance.randint(0, wide), chance.randint(0, high), int(wide * chance.uniform(0.04, 0.10))
        ImageDraw.Draw(glare).ellipse((cx - r, cy - r, cx + r, cy + r), fill=170)
        scene.paste("white", (0, 0), glare.filter(ImageFilter.GaussianBlur(r / 2)))
    scene = ImageEnhance.Brightness(scene).enhance(chance.uniform(0.35, 1.15))
    scene = scene.filter(ImageFilter.GaussianBlur(chance.uniform(0, 1.5) * hardness))
    noise = Image.effect_noise(size, chance.uniform(2, 22) * hardness).convert("RGB")
    scene = Image.blend(scene, noise, 0.12)
    stream = io.BytesIO()
    scene.save(stream, "JPEG", quality=chance.randint(45, 92))
    return stream.getvalue()
