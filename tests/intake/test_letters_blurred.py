"""Letters of a label that nothing here reads are too coarse to be read in what is saved and shown, also where no code is read."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

import drawn
from camcensus.intake import label_covers
from camcensus.intake.code_search import find_codes
from camcensus.intake.label_text import PrintLine
from camcensus.intake.print_places import near_codes
from label_pictures import LAYOUTS, SECRET, Label, label, printed, taken

SEED = drawn.seed()
BARS = ("serial-is-mac", "bars-39", "two-bars")


@pytest.fixture(autouse=True)
def _needs_codes() -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")


@pytest.fixture(params=["no engine", "an engine that reads nothing"])
def unread(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_covers, "can_read_print", lambda: request.param != "no engine")
    monkeypatch.setattr(label_covers, "read_print", lambda _: [])


def scratched(made: Label) -> Image.Image:
    """The label with a scratch through each code, so that no reader reads it and a person still sees what it is."""
    image: Image.Image = made.image.copy()
    draw = ImageDraw.Draw(image)
    for code in made.codes:
        (left, top), (wide, high) = code.corner, code.size
        middle = left + wide * len(code.modules[0]) / 2
        draw.rectangle((middle, top, middle + 8 * wide, top + high * len(code.modules)), "white")
    return image


def strokes(image: Image.Image, box: tuple[float, float, float, float]) -> float:
    """How far shades two pixels apart differ at most in a part of a picture."""
    line = image.convert("L").crop(tuple(map(int, box)))  # type: ignore[arg-type]
    steps = ImageChops.difference(line, ImageChops.offset(line, 2, 0)).crop((2, 0, line.width, line.height))
    return float(steps.getextrema()[1])  # type: ignore[arg-type]


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("layout", BARS)
@pytest.mark.parametrize("degrees", [0, 180])
def test_letters_beside_bars_that_nothing_reads_are_blurred(layout: str, degrees: int) -> None:
    chance = random.Random(f"{SEED} {layout}")
    made = label(printed(layout, chance))
    clear = scratched(made).rotate(degrees)
    assert not [code for code in find_codes(clear.convert("L")) if code.text], "the codes cannot be read"
    saved, shown = clear.copy(), clear.copy()
    label_covers.cover_labels(saved, blur=True)
    assert label_covers.cover_shown(shown, letters=False)
    for image in (saved, shown):
        upright, before = image.rotate(-degrees), clear.rotate(-degrees)
        for box in made.lines:
            assert strokes(upright, box) < 40 < strokes(before, box), SEED


@pytest.mark.parametrize("layout", random.Random(SEED).sample(LAYOUTS, 2))
def test_no_letter_is_left_of_a_photo_by_any_seed(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_covers, "can_read_print", lambda: False)
    chance = random.Random(f"{SEED} photo {layout}")
    made = label(printed(layout, chance), chance)
    photo = taken([replace(made, codes=())], chance)
    with Image.open(io.BytesIO(photo.data)) as image:
        before = image.convert("RGB")
    bare = taken([replace(made, image=_without_secret(made), codes=())], _again(layout))
    with Image.open(io.BytesIO(bare.data)) as image:
        without = image.convert("RGB")
    differs = ImageChops.difference(before, without).convert("L").point(lambda step: 255 if step > 40 else 0)
    for saved in (True, False):
        after = before.copy()
        if saved:
            label_covers.cover_labels(after, blur=True)
        else:
            label_covers.cover_shown(after, letters=False)
        left = [ImageStat.Stat(_detail(one), differs).mean[0] for one in (before, after)]
        assert differs.getbbox() is None or left[1] < 0.3 * left[0], f"seed {SEED}"


def _again(layout: str) -> random.Random:
    """The chance as it stands once that label is drawn."""
    chance = random.Random(f"{SEED} photo {layout}")
    label(printed(layout, chance), chance)
    return chance


def _without_secret(made: Label) -> Image.Image:
    bare: Image.Image = made.image.copy()
    left, top, right, bottom = made.lines[3]
    ImageDraw.Draw(bare).rectangle((left - 2, top - 2, right + 2, bottom + 2), bare.getpixel((2, 2)))
    return bare


def _detail(image: Image.Image) -> Image.Image:
    """What is as fine as a letter's strokes."""
    grey = image.convert("L")
    fine, coarse = (grey.filter(ImageFilter.GaussianBlur(size)) for size in (1, 8))
    return ImageChops.difference(fine, coarse)


def test_a_line_that_an_engine_reads_as_a_value_stays_and_any_other_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    made = label(printed("lines", random.Random(SEED)))
    said = [f"MODEL {made.of.model}", f"S/N {made.of.serial}", f"MAC {made.of.mac}", SECRET, "12V DC / PoE  CE"]
    corners = [((a, b), (c, b), (c, d), (a, d)) for a, b, c, d in made.lines]
    lines = [PrintLine(text, box) for text, box in zip(said, corners, strict=True)]
    monkeypatch.setattr(label_covers, "can_read_print", lambda: True)
    monkeypatch.setattr(label_covers, "read_print", lambda _: lines)
    monkeypatch.setattr(label_covers, "secret_words", lambda _: frozenset())
    image = made.image.copy()
    label_covers.cover_labels(image, blur=True)
    assert [strokes(image, box) > 40 for box in made.lines] == [True, True, True, False, False]
    assert [line.text for line in label_covers.plain_lines(lines, ())] == said[:3]
    assert not list(label_covers.plain_lines([PrintLine(f"S/N {made.of.serial} {SECRET}", corners[0])], ()))


def test_a_picture_with_no_code_or_bars_keeps_all_its_detail() -> None:
    image = Image.new("RGB", (900, 600), "white")
    draw = ImageDraw.Draw(image)
    for at in range(3):
        draw.rectangle((40 + at * 280, 60 + at * 130, 250 + at * 280, 200 + at * 130), "black")
    before = image.copy()
    assert near_codes(image, []) is None
    label_covers.cover_labels(image, blur=True)
    assert image == before


def test_all_letters_of_a_picture_that_is_nearly_black_are_blurred() -> None:
    made = label(printed("braces", random.Random(SEED)))
    bare = replace(made, codes=(), image=made.image.crop((0, 0, 600, 210)))
    dark = bare.image.point(lambda shade: shade * 0.2)
    light = bare.image.copy()
    assert near_codes(light, []) is None, "there is no code"
    assert strokes(dark, made.lines[3]) > 30
    label_covers._blur_print(dark, [], [])
    assert strokes(dark, made.lines[3]) < 10
