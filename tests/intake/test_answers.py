"""Spreadsheets of answers: which column is what, what a cell says, and what is left out by row and column."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer_sheets import HEADINGS, MAKERS, claims, columns_of, read
from camcensus.intake.answers import PUBLIC_PAGE, PUBLIC_TABLE, read_answer_file
from camcensus.intake.registers import read_register_bytes
from camcensus.model.claims import Figure
from camcensus.model.errors import IntakeError
from camcensus.registers.answer_cells import is_blank, section_in, state_in
from camcensus.registers.answer_columns import asked_in
from camcensus.registers.answer_figures import said_in
from camcensus.registers.answers import ReadAnswers
from camcensus.registers.cells import Unreadable
from camcensus.registers.published_answers import is_published, read_published

HEAD = "body_name,as_at,made_by,certainty_band,camera_type,inside_outside,building_kind,installed_financial_year,count,decision_band\n"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How many cameras?", "cameras"),
        ("1. Number of CCTV cameras", "cameras"),
        ("Total number of cameras in use", "cameras"),
        ("How many cameras do you have? (number)", "cameras"),
        ("Hikvision", "maker:hikvision"),
        ("Q2. Do you have any Hikvision cameras?", "maker:hikvision"),
        ("No. of Dahua Technology cameras", "maker:dahua"),
        ("Any Hikvision or Dahua cameras?", "maker:dahua+hikvision"),
        ("How many cameras are made by Hikvision or Dahua?", "maker:dahua+hikvision"),
        ("i-PRO (Y/N)", "maker:i-pro"),
        ("Made by a listed manufacturer?", "listed"),
        ("Maker not known", "not-known"),
        ("Cameras of unknown make", "not-known"),
        ("Other makers", "maker:others"),
        ("Number by another make", "maker:others"),
    ],
)
def test_a_question_for_how_many_is_counted_however_it_is_worded(question: str, asks: str) -> None:
    assert asked_in(question, MAKERS).asks == asks


@pytest.mark.parametrize(
    "question",
    [
        "Are cameras made by Hikvision or Dahua still being bought?",
        "Do you plan to remove Hikvision cameras?",
        "Cameras not made by Hikvision",
        "Cameras (excluding Hikvision)",
        "Cameras, no Hikvision",
        "How many Hikvision cameras face the street?",
        "How many cameras and recorders are there?",
        "How many fixed cameras?",
        "How many cameras in 2019?",
        "Spent on Hikvision cameras",
        "How many CCTV systems?",
        "Same",
        "Other cameras",
        "Is a DPIA held?",
    ],
)
def test_a_question_that_asks_for_more_or_less_is_never_counted(question: str) -> None:
    assert asked_in(question, MAKERS).question == "other"


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        (12.0, Figure(12, 12)),
        ("0", Figure(0, 0)),
        ("1", Figure(1, 1)),
        ("1,234 cameras", Figure(1234, 1234)),
        ("12.0", Figure(12, 12)),
        ("1.000", None),
        ("about 40", Figure(40, 40)),
        ("10-20", Figure(10, 20)),
        ("between 10 and 20", Figure(10, 20)),
        ("<5", Figure(0, 4)),
        ("fewer than 5", Figure(0, 4)),
        ("up to 20", Figure(0, 20)),
        ("over 100", Figure(101, None)),
        ("100+", Figure(100, None)),
        ("at least 3", Figure(3, None)),
        ("Yes", Figure(1, None, True)),
        ("N", Figure(0, 0, False)),
        ("none", Figure(0, 0)),
        ("Yes, 12", Figure(12, 12, True)),
        ("a few", None),
        ("refused", None),
        ("Yes but we withhold how many", None),
    ],
)
def test_a_figure_a_range_and_yes_or_no_are_read(cell: str | float, figure: Figure | None) -> None:
    said = said_in(cell)
    assert (None if said is None else said.figure) == figure


@pytest.mark.parametrize("cell", [-1.0, 1.5, 1e12, "-5", "20 to 10", "2,000,000"])
def test_what_no_organisation_can_have_is_not_read(cell: str | float) -> None:
    with pytest.raises(Unreadable):
        said_in(cell)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("Answered in full", ("answered", None)),
        ("Refused under section 31(1)(a)", ("refused", "31(1)(a)")),
        ("s.40(2)", ("refused", "40(2)")),
        ("Partially refused", ("partial", None)),
        ("Exceeds the cost limit", ("over-cost-limit", None)),
        ("Section 12", ("over-cost-limit", "12")),
        ("Information not held", ("not-held", None)),
        ("No response", ("no-reply", None)),
        ("awaiting reply", ("no-reply", None)),
        ("Late", ("late", None)),
        ("hmm", None),
    ],
)
def test_the_state_of_a_reply_and_its_section_are_read(cell: str, state: tuple[str, str | None] | None) -> None:
    assert state_in(cell) == state


def test_a_section_is_no_number_of_something_else() -> None:
    assert section_in("exceeds 18 hours") is None
    assert section_in("Regulation 12(5)(a)") == "12(5)(a)"


def test_a_wide_sheet_gives_a_claim_for_each_question_of_a_row() -> None:
    found = claims(
        "Organisation,URN,Date sent,Reply date,Status,Hikvision?,How many cameras?,Is there a policy?,Notes,Typed by\n"
        "Oak,100001,1/2/2026,20/2/2026,Answered,Yes,40,On our site,By post,Ruth\n"
        "Ash,100002,1/2/2026,,No reply,,,,,\n"
        "Elm,100003,1/2/2026,2/3/2026,Partial,withheld s31,10-20,,,\n"
        "Fir,100004,1/2/2026,9/9/2026,Late,No,,,,\n"
    )
    oak = found["Oak", "maker:hikvision"]
    assert (oak.figure, oak.asked_on, oak.answered_on) == (Figure(1, None, True), "2026-02-01", "2026-02-20")
    assert (oak.typed_by, dict(oak.claimant.ids)) == ("Ruth", {"urn": "100001"})
    assert found["Oak", "other:is there a policy"].words == "On our site"
    assert {one.state for (name, _), one in found.items() if name == "Ash"} == {"no-reply"}
    elm = found["Elm", "maker:hikvision"]
    assert (elm.state, elm.section, elm.figure) == ("refused", "31", None)
    assert (found["Elm", "cameras"].state, found["Elm", "cameras"].figure) == ("partial", Figure(10, 20))
    assert (found["Fir", "maker:hikvision"].state, found["Fir", "maker:hikvision"].figure) == ("late", Figure(0, 0, False))
    assert ("Fir", "cameras") in found, "late, and nothing yet"


def test_a_long_sheet_gives_a_claim_for_each_row() -> None:
    found = claims(
        "body,question,maker,answer,exemption\nOak,How many cameras?,,40,\nOak,How many?,Hikvision,12,\n"
        "Oak,Is there a policy?,,Yes on our site,\nElm,How many cameras?,,withheld,31\nOak,How many?,Foo Vision,3,\n"
    )
    assert found["Oak", "cameras"].figure == Figure(40, 40)
    assert found["Oak", "maker:hikvision"].figure == Figure(12, 12)
    assert found["Oak", "other:is there a policy"].words == "Yes on our site"
    assert (found["Elm", "cameras"].state, found["Elm", "cameras"].section) == ("refused", "31")
    assert found["Oak", "maker:name:foo vision"].asked.makers == ("name:foo vision",)


def test_what_cannot_be_read_is_named_by_row_and_column_and_the_rest_is_in() -> None:
    found = read(
        "Organisation,URN,Reply date,Status,Hikvision?,How many cameras?\nOak,100001,99/99/2026,Answered,a few,-5\n"
        "Elm,1,2/3/2026,Blah,No,4\nAsh,100003,2/3/2026,,No,4\n,,2/3/2026,,No,4\nYew,100005,2/3/2026,Refused,No,\n"
    )
    assert [(one.row, one.column) for one in found.problems] == [
        (2, "Reply date"), (2, "Hikvision?"), (2, "How many cameras?"), (3, "URN"), (3, "Status"), (5, None), (6, "Hikvision?"),
    ]  # fmt: skip
    assert all(one.say.startswith(f"Row {one.row}") for one in found.problems)
    assert {one.claimant.name for one in found.claims} == {"Ash", "Yew"}
    (yew,) = [one for one in found.claims if one.claimant.name == "Yew" and one.figure is not None]
    assert yew.state == "partial", "an answer beside a refusal is not thrown away"


def test_two_columns_that_ask_the_same_and_differ_are_named() -> None:
    found = read("Organisation,How many cameras?,Total cameras\nOak,40,41\nElm,7,7\n")
    assert [(one.claimant.name, one.figure) for one in found.claims] == [("Oak", Figure(40, 40)), ("Elm", Figure(7, 7))]
    assert [(one.row, one.column) for one in found.problems] == [(2, "Total cameras")]


def test_yes_or_no_in_one_column_and_how_many_in_another_are_one_answer() -> None:
    heads = "Organisation,Do you use Hikvision?,How many Hikvision cameras?\n"
    found = read(heads + "Oak,Yes,45\nElm,No,0\nAsh,Yes,refused s31\nYew,withheld,3\nFir,No,3\nBay,Yes,0\nBox,yes,10 to 20\n")
    assert [(one.claimant.name, one.figure, one.state, one.section) for one in found.claims] == [
        ("Oak", Figure(45, 45, True), "answered", None),
        ("Elm", Figure(0, 0, False), "answered", None),
        ("Ash", Figure(1, None, True), "partial", "31"),
        ("Yew", Figure(3, 3), "partial", None),
        ("Fir", Figure(0, 0, False), "answered", None),
        ("Bay", Figure(1, None, True), "answered", None),
        ("Box", Figure(10, 20, True), "answered", None),
    ]
    assert [one.row for one in found.problems] == [6, 7], "only what contradicts is left out, and named"


def test_a_sheet_of_states_alone_is_about_the_whole_request() -> None:
    found = claims("Organisation,Status,Exemption\nOak,Refused,s31(1)(a)\nElm,Not held,\n")
    assert {(name, one.state, one.section) for (name, _), one in found.items()} == {
        ("Oak", "refused", "31(1)(a)"), ("Elm", "not-held", None),
    }  # fmt: skip


def test_a_column_that_nothing_tells_of_is_left_to_a_person() -> None:
    columns = columns_of("Organisation,Kit,Hikvision?\nOak,12,Yes\n")
    assert [one.field for one in columns] == ["name", None, "ask"]


def published(rows: str) -> dict[tuple[str, str], Figure | None]:
    file = read_register_bytes((HEAD + rows).encode(), "foi_public.csv", HEADINGS)
    assert is_published(file.columns)
    found = read_published(file, MAKERS)
    assert found.problems == ()
    return {(one.claimant.name, one.asked.asks): one.figure for one in found.claims}


def test_our_own_table_for_the_public_is_read_with_its_bands() -> None:
    found = published(
        "Oak,2026-10-01,Axis,confirmed or almost certain,dome,inside,school,2019,7,keep\n"
        "Oak,2026-10-01,Axis,likely,dome,inside,school,2020,2,keep\n"
        "Oak,2026-10-01,Hikvision,likely,dome,inside,school,2019,3,keep\n"
        "Oak,2026-10-01,not known,not known,dome,inside,school,2019,1,keep\n"
        "Oak,2026-10-01,several,several,dome,inside,school,2019,5,keep\n"
        "Elm,2026-10-02,Bosch,confirmed or almost certain,dome,inside,school,2019,2,keep\n"
    )
    assert found["Oak", "cameras"] == Figure(18, 18)
    assert (found["Oak", "maker:axis"], found["Oak", "maker:hikvision"]) == (Figure(7, 9), Figure(0, 3))
    assert found["Oak", "not-known"] == Figure(6, 6), "rows that join several makers tell none"
    assert found["Oak", "maker:others"] == Figure(0, 0), "the table has all cameras"
    assert found["Elm", "cameras"] == Figure(2, 2)


def packed(path: Path, members: dict[str, str]) -> Path:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    path.write_bytes(data.getvalue())
    return path


def test_the_zip_for_the_public_is_opened_and_a_simulation_is_known(tmp_path: Path) -> None:
    row = "Oak,2026-10-01,Axis,likely,dome,inside,school,2019,7,keep\n"
    real = read_answer_file(packed(tmp_path / "a.zip", {PUBLIC_TABLE: HEAD + row, PUBLIC_PAGE: "Read me."}), HEADINGS)
    assert is_published(real.table.columns)
    assert not real.simulated
    page = "This is a simulation: these devices are not real."
    assert read_answer_file(packed(tmp_path / "b.zip", {PUBLIC_TABLE: HEAD + row, PUBLIC_PAGE: page}), HEADINGS).simulated
    with pytest.raises(IntakeError):
        read_answer_file(packed(tmp_path / "c.zip", {"letter.txt": "hello"}), HEADINGS)
    with pytest.raises(IntakeError, match="unpacks to more"):
        read_answer_file(packed(tmp_path / "d.zip", {PUBLIC_TABLE: "x" * (17 << 20)}), HEADINGS)


SPOILED = (
    "=cmd|'/c calc'!A1", "+1", "@SUM(1)", "-5", "1e999", "9" * 40, "12.5", "0x10", "twelve", "10 to 5", "١٢", "NaN", "∞", "?",
    "31/02/2026", "2026-13-01", "00/00/0000", "1/1/0001", "later", "\u202e12", "12\x00", "\x1b[31m12", "a" * 100_000,
    "<b>12</b>", "12 " * 5000, "\u200b", "No; yes", "12\r\n13", "﷽" * 300, "s40 s31 s12", "refused", "100001", "Provided", "Answered in full", "Disclosed",
)  # fmt: skip
"""What one cell of a spreadsheet of answers may hold."""


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_spoiled_cell_is_named_or_read_and_costs_no_other_row(drawn: st.DataObject) -> None:
    heads = ["Organisation", "URN", "Reply date", "Status", "Hikvision?", "How many cameras?"]
    rows = [[f"School {at}", f"10000{at}", f"{at}/3/2026", "Answered", "No", f"{10 + at}"] for at in range(1, 7)]
    row, column = drawn.draw(st.integers(0, len(rows) - 1)), drawn.draw(st.integers(0, len(heads) - 1))
    cell = drawn.draw(st.sampled_from(SPOILED) | st.text(max_size=40))
    sound = read_cells([heads, *rows])
    spoiled = read_cells(
        [heads, *([*one[:column], cell, *one[column + 1 :]] if at == row else one for at, one in enumerate(rows))]
    )
    told = [one for one in spoiled.problems if one.row == row + 2]
    assert [one for one in spoiled.problems if one not in told] == []
    others = [one for one in sound.claims if one.row != row + 2]
    assert [one for one in spoiled.claims if one.row != row + 2] == others
    kept = [one for one in spoiled.claims if one.row == row + 2]
    assert told or len(kept) == 2 or is_blank(cell.replace("\x00", "").strip() or None), "an answer is gone without a word"
    assert all(f"Row {row + 2}" in one.say and one.column in (None, *heads) for one in told)
    assert all(len(one.say) < 600 and one.say.isprintable() for one in told)


def read_cells(rows: list[list[str]]) -> ReadAnswers:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return read(text.getvalue())
