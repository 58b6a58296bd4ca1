"""Hostile pictures and pages: name -> the end of the file's name, and its bytes."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Callable
from functools import partial

PNG = b"\x89PNG\r\n\x1a\n"


def part(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes, rows: int | None = None, pixel: int = 4) -> bytes:
    """A black PNG, transparent colours; `rows` is how many there are in truth."""
    packer = zlib.compressobj(9)
    empty = bytes(1 + pixel * min(max(width, 0), 40_000))
    body = (
        b"".join(packer.compress(empty) for _ in range(min(max(height, 0), 20_000) if rows is None else rows)) + packer.flush()
    )
    head = struct.pack(">IIBBBBB", width & 0xFFFFFFFF, height & 0xFFFFFFFF, 8, 6, 0, 0, 0)
    return PNG + part(b"IHDR", head) + b"".join(more) + part(b"IDAT", body) + part(b"IEND", b"")


def jpeg(width: int, height: int, *more: bytes, scans: int = 1) -> bytes:
    """A JPEG without tables, with this size; decoders find that out late."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x22\x00\x02\x11\x00\x03\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 12) + b"\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00" + b"\x55" * 100
    head = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    return head + b"".join(more) + b"\xff\xc2" + struct.pack(">H", len(frame) + 2) + frame + scan * scans + b"\xff\xd9"


