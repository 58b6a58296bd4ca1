"""Codes on labels: what a maker prints for its app comes out as serial number, model and MAC address; its security code never."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps

from camcensus.intake import bar_search, code_search, label_covers
from camcensus.intake.code_search import FoundCode, find_codes
from camcensus.intake.label_codes import holds_more, read_code, secret_words
from camcensus.intake.label_names import read_lines
from camcensus.intake.label_text import PrintLine, read_print
from camcensus.intake.labels import read_labels
from camcensus.intake.pictures import read_picture
from camcensus.model.errors import IntakeError
from camcensus.model.labels import LabelReading
from hostile.file_pictures import png
from label_pictures import LAYOUTS, SECRET, label, photographed, printed
from label_print import print_label

pytestmark = pytest.mark.usefixtures("with_print")
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (f"www.example.com\r123456789\r{SECRET}\rDS-2CD2042WD-I\r", LabelReading(serial="123456789", model="DS-2CD2042WD-I")),
        (f"http://www.example.com\n123456789\n{SECRET}\n", LabelReading(serial="123456789")),
        (f"{{SN:4C0123EPAZ00001,DT:X,SC:{SECRET}}}", LabelReading(serial="4C0123EPAZ00001")),
        (f'{{"sn":"ABC12345","key":"{SECRET}"}}', LabelReading(serial="ABC12345")),
        (f'{{"sn":"ABC12345 {SECRET}","key":"{SECRET}"}}', LabelReading(serial="ABC12345")),
        (f"MAC: AC-CC-8E-01-02-03 PIN {SECRET}", LabelReading(mac="ac:cc:8e:01:02:03")),
        (f"SN:ZC5770GH123:SC:{SECRET}", LabelReading(serial="ZC5770GH123")),
        (f"https://example.com/?sn=2101234567&code={SECRET}", LabelReading(serial="2101234567")),
        (f"Model: XNV-6080 S/N ZC57 {SECRET}", LabelReading(model="XNV-6080")),
        (SECRET, None),
        (f"WIFI:T:WPA;S:school;P:{SECRET};;", None),
        (f"www.example.com\r123456789\r{SECRET}{SECRET}\rDS-2CD2042WD-I\r", None),
        ("{" * 5000, None),
        ("SN:\rL2ABCD99", None),
        (f"Model: Verification Code{SECRET} S/N: Model: X1", None),
        (f"S/N: {SECRET}", None),
        ("S/N: SC12345678", LabelReading(serial="SC12345678")),
    ],
)
def test_only_values_that_a_rule_knows_come_out_of_a_code(text: str, reading: LabelReading | None) -> None:
    assert read_code(text, NONE) == reading


def test_a_value_without_a_name_comes_out_only_where_the_register_has_it() -> None:
    assert read_code("ZC5770GH123", NONE) is None
    assert read_code("ZC5770GH123", {"zc5770gh123"}) == LabelReading(serial="ZC5770GH123")
    assert read_code(f"ACCC8E012345 {SECRET}", {"accc8e012345"}) == LabelReading(mac="ac:cc:8e:01:23:45")


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_is_read_from_a_photo_without_its_security_code(layout: str) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    chance = random.Random(layout)
    one = printed(layout, chance)
    found = read_labels(photographed(label(one), chance, 0.3), frozenset({one.serial.lower()}))
    assert one.serial in {reading.serial for reading in found} or one.mac in {reading.mac for reading in found}
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("S/N:ACCC8E012345", False),
        ("SN=X1234567;MAC=ac:cc:8e:01:02:03", False),
        ("ACCC8E012345", False),
        (f"SN=X1234567;SC={SECRET}", True),
        (f"SN:X1234567{SECRET} X1234567", True),
        (SECRET, True),
        ("x" * 3000, True),
    ],
)
def test_a_code_holds_more_than_a_label_may_say_unless_every_word_of_it_has_a_rule(text: str, more: bool) -> None:
    assert holds_more(text) is more


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_saved_photo_shows_no_code_that_holds_a_security_code(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    monkeypatch.setattr(label_covers, "can_read_print", lambda: False)
    chance = random.Random(f"saved {layout}")
    one = printed(layout, chance)
    data = photographed(label(one), chance, 0.3)
    with Image.open(io.BytesIO(data)) as before:
        held = {code.text for code in find_codes(before.convert("L"))}
    again = read_again(read_picture(data, "photo").data)
    assert SECRET not in again
    kept = {text for text in held if text and not holds_more(text)}
    assert all(text in again for text in kept)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_around_a_code_are_coarser_than_a_letter_where_they_are_blurred(
    layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    monkeypatch.setattr(label_covers, "can_read_print", lambda: False)
    one = printed(layout, random.Random(layout))
    drawn = label(one)
    image = drawn.image.copy()
    codes = [code for code in find_codes(image.convert("L")) if code.text]
    label_covers.cover_labels(image, blur=True)
    for left, top, right, bottom in drawn.lines:
        line = image.convert("L").crop((int(left), int(top), int(right), int(bottom)))
        steps = ImageChops.difference(line, ImageChops.offset(line, 2, 0)).crop((2, 0, line.width, line.height))
        assert steps.getextrema()[1] < 40, "no stroke of a letter is left"
    kept = {code.text for code in codes if not holds_more(code.text)}
    with_ink = {code.text for code in find_codes(image.convert("L"))}
    assert kept <= with_ink
    assert not [text for text in with_ink if SECRET in text]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_are_blurred_on_the_screen_until_somebody_wants_them(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    monkeypatch.setattr(label_covers, "can_read_print", lambda: False)
    drawn = label(printed(layout, random.Random(layout)))
    shown, wanted, small = drawn.image.copy(), drawn.image.copy(), drawn.image.copy()
    small.thumbnail((label_covers.LEGIBLE_PIXELS, label_covers.LEGIBLE_PIXELS))
    assert label_covers.cover_shown(shown, letters=False)
    assert not label_covers.cover_shown(wanted, letters=True)
    assert not label_covers.cover_shown(small, letters=False), "nothing can be read in it"
    for box in drawn.lines:
        left, top, right, bottom = map(int, box)
        line, clear = (one.convert("L").crop((left, top, right, bottom)) for one in (shown, wanted))
        steps = [
            ImageChops.difference(one, ImageChops.offset(one, 2, 0)).crop((2, 0, one.width, one.height))
            for one in (line, clear)
        ]
        assert steps[0].getextrema()[1] < 40 < steps[1].getextrema()[1], "no stroke of a letter is left, before somebody asked"


def test_with_an_engine_lines_with_a_code_are_covered_on_the_screen_too(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    lines = [line_at("S/N 123456789", 20, 40), line_at(f"Verification Code: {SECRET}", 20, 90), line_at("12V DC", 20, 140)]
    monkeypatch.setattr(label_covers, "can_read_print", lambda: True)
    monkeypatch.setattr(label_covers, "read_print", lambda _: lines)
    image = Image.new("RGB", (600, 300), "white")
    for letters in (False, True):
        seen = image.copy()
        assert not label_covers.cover_shown(seen, letters=letters)
        grey = [seen.getpixel((60, y)) == label_covers.COVER for y in (50, 100, 150)]
        assert grey == [False, True, False], "nobody needs that line, and it may not be shown"


def line_at(text: str, x: float, y: float) -> PrintLine:
    return PrintLine(text, ((x, y), (x + 9.0 * len(text), y), (x + 9.0 * len(text), y + 20), (x, y + 20)))


def test_lines_that_name_a_security_code_or_hold_one_are_covered_and_no_other() -> None:
    lines = [
        line_at("Model: DS-2CD2042WD-I", 10, 10), line_at("S/N 123456789", 10, 40), line_at("Verification Code:", 10, 70),
        line_at(SECRET, 180, 70), line_at("SafetyCode L2ABCD", 10, 100), line_at("Password: admin", 10, 130),
        line_at("Security code L2ABCD", 600, 40), line_at("S/N 123456789", 600, 65), line_at("12V DC", 400, 10), line_at(f"x {SECRET[::-1]}", 400, 60), line_at("Barcode scanner", 400, 90),
    ]  # fmt: skip
    said = {line.text for line in label_covers.secret_lines(lines, frozenset({SECRET[::-1]}))}
    assert said == {
        "Verification Code:",
        SECRET,
        "SafetyCode L2ABCD",
        "Password: admin",
        "Security code L2ABCD",
        f"x {SECRET[::-1]}",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Verification CodeKVWXZQ",
        "CODEKVWXZQ",
        "OAK: ABCD-EFGH-IJKL",
        f"PW: {SECRET}12",
        f"Secret {SECRET}",
        "QZX-WVK",
        f"Sicherheitscode: {SECRET}",
    ],
)
def test_a_line_is_covered_whatever_its_code_is_called_and_however_it_is_divided(text: str) -> None:
    line, other = line_at(text, 10, 10), line_at("S/N: SC12345678", 10, 90)
    assert list(label_covers.secret_lines([line, other], frozenset({SECRET}))) == [line]


@pytest.mark.parametrize(
    "lines",
    [
        [
            line_at("S/N:", 40, 10),
            line_at("Verification Code:", 400, 10),
            line_at("C12345678", 40, 40),
            line_at("L2ABCD99", 400, 40),
        ],
        [
            line_at("Verification Code:", 40, 10),
            line_at("S/N:", 400, 10),
            line_at("L2ABCD99", 40, 40),
            line_at("C12345678", 400, 40),
        ],
        [line_at("S/N:  Verification Code:", 40, 10), line_at("C12345678   L2ABCD99", 40, 40)],
        [line_at("Verification Code:   S/N:", 40, 10), line_at("L2ABCD99   C12345678", 40, 40)],
        [line_at("Password", 40, 10), line_at("L2ABCD99", 120, 45)],
        [line_at("PW", 40, 10), line_at("L2ABCD99", 250, 10)],
    ],
)
def test_a_code_below_or_right_of_its_name_is_covered_and_never_a_value(lines: list[PrintLine]) -> None:
    hidden = {line.text for line in label_covers.secret_lines(lines, frozenset())}
    assert [line.text for line in lines if "L2ABCD99" in line.text and line.text not in hidden] == []
    assert "L2ABCD99" not in repr(read_lines(label_covers.open_lines(lines, ()), NONE))
    named = [line_at("S/N: C12345678", 40, 90), line_at("Model: X-100", 40, 40)]
    assert read_lines(label_covers.open_lines([*lines[:1], *named], ()), NONE) is not None


def test_a_serial_number_that_is_also_a_bar_code_is_read_and_left() -> None:
    lines = [line_at("S/N: C12345678", 10, 10), line_at("C12345678 Q", 10, 90)]
    assert label_covers.open_lines(lines, ["C12345678"]) == ["S/N: C12345678"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"www.example.com\r123456789\r{SECRET}\rDS-2CD2042WD-I\r", {SECRET}),
        (f"Model: CAM-1234X S/N: A1B2C3D4 PASSWORD: {SECRET}", {SECRET}),
        ("S/N:ACCC8E012345", set()),
    ],
)
def test_what_a_code_says_beside_its_values_is_looked_for_in_print(text: str, words: set[str]) -> None:
    assert secret_words(text) == words


@pytest.mark.usefixtures("read_here")
def test_each_of_many_codes_is_covered_and_the_same_one_twice() -> None:
    codes = pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    image = Image.new("L", (2400, 2000), 200)
    for at in range(40):
        text = f"SN:ABC{at % 39:06d} VC:{SECRET}"
        code = Image.fromarray(codes.create_barcode(text, codes.BarcodeFormat.QRCode).to_image(scale=4))
        image.paste(code, (40 + at % 8 * 290, 40 + at // 8 * 380))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    assert SECRET not in read_again(read_picture(stream.getvalue(), "photo").data)


def test_a_code_that_was_seen_and_not_read_is_not_taken_for_the_one_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    corners = ((100.0, 100.0), (200.0, 100.0), (200.0, 200.0), (100.0, 200.0))
    unread = FoundCode("", "QRCode", corners)

    def looked(image: Image.Image, kinds: tuple[str, ...]) -> Iterator[FoundCode]:
        low = image.height * 0.95
        if image.size == (400, 400):
            yield unread
        elif max(image.size) == code_search.SUSPECT_SIDE:  # the bars below it, which are only read there
            yield FoundCode("S/N:K12345678", "Code128", ((200, low - 9), (440, low - 9), (440, low + 9), (200, low + 9)))

    monkeypatch.setattr(code_search, "_codes", looked)
    assert [code for code in find_codes(Image.new("L", (400, 400), 200)) if code.kind == "QRCode"] == [unread]


def test_codes_of_a_label_that_lies_askew_or_beside_another_are_all_read() -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    chance = random.Random(12)
    two = printed("two-bars", chance)
    image = label(two).image.rotate(28, Image.Resampling.BICUBIC, expand=True, fillcolor=(128, 128, 128))
    assert {code.text for code in find_codes(image.convert("L")) if code.text} == {text for _, text in two.codes}


@pytest.mark.parametrize("harm", ["ink has run", "light on dark", "grain", "light from one side"])
def test_bars_are_read_though_they_lean_and(harm: str) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    one = printed("bars-39", random.Random(harm))
    grey = label(one).image.convert("L").rotate(33, Image.Resampling.BICUBIC, expand=True, fillcolor=160)
    if harm == "ink has run":
        grey = grey.filter(ImageFilter.GaussianBlur(1.9))
    elif harm == "light on dark":
        grey = ImageOps.invert(grey)
    elif harm == "grain":
        grain = Image.effect_noise(grey.size, 60)
        grey = ImageChops.add(grey, grain, 1, -128)
    else:
        grey = ImageChops.multiply(
            grey, Image.linear_gradient("L").rotate(90).resize(grey.size).point(lambda at: 20 + at * 0.6)
        )
    assert one.serial in {code.text for code in find_codes(grey)}


def read_again(data: bytes) -> str:
    """All that a reader finds in a picture."""
    with Image.open(io.BytesIO(data)) as image:
        return "\n".join(code.text for code in find_codes(image.convert("L")))


@pytest.mark.parametrize(
    ("lines", "reading"),
    [
        (["Model No. CAM-1234X", "S/N: ABC12345", "Verification Code: " + SECRET], LabelReading("", "CAM-1234X", "ABC12345")),
        (["MAC Address AC:CC:8E:01:02:03", "Security code " + SECRET], LabelReading(mac="ac:cc:8e:01:02:03")),
        (["MAC00:09:18:8D:2E:9F", "Serial Number ATUNWV1NA17L81"], LabelReading("", "", "ATUNWV1NA17L81", "00:09:18:8d:2e:9f")),
        (["M/N:CAM-1234X", "MAC ID:ACCC8E010203", "12V DC"], LabelReading("", "CAM-1234X", "", "ac:cc:8e:01:02:03")),
        (["Safety code", SECRET, "PASS", "12V"], None),
    ],
)
def test_print_comes_out_by_the_rules_of_codes_and_says_that_it_is_print(
    lines: list[str], reading: LabelReading | None
) -> None:
    assert read_lines(lines, NONE) == (None if reading is None else replace(reading, from_print=True))


def test_print_is_read_where_an_engine_is_installed() -> None:
    pytest.importorskip("rapidocr", reason="rapidocr reads print")
    one = printed("bars", random.Random(5))
    lines = read_print(label(one).image)
    reading = read_lines([line.text for line in lines], NONE)
    assert reading is not None
    assert (reading.model, reading.serial, reading.mac) == (one.model, one.serial, one.mac)


@pytest.mark.parametrize("degrees", [90, 180])
def test_print_of_a_label_that_is_turned_is_read_where_names_are_above_their_values(degrees: int) -> None:
    pytest.importorskip("rapidocr", reason="rapidocr reads print")
    made = print_label("above, two columns", random.Random("turned"))
    lines = label_covers.open_lines(read_print(made.image.rotate(degrees, expand=True)), ())
    assert read_lines(lines, NONE) == LabelReading("", made.of.model, made.of.serial, made.of.mac, from_print=True)


def test_print_of_a_photo_of_12_megapixels_is_read_within_its_memory() -> None:
    pytest.importorskip("rapidocr", reason="rapidocr reads print")
    one = replace(printed("bars", random.Random(7)), codes=())
    found = read_labels(photographed(label(one), random.Random(7), 0.2, (4000, 3000)), NONE)
    assert [(reading.model, reading.serial, reading.mac) for reading in found] == [(one.model, one.serial, one.mac)]


def test_edges_are_the_same_strip_by_strip_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [Image.effect_noise(size, 60) for size in ((300, 700), (130, 257), (48, 15))]
    by_strips = [bar_search.edges(picture) for picture in pictures]
    monkeypatch.setattr(bar_search, "STRIP", 10_000)
    assert [bar_search.edges(picture) for picture in pictures] == by_strips


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_saved_photo_shows_no_security_code_in_letters_where_an_engine_reads_them(layout: str) -> None:
    pytest.importorskip("rapidocr", reason="rapidocr reads print")
    chance = random.Random(f"print {layout}")
    one = printed(layout, chance)
    saved = read_picture(photographed(label(one, chance), chance, 0.3), "photo").data
    with Image.open(io.BytesIO(saved)) as image:
        lines = [line.text for line in read_print(image.convert("RGB"))]
    assert SECRET not in "".join(lines).replace(" ", "")
    assert len(lines) >= 3, "other lines are left"


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"ftypheic", png(60_000, 60_000, rows=1)])
def test_what_is_no_picture_or_too_large_is_refused_in_a_sentence(data: bytes) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    with pytest.raises(IntakeError, match=r"PNG or JPEG|pixels|time or memory|damaged"):
        read_labels(data, NONE)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (f"{{SN:6J0E022PAG00001,DT:IPC-HDW1431T1-S4,SC:{SECRET}}}", LabelReading("", "IPC-HDW1431T1-S4", "6J0E022PAG00001")),
        (f"{{SC:{SECRET};DT:NVR4108HS-8P;SN:6J0E022PAG00001;NC:015}}", LabelReading("", "NVR4108HS-8P", "6J0E022PAG00001")),
        (f"6J0E022PAG00001:DHI-ARD1611-W:{SECRET}", LabelReading("", "DHI-ARD1611-W", "6J0E022PAG00001")),
        (f"{{SN:6J0E022PAG00001,DT:{SECRET},SC:IPC-G22P}}", LabelReading("", "", "6J0E022PAG00001")),
        (f"{{DT:IPC-G22P,SC:{SECRET}}}", None),
        (f"AB:CD-EFGH1:{SECRET}", None),
    ],
)
def test_the_model_of_a_tagged_code_is_read_and_its_security_code_is_not(text: str, reading: LabelReading | None) -> None:
    assert read_code(text, NONE) == reading
    assert holds_more(text)
    assert SECRET in secret_words(text)
