"""Hostile photos of labels, and pictures that are two things at once: name -> the end of the file's name, and its bytes."""

from __future__ import annotations

import importlib.util
import io
import json
import random
import struct
import zlib
from collections.abc import Callable
from functools import partial

from hostile.file_pictures import PNG, exif, part, pdf, png, real_jpeg, segment

DEEP = '{"sn":' + "[" * 900


def coded(*texts: str, times: int = 1, kind: str = "QRCode") -> bytes:
    """A PNG of labels with these texts in codes, so many of each; grey where nothing here can draw a code."""
    from PIL import Image

    made = Image.new("L", (1_200, 1_200), "white")
    if importlib.util.find_spec("zxingcpp") is not None:
        import zxingcpp as codes

        at = 0
        for text in texts:
            code = codes.create_barcode(text, getattr(codes.BarcodeFormat, kind))
            drawn = codes.write_barcode_to_image(code, scale=1, add_quiet_zones=True)
            one = Image.frombuffer("L", (drawn.shape[1], drawn.shape[0]), bytes(memoryview(drawn)), "raw", "L", 0, 1)
            scale = max(1, min(6, 1_150 // max(one.size))) if len(texts) * times == 1 else 2
            one = one.resize((one.width * scale, one.height * scale), Image.Resampling.NEAREST)
            for _ in range(times):
                across = max(1, made.width // one.width)
                made.paste(one, (at % across * one.width, at // across * one.height))
                at += 1
    return saved(made, "PNG")


def saved(made: object, form: str, **how: object) -> bytes:
    """A picture of Pillow's, written."""
    stream = io.BytesIO()
    made.save(stream, form, **how)  # type: ignore[attr-defined]
    return stream.getvalue()


def stripes(wide: int, high: int, *, of: int = 3) -> bytes:
    """Bars from edge to edge, which begin codes without end."""
    row = b"\0" + bytes(0 if (n // of + n // 7) % 2 else 255 for n in range(wide))
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return PNG + part(b"IHDR", head) + part(b"IDAT", zlib.compress(row * high, 1)) + part(b"IEND", b"")


def noise(wide: int, high: int, *, bits: int = 1) -> bytes:
    """Nothing but noise, in black and white or in grey."""
    chance, row = random.Random(7), wide * bits // 8
    head = struct.pack(">IIBBBBB", wide, high, bits, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + chance.randbytes(row) for _ in range(high)), 1)
    return PNG + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")


def finders(wide: int) -> bytes:
    """The corners of QR codes side by side, without a code."""
    one = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    rows = []
    for line in [*one, "0000000"]:
        row = b"\0" + b"".join(b"\0\0\0" if bit == "1" else b"\xff\xff\xff" for bit in line + "0") * (wide // 24)
        rows += [row] * 3
    wide = wide // 24 * 24
    head = struct.pack(">IIBBBBB", wide, len(rows) * 60, 8, 0, 0, 0, 0)
    return PNG + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"".join(rows * 60), 1)) + part(b"IEND", b"")


def in_passes(wide: int, rows: int) -> bytes:
    """A PNG that says it comes in seven passes, of which only so many rows are there."""
    head = struct.pack(">IIBBBBB", wide, wide, 8, 0, 0, 0, 1)
    return PNG + part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(wide * rows))) + part(b"IEND", b"")


def several() -> bytes:
    """A TIFF of 300 pages, as a scanner writes them."""
    from PIL import Image

    pages = [Image.new("1", (64, 64)) for _ in range(300)]
    return saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])


def turned(how: int) -> bytes:
    """A JPEG that a camera says is turned."""
    return real_jpeg(exif(struct.pack(">HHIHH", 0x0112, 3, 1, how, 0), 1))


MAC, OTHER = "00:40:8c:01:02:03", "44:19:b6:01:02:03"
LABELS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a code of one camera": (".png", partial(coded, f"S/N: 12345678 MAC: {MAC}")),
    "codes of two cameras": (".png", partial(coded, f"MAC: {MAC}", f"MAC: {OTHER}")),
    "one code that names two cameras": (".png", partial(coded, f"MAC: {MAC} MAC: {OTHER} MAC: {MAC}")),
    "a code 100 times": (".png", partial(coded, f"MAC: {MAC}", times=100)),
    "a code as full as can be": (".png", partial(coded, "9" * 7_000)),
    "a code of names without values": (".png", partial(coded, "sn:" * 600)),
    "a code of names within names": (".png", partial(coded, "mac address serial number model name " * 60)),
    "a code of MAC addresses without an end": (".png", partial(coded, "00:" * 900)),
    "a code of JSON 900 deep": (".png", lambda: coded(DEEP)),
    "a code of JSON with a number of 2,000 digits": (".png", lambda: coded('{"sn":' + "9" * 2_000 + "}")),
    "a code of JSON of wrong kinds": (".png", lambda: coded(json.dumps({"sn": [1], "mac": {"a": 1}, "model": None, "brand": True}))),
    "a code that moves the terminal": (".png", partial(coded, "S/N: 12345678 MODEL: \x1b[2J\u202e\u2066X")),
    "a code with NUL": (".png", partial(coded, f"S/N: 1234\0 5678 MAC: {MAC}\0")),
    "a code of a formula": (".png", partial(coded, "MODEL: =cmd|'/c calc'!A1 S/N: +12345678")),
    "a code of markup": (".png", partial(coded, "MODEL: <img src=file:///etc/passwd> S/N: <table><tr><td>")),
    "a code of a page of the web": (".png", partial(coded, "http://127.66.66.66/add?sn=12345678&code=ABCDEF")),
    "a code of a network and its password": (".png", partial(coded, "WIFI:T:WPA;S:school;P:hunter2hunter2;;")),
    "a code that is a path": (".png", partial(coded, "MODEL: ../../../../etc/passwd S/N: CON")),
    "a code of letters of all scripts": (".png", partial(coded, "S/N: \u0661\u0662\u0663\u0664\u0665\u0666 MODEL: \uff21\uff22\uff23\u200b")),
    "a code of bars that is a MAC address": (".png", partial(coded, MAC.replace(":", ""), kind="Code128")),
    "stripes from edge to edge": (".png", partial(stripes, 4_600, 3_400)),
    "stripes as thin as can be": (".png", partial(stripes, 4_600, 3_400, of=1)),
    "noise of 15 million pixels": (".png", partial(noise, 4_600, 3_400)),
    "grey noise of 12 million pixels": (".png", partial(noise, 4_000, 3_000, bits=8)),
    "corners of codes without an end": (".png", partial(finders, 4_600)),
    "a picture one pixel high": (".png", partial(png, 40_000, 1)),
    "a picture one pixel wide": (".png", partial(png, 1, 20_000)),
    "a JPEG that is a PDF": (".jpg", lambda: real_jpeg(segment(pdf("<<>>", streams={4: b""}), 0xFE))),
    "a JPEG with a web page in it": (".jpg", lambda: real_jpeg(segment(b"<script src='http://127.66.66.66/x.js'></script>", 0xFE))),
    "a JPEG with an archive behind it": (".jpg", lambda: real_jpeg() + b"PK\x05\x06" + bytes(18)),
    "a JPEG with a second one behind it": (".jpg", lambda: real_jpeg() * 2_000),
    "a JPEG with 20,000 segments": (".jpg", lambda: real_jpeg(segment(b"Exif\0\0") * 20_000)),
    "a JPEG with a profile of 255 parts": (".jpg", lambda: real_jpeg(*[segment(b"ICC_PROFILE\0" + bytes((n, 255)) + b"\xff" * 60_000, 0xE2) for n in range(1, 256)])),
    "a JPEG that says it is several": (".jpg", lambda: real_jpeg(segment(b"MPF\0II*\0\x08\0\0\0\x03\0" + struct.pack("<HHII", 0xB001, 4, 1, 0xFFFFFFFF) * 3, 0xE2))),
    "a JPEG turned and mirrored": (".jpg", partial(turned, 7)),
    "a JPEG taken in the year 0": (".jpg", lambda: real_jpeg(exif(struct.pack(">HHII", 0x9003, 2, 20, 26), 1)[:-4] + b"\0\0\0\0" + b"0000:00:00 00:00:00\0")),
    "a PNG with notes that lead to themselves": (".png", lambda: png(64, 64, part(b"eXIf", b"MM\0\x2a\0\0\0\x08\0\x01" + struct.pack(">HHII", 0x8769, 4, 1, 8) + struct.pack(">I", 8)))),
    "a PNG whose colours are none": (".png", lambda: png(64, 64, part(b"PLTE", b""), part(b"tRNS", b"\xff" * 300))),
    "a PNG in seven passes that is cut": (".png", partial(in_passes, 4_000, 10)),
    "a scan of 300 pages": (".tif", several),
    "a photo of a phone that only its maker reads": (".heic", lambda: struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + struct.pack(">I", 0xFFFFFFFF) + b"meta" + bytes(2_000)),
    "an AVIF of 4 billion pixels": (".avif", lambda: struct.pack(">I", 24) + b"ftypavif\0\0\0\0mif1avif" + struct.pack(">I", 40) + b"metaiprpispe" + b"\xff" * 28),
    "a raw photo of noise": (".dng", lambda: b"II*\0\x08\0\0\0" + b"\xff" * 4_000),
    "text that says it is a photo": (".jpg", lambda: b"MAC: 00:40:8c:01:02:03\n" * 100),
    "a name of 240 letters": ("x" * 230 + ".png", partial(coded, f"MAC: {MAC}")),
    "a name that moves the terminal": ("\x1b[2J\u202egpj.png", partial(coded, f"MAC: {MAC}")),
    "a name that is no UTF-8": ("\udcff\udcfe.png", partial(coded, f"MAC: {MAC}")),
    "a name of markup": ("<table><tr><td>=cmd.png", partial(coded, f"MAC: {MAC}")),
}  # fmt: skip