def segment(data: bytes, marker: int = 0xE1) -> bytes:
    """An application's segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def exif(entries: bytes, count: int) -> bytes:
    """What a camera notes: a directory of so many entries that leads to itself."""
    return segment(b"Exif\0\0MM\0\x2a\0\0\0\x08" + struct.pack(">H", count) + entries + struct.pack(">I", 8))


def real_jpeg(*more: bytes) -> bytes:
    """A sound small JPEG with segments put in."""
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (64, 64), "grey").save(stream, "JPEG")
    data = stream.getvalue()
    return data[:2] + b"".join(more) + data[2:]


def pdf(*objects: str, streams: dict[int, bytes] | None = None, box: str = "0 0 300 300") -> bytes:
    """A PDF of one page, with these objects from number 4 on."""
    numbered = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>",
    } | dict(enumerate(objects, 4))
    out = b"%PDF-1.7\n"
    for number, text in numbered.items():
        stream = (streams or {}).get(number)
        whole = text if stream is None else text.removesuffix(">>") + f"/Length {len(stream)}>>"
        out += b"%d 0 obj\n" % number + whole.encode() + b"\n"
        if stream is not None:
            out += b"stream\n" + stream + b"\nendstream\n"
        out += b"endobj\n"
    return out + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(numbered) + 1)


def nested_forms(depth: int, times: int) -> bytes:
    """Forms that each draw the next one so many times."""
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</A %d 0 R>>>>>>"
    objects, streams = ["<<>>"], {4: b"/A Do"}
    for number in range(depth):
        objects.append(form % (number + 6))
        streams[number + 5] = b"/A Do " * times
    objects.append("<</Type/XObject/Subtype/Form/BBox[0 0 300 300]>>")
    streams[depth + 5] = b"0 0 300 300 re f " * 10
    return pdf(*objects, streams=streams)


def svg(inside: str, head: str = "") -> bytes:
    """A drawing."""
    return f'<?xml version="1.0"?>{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{inside}</svg>'.encode()


USES = "<defs><g id='a0'><rect width='1' height='1'/></g>" + "".join(
    f"<g id='a{n}'>" + f"<use xlink:href='#a{n - 1}'/>" * 10 + "</g>" for n in range(1, 12)
) + "</defs><use xlink:href='#a11'/>"  # fmt: skip

PICTURES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a PNG of 119 million pixels": (".png", partial(png, 10_000, 11_900)),
    "a PNG of 10 billion pixels": (".png", partial(png, 100_000, 100_000, rows=1)),
    "a PNG as wide as there is": (".png", partial(png, 0x7FFFFFFF, 1, rows=1)),
    "a PNG of no width": (".png", partial(png, 0, 0, rows=0)),
    "a PNG of width -1": (".png", partial(png, -1, -1, rows=1)),
    "a PNG of one row in a thousand": (".png", partial(png, 1_000, 1_000, rows=1)),
    "a PNG with 100 MB of text": (".png", lambda: png(64, 64, part(b"zTXt", b"a\0\0" + zlib.compress(bytes(100 << 20), 9)))),
    "a PNG with 100 MB of colours": (".png", lambda: png(64, 64, part(b"iCCP", b"a\0\0" + zlib.compress(bytes(100 << 20), 9)))),
    "a PNG with 100,000 parts": (".png", lambda: png(64, 64, part(b"tEXt", b"a\0b") * 100_000)),
    "a PNG with a sum that is wrong": (".png", lambda: png(64, 64)[:-4] + b"\0\0\0\0"),
    "a PNG without a picture": (".png", lambda: PNG + part(b"IEND", b"")),
    "a PNG that is cut": (".png", lambda: png(640, 640)[:-30]),
    "a PNG with a part of 4 GB": (".png", lambda: PNG + b"\xff\xff\xff\xffIHDR" + bytes(100)),
    "a moving PNG of 4 billion pictures": (".png", lambda: png(64, 64, part(b"acTL", b"\xff\xff\xff\xff\0\0\0\0"))),
    "a PNG with an archive behind it": (".png", lambda: png(64, 64) + b"PK\x05\x06" + bytes(18)),
    "a JPEG of 4 billion pixels": (".jpg", partial(jpeg, 65_535, 65_535)),
    "a JPEG without tables": (".jpg", partial(jpeg, 640, 480)),
    "a JPEG of 2,000 scans": (".jpg", partial(jpeg, 8_000, 8_000, scans=2_000)),
    "a JPEG that is cut": (".jpg", lambda: real_jpeg()[:-200]),
    "a JPEG of no size": (".jpg", partial(jpeg, 0, 0)),
    "a JPEG with notes that lead to themselves": (".jpg", lambda: real_jpeg(exif(struct.pack(">HHII", 0x8769, 4, 1, 8), 1))),
    "a JPEG with 65,535 notes": (".jpg", lambda: real_jpeg(exif(b"\x90\x03\0\x02\xff\xff\xff\xff\xff\xff\xff\xff" * 2_000, 0xFFFF))),
    "a JPEG with a day that never was": (".jpg", lambda: real_jpeg(exif(struct.pack(">HHII", 0x0132, 2, 20, 26), 1)[:-4] + b"\0\0\0\0" + b"9999:99:99 99:99:99\0")),
    "a JPEG turned in a way that is none": (".jpg", lambda: real_jpeg(exif(struct.pack(">HHIHH", 0x0112, 3, 1, 99, 0), 1))),
    "a JPEG that says it has a preview outside": (".jpg", lambda: real_jpeg(exif(struct.pack(">HHII", 0x0201, 4, 1, 0xFFFFFFFF), 1))),
    "a GIF that says it is a PNG": (".png", lambda: b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(200)),
    "a BMP of 4 billion pixels": (".bmp", lambda: b"BM" + bytes(12) + struct.pack("<IiiHHI", 40, 2**31 - 1, -(2**31) + 1, 1, 32, 0) + bytes(40)),
    "a TIFF that leads to itself": (".tif", lambda: b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x014A, 4, 1, 8) + struct.pack("<I", 8)),
    "a WEBP that is cut": (".webp", lambda: b"RIFF\xff\xff\xff\xffWEBPVP8X\n\0\0\0" + b"\xff" * 10),
    "a HEIC of noise": (".heic", lambda: b"\0\0\0\x18ftypheic" + b"\xff" * 4_000),
    "an ICO that says it is a photo": (".jpg", lambda: b"\0\0\1\0\xff\xff" + b"\xff" * 400),
    "a drawing of 10 to the 11": (".svg", partial(svg, USES)),
    "a drawing that says it is a PNG": (".png", partial(svg, USES)),
    "a drawing of entities": (".svg", partial(svg, "<text>&j;</text>", "<!DOCTYPE svg [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)) + "]>")),
    "a drawing of a file": (".svg", partial(svg, "<image xlink:href='file:///etc/passwd' width='9' height='9'/>")),
    "a drawing of a page of the web": (".svg", partial(svg, "<image xlink:href='http://127.66.66.66/a.png' width='9' height='9'/>")),
    "a packed drawing of 200 MB": (".svgz", lambda: gzip.compress(svg(" " * (200 << 20)), 9, mtime=0)),
    "a PDF of forms in forms": (".pdf", partial(nested_forms, 8, 10)),
    "a PDF of a form in itself": (".pdf", lambda: pdf("<<>>", "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>>>", streams={4: b"/A Do", 5: b"/A Do /A Do"})),
    "a PDF with a page of 10 to the 9": (".pdf", lambda: pdf("<<>>", streams={4: b"0 0 1 1 re f"}, box="0 0 1000000000 1000000000")),
    "a PDF with a page of no size": (".pdf", lambda: pdf("<<>>", streams={4: b"0 0 1 1 re f"}, box="0 0 0 0")),
    "a PDF with a page that is not a number": (".pdf", lambda: pdf("<<>>", streams={4: b""}, box="0 0 1e400 -1e400")),
    "a PDF of 200 MB in a small stream": (".pdf", lambda: pdf("<</Filter/FlateDecode>>", streams={4: zlib.compress(b"0 0 1 1 re f " * (16 << 20), 9)})),
    "a PDF whose pages lead to themselves": (".pdf", lambda: pdf("<<>>", streams={4: b""}).replace(b"Kids[3 0 R]", b"Kids[2 0 R]")),
    "a PDF of 2,000,000,000 pages": (".pdf", lambda: pdf("<<>>", streams={4: b""}).replace(b"/Count 1", b"/Count 2000000000")),
    "a PDF that starts a program": (".pdf", lambda: pdf("<<>>", streams={4: b""}).replace(b"/Catalog", b"/Catalog/OpenAction<</S/Launch/F(calc.exe)>>/AA<</O<</S/URI/URI(http://127.66.66.66/)>>>>")),
    "a PDF with a picture of 4 billion pixels": (".pdf", lambda: pdf("<<>>", "<</Type/XObject/Subtype/Image/Width 65535/Height 65535/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode>>", streams={4: b"300 0 0 300 0 0 cm /A Do", 5: zlib.compress(bytes(1_000))})),
    "a PDF that is locked": (".pdf", lambda: pdf("<<>>", streams={4: b""}).replace(b"trailer<<", b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/O(a)/U(b)/P -1>>")),
    "a PDF that is cut": (".pdf", lambda: pdf("<<>>", streams={4: b"0 0 1 1 re f"})[:120]),
    "a PDF's first line": (".pdf", lambda: b"%PDF-1.7\n"),
    "a PDF of deep lists": (".pdf", lambda: pdf("<<>>", streams={4: b"[" * 200_000})),
}  # fmt: skip
