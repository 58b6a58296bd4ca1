"""Floor plans and photos that people bring: set upright, bounded and written anew, without anything but the picture."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from PIL import Image, ImageDraw, ImageOps

from camcensus.intake.apart import MEMORY_BYTES, TIME_S, OverLimitError, apart_within
from camcensus.intake.code_search import COVER, cover_codes
from camcensus.intake.heic import can_read_heic, is_heic, open_heic
from camcensus.model import frozen
from camcensus.model.errors import IntakeError
from camcensus.model.pictures import Box, Media, Picture, PictureKind

BYTES_LIMIT = 64 * 1024 * 1024
"""A phone's largest photo has 30 MB; a scanned plan in colour rarely more."""
PIXELS_LIMIT = 120_000_000
"""A phone's camera gives up to 108 million, as JPEG, which is unpacked at a fraction of that. `apart` limits the memory."""
KEPT_BYTES_LIMIT = 12 * 1024 * 1024
"""What is kept of one picture; the inventory is copied whole at each back-up."""
LONGEST_PIXELS: dict[PictureKind, int] = {"plan": 4000, "photo": 2400}
"""The longest side that is kept: room names stay legible on a plan, and the print on a label in a photo."""
COVER_TIME_S = 30.0
"""Processor time for a photo, which is searched for codes until none is left."""
SMALLEST_PIXELS = 16
SCANS_LIMIT = 200
"""A JPEG that is sent in ever finer pictures has some ten; each is a pass over all of it. Source: ITU-T T.81, B.1.1.
"""
_MARKER = re.compile(rb"\xff([\x02-\xcf\xd8-\xfe])")
"""Followed by the length of what belongs to it (01 has none); in what is packed there is none but those that restart."""
_SCAN, _END = b"\xda", b"\xd9"

_PNG = b"\x89PNG"
_EXIF_PART = 0x8769
_TAKEN = (0x9003, 0x9004, 0x0132)
"""DateTimeOriginal, DateTimeDigitized, DateTime. Source: Exif 2.32, 4.6."""


def read_picture(data: bytes, kind: PictureKind, name: str = "The picture") -> Picture:
    """A PNG or JPEG as it is saved: upright, at most so large, without place, time, names or anything else written beside it.

    In a photo each QR code and barcode is covered. `name` begins the sentence of the error. Raises IntakeError for anything
    that is no such picture, or one that is too large.
    """
    return _covered(data, kind, (), name)[0]


def read_photo(data: bytes, covers: Sequence[Box], name: str) -> tuple[Picture, bool]:
    """A photo as `read_picture` gives it, with such parts covered too, and whether it showed a code."""
    return _covered(data, "photo", covers, name)


def _covered(data: bytes, kind: PictureKind, covers: Sequence[Box], name: str) -> tuple[Picture, bool]:
    if len(data) > BYTES_LIMIT:
        raise IntakeError(f"{name} is larger than {BYTES_LIMIT >> 20} MB; save it smaller and choose it again.")
    time_s = COVER_TIME_S if kind == "photo" else TIME_S
    return _within(time_s, MEMORY_BYTES, _read_picture, data, kind, tuple(covers), name)


def _bounded[**P, T](work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """The work in a process of its own (see `apart`); the last value given is the picture's name. Raises IntakeError."""
    return _within(TIME_S, MEMORY_BYTES, work, *given, **named)


def _within[**P, T](time_s: float, memory_bytes: int, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """The same with other limits."""
    try:
        return apart_within(time_s, memory_bytes, work, *given, **named)
    except OverLimitError as error:
        raise IntakeError(
            f"{given[-1]} takes too much time or memory to unpack; save it smaller and choose it again."
        ) from error


def _read_picture(data: bytes, kind: PictureKind, covers: Sequence[Box], name: str) -> tuple[Picture, bool]:
    with open_picture(data, name) as image:
        if min(image.size) < SMALLEST_PIXELS:
            raise IntakeError(f"{name} is only {image.width} by {image.height} pixels; choose a larger one.")
        with decoding(name):
            # A JPEG is unpacked at a fraction of its size where that is enough.
            image.draft("RGB", (LONGEST_PIXELS[kind], LONGEST_PIXELS[kind]))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_PIXELS[kind], LONGEST_PIXELS[kind]), Image.Resampling.LANCZOS)
            plain = on_white(upright)
    shows_code = kind == "photo" and cover_codes(plain)
    draw = ImageDraw.Draw(plain)
    for left, top, right, bottom in covers:
        draw.rectangle((left * plain.width, top * plain.height, right * plain.width, bottom * plain.height), COVER)
    written, media = _written(plain, kind if image.format == "PNG" else "photo")
    return Picture(hashlib.sha256(written).hexdigest(), kind, media, plain.width, plain.height, written), shows_code


_BESIDE = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"})
"""What a picture that we wrote says of itself."""


def plain_picture(data: bytes, name: str = "The picture") -> bytes:
    """The bytes of a picture that was kept, as they are where nothing is beside the picture in them, else written anew.

    Raises IntakeError.
    """
    return _within(TIME_S if data.startswith(_PNG) else COVER_TIME_S, MEMORY_BYTES, _plain_picture, data, name)


def _plain_picture(data: bytes, name: str) -> bytes:
    with open_picture(data, name) as image:
        kind, bare = image.format, not image.getexif() and image.info.keys() <= _BESIDE and _ends_with_itself(data)
    return data if bare else _read_picture(data, "plan" if kind == "PNG" else "photo", (), name)[0].data


