"""Codes on labels: what a maker prints for its app comes out as serial number, model and MAC address; its security code never."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

import pytest
from PIL import Image

from camcensus.intake import code_search
from camcensus.intake.code_search import COVER, FoundCode, find_codes
from camcensus.intake.label_codes import read_code
from camcensus.intake.labels import read_labels
from camcensus.intake.pictures import covered_preview, read_photo, read_picture
from camcensus.model.errors import IntakeError
from camcensus.model.labels import LabelReading
from hostile.file_pictures import png
from label_pictures import LAYOUTS, SECRET, label, photographed, printed

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

    def looked(image: Image.Image) -> Iterator[FoundCode]:
        low = image.height * 0.95
        if image.size == (400, 400):
            yield unread
        elif max(image.size) == code_search.SUSPECT_SIDE:  # the bars below it, which are only read there
            yield FoundCode("S/N:K12345678", "Code128", ((200, low - 9), (440, low - 9), (440, low + 9), (200, low + 9)))

    monkeypatch.setattr(code_search, "_codes", looked)
    assert [code for code in find_codes(Image.new("L", (400, 400), 200)) if code.kind == "QRCode"] == [unread]


@pytest.mark.usefixtures("read_here")
@pytest.mark.parametrize("layout", ["lines", "bars", "matrix"])
def test_a_photo_that_is_saved_or_shown_shows_no_code_and_says_that_there_was_one(layout: str) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    chance = random.Random(f"saved {layout}")
    data = photographed(label(printed(layout, chance)), chance, 0.2)
    assert read_again(data), "a code is in it"
    saved, shows_code = read_photo(data, (), "It")
    assert (read_again(saved.data), shows_code) == ("", True)
    shown = covered_preview(data, 1600, "It")
    assert shown.shows_code
    assert not [
        code for code in find_codes(Image.frombytes("RGB", (shown.width, shown.height), shown.rgb).convert("L")) if code.text
    ]


@pytest.mark.usefixtures("read_here")
def test_what_a_person_covers_is_covered_and_no_more() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(stream, "PNG")
    saved, shows_code = read_photo(stream.getvalue(), [(0.5, 0.0, 1.0, 0.5)], "It")
    assert not shows_code
    with Image.open(io.BytesIO(saved.data)) as image:
        near = [abs(image.getpixel(at)[0] - COVER[0]) < 8 for at in ((150, 25), (50, 25), (150, 75))]  # type: ignore[index]
    assert near == [True, False, False]


def test_codes_of_a_label_that_lies_askew_or_beside_another_are_all_read() -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
    chance = random.Random(12)
    two = printed("two-bars", chance)
    image = label(two).image.rotate(28, Image.Resampling.BICUBIC, expand=True, fillcolor=(128, 128, 128))
    assert {code.text for code in find_codes(image.convert("L")) if code.text} == {text for _, text in two.codes}


def read_again(data: bytes) -> str:
    """All that a reader finds in a picture."""
    with Image.open(io.BytesIO(data)) as image:
        return "\n".join(code.text for code in find_codes(image.convert("L")) if code.text)


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
