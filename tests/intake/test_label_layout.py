"""Which line of print is the value of which name: beside it, above it, in columns; where it can be either, it is none."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from camcensus.intake.label_covers import open_lines
from camcensus.intake.label_names import read_lines
from camcensus.intake.label_text import PrintLine
from camcensus.model.labels import LabelReading
from label_pictures import SECRET

MODEL, SERIAL, MAC = "DS-2CD2042WD-I", "C12345678", "AC:CC:8E:01:02:03"
ALL = LabelReading("", MODEL, SERIAL, MAC.lower(), from_print=True)
type At = tuple[float, float, str]


def line_at(x: float, y: float, text: str, degrees: float = 0) -> PrintLine:
    """A line of letters 10 wide and 20 high, on a label turned about its corner."""
    angle, wide = math.radians(degrees), 10.0 * len(text)
    corners = [
        (px * math.cos(angle) - py * math.sin(angle), px * math.sin(angle) + py * math.cos(angle))
        for px, py in ((x, y), (x + wide, y), (x + wide, y + 20), (x, y + 20))
    ]
    a, b, c, d = corners
    return PrintLine(text, (a, b, c, d))


def said(*places: At, degrees: float = 0) -> LabelReading | None:
    return read_lines(open_lines([line_at(*place, degrees) for place in places], ()), frozenset())


LAYOUTS: dict[str, list[At]] = {
    "a table": [
        (0, 0, "Model"), (200, 0, MODEL), (0, 30, "Serial Number"), (200, 30, SERIAL), (0, 60, "MAC"), (200, 60, MAC),
        (0, 90, "Verification Code"), (200, 90, SECRET),
    ],
    "a wide table, values at the right edge": [
        (0, 0, "M/N"), (360, 0, MODEL), (0, 30, "S/N"), (410, 30, SERIAL), (0, 60, "MAC ID"), (330, 60, MAC),
    ],
    "names end where values begin": [
        (60, 0, "Model No.:"), (170, 0, MODEL), (120, 26, "S/N:"), (170, 26, SERIAL), (120, 52, "MAC:"), (170, 52, MAC),
    ],
    "one below the other": [
        (0, 0, "MODEL"), (0, 24, MODEL), (0, 48, "S/N"), (0, 72, SERIAL), (0, 96, "MAC ADDR."), (0, 120, MAC),
        (0, 144, "Password"), (0, 168, SECRET),
    ],
    "two names side by side over two values": [
        (0, 0, "MODEL"), (260, 0, "S/N"), (0, 26, MODEL), (260, 26, SERIAL), (0, 70, "MAC"), (260, 70, "CODE"), (0, 96, MAC), (260, 96, SECRET),
    ],
    "three in a row, in the middle over their values": [
        (45, 0, "Model"), (225, 0, "S/N"), (370, 0, "MAC"), (0, 26, MODEL), (195, 26, SERIAL), (300, 26, MAC),
    ],
    "two tables": [(0, 0, f"Model: {MODEL}"), (300, 0, f"MAC {MAC}"), (0, 30, f"S/N:{SERIAL}"), (300, 30, f"PIN {SECRET}")],
    "names and values that an engine took for one line": [
        (0, 0, "MODEL S/N"), (0, 26, f"{MODEL} {SERIAL}"), (0, 70, "MAC"), (0, 96, MAC),
    ],
    "signs that an engine took for a colon": [(0, 0, f"Model\uff1a{MODEL}"), (0, 30, f"S/N; {SERIAL}"), (0, 60, f"MAC . {MAC}")],
    "nothing between": [(0, 0, f"Model{MODEL}"), (0, 30, f"S/N{SERIAL}"), (0, 60, f"MAC{MAC}")],
    "an address and a model that go on in the next line": [
        (0, 0, "Model"), (100, 0, "DS-2CD2042-"), (100, 24, "WD-I"), (0, 54, "S/N"), (100, 54, SERIAL), (0, 84, "MAC"), (100, 84, MAC[:9]), (100, 108, MAC[9:]),
    ],
    "two names with values in one line": [(0, 0, f"Model {MODEL}  S/N {SERIAL}"), (0, 30, f"MAC {MAC.replace(':', ' ')}")],
    "beside other names": [
        (0, 0, "Input:"), (200, 0, "12V DC / PoE"), (0, 30, "S/N:"), (200, 30, SERIAL), (0, 60, "P/N 3001-22"), (0, 90, "Wireless MAC 00:11:22:33:44:55"),
        (0, 120, "MAC:"), (200, 120, MAC), (0, 150, "Model:"), (200, 150, f"{MODEL} 2.8mm"), (0, 180, "12V-1A"), (200, 210, "2024-05"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("degrees", [0, 11, 90, 180, 262])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_value_is_found_wherever_its_name_is(layout: str, degrees: float) -> None:
    found = said(*LAYOUTS[layout], degrees=degrees)
    assert found is not None
    assert SECRET not in repr(found)
    assert (found.serial, found.mac) == (SERIAL, MAC.lower())
    assert found.model.replace("-", "") == MODEL.replace("-", "")


@pytest.mark.parametrize(
    "places",
    [
        pytest.param([(0, 0, "S/N"), (200, 0, "A1234567"), (0, 26, "B7654321")], id="right or below"),
        pytest.param([(0, 0, "S/N"), (0, 26, "MAC"), (100, 13, SERIAL)], id="between two rows"),
        pytest.param([(0, 0, SERIAL), (0, 22, "S/N"), (0, 66, "X1234567")], id="nearer above"),
        pytest.param([(0, 0, "X-100"), (0, 26, "MODEL"), (0, 52, SERIAL), (0, 78, "S/N")], id="names below values"),
        pytest.param([(0, 0, "S/N: A1234567"), (50, 24, "B7654321")], id="may go on below"),
        pytest.param([(0, 0, "S/N"), (100, 0, "A1234567"), (185, 0, "B7654321")], id="in two parts"),
        pytest.param([(0, 0, "S/N A1234567 B7654321")], id="two words"),
        pytest.param([(0, 0, "S/N: A1234567"), (0, 60, "Serial No. B7654321")], id="two serial numbers"),
        pytest.param([(0, 0, "MODEL"), (150, 0, "S/N"), (0, 26, "12V-DC A1234567 B7654321")], id="one word too many"),
        pytest.param([(0, 0, "S/N"), (0, 26, "Input:"), (0, 52, SERIAL)], id="another name between"),
        pytest.param([(0, 0, "S/N"), (0, 90, SERIAL)], id="too far below"),
        pytest.param([(0, 0, "S/N"), (50, 0, "Input:"), (0, 26, "A1234567890")], id="below two names"),
        pytest.param([(0, 0, "S/N"), (60, 26, SERIAL)], id="below and beside"),
        pytest.param([(0, 0, "Model: AXIS"), (0, 30, "S/N 2024-05")], id="a maker and a date"),
        pytest.param([(0, 0, "MODEL"), (0, 26, "12VDC")], id="a voltage"),
        pytest.param([(0, 0, "SN7654321A")], id="a serial number that begins like a name"),
        pytest.param([(0, 0, "Wi-Fi MAC"), (0, 26, MAC)], id="another address"),
        pytest.param([(200, 0, "Verification Code"), (0, 26, "S/N"), (200, 26, "L2ABCD99")], id="of a security code or a serial number"),
        pytest.param([(0, 0, "S/N"), (200, 0, "Verification Code"), (200, 26, "L2ABCD99")], id="of the security code"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_not_read(places: list[At]) -> None:
    assert said(*places) is None


def test_a_maker_before_a_model_is_part_of_it_and_a_second_model_is_neither() -> None:
    assert said((0, 0, "Model: AXIS P3245-V")) == LabelReading("", "AXIS P3245-V", from_print=True)
    assert said((0, 0, "Model: DOME 4MP IP66")) is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_value_with_a_letter_that_the_engine_doubts_is_not_read(layout: str) -> None:
    lines = [line_at(*place) for place in LAYOUTS[layout]]
    at = next(at for at, line in enumerate(lines) if SERIAL in line.text)
    here = lines[at].text.index(SERIAL) + 3
    doubted = [*lines[:at], replace(lines[at], doubted=frozenset((here,))), *lines[at + 1 :]]
    found = read_lines(open_lines(doubted, ()), frozenset())
    assert found is not None
    assert (found.serial, found.mac) == ("", MAC.lower())


def test_a_line_with_a_name_of_its_own_is_no_value_of_the_name_above_it() -> None:
    assert said((0, 0, "MODEL"), (0, 26, "S/N12345678")) == LabelReading(serial="12345678", from_print=True)


def test_a_serial_number_beside_its_name_stays_open_where_a_security_code_has_its_own_value() -> None:
    places = [(0, 0, "Verification Code"), (200, 0, SECRET), (0, 30, "S/N"), (170, 30, SERIAL)]
    assert said(*places) == LabelReading(serial=SERIAL, from_print=True)