def _ends_with_itself(data: bytes) -> bool:
    """Whether nothing was put behind the picture. Source: ITU-T T.81, EOI; PNG, IEND."""
    return data.endswith((b"\xff\xd9", b"IEND\xaeB`\x82"))


@frozen
class PixelPreview:
    """A picture to look at: `rgb` has three bytes a pixel, rows one after the other; `shows_code` where one is covered."""

    width: int
    height: int
    rgb: bytes
    shows_code: bool = False


def preview(data: bytes, longest_pixels: int, name: str = "The picture") -> PixelPreview:
    """A PNG or JPEG upright, its longest side at most `longest_pixels`; a JPEG is unpacked no larger than that takes.

    Raises IntakeError as `read_picture` does.
    """
    return _bounded(_preview, data, longest_pixels, name)


def covered_preview(data: bytes, longest_pixels: int, name: str) -> PixelPreview:
    """The same of a photo that may show a label, with codes covered: a picture of the screen would hold them for anybody."""
    return _within(COVER_TIME_S, MEMORY_BYTES, _covered_preview, data, longest_pixels, name)


def _covered_preview(data: bytes, longest_pixels: int, name: str) -> PixelPreview:
    seen = _preview(data, longest_pixels, name)
    plain = Image.frombytes("RGB", (seen.width, seen.height), seen.rgb)
    shows_code = cover_codes(plain, glance=True)
    return PixelPreview(plain.width, plain.height, plain.tobytes(), shows_code)


def _preview(data: bytes, longest_pixels: int, name: str) -> PixelPreview:
    with open_picture(data, name) as image, decoding(name):
        image.draft("RGB", (longest_pixels, longest_pixels))
        image.thumbnail((longest_pixels, longest_pixels), Image.Resampling.BILINEAR)
        plain = on_white(ImageOps.exif_transpose(image))
    return PixelPreview(plain.width, plain.height, plain.tobytes())


def taken_at(data: bytes) -> str | None:
    """When a photo says it was taken, in the camera's own time ("2026-11-24T10:42:00"); None where it does not say."""
    try:
        return _bounded(_taken_at, data, "The photo")
    except IntakeError:
        return None


def _taken_at(data: bytes, name: str) -> str | None:
    try:
        with open_picture(data, name) as image:
            exif = image.getexif()
            found = {**dict(exif), **dict(exif.get_ifd(_EXIF_PART))}
    except Exception:  # what cannot be read says nothing
        return None
    for tag in _TAKEN:
        text = str(found.get(tag) or "").strip("\0 ")
        if re.fullmatch(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d", text, re.ASCII):
            try:
                return datetime.strptime(text, "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007
            except ValueError:
                continue
    return None


def open_picture(data: bytes, name: str) -> Image.Image:
    """The picture with only its head read. Raises IntakeError."""
    if is_heic(data) and not can_read_heic():
        raise IntakeError(
            f"{name} is a HEIC photo, which cannot be read here. Save it as JPEG, or on the iPhone choose Settings, Camera, "
            "Formats, Most Compatible, and take it again."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = open_heic(data) if is_heic(data) else Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    except Image.DecompressionBombError as error:
        raise IntakeError(f"{name} has too many pixels; save it smaller and choose it again.") from error
    except Exception as error:  # as in `decoding`
        raise IntakeError(f"{name} is no PNG or JPEG picture; save it as one of these and choose it again.") from error
    if image.width * image.height > PIXELS_LIMIT:
        image.close()
        raise IntakeError(f"{name} has {image.width} by {image.height} pixels, which is too many; save it smaller.")
    if image.format == "JPEG" and _has_many_scans(data):
        image.close()
        raise IntakeError(f"{name} is made of more passes than a picture has; save it again as JPEG and choose it again.")
    return image


def _has_many_scans(jpeg: bytes) -> bool:
    """Whether a JPEG has more passes than SCANS_LIMIT. What a phone appends after its end (a film) does not count."""
    at, scans = 2, 0
    while (found := _MARKER.search(jpeg, at)) and found[1] != _END:
        scans += found[1] == _SCAN
        if scans > SCANS_LIMIT:
            return True
        at = found.end() + int.from_bytes(jpeg[found.end() : found.end() + 2])
    return False


@contextlib.contextmanager
def decoding(name: str) -> Iterator[None]:
    """Within it, a picture is unpacked. Raises IntakeError for one that is damaged."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # the decoder raises whatever a broken file makes it stumble over
        raise IntakeError(f"{name} is damaged or cut short; save it again as PNG or JPEG.") from error


def on_white(image: Image.Image) -> Image.Image:
    """Without transparency, palette or colour profile: a fresh picture that carries nothing along."""
    if _is_clear(image):
        layer = image.convert("RGBA")
        plain = Image.new("RGB", layer.size, "white")
        plain.paste(layer, mask=layer.getchannel("A"))
        return plain
    converted = image.convert("RGB")
    plain = Image.new("RGB", converted.size)
    plain.paste(converted)
    return plain


def grey_picture(image: Image.Image) -> Image.Image:
    """In shades of grey, on white where it is transparent."""
    return (on_white(image) if _is_clear(image) else image).convert("L")


def _is_clear(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _written(image: Image.Image, kind: PictureKind) -> tuple[bytes, Media]:
    """A plan as PNG, whose lines stay sharp, unless that is too large; all else as JPEG."""
    stream = io.BytesIO()
    if kind == "plan":
        image.save(stream, "PNG", optimize=False)
        if stream.tell() <= KEPT_BYTES_LIMIT:
            return stream.getvalue(), "image/png"
        stream = io.BytesIO()
    image.save(stream, "JPEG", quality=87)
    return stream.getvalue(), "image/jpeg"
