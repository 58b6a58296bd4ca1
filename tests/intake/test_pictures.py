"""Only the picture is kept of a picture: upright, bounded, and nothing of what a phone writes beside it."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from camcensus.intake import pictures
from camcensus.intake.apart import TIME_S
from camcensus.intake.heic import can_read_heic
from camcensus.intake.labels import READ_TIME_S
from camcensus.intake.pictures import plain_picture, read_picture, taken_at
from camcensus.model.errors import IntakeError


def photo(size: tuple[int, int] = (400, 300), *, orientation: int = 1) -> bytes:
    """A JPEG as a phone makes it: with a time, a place, a maker and words of its own."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010F] = "Phone Maker Of R. Khan"
    exif[0x0112] = orientation
    exif.get_ifd(0x8769)[0x9003] = "2026:11:24 10:42:07"
    exif.get_ifd(0x8825)[0x0001] = "N"
    exif.get_ifd(0x8825)[0x0002] = (51.0, 30.0, 26.0)
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif, comment=b"secret words")
    return stream.getvalue()


def png(size: tuple[int, int], mode: str = "RGB") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, "PNG")
    return stream.getvalue()


def test_nothing_that_a_phone_writes_beside_a_photo_is_kept() -> None:
    data = photo()
    assert b"Khan" in data
    kept = read_picture(data, "photo")
    assert (kept.media, kept.width, kept.height, kept.kind) == ("image/jpeg", 400, 300, "photo")
    assert kept.sha256 == hashlib.sha256(kept.data).hexdigest()
    again = Image.open(io.BytesIO(kept.data))
    assert dict(again.getexif()) == {}
    assert "comment" not in again.info
    for words in (b"Khan", b"secret", b"Exif"):
        assert words not in kept.data


def test_a_photo_taken_sideways_is_set_upright() -> None:
    kept = read_picture(photo((400, 300), orientation=6), "photo")
    assert (kept.width, kept.height) == (300, 400)
    again = Image.open(io.BytesIO(kept.data)).convert("RGB")
    assert again.getpixel((290, 10))[1] < 90  # type: ignore[index]
    assert again.getpixel((10, 10))[1] > 200  # type: ignore[index]


def test_a_photo_says_when_it_was_taken() -> None:
    assert taken_at(photo()) == "2026-11-24T10:42:07"
    assert taken_at(png((20, 20))) is None
    assert taken_at(b"no picture") is None


def test_a_large_picture_is_kept_smaller_and_a_plan_stays_sharp() -> None:
    kept = read_picture(png((9000, 300), "L"), "plan")
    assert (kept.width, kept.height, kept.media) == (4000, 133, "image/png")
    assert read_picture(photo((5000, 2000)), "photo").width == 2400


def test_a_photo_has_the_time_for_all_looks_for_codes_also_where_it_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[float] = []

    def within[T](time_s: float, _memory_bytes: int, work: Callable[..., T], *given: object) -> T:
        times.append(time_s)
        return work(*given)

    monkeypatch.setattr(pictures, "apart_within", within)
    read_picture(photo(), "photo")
    plain_picture(photo())
    read_picture(png((20, 20)), "plan")
    plain_picture(png((20, 20)))
    assert all(time_s >= 2 * READ_TIME_S for time_s in times[:2]), "what reading one has, and more"
    assert times[2:] == [TIME_S, TIME_S]


def test_what_is_clear_in_a_plan_is_white() -> None:
    kept = read_picture(png((40, 40), "RGBA"), "plan")
    assert Image.open(io.BytesIO(kept.data)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(50), b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(IntakeError, match=r"^hall\.png is .*\.$"):
        read_picture(data, "plan", "hall.png")


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused_unread() -> None:
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head) - 4) + head + struct.pack(">I", zlib.crc32(head))
    data += struct.pack(">I", 10) + b"IDAT" + bytes(14)
    with pytest.raises(IntakeError, match="too many pixels"):
        read_picture(data, "plan")


def test_a_jpeg_of_very_many_passes_is_refused_unread() -> None:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(file, "JPEG", progressive=True)
    whole = file.getvalue()
    assert whole.count(b"\xff\xda") > 1
    start = whole.rindex(b"\xff\xda")
    last = whole[start : whole.rindex(b"\xff\xd9")]
    with pytest.raises(IntakeError, match="more passes"):
        read_picture(whole[:start] + last * 5_000 + b"\xff\xd9", "photo")
    with pytest.raises(IntakeError, match="more passes"):  # FF 01 has no length, whatever comes after it.
        read_picture(whole[:start] + b"\xff\x01" + last * 5_000 + b"\xff\xd9", "photo")
    film = b"\xff\xda\x00\x02" * 5_000  # What a phone appends after the end of a photo.
    head = b"\xff\xe1" + struct.pack(">H", 2 + len(film[:40_000])) + film[:40_000]
    for sound in (whole, whole + film, whole[:2] + head + whole[2:]):
        assert read_picture(sound, "plan").width == 64


def test_a_file_too_large_and_a_picture_too_small_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IntakeError, match="pixels; choose a larger"):
        read_picture(png((4, 400)), "plan")
    monkeypatch.setattr(pictures, "BYTES_LIMIT", 100)
    with pytest.raises(IntakeError, match="save it smaller"):
        read_picture(photo(), "photo")


def test_a_plan_whose_png_would_be_too_large_is_kept_as_jpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "KEPT_BYTES_LIMIT", 100)
    assert pictures._read_picture(png((200, 200)), "plan", (), "A plan")[0].media == "image/jpeg"


@pytest.mark.filterwarnings("ignore")
def test_damaged_pictures_are_refused_or_read_and_nothing_else() -> None:
    chance = random.Random(5)
    for good in (photo(), png((60, 60))):
        for _ in range(60):
            bad = bytearray(good[: chance.randrange(20, len(good))] if chance.random() < 0.4 else good)
            for _ in range(chance.randrange(1, 30)):
                bad[chance.randrange(len(bad))] = chance.randrange(256)
            try:
                kept = read_picture(bytes(bad), "photo")
            except IntakeError:
                kept = None
            assert kept is None or b"Khan" not in kept.data
            taken_at(bytes(bad))


def test_a_heic_photo_is_read_upright_where_its_reader_is_installed_and_else_says_what_to_do() -> None:
    photo = (Path(__file__).parents[1] / "data" / "pictures" / "phone.heic").read_bytes()
    if not can_read_heic():
        with pytest.raises(IntakeError, match="Most Compatible"):
            read_picture(photo, "photo", "IMG_1.HEIC")
        return
    read = read_picture(photo, "photo", "IMG_1.HEIC")
    assert (read.width, read.height, read.media) == (120, 160, "image/jpeg")
    with Image.open(io.BytesIO(read.data)) as saved:
        assert saved.convert("L").getpixel((112, 6)) < 60  # the corner that was the upper left one
        assert not saved.getexif()
    assert taken_at(photo) == "2026-11-24T10:42:09"
    with pytest.raises(IntakeError, match=r"damaged|no PNG"):
        read_picture(photo[: len(photo) // 2], "photo", "IMG_1.HEIC")
