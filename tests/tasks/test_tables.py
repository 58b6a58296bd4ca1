"""The printed census counts as the product says, and no text from a device reaches a terminal or a spreadsheet raw."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from camcensus.model.device import DeviceKind, Grade, Verdict
from camcensus.model.knowledge import Knowledge, Manufacturer
from camcensus.store.edits import by_hand, tagging
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.table import register_csv
from camcensus.tasks.tables import census_text, maker_words
from samples import NOW, body, scan, verdict
from statement_samples import statement

LIST = "uk-fac-2021"


def _maker(identity: str, name: str) -> Manufacturer:
    return Manufacturer(identity, name, None, None, None, None, "s")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    listed = statement(LIST, "dahua", title="A call", said_by="a committee", addressed_to="the Government", date="2021-07-08")
    makers = {"dahua": _maker("dahua", "Dahua"), "axis": _maker("axis", "Axis")}
    return Knowledge(version="1", manufacturers=makers, statements={LIST: listed})


OTHERS: tuple[DeviceKind, ...] = ("switch", "software", "screen")


def graded(number: int, grade: Grade, kind: DeviceKind = "camera") -> Verdict:
    plain = verdict(number, kind)
    maker = None if grade in ("conflicting", "unknown") else "dahua"
    candidates = () if grade == "unknown" else ("axis", "dahua") if grade == "conflicting" else ("dahua",)
    attribution = replace(plain.attribution, grade=grade, manufacturer=maker, candidates=candidates, brand=None)
    findings = tuple(replace(one, may=grade == "possible") for one in plain.findings) if candidates else ()
    return replace(plain, attribution=attribution, findings=findings)


def text(knowledge: Knowledge, *verdicts: Verdict) -> str:
    return census_text(Census(scan=scan(), observations=(), verdicts=verdicts), knowledge, frozenset([LIST]))


def test_one_number_is_counted_and_doubt_is_said_beside_it(knowledge: Knowledge) -> None:
    grades: list[Grade] = ["almost-certain", "almost-certain", "confirmed", "likely", "possible", "conflicting", "unknown"]
    said = text(knowledge, *(graded(number, grade) for number, grade in enumerate(grades, 1)), graded(9, "likely", "recorder"))
    assert "7 cameras and 1 recorder; maker not known or needs checking: 3." in said
    assert (
        f"  {LIST}: 5 of 8 (of which 3 proven, up to 7 in all with those that may be). A call. Addressed to: the Government."
        in said
    )
    assert "  Dahua     5  (1 confirmed, 2 almost certain, 2 likely)" in said


def test_other_things_are_named_and_not_counted(knowledge: Knowledge) -> None:
    printer = graded(1, "unknown", "other")
    others = [graded(number, "unknown", kind) for number, kind in enumerate(OTHERS, 5)]
    doors = [graded(3, "likely", "intercom"), graded(2, "likely", "access-terminal")]
    said = text(knowledge, printer, *others, *doors, graded(4, "likely", "unknown"))
    assert "1 device that may be a camera; maker not known or needs checking: 0." in said
    assert "Not counted as cameras: 2 intercoms, 4 devices of another kind." in said


def test_what_may_be_a_camera_is_counted_as_such_in_one_phrase(knowledge: Knowledge) -> None:
    both = [graded(1, "likely", "unknown"), graded(2, "likely", "camera-or-recorder")]
    said = text(knowledge, *both)
    assert "2 devices that may be cameras; maker not known or needs checking: 0." in said
    assert said.count("May be a camera") == 2
    assert "not sure" not in said.lower()


def test_nothing_found_says_what_that_means(knowledge: Knowledge) -> None:
    assert text(knowledge).startswith("Nothing that answers as a camera was found.")


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("almost-certain", "Dahua – almost certain"),
        ("possible", "Dahua – possible"),
        ("conflicting", "Axis or Dahua – signs disagree"),
        ("unknown", "Not known"),
    ],
)
def test_a_maker_is_said_with_how_sure_we_are(knowledge: Knowledge, grade: Grade, words: str) -> None:
    assert maker_words(graded(1, grade), knowledge) == words


def test_several_makers_read_as_one_list(knowledge: Knowledge) -> None:
    one = graded(1, "conflicting")
    three = replace(one, attribution=replace(one.attribution, candidates=("axis", "dahua", "bosch")))
    assert maker_words(three, knowledge) == "Axis, Dahua or bosch – signs disagree"


def test_columns_stay_straight_whatever_a_device_is_called(knowledge: Knowledge) -> None:
    names = ["カメラ" * 40, "e\u0301" * 90, "\u202e\x1b[31m", "x" * 500]
    verdicts = [
        replace(graded(number, "likely"), description=replace(graded(1, "likely").description, model=name))
        for number, name in enumerate(names, 1)
    ]
    said = text(knowledge, *verdicts)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert max(len(line) for line in said.splitlines()[:6]) < 220


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body("=HYPERLINK(1)"), NOW) as made:
        yield made


def test_no_text_becomes_a_formula_in_a_spreadsheet(inventory: Inventory, knowledge: Knowledge) -> None:
    evil = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", 'a"b,c\nd', "plain"]
    for purpose in evil:
        changes = inventory.do(by_hand.add_rows([NewRow(kind="camera", prefix="CAM", place=None)]), by="A", now=NOW)
        inventory.do(tagging.set_tags([*changes.assets], {"purpose": purpose}), by="A", now=NOW)
    data = register_csv(inventory, register.rows(inventory, knowledge), knowledge, "2026-11-24T10:42:00Z")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["purpose"] for row in rows] == [
        "'=cmd|' /C calc'!A0", "'+1", "'-1", "'@SUM(1)", "\\x09=1", "\\x0d=1", 'a"b,c d', "plain",
    ]  # fmt: skip
    assert {row["body_name"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["seen_by"] for row in rows} == {"walk"}
