"""The working sheets, read back: walk-round, questions for the installer, a floor with its pins."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from camcensus.model.pictures import Picture
from camcensus.report.floor_sheet import FloorPin, floor_report
from camcensus.report.pdf.paper import draw
from camcensus.report.questions import QUESTION, Asked, questions_report
from camcensus.report.sheet import HANDLING, Occasion
from camcensus.report.walkround import BLANK_ROWS, WalkPlace, WalkRow, walkround_report
from report.heard import complaints
from report.reading import Paper, read
from report.sample import AS_AT, BODY, FONTS, KNOWLEDGE

OCCASION = Occasion(body=BODY, as_at=AS_AT, knowledge_version=KNOWLEDGE.version)
HOSTILE = ['<img src="file:///etc/passwd">', "{1/0}", "\u202egnp.exe\x00", "عربى 監視", "A" * 10_000]


def picture(width: int = 600, height: int = 400) -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    data = out.getvalue()
    return Picture(hashlib.sha256(data).hexdigest(), "plan", "image/png", width, height, data)


def pin(number: int, state: str = "listed", walked: bool = False, **changes: str) -> FloorPin:
    words = {"ref": f"CAM-{number:03d}", "place": "Hall", "what": "Camera", "made_by": "Dahua – likely", "listing": "Listed"}
    return FloorPin(label=str(number), state=state, x=number / 20, y=0.5, walked=walked, **(words | changes))


def floor(pins: list[FloorPin], **changes: object) -> Paper:
    values: dict[str, object] = {"name": "Ground floor", "path": "Elm Park › Main block", "picture": picture(), "not_placed": 3}
    return read(draw(floor_report(OCCASION, pins=pins, **(values | changes)), FONTS)[0])  # type: ignore[arg-type]


def test_a_floor_has_its_picture_in_words_and_a_table_twin() -> None:
    paper = floor([pin(1, walked=True), pin(2, "checking"), pin(3, "")])
    (figure,) = paper.root.all("Figure")
    assert figure.alt == (
        "Plan of Ground floor with 3 pins: 1 of a listed maker, 1 checked on site. The table after it says the same."
    )
    assert "3 pins, 1 checked on site. 3 items on this floor have no pin yet." in paper.words
    table = paper.table("Pin")
    assert [row[0] for row in table.cells[1:]] == ["1", "2", "3"]
    assert [row[-1] for row in table.cells[1:]] == ["Checked", "Not yet", "Not yet"]
    assert all(not page.painted_outside and not page.stray for page in paper.pages)


def test_the_picture_and_its_key_share_a_sheet_whatever_its_shape() -> None:
    for size in ((600, 400), (3000, 200), (200, 3000)):
        paper = floor([pin(1)], picture=picture(*size))
        assert paper.root.all("Figure")[0].page == 0
        (key,) = [one for one in paper.root.all("P") if one.words.startswith("Triangle:")]
        assert key.page == 0


def test_a_floor_with_no_pins_is_still_a_floor() -> None:
    paper = floor([])
    assert paper.root.all("Figure")
    assert not paper.root.all("Table")


def test_the_walk_round_has_each_place_with_empty_rows_to_write_in() -> None:
    places = [
        WalkPlace(
            path=("Elm Park", "Main block"),
            rows=(WalkRow(ref="CAM-001", where="Hall", known="Camera, Axis – likely"),),
        ),
        WalkPlace(path=(), rows=(WalkRow(ref="CAM-002", where="", known="Camera", unconfirmed=True),)),
    ]
    paper = read(draw(walkround_report(OCCASION, places, expected=40, found=2), FONTS)[0])
    heads = [head.words for head in paper.root.all("H2")]
    assert heads == ["Elm Park › Main block", "No location yet"]
    assert "2 rows are in the record; you expected about 40 cameras." in paper.words
    tables = [one for one in paper.root.all("Table") if one.cells[0][0] == "Ref"]
    assert [len(table.cells) for table in tables] == [1 + 1 + BLANK_ROWS[0]] * 2
    assert [table.cells[0][1] for table in tables] == ["Elm Park › Main block", "Where"]
    assert "Reported by the recorder, not confirmed" in paper.words
    assert HANDLING in paper.words


def test_with_nothing_found_there_are_rows_to_write_in_all_the_same() -> None:
    paper = read(draw(walkround_report(OCCASION, [], expected=None, found=0), FONTS)[0])
    assert len(paper.table("Ref").cells) > 8
    assert len(paper.pages) == 1


def test_three_hundred_rows_in_twenty_places_say_on_each_page_where_they_are() -> None:
    places = [
        WalkPlace(
            path=("Elm Park", f"Block {at}", "Ground floor"),
            rows=tuple(
                WalkRow(
                    ref=f"CAM-{at * 15 + one:03d}", where="Corridor by the library", known="Dahua – likely", model="IPC-HDW2431"
                )
                for one in range(15)
            ),
        )
        for at in range(20)
    ]
    paper = read(draw(walkround_report(OCCASION, places, expected=300, found=300), FONTS)[0])
    assert len(paper.root.all("Table")) == 20
    assert len(paper.pages) <= 40
    assert all(not page.painted_outside and not page.stray for page in paper.pages)


def test_the_questions_are_asked_by_site_and_model_with_room_for_the_answer() -> None:
    asked = [
        Asked(site="Main block", refs=("CAM-001", "CAM-002", "CAM-003"), where="Hall (2), Gate", seen="Maker not known"),
        Asked(site="Field", refs=("CAM-004",), where="", seen="Camera", question="Is this a dummy?"),
    ]
    paper = read(draw(questions_report(OCCASION, asked), FONTS)[0])
    cells = paper.table("Devices").cells
    assert [row[0] for row in cells[1:]] == ["Main block", "3: CAM-001 to CAM-003", "Field", "CAM-004"]
    assert [row[3] for row in cells[2::2]] == [QUESTION, "Is this a dummy?"]
    assert all(row[4] == "" for row in cells[2::2])
    assert "2 questions about 4 devices." in paper.words


def test_no_questions_is_said() -> None:
    paper = read(draw(questions_report(OCCASION, []), FONTS)[0])
    assert "There is nothing to ask: no row is marked for the installer." in paper.words


@pytest.mark.parametrize("sheet", ["walk-round", "empty walk-round", "questions", "no questions", "floor"])
def test_checkers_of_accessibility_find_nothing(tmp_path: Path, sheet: str) -> None:
    row = WalkRow(ref="CAM-001", where="Corridor by the library", known="Dahua – likely", model="IPC-HDW2431")
    places = [
        WalkPlace(path=("Elm Park", name, "Ground floor"), rows=tuple(replace(row, ref=f"CAM-{at:03d}") for at in range(many)))
        for name, many in (("Main block", 20), ("Sports hall", 0), ("Grounds and gates", 3))
    ]
    asked = Asked(site="", refs=("CAM-001",), where="Hall", seen="Camera, maker not known")
    document = {
        "walk-round": lambda: walkround_report(OCCASION, places, expected=40, found=23),
        "empty walk-round": lambda: walkround_report(OCCASION, [], expected=None, found=0),
        "questions": lambda: questions_report(OCCASION, [asked, replace(asked, refs=("CAM-002",))]),
        "no questions": lambda: questions_report(OCCASION, []),
        "floor": lambda: floor_report(
            OCCASION, name="Ground floor", path="Elm Park", picture=picture(), pins=[pin(1), pin(2)], not_placed=0
        ),
    }[sheet]()
    path = tmp_path / "sheet.pdf"
    path.write_bytes(draw(document, FONTS)[0])
    assert complaints(path) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_printed_and_nothing_more(name: str) -> None:
    sheets = [
        floor_report(
            OCCASION, name=name, path=name, picture=picture(), pins=[pin(1, place=name, made_by=name, ref=name)], not_placed=0,
            ),
        walkround_report(
            OCCASION, [WalkPlace(path=(name,), rows=(WalkRow(ref=name, where=name, known=name),))], expected=1, found=1
        ),
        questions_report(OCCASION, [Asked(site=name, refs=(name,), where=name, seen=name, question=name)]),
    ]  # fmt: skip
    for content, pages in (draw(document, FONTS) for document in sheets):
        paper = read(content)
        assert len(paper.pages) == pages
        assert "root:" not in paper.words
        assert all(not page.painted_outside for page in paper.pages)
